"""Reads the state of a running window, and presses its keys."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from ser_desktop.gui.app import Application
from ser_desktop.gui.engine.job import Progress
from ser_desktop.gui.engine.opened_sound import RecordingInfo
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.model.session import Session
from ser_desktop.settings import Settings
from ser_desktop.values import EmotionScores, State, TimelineEntry


def window_of(session: Session, take: Path) -> MainWindow:
    """Return a window with a finished take of half a second."""
    labels = ("happy", "sad")
    window = MainWindow(session)
    session.begin(RecordingInfo("take", take, 16_000, 1, None, is_live=True), labels=labels, model="tiny@12345678")
    session.accept(
        Progress((TimelineEntry(0.0, 0.5, State.SPEECH, -20.0, EmotionScores(labels, (0.25, 0.75))),), position_s=0.5)
    )
    session.complete()
    window.show_state(is_running=False)
    return window


def messages(application: Application) -> str:
    bar = application.window.messages
    return bar.accessibleDescription() if bar.isVisible() else ""


def status(application: Application) -> str:
    return " · ".join(label.text() for label in application.window.statusBar().findChildren(QLabel))


def ends(application: Application) -> list[tuple[str, float]]:
    """Return a list that receives name and length of each recording as it ends."""
    found: list[tuple[str, float]] = []
    application.session.completed.connect(lambda each: found.append((each.name, each.timeline.end_s)))
    return found


def names(application: Application) -> list[str]:
    """Names of the open recordings."""
    return [each.name for each in application.session.recordings]


def is_live(application: Application) -> bool:
    return application.session.is_live


def is_paused(application: Application) -> bool:
    """Whether the title shows a pause, which it does once the engine has reported it."""
    return application.window.windowTitle().startswith("❚❚ paused")


def is_idle(application: Application) -> bool:
    """Whether all open recordings have been read, and the shown one has entries."""
    session = application.session
    is_at_work = session.is_running or any(each.is_waiting for each in session.recordings)
    return bool(len(session.timeline)) and not is_at_work


def press(
    application: Application, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(application.window, key, modifier)


def chosen(application: Application) -> dict[str, object]:
    return {name: getattr(application.settings, name) for name in Settings.__dataclass_fields__}
