"""Plays a recording and reports the position that is audible.

There are three concurrent activities. PortAudio's callback takes one block at a
time from a queue. The thread “reading ahead” decodes, resamples and fills the
queue, and closes the stream at the end. The caller starts and stops playback and
reads the position.

The position counts the samples that the callback took, minus the output latency.
So it cannot drift from the audible sound.
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
QUEUE_BLOCKS = 25  # 0.5 s
READ_BLOCK_S = 0.1
POLL_S = 0.01
CLOSE_TIMEOUT_S = 0.5  # closing takes milliseconds; if the sound server hangs, only the thread waits
TAIL_S = 0.05  # wait after the last block, because the reported latency may be wrong by 20 ms
MAX_CHANNELS = 2


class Player:
    """Plays one recording at a time through a loudspeaker.

    Only one thread may call :meth:`play` and :meth:`stop`; any thread may read the
    properties. PortAudio must not rescan devices during playback.
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
        """Start playback; a playback in progress is stopped first.

        Args:
            path: Path of the recording.
            start_s: Start of the passage, seconds.
            end_s: End of the passage, seconds; ``None`` means the end of the
                recording.
            loop: Repeat the passage until :meth:`stop`.
            output_name: Name of the loudspeaker; ``None`` means the system's
                default.

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
        """Stop playback; return within 0.5 s. The position stays; a second call does nothing."""
        if self._playback is not None:
            self._playback.stop()

    @property
    def is_playing(self) -> bool:
        """Whether playback is in progress; false shortly after the last sample was audible."""
        return self._playback is not None and not self._playback.is_over

    @property
    def position_s(self) -> float:
        """Time in the recording of the sample audible now, or of the last one that was."""
        return 0.0 if self._playback is None else self._playback.position_s

    @property
    def error(self) -> SerError | None:
        """The error that ended playback early, or ``None``."""
        return None if self._playback is None else self._playback.error


class _Excerpt(FileSource):
    """A passage of a recording with all its channels, which can be read repeatedly."""

    def __init__(self, path: str | Path, *, start_s: float, end_s: float | None) -> None:
        super().__init__(path, block_s=READ_BLOCK_S)
        self.start_s = start_s
        self._first = round(start_s * self.rate)
        self._last = None if end_s is None else max(self._first + 1, round(end_s * self.rate))

    def blocks(self) -> Iterator[npt.NDArray[np.float32]]:
        """Yield the passage as (n, channels) blocks; it ends at the latest where the recording ends.

        Raises:
            AudioFileError: The start cannot be reached, because the file is
                damaged or declares no length.
        """
        if self.frames is not None and self._first >= self.frames:
            return
        try:
            with native_stderr_silenced():  # libmpg123 prints a line for each damaged frame on the way
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
    """Playback of one excerpt on one loudspeaker.

    Attributes:
        is_over: Whether playback has ended, for any reason.
        error: The error that ended it early, or ``None``.
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
        self._consumed_frames = 0  # written by the callback only
        self._last_block: tuple[int, float] | None = None  # first frame of the last block, and when it is audible
        self._loop_frames: int | None = None  # length of the excerpt, known after the first pass
        self._stopped_at_s: float | None = None
        self._is_stopping = threading.Event()
        blocks = self._blocks()
        for block in blocks:  # fill the queue before the stream starts
            self._queue.append(block)
            if len(self._queue) >= QUEUE_BLOCKS:
                break
        self._stream = open_stream(device, channels=self._channels, blocksize=self._block_frames, fill=self._fill)
        self._thread = threading.Thread(target=self._read_ahead, args=(blocks,), name="reading ahead", daemon=True)
        self._thread.start()
        register_stream_thread(self._thread)

    @property
    def position_s(self) -> float:
        """Time in the recording of the sample audible now."""
        if self._stopped_at_s is not None:
            return self._stopped_at_s
        if self._last_block is None:
            return self._excerpt.start_s
        first, sounds_at_s = self._last_block
        since = round((time.monotonic() - sounds_at_s) * self._device.rate)
        # After an underrun the position stays at the end of the last block until the next one is played.
        frame = max(0, first + min(since, self._block_frames))
        if self._loop_frames:
            frame = frame % self._loop_frames if self._is_looped else min(frame, self._loop_frames)
        return self._excerpt.start_s + frame / self._device.rate

    def stop(self) -> None:
        """Stop; wait at most 0.5 s for the stream to close, because a sound server may hang."""
        if self._stopped_at_s is None:
            self._stopped_at_s = self.position_s
        self._is_stopping.set()
        self._thread.join(CLOSE_TIMEOUT_S)
        self.is_over = True

    def _fill(self, out: npt.NDArray[np.float32], delay_s: float) -> None:
        """Copy the next block to PortAudio (PortAudio's thread)."""
        try:
            block = self._queue.popleft()
        except IndexError:  # the end, or an underrun: the position waits
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
            # Raising CallbackStop in the callback would cut off the last 0.1 s.
            while not self._is_drained() and self._poll():
                pass
        except SerError as error:
            self.error = error
        finally:
            self.is_over = True
            self._excerpt.close()
            self._stream.close()
            self._queue.clear()  # sounddevice's streams are reference cycles, which would keep the blocks in memory

    def _is_drained(self) -> bool:
        """Return whether all blocks have been played."""
        if self._queue or self._last_block is None:
            return not self._queue
        return time.monotonic() > self._last_block[1] + BLOCK_S + TAIL_S

    def _poll(self) -> bool:
        """Wait 10 ms or until :meth:`stop`; return whether playback goes on.

        Raises:
            AudioDeviceError: The stream ended by itself.
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
        """Yield (block, channel) blocks of the stream's block size; the last one is padded with zeros."""
        remainder = np.zeros((0, self._channels), np.float32)
        for resampled in self._resampled_blocks():
            remainder = np.concatenate([remainder, resampled])
            whole = len(remainder) // self._block_frames * self._block_frames
            yield from remainder[:whole].reshape(-1, self._block_frames, self._channels)
            remainder = remainder[whole:]
        if len(remainder):
            yield np.pad(remainder, ((0, self._block_frames - len(remainder)), (0, 0)))

    def _resampled_blocks(self) -> Iterator[npt.NDArray[np.float32]]:
        """Yield the excerpt at the loudspeaker's rate, repeatedly if it is looped."""
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
    """Return one column for each output channel; copies of the mono mix if the channel counts differ."""
    limited = np.clip(np.nan_to_num(block), -1.0, 1.0)
    if block.shape[1] == channels:
        return [np.ascontiguousarray(column) for column in limited.T]
    return [np.ascontiguousarray(mix_to_mono(limited))] * channels


def _interleaved(columns: list[npt.NDArray[np.float32]]) -> npt.NDArray[np.float32]:
    return np.stack(columns, axis=1)
