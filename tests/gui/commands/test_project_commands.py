from __future__ import annotations

import dataclasses
import pathlib
import shutil

import numpy as np
import pytest
import soundfile
from windows import is_idle, messages, names

from ser_desktop.analysis.spoken_index import SpokenIndex
from ser_desktop.corrections import Correction
from ser_desktop.gui.engine.opened_sound import Sound, SoundChoice
from ser_desktop.project.content import KeptTimeline
from ser_desktop.project.store import FILE, read_project, write_project
from ser_desktop.transcript import Line, Speakers, Transcript, Turn, Word, WordTimes
from ser_desktop.values import Marker, VoiceUse

SAID = Correction(0.25, 1.5, "Anna", "angry", note="loud")
WORDS = Transcript(
    (Line(0.0, 1.0, "Good morning", (Word("Good", 0.0, 0.5), Word("morning", 0.5, 1.0))),), "en", "m", WordTimes.SPREAD
)
TURNS = Speakers((Turn(0.0, 1.0, 1), Turn(1.0, 2.0, 2)))


@pytest.fixture
def folder(tmp_path):
    """Where the project is saved."""
    return tmp_path / "study.serproject"


@pytest.fixture
def saved(start, spoken, other, folder, wait):
    """A window with a saved project of two recordings, the second with markers and corrections."""
    application = start(spoken, other)
    wait(lambda: is_idle(application))
    application.session.show(application.session.recordings[1])
    application.session.mark([Marker(0.5, "laugh")])
    application.session.change_corrections((SAID,), "correction")
    application.desk.save_as(folder)
    wait(lambda: "Project saved" in messages(application))
    return application


def entries(application):
    return [list(each.timeline) for each in application.session.recordings]


def test_a_project_is_opened_as_it_was_saved(saved, start, folder, other, wait):
    wait(lambda: all(each.sha256 for each in read_project(folder).recordings))  # they follow
    before = [[entry.label for entry in timeline] for timeline in entries(saved)]
    saved.window.close()
    again = start(folder)
    wait(lambda: is_idle(again) and again.session.recordings[0].info is not None)
    shown = again.session.shown
    assert (names(again), shown.path) == (["spoken.wav", "other.wav"], other)
    assert (shown.markers, shown.corrections) == ((Marker(0.5, "laugh"),), (SAID,))
    assert [[entry.label for entry in timeline] for timeline in entries(again)] == before
    assert len(shown.outline()[0]) > 100
    assert "study.serproject" in again.window.windowTitle()


def test_a_project_tells_with_which_voice_it_was_analysed_and_not_which_is_chosen_now(saved, start, folder, wait):
    saved.window.close()
    project = read_project(folder)
    voice = VoiceUse("Anna", 0.0)
    first, *others = project.recordings
    (kept,) = first.timelines
    heard = KeptTimeline(kept.channel, file=kept.file, words=kept.words, voice=voice)
    write_project(dataclasses.replace(project, recordings=[dataclasses.replace(first, timelines=(heard,)), *others]))
    again = start(folder)
    wait(lambda: is_idle(again) and again.session.recordings[0].info is not None)
    recording = again.session.recordings[0]
    assert recording.voice_use == voice
    again.session.show(recording)
    again.session.mark([Marker(1.0, "sigh")])
    again.window.close()
    assert read_project(folder).recordings[0].timelines[0].voice == voice


def test_changes_are_saved_without_a_command(saved, folder, wait):
    saved.session.mark([Marker(1.0, "sigh")])
    wait(lambda: [each.label for each in read_project(folder).recordings[1].markers] == ["laugh", "sigh"])
    saved.edits.undo()
    wait(lambda: [each.label for each in read_project(folder).recordings[1].markers] == ["laugh"])
    saved.session.mark([Marker(1.25, "cough")])
    saved.window.close()  # at once
    assert [each.label for each in read_project(folder).recordings[1].markers] == ["laugh", "cough"]


def kept_speakers(folder):
    (part,) = read_project(folder).recordings[1].timelines
    return part.words.read()[1] if part.words else None


def test_words_and_speakers_that_come_later_are_saved_too(saved, start, folder, wait):
    shown = saved.session.shown
    saved.session.use_spoken(shown, shown.sound, SpokenIndex(WORDS, TURNS))
    wait(lambda: kept_speakers(folder) == TURNS)
    saved.speakers.rename(1, "Anna")
    saved.speaker_voices.choose(2, "Otto")
    wait(lambda: kept_speakers(folder) == Speakers(TURNS.turns, {1: "Anna"}, {2: "Otto"}))
    saved.edits.undo()
    saved.window.close()  # at once
    again = start(folder)
    wait(lambda: is_idle(again))
    assert again.session.shown.shown_spoken.transcript == WORDS
    assert again.session.shown.shown_spoken.speakers == Speakers(TURNS.turns, {1: "Anna"})
    again.words.forget(again.session.shown)
    wait(lambda: kept_speakers(folder) is None)
    wait(lambda: not list((folder / "words").iterdir()))  # it is removed once the project no longer names it


def test_words_of_each_channel_come_back(start, spoken, folder, tmp_path, wait):
    sound, rate = soundfile.read(spoken)
    pair = tmp_path / "pair.wav"
    soundfile.write(pair, np.column_stack((sound, sound)), rate)
    application = start(pair)
    wait(lambda: is_idle(application))
    application.work.choose_sound(application.session.shown, SoundChoice(is_each=True))
    wait(lambda: is_idle(application) and application.session.shown.channels == (1, 2))
    shown = application.session.shown
    application.session.use_spoken(shown, Sound(1, 2), SpokenIndex(WORDS))
    application.session.use_spoken(shown, Sound(1, 1), SpokenIndex(None, TURNS))
    application.desk.save_as(folder)
    application.window.close()
    again = start(folder)
    wait(lambda: is_idle(again))
    found = {sound: (each.transcript, each.speakers) for sound, each in again.session.shown.spoken.items()}
    assert found == {Sound(1, 1): (None, TURNS), Sound(1, 2): (WORDS, None)}


def test_a_missing_recording_is_told_and_what_is_known_of_it_is_shown(saved, start, folder, other, wait):
    saved.window.close()
    pathlib.Path(other).unlink()
    again = start(folder)
    wait(lambda: "Missing: “other.wav”" in messages(again))
    wait(lambda: is_idle(again))
    assert again.session.shown.corrections == (SAID,)
    assert len(again.session.timeline)
    again.window.close()
    assert read_project(folder).recordings[1].corrections == (SAID,)


def test_a_moved_project_finds_its_recordings(saved, start, folder, other, tmp_path, wait):
    wait(lambda: all(each.sha256 for each in read_project(folder).recordings))
    saved.window.close()
    (tmp_path / "new").mkdir()
    shutil.move(folder, tmp_path / "new")
    shutil.move(other, tmp_path / "new" / "renamed.wav")
    again = start(tmp_path / "new" / folder.name)
    wait(lambda: "Found at another place" in messages(again))
    wait(lambda: is_idle(again))
    assert names(again)[1] == "renamed.wav"
    assert again.session.recordings[1].corrections == (SAID,)


def test_a_project_of_a_newer_version_is_one_sentence_and_changes_nothing(saved, start, folder, wait):
    saved.window.close()
    text = (folder / FILE).read_text()
    (folder / FILE).write_text(text.replace('"version": 1', '"version": 2'))
    again = start(folder)
    wait(lambda: "of version 2" in messages(again))
    assert names(again) == []


def test_a_closed_project_leaves_an_empty_window(saved, folder, wait):
    saved.projects.close_project()
    assert (names(saved), "study" in saved.window.windowTitle()) == ([], False)
    assert len(read_project(folder).recordings) == 2
