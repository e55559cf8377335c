"""Turns the chunks of a recording into a transcript and into the turns of its speakers."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ser_desktop.dsp.loudness import block_levels_dbfs
from ser_desktop.dsp.resample import StreamResampler
from ser_desktop.errors import WordsError
from ser_desktop.transcript import Line, Speakers, Transcript, Turn, Word, WordTimes, numbered
from ser_desktop.values import AudioChunk
from ser_desktop.words.agreement import ENOUGH_WORDS, agreement, slowed
from ser_desktop.words.messages import RATE, SpokenLine
from ser_desktop.words.models import WordsModel, model_of_speakers
from ser_desktop.words.process import Interruption, RecogniserProcess
from ser_desktop.words.spread import spread_words

if TYPE_CHECKING:
    from typing_extensions import Self

BLOCK_S = 30.0  # longest sound of one request; the library itself cuts it into lines
SEARCH_S = 10.0  # at the end of a block, in which the quietest place is where the block is cut
QUIET_S = 0.2
SEARCHED_S = 5.0  # of sound for one request of the search for speakers
# The models of voices run every STEP_S. At 1 s, the default of the library, they take twice the length of the sound on
# one thread and find the same turns in a conversation of 49 s; at 5 s a turn of 3 s is given to the wrong speaker. A
# short recording gets the fine step: of two voices with 6 s each, the other finds one.
STEP_S, FINE_STEP_S = 2.5, 1.0
SHORT_S = 20.0
SHORT_GAP_S = 1.0  # a gap in the recording is so long for the search for speakers, which counts its own time
SHORTEST_TURN_S = 0.05
SHORTEST_LINE_S = 0.3  # at the border of a block, the library makes “You” of 0.2 s of silence


class Recognition:
    """Finds the words and the speakers of one stream. A context manager.

    Memory does not grow with the length of the recording, but for the words and turns themselves. The recogniser's
    process works on one block while the caller prepares the next, and ends with the context. There are two where the
    model of the words finds no speakers.

    Args:
        model: The model of the words.
        rate: Sample rate of the chunks, Hz.
        wants_words: Whether there is a transcript.
        wants_speakers: Whether the speakers are found; that takes about the length of the recording on one core.
        interruption: Ends it from another thread.
        is_background: Whether everything else gets the processor first.

    Raises:
        WordsError: The model cannot be loaded, or there is none that finds speakers.
    """

    def __init__(
        self,
        model: WordsModel,
        *,
        rate: int,
        wants_words: bool,
        wants_speakers: bool,
        interruption: Interruption | None = None,
        is_background: bool = False,
    ) -> None:
        self._model, self._rate = model, rate
        self._interruption, self._is_background = interruption, is_background
        self._processes: dict[WordsModel, RecogniserProcess] = {}
        try:
            self._words = _WordsReader(self._process_of(model)) if wants_words else None
            found_by = model_of_speakers(model) if wants_speakers else None
            self._speakers = _SpeakersReader(self._process_of(found_by)) if found_by else None
        except WordsError:
            self.close()
            raise
        self._position = 0  # in samples of the stream
        self._first = 0  # where the sound without a gap starts
        self._resampler = StreamResampler(rate, RATE)

    @property
    def pid(self) -> int:
        """Number of the recogniser's process; of that of the words, where there are two."""
        return next(iter(self._processes.values())).pid

    def push(self, chunk: AudioChunk) -> None:
        """Add the next sound; a jump in its position is a gap, and no line crosses it.

        Raises:
            WordsError: The recogniser has crashed or does not reply.
        """
        if chunk.start > self._position:
            self._end_stretch()
            self._first = chunk.start
            if self._speakers:
                self._speakers.skip(chunk.start / self._rate)
        self._position = chunk.end
        self._add(self._resampler.push(chunk.samples))

    def finish(self) -> tuple[Transcript | None, Speakers | None]:
        """Return transcript and speakers at the end of the stream, each ``None`` where it is not wanted.

        Raises:
            WordsError: The recogniser has crashed or does not reply.
        """
        self._end_stretch()
        transcript = speakers = None
        if self._words:
            lines, times = self._words.finish()
            language = self._processes[self._model].language
            transcript = Transcript(lines, language, self._model.name, times, self._words.agreement)
        if self._speakers:
            speakers = Speakers(self._speakers.finish(self._position / self._rate))
        return transcript, speakers

    def close(self) -> None:
        """End the recogniser's processes; a second call does nothing."""
        for process in self._processes.values():
            process.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def _process_of(self, model: WordsModel) -> RecogniserProcess:
        if model not in self._processes:
            self._processes[model] = RecogniserProcess(
                model, interruption=self._interruption, is_background=self._is_background
            )
        return self._processes[model]

    def _end_stretch(self) -> None:
        self._add(self._resampler.flush())
        self._resampler = StreamResampler(self._rate, RATE)
        if self._words:
            self._words.end_stretch()

    def _add(self, samples: npt.NDArray[np.float32]) -> None:
        if self._words:
            self._words.add(samples, first_s=self._first / self._rate)
        if self._speakers:
            self._speakers.add(samples)


class _WordsReader:
    """Cuts a stream into blocks at quiet places and collects their lines."""

    def __init__(self, process: RecogniserProcess) -> None:
        self._process = process
        self._held: list[npt.NDArray[np.float32]] = []
        self._held_count = 0
        self._start_s: float | None = None  # of the held sound
        self._lines: list[Line] = []
        self._is_measured = True
        # The first block with enough words, and its lines. It is recognised once more at the end, and not at once: the
        # library's speech detector goes on where the sound before has ended.
        self._tried: tuple[npt.NDArray[np.float32], tuple[str, ...]] | None = None
        self.agreement: float | None = None

    def add(self, samples: npt.NDArray[np.float32], *, first_s: float) -> None:
        if self._start_s is None:
            self._start_s = first_s
        self._held.append(samples)
        self._held_count += len(samples)
        if self._held_count >= BLOCK_S * RATE:
            sound = np.concatenate(self._held)
            cut = _quietest_place(sound)
            self._ask(sound[:cut])
            self._held, self._held_count = [sound[cut:]], len(sound) - cut

    def end_stretch(self) -> None:
        if self._held_count:
            self._ask(np.concatenate(self._held))
        self._held, self._held_count, self._start_s = [], 0, None

    def finish(self) -> tuple[tuple[Line, ...], WordTimes]:
        self._process.settle()
        if self._tried:
            block, texts = self._tried
            self._process.recognise(slowed(block), partial(self._measure_agreement, texts))
            self._process.settle()
        has_measured = self._is_measured and bool(self._lines)
        return tuple(self._lines), WordTimes.MEASURED if has_measured else WordTimes.SPREAD

    def _measure_agreement(self, texts: tuple[str, ...], again: tuple[SpokenLine, ...]) -> None:
        self.agreement = agreement(texts, (line.text for line in again))

    def _ask(self, block: npt.NDArray[np.float32]) -> None:
        start_s = self._start_s or 0.0
        self._process.recognise(block, partial(self._add_lines, block, start_s))
        self._start_s = start_s + len(block) / RATE

    def _add_lines(self, block: npt.NDArray[np.float32], start_s: float, lines: tuple[SpokenLine, ...]) -> None:
        end_s = start_s + len(block) / RATE
        for line in lines:
            if line.end_s - line.start_s >= SHORTEST_LINE_S:
                self._is_measured = self._is_measured and bool(line.words)
                self._lines.append(_line(line, block, start_s=start_s, end_s=end_s))
        if not self._tried and sum(len(line.text.split()) for line in lines) >= ENOUGH_WORDS:
            self._tried = block, tuple(line.text for line in lines)


class _SpeakersReader:
    """Gives a stream to the search for speakers, without its gaps."""

    def __init__(self, process: RecogniserProcess) -> None:
        self._process = process
        self._held = np.zeros(0, np.float32)
        self._count = 0  # samples given or held, with the shortened gaps
        self._places = [(0.0, 0.0)]  # seconds of the search, seconds of the stream: where each stretch starts

    def add(self, samples: npt.NDArray[np.float32]) -> None:
        self._held = np.concatenate((self._held, samples))
        self._count += len(samples)
        if self._count > SHORT_S * RATE:
            self._search(STEP_S)

    def skip(self, seconds: float) -> None:
        """Continue at a time of the stream, after a gap."""
        given_s = self._count / RATE
        before = self._places[-1]
        gap_s = min(SHORT_GAP_S, max(0.0, seconds - (before[1] + given_s - before[0])))
        self.add(np.zeros(round(gap_s * RATE), np.float32))
        self._places.append((self._count / RATE, seconds))

    def finish(self, end_s: float) -> tuple[Turn, ...]:
        step_s = STEP_S if self._count > SHORT_S * RATE else FINE_STEP_S
        self._search(step_s)
        if len(self._held):
            self._process.search_speakers(self._held, step_s=step_s)
        turns = (
            Turn(self._stream_s(each.start_s), min(self._stream_s(each.end_s), end_s), each.speaker)
            for each in self._process.turns()
            if self._stream_s(each.start_s) + SHORTEST_TURN_S < min(self._stream_s(each.end_s), end_s)
        )
        return numbered(turns)

    def _stream_s(self, search_s: float) -> float:
        """Return the time of the stream for a time of the search."""
        given_s, stream_s = max(place for place in self._places if place[0] <= search_s or place[0] == 0.0)
        return stream_s + search_s - given_s

    def _search(self, step_s: float) -> None:
        """Give away what is held in whole requests."""
        count = round(SEARCHED_S * RATE)
        while len(self._held) >= count:
            self._process.search_speakers(self._held[:count], step_s=step_s)
            self._held = self._held[count:]


def _quietest_place(sound: npt.NDArray[np.float32]) -> int:
    """Return the sample in the middle of the quietest place near the end of (n,) samples."""
    first = len(sound) - round(SEARCH_S * RATE)
    block = round(QUIET_S * RATE)
    return first + int(np.argmin(block_levels_dbfs(sound[first:], block))) * block + block // 2


def _line(line: SpokenLine, block: npt.NDArray[np.float32], *, start_s: float, end_s: float) -> Line:
    """Return a line of a block with times of the stream."""
    line_start_s, line_end_s = min(start_s + line.start_s, end_s), min(start_s + line.end_s, end_s)
    if line.words:
        words: Iterable[Word] = (
            Word(each.text, start_s + each.start_s, start_s + each.end_s, each.confidence) for each in line.words
        )
    else:
        sound = block[round(line.start_s * RATE) : round(line.end_s * RATE)]
        words = spread_words(line.text, sound, rate=RATE, start_s=line_start_s)
    return Line(line_start_s, line_end_s, line.text, tuple(words))
