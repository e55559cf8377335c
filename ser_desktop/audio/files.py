"""Reads recordings block by block through libsndfile."""

from __future__ import annotations

import contextlib
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import soundfile

from ser_desktop.audio.channel_check import ChannelCheck
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

MIN_RATE = 1_000  # Hz; lower rates cannot carry speech
MAX_RATE = 768_000  # Hz; the highest rate of any converter on the market
MAX_BLOCK_VALUES = 1 << 20  # samples of all channels: at most 4 MB, whatever the header declares
MAX_SAMPLE = 1e12  # float files scaled as 32-bit integers reach 2e9; larger values are damage
MP3_COUNT_SLACK_S = 0.15  # an MP3 counts whole frames, up to 72 ms each; the first may be padding

NO_SOUND = "“{path}” has a header but no sound in it (0 samples)."
CUT_BEFORE_SOUND = "“{path}” is cut short before its first sound (0 samples)."
NOT_A_NUMBER = "“{path}” holds a sample that is not a number (NaN) at {at_s:.3f} s."
INFINITE = "“{path}” holds a sample that is infinite at {at_s:.3f} s."
BEYOND_ALL = "“{path}” holds a sample that is {sample:.0e} at {at_s:.3f} s."

_SEEK_FAILED = 39  # SFE_SEEK_FAILED in libsndfile's src/common.h


@dataclass(frozen=True, slots=True)
class Truncation:
    """A recording is shorter than its header declares: it is truncated or damaged.

    Attributes:
        read_s: Decoded length, seconds.
        declared_s: Length in the header, seconds; ``None`` if only the missing
            end is detected.
    """

    read_s: float
    declared_s: float | None

    def warning(self, path: Path) -> AudioFileError:
        """Return the warning for the user; it is shown with the result and not raised."""
        return AudioFileError(
            "“{path}” ended early at {read_s:.2f} s; what is there was analysed."
            if self.declared_s is None
            else "“{path}” ended early at {read_s:.2f} s of {announced_s:.2f} s; what is there was analysed.",
            "Copy the file again.",
            path=path,
            read_s=self.read_s,
            announced_s=self.declared_s,
        )


class FileSource:
    """A recording as a stream of mono chunks; only one block is in memory.

    Samples of float files keep their values, also beyond -1…1. A damaged file is
    delivered up to the damage; :attr:`truncation` then holds the length reached.

    Only one thread at a time may use an instance.

    Attributes:
        path: Path of the recording.
        name: Its file name.
        rate: Sample rate, Hz.
        channels: Channels of the file.
        channel: The channel that is read, from 1; ``None`` for the mean of all.
        tracks: A description of each audio track, such as "AAC, 2 channels, eng".
        format: Container and codec in words, such as
            "WAV (Microsoft), Signed 16 bit PCM".
        frames: Expected number of mono samples, for a progress bar: exact, an
            estimate for an MP3 without a frame count, or ``None`` if unknown.
        truncation: Set when the end is reached before the declared length.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        block_s: float = 0.5,
        channel: int | None = None,
        track: int = 1,
        is_isolated: bool = True,
    ) -> None:
        """Open a recording and check its header.

        Args:
            path: Path of the recording.
            block_s: Length of a chunk in seconds, above 0; the last one may be
                shorter. Blocks of more than 4 MB are shortened.
            channel: The channel to read, from 1; ``None`` for the mean of all.
            track: The audio track to read, from 1; only video containers have
                more than one.
            is_isolated: Decode formats whose decoders may crash in a child
                process.

        Raises:
            AudioFileError: There is no readable recording with at least one
                sample at this path, or it lacks this channel or track.
        """
        if block_s <= 0:
            raise ValueError(f"block_s must be above 0, got {block_s}")
        self.path = Path(path)
        self.name = self.path.name
        self._file = open_recording(self.path, is_isolated=is_isolated)
        try:
            self._check_header(channel, track)
        except AudioFileError:
            self.close()
            raise
        self.rate: int = self._file.samplerate
        self.channels: int = self._file.channels
        self.channel = channel
        self.tracks: tuple[str, ...] = (self._file.subtype_info,)
        self.format = f"{self._file.format_info}, {self._file.subtype_info}"
        self.frames = expected_frames(self._file)
        self.truncation: Truncation | None = None
        self._gaps = read_gaps(self.path)  # written by WavRecorder; gaps become jumps in ``start``
        self._header_frames = header_frames(self._file, self.path)
        self._is_mp3 = self._file.format == "MP3"
        # Read before decoding: at the end, libsndfile logs a missing end-of-stream bit for complete files too.
        self._is_truncated_ogg = is_truncated_ogg(self._file)
        self._block_frames = max(1, min(round(block_s * self.rate), MAX_BLOCK_VALUES // self.channels))
        self._read_frames = 0
        self._check = ChannelCheck(self.channels, self.rate) if channel is None and self.channels > 1 else None

    @property
    def hint(self) -> AudioFileError | None:
        """A hint for the user on mixed channels read so far, or ``None``; it is shown and not raised."""
        return self._check.hint(self.path) if self._check else None

    @property
    def seconds(self) -> float | None:
        """Expected length in seconds, from :attr:`frames`; ``None`` if unknown."""
        return None if self.frames is None else self.frames / self.rate

    @property
    def read_s(self) -> float:
        """Length delivered so far, seconds."""
        return self._read_frames / self.rate

    def chunks(self) -> Iterator[AudioChunk]:
        """Yield the recording in order, once, in chunks of equal length; the last may be shorter.

        Raises:
            AudioFileError: A sample is NaN, infinite or too large, or no sample
                could be decoded.
        """
        error: soundfile.LibsndfileError | None = None
        while error is None:
            block, error = self._read_block()
            if not len(block):
                break
            mono = mix_to_mono(block) if self.channel is None else block[:, self.channel - 1].copy()
            chunk = AudioChunk(self._read_frames, self._checked_samples(mono))
            if self._check:
                self._check.push(block)
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

    def _check_header(self, channel: int | None, track: int) -> None:
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
        if channel is not None and not 1 <= channel <= self._file.channels:
            raise AudioFileError(
                "“{path}” has no channel {channel}.",
                "Its channels are 1 to {channels}.",
                path=self.path,
                channel=channel,
                channels=self._file.channels,
            )
        if track != 1:
            raise AudioFileError(
                "“{path}” has no audio track {track}.",
                "Its tracks are 1 to {tracks}.",
                path=self.path,
                track=track,
                tracks=1,
            )

    def _read_block(self) -> tuple[npt.NDArray[np.float32], soundfile.LibsndfileError | None]:
        """Return the next (n, channels) samples, and the error that ended them or ``None``."""
        block = np.empty((self._block_frames, self.channels), dtype=np.float32)
        with native_stderr_silenced() if self._is_mp3 else contextlib.nullcontext():
            samples, error = read_block(self._file, block)
        # At the end of a FLAC without a length, soundfile's own seek fails: that is the end and no damage.
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
