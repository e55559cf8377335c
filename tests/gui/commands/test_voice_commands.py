"""A voice is made known in the window, from a microphone or files, and recordings are analysed with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from fakes import FakeMicrophone
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QPushButton, QToolButton
from sounds import noise
from windows import is_idle, messages, status

from ser_desktop.emotion.model_file import Model
from ser_desktop.emotion.voice_profile import VoiceProfile
from ser_desktop.emotion.voice_store import VoiceStore
from ser_desktop.gui.app import Application
from ser_desktop.gui.dialogs.voice_dialog import VoiceDialog
from ser_desktop.settings import voices_folder
from ser_desktop.values import UNKNOWN_VOICE, VoiceChoice

BLOCK = 8000  # samples that are delivered at once


@pytest.fixture
def model_path(adaptive_model: Model) -> str:
    return str(adaptive_model.folder / "tiny.json")


@pytest.fixture(scope="module")
def talk(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first 13 s of the demo at 16 kHz: more than 6 s of speech."""
    import soxr

    sound, rate = soundfile.read(demo, frames=13 * soundfile.info(demo).samplerate, dtype="float32")
    path = tmp_path_factory.mktemp("talk") / "talk.wav"
    soundfile.write(path, soxr.resample(sound, rate, 16_000), 16_000)
    return path


def store() -> VoiceStore:
    return VoiceStore(voices_folder())


def known(model: Model, name: str = "Anna") -> VoiceProfile:
    """A voice that fits a model; its averages are zeros."""
    from ser_desktop.emotion.voice_profile import network_hash

    info = model.info
    assert info.adaptation
    profile = VoiceProfile(name, network_hash(info), info.identity, 30.0, np.zeros(info.adaptation.size, np.float32))
    store().write(profile)
    return profile


def opened(application: Application, wait: Callable) -> VoiceDialog:
    wait(lambda: application.work.model)
    application.window.actions_.my_voice.trigger()
    (dialog,) = application.window.findChildren(VoiceDialog)
    return dialog


def say(microphone: FakeMicrophone, sound: np.ndarray, qtbot) -> None:
    """Let a microphone hear a sound in blocks, as fast as the window takes it."""
    for start in range(0, len(sound), BLOCK):
        microphone.hear(sound[start : start + BLOCK])
        qtbot.wait(5)


def test_a_voice_is_recorded_kept_and_used(start, wait, qtbot, microphone, model_path, talk) -> None:
    application = start(model_path=model_path)
    wait(lambda: application.transport.inputs)
    dialog = opened(application, wait)
    page = dialog.page
    assert page.isVisible(), "without a voice, the page that makes one known is shown at once"
    assert page.record.property("primary")
    assert not page.keep.isEnabled()
    page.record.click()
    wait(lambda: microphone.streams)
    sound, _ = soundfile.read(talk, dtype="float32")
    say(microphone, sound, qtbot)
    wait(lambda: page.bar.value() >= 6)
    assert "of 30 s, enough" in page.bar.format()
    page.record.click()
    wait(page.keep.isEnabled)
    assert page.keep.property("primary")
    assert not microphone.streams[-1].active
    page.name.setText("Änne B.")
    page.keep.click()
    assert store().names() == ["Änne B."]
    assert store().read("Änne B.").speech_s == pytest.approx(page.bar.value(), abs=1.0)
    assert dialog.table.item(0, 0).text() == "Änne B."
    assert dialog.table.item(0, 2).text() == "can be used"
    dialog.default.choose(VoiceChoice("Änne B."))
    dialog.reject()
    assert application.settings.voice == "Änne B."
    application.open([talk])
    wait(lambda: is_idle(application))
    assert application.session.shown.voice_use.name == "Änne B."
    assert application.session.shown.exported().voice.name == "Änne B."
    assert "voice of Änne B., known" in [each.text() for each in application.window.status.findChildren(QToolButton)]


def test_silence_noise_and_too_little_are_told(start, wait, qtbot, microphone, model_path, talk) -> None:
    application = start(model_path=model_path)
    wait(lambda: application.transport.inputs)
    page = opened(application, wait).page
    sound, rate = soundfile.read(talk, dtype="float32")
    for heard, during, after in (
        (np.zeros(8 * rate, np.float32), "delivers only zeros", "There are 0.0 s of speech"),
        (noise("pink", rate=rate, seconds=9.0, rms_dbfs=-40.0), "Nothing that sounds like speech", "There are 0.0 s"),
        (sound[: 5 * rate], "Read on; at least 5 s", "too few for a voice profile. Speak for half a minute"),
    ):
        page.record.click()
        wait(lambda: microphone.streams and microphone.streams[-1].active)
        say(microphone, heard, qtbot)
        wait(lambda during=during: during in page.state.text())
        page.record.click()
        wait(lambda after=after: after in page.state.text())
        assert not page.keep.isEnabled()
    assert not voices_folder().exists()


def test_a_missing_microphone_is_told_and_files_do(
    start, wait, qtbot, no_devices, model_path, talk, tmp_path, monkeypatch
) -> None:
    application = start(model_path=model_path)
    dialog = opened(application, wait)
    page = dialog.page
    assert not page.record.isEnabled()
    assert "No microphone was found" in page.state.text()
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"no sound")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_, **__: ([str(broken)], ""))
    page.files.click()
    wait(lambda: "broken.wav" in page.state.text() and not page.is_running)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_, **__: ([str(talk)], ""))
    page.files.click()
    wait(page.keep.isEnabled)
    page.name.setText("a/b")
    page.keep.click()
    assert "“a/b” cannot be the name of a voice." in page.state.text()
    page.name.setText("Anna")
    page.keep.click()
    assert store().names() == ["Anna"]


def test_a_voice_is_replaced_renamed_and_removed_after_a_question(
    start, wait, no_devices, model_path, adaptive_model, talk, monkeypatch
) -> None:
    before = known(adaptive_model)
    application = start(model_path=model_path, voice="Anna")
    dialog = opened(application, wait)
    assert dialog.chosen == "Anna"
    dialog.new.click()
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_, **__: ([str(talk)], ""))
    dialog.page.files.click()
    wait(dialog.page.keep.isEnabled)
    dialog.page.name.setText("Anna")
    asked = []
    answers = iter([QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.Yes])
    monkeypatch.setattr(QMessageBox, "question", lambda *parts: asked.append(parts[2]) or next(answers))
    dialog.page.keep.click()
    assert store().read("Anna").speech_s == before.speech_s
    dialog.page.keep.click()
    assert store().read("Anna").speech_s < before.speech_s
    assert asked == ["There is a voice “Anna” already. Replace it?"] * 2
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("Otto", True))
    dialog.rename.click()
    assert store().names() == ["Otto"]
    assert application.settings.voice == "Otto"
    dialog.remove.click()
    assert store().names() == []
    assert application.settings.voice == ""
    assert asked[2] == "Remove the voice “Otto”? It would have to be recorded again."


def test_a_voice_of_another_model_is_told_and_not_used(
    start, wait, no_devices, model_path, adaptive_model, spoken
) -> None:
    profile = known(adaptive_model)
    store().write(VoiceProfile("Old", "0" * 64, "other@12345678", 30.0, profile.values))
    application = start(spoken, model_path=model_path, voice="Old")
    wait(lambda: is_idle(application))
    assert application.session.shown.voice_use.name is None
    assert "The voice “Old” was made with the model other@12345678" in messages(application)
    assert "“spoken.wav” is analysed as an unknown voice." in messages(application)
    dialog = opened(application, wait)
    assert dialog.table.item(1, 2).text() == "made with another model; record it again"


def test_each_recording_has_its_own_voice_which_is_remembered(
    start, wait, no_devices, model_path, adaptive_model, spoken, other
) -> None:
    known(adaptive_model)
    application = start(spoken, other, model_path=model_path)
    wait(lambda: is_idle(application))
    first, second = application.session.recordings
    before = first.summary().scores
    menu = application.window.actions_.voice
    choice = next(each for each in menu.actions() if each.text() == "Anna")
    assert choice.isEnabled()
    choice.trigger()
    wait(lambda: is_idle(application) and first.voice_use.name == "Anna")
    assert first.summary().scores != before
    assert second.voice_use.name is None
    assert choice_of(application) == "Anna"
    application.session.show(second)
    assert choice_of(application) == "Unknown voice"
    application.voices.choose(VoiceChoice(is_several=True))
    wait(lambda: is_idle(application))
    application.window.close()
    again = start(spoken, other, model_path=model_path)
    wait(lambda: is_idle(again))
    assert [each.voice for each in again.session.recordings] == [VoiceChoice("Anna"), VoiceChoice(is_several=True)]
    assert again.session.recordings[0].voice_use.name == "Anna"
    assert again.session.recordings[1].voice_use.known_from_s is None


def choice_of(application: Application) -> str:
    (checked,) = [each.text() for each in application.window.actions_.voice.actions() if each.isChecked()]
    return checked


def test_another_default_offers_to_analyse_again(start, wait, no_devices, model_path, adaptive_model, spoken) -> None:
    known(adaptive_model)
    application = start(spoken, model_path=model_path)
    wait(lambda: is_idle(application))
    application.voices.choose_default(VoiceChoice("Anna"))
    offers = application.window.offers
    assert offers.text == "Analyse “spoken.wav” again, for this voice: Anna?"
    offers.findChildren(QPushButton)[0].click()
    wait(lambda: is_idle(application) and application.session.shown.voice_use.name == "Anna")


def test_a_take_is_of_the_voice_that_was_chosen_beside_the_microphone(
    start, wait, qtbot, microphone, model_path, adaptive_model, talk
) -> None:
    known(adaptive_model)
    application = start(model_path=model_path)
    wait(lambda: application.work.model and application.transport.inputs)
    box = application.window.transport.voices
    assert box.isVisible()
    box.choose(VoiceChoice("Anna"))
    application.window.actions_.record.trigger()
    wait(lambda: application.session.is_live)
    sound, _ = soundfile.read(talk, dtype="float32")
    say(microphone, sound[: 5 * 16_000], qtbot)
    wait(lambda: application.session.timeline.end_s > 4.0)
    assert application.session.shown.voice_use.name == "Anna"
    assert not any(each.isEnabled() for each in application.window.actions_.voice.actions() if each.isCheckable())
    application.choices.change(voice="")
    application.window.actions_.stop.trigger()
    wait(lambda: not application.session.is_running)
    assert application.session.shown.voice == VoiceChoice("Anna")
    assert application.work.voice == UNKNOWN_VOICE
    assert status(application)


def test_closing_the_dialog_closes_the_microphone(start, wait, microphone, model_path) -> None:
    application = start(model_path=model_path)
    wait(lambda: application.transport.inputs)
    dialog = opened(application, wait)
    dialog.page.record.click()
    wait(lambda: microphone.streams and microphone.streams[-1].active)
    dialog.close()
    wait(lambda: not microphone.streams[-1].active)


def test_a_search_for_devices_does_not_end_the_listening(start, wait, qtbot, microphone, model_path) -> None:
    application = start(model_path=model_path)
    wait(lambda: application.transport.inputs)
    page = opened(application, wait).page
    page.record.click()
    wait(lambda: microphone.streams and microphone.streams[-1].active)
    application.transport.look_for_devices()
    application.transport.watch_level()  # the settings say that no level is shown: the meter would be closed
    sound = np.zeros(4 * BLOCK, np.float32)
    say(microphone, sound, qtbot)
    wait(lambda: "delivers only zeros" in page.state.text() or page.state.text().startswith("Read on"))
    say(microphone, sound, qtbot)
    assert page.is_running
    assert microphone.streams[-1].active
