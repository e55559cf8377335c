"""``analyze --transcribe`` and ``--speakers``."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import numpy as np
import pytest
import soundfile
from speech import RATE, say, silence
from terminal import error_line
from whisper_models import make_whisper_model

from ser_desktop.cli import spoken
from ser_desktop.errors import WordsError
from ser_desktop.settings import Settings, write_settings
from ser_desktop.transcript import Speakers, Turn
from ser_desktop.words.recognition import Recognition

pytest.importorskip("moonshine_voice", reason="needs the extra [words]")


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of the settings of whoever runs the tests."""
    monkeypatch.setattr(spoken, "settings_path", lambda: tmp_path / "settings.json")


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sentences."""
    path = tmp_path_factory.mktemp("talk") / "talk.wav"
    parts = (say("I would rather stay at home."), silence(0.4), say("We walk to the river."))
    soundfile.write(path, np.concatenate(parts), RATE)
    return path


def test_the_report_writes_down_what_is_said(run, manifest, talk):
    ran = run("analyze", talk, "--model", manifest, "--transcribe")
    assert ran.status == 0
    (line,) = [line for line in ran.out.splitlines() if "river" in line]
    assert line.startswith("  00:00:0")
    assert "Speaker" not in ran.out


@pytest.mark.usefixtures("stand_in")
def test_speakers_are_told_with_their_names(run, manifest, talk, tmp_path):
    written = tmp_path / "talk.json"
    options = ("--transcribe", "--speakers", "--speaker-name", "1=Anna", "--export", f"json={written}")
    ran = run("analyze", talk, "--model", manifest, *options)
    assert ran.status == 0, ran.err
    assert "  00:00:00.2 Anna: well" in ran.out.splitlines()
    assert any(line.startswith("  Anna: 2.0 s, ") and "% of the speech" in line for line in ran.out.splitlines())
    told = json.loads(written.read_text())
    assert [each["speaker"] for each in told["timeline"]][:8] == ["Anna"] * 4 + ["Speaker 2"] * 4
    assert sum(each["share"] for each in told["speakers"]["list"]) == pytest.approx(1.0, abs=0.01)


def test_a_name_for_nobody_is_told_and_the_report_is_there(run, manifest, talk, monkeypatch):
    nobody = Speakers((Turn(0.0, 1.0, 1),))
    monkeypatch.setattr(Recognition, "finish", lambda _recognition: (None, nobody))
    monkeypatch.setattr(Recognition, "push", lambda _recognition, _chunk: None)
    ran = run("analyze", talk, "--model", manifest, "--speaker-name", "2=Anna")
    assert ran.status == 1
    assert error_line(ran).startswith("The name “Anna” cannot be given: there is no speaker 2; there are 1.")
    assert "speech in" in ran.out


def test_a_crash_of_the_recogniser_costs_the_words_only(run, manifest, talk, monkeypatch):
    def crash(_recognition, _chunk):
        raise WordsError("The recogniser of words and speakers has crashed.", "Try it again.")

    monkeypatch.setattr(Recognition, "push", crash)
    ran = run("analyze", talk, "--model", manifest, "--transcribe")
    assert ran.status == 1
    assert error_line(ran).startswith("The recogniser of words and speakers has crashed.")
    assert "speech in" in ran.out


def test_without_the_package_nothing_is_analysed(run, manifest, talk, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    ran = run("analyze", talk, "--model", manifest, "--transcribe")
    assert (ran.status, ran.out) == (1, "")
    assert "pip install 'ser-desktop[words]'" in error_line(ran)


def test_the_report_tells_it_in_sentences(run, manifest, talk):
    english, german = (run("analyze", talk, "--model", manifest, "--interpret", each).out for each in ("en", "de"))
    assert "  There is speech in " in english
    assert "  In " in german
    assert "wird gesprochen" in german


def test_the_model_of_the_settings_is_used_and_a_missing_one_is_told(run, manifest, talk, tmp_path):
    write_settings(tmp_path / "settings.json", Settings(words_model=str(tmp_path / "base-es")))
    ran = run("analyze", talk, "--model", manifest, "--transcribe")
    assert (ran.status, ran.out) == (1, "")
    assert error_line(ran).startswith(f"“{tmp_path / 'base-es'}” is not a folder. Choose a folder of a Moonshine model")


@pytest.mark.parametrize("wrong", ["Anna", "0=Anna", "1=", "=Anna"])
def test_a_wrong_name_is_a_usage_error(run, manifest, talk, wrong):
    assert run("analyze", talk, "--model", manifest, "--speaker-name", wrong).status == 2


def test_a_recording_whose_sound_is_not_kept_has_no_speakers(run, manifest):
    ran = run("record", "--model", manifest, "--speakers")
    assert (ran.status, error_line(ran)) == (
        1,
        "Speakers are found after a recording, in the sound that is kept. Say with --wav where to keep it.",
    )


@pytest.mark.usefixtures("stand_in")
def test_each_speaker_has_a_voice_of_its_own(run, adaptive_model, demo, tmp_path, monkeypatch):
    monkeypatch.setattr("ser_desktop.settings.platformdirs.user_data_path", lambda *_, **__: tmp_path / "data")
    model = adaptive_model.folder / "tiny.json"
    sound, rate = soundfile.read(demo, frames=13 * soundfile.info(demo).samplerate)
    path = tmp_path / "demo.wav"
    soundfile.write(path, sound, rate)
    run("voice", "add", "Anna", path, "--model", model)
    options = ("--speakers", "--speaker-voice", "2=Anna", "--format", "json")
    told = json.loads(run("analyze", path, "--model", model, *options).out)
    assert set(told["voice"]["speakers"]) == {"1", "2"}
    assert told["voice"]["speakers"]["2"] == {"name": "Anna", "known_from": 0.0}
    text = run("analyze", path, "--model", model, "--speakers", "--speaker-voice", "2=Anna").out
    assert "speakers known" in text


def test_a_whisper_model_and_the_language_are_chosen_on_the_command_line(run, manifest, talk, tmp_path):
    pytest.importorskip("faster_whisper", reason="needs the extra [whisper]")
    folder = make_whisper_model(tmp_path / "faster-whisper-test")
    options = ("--words-model", folder, "--words-language", "fr", "--format", "json")
    ran = run("analyze", talk, "--model", manifest, "--transcribe", *options)
    assert ran.status == 0, ran.err
    told = json.loads(ran.out)["transcript"]
    assert (told["model"], told["language"], told["word_times"]) == ("faster-whisper-test", "fr", "measured")
    live = run("record", "--model", manifest, "--transcribe", "--words-model", folder)
    assert (live.status, error_line(live)[:21]) == (1, "The Whisper model “fa")
