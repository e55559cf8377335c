"""Projects for tests: recordings that are a few bytes, with all that a project can hold of one."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np

from ser_desktop.analysis.timeline import Columns, Timeline
from ser_desktop.corrections import Correction
from ser_desktop.export.format import AnalysisSettings
from ser_desktop.export.provenance import sha256_of
from ser_desktop.project.content import KeptTimeline, KeptWords, ProjectRecording
from ser_desktop.project.finding import state_of_file
from ser_desktop.transcript import Line, Speakers, Transcript, Turn, Word, WordTimes
from ser_desktop.values import AffectClaim, Marker, VoiceUse

LABELS = ("neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised")
VOICE = VoiceUse(speakers={1: VoiceUse("Eva", 0.0), 2: VoiceUse(None, 7.25)})
SAID = (
    Correction(0.0, 0.5, "Anna", "angry", (AffectClaim.HIGH_AROUSAL,), note="door; slams"),
    Correction(0.0, 0.5, "Ben", cannot_tell=True),
)


def timeline(seconds: float) -> Timeline:
    """A timeline with all states in turn, as a table holds it: rounded."""
    count = round(seconds / 0.25)
    states = (np.arange(count) % 4).astype(np.uint8)  # speech, uncertain, no speech, gap
    scores = np.round(np.random.default_rng(1).dirichlet(np.ones(len(LABELS)), count), 6)
    numbers = np.column_stack(
        [
            np.arange(count) * 0.25,
            np.arange(1, count + 1) * 0.25,
            np.full(count, -20.5),
            scores,
            np.full((count, 2), 0.25),
        ]
    )
    numbers[states >= 2, 3:] = math.nan
    numbers[states == 3, 2] = math.nan
    claims = np.where(states < 2, 8, 0).astype(np.uint8)  # quiet and unpleasant
    return Timeline.from_columns(LABELS, Columns(states, claims, numbers))


def recording(path: Path, seconds: float = 2.0) -> ProjectRecording:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"sound of " + path.name.encode())
    size, modified_ns = state_of_file(path)
    line = Line(0.0, 1.0, "Hello you", (Word("Hello", 0.0, 0.5, 0.75), Word("you", 0.5, 1.0)))
    words = KeptWords(
        Transcript((line,), "en", "tiny-en", WordTimes.MEASURED), Speakers((Turn(0.0, 1.0, 1),), {1: "Eva"}, {1: "Eva"})
    )
    return ProjectRecording(
        path,
        sha256_of(path),
        size,
        modified_ns,
        rate=16_000,
        model="tiny@12345678",
        abstain_threshold=0.6,
        settings=AnalysisSettings(3.0, 0.25, 0.5),
        timelines=(KeptTimeline(None, timeline=timeline(seconds), words=words, voice=VOICE),),
        markers=(Marker(0.25, "laugh"),),
        corrections=SAID,
        note="A note\nof two lines",
        cursor_s=0.75,
        view_s=(0.0, 1.5),
    )
