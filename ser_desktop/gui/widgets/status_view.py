"""Qt view for the status bar: source, model, and progress or live figures."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QProgressBar, QStatusBar, QWidget

from ser_desktop.gui.widgets.menu_button import MenuButton

if TYPE_CHECKING:
    from ser_desktop.gui.engine.job import Progress
    from ser_desktop.gui.engine.opened_sound import RecordingInfo

CPU_EVERY_MS = 2000
LIVE_EVERY_S = 0.5  # figures that change faster cannot be read
DELAYS_KEPT = 8  # entries; with the usual hop those of the last two seconds
ESTIMATE_AFTER_S = 0.5  # an estimate from less time would jump


class StatusView(QStatusBar):
    """Shows source, model and, while reading or recording, progress or live figures; each figure is measured.

    Args:
        parent: Parent widget.
        clock: Monotonic clock in seconds, the one that ``LiveState.arrived_at_s`` was read from.
    """

    def __init__(self, parent: QWidget | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._clock = clock
        self._model_words, self._model_rate, self._started_s = "", 0, 0.0
        self._info: RecordingInfo | None = None  # of the running recording
        self._source: RecordingInfo | None = None  # of the shown recording
        self._delays_s: deque[float] = deque(maxlen=DELAYS_KEPT)
        self._dropouts = 0
        self._live_due_s = 0.0
        self._cpu_share, self._cpu_since = 0.0, (0.0, 0.0)
        self._texts = tuple(QLabel(self) for _ in range(3))
        self._source_label, self._model_label, self._work_label = self._texts
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress of reading"))
        self._bar.setFixedSize(self.fontMetrics().horizontalAdvance("0") * 18, self.fontMetrics().height() * 2 // 3)
        self._bar.hide()
        self.setContentsMargins(self.fontMetrics().height() // 2, 0, self.fontMetrics().height() // 2, 0)
        for label, name in zip(self._texts, (self.tr("Source"), self.tr("Model"), self.tr("Progress")), strict=True):
            label.setAccessibleName(name)
        self._sound_button, self._voice_button = MenuButton(self), MenuButton(self)
        for button in (self._sound_button, self._voice_button):
            button.hide()
        self._sound_button.setToolTip(self.tr("Choose the channel, or the audio track, that is analysed"))
        # In one widget, which the bar hides while it shows a message: those inside come and go as before.
        facts = QWidget(self)
        row = QHBoxLayout(facts)
        row.setContentsMargins(0, 0, 0, 0)
        facts.setMinimumWidth(1)  # a window of 900 pixels must not grow for a long name
        for each in (self._source_label, self._sound_button, self._voice_button, self._model_label):
            row.addWidget(each)
        self.addWidget(facts)
        self.addPermanentWidget(self._bar)
        self.addPermanentWidget(self._work_label)
        self._source_label.hide()  # an empty one would shift the others
        self._model_label.setText(self.tr("The model is being loaded …"))
        self._cpu_timer = QTimer(self)
        self._cpu_timer.timeout.connect(self._measure_cpu)
        self.setSizeGripEnabled(False)

    def text(self) -> str:
        """Return all visible text."""
        return " ".join(label.text() for label in self._texts if label.text())

    def show_model(self, identity: str, device: str, rate: int, *, is_built_in: bool = False) -> None:
        """Show the model, its device, and its input sample rate in Hz.

        Args:
            identity: ``name@hash``; the tooltip has it.
            device: The device.
            rate: The sample rate.
            is_built_in: Whether it is the model of the program, which is called so.
        """
        self._model_rate = rate
        self._model_words = self.tr("built-in model") if is_built_in else identity
        self._model_label.setToolTip(
            self.tr("Model {name}, on {device}. More under Help ▸ Model card.").format(
                name=identity, device=device.upper()
            )
        )
        self._show_source()

    def begin(self, info: RecordingInfo) -> None:
        """Reset the figures: reading or recording begins."""
        self._info, self._source, self._started_s, self._dropouts = info, info, self._clock(), 0
        self._delays_s.clear()
        self._live_due_s = 0.0
        self._show_source()
        if info.is_live:
            self._cpu_since = (self._clock(), time.process_time())
            self._cpu_share = 0.0
            self._cpu_timer.start(CPU_EVERY_MS)
        self._bar.setVisible(not info.is_live)
        self._bar.setRange(0, 1000 if info.seconds else 0)

    def show_source(self, info: RecordingInfo | None) -> None:
        """Show the facts of the shown recording, which need not be the running one."""
        self._source = info
        self._show_source()

    def show_sound(self, menu: QMenu, text: str) -> None:
        """Show which sound of the recording is analysed, with the menu to change it.

        Args:
            menu: The menu.
            text: The choice in words; empty where there is none.
        """
        self._sound_button.setMenu(menu)
        self._sound_button.setText(text)
        self._sound_button.setAccessibleName(self.tr("Channel: {choice}").format(choice=text))
        self._sound_button.setVisible(bool(text))
        self._sound_button.setEnabled(menu.isEnabled())

    def show_voice(self, menu: QMenu, text: str, *, of_channels: str = "") -> None:
        """Show what is known of the voice of the recording, with the menu to say who speaks.

        Args:
            menu: The menu.
            text: What is known, in words; empty where there is nothing to tell.
            of_channels: What is known of each channel, one a line; empty where only one is analysed.
        """
        tip = self.tr("Say who speaks in this recording; it is analysed again then")
        tip = f"{of_channels or text}\n{tip}"
        now = (self._voice_button.text(), self._voice_button.toolTip(), not self._voice_button.isHidden())
        if now == (text, tip, bool(text)):
            return  # it is called at each step of an analysis
        self._voice_button.setToolTip(tip)
        self._voice_button.setMenu(menu)
        self._voice_button.setText(text)
        self._voice_button.setAccessibleName(text)
        self._voice_button.setVisible(bool(text))

    def show_progress(self, progress: Progress) -> None:
        """Show the progress of reading, or the figures of live analysis."""
        if self._info is None:
            return
        if progress.live:
            self._dropouts = progress.live.dropouts
            if progress.entries and progress.live.arrived_at_s:
                after_entry_s = progress.position_s - progress.entries[-1].end_s  # sound that follows the entry
                self._delays_s.append(self._clock() - progress.live.arrived_at_s + after_entry_s)
            if progress.entries and self._clock() >= self._live_due_s:
                self._live_due_s = self._clock() + LIVE_EVERY_S
                self._show_live()
        elif self._info.seconds:
            self._show_reading(min(1.0, progress.position_s / self._info.seconds))

    def end(self) -> None:
        """Clear progress and figures: reading or recording is over."""
        self._cpu_timer.stop()
        self._bar.hide()
        self._work_label.clear()

    def _show_reading(self, share: float) -> None:
        self._bar.setValue(round(1000 * share))
        spent_s = self._clock() - self._started_s
        text = self.tr("reading: {percent} %").format(percent=round(100 * share))
        if share > 0.0 and spent_s >= ESTIMATE_AFTER_S:
            left = _duration(spent_s * (1.0 - share) / share)
            text = self.tr("reading: {percent} %, {time} left").format(percent=round(100 * share), time=left)
        self._work_label.setText(text)
        self._work_label.setToolTip(self.tr("Esc stops reading; results so far are kept"))

    def _show_live(self) -> None:
        parts = []
        if self._delays_s:
            parts.append(self.tr("delay {milliseconds} ms").format(milliseconds=round(1000 * max(self._delays_s))))
        words = self.tr("1 dropout") if self._dropouts == 1 else self.tr("{count} dropouts")
        parts.append(words.format(count=self._dropouts))
        if self._cpu_share:
            parts.append(self.tr("CPU {percent} %").format(percent=round(100 * self._cpu_share)))
        self._work_label.setText(" · ".join(parts))
        self._work_label.setToolTip(
            self.tr(
                "Delay: time from the sound at the microphone to its entry in the window, the longest of the "
                "last {count}. CPU: share of one of the {cores} processors that this program uses."
            ).format(count=DELAYS_KEPT, cores=os.cpu_count() or 1)
        )

    def _show_source(self) -> None:
        self._source_label.setVisible(self._source is not None)
        if self._source is None:
            self._source_label.clear()
            self._model_label.setText(self._model_words)
            return
        channels = {1: self.tr("mono"), 2: self.tr("stereo")}.get(
            self._source.channels, self.tr("{count} channels").format(count=self._source.channels)
        )
        rates_hz = (self._source.rate, self._model_rate)
        rate, model_rate = (self.locale().toString(rate_hz / 1000, "g", 6) for rate_hz in rates_hz)
        text = self.tr("{rate} kHz {channels}").format(rate=rate, channels=channels)
        self._source_label.setText(
            text + self.tr(" → {rate} kHz").format(rate=model_rate) if self._model_rate else text
        )
        if self._model_words:
            self._model_label.setText(f"· {self._model_words}")
        self._source_label.setToolTip(
            self.tr("Sample rate and channels of the recording, and the sample rate of the model")
        )

    def _measure_cpu(self) -> None:
        now = (self._clock(), time.process_time())
        spent_s = now[0] - self._cpu_since[0]
        if spent_s > 0.0:
            self._cpu_share = (now[1] - self._cpu_since[1]) / spent_s
        self._cpu_since = now


def _duration(seconds: float) -> str:
    whole = max(1, round(seconds))
    minutes, second = divmod(whole, 60)
    hours, minute = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minute:02d} min"
    return f"{minute} min {second:02d} s" if minute else f"{second} s"
