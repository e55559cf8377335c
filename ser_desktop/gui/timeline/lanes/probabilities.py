"""The lane of the probabilities over time, as stacked bands or as lines."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from ser_desktop.gui.shared.theme import Theme, emotion_colour, emotion_fill, emotion_letter, text_on
from ser_desktop.gui.shared.words import emotion_word, percent_text
from ser_desktop.gui.timeline.channel_columns import ChannelColumns
from ser_desktop.gui.timeline.entry_bins import EntryBins
from ser_desktop.gui.timeline.lane import Lane, LaneView, Scale
from ser_desktop.gui.timeline.lane_segments import LABEL_SPACING, erase_silence, paint_unclaimed
from ser_desktop.gui.timeline.polygons import in_view, paint_area, polygon
from ser_desktop.gui.timeline.time_axis import TimeAxis

if TYPE_CHECKING:
    import numpy.typing as npt

MIN_LETTER_BAND = 1.6
LETTER_SPACING = 6.0
MIN_BAND_PX = 0.2
SAID = 3  # emotions in the readout


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """The points of a curve over bins: the middle of each bin with speech, and both ends of each run of such bins.

    Attributes:
        x: (n,) pixels, ascending.
        rows: (n,) index of the bin of each point.
        offset: (n,) pixels from the start of the recording.
        end_distance: (n,) pixels to the nearer end of the run.
        is_aggregated: Whether a bin may hold several entries.
    """

    x: npt.NDArray[np.float64]
    rows: npt.NDArray[np.intp]
    offset: npt.NDArray[np.float64]
    end_distance: npt.NDArray[np.float64]
    is_aggregated: bool

    @classmethod
    def from_bins(cls, axis: TimeAxis, bins: EntryBins) -> Curve:
        """Return the points for the bins with speech."""
        spoken = bins.has_speech
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
        return cls(x, rows, x - axis.x(0.0), np.minimum(x - left[run], right[run] - x), bins.is_aggregated)


class ProbabilitiesLane(Lane):
    """Paints stacked bands, or one line for each emotion; the first emotion lies at the bottom."""

    name: ClassVar[str] = "probabilities"
    is_answer: ClassVar[bool] = True
    lines: ClassVar[float] = 6.0
    is_shown: ClassVar[bool] = False

    def caption(self) -> str:
        """Return the name in the user's language."""
        return QCoreApplication.translate("TimelineView", "Probabilities")

    def scale(self, columns: ChannelColumns) -> Scale:
        """Return 0 to 100 %."""
        return Scale(0.0, 1.0, tuple((share, percent_text(share)) for share in (0.0, 0.5, 1.0)))

    def readout(self, columns: ChannelColumns, seconds: float) -> str:
        """Return the three most probable emotions at a time."""
        entry = columns.entries.at(seconds)
        if entry is None or entry.scores is None:
            return ""
        best = sorted(zip(entry.scores.values, entry.scores.labels, strict=True), reverse=True)[:SAID]
        return ", ".join(f"{emotion_word(label)} {percent_text(value)}" for value, label in best)

    def paint(self, painter: QPainter, view: LaneView) -> None:
        """Draw the bins in the view range."""
        rect, axis, bins, theme = view.rect, view.axis, view.bins, view.theme
        labels = view.columns.labels
        shown = [index for index, label in enumerate(labels) if label not in view.look.hidden]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if len(bins) and shown and bins.has_speech.any():
            paint = self._paint_bands if view.look.is_stacked else self._paint_lines
            paint(painter, rect, axis, bins, shown={index: labels[index] for index in shown}, theme=theme)
            erase_silence(painter, rect, axis, bins, theme=theme)
            paint_unclaimed(painter, rect, axis, bins, theme=theme)

    def _paint_bands(
        self,
        painter: QPainter,
        rect: QRectF,
        axis: TimeAxis,
        bins: EntryBins,
        *,
        shown: dict[int, str],
        theme: Theme,
    ) -> None:
        curve = Curve.from_bins(axis, bins)
        names = list(shown.values())
        values = bins.means[curve.rows][:, list(shown)]
        # Each band extends down to the bottom, and the band below is drawn over it: bands that only touch leave a seam,
        # and a jagged lower edge takes longer than the larger area.
        tops = rect.bottom() - np.cumsum(values, axis=1) * rect.height()  # (point, band)
        part = in_view(painter, curve.x)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not curve.is_aggregated)
        for band in reversed(range(len(shown))):
            if values[part, band].max(initial=0.0) * rect.height() < MIN_BAND_PX:
                continue
            painter.setBrush(emotion_fill(names[band]))
            paint_area(painter, curve.x[part], tops[part, band], rect.bottom(), overlap=1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for band in range(len(shown)):
            heights = values[:, band] * rect.height()
            middles, label = tops[:, band] + heights / 2.0, names[band]
            self._paint_letters(painter, curve, middles, heights, label=label, theme=theme)

    def _paint_letters(
        self,
        painter: QPainter,
        curve: Curve,
        middles: npt.NDArray[np.floating],
        heights: npt.NDArray[np.floating],
        *,
        label: str,
        theme: Theme,
    ) -> None:
        """Write the letter where the band is thickest, once in each cell of ``LABEL_SPACING``."""
        room = painter.fontMetrics().height()
        fits = np.where(curve.end_distance >= 0.6 * room, heights, 0.0)
        if fits.max() < MIN_LETTER_BAND * room:
            return
        painter.setPen(text_on(emotion_fill(label)))
        letter = emotion_letter(label)
        half = painter.fontMetrics().horizontalAdvance(letter) / 2.0
        lift = painter.fontMetrics().capHeight() / 2.0
        cells = (curve.offset // (LABEL_SPACING * room)).astype(
            np.intp
        )  # fixed in time, so that letters scroll with the band
        starts = np.flatnonzero(np.diff(cells, prepend=cells[0] - 1))
        before, clip = -math.inf, painter.clipBoundingRect()
        for start, stop in zip(starts.tolist(), [*starts[1:].tolist(), len(cells)], strict=True):
            at = start + int(fits[start:stop].argmax())
            if fits[at] < MIN_LETTER_BAND * room:
                continue
            is_seen = clip.left() <= curve.x[at] + half and curve.x[at] - half <= clip.right()
            # The letter of the previous cell may lie close to the border.
            if is_seen and curve.x[at] >= before + LETTER_SPACING * room:
                painter.drawText(QPointF(curve.x[at] - half, middles[at] + lift), letter)
            before = curve.x[at]

    def _paint_lines(
        self,
        painter: QPainter,
        rect: QRectF,
        axis: TimeAxis,
        bins: EntryBins,
        *,
        shown: dict[int, str],
        theme: Theme,
    ) -> None:
        curve = Curve.from_bins(axis, bins)
        part = in_view(painter, curve.x)
        x, rows = curve.x[part], curve.rows[part]
        for index, label in shown.items():
            colour = emotion_colour(label, theme)
            y = rect.bottom() - bins.means[rows, index] * rect.height()
            painter.setPen(QPen(colour, 1.0))
            for shift in (-0.35, 0.35):  # two thin lines: one of width 1.7 takes ten times as long
                painter.drawPolyline(polygon(x, y + shift))
        if bins.is_aggregated:
            self._paint_peaks(painter, rect, axis, bins, shown=shown, theme=theme)

    def _paint_peaks(
        self, painter: QPainter, rect: QRectF, axis: TimeAxis, bins: EntryBins, *, shown: dict[int, str], theme: Theme
    ) -> None:
        """Mark the highest probability in each bin, which a line of means would hide."""
        peaks = bins.peaks[:, list(shown)]
        winners = peaks.argmax(axis=1)
        left, right = axis.x(bins.start_s), axis.x(bins.end_s)
        top = rect.bottom() - peaks.max(axis=1) * rect.height()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for position, label in enumerate(shown.values()):
            painter.setBrush(emotion_colour(label, theme))
            rows = np.flatnonzero(bins.has_speech & (winners == position)).tolist()
            painter.drawRects([QRectF(left[row], top[row], right[row] - left[row], 2.0) for row in rows])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
