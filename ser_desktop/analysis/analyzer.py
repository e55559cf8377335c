"""Chunks in, timeline entries out: the one path of microphone and file."""

from __future__ import annotations

from dataclasses import dataclass

from ser_desktop.analysis.smoothing import Smoother
from ser_desktop.analysis.window_stream import WindowRequest, WindowStream
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.speech_detector import SpeechDetector
from ser_desktop.errors import SettingsError
from ser_desktop.values import AudioChunk, EmotionScores, State, TimelineEntry

SHORTEST_HOP_S = 0.05


@dataclass(frozen=True, slots=True)
class AnalysisSpec:
    """What the user may choose of an analysis.

    Attributes:
        window_s: How much sound an answer looks back on; ``None`` is the model's own, its longest.
        hop_s: Time between two answers.
        smoothing_s: Time constant of the probabilities.
        least_speech_s: With less speech in the window there is ``no_speech``.
        enough_speech_s: With less there is no more than ``uncertain``.
    """

    window_s: float | None = None
    hop_s: float = 0.25
    smoothing_s: float = 0.5
    least_speech_s: float = 0.25
    enough_speech_s: float = 0.5


class Analyzer:
    """Turns one stream into a timeline whose entries tile it.

    A jump in the chunks' positions becomes an entry with state ``gap``, and
    what comes after it is judged without what came before. Pushing the same
    sound in other pieces gives the same entries.

    Args:
        classifier: The model, loaded.
        rate: Sample rate of the chunks in Hz.
        spec: Window, hop and smoothing.
        first: Where in the stream it begins to listen, in samples.

    Raises:
        SettingsError: The model cannot work with this window or hop.
    """

    def __init__(
        self, classifier: EmotionClassifier, *, rate: int, spec: AnalysisSpec | None = None, first: int = 0
    ) -> None:
        self._spec = spec or AnalysisSpec()
        self._classifier = classifier
        self._rate = rate
        self._window_s = _checked_window(self._spec, classifier)
        self._smoother = Smoother(time_constant_s=self._spec.smoothing_s)
        self._detector = SpeechDetector(classifier.info.gate)
        self._position = first  # in samples of the stream
        self._start = first  # of the unbroken sound
        self._sound = self._unbroken()

    @property
    def position(self) -> int:
        """The sample after the last one heard."""
        return self._position

    def push(self, chunk: AudioChunk) -> list[TimelineEntry]:
        """Return the entries that this chunk completes.

        Raises:
            ValueError: The chunk starts before the end of the one before.
        """
        if chunk.start < self._position:
            raise ValueError(f"chunk starts at {chunk.start}, but {self._position} samples have been heard")
        entries = self._skip(chunk.start) if chunk.start > self._position else []
        self._position = chunk.end
        return entries + self._answer(self._sound.push(chunk.samples))

    def flush(self) -> list[TimelineEntry]:
        """Return the last entries; the stream has ended."""
        heard = self._position - self._start
        end = heard * self._classifier.info.features.rate // self._rate
        entries = self._answer(self._sound.flush(max(end, min(heard, 1))), is_last=True)  # a single sample is a sound
        self._start, self._sound = self._position, self._unbroken()
        self._smoother.reset()
        return entries

    def _skip(self, position: int) -> list[TimelineEntry]:
        entries = self.flush()
        entries.append(TimelineEntry(self._position / self._rate, position / self._rate, State.GAP, None))
        self._position = self._start = position
        return entries

    def _unbroken(self) -> WindowStream:
        info = self._classifier.info
        detector = SpeechDetector(info.gate, self._detector.activity)
        return WindowStream(info.features, detector, rate=self._rate, window_s=self._window_s, hop_s=self._spec.hop_s)

    def _answer(self, questions: list[WindowRequest], *, is_last: bool = False) -> list[TimelineEntry]:
        spoken = [question for question in questions if self._speech_s(question) >= self._spec.least_speech_s]
        scores = dict(zip(map(id, spoken), self._classifier.scores([each.window for each in spoken]), strict=True))
        entries = [self._entry(question, scores.get(id(question))) for question in questions]
        if is_last and entries:  # the last entry ends where the sound ends, to the sample
            last, end_s = entries[-1], self._position / self._rate
            entries[-1] = TimelineEntry(last.start_s, end_s, last.state, last.level_dbfs, last.scores)
        return entries

    def _entry(self, question: WindowRequest, scores: EmotionScores | None) -> TimelineEntry:
        start_s, end_s = self._seconds(question.start), self._seconds(question.end)
        if scores is None:
            self._smoother.reset()
            return TimelineEntry(start_s, end_s, State.NO_SPEECH, question.level_dbfs)
        scores = self._smoother.smooth(scores, elapsed_s=end_s - start_s)
        is_certain = (
            scores.confidence >= self._classifier.info.abstain_threshold
            and self._speech_s(question) >= self._spec.enough_speech_s
        )
        return TimelineEntry(
            start_s, end_s, State.SPEECH if is_certain else State.UNCERTAIN, question.level_dbfs, scores
        )

    def _seconds(self, sample: int) -> float:
        """Return the time of a sample of the unbroken sound, at the model's rate.

        It is rounded once, from whole numbers, and so equals what any other way to the same time gives.
        """
        rate = self._classifier.info.features.rate
        return (self._start * rate + sample * self._rate) / (self._rate * rate)

    def _speech_s(self, question: WindowRequest) -> float:
        """Return how much speech an answer can build on; none where nobody speaks in its own stretch."""
        features = self._classifier.info.features
        return float(question.has_speech * question.window.speech.sum()) * features.hop / features.rate


def _checked_window(spec: AnalysisSpec, classifier: EmotionClassifier) -> float:
    info = classifier.info
    window_s = info.window_s if spec.window_s is None else spec.window_s
    if not info.shortest_s <= window_s <= info.window_s:
        raise SettingsError(
            "A window of {window_s:g} s does not suit the model {name}.",
            "Choose {shortest_s:g} to {longest_s:g} s.",
            window_s=window_s,
            name=info.name,
            shortest_s=info.shortest_s,
            longest_s=info.window_s,
        )
    if not SHORTEST_HOP_S <= spec.hop_s <= window_s:
        raise SettingsError(
            "A hop of {hop_s:g} s does not suit a window of {window_s:g} s.",
            "Choose {shortest_s:g} to {longest_s:g} s.",
            hop_s=spec.hop_s,
            window_s=window_s,
            shortest_s=SHORTEST_HOP_S,
            longest_s=window_s,
        )
    return window_s
