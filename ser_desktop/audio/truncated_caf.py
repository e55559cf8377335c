"""Opens CAF files that are truncated or do not declare their length; libsndfile rejects them.

libsndfile reads such a file through an object that replaces the declared size
by the actual one. Packetised codecs (ALAC) are excluded: after the last packet
libsndfile returns frames that it decoded earlier, and nothing marks where that
starts.
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
_SIZE_AT = 4  # offset in a chunk header
_EDIT_COUNT = 4  # bytes between the chunk header and the first sample
_SIZE_UNKNOWN = -1
_MAX_CHUNKS = 1000
_PCM_CODECS = (b"lpcm", b"ulaw", b"alaw")  # a constant number of bytes for each sample
_CODEC_AT = _CHUNK.size + 8  # offset in the desc chunk, which is always the first


class TruncatedCaf(soundfile.SoundFile):  # type: ignore[misc]
    """A truncated CAF, decoded up to its actual end.

    Attributes:
        header_frames: Samples of each channel that the header declares;
            ``None`` if it declares no length.
    """

    def __init__(self, path: Path, size_at: int, *, claimed: int, found: int) -> None:
        """Open the file.

        Args:
            path: Its path.
            size_at: Byte offset of the data chunk's size field.
            claimed: The size in that field, bytes.
            found: The actual size of the data chunk, bytes.

        Raises:
            soundfile.LibsndfileError: The file is also damaged in another way.
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
    """Open a CAF that is truncated or of unknown length; return ``None`` for any other file.

    Raises:
        soundfile.LibsndfileError: The file is also damaged in another way.
        OSError: The file cannot be read.
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
    """A file object that returns other bytes at one position."""

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
