"""Analyses a corpus exactly as the program does: speech detector, windows, network, smoothing, summary.

This is the only module of the training that imports ``ser_desktop.analysis``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from ser_desktop.analysis.analyzer import AnalysisSpec, Analyzer
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.dsp.features import cosine_transform
from ser_desktop.dsp.windows import Window
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.model_file import Model
from ser_desktop.emotion.speech_detector import SpeechDetector
from ser_desktop.emotion.voice_profile import VoiceProfile, make_profile
from ser_desktop.values import AffectClaim, AudioChunk, State, TimelineEntry
from training.data.corpora import Clip, Corpus
from training.data.features import clip_frames, read_mono, with_speech
from training.evaluate.claims import Labelled
from training.fit.batches import cut_window, speech_window

Array = npt.NDArray[np.float64]

HOP_S = AnalysisSpec().hop_s  # length of an entry


@dataclass(frozen=True, slots=True, eq=False)
class CorpusEntries:
    """The results of the program for the clips of a corpus.

    Attributes:
        corpus: Its name.
        emotions: (clip,) emotions of the clips.
        speakers: (clip,) names.
        one_window: (clip, label) probabilities of one window around the speech.
        summaries: (clip, label) probabilities of the program's summary; NaN where it finds no speech.
        clips: (entry,) index of the clip of each entry that has enough speech for a claim.
        scores: (entry, label) probabilities of these entries.
        spoken: Number of entries with speech, with or without enough of it.
        own: (entry, 2) the network's outputs for both dimensions, corrected by the adaptation, as probabilities;
            ``None`` for a model with neither.
    """

    corpus: str
    emotions: npt.NDArray[np.str_]
    speakers: npt.NDArray[np.str_]
    one_window: Array
    summaries: Array
    clips: npt.NDArray[np.int64]
    scores: Array
    spoken: int
    own: Array | None = None

    @property
    def labelled(self) -> Labelled:
        """The entries with the emotions of their clips."""
        return Labelled(self.scores, self.emotions[self.clips], self.own)

    @classmethod
    def concatenate(cls, parts: Sequence[CorpusEntries]) -> CorpusEntries:
        """Return the entries of several parts of a corpus as one."""
        starts = np.cumsum([0, *(len(part.emotions) for part in parts)])
        own = [part.own for part in parts if part.own is not None]
        return cls(
            parts[0].corpus,
            np.concatenate([part.emotions for part in parts]),
            np.concatenate([part.speakers for part in parts]),
            np.concatenate([part.one_window for part in parts]),
            np.concatenate([part.summaries for part in parts]),
            np.concatenate([start + part.clips for start, part in zip(starts, parts, strict=False)]),
            np.concatenate([part.scores for part in parts]),
            sum(part.spoken for part in parts),
            np.concatenate(own) if own else None,
        )


def voice_of_clips(classifier: EmotionClassifier, clips: Sequence[Clip]) -> VoiceProfile:
    """Return the profile of the speaker of some clips, as the program makes it, however short they are."""
    rate, position = classifier.info.features.rate, 0
    analyzer = Analyzer(classifier, rate=rate)
    for clip in clips:
        samples = read_mono(clip.path, rate)
        analyzer.push(AudioChunk(position, samples))
        position += len(samples) + rate  # a gap of 1 s
    analyzer.flush()
    return make_profile(clips[0].speaker, analyzer.voice_statistics, classifier.info, least_s=0.0)


def app_entries(
    classifier: EmotionClassifier, samples: npt.NDArray[np.float32], voice: VoiceProfile | None = None
) -> list[TimelineEntry]:
    """Return the program's entries for (n,) samples at the model's rate, at its defaults."""
    return _entries(_analyzer(classifier, voice), samples)


def _analyzer(classifier: EmotionClassifier, voice: VoiceProfile | None) -> Analyzer:
    return Analyzer(classifier, rate=classifier.info.features.rate, spec=AnalysisSpec(voice=voice))


def _entries(analyzer: Analyzer, samples: npt.NDArray[np.float32]) -> list[TimelineEntry]:
    """Return the entries of the next (n,) samples of a stream, which end with a pause."""
    return analyzer.push(AudioChunk(analyzer.position, samples)) + analyzer.flush()


def corpus_entries(
    model: Model,
    corpus: Corpus,
    voice_of: Callable[[EmotionClassifier, Clip], VoiceProfile | None] | None = None,
    *,
    is_one_recording: bool = False,
) -> CorpusEntries:
    """Analyse the clips of a corpus as the program does, at its defaults.

    Args:
        model: An exported model.
        corpus: Its clips that have one of the model's labels.
        voice_of: Returns the voice of a clip, which the analysis starts with; ``None``: no voice is known.
        is_one_recording: Whether the clips of a speaker are analysed as one recording, so that the model adapts to the
            voice; otherwise each clip is a recording.
    """
    # With an abstain threshold of 0, the state is “speech” exactly if an entry has enough speech for a claim.
    classifier = EmotionClassifier(Model(msgspec.structs.replace(model.info, abstain_threshold=0.0), model.folder))
    labels, rate = model.info.labels, model.info.features.rate
    nothing = np.full(len(labels), np.nan)
    detector = SpeechDetector(model.info.gate)
    analyzers: dict[str, Analyzer] = {}
    windows, summaries, clips, scores, own, spoken = [], [], [], [], [], 0
    for index, clip in enumerate(tqdm(corpus.clips, desc=f"{corpus.name}: the program's entries", unit="clip")):
        samples = read_mono(clip.path, rate)
        timeline = Timeline(labels)
        voice = voice_of(classifier, clip) if voice_of else None
        if not is_one_recording or clip.speaker not in analyzers:
            analyzers[clip.speaker] = _analyzer(classifier, voice)
        made = _entries(analyzers[clip.speaker], samples)
        timeline.extend(made)
        summary = timeline.summary()
        summaries.append(np.array(summary.scores.values) if summary else nothing)
        spoken += sum(entry.scores is not None for entry in made)
        sure = [entry.scores for entry in made if entry.state is State.SPEECH and entry.scores]
        clips += [index] * len(sure)
        scores += [each.values for each in sure]
        own += [each.affect for each in sure if each.affect]
        window = _one_window(samples, classifier, SpeechDetector(model.info.gate, detector.activity))
        windows.append(np.array(classifier.scores([window])[0].values))
    return CorpusEntries(
        corpus.name,
        np.array([clip.emotion for clip in corpus.clips]),
        np.array([clip.speaker for clip in corpus.clips]),
        np.stack(windows),
        np.stack(summaries),
        np.array(clips, np.int64),
        np.array(scores).reshape(-1, len(labels)),
        spoken,
        np.array(own) if own else None,
    )


def claim_shares(model: Model, corpus: Corpus) -> dict[str, float]:
    """Return how often the program makes claims about sounds without acted emotions.

    Args:
        model: An exported model.
        corpus: Noise, or read speech.

    Returns:
        Shares of all entries: those with speech, with any claim, with an emotion, and with each claim of arousal and
        valence.
    """
    classifier, counts, entries = EmotionClassifier(model), Counter[str](), 0
    for clip in tqdm(corpus.clips, desc=f"{corpus.name}: the program's entries", unit="clip"):
        for entry in app_entries(classifier, read_mono(clip.path, model.info.features.rate)):
            entries += 1
            counts["speech"] += entry.scores is not None
            counts["any claim"] += entry.state is State.SPEECH or bool(entry.claims)
            counts["an emotion"] += entry.state is State.SPEECH
            counts.update(claim.value for claim in entry.claims)
    names = ("speech", "any claim", "an emotion", *(claim.value for claim in AffectClaim))
    return {name: counts[name] / max(1, entries) for name in names}


def _one_window(
    samples: npt.NDArray[np.float32],
    classifier: EmotionClassifier,
    detector: SpeechDetector,
) -> Window:
    """Return one window of the longest length, centred on the speech."""
    info = classifier.info
    spec = info.features
    clip = with_speech(clip_frames(samples, spec, detector))
    length = spec.frame_count(round(info.window_s * spec.rate))
    mel, speech = cut_window(clip, speech_window(clip.speech, length), length)
    frames, flags = np.concatenate((mel, mel @ cosine_transform(spec)), axis=1), speech > 0.0
    return classifier.window_of(frames, flags)
