"""The model in use: loaded from the settings, shown in the status bar, and described by its card."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from ser_desktop.emotion.model_file import ModelInfo
from ser_desktop.gui.engine.engine import Engine
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.model.current_settings import CurrentSettings
from ser_desktop.gui.model.model_choice import ModelChoice


class ModelCommands(QObject):
    """Requests the model of the settings from the engine, and keeps the settings true to the one that is used.

    Args:
        window: Has the status bar and the action of the card.
        engine: Loads the model.
        choices: The settings.

    Signals:
        loaded(ModelInfo): Another model is in use.
        failed(str): A sentence for the user.
    """

    loaded = Signal(object)
    failed = Signal(str)

    def __init__(self, window: MainWindow, *, engine: Engine, choices: CurrentSettings) -> None:
        super().__init__(window)
        self._window, self._choices, self._model = window, choices, ModelChoice()
        self._model.load_requested.connect(engine.load_model)
        engine.model_loaded.connect(self._use)
        engine.model_refused.connect(self._model.reject)
        self._model.replaced.connect(lambda: self.failed.emit(self.tr("The built-in model is used instead.")))
        self._model.rejected.connect(self._keep)
        window.actions_.model_card.triggered.connect(self._show_card)

    def request(self) -> None:
        """Request the model of the settings."""
        settings = self._choices.settings
        self._model.request(settings.model_path, settings.device)

    def _use(self, info: ModelInfo, device: str, manifest: str) -> None:
        self._model.use(info, manifest)
        is_built_in = self._choices.settings.model_path is None
        self._window.show_model(info.identity, device, info.features.rate, is_built_in=is_built_in)
        self.loaded.emit(info)

    def _keep(self) -> None:
        """Set the settings back to the model in use, after another one was refused."""
        model_path, device = self._model.chosen
        self._choices.change(model_path=model_path, device=device)
        self.failed.emit(self.tr("The model that was in use stays."))

    def _show_card(self) -> None:
        from ser_desktop.gui.dialogs.help_dialogs import ModelCardDialog

        if self._model.info:
            ModelCardDialog(self._model.info, self._model.manifest.with_suffix(".md"), self._window).exec()
