"""Figures for corpora other than the one that is judged: their unheard speakers, in their own labels.

A corpus may know fewer labels than the network. Its clips are judged among its own: where it has no “calm”, what the
network gives to neutral and to calm is one answer, and what it gives to labels that the corpus never uses is left out.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from training.data.auxiliary_corpora import open_auxiliary_cache
from training.data.corpora import Corpus, CorpusError
from training.data.features import FeatureCache
from training.data.targets import QUIET
from training.evaluate.metrics import Figure, Predictions, confusion, figures_over_speakers, recalls
from training.fit.checkpoints import EVERYBODY, read_network
from training.fit.run import Run, usable
from training.fit.train import centred_windows, logits_of

Logits = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What networks that never heard the speakers say of clips of another corpus.

    Attributes:
        corpus: All its clips that have one of the labels.
        clips: (n,) indices of the clips that were judged.
        logits: (n, label) of the network, by one window around the speech of each.
    """

    corpus: Corpus
    clips: npt.NDArray[np.int64]
    logits: Logits


def judged_auxiliary_corpora(run: Run, cache: FeatureCache) -> Iterator[Judged]:
    """Yield each auxiliary corpus that has enough speakers to test every fold with some of them."""
    start = len(run.corpus.clips)
    for auxiliary_corpus in run.auxiliary_corpora:
        corpus, parts = auxiliary_corpus.corpus, []
        for fold in run.folds.folds:
            heard = auxiliary_corpus.training_speakers(fold.index, len(run.folds.folds))
            tested = np.array([i for i, clip in enumerate(corpus.clips) if clip.speaker not in heard], np.int64)
            if len(tested):
                network = read_network(run.fold_folder(fold))
                logits = logits_of(network, *centred_windows(cache, start + tested, run.config)).numpy()
                parts.append((tested, logits.astype(np.float64)))
        if parts:
            clips, logits = (np.concatenate(each) for each in zip(*parts, strict=True))
            yield Judged(corpus, clips, logits)
        start += len(corpus.clips)


def judged_unheard(run: Run, corpus: Corpus, cache_folder: Path) -> Judged:
    """Return what the network of everybody says of a corpus that nobody has heard.

    Args:
        run: Trained on everybody.
        corpus: As it was read; labels that the run does not know are left out.
        cache_folder: Where frames are kept.

    Raises:
        CorpusError: The run has heard it, or a file cannot be decoded.
        SettingsError: The run has not been trained on everybody.
    """
    network = read_network(run.folder / EVERYBODY)
    if corpus.name in {run.corpus.name, *(auxiliary_corpus.corpus.name for auxiliary_corpus in run.auxiliary_corpora)}:
        raise CorpusError(
            "The run in {run} was trained on {corpus}.",
            "Give a corpus that it has never heard.",
            run=run.folder,
            corpus=corpus.name,
        )
    corpus = usable(corpus, run.config.training.labels)
    cache = open_auxiliary_cache(cache_folder, corpus, run.config.auxiliary_cache, clean=True)
    clips = np.arange(len(corpus.clips))
    logits = logits_of(network, *centred_windows(cache, clips, run.config)).numpy()
    return Judged(corpus, clips, logits.astype(np.float64))


def auxiliary_metrics(run: Run, cache: FeatureCache) -> dict[str, dict[str, Any]]:
    """Return the figures of each auxiliary corpus that can be judged, by its name."""
    return {judged.corpus.name: corpus_figures(run, judged) for judged in judged_auxiliary_corpora(run, cache)}


def own_labels(logits: Logits, labels: tuple[str, ...], known: set[str]) -> tuple[Logits, tuple[str, ...]]:
    """Return what a network says among the labels of a corpus.

    Args:
        logits: (clip, label) of the network.
        labels: Its labels.
        known: Those of the corpus.

    Returns:
        (clip, label) logits of the labels that are known, and these labels. The
        one of “neutral” and “calm” that is known stands for both.
    """
    kept = tuple(label for label in labels if label in known)
    columns = []
    for label in kept:
        meant = QUIET & set(labels) if label in QUIET and len(known & QUIET) == 1 else {label}
        columns.append(np.logaddexp.reduce([logits[:, labels.index(each)] for each in sorted(meant)], axis=0))
    return np.stack(columns, axis=1), kept


def corpus_figures(run: Run, judged: Judged) -> dict[str, Any]:
    """Return UAR, accuracy, macro-F1 and recalls in the corpus's own labels, and how much neutral is called calm."""
    labels, chosen = run.config.training.labels, [judged.corpus.clips[index] for index in judged.clips]
    own, kept = own_labels(judged.logits, labels, set(judged.corpus.emotions))
    true = np.array([kept.index(clip.emotion) for clip in chosen], np.int64)
    predictions = Predictions(kept, true, own, np.array([clip.speaker for clip in chosen]))
    matrix = confusion(true, predictions.predicted, len(kept))
    first = np.array(labels)[judged.logits.argmax(axis=1)]
    neutral = np.array([clip.emotion == "neutral" for clip in chosen])
    return {
        "clips": len(chosen),
        "speakers": len(set(predictions.speaker.tolist())),
        "figures": {name: dataclasses.asdict(each) for name, each in figures_over_speakers(predictions).items()},
        "recall": dict(zip(kept, np.round(recalls(matrix), 4).tolist(), strict=True)),
        "neutral_called_calm": float(np.mean(first[neutral] == "calm")) if neutral.any() else None,
    }


def described_corpus(name: str, told: dict[str, Any]) -> str:
    """Return the figures of one corpus as a line for the terminal."""
    recall = ", ".join(f"{label} {100 * value:.0f}" for label, value in told["recall"].items())
    quiet = told["neutral_called_calm"]
    called = "" if quiet is None else f"; neutral called calm {100 * quiet:.0f} %"
    return (
        f"{name}: {told['clips']} clips of {told['speakers']} speakers, UAR {Figure(**told['figures']['UAR'])}; "
        f"recall {recall}{called}"
    )
