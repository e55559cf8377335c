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


def add_place(parser: argparse.ArgumentParser) -> None:
    """Add the project itself."""
    parser.add_argument("project", metavar="PROJECT", type=Path, help="the folder of a project")
