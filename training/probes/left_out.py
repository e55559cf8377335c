"""Measures a run on the corpora that its folds leave out, with the analysis of the program, and calibrates its claims.

The network of a fold was trained neither on the test speakers of the main corpus nor on any clip of the corpora that
the fold leaves out. So each corpus is measured with a network to which it is new, and the claims of the exported model
are calibrated on all of them together.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from ser_desktop.atomic_file import atomic_file
from ser_desktop.emotion.affect import AffectSpec
from ser_desktop.errors import SettingsError
from training.data.corpora import Corpus
from training.evaluate.calibration import WANTED_ACCURACY, Calibration
from training.evaluate.claims import emotion_threshold, fit_affect
from training.evaluate.saved_metrics import networks_hash, read_metrics
from training.fit.checkpoints import is_finished, read_network
from training.fit.run import Run, open_run
from training.model.model_folder import write_model
from training.probes.app_entries import CorpusEntries, corpus_entries
from training.probes.known_voices import spread, subset
from training.probes.stranger_metrics import StrangerMetrics, right_answers, stranger_metrics
from training.probes.strangers import described_rows

LEFT_OUT = "left_out.json"
MAX_CLIPS = 600  # analysed clips of a corpus, evenly spread


class LeftOut(msgspec.Struct, frozen=True):
    """Metrics on corpora that the networks were not trained on, and the calibration that follows from them.

    Attributes:
        networks: Hash of the networks.
        calibration: Temperature and abstain threshold, fitted on all corpora.
        affect: How arousal and valence are computed and when they are claimed, fitted on all corpora.
        wanted: Share of the claims of each kind that must be right in the mean of the corpora.
        corpora: Metrics of each corpus. Thresholds are fitted on the other corpora.
    """

    networks: str
    calibration: Calibration
    affect: AffectSpec
    wanted: float
    corpora: dict[str, StrangerMetrics]


def left_out(folder: Path, *, wanted: float = WANTED_ACCURACY, most_clips: int = MAX_CLIPS) -> LeftOut:
    """Measure a run that was evaluated, print the metrics, and save them with the calibration in its folder.

    Args:
        folder: Of the run.
        wanted: Share of the claims of each kind that must be right.
        most_clips: Clips of each corpus that are analysed.

    Raises:
        SettingsError: The run was not evaluated.
    """
    run = open_run(folder)
    temperature = read_metrics(run).temperature
    entries = left_out_entries(run, temperature, most_clips)
    labels = run.config.training.labels
    metrics = {}
    for name, each in entries.items():
        threshold, affect = _calibrated([other for key, other in entries.items() if key != name], labels, wanted)
        metrics[name] = stranger_metrics(each, labels, affect, abstain_threshold=threshold)
    threshold, affect = _calibrated(list(entries.values()), labels, wanted)
    found = LeftOut(
        networks_hash(run),
        Calibration(temperature, threshold),
        affect,
        wanted,
        metrics,
    )
    with atomic_file(folder / LEFT_OUT) as file:
        file.write(msgspec.json.format(msgspec.json.encode(found)) + b"\n")
    print("\n".join(described_left_out(found)))
    return found


def read_left_out(run: Run) -> LeftOut | None:
    """Return the results that :func:`left_out` saved for the current networks; ``None`` if there are none.

    Raises:
        SettingsError: The run was trained again since, or the file is damaged.
    """
    path = run.folder / LEFT_OUT
    if not path.exists():
        return None
    try:
        found = msgspec.json.decode(path.read_bytes(), type=LeftOut)
    except ValueError as error:
        raise SettingsError(f"{path} is damaged. Use “python -m training left-out {run.folder}”.") from error
    if found.networks != networks_hash(run):
        raise SettingsError(f"{path} is of other networks. Use “python -m training left-out {run.folder}”.")
    return found


def described_left_out(found: LeftOut) -> list[str]:
    """Return the metrics as lines for the terminal."""
    lines = ["Corpora that are new to the network, through the program; thresholds fitted on the other corpora"]
    lines += described_rows(found.corpora)
    threshold = 100 * found.calibration.abstain_threshold
    return [*lines, f"temperature {found.calibration.temperature:.3f}, uncertain below {threshold:.1f} %"]


def _calibrated(corpora: Sequence[CorpusEntries], labels: tuple[str, ...], wanted: float) -> tuple[float, AffectSpec]:
    """Return the abstain threshold and the fit of arousal and valence on some corpora."""
    affect = fit_affect([each.labelled for each in corpora], labels, wanted=wanted)
    pairs = [(each.scores.max(axis=1), right_answers(each, labels)) for each in corpora]
    return emotion_threshold(pairs, wanted=wanted), affect


def left_out_entries(run: Run, temperature: float, most_clips: int = MAX_CLIPS) -> dict[str, CorpusEntries]:
    """Return the program's entries for each corpus, by the networks of the folds that were not trained on it.

    Folds that are not trained yet are left out.

    Args:
        run: A trained run.
        temperature: Divisor of the logits.
        most_clips: Clips of each corpus that is left out whole.
    """
    parts: dict[str, list[CorpusEntries]] = {}
    for fold in run.folds.folds:
        if not is_finished(run.fold_folder(fold)):
            continue
        with tempfile.TemporaryDirectory() as folder:
            network = read_network(run.fold_folder(fold))
            calibration = Calibration(temperature, 0.0)
            model = write_model(Path(folder) / "fold.json", network, run.config, calibration, told={})
            for corpus in _new_corpora(run, fold.index, most_clips):
                parts.setdefault(corpus.name, []).append(corpus_entries(model, corpus))
    return {name: CorpusEntries.concatenate(each) for name, each in parts.items()}


def _new_corpora(run: Run, fold: int, most_clips: int) -> list[Corpus]:
    """Return the corpora with sound that the network of a fold was not trained on."""
    tested = run.folds.folds[fold].test_speakers
    found = [subset(run.corpus, lambda clip: clip.speaker in tested)]
    for auxiliary in run.auxiliary_corpora:
        if auxiliary.left_out_in == fold and not (auxiliary.corpus.is_mel or auxiliary.corpus.is_unlabelled):
            found.append(spread(auxiliary.corpus, most_clips))
    return found
