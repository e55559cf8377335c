"""``ser-desktop export``: an exported timeline in another format, without analysing anew."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from ser_desktop.cli import print_line
from ser_desktop.cli.exports import ExportRequest, Exports
from ser_desktop.errors import ExportError
from ser_desktop.export.format import Content, ExportedRecording, Format
from ser_desktop.export.registry import FORMATS, format_named, read_export


def export(arguments: Namespace) -> int:
    """Read a file, write its recordings in the wanted format, and return the exit status.

    Raises:
        ExportError: The file cannot be read, its recordings have different emotions, or it does not hold what the
            format needs.
    """
    chosen = format_named(arguments.to)
    recordings = read_export(arguments.table)
    has_markers = any(each.markers or each.corrections for each in recordings)
    _check_content(arguments.table, chosen, recordings, has_markers=any(each.markers for each in recordings))
    labels = {each.timeline.labels for each in recordings if each.timeline.labels}
    if len(labels) > 1:
        raise ExportError(
            "“{path}” holds recordings with different emotions.", "Export them one by one.", path=arguments.table
        )
    path = arguments.output or str(arguments.table.with_suffix(chosen.suffix))
    request = ExportRequest(chosen, path, chosen.name)
    target = request.path_for(recordings[0].file if recordings else "")
    if os.path.realpath(target) == os.path.realpath(arguments.table):
        raise ExportError(
            "“{path}” is the file that is read, and the export would replace it.",
            "Give another name, with --output.",
            path=path,
        )
    labels_of_all = next(iter(labels), ())
    with Exports([request], labels=labels_of_all, recordings=[arguments.table], has_markers=has_markers) as exports:
        for recording in recordings:
            exports.write(recording)
    for line in exports.summary():
        print_line(line)
    return 0


def _check_content(path: Path, chosen: Format, recordings: Sequence[ExportedRecording], *, has_markers: bool) -> None:
    """Check that a file holds what a format needs: annotations of other programs hold no timeline."""
    lacks_entries = any(not len(each.timeline) and (each.joined is not None or each.markers) for each in recordings)
    if chosen.content is Content.TIMELINE and lacks_entries:
        raise ExportError(
            "“{path}” does not hold the entries of a timeline.",
            "Choose a format of passages or markers, such as {formats}.",
            path=path,
            formats=", ".join(each.name for each in FORMATS if each.content is not Content.TIMELINE),
        )
    if chosen.content is Content.CORRECTIONS and not any(each.corrections for each in recordings):
        raise ExportError("“{path}” holds no corrections.", "Choose another file, or another format.", path=path)
    if chosen.content is Content.MARKERS and not has_markers:
        raise ExportError("“{path}” holds no markers.", "Choose another file, or another format.", path=path)
