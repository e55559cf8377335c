"""Arguments that several commands have."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from ser_desktop.cli import argument_types as types
from ser_desktop.values import DEFAULT_HOP_S, DEFAULT_SMOOTHING_S, DEVICES


def add_sound(parser: argparse.ArgumentParser) -> None:
    """Add which channel and which track of a recording is meant."""
    parser.add_argument(
        "--channel",
        metavar="mix|all|N",
        type=types.channel,
        default="mix",
        help="what of a recording with several channels: their mean (mix, the default), each by itself (all), or one, "
        "counted from 1",
    )
    parser.add_argument(
        "--track", metavar="N", type=types.number, default=1, help="which audio track of a video, counted from 1 (1)"
    )


def add_voice(parser: argparse.ArgumentParser, *, several: str = "") -> None:
    """Add who speaks.

    Args:
        parser: Of the command.
        several: More help on ``--several-speakers``.
    """
    who = parser.add_mutually_exclusive_group()
    who.add_argument("--voice", metavar="NAME", help="who speaks, if “ser-desktop voice add” made the voice known")
    who.add_argument(
        "--several-speakers",
        action="store_true",
        help=f"several people speak, so that the analysis does not adapt to one voice; for calls and meetings{several}",
    )


def add_language_model(parser: argparse.ArgumentParser) -> None:
    """Add the question to a language model."""
    parser.add_argument(
        "--ask-model",
        metavar="URL=NAME",
        help="show the question to a language model on this computer, such as http://127.0.0.1:11434/v1=llama3; "
        "nothing is sent without --send",
    )
    parser.add_argument("--send", action="store_true", help="send the question, and show the answer")
    parser.add_argument(
        "--send-elsewhere", action="store_true", help="also to another computer, which then reads the words"
    )


def add_words(parser: argparse.ArgumentParser) -> None:
    """Add transcript and speakers."""
    parser.add_argument("--transcribe", action="store_true", help="also write down what is said")
    parser.add_argument(
        "--speakers", action="store_true", help="also find who speaks when; takes about the length of the recording"
    )
    add_names(parser, "--speaker-name", types.speaker_name, text="the name of a speaker, as in 1=Anna")
    add_words_model(parser)


def add_names(
    parser: argparse.ArgumentParser, option: str, kind: Callable[[str], tuple[int, str]], *, text: str
) -> None:
    """Add an option that names speakers or channels by their numbers, and may be given several times."""
    parser.add_argument(
        option, metavar="N=NAME", type=kind, action="append", default=[], help=f"{text}; may be given several times"
    )


def add_words_model(parser: argparse.ArgumentParser) -> None:
    """Add the model that recognises words."""
    parser.add_argument(
        "--words-model",
        metavar="FOLDER",
        type=Path,
        help="the folder of another model, of Moonshine or of faster-whisper, for another language or more exact words "
        "(tiny-en)",
    )
    parser.add_argument(
        "--words-language",
        metavar="CODE",
        default="",
        help="the language that is spoken, as in de, for Whisper models of many languages (found in the sound)",
    )


def add_exports(parser: argparse.ArgumentParser) -> None:
    """Add files to export to."""
    parser.add_argument(
        "--export",
        metavar="FORMAT=PATH",
        action="append",
        default=[],
        help="write the timeline in a format; may be given several times. A PATH that is a folder, ends with / or "
        "contains {name} is one file a recording",
    )
    parser.set_defaults(lists_formats=True)


def add_analysis(parser: argparse.ArgumentParser) -> None:
    """Add the parameters of the analysis."""
    parser.add_argument(
        "--window", metavar="S", type=types.positive, help="seconds of sound behind each entry (the model's longest)"
    )
    parser.add_argument(
        "--hop", metavar="S", type=types.positive, default=DEFAULT_HOP_S, help="seconds between entries (%(default)g)"
    )
    parser.add_argument(
        "--smoothing",
        metavar="S",
        type=types.not_negative,
        default=DEFAULT_SMOOTHING_S,
        help="time constant in seconds (%(default)s; 0: none)",
    )
    parser.add_argument(
        "--claim-from",
        metavar="PERCENT",
        type=types.percent,
        help="claim an emotion from this probability on (the model's own threshold; “ser-desktop model” tells it)",
    )
    add_model(parser)
    parser.add_argument("--device", choices=DEVICES, default="auto", help="where the network runs (auto: cpu)")


def add_model(parser: argparse.ArgumentParser) -> None:
    """Add the model."""
    parser.add_argument("--model", metavar="PATH", type=Path, help="the .json manifest of another exported model")
