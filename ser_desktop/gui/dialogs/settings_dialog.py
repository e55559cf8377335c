"""The dialog for the settings."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QLayout, QTabWidget, QVBoxLayout, QWidget

from ser_desktop import paths
from ser_desktop.emotion.model_file import ModelInfo
from ser_desktop.gui.dialogs.analysis_page import AnalysisPage
from ser_desktop.gui.dialogs.dialog_parts import describe
from ser_desktop.gui.dialogs.settings_pages import GeneralPage, SoundPage
from ser_desktop.gui.dialogs.words_page import WordsPage
from ser_desktop.gui.shared.theme import DARK, LIGHT, Theme
from ser_desktop.gui.widgets.message_view import MessageBar
from ser_desktop.settings import Settings


class SettingsDialog(QDialog):
    """Devices, analysis, model, theme and folders; nothing changes before OK.

    Args:
        settings: The current settings.
        inputs: Names of the connected microphones.
        outputs: Names of the connected loudspeakers.
        built_in: Manifest of the built-in model.
        voices: Names of the voices that are known.
        parent: The window.

    Attributes:
        chosen: The chosen settings: the given ones until OK is pressed.

    Signals:
        model_requested(str): Emitted with the path of a manifest that must be read. The result is passed to
            :meth:`show_requested_model` or :meth:`show_refused_model`. Reading takes a while on a slow disk; the
            dialog does not wait for it.
    """

    model_requested = Signal(str)

    def __init__(
        self,
        settings: Settings,
        inputs: Sequence[str],
        outputs: Sequence[str],
        *,
        built_in: Path | None = None,
        voices: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.chosen = settings
        self._built_in = built_in or paths.default_model()
        self._model_path = self._requested = settings.model_path
        self.setWindowTitle(self.tr("Settings"))
        self._sound = SoundPage(inputs, outputs, voices)
        self._analysis, self._words, self._general = AnalysisPage(), WordsPage(), GeneralPage()
        self._words.refused.connect(self._refuse)
        self._analysis.model_requested.connect(self._choose_model)
        self._analysis.built_in_requested.connect(lambda: self.use_model(None))
        self._message = MessageBar()
        self._message.show_theme(_theme_of(self.palette()))
        self._has_requested = False
        self._lay_out()
        self._show(settings)

    def showEvent(self, event: QShowEvent) -> None:
        """Request the model in use when the dialog is first shown; its signals are connected by then."""
        super().showEvent(event)
        if not self._has_requested:
            self._has_requested = True
            self.use_model(self._model_path)

    def use_model(self, manifest: str | None) -> None:
        """Request another model, or the built-in one for ``None``; the current one stays until it has been read.

        Args:
            manifest: The ``.json`` file of an exported model.
        """
        self._message.close_messages()
        self._requested = manifest
        self._ok.setEnabled(False)
        self.model_requested.emit(manifest or str(self._built_in))

    def show_requested_model(self, manifest: str, info: ModelInfo) -> None:
        """Use the requested model, unless another one has been requested since.

        Args:
            manifest: Path of the manifest that was requested.
            info: The model.
        """
        if not self._is_newest_request(manifest):
            return
        self._ok.setEnabled(True)
        self._model_path = self._requested
        self._analysis.show_model(info, is_built_in=self._requested is None)

    def show_refused_model(self, manifest: str, reason: str) -> None:
        """Show why the requested model cannot be used, and keep the current one.

        Args:
            manifest: Path of the manifest that was requested.
            reason: Why it cannot be used, in words for the user.
        """
        if not self._is_newest_request(manifest):
            return
        self._ok.setEnabled(True)
        self._refuse(reason)
        if self._requested == self._model_path:  # the file may come back: the model stays chosen
            self._analysis.show_missing_model(Path(manifest).name)

    def restore_defaults(self) -> None:
        """Show the defaults of all settings in this dialog; they are applied by OK."""
        self._show(Settings())
        self.use_model(None)

    def accept(self) -> None:
        """Apply the chosen settings and close, or show why they are invalid."""
        chosen = self._sound.chosen() | self._analysis.chosen() | self._words.chosen() | self._general.chosen()
        if fault := self._words.fault():
            self._refuse(fault)
            self._tabs.setCurrentWidget(self._words)
            return
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
        self._tabs.setAccessibleDescription(self.tr("Sound, analysis, words and general settings"))
        for page, title in (
            (self._sound, self.tr("&Sound")),
            (self._analysis, self.tr("&Analysis")),
            (self._words, self.tr("&Words")),
            (self._general, self.tr("&General")),
        ):
            self._tabs.addTab(page, title)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel | kinds.RestoreDefaults)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._ok = buttons.button(kinds.Ok)
        restore = buttons.button(kinds.RestoreDefaults)
        restore.clicked.connect(self.restore_defaults)
        for kind, name, tip in (
            (kinds.Ok, self.tr("OK"), self.tr("Apply the chosen settings")),
            (kinds.Cancel, self.tr("Cancel"), self.tr("Close without changes")),
            (kinds.RestoreDefaults, self.tr("Restore defaults"), self.tr("Show the defaults; OK applies them")),
        ):
            describe(buttons.button(kind), name, tip)
        layout = QVBoxLayout(self)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetMinimumSize)  # grows when a message is shown
        layout.addWidget(self._message)
        layout.addWidget(self._tabs, stretch=1)
        layout.addWidget(buttons)

    def _show(self, settings: Settings) -> None:
        for page in (self._sound, self._analysis, self._words, self._general):
            page.show_settings(settings)

    def _is_newest_request(self, manifest: str) -> bool:
        return manifest == (self._requested or str(self._built_in))

    def _refuse(self, reason: str) -> None:
        self._message.close_messages()
        self._message.show_error(reason)

    def _choose_model(self) -> None:
        title, kinds = self.tr("Choose a model"), self.tr("Models (*.json)")
        manifest, _ = QFileDialog.getOpenFileName(self, title, self._model_path or "", kinds)
        if manifest:
            self.use_model(manifest)


def _theme_of(palette: QPalette) -> Theme:
    return DARK if palette.window().color().lightness() < 128 else LIGHT
