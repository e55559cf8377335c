"""Which model judges: the one that was chosen, or the built-in one where that cannot be."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ser_desktop import paths
from ser_desktop.emotion.model_file import ModelInfo


class ModelChoice(QObject):
    """Asks the engine for a model and remembers what came of it.

    Signals:
        wanted(str, str): Manifest and device, to the engine.
        replaced(): The chosen model cannot be used, and so the built-in one is loaded.
        kept(): Another choice was refused; the model in use stays.
    """

    wanted = Signal(str, str)
    replaced = Signal()
    kept = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.info: ModelInfo | None = None
        self.manifest = paths.default_model()
        self.chosen: tuple[str | None, str] = (None, "auto")  # of the settings, in use
        self._asked: tuple[str | None, str] = self.chosen

    def ask(self, model_path: str | None, device: str) -> None:
        """Ask for a model; ``None`` is the built-in one."""
        self._asked = (model_path, device)
        self.wanted.emit(model_path or str(paths.default_model()), device)

    def accept(self, info: ModelInfo, manifest: str) -> None:
        """Take note of the model that was loaded."""
        self.info, self.manifest, self.chosen = info, Path(manifest), self._asked

    def refuse(self) -> None:
        """Stay with the model in use, or take the built-in one where there is none yet."""
        if self.info:
            self.kept.emit()
        elif self._asked != (None, "auto"):
            self.replaced.emit()
            self.ask(None, "auto")
