"""Each channel of a recording has its own voice in the window."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton
from windows import is_idle

from ser_desktop.emotion.model_file import Model
from ser_desktop.emotion.voice_profile import VoiceProfile, network_hash
from ser_desktop.emotion.voice_store import VoiceStore
from ser_desktop.gui.app import Application
from ser_desktop.gui.engine.opened_sound import SoundChoice
from ser_desktop.gui.model.recording_store import Remembered, recall, remember
from ser_desktop.settings import voices_folder
from ser_desktop.values import VoiceChoice

ANNA, OTTO = VoiceChoice("Anna"), VoiceChoice("Otto")


@pytest.fixture
def model_path(adaptive_model: Model) -> str:
    return str(adaptive_model.folder / "tiny.json")


@pytest.fixture
def call(spoken: Path, tmp_path: Path) -> Path:
    """The same speech at both sides of a call, whose channels the window shows one by one."""
    sound, rate = soundfile.read(spoken)
    path = tmp_path / "call.wav"
    soundfile.write(path, np.column_stack((sound, sound)), rate)
    remember(path, Remembered(choice=SoundChoice(is_each=True)))
    return path


@pytest.fixture(autouse=True)
def voices(adaptive_model: Model, own_folders: Path) -> None:
    """Two known voices that differ much."""
    info = adaptive_model.info
    assert info.adaptation
    for name, value in (("Anna", 0.0), ("Otto", 20.0)):
        values = np.full(info.adaptation.size, value, np.float32)
        profile = VoiceProfile(name, network_hash(info), info.identity, 30.0, values)
        VoiceStore(voices_folder()).write(profile)


def menus(application: Application) -> list[QMenu]:
    return [each.menu() for each in application.window.actions_.voice.actions()]


def titles(application: Application) -> list[str]:
    return [each.text() for each in application.window.actions_.voice.actions()]


def signs(application: Application) -> list[str]:
    return [each.text() for each in application.window.status.findChildren(QToolButton) if not each.isHidden()]


def used(application: Application) -> list[str | None]:
    return [each.voice.name for each in application.session.shown.exported_channels()]


def test_each_side_of_a_call_has_its_voice_which_is_told_and_remembered(
    start, wait, no_devices, model_path, call
) -> None:
    application = start(call, model_path=model_path)
    wait(lambda: is_idle(application))
    assert titles(application) == ["Channel 1 (left): Unknown voice", "Channel 2 (right): Unknown voice"]
    assert used(application) == [None, None]
    for menu, name in zip(range(2), ("Anna", "Otto"), strict=True):
        (choice,) = [each for each in menus(application)[menu].actions() if each.text() == name]
        choice.trigger()
        wait(lambda: is_idle(application))
    assert used(application) == ["Anna", "Otto"]
    left, right = (application.session.shown.timeline_of(each).timeline for each in (1, 2))
    assert left.summary().scores != right.summary().scores, "the sound is the same, the voices are not"
    assert titles(application) == ["Channel 1 (left): Anna", "Channel 2 (right): Otto"]
    assert "Channel 1 (left): voice of Anna, known" in signs(application)
    (sign,) = [each for each in application.window.status.findChildren(QToolButton) if "Anna" in each.text()]
    assert "Channel 2 (right): voice of Otto, known" in sign.toolTip()
    QTest.mouseClick(application.window.timeline._rows.rows[1].plot.viewport(), Qt.MouseButton.LeftButton)
    assert "Channel 2 (right): voice of Otto, known" in signs(application)
    application.window.close()
    assert recall(call).channel_voices == ((1, ANNA), (2, OTTO))
    again = start(call, model_path=model_path)
    wait(lambda: is_idle(again))
    assert used(again) == ["Anna", "Otto"]


def test_a_channel_alone_keeps_its_voice_and_the_mix_has_none_of_them(
    start, wait, no_devices, model_path, call
) -> None:
    remember(call, Remembered(choice=SoundChoice(2), channel_voices=((1, ANNA), (2, OTTO))))
    application = start(call, model_path=model_path)
    wait(lambda: is_idle(application))
    assert used(application) == ["Otto"]
    application.work.choose_sound(application.session.shown, SoundChoice())
    wait(lambda: is_idle(application) and application.session.shown.channels == (None,))
    assert used(application) == [None]


def test_another_default_holds_for_the_channels_without_a_voice_of_their_own(
    start, wait, no_devices, model_path, call
) -> None:
    remember(call, Remembered(choice=SoundChoice(is_each=True), channel_voices=((1, OTTO),)))
    application = start(call, model_path=model_path)
    wait(lambda: is_idle(application))
    assert used(application) == ["Otto", None]
    application.voices.choose_default(ANNA)
    assert application.window.offers.text == "Analyse “call.wav” again, for this voice: Anna?"
    application.window.offers.findChildren(QPushButton)[0].click()
    wait(lambda: is_idle(application) and used(application)[1] == "Anna")
    assert used(application) == ["Otto", "Anna"]


def test_a_renamed_voice_stays_that_of_its_channel(start, wait, no_devices, model_path, call) -> None:
    remember(call, Remembered(choice=SoundChoice(is_each=True), channel_voices=((2, OTTO),)))
    application = start(call, model_path=model_path)
    wait(lambda: is_idle(application))
    application.voices._rename("Otto", "Ottilie")
    assert titles(application) == ["Channel 1 (left): Unknown voice", "Channel 2 (right): Ottilie"]
    application.work.analyze_again(application.session.shown)
    wait(lambda: is_idle(application) and used(application) == [None, "Ottilie"])


def test_a_project_keeps_the_voice_of_each_channel(start, wait, no_devices, model_path, call, tmp_path) -> None:
    remember(call, Remembered(choice=SoundChoice(is_each=True), channel_voices=((1, ANNA), (2, OTTO))))
    application = start(call, model_path=model_path)
    wait(lambda: is_idle(application))
    application.desk.save_as(tmp_path / "calls.serproj")
    application.desk.finish()
    application.window.close()
    remember(call, Remembered())
    again = start(model_path=model_path)
    wait(lambda: again.work.model)
    again.projects.open(tmp_path / "calls.serproj")
    wait(lambda: is_idle(again) and again.session.shown and len(again.session.shown.timeline))
    assert titles(again) == ["Channel 1 (left): Anna", "Channel 2 (right): Otto"]
    again.work.analyze_again(again.session.shown)
    wait(lambda: is_idle(again) and again.session.shown.known is None)
    assert used(again) == ["Anna", "Otto"]
