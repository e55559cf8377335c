"""The outputs of a model for windows of whole corpora, for the fit of its adaptation to voices."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from ser_desktop.dsp.features import cosine_transform
from ser_desktop.dsp.windows import Window
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.voice_adaptation import window_values
from training.data.augment import AugmentSpec
from training.data.auxiliary_corpora import open_auxiliary_cache
from training.data.corpora import Corpus
from training.data.features import CacheSpec, ClipFrames
from training.fit.adaptation import ClipValues
from training.fit.batches import cut_window, speech_window

SHORT_S = 1.5  # length of the short window of a clip


def clip_values(classifier: EmotionClassifier, corpus: Corpus, cache: Path) -> ClipValues:
    """Return the outputs of a model for a long and a short window of each clip of a corpus.

    Args:
        classifier: A model.
        corpus: Its clips.
        cache: Folder of the feature caches.
    """
    info = classifier.info
    frames = open_auxiliary_cache(
        cache, corpus, CacheSpec(info.features, info.gate, AugmentSpec(), copies=0), clean=True
    )
    random = np.random.default_rng(0)
    long, short = (info.features.frame_count(round(s * info.features.rate)) for s in (info.window_s, SHORT_S))
    whole, parts, speech_s = [], [], []
    for index in tqdm(range(len(frames)), desc=f"{corpus.name}: windows", unit="clip"):
        clip = frames.frames(index)
        window = _window(classifier, clip, speech_window(clip.speech, long), long)
        spoken = np.flatnonzero(clip.speech)
        last = max(int(spoken[0]) + 1, int(spoken[-1]) + 2 - short)
        whole.append(window)
        parts.append(_window(classifier, clip, int(random.integers(int(spoken[0]), last)), short))
        speech_s.append(window.speech_s(info.features))
    logits, values, affect = _outputs(classifier, whole)
    short_logits, short_values, short_affect = _outputs(classifier, parts)
    seconds = np.array(speech_s, np.float32)
    return ClipValues(logits, values, short_logits, short_values, affect, short_affect, seconds)


def joined(parts: Sequence[ClipValues]) -> ClipValues:
    """Return the values of several corpora, one after the other."""
    names = [field.name for field in dataclasses.fields(ClipValues)]
    return ClipValues(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def _window(classifier: EmotionClassifier, clip: ClipFrames, start: int, length: int) -> Window:
    mel, speech = cut_window(clip, start, length)
    frames = np.concatenate((mel, mel @ cosine_transform(classifier.info.features)), axis=1)
    return classifier.window_of(frames, speech > 0.0)


def _outputs(
    classifier: EmotionClassifier, windows: Sequence[Window]
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Return (window, label) calibrated logits, (window, value) values, and (window, 2) arousal and valence."""
    info = classifier.info
    found = classifier.outputs(windows)
    logits, affect = (np.stack([getattr(each, name) for each in found]) for name in ("logits", "affect"))
    frames, speech = [each.frames for each in windows], [each.speech for each in windows]
    return logits / np.float32(info.temperature), window_values(logits, frames, speech, info.features), affect
