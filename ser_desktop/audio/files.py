"""Recordings, read block by block through libsndfile."""

from __future__ import annotations

import contextlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import soundfile

from ser_desktop.audio.announced import announced_frames, expected_frames, is_cut_ogg
from ser_desktop.audio.native_stderr import native_stderr_silenced
from ser_desktop.audio.source import mix_to_mono
from ser_desktop.errors import AudioFileError
from ser_desktop.values import AudioChunk

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt
    from typing_extensions import Self

LOWEST_RATE = 1_000  # Hz; below it there is no speech to hear
HIGHEST_RATE = 768_000  # Hz; the highest of any converter on sale
MAX_BLOCK_VALUES = 1 << 20  # samples of all channels together: 4 MB, whatever rate and channels a header claims
LARGEST_SAMPLE = 1e12  # float files in units of 32-bit integers reach 2e9; beyond is damage or another byte order
MP3_COUNT_SLACK_S = 0.15  # an MP3 counts whole frames, up to 72 ms each, and the first one may be silent padding

CHOOSE_ANOTHER = "Choose a recording (WAV, FLAC, OGG, Opus, MP3, AIFF, CAF or AU)."
SAVE_AGAIN = "Open it in an audio editor and save it again as WAV."

COPY_AGAIN = "Copy it again from where it came from, or record it again."

_SEEK_FAILED = 39  # libsndfile's numbers for what can be wrong, from its src/common.h
_UNKNOWN = f"is not a recording in a known format. {CHOOSE_ANOTHER}"
_NO_CHANNELS = f"says in its header that it has 0 channels. {COPY_AGAIN}"
_REASONS = {
    1: _UNKNOWN,
    7: _UNKNOWN,  # an .mp3 without one MP3 frame
    18: f"holds sound in a coding that cannot be read, or none. {CHOOSE_ANOTHER}",
    24: f"says in its header that its sample rate is 0 Hz or beyond all limits. {COPY_AGAIN}",
    32: _NO_CHANNELS,
    33: f"says in its header that it has more than 1024 channels. {COPY_AGAIN}",
    34: _NO_CHANNELS,  # of an AIFF
}


@dataclass(frozen=True, slots=True)
class EndedEarly:
    """A recording held less sound than its header promised: it is cut short or damaged.

    Attributes:
        read_s: Seconds that were read.
        announced_s: Seconds that the header promised; ``None`` where it is only
            known that the end is missing.
    """

    read_s: float
    announced_s: float | None

    def __str__(self) -> str:
        of = "" if self.announced_s is None else f" of {self.announced_s:.2f} s"
        return f"ended early at {self.read_s:.2f} s{of}"


class FileSource:
    """A recording as a stream of mono chunks; never the whole of it in memory.

    Samples of float files are passed on as they are, also beyond -1…1. What
    can be decoded before a damaged place is delivered, and :attr:`ended_early`
    then tells how far it went.

    One file is used by one thread at a time.

    Attributes:
        path: Where the recording is.
        name: Its file name.
        rate: Samples per second.
        channels: Channels before the mix to mono.
        format: Container and coding in words, such as
            "WAV (Microsoft), Signed 16 bit PCM".
        frames: How many mono samples to expect, for a progress bar: what is in
            the file, or an estimate for an MP3 that does not count its frames,
            or ``None`` when nothing tells.
        ended_early: ``None`` until the end is reached, and after it when the
            header's promise was kept.
    """

    def __init__(self, path: str | Path, *, block_s: float = 0.5) -> None:
        """Open a recording and check its header.

        Args:
            path: Where the recording is.
            block_s: Length of a chunk in seconds, above 0; the last one is
                shorter. Shorter throughout where a block would take over 4 MB.

        Raises:
            AudioFileError: There is no readable recording with at least one
                sample at this path.
        """
        if block_s <= 0:
            raise ValueError(f"block_s must be above 0, got {block_s}")
        self.path = Path(path)
        self.name = self.path.name
        _check_file(self.path)
        self._file = _open(self.path)
        try:
            self._check_header()
        except AudioFileError:
            self.close()
            raise
        self.rate: int = self._file.samplerate
        self.channels: int = self._file.channels
        self.format = f"{self._file.format_info}, {self._file.subtype_info}"
        self.frames = expected_frames(self._file)
        self.ended_early: EndedEarly | None = None
        self._announced = announced_frames(self._file, self.path)
        self._is_mp3 = self._file.format == "MP3"
        self._block_frames = max(1, min(round(block_s * self.rate), MAX_BLOCK_VALUES // self.channels))
        self._read_frames = 0

    @property
    def seconds(self) -> float | None:
        """Length to expect in seconds, as uncertain as :attr:`frames`; ``None`` when nothing tells."""
        return None if self.frames is None else self.frames / self.rate

    @property
    def read_s(self) -> float:
        """Seconds delivered so far; at the end, the length of the recording."""
        return self._read_frames / self.rate

    def chunks(self) -> Iterator[AudioChunk]:
        """Yield the recording in order, once, in chunks of the same length up to the last.

        Raises:
            AudioFileError: A sample is not a number or infinite, or not one
                sample could be decoded.
        """
        error: soundfile.LibsndfileError | None = None
        while error is None:
            block, error = self._read_block()
            if not len(block):
                break
            chunk = AudioChunk(self._read_frames, self._finite(mix_to_mono(block)))
            self._read_frames = chunk.end
            yield chunk
        if self._read_frames == 0:
            raise AudioFileError(f"“{self.path}” is damaged: not one sample can be decoded. {COPY_AGAIN}") from error
        self.ended_early = self._find_early_end(damaged=error is not None)

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def _check_header(self) -> None:
        rate = self._file.samplerate
        if not LOWEST_RATE <= rate <= HIGHEST_RATE:
            raise AudioFileError(
                f"“{self.path}” has a sample rate of {rate} Hz; {LOWEST_RATE} to {HIGHEST_RATE} Hz can be used. "
                f"{SAVE_AGAIN}"
            )
        if self._file.frames == 0:
            raise AudioFileError(f"“{self.path}” has a header but no sound in it (0 samples). {CHOOSE_ANOTHER}")

    def _read_block(self) -> tuple[npt.NDArray[np.float32], soundfile.LibsndfileError | None]:
        """Return the next (n, channels) samples and the error that ended them, if any.

        A decoder that stumbles has often decoded part of the block, but
        soundfile then raises instead of telling how much. Decoders never write
        NaN, so a block filled with it beforehand shows where they stopped.
        """
        block = np.full((self._block_frames, self.channels), np.nan, dtype=np.float32)
        quiet = native_stderr_silenced() if self._is_mp3 else contextlib.nullcontext()
        try:
            with quiet:
                return self._file.read(out=block), None
        except soundfile.LibsndfileError as error:
            unwritten = np.isnan(block[:, 0])
            frames = int(unwritten.argmax()) if unwritten.any() else len(block)
            # At the end of a FLAC without a length, soundfile's own seek fails: the end, not a damage.
            reached_end = error.code == _SEEK_FAILED and self.frames is None
            return block[:frames], None if reached_end else error

    def _finite(self, samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        is_sound = np.abs(samples) < LARGEST_SAMPLE  # false for NaN
        if is_sound.all():
            return samples
        first = int(is_sound.argmin())
        sample = samples[first]
        what = f"is {sample:.0e}" if np.isfinite(sample) else "is infinite"
        what = "is not a number (NaN)" if np.isnan(sample) else what
        at_s = (self._read_frames + first) / self.rate
        raise AudioFileError(f"“{self.path}” holds a sample that {what} at {at_s:.3f} s. {SAVE_AGAIN}")

    def _find_early_end(self, *, damaged: bool) -> EndedEarly | None:
        slack = round(MP3_COUNT_SLACK_S * self.rate) if self._is_mp3 else 0
        if self._announced is not None and self._read_frames + slack < self._announced:
            return EndedEarly(self.read_s, self._announced / self.rate)
        return EndedEarly(self.read_s, None) if damaged or is_cut_ogg(self._file) else None


def _check_file(path: Path) -> None:
    """Raise an AudioFileError unless ``path`` is a file with something in it that may be read."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise AudioFileError(f"“{path}” is a folder. Give the recordings in it one by one.")
        if not stat.S_ISREG(status.st_mode):  # opening a pipe would wait for its other end
            raise AudioFileError(f"“{path}” is not a file but a device or pipe. {CHOOSE_ANOTHER}")
        with path.open("rb"):
            pass
    except (FileNotFoundError, NotADirectoryError) as error:
        raise AudioFileError(f"“{path}” does not exist. Check the name and the folder.") from error
    except PermissionError as error:
        raise AudioFileError(f"“{path}” may not be read. Ask its owner, or change its permissions.") from error
    except OSError as error:
        raise AudioFileError(f"“{path}” cannot be opened: {error.strerror}. Check the name and the disk.") from error
    if status.st_size == 0:
        raise AudioFileError(f"“{path}” is empty (0 bytes). {CHOOSE_ANOTHER}")


def _open(path: Path) -> soundfile.SoundFile:
    if path.suffix.lower() == ".raw":  # soundfile would ask the programmer for rate and channels
        raise AudioFileError(f"“{path}” has no header that tells rate and channels (.raw). {SAVE_AGAIN}")
    # Names on Linux are bytes that need not be UTF-8; Windows knows them as text.
    native_path = str(path) if os.name == "nt" else os.fsencode(path)
    try:
        with native_stderr_silenced():
            return soundfile.SoundFile(native_path)
    except soundfile.LibsndfileError as error:
        what = error.error_string.rstrip(".") or f"libsndfile error {error.code}"
        reason = _REASONS.get(error.code, f"is damaged or cut short ({what}). {COPY_AGAIN}")
        raise AudioFileError(f"“{path}” {reason}") from error
