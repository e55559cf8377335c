"""Qt views for the pages of the settings: each shows its part of the settings and returns the chosen values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ser_desktop.emotion.model_file import ModelInfo
from ser_desktop.gui.dialogs.dialog_parts import describe
from ser_desktop.gui.shared.words import SYSTEM_DEFAULT, device_word
from ser_desktop.settings import MAX_SECONDS, Settings
from ser_desktop.values import SHORTEST_HOP_S

STEP_S = 0.05
MAX_PERCENT = 100
FIELD_LETTERS = 44  # width of a field; a longer text ends in an ellipsis
NUMBER_LETTERS = 16  # width of a number with its unit and arrows

SpinBox = TypeVar("SpinBox", bound=QAbstractSpinBox)


class SoundPage(QWidget):
    """Microphone, loudspeaker, and the level meter before recording.

    Args:
        inputs: Names of the connected microphones.
        outputs: Names of the connected loudspeakers.
    """

    def __init__(self, inputs: Sequence[str], outputs: Sequence[str]) -> None:
        super().__init__()
        self._input = _choice(self.tr("Microphone"), self.tr("The microphone that is recorded"))
        self._output = _choice(self.tr("Loudspeaker"), self.tr("Where recordings are played"))
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
        form = _form(self)
        form.addRow(self.tr("&Microphone"), self._input)
        form.addRow("", self._meter)
        form.addRow("", _Hint(self.tr("Use the meter to adjust the level before you record. It stores no sound.")))
        form.addRow(self.tr("Loud&speaker"), self._output)

    def show_settings(self, settings: Settings) -> None:
        """Show the settings; a missing device is listed as not connected."""
        for box, name in ((self._input, settings.input_name), (self._output, settings.output_name)):
            if name not in (None, SYSTEM_DEFAULT) and box.findData(name) < 0:
                box.addItem(self.tr("{name} (not connected)").format(name=name), name)
            box.setCurrentIndex(max(0, box.findData(name)))
        self._meter.setChecked(settings.meter_before_recording)

    def chosen(self) -> dict[str, Any]:
        """Return the chosen values by the names of the settings."""
        return {
            "input_name": self._input.currentData(),
            "output_name": self._output.currentData(),
            "meter_before_recording": self._meter.isChecked(),
        }


class AnalysisPage(QWidget):
    """Model, device that runs it, window, hop, smoothing and thresholds.

    Signals:
        model_requested(): Emitted when the user presses the button to choose a model.
        built_in_requested(): Emitted when the user presses the button for the built-in model.
    """

    model_requested = Signal()
    built_in_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._make_model()
        self._make_times()
        self._make_thresholds()
        self._lay_out()

    def show_model(self, info: ModelInfo, *, is_built_in: bool) -> None:
        """Show a model, and limit the window to the lengths that it supports."""
        words = self.tr("{model} (built in)") if is_built_in else "{model}"
        self._model.setText(words.format(model=info.identity))
        self._model.setCursorPosition(0)  # show the start of a name that is longer than the field
        self._show_limits(info.shortest_s, info.window_s)
        longest = self.tr("Maximum of the model: {seconds} s")
        self._is_longest.setText(longest.format(seconds=self.locale().toString(info.window_s, "g", 3)))

    def show_missing_model(self, name: str) -> None:
        """Show that the chosen model cannot be read."""
        self._model.setText(self.tr("{model} (cannot be used)").format(model=name))
        self._show_limits(SHORTEST_HOP_S, MAX_SECONDS)
        self._is_longest.setText(self.tr("Maximum of the model"))

    def show_settings(self, settings: Settings) -> None:
        """Show the settings, except for the model."""
        self._device.setCurrentIndex(self._device.findData(settings.device))
        self._is_longest.setChecked(settings.window_s is None)
        if settings.window_s is not None:
            self._window.setValue(settings.window_s)
        self._hop.setValue(settings.hop_s)
        self._smoothing.setValue(settings.smoothing_s)
        self._high.setRange(2, MAX_PERCENT)
        self._high.setValue(round(100 * settings.high))
        self._medium.setValue(round(100 * settings.medium))

    def chosen(self) -> dict[str, Any]:
        """Return the chosen values by the names of the settings, except for the model."""
        return {
            "device": self._device.currentData(),
            "window_s": None if self._is_longest.isChecked() else round(self._window.value(), 2),
            "hop_s": round(self._hop.value(), 2),
            "smoothing_s": round(self._smoothing.value(), 2),
            "high": self._high.value() / 100,
            "medium": self._medium.value() / 100,
        }

    def _make_model(self) -> None:
        self._model = QLineEdit()
        self._model.setReadOnly(True)
        describe(self._model, self.tr("Model"), self.tr("The model that analyses the sound"))
        self._choose = QPushButton(self.tr("&Choose…"))
        describe(self._choose, self.tr("Choose model"), self.tr("Choose the .json file of an exported model"))
        self._choose.clicked.connect(self.model_requested)
        self._built_in = QPushButton(self.tr("&Built in"))
        describe(self._built_in, self.tr("Built-in model"), self.tr("Use the model that ships with the program"))
        self._built_in.clicked.connect(self.built_in_requested)
        self._device = _choice(self.tr("Runs on"), self.tr("Where the model runs"))
        for text, device in (
            (self.tr("Automatic (the CPU)"), "auto"),
            (self.tr("CPU"), "cpu"),
            (self.tr("NVIDIA graphics card (CUDA)"), "cuda"),
            (self.tr("Apple graphics (MPS)"), "mps"),
        ):
            self._device.addItem(text, device)

    def _make_times(self) -> None:
        self._window = self._seconds(
            self.tr("Window"), self.tr("How many seconds of sound each entry is computed from")
        )
        self._is_longest = QCheckBox()
        describe(
            self._is_longest,
            self.tr("Maximum window of the model"),
            self.tr("Results are best with the longest window"),
        )
        self._hop = self._seconds(self.tr("Hop"), self.tr("Time between two entries"))
        self._smoothing = self._seconds(
            self.tr("Smoothing"), self.tr("Time constant of the probabilities in seconds; 0 for none")
        )
        self._smoothing.setRange(0.0, MAX_SECONDS)
        self._smoothing.setSpecialValueText(self.tr("none"))
        self._is_longest.toggled.connect(self._on_longest_toggled)
        self._window.valueChanged.connect(self._hop.setMaximum)  # a hop beyond the window would skip sound

    def _make_thresholds(self) -> None:
        self._high = self._percent(self.tr("High from"), self.tr("Lowest confidence that is called “high”"))
        self._medium = self._percent(
            self.tr("Medium from"), self.tr("Lowest confidence that is called “medium”; a lower one is called “low”")
        )
        self._high.valueChanged.connect(lambda value: self._medium.setRange(1, value - 1))

    def _lay_out(self) -> None:
        form = _form(self)
        _add_row(form, self.tr("Mo&del"), self._model, self._choose, self._built_in, stretched=self._model)
        form.addRow(self.tr("R&uns on"), self._device)
        form.addRow(
            "", _Hint(self.tr("The CPU needs about a millisecond for each entry; a graphics card gains little."))
        )
        _add_row(form, self.tr("&Window"), self._window, self._is_longest)
        _add_row(form, self.tr("&Hop"), self._hop)
        _add_row(form, self.tr("Smoo&thing"), self._smoothing)
        form.addRow(
            "",
            _Hint(
                self.tr(
                    "Each entry is computed from a window of sound; a new one is added every hop. "
                    "Changes apply to the next recording."
                )
            ),
        )
        _add_row(form, self.tr("“H&igh” from"), self._high)
        _add_row(form, self.tr("“M&edium” from"), self._medium)
        form.addRow(
            "",
            _Hint(
                self.tr(
                    "The window shows a confidence as a word: high, medium or low. Exported tables contain the "
                    "number. Which entries are “uncertain” depends on the model, not on these settings."
                )
            ),
        )

    def _on_longest_toggled(self, is_longest: bool) -> None:
        self._window.setDisabled(is_longest)
        if is_longest:
            self._window.setValue(self._window.maximum())

    def _show_limits(self, shortest_s: float, longest_s: float) -> None:
        self._window.setRange(shortest_s, longest_s)
        self._hop.setMaximum(self._window.value())
        self._on_longest_toggled(self._is_longest.isChecked())

    def _seconds(self, name: str, tip: str) -> QDoubleSpinBox:
        box = QDoubleSpinBox()
        describe(box, name, tip)
        box.setRange(SHORTEST_HOP_S, MAX_SECONDS)
        box.setSingleStep(STEP_S)
        box.setSuffix(self.tr(" s"))
        return _as_wide_as_others(box)

    def _percent(self, name: str, tip: str) -> QSpinBox:
        box = QSpinBox()
        describe(box, name, tip)
        box.setRange(1, MAX_PERCENT)
        box.setSuffix(self.tr(" %"))
        return _as_wide_as_others(box)


class GeneralPage(QWidget):
    """Theme and folder of recordings."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = _choice(self.tr("Theme"), self.tr("Light or dark"))
        for text, theme in (
            (self.tr("As the system"), "system"),
            (self.tr("Light"), "light"),
            (self.tr("Dark"), "dark"),
        ):
            self._theme.addItem(text, theme)
        self._folder = QLineEdit()
        describe(self._folder, self.tr("Folder for recordings"), self.tr("New recordings are kept here"))
        choose = QPushButton(self.tr("&Choose…"))
        describe(choose, self.tr("Choose folder"), self.tr("Choose the folder for new recordings"))
        choose.clicked.connect(self._choose_folder)
        form = _form(self)
        form.addRow(self.tr("&Theme"), self._theme)
        _add_row(form, self.tr("&Recordings in"), self._folder, choose, stretched=self._folder)
        form.addRow(
            "", _Hint(self.tr("Recordings are WAV files named by date and time. They never leave this computer."))
        )

    def show_settings(self, settings: Settings) -> None:
        """Show the settings."""
        self._theme.setCurrentIndex(self._theme.findData(settings.theme))
        self._folder.setText(settings.recordings_folder)

    def chosen(self) -> dict[str, Any]:
        """Return the chosen values by the names of the settings."""
        return {"theme": self._theme.currentData(), "recordings_folder": self._folder.text().strip()}

    def focus_folder(self) -> None:
        """Focus the field of the folder and select its text."""
        self._folder.setFocus()
        self._folder.selectAll()

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder for recordings"), self._folder.text())
        if folder:
            self._folder.setText(folder)


def _choice(name: str, tip: str) -> QComboBox:
    box = QComboBox()
    describe(box, name, tip)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(FIELD_LETTERS)
    return box


def _as_wide_as_others(box: SpinBox) -> SpinBox:
    box.setMinimumWidth(box.fontMetrics().averageCharWidth() * NUMBER_LETTERS)
    return box


def _form(page: QWidget) -> QFormLayout:
    column, form = QVBoxLayout(page), QFormLayout()
    column.addLayout(form)
    column.addStretch()  # takes the remaining height, over which the rows would otherwise spread
    em = page.fontMetrics().height()
    column.setContentsMargins(em, em, em, em)
    form.setVerticalSpacing(em // 2)
    form.setHorizontalSpacing(em)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


def _add_row(form: QFormLayout, label: str, *widgets: QWidget, stretched: QWidget | None = None) -> None:
    """Add widgets side by side; the label's mnemonic focuses the first."""
    row = QHBoxLayout()
    row.setSpacing(widgets[0].fontMetrics().height() // 2)
    for widget in widgets:
        row.addWidget(widget, stretch=1 if widget is stretched else 0)
    if stretched is None:
        row.addStretch()
    buddy = QLabel(label)
    buddy.setBuddy(widgets[0])
    form.addRow(buddy, row)


class _Hint(QLabel):
    """Muted, wrapped text that sets its own height: a form layout gives wrapped text too little."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setWordWrap(True)
        self.setContentsMargins(0, 0, 0, self.fontMetrics().height() // 2)
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)  # the muted text of the theme

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(self.width()))
