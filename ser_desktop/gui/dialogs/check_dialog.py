"""The dialog of Help ▸ “Check this installation”: shows the report of the self-test."""

from __future__ import annotations

from PySide6.QtCore import QProcess, QProcessEnvironment, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QWidget

from ser_desktop import paths
from ser_desktop.gui.dialogs.dialog_parts import add_button, close_button, column, paragraph

LINES, LETTERS = 12, 88
STOP_MS = 1000


class CheckDialog(QDialog):
    """Runs ``ser-desktop --self-test`` in a process of its own, so that the window neither waits nor crashes with it.

    Signals:
        checked(bool): Emitted when the check has ended, with whether everything required works.
    """

    checked = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Check this installation"))
        self.verdict = paragraph(self.tr("Checking…"))
        self.report = QPlainTextEdit()
        self.report.setReadOnly(True)
        self.report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.report.setAccessibleName(self.tr("Report"))
        self.report.setAccessibleDescription(self.tr("One line for each part of the program, with its state"))
        self.report.setTabChangesFocus(True)
        metrics = self.report.fontMetrics()
        self.report.setMinimumSize(metrics.averageCharWidth() * LETTERS, metrics.height() * LINES)
        layout = column(self)
        layout.addWidget(self.verdict)
        layout.addWidget(self.report, stretch=1)
        layout.addWidget(self._buttons())
        self._process = QProcess(self)
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        self._process.readyReadStandardOutput.connect(self._show_more)
        self._process.finished.connect(lambda status, _how: self._show_end(status == 0))
        self._process.errorOccurred.connect(self._show_not_started)
        self.finished.connect(self._stop)

    def start(self) -> None:
        """Start the check; the report is filled while it runs."""
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONIOENCODING", "utf-8")
        self._process.setProcessEnvironment(environment)
        program, *arguments = paths.this_program()
        self._process.start(program, [*arguments, "--self-test"])

    def copy(self) -> None:
        """Copy the report to the clipboard."""
        QGuiApplication.clipboard().setText(self.report.toPlainText())

    def _show_more(self) -> None:
        output = bytes(self._process.readAllStandardOutput().data()).decode(errors="replace")
        self.report.setPlainText(self.report.toPlainText() + output)

    def _show_end(self, is_sound: bool) -> None:
        self._show_more()
        self.verdict.setText(
            self.tr("Everything that is needed works.")
            if is_sound
            else self.tr("Something that is needed does not work. The report says what, and what to do.")
        )
        self.checked.emit(is_sound)

    def _show_not_started(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self.report.setPlainText(self._process.errorString())
            self._show_end(False)

    def _stop(self) -> None:
        """Kill a check that still runs when the dialog is closed."""
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._process.blockSignals(True)
            self._process.kill()
            self._process.waitForFinished(STOP_MS)

    def _buttons(self) -> QDialogButtonBox:
        box = close_button(self, self.tr("Close the report"))
        add_button(box, self.tr("&Copy"), self.tr("Copy the report, to send it"), self.copy)
        return box


def show_check(parent: QWidget | None = None) -> None:
    """Run the check and show the dialog until it is closed."""
    dialog = CheckDialog(parent)
    dialog.start()
    dialog.exec()
    dialog.deleteLater()  # or the window would keep it
