"""``python -m training``: corpora, train, evaluate, probe, left-out, strangers, adapt, finetune, baselines, export."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ser_desktop.errors import SerError

CACHE = Path("runs/cache")
WANTED = 0.8


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the commands."""
    parser = argparse.ArgumentParser(prog="python -m training", description="From a corpus on disk to a model.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_corpora(commands.add_parser("corpora", help="read corpora and list their clips, speakers and labels"))
    _add_train(commands.add_parser("train", help="train a network for each fold, then one on all speakers"))
    _add_evaluate(
        commands.add_parser("evaluate", help="measure a run on speakers that it was not trained on, and calibrate it")
    )
    _add_probe(
        commands.add_parser("probe", help="measure changed sound, short windows, noise, read speech and other corpora")
    )
    _add_left_out(
        commands.add_parser("left-out", help="measure a run on the corpora that its folds leave out; calibrate claims")
    )
    _add_strangers(commands.add_parser("strangers", help="measure a model on corpora that it was not trained on"))
    _add_adapt(commands.add_parser("adapt", help="fit how a model adapts to voices, and write it into its manifest"))
    _add_finetune(commands.add_parser("finetune", help="train a model further on the corrections of projects"))
    _add_baselines(commands.add_parser("baselines", help="compare common recipes with our own network in one table"))
    _add_export(commands.add_parser("export", help="write weights, ONNX, manifest and card"))
    return parser


def _add_corpora(corpora: argparse.ArgumentParser) -> None:
    corpora.set_defaults(function=_corpora)
    corpora.add_argument("folders", metavar="FOLDER", nargs="+", type=Path)


def _add_train(train: argparse.ArgumentParser) -> None:
    train.set_defaults(function=_train)
    train.add_argument("config", type=Path, help="a .toml like training/recipes/first.toml")
    train.add_argument("--corpus", required=True, type=Path, help="the corpus's folder")
    train.add_argument(
        "--with",
        dest="auxiliary_corpora",
        metavar="FOLDER",
        action="append",
        default=[],
        type=Path,
        help="a corpus that the configuration names as an auxiliary corpus; may be given again",
    )
    train.add_argument("--run", required=True, type=Path, help="the folder for the networks")
    train.add_argument("--from", dest="start", metavar="RUN", type=Path, help="start with the weights of another run")
    train.add_argument(
        "--teacher",
        dest="teachers",
        metavar="RUN",
        action="append",
        default=[],
        type=Path,
        help="distillation: soft labels from the networks of another run; may be given again",
    )
    train.add_argument("--votes", metavar="FILE", type=Path, help="votes of listeners: CREMA-D's summaryTable.csv")
    train.add_argument("--cache", default=CACHE, type=Path, help="the folder of the frame cache (runs/cache)")
    train.add_argument(
        "--folds", metavar="NAME", help="folds instead of the configuration's: luna-jimenez, emobox, grouped"
    )
    train.add_argument("--seed", type=int, help="a seed instead of the configuration's")
    train.add_argument("--folds-only", action="store_true", help="for metrics only: train no network on all speakers")
    train.add_argument("--jobs", default=2, type=int, help="networks trained at once, each on one core (2)")
    train.add_argument("--resume", action="store_true", help="continue an interrupted run")


def _add_evaluate(evaluate: argparse.ArgumentParser) -> None:
    evaluate.set_defaults(function=_evaluate)
    evaluate.add_argument("run", type=Path, help="a folder that train wrote")
    evaluate.add_argument("--cache", default=CACHE, type=Path, help="the folder of the frame cache (runs/cache)")


def _add_probe(probe: argparse.ArgumentParser) -> None:
    probe.set_defaults(function=_probe)
    probe.add_argument("run", type=Path, help="a folder that train and evaluate wrote")
    probe.add_argument("--noise", metavar="FOLDER", type=Path, help="a corpus in which nobody speaks")
    probe.add_argument("--read", metavar="FOLDER", type=Path, help="a corpus of speech without emotion")
    probe.add_argument(
        "--unheard", metavar="FOLDER", type=Path, help="a corpus that is never trained on; logged in LOOKS.md"
    )
    probe.add_argument("--looks", metavar="FILE", type=Path, help="the log of such measurements (training/LOOKS.md)")
    probe.add_argument("--again", action="store_true", help="repeat measurements that have saved results")
    probe.add_argument("--cache", default=CACHE, type=Path, help="the folder of the frame cache (runs/cache)")


def _add_left_out(left_out: argparse.ArgumentParser) -> None:
    left_out.set_defaults(function=_left_out)
    left_out.add_argument("run", type=Path, help="a folder that train and evaluate wrote")
    left_out.add_argument(
        "--wanted", default=WANTED, type=float, help=f"share of the claims that must be right ({WANTED})"
    )


def _add_strangers(strangers: argparse.ArgumentParser) -> None:
    strangers.set_defaults(function=_strangers)
    strangers.add_argument("model", type=Path, help="the manifest of an exported model")
    strangers.add_argument(
        "--corpus", metavar="FOLDER", action="append", required=True, type=Path, help="a corpus; may be given again"
    )
    strangers.add_argument(
        "--without-emotion",
        metavar="FOLDER",
        action="append",
        default=[],
        type=Path,
        help="a corpus without acted emotions: noise, or read speech; may be given again",
    )
    strangers.add_argument(
        "--calibrate",
        metavar="NAME",
        action="append",
        default=[],
        help="fit offset and thresholds of arousal and valence on this corpus, and write them into the manifest; may "
        "be given again",
    )
    strangers.add_argument(
        "--wanted", default=WANTED, type=float, help=f"share of the claims that must be right ({WANTED})"
    )
    strangers.add_argument("--looks", metavar="FILE", type=Path, help="the log of measurements (training/LOOKS.md)")
    strangers.add_argument(
        "--write", action="store_true", help="write the metrics into manifest and card even without --calibrate"
    )


def _add_adapt(adapt: argparse.ArgumentParser) -> None:
    adapt.set_defaults(function=_adapt)
    adapt.add_argument("model", type=Path, help="the manifest of an exported model")
    adapt.add_argument(
        "--corpus", metavar="FOLDER", action="append", required=True, type=Path, help="a corpus; may be given again"
    )
    adapt.add_argument(
        "--left-out",
        metavar="NAME",
        action="append",
        default=[],
        help="measure on this corpus with a fit on the others; may be given again",
    )
    adapt.add_argument(
        "--measure",
        metavar="FOLDER",
        action="append",
        default=[],
        type=Path,
        help="a corpus that is only measured on; may be given again",
    )
    adapt.add_argument("--most-clips", metavar="N", type=int, help="measure on at most N clips of each corpus")
    adapt.add_argument("--cache", default=CACHE, type=Path, help="the folder of the frame cache (runs/cache)")


def _add_finetune(finetune: argparse.ArgumentParser) -> None:
    finetune.set_defaults(function=_finetune)
    finetune.add_argument("projects", metavar="PROJECT", nargs="+", type=Path, help="a project with corrections")
    finetune.add_argument(
        "--from",
        dest="start",
        metavar="MODEL",
        required=True,
        type=Path,
        help="the manifest of the model to start from",
    )
    finetune.add_argument("--to", required=True, type=Path, help="the manifest to write, for example mine/mine.json")
    finetune.add_argument("--layers", choices=["last", "all"], default="last", help="the layers to train (last)")


def _add_baselines(baselines: argparse.ArgumentParser) -> None:
    baselines.set_defaults(function=_baselines)
    baselines.add_argument("--corpus", required=True, type=Path, help="the corpus's folder")
    baselines.add_argument("--run", required=True, type=Path, help="the folder for features and predictions")
    baselines.add_argument("--own", metavar="RUN", type=Path, help="an evaluated run of our network, for its own row")
    baselines.add_argument("--table", metavar="FILE", type=Path, help="the table to write (table.md in the run)")
    baselines.add_argument("--only", metavar="NAME", nargs="+", default=[], help="train only these recipes")
    baselines.add_argument("--split", choices=["speakers", "random"], help="train only with this split")
    baselines.add_argument(
        "--folds", choices=["luna-jimenez", "emobox", "grouped"], default="luna-jimenez", help="the folds by speaker"
    )
    baselines.add_argument("--cache", default=CACHE, type=Path, help="the folder of the frame cache (runs/cache)")


def _add_export(export: argparse.ArgumentParser) -> None:
    export.set_defaults(function=_export)
    export.add_argument("run", type=Path, help="a folder that train and evaluate wrote")
    export.add_argument(
        "--also", metavar="RUN", type=Path, help="an evaluated run of the same recipe on other folds, for the card"
    )
    export.add_argument(
        "--baselines",
        metavar="RUN",
        type=Path,
        help="the run of baselines with a row of our network: the leak gap, for the card",
    )
    export.add_argument("--to", required=True, type=Path, help="the manifest to write, for example models/default.json")


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return the exit status."""
    parsed = build_parser().parse_args(arguments)
    try:
        parsed.function(parsed)
    except SerError as error:
        print(f"training: error: {error}", file=sys.stderr)
        return 1
    except ModuleNotFoundError as error:
        print(f"training: error: {error.name} is not installed. Use: pip install -e '.[training]'", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        again = {"baselines": "the same command continues", "finetune": "nothing was written"}.get(
            parsed.command, "“--resume” continues from the last epoch"
        )
        print(f"training: stopped; {again}", file=sys.stderr)
        return 130
    return 0


def _train(parsed: argparse.Namespace) -> None:
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


def _evaluate(parsed: argparse.Namespace) -> None:
    from training.evaluate.evaluation import evaluate

    evaluate(parsed.run, parsed.cache)


def _probe(parsed: argparse.Namespace) -> None:
    from training.probes.looks import LOOKS
    from training.probes.probe import ProbeSpec, probe

    corpora = (parsed.noise, parsed.read, parsed.unheard)
    probe(parsed.run, parsed.cache, ProbeSpec(*corpora, again=parsed.again, looks=parsed.looks or LOOKS))


def _left_out(parsed: argparse.Namespace) -> None:
    from training.probes.left_out import left_out

    left_out(parsed.run, wanted=parsed.wanted)


def _strangers(parsed: argparse.Namespace) -> None:
    from training.release.strangers_card import StrangersSpec, strangers

    spec = StrangersSpec(
        tuple(parsed.corpus),
        tuple(parsed.without_emotion),
        tuple(parsed.calibrate),
        wanted=parsed.wanted,
        is_written=parsed.write,
    )
    strangers(parsed.model, spec, looks=parsed.looks)


def _adapt(parsed: argparse.Namespace) -> None:
    from training.release.adaptation import AdaptSpec, adapt

    spec = AdaptSpec(
        tuple(parsed.corpus), tuple(parsed.left_out), tuple(parsed.measure), parsed.most_clips, parsed.cache
    )
    adapt(parsed.model, spec)


def _finetune(parsed: argparse.Namespace) -> None:
    from training.finetune.command import FineTuneSpec, finetune

    finetune(FineTuneSpec(tuple(parsed.projects), parsed.start, parsed.to, parsed.layers))


def _baselines(parsed: argparse.Namespace) -> None:
    from training.baselines.command import BaselineSpec, compare

    options = {name: value for name, value in vars(parsed).items() if name not in ("command", "function")}
    compare(BaselineSpec(**{**options, "only": tuple(parsed.only)}))


def _export(parsed: argparse.Namespace) -> None:
    from training.release.export import export

    export(parsed.run, parsed.to, also=parsed.also, baselines=parsed.baselines)


def _corpora(parsed: argparse.Namespace) -> None:
    from training.data.corpora import find_duplicates, read_corpus
    from training.data.folds import MINIMUM_SPEAKERS
    from training.data.targets import INTENSITIES

    for folder in parsed.folders:
        corpus = read_corpus(folder)
        emotions = ", ".join(f"{count} {emotion}" for emotion, count in corpus.emotions.items())
        print(f"{corpus.name}: {len(corpus.clips)} clips of {len(corpus.speakers)} speakers: {emotions}")
        if corpus.note:
            print(f"  {corpus.note}")
        if not corpus.may_train:
            print("  its licence is not known: strangers and probe measure on it, train refuses it")
        if len(corpus.speakers) < MINIMUM_SPEAKERS:
            print(f"  too few speakers for a training: at least {MINIMUM_SPEAKERS} are needed, about ten are better")
        if unknown := sum(not clip.gender for clip in corpus.clips):
            print(f"  gender is missing, or neither female nor male, in {unknown} clips")
        if odd := sorted({clip.intensity for clip in corpus.clips} - {*INTENSITIES, ""}):
            print(f"  intensities other than normal and strong are ignored: {', '.join(odd)}")
        if not corpus.is_mel:
            for first, second in find_duplicates(corpus.clips):
                print(f"  the same recording: {first.path.name} and {second.path.name}")


if __name__ == "__main__":
    raise SystemExit(main())
