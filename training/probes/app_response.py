"""Counts the app's entries for sounds that are not acted speech: noise, tones like music, speech read without emotion.

The network that was trained on everybody is exported and run behind the app's analyzer, so that speech gate, abstain
threshold, temperature and smoothing are those of the app.
"""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.values import State
from training.data.corpora import Corpus
from training.data.features import read_mono
from training.evaluate.calibration import Calibration
from training.evaluate.results import AppResponse, StateShares
from training.fit.checkpoints import EVERYBODY, fold_name, read_network
from training.fit.run import Run
from training.model.model_folder import write_model
from training.probes.app_entries import app_entries
from training.probes.synthetic_sounds import synthetic_sounds

Samples = npt.NDArray[np.float32]
Counts = dict[str, Counter[str]]  # by kind of sound: number of entries in each state, and with each label

CLAIMED = "claimed: "  # prefix of a label in the counts: entries that claim this emotion


def count_entries(classifier: EmotionClassifier, sounds: Iterable[tuple[str, Samples]]) -> Counts:
    """Return the counts of the app's entries for (kind, samples) at the model's rate."""
    found: Counts = defaultdict(Counter)
    for kind, samples in sounds:
        for entry in app_entries(classifier, samples):
            found[kind][entry.state.value] += 1
            if entry.state is State.SPEECH:
                found[kind][f"{CLAIMED}{entry.label}"] += 1
    return found


def response_to_synthetic_sounds(name: str, classifier: EmotionClassifier) -> AppResponse:
    """Return the shares of the app's entries for synthetic sounds.

    Args:
        name: Name of the network.
        classifier: The network as the app loads it; see :func:`app_classifier`.
    """
    sounds = synthetic_sounds(classifier.info.features.rate)
    pairs = ((kind, samples) for kind, each in sounds.items() for samples in each)
    return response(name, count_entries(classifier, pairs))


def response_to_corpus(name: str, classifier: EmotionClassifier, corpus: Corpus) -> AppResponse:
    """Return the shares for a corpus without emotions; the statement of a clip is the kind of its sound."""
    rate = classifier.info.features.rate
    clips = tqdm(corpus.clips, desc=f"{corpus.name}: the app's entries", unit="clip")
    pairs = ((clip.statement, read_mono(clip.path, rate)) for clip in clips)
    return response(name, count_entries(classifier, pairs), corpus=corpus.name)


def app_classifier(run: Run, calibration: Calibration) -> tuple[str, EmotionClassifier]:
    """Return the name of a network and the network as the app loads it.

    It is the network that was trained on everybody; for a run of folds only, that of the first fold.

    Raises:
        ExportError: The outputs of the ONNX file differ from those of the network.
        SettingsError: The run has not been trained.
    """
    name = EVERYBODY if (run.folder / EVERYBODY).exists() else fold_name(run.folds.folds[0])
    network = read_network(run.folder / name)
    with tempfile.TemporaryDirectory() as folder:
        model = write_model(Path(folder) / "probed.json", network, run.config, calibration, told={})
        return name, EmotionClassifier(model)


def response(name: str, counts: Counts, *, corpus: str | None = None) -> AppResponse:
    """Return the shares of all entries and of those of each kind of sound."""
    kinds = {kind: _shares(each) for kind, each in sorted(counts.items())}
    return AppResponse(name, _shares(sum(counts.values(), Counter())), kinds, corpus)


def _shares(counts: Counter[str]) -> StateShares:
    states = (State.SPEECH.value, State.UNCERTAIN.value, State.NO_SPEECH.value)
    windows = sum(counts[state] for state in states)
    claimed = max(1, counts[State.SPEECH.value])
    labels = {key.removeprefix(CLAIMED): count for key, count in counts.most_common() if key.startswith(CLAIMED)}
    speech, uncertain, no_speech = (counts[state] / max(1, windows) for state in states)
    return StateShares(windows, speech, uncertain, no_speech, {label: n / claimed for label, n in labels.items()})
