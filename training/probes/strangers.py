"""Measures an exported model on corpora that it was not trained on, with the analysis of the program."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt
import sklearn.metrics

from ser_desktop.atomic_file import atomic_file
from ser_desktop.emotion.affect import AffectSpec, DimensionSpec
from ser_desktop.emotion.model_file import Model, open_model
from ser_desktop.errors import SettingsError
from ser_desktop.values import EmotionScores
from training.data.affect import AROUSAL, DIMENSIONS, VALENCE, Dimension
from training.data.corpora import Corpus, read_corpus
from training.evaluate.claims import ClaimMetrics, Labelled, claim_metrics, fit_affect, side_metrics
from training.evaluate.corpus_metrics import own_labels
from training.evaluate.metrics import expected_calibration_error
from training.evaluate.passages import PassageMetrics, passage_metrics
from training.evaluate.reliability import THRESHOLDS
from training.fit.recall import unweighted_recall
from training.fit.run import usable
from training.probes.app_entries import HOP_S, CorpusEntries, corpus_entries
from training.probes.known_voices import PROFILE_CLIPS, KnownVoices, spread
from training.probes.looks import log_look

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


class Strangers(msgspec.Struct, frozen=True):
    """Metrics on corpora that the network was not trained on.

    Attributes:
        wanted: Share of claims of arousal and valence that had to be right, in the mean of the corpora in
            ``calibrated_on``.
        calibrated_on: Corpora on which offset and thresholds were fitted. The metrics of each are from a fit on the
            others, so that no corpus is measured with thresholds that were fitted on it.
        corpora: The metrics by corpus.
        without_emotion: For corpora in which no emotion is acted, shares of all entries: with speech, with claims.
        known_cold: For a model that adapts to voices, the metrics of the speakers of ``known`` without their profiles,
            and without the clips of the profiles.
        known: The same clips with a profile from clips without emotion.
        heard: Metrics of the corpus with the clips of each speaker in random order as one recording, in which the model
            adapts to the voice.
    """

    wanted: float
    calibrated_on: list[str]
    corpora: dict[str, StrangerMetrics]
    without_emotion: dict[str, dict[str, float]] = {}
    known_cold: dict[str, StrangerMetrics] = {}
    known: dict[str, StrangerMetrics] = {}
    heard: dict[str, StrangerMetrics] = {}


def measure_strangers(
    manifest: Path,
    folders: Sequence[Path],
    *,
    calibrate_on: Sequence[str] = (),
    wanted: float,
    most_clips: int | None = None,
) -> tuple[Strangers, AffectSpec | None]:
    """Measure a model on corpora; fit how it computes arousal and valence if ``calibrate_on`` names any of them.

    Args:
        manifest: Of the exported model.
        folders: Of the corpora.
        calibrate_on: Names of the corpora to fit on; without any, the model's own values are used.
        wanted: Share of the claims that must be right.
        most_clips: Clips of each corpus that are analysed, evenly spread; ``None`` for all.

    Returns:
        The metrics, and the fit on all corpora in ``calibrate_on``.

    Raises:
        SettingsError: The model was trained on one of the corpora, or a named corpus is not among them.
    """
    model = open_model(manifest)
    found = {corpus.name: corpus for corpus in map(read_corpus, folders)}
    used = (*model.info.manifest.get("corpora", []), *model.info.manifest.get("adapted_on", []))
    trained_on = {str(each.get("name")) for each in used}
    if already := sorted(trained_on & found.keys()):
        raise SettingsError(f"{model.info.identity} was trained on {already[0]}. Give corpora that are new to it.")
    if missing := sorted(set(calibrate_on) - found.keys()):
        raise SettingsError(f"{missing[0]} is not among the corpora: {', '.join(found)}.")
    found = {name: spread(usable(corpus, model.info.labels), most_clips) for name, corpus in found.items()}
    entries = {name: corpus_entries(model, corpus) for name, corpus in found.items()}
    fitted = fit_on([entries[name] for name in calibrate_on], model, wanted) if calibrate_on else None
    calibrations = {}
    for name in entries:
        others = [entries[other] for other in calibrate_on if other != name]
        calibrations[name] = fit_on(others, model, wanted) if calibrate_on and others else model.info.affect

    def metrics(corpora: dict[str, CorpusEntries]) -> dict[str, StrangerMetrics]:
        threshold = model.info.abstain_threshold
        return {
            name: stranger_metrics(each, model.info.labels, calibrations[name], abstain_threshold=threshold)
            for name, each in corpora.items()
        }

    measured = Strangers(wanted, list(calibrate_on), metrics(entries))
    if model.info.adapts:
        known_cold, known, heard = map(metrics, _adapted_entries(model, found))
        measured = msgspec.structs.replace(measured, known_cold=known_cold, known=known, heard=heard)
    return measured, fitted


Entries = dict[str, CorpusEntries]


def _adapted_entries(model: Model, corpora: Mapping[str, Corpus]) -> tuple[Entries, Entries, Entries]:
    """Return the entries of ``known_cold``, ``known`` and ``heard`` of :class:`Strangers`."""
    known_cold, known, heard = Entries(), Entries(), Entries()
    for name, corpus in corpora.items():
        voices = KnownVoices(corpus)
        if voices.tested.clips:
            known_cold[name] = corpus_entries(model, voices.tested)
            known[name] = corpus_entries(model, voices.tested, voices)
        mixed = np.random.default_rng(0).permutation(len(corpus.clips))
        shuffled = dataclasses.replace(corpus, clips=tuple(corpus.clips[index] for index in mixed))
        heard[name] = corpus_entries(model, shuffled, is_one_recording=True)
    return known_cold, known, heard


def fit_on(corpora: Sequence[CorpusEntries], model: Model, wanted: float) -> AffectSpec:
    """Return the fit on some corpora."""
    fitted = fit_affect(
        [_without_adaptation(each.labelled, model) for each in corpora], model.info.labels, wanted=wanted
    )
    return with_adaptation(fitted) if model.info.adaptation else fitted


def _without_adaptation(entries: Labelled, model: Model) -> Labelled:
    """Return entries without the outputs of an adaptation for arousal and valence, which are 0 for unknown voices."""
    return entries._replace(own=None) if model.info.adaptation else entries


def with_adaptation(affect: AffectSpec) -> AffectSpec:
    """Return how arousal and valence are computed if an adaptation adds to their log odds."""
    arousal, valence = (msgspec.structs.replace(each, own=1.0) for each in (affect.arousal, affect.valence))
    return AffectSpec(arousal, valence)


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


def log_looks(looks: Path, model: Model, strangers: Strangers) -> None:
    """Log the measurement on each corpus, with the UAR of the program's summary."""
    weights = model.info.manifest["files"]["weights"]["sha256"][:12]
    for name, each in strangers.corpora.items():
        log_look(looks, name, model.info.identity, weights, str(each.clips), f"{100 * each.summary:.1f} % (summary)")


def described(strangers: Strangers) -> list[str]:
    """Return a table for the terminal, in percent."""
    rows = described_rows(strangers.corpora)
    for title, corpora in (
        ("clips of speakers that can have a voice profile, without it", strangers.known_cold),
        (f"the same clips, with profiles from {PROFILE_CLIPS} clips without emotion", strangers.known),
        ("the clips of each speaker as one recording", strangers.heard),
    ):
        if corpora:
            rows += [title, *described_rows(corpora)]
    for name, shares in strangers.without_emotion.items():
        rows.append(f"{name}: " + ", ".join(f"{what} {100 * share:.2f} %" for what, share in shares.items()))
    return rows


def described_rows(corpora: Mapping[str, StrangerMetrics]) -> list[str]:
    """Return a table of corpora for the terminal, in percent."""
    rows = ["corpus            clips  one window  summary  arousal AUC  UAR  any claim  right  emotion  right  error"]
    for name, each in corpora.items():
        arousal = each.arousal
        rows.append(
            f"{name:<16} {each.clips:>6}  {_percent(each.one_window):>10}  {_percent(each.summary):>7}  "
            f"{_percent(arousal.auc if arousal else None):>11}  {_percent(arousal.recall if arousal else None):>3}  "
            f"{_percent(each.any.share):>9}  {_percent(each.any.right):>5}  {_percent(each.emotion.share):>7}  "
            f"{_percent(each.emotion.right):>5}  {_percent(each.calibration_error):>5}"
        )
        for title, dimension, sides in (
            ("arousal", each.arousal, ("high", "low")),
            ("valence", each.valence, ("positive", "negative")),
        ):
            if dimension:
                claims = zip(sides, (dimension.high, dimension.low), strict=True)
                recall = f"AUC {_percent(dimension.auc)}, UAR {_percent(dimension.recall)}; "
                rows.append(f"    {title}: {recall}" + "; ".join(f"{side} {_claim(each)}" for side, each in claims))
        held = [f"{run.least_s:g} s: {run.count}, {_percent(run.right)} % right" for run in each.passages]
        rows.append("    an emotion claimed for at least " + "; ".join(held))
    return rows


def _claim(claim: ClaimMetrics) -> str:
    return f"{_percent(claim.share)} % claimed, {_percent(claim.right)} % right ({_percent(claim.balanced)} balanced)"


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.0f}"


def write_strangers(manifest: Path, strangers: Strangers, affect: AffectSpec | None) -> None:
    """Write the metrics into a manifest, and the fit if there is one; the model's name changes with it.

    Without a fit, the manifest keeps its own, and the metrics of corpora that were not measured now.
    """
    content, measured = json.loads(manifest.read_text(encoding="utf-8")), msgspec.to_builtins(strangers)
    if affect:
        content["affect"] = msgspec.to_builtins(affect)
        content["strangers"] = measured
    else:
        before = content.setdefault("strangers", msgspec.to_builtins(Strangers(0.0, [], {})))
        for kind in ("corpora", "without_emotion"):
            before[kind] = {**before[kind], **measured[kind]}
        for kind in ("corpora", "known_cold", "known", "heard") if "voices" in content else ():
            content["voices"][kind].update(measured[kind])
    with atomic_file(manifest) as file:
        file.write(json.dumps(content, indent=2, ensure_ascii=False).encode() + b"\n")
