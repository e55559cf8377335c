"""The start: the start page is painted before the rest of the program is imported."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.shared.theme import LIGHT
from ser_desktop.gui.start import FirstPaint, Start
from ser_desktop.settings import Settings

LATER = ("numpy", "onnxruntime", "pyqtgraph", "ser_desktop.gui.app", "ser_desktop.gui.engine.engine")
WATCHED = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from ser_desktop.gui import start

def complete(self, complete=start.Start.complete):
    before = sorted(sys.modules)
    page = self.window.pages.currentWidget()
    shown = [page is self.window.start, page.isVisible(), self.window.grab().toImage().pixelColor(60, 8).isValid()]
    complete(self)
    print(json.dumps([before, sorted(sys.modules), shown]), flush=True)
    QTimer.singleShot(0, self.window.close)

start.Start.complete = complete
raise SystemExit(start.run_window([Path(each) for each in sys.argv[1:]]))
"""


@pytest.mark.parametrize("has_file", [False, True])
def test_the_window_is_painted_before_most_is_imported(tmp_path: Path, demo: Path, has_file: bool) -> None:
    (tmp_path / "ser-desktop").mkdir()
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)}
    env |= {f"XDG_{kind}_HOME": str(tmp_path / kind) for kind in ("CONFIG", "STATE", "DATA", "CACHE")}
    script = WATCHED.replace("self.window.close)", "sys.exit)" if has_file else "self.window.close)")
    command = [sys.executable, "-c", script, *([str(demo)] if has_file else [])]
    result = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, check=False)
    before, after, (is_start_page, is_visible, _) = json.loads(result.stdout.splitlines()[0])
    assert [each for each in LATER if each in before] == []
    assert [each for each in LATER[:2] if each not in after] == []
    assert (is_start_page, is_visible) == (not has_file, True)


WITH_MODEL = """
import sys
from PySide6.QtCore import QTimer
from ser_desktop.gui import start
from ser_desktop.gui.main_window import MainWindow

def show_model(self, *model, show_model=MainWindow.show_model, **named):
    show_model(self, *model, **named)
    print(sorted(sys.modules), flush=True)
    QTimer.singleShot(0, self.close)

MainWindow.show_model = show_model
raise SystemExit(start.run_window([]))
"""
AFTER_THE_MODEL = (
    "pyqtgraph",
    *(f"ser_desktop.gui.dialogs.{name}_dialog" for name in ("batch", "check", "compare", "keys", "settings")),
)


def test_the_model_is_ready_before_the_timeline_is_built_and_dialogs_are_imported(tmp_path: Path) -> None:
    settings = tmp_path / "CONFIG" / "ser-desktop"
    settings.mkdir(parents=True)
    (settings / "settings.json").write_text('{"note_read": true}', encoding="utf-8")
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)}
    env |= {f"XDG_{kind}_HOME": str(tmp_path / kind) for kind in ("CONFIG", "STATE", "DATA", "CACHE")}
    command = [sys.executable, "-c", WITH_MODEL]
    result = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert "'ser_desktop.gui.engine.engine'" in result.stdout
    assert [each for each in AFTER_THE_MODEL if f"'{each}'" in result.stdout] == []


def test_a_window_that_is_closed_before_it_is_complete_stays_closed(qapp: QApplication) -> None:
    start = Start(qapp, Settings(note_read=True), ())
    start.window.close()
    start.complete()
    assert start.application is None


def test_a_window_made_in_two_steps_looks_like_one_made_at_once(qtbot) -> None:
    session = Session()
    parts, whole = MainWindow(), MainWindow(session)
    pictures: list[QImage] = []
    for window in (parts, whole):
        qtbot.addWidget(window)
        if not window.is_complete:
            window.show_theme(LIGHT)
            window.show()
            QApplication.processEvents()
            window.complete(session)
            window.show_theme_of_recordings(LIGHT)
        else:
            window.show_theme(LIGHT)
        window.resize(1000, 700)
        window.show()
        QApplication.processEvents()
        pictures.append(window.grab().toImage())
        assert window.pages.currentWidget() is window.start
    assert pictures[0] == pictures[1]


def test_a_page_that_its_parts_cover_is_seen_when_they_are_painted(qtbot: QtBot) -> None:
    page, part = QWidget(), QLabel("covers it")
    qtbot.addWidget(page)
    part.setAutoFillBackground(True)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(part)
    painted = FirstPaint(page)
    with qtbot.waitSignal(painted.seen, timeout=5000):
        page.show()
