"""Corrections of speakers that can be undone, and the voices of speakers, in the running window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PySide6.QtWidgets import QInputDialog, QMenu, QMessageBox
from windows import is_idle, messages

from ser_desktop.analysis.spoken_index import NOTHING_SPOKEN, SpokenIndex
from ser_desktop.emotion.model_file import Model
from ser_desktop.emotion.voice_store import VoiceStore
from ser_desktop.gui.app import Application
from ser_desktop.gui.model.recording import Recording
from ser_desktop.settings import voices_folder
from ser_desktop.transcript import Speakers, Turn

Start = Callable[..., Application]
Wait = Callable[[Callable[[], object]], None]

TWO = Speakers((Turn(0.0, 2.0, 1), Turn(2.0, 4.0, 2)))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Voices are kept in a folder of this test."""
    monkeypatch.setattr("ser_desktop.settings.platformdirs.user_data_path", lambda *_, **__: tmp_path / "data")


def shown(application: Application) -> Recording:
    assert application.session.shown
    return application.session.shown


def speakers(application: Application) -> Speakers:
    found = shown(application).shown_spoken.speakers
    assert found
    return found


def find(application: Application, found: Speakers) -> None:
    """Use these speakers as if they had been found now."""
    recording = shown(application)
    application.session.use_spoken(recording, recording.sound, SpokenIndex(None, found))


def choose(menu: QMenu, *texts: str) -> None:
    """Choose from a menu, and from the menus in it."""
    (action,) = [each for each in menu.actions() if each.text() == texts[0]]
    inner = action.menu()
    if isinstance(inner, QMenu):
        choose(inner, *texts[1:])
    else:
        action.trigger()


def test_each_correction_of_speakers_is_undone_and_redone(start: Start, wait: Wait, spoken: Path) -> None:
    application = start(spoken)
    wait(lambda: is_idle(application))
    find(application, TWO)
    states, texts = [TWO], []
    for change in (
        lambda: application.speakers.rename(1, "Anna"),
        lambda: application.speakers.correct(1.0, 2.5, 3),
        lambda: application.speakers.merge(3, 1),
    ):
        change()
        states.append(speakers(application))
        texts.append(application.window.actions_.undo.text())
    assert texts == ["&Undo: rename speaker", "&Undo: change speaker", "&Undo: merge speakers"]
    assert len({each.turns for each in states}) == 3
    for before in reversed(states[:-1]):
        application.edits.undo()
        assert speakers(application) == before
    assert application.window.actions_.redo.text() == "&Redo: rename speaker"
    for after in states[1:]:
        application.edits.redo()
        assert speakers(application) == after


def test_undo_brings_nothing_back_of_speakers_that_were_deleted_or_found_anew(
    start: Start, wait: Wait, spoken: Path
) -> None:
    application = start(spoken)
    wait(lambda: is_idle(application))
    find(application, TWO)
    application.speakers.rename(1, "Anna")
    anew = Speakers((Turn(0.0, 4.0, 1),))
    find(application, anew)
    application.edits.undo()
    assert speakers(application) == anew
    application.speakers.rename(1, "Otto")
    application.words.forget(shown(application))
    application.edits.undo()
    assert shown(application).shown_spoken == NOTHING_SPOKEN


def test_a_wrong_name_is_no_step(start: Start, wait: Wait, spoken: Path) -> None:
    application = start(spoken)
    wait(lambda: is_idle(application))
    find(application, Speakers(TWO.turns, {2: "Anna"}))
    application.speakers.rename(1, "Anna")
    assert "another speaker has it" in messages(application)
    assert not application.window.actions_.undo.isEnabled()


@pytest.fixture(scope="module")
def interview(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """13 s of the demo, which two speakers share below: more than 6 s of speech."""
    sound, rate = soundfile.read(demo, frames=13 * soundfile.info(demo).samplerate)
    path = tmp_path_factory.mktemp("talk") / "interview.wav"
    soundfile.write(path, sound, rate)
    return path


def test_a_speaker_is_kept_as_a_voice_that_the_next_analysis_uses(
    start: Start, wait: Wait, interview: Path, adaptive_model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = start(interview, model_path=str(adaptive_model.folder / "tiny.json"))
    wait(lambda: is_idle(application))
    find(application, Speakers((Turn(0.0, 11.0, 1), Turn(11.0, 13.0, 2))))
    application.speaker_voices.offer(shown(application))
    assert application.window.offers.text.startswith("2 speakers were found in “interview.wav”.")
    before = shown(application).timeline.columns().numbers.copy()

    view = application.window.speakers
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("Anna B.", True))
    view.keep_requested.emit(1)
    wait(lambda: not application.speaker_voices.is_busy)
    assert "“Anna B.” is known from" in messages(application)
    profile = VoiceStore(voices_folder()).read("Anna B.")
    assert profile.speech_s > 5.0
    assert speakers(application).voices == {1: "Anna B."}
    assert application.window.actions_.undo.text() == "&Undo: voice of a speaker"

    application.work.analyze_again(shown(application))
    wait(lambda: is_idle(application))
    after = shown(application).timeline.columns().numbers
    assert after.shape == before.shape
    assert np.nanmax(np.abs(after - before)) > 0.01

    monkeypatch.setattr(QMessageBox, "question", lambda *_, **__: QMessageBox.StandardButton.No)
    stored = next(voices_folder().iterdir()).read_bytes()
    view.keep_requested.emit(2)
    assert not application.speaker_voices.is_busy
    assert next(voices_folder().iterdir()).read_bytes() == stored


def test_too_little_speech_makes_no_voice(start: Start, wait: Wait, interview: Path, adaptive_model: Model) -> None:
    application = start(interview, model_path=str(adaptive_model.folder / "tiny.json"))
    wait(lambda: is_idle(application))
    find(application, Speakers((Turn(0.0, 2.0, 1), Turn(2.0, 4.0, 2))))
    application.speaker_voices.keep(1, "Anna")
    wait(lambda: not application.speaker_voices.is_busy)
    assert "too few for a voice profile" in messages(application)
    assert speakers(application).voices == {}
    assert not VoiceStore(voices_folder()).names()


def test_a_known_voice_is_chosen_for_a_speaker_in_the_menu(
    start: Start, wait: Wait, interview: Path, adaptive_model: Model
) -> None:
    application = start(interview, model_path=str(adaptive_model.folder / "tiny.json"))
    wait(lambda: is_idle(application))
    find(application, Speakers((Turn(0.0, 11.0, 1), Turn(11.0, 13.0, 2))))
    application.speaker_voices.keep(1, "Anna")
    wait(lambda: not application.speaker_voices.is_busy)
    application.window.actions_.show_speakers.trigger()
    view = application.window.speakers
    choose(view.menu(1), "Known voice", "Anna")
    assert speakers(application).voices == {1: "Anna", 2: "Anna"}
    choose(view.menu(0), "Known voice", "None")
    assert speakers(application).voices == {2: "Anna"}
    application.edits.undo()
    assert speakers(application).voices == {1: "Anna", 2: "Anna"}
    VoiceStore(voices_folder()).remove("Anna")
    application.work.analyze_again(shown(application))
    wait(lambda: is_idle(application))
    assert "There is no voice “Anna”." in messages(application)
