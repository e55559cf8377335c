"""What each command of ``python -m training`` does. Nothing heavy is imported before a command runs."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from training.data.corpora import Corpus


def run_train(parsed: argparse.Namespace) -> None:
    """Train a network for each fold, then one on all speakers."""
    from training.fit.fold_training import train_everybody, train_folds
    from training.fit.run import new_run

    run = new_run(
        parsed.config,
        parsed.corpus,
        parsed.run,
        fold_set=parsed.folds,
        seed=parsed.seed,
        auxiliary_corpora=parsed.auxiliary_corpora,
        start=parsed.start,
        teachers=parsed.teachers,
        votes=parsed.votes,
    )
    train_folds(run, parsed.cache, resume=parsed.resume, jobs=parsed.jobs)
    print(f"{parsed.run}: {len(run.folds.folds)} folds of {run.folds.name}")
    if not parsed.folds_only:
        print(f"{parsed.run}: everybody, for {train_everybody(run, parsed.cache, resume=parsed.resume)} epochs")


def run_evaluate(parsed: argparse.Namespace) -> None:
    """Measure a run on speakers that it was not trained on, and calibrate it."""
    from training.evaluate.evaluation import evaluate

    evaluate(parsed.run, parsed.cache)


def run_probe(parsed: argparse.Namespace) -> None:
    """Measure changed sound, short windows, noise, read speech and other corpora."""
    from training.probes.looks import LOOKS
    from training.probes.probe import ProbeSpec, probe

    corpora = (parsed.noise, parsed.read, parsed.unheard)
    probe(parsed.run, parsed.cache, ProbeSpec(*corpora, again=parsed.again, looks=parsed.looks or LOOKS))


def run_left_out(parsed: argparse.Namespace) -> None:
    """Measure a run on the corpora that its folds leave out."""
    from training.probes.left_out import left_out

    left_out(parsed.run, wanted=parsed.wanted)
    if parsed.to:
        from training.release.left_out_card import write_left_out

        write_left_out(parsed.run, parsed.to)


def run_strangers(parsed: argparse.Namespace) -> None:
    """Measure a model on corpora that it was not trained on."""
    from training.release.strangers_card import StrangersSpec, strangers

    spec = StrangersSpec(
        tuple(parsed.corpus),
        tuple(parsed.without_emotion),
        by_sound=parsed.by_sound,
        calibrate_on=tuple(parsed.calibrate),
        left_out=parsed.left_out,
        wanted=parsed.wanted,
        is_written=parsed.write,
    )
    strangers(parsed.model, spec, looks=parsed.looks)


def run_adapt(parsed: argparse.Namespace) -> None:
    """Fit how a model adapts to voices, and write it into its manifest."""
    from training.release.adaptation import AdaptSpec, adapt

    spec = AdaptSpec(
        tuple(parsed.corpus), tuple(parsed.left_out), tuple(parsed.measure), parsed.most_clips, parsed.cache
    )
    adapt(parsed.model, spec)


def run_stream(parsed: argparse.Namespace) -> None:
    """Make a model that computes each frame once from one that classifies windows."""
    from training.stream.command import StreamTraining, stream

    given = (parsed.recipe, parsed.model, parsed.corpus, tuple(parsed.auxiliary_corpora), parsed.to, parsed.run)
    stream(StreamTraining(*given, parsed.cache, resume=parsed.resume))


def run_finetune(parsed: argparse.Namespace) -> None:
    """Train a model further on the corrections of projects."""
    from training.finetune.command import FineTuneSpec, finetune

    finetune(FineTuneSpec(tuple(parsed.projects), parsed.start, parsed.to, parsed.layers))


def run_baselines(parsed: argparse.Namespace) -> None:
    """Compare common recipes with our own network."""
    from training.baselines.command import BaselineSpec, compare

    options = {name: value for name, value in vars(parsed).items() if name not in ("command", "function")}
    compare(BaselineSpec(**{**options, "only": tuple(parsed.only)}))


def run_export(parsed: argparse.Namespace) -> None:
    """Write weights, ONNX, manifest and card."""
    from training.release.export import export

    export(parsed.run, parsed.to, also=parsed.also, baselines=parsed.baselines)


def run_onnx(parsed: argparse.Namespace) -> None:
    """Write the ONNX files of an exported model again."""
    from training.release.onnx_again import write_onnx_again

    write_onnx_again(parsed.model)


def run_corpora(parsed: argparse.Namespace) -> None:
    """Read corpora, and list their clips, speakers and labels."""
    from training.data.corpora import read_corpus

    for folder in parsed.folders:
        corpus = read_corpus(folder)
        emotions = ", ".join(f"{count} {emotion}" for emotion, count in corpus.emotions.items())
        print(f"{corpus.name}: {len(corpus.clips)} clips of {len(corpus.speakers)} speakers: {emotions}")
        for note in _notes_on(corpus):
            print(f"  {note}")


def _notes_on(corpus: Corpus) -> Iterator[str]:
    """Yield what a user of a corpus has to know."""
    from training.data.corpora import find_duplicates
    from training.data.folds import MINIMUM_SPEAKERS
    from training.data.targets import INTENSITIES

    if corpus.note:
        yield corpus.note
    if not corpus.may_train:
        yield "its licence is not known: strangers and probe measure on it, train refuses it"
    if len(corpus.speakers) < MINIMUM_SPEAKERS:
        yield f"too few speakers for a training: at least {MINIMUM_SPEAKERS} are needed, about ten are better"
    if unknown := sum(not clip.gender for clip in corpus.clips):
        yield f"gender is missing, or neither female nor male, in {unknown} clips"
    if odd := sorted({clip.intensity for clip in corpus.clips} - {*INTENSITIES, ""}):
        yield f"intensities other than normal and strong are ignored: {', '.join(odd)}"
    for first, second in () if corpus.is_mel else find_duplicates(corpus.clips):
        yield f"the same recording: {first.path.name} and {second.path.name}"
