"""Opens a recording, or raises an error with the reason and a remedy."""

from __future__ import annotations

import contextlib
import stat
from typing import TYPE_CHECKING

import soundfile

from ser_desktop.audio.decoder import DecoderProcess, native_path
from ser_desktop.audio.native_stderr import native_stderr_silenced
from ser_desktop.audio.truncated_caf import open_truncated_caf
from ser_desktop.errors import AudioFileError

if TYPE_CHECKING:
    from pathlib import Path

CHOOSE_ANOTHER = "Choose a recording (WAV, FLAC, OGG, Opus, MP3, AIFF, CAF or AU)."
SAVE_AGAIN = "Open it in an audio editor and save it again as WAV."
COPY_AGAIN = "Copy it again from where it came from, or record it again."
CHECK_THE_NAME = "Check the name and the folder."

# Error codes of libsndfile, from its src/common.h.
_UNKNOWN_FORMAT = (1, 7)  # the second for an .mp3 without any MP3 frame
_UNREADABLE_CODING = (18,)
_NO_RATE = (24,)
_NO_CHANNELS = (32, 34)  # the second for AIFF
_MANY_CHANNELS = (33,)

# libsndfile 1.2.2 reads freed memory on damaged Opus, and its libmpg123 has a buffer overflow (CVE-2024-10573). So Ogg,
# and MP3 with and without ID3 tags, are decoded in a child process.
_ISOLATED_STARTS = (b"OggS", b"ID3", *(bytes((0xFF, second)) for second in range(0xE0, 0x100)))
_ISOLATED_SUBTYPES = ("MPEG_LAYER",)
_START_BYTES = 4
_SAMPLE_DUMP = b"\xf0\x7e"  # a MIDI sample dump; libsndfile prints its errors to stdout


def open_recording(path: Path, *, is_isolated: bool = True) -> soundfile.SoundFile | DecoderProcess:
    """Open a recording; that it holds audio is not checked.

    Args:
        path: Its path.
        is_isolated: Decode Ogg and MP3, whose decoders can crash on damaged
            files, in a child process.

    Raises:
        AudioFileError: libsndfile cannot open a file at this path.
    """
    start = _checked_start(path)
    try:
        if is_isolated and (start.startswith(_ISOLATED_STARTS) or path.suffix.lower() == ".mp3"):
            return DecoderProcess(path)
        with native_stderr_silenced():
            file = soundfile.SoundFile(native_path(path))
        if is_isolated and file.subtype.startswith(_ISOLATED_SUBTYPES):  # an MP3 in a WAV
            file.close()
            return DecoderProcess(path)
        return file
    except soundfile.LibsndfileError as error:
        with contextlib.suppress(soundfile.LibsndfileError, OSError):
            if cut := open_truncated_caf(path):
                return cut
        raise _refusal(path, error) from error
    except OSError as error:
        raise AudioFileError(
            "“{path}” cannot be decoded: another process cannot be started ({reason}).",
            "Close other programs, and try again.",
            path=path,
            reason=error.strerror or error,
        ) from error


def _checked_start(path: Path) -> bytes:
    """Return the first bytes of a file.

    Raises:
        AudioFileError: It is missing, empty, not readable or not a regular file,
            or a format that is not supported.
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
            start = file.read(_START_BYTES)
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
    if status.st_size == 0:
        raise AudioFileError("“{path}” is empty (0 bytes).", CHOOSE_ANOTHER, path=path)
    if start.startswith(_SAMPLE_DUMP):
        raise AudioFileError("“{path}” is a MIDI sample dump, which is not read.", CHOOSE_ANOTHER, path=path)
    if path.suffix.lower() == ".raw":  # soundfile requires rate and channels as arguments
        raise AudioFileError("“{path}” has no header that tells rate and channels (.raw).", SAVE_AGAIN, path=path)
    return start


def _refusal(path: Path, error: soundfile.LibsndfileError) -> AudioFileError:
    if error.code in _UNKNOWN_FORMAT:
        return AudioFileError("“{path}” is not a recording in a known format.", CHOOSE_ANOTHER, path=path)
    if error.code in _UNREADABLE_CODING:
        return AudioFileError(
            "“{path}” holds sound in a coding that cannot be read, or none.", CHOOSE_ANOTHER, path=path
        )
    if error.code in _NO_RATE:
        return AudioFileError(
            "“{path}” says in its header that its sample rate is 0 Hz or beyond all limits.", COPY_AGAIN, path=path
        )
    if error.code in _NO_CHANNELS:
        return AudioFileError("“{path}” says in its header that it has 0 channels.", COPY_AGAIN, path=path)
    if error.code in _MANY_CHANNELS:
        return AudioFileError("“{path}” says in its header that it has more than 1024 channels.", COPY_AGAIN, path=path)
    reason = error.error_string.rstrip(".") or f"libsndfile error {error.code}"
    return AudioFileError("“{path}” is damaged or cut short ({reason}).", COPY_AGAIN, path=path, reason=reason)
