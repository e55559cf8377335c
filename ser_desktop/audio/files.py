"""Reads recordings block by block, as mono chunks."""

from __future__ import annotations

import contextlib
import math
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ser_desktop.audio.channel_check import ChannelCheck
from ser_desktop.audio.decoding.decoder import DecoderError, Refusal
from ser_desktop.audio.gaps import outside_gaps, read_gaps
from ser_desktop.audio.loss import Loss, find_loss
from ser_desktop.audio.mixing import mix_to_mono
from ser_desktop.audio.opening import COPY_AGAIN, SAVE_AGAIN, open_recording, refusal
from ser_desktop.errors import AudioFileError
from ser_desktop.values import AudioChunk

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt
    from typing_extensions import Self

    from ser_desktop.audio.decoding.decoder import Block

MIN_RATE = 1_000  # Hz; lower rates cannot carry speech
MAX_RATE = 768_000  # Hz; the highest rate of any converter on the market
BLOCK_S = 8.0  # with blocks of 2 s, the analysis takes a tenth more time, with 0.5 s nearly twice as much
MAX_BLOCK_VALUES = 1 << 20  # samples of all channels: at most 4 MB, whatever the header declares
MAX_SAMPLE = 1e12  # float files scaled as 32-bit integers reach 2e9; larger values are damage

NOT_A_NUMBER = "“{path}” holds a sample that is not a number (NaN) at {at_s:.3f} s."
INFINITE = "“{path}” holds a sample that is infinite at {at_s:.3f} s."
TOO_LARGE = "“{path}” holds a sample that is {sample:.0e} at {at_s:.3f} s."


class FileSource:
    """A recording as a stream of mono chunks; only one block is in memory.

    Samples of float files keep their values, also beyond -1…1. Sound that cannot be
    decoded is a jump in the positions of the chunks; :attr:`loss` then has the
    evidence.

    Only one thread at a time may use an instance.

    Attributes:
        path: Path of the recording.
        name: Its file name.
        rate: Sample rate, Hz.
        channels: Channels of the file.
        channel: The channel that is read, from 1; ``None`` for the mean of all.
        track: The audio track that is read, from 1.
        tracks: A description of each audio track, such as "AAC, 2 channels, eng".
        format: Container and codec in words, such as
            "WAV (Microsoft), Signed 16 bit PCM".
        frames: Expected number of mono samples, for a progress bar: exact, an
            estimate for containers that do not declare it, or ``None``.
        loss: Evidence that sound is missing, known at the end; else ``None``.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        block_s: float = BLOCK_S,
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
            is_isolated: Decode with FFmpeg in a child process, because native
                decoders may crash.

        Raises:
            AudioFileError: There is no readable recording with at least one
                sample at this path, or it lacks this channel or track.
        """
        if block_s <= 0:
            raise ValueError(f"block_s must be above 0, got {block_s}")
        self.path = Path(path)
        self.name = self.path.name
        opened = open_recording(self.path, track=track, is_isolated=is_isolated)
        self._decoder, self._facts = opened.decoder, opened.facts
        self.rate, self.channels = self._decoder.rate, self._decoder.channels
        expected_s = self._facts.expected_s
        self.frames = self._decoder.frames if expected_s is None else round(expected_s * self.rate)
        try:
            self._check_usable(channel)
        except AudioFileError:
            self.close()
            raise
        self.channel, self.track = channel, track
        self.tracks = self._decoder.tracks
        self.format = f"{self._decoder.container}, {self._decoder.codec}"
        self.loss: Loss | None = None
        self._size = self._file_size()
        self._gaps = read_gaps(self.path)  # written by WavRecorder; gaps become jumps in ``start``
        self._block_frames = max(1, min(round(block_s * self.rate), MAX_BLOCK_VALUES // self.channels))
        self._read_frames = 0
        self._channel_check = ChannelCheck(self.channels, self.rate) if channel is None and self.channels > 1 else None

    @property
    def hint(self) -> AudioFileError | None:
        """A hint for the user if the channels should not be mixed, or ``None``; it is shown and not raised."""
        return self._channel_check.hint(self.path) if self._channel_check else None

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
        while len((block := self._read_block()).samples):
            sound = block.samples
            mono = mix_to_mono(sound) if self.channel is None else sound[:, self.channel - 1].copy()
            valid = np.abs(mono) < MAX_SAMPLE  # false for NaN
            count = len(mono) if valid.all() else int(valid.argmin())
            if self._channel_check:
                self._channel_check.push(sound[:count])
            self._read_frames = block.start + count
            if count:
                yield from outside_gaps(AudioChunk(block.start, mono[:count]), self._gaps)
            if count < len(mono):
                raise self._unusable(float(mono[count]))
        if self._read_frames == 0:
            raise refusal(self.path, DecoderError(Refusal.NO_SAMPLE))
        self.loss = find_loss(
            self._decoder.findings(),
            self._facts,
            read_frames=self._read_frames,
            rate=self.rate,
            has_grown=self._file_size() > self._size,
        )

    def seek(self, position: int) -> None:
        """Continue at a position in samples.

        Raises:
            AudioFileError: The position cannot be reached.
        """
        try:
            self._decoder.seek(position)
        except DecoderError as error:
            raise AudioFileError(
                "“{path}” cannot be played from {start_s:.1f} s: it is damaged or does not tell its length.",
                COPY_AGAIN,
                path=self.path,
                start_s=position / self.rate,
            ) from error

    def blocks(self) -> Iterator[npt.NDArray[np.float32]]:
        """Yield the rest of the recording with all its channels, (n, channels) float32; gaps are zeros."""
        position: int | None = None
        while len((block := self._read_block()).samples):
            missing = 0 if position is None else block.start - position
            while missing > 0:
                silent = min(missing, self._block_frames)
                yield np.zeros((silent, self.channels), np.float32)
                missing -= silent
            yield block.samples
            position = block.end

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        self._decoder.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def _check_usable(self, channel: int | None) -> None:
        """Check that the recording can be analysed.

        Raises:
            AudioFileError: The rate is out of range, there is no sound, or no such
                channel.
        """
        if not MIN_RATE <= self.rate <= MAX_RATE:
            raise AudioFileError(
                "“{path}” has a sample rate of {rate} Hz; {lowest} to {highest} Hz can be used.",
                SAVE_AGAIN,
                path=self.path,
                rate=self.rate,
                lowest=MIN_RATE,
                highest=MAX_RATE,
            )
        if self.frames == 0:
            raise refusal(self.path, DecoderError(Refusal.NO_SOUND))
        if channel is not None and not 1 <= channel <= self.channels:
            raise AudioFileError(
                "“{path}” has no channel {channel}.",
                "Its channels are 1 to {channels}.",
                path=self.path,
                channel=channel,
                channels=self.channels,
            )

    def _read_block(self) -> Block:
        return self._decoder.read(self._block_frames)

    def _file_size(self) -> int:
        with contextlib.suppress(OSError):  # deleted or moved while it is read
            return self.path.stat().st_size
        return 0

    def _unusable(self, sample: float) -> AudioFileError:
        """Return the error for the sample after those that were read."""
        return AudioFileError(
            NOT_A_NUMBER if math.isnan(sample) else INFINITE if math.isinf(sample) else TOO_LARGE,
            SAVE_AGAIN,
            path=self.path,
            sample=sample,
            at_s=self._read_frames / self.rate,
        )
