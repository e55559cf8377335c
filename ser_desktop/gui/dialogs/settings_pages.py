"""Qt views for two pages of the settings, sound and general: each shows its part and returns the chosen values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QPushButton, QWidget

from ser_desktop.gui.dialogs.dialog_parts import describe
from ser_desktop.gui.dialogs.form_parts import Hint, add_row, choice, form_of
from ser_desktop.gui.shared.translation import language_name, languages
from ser_desktop.gui.shared.words import SYSTEM_DEFAULT, device_word
from ser_desktop.gui.widgets.voice_box import VoiceBox
from ser_desktop.settings import Settings
from ser_desktop.values import VoiceChoice


class SoundPage(QWidget):
    """Microphone, loudspeaker, and the level meter before recording.

    Args:
        inputs: Names of the connected microphones.
        outputs: Names of the connected loudspeakers.
        voices: Names of the voices that are known.
    """

    def __init__(self, inputs: Sequence[str], outputs: Sequence[str], voices: Sequence[str] = ()) -> None:
        super().__init__()
        self._voices, self._voice = voices, VoiceBox(self.tr("Voice"), self.tr("Who speaks in new recordings"))
        self._input = choice(self.tr("Microphone"), self.tr("The microphone that is recorded"))
        self._output = choice(self.tr("Loudspeaker"), self.tr("Where recordings are played"))
        for box, names in ((self._input, inputs), (self._output, outputs)):
            box.addItem(device_word(None), None)
            for name in names:
                if name != SYSTEM_DEFAULT:  # the first row
                    box.addItem(name, name)
        self._meter = QCheckBox(self.tr("Show the &level before recording"))
        describe(
            self._meter,
            self.tr("Show the level before recording"),
            self.tr("Shows the level of the microphone, so that it can be adjusted; nothing is recorded"),
        )
        form = form_of(self)
        form.addRow(self.tr("&Microphone"), self._input)
        form.addRow("", self._meter)
        form.addRow("", Hint(self.tr("Use the meter to adjust the level before you record. It stores no sound.")))
        form.addRow(self.tr("Loud&speaker"), self._output)
        form.addRow(self.tr("&Voice"), self._voice)
        form.addRow(
            "",
            Hint(
                self.tr(
                    "Who speaks in what you open or record next. Choose a voice only if it is the same in all of them; "
                    "Analysis ▸ Voice changes it for one recording, Analysis ▸ My voice makes one known."
                )
            ),
        )

    def show_settings(self, settings: Settings) -> None:
        """Show the settings; a missing device is listed as not connected."""
        for box, name in ((self._input, settings.input_name), (self._output, settings.output_name)):
            if name not in (None, SYSTEM_DEFAULT) and box.findData(name) < 0:
                box.addItem(self.tr("{name} (not connected)").format(name=name), name)
            box.setCurrentIndex(max(0, box.findData(name)))
        self._meter.setChecked(settings.meter_before_recording)
        voice = VoiceChoice(settings.voice, is_several=settings.several_speakers and not settings.voice)
        self._voice.show_choices(self._voices, voice)

    def chosen(self) -> dict[str, Any]:
        """Return the chosen values by the names of the settings."""
        return {
            "input_name": self._input.currentData(),
            "output_name": self._output.currentData(),
            "meter_before_recording": self._meter.isChecked(),
            "voice": self._voice.choice.name,
            "several_speakers": self._voice.choice.is_several,
        }


class GeneralPage(QWidget):
    """Theme, language and folder of recordings."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = choice(self.tr("Theme"), self.tr("Light or dark"))
        for text, theme in (
            (self.tr("As the system"), "system"),
            (self.tr("Light"), "light"),
            (self.tr("Dark"), "dark"),
        ):
            self._theme.addItem(text, theme)
        self._language = choice(self.tr("Language"), self.tr("The language of the window"))
        self._language.addItem(self.tr("As the system"), "")
        for code in languages():
            self._language.addItem(language_name(code), code)
        self._folder = QLineEdit()
        describe(self._folder, self.tr("Folder for recordings"), self.tr("New recordings are kept here"))
        choose = QPushButton(self.tr("&Choose…"))
        describe(choose, self.tr("Choose folder"), self.tr("Choose the folder for new recordings"))
        choose.clicked.connect(self._choose_folder)
        form = form_of(self)
        form.addRow(self.tr("&Theme"), self._theme)
        form.addRow(self.tr("&Language"), self._language)
        form.addRow("", Hint(self.tr("Another language is used from the next start on.")))
        add_row(form, self.tr("&Recordings in"), self._folder, choose, stretched=self._folder)
        form.addRow(
            "", Hint(self.tr("Recordings are WAV files named by date and time. They never leave this computer."))
        )

    def show_settings(self, settings: Settings) -> None:
        """Show the settings."""
        self._theme.setCurrentIndex(self._theme.findData(settings.theme))
        if self._language.findData(settings.language) < 0:
            self._language.addItem(language_name(settings.language), settings.language)
        self._language.setCurrentIndex(self._language.findData(settings.language))
        self._folder.setText(settings.recordings_folder)

    def chosen(self) -> dict[str, Any]:
        """Return the chosen values by the names of the settings."""
        return {
            "theme": self._theme.currentData(),
            "language": self._language.currentData(),
            "recordings_folder": self._folder.text().strip(),
        }

    def focus_folder(self) -> None:
        """Focus the field of the folder and select its text."""
        self._folder.setFocus()
        self._folder.selectAll()

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder for recordings"), self._folder.text())
        if folder:
            self._folder.setText(folder)
