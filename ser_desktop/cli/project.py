"""``ser-desktop project list|check|export``: what a project holds, whether it is whole, and its exports."""

from __future__ import annotations

from argparse import Namespace

from ser_desktop.cli import FAILED, one_line, print_error, print_line
from ser_desktop.cli.exports import ExportRequest, Exports
from ser_desktop.cli.times import clock
from ser_desktop.errors import ProjectError
from ser_desktop.project.content import Project, ProjectRecording
from ser_desktop.project.finding import Whereabouts, find_recordings
from ser_desktop.project.store import read_project

WHOLE = (Whereabouts.THERE, Whereabouts.MOVED)


def project(arguments: Namespace) -> int:
    """Run one of the commands on a project and return the exit status.

    Raises:
        SerError: The project cannot be read, or an export cannot be written.
    """
    opened = read_project(arguments.project)
    if arguments.action == "list":
        return _list(opened)
    return _check(opened) if arguments.action == "check" else _export(opened, arguments)


def _list(opened: Project) -> int:
    print_line(one_line(f"{opened.name}: {len(opened.recordings)} recordings"))
    for found in find_recordings(opened):
        each = found.recording
        parts = [_length(each), f"{len(each.markers)} markers", f"{len(each.corrections)} corrections"]
        parts += ["words" if each.has_words else "", "" if found.whereabouts in WHOLE else found.whereabouts.value]
        line = one_line(f"{each.name}: {', '.join(part for part in parts if part)}")
        print_line(f"  {line}")
    if opened.annotators:
        print_line(one_line(f"Annotators: {', '.join(opened.annotators)}"))
    return 0


def _length(each: ProjectRecording) -> str:
    """Return the length of a recording, or what is wrong with its timeline."""
    if not each.timelines:
        return "not analysed"
    try:
        return clock(max(part.read().end_s for part in each.timelines))
    except ProjectError:
        return "timeline cannot be read"


def _check(opened: Project) -> int:
    """Compute the hash of each recording and read every file of the project."""
    status = 0
    for found in find_recordings(opened, is_thorough=True):
        each, fault = found.recording, None
        if found.whereabouts is Whereabouts.MISSING:
            fault = ProjectError("“{name}” is missing.", "Put it back to “{path}”.", name=each.name, path=each.path)
        elif found.whereabouts is Whereabouts.CHANGED:
            fault = ProjectError(
                "“{name}” has changed since the project was saved.", "Analyse it again.", name=each.name
            )
        try:
            each.exported()
        except ProjectError as error:
            fault = fault or error
        if fault:
            status = FAILED
            print_error(fault)
        else:
            print_line(one_line(f"{each.name}: {found.whereabouts.value}"))
    return status


def _export(opened: Project, arguments: Namespace) -> int:
    """Write all recordings of the project in some formats."""
    recordings = [exported for each in opened.recordings for exported in each.exported()]
    if not recordings:
        raise ProjectError("“{path}” holds no analysed recording.", "Analyse one first.", path=opened.folder)
    requests = [ExportRequest.parse(text) for text in arguments.export]
    labels = recordings[0].timeline.labels
    if any(each.timeline.labels != labels for each in recordings):
        raise ProjectError(
            "“{path}” holds recordings of models with different emotions.",
            "Analyse all of them with one model.",
            path=opened.folder,
        )
    is_each_channel = any(len(each.timelines) > 1 for each in opened.recordings)
    with Exports(
        requests,
        labels=labels,
        recordings=[each.path for each in opened.recordings],
        is_each_channel=is_each_channel,
        has_markers=any(each.markers or each.corrections for each in opened.recordings),
    ) as exports:
        for exported in recordings:
            exports.write(exported)
    for line in exports.summary():
        print_line(line)
    return 0
