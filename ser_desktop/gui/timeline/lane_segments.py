"""Runs of columns with one state in a lane: their rectangles and the places of their labels."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication, QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from ser_desktop.gui.shared.theme import Theme, translucent
from ser_desktop.gui.timeline.entry_bins import GAP, UNCERTAIN, EntryBins
from ser_desktop.gui.timeline.time_axis import TimeAxis

if TYPE_CHECKING:
    import numpy.typing as npt

LABEL_SPACING = 18.0  # line heights between two labels of one run; a new entry can only move labels closer than this


def run_rects(
    painter: QPainter, rect: QRectF, axis: TimeAxis, bins: EntryBins, *, where: npt.NDArray[np.bool_]
) -> list[QRectF]:
    """Return the visible rectangle of each run of bins in the mask ``where``, at least one pixel wide."""
    clip = painter.clipBoundingRect()
    found = []
    for start, end, _first in _runs(axis, bins, where):
        left, right = max(start, clip.left()), min(max(end, start + 1.0), clip.right())
        if left < right:
            found.append(QRectF(left, rect.top(), right - left, rect.height()))
    return found


def label_places(
    painter: QPainter,
    axis: TimeAxis,
    bins: EntryBins,
    *keys: npt.NDArray[np.generic],
    where: npt.NDArray[np.bool_],
    room: float,
) -> list[tuple[float, int]]:
    """Return the places for the labels of runs of bins: the pixel, and the first bin of the run.

    A run consists of neighbouring bins in the mask with equal keys. It has one label in its middle, or if it is long
    several labels at fixed times, so that labels scroll with the picture and need no repaint.

    Args:
        painter: Provides the font and the clip rectangle.
        axis: Maps seconds to pixels.
        bins: The bins in the view range.
        where: (n,) mask of the bins to label.
        keys: (n,) values that separate neighbouring runs.
        room: Pixels that a label needs; a shorter run gets none.
    """
    runs = _runs(axis, bins, where, *keys)
    return [(at, first) for left, right, first in runs for at in places_inside(painter, axis, left, right, room=room)]


def places_inside(painter: QPainter, axis: TimeAxis, left: float, right: float, *, room: float) -> list[float]:
    """Return the places for the labels of one run between two pixels, as :func:`label_places` has them."""
    clip, origin, apart = painter.clipBoundingRect(), axis.x(0.0), LABEL_SPACING * painter.fontMetrics().height()
    if right - left < room or right < clip.left() - room or left > clip.right() + room:
        return []
    places = [(left + right) / 2.0]
    if right - left >= apart:
        cells = range(math.ceil((left - origin) / apart - 0.5), math.floor((right - origin) / apart - 0.5) + 1)
        wanted = (origin + (cell + 0.5) * apart for cell in cells)
        places = [min(max(at, left + room / 2.0), right - room / 2.0) for at in wanted]
    return [at for at in places if clip.left() - room <= at <= clip.right() + room]


def paint_unclaimed(painter: QPainter, rect: QRectF, axis: TimeAxis, bins: EntryBins, *, theme: Theme) -> None:
    """Fade the segments in which the model claims nothing."""
    veil = translucent(theme.surface, 150)
    # Smooth edges of rectangles take three times as long.
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for segment in run_rects(painter, rect, axis, bins, where=(bins.state == UNCERTAIN) & (bins.claims == 0)):
        painter.fillRect(segment, veil)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def paint_gaps(painter: QPainter, rect: QRectF, axis: TimeAxis, bins: EntryBins, *, theme: Theme) -> None:
    """Draw gaps (lost sound, or a pause of the recording) as a hole with a border, and the word “gap” where it fits."""
    is_gap = bins.state == GAP
    if not is_gap.any():
        return
    for gap in run_rects(painter, rect, axis, bins, where=is_gap):
        painter.fillRect(gap, theme.window)
    painter.setPen(QPen(theme.hatch, 1.0, Qt.PenStyle.DashLine))
    for start, end, _first in _runs(axis, bins, is_gap):
        for x in (start, end):
            painter.drawLine(QLineF(x, rect.top(), x, rect.bottom()))
    word = QCoreApplication.translate("states", "gap")
    width, height = painter.fontMetrics().horizontalAdvance(word) + 10.0, painter.fontMetrics().height() + 2.0
    painter.setPen(theme.text)
    for x, _first in label_places(painter, axis, bins, where=is_gap, room=width + 4.0):
        plate = QRectF(x - width / 2.0, rect.center().y() - height / 2.0, width, height)
        painter.fillRect(plate, theme.window)
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, word)


def erase_silence(painter: QPainter, rect: QRectF, axis: TimeAxis, bins: EntryBins, *, theme: Theme) -> None:
    """Clear the segments without speech: the curves were drawn across them."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for segment in run_rects(painter, rect, axis, bins, where=~bins.has_speech):
        # This also clears the line at 0 %, which is drawn on the edge.
        painter.fillRect(segment.adjusted(0.0, -1.0, 0.0, 1.0), theme.surface)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _runs(
    axis: TimeAxis, bins: EntryBins, where: npt.NDArray[np.bool_], *keys: npt.NDArray[np.generic]
) -> list[tuple[float, float, int]]:
    """Return left pixel, right pixel and first bin of each run in the mask ``where``."""
    runs = [run for run in bins.runs(where, *keys) if where[run[0]]]
    firsts, lasts = np.array(runs, np.intp).reshape(-1, 2).T
    left, right = axis.x(bins.start_s[firsts]), axis.x(bins.end_s[lasts])
    return list(zip(left.tolist(), right.tolist(), firsts.tolist(), strict=True))
