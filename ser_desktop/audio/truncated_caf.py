"""CAF files that hold less sound than they say, or do not say how much: libsndfile refuses them.

It is shown the same file with the size of what is there. Not where the sound is
in packets (ALAC): after the last of them libsndfile goes on with what it had
decoded before, and nothing tells where it began to.
"""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING

import soundfile

if TYPE_CHECKING:
    from pathlib import Path

# Source: Apple, "Core Audio Format Specification 1.0": a file header, then chunks, each with type and size; the size
# of the data chunk may be -1 while the file is being written, and then the chunk is the last.
_FILE_HEADER = struct.Struct(">4sHH")
_CHUNK = struct.Struct(">4sq")
_SIZE_AT = 4  # in a chunk's header
_EDIT_COUNT = 4  # bytes before the first sample
_SIZE_UNKNOWN = -1
_MAX_CHUNKS = 1000
_PCM_CODECS = (b"lpcm", b"ulaw", b"alaw")  # those with as many bytes for each sample
_CODEC_AT = _CHUNK.size + 8  # in a desc chunk, which is always the first


class TruncatedCaf(soundfile.SoundFile):  # type: ignore[misc]
    """A CAF, read as far as it goes.

    Attributes:
        header_frames: How many samples of each channel its header promises;
            ``None`` when it does not say.
    """

    def __init__(self, path: Path, size_at: int, *, claimed: int, found: int) -> None:
        """Open it.

        Args:
            path: Where it is.
            size_at: Where in the file the size of its data chunk stands.
            claimed: That size.
            found: How many bytes there are.

        Raises:
            soundfile.LibsndfileError: It is damaged in other ways, too.
        """
        self._patched = _PatchedFile(path, size_at, struct.pack(">q", found))
        try:
            super().__init__(self._patched)
        except soundfile.LibsndfileError:
            self._patched.close()
            raise
        frame_bytes = max(1, (found - _EDIT_COUNT) // max(1, int(self.frames)))
        self.header_frames = None if claimed == _SIZE_UNKNOWN else (claimed - _EDIT_COUNT) // frame_bytes

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        super().close()
        self._patched.close()


def open_truncated_caf(path: Path) -> TruncatedCaf | None:
    """Return a CAF that is cut short or of unknown length; ``None`` for any other file.

    Raises:
        soundfile.LibsndfileError: It is damaged in other ways, too.
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        file_bytes = file.seek(0, io.SEEK_END)
        file.seek(0)
        start = file.read(_FILE_HEADER.size + _CODEC_AT + 4)
        if start[:4] != b"caff" or start[-4:] not in _PCM_CODECS:
            return None
        file.seek(_FILE_HEADER.size)
        for _ in range(_MAX_CHUNKS):
            chunk_at = file.tell()
            header = file.read(_CHUNK.size)
            if len(header) < _CHUNK.size:
                return None
            kind, size = _CHUNK.unpack(header)
            if kind == b"data":
                found = file_bytes - chunk_at - _CHUNK.size
                is_truncated = found > _EDIT_COUNT and (size == _SIZE_UNKNOWN or size > found)
                return TruncatedCaf(path, chunk_at + _SIZE_AT, claimed=size, found=found) if is_truncated else None
            if not 0 <= size <= file_bytes:
                return None
            file.seek(size, io.SEEK_CUR)
    return None


class _PatchedFile(io.FileIO):
    """A file in which a few bytes are read as others."""

    def __init__(self, path: Path, position: int, patch: bytes) -> None:
        super().__init__(path, "rb")
        self._position, self._other = position, patch

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        start = self.tell()
        count = super().readinto(buffer)
        first = max(start, self._position)
        last = min(start + count, self._position + len(self._other))
        if first < last:
            buffer[first - start : last - start] = self._other[first - self._position : last - self._position]
        return count
