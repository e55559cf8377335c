from __future__ import annotations

import re
from pathlib import Path

import pytest
from dialogs import when_asked
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QAction, QDesktopServices, QFont, QGuiApplication, QImage, QKeySequence, QTextDocument
from PySide6.QtWidgets import QDialog, QLabel, QMainWindow, QPushButton, QTableWidget, QWidget

import ser_desktop
from ser_desktop.emotion.model_file import Model
from ser_desktop.gui.actions import Actions
from ser_desktop.gui.dialogs.check_dialog import show_check
from ser_desktop.gui.dialogs.help_dialogs import (
    AboutDialog,
    FirstRunDialog,
    KeysDialog,
    ModelCardDialog,
    show_about,
    versions,
)
from ser_desktop.gui.dialogs.model_card import ModelCardView

PICTURE = QTextDocument.ResourceType.ImageResource.value


def shown(qtbot, dialog: QDialog) -> QDialog:
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def text_of(dialog: QDialog) -> str:
    plain = re.compile("<[^>]*>")
    return " ".join(plain.sub("", label.text()) for label in dialog.findChildren(QLabel))


def press(qtbot, dialog: QDialog, name: str) -> None:
    (button,) = (each for each in dialog.findChildren(QPushButton) if each.accessibleName() == name)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


class Browser(QObject):
    """Replaces the system's browser and file manager; stores the opened addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[QUrl] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url)


@pytest.fixture
def browser(qapp):
    browser = Browser()
    schemes = ("file", "https", "ftp")
    for scheme in schemes:
        QDesktopServices.setUrlHandler(scheme, browser, "open")
    yield browser
    for scheme in schemes:
        QDesktopServices.unsetUrlHandler(scheme)


@pytest.fixture
def card(tmp_path) -> Path:
    """A card with a picture beside it and one above it."""
    folder = tmp_path / "models"
    folder.mkdir()
    for path, width in ((folder / "plot.png", 4000), (folder / "small.png", 20), (tmp_path / "secret.png", 20)):
        picture = QImage(width, 20, QImage.Format.Format_RGB32)
        picture.fill(Qt.GlobalColor.red)
        assert picture.save(str(path))
    path = folder / "tiny.md"
    path.write_text(
        "# Card\n\n*recall* of **61 %** <b>raw</b>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n![p](plot.png)\n", "utf-8"
    )
    return path


def card_view(qtbot, tiny_model: Model, card: Path) -> ModelCardView:
    view = ModelCardView(tiny_model.info, card)
    qtbot.addWidget(view)
    return view


def test_the_card_is_a_dialog_that_names_its_model_and_that_enter_closes(qtbot, tiny_model, card):
    dialog = shown(qtbot, ModelCardDialog(tiny_model.info, card))
    assert tiny_model.info.identity in dialog.windowTitle()
    assert "recall of 61 %" in dialog.findChild(ModelCardView).toPlainText()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_the_card_is_shown_with_its_tables_and_pictures(qtbot, tiny_model, card):
    view = card_view(qtbot, tiny_model, card)
    text = view.toPlainText()
    assert "recall of 61 %" in text
    assert "|" not in text
    picture = view.loadResource(PICTURE, QUrl("plot.png"))
    assert 20 < picture.width() / picture.devicePixelRatio() < view.width()
    assert view.loadResource(PICTURE, QUrl("small.png")).width() == 20


@pytest.mark.parametrize(
    "name",
    [
        "../secret.png",
        "/{folder}/secret.png",
        "file:///{folder}/secret.png",
        "https://example.org/plot.png",
        "//server/share/plot.png",
        "\\\\server\\share\\plot.png",
        "C:plot.png",
        "missing.png",
        "tiny.md",
    ],
)
def test_a_card_opens_nothing_but_pictures_beside_it(qtbot, tiny_model, card, name):
    view = card_view(qtbot, tiny_model, card)
    assert view.loadResource(PICTURE, name.format(folder=card.parents[1])) is None
    assert view.loadResource(PICTURE, QUrl(name.format(folder=card.parents[1]))) is None
    assert view.loadResource(QTextDocument.ResourceType.StyleSheetResource.value, QUrl("plot.png")) is None


def test_the_html_of_a_card_is_only_text(qtbot, tiny_model, card):
    assert "<b>raw</b>" in card_view(qtbot, tiny_model, card).toPlainText()


def test_a_link_to_the_web_is_opened_when_clicked_and_no_other(qtbot, tiny_model, card, browser):
    view = card_view(qtbot, tiny_model, card)
    assert browser.opened == []
    for link in ("file:///etc/passwd", "ftp://example.org/", "javascript:alert()", "https://example.org/paper"):
        view.anchorClicked.emit(QUrl(link))
    assert browser.opened == [QUrl("https://example.org/paper")]


def test_for_a_model_without_a_card_its_facts_are_shown(qtbot, tiny_model, tmp_path):
    text = card_view(qtbot, tiny_model, tmp_path / "none.md").toPlainText()
    assert tiny_model.info.identity in text
    assert "without a card (“none.md”" in text
    assert all(label in text for label in tiny_model.info.labels)


def test_a_card_that_is_no_text_breaks_nothing(qtbot, tiny_model, tmp_path):
    (tmp_path / "bad.md").write_bytes(b"# Bad \xff\x00 card")
    assert "Bad" in card_view(qtbot, tiny_model, tmp_path / "bad.md").toPlainText()


def test_about_shows_all_versions_and_folders_and_copies_them(qtbot, tmp_path):
    dialog = shown(qtbot, AboutDialog(recordings=str(tmp_path)))
    press(qtbot, dialog, "Copy")
    copied = QGuiApplication.clipboard().text()
    assert f"SER Desktop: {ser_desktop.__version__}" in copied
    assert f"Recordings: {tmp_path}" in copied
    for name in ("Python", "Qt", "ONNX Runtime", "PortAudio", "libsndfile", "Settings", "Log", "Model"):
        assert re.search(rf"^{name}: .", copied, re.MULTILINE), name
    for line in copied.splitlines():
        assert line.split(": ", 1)[1] in text_of(dialog)


def test_every_version_is_known_here():
    assert all(re.search(r"\d+\.\d+", version) for version in versions().values())


def test_the_log_folder_is_opened_even_before_there_is_a_log(qtbot, browser, tmp_path, monkeypatch):
    monkeypatch.setattr("ser_desktop.gui.dialogs.help_dialogs.log_folder", lambda: tmp_path / "log")
    press(qtbot, shown(qtbot, AboutDialog()), "Open log folder")
    assert [Path(url.toLocalFile()) for url in browser.opened] == [tmp_path / "log"]
    assert (tmp_path / "log").is_dir()


SECOND_KEYS = {"Ctrl+Y", "Alt+="}  # of redo and of pleasant, for other keyboards


def listed_keys(dialog: QDialog) -> set[str]:
    table = dialog.findChild(QTableWidget)
    return {table.item(row, 0).text() for row in range(table.rowCount()) if table.item(row, 1)}


def test_the_listed_keys_are_the_keys_that_work(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = Actions(window)
    native = QKeySequence.SequenceFormat.NativeText
    actions.fill(window.menuBar())
    working = {shortcut.toString(native) for action in window.findChildren(QAction) for shortcut in action.shortcuts()}
    listed = listed_keys(shown(qtbot, KeysDialog()))
    assert "1 – 8" in listed
    listed = listed - {"1 – 8"} | set("12345678")
    assert "R" in listed
    listed -= {"R"}  # no shortcut of the window: it works in the timeline and on the start page alone
    assert {key for key in listed if "wheel" not in key} == working - SECOND_KEYS


def test_each_key_is_listed_once_with_its_action(qtbot):
    dialog = shown(qtbot, KeysDialog())
    table = dialog.findChild(QTableWidget)
    rows = [row for row in range(table.rowCount()) if table.item(row, 1)]
    assert all(table.item(row, 1).text() for row in rows)
    assert len(listed_keys(dialog)) == len(rows)


def test_what_each_key_does_can_be_read_whole(qtbot):
    dialog = shown(qtbot, KeysDialog())
    table = dialog.findChild(QTableWidget)
    room, flags = table.columnWidth(1) - 8, Qt.TextFlag.TextWordWrap
    for row in range(table.rowCount()):
        text = table.item(row, 1).text() if table.item(row, 1) else ""
        needed = table.fontMetrics().boundingRect(0, 0, room, 1000, flags, text).height()
        assert table.rowHeight(row) >= needed, text


def test_the_first_run_note_states_the_limits_of_the_result(qtbot):
    text = text_of(shown(qtbot, FirstRunDialog()))
    for sentence in (
        "no diagnosis",
        "no lie detector",
        "employees, applicants, pupils",
        "prohibited",
        "Tell people",
        "Everything stays on this computer",
        "never uses the network",
        "acted speech",
    ):
        assert sentence in text, sentence


def test_the_note_counts_as_read_only_after_its_button_was_pressed(qtbot):
    read = shown(qtbot, FirstRunDialog())
    press(qtbot, read, "I have read this")
    assert read.result() == QDialog.DialogCode.Accepted
    closed = shown(qtbot, FirstRunDialog())
    qtbot.keyClick(closed, Qt.Key.Key_Escape)
    assert closed.result() == QDialog.DialogCode.Rejected


@pytest.mark.parametrize("make", [AboutDialog, KeysDialog, FirstRunDialog])
def test_every_focusable_control_has_a_name_and_enter_closes(qtbot, make):
    dialog = shown(qtbot, make())
    for each in dialog.findChildren(QWidget):
        if each.isVisible() and each.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert each.accessibleName(), each
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()


@pytest.fixture
def large_letters(qapp):
    before = qapp.font()
    large = QFont(before)
    large.setPointSizeF(before.pointSizeF() * 1.5)
    qapp.setFont(large)
    yield
    qapp.setFont(before)


@pytest.mark.usefixtures("large_letters")
def test_with_large_letters_a_dialog_is_no_higher_than_the_screen(qtbot, tiny_model, card):
    dialog = shown(qtbot, ModelCardDialog(tiny_model.info, card))
    room = dialog.screen().availableGeometry().height()
    assert dialog.fontMetrics().height() * 42 > room
    assert dialog.height() <= room


@pytest.mark.parametrize("show", [show_about, show_check])
def test_a_closed_dialog_does_not_stay_in_the_window(qtbot, show):
    window = QWidget()
    qtbot.addWidget(window)
    when_asked(QDialog, lambda dialog: dialog.reject())
    show(window)
    qtbot.waitUntil(lambda: not window.findChildren(QDialog))
