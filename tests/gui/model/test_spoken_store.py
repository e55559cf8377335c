from __future__ import annotations

import stat
from pathlib import Path

import pytest

from ser_desktop.analysis.spoken_index import SpokenIndex
from ser_desktop.gui.engine.opened_sound import Sound
from ser_desktop.gui.model.recording_memory import RecordingMemory
from ser_desktop.gui.model.recording_store import remembered_folder
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.model.spoken_store import recall_spoken, remember_spoken
from ser_desktop.transcript import Line, Speakers, Transcript, Turn, Word, WordTimes

WORDS = (Word("Grüße,", 0.25, 0.5, 0.75), Word("Anna", 0.5, 1.0))
SAID = Transcript((Line(0.25, 1.0, "Grüße, Anna", WORDS),), "en", "tiny-en", WordTimes.SPREAD, 0.9)
WHO = Speakers((Turn(0.25, 1.0, 1), Turn(1.0, 2.0, 2)), {2: "Anna"})


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "talk.wav"
    path.write_bytes(b"sound")
    return path


def files() -> list[Path]:
    return sorted(remembered_folder().glob("*.spoken.json"))


def test_words_and_speakers_come_back_and_are_private(recording: Path) -> None:
    remember_spoken(recording, {Sound(2, 1): SpokenIndex(SAID, WHO), Sound(): SpokenIndex(None, WHO)})
    found = recall_spoken(recording)
    assert found[Sound(2, 1)].transcript == SAID
    assert found[Sound(2, 1)].speakers == WHO
    assert found[Sound()].transcript is None
    (file,) = files()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_words_of_another_file_at_the_same_place_are_not_shown(recording: Path) -> None:
    remember_spoken(recording, {Sound(): SpokenIndex(SAID)})
    recording.write_bytes(b"other sound")
    assert recall_spoken(recording) == {}


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff", b'{"modified_ns":1,"size":5,"sounds":[{}]}'])
def test_a_damaged_file_is_no_words(recording: Path, content: bytes) -> None:
    remember_spoken(recording, {Sound(): SpokenIndex(SAID)})
    files()[0].write_bytes(content)
    assert recall_spoken(recording) == {}


def test_each_change_is_stored_moves_with_the_recording_and_is_deleted_with_it(recording: Path) -> None:
    session = Session()
    memory = RecordingMemory(session)
    opened = session.add(recording)
    memory.recall(opened)
    session.use_spoken(opened, Sound(), SpokenIndex(SAID, WHO))
    session.use_spoken(opened, Sound(), SpokenIndex(SAID, WHO.renamed(1, "Ben")))
    moved = recording.rename(recording.with_name("other.wav"))
    session.rename(opened, moved)
    assert recall_spoken(recording) == {}
    after = recall_spoken(moved)[Sound()].speakers
    assert after is not None
    assert after.name(1) == "Ben"
    memory.forget(moved)
    assert files() == []


def test_words_that_are_deleted_leave_no_file(recording: Path) -> None:
    session = Session()
    memory = RecordingMemory(session)
    opened = session.add(recording)
    memory.recall(opened)
    session.use_spoken(opened, Sound(), SpokenIndex(SAID))
    assert files()
    session.use_spoken(opened, Sound(), SpokenIndex())
    assert files() == []
