"""Records a take: reads the microphone, stores the audio, and reconnects after a failure.

There are four concurrent activities:

- PortAudio's callback queues a copy of each block.
- The thread “recording” reads the queue every 30 ms, resamples, aligns the blocks
  on the time axis, writes them to the storage, queues them for the analysis and
  calls ``on_sound``. When the microphone disconnects, it searches for it and opens it again.
- The caller's thread reads queued chunks for the analysis, and calls pause, move_to and finish.
- The thread of the ``WavRecorder`` calls fsync once a second.

So a slow analysis or a busy window costs no audio, and only the thread
“recording” waits for a sound server that hangs.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ser_desktop.audio.block_alignment import BlockAligner
from ser_desktop.audio.devices import rescan_for_input
from ser_desktop.audio.gaps import GapKind
from ser_desktop.audio.microphone import Microphone
from ser_desktop.audio.native_stderr import native_stderr_silenced
from ser_desktop.errors import AudioDeviceError
from ser_desktop.values import AudioChunk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ser_desktop.audio.devices import InputDevice
    from ser_desktop.audio.take_storage import TakeStorage
    from ser_desktop.errors import SerError

POLL_S = 0.03
SILENT_AFTER_S = 1.0  # without a block, after which it is reported as trouble
REOPEN_AFTER_S = 10.0  # without a block, after which it is reopened: some systems do not report an unplugged microphone
RETRY_S = 0.5
STOP_TIMEOUT_S = 2.0
MAX_UNREAD_CHUNKS = 1500  # 30 s of blocks of 20 ms

RESUMES_HINT = "The recording continues when the microphone is back."


@dataclass(frozen=True, slots=True, eq=False)
class TakenChunk:
    """A chunk of a take.

    Attributes:
        chunk: Its samples, at their position in the recording.
        is_recorded: Whether it is part of the recording; false in a pause.
        at_s: When it was read from the microphone, ``time.monotonic`` seconds.
    """

    chunk: AudioChunk
    is_recorded: bool
    at_s: float


class Take:
    """Records one microphone from construction to :meth:`finish`.

    Any thread may read the properties. Only one thread may call :meth:`read`,
    :meth:`pause`, :meth:`move_to` and :meth:`finish`.

    Attributes:
        device: The requested microphone.
        rate: Sample rate of the recording, Hz; constant, also if the microphone
            reconnects with another rate.
        channels: Channels before the mix to mono.
        missing_s: Total length of the dropouts, seconds.
    """

    def __init__(
        self,
        device: InputDevice,
        storage: TakeStorage,
        *,
        open_microphone: Callable[[InputDevice], Microphone] = Microphone,
        find_device: Callable[[str], InputDevice] | None = None,
        end: int | None = None,
        on_sound: Callable[[], None] | None = None,
    ) -> None:
        """Open the microphone and start recording.

        Args:
            device: The microphone.
            storage: Stores the audio; closed with the take.
            open_microphone: Opens a microphone.
            find_device: Returns the microphone with a name, to reconnect;
                ``None`` rescans PortAudio's devices.
            end: Maximum length in samples; ``None`` for no limit.
            on_sound: Called from the thread “recording” when there are new chunks to :meth:`read`.

        Raises:
            AudioDeviceError: The microphone cannot be opened.
        """
        self.device, self.rate = device, device.rate
        self._gaps, self.missing_s = 0, 0.0
        self._max_end, self._on_sound = end, on_sound
        self._storage, self._open_microphone = storage, open_microphone
        self._find_device = find_device or rescan_for_input
        self._lock = threading.Lock()  # guards the microphone, its blocks and the storage
        self._microphone: Microphone | None = open_microphone(device)
        self.channels = self._microphone.channels
        self._closing: Microphone | None = None  # a disconnected microphone until its stream is closed
        self._blocks = BlockAligner(self.rate)
        self._end = 0  # of the last aligned chunk
        self._is_paused, self._gap_kind = False, GapKind.LOST
        self._unread: deque[TakenChunk] = deque(maxlen=MAX_UNREAD_CHUNKS)
        self._trouble: AudioDeviceError | None = None
        self._is_stopping = threading.Event()
        self._is_finished = False  # all blocks are read and stored
        self._thread = threading.Thread(target=self._run, name="recording", daemon=True)
        self._thread.start()

    @property
    def trouble(self) -> SerError | None:
        """The current fault of the microphone or the storage, or ``None``."""
        return self._trouble or self._storage.error

    @property
    def dropouts(self) -> int:
        """Number of dropouts."""
        return self._gaps + self._blocks.early_losses

    @property
    def is_full(self) -> bool:
        """Whether the maximum length is reached."""
        return self._max_end is not None and self._end >= self._max_end

    @property
    def is_saved(self) -> bool:
        """Whether the audio is written to the disk; otherwise it is buffered in memory."""
        return self._storage.error is None

    @property
    def path(self) -> Path | None:
        """Path of the recording."""
        return self._storage.path

    @property
    def seconds_left(self) -> float | None:
        """Recording time that fits on the disk, seconds; ``None`` if unknown."""
        return self._storage.seconds_left

    def read(self) -> list[TakenChunk]:
        """Return the chunks since the previous call; only those of the last 30 s are queued."""
        found: list[TakenChunk] = []
        while True:
            try:
                found.append(self._unread.popleft())
            except IndexError:
                return found

    def sound_between(self, start: int, end: int) -> list[AudioChunk]:
        """Return the stored chunks from ``start`` to ``end``, in order.

        After a gap, a chunk starts later than the one before ends.
        """
        with self._lock:
            return self._storage.read(start, end)

    def pause(self, is_paused: bool) -> None:
        """Pause or resume the recording; blocks that arrived before this call are handled as before."""
        with self._lock:
            self._read_microphone()
            self._is_paused = is_paused
            if is_paused:
                self._gap_kind = GapKind.PAUSE

    def move_to(self, path: Path) -> None:
        """Continue the recording in another file, which also gets all earlier audio.

        Raises:
            AudioFileError: The file cannot be written.
        """
        with self._lock:
            self._storage.move_to(path)

    def finish(self) -> Path | None:
        """Stop recording, write all audio and return the path; the last chunks can still be read.

        Raises:
            AudioFileError: Not all audio could be written.
        """
        self._is_stopping.set()
        self._thread.join(STOP_TIMEOUT_S)
        with self._lock:
            self._drain()  # if the thread is still blocked by a sound server that hangs
            return self._storage.close()

    def _run(self) -> None:
        with native_stderr_silenced():  # PortAudio prints three lines when the sound server dies
            self._record()
        with self._lock:
            if not self._is_finished:
                self._read_microphone()  # store before closing, which takes long if the sound server hangs
        if microphone := self._microphone:
            microphone.close()
        with self._lock:
            self._drain()

    def _drain(self) -> None:
        """Store all remaining blocks, once; nothing is written after it."""
        if not self._is_finished:
            self._read_microphone()
            self._flush()
            self._is_finished = True

    def _record(self) -> None:
        while not self._is_stopping.wait(POLL_S):
            with self._lock:
                self._read_microphone()
                self._storage.step()
            if self._unread and self._on_sound:
                self._on_sound()
            if self._microphone is None:
                self._reopen()

    def _read_microphone(self) -> None:
        """Store the blocks that the microphone has delivered."""
        microphone = self._microphone
        if microphone is None:
            return
        try:
            blocks = microphone.read_blocks()
        except AudioDeviceError as error:
            self._drop_microphone(AudioDeviceError(error.sentences[0], RESUMES_HINT, **error.values))
            return
        aligned = [chunk for block in blocks for chunk in self._blocks.push(block)]
        self._store(aligned)
        if aligned:  # after a reconnection there are no chunks until the gap is measured, so the fault is over
            self._trouble = None
        elif blocks:
            return
        elif microphone.last_block_age_s >= REOPEN_AFTER_S and not self._is_stopping.is_set():
            self._drop_microphone(_silent(self.device.name))
        elif microphone.last_block_age_s >= SILENT_AFTER_S:
            self._trouble = _silent(self.device.name)

    def _store(self, chunks: list[AudioChunk]) -> None:
        """Write aligned chunks to the storage, then queue them for the analysis."""
        for chunk in (_truncated(each, self._max_end) for each in chunks if not self.is_full):
            is_recorded = not self._is_paused
            if chunk.start > self._end:
                self._gaps += 1
                self.missing_s += (chunk.start - self._end) / self.rate
            self._end = chunk.end
            if is_recorded and len(chunk.samples):
                self._storage.write(chunk, gap_kind=self._gap_kind)
                self._gap_kind = GapKind.LOST
            self._unread.append(TakenChunk(chunk, is_recorded, time.monotonic()))

    def _drop_microphone(self, why: AudioDeviceError) -> None:
        self._trouble = why
        self._flush()
        self._closing, self._microphone = self._microphone, None

    def _flush(self) -> None:
        """Store the samples that are held until later ones arrive; this microphone has ended."""
        self._store(self._blocks.end_microphone())

    def _reopen(self) -> None:
        """Search for the microphone and open it if it is connected.

        PortAudio cannot rescan while a stream is open, and a stream cannot be closed while its server hangs.
        """
        if self._closing:
            self._closing.close()
        if self._is_stopping.wait(RETRY_S) or (self._closing and not self._closing.is_released):
            return
        self._closing = None
        try:
            device = self._find_device(self.device.name)
            microphone = self._open_microphone(device)
        except AudioDeviceError:
            return
        if self._is_stopping.is_set():  # finish() was called meanwhile
            microphone.close()
            return
        with self._lock:
            self._blocks.begin_microphone(device.rate)
            self._microphone = microphone


def _truncated(chunk: AudioChunk, end: int | None) -> AudioChunk:
    """Return the part of a chunk before ``end``; empty if the chunk starts after it."""
    if end is None or chunk.end <= end:
        return chunk
    return AudioChunk(min(chunk.start, end), chunk.samples[: max(0, end - chunk.start)])


def _silent(name: str) -> AudioDeviceError:
    return AudioDeviceError("The microphone “{name}” has delivered nothing for a second.", RESUMES_HINT, name=name)
