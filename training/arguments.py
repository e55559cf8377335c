"""The command line parser of ``python -m training``."""

from __future__ import annotations

import argparse
from pathlib import Path

from training import commands

CACHE = Path("runs/cache")
WANTED = 0.8


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the commands."""
    parser = argparse.ArgumentParser(prog="python -m training", description="From a corpus on disk to a model.")
    added = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_corpora(added.add_parser("corpora", help="read corpora and list their clips, speakers and labels"))
    _add_train(added.add_parser("train", help="train a network for each fold, then one on all speakers"))
    _add_evaluate(
        added.add_parser("evaluate", help="measure a run on speakers that it was not trained on, and calibrate it")
    )
    _add_probe(
        added.add_parser("probe", help="measure changed sound, short windows, noise, read speech and other corpora")
    )
    _add_left_out(
        added.add_parser("left-out", help="measure a run on the corpora that its folds leave out; calibrate claims")
    )
    _add_strangers(added.add_parser("strangers", help="measure a model on corpora that it was not trained on"))
    _add_adapt(added.add_parser("adapt", help="fit how a model adapts to voices, and write it into its manifest"))
    _add_stream(added.add_parser("stream", help="make a model that computes each frame once from one of windows"))
    _add_finetune(added.add_parser("finetune", help="train a model further on the corrections of projects"))
    _add_baselines(added.add_parser("baselines", help="compare common recipes with our own network in one table"))
    _add_export(added.add_parser("export", help="write weights, ONNX, manifest and card"))
    _add_onnx(added.add_parser("onnx", help="write the ONNX files of an exported model again, from its weights"))
    return parser


def _add_cache(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cache", default=CACHE, type=Path, help="the folder of the frame cache (runs/cache)")


def _add_wanted(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--wanted", default=WANTED, type=float, help=f"share of the claims that must be right ({WANTED})"
    )


def _add_model_and_corpora(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", type=Path, help="the manifest of an exported model")
    parser.add_argument(
        "--corpus", metavar="FOLDER", action="append", required=True, type=Path, help="a corpus; may be given again"
    )


def _add_training_corpora(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--corpus", required=True, type=Path, help="the corpus's folder")
    parser.add_argument(
        "--with",
        dest="auxiliary_corpora",
        metavar="FOLDER",
        action="append",
        default=[],
        type=Path,
        help="a corpus that the configuration names as an auxiliary corpus; may be given again",
    )


def _add_corpora(corpora: argparse.ArgumentParser) -> None:
    corpora.set_defaults(function=commands.run_corpora)
    corpora.add_argument("folders", metavar="FOLDER", nargs="+", type=Path)


def _add_train(train: argparse.ArgumentParser) -> None:
    train.set_defaults(function=commands.run_train)
    train.add_argument("config", type=Path, help="a .toml like training/recipes/first.toml")
    _add_training_corpora(train)
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
    _add_cache(train)
    train.add_argument(
        "--folds", metavar="NAME", help="folds instead of the configuration's: luna-jimenez, emobox, grouped"
    )
    train.add_argument("--seed", type=int, help="a seed instead of the configuration's")
    train.add_argument("--folds-only", action="store_true", help="for metrics only: train no network on all speakers")
    train.add_argument("--jobs", default=2, type=int, help="networks trained at once, each on one core (2)")
    train.add_argument("--resume", action="store_true", help="continue an interrupted run")


def _add_evaluate(evaluate: argparse.ArgumentParser) -> None:
    evaluate.set_defaults(function=commands.run_evaluate)
    evaluate.add_argument("run", type=Path, help="a folder that train wrote")
    _add_cache(evaluate)


def _add_probe(probe: argparse.ArgumentParser) -> None:
    probe.set_defaults(function=commands.run_probe)
    probe.add_argument("run", type=Path, help="a folder that train and evaluate wrote")
    probe.add_argument("--noise", metavar="FOLDER", type=Path, help="a corpus in which nobody speaks")
    probe.add_argument("--read", metavar="FOLDER", type=Path, help="a corpus of speech without emotion")
    probe.add_argument(
        "--unheard", metavar="FOLDER", type=Path, help="a corpus that is never trained on; logged in LOOKS.md"
    )
    probe.add_argument("--looks", metavar="FILE", type=Path, help="the log of such measurements (training/LOOKS.md)")
    probe.add_argument("--again", action="store_true", help="repeat measurements that have saved results")
    _add_cache(probe)


def _add_left_out(left_out: argparse.ArgumentParser) -> None:
    left_out.set_defaults(function=commands.run_left_out)
    left_out.add_argument("run", type=Path, help="a folder that train and evaluate wrote")
    left_out.add_argument(
        "--to", metavar="MODEL", type=Path, help="also write the metrics into this manifest and its card"
    )
    _add_wanted(left_out)


def _add_strangers(strangers: argparse.ArgumentParser) -> None:
    strangers.set_defaults(function=commands.run_strangers)
    _add_model_and_corpora(strangers)
    strangers.add_argument(
        "--without-emotion",
        metavar="FOLDER",
        action="append",
        default=[],
        type=Path,
        help="a corpus without acted emotions: noise, or read speech; may be given again",
    )
    strangers.add_argument(
        "--by-sound", action="store_true", help="measure each sound of these corpora apart, such as laughing"
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
        "--left-out",
        metavar="RUN",
        type=Path,
        help="fit also on the corpora that the folds of this run leave out (make train-left-out)",
    )
    _add_wanted(strangers)
    strangers.add_argument("--looks", metavar="FILE", type=Path, help="the log of measurements (training/LOOKS.md)")
    strangers.add_argument(
        "--write", action="store_true", help="write the metrics into manifest and card even without --calibrate"
    )


def _add_adapt(adapt: argparse.ArgumentParser) -> None:
    adapt.set_defaults(function=commands.run_adapt)
    _add_model_and_corpora(adapt)
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
    _add_cache(adapt)


def _add_finetune(finetune: argparse.ArgumentParser) -> None:
    finetune.set_defaults(function=commands.run_finetune)
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


def _add_stream(stream: argparse.ArgumentParser) -> None:
    stream.set_defaults(function=commands.run_stream)
    stream.add_argument("recipe", type=Path, help="a .toml like training/recipes/stream.toml")
    stream.add_argument("--model", required=True, type=Path, help="the manifest of a model that classifies windows")
    _add_training_corpora(stream)
    stream.add_argument("--to", required=True, type=Path, help="the manifest to write, for example models/fast.json")
    stream.add_argument("--run", required=True, type=Path, help="the folder for the checkpoints")
    stream.add_argument("--resume", action="store_true", help="continue an interrupted training")
    _add_cache(stream)


def _add_baselines(baselines: argparse.ArgumentParser) -> None:
    baselines.set_defaults(function=commands.run_baselines)
    baselines.add_argument("--corpus", required=True, type=Path, help="the corpus's folder")
    baselines.add_argument("--run", required=True, type=Path, help="the folder for features and predictions")
    baselines.add_argument("--own", metavar="RUN", type=Path, help="an evaluated run of our network, for its own row")
    baselines.add_argument("--table", metavar="FILE", type=Path, help="the table to write (table.md in the run)")
    baselines.add_argument("--only", metavar="NAME", nargs="+", default=[], help="train only these recipes")
    baselines.add_argument("--split", choices=["speakers", "random"], help="train only with this split")
    baselines.add_argument(
        "--folds", choices=["luna-jimenez", "emobox", "grouped"], default="luna-jimenez", help="the folds by speaker"
    )
    _add_cache(baselines)


def _add_export(export: argparse.ArgumentParser) -> None:
    export.set_defaults(function=commands.run_export)
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


def _add_onnx(onnx: argparse.ArgumentParser) -> None:
    onnx.set_defaults(function=commands.run_onnx)
    onnx.add_argument("model", type=Path, help="the manifest of an exported model")
