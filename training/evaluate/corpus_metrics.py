"""Metrics on other corpora than the main one, for speakers that the networks were not trained on.

A corpus may have fewer labels than the network. Its clips are classified among its own labels: without “calm” the
probabilities of neutral and calm are added, and the probabilities of labels that the corpus does not use are ignored.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training.data.auxiliary_corpora import open_auxiliary_cache
from training.data.corpora import Corpus, CorpusError
from training.data.features import FeatureCache
from training.data.targets import QUIET
from training.evaluate.metrics import Predictions, metrics_over_speakers, recalls
from training.evaluate.results import CorpusMetrics
from training.fit.checkpoints import EVERYBODY, read_network
from training.fit.run import Run, usable
from training.fit.train import centred_windows, logits_of

Logits = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class CorpusLogits:
    """Logits for clips of another corpus, from networks that were not trained on the speakers.

    Attributes:
        corpus: Its clips that have one of the network's labels.
        clips: (n,) indices of the clips.
        logits: (n, label), of one window around the speech of each clip.
    """

    corpus: Corpus
    clips: npt.NDArray[np.int64]
    logits: Logits


def auxiliary_logits(run: Run, cache: FeatureCache) -> Iterator[CorpusLogits]:
    """Yield the logits of each auxiliary corpus that is large enough to keep test speakers out of training."""
    start = len(run.corpus.clips)
    for auxiliary_corpus in run.auxiliary_corpora:
        corpus, parts = auxiliary_corpus.corpus, []
        for fold in run.folds.folds:
            trained_on = auxiliary_corpus.training_speakers(fold.index, len(run.folds.folds))
            tested = np.array([i for i, clip in enumerate(corpus.clips) if clip.speaker not in trained_on], np.int64)
            if len(tested):
                network = read_network(run.fold_folder(fold))
                logits = logits_of(network, *centred_windows(cache, start + tested, run.config)).numpy()
                parts.append((tested, logits.astype(np.float64)))
        if parts:
            clips, logits = (np.concatenate(each) for each in zip(*parts, strict=True))
            yield CorpusLogits(corpus, clips, logits)
        start += len(corpus.clips)


def unseen_logits(run: Run, corpus: Corpus, cache_folder: Path) -> CorpusLogits:
    """Return the logits of the network that was trained on everybody, for a corpus that was not trained on.

    Args:
        run: Its network on everybody is used.
        corpus: As it was read; clips with labels that the run does not have are left out.
        cache_folder: Folder of the feature cache.

    Raises:
        CorpusError: The run was trained on the corpus, or a file cannot be decoded.
        SettingsError: The run has no network that was trained on everybody.
    """
    network = read_network(run.folder / EVERYBODY)
    if corpus.name in {run.corpus.name, *(auxiliary_corpus.corpus.name for auxiliary_corpus in run.auxiliary_corpora)}:
        raise CorpusError(
            "The run in {run} was trained on {corpus}.",
            "Give a corpus on which it was not trained.",
            run=run.folder,
            corpus=corpus.name,
        )
    corpus = usable(corpus, run.config.training.labels)
    cache = open_auxiliary_cache(cache_folder, corpus, run.config.auxiliary_cache, clean=True)
    clips = np.arange(len(corpus.clips))
    logits = logits_of(network, *centred_windows(cache, clips, run.config)).numpy()
    return CorpusLogits(corpus, clips, logits.astype(np.float64))


def auxiliary_metrics(run: Run, cache: FeatureCache) -> dict[str, CorpusMetrics]:
    """Return the metrics of each auxiliary corpus that has test speakers, by its name."""
    return {found.corpus.name: corpus_metrics(run, found) for found in auxiliary_logits(run, cache)}


def own_labels(logits: Logits, labels: tuple[str, ...], used: set[str]) -> tuple[Logits, tuple[str, ...]]:
    """Return logits restricted to the labels of a corpus.

    Args:
        logits: (clip, label) of the network.
        labels: Labels of the network.
        used: Labels of the corpus.

    Returns:
        (clip, label) logits of the labels that the corpus has, and these labels. If the corpus has only one of
        “neutral” and “calm”, that one stands for both.
    """
    own_names = tuple(label for label in labels if label in used)
    columns = []
    for label in own_names:
        summed = QUIET & set(labels) if label in QUIET and len(used & QUIET) == 1 else {label}
        columns.append(np.logaddexp.reduce([logits[:, labels.index(each)] for each in sorted(summed)], axis=0))
    return np.stack(columns, axis=1), own_names


def corpus_metrics(run: Run, corpus_logits: CorpusLogits) -> CorpusMetrics:
    """Return the metrics of a corpus among its own labels."""
    labels, chosen = run.config.training.labels, [corpus_logits.corpus.clips[index] for index in corpus_logits.clips]
    own, own_names = own_labels(corpus_logits.logits, labels, set(corpus_logits.corpus.emotions))
    true = np.array([own_names.index(clip.emotion) for clip in chosen], np.int64)
    predictions = Predictions(own_names, true, own, np.array([clip.speaker for clip in chosen]))
    recall = np.round(recalls(true, predictions.predicted, len(own_names)), 4)
    first = np.array(labels)[corpus_logits.logits.argmax(axis=1)]
    neutral = np.array([clip.emotion == "neutral" for clip in chosen])
    return CorpusMetrics(
        clips=len(chosen),
        speakers=len(set(predictions.speaker.tolist())),
        recognition=metrics_over_speakers(predictions),
        recall=dict(zip(own_names, recall.tolist(), strict=True)),
        neutral_called_calm=float(np.mean(first[neutral] == "calm")) if neutral.any() else None,
    )


def described_corpus(name: str, metrics: CorpusMetrics) -> str:
    """Return the metrics of one corpus as a line for the terminal."""
    recall = ", ".join(f"{label} {100 * value:.0f}" for label, value in metrics.recall.items())
    quiet = metrics.neutral_called_calm
    called = "" if quiet is None else f"; neutral called calm {100 * quiet:.0f} %"
    return (
        f"{name}: {metrics.clips} clips of {metrics.speakers} speakers, UAR {metrics.recognition.uar}; "
        f"recall {recall}{called}"
    )
