"""The thread of the engine."""

from __future__ import annotations

from PySide6.QtCore import QMetaObject, Qt, QThread

from ser_desktop.gui.engine.engine import Engine

CLOSE_MS = 2500  # closing a hung microphone takes 2 s; together with a hung loudspeaker it stays below 3 s


class EngineThread:
    """The thread of the engine; it starts at once.

    Args:
        engine: Moved to the thread.
    """

    def __init__(self, engine: Engine) -> None:
        self._thread = QThread()
        self._thread.setObjectName("engine")
        self._engine = engine
        engine.moveToThread(self._thread)
        self._thread.started.connect(engine.begin)
        self._thread.start()

    @property
    def has_ended(self) -> bool:
        """Whether the thread has ended."""
        return self._thread.isFinished()

    def close(self) -> bool:
        """Stop the running job and end the thread; return whether that was done within 2.5 s."""
        QMetaObject.invokeMethod(self._engine, "close", Qt.ConnectionType.QueuedConnection)
        return self._thread.wait(CLOSE_MS)
