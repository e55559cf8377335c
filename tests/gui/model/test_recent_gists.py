from __future__ import annotations

import os
from pathlib import Path

import pytest

from ser_desktop.analysis.ribbon import SILENT, UNCLEAR, Cell
from ser_desktop.gui.model.gist import Gist
from ser_desktop.gui.model.recent_gists import RecentGists
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.widgets.glance_bar import sentence
from ser_desktop.values import AffectClaim

CELLS = (SILENT, UNCLEAR, Cell("sad", None, True), Cell(None, AffectClaim.LOW_AROUSAL, True))
GIST = Gist(83.25, "sad", 0.625, False, (AffectClaim.LOW_AROUSAL,), (), (("sad", 2),), CELLS)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "recent.json"


def kept(session: Session, place: Path, gists: dict[str, Gist], recent: list[str]) -> RecentGists:
    """Store gists, and return what the next start finds."""
    store = RecentGists(place)
    store.follow(session)
    for path, gist in gists.items():
        store.add(path, gist)
    store.keep(recent)
    return RecentGists(place)


def test_what_is_stored_is_there_again_and_only_of_the_recent(session, place):
    again = kept(session, place, {"/a.wav": GIST, "/b.wav": Gist(1.0)}, ["/c.wav", "/a.wav"])
    assert again.of("/a.wav") == GIST
    assert again.of("/b.wav") is None
    assert sentence(GIST) == "Mostly quiet; twice clearly sad"
    assert sentence(Gist(1.0)) == "No speech found"


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_the_file_is_readable_by_the_user_alone_and_gone_without_recent(session, place):
    kept(session, place, {"/a.wav": GIST}, ["/a.wav"])
    assert place.stat().st_mode & 0o777 == 0o600
    kept(session, place, {"/a.wav": GIST}, [])
    assert not place.exists()


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"/a.wav": {}}', b'{"/a.wav": {"seconds": 1.0, "ribbon": ["~joy"]}}', b"\xff" * 99]
)
def test_a_damaged_file_shows_nothing(session, place, content):
    place.write_bytes(content)
    assert RecentGists(place).of("/a.wav") is None
