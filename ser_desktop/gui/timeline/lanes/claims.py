"""The lane of the claims: what the voice sounds like, as one ribbon with a segment for each passage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QColor, QPainter

from ser_desktop.gui.shared.theme import (
    Theme,
    affect_colour,
    emotion_colour,
    emotion_fill,
    emotion_letter,
    mixed,
    text_on,
)
from ser_desktop.gui.shared.words import affect_words, emotion_word
from ser_desktop.gui.timeline.channel_columns import ChannelColumns
from ser_desktop.gui.timeline.claim_runs import CELL_PX, FIRST_AFFECT, FIRST_EMOTION, UNCLAIMED, ClaimRuns
from ser_desktop.gui.timeline.lane import Key, Lane, LaneView, Look
from ser_desktop.gui.timeline.lane_segments import LABEL_SPACING, places_inside
from ser_desktop.gui.timeline.polygons import paint_boxes
from ser_desktop.gui.timeline.readout import headline
from ser_desktop.values import AFFECT_CLAIMS, AffectClaim

if TYPE_CHECKING:
    import numpy.typing as npt

    Pixels = npt.NDArray[np.float64]

LOWEST = 0.5  # probability of the flattest segment
FLATTEST = 0.62  # its height, of the lane
QUIET = 0.16  # share of text colour in the grey of speech without a claim
PALE = 0.30  # share of colour where only arousal or valence is claimed
STRIP_PX = 4.0  # and the height of the strip in full colour below it
PADDING = 8.0  # pixels around a word


class ClaimsLane(Lane):
    """Paints a segment for each passage: the colour and the word of an emotion, else arousal and valence, else grey.

    A segment is at least 3 pixels wide and lies over what claims less. Its height shows the probability. Its colour is
    that of the claim at every zoom.

    Attributes:
        has_words: Whether the claims are written in their segments.
    """

    name: ClassVar[str] = "claims"
    is_answer: ClassVar[bool] = True
    lines: ClassVar[float] = 3.0
    is_fixed: ClassVar[bool] = True
    overhang_px: ClassVar[float] = CELL_PX + 1.0
    has_words: ClassVar[bool] = True

    def caption(self) -> str:
        """Return the name in the user's language."""
        return QCoreApplication.translate("TimelineView", "Sounds")

    def readout(self, columns: ChannelColumns, seconds: float) -> str:
        """Return the result of the entry at a time in words."""
        return headline(columns.entries.at(seconds))

    def key(self, columns: ChannelColumns, look: Look) -> Sequence[Key]:
        """Return the colours of arousal and valence, and of nothing; the emotions have a legend of their own."""
        claims = [Key(affect_colour(each, look.theme), affect_words((each,))) for each in AffectClaim]
        unclear = QCoreApplication.translate("TimelineView", "unclear")
        return [*claims, Key(mixed(look.theme.text, look.theme.surface, QUIET), unclear)]

    def paint(self, painter: QPainter, view: LaneView) -> None:
        """Draw the runs in view, those that claim more over those that claim less."""
        clip, axis = painter.clipBoundingRect(), view.axis
        margin = 2.0 * LABEL_SPACING * painter.fontMetrics().height()
        start_s, end_s = axis.seconds(clip.left() - margin), axis.seconds(clip.right() + margin)
        runs = view.columns.entries.runs_between(start_s, end_s, axis.pixel_s)
        if not len(runs):
            return
        left, right = axis.x(runs.start_s), axis.x(runs.end_s)
        right = np.where(runs.codes > UNCLAIMED, np.maximum(right, left + CELL_PX), right)
        is_hidden = np.isin(
            runs.codes,
            [
                FIRST_EMOTION + view.columns.labels.index(each)
                for each in view.look.hidden
                if each in view.columns.labels
            ],
        )
        shown = np.where(is_hidden, UNCLAIMED, runs.codes)
        painter.setPen(Qt.PenStyle.NoPen)
        for least, stop in ((UNCLAIMED, UNCLAIMED + 1), (FIRST_AFFECT + 1, FIRST_EMOTION), (FIRST_EMOTION, 256)):
            rows = np.flatnonzero((shown >= least) & (shown < stop) & (right > clip.left()) & (left < clip.right()))
            for code in np.unique(shown[rows]).tolist():
                same = rows[shown[rows] == code]
                width = right[same] - left[same]
                if code < FIRST_EMOTION:
                    self._paint_affect(painter, view, left[same], width, code=code)
                else:
                    self._paint_emotion(
                        painter, view, left[same], width, sure=runs.confidence[same].astype(np.float64), code=code
                    )
        if self.has_words:
            self._paint_words(painter, view, runs, shown, left=left, right=right)

    @staticmethod
    def _paint_affect(painter: QPainter, view: LaneView, left: Pixels, width: Pixels, *, code: int) -> None:
        """Paint all segments with the same claim of arousal and valence, or without a claim.

        Args:
            painter: Has no pen.
            view: The lane.
            left: (n,) left edges in pixels.
            width: (n,) widths in pixels.
            code: Of the claim.
        """
        rect, theme, is_claim = view.rect, view.theme, code > UNCLAIMED
        colour = affect_colour(AFFECT_CLAIMS[code - FIRST_AFFECT][0], theme) if is_claim else theme.text
        painter.setBrush(mixed(colour, theme.surface, PALE if is_claim else QUIET))
        paint_boxes(painter, left, rect.top(), width=width, height=rect.height())
        if is_claim:
            painter.setBrush(colour)
            paint_boxes(painter, left, rect.bottom() - STRIP_PX, width=width, height=STRIP_PX)

    @staticmethod
    def _paint_emotion(
        painter: QPainter, view: LaneView, left: Pixels, width: Pixels, *, sure: npt.NDArray[np.float64], code: int
    ) -> None:
        """Paint all segments with the same emotion.

        Args:
            painter: Has no pen.
            view: The lane.
            left: (n,) left edges in pixels.
            width: (n,) widths in pixels.
            sure: (n,) the probability of the emotion in each segment.
            code: Of the emotion.
        """
        label, bottom = view.columns.labels[code - FIRST_EMOTION], view.rect.bottom()
        share = np.clip((sure - LOWEST) / (1.0 - LOWEST), 0.0, 1.0)
        tops = np.round(bottom - view.rect.height() * (FLATTEST + (1.0 - FLATTEST) * share))
        seams = np.where(width > 2.0 * CELL_PX, 1.0, 0.0)  # two emotions that touch are told apart
        left, width = left + seams, width - seams
        painter.setBrush(emotion_fill(label))
        paint_boxes(painter, left, tops, width=width, height=bottom - tops)
        painter.setBrush(emotion_colour(label, view.theme))
        paint_boxes(painter, left, tops, width=width, height=1.0)

    def _paint_words(
        self,
        painter: QPainter,
        view: LaneView,
        runs: ClaimRuns,
        shown: npt.NDArray[np.uint8],
        *,
        left: npt.NDArray[np.float64],
        right: npt.NDArray[np.float64],
    ) -> None:
        """Write the claim in each segment that has room for it: the word, or else the letter of an emotion."""
        metrics = painter.fontMetrics()
        narrowest = metrics.horizontalAdvance("M") + 2.0
        clip = painter.clipBoundingRect()
        has_room = (shown > UNCLAIMED) & (right - left >= narrowest) & (right > clip.left()) & (left < clip.right())
        for row in np.flatnonzero(has_room).tolist():
            text, colour = self._text(view, int(shown[row]), view.theme)
            room = right[row] - left[row]
            if metrics.horizontalAdvance(text) + PADDING > room:
                text = (
                    emotion_letter(view.columns.labels[shown[row] - FIRST_EMOTION])
                    if shown[row] >= FIRST_EMOTION
                    else ""
                )
            width = metrics.horizontalAdvance(text)
            if not text or width + 2.0 > room:
                continue
            painter.setPen(colour)
            y = view.rect.bottom() - view.rect.height() * FLATTEST / 2.0 + metrics.capHeight() / 2.0
            for x in places_inside(painter, view.axis, float(left[row]), float(right[row]), room=width + PADDING):
                painter.drawText(QPointF(x - width / 2.0, y), text)

    @staticmethod
    def _text(view: LaneView, code: int, theme: Theme) -> tuple[str, QColor]:
        if code < FIRST_EMOTION:
            return affect_words(AFFECT_CLAIMS[code - FIRST_AFFECT]), theme.text
        label = view.columns.labels[code - FIRST_EMOTION]
        return emotion_word(label), text_on(emotion_fill(label))
