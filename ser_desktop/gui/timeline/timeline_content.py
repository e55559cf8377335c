"""What the rows of a timeline show: the entries, sound, words and corrections of each channel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ser_desktop.corrections import Correction
from ser_desktop.gui.timeline.acoustic_track import AcousticTrack
from ser_desktop.gui.timeline.spoken_columns import SpokenColumns
from ser_desktop.values import TimelineEntry

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    FloatArray = npt.NDArray[np.float32]

    from ser_desktop.analysis.spoken_index import SpokenIndex
    from ser_desktop.analysis.timeline import Timeline
    from ser_desktop.gui.timeline.plot import TimelinePlot
    from ser_desktop.gui.timeline.rows import TimelineRows


class TimelineContent(QObject):
    """Puts the content of a recording into the rows of a timeline. Rows are counted from 0.

    Args:
        rows: Returns the rows.
        parent: The timeline.

    Signals:
        grown(bool): A row may be longer than before; true if it has new entries, which come four times a second live.
        filled(): A lane may have something to show that had nothing before, or the other way round.
    """

    grown = Signal(bool)
    filled = Signal()

    def __init__(self, rows: Callable[[], TimelineRows], parent: QObject) -> None:
        super().__init__(parent)
        self._rows = rows

    def show_row(
        self,
        row: int,
        entries: Sequence[TimelineEntry] | Timeline,
        low: FloatArray,
        high: FloatArray,
        *,
        acoustics: AcousticTrack | None = None,
    ) -> None:
        """Show all of a channel in an empty row.

        Args:
            row: The index of the row.
            entries: All of its entries.
            low: (n,) the lowest sample of each column of 20 ms.
            high: (n,) the highest sample of each column.
            acoustics: Pitch, intensity and spectrum, which may still grow.

        Raises:
            ValueError: An entry has other labels than the timeline was started with.
        """
        columns = self._plot(row).columns
        columns.entries.add(entries)
        columns.sound.add(low, high)
        if acoustics is not None:
            columns.acoustics = acoustics
        self.grown.emit(False)

    def add_entries(self, entries: Sequence[TimelineEntry], *, row: int = 0) -> None:
        """Append entries to a row.

        Raises:
            ValueError: An entry has other labels than the timeline was started with.
        """
        self._plot(row).columns.entries.add(entries)
        self.grown.emit(True)

    def add_waveform(self, low: FloatArray, high: FloatArray, *, row: int = 0) -> None:
        """Append waveform columns of 20 ms to a row.

        Args:
            low: (n,) the lowest sample of each column.
            high: (n,) the highest sample of each column.
            row: The index of the row.
        """
        self._plot(row).columns.sound.add(low, high)
        self.grown.emit(False)

    def show_acoustics(self, acoustics: AcousticTrack, *, row: int = 0) -> None:
        """Show the pitch, intensity and spectrum of a row; they may still grow."""
        self._plot(row).columns.acoustics = acoustics
        self._rows().refresh(is_stale=False)

    def show_spoken(self, index: SpokenIndex, *, row: int = 0, doubt: str = "") -> None:
        """Show words and speakers of a row; a lane of them is open only where there are some.

        Args:
            index: The words and turns.
            row: The index of the row.
            doubt: Why the words may be wrong, in words for the user.
        """
        plot = self._plot(row)
        plot.columns.spoken = SpokenColumns(index, doubt=doubt)
        plot.columns.spoken.show_cursor(plot.cursor_s)
        self.filled.emit()
        self._rows().refresh(is_stale=False)

    def show_hits(self, hits: Iterable[int], *, row: int = 0) -> None:
        """Mark the words that a search has found, given by their indices."""
        self._plot(row).columns.spoken.hits = frozenset(hits)
        self._rows().refresh(is_stale=False)

    def show_corrections(self, corrections: Sequence[Correction], *, row: int = 0) -> None:
        """Show these corrections of passages of a row, and no others."""
        self._plot(row).columns.corrections = tuple(corrections)
        self.filled.emit()
        self._rows().refresh(is_stale=False)

    def _plot(self, row: int) -> TimelinePlot:
        return self._rows().rows[row].plot
