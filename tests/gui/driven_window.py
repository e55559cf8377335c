"""The real window in a process of its own, driven by key presses: record, stop, play, export, close.

Usage: python driven_window.py SECONDS TABLE; the settings are those of the environment. Prints the results as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ser_desktop.export import timeline_csv
from ser_desktop.gui.app import Application
from ser_desktop.settings import read_settings, settings_path

GIVE_UP_S = 45.0
LOOK_MS = 20
PLAYED_S = 1.0


class Driver:
    """Runs steps in order: waits for a condition, then calls an action."""

    def __init__(self, application: Application, steps: list[tuple[Callable[[], bool], Callable[[], object]]]) -> None:
        self._application, self._steps = application, steps
        self._give_up_at_s = time.monotonic() + GIVE_UP_S
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(LOOK_MS)

    def _look(self) -> None:
        if time.monotonic() > self._give_up_at_s:
            message = self._application.window.messages.accessibleDescription()
            print(f"gave up with {len(self._steps)} steps to go; the window shows: {message}", file=sys.stderr)
            self._application.window.close()
        elif self._steps and self._steps[0][0]():
            self._steps.pop(0)[1]()


def main() -> int:
    seconds, table = float(sys.argv[1]), Path(sys.argv[2])
    app = QApplication(sys.argv[:1])
    application = Application(app, read_settings(settings_path()), [])
    window, session, playback = application.window, application.session, application.playback
    seen: dict[str, object] = {"platform": app.platformName()}
    started_at_s = 0.0

    def press(key: Qt.Key) -> None:
        QTest.keyClick(window, key)

    def play() -> None:
        nonlocal started_at_s
        press(Qt.Key.Key_Space)
        started_at_s = time.monotonic()

    def stop_playing() -> None:
        seen.update(played_s=session.cursor_s, took_s=time.monotonic() - started_at_s)
        press(Qt.Key.Key_Space)

    def export() -> None:
        seen["take"] = str(session.info.path) if session.info else ""
        seen["message"] = window.messages.accessibleDescription()
        application.exports.write(timeline_csv.FORMAT, table)
        window.close()

    steps = [
        (window.isVisible, window.activateWindow),  # without a window manager, nothing else activates it
        (window.isActiveWindow, lambda: press(Qt.Key.Key_R)),
        (lambda: session.timeline.end_s >= seconds, lambda: press(Qt.Key.Key_Escape)),
        (lambda: not session.is_running, play),
        (lambda: playback.is_playing and session.cursor_s >= PLAYED_S, stop_playing),
        (lambda: not playback.is_playing, export),
    ]
    driver = Driver(application, steps)
    status = app.exec()
    seen["ended"] = application.has_ended and not steps
    del driver
    print(json.dumps(seen))
    return status


if __name__ == "__main__":
    raise SystemExit(main())
