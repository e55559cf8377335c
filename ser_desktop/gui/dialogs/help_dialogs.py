"""The dialogs of the Help menu, and the note at the first start."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QUrl, qVersion
from PySide6.QtGui import QDesktopServices, QFontMetrics, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from ser_desktop import __version__, paths
from ser_desktop.audio.devices import load_portaudio
from ser_desktop.emotion.model_file import ModelInfo
from ser_desktop.errors import AudioDeviceError
from ser_desktop.gui.dialogs.dialog_parts import (
    add_button,
    close_button,
    column,
    describe,
    paragraph,
    title_label,
    use_height,
)
from ser_desktop.gui.dialogs.keys_dialog import KeysDialog
from ser_desktop.gui.dialogs.model_card import ModelCardView
from ser_desktop.settings import default_recordings_folder, log_folder, settings_path

__all__ = ["AboutDialog", "FirstRunDialog", "KeysDialog", "ModelCardDialog", "show_about", "versions"]


def show_about(parent: QWidget | None = None, *, recordings: str | None = None) -> None:
    """Show the dialog of versions and folders until it is closed.

    Args:
        parent: The window.
        recordings: The folder of recordings, if it is not the default.
    """
    dialog = AboutDialog(recordings=recordings, parent=parent)
    dialog.exec()
    dialog.deleteLater()  # or the window would keep it


def versions() -> dict[str, str]:
    """Return the versions of the program and of the libraries that an error report should contain."""
    import soundfile

    try:
        portaudio = load_portaudio().get_portaudio_version()[1].split(",")[0].removeprefix("PortAudio ")
    except AudioDeviceError:
        portaudio = "–"
    return {
        "SER Desktop": __version__,
        "Python": platform.python_version(),
        "Qt": qVersion(),
        "ONNX Runtime": metadata.version("onnxruntime"),
        "PortAudio": portaudio,
        "libsndfile": soundfile.__libsndfile_version__,
        QCoreApplication.translate("AboutDialog", "System"): platform.platform(),
    }


class ModelCardDialog(QDialog):
    """The dialog with the card of the model in use.

    Args:
        info: The model.
        card: Path of the card.
        parent: The window.
    """

    def __init__(self, info: ModelInfo, card: Path | str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Model card: {model}").format(model=info.identity))
        layout = QVBoxLayout(self)
        layout.addWidget(ModelCardView(info, Path(card), self))
        layout.addWidget(close_button(self, self.tr("Close the model card")))
        use_height(self, 42)


class AboutDialog(QDialog):
    """The dialog with versions and folders, to be copied into an error report, and a button for the log folder."""

    def __init__(self, *, recordings: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About SER Desktop"))
        self._versions = versions()
        self._log = log_folder()
        folders = {
            self.tr("Recordings"): recordings or default_recordings_folder(),
            self.tr("Settings"): str(settings_path().parent),
            self.tr("Log"): str(self._log),
            self.tr("Model"): str(paths.default_model().parent),
        }
        self._report = "\n".join(f"{name}: {value}" for name, value in (self._versions | folders).items())
        layout = column(self)
        layout.addWidget(title_label("SER Desktop"))
        layout.addWidget(
            paragraph(
                self.tr(
                    "How a voice sounds over time. Everything stays on this computer: the program never uses the "
                    "network."
                )
            )
        )
        layout.addLayout(_rows(self._versions, folders))
        layout.addWidget(self._buttons())

    def copy(self) -> None:
        """Copy versions and folders to the clipboard."""
        QGuiApplication.clipboard().setText(self._report)

    def open_log_folder(self) -> None:
        """Open the log folder in the system's file manager."""
        paths.make_own_folder(self._log)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log)))

    def _buttons(self) -> QDialogButtonBox:
        box = close_button(self, self.tr("Close the versions and folders"))
        add_button(box, self.tr("&Copy"), self.tr("Copy versions and folders, for a report"), self.copy)
        tip = self.tr("Show the logs in the file manager")
        add_button(box, self.tr("Open &log folder"), tip, self.open_log_folder)
        return box


class FirstRunDialog(QDialog):
    """The note at the first start: the limits of the results and privacy. It is accepted when the user confirms it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Before you begin"))
        layout = column(self)
        layout.addWidget(title_label(self.tr("How a voice sounds is not what a person feels")))
        for text in self._notes():
            layout.addWidget(paragraph(text))
        buttons = QDialogButtonBox()
        read = buttons.addButton(self.tr("&I have read this"), QDialogButtonBox.ButtonRole.AcceptRole)
        describe(read, self.tr("I have read this"), self.tr("Close this note; it will not be shown again"))
        read.setDefault(True)
        buttons.accepted.connect(self.accept)
        layout.addStretch()
        layout.addWidget(buttons)

    def _notes(self) -> tuple[str, ...]:
        return (
            self.tr(
                "SER Desktop shows what a voice <b>sounds</b> like to a program that learned from acted speech. "
                "It can be wrong, and for some voices, languages and rooms it will be. What was measured stands "
                "under Help ▸ Model card."
            ),
            self.tr(
                "<b>It is no diagnosis and no lie detector</b>, and it must not be used to judge employees, "
                "applicants, pupils or students. In the European Union, emotion recognition at work and in "
                "education is prohibited."
            ),
            self.tr("<b>Tell people</b> when you use it on their voices."),
            self.tr(
                "<b>Everything stays on this computer.</b> The program never uses the network: no recording, no "
                "result and no statistics leave it."
            ),
        )


def _rows(*groups: Mapping[str, str]) -> QFormLayout:
    """Return names and values in two columns, with space between the groups."""
    form = QFormLayout()
    em = QFontMetrics(QGuiApplication.font()).height()
    form.setVerticalSpacing(em // 3)
    form.setHorizontalSpacing(em * 2)
    for group in groups:
        _add_rows(form, group)
        form.addItem(QSpacerItem(0, em // 2))
    return form


def _add_rows(form: QFormLayout, values: Mapping[str, str]) -> None:
    for name, value in values.items():
        label = QLabel(value)
        label.setAccessibleName(f"{name}: {value}")
        label.setWordWrap(True)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        form.addRow(name, label)
