"""Makes a project of annotated recordings from a corpus: clips of a speaker, one after the other, with corrections."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile
from projects import LABELS

from ser_desktop.analysis.timeline import Timeline
from ser_desktop.corrections import Correction
from ser_desktop.project.content import KeptTimeline, KeptWords, Project, ProjectRecording
from ser_desktop.project.finding import state_of_file
from ser_desktop.project.store import write_project
from ser_desktop.transcript import Speakers, Turn
from training.data.corpora import Clip, Corpus
from training.data.features import read_mono

RATE = 16_000
PAUSE_S = 1.0


def annotated_project(
    folder: Path,
    corpus: Corpus,
    *,
    per_recording: int,
    seed: int = 0,
    is_random: bool = False,
    is_named: bool = False,
) -> Project:
    """Write recordings of a corpus and a project in which somebody named the emotion of each clip.

    Args:
        folder: Where both go.
        corpus: Its clips.
        per_recording: Clips of a recording, all of one speaker.
        seed: Of the order.
        is_random: Whether the labels are exchanged at random.
        is_named: Whether the user named the speakers.
    """
    random = np.random.default_rng(seed)
    labels = [clip.emotion for clip in corpus.clips]
    if is_random:
        labels = random.permutation(labels).tolist()
    label_of = {clip.path: label for clip, label in zip(corpus.clips, labels, strict=True)}
    recordings = []
    for speaker in corpus.speakers:
        own = [clip for clip in corpus.clips if clip.speaker == speaker]
        order = random.permutation(len(own))
        for number, first in enumerate(range(0, len(own), per_recording)):
            some = [own[index] for index in order[first : first + per_recording]]
            recordings.append(_recording(folder / f"{speaker}-{number}.flac", some, label_of, is_named=is_named))
    project = Project(folder / "annotated.serproject", recordings)
    write_project(project)
    return project


def _recording(path: Path, clips: list[Clip], label_of: dict[Path, str], *, is_named: bool) -> ProjectRecording:
    path.parent.mkdir(parents=True, exist_ok=True)
    parts, said, position = [np.zeros(RATE, np.float32)], [], RATE
    for clip in clips:
        samples = read_mono(clip.path, RATE)
        said.append(Correction(position / RATE, (position + len(samples)) / RATE, "Anna", label_of[clip.path]))
        parts += [samples, np.zeros(round(PAUSE_S * RATE), np.float32)]
        position += len(parts[-1]) + len(samples)
    soundfile.write(path, np.concatenate(parts), RATE)
    size, modified_ns = state_of_file(path)
    speakers = Speakers((Turn(0.0, position / RATE, 1),), {1: clips[0].speaker})
    words = KeptWords(speakers=speakers) if is_named else None
    return ProjectRecording(
        path,
        size=size,
        modified_ns=modified_ns,
        rate=RATE,
        timelines=(KeptTimeline(None, timeline=Timeline(LABELS), words=words),),
        corrections=tuple(said),
    )
