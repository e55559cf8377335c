"""Journals of the recordings that are being made, from which the next start finds those that a crash interrupted.

A journal is a small file of JSON lines in the user's state folder, one for each
recording. Its first line has the path of the sound file; each gap adds a line.
The program that records keeps the journal locked and deletes it when the
recording is closed, so an unlocked journal is left from a crash. (A process
number in the file would not show that: the system reuses process numbers.)
"""

from __future__ import annotations

import contextlib
import itertools
import json
import math
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct, to_builtins

from ser_desktop.audio.gaps import Gap, GapKind
from ser_desktop.audio.recorder import cannot_be_written, repair, seconds_found
from ser_desktop.paths import make_own_folder
from ser_desktop.typed import convert

if TYPE_CHECKING:
    from typing_extensions import Self

JOURNALS = "unfinished"  # the folder, within that of the state
SUFFIX = ".recording"
MAX_BYTES = 1 << 22  # of a journal: 80 000 gaps


class JournalHead(Struct, frozen=True):
    """The first line of a journal."""

    recording: str
    """Absolute path of the sound file."""
    started: float
    """When the recording began, in seconds since 1970."""
    pid: int
    """Number of the process that records, for people who read the file."""
    device: str
    """Name of the microphone."""
    rate: Annotated[int, Meta(ge=1)]
    """Samples per second."""


class JournalGap(Struct, frozen=True):
    """A further line of a journal: samples ``start`` to ``end`` of the recording hold no sound."""

    start: int
    end: int
    kind: GapKind


class Journal:
    """Writes the journal of one recording.

    A journal that cannot be written must not stop the recording: then
    :attr:`is_kept` is false, and nothing more is written.

    Attributes:
        is_kept: Whether the next start would find this recording.
    """

    def __init__(self, folder: Path, *, recording: Path, rate: int, device: str) -> None:
        """Create and lock the journal file.

        Args:
            folder: Folder of the journals; it is made, for this user alone, if it is missing.
            recording: Path of the sound file.
            rate: Samples per second.
            device: Name of the microphone.
        """
        path = os.fsdecode(Path(os.path.abspath(recording)))  # noqa: PTH100 - a link stays a link
        head = JournalHead(recording=path, started=time.time(), pid=os.getpid(), device=device, rate=rate)
        self._descriptor = -1
        self.is_kept = True
        with contextlib.suppress(OSError):
            make_own_folder(folder)
        try:
            self._path = _free_name(folder)
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
            self.is_kept = _lock(self._descriptor)
        except OSError:
            self.is_kept = False
        if not self.is_kept:
            self.close()
            return
        self._add(head)

    def add_gap(self, gap: Gap) -> None:
        """Write a gap."""
        self._add(JournalGap(gap.start, gap.end, gap.kind))

    def close(self, *, is_finished: bool = True) -> None:
        """Unlock the journal and delete it; a second call does nothing.

        Args:
            is_finished: Whether the sound file is complete. If not, the journal
                stays for the next start.
        """
        if self._descriptor < 0:
            return
        if is_finished and os.name != "nt":  # deleted first, so that no other program finds it unlocked
            self._path.unlink(missing_ok=True)
        os.close(self._descriptor)
        self._descriptor = -1
        if is_finished and os.name == "nt":  # Windows cannot delete an open file
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def _add(self, line: Struct) -> None:
        if not self.is_kept:
            return
        text = json.dumps(to_builtins(line))  # ASCII: a path on Linux need not be valid text
        try:
            os.write(self._descriptor, f"{text}\n".encode("ascii"))  # one call: a whole line or none
            os.fsync(self._descriptor)
        except OSError:
            self.is_kept = False


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A recording that a crash interrupted.

    Attributes:
        journal: Path of its journal.
        recording: Path of its sound file.
        started_at: When it began, in seconds since 1970.
        device: Name of the microphone.
        rate: Samples per second.
        gaps: Where it holds no sound, in samples.
    """

    journal: Path
    recording: Path
    started_at: float
    device: str
    rate: int
    gaps: tuple[Gap, ...]

    def __post_init__(self) -> None:
        is_name = b"\0" not in os.fsencode(self.recording)  # fsencode raises where no file can have this name
        if not is_name or not math.isfinite(self.started_at):
            raise ValueError(f"no recording: {self.recording!r}, started at {self.started_at}")

    @property
    def seconds(self) -> float:
        """Length of the sound in the file, in seconds."""
        return seconds_found(self.recording, self.rate)

    def recover(self) -> Path:
        """Repair the sound file, delete the journal, and return the path of the sound file.

        Raises:
            AudioFileError: The file is missing, or cannot be written.
        """
        repair(self.recording, self.rate, self.gaps)
        self.journal.unlink(missing_ok=True)
        return self.recording

    def discard(self) -> None:
        """Delete the sound file and the journal.

        Raises:
            AudioFileError: The file may not be deleted.
        """
        try:
            self.recording.unlink(missing_ok=True)
        except OSError as error:
            raise cannot_be_written(self.recording, error) from error
        self.journal.unlink(missing_ok=True)


def unfinished_recordings(folder: Path) -> list[Unfinished]:
    """Return the recordings that a crash interrupted, oldest first.

    A journal whose recording is gone, or holds no sound, is deleted.
    """
    found = []
    for journal in sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else ():
        each = _read(journal)
        if each is None:
            continue
        if each.seconds > 0.0:
            found.append(each)
        elif each.recording.parent.is_dir():  # otherwise its disk is not connected now
            with contextlib.suppress(OSError):
                journal.unlink()
                _delete_empty(each.recording)
    return sorted(found, key=lambda each: each.started_at)


def _delete_empty(recording: Path) -> None:
    """Delete a sound file without sound: an empty one, or one that ends after its header."""
    if recording.is_file() and recording.stat().st_size <= 128 and recording.suffix == ".wav":
        recording.unlink()


def _read(journal: Path) -> Unfinished | None:
    """Return the recording of a journal, or ``None`` if a program holds it or it is not a journal."""
    try:
        descriptor = os.open(journal, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return None
    with open(descriptor, "rb") as file:  # noqa: PTH123 - a descriptor is no path
        if not _lock(descriptor):
            return None
        lines = file.read(MAX_BYTES).split(b"\n")
    try:
        head = convert(json.loads(lines[0]), JournalHead)
        gaps = tuple(_gap(line) for line in itertools.takewhile(_is_whole, lines[1:]))
        return Unfinished(journal, Path(head.recording), head.started, head.device, head.rate, gaps)
    except (ValueError, RecursionError):
        return None


def _is_whole(line: bytes) -> bool:
    return line.endswith(b"}")


def _gap(line: bytes) -> Gap:
    read = convert(json.loads(line), JournalGap)
    return Gap(read.start, read.end, read.kind)


def _free_name(folder: Path) -> Path:
    name = f"{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}"
    numbers = itertools.count(1)
    return next(path for number in numbers if not (path := folder / f"{name}-{number}{SUFFIX}").exists())


def _lock(descriptor: int) -> bool:
    """Lock a file until it is closed or the program ends; return whether no other program holds it.

    filelock locks the descriptor itself: its ``FileLock`` would empty the journal. The system releases the lock of a
    program that is killed. The import costs 10 ms, and the window's first frame does not need it.
    """
    from filelock import lock_descriptor

    try:
        return lock_descriptor(descriptor, blocking=False)
    except OSError:  # a home on a file system without locks: better no lock than no journal
        return True
