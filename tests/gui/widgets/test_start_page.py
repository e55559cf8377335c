from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ser_desktop.analysis.ribbon import SILENT, UNCLEAR, Cell
from ser_desktop.gui.shared.theme import DARK, LIGHT
from ser_desktop.gui.widgets.recording_list import Card, Stage
from ser_desktop.gui.widgets.start_page import StartPage

CARDS = [
    Card(
        "talk.wav", "/a/talk.wav", Stage.READY, 83.0, "Mostly quiet", ribbon=(SILENT, UNCLEAR, Cell("sad", None, True))
    ),
    Card("call.mp3", "/b/call.mp3", Stage.READY),
]


@pytest.fixture
def page(qtbot: QtBot) -> StartPage:
    page = StartPage()
    qtbot.addWidget(page)
    page.resize(900, 500)
    page.show()
    return page


def test_three_ways_to_begin_by_mouse_and_keyboard(page, qtbot):
    for way, signal in zip(page.ways, (page.open_requested, page.record_requested, page.demo_requested), strict=True):
        with qtbot.waitSignal(signal, timeout=0):
            QTest.mouseClick(way, Qt.MouseButton.LeftButton)
        with qtbot.waitSignal(signal, timeout=0):
            QTest.keyClick(way, Qt.Key.Key_Space)
        assert way.accessibleName()
        assert way.accessibleDescription()


def test_recent_recordings_are_opened_by_a_click_or_enter(page, qtbot):
    assert (page.recent.isHidden(), page.how_to_read.isHidden()) == (True, False)
    page.show_recent(CARDS)
    assert (page.recent.isHidden(), page.how_to_read.isHidden()) == (False, True)
    second = page.recent.visualRect(page.recent.model().index(1, 0)).center()
    with qtbot.waitSignal(page.recent_chosen, timeout=0) as clicked:
        QTest.mouseClick(page.recent.viewport(), Qt.MouseButton.LeftButton, pos=second)
    page.recent.setCurrentIndex(page.recent.model().index(0, 0))
    with qtbot.waitSignal(page.recent_chosen, timeout=0) as entered:
        QTest.keyClick(page.recent, Qt.Key.Key_Return)
    assert (clicked.args, entered.args) == (["/b/call.mp3"], ["/a/talk.wav"])
    assert "Mostly quiet" in page.recent.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_no_length_is_told_that_is_not_known():
    assert Card("talk.wav", "/a/talk.wav", Stage.READY).length == ""
    assert Card("talk.wav", "/a/talk.wav", Stage.READY, 12.0).length == "0:12"
    assert Card("take.wav", "/a/take.wav", Stage.RECORDING).length == "0:00"


def test_a_click_beside_the_cards_opens_nothing(page, qtbot):
    page.show_recent(CARDS)
    with qtbot.assertNotEmitted(page.recent_chosen):
        QTest.mouseClick(page.recent.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, page.recent.height() - 10))
        QTest.keyClick(page.recent, Qt.Key.Key_R)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_first_way_is_the_primary_one_in_each_theme(page, theme):
    page.show_theme(theme)
    grounds = [way.grab().toImage().pixelColor(way.width() // 2, 6).name() for way in page.ways]
    assert grounds == [theme.accent.name(), theme.surface.name(), theme.surface.name()]
