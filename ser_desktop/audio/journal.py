"""What is known of recordings that are being made, so that the next start knows of those that were not finished.

A journal is a small file in the user's state folder, one a recording: a line
that tells where the sound goes, then a line for each gap as it comes. It is
held locked by the program that records, and deleted when the recording is
closed. A journal that nobody holds tells of a crash. (The number of a process
would not do: numbers are used again.)
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import json
import math
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ser_desktop.audio.gaps import Gap, GapKind
from ser_desktop.audio.recorder import cannot_be_written, repair, seconds_found
from ser_desktop.paths import make_own_folder

if TYPE_CHECKING:
    from typing_extensions import Self

JOURNALS = "unfinished"  # the folder, within that of the state
SUFFIX = ".recording"
MOST_BYTES = 1 << 22  # of a journal: 80 000 gaps
LOCKED_AT = 1 << 30  # the byte that Windows locks; far behind the text


class Journal:
    """Tells of one recording while it is made.

    A journal that cannot be written must not stop a recording: then there is
    none, and :attr:`is_kept` says so.

    Attributes:
        is_kept: Whether the next start would learn of this recording.
    """

    def __init__(self, folder: Path, *, recording: Path, rate: int, device: str) -> None:
        """Begin a journal.

        Args:
            folder: Where journals are; made, for this user alone, if it is missing.
            recording: Where the sound goes.
            rate: Samples per second.
            device: The microphone's name.
        """
        head = {
            "recording": os.fsdecode(Path(os.path.abspath(recording))),  # noqa: PTH100 - a link stays a link
            "started": time.time(),
            "pid": os.getpid(),
            "device": device,
            "rate": rate,
        }
        self._descriptor = -1
        self.is_kept = True
        with contextlib.suppress(OSError):
            make_own_folder(folder)
        try:
            self._path = _free_name(folder)
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
            _lock(self._descriptor)
        except OSError:
            self.is_kept = False
            self.close()
            return
        self._add(head)

    def add_gap(self, gap: Gap) -> None:
        """Tell of a stretch without sound."""
        self._add({"start": gap.start, "end": gap.end, "kind": gap.kind.value})

    def close(self, *, is_finished: bool = True) -> None:
        """Let go; a second call does nothing.

        Args:
            is_finished: Nothing is left to do for the next start.
        """
        if self._descriptor < 0:
            return
        if is_finished and os.name != "nt":  # before anybody can find it without its lock
            self._path.unlink(missing_ok=True)
        os.close(self._descriptor)
        self._descriptor = -1
        if is_finished and os.name == "nt":  # where what is open cannot be deleted
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def _add(self, line: dict[str, Any]) -> None:
        if not self.is_kept:
            return
        try:
            os.write(self._descriptor, f"{json.dumps(line)}\n".encode("ascii"))  # one call: a whole line or none
            os.fsync(self._descriptor)
        except OSError:
            self.is_kept = False


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A recording that was not finished.

    Attributes:
        journal: The file that tells of it.
        recording: Where its sound is.
        started_at: When it began, seconds since 1970.
        device: The microphone's name.
        rate: Samples per second.
        gaps: The stretches without sound.
    """

    journal: Path
    recording: Path
    started_at: float
    device: str
    rate: int
    gaps: tuple[Gap, ...]

    def __post_init__(self) -> None:
        is_name = b"\0" not in os.fsencode(self.recording)  # which refuses what is no text
        if not is_name or self.rate < 1 or not math.isfinite(self.started_at):
            raise ValueError(f"no recording: {self.recording!r}, {self.rate} Hz, started at {self.started_at}")

    @property
    def seconds(self) -> float:
        """How much of it there is."""
        return seconds_found(self.recording, self.rate)

    def recover(self) -> Path:
        """Make the recording whole, forget that it was not, and return where it is.

        Raises:
            AudioFileError: It is gone, or cannot be written.
        """
        repair(self.recording, self.rate, self.gaps)
        self.journal.unlink(missing_ok=True)
        return self.recording

    def discard(self) -> None:
        """Delete the recording.

        Raises:
            AudioFileError: It may not be deleted.
        """
        try:
            self.recording.unlink(missing_ok=True)
        except OSError as error:
            raise cannot_be_written(self.recording, error) from error
        self.journal.unlink(missing_ok=True)


def unfinished_recordings(folder: Path) -> list[Unfinished]:
    """Return the recordings that nobody is making any more, oldest first.

    A journal whose recording is gone, or holds no sound, is deleted.
    """
    found = []
    for journal in sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else ():
        each = _read(journal)
        if each is None:
            continue
        if each.seconds > 0.0:
            found.append(each)
        elif each.recording.parent.is_dir():  # else on a disk that is not there today
            with contextlib.suppress(OSError):
                journal.unlink()
                _delete_empty(each.recording)
    return sorted(found, key=lambda each: each.started_at)


def _delete_empty(recording: Path) -> None:
    """Delete what a crash left before the first sound came: a file of no bytes, or with nothing but a header."""
    if recording.is_file() and recording.stat().st_size <= 128 and recording.suffix == ".wav":
        recording.unlink()


def _read(journal: Path) -> Unfinished | None:
    """Return what a journal tells, or ``None`` where it is in use or not ours."""
    try:
        descriptor = os.open(journal, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return None
    with open(descriptor, "rb") as file:  # noqa: PTH123 - a descriptor is no path
        try:
            _lock(descriptor)
        except OSError:
            return None
        lines = file.read(MOST_BYTES).split(b"\n")
    try:
        head = json.loads(lines[0])
        gaps = tuple(_gap(json.loads(line)) for line in itertools.takewhile(_is_whole, lines[1:]))
        return Unfinished(
            journal, Path(head["recording"]), float(head["started"]), str(head["device"]), int(head["rate"]), gaps
        )
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def _is_whole(line: bytes) -> bool:
    return line.endswith(b"}")


def _gap(told: dict[str, Any]) -> Gap:
    return Gap(int(told["start"]), int(told["end"]), GapKind(told["kind"]))


def _free_name(folder: Path) -> Path:
    name = f"{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}"
    numbers = itertools.count(1)
    return next(path for number in numbers if not (path := folder / f"{name}-{number}{SUFFIX}").exists())


def _lock(descriptor: int) -> None:
    """Take hold of a file until it is closed.

    Raises:
        OSError: Another program has it.
    """
    if os.name == "nt":
        import msvcrt

        os.lseek(descriptor, LOCKED_AT, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        os.lseek(descriptor, 0, os.SEEK_SET)
        return
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
            raise
        # A home on a file system without locks: better no lock than no journal.
