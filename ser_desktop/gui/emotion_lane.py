"""The probabilities over time, stacked or as lines, and the holes in which nothing is known."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from ser_desktop.gui.entry_columns import GAP, UNCERTAIN, EntryBins
from ser_desktop.gui.polygons import paint_area, polygon
from ser_desktop.gui.theme import Theme, emotion_colour, emotion_letter, text_on
from ser_desktop.gui.time_axis import TimeAxis

if TYPE_CHECKING:
    import numpy.typing as npt

LETTER_EVERY = 18.0  # times the height of a letter
LETTER_ROOM = 1.6
LETTER_APART = 6.0
LEAST_BAND_PX = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """The points at which a curve over bins is drawn: the middle of each, and both ends of each spoken run.

    Attributes:
        x: (n,) pixels, ascending.
        rows: (n,) the bin of each.
        travel: (n,) pixels from the start of the recording.
        inset: (n,) pixels to the nearer end of its run.
        is_joined: Whether the bins hold several entries.
    """

    x: npt.NDArray[np.float64]
    rows: npt.NDArray[np.intp]
    travel: npt.NDArray[np.float64]
    inset: npt.NDArray[np.float64]
    is_joined: bool

    @classmethod
    def along(cls, axis: TimeAxis, bins: EntryBins) -> Curve:
        """Return the points of the bins in which somebody speaks."""
        spoken = bins.is_spoken
        begins = np.flatnonzero(spoken & ~np.concatenate(([False], spoken[:-1])))
        ends = np.flatnonzero(spoken & ~np.concatenate((spoken[1:], [False])))
        inner = np.flatnonzero(spoken)
        rows = np.concatenate((begins, inner, ends))
        middles = (bins.start_s[inner] + bins.end_s[inner]) / 2.0
        x = axis.x(np.concatenate((bins.start_s[begins], middles, bins.end_s[ends])))
        order = np.argsort(x, kind="stable")
        x, rows = x[order], rows[order]
        run = np.searchsorted(begins, rows, side="right") - 1
        left, right = axis.x(bins.start_s[begins]), axis.x(bins.end_s[ends])
        return cls(x, rows, x - axis.x(0.0), np.minimum(x - left[run], right[run] - x), bins.is_joined)


class EmotionLane:
    """Bands that add up to what is certain, or one line an emotion.

    Attributes:
        labels: The emotions, in the order of the scores; the first lies at the bottom.
        hidden: Those that are not drawn.
        is_stacked: Bands, not lines.
    """

    def __init__(self) -> None:
        self.labels: tuple[str, ...] = ()
        self.hidden: frozenset[str] = frozenset()
        self.is_stacked = True

    def paint(self, painter: QPainter, rect: QRectF, axis: TimeAxis, bins: EntryBins, theme: Theme) -> None:
        """Draw what is in view."""
        shown = [index for index, label in enumerate(self.labels) if label not in self.hidden]
        if len(bins) and shown and bins.is_spoken.any():
            if self.is_stacked:
                self._paint_bands(painter, rect, axis, bins, shown, theme)
            else:
                self._paint_lines(painter, rect, axis, bins, shown, theme)
            _erase_silence(painter, rect, axis, bins, theme)
            paint_uncertain(painter, rect, axis, bins, theme)
        painter.setPen(QPen(_veil(theme.text, 26), 1.0))
        for share in (0.25, 0.5, 0.75):
            y = round(rect.bottom() - share * rect.height()) + 0.5
            painter.drawLine(QLineF(rect.left(), y, rect.right(), y))

    def _paint_bands(
        self,
        painter: QPainter,
        rect: QRectF,
        axis: TimeAxis,
        bins: EntryBins,
        shown: list[int],
        theme: Theme,
    ) -> None:
        curve = Curve.along(axis, bins)
        values = bins.means[curve.rows][:, shown]
        # Each band reaches down to the bottom and the next one is drawn over it: bands that only touch leave a seam,
        # and a jagged lower edge costs more than the larger area.
        tops = rect.bottom() - np.cumsum(values, axis=1) * rect.height()  # (point, band)
        bottom = np.full(len(curve.x), rect.bottom())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not curve.is_joined)
        for band in reversed(range(len(shown))):
            if values[:, band].max() * rect.height() < LEAST_BAND_PX:
                continue
            painter.setBrush(emotion_colour(self.labels[shown[band]], theme))
            paint_area(painter, curve.x, tops[:, band], bottom, overlap=1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for band in range(len(shown)):
            heights = values[:, band] * rect.height()
            self._paint_letters(painter, curve, tops[:, band] + heights / 2.0, heights, self.labels[shown[band]], theme)

    def _paint_letters(
        self,
        painter: QPainter,
        curve: Curve,
        middles: npt.NDArray[np.floating],
        heights: npt.NDArray[np.floating],
        label: str,
        theme: Theme,
    ) -> None:
        """Write the letter where the band is thickest, once in a while."""
        room = painter.fontMetrics().height()
        fits = np.where(curve.inset >= 0.6 * room, heights, 0.0)
        if fits.max() < LETTER_ROOM * room:
            return
        painter.setPen(_veil(text_on(emotion_colour(label, theme)), 190))
        letter = emotion_letter(label)
        half = painter.fontMetrics().horizontalAdvance(letter) / 2.0
        lift = painter.fontMetrics().capHeight() / 2.0
        cells = (curve.travel // (LETTER_EVERY * room)).astype(np.intp)  # fixed in time: letters roll along
        starts = np.flatnonzero(np.diff(cells, prepend=cells[0] - 1))
        free_from = -math.inf
        for start, stop in zip(starts, [*starts[1:], len(cells)], strict=True):
            at = start + int(fits[start:stop].argmax())
            if fits[at] >= LETTER_ROOM * room and curve.x[at] >= free_from:
                free_from = curve.x[at] + LETTER_APART * room  # the next cell's may lie right behind the border
                painter.drawText(QPointF(curve.x[at] - half, middles[at] + lift), letter)

    def _paint_lines(
        self,
        painter: QPainter,
        rect: QRectF,
        axis: TimeAxis,
        bins: EntryBins,
        shown: list[int],
        theme: Theme,
    ) -> None:
        curve = Curve.along(axis, bins)
        for index in shown:
            colour = emotion_colour(self.labels[index], theme)
            y = rect.bottom() - bins.means[curve.rows, index] * rect.height()
            painter.setPen(QPen(colour, 1.0))
            for shift in (-0.35, 0.35):  # two thin lines: one of width 1.7 takes ten times as long
                painter.drawPolyline(polygon(curve.x, y + shift))
        if bins.is_joined:
            self._paint_peaks(painter, rect, axis, bins, shown, theme)

    def _paint_peaks(
        self, painter: QPainter, rect: QRectF, axis: TimeAxis, bins: EntryBins, shown: list[int], theme: Theme
    ) -> None:
        """Mark the highest probability of each stretch, which a line of means would hide."""
        peaks = bins.peaks[:, shown]
        winners = peaks.argmax(axis=1)
        left, right = axis.x(bins.start_s), axis.x(bins.end_s)
        top = rect.bottom() - peaks.max(axis=1) * rect.height()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for position, index in enumerate(shown):
            painter.setBrush(emotion_colour(self.labels[index], theme))
            rows = np.flatnonzero(bins.is_spoken & (winners == position)).tolist()
            painter.drawRects([QRectF(left[row], top[row], right[row] - left[row], 2.0) for row in rows])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def paint_uncertain(painter: QPainter, rect: QRectF, axis: TimeAxis, bins: EntryBins, theme: Theme) -> None:
    """Lay a veil with hatching over what the model would rather not decide."""
    veil, hatch = _veil(theme.surface, 150), QBrush(_veil(theme.hatch, 210), Qt.BrushStyle.BDiagPattern)
    painter.setRenderHint(
        QPainter.RenderHint.Antialiasing, False
    )  # smooth edges of rectangles take three times as long
    for stretch in stretches(rect, axis, bins, bins.state == UNCERTAIN):
        painter.fillRect(stretch, veil)
        painter.fillRect(stretch, hatch)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def paint_holes(painter: QPainter, rect: QRectF, axis: TimeAxis, bins: EntryBins, theme: Theme) -> None:
    """Draw where sound was lost or recording paused: cross-hatched, with the word where there is room for it."""
    rects = stretches(rect, axis, bins, bins.state == GAP)
    word = QCoreApplication.translate("states", "gap")
    width, height = painter.fontMetrics().horizontalAdvance(word) + 10.0, painter.fontMetrics().height() + 2.0
    for hole in rects:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(hole, theme.window)
        painter.fillRect(hole, QBrush(_veil(theme.hatch, 170), Qt.BrushStyle.DiagCrossPattern))
        painter.setPen(QPen(theme.hatch, 1.0))
        painter.drawLine(QLineF(hole.topLeft(), hole.bottomLeft()))
        painter.drawLine(QLineF(hole.topRight(), hole.bottomRight()))
        seen = hole.intersected(rect)
        if seen.width() >= width + 4.0:
            plate = QRectF(seen.center().x() - width / 2.0, seen.center().y() - height / 2.0, width, height)
            painter.fillRect(plate, theme.window)
            painter.setPen(theme.text)
            painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, word)


def stretches(rect: QRectF, axis: TimeAxis, bins: EntryBins, where: npt.NDArray[np.bool_]) -> list[QRectF]:
    """Return one rectangle a run of bins for which ``where`` holds, at least one pixel wide."""
    found = []
    for first, last in bins.runs(where):
        if where[first]:
            left, right = axis.x(float(bins.start_s[first])), axis.x(float(bins.end_s[last]))
            found.append(QRectF(left, rect.top(), max(right - left, 1.0), rect.height()))
    return found


def _erase_silence(painter: QPainter, rect: QRectF, axis: TimeAxis, bins: EntryBins, theme: Theme) -> None:
    """Empty the stretches without speech, over which the curves above were drawn through."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for stretch in stretches(rect, axis, bins, ~bins.is_spoken):
        painter.fillRect(stretch.adjusted(0.0, -1.0, 0.0, 1.0), theme.surface)  # a line at 0 % lies on the edge
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _veil(colour: QColor, alpha: int) -> QColor:
    return QColor(colour.red(), colour.green(), colour.blue(), alpha)
