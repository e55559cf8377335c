"""Transcribes a recording while it is made: a line appears while it is spoken, and settles when it is over.

A thread passes the newest sound to a recogniser in a process of its own, once a second, and collects the lines. The
recording only appends to a queue. If the recogniser falls behind, sound is left out, so that lines stay with the
speaker.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ser_desktop.dsp.resample import StreamResampler
from ser_desktop.errors import WordsError
from ser_desktop.transcript import Line, Transcript, Word, WordTimes
from ser_desktop.values import AudioChunk
from ser_desktop.words.messages import RATE, LiveLine
from ser_desktop.words.models import WordsModel
from ser_desktop.words.process import Interruption, RecogniserProcess
from ser_desktop.words.spread import spread_words

EVERY_S = 1.0  # between two updates of a line; each takes 0.2 s of one core
BEHIND_S = 15.0  # of sound that waits: more is left out
KEPT_S = 40.0  # of sound, to place the words of a line
LAST_S = 3.0  # in which the last line settles at the end


@dataclass(frozen=True, slots=True)
class LiveLines:
    """The lines that are new since the last call.

    Attributes:
        model: The model that wrote them.
        settled: Lines that will not change any more, in the order of time.
        open_line: The line that is being spoken, or ``None``.
        skipped_s: Length of the sound that was left out so far.
        error: Why no more lines follow, if so.
    """

    model: WordsModel
    settled: tuple[Line, ...] = ()
    open_line: Line | None = None
    skipped_s: float = 0.0
    error: WordsError | None = None


class LiveTranscript:
    """The lines of a stream so far.

    Args:
        model: The model that writes them.
    """

    def __init__(self, model: WordsModel) -> None:
        self._model = model
        self._settled: list[Line] = []
        self._open: Line | None = None

    def add(self, lines: LiveLines) -> None:
        """Add what is new."""
        self._settled += lines.settled
        self._open = lines.open_line

    @property
    def is_open(self) -> bool:
        """Whether the last line may still change."""
        return self._open is not None

    @property
    def transcript(self) -> Transcript:
        """All lines, with the one that is being spoken."""
        lines = (*self._settled, *((self._open,) if self._open else ()))
        is_measured = bool(lines) and all(word.confidence is not None for line in lines for word in line.words)
        times = WordTimes.MEASURED if is_measured else WordTimes.SPREAD
        return Transcript(lines, self._model.language, self._model.name, times)


class LiveWords:
    """Transcribes a stream while it grows. No method but :meth:`finish` waits.

    Args:
        model: What it recognises with; it is loaded in the thread.
        rate: Sample rate of the chunks, Hz.
    """

    def __init__(self, model: WordsModel, *, rate: int) -> None:
        self.model = model
        self._rate = rate
        self._lock = threading.Lock()
        self._waiting: list[AudioChunk] = []
        self._settled: list[Line] = []
        self._open: Line | None = None
        self._error: WordsError | None = None
        self._skipped_s = 0.0
        self._has_news = False
        self._is_over = threading.Event()
        self._interruption = Interruption()
        self._thread = threading.Thread(target=self._work, name="live words", daemon=True)
        self._thread.start()

    def push(self, chunks: Sequence[AudioChunk]) -> None:
        """Add the next sound; a jump in its position is a gap, which ends the line."""
        with self._lock:
            self._waiting += chunks

    def take(self) -> LiveLines | None:
        """Return what is new since the last call, or ``None`` if nothing is."""
        with self._lock:
            if not self._has_news:
                return None
            self._has_news = False
            settled, self._settled = tuple(self._settled), []
            return LiveLines(self.model, settled, self._open, self._skipped_s, self._error)

    def end_soon(self) -> None:
        """Let the last line settle: no more sound follows."""
        self._is_over.set()

    def finish(self) -> LiveLines | None:
        """End, with up to 3 s for the last line to settle, and return what is new."""
        self._is_over.set()
        self._thread.join(LAST_S)
        self.close()
        return self.take()

    def close(self) -> None:
        """End at once; a second call does nothing."""
        self._is_over.set()
        self._interruption.request()

    def _work(self) -> None:
        try:
            process = RecogniserProcess(self.model, interruption=self._interruption, is_background=True)
            try:
                _StreamReader(self, process).read()
            finally:
                process.close()
        except WordsError as error:
            if not self._interruption.is_requested:
                with self._lock:
                    self._error, self._open, self._has_news = error, None, True

    def next_sound(self) -> list[AudioChunk] | None:
        """Return the sound that waits, once there is a second of it; ``None`` after the end."""
        while not self._interruption.is_requested:
            is_over = self._is_over.is_set()
            with self._lock:
                seconds = sum(len(chunk.samples) for chunk in self._waiting) / self._rate
                if seconds >= EVERY_S or (is_over and self._waiting):
                    chunks, self._waiting = self._waiting, []
                    return self._newest(chunks, seconds)
            if is_over:
                return None
            time.sleep(EVERY_S / 10.0)
        return None

    def add(self, settled: Sequence[Line], open_line: Line | None) -> None:
        """Store lines for the next call of :meth:`take`."""
        with self._lock:
            self._settled += settled
            self._open, self._has_news = open_line, True

    @property
    def rate(self) -> int:
        """Sample rate of the chunks, Hz."""
        return self._rate

    def _newest(self, chunks: list[AudioChunk], seconds: float) -> list[AudioChunk]:
        """Leave out what is too old, so that the lines stay with the speaker."""
        if seconds <= BEHIND_S:
            return chunks
        kept = chunks
        while len(kept) > 1 and seconds > BEHIND_S / 3.0:
            seconds -= len(kept[0].samples) / self._rate
            self._skipped_s += len(kept[0].samples) / self._rate
            kept = kept[1:]
        self._has_news = True
        return kept


class _StreamReader:
    """Passes the sound to the recogniser and turns its replies into lines."""

    def __init__(self, live: LiveWords, process: RecogniserProcess) -> None:
        self._live, self._process = live, process
        self._resampler = StreamResampler(live.rate, RATE)
        self._position: int | None = None  # in samples of the stream, after the last chunk
        self._start_s = self._stretch_s = 0.0  # of the first kept sample, and of the stretch without a gap
        self._kept = np.zeros(0, np.float32)

    def read(self) -> None:
        """Work until the end of the stream."""
        while (chunks := self._live.next_sound()) is not None:
            for run in _runs(chunks, self._position):
                if run[0].start != self._position:
                    self._settle()
                    self._begin(run[0].start)
                self._position = run[-1].end
                samples = self._resampler.push(np.concatenate([chunk.samples for chunk in run]))
                self._keep(samples)
                if len(samples):
                    self._store(self._process.recognise_live(samples, is_new=False).lines)
        self._settle()

    def _settle(self) -> None:
        """End the stretch of sound without a gap: its last line settles."""
        self._store(self._process.recognise_live(np.zeros(0, np.float32), is_new=True).before)

    def _begin(self, position: int) -> None:
        self._resampler = StreamResampler(self._live.rate, RATE)
        self._start_s, self._kept = position / self._live.rate, np.zeros(0, np.float32)
        self._stretch_s = self._start_s

    def _keep(self, samples: npt.NDArray[np.float32]) -> None:
        self._kept = np.concatenate((self._kept, samples))
        extra = len(self._kept) - round(KEPT_S * RATE)
        if extra > 0:
            self._kept = self._kept[extra:]
            self._start_s += extra / RATE

    def _store(self, found: Sequence[LiveLine]) -> None:
        lines = [(self._line(each), each.is_settled) for each in found]
        settled = [line for line, is_settled in lines if is_settled]
        self._live.add(settled, next((line for line, is_settled in lines if not is_settled), None))

    def _line(self, found: LiveLine) -> Line:
        """Return a line with times of the stream; its words are spread over it where the model gives no times."""
        start_s, end_s = self._stretch_s + found.start_s, self._stretch_s + found.end_s
        if found.words:
            words = tuple(
                Word(each.text, self._stretch_s + each.start_s, self._stretch_s + each.end_s, each.confidence)
                for each in found.words
            )
            return Line(start_s, end_s, found.text, words)
        first = max(0, round((start_s - self._start_s) * RATE))
        sound = self._kept[first : max(first, round((end_s - self._start_s) * RATE))]
        return Line(start_s, end_s, found.text, spread_words(found.text, sound, rate=RATE, start_s=start_s))


def _runs(chunks: Sequence[AudioChunk], position: int | None) -> list[list[AudioChunk]]:
    """Return chunks in runs without a jump between them."""
    runs: list[list[AudioChunk]] = []
    for chunk in chunks:
        if runs and chunk.start == position:
            runs[-1].append(chunk)
        else:
            runs.append([chunk])
        position = chunk.end
    return runs
