"""Runs the program's own path over a corpus: speech detector, windows, network, smoothing, summary.

This is the only module of the training that imports ``ser_desktop.analysis``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import msgspec
import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from ser_desktop.analysis.analyzer import Analyzer
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.dsp.features import cosine_transform
from ser_desktop.dsp.windows import Window
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.model_file import Model
from ser_desktop.emotion.speech_detector import SpeechDetector
from ser_desktop.values import AffectClaim, AudioChunk, State, TimelineEntry
from training.data.corpora import Corpus
from training.data.features import clip_frames, read_mono, with_speech
from training.fit.batches import cut_window, speech_window

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class CorpusEntries:
    """What the program computes for the clips of a corpus.

    Attributes:
        corpus: Its name.
        emotions: (clip,) emotions of the clips.
        speakers: (clip,) names.
        one_window: (clip, label) probabilities of one window around the speech.
        summaries: (clip, label) probabilities of the program's summary; NaN where it finds no speech.
        clips: (entry,) index of the clip of each entry that has enough speech for a claim.
        scores: (entry, label) probabilities of these entries.
        spoken: Number of entries with speech, with or without enough of it.
    """

    corpus: str
    emotions: npt.NDArray[np.str_]
    speakers: npt.NDArray[np.str_]
    one_window: Array
    summaries: Array
    clips: npt.NDArray[np.int64]
    scores: Array
    spoken: int


def app_entries(classifier: EmotionClassifier, samples: npt.NDArray[np.float32]) -> list[TimelineEntry]:
    """Return the program's entries for (n,) samples at the model's rate, at its defaults."""
    analyzer = Analyzer(classifier, rate=classifier.info.features.rate)
    return analyzer.push(AudioChunk(0, samples)) + analyzer.flush()


def corpus_entries(model: Model, corpus: Corpus) -> CorpusEntries:
    """Analyse the clips of a corpus as the program does, at its defaults.

    Args:
        model: An exported model.
        corpus: Its clips that have one of the model's labels.
    """
    # With an abstain threshold of 0 the state tells whether an entry holds enough speech for a claim.
    classifier = EmotionClassifier(Model(msgspec.structs.replace(model.info, abstain_threshold=0.0), model.folder))
    labels, rate = model.info.labels, model.info.features.rate
    nothing = np.full(len(labels), np.nan)
    detector = SpeechDetector(model.info.gate)
    windows, summaries, clips, scores, spoken = [], [], [], [], 0
    for index, clip in enumerate(tqdm(corpus.clips, desc=f"{corpus.name}: the program's entries", unit="clip")):
        samples = read_mono(clip.path, rate)
        timeline = Timeline(labels)
        timeline.extend(app_entries(classifier, samples))
        summary = timeline.summary()
        summaries.append(np.array(summary.scores.values) if summary else nothing)
        spoken += sum(entry.scores is not None for entry in timeline)
        sure = [entry.scores.values for entry in timeline if entry.state is State.SPEECH and entry.scores]
        clips += [index] * len(sure)
        scores += sure
        window = _one_window(samples, model, SpeechDetector(model.info.gate, detector.activity))
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
    )


def claim_shares(model: Model, corpus: Corpus) -> dict[str, float]:
    """Return how often the program claims something of sounds in which no emotion is acted.

    Args:
        model: An exported model.
        corpus: Noise, or speech that is read out.

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


def _one_window(samples: npt.NDArray[np.float32], model: Model, detector: SpeechDetector) -> Window:
    """Return one window of the longest length, centred on the speech."""
    spec = model.info.features
    clip = with_speech(clip_frames(samples, spec, detector))
    length = spec.frame_count(round(model.info.window_s * spec.rate))
    mel, speech = cut_window(clip, speech_window(clip.speech, length), length)
    return Window(np.concatenate((mel, mel @ cosine_transform(spec)), axis=1), speech > 0.0)
