"""``ser-desktop agreement PROJECT``: how well people agree with each other and with the model."""

from __future__ import annotations

from argparse import Namespace

from ser_desktop.cli import one_line, print_line
from ser_desktop.project.agreement import agreement_of, judged_passages
from ser_desktop.project.agreement_text import agreement_lines
from ser_desktop.project.store import read_project


def agreement(arguments: Namespace) -> int:
    """Print the agreement on the corrected passages of a project, and return the exit status.

    Raises:
        SerError: The project cannot be read, or a package is not installed.
    """
    recordings = read_project(arguments.project).recordings
    found = judged_passages((exported, each.abstain_threshold) for each in recordings for exported in each.exported())
    for line in agreement_lines(agreement_of(found)):
        indent = "  " if line.startswith("  ") else ""
        print_line(line if line.startswith("  ") and line.strip() else indent + one_line(line))
    return 0
