"""The lane of arousal and valence: two curves around the middle, with a band where something is claimed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from PySide6.QtCore import QCoreApplication, QLineF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ser_desktop.gui.shared.theme import Theme, affect_colour, translucent
from ser_desktop.gui.shared.words import percent_text
from ser_desktop.gui.timeline.channel_columns import ChannelColumns
from ser_desktop.gui.timeline.entry_bins import IS_CLAIMED
from ser_desktop.gui.timeline.lane import Key, Lane, LaneView, Look, Scale
from ser_desktop.gui.timeline.polygons import paint_area, polygon, runs_of
from ser_desktop.values import AffectClaim

if TYPE_CHECKING:
    import numpy.typing as npt

CLAIMS = (  # those of the curve: column of EntryBins.affect, claims that are above and below the middle
    (0, AffectClaim.HIGH_AROUSAL, AffectClaim.LOW_AROUSAL),
    (1, AffectClaim.POSITIVE, AffectClaim.NEGATIVE),
)
BAND_ALPHA = 90
ORDER = tuple(AffectClaim)


class AffectLane(Lane):
    """Paints the probabilities that arousal is high and that valence is positive; the middle is 50 %."""

    name: ClassVar[str] = "affect"
    has_labels: ClassVar[bool] = False
    is_answer: ClassVar[bool] = True
    lines: ClassVar[float] = 3.6
    is_compact: ClassVar[bool] = False

    def caption(self) -> str:
        """Return the name in the user's language."""
        return QCoreApplication.translate("TimelineView", "Arousal and valence")

    def scale(self, columns: ChannelColumns) -> Scale:
        """Return 0 to 100 %."""
        return Scale(0.0, 1.0, tuple((share, percent_text(share)) for share in (0.0, 0.5, 1.0)))

    def key(self, columns: ChannelColumns, look: Look) -> Sequence[Key]:
        """Return the colours of both curves."""
        arousal, valence = _colours(look.theme)
        translate = QCoreApplication.translate
        return (
            Key(arousal, translate("TimelineView", "excited ↑")),
            Key(valence, translate("TimelineView", "pleasant ↑")),
        )

    def readout(self, columns: ChannelColumns, seconds: float) -> str:
        """Return both values at a time."""
        entry = columns.entries.at(seconds)
        if entry is None or entry.affect is None:
            return ""
        text = QCoreApplication.translate("TimelineView", "arousal {0}, valence {1}")
        return text.format(percent_text(entry.affect.arousal), percent_text(entry.affect.valence))

    def paint_ground(self, painter: QPainter, view: LaneView) -> None:
        """Draw the middle."""
        clip, middle = painter.clipBoundingRect(), _middle(view)
        painter.setPen(QPen(view.theme.grid, 1.0))
        painter.drawLine(QLineF(clip.left(), middle, clip.right(), middle))

    def paint(self, painter: QPainter, view: LaneView) -> None:
        """Draw the view."""
        rect, theme, bins, middle = view.rect, view.theme, view.bins, _middle(view)
        if not len(bins):
            return
        x = view.axis.x((bins.start_s + bins.end_s) / 2.0)
        known = np.isfinite(bins.affect[:, 0])
        runs = runs_of(known)
        claimed = IS_CLAIMED[bins.claims]
        for (column, above, below), colour in zip(CLAIMS, _colours(theme), strict=True):
            y = rect.bottom() - 2.0 - bins.affect[:, column].astype(np.float64) * (rect.height() - 4.0)
            is_claimed = known & (claimed[:, ORDER.index(above)] | claimed[:, ORDER.index(below)])
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(translucent(colour, BAND_ALPHA))
            self._paint_bands(painter, x, y, is_claimed, middle=middle)
            self._paint_curve(painter, x, y, runs, colour=colour)

    @staticmethod
    def _paint_bands(
        painter: QPainter,
        x: npt.NDArray[np.float64],
        y: npt.NDArray[np.float64],
        is_claimed: npt.NDArray[np.bool_],
        *,
        middle: float,
    ) -> None:
        paint_area(painter, x, y, middle, runs=runs_of(is_claimed))

    @staticmethod
    def _paint_curve(
        painter: QPainter,
        x: npt.NDArray[np.float64],
        y: npt.NDArray[np.float64],
        runs: list[list[int]],
        *,
        colour: QColor,
    ) -> None:
        painter.setPen(QPen(colour, 1.0))
        for first, stop in runs:
            for shift in (-0.35, 0.35):  # two thin lines: one of width 1.7 takes ten times as long
                painter.drawPolyline(polygon(x[first:stop], y[first:stop] + shift))


def _middle(view: LaneView) -> float:
    return round(view.rect.center().y()) + 0.5


def _colours(theme: Theme) -> tuple[QColor, QColor]:
    """Return the colours of arousal and valence."""
    return affect_colour(AffectClaim.HIGH_AROUSAL, theme), affect_colour(AffectClaim.POSITIVE, theme)
