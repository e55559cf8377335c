"""Recordings, read block by block through libsndfile."""

from __future__ import annotations

import contextlib
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import soundfile

from ser_desktop.audio.decoder import read_block
from ser_desktop.audio.gaps import outside_gaps, read_gaps
from ser_desktop.audio.header_length import expected_frames, header_frames, is_truncated_ogg
from ser_desktop.audio.mixing import mix_to_mono
from ser_desktop.audio.native_stderr import native_stderr_silenced
from ser_desktop.audio.opening import CHOOSE_ANOTHER, COPY_AGAIN, SAVE_AGAIN, open_recording
from ser_desktop.errors import AudioFileError
from ser_desktop.values import AudioChunk

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt
    from typing_extensions import Self

MIN_RATE = 1_000  # Hz; below it there is no speech to hear
MAX_RATE = 768_000  # Hz; the highest of any converter on sale
MAX_BLOCK_VALUES = 1 << 20  # samples of all channels together: 4 MB, whatever rate and channels a header claims
MAX_SAMPLE = 1e12  # float files in units of 32-bit integers reach 2e9; beyond is damage or another byte order
MP3_COUNT_SLACK_S = 0.15  # an MP3 counts whole frames, up to 72 ms each, and the first one may be silent padding

MIN_MIX_POWER_RATIO = 0.03  # of the power that channels with nothing in common leave in their mix; -15 dB

NO_SOUND = "“{path}” has a header but no sound in it (0 samples)."
CUT_BEFORE_SOUND = "“{path}” is cut short before its first sound (0 samples)."
NOT_A_NUMBER = "“{path}” holds a sample that is not a number (NaN) at {at_s:.3f} s."
INFINITE = "“{path}” holds a sample that is infinite at {at_s:.3f} s."
BEYOND_ALL = "“{path}” holds a sample that is {sample:.0e} at {at_s:.3f} s."

_SEEK_FAILED = 39  # libsndfile's number for it, from its src/common.h


@dataclass(frozen=True, slots=True)
class Truncation:
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

    def warning(self, path: Path) -> AudioFileError:
        """Return what to tell the user once the rest was analysed; not to be raised."""
        return AudioFileError(
            "“{path}” ended early at {read_s:.2f} s; what is there was analysed."
            if self.announced_s is None
            else "“{path}” ended early at {read_s:.2f} s of {announced_s:.2f} s; what is there was analysed.",
            "Copy the file again.",
            path=path,
            read_s=self.read_s,
            announced_s=self.announced_s,
        )


class FileSource:
    """A recording as a stream of mono chunks; never the whole of it in memory.

    Samples of float files are passed on as they are, also beyond -1…1. What
    can be decoded before a damaged place is delivered, and :attr:`truncation`
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
        truncation: ``None`` until the end is reached, and after it when the
            header's promise was kept.
    """

    def __init__(self, path: str | Path, *, block_s: float = 0.5, is_isolated: bool = True) -> None:
        """Open a recording and check its header.

        Args:
            path: Where the recording is.
            block_s: Length of a chunk in seconds, above 0; the last one is
                shorter. Shorter throughout where a block would take over 4 MB.
            is_isolated: Whether formats whose decoders may crash are decoded in
                another process.

        Raises:
            AudioFileError: There is no readable recording with at least one
                sample at this path.
        """
        if block_s <= 0:
            raise ValueError(f"block_s must be above 0, got {block_s}")
        self.path = Path(path)
        self.name = self.path.name
        self._file = open_recording(self.path, is_isolated=is_isolated)
        try:
            self._check_header()
        except AudioFileError:
            self.close()
            raise
        self.rate: int = self._file.samplerate
        self.channels: int = self._file.channels
        self.format = f"{self._file.format_info}, {self._file.subtype_info}"
        self.frames = expected_frames(self._file)
        self.truncation: Truncation | None = None
        self._gaps = read_gaps(self.path)  # of a recording of ours; they show as jumps in the stamps
        self._header_frames = header_frames(self._file, self.path)
        self._is_mp3 = self._file.format == "MP3"
        self._is_truncated_ogg = is_truncated_ogg(
            self._file
        )  # asked now: at the end, libsndfile says so of whole ones, too
        self._block_frames = max(1, min(round(block_s * self.rate), MAX_BLOCK_VALUES // self.channels))
        self._read_frames = 0
        self._channel_power = self._mix_power = 0.0  # sums of squares; the first is the mean of the channels

    @property
    def hint(self) -> AudioFileError | None:
        """What the user should know of the sound so far, if anything; not to be raised."""
        if self._mix_power * self.channels >= MIN_MIX_POWER_RATIO * self._channel_power:
            return None
        return AudioFileError(
            "The channels of “{path}” cancel each other when they are mixed, so that hardly any sound is left.",
            "Turn one of them over (invert it) in an audio editor, or keep only one of them.",
            path=self.path,
        )

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
            chunk = AudioChunk(self._read_frames, self._checked_samples(mix_to_mono(block)))
            if self.channels > 1:
                self._mix_power += float(np.vdot(chunk.samples, chunk.samples))
                self._channel_power += float(np.vdot(block, block)) / self.channels
            self._read_frames = chunk.end
            yield from outside_gaps(chunk, self._gaps)
        if self._read_frames == 0:
            raise AudioFileError(
                "“{path}” is damaged: not one sample can be decoded.", COPY_AGAIN, path=self.path
            ) from error
        self.truncation = self._find_truncation(damaged=error is not None)

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def _check_header(self) -> None:
        rate = self._file.samplerate
        if not MIN_RATE <= rate <= MAX_RATE:
            raise AudioFileError(
                "“{path}” has a sample rate of {rate} Hz; {lowest} to {highest} Hz can be used.",
                SAVE_AGAIN,
                path=self.path,
                rate=rate,
                lowest=MIN_RATE,
                highest=MAX_RATE,
            )
        if self._file.frames == 0:
            raise AudioFileError(
                CUT_BEFORE_SOUND if is_truncated_ogg(self._file) else NO_SOUND, CHOOSE_ANOTHER, path=self.path
            )

    def _read_block(self) -> tuple[npt.NDArray[np.float32], soundfile.LibsndfileError | None]:
        """Return the next (n, channels) samples and the error that ended them, if any."""
        block = np.empty((self._block_frames, self.channels), dtype=np.float32)
        with native_stderr_silenced() if self._is_mp3 else contextlib.nullcontext():
            samples, error = read_block(self._file, block)
        # At the end of a FLAC without a length, soundfile's own seek fails: the end, not a damage.
        reached_end = error is not None and error.code == _SEEK_FAILED and self.frames is None
        return samples, None if reached_end else error

    def _checked_samples(self, samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        is_sound = np.abs(samples) < MAX_SAMPLE  # false for NaN
        if is_sound.all():
            return samples
        first = int(is_sound.argmin())
        sample, at_s = float(samples[first]), (self._read_frames + first) / self.rate
        raise AudioFileError(
            NOT_A_NUMBER if math.isnan(sample) else INFINITE if math.isinf(sample) else BEYOND_ALL,
            SAVE_AGAIN,
            path=self.path,
            sample=sample,
            at_s=at_s,
        )

    def _find_truncation(self, *, damaged: bool) -> Truncation | None:
        slack = round(MP3_COUNT_SLACK_S * self.rate) if self._is_mp3 else 0
        if self._header_frames is not None and self._read_frames + slack < self._header_frames:
            return Truncation(self.read_s, self._header_frames / self.rate)
        return Truncation(self.read_s, None) if damaged or self._is_truncated_ogg else None
