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
        wanted(str, str): To the engine: load this manifest for this device.
        replaced(): The requested model was refused at the start; the built-in one is requested instead.
        kept(): The requested model was refused; the model in use stays.
    """

    wanted = Signal(str, str)
    replaced = Signal()
    kept = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.info: ModelInfo | None = None
        self.manifest = paths.default_model()
        self.chosen: tuple[str | None, str] = (None, "auto")
        self._asked: tuple[str | None, str] = self.chosen

    def ask(self, model_path: str | None, device: str) -> None:
        """Request a model; ``None`` is the built-in one."""
        self._asked = (model_path, device)
        self.wanted.emit(model_path or str(paths.default_model()), device)

    def accept(self, info: ModelInfo, manifest: str) -> None:
        """Store which model was loaded."""
        self.info, self.manifest, self.chosen = info, Path(manifest), self._asked

    def refuse(self) -> None:
        """Keep the model in use, or request the built-in one where there is none yet."""
        if self.info:
            self.kept.emit()
        elif self._asked != (None, "auto"):
            self.replaced.emit()
            self.ask(None, "auto")
