"""Plays the shown recording and reports the position."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from ser_desktop.audio.player import Player
from ser_desktop.errors import SerError
from ser_desktop.gui.engine.devices import Devices
from ser_desktop.gui.shared.translation import error_text

TICK_MS = 33


class Playback(QObject):
    """A player that reports its position at 30 Hz, on the GUI thread.

    Args:
        devices: Finds the loudspeaker.

    Signals:
        moved(float): Position in the recording, in seconds.
        changed(bool): Playing began (true) or ended.
        failed(str): Why it cannot be played, in words for the user.
    """

    moved = Signal(float)
    changed = Signal(bool)
    failed = Signal(str)

    def __init__(self, devices: Devices) -> None:
        super().__init__()
        self._player = Player(find_output=devices.find_output)
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
        """Play a range of a recording; ``end_s=None`` plays to its end."""
        try:
            self._player.play(path, start_s, end_s, loop=is_looped, output_name=output_name)
        except SerError as error:
            self.failed.emit(error_text(error))
            return
        self._timer.start()
        self.changed.emit(True)

    def stop(self) -> None:
        """Stop playing; does nothing if nothing plays."""
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
