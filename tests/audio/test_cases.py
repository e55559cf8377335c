"""Recordings that people had and that were once refused, halved or called damaged; they are not part of the project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ser_desktop.audio.files import FileSource

pytestmark = pytest.mark.corpus

# Length in seconds, and a part of the sentence about missing sound; empty where all of it is there.
CASES = {
    "p_iphone.m4a": (7.91, ""),
    "p_teams.mp4": (7.91, ""),
    "p_browser.webm": (7.91, ""),
    "p_nb.amr-nb": (7.91, ""),
    "o_tg_noeos.ogg": (7.91, ""),
    "w_data0_riff0.wav": (7.91, ""),
    "o_chained.opus": (15.72, ""),
    "m_cat_rates.mp3": (15.80, ""),
    "o_flac.oga": (7.91, ""),
    "m_xing_zero.mp3": (7.91, ""),
    "m_hole1500.mp3": (7.91, "is damaged at 3.97 s"),
    "c_mp3in.wav": (7.93, ""),
    "c_g722.wav": (7.91, ""),
}


@pytest.fixture(scope="module")
def cases(corpora_root: Path) -> Path:
    folder = Path(os.environ.get("SER_CASES", corpora_root.parent / "cases"))
    if not folder.is_dir():
        pytest.skip(f"no cases at {folder}; set SER_CASES to the folder that holds them")
    return folder


@pytest.mark.parametrize("name", CASES)
def test_a_case_is_read_whole(cases, name):
    seconds, warning = CASES[name]
    with FileSource(cases / name) as source:
        chunks = list(source.chunks())
        said = str(source.loss.warning(source.path)) if source.loss else ""
        assert chunks[-1].end / source.rate == pytest.approx(seconds, abs=0.02)
    assert bool(said) == bool(warning), said
    assert warning in said


@pytest.mark.parametrize(
    ("name", "hint"), [("s_antiphase_snr15.flac", "cancel each other"), ("s_call_overlap.flac", "different sound")]
)
def test_channels_that_should_not_be_mixed_are_told(cases, name, hint):
    with FileSource(cases / name) as source:
        list(source.chunks())
        assert hint in str(source.hint)
