"""Decodes with libsndfile: plain WAV, AIFF and FLAC, and what FFmpeg does not know."""

from __future__ import annotations

import contextlib
import dataclasses
import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import soundfile

from ser_desktop.audio.decoding.decoder import Block, Decoder, DecoderError, Findings, MissingSound, Refusal
from ser_desktop.audio.native_stderr import native_stderr_silenced

if TYPE_CHECKING:
    from collections.abc import Callable
    from io import RawIOBase

    from ser_desktop.audio.decoding.decoder import Samples

UNKNOWN_FRAMES = 1 << 62  # libsndfile reports the largest 64-bit number for a FLAC without a length

# Error codes of libsndfile, from its src/common.h.
_REFUSALS = {
    1: Refusal.UNKNOWN_FORMAT,
    7: Refusal.UNKNOWN_FORMAT,
    18: Refusal.UNKNOWN_CODING,
    24: Refusal.NO_RATE,
    32: Refusal.NO_CHANNELS,
    33: Refusal.MANY_CHANNELS,
    34: Refusal.NO_CHANNELS,  # for AIFF
}
_SEEK_FAILED = 39
_WAV_FORMATS = frozenset({"WAV", "WAVEX", "RF64"})
_SKIPPED = 1 << 16  # frames that are decoded at once on the way to a position


class SndfileDecoder:
    """A recording that libsndfile decodes; the attributes are those of :class:`Decoder`.

    Args:
        file: Its path, or the file opened for reading.
        continue_with: Opens another decoder, which takes over where libsndfile
            fails; ``None`` ends there.

    Raises:
        DecoderError: libsndfile cannot open it.
    """

    def __init__(self, file: Path | RawIOBase, *, continue_with: Callable[[], Decoder] | None = None) -> None:
        self._name = native_path(file) if isinstance(file, Path) else file
        try:
            with native_stderr_silenced():
                self._file = soundfile.SoundFile(self._name)
        except soundfile.LibsndfileError as error:
            raise refused(error) from error
        self.rate: int = self._file.samplerate
        self.channels: int = self._file.channels
        self.frames: int | None = None if self._file.frames >= UNKNOWN_FRAMES else int(self._file.frames)
        self.container: str = self._file.format_info
        self.codec: str = self._file.subtype_info
        self.tracks: tuple[str, ...] = (self.codec,)
        self._given = None if isinstance(file, Path) else file  # which soundfile does not close
        self._is_16_bit_wav = self._file.format in _WAV_FORMATS and self._file.subtype == "PCM_16"
        self._position = 0
        self._failure = ""
        self._continue_with = continue_with
        self._successor: Decoder | None = None
        self._has_continued = False

    def read(self, count: int) -> Block:
        """Return the next samples, at most ``count``; none at the end."""
        if self._successor:
            block = self._successor.read(count)
            self._has_continued = self._has_continued or len(block.samples) > 0
            return block
        start = self._position
        samples = np.empty((0, self.channels), np.float32) if self._failure else self._decode(count)
        self._position += len(samples)
        if self._failure and not len(samples) and self._take_over():
            return self.read(count)
        return Block(start, samples)

    def seek(self, position: int) -> None:
        """Continue at a position in samples.

        Raises:
            DecoderError: The position cannot be reached.
        """
        if self._successor:
            self._successor.seek(position)
            return
        try:
            if self._file.seekable():
                self._file.seek(position if self.frames is None else min(position, self.frames))
            else:
                self._read_to(position)
        except soundfile.LibsndfileError as error:
            raise DecoderError(Refusal.NOT_SEEKABLE) from error
        self._position, self._failure = position, ""

    def findings(self) -> Findings:
        """Return what was noticed so far."""
        if self._successor and self._has_continued:
            found = self._successor.findings()
            failed_at = MissingSound(self._position, self._position)
            return dataclasses.replace(found, declared_frames=self.frames, damaged=(failed_at, *found.damaged))
        return Findings(declared_frames=self.frames, failure=self._failure)

    def close(self) -> None:
        """Release the file; a second call does nothing."""
        self._file.close()
        if self._given:
            self._given.close()
        if self._successor:
            self._successor.close()

    def _read_to(self, position: int) -> None:
        """Decode up to a position, from the start if it lies behind; codings without an index need this."""
        if position < self._position:
            self._file.close()
            self._file, self._position = soundfile.SoundFile(self._name), 0
        while self._position < position and len(self.read(min(_SKIPPED, position - self._position)).samples):
            pass

    def _decode(self, count: int) -> Samples:
        """Return the next samples; after a fault these are the ones before it.

        A decoder that fails has often decoded part of the block, but soundfile
        raises without the number of frames. Decoders never write NaN, so the
        block is filled with NaN first; the first NaN marks where decoding
        stopped.
        """
        if self._is_16_bit_wav:
            try:
                return self._read_integers(count)
            except soundfile.LibsndfileError:  # what was read before the fault is read again, as floats
                self._is_16_bit_wav = False
                with contextlib.suppress(soundfile.LibsndfileError):
                    self._file.seek(self._position)
        block = np.full((count, self.channels), np.nan, np.float32)
        try:
            decoded: Samples = self._file.read(out=block)
        except soundfile.LibsndfileError as error:
            unwritten = np.isnan(block[:, 0])
            # At the end of a FLAC without a length, soundfile's own seek fails: that is the end and no damage.
            if error.code != _SEEK_FAILED or self.frames is not None:
                self._failure = error.error_string
            return block[: int(unwritten.argmax()) if unwritten.any() else count]
        return decoded

    def _read_integers(self, count: int) -> Samples:
        """Return the next samples of a WAV file of 16 bits, in a third of the time of its floats."""
        integers = self._file.read(count, dtype="int16", always_2d=True)
        floats: Samples = integers * np.float32(2.0**-15)
        return floats

    def _take_over(self) -> bool:
        if self._continue_with is None:
            return False
        try:
            successor = self._continue_with()
        except DecoderError:
            return False
        try:
            successor.seek(self._position)
        except DecoderError:
            successor.close()
            return False
        if (successor.rate, successor.channels) != (self.rate, self.channels):
            successor.close()
            return False
        self._successor = successor
        return True


def native_path(path: Path) -> str | bytes:
    """Return a path as libsndfile accepts it: text on Windows, else bytes, which need not be UTF-8."""
    return str(path) if os.name == "nt" else os.fsencode(path)


def refused(error: soundfile.LibsndfileError) -> DecoderError:
    """Return an error of libsndfile as an error of the decoders."""
    reason = error.error_string.rstrip(".") or f"libsndfile error {error.code}"
    return DecoderError(_REFUSALS.get(error.code, Refusal.DAMAGED), reason)
