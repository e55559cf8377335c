from __future__ import annotations

import pytest
from PySide6.QtWidgets import QComboBox, QMainWindow
from pytestqt.qtbot import QtBot

from ser_desktop.gui.actions import Actions
from ser_desktop.gui.shared.steady_label import SteadyLabel
from ser_desktop.gui.shared.theme import DARK
from ser_desktop.gui.widgets.transport_bar import TransportBar
from ser_desktop.values import VoiceChoice


@pytest.fixture
def actions(qtbot: QtBot) -> Actions:
    window = QMainWindow()
    qtbot.addWidget(window)
    return Actions(window)


@pytest.fixture
def bar(actions: Actions, qtbot: QtBot) -> TransportBar:
    bar = TransportBar(actions)
    qtbot.addWidget(bar)
    return bar


def test_states_that_change_often_make_no_new_icons(bar, actions):
    """Qt's cache keeps the pictures of each QIcon until it holds 10 MB."""

    def seen() -> set[int]:
        keys = set()
        for is_live, is_playing in ((True, False), (False, True), (False, False)):
            bar.show_state(is_live=is_live, is_playing=is_playing)
            for action in (actions.record, actions.pause, actions.stop, actions.play):
                keys.add(action.icon().cacheKey())
        return keys

    first = seen()
    assert len(first) == 8  # two of record and of stop, one of pause, three of play
    assert seen() == first


def test_a_theme_changes_the_icons(bar, actions):
    before = actions.play.icon().pixmap(24).toImage()
    bar.show_theme(DARK)
    assert actions.play.icon().pixmap(24).toImage() != before


@pytest.mark.parametrize("names", [(), ("Anna",)])
def test_lists_shrink_before_the_position_is_hidden(actions: Actions, names: tuple[str, ...], qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    bar = TransportBar(actions)
    window.addToolBar(bar)
    bar.show_inputs(["Built-in Audio Analog Stereo"], None)
    bar.show_voices(names, VoiceChoice(*names))
    window.show()
    window.resize(bar.sizeHint().width(), 300)
    qtbot.wait(1)
    lists = [each for each in bar.findChildren(QComboBox) if each.isVisible()]
    full = [each.width() for each in lists]
    assert len(lists) == 1 + len(names)
    spared = [each.sizeHint().width() - each.minimumSizeHint().width() for each in lists]
    assert min(spared) > 0
    window.resize(window.width() - sum(spared) // 2, 300)
    qtbot.wait(1)
    assert all(each.width() < before for each, before in zip(lists, full, strict=True))
    position = next(each for each in bar.findChildren(SteadyLabel) if each.accessibleName() == "Position")
    assert position.isVisible()
    assert position.geometry().right() <= bar.width()
