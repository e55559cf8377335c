"""The command line parser of ``ser-desktop``. Nothing heavy is imported here."""

from __future__ import annotations

import argparse
from pathlib import Path

from ser_desktop import __version__
from ser_desktop.cli import argument_types as types
from ser_desktop.cli.help_texts import CommandParser
from ser_desktop.cli.project_arguments import add_place, add_project, add_report
from ser_desktop.cli.shared_arguments import (
    add_analysis,
    add_exports,
    add_language_model,
    add_model,
    add_names,
    add_sound,
    add_voice,
    add_words,
    add_words_model,
)
from ser_desktop.values import DEVICES

LANGUAGES = ("en", "de")  # of --interpret
COMMANDS = (
    "agreement",
    "analyze",
    "batch",
    "measure",
    "record",
    "voice",
    "export",
    "project",
    "recover",
    "report",
    "serve",
    "devices",
    "model",
)


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the commands of the terminal."""
    parser = CommandParser(
        prog="ser-desktop",
        usage="ser-desktop [FILE ...]\n       ser-desktop [-h] [--version] [--self-test] COMMAND ...",
        description="Hear how a voice sounds over time. Everything stays on this computer. Without a command, the "
        "window opens, with the recordings that are named.",
        epilog="“ser-desktop COMMAND --help” tells more of a command.",
    )
    parser.add_argument("--version", action="version", version=f"ser-desktop {__version__}")
    parser.add_argument("--self-test", action="store_true", help="check this installation and report")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=CommandParser, prog="ser-desktop")
    _add_analyze(commands.add_parser("analyze", help="turn recordings into emotion timelines"))
    _add_batch(commands.add_parser("batch", help="analyse all recordings of folders, on several cores"))
    _add_measure(commands.add_parser("measure", help="measure pitch, intensity and voice quality, as a table"))
    _add_record(commands.add_parser("record", help="listen to the microphone; Ctrl-C ends it"))
    _add_voice_commands(commands.add_parser("voice", help="make a voice known, so that it is understood better"))
    _add_export(commands.add_parser("export", help="write an exported timeline in another format"))
    add_project(commands.add_parser("project", help="list, check or export a project that the window saved"))
    add_place(commands.add_parser("agreement", help="tell how well people agree with each other and the model"))
    report = commands.add_parser("report", help="write recordings or a project as one page to send")
    add_report(report)
    add_analysis(report)
    _add_recover(commands.add_parser("recover", help="make recordings whole that a crash or a power cut has left"))
    _add_serve(commands.add_parser("serve", help="offer the analysis over HTTP, with a page"))
    commands.add_parser("devices", help="list the microphones")
    model = commands.add_parser("model", help="tell what the model is and what was measured of it")
    add_model(model)
    return parser


def _add_analyze(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        type=Path,
        help="recordings or videos: WAV, FLAC, MP3, M4A, MP4, WebM, Ogg …",
    )
    parser.add_argument("--csv", metavar="OUT", type=Path, help="write the timelines of all files to one table")
    add_exports(parser)
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="json: one object a file, one a line"
    )
    add_sound(parser)
    add_words(parser)
    parser.add_argument(
        "--interpret",
        choices=LANGUAGES,
        help="also tell it in sentences, in English or German, each with its times and figures",
    )
    add_language_model(parser)
    add_voice(parser, several=". With --speakers, it adapts to the voice of each speaker, unless this is given")
    of_speaker = "with --speakers: the known voice of a speaker, as in 1=Anna"
    of_channel = "with --channel: the known voice of a channel, as in 1=Anna, for a call"
    add_names(parser, "--speaker-voice", types.speaker_name, text=of_speaker)
    add_names(parser, "--channel-voice", types.channel_voice, text=of_channel)
    add_analysis(parser)
    parser.add_argument("--quiet", action="store_true", help="no progress, and no report but that of --format json")


def _add_batch(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("places", metavar="FOLDER", nargs="+", type=Path, help="folders, or single recordings")
    parser.add_argument(
        "--out",
        metavar="DIR",
        type=types.folder_or_url,
        required=True,
        help="folder of the exports, or a URL as s3://bucket/results; one with a batch is continued",
    )
    parser.add_argument(
        "--formats", metavar="A,B", type=types.names, default=["csv"], help="what is written of each recording (csv)"
    )
    parser.set_defaults(lists_formats=True)
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--workers", metavar="N", type=types.number, help="processes (one a core)")
    where.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help="a Dask cluster that sees the same folders, as in tcp://10.0.0.1:8786; it needs ser-desktop[cluster]",
    )
    parser.add_argument(
        "--match",
        metavar="PATTERN",
        action="append",
        default=[],
        help="only files like this, such as “*.wav” or “2024/*”; may be given several times",
    )
    parser.add_argument("--skip", metavar="PATTERN", action="append", default=[], help="no files like this, likewise")
    parser.add_argument("--retry", action="store_true", help="try recordings again that failed before")
    parser.add_argument("--anew", action="store_true", help="analyse again what is done, too")
    add_sound(parser)
    add_voice(parser)
    add_analysis(parser)
    parser.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help="json: the progress after each recording and the result, one object a line",
    )
    parser.add_argument("--quiet", action="store_true", help="no progress and no report")


def _add_measure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="recordings")
    parser.add_argument("--csv", metavar="OUT", type=Path, required=True, help="the table, a row for each passage")
    parser.add_argument(
        "--channel",
        metavar="mix|N",
        type=types.one_channel,
        default="mix",
        help="what of a recording with several channels: their mean (mix, the default), or one, counted from 1",
    )
    parser.add_argument(
        "--track", metavar="N", type=types.number, default=1, help="which audio track of a video, counted from 1 (1)"
    )
    add_voice(parser)
    add_analysis(parser)


def _add_record(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seconds", metavar="N", type=types.positive, help="stop after so much sound")
    parser.add_argument("--input", metavar="NAME", help="the microphone, by its name in “ser-desktop devices”")
    parser.add_argument(
        "--channel",
        metavar="mix|N",
        type=types.recorded_channel,
        default="mix",
        help="what of a microphone with several channels is analysed and kept: their mean (mix, the default), or one, "
        "counted from 1",
    )
    parser.add_argument("--wav", metavar="OUT", type=Path, help="keep the sound")
    parser.add_argument("--csv", metavar="OUT", type=Path, help="keep the timeline as a table")
    add_exports(parser)
    add_words(parser)
    add_voice(parser)
    add_analysis(parser)


def _add_voice_commands(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="voice_command", required=True, metavar="COMMAND")
    add = commands.add_parser("add", help="make a voice known, from recordings or from the microphone")
    add.add_argument("name", metavar="NAME", help="what the voice is called")
    add.add_argument(
        "files", metavar="FILE", nargs="*", type=Path, help="recordings of the person, speaking as usual; half a minute"
    )
    add.add_argument(
        "--record", metavar="S", type=types.positive, default=30.0, help="without FILE: seconds to record (%(default)g)"
    )
    add.add_argument("--input", metavar="NAME", help="the microphone, by its name in “ser-desktop devices”")
    add.add_argument(
        "--speaker",
        metavar="WHO",
        help="only this speaker of one FILE with several, by name or number, as in “Speaker 1” or 1; the speakers are "
        "found first, which takes about the length of the recording",
    )
    add.add_argument(
        "--speakers-from",
        metavar="TABLE",
        type=Path,
        help="with --speaker: who speaks when, from an export of FILE such as RTTM or JSON",
    )
    add_words_model(add)
    add.add_argument("--replace", action="store_true", help="replace a voice of the same name")
    add_model(add)
    add.add_argument("--device", choices=DEVICES, default="auto", help="where the network runs (auto: cpu)")
    commands.add_parser("list", help="the voices that are known")
    rename = commands.add_parser("rename", help="give a voice another name")
    rename.add_argument("name", metavar="OLD", help="what the voice is called")
    rename.add_argument("new_name", metavar="NEW", help="what it is called from now on")
    for command, what in (("show", "what is known of a voice"), ("remove", "forget a voice")):
        commands.add_parser(command, help=what).add_argument("name", metavar="NAME")


def _add_serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port",
        metavar="N",
        type=types.port,
        default=8765,
        help="port to listen on (%(default)s; 0: any that is free)",
    )
    parser.add_argument(
        "--host", metavar="ADDRESS", default="127.0.0.1", help="where to listen (this computer); others need --token"
    )
    parser.add_argument(
        "--token", metavar="TEXT", default="", help="what each request must carry; or set SER_DESKTOP_TOKEN"
    )
    parser.add_argument("--max-mb", metavar="N", type=types.number, default=512, help="largest upload (%(default)s)")
    parser.add_argument("--workers", metavar="N", type=types.number, help="processes that analyse (one for each core)")
    parser.add_argument("--words-model", metavar="FOLDER", type=Path, help="as for analyze")
    parser.add_argument("--words-language", metavar="CODE", default="", help="likewise")
    add_analysis(parser)


def _add_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "table", metavar="FILE", type=Path, help="a file that this program exported, or labels of another program"
    )
    parser.add_argument("--to", metavar="FORMAT", required=True, help="the format to write")
    parser.add_argument(
        "--output", metavar="PATH", help="where, as for analyze --export (beside FILE, with the format's suffix)"
    )
    parser.set_defaults(lists_formats=True)


def _add_recover(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", metavar="FILE", nargs="*", type=Path, help="only these of the unfinished recordings")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--list", action="store_true", help="list the unfinished recordings and leave them as they are")
    what.add_argument("--discard", action="store_true", help="delete the unfinished recordings")
