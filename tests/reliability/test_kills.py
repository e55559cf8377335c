from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from kills import MAX_LOST_S, kill_once


@pytest.mark.parametrize("after_s", [0.0, 0.37, 0.81, 1.3, 2.1])
def test_whenever_it_is_killed_the_recording_is_whole_and_nothing_is_half(tmp_path, after_s):
    killed = kill_once(tmp_path, after_s)
    assert killed.lost_s <= MAX_LOST_S
