"""The files that a command exports: ``--csv OUT`` and every ``--export FORMAT=PATH``."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from ser_desktop.cli import one_line
from ser_desktop.errors import ExportError
from ser_desktop.export.format import Content, ExportedRecording, Format, Writer
from ser_desktop.export.registry import check_available, format_named, open_export, write_export

NAME_FIELD = "{name}"  # in a path: the name of the recording without its suffix


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """A requested export: one file, or one file for each recording.

    Attributes:
        chosen: The format.
        path: As the user gave it. One that contains ``{name}``, ends with a slash or is an existing folder stands
            for one file a recording.
        title: Its name in the summary at the end.
        is_one_file: Whether the path is one file in any case, as for ``--csv``.
    """

    chosen: Format
    path: str
    title: str
    is_one_file: bool = False

    @classmethod
    def parse(cls, text: str) -> ExportRequest:
        """Return the request of ``FORMAT=PATH``.

        Raises:
            ExportError: There is no such format, or no path.
        """
        name, _, path = text.partition("=")
        if not path:
            raise ExportError("“{text}” names no file.", "Give a format and a path, as in csv=table.csv.", text=text)
        return cls(format_named(name), path, name)

    @property
    def is_per_recording(self) -> bool:
        """Whether each recording has a file of its own."""
        is_folder = self.path.endswith(("/", "\\")) or os.path.isdir(self.path)  # noqa: PTH112 - for any name
        return not self.is_one_file and (NAME_FIELD in self.path or is_folder)

    def path_for(self, recording: str, channel: int | None = None) -> Path:
        """Return the file of a recording, by the recording's name and, unless it is the mix, its channel."""
        if not self.is_per_recording:
            return Path(self.path)
        stem = Path(recording).stem + (f"-ch{channel}" if channel else "")
        if NAME_FIELD in self.path:
            return Path(self.path.replace(NAME_FIELD, stem))
        return Path(self.path) / f"{stem}{self.chosen.suffix}"


class Exports:
    """Writes each recording to the requested files. A context manager.

    A file of several recordings is opened at the start and takes its place at the end, unless an error ends the
    block. A file of one recording is written at once.

    Args:
        requests: The requested exports.
        labels: The emotions of the model.
        recordings: The recordings that are analysed; no export replaces one of them.
        is_each_channel: Whether each channel of a recording is exported as a recording of its own.
        has_markers: Whether the recordings have markers or corrections, which an analysis does not make.

    Raises:
        ExportError: A format holds one recording a file, and the path is one file for several recordings; or a format
            holds markers, and there are none; or needs a package that is not installed.
    """

    def __init__(
        self,
        requests: Sequence[ExportRequest],
        *,
        labels: tuple[str, ...],
        recordings: Iterable[Path],
        is_each_channel: bool = False,
        has_markers: bool = False,
        has_speakers: bool = True,
    ) -> None:
        self._requests, self._labels, self._recordings = requests, labels, list(recordings)
        is_several = len(self._recordings) > 1 or is_each_channel
        for each in requests:
            check_available(each.chosen)
            if each.chosen.content.is_of_people and not has_markers:
                raise ExportError(
                    "“{name}” holds markers or corrections, and only the window has them.",
                    "Open the recording in the window, and choose Export there.",
                    name=each.chosen.name,
                )
            if each.chosen.content is Content.SPEAKERS and not has_speakers:
                raise ExportError(
                    "“{name}” holds speakers, and they are not asked for.", "Add --speakers.", name=each.chosen.name
                )
            if not (each.chosen.holds_many or each.is_per_recording) and is_several:
                raise ExportError(
                    "A file of the format “{name}” holds one recording.",
                    "Give a folder, or a path with {field} for the recording’s name.",
                    name=each.chosen.name,
                    field=NAME_FIELD,
                )
        paths = [os.path.realpath(each.path) for each in requests]
        for path, each in zip(paths, requests, strict=True):
            if not each.is_per_recording and paths.count(path) > 1:
                raise ExportError("Two exports have the path “{path}”.", "Give each a path of its own.", path=each.path)
        self._refuse_one_file_for_two(requests)
        self._stack = ExitStack()
        self._shared: list[Writer | None] = []
        self._rows = [0] * len(requests)
        self._written: set[Path] = set()
        self._swept: set[Path] = set()
        self._protected = {os.path.realpath(each) for each in self._recordings}

    @staticmethod
    def _refuse_one_file_for_two(requests: Sequence[ExportRequest]) -> None:
        """Refuse two formats of one suffix in one folder, such as “csv” and “segments”."""
        taken: dict[str, Format] = {}
        for each in requests:
            if not each.is_per_recording:
                continue
            path, chosen = each.path_for("talk"), each.chosen
            before = taken.setdefault(os.path.realpath(path), chosen)
            if before is not chosen:
                raise ExportError(
                    "“{one}” and “{other}” would both be written to the same file, such as “{path}”.",
                    "Give one of them a name of its own, as in {other}={example}.",
                    one=before.name,
                    other=chosen.name,
                    path=path,
                    example=path.with_name(f"{NAME_FIELD}-{chosen.name}{chosen.suffix}"),
                )

    def __enter__(self) -> Exports:
        """Open the files that all recordings share."""
        with ExitStack() as stack:  # closes what is open if a later file cannot be opened
            self._shared = [
                None
                if each.is_per_recording
                else stack.enter_context(
                    open_export(each.chosen, Path(each.path), labels=self._labels, recordings=self._recordings)
                )
                for each in self._requests
            ]
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *error: object) -> None:
        """Put the shared files in their places, or remove them after an error."""
        self._stack.__exit__(*error)  # type: ignore[arg-type]

    def __bool__(self) -> bool:
        """Whether anything is exported."""
        return bool(self._requests)

    def write(self, recording: ExportedRecording) -> None:
        """Write one recording to every file.

        Raises:
            ExportError: The separate file of the recording cannot be written.
        """
        for index, (request, writer) in enumerate(zip(self._requests, self._shared, strict=True)):
            self._rows[index] += writer.write(recording) if writer else self._write_own(request, recording)

    def summary(self) -> list[str]:
        """Return a line for each request with its path and its number of rows."""
        return [
            f"{request.title} {one_line(request.path)}: {rows} rows"
            for request, rows in zip(self._requests, self._rows, strict=True)
        ]

    def _write_own(self, request: ExportRequest, recording: ExportedRecording) -> int:
        path = request.path_for(recording.file, recording.channel)
        if path in self._written:
            raise ExportError(
                "Two recordings would be written to “{path}”.", "Give the recordings different names.", path=path
            )
        self._written.add(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ExportError(
                "“{path}” cannot be written ({reason}).",
                "Choose another folder, or make room on the disk.",
                path=path,
                reason=error.strerror or error,
            ) from error
        is_swept = path.parent in self._swept
        self._swept.add(path.parent)
        replaced = [path] if os.path.realpath(path) in self._protected else []  # found without a look at all of them
        return write_export(request.chosen, path, recording, recordings=replaced, is_swept=is_swept)
