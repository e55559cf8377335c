"""``ser-desktop report``: recordings or a project as one page to send, HTML or PDF."""

from __future__ import annotations

import dataclasses
import json
import subprocess
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from ser_desktop import paths
from ser_desktop.analysis.analyzer import AnalysisSpec
from ser_desktop.analysis.file_analysis import analyze_source
from ser_desktop.atomic_file import atomic_binary_file
from ser_desktop.audio.files import FileSource
from ser_desktop.cli import print_error, print_line
from ser_desktop.cli.report import name_of
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.model_file import open_model
from ser_desktop.errors import AudioFileError, ExportError, SettingsError
from ser_desktop.export.format import AnalysisSettings, ExportedRecording
from ser_desktop.export.registry import refuse_to_replace
from ser_desktop.project.finding import Whereabouts, find_recordings
from ser_desktop.project.store import is_project, read_project
from ser_desktop.report.page import ReportedRecording, report_of
from ser_desktop.report.sound import outline_of

PRINT = "--print-report"  # starts this program to print: only the window has Qt
PATIENCE_S = 120.0


def report(arguments: Namespace) -> int:
    """Write the report and return the exit status.

    Raises:
        SerError: Nothing is to be written, a recording cannot be read, or a file cannot be written.
    """
    targets = [path for path in (arguments.html, arguments.pdf) if path]
    if not targets:
        raise SettingsError("No file for the report is given.", "Give --html OUT or --pdf OUT, or both.")
    for path in targets:
        refuse_to_replace(path, arguments.files)
    recordings = list(_recordings(arguments))
    if not recordings:
        raise ExportError("There is no analysed recording.", "Analyse one first.")
    title = arguments.title or (arguments.files[0].stem if len(arguments.files) == 1 else "")
    if arguments.html:
        page = report_of(recordings, title=title, language=arguments.language, compared=arguments.compare)
        with atomic_binary_file(arguments.html) as file:
            file.write(page.html.encode("utf-8", "replace"))
        print_line(f"report {arguments.html}")
    if arguments.pdf:
        content = _printed(recordings, title, arguments)
        with atomic_binary_file(arguments.pdf) as file:
            file.write(content)
        print_line(f"report {arguments.pdf}")
    return 0


def _recordings(arguments: Namespace) -> Iterator[ReportedRecording]:
    classifier: EmotionClassifier | None = None
    for path in arguments.files:
        if is_project(path):
            yield from _of_project(path)
            continue
        classifier = classifier or EmotionClassifier(
            open_model(arguments.model or paths.default_model()), device=arguments.device
        )
        yield _of_file(path, classifier, arguments)


def _of_project(path: Path) -> Iterator[ReportedRecording]:
    for found in find_recordings(read_project(path)):
        each = found.recording
        is_there = found.whereabouts not in (Whereabouts.MISSING, Whereabouts.CHANGED)
        for exported in each.exported():
            outline = None
            if is_there:
                try:
                    outline = outline_of(each.path, channel=exported.channel, track=each.track)
                except AudioFileError as error:
                    print_error(error)
            yield ReportedRecording(exported, each.abstain_threshold, outline, each.note)


def _of_file(path: Path, classifier: EmotionClassifier, arguments: Namespace) -> ReportedRecording:
    spec = AnalysisSpec(arguments.window, arguments.hop, arguments.smoothing, abstain_threshold=arguments.claim_from)
    source = FileSource(path)
    try:
        found = analyze_source(source, classifier, spec)
    finally:
        source.close()
    info = classifier.info
    exported = ExportedRecording(
        name_of(Path(path.name)),
        info.identity,
        found.timeline,
        source.rate,
        channels=source.channels,
        settings=AnalysisSettings(spec.window_s or info.window_s, spec.hop_s, spec.smoothing_s),
        voice=found.voice,
        abstain_threshold=spec.threshold_of(info),
    )
    return ReportedRecording(exported, spec.threshold_of(info), outline_of(path))


def _printed(recordings: list[ReportedRecording], title: str, arguments: Namespace) -> bytes:
    """Return the report as PDF, printed by Qt in a process of its own.

    Raises:
        ExportError: That process fails.
    """
    page = report_of(recordings, title=title, language=arguments.language, is_print=True, compared=arguments.compare)
    wanted = json.dumps({**dataclasses.asdict(page), "title": title}).encode()
    try:
        done = subprocess.run(
            [*paths.this_program(), PRINT], input=wanted, capture_output=True, timeout=PATIENCE_S, check=False
        )
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or [f"status {done.returncode}"]
        if done.returncode == 0 and done.stdout.startswith(b"%PDF"):
            return done.stdout
    except (OSError, subprocess.TimeoutExpired) as error:
        reason = [str(error)]
    raise ExportError("The report cannot be printed ({reason}).", "Write it as HTML.", reason=reason[0])
