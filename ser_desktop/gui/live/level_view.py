"""Qt view for the level of a microphone: a meter in dBFS, its numbers, and a lamp for clipping."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ser_desktop.gui.live.clip_lamp import ClipLamp
from ser_desktop.gui.live.level_meter import LevelMeter, level_number, smaller_font
from ser_desktop.gui.live.level_scale import QUIETEST_DBFS, PeakHold
from ser_desktop.gui.shared.steady_label import SteadyLabel
from ser_desktop.gui.shared.theme import Theme

NUMBERS_EVERY_S = 0.25  # faster ones cannot be read


class LevelView(QWidget):
    """Level of a microphone: RMS bar, peak-hold line, maximum, and a clipping lamp that stays lit until it is pressed.

    Args:
        parent: Parent widget.
        clock: Monotonic clock in seconds, for the peak-hold line.
    """

    def __init__(self, parent: QWidget | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._clock = clock
        self._peak = PeakHold()
        self._maximum_dbfs, self._numbers_due_s = QUIETEST_DBFS, -math.inf
        self._meter = LevelMeter(self)
        self._numbers = SteadyLabel(self._number_lines("−100", "−100.0"), self)
        self._numbers.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._numbers.setToolTip(self.tr("Level now (RMS), and the highest peak since the start"))
        self._lamp = ClipLamp(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._meter)
        layout.addWidget(self._numbers)
        layout.addWidget(self._lamp)
        self.setAccessibleName(self.tr("Level"))
        self._scale_to_font()
        self.reset()

    def show_level(self, rms_dbfs: float, peak_dbfs: float, is_clipped: bool) -> None:
        """Show the newest level.

        Args:
            rms_dbfs: RMS level, dB relative to full scale.
            peak_dbfs: Highest sample since the last call.
            is_clipped: Whether a sample since the last call reached full scale.
        """
        now_s = self._clock()
        self._maximum_dbfs = max(self._maximum_dbfs, peak_dbfs)
        self._meter.show_levels(rms_dbfs, self._peak.push(peak_dbfs, now_s), self._maximum_dbfs)
        if is_clipped:
            self._lamp.light()
        if now_s >= self._numbers_due_s:
            self._numbers_due_s = now_s + NUMBERS_EVERY_S
            self._show_numbers(rms_dbfs, peak_dbfs)

    def reset(self) -> None:
        """Clear level and maximum, and switch off the lamp."""
        self._peak = PeakHold()
        self._maximum_dbfs, self._numbers_due_s = QUIETEST_DBFS, -math.inf
        self._meter.show_levels(QUIETEST_DBFS, QUIETEST_DBFS, QUIETEST_DBFS)
        self._meter.set_description(QUIETEST_DBFS, self.tr("No sound yet."))
        self._numbers.show_text(self._number_lines("–", "–"))
        self._lamp.put_out()

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._meter.show_theme(theme)
        self._lamp.show_theme(theme)

    def changeEvent(self, event: QEvent) -> None:
        """Fit the size to the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._scale_to_font()

    def _show_numbers(self, rms_dbfs: float, peak_dbfs: float) -> None:
        rms, maximum = level_number(rms_dbfs), level_number(self._maximum_dbfs, digits=1)
        self._numbers.show_text(self._number_lines(rms, maximum))
        description = self.tr("Level {level} dBFS, peak {peak} dBFS, maximum {maximum} dBFS.")
        self._meter.set_description(
            rms_dbfs, description.format(level=rms, peak=level_number(peak_dbfs, digits=1), maximum=maximum)
        )

    def _scale_to_font(self) -> None:
        self._numbers.setFont(smaller_font(self.font()))
        self._numbers.fit()
        self._lamp.scale_to_font()

    def _number_lines(self, level: str, maximum: str) -> str:
        return self.tr("{level} dBFS\nmax {maximum}").format(level=level, maximum=maximum)
