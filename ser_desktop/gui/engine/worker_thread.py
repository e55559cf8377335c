"""A thread for one worker beside the engine."""

from __future__ import annotations

from PySide6.QtCore import QObject, QThread

CLOSE_MS = 2500


class WorkerThread:
    """The thread of a worker; it starts at once, with a low priority.

    Args:
        worker: Moved to the thread.
        name: Of the thread, as a debugger shows it.
    """

    def __init__(self, worker: QObject, name: str) -> None:
        self._thread = QThread()
        self._thread.setObjectName(name)
        worker.moveToThread(self._thread)
        self._thread.start(QThread.Priority.LowPriority)

    @property
    def has_ended(self) -> bool:
        """Whether the thread has ended."""
        return self._thread.isFinished()

    def close(self) -> bool:
        """End the thread after its task, which must be stopped before; return whether that was done within 2.5 s."""
        self._thread.quit()
        return self._thread.wait(CLOSE_MS)
