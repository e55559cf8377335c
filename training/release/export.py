"""Exports the network that was trained on everybody as a model of the program, with its card."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import msgspec

from ser_desktop.errors import SettingsError
from training.baselines.own import OWN
from training.baselines.table import read_rows
from training.data.corpora import Corpus, sample_hash
from training.evaluate.results import Probes
from training.evaluate.saved_metrics import read_metrics
from training.fit.checkpoints import EVERYBODY, read_checkpoint, read_network
from training.fit.run import Run, open_run
from training.model.model_folder import code_commit, network_difference, write_model
from training.model.onnx_file import multiply_adds
from training.networks import describe_network
from training.probes.left_out import read_left_out
from training.probes.probe import read_probes
from training.release.card import Card, card_text
from training.release.facts import CorpusFacts, ExportFacts, OtherFolds, RandomSplit, SplitComparison
from training.release.left_out_card import left_out_facts

PLOTS = ("curves", "confusion", "recall", "reliability")
PROBE_PLOTS = ("changes", "corpora")


def export(folder: Path, manifest: Path, *, also: Path | None = None, baselines: Path | None = None) -> None:
    """Write weights, ONNX, manifest, card and plots of a run that was trained and evaluated.

    Args:
        folder: Of the run.
        manifest: The file to write; the others are written beside it.
        also: Folder of a run of the same recipe on other folds; the card lists its metrics as well.
        baselines: Folder of the common recipes with one of our networks, for the effect of a random split.

    Raises:
        ExportError: The outputs of the ONNX file differ from those of the network.
        SettingsError: The run has no network on everybody, or was not evaluated; the other run is of another corpus or
            of the same folds; the common recipes have no table yet.
    """
    if manifest.suffix != ".json":
        raise SettingsError(f"{manifest} is not the name of a manifest. Give a name that ends in .json.")
    run = open_run(folder)
    other = _on_other_folds(run, also) if also else None
    leak = _random_split(baselines) if baselines else None
    evaluation = read_metrics(run)
    checkpoint = read_checkpoint(folder / EVERYBODY)
    network = read_network(folder / EVERYBODY)
    facts = ExportFacts(
        epochs=checkpoint.epoch,
        kept=run.config.training.keep,
        start=run.start.name if run.start else None,
        teachers=[teacher.name for teacher in run.teachers],
        seed=run.config.training.seed,
        folds=run.folds.name,
        corpora=[_corpus_facts(each) for each in (run.corpus, *(each.corpus for each in run.auxiliary_corpora))],
        commit=code_commit(),
        multiply_adds=multiply_adds(network),
        evaluation=evaluation,
        other_folds=other,
        random_split=leak,
    )
    told = msgspec.to_builtins(facts)
    calibration, measured = evaluation.calibration, read_left_out(run)
    if measured:
        calibration = measured.calibration
        left_out = left_out_facts(run.corpus.name, evaluation, measured, is_own=True)
        told |= {"affect": msgspec.to_builtins(measured.affect), "left_out": msgspec.to_builtins(left_out)}
    model = write_model(manifest, network, run.config, calibration, told=told)
    probes = read_probes(run)
    for plot in (*PLOTS, *(PROBE_PLOTS if probes != Probes() else ())):
        shutil.copyfile(folder / f"{plot}.png", manifest.with_name(f"{manifest.stem}-{plot}.png"))
    parameters = sum(value.numel() for value in network.parameters())
    card = Card.from_info(model.info, network=describe_network(network.spec), parameters=parameters, probes=probes)
    manifest.with_suffix(".md").write_text(card_text(card), encoding="utf-8")
    difference = network_difference(network, manifest)
    print(f"{model.info.identity} in {manifest.parent}; logits of ONNX and torch differ by at most {difference:.1g}")


def _on_other_folds(run: Run, also: Path) -> OtherFolds:
    """Return the metrics of a run on other folds of the same clips."""
    other = open_run(also)
    found = read_metrics(other)
    is_same = other.corpus.clips == run.corpus.clips and other.config.training.labels == run.config.training.labels
    if not is_same or other.folds.name == run.folds.name:
        raise SettingsError(f"{also} is a run of another corpus or of the same folds. Give one of the same recipe.")
    return OtherFolds(found.folds, found.seed, found.clips, found.windows, found.windows_ece, found.auxiliary_corpora)


def _random_split(baselines: Path) -> RandomSplit:
    """Return the results of our network and of the common recipes with both splits."""
    try:
        rows = read_rows(baselines)
    except (OSError, ValueError) as error:
        raise SettingsError(f"{baselines} has no table yet. Use “python -m training baselines”.") from error
    compared = {
        row.name: SplitComparison(row.speaker_recall, row.random_recall, row.leak_gap)
        for row in rows
        if row.speaker_recall and row.random_recall is not None and row.leak_gap is not None
    }
    own = compared.pop(OWN, None)
    if not own or not compared:
        raise SettingsError(
            f"{baselines} lacks the row of our network, or all others. Run “baselines --own RUN” to its end."
        )
    return RandomSplit(own, list(compared.values()))


def _corpus_facts(corpus: Corpus) -> CorpusFacts:
    if corpus.is_mel:
        hashes = [hashlib.sha256(path.read_bytes()).hexdigest() for path in corpus.root.glob("part*.xz")]
    else:
        hashes = [sample_hash(clip.path) for clip in corpus.clips]
    digest = hashlib.sha256("".join(sorted(hashes)).encode()).hexdigest()
    return CorpusFacts(corpus.name, len(corpus.clips), len(corpus.speakers), digest)
