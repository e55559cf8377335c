"""What a test sees of the running window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from ser_desktop.gui.app import Application
from ser_desktop.settings import Settings


def messages(application: Application) -> str:
    bar = application.window.messages
    return bar.accessibleDescription() if bar.isVisible() else ""


def status(application: Application) -> str:
    return " · ".join(label.text() for label in application.window.statusBar().findChildren(QLabel))


def ends(application: Application) -> list[tuple[str, float]]:
    """Return a list that fills with the name and length of each recording that is over."""
    found: list[tuple[str, float]] = []
    session = application.session
    session.completed.connect(lambda: found.append((session.info.name, session.timeline.end_s)))
    return found


def is_live(application: Application) -> bool:
    session = application.session
    return bool(session.is_running and session.info and session.info.is_live)


def is_idle(application: Application) -> bool:
    return bool(len(application.session.timeline)) and not application.session.is_running


def press(application: Application, key: Qt.Key) -> None:
    QTest.keyClick(application.window, key)


def chosen(application: Application) -> dict[str, object]:
    return {name: getattr(application.settings, name) for name in Settings.__dataclass_fields__}
