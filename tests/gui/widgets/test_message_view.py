from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from ser_desktop.gui.widgets.message_view import MAX_MESSAGES, MessageBar

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    layout = QVBoxLayout(window)
    layout.addWidget(MessageBar())
    layout.addStretch(1)
    window.resize(500, 400)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window


@pytest.fixture
def bar(window: QWidget) -> MessageBar:
    found = window.findChild(MessageBar)
    assert found is not None
    return found


def text(bar: MessageBar) -> QPlainTextEdit:
    found = bar.findChild(QPlainTextEdit)
    assert found is not None
    return found


def close_button(bar: MessageBar) -> QToolButton:
    found = bar.findChild(QToolButton)
    assert found is not None
    return found


def kind(bar: MessageBar) -> str:
    found = bar.findChild(QLabel)
    assert found is not None
    return found.text().split()[-1]


def test_the_bar_is_hidden_before_the_first_message(bar: MessageBar) -> None:
    assert not bar.isVisible()


def test_an_error_is_marked_by_text_and_not_by_colour_alone(bar: MessageBar) -> None:
    bar.show_error("“a.wav” cannot be read.")
    assert bar.isVisible()
    assert (kind(bar), text(bar).toPlainText()) == ("Error", "“a.wav” cannot be read.")
    assert (text(bar).accessibleName(), bar.accessibleDescription()) == ("Error", "“a.wav” cannot be read.")


def test_a_note_gives_way_to_the_next_message(bar: MessageBar) -> None:
    bar.show_note("Saved.")
    assert (kind(bar), text(bar).toPlainText()) == ("Note", "Saved.")
    bar.show_note("Exported.")
    assert text(bar).toPlainText() == "Exported."
    bar.show_error("The disk is full.")
    assert (kind(bar), text(bar).toPlainText()) == ("Error", "The disk is full.")


def test_no_error_is_lost_behind_a_later_message(bar: MessageBar) -> None:
    bar.show_error("one")
    bar.show_error("two")
    bar.show_note("three")
    assert (kind(bar), text(bar).toPlainText().split()) == ("Error", ["one", "two", "three"])


def test_a_settled_error_is_removed(bar: MessageBar) -> None:
    bar.show_error("The microphone went away.")
    bar.show_error("The disk is full.")
    bar.remove_error("The microphone went away.")
    assert (kind(bar), text(bar).toPlainText()) == ("Error", "The disk is full.")
    bar.show_note("The recording goes on.")
    bar.remove_error("The disk is full.")
    assert (kind(bar), text(bar).toPlainText()) == ("Note", "The recording goes on.")


def test_the_bar_goes_with_the_last_error_that_is_settled(bar: MessageBar) -> None:
    bar.show_error("The disk is full.")
    bar.remove_error("something else")
    assert bar.isVisible()
    bar.remove_error("The disk is full.")
    assert not bar.isVisible()


def test_a_repeated_error_is_shown_once(bar: MessageBar) -> None:
    for message in ("one", "two", "one"):
        bar.show_error(message)
    assert text(bar).toPlainText().split() == ["two", "one"]


def test_a_folder_of_broken_files_does_not_fill_the_window(bar: MessageBar, window: QWidget) -> None:
    for index in range(200):
        bar.show_error(f"file {index}")
    lines = text(bar).toPlainText().splitlines()
    assert len(lines) == MAX_MESSAGES
    assert lines[-1] == "file 199"
    assert bar.height() < window.height() / 2
    assert text(bar).verticalScrollBar().value() == text(bar).verticalScrollBar().maximum() > 0


def test_a_long_path_widens_no_window(bar: MessageBar, window: QWidget, qtbot: QtBot) -> None:
    bar.show_error("short")
    narrow, low = bar.minimumSizeHint().width(), bar.height()
    bar.show_error("/" + "x" * 150)
    qtbot.waitUntil(lambda: bar.height() > low)
    assert bar.minimumSizeHint().width() == narrow
    assert window.width() == 500


def test_a_file_name_is_no_markup(bar: MessageBar) -> None:
    bar.show_error("<b>bold</b> & co.wav")
    assert text(bar).toPlainText() == "<b>bold</b> & co.wav"


def test_the_button_closes(bar: MessageBar, qtbot: QtBot) -> None:
    bar.show_error("one")
    with qtbot.waitSignal(bar.closed):
        qtbot.mouseClick(close_button(bar), Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    bar.show_error("two")
    assert text(bar).toPlainText() == "two"


def test_escape_closes_the_message_and_triggers_no_action_of_the_window(
    bar: MessageBar, window: QWidget, qtbot: QtBot
) -> None:
    triggered = []
    stop = QShortcut(QKeySequence("Esc"), window)
    stop.activated.connect(lambda: triggered.append("stop"))
    for widget in (close_button(bar), text(bar)):
        bar.show_error("one")
        widget.setFocus()
        assert widget.hasFocus()
        with qtbot.waitSignal(bar.closed):
            qtbot.keyClick(widget, Qt.Key.Key_Escape)
        assert not bar.isVisible()
    assert triggered == []


def test_the_keyboard_reaches_text_and_button(bar: MessageBar, qtbot: QtBot) -> None:
    bar.show_error("one")
    text(bar).setFocus()
    qtbot.keyClick(text(bar), Qt.Key.Key_Tab)
    assert close_button(bar).hasFocus()
    assert close_button(bar).accessibleName() == "Close message"
