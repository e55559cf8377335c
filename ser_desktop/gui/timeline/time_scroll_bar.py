"""Qt view for which part of the recording is in view, as a scroll bar."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractSlider, QScrollBar

from ser_desktop.gui.timeline.time_axis import Viewport

SCROLL_STEP_MS = 10  # milliseconds of one step; ten hours fit the 32-bit integers of a scroll bar


class TimeScrollBar(QScrollBar):
    """The scroll bar below the lanes.

    Signals:
        scroll_requested: Emitted with the new time at the left edge, in seconds.
    """

    scroll_requested = Signal(float)

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setAccessibleName(self.tr("Part of the recording in view"))
        self.setToolTip(self.tr("Scroll through the recording"))
        self.valueChanged.connect(lambda value: self.scroll_requested.emit(step_seconds(value)))

    def show_view(self, view: Viewport) -> None:
        """Show the view range."""
        page = max(_steps(view.span_s), 1)
        grown = abs(_steps(view.latest_start_s) - self.maximum())
        if view.is_following and page == self.pageStep() and grown < page // 60:
            return  # twice a second is enough while following: 30 repaints a second take 3 % of a core
        show_steps(self, view)


def show_steps(bar: QAbstractSlider, view: Viewport) -> None:
    """Give a bar the range, page and value of a view range, without its signals."""
    page = max(_steps(view.span_s), 1)
    bar.blockSignals(True)
    bar.setRange(0, _steps(view.latest_start_s))
    bar.setPageStep(page)
    bar.setSingleStep(max(page // 20, 1))
    bar.setValue(_steps(view.start_s))
    bar.blockSignals(False)


def step_seconds(value: int) -> float:
    """Return the seconds of a value of a bar."""
    return value * SCROLL_STEP_MS / 1000.0


def _steps(seconds: float) -> int:
    return round(seconds * 1000.0 / SCROLL_STEP_MS)
