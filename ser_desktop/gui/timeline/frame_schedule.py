"""When a plot is brought up to date: at most once a frame, and together with what else is painted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

EARLY_MS = 8  # a step of a recording comes every 30 ms, and is shown at once


class FrameSchedule(QObject):
    """Joins requests for an update to one for each frame.

    Args:
        parent: The plot.
        frame_ms: Returns the time between two updates now.

    Signals:
        due(): The plot is to be updated now.
    """

    due = Signal()
    _posted = Signal()

    def __init__(self, parent: QObject, frame_ms: Callable[[], int]) -> None:
        super().__init__(parent)
        self._frame_ms = frame_ms
        self._since_frame = QElapsedTimer()
        self._since_frame.start()
        self._timer, self._is_posted = QTimer(self, singleShot=True), False
        self._timer.timeout.connect(self.due)
        self._posted.connect(self._report, Qt.ConnectionType.QueuedConnection)

    def request(self, *, is_urgent: bool = False) -> None:
        """Schedule an update.

        One that is due comes before Qt paints what else has changed since the last event, such as the level meter, so
        that both are painted together.

        Args:
            is_urgent: Whether it is due now.
        """
        if self._is_posted or (self._timer.isActive() and not is_urgent):
            return
        wait_ms = 0 if is_urgent else self._frame_ms() - self._since_frame.elapsed()
        if wait_ms > EARLY_MS:
            self._timer.start(wait_ms)
        else:
            self._is_posted = True
            self._posted.emit()

    def begin_frame(self) -> None:
        """Count the time of the frame from now on; what was requested before is part of this update."""
        self._is_posted = False
        self._timer.stop()
        self._since_frame.restart()

    def _report(self) -> None:
        if self._is_posted:
            self.due.emit()
