from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ser_desktop.dsp.speech_gate import GateSpec, SpeechGate

SPEC = GateSpec(open_at=0.5, close_below=0.25, hold_blocks=2, floor_dbfs=-60.0)
LOUD_DBFS = -20.0


def flags(probabilities: list[float], levels_dbfs: list[float] | None = None, spec: GateSpec = SPEC) -> str:
    """Return a letter a block: O where the gate is open, a dot where it is closed."""
    levels = np.array(levels_dbfs or [LOUD_DBFS] * len(probabilities))
    return "".join(".O"[flag] for flag in SpeechGate(spec).push(np.float32(probabilities), levels).tolist())


def test_it_is_closed_at_first() -> None:
    assert flags([0.3, 0.3]) == ".."


def test_it_opens_at_the_higher_threshold_and_stays_open_above_the_lower() -> None:
    assert flags([0.3, 0.49, 0.5, 0.3, 0.25, 0.3, 0.3, 0.3]) == "..OOOOOO"


def test_it_closes_after_the_hold() -> None:
    assert flags([0.9, 0.1, 0.1, 0.1, 0.1]) == "OOO.."


def test_a_pause_shorter_than_the_hold_is_bridged() -> None:
    assert flags([0.9, 0.1, 0.1, 0.3, 0.1, 0.1, 0.1]) == "OOOOOO."


def test_once_closed_the_lower_threshold_opens_nothing() -> None:
    assert flags([0.9, 0.0, 0.0, 0.0, 0.3, 0.3]) == "OOO..."


def test_without_a_hold_it_closes_at_once() -> None:
    assert flags([0.9, 0.1, 0.3], spec=GateSpec(0.5, 0.25, 0, -60.0)) == "O.."


def test_what_is_below_the_floor_is_no_speech() -> None:
    assert flags([0.9, 0.9, 0.9], [-60.1, -60.0, -59.9]) == ".OO"


def test_sound_that_falls_below_the_floor_closes_it() -> None:
    assert flags([0.9] * 5, [-20.0, -70.0, -70.0, -70.0, -20.0]) == "OOO.O"


@given(
    blocks=st.lists(st.tuples(st.sampled_from([0.0, 0.2, 0.3, 0.6]), st.sampled_from([-90.0, -20.0])), max_size=40),
    cut=st.integers(0, 40),
)
def test_cuts_make_no_difference(blocks: list[tuple[float, float]], cut: int) -> None:
    probabilities, levels = np.float32([p for p, _ in blocks]), np.array([level for _, level in blocks])
    gate = SpeechGate(SPEC)
    pieces = [*gate.push(probabilities[:cut], levels[:cut]), *gate.push(probabilities[cut:], levels[cut:])]
    assert pieces == SpeechGate(SPEC).push(probabilities, levels).tolist()


@pytest.mark.parametrize(
    "nonsense",
    [
        {"open_at": 0.1, "close_below": 0.2},
        {"close_below": 0.0},
        {"open_at": 1.5},
        {"open_at": float("nan")},
        {"hold_blocks": -1},
        {"hold_blocks": 1.5},
        {"floor_dbfs": float("nan")},
    ],
)
def test_nonsense_is_refused(nonsense: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"threshold|must"):
        GateSpec(**nonsense)  # type: ignore[arg-type]
