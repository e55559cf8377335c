"""Plays a recording and reports the position that is audible.

There are three concurrent activities. The thread “reading ahead” opens the
recording and the stream, decodes, resamples and fills a queue, and closes the
stream at the end. PortAudio's callback takes one block at a time from the queue.
The caller starts and stops playback and reads the position; it waits for none of
this, because opening a compressed recording takes a quarter of a second.

The position counts the samples that the callback took, minus the output latency.
So it cannot drift from the audible sound.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ser_desktop.audio.devices import register_stream_thread
from ser_desktop.audio.files import FileSource
from ser_desktop.audio.mixing import mix_to_mono
from ser_desktop.audio.outputs import find_output_device, list_output_names, open_output_stream
from ser_desktop.dsp.resample import StreamResampler
from ser_desktop.errors import AudioDeviceError, SerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
        """Start playback and return at once; a playback in progress is stopped first.

        A recording or a loudspeaker that cannot be opened ends the playback;
        :attr:`error` then has the reason.

        Args:
            path: Path of the recording.
            start_s: Start of the passage, seconds.
            end_s: End of the passage, seconds; ``None`` means the end of the
                recording.
            loop: Repeat the passage until :meth:`stop`.
            output_name: Name of the loudspeaker; ``None`` means the system's
                default.

        Raises:
            AudioDeviceError: There is no such loudspeaker.
        """
        if start_s < 0.0 or (end_s is not None and end_s <= start_s):
            raise ValueError(f"a passage must have a length, got {start_s}…{end_s} s")
        self.stop()
        device = self._find_output(output_name)
        passage = _Passage(Path(path), start_s, end_s, is_looped=loop)
        self._playback = _Playback(passage, device, open_stream=self._open_stream)

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


@dataclass(frozen=True, slots=True)
class _Passage:
    """What is played: a part of a recording, once or repeatedly; ``end_s=None`` is its end."""

    path: Path
    start_s: float
    end_s: float | None
    is_looped: bool


class _Excerpt(FileSource):
    """A passage of a recording with all its channels, which can be read repeatedly."""

    def __init__(self, passage: _Passage) -> None:
        super().__init__(passage.path, block_s=READ_BLOCK_S)
        self._first = round(passage.start_s * self.rate)
        end_s = passage.end_s
        self._count = None if end_s is None else max(1, round(end_s * self.rate) - self._first)

    def passage(self) -> Iterator[npt.NDArray[np.float32]]:
        """Yield the passage as (n, channels) blocks; it ends at the latest where the recording ends.

        Raises:
            AudioFileError: The start cannot be reached, because the file is
                damaged.
        """
        self.seek(self._first)
        missing = self._count
        for block in self.blocks():
            part = block if missing is None else block[:missing]
            yield part
            if missing is not None:
                missing -= len(part)
                if not missing:
                    return


class _Playback:
    """Playback of one passage on one loudspeaker.

    Attributes:
        is_over: Whether playback has ended, for any reason.
        error: The error that ended it early, or ``None``.
    """

    def __init__(self, passage: _Passage, device: OutputDevice, *, open_stream: Callable[..., OutputStream]) -> None:
        self.is_over = False
        self.error: SerError | None = None
        self._passage, self._device, self._open_stream = passage, device, open_stream
        self._channels = min(device.channels, MAX_CHANNELS)
        self._block_frames = round(BLOCK_S * device.rate)
        self._queue: deque[npt.NDArray[np.float32]] = deque()
        self._consumed_frames = 0  # written by the callback only
        self._last_block: tuple[int, float] | None = None  # first frame of the last block, and when it is audible
        self._loop_frames: int | None = None  # length of the excerpt, known after the first pass
        self._stopped_at_s: float | None = None
        self._is_stopping = threading.Event()
        self._opening = threading.Lock()  # held while the stream is opened
        self._stream: OutputStream | None = None
        self._thread = threading.Thread(target=self._play, name="reading ahead", daemon=True)
        self._thread.start()
        register_stream_thread(self._thread)

    @property
    def position_s(self) -> float:
        """Time in the recording of the sample audible now."""
        if self._stopped_at_s is not None:
            return self._stopped_at_s
        if self._last_block is None:
            return self._passage.start_s
        first, sounds_at_s = self._last_block
        since = round((time.monotonic() - sounds_at_s) * self._device.rate)
        # After an underrun the position stays at the end of the last block until the next one is played.
        frame = max(0, first + min(since, self._block_frames))
        if self._loop_frames:
            frame = frame % self._loop_frames if self._passage.is_looped else min(frame, self._loop_frames)
        return self._passage.start_s + frame / self._device.rate

    def stop(self) -> None:
        """Stop; wait at most 1 s for an open stream to close, because a sound server may hang."""
        if self._stopped_at_s is None:
            self._stopped_at_s = self.position_s
        self._is_stopping.set()
        if self._opening.acquire(timeout=CLOSE_TIMEOUT_S):
            has_stream = self._stream is not None
            self._opening.release()
            if has_stream:  # otherwise the thread opens no stream, and ends once the recording is open
                self._thread.join(CLOSE_TIMEOUT_S)
        self.is_over = True

    def _fill(self, out: npt.NDArray[np.float32], delay_s: float) -> None:
        """Copy the next block to PortAudio (PortAudio's thread)."""
        try:
            block = self._queue.popleft()
        except IndexError:  # the end, or an underrun: the position stays
            out.fill(0.0)
            return
        out[:] = block
        self._last_block = (self._consumed_frames, time.monotonic() + delay_s)
        self._consumed_frames += len(block)

    def _play(self) -> None:
        """Open, play and close (thread “reading ahead”)."""
        try:
            with _Excerpt(self._passage) as excerpt:
                blocks = self._blocks(excerpt)
                self._queue.extend(itertools.islice(blocks, QUEUE_BLOCKS))  # before the stream requests them
                with self._opening:
                    if self._is_stopping.is_set():
                        return
                    self._stream = self._open_stream(
                        self._device, channels=self._channels, blocksize=self._block_frames, fill=self._fill
                    )
                self._read_ahead(blocks)
        except SerError as error:
            self.error = error
        finally:
            self.is_over = True
            if self._stream:
                self._stream.close()
            self._queue.clear()  # sounddevice's streams are reference cycles, which would keep the blocks in memory

    def _read_ahead(self, blocks: Iterator[npt.NDArray[np.float32]]) -> None:
        for block in blocks:
            while len(self._queue) >= QUEUE_BLOCKS:
                if not self._poll():
                    return
            self._queue.append(block)
        # Raising CallbackStop in the callback would cut off the last 0.1 s.
        while not self._is_drained() and self._poll():
            pass

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
        if not is_stopping and self._stream and not self._stream.active:
            raise AudioDeviceError(
                "The loudspeaker “{name}” went away at {position_s:.1f} s.",
                "Connect it, or choose another output.",
                name=self._device.name,
                position_s=self.position_s,
            )
        return not is_stopping

    def _blocks(self, excerpt: _Excerpt) -> Iterator[npt.NDArray[np.float32]]:
        """Yield (block, channel) blocks of the stream's block size; the last one is padded with zeros."""
        remainder = np.zeros((0, self._channels), np.float32)
        for resampled in self._resampled_blocks(excerpt):
            remainder = np.concatenate([remainder, resampled])
            whole = len(remainder) // self._block_frames * self._block_frames
            yield from remainder[:whole].reshape(-1, self._block_frames, self._channels)
            remainder = remainder[whole:]
        if len(remainder):
            yield np.pad(remainder, ((0, self._block_frames - len(remainder)), (0, 0)))

    def _resampled_blocks(self, excerpt: _Excerpt) -> Iterator[npt.NDArray[np.float32]]:
        """Yield the excerpt at the loudspeaker's rate, repeatedly if it is looped."""
        while True:
            frames = 0
            resamplers = [StreamResampler(excerpt.rate, self._device.rate) for _ in range(self._channels)]
            for block in excerpt.passage():
                columns = _columns(block, self._channels)
                resampled = _interleaved([each.push(column) for each, column in zip(resamplers, columns, strict=True)])
                frames += len(resampled)
                yield resampled
            resampled = _interleaved([each.flush() for each in resamplers])
            self._loop_frames = frames = frames + len(resampled)
            yield resampled
            if not (self._passage.is_looped and frames):
                return


def _columns(block: npt.NDArray[np.float32], channels: int) -> list[npt.NDArray[np.float32]]:
    """Return one column for each output channel; copies of the mono mix if the channel counts differ."""
    limited = np.clip(np.nan_to_num(block), -1.0, 1.0)
    if block.shape[1] == channels:
        return [np.ascontiguousarray(column) for column in limited.T]
    return [np.ascontiguousarray(mix_to_mono(limited))] * channels


def _interleaved(columns: list[npt.NDArray[np.float32]]) -> npt.NDArray[np.float32]:
    return np.stack(columns, axis=1)
