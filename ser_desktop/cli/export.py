"""``ser-desktop export``: an exported timeline in another format, without analysing anew."""

from __future__ import annotations

from argparse import Namespace

from ser_desktop.cli import print_line
from ser_desktop.cli.exports import ExportRequest, Exports
from ser_desktop.errors import ExportError
from ser_desktop.export.registry import format_named, read_export


def export(arguments: Namespace) -> int:
    """Read a file, write its recordings in the wanted format, and return the exit status.

    Raises:
        ExportError: The file cannot be read, its recordings have different emotions, or the format holds markers.
    """
    chosen = format_named(arguments.to)
    recordings = read_export(arguments.table)
    labels = {each.timeline.labels for each in recordings if each.timeline.labels}
    if len(labels) > 1:
        raise ExportError(
            "“{path}” holds recordings with different emotions.", "Export them one by one.", path=arguments.table
        )
    path = arguments.output or str(arguments.table.with_suffix(chosen.suffix))
    request = ExportRequest(chosen, path, chosen.name)
    with Exports([request], labels=next(iter(labels), ()), recordings=[arguments.table]) as exports:
        for recording in recordings:
            exports.write(recording)
    for line in exports.summary():
        print_line(line)
    return 0
