from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ser_desktop.gui.widgets.message_view import MessageBar
from ser_desktop.gui.widgets.note_stack import NoteStack
from ser_desktop.gui.widgets.offer_bar import Offer, OfferBar

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

LONG = "The file “/home/anna/recordings/a rather long name.wav” cannot be read because it is damaged. " * 3


class Window(QWidget):
    """A window with a large part, and a foot at its lower edge that is to stay free."""

    def __init__(self) -> None:
        super().__init__()
        self.above, self.large, self.below = QWidget(), QWidget(), QWidget()
        self.foot = QWidget(self.large)
        inside = QVBoxLayout(self.large)
        inside.addStretch(1)
        inside.addWidget(self.foot)
        column = QVBoxLayout(self)
        for widget, height in ((self.above, 40), (self.foot, 30), (self.below, 60)):
            widget.setFixedHeight(height)
        for widget in (self.above, self.large, self.below):
            column.addWidget(widget)
        self.offers, self.messages = OfferBar(), MessageBar()
        self.stack = NoteStack((self.offers, self.messages), self.large, above=self.foot, parent=self)

    def places(self) -> list[QRect]:
        return [each.geometry() for each in (self.above, self.large, self.below)]


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    shown = Window()
    shown.resize(500, 500)
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def test_a_note_moves_nothing_and_covers_only_the_part_that_it_lies_over(window: Window, qtbot: QtBot) -> None:
    before = window.places()
    window.messages.show_note("Kept as “a.wav”.")
    qtbot.waitUntil(lambda: window.stack.isVisible() and window.stack.height() > 10)
    assert window.places() == before
    foot = window.foot.mapTo(window, QPoint(0, 0)).y()
    assert window.large.geometry().top() <= window.stack.geometry().top()
    assert window.stack.geometry().bottom() < foot
    window.messages.close_messages()
    qtbot.waitUntil(lambda: not window.stack.isVisible())
    assert window.places() == before


def test_questions_and_messages_are_stacked_and_each_is_as_high_as_its_text(window: Window, qtbot: QtBot) -> None:
    window.messages.show_error("One.")
    qtbot.waitUntil(window.stack.isVisible)
    low = window.stack.height()
    window.messages.show_error(LONG)
    qtbot.waitUntil(lambda: window.stack.height() > low)
    window.offers.add(Offer("channels", "Which channel?", [("Left", lambda: None), ("Right", lambda: None)]))
    qtbot.waitUntil(lambda: window.offers.isVisible() and window.offers.geometry().bottom() > 0)
    qtbot.waitUntil(lambda: window.messages.geometry().top() > window.offers.geometry().bottom())
    assert window.stack.rect().contains(window.offers.geometry())
    assert window.stack.rect().contains(window.messages.geometry())


def test_it_follows_the_size_of_the_window_and_never_covers_more_than_its_part(window: Window, qtbot: QtBot) -> None:
    for _ in range(5):
        window.messages.show_error(LONG + str(_))
    qtbot.waitUntil(window.stack.isVisible)
    window.resize(320, 260)
    qtbot.waitUntil(lambda: window.stack.width() < 320)
    assert window.large.geometry().contains(window.stack.geometry())


def test_where_the_part_is_hidden_it_lies_at_the_lower_edge_of_the_window(window: Window, qtbot: QtBot) -> None:
    window.large.hide()
    window.messages.show_note("Something.")
    qtbot.waitUntil(window.stack.isVisible)
    qtbot.waitUntil(lambda: window.stack.geometry().bottom() > window.height() - 12)
