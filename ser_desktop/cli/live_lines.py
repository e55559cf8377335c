"""The lines that ``record --transcribe`` writes above the status line while somebody speaks."""

from __future__ import annotations

from collections.abc import Sequence

from ser_desktop.analysis.spoken import Spoken
from ser_desktop.cli.live_line import LiveLine
from ser_desktop.cli.times import clock
from ser_desktop.values import AudioChunk
from ser_desktop.words.live import LiveLines as NewLines
from ser_desktop.words.live import LiveTranscript, LiveWords
from ser_desktop.words.models import WordsModel


class LiveLines:
    """Writes each line as it settles, and collects them. A context manager.

    Args:
        model: What they are recognised with.
        rate: Samples per second.

    Attributes:
        spoken: What was written down so far, or why nothing more is.
    """

    def __init__(self, model: WordsModel, rate: int) -> None:
        self._words, self._transcript = LiveWords(model, rate=rate), LiveTranscript(model)
        self.spoken = Spoken(self._transcript.transcript)

    def show(self, chunks: Sequence[AudioChunk], line: LiveLine) -> None:
        """Add the sound that arrived, and write the lines that have settled."""
        self._words.push(chunks)
        for each in self._add(self._words.take()):
            line.write(each)

    def finish(self, chunks: Sequence[AudioChunk]) -> None:
        """Add the last sound and wait a little for the last line."""
        self._words.push(chunks)
        self._add(self._words.finish())

    def __enter__(self) -> LiveLines:
        return self

    def __exit__(self, *exc_info: object) -> None:
        """End the recogniser."""
        self._words.close()

    def _add(self, lines: NewLines | None) -> list[str]:
        """Add what is new, and return the lines that have settled as text."""
        if lines is None:
            return []
        self._transcript.add(lines)
        self.spoken = Spoken(self._transcript.transcript, error=lines.error or self.spoken.error)
        return [f"{clock(each.start_s)} {each.text}" for each in lines.settled]
