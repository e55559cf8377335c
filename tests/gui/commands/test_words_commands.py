"""Words and speakers in the running window, with the real recogniser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr
from fakes import FakeMicrophone
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from speech import RATE, say, silence
from windows import is_idle, messages, press

from ser_desktop.export.registry import format_named
from ser_desktop.gui.app import Application
from ser_desktop.settings import log_folder, state_folder

pytest.importorskip("moonshine_voice", reason="needs the extra [words]")

PATIENCE_MS = 120_000  # the recogniser gives way to everything else on a busy machine
WEATHER = "The weather in the city is very warm today. We will walk to the river."


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("talk") / "talk.wav"
    soundfile.write(path, np.concatenate((silence(1.0), say(WEATHER), silence(0.5))), RATE)
    return path


def words_of(application: Application) -> list[str]:
    shown = application.session.shown
    return [word.text.strip(".,").casefold() for word in shown.shown_spoken.words] if shown else []


def test_a_talk_is_transcribed_searched_corrected_exported_and_forgotten(
    qtbot: QtBot,
    start: Callable[..., Application],
    wait: Callable[[Callable[[], object]], None],
    talk: Path,
    tmp_path: Path,
    monkeypatch,
) -> None:
    application = start(talk)
    window, actions, session = application.window, application.window.actions_, application.session
    wait(lambda: is_idle(application))
    actions.transcribe.trigger()
    assert window.words_progress.isVisible()
    told = set()
    qtbot.waitUntil(lambda: told.add(window.words_progress.text) or not application.words.is_busy, timeout=PATIENCE_MS)
    assert "words: last part, then a check …" in told, "reading is over long before the words are there"
    assert {"city", "river"} <= set(words_of(application))
    assert not window.words_progress.isVisible()
    assert "words" not in window.timeline.empty_lanes

    actions.find.trigger()
    QTest.keyClicks(window.find_bar.focusWidget(), "RIVER")
    assert window.find_bar.count_text == "1 of 1"
    assert session.cursor_s == session.shown.shown_spoken.words[words_of(application).index("river")].start_s

    actions.find_speakers.trigger()
    assert window.speakers.hint.startswith("Speakers are being found")
    qtbot.waitUntil(lambda: not application.words.is_busy, timeout=PATIENCE_MS)
    assert window.speakers.hint == "Analysis ▸ Find speakers finds who speaks when."
    assert session.shown.shown_spoken.speakers.numbers == (1,)
    application.speakers.rename(1, "Anna")
    application.speakers.correct(1.0, 2.0, 2)
    application.speakers.rename(2, "Anna")
    assert "another speaker has it" in messages(application)

    actions.copy_table.trigger()
    header, *rows = (line.split("\t") for line in QGuiApplication.clipboard().text().splitlines())
    assert header[-2:] == ["speaker", "text"]
    assert any("Anna" in row[-2] and "river" in row[-1] for row in rows)
    table = tmp_path / "passages.csv"
    application.exports.write(format_named("segments"), table)
    assert "Anna" in table.read_text(encoding="utf-8")
    assert "river" in table.read_text(encoding="utf-8")

    actions.interpret.trigger()
    assert "Anna" in window.interpretation.text
    links = window.interpretation.links
    window.interpretation.follow(links[-1])
    assert session.cursor_s == float(links[-1].removeprefix("time:").split("-")[0])

    stored = list(state_folder().rglob("*.spoken.json"))
    assert len(stored) == 1
    assert not any("river" in each.read_text(errors="replace") for each in log_folder().rglob("*") if each.is_file())
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Yes)
    actions.forget_words.trigger()
    assert not words_of(application)
    assert not list(state_folder().rglob("*.spoken.json"))


def test_a_stopped_search_leaves_what_was_there(
    qtbot: QtBot, start: Callable[..., Application], wait: Callable[[Callable[[], object]], None], talk: Path
) -> None:
    application = start(talk)
    wait(lambda: is_idle(application))
    application.window.actions_.find_speakers.trigger()
    application.window.actions_.stop_words.trigger()
    qtbot.waitUntil(lambda: not application.words.is_busy, timeout=PATIENCE_MS)
    assert application.session.shown.spoken == {}
    assert not messages(application)
    press(application, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert application.window.find_bar.isHidden()
    assert "no transcript yet" in application.window.status.currentMessage()


def test_without_the_package_the_menu_says_so(
    start: Callable[..., Application], talk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ser_desktop.gui.commands.words_commands.is_installed", lambda: False)
    application = start(talk)
    actions = application.window.actions_
    assert not actions.transcribe.isEnabled()
    assert "ser-desktop[words]" in actions.transcribe.toolTip()
    menus = [action.menu() for action in application.window.menuBar().actions()]
    assert any("ser-desktop[words]" in action.text() for menu in menus for action in menu.actions())


def test_what_is_said_is_written_down_while_it_is_recorded(
    qtbot: QtBot,
    start: Callable[..., Application],
    wait: Callable[[Callable[[], object]], None],
    microphone: FakeMicrophone,
    tmp_path: Path,
) -> None:
    application = start(live_words=True, recordings_folder=str(tmp_path))
    session, sound = application.session, soxr.resample(np.concatenate((silence(0.5), say(WEATHER))), RATE, 16_000)
    press(application, Qt.Key.Key_R)
    wait(lambda: session.is_live)
    for first in range(0, len(sound), 16_000):
        microphone.hear(sound[first : first + 16_000])
    qtbot.waitUntil(lambda: "city" in words_of(application), timeout=PATIENCE_MS)
    assert session.is_live
    assert not list(state_folder().rglob("*.spoken.json"))
    microphone.hear(np.zeros(32_000, np.float32))
    qtbot.waitUntil(lambda: "river" in words_of(application), timeout=PATIENCE_MS)
    press(application, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not session.is_live and is_idle(application), timeout=PATIENCE_MS)
    assert "river" in words_of(application)
    assert not session.shown.shown_spoken.is_open
    assert len(list(state_folder().rglob("*.spoken.json"))) == 1
