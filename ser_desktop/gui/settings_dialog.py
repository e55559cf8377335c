"""The dialog in which everything that is remembered can be chosen."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QLayout, QTabWidget, QVBoxLayout, QWidget

from ser_desktop import paths
from ser_desktop.emotion.model_file import ModelInfo, open_model
from ser_desktop.errors import ModelFileError
from ser_desktop.gui.message_view import MessageBar
from ser_desktop.gui.settings_pages import AnalysisPage, GeneralPage, SoundPage
from ser_desktop.gui.theme import DARK, LIGHT, Theme
from ser_desktop.settings import Settings


class SettingsDialog(QDialog):
    """Devices, analysis, model, theme and folders; nothing is changed before OK.

    Args:
        settings: What is chosen so far.
        inputs: Names of the microphones that are there.
        outputs: Names of the loudspeakers that are there.
        built_in: Manifest of the model that ships with the program.
        parent: The window.

    Attributes:
        chosen: The settings as they are to be: those given, until OK is
            pressed.
    """

    def __init__(
        self,
        settings: Settings,
        inputs: Sequence[str],
        outputs: Sequence[str],
        *,
        built_in: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.chosen = settings
        self._built_in = built_in or paths.default_model()
        self._model_path: str | None = None
        self.setWindowTitle(self.tr("Settings"))
        self._sound, self._analysis, self._general = SoundPage(inputs, outputs), AnalysisPage(), GeneralPage()
        self._analysis.model_wanted.connect(self._ask_for_model)
        self._analysis.built_in_wanted.connect(lambda: self.use_model(None))
        self._message = MessageBar()
        self._message.show_theme(_theme_of(self.palette()))
        self._lay_out()
        self._show(settings)

    def use_model(self, manifest: str | None) -> bool:
        """Take another model, or the built-in one for ``None``; a wrong one is refused, with the reason shown.

        Args:
            manifest: The ``.json`` file of an exported model.

        Returns:
            Whether it was taken; if not, the one before stays.
        """
        self._message.close_messages()
        try:
            info = _read_model(Path(manifest) if manifest else self._built_in)
        except ModelFileError as error:
            self._refuse(str(error))
            return False
        self._model_path = manifest
        self._analysis.show_model(info, is_built_in=manifest is None)
        return True

    def restore_defaults(self) -> None:
        """Show the defaults of everything that this dialog shows; they count from OK on."""
        self._show(Settings())

    def accept(self) -> None:
        """Keep what is chosen and close, or say why it cannot be kept."""
        chosen = self._sound.chosen() | self._analysis.chosen() | self._general.chosen()
        folder = chosen["recordings_folder"]
        if not Path(folder).is_absolute() or Path(folder).is_file():
            self._refuse(
                self.tr("“{folder}” is not the whole path of a folder. Choose where recordings are kept.").format(
                    folder=folder
                )
            )
            self._tabs.setCurrentWidget(self._general)
            self._general.focus_folder()
            return
        self.chosen = dataclasses.replace(self.chosen, model_path=self._model_path, **chosen)
        super().accept()

    def _lay_out(self) -> None:
        self._tabs = QTabWidget()
        self._tabs.setAccessibleName(self.tr("Groups of settings"))
        self._tabs.setAccessibleDescription(self.tr("Sound, analysis and general settings"))
        for page, title in (
            (self._sound, self.tr("&Sound")),
            (self._analysis, self.tr("&Analysis")),
            (self._general, self.tr("&General")),
        ):
            self._tabs.addTab(page, title)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel | kinds.RestoreDefaults)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        restore = buttons.button(kinds.RestoreDefaults)
        restore.clicked.connect(self.restore_defaults)
        for kind, name, tip in (
            (kinds.Ok, self.tr("OK"), self.tr("Keep what is chosen")),
            (kinds.Cancel, self.tr("Cancel"), self.tr("Leave everything as it was")),
            (kinds.RestoreDefaults, self.tr("Restore defaults"), self.tr("Show the defaults; they count from OK on")),
        ):
            button = buttons.button(kind)
            button.setAccessibleName(name)
            button.setAccessibleDescription(tip)
            button.setToolTip(tip)
        layout = QVBoxLayout(self)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetMinimumSize)  # grows when a message comes
        layout.addWidget(self._message)
        layout.addWidget(self._tabs, stretch=1)
        layout.addWidget(buttons)

    def _show(self, settings: Settings) -> None:
        if not self.use_model(settings.model_path):  # it may come back: it stays chosen until another one is
            self._model_path = settings.model_path
            self._analysis.show_missing_model(Path(settings.model_path or self._built_in).name)
        for page in (self._sound, self._analysis, self._general):
            page.show_settings(settings)

    def _refuse(self, reason: str) -> None:
        self._message.close_messages()
        self._message.show_error(reason)

    def _ask_for_model(self) -> None:
        title, kinds = self.tr("Choose a model"), self.tr("Models (*.json)")
        manifest, _ = QFileDialog.getOpenFileName(self, title, self._model_path or "", kinds)
        if manifest:
            self.use_model(manifest)


def _read_model(manifest: Path) -> ModelInfo:
    """Return what a model is after checking its manifest and its network's hash, a few milliseconds.

    Raises:
        ModelFileError: It is no model, or not a whole one.
    """
    model = open_model(manifest)
    model.read("onnx")
    return model.info


def _theme_of(palette: QPalette) -> Theme:
    return DARK if palette.window().color().lightness() < 128 else LIGHT
