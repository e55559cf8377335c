"""The journal of a batch: which recordings are done, so that the next start continues after a stop or a crash.

The first line of ``batch.jsonl`` has the settings, each further line an outcome. A line that a crash cut off is
ignored, and its recording is analysed again.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Container
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import msgspec
from filelock import FileLock, Timeout

from ser_desktop.batch.messages import Outcome, Task
from ser_desktop.errors import ExportError

NAME = "batch.jsonl"
LOCK = ".batch.lock"
MAX_LINE = 1_000_000  # bytes; an outcome with a hundred channels has less


class Header(msgspec.Struct, frozen=True):
    """The settings that all recordings of a batch share.

    Attributes:
        model: ``name@hash``.
        labels: Its emotions.
        formats: Names of the export formats.
        window_s: Window in seconds; ``None`` is the longest of the model.
        hop_s: Hop in seconds.
        smoothing_s: Time constant of the smoothing.
        channel: The channel, as text.
        track: The audio track.
        abstain_threshold: Probability from which an emotion is claimed; ``None`` is the model's own.
        voice: SHA-256 of the voice profile; empty for none. The profile itself stays out of the folder of the exports.
        several_speakers: Whether several people speak in each recording.
    """

    model: str
    labels: tuple[str, ...]
    formats: tuple[str, ...]
    window_s: float | None
    hop_s: float
    smoothing_s: float
    channel: str
    track: int
    abstain_threshold: float | None = None  # journals of earlier versions lack it
    voice: str = ""
    several_speakers: bool = False


class Journal:
    """The open journal of a batch. A context manager that keeps other batches out of the folder.

    Args:
        folder: Folder of the batch, which exists.
        header: The settings of the batch.
        is_anew: Whether an existing journal is discarded.
        stored: Names of the exports that are at a URL; ``None`` where they are in the folder.

    Raises:
        ExportError: Another batch is writing to the folder, the folder holds a batch with other settings, or it cannot
            be written.
    """

    def __init__(
        self, folder: Path, header: Header, *, is_anew: bool = False, stored: Container[str] | None = None
    ) -> None:
        self._folder, self._header = folder, header
        self._path = folder / NAME
        self._lock = FileLock(folder / LOCK, timeout=0)
        self._is_anew, self._stored = is_anew, stored
        self._file: BinaryIO | None = None
        self.outcomes: dict[str, Outcome] = {}

    def __enter__(self) -> Journal:
        """Lock the folder and read what is done."""
        try:
            self._lock.acquire()
        except Timeout as error:
            raise ExportError(
                "Another batch is writing to “{path}”.",
                "Wait for its end, or choose another folder.",
                path=self._folder,
            ) from error
        except OSError as error:
            raise self._unwritable(error) from error
        with contextlib.ExitStack() as unopened:
            unopened.callback(self._lock.release)
            self._open()
            unopened.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the journal and unlock the folder."""
        if self._file:
            self._file.close()
        self._lock.release()

    def add(self, outcome: Outcome) -> None:
        """Write an outcome to the disk.

        Raises:
            ExportError: The disk is full or disconnected.
        """
        self.outcomes[outcome.name] = outcome
        self._write(outcome)

    def is_done(self, task: Task, *, is_retried: bool = False) -> bool:
        """Return whether a task has an outcome that is still valid.

        It is not if the recording has changed, or if one of its exports is missing.

        Args:
            task: The task.
            is_retried: Whether failed recordings are analysed again.
        """
        found = self.outcomes.get(task.name)
        if found is None or (found.size, found.changed_ns) != (task.size, task.changed_ns):
            return False
        if found.failure:
            return not is_retried
        if self._stored is not None:
            return all(each in self._stored for each in found.files)
        return all((self._folder / each).exists() for each in found.files)

    def _open(self) -> None:
        try:
            lines = [] if self._is_anew else self._lines()
            if lines and msgspec.json.decode(lines[0], type=Header) != self._header:
                raise ExportError(
                    "“{path}” holds a batch with another model, other formats or other settings.",
                    "Choose another folder, or give --anew to do everything again.",
                    path=self._folder,
                )
            for line in lines[1:]:
                outcome = msgspec.json.decode(line, type=Outcome)
                self.outcomes[outcome.name] = outcome
            self._file = self._path.open("wb" if not lines else "r+b")
            if lines:  # a line that was cut off is overwritten
                self._file.seek(sum(len(line) for line in lines))
                self._file.truncate()
            else:
                self._write(self._header)
        except OSError as error:
            raise self._unwritable(error) from error
        except ValueError as error:
            raise ExportError(
                "The journal “{path}” is damaged ({reason}).",
                "Choose another folder, or give --anew to do everything again.",
                path=self._path,
                reason=error,
            ) from error

    def _lines(self) -> list[bytes]:
        """Return the complete lines of the journal, with their ends."""
        if not self._path.exists():
            return []
        lines = []
        with self._path.open("rb") as file:
            while line := file.readline(MAX_LINE):
                if not line.endswith(b"\n"):
                    break
                lines.append(line)
        return lines

    def _write(self, line: msgspec.Struct) -> None:
        if self._file is None:
            raise ValueError("the journal is not open")
        try:
            self._file.write(msgspec.json.encode(line) + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> ExportError:
        return ExportError(
            "“{path}” cannot be written ({reason}).",
            "Choose another folder, or make room on the disk.",
            path=self._folder,
            reason=error.strerror or error,
        )
