"""Qt view that makes a voice known: what to read, a microphone or files, and how much speech was heard so far."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from ser_desktop.audio.formats import AUDIO_SUFFIXES
from ser_desktop.emotion.voice_profile import ENOUGH_S, WANTED_S, too_little_speech
from ser_desktop.emotion.voice_store import LONGEST_NAME
from ser_desktop.gui.dialogs.dialog_parts import describe, paragraph, title_label
from ser_desktop.gui.dialogs.reading_text import READING_TEXTS
from ser_desktop.gui.engine.job import Progress, VoiceMeasurement
from ser_desktop.gui.live.level_view import LevelView
from ser_desktop.gui.shared.announcements import announce
from ser_desktop.gui.shared.fonts import scaled_font
from ser_desktop.gui.shared.primary import make_primary
from ser_desktop.gui.shared.theme import Theme
from ser_desktop.gui.shared.translation import error_text, interpretation_language

NOTHING_AFTER_S = 6.0  # of sound without speech, after which the page says so
TEXT_SCALE, TEXT_LINES = 1.15, 6


class NewVoicePage(QWidget):
    """Records a voice or reads it from files.

    Args:
        theme: The colours.
        input_name: The microphone, in words; empty where there is none.

    Signals:
        hear_requested(list[Path]): Listen to the microphone, or read these recordings.
        stop_requested(): Enough was heard.
        keep_requested(str): Keep what was heard as the voice of this name.
        back_requested(): The user does not want to make a voice known.
    """

    hear_requested = Signal(object)
    stop_requested = Signal()
    keep_requested = Signal(str)
    back_requested = Signal()

    def __init__(self, theme: Theme, input_name: str) -> None:
        super().__init__()
        self._theme, self._input_name = theme, input_name
        self._is_running = self._is_of_files = False
        self._speech_s = 0.0
        self._make_text()
        self._make_inputs()
        self._make_buttons()
        self._lay_out()
        self.begin("")

    @property
    def is_running(self) -> bool:
        """Whether the microphone is open, or files are being read."""
        return self._is_running

    def begin(self, name: str) -> None:
        """Start anew.

        Args:
            name: Of a voice that is made known again; empty for a new one.
        """
        self.name.setText(name or self.tr("My voice"))
        self._is_running, self._speech_s = False, 0.0
        self.level.reset()
        self._show_speech(VoiceMeasurement())
        missing = self.tr("No microphone was found. Connect one, or use recordings.")
        self._say(self.tr("Press “Record” and read the text.") if self._input_name else missing)
        self._show_state()

    def show_heard(self, progress: Progress) -> None:
        """Show how much was heard so far."""
        heard = progress.measurement or VoiceMeasurement()
        if progress.level:
            level = progress.level
            self.level.show_level(level.rms_dbfs, level.peak_dbfs, level.is_clipped)
        self._show_speech(heard)
        if heard.trouble:
            self._say(heard.trouble)
        elif progress.level and progress.level.is_zero:
            self._say(self.tr("The microphone delivers only zeros. Check that it is not muted."))
        elif heard.sound_s > NOTHING_AFTER_S and not heard.speech_s and not self._is_of_files:
            self._say(self.tr("Nothing that sounds like speech yet. Speak louder, or go nearer to the microphone."))
        else:
            self._say(self._advice(heard.speech_s))
        if heard.speech_s >= WANTED_S and self._is_running and not self._is_of_files:
            self.stop_requested.emit()

    def show_end(self, heard: VoiceMeasurement, doubt: str) -> None:
        """Show that listening is over.

        Args:
            heard: What was heard.
            doubt: Why it may not be the voice of one person, in words for the user; empty without a doubt.
        """
        self._is_running = False
        self._show_speech(heard)
        if heard.sound_s and heard.speech_s < ENOUGH_S:
            self._say(" ".join(each for each in (heard.trouble, error_text(too_little_speech(heard.speech_s))) if each))
        elif heard.sound_s:
            done = self.tr("Done. Give the voice a name and keep it.")
            self._say(" ".join(each for each in (heard.trouble, doubt, done) if each))
        self._show_state()
        if self.keep.isEnabled():
            self.keep.setFocus()

    def show_fault(self, text: str) -> None:
        """Show what went wrong."""
        self._say(text)

    def _make_text(self) -> None:
        self.language = QComboBox()
        describe(self.language, self.tr("Language of the text"), self.tr("The language of the text to read"))
        self.language.addItems(list(READING_TEXTS))
        self.text = QTextBrowser()
        describe(self.text, self.tr("Text to read"), self.tr("Read it aloud; any other text does as well"))
        self.text.setFont(scaled_font(self.font(), TEXT_SCALE))
        self.text.setMinimumHeight(self.text.fontMetrics().lineSpacing() * TEXT_LINES)
        self.language.currentTextChanged.connect(lambda name: self.text.setPlainText(READING_TEXTS[name]))
        self.language.setCurrentText("Deutsch" if interpretation_language() == "de" else "English")
        self.text.setPlainText(READING_TEXTS[self.language.currentText()])

    def _make_inputs(self) -> None:
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        describe(self.name, self.tr("Name of the voice"), self.tr("Under this name you choose the voice later"))
        self.name.textChanged.connect(lambda _text: self._show_state())
        self.level = LevelView()
        self.level.show_theme(self._theme)
        self.bar = QProgressBar()
        self.bar.setRange(0, round(WANTED_S))
        describe(self.bar, self.tr("Speech so far"), self.tr("Seconds of speech that were heard, pauses left out"))
        self.state = QLabel()
        self.state.setWordWrap(True)
        self.state.setMinimumHeight(self.state.fontMetrics().lineSpacing() * 2)
        self.state.setAccessibleName(self.tr("What to do now"))

    def _make_buttons(self) -> None:
        self.record, self.files = QPushButton(), QPushButton(self.tr("From re&cordings…"))
        self.keep, self.back = QPushButton(self.tr("&Keep the voice")), QPushButton(self.tr("&Back"))
        describe(self.files, self.tr("From recordings"), self.tr("Choose recordings in which only this person speaks"))
        describe(self.keep, self.tr("Keep the voice"), self.tr("Store the averages of the voice under its name"))
        describe(self.back, self.tr("Back"), self.tr("To the list of voices; nothing is kept"))
        self.record.clicked.connect(self._record_or_stop)
        self.files.clicked.connect(self._choose_files)
        self.keep.clicked.connect(lambda: self.keep_requested.emit(self.name.text()))
        self.back.clicked.connect(self._go_back)
        for button in (self.record, self.files, self.keep, self.back):
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self.fontMetrics().height() * 2 // 3)
        layout.addWidget(title_label(self.tr("Make a voice known")))
        for text in (
            self.tr(
                "What a voice sounds like is compared with how it <b>usually</b> sounds: one that is always high and "
                "fast is not excited. For that the program needs half a minute of it."
            ),
            self.tr(
                "Speak as on any other day, not acted and not whispered, in a quiet room, as far from the microphone "
                "as you always are. Read the text, or tell what you did today."
            ),
        ):
            layout.addWidget(paragraph(text))
        top = QHBoxLayout()
        top.addWidget(QLabel(self.tr("Text to read")))
        top.addStretch()
        top.addWidget(self.language)
        layout.addLayout(top)
        layout.addWidget(self.text, stretch=1)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("&Name"), self.name)
        form.addRow(self._input_name or self.tr("No microphone"), self.level)
        form.addRow(self.tr("Speech so far"), self.bar)
        layout.addLayout(form)
        layout.addWidget(self.state)
        row = QHBoxLayout()
        for button in (self.record, self.files):
            row.addWidget(button)
        row.addStretch()
        for button in (self.back, self.keep):
            row.addWidget(button)
        layout.addLayout(row)
        layout.addWidget(
            paragraph(self.tr("Only a small file of averages is kept, which only you can read; no sound."))
        )

    def _record_or_stop(self) -> None:
        if self._is_running:
            self.stop_requested.emit()
        else:
            self._start([])

    def _choose_files(self) -> None:
        kinds = self.tr("Recordings ({kinds})").format(kinds=" ".join(f"*{each}" for each in AUDIO_SUFFIXES))
        kinds += ";;" + self.tr("All files ({kinds})").format(kinds="*")
        title = self.tr("Recordings in which only this person speaks")
        names, _ = QFileDialog.getOpenFileNames(
            self, title, "", kinds, options=QFileDialog.Option.HideNameFilterDetails
        )
        if names:
            self._start([Path(name) for name in names])

    def _start(self, files: list[Path]) -> None:
        self._is_running, self._is_of_files = True, bool(files)
        self.level.reset()
        self._show_speech(VoiceMeasurement())
        self._say(self.tr("Reading…") if files else self.tr("Listening…"))
        self._show_state()
        self.hear_requested.emit(files)

    def _go_back(self) -> None:
        if self._is_running:
            self.stop_requested.emit()
        self.back_requested.emit()

    def _advice(self, speech_s: float) -> str:
        if self._is_of_files:
            return self.tr("Reading…")
        if speech_s >= ENOUGH_S:
            return self.tr("Enough. Read on: with half a minute the voice is known better.")
        return self.tr("Read on; at least {count} s are needed.").format(count=round(ENOUGH_S))

    def _show_speech(self, heard: VoiceMeasurement) -> None:
        self._speech_s = heard.speech_s
        self.bar.setValue(min(int(heard.speech_s), self.bar.maximum()))
        text = self.tr("{count} of {wanted} s").format(count=int(heard.speech_s), wanted=round(WANTED_S))
        self.bar.setFormat(self.tr("{text}, enough").format(text=text) if heard.speech_s >= ENOUGH_S else text)

    def _show_state(self) -> None:
        is_enough = self._speech_s >= ENOUGH_S and not self._is_running
        self.record.setText(self.tr("&Stop") if self._is_running else self.tr("&Record"))
        tip = self.tr("End here") if self._is_running else self.tr("Listen to the microphone; the sound is not kept")
        describe(self.record, self.record.text().replace("&", ""), tip)
        self.record.setEnabled(self._is_running or bool(self._input_name))
        self.files.setEnabled(not self._is_running)
        self.keep.setEnabled(is_enough and bool(self.name.text().strip()))
        make_primary(self.record, not is_enough)
        make_primary(self.keep, is_enough)

    def _say(self, text: str) -> None:
        if text != self.state.text():
            self.state.setText(text)
            announce(self.state, text)
