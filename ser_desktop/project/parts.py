"""The larger files of a project: timelines as tables, words as JSON.

A timeline is a table as ``ser-desktop analyze --csv`` writes it. It is read by columns: ten hours take half a second
instead of several seconds entry by entry.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from ser_desktop.analysis.timeline import STATES, Columns, Timeline
from ser_desktop.errors import ProjectError
from ser_desktop.export.format import ExportedRecording, read_bytes
from ser_desktop.export.spoken_json import ReadSpeakers, ReadTranscript, speakers_as_json, transcript_as_json
from ser_desktop.export.timeline_csv import AFFECT_COLUMNS, SCORE_PREFIX, TimelineCsvWriter
from ser_desktop.transcript import Speakers, Transcript
from ser_desktop.values import AFFECT_CLAIMS

LARGEST = 500_000_000  # bytes; a hundred hours of timeline at the default hop take 200 MB

_STATE_OF = {state.value: index for index, state in enumerate(STATES)}
_CLAIMS_OF = {", ".join(claim.value for claim in claims): index for index, claims in enumerate(AFFECT_CLAIMS)}


class _Words(msgspec.Struct, frozen=True):
    transcript: ReadTranscript | None = None
    speakers: ReadSpeakers | None = None


def timeline_bytes(recording: ExportedRecording) -> bytes:
    """Return the timeline of a recording as a table."""
    text = io.StringIO(newline="")
    TimelineCsvWriter(text, labels=recording.timeline.labels).write(recording)
    return text.getvalue().encode("utf-8", "surrogateescape")


def words_bytes(recording: ExportedRecording) -> bytes:
    """Return transcript and speakers as JSON."""
    transcript, speakers, timeline = recording.transcript, recording.speakers, recording.timeline
    content: dict[str, Any] = {
        "transcript": transcript_as_json(transcript, timeline, speakers) if transcript else None,
        "speakers": speakers_as_json(speakers, timeline) if speakers else None,
    }
    return json.dumps(content, indent=1).encode("ascii")


def read_timeline(path: Path) -> Timeline:
    """Return the timeline of a table.

    Raises:
        ProjectError: It is missing or broken.
    """
    return _read(path, _timeline)


def read_words(path: Path) -> tuple[Transcript | None, Speakers | None]:
    """Return transcript and speakers.

    Raises:
        ProjectError: The file is missing or broken.
    """
    return _read(path, _words)


def _read(path: Path, parse: Callable[[bytes], Any]) -> Any:
    try:
        return parse(read_bytes(path, LARGEST))
    except FileNotFoundError as error:
        raise ProjectError(
            "The file “{path}” of the project is missing.", "Put it back, or analyse the recording again.", path=path
        ) from error
    except (OSError, ValueError, KeyError, IndexError, csv.Error, RecursionError) as error:
        reason = getattr(error, "strerror", None) or " ".join(str(error).split())[:200] or type(error).__name__
        raise ProjectError(
            "The file “{path}” of the project cannot be read ({reason}).",
            "Put it back from a copy, or analyse the recording again.",
            path=path,
            reason=reason,
        ) from error


def _timeline(content: bytes) -> Timeline:
    text = content.decode("utf-8", "surrogateescape")
    names = next(csv.reader(io.StringIO(text, newline="")), [])
    labels = tuple(name.removeprefix(SCORE_PREFIX) for name in names if name.startswith(SCORE_PREFIX))
    wanted = ("start", "end", "level_dbfs", *(SCORE_PREFIX + label for label in labels), *AFFECT_COLUMNS[:2])
    words = [names.index(name) for name in ("state", AFFECT_COLUMNS[2])]
    columns = [names.index(name) for name in wanted]
    if not text.partition("\n")[2]:
        return Timeline(labels)
    states, claims = _cells(text, words, np.str_).T.tolist()
    for _ in range(2):  # neighbouring cells that are empty share a comma
        text = text.replace(",,", ",nan,")
    numbers = _cells(text, columns, np.float64)
    has_length = numbers[:, 0] != numbers[:, 1]  # an entry of a few samples starts and ends at the same number
    return Timeline.from_columns(
        labels,
        Columns(
            np.array([_STATE_OF[each] for each in states], np.uint8)[has_length],
            np.array([_CLAIMS_OF[each] for each in claims], np.uint8)[has_length],
            numbers[has_length],
        ),
    )


def _cells(text: str, columns: Sequence[int], kind: type[np.generic]) -> npt.NDArray[Any]:
    """Return (row, column) cells of some columns; numpy reads them ten times faster than the csv module."""
    return np.loadtxt(
        io.StringIO(text), kind, delimiter=",", quotechar='"', comments=None, skiprows=1, usecols=columns, ndmin=2
    )


def _words(content: bytes) -> tuple[Transcript | None, Speakers | None]:
    found = msgspec.json.decode(content, type=_Words)
    transcript = found.transcript.as_value() if found.transcript else None
    return transcript, found.speakers.as_value() if found.speakers else None
