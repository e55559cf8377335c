"""``ser-desktop analyze``: recordings to reports and one table."""

from __future__ import annotations

import sys
from argparse import Namespace
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tqdm import tqdm

from ser_desktop import paths
from ser_desktop.analysis.analyzer import AnalysisSpec, Analyzer
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.audio.files import FileSource
from ser_desktop.cli import FAILED, complain
from ser_desktop.cli.report import Report
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.model_file import open_model
from ser_desktop.errors import AudioFileError, SerError
from ser_desktop.export.timeline_csv import TimelineCsvWriter
from ser_desktop.export.whole_file import whole_text_file

PROGRESS_AFTER_S = 5.0


def analyze(arguments: Namespace) -> int:
    """Analyse each file, go on after a bad one, and return the exit status."""
    classifier = load_classifier(arguments)
    spec = analysis_spec(arguments)
    Analyzer(classifier, rate=classifier.info.features.rate, spec=spec)  # refuses a wrong window before any file
    failed = False
    with ExitStack() as stack:
        table = open_table(stack, arguments.csv, classifier)
        for file in arguments.files:
            try:
                report = analyze_file(file, classifier, spec, is_quiet=arguments.quiet)
            except SerError as error:
                complain(error)
                failed = True
                continue
            if report.warning:
                complain(AudioFileError(report.warning))
                failed = True
            rows = table.write(str(file), report.timeline) if table else 0
            _show(report, arguments, rows)
    return FAILED if failed else 0


def load_classifier(arguments: Namespace) -> EmotionClassifier:
    """Return the model that the user chose, ready to run."""
    return EmotionClassifier(open_model(arguments.model or paths.default_model()), device=arguments.device)


def analysis_spec(arguments: Namespace) -> AnalysisSpec:
    """Return the window, hop and smoothing that the user chose."""
    return AnalysisSpec(window_s=arguments.window, hop_s=arguments.hop, smoothing_s=arguments.smoothing)


def open_table(stack: ExitStack, path: Path | None, classifier: EmotionClassifier) -> TimelineCsvWriter | None:
    """Return a writer whose file takes its place when the stack ends without an error."""
    if path is None:
        return None
    file = stack.enter_context(whole_text_file(path))
    return TimelineCsvWriter(file, labels=classifier.info.labels, model=classifier.info.identity)


def analyze_file(path: Path, classifier: EmotionClassifier, spec: AnalysisSpec, *, is_quiet: bool = True) -> Report:
    """Return the report of one recording.

    Raises:
        AudioFileError: The file cannot be read.
    """
    with FileSource(path) as source, _progress(source, is_quiet) as bar:
        analyzer = Analyzer(classifier, rate=source.rate, spec=spec)
        timeline = Timeline(classifier.info.labels)
        for chunk in source.chunks():
            timeline.extend(analyzer.push(chunk))
            bar.update(len(chunk.samples) / source.rate)
        timeline.extend(analyzer.flush())
        return Report(
            file=str(path),
            rate=source.rate,
            channels=source.channels,
            seconds=timeline.end_s,
            model=classifier.info.identity,
            device=classifier.device,
            timeline=timeline,
            warning=f"“{path}” {source.ended_early}; what is there was analysed. Copy the file again."
            if source.ended_early
            else "",
        )


def _progress(source: FileSource, is_quiet: bool) -> Any:
    return tqdm(
        total=source.seconds,
        desc=Path(source.name).name,
        unit="s",
        delay=PROGRESS_AFTER_S,
        disable=is_quiet or not sys.stderr.isatty(),
        bar_format="{desc}: {percentage:3.0f} % |{bar:30}| {elapsed} of about {remaining} more",
        leave=False,
    )


def _show(report: Report, arguments: Namespace, rows: int) -> None:
    if arguments.format == "json":
        print(report.as_json(), flush=True)
    elif not arguments.quiet:
        print(report.as_text())
        if arguments.csv:
            print(f"  table {arguments.csv}: {rows} rows")
        print(flush=True)
