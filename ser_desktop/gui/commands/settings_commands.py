"""The Settings dialog and the batch dialog, which begin with the settings in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ser_desktop.emotion.voice_store import VoiceStore
from ser_desktop.gui.commands.transport_commands import TransportCommands
from ser_desktop.gui.engine.engine import Engine
from ser_desktop.gui.engine.job_queue import JobQueue
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.model.current_settings import CurrentSettings
from ser_desktop.settings import Settings

if TYPE_CHECKING:
    from ser_desktop.gui.dialogs.batch_dialog import BatchDialog


class SettingsCommands(QObject):
    """Opens the Settings dialog and uses what was chosen there; opens the batch dialog.

    Args:
        window: Has the actions.
        engine: Checks a model that is about to be chosen.
        choices: The settings in use.
        transport: Has the names of the microphones and loudspeakers.
        work: Analyses recordings that were waiting for other settings.
        voices: The known voices.

    Signals:
        model_chosen(): The settings name another model or device.
        noted(str): A sentence for the user.
    """

    model_chosen = Signal()
    noted = Signal(str)

    def __init__(
        self,
        window: MainWindow,
        *,
        engine: Engine,
        choices: CurrentSettings,
        transport: TransportCommands,
        work: JobQueue,
        voices: VoiceStore,
    ) -> None:
        super().__init__(window)
        self._window, self._engine, self._choices = window, engine, choices
        self._transport, self._work, self._voices = transport, work, voices
        self._batch: BatchDialog | None = None
        window.actions_.settings.triggered.connect(self._choose)
        window.actions_.batch.triggered.connect(self._show_batch)

    def use(self, settings: Settings) -> None:
        """Apply and store other settings."""
        before = self._choices.settings
        self._choices.use(settings)
        self._window.transport.show_inputs(self._transport.inputs, settings.input_name)
        if before.language != settings.language:
            self.noted.emit(self.tr("The window has the other language from the next start on."))
        if (before.model_path, before.device) != (settings.model_path, settings.device):
            self.model_chosen.emit()
        self._work.go_on()

    def close(self) -> None:
        """End a batch that is running."""
        if self._batch:
            self._batch.process.close()

    def _choose(self) -> None:
        from ser_desktop.gui.dialogs.settings_dialog import SettingsDialog

        dialog = SettingsDialog(
            self._choices.settings,
            self._transport.inputs,
            self._transport.outputs,
            voices=self._voices.names(),
            parent=self._window,
        )
        dialog.model_requested.connect(self._engine.check_model)
        self._engine.model_checked.connect(dialog.show_requested_model)
        self._engine.model_check_failed.connect(dialog.show_refused_model)
        if dialog.exec():
            self.use(dialog.chosen)
        dialog.deleteLater()

    def _show_batch(self) -> None:
        from ser_desktop.gui.dialogs.batch_dialog import BatchDialog

        if self._batch is None:  # it stays while the window is used
            self._batch = BatchDialog(self._choices.settings, self._window)
        if not self._batch.process.is_running:
            self._batch.show_voices(self._voices.names(), self._work.voice)
        self._batch.show()
        self._batch.raise_()
