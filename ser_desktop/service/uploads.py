"""Takes uploads: multipart forms, written to the disk while they arrive, with a limit."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO

from python_multipart import MultipartParser
from python_multipart.exceptions import MultipartParseError

FILE_FIELD = "file"
MAX_FIELD_BYTES = 10_000  # of all fields that are no file
LONGEST_NAME = 200  # letters
UNNAMED = "recording"


class UploadError(Exception):
    """A form that is not taken.

    Attributes:
        status: Status of HTTP.
        sentence: Why, for the user.
    """

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


@dataclass(slots=True)
class Upload:
    """A form that has arrived.

    Attributes:
        path: The file of the form, under a name that the service has chosen.
        name: What the user's file was called, without folders.
        fields: The other fields.
    """

    path: Path
    name: str = UNNAMED
    fields: dict[str, str] = field(default_factory=dict)


async def receive(chunks: AsyncIterator[bytes], content_type: str, *, folder: Path, max_bytes: int) -> Upload:
    """Write the file of a form to a folder and return it.

    Args:
        chunks: The body of the request.
        content_type: Its header.
        folder: For the upload, which is deleted unless the form is complete.
        max_bytes: Largest body.

    Raises:
        UploadError: It is too large, broken, incomplete, or holds no file.
    """
    described = Message()
    described["content-type"] = content_type
    boundary = described.get_param("boundary")
    if described.get_content_type() != "multipart/form-data" or not isinstance(boundary, str):
        raise UploadError(415, "Send the recording as the field “file” of a form (multipart/form-data).")
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
        upload, size = Upload(Path(file.name)), 0
        with contextlib.ExitStack() as unfinished:  # also when the client goes away
            unfinished.callback(upload.path.unlink, missing_ok=True)
            form = _Form(upload, file.file, boundary.encode("latin-1", "replace"))
            async for chunk in chunks:
                size += len(chunk)
                if size > max_bytes:
                    raise UploadError(413, f"The recording is larger than {max_bytes // 1_000_000} MB.")
                form.add(chunk)
            form.finish()
            unfinished.pop_all()
    return upload


def plain_name(name: str) -> str:
    r"""Return the name of a file without folders and control characters; it is only shown, never opened.

    >>> plain_name("../../etc/passwd"), plain_name("C:\\talks\\a\n.wav"), plain_name("..")
    ('passwd', 'a.wav', 'recording')
    """
    last = PureWindowsPath(PurePosixPath(name).name).name
    shown = "".join(letter for letter in last if letter.isprintable()).strip()[:LONGEST_NAME]
    return UNNAMED if shown in ("", ".", "..") else shown


class _Form:
    """Sorts the parts of a form into a file and fields."""

    def __init__(self, upload: Upload, file: IO[bytes], boundary: bytes) -> None:
        self._upload, self._file = upload, file
        self._header_name, self._header_value = b"", b""
        self._part = Message()
        self._field: str | None = None  # name of the field that arrives
        self._value = bytearray()
        self._field_bytes = 0
        self._has_file = self._is_file = self._is_complete = False
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin_part,
                "on_header_field": lambda data, start, end: self._add_header(data[start:end], is_name=True),
                "on_header_value": lambda data, start, end: self._add_header(data[start:end], is_name=False),
                "on_header_end": self._end_header,
                "on_headers_finished": self._begin_content,
                "on_part_data": lambda data, start, end: self._add_content(data[start:end]),
                "on_part_end": self._end_part,
                "on_end": self._end,
            },
        )

    def add(self, chunk: bytes) -> None:
        try:
            self._parser.write(chunk)
        except MultipartParseError as error:
            raise UploadError(400, "The form is broken. Send it again.") from error
        except OSError as error:
            raise UploadError(507, f"The recording cannot be stored ({error.strerror}). Try it later.") from error

    def finish(self) -> None:
        if not self._is_complete:
            raise UploadError(400, "The form ends before its end. Send it again.")
        if not self._has_file:
            raise UploadError(422, "The form holds no recording. Send it as the field “file”.")
        self._file.flush()

    def _begin_part(self) -> None:
        self._part, self._field, self._is_file = Message(), None, False
        self._header_name = self._header_value = b""

    def _add_header(self, data: bytes, *, is_name: bool) -> None:
        if is_name:
            self._header_name += data
        else:
            self._header_value += data

    def _end_header(self) -> None:
        name = self._header_name.decode("latin-1")
        if name.lower() == "content-disposition":
            self._part["content-disposition"] = self._header_value.decode("utf-8", "replace").replace("\r", " ")
        self._header_name = self._header_value = b""

    def _begin_content(self) -> None:
        header = "content-disposition"
        self._field = str(self._part.get_param("name", "", header=header))
        self._is_file = self._field == FILE_FIELD and not self._has_file
        self._value = bytearray()
        if self._is_file:
            self._has_file = True
            self._upload.name = plain_name(str(self._part.get_filename("") or ""))

    def _add_content(self, data: bytes) -> None:
        if self._is_file:
            self._file.write(data)
            return
        self._field_bytes += len(data)
        if self._field_bytes > MAX_FIELD_BYTES:
            raise UploadError(413, "The fields of the form are too long.")
        self._value += data

    def _end_part(self) -> None:
        if self._field and not self._is_file:
            self._upload.fields[self._field] = self._value.decode("utf-8", "replace")

    def _end(self) -> None:
        self._is_complete = True
