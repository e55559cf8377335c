"""Opens a recording, or raises an error with the reason and a remedy.

Plain WAV, AIFF and FLAC are decoded by libsndfile in this process, which starts
at once. Everything else is decoded by FFmpeg in a child process, because native
decoders may crash on damaged files.
"""

from __future__ import annotations

import contextlib
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ser_desktop.audio.decoding.child import LIBSNDFILE, open_decoder
from ser_desktop.audio.decoding.declared_size import declared_over_present
from ser_desktop.audio.decoding.decoder import Decoder, DecoderError, Refusal
from ser_desktop.audio.decoding.header import Header, is_joined_flac, read_header
from ser_desktop.audio.decoding.ogg_pages import read_pages
from ser_desktop.audio.decoding.process import DecoderProcess
from ser_desktop.audio.decoding.spliced_wav import SplicedWav
from ser_desktop.audio.decoding.xing import read_xing_counts
from ser_desktop.audio.loss import FileFacts
from ser_desktop.errors import AudioFileError

if TYPE_CHECKING:
    from pathlib import Path

CHOOSE_ANOTHER = "Choose a recording (WAV, FLAC, MP3, M4A, MP4, WebM, Ogg, WMA, AMR …)."
SAVE_AGAIN = "Open it in an audio editor and save it again as WAV."
COPY_AGAIN = "Copy it again from where it came from, or record it again."
CHECK_THE_NAME = "Check the name and the folder."

_START_BYTES = 4
_SAMPLE_DUMP = b"\xf0\x7e"  # a MIDI sample dump; libsndfile prints its errors to stdout
_KNOWN_STARTS = (b"OggS", b"fLaC", b"caff", b".snd", b"\x1aE\xdf\xa3")  # the last is Matroska
_HEADERLESS = (".raw", ".pcm")  # no rate and no channels

_REFUSALS = {
    Refusal.UNKNOWN_FORMAT: AudioFileError("“{path}” is not a recording in a known format.", CHOOSE_ANOTHER),
    Refusal.UNKNOWN_CODING: AudioFileError(
        "“{path}” holds sound in a coding that cannot be read ({coding}).",
        "Convert it to WAV with the program that made it.",
    ),
    Refusal.NO_AUDIO_TRACK: AudioFileError("“{path}” has no sound in it, only pictures or text.", CHOOSE_ANOTHER),
    Refusal.NO_SUCH_TRACK: AudioFileError("“{path}” has no audio track {track}.", "Its tracks are 1 to {tracks}."),
    Refusal.NO_INDEX: AudioFileError(
        "“{path}” was not finished: its recorder stopped before it wrote the index (moov), without which the sound "
        "cannot be found.",
        "Open it with the app that recorded it, or with a repair program for MP4.",
    ),
    Refusal.NO_SOUND: AudioFileError("“{path}” has a header but no sound in it (0 samples).", CHOOSE_ANOTHER),
    Refusal.NO_SAMPLE: AudioFileError("“{path}” is damaged: not one sample can be decoded.", COPY_AGAIN),
    Refusal.NO_RATE: AudioFileError(
        "“{path}” says in its header that its sample rate is 0 Hz or beyond all limits.",
        COPY_AGAIN,
    ),
    Refusal.NO_CHANNELS: AudioFileError("“{path}” says in its header that it has 0 channels.", COPY_AGAIN),
    Refusal.MANY_CHANNELS: AudioFileError(
        "“{path}” says in its header that it has more than 1024 channels.", COPY_AGAIN
    ),
    Refusal.DAMAGED: AudioFileError("“{path}” is damaged or cut short ({reason}).", COPY_AGAIN),
    Refusal.NOT_SEEKABLE: AudioFileError("“{path}” is damaged or cut short ({reason}).", COPY_AGAIN),
    Refusal.CRASHED: AudioFileError("“{path}” cannot be decoded: its decoder crashed, or took too long.", COPY_AGAIN),
}


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """An opened recording.

    Attributes:
        decoder: Decodes it.
        facts: What its bytes show about its end.
    """

    decoder: Decoder
    facts: FileFacts


def open_recording(path: Path, *, track: int = 1, is_isolated: bool = True) -> OpenedFile:
    """Open a recording, without a check that it holds sound.

    Args:
        path: Its path.
        track: The audio track, from 1.
        is_isolated: Decode with FFmpeg in a child process, not in this one.

    Raises:
        AudioFileError: No decoder can open a file at this path.
    """
    start = _checked_start(path)
    try:
        header = read_header(path)
        try:
            decoder = _open(path, start, header, track=track, is_isolated=is_isolated)
        except DecoderError as error:
            if error.refusal is Refusal.UNKNOWN_FORMAT and (header or start in _KNOWN_STARTS):
                error = DecoderError(Refusal.DAMAGED, "its header is not complete")
            raise refusal(path, error, track=track, coding=header.coding if header else "") from error
        return OpenedFile(decoder, _file_facts(path, start, header))
    except OSError as error:
        raise AudioFileError(
            "“{path}” cannot be decoded: another process cannot be started ({reason}).",
            "Close other programs, and try again.",
            path=path,
            reason=error.strerror or error,
        ) from error


def _open(path: Path, start: bytes, header: Header | None, *, track: int, is_isolated: bool) -> Decoder:
    options: tuple[str, ...] = ()
    if header and header.needs_libsndfile:
        options = (LIBSNDFILE,)
    elif header and header.has_lost_size:
        options = ("ignore_length=1",)

    def open_with_ffmpeg() -> Decoder:
        if is_isolated:
            return DecoderProcess(path, track=track, options=options)
        return open_decoder(path, track=track, options=options)

    is_plain = header.is_plain if header else start == b"fLaC" and not is_joined_flac(path)
    if not is_plain or track != 1:
        return open_with_ffmpeg()
    from ser_desktop.audio.decoding.sndfile import SndfileDecoder

    try:
        if header and len(header.parts) > 1:
            return SndfileDecoder(SplicedWav(path, header.form, header.parts))
        return SndfileDecoder(path, continue_with=open_with_ffmpeg if start == b"fLaC" else None)
    except DecoderError:
        with contextlib.suppress(DecoderError):
            return open_with_ffmpeg()
        raise


def _file_facts(path: Path, start: bytes, header: Header | None) -> FileFacts:
    if header:
        return FileFacts(declared_s=header.declared_s, expected_s=header.expected_s, is_followed=header.is_followed)
    if start == b"OggS":
        pages = read_pages(path)
        return FileFacts(ends_within_page=pages.ends_within_page, lacks_pages=pages.has_hole)
    if (ratio := declared_over_present(path, start)) is not None:
        return FileFacts(size_ratio=ratio)
    counts = read_xing_counts(path)
    return FileFacts(mp3_frames=counts.frames if counts and counts.present_bytes < counts.declared_bytes else None)


def _checked_start(path: Path) -> bytes:
    """Return the first bytes of a file.

    Raises:
        AudioFileError: It is missing, empty, not readable or not a regular file,
            or a format that is not supported.
    """
    start = _first_bytes(path)
    if not start:
        raise AudioFileError("“{path}” is empty (0 bytes).", CHOOSE_ANOTHER, path=path)
    if start.startswith(_SAMPLE_DUMP):
        raise AudioFileError("“{path}” is a MIDI sample dump, which is not read.", CHOOSE_ANOTHER, path=path)
    if path.suffix.lower() in _HEADERLESS:
        raise AudioFileError(
            "“{path}” has no header that tells rate and channels ({suffix}).",
            SAVE_AGAIN,
            path=path,
            suffix=path.suffix.lower(),
        )
    return start


def _first_bytes(path: Path) -> bytes:
    """Return the first bytes of a regular file.

    Raises:
        AudioFileError: It is missing, not readable or not a regular file.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise AudioFileError(
                "“{path}” is a folder.", "Choose the recordings in it (in a terminal: folder/*.wav).", path=path
            )
        if not stat.S_ISREG(status.st_mode):  # opening a pipe would block until a writer opens it
            raise AudioFileError("“{path}” is not a file but a device or pipe.", CHOOSE_ANOTHER, path=path)
        with path.open("rb") as file:
            return file.read(_START_BYTES)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:  # ValueError for a name that no file can have
        raise AudioFileError("“{path}” does not exist.", CHECK_THE_NAME, path=path) from error
    except PermissionError as error:
        raise AudioFileError(
            "“{path}” may not be read.", "Ask its owner, or change its permissions.", path=path
        ) from error
    except OSError as error:
        raise AudioFileError(
            "“{path}” cannot be opened: {reason}.", "Check the name and the disk.", path=path, reason=error.strerror
        ) from error


def refusal(path: Path, error: DecoderError, *, track: int = 1, coding: str = "") -> AudioFileError:
    """Return the error of a decoder in words for the user.

    Args:
        path: Path of the recording.
        error: Of the decoder.
        track: The audio track that was to be read.
        coding: Name of the coding, where the header has it.
    """
    return AudioFileError(
        *_REFUSALS[error.refusal].sentences,
        path=path,
        coding=coding or error.detail or "unknown",
        reason=error.detail,
        track=track,
        tracks=error.detail,
    )
