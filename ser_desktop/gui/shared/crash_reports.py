"""Reports of uncaught exceptions: written to a log and shown in a dialog."""

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

MAX_LOG_BYTES = 1_000_000  # of the log, which is then overwritten: an exception in a timer repeats
FILE_NAME = "ser-desktop.log"


class CrashReports(QObject):
    """Collects uncaught exceptions of all threads and shows them on the GUI thread.

    Args:
        window: Parent of the dialog.
        folder: Folder of the log.

    Signals:
        caught(str): Emitted with the traceback of an uncaught exception, on the thread that raised it.
    """

    caught = Signal(str)

    def __init__(self, window: QWidget, folder: Path) -> None:
        super().__init__(window)
        self._window, self._log = window, folder / FILE_NAME
        self._box: QMessageBox | None = None
        self.caught.connect(self.show_report)

    def install(self) -> None:
        """Install the exception hooks of the interpreter and of threads."""
        sys.excepthook = self._catch
        threading.excepthook = lambda end: self._catch(end.exc_type, end.exc_value, end.exc_traceback)

    def show_report(self, report: str) -> None:
        """Write a report to the log, and show it unless another one is shown already."""
        report = f"SER Desktop {__version__}\n{report}"
        is_kept = self._keep(report)
        if self._box and self._box.isVisible():
            return
        self._box = box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Critical)
        box.setWindowTitle(self.tr("Something went wrong"))
        box.setText(self.tr("This is an error in the program. Your recordings are kept. Please send this report."))
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
