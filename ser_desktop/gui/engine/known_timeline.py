"""Shows the timeline of an exported table again, so that the recording does not have to be analysed anew.

A table names the model that made it and the abstain threshold, but not the window, the hop or the smoothing. So the
analysis starts as usual, and each of its entries is compared with the table's. Once ``AGREEING_ENTRIES`` entries with
probabilities are equal, the settings must be equal, too, and the rest of the timeline is read from the table. At the
first difference the table is dropped and the analysis goes on.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Iterable, Sequence
from pathlib import Path

from ser_desktop.emotion.model_file import ModelInfo
from ser_desktop.errors import ExportError
from ser_desktop.export.format import Content, ExportedRecording
from ser_desktop.export.registry import FORMATS, read_export
from ser_desktop.values import TimelineEntry

AGREEING_ENTRIES = 40  # with probabilities: 10 s of speech at the default hop
LARGEST_TABLE = 50_000_000  # bytes; ten hours at the default hop take about 20 MB as CSV, 40 MB as JSON
TIME_TOLERANCE_S = 0.0006  # times have three decimals
SCORE_TOLERANCE = 2e-6  # probabilities have six decimals; another processor may change the last one
LENGTH_TOLERANCE_S = 0.05
THRESHOLD_TOLERANCE = 5.1e-5  # abstain thresholds have four decimals
TABLES = [each for each in FORMATS if each.read and each.content is Content.TIMELINE and each.is_read_fast]
TABLE_SUFFIXES = tuple(dict.fromkeys(each.suffix for each in TABLES))

_LOG = logging.getLogger(__name__)


class KnownTimeline:
    """The entries of a table, compared one by one with those of the analysis.

    Args:
        path: The table.
        entries: All of its entries, which tile the recording.
    """

    def __init__(self, path: Path, entries: Sequence[TimelineEntry]) -> None:
        self.path = path
        self._entries = entries
        self._compared = self._agreeing = 0
        self._differs = False

    @property
    def is_proved(self) -> bool:
        """Whether enough entries agree and none differs."""
        return not self._differs and self._agreeing >= AGREEING_ENTRIES

    def compare(self, entries: Iterable[TimelineEntry]) -> None:
        """Compare the next entries of the analysis."""
        for entry in entries:
            if self._differs:
                return
            index = self._compared
            self._differs = index >= len(self._entries) or not _agree(entry, self._entries[index])
            self._compared += 1
            self._agreeing += entry.scores is not None

    def rest(self, start_s: float, end_s: float) -> list[TimelineEntry]:
        """Return the entries that were not compared yet.

        Args:
            start_s: End of the last entry of the analysis, to the sample; the table has only three decimals.
            end_s: Length of the recording, to the sample.
        """
        found = list(self._entries[self._compared :])
        if found:
            found[0] = dataclasses.replace(found[0], start_s=start_s)
            found[-1] = dataclasses.replace(found[-1], end_s=end_s)
        return found


def tables_beside(recording: Path) -> tuple[Path, ...]:
    """Return the places at which a table of a recording is looked for: its name with the suffix of a table."""
    return tuple(recording.with_suffix(suffix) for suffix in TABLE_SUFFIXES) if recording.name else ()


def find_known_timeline(
    tables: Iterable[Path],
    recording: Path,
    *,
    model: ModelInfo,
    seconds: float | None,
    channel: int | None = None,
    abstain_threshold: float | None = None,
) -> KnownTimeline | None:
    """Return the first table that may hold the timeline of a recording.

    It is not older than the recording, is of the same channel, model and abstain threshold, and ends where the
    recording ends. A table that cannot be read is only logged: the recording is analysed then. Tables of earlier
    versions do not have the threshold: it was the model's own.

    Args:
        tables: Where to look; most of the paths do not exist.
        recording: The recording.
        model: The model in use.
        seconds: Length of the recording; without it no table can be compared.
        channel: The channel that is analysed, from 1; ``None`` for the mean of all.
        abstain_threshold: Probability from which an emotion is claimed; ``None`` is the model's own.
    """
    wanted = model.abstain_threshold if abstain_threshold is None else abstain_threshold
    for path in tables if seconds else ():
        try:
            if path.stat().st_mtime_ns < recording.stat().st_mtime_ns:
                continue
            found = _recording_in(path, recording.name, channel)
        except OSError:  # there is no table
            continue
        except ExportError as error:
            _LOG.info("%s", error)
            continue
        if found is None or found.model != model.identity:
            continue
        said = model.abstain_threshold if found.abstain_threshold is None else found.abstain_threshold
        is_as_long = abs(found.timeline.end_s - (seconds or 0.0)) <= LENGTH_TOLERANCE_S
        if is_as_long and abs(said - wanted) <= THRESHOLD_TOLERANCE:
            return KnownTimeline(path, list(found.timeline))
    return None


def recording_of(table: Path) -> Path:
    """Return the recording of a table: the first one that it names and that lies beside it.

    Raises:
        ExportError: The table cannot be read, or no such recording lies beside it.
    """
    for each in _read(table):
        path = table.with_name(Path(each.file).name or table.name)
        if path != table and path.is_file():
            return path
    raise ExportError("The recording of “{path}” is not beside it.", "Put both into one folder.", path=table)


def _recording_in(table: Path, name: str, channel: int | None) -> ExportedRecording | None:
    return next((each for each in _read(table) if Path(each.file).name == name and each.channel == channel), None)


def _read(table: Path) -> list[ExportedRecording]:
    if table.is_file() and table.stat().st_size > LARGEST_TABLE:
        raise ExportError(
            "“{path}” is larger than {most} MB.", "Open the recording itself.", path=table, most=LARGEST_TABLE // 10**6
        )
    return read_export(table, content=[Content.TIMELINE])


def _agree(entry: TimelineEntry, other: TimelineEntry) -> bool:
    if (entry.state, entry.claims, entry.scores is None) != (other.state, other.claims, other.scores is None):
        return False
    times = abs(entry.start_s - other.start_s), abs(entry.end_s - other.end_s)
    if max(times) > TIME_TOLERANCE_S:
        return False
    if entry.scores is None or other.scores is None:
        return True
    pairs = zip(entry.scores.values, other.scores.values, strict=False)
    return entry.scores.labels == other.scores.labels and all(abs(a - b) <= SCORE_TOLERANCE for a, b in pairs)
