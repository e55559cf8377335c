"""What runs in the processes that analyse: the model is loaded once, then one recording after the other."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ser_desktop.analysis.analyzer import AnalysisSpec
from ser_desktop.analysis.file_analysis import analyze_source
from ser_desktop.analysis.headline import headline
from ser_desktop.analysis.spoken import SpokenSpec
from ser_desktop.audio.files import FileSource
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.model_file import open_model
from ser_desktop.errors import SerError
from ser_desktop.export.format import ExportedRecording
from ser_desktop.export.json_lines import json_line


class Progress(Protocol):
    """The queue to the service's process."""

    def put(self, item: tuple[str, float], /) -> None:
        """Send a job's number and its share that is done."""


@dataclass(frozen=True, slots=True)
class Task:
    """One recording to analyse.

    Attributes:
        job: Number of the job.
        path: The upload. It is deleted when nobody waits any more, which ends the analysis.
        name: What the user calls the recording; never used as a path.
        spec: Window, hop and smoothing.
        channel: The channel, from 1; ``None`` for the mean of all.
        spoken_spec: Whether words and speakers are found too.
    """

    job: str
    path: Path
    name: str
    spec: AnalysisSpec
    channel: int | None = None
    spoken_spec: SpokenSpec | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a process returns.

    Attributes:
        line: The recording as one line of JSON; empty after an error.
        error: Why there is none, or why words are missing, in sentences for the user.
        hint: A fact that may matter to the user, likewise.
        headline: How the recording sounds on average.
    """

    line: str = ""
    error: str = ""
    hint: str = ""
    headline: str = ""


class Abandoned(Exception):  # noqa: N818 - no error: nobody waits for the result
    """The upload was deleted during the analysis."""


class _Loaded:
    classifier: EmotionClassifier
    progress: Progress


def start(model: Path, progress: Progress) -> None:
    """Load the model; each process does it once."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C also reaches this process; the service ends it
    for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[threads] = "1"
    _Loaded.classifier, _Loaded.progress = EmotionClassifier(open_model(model)), progress


def warm_up() -> int:
    """Return the number of the process, which has the model loaded by then."""
    return os.getpid()


def analyse(task: Task) -> Answer:
    """Return the analysis of one recording, or the sentences that say why there is none."""
    try:
        with FileSource(task.path, channel=task.channel) as source:
            done = 0

            def on_progress(count: int) -> None:
                nonlocal done
                done += count
                if not task.path.exists():
                    raise Abandoned
                _Loaded.progress.put((task.job, min(1.0, done / source.frames) if source.frames else 0.0))

            found = analyze_source(
                source, _Loaded.classifier, task.spec, spoken_spec=task.spoken_spec, on_progress=on_progress
            )
            recording = ExportedRecording(
                task.name,
                _Loaded.classifier.info.identity,
                found.timeline,
                rate=source.rate,
                channels=source.channels,
                channel=task.channel,
                transcript=found.spoken.transcript,
                speakers=found.spoken.speakers,
                voice=found.voice,
                abstain_threshold=task.spec.threshold_of(_Loaded.classifier.info),
            )
            faults = [found.spoken.error, source.loss.warning(Path(task.name)) if source.loss else None]
            told = " ".join(_said(each, task) for each in faults if each)
            return Answer(
                json_line(recording),
                told,
                _said(source.hint, task) if source.hint else "",
                headline(found.timeline, _Loaded.classifier.info.abstain_threshold),
            )
    except SerError as error:
        return Answer(error=_said(error, task))
    except Abandoned:
        return Answer(error="Nobody waits for this recording any more.")


def _said(error: SerError, task: Task) -> str:
    """Return the sentences of an error, with the user's name of the recording instead of the path of the upload."""
    return str(error).replace(str(task.path), task.name)
