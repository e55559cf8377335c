"""Qt view for the page of the settings about the analysis: shows its part and returns the chosen values."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QLineEdit, QPushButton, QWidget

from ser_desktop.emotion.model_file import ModelInfo
from ser_desktop.emotion.offered_devices import missing_packages, offered_devices
from ser_desktop.gui.dialogs.claim_setting import ClaimSetting
from ser_desktop.gui.dialogs.dialog_parts import describe
from ser_desktop.gui.dialogs.form_parts import Hint, add_row, as_wide_as_others, choice, form_of
from ser_desktop.settings import MAX_SECONDS, Settings
from ser_desktop.values import SHORTEST_HOP_S, Device

STEP_S = 0.05


class AnalysisPage(QWidget):
    """Model, device that runs it, window, hop, smoothing, and from which probability an emotion is claimed.

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
        self._claim = ClaimSetting()
        self._lay_out()

    def show_model(self, info: ModelInfo, *, is_built_in: bool) -> None:
        """Show a model, and limit the window to the lengths that it supports."""
        words = self.tr("{model} (built in)") if is_built_in else "{model}"
        self._model.setText(words.format(model=info.identity))
        self._model.setCursorPosition(0)  # show the start of a name that is longer than the field
        self._show_limits(info.shortest_s, info.window_s)
        self._claim.show_model(info)
        longest = self.tr("Maximum of the model: {seconds} s")
        self._is_longest.setText(longest.format(seconds=self.locale().toString(info.window_s, "g", 3)))

    def show_missing_model(self, name: str) -> None:
        """Show that the chosen model cannot be read."""
        self._model.setText(self.tr("{model} (cannot be used)").format(model=name))
        self._show_limits(SHORTEST_HOP_S, MAX_SECONDS)
        self._is_longest.setText(self.tr("Maximum of the model"))

    def show_settings(self, settings: Settings) -> None:
        """Show the settings, except for the model; a device that cannot be used here stays chosen and is named so."""
        if self._device.findData(settings.device) < 0:
            text = self.tr("{device} (cannot be used here)").format(device=self._device_words()[settings.device])
            self._device.addItem(text, settings.device)
        self._device.setCurrentIndex(self._device.findData(settings.device))
        self._is_longest.setChecked(settings.window_s is None)
        if settings.window_s is not None:
            self._window.setValue(settings.window_s)
        self._hop.setValue(settings.hop_s)
        self._smoothing.setValue(settings.smoothing_s)
        self._claim.show_settings(settings)

    def chosen(self) -> dict[str, Any]:
        """Return the chosen values by the names of the settings, except for the model."""
        return {
            "device": self._device.currentData(),
            "window_s": None if self._is_longest.isChecked() else round(self._window.value(), 2),
            "hop_s": round(self._hop.value(), 2),
            "smoothing_s": round(self._smoothing.value(), 2),
            **self._claim.chosen(),
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
        self._device = choice(self.tr("Runs on"), self.tr("Where the model runs"))
        words = self._device_words()
        for device in offered_devices():
            self._device.addItem(words[device], device)

    def _device_words(self) -> dict[Device, str]:
        return {
            "auto": self.tr("Automatic (the CPU)"),
            "cpu": self.tr("CPU"),
            "cuda": self.tr("NVIDIA graphics card (CUDA)"),
            "mps": self.tr("Apple graphics (MPS)"),
        }

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

    def _lay_out(self) -> None:
        form = form_of(self)
        add_row(form, self.tr("Mo&del"), self._model, self._choose, self._built_in, stretched=self._model)
        form.addRow(self.tr("R&uns on"), self._device)
        on_device = self.tr("The CPU needs about a millisecond for each entry; a graphics card gains little.")
        if missing := missing_packages():
            on_device += " " + self.tr("It would need {package}, which is not installed.").format(package=missing[0])
        form.addRow("", Hint(on_device))
        add_row(form, self.tr("&Window"), self._window, self._is_longest)
        add_row(form, self.tr("&Hop"), self._hop)
        add_row(form, self.tr("Smoo&thing"), self._smoothing)
        form.addRow(
            "",
            Hint(
                self.tr(
                    "Each entry is computed from a window of sound; a new one is added every hop. "
                    "Changes apply to the next recording."
                )
            ),
        )
        self._claim.add_to(form)

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
        return as_wide_as_others(box)
