"""The parsers of the commands on projects."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_project(parser: argparse.ArgumentParser) -> None:
    """Add ``list``, ``check`` and ``export``."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, help_text in (
        ("list", "what a project holds"),
        ("check", "compute the hash of each recording, and read every file; 1 if something is missing or has changed"),
        ("export", "write the timelines of all its recordings"),
    ):
        action = actions.add_parser(name, help=help_text)
        add_place(action)
        if name == "export":
            action.add_argument(
                "--export",
                metavar="FORMAT=PATH",
                action="append",
                required=True,
                help="as for analyze; may be given several times",
            )
            action.set_defaults(lists_formats=True)


def add_report(parser: argparse.ArgumentParser) -> None:
    """Add what a report is made of, and where it is written."""
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="recordings, or projects")
    parser.add_argument(
        "--html", metavar="OUT", type=Path, help="write the page as HTML, in one file that holds everything"
    )
    parser.add_argument("--pdf", metavar="OUT", type=Path, help="write the page as PDF, to print")
    parser.add_argument(
        "--title", metavar="TEXT", default="", help="title of the page (the name of the recording or project)"
    )
    parser.add_argument(
        "--compare",
        metavar=("A", "B"),
        nargs=2,
        default=(),
        help="two recordings or speakers of it, by name or place, side by side",
    )
    parser.add_argument("--language", choices=("en", "de"), default="en", help="language of the page (%(default)s)")


def add_place(parser: argparse.ArgumentParser) -> None:
    """Add the project itself."""
    parser.add_argument("project", metavar="PROJECT", type=Path, help="the folder of a project")
