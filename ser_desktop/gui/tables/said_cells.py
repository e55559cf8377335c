"""The cells of the table of passages that do not come from the model: who speaks, what is said, what people correct."""

from __future__ import annotations

from collections.abc import Sequence

from ser_desktop.analysis.spoken_index import NOTHING_SPOKEN, SpokenIndex
from ser_desktop.corrections import Correction, of_passage
from ser_desktop.gui.shared.correction_words import correction_words
from ser_desktop.gui.shared.speaker_colours import speaker_word
from ser_desktop.gui.tables.passage_columns import Column
from ser_desktop.values import Segment

SAID = (Column.SPEAKER, Column.TEXT, Column.CORRECTIONS)


class SaidCells:
    """Texts of the columns :data:`SAID`.

    Attributes:
        spoken: Words and speakers.
        corrections: What people say about passages.
    """

    def __init__(self) -> None:
        self.spoken: SpokenIndex = NOTHING_SPOKEN
        self.corrections: Sequence[Correction] = ()

    def has(self, column: Column) -> bool:
        """Return whether a column has something to show in any row; it is always true for other columns."""
        if column is Column.SPEAKER:
            return bool(self.spoken.turns)
        if column is Column.TEXT:
            return bool(self.spoken.words)
        return column is not Column.CORRECTIONS or bool(self.corrections)

    def text(self, segment: Segment, column: Column) -> str:
        """Return the text of a cell."""
        if column is Column.TEXT:
            return self.spoken.text_between(segment.start_s, segment.end_s)
        if column is Column.SPEAKER:
            speakers = self.spoken.speakers
            found = self.spoken.speakers_between(segment.start_s, segment.end_s) if speakers else ()
            return ", ".join(speaker_word(speakers, each) for each in found) if speakers else ""
        found_corrections = of_passage(self.corrections, segment.start_s, segment.end_s)
        if len({each.annotator for each in self.corrections}) > 1:
            return " · ".join(f"{each.annotator}: {correction_words(each)}" for each in found_corrections)
        return " · ".join(map(correction_words, found_corrections))

    def in_files(self, segment: Segment) -> tuple[str, str]:
        """Return who speaks in a segment and what is said, as files have it."""
        speakers = self.spoken.speakers
        found = self.spoken.speakers_between(segment.start_s, segment.end_s) if speakers else ()
        names = ", ".join(speakers.name(each) for each in found) if speakers else ""
        return names, self.spoken.text_between(segment.start_s, segment.end_s)
