"""Analyses and exports one recording of a batch: the same function in every worker, here or on another machine."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from ser_desktop.analysis.analyzer import AnalysisSpec, Analyzer
from ser_desktop.analysis.file_analysis import analyze_source
from ser_desktop.audio.files import FileSource
from ser_desktop.batch.messages import BatchSettings, Outcome, Task, path_of, path_text
from ser_desktop.batch.outputs import formats_of, make_folder, one_line, suffixes_of
from ser_desktop.batch.store import Store
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.model_file import open_model
from ser_desktop.emotion.voice_profile import read_profile
from ser_desktop.errors import SerError
from ser_desktop.export.format import AnalysisSettings, ExportedRecording
from ser_desktop.export.provenance import sha256_of
from ser_desktop.export.registry import write_export
from ser_desktop.export.summary_table import summary_cells


class Analyst:
    """A loaded model that analyses recordings one after the other.

    Args:
        settings: How they are analysed and exported.

    Raises:
        SerError: The model cannot be used, or the settings do not fit it.
    """

    def __init__(self, settings: BatchSettings) -> None:
        self._settings = settings
        self._formats = formats_of(settings.formats)
        self._classifier = EmotionClassifier(open_model(Path(settings.model)), device=settings.device)
        self._spec = AnalysisSpec(
            settings.window_s,
            settings.hop_s,
            settings.smoothing_s,
            abstain_threshold=settings.abstain_threshold,
            voice=read_profile(settings.voice.encode()) if settings.voice else None,
            one_speaker=not settings.several_speakers,
        )
        self._store = Store(settings.url) if settings.url else None
        Analyzer(self._classifier, rate=self._classifier.info.features.rate, spec=self._spec)  # checks the window

    def run(self, task: Task, folder: Path) -> Outcome:
        """Analyse and export one recording.

        Files are written atomically. For a recording that cannot be read, the outcome has the reason.

        Args:
            task: The recording.
            folder: Folder of the batch, to which the names of the exports are relative.
        """
        if not self._store:
            return self._run(task, folder)
        with tempfile.TemporaryDirectory(prefix="ser-desktop-") as here:  # the folder may not exist on this machine
            output = Path(here) / path_of(task.output).relative_to(folder)
            return self._run(msgspec.structs.replace(task, output=path_text(output)), Path(here))

    def _run(self, task: Task, folder: Path) -> Outcome:
        files: list[str] = []
        rows, seconds, warning = [], 0.0, ""
        try:
            sha256 = sha256_of(path_of(task.path))
            for recording, loss in self._recordings(task, sha256):
                files += self._written(recording, task, folder)
                rows.append(summary_cells(recording))
                seconds, warning = recording.timeline.end_s, warning or loss
        except SerError as error:
            return Outcome(task.name, task.size, task.changed_ns, failure=one_line(str(error)))
        return Outcome(task.name, task.size, task.changed_ns, "", warning, tuple(files), tuple(rows), seconds)

    def _recordings(self, task: Task, sha256: str | None) -> Iterator[tuple[ExportedRecording, str]]:
        """Yield each requested channel of a recording, and why a part of it could not be read."""
        chosen, path = self._settings.channel, path_of(task.path)
        channel = 1 if chosen == "all" else None if chosen == "mix" else chosen
        while True:
            with FileSource(path, channel=channel, track=self._settings.track) as source:
                found = analyze_source(source, self._classifier, self._spec)
                recording = ExportedRecording(
                    task.name,
                    self._classifier.info.identity,
                    found.timeline,
                    rate=source.rate,
                    channels=source.channels,
                    channel=channel,
                    settings=AnalysisSettings(
                        self._spec.window_s or self._classifier.info.window_s,
                        self._spec.hop_s,
                        self._spec.smoothing_s,
                    ),
                    sha256=sha256,
                    voice=found.voice,
                    abstain_threshold=self._spec.threshold_of(self._classifier.info),
                )
                yield recording, one_line(str(source.loss.warning(path))) if source.loss else ""
                if chosen != "all" or channel is None or channel >= source.channels:
                    return
            channel += 1

    def _written(self, recording: ExportedRecording, task: Task, folder: Path) -> Iterator[str]:
        """Write the exports of a recording and yield their names. The batch has removed old part files at its start."""
        output = path_of(task.output)
        make_folder(output.parent)
        channel = f"-ch{recording.channel}" if recording.channel else ""
        for chosen, suffix in zip(self._formats, suffixes_of(self._formats), strict=True):
            path = output.with_name(f"{output.name}{channel}{suffix}")
            write_export(chosen, path, recording, recordings=[path_of(task.path)], is_swept=True)
            name = os.fsencode(path.relative_to(folder)).decode("utf-8", "replace")
            if self._store:
                self._store.put(path, name)
            yield name
