"""A recording while it is made: the microphone, what is kept of it, and what it does when one of them fails.

It has a thread of its own, so that nothing that takes time elsewhere costs
sound: the thread takes blocks from the microphone, puts them in their place,
hands them to the disk, and only then to whoever analyses them. When the
microphone goes away, the thread looks for it again; a sound server that hangs
keeps nobody else waiting.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ser_desktop.audio.devices import rescan_for_input
from ser_desktop.audio.gaps import GapKind
from ser_desktop.audio.microphone import Microphone
from ser_desktop.audio.native_stderr import native_stderr_silenced
from ser_desktop.audio.time_alignment import TimeAligner
from ser_desktop.dsp.resample import StreamResampler
from ser_desktop.errors import AudioDeviceError
from ser_desktop.values import AudioChunk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ser_desktop.audio.block_queue import Block
    from ser_desktop.audio.devices import InputDevice
    from ser_desktop.audio.take_storage import TakeStorage
    from ser_desktop.errors import SerError

POLL_S = 0.02
SILENT_AFTER_S = 1.0  # without a block it is told
REOPEN_AFTER_S = 10.0  # without a block it is opened anew: some systems never tell that a microphone was pulled out
RETRY_S = 0.5
STOP_TIMEOUT_S = 2.0
MAX_UNREAD_CHUNKS = 1500  # chunks; half a minute that the analysis may be busy with something else

GOES_ON = "The recording goes on by itself when it is back."


@dataclass(frozen=True, slots=True, eq=False)
class TakenChunk:
    """A chunk of a take.

    Attributes:
        chunk: Its sound, at its place in the recording.
        is_recorded: Whether it belongs to the recording; in a pause it does not.
        at_s: When it was taken from the microphone, by ``time.monotonic``.
    """

    chunk: AudioChunk
    is_recorded: bool
    at_s: float


class Take:
    """Records one microphone from when it is made until it is finished.

    What the thread finds can be asked for at any time; :meth:`read`,
    :meth:`pause`, :meth:`move_to` and :meth:`finish` belong to one other thread.

    Attributes:
        device: The microphone that was asked for.
        rate: Samples per second of the recording; it stays when the microphone comes back with another.
        channels: Channels before the mix to mono.
        dropouts: Times that sound was lost.
        missing_s: Length of what was lost, in seconds.
    """

    def __init__(
        self,
        device: InputDevice,
        storage: TakeStorage,
        *,
        open_microphone: Callable[[InputDevice], Microphone] = Microphone,
        find_device: Callable[[str], InputDevice] | None = None,
        end: int | None = None,
    ) -> None:
        """Open the microphone and record.

        Args:
            device: Which one.
            storage: Takes the sound; closed with the take.
            open_microphone: Opens a microphone.
            find_device: Returns the microphone of a name when it is back.
            end: After so many samples nothing more is kept.

        Raises:
            AudioDeviceError: It cannot be opened.
        """
        self.device, self.rate = device, device.rate
        self.dropouts, self.missing_s = 0, 0.0
        self._max_end = end
        self._storage, self._open_microphone = storage, open_microphone
        self._find_device = find_device or rescan_for_input
        self._lock = threading.Lock()  # around everything that the other thread may touch
        self._microphone: Microphone | None = open_microphone(device)
        self.channels = self._microphone.channels
        self._closing: Microphone | None = None  # until the system has let go of it
        self._aligner = TimeAligner(self.rate)
        self._resampler = StreamResampler(self.rate, self.rate)
        self._device_rate, self._device_end = device.rate, 0  # of the samples that this microphone has delivered
        self._resampler_delay_s = 0.0  # of sound that the resampler has not given yet
        self._last_arrival_s = 0.0
        self._has_begun = False
        self._end = 0  # of the last chunk placed
        self._is_paused, self._gap_kind = False, GapKind.LOST
        self._unread: deque[TakenChunk] = deque(maxlen=MAX_UNREAD_CHUNKS)
        self._trouble: AudioDeviceError | None = None
        self._is_stopping = threading.Event()
        self._is_finished = False  # all that the microphone gave is taken in; nothing more is written
        self._thread = threading.Thread(target=self._run, name="recording", daemon=True)
        self._thread.start()

    @property
    def trouble(self) -> SerError | None:
        """Why nothing is heard now, or cannot be kept now; ``None`` while all is well."""
        return self._trouble or self._storage.error

    @property
    def is_full(self) -> bool:
        """Whether it has as many samples as it may have."""
        return self._max_end is not None and self._end >= self._max_end

    @property
    def is_saved(self) -> bool:
        """Whether the sound goes to the disk; while not, it waits in memory."""
        return self._storage.error is None

    @property
    def path(self) -> Path | None:
        """Where the recording is."""
        return self._storage.path

    @property
    def seconds_left(self) -> float | None:
        """How much more the disk takes, if that is known."""
        return self._storage.seconds_left

    def read(self) -> list[TakenChunk]:
        """Return what was heard since the call before; whoever stays away for half a minute misses the oldest."""
        found: list[TakenChunk] = []
        while True:
            try:
                found.append(self._unread.popleft())
            except IndexError:
                return found

    def sound_between(self, start: int, end: int) -> list[AudioChunk]:
        """Return what was kept between two samples, in order; a gap is a jump."""
        with self._lock:
            return self._storage.read(start, end)

    def pause(self, is_paused: bool) -> None:
        """Stop keeping what is heard, or go on; what was heard before this call is not concerned."""
        with self._lock:
            self._read_microphone()
            self._is_paused = is_paused
            if is_paused:
                self._gap_kind = GapKind.PAUSE

    def move_to(self, path: Path) -> None:
        """Go on at another place, with all that has been recorded.

        Raises:
            AudioFileError: It cannot be written.
        """
        with self._lock:
            self._storage.move_to(path)

    def finish(self) -> Path | None:
        """Stop listening, bring everything to the disk, and return where it is; what was heard last can still be read.

        Raises:
            AudioFileError: Not all of it could be written.
        """
        self._is_stopping.set()
        self._thread.join(STOP_TIMEOUT_S)
        with self._lock:
            self._drain()  # where the thread waits for a sound server that hangs
            return self._storage.close()

    def _run(self) -> None:
        with native_stderr_silenced():  # PortAudio prints three lines when the sound server goes away
            self._record()
        with self._lock:
            if not self._is_finished:
                self._read_microphone()  # a microphone that hangs takes a while to close
        if microphone := self._microphone:
            microphone.close()
        with self._lock:
            self._drain()

    def _drain(self) -> None:
        """Keep all that there is, once; nothing is written after it."""
        if not self._is_finished:
            self._read_microphone()
            self._flush()
            self._is_finished = True

    def _record(self) -> None:
        while not self._is_stopping.wait(POLL_S):
            with self._lock:
                self._read_microphone()
                self._storage.step()
            if self._microphone is None:
                self._reopen()

    def _read_microphone(self) -> None:
        """Keep what the microphone has delivered."""
        microphone = self._microphone
        if microphone is None:
            return
        try:
            blocks = microphone.read_blocks()
        except AudioDeviceError as error:
            self._drop_microphone(AudioDeviceError(error.sentences[0], GOES_ON, **error.values))
            return
        aligned = [chunk for block in blocks for chunk in self._align(block)]
        self._store(aligned)
        if aligned:  # then it is also known how much is missing
            self._trouble = None
        elif blocks:
            return
        elif microphone.last_block_age_s >= REOPEN_AFTER_S and not self._is_stopping.is_set():
            self._drop_microphone(_silent(self.device.name))
        elif microphone.last_block_age_s >= SILENT_AFTER_S:
            self._trouble = _silent(self.device.name)

    def _align(self, block: Block) -> list[AudioChunk]:
        chunk = block.chunk
        skipped = (chunk.start - self._device_end) * self.rate // self._device_rate
        self._device_end = chunk.end
        samples = self._resampler.push(chunk.samples)
        self._resampler_delay_s += len(chunk.samples) / self._device_rate - len(samples) / self.rate
        if not len(samples):
            return []
        if block.is_after_loss and not self._has_begun:
            self.dropouts += 1  # before the first sound: there is no place for a gap
        self._has_begun = True
        self._last_arrival_s = block.arrived_at_s
        arrived_at_s = block.arrived_at_s - self._resampler_delay_s
        return self._aligner.push(samples, arrived_at_s, skipped=skipped, is_lost=block.is_after_loss)

    def _store(self, chunks: list[AudioChunk]) -> None:
        """Hand on chunks whose place is known; the disk is first."""
        for chunk in (_truncated(each, self._max_end) for each in chunks if not self.is_full):
            is_recorded = not self._is_paused
            if chunk.start > self._end:
                self.dropouts += 1
                self.missing_s += (chunk.start - self._end) / self.rate
            self._end = chunk.end
            if is_recorded and len(chunk.samples):
                self._storage.write(chunk, gap_kind=self._gap_kind)
                self._gap_kind = GapKind.LOST
            self._unread.append(TakenChunk(chunk, is_recorded, time.monotonic()))

    def _drop_microphone(self, why: AudioDeviceError) -> None:
        self._trouble = why
        self._flush()
        self._resampler = StreamResampler(self.rate, self.rate)  # the flushed one takes no more
        self._aligner.realign()
        self._closing, self._microphone = self._microphone, None

    def _flush(self) -> None:
        """Keep what the resampler and the time_aligner hold; this microphone delivers no more."""
        rest = self._resampler.flush()
        if len(rest):
            self._store(self._aligner.push(rest, self._last_arrival_s))
        self._store(self._aligner.flush())

    def _reopen(self) -> None:
        """Look for the microphone, and open it if it is back.

        PortAudio cannot look while a stream is open, and a server that hangs does not let one be closed.
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
        if self._is_stopping.is_set():  # it took so long that nobody waits any more
            microphone.close()
            return
        with self._lock:
            self._resampler = StreamResampler(device.rate, self.rate)
            self._device_rate, self._device_end, self._resampler_delay_s = device.rate, 0, 0.0
            self._microphone = microphone


def _truncated(chunk: AudioChunk, end: int | None) -> AudioChunk:
    """Return what of a chunk lies before the end; nothing of one behind a gap that reaches beyond it."""
    if end is None or chunk.end <= end:
        return chunk
    return AudioChunk(min(chunk.start, end), chunk.samples[: max(0, end - chunk.start)])


def _silent(name: str) -> AudioDeviceError:
    return AudioDeviceError("The microphone “{name}” has delivered nothing for a second.", GOES_ON, name=name)
