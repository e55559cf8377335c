"""Joins segments that are too short to listen to with their neighbours."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ser_desktop.values import Affect, AffectClaim, Segment, State

SHORTEST_S = 1.0  # of a passage that can be listened to and judged


def join_fragments(found: Iterable[Segment], *, shortest_s: float = SHORTEST_S) -> list[Segment]:
    """Return the segments, with those that are too short joined with a neighbour.

    The result covers the same time without gaps. The rules for a fragment, in this order:

    1. A gap (lost sound) is kept.
    2. A fragment that claims an emotion is kept, because users search for claims. Only between two passages of the same
       other emotion are all three joined.
    3. Between two passages of speech with the same claim, all three are joined.
    4. Any other fragment is joined with the longer neighbour that has speech; a silence is then a pause of the speaker.
       Between silences and gaps it is kept.

    At least half of a passage supports its claim; a fragment for which that would not hold is kept, too.

    Claim and probabilities of a joined passage are those of the segments that were long enough; its level is the mean
    power of all.

    Args:
        found: Segments that cover a range of time, in the order of time.
        shortest_s: A segment of at least this length in seconds is not a fragment.
    """
    groups: list[_Group] = []
    for each in found:
        _settle(groups, _Group(each), shortest_s)
    _settle(groups, None, shortest_s)
    return [group.joined() for group in groups]


@dataclass(slots=True)
class _Group:
    """Segments that are joined; the claim is that of the hosts, which all have the same one."""

    host: Segment
    hosts: list[Segment] = field(init=False)
    members: list[Segment] = field(init=False)

    def __post_init__(self) -> None:
        self.hosts, self.members = [self.host], [self.host]

    @property
    def seconds(self) -> float:
        return self.members[-1].end_s - self.members[0].start_s

    @property
    def spare_s(self) -> float:
        """Seconds that may be added, so that half of the group is what it says."""
        return 2.0 * sum(each.end_s - each.start_s for each in self.hosts) - self.seconds

    @property
    def holds_speech(self) -> bool:
        return self.host.state in (State.SPEECH, State.UNCERTAIN)

    def add_before(self, other: _Group) -> None:
        self.members[:0] = other.members

    def add(self, other: _Group) -> None:
        self.members += other.members

    def joined(self) -> Segment:
        if len(self.members) == 1:
            return self.host
        weights_s = [each.end_s - each.start_s for each in self.hosts]
        label = self.host.label
        named_s = [each.end_s - each.start_s for each in self.hosts if each.label == label]
        return Segment(
            self.members[0].start_s,
            self.members[-1].end_s,
            self.host.state,
            label,
            _mean([each.confidence for each in self.hosts if each.label == label], named_s),
            _level(self.members),
            _affect(self.hosts, weights_s),
        )


def _settle(groups: list[_Group], after: _Group | None, shortest_s: float) -> None:
    """Join or keep the last group, now that the group after it is known, and append that group."""
    last = groups[-1] if groups else None
    before = groups[-2] if len(groups) > 1 else None
    if last is None or last.seconds >= shortest_s or last.host.state is State.GAP:
        pass
    elif before and after and _is_bridged(before, last, after):
        groups.pop()
        before.add(last)
        before.add(after)
        before.hosts += after.hosts
        return
    elif last.host.state is not State.SPEECH:
        hosts = [each for each in (before, after) if each and each.holds_speech and each.spare_s >= last.seconds]
        host = max(hosts, key=lambda each: each.seconds, default=None)
        if host is not None:
            groups.pop()
            host.add(last) if host is before else host.add_before(last)
    if after:
        groups.append(after)


def _is_bridged(before: _Group, fragment: _Group, after: _Group) -> bool:
    """Return whether both neighbours are speech with the same claim; only emotions may replace an emotion."""
    is_emotion = fragment.host.state is State.SPEECH
    if not before.holds_speech or (is_emotion and before.host.state is not State.SPEECH):
        return False
    return _claim(before.host) == _claim(after.host) and before.spare_s + after.spare_s >= fragment.seconds


def _claim(segment: Segment) -> tuple[object, ...]:
    """Return a value that is equal for segments with the same claim."""
    is_of_affect = segment.state is State.UNCERTAIN and segment.claims
    return segment.state, segment.claims if is_of_affect else segment.label


def _mean(values: Sequence[float | None], weights_s: Sequence[float]) -> float | None:
    known = [(value, weight_s) for value, weight_s in zip(values, weights_s, strict=True) if value is not None]
    if not known:
        return None
    return min(sum(value * weight_s for value, weight_s in known) / sum(weight_s for _, weight_s in known), 1.0)


def _level(members: Sequence[Segment]) -> float | None:
    known = [(each.level_dbfs, each.end_s - each.start_s) for each in members if each.level_dbfs is not None]
    if not known:
        return None
    power = sum(10.0 ** (level_dbfs / 10.0) * seconds for level_dbfs, seconds in known)
    return 10.0 * math.log10(power / sum(seconds for _, seconds in known))


def _affect(hosts: Sequence[Segment], weights_s: Sequence[float]) -> Affect | None:
    first = hosts[0].affect
    arousal = _mean([each.affect.arousal if each.affect else None for each in hosts], weights_s)
    valence = _mean([each.affect.valence if each.affect else None for each in hosts], weights_s)
    if first is None or arousal is None or valence is None:
        return None
    shared: tuple[AffectClaim, ...] = first.claims if all(each.claims == first.claims for each in hosts) else ()
    return Affect(arousal, valence, shared)
