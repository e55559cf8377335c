"""Typed facts of a model's training and evaluation. ``export`` writes them to the manifest, the card reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec
from msgspec import field

from training.evaluate.metrics import Estimate, Recognition
from training.evaluate.results import CorpusMetrics, Evaluation
from training.probes.stranger_metrics import StrangerMetrics
from training.probes.strangers import Strangers


class CorpusFacts(msgspec.Struct, frozen=True):
    """A corpus that a model was trained on.

    Attributes:
        name: Its name.
        clips: Number of clips.
        speakers: Number of speakers.
        sha256: Hash of its sound, whatever the file format; for spectrograms, of its files.
    """

    name: str
    clips: int
    speakers: int
    sha256: str = ""


class OtherFolds(msgspec.Struct, frozen=True):
    """The same recipe on another fold set; the names are those of :class:`Evaluation`."""

    folds: str
    seed: int
    clips: Recognition
    windows: Recognition
    windows_ece: float
    auxiliary_corpora: dict[str, CorpusMetrics] = field(name="companions", default_factory=dict)


class SplitComparison(msgspec.Struct, frozen=True):
    """A recipe with clips split by speaker and at random.

    Attributes:
        speaker_recall: UAR with the split by speaker.
        random_recall: UAR with the random split.
        leak_gap: Accuracy with the random split minus accuracy with the split by speaker.
    """

    speaker_recall: Estimate
    random_recall: float
    leak_gap: float


class RandomSplit(msgspec.Struct, frozen=True):
    """How much a random split of clips increases the metrics.

    Attributes:
        own: Of our network.
        usual: Of the common recipes.
    """

    own: SplitComparison
    usual: list[SplitComparison]


class AdaptedOn(msgspec.Struct, frozen=True):
    """A corpus on which the adaptation to voices was fitted."""

    name: str
    clips: int
    speakers: int


class VoiceFacts(msgspec.Struct, frozen=True):
    """Metrics of the adaptation to voices, on corpora on which it was not fitted. See :class:`Strangers`."""

    corpora: dict[str, StrangerMetrics]
    known_cold: dict[str, StrangerMetrics]
    known: dict[str, StrangerMetrics]
    heard: dict[str, StrangerMetrics]
    known_after: dict[str, dict[str, StrangerMetrics]] = {}


class LeftOutFacts(msgspec.Struct, frozen=True):
    """Metrics of networks that know nothing of a whole corpus.

    Attributes:
        main: Name of the main corpus, of which each network leaves out test speakers.
        clips: Metrics of single windows on these speakers.
        one_window: Metrics of single windows on the corpora that are left out.
        program: Metrics from the analysis of the program, by corpus; also of the main corpus.
        wanted: Share of the claims that had to be right; the metrics of each corpus are from a fit on the others.
        is_own: Whether the networks are the folds of the model itself, and not of a shorter recipe.
    """

    main: str
    clips: Recognition
    one_window: dict[str, CorpusMetrics]
    program: dict[str, StrangerMetrics]
    wanted: float
    is_own: bool


class Streamed(msgspec.Struct, frozen=True):
    """How a streaming network learned from one that classifies windows.

    Attributes:
        start: The model whose network was the teacher and gave the first weights, ``name@hash``.
        epochs: Number of epochs.
        batches: Number of batches of an epoch.
        corpora: Names of the corpora that were used, also without their labels.
        commit: Of the code.
    """

    start: str = field(name="from")
    epochs: int
    batches: int
    corpora: tuple[str, ...]
    commit: str


class ExportFacts(msgspec.Struct, frozen=True):
    """The entries of a manifest that the program does not need.

    Attributes:
        epochs: Epochs that the network on everybody was trained for.
        kept: Which epoch of a fold is kept.
        start: Run whose weights the training began with.
        teachers: Runs whose networks gave the soft labels.
        seed: Seed of the run.
        folds: Name of the fold set.
        corpora: The main corpus, then the auxiliary ones.
        commit: Commit of the code.
        multiply_adds: Multiply-adds of the network for a window of 3 s.
        evaluation: Metrics of the folds' networks.
        other_folds: The same recipe on another fold set.
        random_split: How much a random split increases the metrics.
        strangers: Metrics on corpora that are new to the model, through the program's own path.
        adapted_on: Corpora on which the adaptation to voices was fitted.
        voices: Metrics of the adaptation to voices.
        streamed: How a streaming network learned; the facts before it are those of the network that it learned from.
        left_out: Metrics of networks that know nothing of a whole corpus.
    """

    epochs: int
    kept: Literal["best", "last"]
    start: str | None
    teachers: list[str]
    seed: int
    folds: str
    corpora: list[CorpusFacts]
    commit: str
    multiply_adds: int
    evaluation: Evaluation = field(name="figures")
    other_folds: OtherFolds | None = None
    random_split: RandomSplit | None = None
    strangers: Strangers | None = None
    adapted_on: list[AdaptedOn] = []
    voices: VoiceFacts | None = None
    streamed: Streamed | None = None
    left_out: LeftOutFacts | None = None


def read_facts(manifest: Mapping[str, object]) -> ExportFacts:
    """Return the facts of a manifest, whose other keys are ignored.

    Args:
        manifest: The decoded JSON, with all entries.

    Raises:
        ValueError: A fact is missing or of another type.
    """
    return msgspec.convert(manifest, ExportFacts)
