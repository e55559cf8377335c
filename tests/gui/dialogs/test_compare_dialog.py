from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLabel

from ser_desktop.analysis.overall import Overall
from ser_desktop.analysis.timeline import Summary
from ser_desktop.gui.dialogs.compare_dialog import CompareDialog, Side
from ser_desktop.gui.shared.theme import LIGHT
from ser_desktop.gui.widgets.recording_list import Card, Stage
from ser_desktop.gui.widgets.score_bars import EmotionBar
from ser_desktop.values import Affect, EmotionScores

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def side(name: str, happy: float) -> Side:
    scores = EmotionScores(("happy", "sad"), (happy, 1.0 - happy))
    mean = Summary(scores, 40.0, Affect(happy, 0.5))
    card = Card(name, f"/{name}", Stage.READY, 80.0, f"On average {name}", 0.5)
    return Side(card, Overall(mean, clear_s=10.0, affect_s=10.0, speech_s=40.0))


NOTHING = Side(Card("empty", "/empty", Stage.READY, 5.0, "No speech found"), Overall(None))


def shown(dialog: CompareDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel)]


def test_two_recordings_stand_side_by_side_and_each_can_be_exchanged(qtbot: QtBot) -> None:
    dialog = CompareDialog([side("one", 0.9), side("two", 0.2), NOTHING], (0, 1), LIGHT)
    qtbot.addWidget(dialog)
    assert {"On average one", "On average two", "1:20", "0:40 · 50 %", "0:10 · 25 %", "90 %", "20 %"} <= set(
        shown(dialog)
    )
    assert [bar.value() for bar in dialog.findChildren(EmotionBar)] == [90, 10, 20, 80]
    dialog.findChildren(QComboBox)[1].setCurrentIndex(2)
    assert "No speech found" in shown(dialog)
    assert "On average two" not in shown(dialog)
