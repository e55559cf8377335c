"""The start page of the running window."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from windows import is_idle, names

from ser_desktop import paths
from ser_desktop.gui.app import Application
from ser_desktop.gui.widgets.recording_list import Card
from ser_desktop.settings import read_settings, settings_path, state_folder


def cards(application: Application) -> list[Card]:
    model = application.window.start.recent.model()
    return [model.index(row, 0).data(Qt.ItemDataRole.UserRole) for row in range(model.rowCount())]


def is_start_page(application: Application) -> bool:
    return application.window.start.isVisible() and not application.window.timeline.isVisible()


def test_the_page_gives_way_to_a_recording_and_lists_it_afterwards(start, wait, no_devices, spoken) -> None:
    application = start()
    assert is_start_page(application)
    assert cards(application) == []
    application.open([spoken])
    assert not is_start_page(application)
    wait(lambda: is_idle(application))
    assert "spoken.wav" in (state_folder() / "recent.json").read_text(), "it is there after a crash, too"
    sentence = application.window.opened.card(application.session.shown).sentence
    application.close_recording(application.session.shown)
    assert is_start_page(application)
    (card,) = cards(application)
    assert (card.name, card.sentence, round(card.seconds, 1)) == ("spoken.wav", sentence, 4.0)
    assert any(cell.holds_speech for cell in card.ribbon)
    application.window.close()
    again = start(**{"recent_files": read_settings(settings_path()).recent_files})
    assert cards(again) == [card]
    again.window.start.recent.setCurrentIndex(again.window.start.recent.model().index(0, 0))
    QTest.keyClick(again.window.start.recent, Qt.Key.Key_Return)
    wait(lambda: is_idle(again))
    assert names(again) == ["spoken.wav"]


def test_the_demo_is_one_click_away(start, wait, no_devices) -> None:
    application = start()
    wait(lambda: application.work.model)
    QTest.mouseClick(application.window.start.demo, Qt.MouseButton.LeftButton)
    assert names(application) == [paths.demo_recording().name]


def test_a_deleted_recording_is_forgotten(start, wait, no_devices, spoken, own_folders) -> None:
    folder = own_folders / "recordings"
    folder.mkdir()
    take = Path(shutil.copy(spoken, folder / "take.wav"))
    application = start(take)
    wait(lambda: is_idle(application))
    application.begin.keep()
    stored = state_folder() / "recent.json"
    assert list(json.loads(stored.read_text())) == [str(take.resolve())]
    application.files.delete(application.session.shown)
    assert is_start_page(application)
    assert cards(application) == []
    assert not stored.exists()


def test_while_recording_ends_without_sound_the_page_is_there_again(start, wait, microphone) -> None:
    application = start()
    wait(lambda: application.work.model)
    application.window.start.record.click()
    wait(lambda: application.session.is_live)
    assert not is_start_page(application)
    application.window.actions_.stop.trigger()
    wait(lambda: is_start_page(application))
    assert application.window.focusWidget() is application.window.start.open
