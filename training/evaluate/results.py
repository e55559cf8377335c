"""The results of an evaluation as typed values, and the JSON that they are saved as.

The names in JSON are those of shipped manifests (``UAR``, ``macro-F1``, ``figures``, ``companions``,
``abstain_below``), so that the card of a model that was exported earlier can be written again from its manifest.
"""

from __future__ import annotations

import msgspec
from msgspec import field

from training.evaluate.calibration import Calibration
from training.evaluate.metrics import Estimate, Recognition

Recalls = dict[str, float]  # recall by label, 0…1


class Selection(msgspec.Struct, frozen=True):
    """Predictions chosen by their confidence.

    Attributes:
        share: Share of all predictions that is chosen, 0…1.
        accuracy: Share of the chosen ones that is right; ``None`` where none is chosen.
    """

    share: float
    accuracy: float | None


class Reliability(msgspec.Struct, frozen=True):
    """How well confidence agrees with accuracy.

    Attributes:
        answers: Number of predictions.
        ece: Expected calibration error.
        shown: Predictions at or above the abstain threshold.
        tiers: Predictions of high, medium and low confidence.
        curve: Mean confidence and accuracy of each of 15 bins of equal size.
        claimed_from: Predictions at or above each probability that a user may choose, as text with two decimals.
    """

    answers: int
    ece: float
    shown: Selection
    tiers: dict[str, Selection]
    curve: tuple[tuple[float, float], ...]
    claimed_from: dict[str, Selection] = {}


class CorpusMetrics(msgspec.Struct, frozen=True, kw_only=True):
    """Metrics of another corpus among its own labels.

    Attributes:
        clips: Number of clips.
        speakers: Number of speakers.
        recognition: Metrics with intervals.
        recall: Recall by label.
        neutral_called_calm: Share of neutral clips predicted as calm; ``None`` without neutral clips.
    """

    clips: int
    speakers: int
    recognition: Recognition = field(name="figures")
    recall: Recalls
    neutral_called_calm: float | None


class Evaluation(msgspec.Struct, frozen=True):
    """The results of ``evaluate``: every clip is predicted by the network that was not trained on its speaker.

    Attributes:
        folds: Name of the fold set.
        seed: Seed of the run.
        clips: One window around the speech of each clip.
        windows: Every window that the app would analyse, unsmoothed.
        recall: Recall by label, of clips.
        accuracy_by_gender: Accuracy of clips by the speakers' gender.
        accuracy_by_fold: Accuracy of clips by fold.
        confusion: Counts of clips, (true label, predicted label).
        temperature: Of the model that is exported.
        abstain_threshold: Of the model that is exported.
        fold_calibrations: Of each fold, fitted on the test speakers of the other folds.
        windows_ece: Expected calibration error of windows, with the calibrations of the folds.
        windows_shown: Windows at or above the abstain threshold.
        tiers: Windows of high, medium and low confidence.
        windows_from: Windows at or above each probability that a user may choose, as text with two decimals.
        auxiliary_corpora: Metrics of the auxiliary corpora, by name.
    """

    folds: str
    seed: int
    clips: Recognition
    windows: Recognition
    recall: Recalls
    accuracy_by_gender: dict[str, float]
    accuracy_by_fold: tuple[float, ...]
    confusion: tuple[tuple[int, ...], ...]
    temperature: float
    abstain_threshold: float = field(name="abstain_below")
    fold_calibrations: tuple[Calibration, ...]
    windows_ece: float
    windows_shown: Selection
    tiers: dict[str, Selection]
    auxiliary_corpora: dict[str, CorpusMetrics] = field(name="companions", default_factory=dict)
    windows_from: dict[str, Selection] = {}

    @property
    def calibration(self) -> Calibration:
        """Temperature and abstain threshold of the model that is exported."""
        return Calibration(self.temperature, self.abstain_threshold)


class ChangeMetrics(msgspec.Struct, frozen=True):
    """Metrics of clips whose sound was changed.

    Attributes:
        uar: Unweighted average recall.
        recall: Recall by label.
        flips: Share of clips whose predicted label changes.
        loss: UAR without the change minus UAR with it.
        too_little_speech: Share of clips in which the app would find too little speech.
    """

    uar: Estimate = field(name="UAR")
    recall: Recalls
    flips: float
    loss: Estimate
    too_little_speech: float


class LengthMetrics(msgspec.Struct, frozen=True):
    """Metrics of clips at one window length.

    Attributes:
        uar: Unweighted average recall.
        recall: Recall by label.
    """

    uar: Estimate = field(name="UAR")
    recall: Recalls


class StateShares(msgspec.Struct, frozen=True):
    """Shares of the app's entries by state.

    Attributes:
        windows: Number of entries.
        speech: Share that claims an emotion.
        uncertain: Share with speech and no claim.
        no_speech: Share without speech.
        labels: Of the entries that claim an emotion, the share of each label, the largest first.
    """

    windows: int
    speech: float
    uncertain: float
    no_speech: float
    labels: dict[str, float]


class AppResponse(msgspec.Struct, frozen=True):
    """The states and labels that the app shows for sounds that are not acted speech.

    Attributes:
        network: Name of the network.
        all: Shares over all sounds.
        kinds: Shares for each kind of sound.
        corpus: Name of the corpus; ``None`` for synthetic sounds.
    """

    network: str
    all: StateShares
    kinds: dict[str, StateShares]
    corpus: str | None = None


class UnseenCorpus(CorpusMetrics, frozen=True, kw_only=True):
    """Metrics of a corpus that no network is ever trained on.

    Attributes:
        corpus: Its name.
        reliability: How well confidence agrees with accuracy on it.
    """

    corpus: str
    reliability: Reliability


class Probes(msgspec.Struct, frozen=True, omit_defaults=True):
    """The results of ``probe`` for one run; a part that was not measured is ``None``.

    Attributes:
        changes: By change of the sound.
        lengths: By window length in seconds.
        reliability: By corpus.
        synthetic: Synthetic sounds without speech.
        noise: A corpus without speech.
        read: A corpus of speech that was read without emotion.
        unseen: A corpus that is never trained on.
    """

    changes: dict[str, ChangeMetrics] | None = None
    lengths: dict[str, LengthMetrics] | None = None
    reliability: dict[str, Reliability] | None = None
    synthetic: AppResponse | None = None
    noise: AppResponse | None = None
    read: AppResponse | None = None
    unseen: UnseenCorpus | None = field(name="unheard", default=None)
