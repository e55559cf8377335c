from __future__ import annotations

from ser_desktop.analysis.ribbon import SILENT, UNCLEAR, Cell, ribbon
from ser_desktop.values import Affect, AffectClaim, Segment, State

EXCITED = AffectClaim.HIGH_AROUSAL
CLAIMED = Affect(0.9, 0.5, (EXCITED,))


def test_a_cell_says_the_most_that_is_claimed_in_it() -> None:
    found = [
        Segment(0.0, 50.0, State.NO_SPEECH, None, None, -60.0),
        Segment(50.0, 60.0, State.UNCERTAIN, "sad", 0.4, -20.0),
        Segment(60.0, 60.1, State.SPEECH, "happy", 0.8, -20.0),
        Segment(60.1, 60.2, State.SPEECH, "angry", 0.9, -20.0),
        Segment(60.2, 75.0, State.UNCERTAIN, "sad", 0.4, -20.0, CLAIMED),
        Segment(75.0, 100.0, State.GAP, None, None, None),
    ]
    angry, excited = Cell("angry", None, True), Cell(None, EXCITED, True)
    assert ribbon(found, 100.0, cells=10) == (*[SILENT] * 5, UNCLEAR, angry, excited, SILENT, SILENT)


def test_a_claim_in_the_last_moment_is_in_the_last_cell() -> None:
    (*_, last) = ribbon([Segment(99.99, 100.0, State.SPEECH, "sad", 0.7, -20.0)], 100.0)
    assert last == Cell("sad", None, True)


def test_nothing_is_silent() -> None:
    assert set(ribbon([], 0.0)) == {SILENT}
