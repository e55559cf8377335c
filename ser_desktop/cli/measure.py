"""``ser-desktop measure``: pitch, intensity and voice quality of each passage with speech, as a table."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from ser_desktop.acoustics.columns import FloatArray
from ser_desktop.acoustics.csv_tables import PassageTable
from ser_desktop.acoustics.voice import VoiceMeasures, measure_voice
from ser_desktop.analysis.segments import segments
from ser_desktop.atomic_file import atomic_text_file
from ser_desktop.audio.files import FileSource
from ser_desktop.cli import FAILED, print_error, print_line
from ser_desktop.cli.analyze import analysis_spec, analyze_file, load_classifier
from ser_desktop.cli.report import name_of
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.errors import ExportError, SerError
from ser_desktop.values import Segment, State

SPOKEN = (State.SPEECH, State.UNCERTAIN)


def measure(arguments: Namespace) -> int:
    """Measure the passages of each file, write the table, and return the exit status."""
    if any(_is_same(arguments.csv, path) for path in arguments.files):
        raise ExportError(
            "“{path}” is the recording, and a table does not replace it.", "Give another name.", path=arguments.csv
        )
    classifier, failed, count = load_classifier(arguments), False, 0
    with atomic_text_file(arguments.csv) as file:
        table = PassageTable(file)
        for path in arguments.files:
            try:
                count += table.write(name_of(path), _measured(path, arguments, classifier))
            except SerError as error:
                print_error(error)
                failed = True
    print_line(f"{arguments.csv}: {count} passages")
    return FAILED if failed else 0


def _is_same(one: Path, other: Path) -> bool:
    try:
        return Path(one).samefile(other)
    except OSError:
        return False


def _measured(
    path: Path, arguments: Namespace, classifier: EmotionClassifier
) -> Iterator[tuple[float, float, str, VoiceMeasures]]:
    """Yield start, end, claim and measures of each passage with speech of a recording."""
    channel, track = arguments.channel, arguments.track
    report = analyze_file(path, classifier, analysis_spec(arguments), channel=channel, track=track)
    spoken = [each for each in segments(report.timeline) if each.state in SPOKEN]
    with FileSource(path, channel=channel, track=track) as source:
        for passage, samples in _sound_of(source, spoken):
            yield passage.start_s, passage.end_s, _claimed(passage), measure_voice(samples, source.rate)


def _claimed(passage: Segment) -> str:
    """Return what is claimed of a passage; empty where nothing is."""
    if passage.state is State.SPEECH:
        return passage.label or ""
    return ", ".join(claim.word for claim in passage.claims)


def _sound_of(source: FileSource, passages: list[Segment]) -> Iterator[tuple[Segment, FloatArray]]:
    """Yield the samples of each passage; one passage at a time is in memory."""
    waiting = iter(passages)
    passage = next(waiting, None)
    held: list[FloatArray] = []
    for chunk in source.chunks():
        while passage:
            start, end = (round(each * source.rate) for each in (passage.start_s, passage.end_s))
            held.append(chunk.samples[max(0, start - chunk.start) : max(0, end - chunk.start)])
            if end > chunk.end:
                break
            yield passage, np.concatenate(held)
            passage, held = next(waiting, None), []
    if passage and held:
        yield passage, np.concatenate(held)
