"""Qt view for the setting from which probability an emotion is claimed, with what was measured of such claims."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QCheckBox, QFormLayout, QSpinBox, QWidget

from ser_desktop.emotion.claim_figures import ClaimFigures, claim_figures
from ser_desktop.emotion.model_file import ModelInfo
from ser_desktop.gui.dialogs.dialog_parts import describe
from ser_desktop.gui.dialogs.form_parts import Hint, add_row, as_wide_as_others
from ser_desktop.gui.shared.claim_words import expected_words
from ser_desktop.settings import Settings

LEAST, MOST = 20, 99  # percent; below, almost everything would be claimed, above, almost nothing


class ClaimSetting(QWidget):
    """The percentage, a choice of the model's own, and the expected precision and share."""

    def __init__(self) -> None:
        super().__init__()
        self._own, self._figures = 0.5, ClaimFigures()
        self._percent, self._is_own, self._expected = QSpinBox(), QCheckBox(self.tr("as the model")), Hint("")
        describe(
            self._percent,
            self.tr("Claim an emotion from"),
            self.tr("Probability from which an emotion is claimed; below it nothing is"),
        )
        describe(
            self._is_own,
            self.tr("Claim an emotion as the model"),
            self.tr("Use the probability that was fitted when the model was made"),
        )
        self._percent.setRange(LEAST, MOST)
        self._percent.setSuffix(self.tr(" %"))
        as_wide_as_others(self._percent)
        self._is_own.toggled.connect(self._on_own)
        self._percent.valueChanged.connect(self._show_expected)
        self._is_own.setChecked(True)

    def add_to(self, form: QFormLayout) -> None:
        """Add the rows to a form."""
        add_row(form, self.tr("Claim an &emotion from"), self._percent, self._is_own)
        form.addRow("", self._expected)

    def show_model(self, info: ModelInfo) -> None:
        """Show the threshold and the figures of a model."""
        self._own, self._figures = info.abstain_threshold, claim_figures(info)
        self._on_own(self._is_own.isChecked())

    def show_settings(self, settings: Settings) -> None:
        """Show the chosen threshold."""
        self._is_own.setChecked(settings.abstain_threshold is None)
        if settings.abstain_threshold is not None:
            self._percent.setValue(round(100 * settings.abstain_threshold))
        self._show_expected()

    def chosen(self) -> dict[str, Any]:
        """Return the chosen value by the name of the setting."""
        return {"abstain_threshold": None if self._is_own.isChecked() else self._percent.value() / 100}

    def _on_own(self, is_own: bool) -> None:
        self._percent.setDisabled(is_own)
        if is_own:
            self._percent.setValue(round(100 * self._own))
        self._show_expected()

    def _show_expected(self) -> None:
        threshold = self._own if self._is_own.isChecked() else self._percent.value() / 100
        applied = self.tr("Open recordings show it at once.")
        self._expected.show_text(f"{expected_words(threshold, self._figures)} {applied}")
