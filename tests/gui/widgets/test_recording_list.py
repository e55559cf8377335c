from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from ser_desktop.analysis.ribbon import SILENT, UNCLEAR, Cell
from ser_desktop.gui.shared.theme import DARK, LIGHT, emotion_fill
from ser_desktop.gui.widgets.recording_list import Card, RecordingList, Stage

ANGRY = Cell("angry", None, True)
CARDS = (
    Card("a & b.wav", "/music/a & b.wav", Stage.READY, 83.0, "Mostly quiet", 0.25, (SILENT, UNCLEAR, ANGRY)),
    Card("talk.wav", "/music/talk.wav", Stage.READING),
    Card("later.wav", "/music/later.wav", Stage.WAITING),
    Card("take", "/music/take.wav", Stage.RECORDING, 4.0),
)


@pytest.fixture
def cards(qtbot: QtBot) -> RecordingList:
    cards = RecordingList()
    qtbot.addWidget(cards)
    QAbstractItemModelTester(cards.model(), QAbstractItemModelTester.FailureReportingMode.Fatal, cards)
    cards.resize(260, 300)
    cards.show_cards(CARDS, 1)
    qtbot.waitExposed(cards)
    return cards


def told(cards: RecordingList, role: Qt.ItemDataRole) -> list[str]:
    return [cards.model().index(row, 0).data(role) for row in range(cards.model().rowCount())]


@pytest.mark.parametrize(("count", "is_seen"), [(0, False), (1, False), (2, True)])
def test_one_recording_needs_no_list(cards: RecordingList, count: int, is_seen: bool) -> None:
    cards.show_cards(CARDS[:count], count - 1)
    assert cards.isVisible() is is_seen


def test_each_card_tells_name_path_state_and_what_it_sounds_like(cards: RecordingList) -> None:
    assert cards.currentIndex().row() == 1
    assert told(cards, Qt.ItemDataRole.DisplayRole) == ["a & b.wav", "talk.wav", "later.wav", "take"]
    assert told(cards, Qt.ItemDataRole.ToolTipRole) == [
        "/music/a & b.wav\nMostly quiet",
        "/music/talk.wav (is being read)",
        "/music/later.wav (waits until the others have been read)",
        "/music/take.wav (is being recorded)",
    ]
    assert told(cards, Qt.ItemDataRole.AccessibleTextRole)[::3] == [
        "a & b.wav, 1:23, Mostly quiet, 25 % unclear",
        "take, being recorded, 0:04",
    ]


def test_only_a_choice_of_the_user_emits_a_signal(cards: RecordingList, qtbot: QtBot) -> None:
    chosen = QSignalSpy(cards.chosen)
    cards.show_cards(CARDS, 0)
    assert chosen.count() == 0
    at = cards.visualRect(cards.model().index(2, 0)).center()
    qtbot.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.keyClick(cards, Qt.Key.Key_Down)
    assert [chosen.at(n) for n in range(chosen.count())] == [[2], [3]]


def test_two_recordings_are_selected_and_compared(cards: RecordingList, qtbot: QtBot) -> None:
    cards.show_cards(CARDS, 0)
    flags = QItemSelectionModel.SelectionFlag
    cards.selectionModel().select(cards.model().index(3, 0), flags.Select)
    offered = menu_at(cards, 0)
    with qtbot.waitSignal(cards.compare_requested) as compared:
        offered["Compare…"].trigger()
    assert compared.args == [[0, 3]]


def menu_at(cards: RecordingList, row: int) -> dict[str, object]:
    cards.customContextMenuRequested.emit(cards.visualRect(cards.model().index(row, 0)).center())
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.hide()
    return {action.text().replace("&", ""): action for action in menu.actions()}


def test_a_recording_that_is_being_made_cannot_be_closed(cards: RecordingList) -> None:
    requested = QSignalSpy(cards.close_requested)
    assert [menu_at(cards, row)["Close"].isEnabled() for row in range(4)] == [True, True, True, False]
    menu_at(cards, 2)["Close"].trigger()
    assert requested.at(0) == [2]


def test_a_closed_recording_leaves_the_others_as_they_are(cards: RecordingList) -> None:
    cards.show_cards([CARDS[0], *CARDS[2:]], 1)
    assert told(cards, Qt.ItemDataRole.DisplayRole) == ["a & b.wav", "later.wav", "take"]
    cards.show_cards([CARDS[0], dataclasses.replace(CARDS[2], stage=Stage.READING), CARDS[3]], 1)
    assert "is being read" in told(cards, Qt.ItemDataRole.ToolTipRole)[1]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_ribbon_shows_the_claim_where_it_is(cards: RecordingList, theme: object) -> None:
    cards.show_theme(theme)
    image = cards.viewport().grab().toImage()
    box = cards.visualRect(cards.model().index(0, 0))
    colour = emotion_fill("angry")
    columns = [x for x in range(box.width()) if has_colour(image, x, box.top(), box.height(), colour)]
    assert columns
    assert min(columns) > box.width() * 0.6  # it is in the last third


def has_colour(image: QImage, x: int, top: int, height: int, colour: object) -> bool:
    return any(image.pixelColor(QPoint(x, y)) == colour for y in range(top, top + height))
