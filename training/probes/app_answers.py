"""What the app itself answers to sounds that are not acted: noise, music-like tones, speech read without emotion.

The network of everybody is exported and put behind the app's analyzer, so that gate, threshold, temperature and
smoothing are those that a user meets. The only part of the training that knows the floor above.
"""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from ser_desktop.analysis.analyzer import Analyzer
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.values import AudioChunk, State
from training.data.corpora import Corpus
from training.data.features import read_mono
from training.evaluate.calibration import Calibration
from training.fit.checkpoints import EVERYBODY, fold_name, read_network
from training.fit.run import Run
from training.model.model_folder import write_model
from training.probes.made_sounds import made_sounds

Samples = npt.NDArray[np.float32]
Answers = dict[str, Counter[str]]  # by kind of sound: how many windows in each state, and with each label

CLAIMED = "claimed: "  # before a label in the counts: an emotion was shown


def answers_to(classifier: EmotionClassifier, sounds: Iterable[tuple[str, Samples]]) -> Answers:
    """Return what the app answers to (kind, samples) at the model's rate, counted by kind."""
    rate = classifier.info.features.rate
    found: Answers = defaultdict(Counter)
    for kind, samples in sounds:
        analyzer = Analyzer(classifier, rate=rate)
        for entry in analyzer.push(AudioChunk(0, samples)) + analyzer.flush():
            found[kind][entry.state.value] += 1
            if entry.state is State.SPEECH:
                found[kind][f"{CLAIMED}{entry.label}"] += 1
    return found


def answers_to_made_sounds(name: str, classifier: EmotionClassifier) -> dict[str, Any]:
    """Return what the app answers to made sounds, with the network of this name; see :func:`app_classifier`."""
    sounds = made_sounds(classifier.info.features.rate)
    pairs = ((kind, samples) for kind, each in sounds.items() for samples in each)
    return {"network": name, **answer_figures(answers_to(classifier, pairs))}


def answers_to_corpus(name: str, classifier: EmotionClassifier, corpus: Corpus) -> dict[str, Any]:
    """Return what the app answers to a corpus without emotions; the statements of its clips tell the kind of sound."""
    rate = classifier.info.features.rate
    clips = tqdm(corpus.clips, desc=f"{corpus.name}: the app's answers", unit="clip")
    pairs = ((clip.statement, read_mono(clip.path, rate)) for clip in clips)
    return {"network": name, "corpus": corpus.name, **answer_figures(answers_to(classifier, pairs))}


def app_classifier(run: Run, calibration: Calibration) -> tuple[str, EmotionClassifier]:
    """Return the network of everybody as the app loads it, and its name; of a run of folds alone, that of the first.

    Raises:
        ExportError: The ONNX file answers otherwise than the network.
        SettingsError: The run has not been trained.
    """
    name = EVERYBODY if (run.folder / EVERYBODY).exists() else fold_name(run.folds.folds[0])
    network = read_network(run.folder / name)
    with tempfile.TemporaryDirectory() as folder:
        model = write_model(Path(folder) / "probed.json", network, run.config, calibration, told={})
        return name, EmotionClassifier(model)


def answer_figures(answers: Answers) -> dict[str, Any]:
    """Return shares of windows: of all, and of each kind; labels as shares of the windows that got an emotion."""
    return {
        "all": _shares(sum(answers.values(), Counter())),
        "kinds": {kind: _shares(counts) for kind, counts in sorted(answers.items())},
    }


def _shares(counts: Counter[str]) -> dict[str, Any]:
    states = (State.SPEECH.value, State.UNCERTAIN.value, State.NO_SPEECH.value)
    windows = sum(counts[state] for state in states)
    claimed = max(1, counts[State.SPEECH.value])
    labels = {key.removeprefix(CLAIMED): count for key, count in counts.most_common() if key.startswith(CLAIMED)}
    return {
        "windows": windows,
        **{state: counts[state] / max(1, windows) for state in states},
        "labels": {label: count / claimed for label, count in labels.items()},
    }
