"""The choice of the model: the one in the settings, or the built-in one where that cannot be loaded."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ser_desktop import paths
from ser_desktop.emotion.model_file import ModelInfo


class ModelChoice(QObject):
    """Requests models from the engine and keeps the result.

    Attributes:
        info: The model in use; ``None`` until one is loaded.
        manifest: Path of its manifest.
        chosen: Its path and device as they stand in the settings.

    Signals:
        load_requested(str, str): To the engine: load this manifest for this device.
        replaced(): The requested model was refused at the start; the built-in one is requested instead.
        rejected(): The requested model was refused; the model in use stays.
    """

    load_requested = Signal(str, str)
    replaced = Signal()
    rejected = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.info: ModelInfo | None = None
        self.manifest = paths.default_model()
        self.chosen: tuple[str | None, str] = (None, "auto")
        self._requested: tuple[str | None, str] = self.chosen

    def request(self, model_path: str | None, device: str) -> None:
        """Request a model; ``None`` is the built-in one."""
        self._requested = (model_path, device)
        self.load_requested.emit(model_path or str(paths.default_model()), device)

    def use(self, info: ModelInfo, manifest: str) -> None:
        """Store which model was loaded."""
        self.info, self.manifest, self.chosen = info, Path(manifest), self._requested

    def reject(self) -> None:
        """Keep the model in use, or request the built-in one where there is none yet."""
        if self.info:
            self.rejected.emit()
        elif self._requested != (None, "auto"):
            self.replaced.emit()
            self.request(None, "auto")
