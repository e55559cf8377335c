"""Answers the window's dialogs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QInputDialog, QLineEdit, QMessageBox

Dialog = QDialog | QFileDialog | QMessageBox | QInputDialog
LOOK_MS = 20


def when_asked(kind: type[Dialog], answer: Callable[[Dialog], object]) -> None:
    """Answer the next dialog when it opens; reject a dialog of another kind, so that no test waits forever."""
    before = QApplication.activeModalWidget()

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None or dialog is before:
            QTimer.singleShot(LOOK_MS, act)
        elif isinstance(dialog, kind):
            answer(dialog)
        else:
            dialog.close()

    QTimer.singleShot(LOOK_MS, act)


def type_name(path: Path | str) -> Callable[[QFileDialog], None]:
    def answer(dialog: QFileDialog) -> None:
        field = dialog.findChild(QLineEdit, "fileNameEdit")
        assert field is not None
        field.setText(str(path))
        dialog.accept()

    return answer
