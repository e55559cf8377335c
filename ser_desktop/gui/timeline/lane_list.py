"""Which lanes the timeline shows, in which order and how high; kept in the settings as text."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ser_desktop.gui.timeline.lane import Lane

LEAST_LINES, MOST_LINES = 1.5, 60.0


@dataclass(frozen=True, slots=True)
class LanePlace:
    """One lane in the list.

    Attributes:
        lane: The lane.
        is_shown: Whether it is open.
        lines: Its height in lines of text; the open lanes share the room in this proportion.
    """

    lane: Lane
    is_shown: bool
    lines: float


class LaneList:
    """An immutable list of all lanes.

    Args:
        places: From top to bottom.
    """

    def __init__(self, places: Sequence[LanePlace]) -> None:
        self.places = tuple(places)

    @classmethod
    def of(cls, lanes: Sequence[Lane], text: str = "") -> LaneList:
        """Return the list that a text describes; lanes that it lacks follow as they are at first.

        Args:
            lanes: The registry.
            text: From :attr:`text`. Names that are not in the registry are left out.
        """
        known = {lane.name: lane for lane in lanes}
        places: dict[str, LanePlace] = {}
        for word in text.split():
            name, _, height = word.lstrip("-").partition(":")
            lines = _number(height)
            if name in known and name not in places:
                lane = known[name]
                places[name] = LanePlace(lane, not word.startswith("-"), lane.lines if lines is None else lines)
        for lane in lanes:
            places.setdefault(lane.name, LanePlace(lane, lane.is_shown, lane.lines))
        return cls(list(places.values()))

    @property
    def text(self) -> str:
        """The list as text: names from top to bottom, closed ones with a minus, each with its lines.

        >>> from ser_desktop.gui.timeline.lane import Lane
        >>> class Words(Lane):
        ...     name = "words"
        >>> LaneList.of([Words()]).with_shown("words", False).text
        '-words:4.0'
        """
        return " ".join(f"{'' if each.is_shown else '-'}{each.lane.name}:{each.lines:.1f}" for each in self.places)

    @property
    def shown(self) -> tuple[LanePlace, ...]:
        """The open lanes from top to bottom."""
        return tuple(each for each in self.places if each.is_shown)

    def without_answers(self) -> LaneList:
        """Return the list without open lanes that show results of the model; if none is left, another one is open."""
        places = [dataclasses.replace(each, is_shown=each.is_shown and not each.lane.is_answer) for each in self.places]
        found = LaneList(places)
        others = [each.lane.name for each in self.places if not each.lane.is_answer]
        return found if found.shown or not others else found.with_shown(others[0], True)

    def with_shown(self, name: str, is_shown: bool) -> LaneList:
        """Return the list with a lane opened or closed."""
        return self._with(name, is_shown=is_shown)

    def without(self, names: Collection[str]) -> LaneList:
        """Return the list with these lanes closed, unless no open lane would be left."""
        kept = [
            dataclasses.replace(each, is_shown=each.is_shown and each.lane.name not in names) for each in self.places
        ]
        return LaneList(kept) if any(each.is_shown for each in kept) else self

    def with_lines(self, name: str, lines: float) -> LaneList:
        """Return the list with a lane of another height."""
        return self._with(name, lines=min(max(lines, LEAST_LINES), MOST_LINES))

    def moved(self, name: str, by: int, *, empty: Collection[str] = ()) -> LaneList:
        """Return the list with an open lane moved past the next open one, up for -1 and down for 1.

        Args:
            name: The lane.
            by: The direction.
            empty: Lanes that take no room, because they have nothing to show; they are skipped.
        """
        open_lanes = [each.lane.name for each in self.shown if each.lane.name not in empty]
        if name not in open_lanes or not 0 <= open_lanes.index(name) + by < len(open_lanes):
            return self
        other = open_lanes[open_lanes.index(name) + by]
        places = list(self.places)
        first, second = (next(row for row, each in enumerate(places) if each.lane.name == key) for key in (name, other))
        places[first], places[second] = places[second], places[first]
        return LaneList(places)

    def _with(self, name: str, **changes: float | bool) -> LaneList:
        return LaneList(
            [dataclasses.replace(each, **changes) if each.lane.name == name else each for each in self.places]  # type: ignore
        )


def _number(text: str) -> float | None:
    try:
        lines = float(text)
    except ValueError:
        return None
    return min(max(lines, LEAST_LINES), MOST_LINES) if math.isfinite(lines) else None
