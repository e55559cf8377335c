from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QLineEdit, QPushButton

from ser_desktop.gui.dialogs.settings_dialog import SettingsDialog
from ser_desktop.gui.dialogs.words_page import WordsPage
from ser_desktop.gui.widgets.message_view import MessageBar
from ser_desktop.settings import Settings

pytest.importorskip("faster_whisper", reason="needs the extra [whisper]")
from whisper_models import make_whisper_model


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_whisper_model(tmp_path_factory.mktemp("models") / "faster-whisper-test")


@pytest.fixture
def page(qtbot) -> WordsPage:
    page = WordsPage()
    qtbot.addWidget(page)
    page.show_settings(Settings())
    return page


def press(page: WordsPage, name: str) -> None:
    next(each for each in page.findChildren(QPushButton) if each.accessibleName() == name).click()


def test_a_folder_is_chosen_checked_and_taken_back(page, model, tmp_path, monkeypatch):
    refused = QSignalSpy(page.refused)
    chosen = iter((str(tmp_path), str(model)))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: next(chosen))
    press(page, "Choose transcription model")
    assert "does not tell which model it holds" in refused.at(0)[0]
    assert page.chosen()["words_model"] is None
    press(page, "Choose transcription model")
    assert page.chosen()["words_model"] == page.findChild(QLineEdit).text() == str(model)
    press(page, "Built-in transcription model")
    assert page.chosen() == {"words_model": None, "words_language": ""}
    assert page.findChild(QLineEdit).text() == "tiny-en (built in)"


def test_a_language_that_is_not_in_the_list_stays_chosen(page, model):
    page.show_settings(Settings(words_model=str(model), words_language="yue"))
    assert page.chosen() == {"words_model": str(model), "words_language": "yue"}
    assert page.fault() == ""


def test_the_built_in_model_is_not_stored_for_german(qtbot, tiny_model):
    dialog = SettingsDialog(Settings(), [], [], built_in=tiny_model.folder / "tiny.json")
    qtbot.addWidget(dialog)
    dialog.show()
    box = next(each for each in dialog.findChildren(QComboBox) if each.accessibleName() == "Spoken language")
    box.setCurrentIndex(box.findData("de"))
    dialog.accept()
    assert dialog.result() != QDialog.DialogCode.Accepted
    assert "is for the language “en”, not for “de”" in dialog.findChild(MessageBar).accessibleDescription()
    box.setCurrentIndex(box.findData(""))
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Accepted
