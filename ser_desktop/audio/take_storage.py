"""Stores the audio of one take: on the disk, and in memory while the disk cannot be written."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections import deque
from typing import TYPE_CHECKING

from ser_desktop.audio.gaps import GapKind, outside_gaps
from ser_desktop.audio.journal import Journal
from ser_desktop.audio.recorder import SAMPLE_BYTES, WavRecorder
from ser_desktop.errors import AudioFileError
from ser_desktop.paths import make_own_folder
from ser_desktop.values import AudioChunk

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

MAX_BUFFERED_S = 600.0  # 115 MB at 48 kHz
MAX_UNSAVED_S = 120.0  # buffered for a take without a file; its analysis may lag by this much
RETRY_S = 5.0
COPY_SAMPLES = 1 << 20  # samples copied to another folder in one step


class TakeStorage:
    """Writes a stream to a file and reads back any part of it.

    When the disk is full or disconnected, :attr:`error` is set, and later chunks
    are buffered in memory, at most 10 min, until the disk has room again or
    :meth:`move_to` selects another file. The whole recording is then copied there,
    by repeated calls of :meth:`step`.

    Only one thread at a time may call the methods.

    Attributes:
        rate: Sample rate, Hz.
        end: The sample after the last one written.
        error: The error because of which audio is buffered in memory, or ``None``.
    """

    def __init__(
        self,
        path: Path | None,
        rate: int,
        *,
        device: str = "",
        journals: Path | None = None,
        spare_folders: Sequence[Path] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start a recording.

        Args:
            path: Path of the file; ``None`` buffers the last 2 min in memory and
                writes no file.
            rate: Sample rate, Hz.
            device: Name of the microphone, for the journal.
            journals: Folder of the journals, from which the next start recovers
                unfinished recordings.
            spare_folders: Folders to which :meth:`close` writes if the file
                cannot be written.
            clock: Monotonic time, seconds.

        Raises:
            AudioFileError: There is no such folder, or the file may not be
                written.
        """
        self.rate = rate
        self.end = 0
        self.error: AudioFileError | None = None
        self._device, self._journals, self._spare_folders, self._clock = device, journals, spare_folders, clock
        self._recorder = WavRecorder(path, rate) if path else None
        self._journal = self._open_journal(path) if path else None
        self._copy_source: tuple[WavRecorder, Journal | None] | None = None  # the earlier file while it is copied
        self._buffered: deque[tuple[AudioChunk, GapKind]] = deque()
        self._buffered_samples = 0
        self._is_closed = False
        self._copied_samples = 0  # of the earlier file
        self._tried_at_s = clock()

    @property
    def path(self) -> Path | None:
        """Path of the recording; the new one while it is moved."""
        return self._recorder.path if self._recorder else None

    @property
    def seconds_left(self) -> float | None:
        """Recording time that fits on the disk, seconds; ``None`` if unknown."""
        if self._recorder is None:
            return None
        try:
            return shutil.disk_usage(self._recorder.path.parent).free / (self.rate * SAMPLE_BYTES)
        except OSError:
            return None

    def write(self, chunk: AudioChunk, *, gap_kind: GapKind = GapKind.LOST) -> None:
        """Write the next chunk, or buffer it in memory; errors are stored in :attr:`error`, not raised.

        Args:
            chunk: The next chunk.
            gap_kind: Cause of a gap between the previous chunk and this one.
        """
        self.end = chunk.end
        if self._recorder is None or self.error or self._copy_source:
            self._buffer(chunk, gap_kind)
            return
        try:
            self._append(self._recorder, chunk, gap_kind)
        except AudioFileError as error:
            self._fail(error)
            self._buffer(chunk, gap_kind)

    def step(self) -> None:
        """Do one step of pending work: copy to another file, or retry a full disk every 5 s."""
        if self._recorder is None:
            return
        is_time = self._clock() - self._tried_at_s >= RETRY_S
        if is_time and not self.error and not self._copy_source:
            self._tried_at_s = self._clock()
            if self._recorder.is_deleted:
                self._fail(_deleted_error(self._recorder.path))
        if self.error and not is_time:
            return
        self._tried_at_s = self._clock() if self.error else self._tried_at_s
        if self._copy_source:
            self._copy_step(self._recorder, *self._copy_source)
        elif self.error and not self._recorder.is_deleted:
            self._write_buffered(self._recorder)

    def read(self, start: int, end: int) -> list[AudioChunk]:
        """Return the stored chunks from ``start`` to ``end``, in order.

        After a gap, a chunk starts later than the one before ends.
        """
        found: list[AudioChunk] = []
        recorder = self._copy_source[0] if self._copy_source else self._recorder
        if recorder and start < recorder.frames:
            with contextlib.suppress(AudioFileError):  # the file cannot be read, so the live timeline keeps its gap
                found += outside_gaps(recorder.read(start, end), recorder.gaps)
        for chunk, _kind in self._buffered:
            first, last = max(chunk.start, start), min(chunk.end, end)
            if first < last:
                found.append(AudioChunk(first, chunk.samples[first - chunk.start : last - chunk.start]))
        return found

    def move_to(self, path: Path) -> None:
        """Continue in another file; :meth:`step` copies the earlier audio to it.

        Raises:
            AudioFileError: The file cannot be written; the storage is unchanged.
        """
        recorder = WavRecorder(path, self.rate)
        if self._recorder and not self._copy_source:
            self._copy_source = (self._recorder, self._journal)
        elif self._recorder:  # a second move before the first was complete
            self._recorder.close()
            self._close_journal(self._journal)
        self._recorder, self._journal = recorder, self._open_journal(path)
        self._copied_samples, self.error = 0, None

    def close(self) -> Path | None:
        """Write all audio and return the path; ``None`` without a file.

        A second call does nothing.

        Raises:
            AudioFileError: Not all audio could be written, neither to the file
                nor to a spare folder.
        """
        if self._recorder is None or self._is_closed:
            return self.path
        self._is_closed = True
        try:
            self._write_all(self._recorder)
            for folder in self._spare_folders:
                if self.error or self._recorder.is_deleted:
                    self._write_all_in(folder, self._recorder.path.name)
            self._recorder.close()
        except AudioFileError as error:
            self.error = error
        self._close_journal(self._journal, is_finished=not self.error)
        if self.error:
            raise self.error
        return self._recorder.path

    def _write_all(self, recorder: WavRecorder) -> None:
        """Finish the copy and write the buffered chunks."""
        if self._copy_source:
            self.error = None
        while self._copy_source and not self.error:
            self._copy_step(recorder, *self._copy_source)
        if self._buffered and not recorder.is_deleted:
            self._write_buffered(recorder)

    def _write_all_in(self, folder: Path, name: str) -> None:
        """Move to another folder, if it can be written, and write everything there."""
        try:
            make_own_folder(folder)
            self.move_to(folder / name)
        except (OSError, AudioFileError):
            return
        if self._recorder:
            self._write_all(self._recorder)

    def _append(self, recorder: WavRecorder, chunk: AudioChunk, gap_kind: GapKind) -> None:
        count_before = len(recorder.gaps)
        recorder.write(chunk, gap_kind=gap_kind)
        for gap in recorder.gaps[count_before:]:
            if self._journal:
                self._journal.add_gap(gap)

    def _buffer(self, chunk: AudioChunk, gap_kind: GapKind) -> None:
        self._buffered.append((chunk, gap_kind))
        self._buffered_samples += len(chunk.samples)
        limit = (MAX_BUFFERED_S if self._recorder else MAX_UNSAVED_S) * self.rate
        while self._buffered_samples > limit:
            self._buffered_samples -= len(self._buffered.popleft()[0].samples)

    def _write_buffered(self, recorder: WavRecorder) -> None:
        self.error = None
        while self._buffered:
            try:
                self._append(recorder, *self._buffered[0])
            except AudioFileError as error:
                self._fail(error)
                return
            self._buffered_samples -= len(self._buffered.popleft()[0].samples)

    def _copy_step(self, recorder: WavRecorder, old: WavRecorder, journal: Journal | None) -> None:
        """Copy the next part to the new file; unreadable audio becomes a gap."""
        # The step before may have written only part of its block before the disk was full.
        start = max(self._copied_samples, recorder.frames)
        until = min(self._copied_samples + COPY_SAMPLES, old.frames)
        try:
            parts = list(outside_gaps(old.read(start, until), old.gaps)) if start < until else []
        except AudioFileError:
            parts = []
        try:
            for part in parts:
                self._append(recorder, part, _gap_kind_before(part, old))
        except AudioFileError as error:
            self._fail(error)
            return
        self._copied_samples = until
        if until == old.frames:
            self._copy_source = None
            self._close_old(old, journal)
            self._write_buffered(recorder)

    def _close_old(self, old: WavRecorder, journal: Journal | None) -> None:
        with contextlib.suppress(AudioFileError):  # everything readable is in the new file
            old.close()
        self._close_journal(journal)

    def _open_journal(self, path: Path) -> Journal | None:
        if self._journals is None:
            return None
        return Journal(self._journals, recording=path, rate=self.rate, device=self._device)

    def _close_journal(self, journal: Journal | None, *, is_finished: bool = True) -> None:
        if journal:
            journal.close(is_finished=is_finished)

    def _fail(self, error: AudioFileError) -> None:
        self.error = error
        self._tried_at_s = self._clock()


def _gap_kind_before(chunk: AudioChunk, recorder: WavRecorder) -> GapKind:
    return next((gap.kind for gap in recorder.gaps if gap.end == chunk.start), GapKind.LOST)


def _deleted_error(path: Path) -> AudioFileError:
    return AudioFileError(
        "The recording “{path}” was deleted while it was made.",
        "Choose another folder; the recording continues there.",
        path=path,
    )
