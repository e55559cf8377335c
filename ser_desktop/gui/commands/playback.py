"""Plays the open recording and tells where it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from ser_desktop.audio.player import Player
from ser_desktop.errors import SerError
from ser_desktop.gui.shared.translation import error_text

TICK_MS = 33


class Playback(QObject):
    """A player whose position is told at 30 Hz, on the GUI thread.

    Signals:
        moved(float): The position, in seconds of the recording.
        changed(bool): Whether something plays.
        failed(str): Why it cannot, in words for the user.
    """

    moved = Signal(float)
    changed = Signal(bool)
    failed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._player = Player()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    @property
    def is_playing(self) -> bool:
        """Whether something plays."""
        return self._timer.isActive()

    def play(
        self, path: Path, start_s: float, end_s: float | None, *, is_looped: bool, output_name: str | None
    ) -> None:
        """Play a stretch of a recording."""
        try:
            self._player.play(path, start_s, end_s, loop=is_looped, output_name=output_name)
        except SerError as error:
            self.failed.emit(error_text(error))
            return
        self._timer.start()
        self.changed.emit(True)

    def stop(self) -> None:
        """Fall silent; nothing happens where nothing plays."""
        if self._timer.isActive():
            self._timer.stop()
            self._player.stop()
            self.changed.emit(False)

    def _tick(self) -> None:
        self.moved.emit(self._player.position_s)
        if not self._player.is_playing:
            error = self._player.error
            self.stop()
            if error:
                self.failed.emit(error_text(error))
