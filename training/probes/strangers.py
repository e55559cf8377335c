"""Measures an exported model on corpora that it was not trained on, with the analysis of the program."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from ser_desktop.emotion.affect import AffectSpec
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.model_file import Model, open_model
from ser_desktop.emotion.voice_profile import VoiceProfile
from ser_desktop.errors import SettingsError
from training.data.corpora import Clip, Corpus, read_corpus
from training.evaluate.claims import ClaimMetrics, fit_affect
from training.fit.run import usable
from training.model.model_folder import write_manifest
from training.probes.app_entries import CorpusEntries, corpus_entries
from training.probes.known_voices import PROFILE_CLIPS, KnownVoices, TimedProfiles, spread
from training.probes.looks import log_look
from training.probes.stranger_metrics import StrangerMetrics, stranger_metrics

Array = npt.NDArray[np.float64]

VOICE_METRICS = ("corpora", "known_cold", "known", "heard", "known_after")  # in a manifest


class Strangers(msgspec.Struct, frozen=True):
    """Metrics on corpora that the network was not trained on.

    Attributes:
        wanted: Share of claims of arousal and valence that had to be right, in the mean of the corpora in
            ``calibrated_on``.
        calibrated_on: Corpora on which offset and thresholds were fitted. The metrics of each are from a fit on the
            others, so that no corpus is measured with thresholds that were fitted on it.
        corpora: The metrics by corpus.
        without_emotion: For corpora in which no emotion is acted, shares of all entries: with speech, with claims.
        left_out: Further corpora on which they were fitted, with networks that were not trained on them.
        known_cold: For a model that adapts to voices, the metrics of the speakers of ``known`` without their profiles,
            and without the clips of the profiles.
        known: The same clips with a profile from clips without emotion.
        heard: Metrics of the corpus with the clips of each speaker in random order as one recording, in which the model
            adapts to the voice.
        known_after: The clips with emotion of the same speakers, by the seconds of speech that their profiles were made
            from; “0” without a profile.
    """

    wanted: float
    calibrated_on: list[str]
    corpora: dict[str, StrangerMetrics]
    without_emotion: dict[str, dict[str, float]] = {}
    left_out: list[str] = []
    known_cold: dict[str, StrangerMetrics] = {}
    known: dict[str, StrangerMetrics] = {}
    heard: dict[str, StrangerMetrics] = {}
    known_after: dict[str, dict[str, StrangerMetrics]] = {}


def measure_strangers(
    manifest: Path,
    folders: Sequence[Path],
    *,
    calibrate_on: Sequence[str] = (),
    left_out: Mapping[str, CorpusEntries] | None = None,
    wanted: float,
    most_clips: int | None = None,
) -> tuple[Strangers, AffectSpec | None]:
    """Measure a model on corpora; fit how it computes arousal and valence if there is anything to fit on.

    Args:
        manifest: Of the exported model.
        folders: Of the corpora.
        calibrate_on: Names of the corpora to fit on. Without any, and without ``left_out``, nothing is fitted, and the
            model's own values are used.
        left_out: Entries of further corpora to fit on, by networks that were not trained on them.
        wanted: Share of the claims that must be right.
        most_clips: Clips of each corpus that are analysed, evenly spread; ``None`` for all.

    Returns:
        The metrics, and the fit on all corpora in ``calibrate_on`` and ``left_out``.

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
    further = list((left_out or {}).values())
    all_of_them = [*further, *(entries[name] for name in calibrate_on)]
    fitted = fit_on(all_of_them, model, wanted) if all_of_them else None
    calibrations = {}
    for name in entries:
        others = [*further, *(entries[other] for other in calibrate_on if other != name)]
        calibrations[name] = fit_on(others, model, wanted) if others else model.info.affect

    def metrics_of(name: str, each: CorpusEntries) -> StrangerMetrics:
        threshold = model.info.abstain_threshold
        return stranger_metrics(each, model.info.labels, calibrations[name], abstain_threshold=threshold)

    def metrics(corpora: Entries) -> dict[str, StrangerMetrics]:
        return {name: metrics_of(name, each) for name, each in corpora.items()}

    measured = Strangers(wanted, list(calibrate_on), metrics(entries), left_out=list(left_out or {}))
    if model.info.adapts:
        known_cold, known, heard = map(metrics, _adapted_entries(model, found))
        after = {}
        for name, corpus in found.items():
            if timed := _timed_entries(model, corpus):
                after[name] = {seconds: metrics_of(name, each) for seconds, each in timed.items()}
        measured = msgspec.structs.replace(measured, known_cold=known_cold, known=known, heard=heard, known_after=after)
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


def _timed_entries(model: Model, corpus: Corpus) -> Entries:
    """Return the entries of ``known_after`` of :class:`Strangers` for a corpus, by seconds."""
    profiles = TimedProfiles(EmotionClassifier(model), corpus)
    if not profiles.tested.clips:
        return {}
    found = {"0": corpus_entries(model, profiles.tested)}
    for seconds in profiles.seconds:
        voice_of = partial(_profile_after, profiles, seconds)
        found[str(seconds)] = corpus_entries(model, profiles.tested, voice_of)
    return found


def _profile_after(profiles: TimedProfiles, seconds: int, _: EmotionClassifier, clip: Clip) -> VoiceProfile:
    return profiles.after(seconds, clip)


def fit_on(corpora: Sequence[CorpusEntries], model: Model, wanted: float) -> AffectSpec:
    """Return the fit on some corpora."""
    entries = [each.labelled for each in corpora]
    if not (model.info.stream and model.info.stream.affect):
        entries = [each._replace(own=None) for each in entries]  # the adaptation adds nothing for unknown voices
    fitted = fit_affect(entries, model.info.labels, wanted=wanted)
    return with_adaptation(fitted) if model.info.adaptation else fitted


def with_adaptation(affect: AffectSpec) -> AffectSpec:
    """Return how arousal and valence are computed if an adaptation adds to their log odds."""
    arousal, valence = (msgspec.structs.replace(each, own=each.own or 1.0) for each in (affect.arousal, affect.valence))
    return AffectSpec(arousal, valence)


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
    for name, by_seconds in strangers.known_after.items():
        rows.append(f"{name}: clips with emotion, with profiles from at least so many seconds of speech")
        rows += described_rows({f"{seconds} s": each for seconds, each in by_seconds.items()})
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
        for kind in VOICE_METRICS if "voices" in content else ():
            content["voices"].setdefault(kind, {}).update(measured[kind])
    write_manifest(manifest, content)
