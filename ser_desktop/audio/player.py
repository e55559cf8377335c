"""Playing a recording, with the position that is heard.

Two threads: PortAudio's takes one block at a time out of a queue and does
nothing else; a second one reads ahead, and closes the loudspeaker at the end,
so that nobody waits for it. The position counts the samples that the
loudspeaker took, less those that have not sounded yet, so that it cannot drift
from what is heard.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import TYPE_CHECKING

import numpy as np
import soundfile

from ser_desktop.audio.devices import register_stream_thread
from ser_desktop.audio.files import FileSource
from ser_desktop.audio.mixing import mix_to_mono
from ser_desktop.audio.native_stderr import native_stderr_silenced
from ser_desktop.audio.opening import COPY_AGAIN
from ser_desktop.audio.outputs import find_output_device, list_output_names, open_output_stream
from ser_desktop.dsp.resample import StreamResampler
from ser_desktop.errors import AudioDeviceError, AudioFileError, SerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import numpy.typing as npt

    from ser_desktop.audio.outputs import OutputDevice, OutputStream

__all__ = ["Player", "list_output_names"]

BLOCK_S = 0.02
QUEUE_BLOCKS = 25  # half a second
READ_BLOCK_S = 0.1
POLL_S = 0.01
CLOSE_TIMEOUT_S = 0.5  # it takes milliseconds; one that hangs is left to its thread
TAIL_S = 0.05  # of silence before the loudspeaker is closed: what it says of its delay is right to 20 ms
MAX_CHANNELS = 2


class Player:
    """Plays one recording at a time through a loudspeaker.

    :meth:`play` and :meth:`stop` belong to one thread; the properties may be
    read by any. PortAudio must not look for devices anew while it plays.
    """

    def __init__(
        self,
        *,
        find_output: Callable[[str | None], OutputDevice] = find_output_device,
        open_stream: Callable[..., OutputStream] = open_output_stream,
    ) -> None:
        self._find_output = find_output
        self._open_stream = open_stream
        self._playback: _Playback | None = None

    def play(
        self,
        path: str | Path,
        start_s: float = 0.0,
        end_s: float | None = None,
        *,
        loop: bool = False,
        output_name: str | None = None,
    ) -> None:
        """Begin to play; what was playing before ends.

        Args:
            path: Where the recording is.
            start_s: Where to begin.
            end_s: Where to end; ``None`` is the end of the recording.
            loop: Begin again at ``start_s`` whenever the end is reached.
            output_name: Which loudspeaker; ``None`` is the system's default.

        Raises:
            AudioDeviceError: There is no such loudspeaker, or it cannot be
                opened.
            AudioFileError: There is no readable recording at this path.
        """
        if start_s < 0.0 or (end_s is not None and end_s <= start_s):
            raise ValueError(f"a passage must have a length, got {start_s}…{end_s} s")
        self.stop()
        device = self._find_output(output_name)
        excerpt = _Excerpt(path, start_s=start_s, end_s=end_s)
        try:
            self._playback = _Playback(excerpt, device, is_looped=loop, open_stream=self._open_stream)
        except SerError:
            excerpt.close()
            raise

    def stop(self) -> None:
        """Fall silent, within half a second; the position stays. A second call does nothing."""
        if self._playback is not None:
            self._playback.stop()

    @property
    def is_playing(self) -> bool:
        """Whether something is being heard; false soon after the last sample was."""
        return self._playback is not None and not self._playback.is_over

    @property
    def position_s(self) -> float:
        """Time in the recording of what is heard now, or was heard last."""
        return 0.0 if self._playback is None else self._playback.position_s

    @property
    def error(self) -> SerError | None:
        """Why the playing ended before its end, if it did so by itself."""
        return None if self._playback is None else self._playback.error


class _Excerpt(FileSource):
    """A stretch of a recording with all its channels, to be read as often as wanted."""

    def __init__(self, path: str | Path, *, start_s: float, end_s: float | None) -> None:
        super().__init__(path, block_s=READ_BLOCK_S)
        self.start_s = start_s
        self._first = round(start_s * self.rate)
        self._last = None if end_s is None else max(self._first + 1, round(end_s * self.rate))

    def blocks(self) -> Iterator[npt.NDArray[np.float32]]:
        """Yield the stretch as (n, channels) blocks; it ends early where the recording does.

        Raises:
            AudioFileError: The place cannot be found in a damaged recording.
        """
        if self.frames is not None and self._first >= self.frames:
            return
        try:
            with native_stderr_silenced():  # libmpg123 tells the terminal of each damaged frame that it passes
                self._file.seek(self._first)
        except soundfile.LibsndfileError as error:
            raise AudioFileError(
                "“{path}” cannot be played from {start_s:.1f} s: it is damaged or does not tell its length.",
                COPY_AGAIN,
                path=self.path,
                start_s=self.start_s,
            ) from error
        position, damage = self._first, None
        while damage is None and (self._last is None or position < self._last):
            block, damage = self._read_block()
            if not len(block):
                return
            yield block if self._last is None else block[: self._last - position]
            position += len(block)


class _Playback:
    """One excerpt on its way to one loudspeaker.

    Attributes:
        is_over: Whether it has ended, however that came.
        error: Why it ended by itself before its end, if it did.
    """

    def __init__(
        self, excerpt: _Excerpt, device: OutputDevice, *, is_looped: bool, open_stream: Callable[..., OutputStream]
    ) -> None:
        self.is_over = False
        self.error: SerError | None = None
        self._excerpt, self._device, self._is_looped = excerpt, device, is_looped
        self._channels = min(device.channels, MAX_CHANNELS)
        self._block_frames = round(BLOCK_S * device.rate)
        self._queue: deque[npt.NDArray[np.float32]] = deque()
        self._consumed_frames = 0  # by the loudspeaker; written by its thread alone
        self._last_block: tuple[int, float] | None = None  # first frame of the last block taken, and when it sounds
        self._loop_frames: int | None = None  # length of the excerpt, known once it was read
        self._stopped_at_s: float | None = None
        self._is_stopping = threading.Event()
        blocks = self._blocks()
        for block in blocks:  # so that the first sample comes at once
            self._queue.append(block)
            if len(self._queue) >= QUEUE_BLOCKS:
                break
        self._stream = open_stream(device, channels=self._channels, blocksize=self._block_frames, fill=self._fill)
        self._thread = threading.Thread(target=self._read_ahead, args=(blocks,), name="reading ahead", daemon=True)
        self._thread.start()
        register_stream_thread(self._thread)

    @property
    def position_s(self) -> float:
        """Time in the recording of what is heard now."""
        if self._stopped_at_s is not None:
            return self._stopped_at_s
        if self._last_block is None:
            return self._excerpt.start_s
        first, sounds_at_s = self._last_block
        since = round((time.monotonic() - sounds_at_s) * self._device.rate)
        frame = max(0, first + min(since, self._block_frames))  # a block that came late holds the position
        if self._loop_frames:
            frame = frame % self._loop_frames if self._is_looped else min(frame, self._loop_frames)
        return self._excerpt.start_s + frame / self._device.rate

    def stop(self) -> None:
        """Fall silent; wait for it half a second at most, for a sound server may hang."""
        if self._stopped_at_s is None:
            self._stopped_at_s = self.position_s
        self._is_stopping.set()
        self._thread.join(CLOSE_TIMEOUT_S)
        self.is_over = True

    def _fill(self, out: npt.NDArray[np.float32], delay_s: float) -> None:
        """Give the loudspeaker its next block (PortAudio's thread)."""
        try:
            block = self._queue.popleft()
        except IndexError:  # the end; or reading was too slow, and the position waits
            out.fill(0.0)
            return
        out[:] = block
        self._last_block = (self._consumed_frames, time.monotonic() + delay_s)
        self._consumed_frames += len(block)

    def _read_ahead(self, blocks: Iterator[npt.NDArray[np.float32]]) -> None:
        try:
            for block in blocks:
                while len(self._queue) >= QUEUE_BLOCKS:
                    if not self._poll():
                        return
                self._queue.append(block)
            # Left to end by itself (CallbackStop), the loudspeaker lost the last 0.1 s here.
            while not self._is_drained() and self._poll():
                pass
        except SerError as error:
            self.error = error
        finally:
            self.is_over = True
            self._excerpt.close()
            self._stream.close()
            self._queue.clear()  # sounddevice's streams refer to themselves: what they hold stays for long

    def _is_drained(self) -> bool:
        """Say whether all that was read has been heard."""
        if self._queue or self._last_block is None:
            return not self._queue
        return time.monotonic() > self._last_block[1] + BLOCK_S + TAIL_S

    def _poll(self) -> bool:
        """Wait a moment; say whether there is still somebody to listen.

        Raises:
            AudioDeviceError: The loudspeaker went away by itself.
        """
        is_stopping = self._is_stopping.wait(POLL_S)
        if not is_stopping and not self._stream.active:
            raise AudioDeviceError(
                "The loudspeaker “{name}” went away at {position_s:.1f} s.",
                "Connect it, or choose another output.",
                name=self._device.name,
                position_s=self.position_s,
            )
        return not is_stopping

    def _blocks(self) -> Iterator[npt.NDArray[np.float32]]:
        """Yield (block, channel) blocks of the length that the loudspeaker takes; the last one is filled with zeros."""
        remainder = np.zeros((0, self._channels), np.float32)
        for resampled in self._resampled_blocks():
            remainder = np.concatenate([remainder, resampled])
            whole = len(remainder) // self._block_frames * self._block_frames
            yield from remainder[:whole].reshape(-1, self._block_frames, self._channels)
            remainder = remainder[whole:]
        if len(remainder):
            yield np.pad(remainder, ((0, self._block_frames - len(remainder)), (0, 0)))

    def _resampled_blocks(self) -> Iterator[npt.NDArray[np.float32]]:
        """Yield the excerpt at the loudspeaker's rate, again and again if it is looped."""
        while True:
            frames = 0
            resamplers = [StreamResampler(self._excerpt.rate, self._device.rate) for _ in range(self._channels)]
            for block in self._excerpt.blocks():
                columns = _columns(block, self._channels)
                resampled = _interleaved([each.push(column) for each, column in zip(resamplers, columns, strict=True)])
                frames += len(resampled)
                yield resampled
            resampled = _interleaved([each.flush() for each in resamplers])
            self._loop_frames = frames = frames + len(resampled)
            yield resampled
            if not (self._is_looped and frames):
                return


def _columns(block: npt.NDArray[np.float32], channels: int) -> list[npt.NDArray[np.float32]]:
    """Return a column for each of the loudspeaker's channels; all the same where they are not those of the block."""
    limited = np.clip(np.nan_to_num(block), -1.0, 1.0)
    if block.shape[1] == channels:
        return [np.ascontiguousarray(column) for column in limited.T]
    return [np.ascontiguousarray(mix_to_mono(limited))] * channels


def _interleaved(columns: list[npt.NDArray[np.float32]]) -> npt.NDArray[np.float32]:
    return np.stack(columns, axis=1)
