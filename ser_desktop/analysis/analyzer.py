"""Turns chunks of samples into timeline entries, in the same way for a microphone and a file."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ser_desktop.analysis.smoothing import Smoother
from ser_desktop.analysis.speaker_memory import SpeakerMemories, SpeakerVoices, WindowVoice
from ser_desktop.analysis.window_stream import WindowRequest, WindowStream
from ser_desktop.dsp.windows import ENOUGH_SPEECH_S, MIN_SPEECH_S
from ser_desktop.emotion.classifier import EmotionClassifier, KnownVoice, NetworkOutput
from ser_desktop.emotion.model_file import ModelInfo
from ser_desktop.emotion.speech_detector import SpeechDetector
from ser_desktop.emotion.voice_adaptation import MIN_HEARD_S, VoiceMemory
from ser_desktop.emotion.voice_profile import ENOUGH_S, VoiceProfile
from ser_desktop.errors import SettingsError
from ser_desktop.values import (
    DEFAULT_HOP_S,
    DEFAULT_SMOOTHING_S,
    SHORTEST_HOP_S,
    AudioChunk,
    EmotionScores,
    State,
    TimelineEntry,
    VoiceUse,
)

WHOLE = 0  # in place of the number of a speaker: one voice speaks in the whole recording


@dataclass(frozen=True, slots=True)
class AnalysisSpec:
    """The settings of an analysis.

    Attributes:
        window_s: Seconds of sound that an entry is computed from; ``None`` is the longest window of the model.
        hop_s: Seconds between two entries.
        smoothing_s: Time constant of the smoothing of the probabilities in seconds.
        least_speech_s: With less speech in the window, the state is ``no_speech``.
        enough_speech_s: With less speech in the window, the state is at most ``uncertain`` and nothing is claimed.
        voice: The voice of the recording, if it is known; for models that adapt to voices.
        one_speaker: Whether one person speaks. Then the model adapts to the voice as the recording goes on; otherwise
            the statistics of the voice are cleared in each pause of 1 s.
        abstain_threshold: Probability from which an emotion is claimed; ``None`` is the model's own.
        speakers: Who speaks when, if that is known before the analysis. A model with adaptation then adapts to each
            voice separately; ``voice`` and ``one_speaker`` are ignored.
    """

    window_s: float | None = None
    hop_s: float = DEFAULT_HOP_S
    smoothing_s: float = DEFAULT_SMOOTHING_S
    least_speech_s: float = MIN_SPEECH_S
    enough_speech_s: float = ENOUGH_SPEECH_S
    voice: VoiceProfile | None = None
    one_speaker: bool = True
    speakers: SpeakerVoices | None = None
    abstain_threshold: float | None = None

    def threshold_of(self, info: ModelInfo) -> float:
        """Return the probability from which an emotion of a model is claimed; the only place with this rule."""
        return info.abstain_threshold if self.abstain_threshold is None else self.abstain_threshold


class Analyzer:
    """Turns one stream into entries that follow each other without gaps or overlaps.

    A jump in the positions of the chunks becomes an entry with state ``gap``.
    The analysis restarts after it: no window contains sound from both sides.
    The entries do not depend on how the stream is cut into chunks.

    An entry that contains speech, but whose window contains too little for the model, is returned together with the
    next one. If the next window contains enough, an utterance has begun, and the entry becomes ``uncertain`` with the
    probabilities of the next one. Otherwise its state is ``no_speech``.

    Args:
        classifier: The loaded model.
        rate: Sample rate of the chunks in Hz.
        spec: Window, hop and smoothing; ``None`` is the defaults.
        first: Position in the stream, in samples, at which the analysis starts.

    Attributes:
        abstain_threshold: Probability from which an emotion is claimed.

    Raises:
        SettingsError: The window is not one that the model was trained on, or the hop does not fit it.
    """

    def __init__(
        self, classifier: EmotionClassifier, *, rate: int, spec: AnalysisSpec | None = None, first: int = 0
    ) -> None:
        self._spec = spec or AnalysisSpec()
        self._classifier = classifier
        self._rate = rate
        self.abstain_threshold = self._spec.threshold_of(classifier.info)
        self._window_s = _checked_window(self._spec, classifier)
        self._smoother = Smoother(time_constant_s=self._spec.smoothing_s)
        self._detector = SpeechDetector(classifier.info.gate)
        self._position = first  # in samples of the stream
        self._start = first  # first sample after the last gap
        self._memory: VoiceMemory | None = None
        self._speakers: SpeakerMemories | None = None
        for voice in self._spec.speakers.voices.values() if self._spec.speakers else ():
            voice.check(classifier.info)
        if self._spec.speakers and classifier.info.adaptation:
            self._speakers = SpeakerMemories(self._spec.speakers, self._open_memory)
        self._known_from: dict[int, float] = {}  # by the number of the speaker; 0 is the voice of the whole recording
        self._sound = self._new_window_stream()
        self._pending: list[TimelineEntry] = []  # speech, but too little so far; at most as many as fit a window

    @property
    def voice_statistics(self) -> npt.NDArray[np.float32] | None:
        """Statistics of the speech so far, for a voice profile; ``None`` for a model that does not adapt to voices."""
        return self._memory.statistics if self._memory else None

    @property
    def voice_windows(self) -> npt.NDArray[np.float32] | None:
        """Values of windows since the last gap that do not overlap, (window, value); ``None`` without adaptation."""
        return self._memory.windows if self._memory else None

    @property
    def voice_use(self) -> VoiceUse | None:
        """What was known of the voice so far; ``None`` for a model without adaptation."""
        if not self._memory:
            return None
        if self._speakers and self._spec.speakers:
            voices = self._spec.speakers.voices
            numbers = {each.speaker for each in self._spec.speakers.turns}
            return VoiceUse(speakers={number: self._use(voices.get(number), number) for number in sorted(numbers)})
        return self._use(self._spec.voice, WHOLE)

    @property
    def known_s(self) -> float:
        """Seconds of speech from which the voice is known; 0 for a model without adaptation."""
        return self._memory.known_s if self._memory else 0.0

    @property
    def position(self) -> int:
        """Position of the sample after the last one pushed."""
        return self._position

    def push(self, chunk: AudioChunk) -> list[TimelineEntry]:
        """Return the entries that this chunk completes.

        Raises:
            ValueError: The chunk starts before the end of the previous one.
        """
        if chunk.start < self._position:
            raise ValueError(f"chunk starts at {chunk.start}, but {self._position} samples have been pushed")
        entries = self._skip(chunk.start) if chunk.start > self._position else []
        self._position = chunk.end
        return entries + self._entries_of(self._sound.push(chunk.samples))

    def flush(self) -> list[TimelineEntry]:
        """Return the remaining entries at the end of the stream."""
        length = self._position - self._start
        end = length * self._classifier.info.features.rate // self._rate
        # A stream of one sample still gives an entry.
        entries = self._entries_of(self._sound.flush(max(end, min(length, 1))), is_last=True)
        self._start, self._sound = self._position, self._new_window_stream()
        self._smoother.reset()
        return entries

    def _skip(self, position: int) -> list[TimelineEntry]:
        entries = self.flush()
        entries.append(TimelineEntry(self._position / self._rate, position / self._rate, State.GAP, None))
        self._position = self._start = position
        return entries

    def _new_window_stream(self) -> WindowStream:
        info = self._classifier.info
        detector = SpeechDetector(info.gate, self._detector.activity)
        # The voice is the same before and after a gap, unless several people speak.
        adapts = self._spec.one_speaker and not self._spec.speakers
        before = self.voice_statistics if adapts else None
        voice = None if self._spec.speakers else self._spec.voice
        if self._speakers:
            self._speakers.begin()
        self._memory = self._classifier.open_memory(voice, adapts=adapts, statistics=before)
        return WindowStream(
            info.features,
            detector,
            rate=self._rate,
            window_s=self._window_s,
            hop_s=self._spec.hop_s,
            stream=self._classifier.open_stream(),
        )

    def _use(self, voice: VoiceProfile | None, speaker: int) -> VoiceUse:
        return VoiceUse(voice.name, 0.0) if voice else VoiceUse(None, self._known_from.get(speaker))

    def _open_memory(self, voice: VoiceProfile | None, before: VoiceMemory | None) -> VoiceMemory:
        memory = self._classifier.open_memory(voice, statistics=before.statistics if before else None)
        assert memory  # this is only called for a model with adaptation
        return memory

    def _entries_of(self, requests: list[WindowRequest], *, is_last: bool = False) -> list[TimelineEntry]:
        if not requests and not is_last:
            return []
        spoken = [request for request in requests if self._speech_s(request) >= self._spec.least_speech_s]
        outputs = self._classifier.outputs([each.window for each in spoken])
        voices = [self._voice_in(request, output) for request, output in zip(spoken, outputs, strict=True)]
        scores = dict(zip(map(id, spoken), self._classifier.scores_of(outputs, voices), strict=True))
        entries = [entry for request in requests for entry in self._resolved(request, scores.get(id(request)))]
        if is_last:
            entries += self._pending
            self._pending = []
        if is_last and entries:  # the last entry ends where the sound ends, to the sample
            last, end_s = entries[-1], self._position / self._rate
            entries[-1] = dataclasses.replace(last, end_s=end_s)
        return entries

    def _resolved(self, request: WindowRequest, scores: EmotionScores | None) -> list[TimelineEntry]:
        """Return the pending entries and the entry of a request; nothing if that entry becomes pending itself."""
        entry = self._entry(request, scores)
        if scores is None and request.has_speech:
            self._pending.append(entry)
            return []
        pending, self._pending = self._pending, []
        return [*(self._backdated(each, entry) for each in pending), entry]

    def _backdated(self, entry: TimelineEntry, first: TimelineEntry) -> TimelineEntry:
        """Return a pending entry with the probabilities of the first entry of its utterance that has any."""
        if first.scores is None:
            return entry
        affect = self._classifier.info.affect
        known = affect.compute(first.scores, may_claim=False) if affect else None
        return dataclasses.replace(entry, state=State.UNCERTAIN, scores=first.scores, affect=known, may_claim=False)

    def _entry(self, request: WindowRequest, scores: EmotionScores | None) -> TimelineEntry:
        start_s, end_s = self._seconds(request.start), self._seconds(request.end)
        if scores is None:
            self._smoother.reset()
            return TimelineEntry(start_s, end_s, State.NO_SPEECH, request.level_dbfs)
        info, speech_s = self._classifier.info, self._speech_s(request)
        scores = self._smoother.smooth(scores, elapsed_s=end_s - start_s, speech_s=speech_s)
        is_enough = speech_s >= self._spec.enough_speech_s
        is_certain = is_enough and scores.confidence >= self.abstain_threshold
        state = State.SPEECH if is_certain else State.UNCERTAIN
        affect = info.affect.compute(scores, may_claim=is_enough) if info.affect else None
        return TimelineEntry(start_s, end_s, state, request.level_dbfs, scores, affect, is_enough)

    def _voice_in(self, request: WindowRequest, output: NetworkOutput) -> KnownVoice | None:
        """Return what is known of the voice of a window so far, and add the window to the voice memory."""
        if not self._memory or output.values is None:
            return None
        rate = self._classifier.info.features.rate
        length = round(self._window_s * rate)
        first = max(0, request.end - length)
        voice = WindowVoice(WHOLE, self._memory, is_alone=True)
        if self._speakers:
            voice = self._speakers.voice_in(self._seconds(first), self._seconds(request.end))
        if not voice.memory:
            return None
        baseline = voice.memory.baseline(before=request.end - length)
        known_s = voice.memory.known_s
        if known_s >= ENOUGH_S:
            self._known_from.setdefault(voice.speaker, self._seconds(request.start))
        if self._speech_s(request) >= MIN_HEARD_S and voice.is_alone:
            seconds = (request.end - request.start) / rate
            voice.memory.add(output.values, end=request.end, length=length, speech_s=seconds)
        return None if baseline is None else KnownVoice(baseline, known_s)

    def _seconds(self, sample: int) -> float:
        """Return the time of a sample, counted at the model's rate from the last gap, in seconds of the stream.

        It is computed from integers and rounded once, so that equal times are equal floats.
        """
        rate = self._classifier.info.features.rate
        return (self._start * rate + sample * self._rate) / (self._rate * rate)

    def _speech_s(self, request: WindowRequest) -> float:
        """Return the seconds of speech in the window; 0 without speech in the hop of the entry itself."""
        return request.window.speech_s(self._classifier.info.features) if request.has_speech else 0.0


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
