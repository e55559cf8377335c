"""The lane of the claims over time: emotion with tier of confidence, else what is claimed of arousal and valence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from ser_desktop.gui.shared.emotion_plate import paint_plate
from ser_desktop.gui.shared.theme import Theme, affect_colour, affect_pattern, mixed, tier_colour, tier_pattern
from ser_desktop.gui.shared.words import affect_words
from ser_desktop.gui.timeline.entry_columns import SPEECH, UNCERTAIN, EntryBins
from ser_desktop.gui.timeline.lane_segments import label_places, paint_uncertain, run_rects
from ser_desktop.gui.timeline.time_axis import TimeAxis
from ser_desktop.values import AFFECT_CLAIMS, HIGH_CONFIDENCE, MEDIUM_CONFIDENCE, AffectClaim, Tier

if TYPE_CHECKING:
    import numpy.typing as npt

FOREMOST = {  # claim: the positions of the combinations in which it decides the colour
    claim: [index for index, claims in enumerate(AFFECT_CLAIMS) if claims[:1] == (claim,)] for claim in AffectClaim
}
TIERS = (Tier.LOW, Tier.MEDIUM, Tier.HIGH)


class RibbonLane:
    """Paints one strip, with the plate or the words of each claim that lasts long enough for them.

    Where an emotion is claimed, the strip has the colour and hatching of the tier; where it is uncertain, those of what
    is claimed of arousal, or else of valence. Only where nothing is claimed it is faded.

    Attributes:
        labels: The emotions, in the order of the scores.
        high: Confidence from which the tier is high.
        medium: Confidence from which it is medium.
    """

    def __init__(self) -> None:
        self.labels: tuple[str, ...] = ()
        self.high = HIGH_CONFIDENCE
        self.medium = MEDIUM_CONFIDENCE

    def paint(self, painter: QPainter, rect: QRectF, axis: TimeAxis, bins: EntryBins, *, theme: Theme) -> None:
        """Draw the bins in the view range."""
        if not len(bins):
            return
        shown = np.round(bins.confidence, 2)  # rounded as displayed: 69.8 % reads “70 %”, and 70 % is high
        tiers = np.searchsorted((self.medium, self.high), shown, side="right")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for index, tier in enumerate(TIERS):
            of_tier = run_rects(painter, rect, axis, bins, where=(bins.state == SPEECH) & (tiers == index))
            self._paint_strip(painter, of_tier, tier_colour(tier, theme), tier_pattern(tier), theme=theme)
        for claim in AffectClaim:
            of_claim = run_rects(painter, rect, axis, bins, where=_is_foremost(bins, claim))
            self._paint_strip(painter, of_claim, affect_colour(claim, theme), affect_pattern(claim), theme=theme)
        paint_uncertain(painter, rect, axis, bins, theme=theme)
        self._paint_words(painter, rect, axis, bins, theme=theme)
        self._paint_plates(painter, rect, axis, bins, theme=theme)

    @staticmethod
    def _paint_strip(
        painter: QPainter, rects: list[QRectF], colour: QColor, pattern: Qt.BrushStyle, *, theme: Theme
    ) -> None:
        tint = mixed(colour, theme.surface, 0.35)
        for segment in rects:
            if pattern is not Qt.BrushStyle.SolidPattern:
                painter.fillRect(segment, tint)
            painter.fillRect(segment, QBrush(colour, pattern))

    @staticmethod
    def _paint_words(painter: QPainter, rect: QRectF, axis: TimeAxis, bins: EntryBins, *, theme: Theme) -> None:
        """Write what is claimed of arousal and valence in the middle of each run that has room for it."""
        metrics = painter.fontMetrics()
        for position in np.unique(bins.claims[bins.state == UNCERTAIN]).tolist():
            words = affect_words(AFFECT_CLAIMS[position])
            size = QSizeF(metrics.horizontalAdvance(words) + 8.0, min(metrics.height() + 2.0, rect.height() - 4.0))
            where = (bins.state == UNCERTAIN) & (bins.claims == position) & (position > 0)
            for x, _first in label_places(painter, axis, bins, where=where, room=size.width() + 4.0):
                plate = QRectF(QPointF(x - size.width() / 2.0, rect.center().y() - size.height() / 2.0), size)
                painter.fillRect(plate, theme.surface)
                painter.setPen(theme.text)
                painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_plates(self, painter: QPainter, rect: QRectF, axis: TimeAxis, bins: EntryBins, *, theme: Theme) -> None:
        """Paint the plate in the middle of each run of one emotion, and a line between two emotions."""
        height = min(painter.fontMetrics().height() + 2.0, rect.height() - 4.0)
        top = np.where(bins.state == SPEECH, bins.top, -1)
        self._paint_borders(painter, rect, axis, bins, top=top, theme=theme)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for x, first in label_places(painter, axis, bins, top, where=top >= 0, room=height + 4.0):
            plate = QRectF(x - height / 2.0, rect.center().y() - height / 2.0, height, height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.surface)
            painter.drawRoundedRect(plate.adjusted(-1.0, -1.0, 1.0, 1.0), 4.0, 4.0)
            paint_plate(painter, plate, self.labels[int(top[first])], theme)

    def _paint_borders(
        self,
        painter: QPainter,
        rect: QRectF,
        axis: TimeAxis,
        bins: EntryBins,
        *,
        top: npt.NDArray[np.intp],
        theme: Theme,
    ) -> None:
        if bins.is_aggregated:
            return
        painter.setPen(QPen(theme.surface, 2.0))
        for index in np.flatnonzero((top[1:] != top[:-1]) & (top[1:] >= 0) & (top[:-1] >= 0)).tolist():
            x = axis.x(float(bins.end_s[index]))
            painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))


def _is_foremost(bins: EntryBins, claim: AffectClaim) -> npt.NDArray[np.bool_]:
    """Return where a claim decides the colour: arousal before valence, and only where no emotion is claimed."""
    return (bins.state == UNCERTAIN) & np.isin(bins.claims, FOREMOST[claim])
