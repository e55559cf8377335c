"""Corrections ▸ Agreement: computed in a thread of its own, because the packages take seconds to load."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from PySide6.QtCore import QObject, Signal

from ser_desktop.errors import SerError
from ser_desktop.export.format import ExportedRecording
from ser_desktop.gui.dialogs.agreement_dialog import AgreementDialog
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.shared.translation import error_text
from ser_desktop.project.agreement import agreement_of, judged_passages


class AgreementCommands(QObject):
    """Shows the agreement on the corrections of all open recordings.

    Args:
        window: Has the action.
        session: The open recordings.
    """

    _computed = Signal(object)
    _failed = Signal(object)

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._worker = ThreadPoolExecutor(1, "computing the agreement")
        window.actions_.corrections.agreement.triggered.connect(self.show)

    def show(self) -> AgreementDialog:
        """Open the dialog, and compute what it shows."""
        dialog = AgreementDialog(self._window)
        self._computed.connect(dialog.show_agreement)
        self._failed.connect(lambda error: dialog.show_fault(error_text(error)))
        dialog.finished.connect(dialog.deleteLater)
        held = [
            (exported, recording.abstain_threshold)
            for recording in self._session.recordings
            if recording.corrections and not recording.is_running
            for exported in recording.exported_channels()
        ]
        self._worker.submit(self._compute, held)
        dialog.open()
        return dialog

    def _compute(self, held: list[tuple[ExportedRecording, float]]) -> None:
        try:
            self._computed.emit(agreement_of(judged_passages(held)))
        except SerError as error:
            self._failed.emit(error)
