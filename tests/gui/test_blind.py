"""While a person judges by ear alone, nothing in the window tells what the model says."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QTabWidget, QToolButton, QWidget

from ser_desktop.gui.engine.job import Progress
from ser_desktop.gui.engine.opened_sound import RecordingInfo
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.model.session import Session
from ser_desktop.values import Affect, AffectClaim, EmotionScores, State, TimelineEntry

LABELS = ("neutral", "happy", "sad")
HAPPY = EmotionScores(LABELS, (0.05, 0.9, 0.05))
SAD = EmotionScores(LABELS, (0.3, 0.3, 0.4))
EXCITED = Affect(0.9, 0.5, (AffectClaim.HIGH_AROUSAL,))
WORDS = ("happy", "sad", "excited", "unclear", "uncertain", "90 %")


def entry(index: int) -> TimelineEntry:
    start_s = 0.25 * index
    if index < 8:
        return TimelineEntry(start_s, start_s + 0.25, State.SPEECH, -20.0, HAPPY)
    return TimelineEntry(start_s, start_s + 0.25, State.UNCERTAIN, -20.0, SAD, EXCITED)


@pytest.fixture
def filled(window: MainWindow, session: Session, tmp_path: Path) -> MainWindow:
    info = RecordingInfo("talk.wav", tmp_path / "talk.wav", 16_000, 1, 4.0, is_live=False)
    session.begin(info, labels=LABELS, model="default@1a2b3c4d", abstain_threshold=0.6)
    session.accept(Progress(tuple(map(entry, range(16))), position_s=4.0))
    session.complete()
    session.add(tmp_path / "another.wav")
    window.show_state(is_running=False)
    window.show_segments()
    window.show()
    window.timeline.zoom_in()
    return window


def said(window: QWidget) -> list[str]:
    """Return all that is written and read aloud in the visible parts of a window."""
    found: list[str] = []
    for each in window.findChildren(QWidget):
        if not each.isVisible():
            continue
        found += [each.accessibleDescription(), each.toolTip()]
        if isinstance(each, QLabel | QToolButton):
            found.append(each.text())
        if isinstance(each, QTabWidget):
            found += [each.tabText(index) for index in range(each.count()) if each.isTabVisible(index)]
        if isinstance(each, QAbstractItemView) and each.model():
            found += cells(each.model())
    return found


def cells(model: QAbstractItemModel) -> list[str]:
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    columns = range(model.columnCount()) if isinstance(model, QAbstractTableModel) else range(1)
    indices = [model.index(row, column) for row in range(model.rowCount()) for column in columns]
    return [str(index.data(role) or "") for index in indices for role in roles]


def told(window: QWidget) -> set[str]:
    """Return which words of the model are said anywhere."""
    text = "\n".join(said(window)).lower()
    return {word for word in WORDS if word in text}


def test_blind_nothing_in_the_window_tells_what_the_model_says(filled: MainWindow) -> None:
    assert told(filled) >= {"happy", "excited"}
    filled.set_blind(True)
    assert told(filled) == set()
    filled.set_blind(False)
    assert told(filled) >= {"happy", "excited"}


def test_the_card_of_a_recording_has_no_ribbon_while_blind(filled: MainWindow) -> None:
    index = filled.list.model().index(0, 0)
    assert index.data(Qt.ItemDataRole.UserRole).ribbon
    filled.set_blind(True)
    card = index.data(Qt.ItemDataRole.UserRole)
    assert (card.ribbon, card.sentence, card.unclear) == ((), "", None)


def test_a_filter_by_the_models_claims_ends_and_its_chips_are_hidden(filled: MainWindow) -> None:
    chip = next(each for each in filled.segments.findChildren(QToolButton) if each.accessibleName() == "happy, 1")
    chip.click()
    filled.set_blind(True)
    assert not chip.isVisible()
    assert not chip.isChecked()


def test_the_live_display_stays_hidden_when_a_take_begins_while_blind(
    window: MainWindow, session: Session, tmp_path: Path
) -> None:
    window.show()
    window.set_blind(True)
    info = RecordingInfo("take.wav", tmp_path / "take.wav", 16_000, 1, None, is_live=True)
    session.begin(info, labels=LABELS, model="default@1a2b3c4d", abstain_threshold=0.6)
    session.accept(Progress(tuple(map(entry, range(8))), position_s=2.0))
    assert not window.band.isVisible()
    assert not window.live.side.isVisible()
    window.set_blind(False)
    assert window.band.isVisible()
    assert window.live.side.isVisible()
