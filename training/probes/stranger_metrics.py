"""The metrics of a model on one corpus that is new to it, from the analysis of the program."""

from __future__ import annotations

import msgspec
import numpy as np
import numpy.typing as npt
import sklearn.metrics

from ser_desktop.emotion.affect import AffectSpec, DimensionSpec
from ser_desktop.values import EmotionScores
from training.data.affect import AROUSAL, DIMENSIONS, VALENCE, Dimension
from training.evaluate.claims import ClaimMetrics, claim_metrics, side_metrics
from training.evaluate.corpus_metrics import own_labels
from training.evaluate.metrics import expected_calibration_error
from training.evaluate.passages import PassageMetrics, passage_metrics
from training.evaluate.reliability import THRESHOLDS
from training.fit.recall import unweighted_recall
from training.probes.app_entries import HOP_S, CorpusEntries

Array = npt.NDArray[np.float64]


class DimensionMetrics(msgspec.Struct, frozen=True):
    """How well a dimension of affect is recognised in single entries.

    Attributes:
        auc: Area under the ROC curve: the probability that an entry of the high side gets a higher value than one of
            the low side. It does not depend on offset and thresholds.
        recall: UAR at a probability of one half.
        high: The claims of the high side: high arousal, or positive.
        low: The claims of the low side: low arousal, or negative.
    """

    auc: float
    recall: float
    high: ClaimMetrics
    low: ClaimMetrics


class StrangerMetrics(msgspec.Struct, frozen=True):
    """The metrics of one corpus, all from the analysis of the program except ``one_window``.

    Attributes:
        clips: Number of clips.
        speakers: Number of speakers.
        one_window: UAR of one window around the speech of each clip.
        summary: UAR of the program's summary of each clip.
        emotion: Claims of an emotion.
        affect: Claims of arousal or valence; right if all of them are.
        any: Entries with any claim; right if the emotion is, or where none is claimed, arousal and valence.
        arousal: The dimension; ``None`` if the model does not compute it, or the corpus has one side only.
        valence: Likewise.
        calibration_error: Expected calibration error of the emotion's confidence.
        passages: Claims of an emotion by how long they last.
        emotion_from: Claims of an emotion from each probability that a user may choose, as text with two decimals.
    """

    clips: int
    speakers: int
    one_window: float
    summary: float
    emotion: ClaimMetrics
    affect: ClaimMetrics
    any: ClaimMetrics
    arousal: DimensionMetrics | None
    valence: DimensionMetrics | None
    calibration_error: float
    passages: list[PassageMetrics] = []
    emotion_from: dict[str, ClaimMetrics] = {}


def right_answers(entries: CorpusEntries, labels: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    """Return (entry,) whether the most probable emotion is that of the clip."""
    top, used = np.array(labels)[entries.scores.argmax(axis=1)], set(entries.emotions.tolist())
    return np.array([_means(each, used) for each in top.tolist()]) == entries.emotions[entries.clips]


def stranger_metrics(
    entries: CorpusEntries, labels: tuple[str, ...], affect: AffectSpec | None, *, abstain_threshold: float
) -> StrangerMetrics:
    """Return the metrics of one corpus."""
    emotions, confidence = entries.emotions[entries.clips], entries.scores.max(axis=1)
    is_right = right_answers(entries, labels)
    claims_emotion = confidence >= abstain_threshold
    arousal = _side(affect.arousal, entries, labels, AROUSAL) if affect else None
    valence = _side(affect.valence, entries, labels, VALENCE) if affect else None
    affect_right = np.full(len(emotions), np.nan)
    claims_affect = np.zeros(len(emotions), bool)
    for each in (arousal, valence):
        if each:
            claims_affect |= each.claims != 0
            is_wrong = (each.claims != 0) & (each.claims != each.truth) & ~np.isnan(each.truth)
            is_well = (each.claims != 0) & (each.claims == each.truth)
            affect_right = np.where(is_wrong, 0.0, np.where(is_well & np.isnan(affect_right), 1.0, affect_right))
    both = np.where(claims_emotion, is_right.astype(float), affect_right)
    spoken = entries.spoken
    return StrangerMetrics(
        clips=len(entries.emotions),
        speakers=len(set(entries.speakers.tolist())),
        one_window=_recall(entries.one_window, entries.emotions, labels),
        summary=_recall(entries.summaries, entries.emotions, labels),
        emotion=claim_metrics(claims_emotion, is_right.astype(float), spoken=spoken),
        affect=claim_metrics(claims_affect, affect_right, spoken=spoken),
        any=claim_metrics(claims_emotion | claims_affect, both, spoken=spoken),
        arousal=arousal.metrics(spoken) if arousal else None,
        valence=valence.metrics(spoken) if valence else None,
        calibration_error=expected_calibration_error(confidence, is_right),
        passages=passage_metrics(entries.scores.argmax(axis=1), entries.clips, claims_emotion, is_right, hop_s=HOP_S),
        emotion_from={
            f"{least:.2f}": claim_metrics(confidence >= least, is_right.astype(float), spoken=spoken)
            for least in THRESHOLDS
        },
    )


class _Side(msgspec.Struct, frozen=True):
    """One dimension of the entries of a corpus: probabilities, truth and claims as 1 (high), -1 (low), 0 (none)."""

    probability: Array
    truth: Array
    claims: Array

    def metrics(self, spoken: int) -> DimensionMetrics | None:
        known = ~np.isnan(self.truth)
        truth, probability = self.truth[known] > 0.0, self.probability[known]
        if truth.all() or not truth.any():
            return None
        high, low = (
            side_metrics(self.claims == side, np.where(known, self.truth == side, np.nan), spoken=spoken)
            for side in (1.0, -1.0)
        )
        recall = unweighted_recall(truth.astype(int), (probability > 0.5).astype(int))
        return DimensionMetrics(float(sklearn.metrics.roc_auc_score(truth, probability)), recall, high, low)


def _side(spec: DimensionSpec, entries: CorpusEntries, labels: tuple[str, ...], dimension: Dimension) -> _Side:
    scores = [EmotionScores(labels, tuple(each)) for each in entries.scores.tolist()]
    own = [None] * len(scores) if entries.own is None else entries.own[:, DIMENSIONS.index(dimension)].tolist()
    probability = np.array([spec.probability(*each) for each in zip(scores, own, strict=True)])
    truth = 2.0 * dimension.targets(entries.emotions[entries.clips].tolist()) - 1.0
    claims = np.where(probability >= spec.high_from, 1.0, np.where(probability <= spec.low_to, -1.0, 0.0))
    return _Side(probability, truth, claims)


def _means(label: str, used: set[str]) -> str:
    """Return the corpus label for a predicted label: “calm” counts as neutral if the corpus has no calm."""
    other = {"calm": "neutral", "neutral": "calm"}.get(label, label)
    return other if label not in used and other in used else label


def _recall(probabilities: Array, emotions: npt.NDArray[np.str_], labels: tuple[str, ...]) -> float:
    """Return the UAR among the labels of a corpus; a clip without detected speech counts as wrong."""
    with np.errstate(divide="ignore", invalid="ignore"):
        own, names = own_labels(np.log(probabilities), labels, set(emotions.tolist()))
    predicted = np.where(np.isnan(own).any(axis=1), -1, np.nan_to_num(own, nan=-np.inf).argmax(axis=1))
    recalls = [float(np.mean(predicted[emotions == name] == index)) for index, name in enumerate(names)]
    return float(np.mean(recalls))
