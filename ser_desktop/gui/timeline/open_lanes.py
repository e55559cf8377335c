"""Which lanes of the timeline are open: those that the user has chosen and that have something to show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ser_desktop.gui.timeline.channel_columns import ChannelColumns
from ser_desktop.gui.timeline.lane import Lane
from ser_desktop.gui.timeline.lane_list import LaneList


class OpenLanes:
    """The user's list of lanes without the empty ones, and without those of the model's results while these are hidden.

    Args:
        registry: All lanes.

    Attributes:
        chosen: The list of the user.
        empty: The names of the lanes that have nothing to show.
        is_blind: Whether the lanes that show results of the model are closed.
    """

    def __init__(self, registry: Sequence[Lane]) -> None:
        self._registry = tuple(registry)
        self.chosen, self.is_blind = LaneList.of(self._registry), False
        self.empty: frozenset[str] = frozenset()
        self.find_empty([ChannelColumns()])

    @property
    def shown(self) -> LaneList:
        """The list with all other lanes closed."""
        return (self.chosen.without_answers() if self.is_blind else self.chosen).without(self.empty)

    def described(self, text: str) -> LaneList:
        """Return the list that a text describes; see :attr:`LaneList.text`."""
        return LaneList.of(self._registry, text)

    def find_empty(self, columns: Iterable[ChannelColumns]) -> bool:
        """Find the lanes that have nothing to show in any channel; return whether they are others than before."""
        before, channels = self.empty, tuple(columns)
        self.empty = frozenset(each.name for each in self._registry if not any(map(each.has_content, channels)))
        return self.empty != before
