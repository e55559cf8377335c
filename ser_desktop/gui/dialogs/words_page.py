"""Qt view for the page of the settings about words: shows its part and returns the chosen values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QWidget

from ser_desktop.errors import WordsError
from ser_desktop.gui.dialogs.dialog_parts import describe
from ser_desktop.gui.dialogs.form_parts import Hint, add_row, choice, form_of
from ser_desktop.gui.shared.translation import error_text, language_name
from ser_desktop.settings import Settings
from ser_desktop.words.models import BUILT_IN, find_words_model

# The most common languages of Whisper's models; the terminal takes each code that a model knows.
LANGUAGES = (
    *("ar", "ca", "cs", "da", "de", "el", "en", "es", "fi", "fr", "he", "hi", "hu", "id", "it", "ja", "ko", "ms"),
    *("nl", "no", "pl", "pt", "ro", "ru", "sv", "ta", "th", "tr", "uk", "ur", "vi", "zh"),
)


class WordsPage(QWidget):
    """The model that finds words, and the language that is spoken.

    Signals:
        refused(str): A folder cannot be used; why, in words for the user.
    """

    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._folder: str | None = None
        self._model = QLineEdit()
        self._model.setReadOnly(True)
        describe(self._model, self.tr("Transcription model"), self.tr("The model that writes down what is said"))
        choose = QPushButton(self.tr("&Choose…"))
        describe(choose, self.tr("Choose transcription model"), self.tr("Choose the folder of a transcription model"))
        choose.clicked.connect(self._choose)
        built_in = QPushButton(self.tr("&Built in"))
        describe(built_in, self.tr("Built-in transcription model"), self.tr("Use the included English model"))
        built_in.clicked.connect(lambda: self._show_folder(None))
        self._language = choice(self.tr("Spoken language"), self.tr("The language that is spoken in recordings"))
        self._language.addItem(self.tr("That of the model, or detected"), "")
        for code in sorted(LANGUAGES, key=lambda code: language_name(code).casefold()):
            self._language.addItem(_name(code), code)
        form = form_of(self)
        add_row(form, self.tr("Mo&del"), self._model, choose, built_in, stretched=self._model)
        form.addRow(
            "",
            Hint(
                self.tr(
                    "The built-in model is for English. For other languages, or fewer errors, choose the folder of "
                    "a Moonshine model, or of a Whisper model for faster-whisper. Nothing is downloaded."
                )
            ),
        )
        form.addRow(self.tr("Spoken &language"), self._language)
        form.addRow("", Hint(self.tr("Only multilingual Whisper models use it.")))

    def show_settings(self, settings: Settings) -> None:
        """Show the settings."""
        self._show_folder(settings.words_model)
        if self._language.findData(settings.words_language) < 0:
            self._language.addItem(_name(settings.words_language), settings.words_language)
        self._language.setCurrentIndex(self._language.findData(settings.words_language))

    def chosen(self) -> dict[str, Any]:
        """Return the chosen values by the names of the settings."""
        return {"words_model": self._folder, "words_language": self._language.currentData()}

    def fault(self) -> str:
        """Return why the chosen folder and language cannot be used, in words for the user; empty where they can."""
        language = self._language.currentData()
        if self._folder is None and not language:
            return ""  # also where no recogniser is installed
        try:
            find_words_model(Path(self._folder) if self._folder else None, language)
        except WordsError as error:
            return error_text(error)
        return ""

    def use_folder(self, folder: str) -> None:
        """Use a folder if it holds a model, or report why it cannot be used."""
        try:
            find_words_model(Path(folder))
        except WordsError as error:
            self.refused.emit(error_text(error))
            return
        self._show_folder(folder)

    def _show_folder(self, folder: str | None) -> None:
        self._folder = folder
        self._model.setText(folder or self.tr("{model} (built in)").format(model=BUILT_IN))

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder of a transcription model"), self._folder or "")
        if folder:
            self.use_folder(folder)


def _name(code: str) -> str:
    """Return the name of a language in that language, with its code where Qt has no name."""
    known = QLocale(code).language() != QLocale.Language.C
    return language_name(code) if known else code
