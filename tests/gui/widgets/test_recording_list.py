from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from ser_desktop.gui.shared.theme import DARK, LIGHT
from ser_desktop.gui.widgets.recording_tabs import RecordingTabs, Stage, Tab

TABS = (
    Tab("a & b.wav", "/music/a & b.wav", Stage.READY),
    Tab("talk.wav", "/music/talk.wav", Stage.READING),
    Tab("later.wav", "/music/later.wav", Stage.WAITING),
    Tab("take", "/music/take.wav", Stage.RECORDING),
)


@pytest.fixture
def tabs(qtbot: QtBot) -> RecordingTabs:
    tabs = RecordingTabs()
    qtbot.addWidget(tabs)
    tabs.show_tabs(TABS, 1)
    qtbot.waitExposed(tabs)
    return tabs


def close_button(tabs: RecordingTabs, index: int) -> QToolButton:
    button = tabs.tabButton(index, RecordingTabs.ButtonPosition.RightSide)
    assert isinstance(button, QToolButton)
    return button


@pytest.mark.parametrize(("count", "is_seen"), [(0, False), (1, False), (2, True)])
def test_one_recording_needs_no_tabs(tabs, count, is_seen):
    tabs.show_tabs(TABS[:count], count - 1)
    assert tabs.isVisible() is is_seen


def test_each_tab_shows_name_path_and_state(tabs):
    assert tabs.currentIndex() == 1
    assert tabs.tabText(0) == "a && b.wav"
    assert [tabs.tabToolTip(index) for index in range(4)] == [
        "/music/a & b.wav",
        "/music/talk.wav (is being read)",
        "/music/later.wav (waits until the others have been read)",
        "/music/take.wav (is being recorded)",
    ]
    assert [tabs.accessibleTabName(index) for index in (0, 1)] == ["a & b.wav", "talk.wav, being read"]
    assert [tabs.tabIcon(index).isNull() for index in range(4)] == [True, False, False, False]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_no_two_signs_look_alike(tabs, theme):
    tabs.show_theme(theme)
    pictures = [tabs.tabIcon(index).pixmap(20, 20).toImage() for index in (1, 2, 3)]
    assert all(one != other for n, one in enumerate(pictures) for other in pictures[:n])


def test_only_a_choice_of_the_user_emits_a_signal(qtbot, tabs):
    chosen = QSignalSpy(tabs.chosen)
    tabs.show_tabs(TABS, 0)
    assert chosen.count() == 0
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(2).center())
    assert chosen.at(0) == [2]


def test_each_button_closes_its_own_tab_also_after_others_have_gone(qtbot, tabs):
    requested = QSignalSpy(tabs.close_requested)
    close_button(tabs, 2).click()
    tabs.show_tabs(TABS[1:], 0)
    close_button(tabs, 1).click()
    assert [requested.at(n) for n in range(2)] == [[2], [1]]
    assert close_button(tabs, 0).accessibleName() == "Close talk.wav"


def test_closed_tabs_leave_no_widgets_behind(qtbot, tabs):
    before = len(tabs.findChildren(QWidget))
    for _ in range(5):
        tabs.show_tabs(TABS[:1], 0)
        tabs.show_tabs(TABS, 1)
    qtbot.waitUntil(lambda: len(tabs.findChildren(QWidget)) == before)


def test_a_recording_that_is_being_made_cannot_be_closed(tabs):
    assert [close_button(tabs, index).isEnabled() for index in range(4)] == [True, True, True, False]


def test_the_names_of_many_recordings_are_not_cut(tabs):
    many = [Tab(f"speaker {n:02d}.wav", f"/music/speaker {n:02d}.wav", Stage.READY) for n in range(30)]
    tabs.show_tabs(many, 0)
    tabs.resize(600, tabs.height())
    needed = tabs.fontMetrics().horizontalAdvance("speaker 00.wav")
    assert all(tabs.tabRect(index).width() > needed for index in range(30))


def test_a_very_long_name_leaves_room_for_the_others(tabs):
    tabs.show_tabs([TABS[0], Tab("long " * 50, "/music/long.wav", Stage.READY)], 0)
    assert tabs.tabRect(1).width() < tabs.fontMetrics().horizontalAdvance("long " * 50) / 2


def test_a_tab_that_changes_often_makes_no_new_icons(tabs):
    """Qt's cache keeps the pictures of each QIcon until it holds 10 MB."""

    def seen() -> set[int]:
        keys = set()
        for stage in (Stage.READING, Stage.WAITING, Stage.RECORDING):
            tabs.show_tabs((TABS[0], Tab("talk.wav", "/music/talk.wav", stage)), 1)
            keys.add(tabs.tabIcon(1).cacheKey())
        return keys

    first = seen()
    assert len(first) == 3
    assert seen() == first
