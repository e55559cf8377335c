"""The lane of the confidence over time: the colour and hatching of its tier, with the letter of the emotion."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from ser_desktop.gui.shared.emotion_plate import paint_plate
from ser_desktop.gui.shared.theme import Theme, mixed, tier_colour, tier_pattern
from ser_desktop.gui.timeline.entry_columns import SPEECH, EntryBins
from ser_desktop.gui.timeline.lane_segments import label_places, paint_uncertain, run_rects
from ser_desktop.gui.timeline.time_axis import TimeAxis
from ser_desktop.values import HIGH_CONFIDENCE, MEDIUM_CONFIDENCE, Tier

if TYPE_CHECKING:
    import numpy.typing as npt

TIERS = (Tier.LOW, Tier.MEDIUM, Tier.HIGH)


class RibbonLane:
    """Paints one strip of tiers, with the plate of each emotion that lasts long enough for one.

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
            self._paint_tier(painter, of_tier, tier, theme)
        paint_uncertain(painter, rect, axis, bins, theme=theme)
        self._paint_plates(painter, rect, axis, bins, theme=theme)

    def _paint_tier(self, painter: QPainter, rects: list[QRectF], tier: Tier, theme: Theme) -> None:
        colour, pattern = tier_colour(tier, theme), tier_pattern(tier)
        tint = mixed(colour, theme.surface, 0.35)
        for segment in rects:
            if pattern is not Qt.BrushStyle.SolidPattern:
                painter.fillRect(segment, tint)
            painter.fillRect(segment, QBrush(colour, pattern))

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
