"""Plays the shown recording and reports the position."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle
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
        player: Plays the sound; without it one that uses this loudspeaker.

    Signals:
        moved(float): Position in the recording, in seconds.
        changed(bool): Playing began (true) or ended.
        passage_begun(float, float): The next of several passages begins; carries its start and end in seconds.
        failed(str): Why it cannot be played, in words for the user.
    """

    moved = Signal(float)
    changed = Signal(bool)
    passage_begun = Signal(float, float)
    failed = Signal(str)

    def __init__(self, devices: Devices, *, player: Player | None = None) -> None:
        super().__init__()
        self._waiting: Iterator[tuple[float, float]] = iter(())
        self._path, self._output_name = Path(), ""
        self._player = player or Player(find_output=devices.find_output)
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
        self._waiting = iter(())
        if self._begin(path, start_s, end_s, is_looped=is_looped, output_name=output_name):
            self.changed.emit(True)

    def play_passages(
        self, path: Path, passages: Sequence[tuple[float, float]], *, is_looped: bool, output_name: str | None
    ) -> None:
        """Play passages of a recording one after the other, each given by its start and end in seconds.

        Looped, the first follows the last; a single one is repeated without a break.
        """
        self.stop()
        is_repeated = is_looped and len(passages) == 1
        self._waiting = cycle(passages) if is_looped and not is_repeated else iter(passages)
        self._path, self._output_name = path, output_name or ""
        if self._begin_next(is_looped=is_repeated):
            self.changed.emit(True)

    def _begin_next(self, *, is_looped: bool = False) -> bool:
        """Begin the passage that waits; return whether one plays now."""
        passage = next(self._waiting, None)
        if passage is None:
            return False
        if not self._begin(self._path, *passage, is_looped=is_looped, output_name=self._output_name or None):
            self._waiting = iter(())
            return False
        self.passage_begun.emit(*passage)
        return True

    def _begin(
        self, path: Path, start_s: float, end_s: float | None, *, is_looped: bool, output_name: str | None
    ) -> bool:
        try:
            self._player.play(path, start_s, end_s, loop=is_looped, output_name=output_name)
        except SerError as error:
            self.failed.emit(error_text(error))
            return False
        self._timer.start()
        return True

    def stop(self) -> None:
        """Stop playing; does nothing if nothing plays."""
        self._waiting = iter(())
        if self._timer.isActive():
            self._timer.stop()
            self._player.stop()
            self.changed.emit(False)

    def _tick(self) -> None:
        self.moved.emit(self._player.position_s)
        if not self._player.is_playing:
            error = self._player.error
            if error is None and self._begin_next():
                return
            self.stop()
            if error:
                self.failed.emit(error_text(error))
