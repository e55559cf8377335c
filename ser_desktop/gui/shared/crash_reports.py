"""What a bug leaves behind: a report that is kept in a file and shown once."""

from __future__ import annotations

import os
import sys
import threading
import time
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from ser_desktop import __version__
from ser_desktop.paths import make_own_folder

MAX_LOG_BYTES = 1_000_000  # of the log, which then begins anew: a bug in a timer repeats itself
FILE_NAME = "ser-desktop.log"


class CrashReports(QObject):
    """Takes reports from any thread and shows them in the window's.

    Args:
        window: Whose dialog it is.
        folder: Where the log is kept.

    Signals:
        caught(str): An exception that nothing else caught, from whichever thread.
    """

    caught = Signal(str)

    def __init__(self, window: QWidget, folder: Path) -> None:
        super().__init__(window)
        self._window, self._log = window, folder / FILE_NAME
        self._box: QMessageBox | None = None
        self.caught.connect(self.show_report)

    def install(self) -> None:
        """Catch what slots and threads let through."""
        sys.excepthook = self._catch
        threading.excepthook = lambda end: self._catch(end.exc_type, end.exc_value, end.exc_traceback)

    def show_report(self, report: str) -> None:
        """Keep a report, and show it unless another one is being shown."""
        report = f"SER Desktop {__version__}\n{report}"
        is_kept = self._keep(report)
        if self._box and self._box.isVisible():
            return
        self._box = box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Critical)
        box.setWindowTitle(self.tr("Something went wrong"))
        box.setText(self.tr("A mistake in the program. What was recorded is kept. Please send this report."))
        if is_kept:
            box.setInformativeText(self.tr("It was also written to “{path}”.").format(path=self._log))
        box.setDetailedText(report)
        box.open()

    def _catch(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None, /) -> None:
        sys.__excepthook__(kind, error or kind(), trace)
        if issubclass(kind, Exception):
            self.caught.emit("".join(traceback.format_exception(kind, error, trace)))

    def _keep(self, report: str) -> bool:
        """Append a report to the log; return whether that was possible."""
        try:
            make_own_folder(self._log.parent)
            is_full = self._log.exists() and self._log.stat().st_size > MAX_LOG_BYTES
            mode = "w" if is_full else "a"
            with open(self._log, mode, encoding="utf-8", errors="replace", opener=_for_the_user_alone) as file:
                file.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')}\n{report}\n")
        except OSError:
            return False
        return True


def _for_the_user_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
