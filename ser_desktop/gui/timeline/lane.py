"""What a lane of the timeline is: a caption, a height, a scale, what it draws, and its readout at a time."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from ser_desktop.gui.shared.theme import LIGHT, Theme
from ser_desktop.gui.timeline.channel_columns import ChannelColumns
from ser_desktop.gui.timeline.entry_bins import EntryBins
from ser_desktop.gui.timeline.time_axis import TimeAxis

if TYPE_CHECKING:
    import pyqtgraph

BIN_PX = 4.0  # width of a bin of entries; narrower ones only add clutter


@dataclass(slots=True)
class Look:
    """How all lanes are drawn; the timeline has one.

    Attributes:
        theme: The colours.
        hidden: The emotions that the user has hidden.
        is_stacked: Whether probabilities are stacked areas, not lines.
    """

    theme: Theme = LIGHT
    hidden: frozenset[str] = frozenset()
    is_stacked: bool = True


@dataclass(frozen=True, eq=False)
class LaneView:
    """What a lane gets to paint: its rectangle, the time axis, the columns and the look.

    Attributes:
        rect: The lane in pixels; its left edge is at the start of the axis.
        axis: Maps seconds to pixels.
        columns: All columns of the channel.
        look: Theme and choices of the user.
        part_s: (start, end) of what is painted, with some more on both sides.
    """

    rect: QRectF
    axis: TimeAxis
    columns: ChannelColumns
    look: Look
    part_s: tuple[float, float]

    @property
    def theme(self) -> Theme:
        """The colours."""
        return self.look.theme

    @functools.cached_property
    def bins(self) -> EntryBins:
        """The entries in bins of a few pixels."""
        axis = self.axis
        return self.columns.entries.bins_between(axis.start_s, axis.end_s, max_bins(axis), part_s=self.part_s)


@dataclass(frozen=True, slots=True)
class Scale:
    """The value axis at the left of a lane.

    Attributes:
        low: Value at the bottom.
        high: Value at the top.
        ticks: Values with their texts.
    """

    low: float = 0.0
    high: float = 1.0
    ticks: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of the key: a colour and what it means."""

    colour: QColor
    text: str


class Lane:
    """A lane of the timeline. A new lane is a file in ``lanes/`` with a class like this, and one line in the registry.

    Attributes:
        name: The lane in the settings and the menu; never translated.
        lines: Height at first, in lines of text.
        is_fixed: Whether it keeps this height while the others share what is left.
        is_shown: Whether it is open at first.
        is_compact: Whether it is shown, too, where several channels stand above each other.
        shows_gaps: Whether lost sound is marked over what it draws.
        shows_entries: Whether it draws entries; if not, a new one changes nothing in it, unless sound is lost.
        has_labels: Whether it writes labels along its runs: a new entry may move those that are less than
            ``LABEL_SPACING`` away.
        overhang_px: How far it draws beyond the end of its content.
        is_answer: Whether it shows results of the model, so that it is closed while a person judges by ear alone.
    """

    name: ClassVar[str]
    lines: ClassVar[float] = 4.0
    is_fixed: ClassVar[bool] = False
    is_shown: ClassVar[bool] = True
    is_compact: ClassVar[bool] = True
    shows_gaps: ClassVar[bool] = True
    shows_entries: ClassVar[bool] = True
    has_labels: ClassVar[bool] = True
    overhang_px: ClassVar[float] = 1.0
    is_answer: ClassVar[bool] = False

    def caption(self) -> str:
        """Return the name in the user's language."""
        raise NotImplementedError

    def has_content(self, columns: ChannelColumns) -> bool:
        """Return whether there is something to show; without it, an open lane takes no room."""
        return True

    def note(self, columns: ChannelColumns) -> str:
        """Return the note below the caption, such as a magnification; empty for none."""
        return ""

    def scale(self, columns: ChannelColumns) -> Scale:
        """Return the value axis."""
        return Scale()

    def key(self, columns: ChannelColumns, look: Look) -> Sequence[Key]:
        """Return what the colours mean, for the caption and for pictures."""
        return ()

    def end_s(self, columns: ChannelColumns) -> float:
        """Return up to where there is something to draw, in seconds."""
        return columns.entries.end_s

    def state(self, columns: ChannelColumns) -> object:
        """Return what changes every pixel when it changes, such as a magnification."""
        return None

    def paint_ground(self, painter: QPainter, view: LaneView) -> None:
        """Draw what is there also beyond the end of the content, such as grid lines."""

    def paint(self, painter: QPainter, view: LaneView) -> None:
        """Draw the content over the ground. The painter is clipped to what has to be drawn.

        Place what is repeated at fixed times, not at fixed pixels: while a recording rolls, the picture is scrolled
        and only its new columns are painted.
        """
        raise NotImplementedError

    def readout(self, columns: ChannelColumns, seconds: float) -> str:
        """Return what is there at a time, in words, for the readout and the screen reader; empty for nothing."""
        return ""

    def played_from(self, view: LaneView, metrics: QFontMetrics, place: QPointF) -> float | None:
        """Return from where a click on the lane plays, in seconds; ``None`` where it only moves the cursor.

        Args:
            view: As for :meth:`paint`.
            metrics: Of the font of the lane.
            place: The place of the click in pixels of the lane.
        """
        return None

    def items(self, columns: ChannelColumns, look: Look) -> list[pyqtgraph.GraphicsObject]:
        """Return the items of the lane; by default one that keeps a picture of what :meth:`paint` draws.

        A lane may return any items of pyqtgraph instead, with seconds and the values of its scale as coordinates.
        """
        from ser_desktop.gui.timeline.lane_item import LaneItem

        return [LaneItem(self, columns, look)]


def max_bins(axis: TimeAxis) -> int:
    """Return how many bins of entries a view has room for."""
    return max(int(axis.width / BIN_PX), 1)
