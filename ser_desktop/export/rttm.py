"""Turns of the speakers as RTTM, the format for the evaluation of speaker diarization.

Source: NIST, The 2009 (RT-09) Rich Transcription Meeting Recognition Evaluation Plan, appendix A.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO
from urllib.parse import quote, unquote

from ser_desktop.errors import ExportError
from ser_desktop.export.format import Content, ExportedRecording, Format, decoded, lines_of, read_bytes, unreadable
from ser_desktop.export.tiers import empty_recording
from ser_desktop.transcript import Speakers, Turn, joined

KIND = "RTTM"
MAX_BYTES = 50_000_000
NONE = "<NA>"
FIELDS = 9  # of a line, at least: some programs leave out the tenth
SAFE = "/:!$&'()*+,;=@#?[]{}|^~"  # of a name, besides letters and digits; a space would begin the next field


class RttmWriter:
    """Writes one line for each turn: file, channel, start and length in seconds, name.

    Args:
        file: Opened with ``newline=""``.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, recording: ExportedRecording) -> int:
        """Write the turns of one recording and return their number.

        Raises:
            ExportError: Its speakers are not known.
        """
        speakers = recording.speakers
        if speakers is None:
            raise ExportError(
                "The speakers of “{file}” are not known.",
                "Find them first: Analysis ▸ Find speakers, or --speakers.",
                file=recording.file,
            )
        name, channel = _field(Path(recording.file).name or "recording"), recording.channel or 1
        for turn in speakers.turns:
            length_s = turn.end_s - turn.start_s
            who = _field(speakers.name(turn.speaker))
            self._file.write(
                f"SPEAKER {name} {channel} {turn.start_s:.3f} {length_s:.3f} {NONE} {NONE} {who} {NONE} {NONE}\n"
            )
        return len(speakers.turns)


def read_rttm(path: Path) -> Iterator[ExportedRecording]:
    """Yield the speakers of each recording of a file; lines of other kinds than ``SPEAKER`` are left out.

    Raises:
        ExportError: The file is no RTTM.
    """
    try:
        found: dict[str, list[tuple[float, float, str]]] = {}
        for line in lines_of(decoded(read_bytes(path, MAX_BYTES))):
            fields = line.split()
            if not fields or fields[0].startswith(";;"):
                continue
            if len(fields) < FIELDS or not fields[0].isupper():
                raise ValueError(f"{line[:60]!r} is no line of it")
            if fields[0] == "SPEAKER":
                turn = (float(fields[3]), float(fields[4]), unquote(fields[7]))
                found.setdefault(unquote(fields[1]), []).append(turn)
        if not found:
            raise ValueError("it has no line of a speaker")
        recordings = [(name, _speakers(turns)) for name, turns in found.items()]
    except (OSError, ValueError) as error:
        raise unreadable(path, KIND, error) from error
    for name, speakers in recordings:
        empty = empty_recording(name)
        yield ExportedRecording(empty.file, empty.model, empty.timeline, joined=[], speakers=speakers)


def _speakers(found: list[tuple[float, float, str]]) -> Speakers:
    """Return speakers, numbered by first appearance unless their names are those of this program.

    Raises:
        ValueError: A time is no number from 0.
    """
    if not all(0.0 <= start_s < math.inf and 0.0 <= length_s < math.inf for start_s, length_s, _ in found):
        raise ValueError("a turn has an impossible time")
    ordered = sorted((turn for turn in found if turn[1] > 0.0), key=lambda turn: turn[:2])
    names = list(dict.fromkeys(name for *_, name in ordered))
    own = {name: number for name in names if (number := _number(name))}
    free = (number for number in range(1, 2 * len(names) + 2) if number not in own.values())
    numbers = {name: own.get(name) or next(free) for name in names}
    turns = joined(Turn(start_s, start_s + length_s, numbers[name]) for start_s, length_s, name in ordered)
    return Speakers(turns, {number: name for name, number in numbers.items() if name not in own})


def _number(name: str) -> int | None:
    """Return the number in a name like “Speaker 1”; ``None`` for other names."""
    digits = name.removeprefix("Speaker ")
    is_own = name != digits and digits.isdecimal() and 1 <= int(digits) <= 10_000 and str(int(digits)) == digits
    return int(digits) if is_own else None


def _field(text: str) -> str:
    """Return a text with spaces and non-ASCII characters percent-encoded."""
    return quote(text.encode("utf-8", "replace"), safe=SAFE)


FORMAT = Format(
    name="rttm",
    suffix=".rttm",
    description="Turns of the speakers (RTTM)",
    content=Content.SPEAKERS,
    holds_many=True,
    start=lambda file, _labels: RttmWriter(file),
    read=read_rttm,
)
