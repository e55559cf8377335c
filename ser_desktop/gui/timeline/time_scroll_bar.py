"""Qt view for which part of the recording is in view, as a scroll bar."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollBar

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
        self.valueChanged.connect(lambda value: self.scroll_requested.emit(value * SCROLL_STEP_MS / 1000.0))

    def show_view(self, view: Viewport) -> None:
        """Show the view range."""
        latest, page = _steps(view.latest_start_s), max(_steps(view.span_s), 1)
        if view.is_following and page == self.pageStep() and abs(latest - self.maximum()) < page // 60:
            return  # twice a second is enough while following: 30 repaints a second take 3 % of a core
        self.blockSignals(True)
        self.setRange(0, latest)
        self.setPageStep(page)
        self.setSingleStep(max(page // 20, 1))
        self.setValue(_steps(view.start_s))
        self.blockSignals(False)


def _steps(seconds: float) -> int:
    return round(seconds * 1000.0 / SCROLL_STEP_MS)
