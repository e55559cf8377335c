"""``ser-desktop analyze``: recordings to reports and one table."""

from __future__ import annotations

import dataclasses
import shutil
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from typing import Any

from tqdm import tqdm

from ser_desktop import paths
from ser_desktop.analysis.analyzer import AnalysisSpec, Analyzer
from ser_desktop.analysis.file_analysis import analyze_source
from ser_desktop.analysis.speaker_memory import SpeakerVoices
from ser_desktop.analysis.spoken import SpokenSpec
from ser_desktop.audio.files import FileSource
from ser_desktop.cli import FAILED, PIPE_CLOSED, PipeClosedError, one_line, print_error, print_hint, print_line
from ser_desktop.cli.argument_types import ALL
from ser_desktop.cli.asking import asked, language_model
from ser_desktop.cli.exports import ExportRequest, Exports
from ser_desktop.cli.report import Report, name_of
from ser_desktop.cli.spoken import read_spoken_spec
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.model_file import ModelInfo, open_model
from ser_desktop.emotion.voice_store import VoiceStore
from ser_desktop.errors import SerError, SettingsError
from ser_desktop.export import timeline_csv
from ser_desktop.export.format import AnalysisSettings
from ser_desktop.export.provenance import sha256_of
from ser_desktop.settings import voices_folder
from ser_desktop.signals import exit_on_signals

PROGRESS_AFTER_S = 5.0
PROGRESS_WIDTH = 100
NAME_WIDTH = 30
CHANNELS_NEEDED = "Add --channel all, or the number of the one channel that is analysed."
SPEAKERS_NEEDED = "Add --speakers, and leave out --voice and --several-speakers."


def analyze(arguments: Namespace) -> int:
    """Analyse each file, continue after one that cannot be read, and return the exit status."""
    classifier = load_classifier(arguments)
    spec, spoken_spec = analysis_spec(arguments), read_spoken_spec(arguments)
    of_channels = specs_of_channels(arguments, spec)
    language_model(arguments)  # raises for a wrong address before a file is opened
    # Raises SettingsError for a wrong window before a file is opened.
    Analyzer(classifier, rate=classifier.info.features.rate, spec=spec)
    reported, failed, is_read = 0, False, True
    hash_of = lru_cache(maxsize=1)(sha256_of)  # the channels of a file follow each other
    with ExitStack() as stack:
        stack.enter_context(exit_on_signals())
        exports = stack.enter_context(
            Exports(
                export_requests(arguments),
                labels=classifier.info.labels,
                recordings=arguments.files,
                is_each_channel=arguments.channel == ALL,
                has_speakers=bool(spoken_spec and spoken_spec.wants_speakers),
            )
        )
        for file, report in _reports(arguments, classifier, spec, of_channels=of_channels, spoken_spec=spoken_spec):
            if isinstance(report, SerError):
                if not reported and file is arguments.files[-1]:
                    raise report  # nothing was analysed: existing exports stay as they are
                print_error(report)
                failed = True
                continue
            reported += 1
            report = asked(dataclasses.replace(report, interpreted_in=arguments.interpret), arguments)  # noqa: PLW2901
            if exports:
                exports.write(dataclasses.replace(report.exported(), sha256=hash_of(file)))
            is_read = _print_report(report, arguments, has_exports=bool(exports)) and is_read
            failed = failed or bool(report.faults)
    if arguments.format == "text" and not arguments.quiet:
        for line in exports.summary():
            print_line(line)
    return PIPE_CLOSED if not is_read else FAILED if failed else 0


def load_classifier(arguments: Namespace) -> EmotionClassifier:
    """Return the model that the user chose, ready to run."""
    return EmotionClassifier(open_model(arguments.model or paths.default_model()), device=arguments.device)


def analysis_spec(arguments: Namespace) -> AnalysisSpec:
    """Return the window, hop, smoothing and voice that the user chose.

    Raises:
        SettingsError: There is no such voice, or voices of speakers are given and speakers are not wanted.
    """
    name = getattr(arguments, "voice", None)
    store = VoiceStore(voices_folder())
    of_speakers = {number: store.read(each) for number, each in getattr(arguments, "speaker_voice", ())}
    is_one = not getattr(arguments, "several_speakers", False)
    if of_speakers and (name or not is_one or not (arguments.speakers or arguments.speaker_name)):
        raise SettingsError("--speaker-voice is for a recording whose speakers are found.", SPEAKERS_NEEDED)
    return AnalysisSpec(
        window_s=arguments.window,
        hop_s=arguments.hop,
        smoothing_s=arguments.smoothing,
        voice=store.read(name) if name else None,
        one_speaker=is_one,
        speakers=SpeakerVoices((), of_speakers) if of_speakers else None,
        abstain_threshold=getattr(arguments, "claim_from", None),
    )


def specs_of_channels(arguments: Namespace, spec: AnalysisSpec) -> dict[int, AnalysisSpec]:
    """Return the settings of each channel for which a voice was given; ``spec`` is for the others.

    Raises:
        SettingsError: There is no such voice, or the channels are not analysed by themselves.
    """
    voices = dict(arguments.channel_voice)
    chosen = arguments.channel
    if voices and (chosen is None or (chosen != ALL and set(voices) != {chosen})):
        raise SettingsError("--channel-voice is for channels that are analysed by themselves.", CHANNELS_NEEDED)
    if voices and spec.speakers:
        raise SettingsError("A voice is given for a channel and for one of its speakers.", "Give one of the two.")
    store = VoiceStore(voices_folder())
    return {
        number: dataclasses.replace(spec, voice=store.read(name), one_speaker=True) for number, name in voices.items()
    }


def own_threshold(spec: AnalysisSpec, info: ModelInfo) -> float | None:
    """Return the model's own abstain threshold where another one was chosen."""
    return info.abstain_threshold if spec.threshold_of(info) != info.abstain_threshold else None


def export_requests(arguments: Namespace) -> list[ExportRequest]:
    """Return the requested exports: ``--csv`` first, then each ``--export``."""
    table = [ExportRequest(timeline_csv.FORMAT, str(arguments.csv), "table", is_one_file=True)] if arguments.csv else []
    return table + [ExportRequest.parse(text) for text in arguments.export]


def _reports(
    arguments: Namespace,
    classifier: EmotionClassifier,
    spec: AnalysisSpec,
    *,
    of_channels: Mapping[int, AnalysisSpec],
    spoken_spec: SpokenSpec | None,
) -> Iterator[tuple[Path, Report | SerError]]:
    """Yield each file with the report of each wanted channel, or with the error that ended it."""

    def read(file: Path, *, channel: int | None) -> Report:
        return analyze_file(
            file,
            classifier,
            of_channels.get(channel or 0, spec),
            channel=channel,
            track=arguments.track,
            is_quiet=arguments.quiet,
            spoken_spec=spoken_spec,
        )

    is_each = arguments.channel == ALL
    for file in arguments.files:
        try:
            report = read(file, channel=1 if is_each else arguments.channel)
            yield file, report
            last = max(report.channels, *of_channels, 1)  # a channel with a voice that is not there is told
            for channel in range(2, last + 1) if is_each else ():
                # A truncated file is the same for each of its channels.
                yield file, dataclasses.replace(read(file, channel=channel), warning=None)
        except SerError as error:
            yield file, error


def analyze_file(
    path: Path,
    classifier: EmotionClassifier,
    spec: AnalysisSpec,
    *,
    channel: int | None = None,
    track: int = 1,
    is_quiet: bool = True,
    spoken_spec: SpokenSpec | None = None,
) -> Report:
    """Return the report of one recording.

    Args:
        path: The recording.
        classifier: The model.
        spec: Window, hop and smoothing.
        channel: The channel, from 1; ``None`` for the mean of all.
        track: The audio track, from 1.
        is_quiet: Show no progress.
        spoken_spec: Whether words and speakers are found too.

    Raises:
        AudioFileError: The file cannot be read, or lacks the channel or the track.
    """
    with FileSource(path, channel=channel, track=track) as source, _progress(source, is_quiet) as bar:
        found = analyze_source(source, classifier, spec, spoken_spec=spoken_spec, on_progress=bar.update)
        return Report(
            file=name_of(path),
            rate=source.rate,
            channels=source.channels,
            seconds=found.timeline.end_s,
            model=classifier.info.identity,
            device=classifier.device,
            abstain_threshold=spec.threshold_of(classifier.info),
            own_threshold=own_threshold(spec, classifier.info),
            timeline=found.timeline,
            warning=source.loss.warning(path) if source.loss else None,
            hint=source.hint,
            channel=channel,
            settings=AnalysisSettings(spec.window_s or classifier.info.window_s, spec.hop_s, spec.smoothing_s),
            spoken=found.spoken,
            voice=found.voice,
        )


def _progress(source: FileSource, is_quiet: bool) -> Any:
    """Return a progress bar in samples, which appears after 5 s."""
    return tqdm(
        total=source.frames,
        desc=one_line(source.name)[:NAME_WIDTH],
        ncols=min(shutil.get_terminal_size().columns - 1, PROGRESS_WIDTH),
        delay=PROGRESS_AFTER_S,
        disable=is_quiet or not sys.stderr.isatty(),
        bar_format="{desc} {percentage:3.0f} % |{bar}| {remaining} left" if source.frames else "{desc} {elapsed}",
        leave=False,
    )


def _print_report(report: Report, arguments: Namespace, *, has_exports: bool) -> bool:
    """Print a report and the faults of its recording, and return whether stdout is still read.

    Raises:
        PipeClosedError: stdout is closed, and nothing is exported either.
    """
    is_read = True
    try:
        _show(report, arguments)
    except PipeClosedError:
        if not has_exports:
            raise
        is_read = False
    for hint in report.hints:
        print_hint(hint)
    for fault in report.faults:
        print_error(fault)
    return is_read


def _show(report: Report, arguments: Namespace) -> None:
    if arguments.format == "json":
        print_line(report.as_json())
    elif not arguments.quiet:
        print_line(f"{report.as_text()}\n")
