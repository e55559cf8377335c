"""A recording with every kind of passage, for the tests of the formats of other programs."""

from __future__ import annotations

import functools
import random

from ser_desktop.analysis.timeline import Timeline
from ser_desktop.export.format import AnalysisSettings, ExportedRecording
from ser_desktop.transcript import Line, Speakers, Transcript, Turn, Word, WordTimes
from ser_desktop.values import Affect, AffectClaim, EmotionScores, Marker, Segment, State, TimelineEntry

LABELS = ("angry", "sad & tired")
CLAIMS = (AffectClaim.HIGH_AROUSAL, AffectClaim.NEGATIVE)
MARKERS = (Marker(0.3, 'he says "no" <loud> ü'), Marker(1.25, ""))
SHA256 = "0123456789abcdef" * 4
SETTINGS = AnalysisSettings(3.0, 0.25, 0.5)
STATES = (
    (State.NO_SPEECH, None, ()),
    (State.SPEECH, 0.75, CLAIMS),
    (State.SPEECH, 0.75, CLAIMS),
    (State.SPEECH, 0.125, ()),
    (State.UNCERTAIN, 0.5, CLAIMS),
    (State.UNCERTAIN, 0.5, ()),
    (State.GAP, None, ()),
)


WORDS = (Word("No", 0.25, 0.5), Word("way,", 0.5, 0.75), Word("<I>", 1.0, 1.125), Word("say", 1.125, 1.5))
SAID = Transcript(
    (Line(0.25, 0.75, "No way,", WORDS[:2]), Line(1.0, 1.5, "<I> say", WORDS[2:])),
    "en",
    "tiny-en",
    WordTimes.SPREAD,
    0.875,
)
WHO = Speakers((Turn(0.25, 0.875, 1), Turn(0.75, 1.5, 2)), {2: "Anna Bär"})  # who speak at once


def timeline() -> Timeline:
    made = Timeline(LABELS)
    for index, (state, angry, claims) in enumerate(STATES):
        scores = None if angry is None else EmotionScores(LABELS, (angry, 1.0 - angry))
        affect = Affect(0.875, 0.25, claims) if scores else None
        level_dbfs = None if state is State.GAP else -20.5
        made.append(TimelineEntry(index / 4, (index + 1) / 4, state, level_dbfs, scores, affect))
    return made


def recording(file: str = 'talks/a "b" ü.wav', *, markers: tuple[Marker, ...] = MARKERS) -> ExportedRecording:
    return ExportedRecording(
        file,
        "tiny@01234567",
        timeline(),
        16_000,
        2,
        markers=markers,
        channel=2,
        settings=SETTINGS,
        sha256=SHA256,
        transcript=SAID,
        speakers=WHO,
    )


def claimed(joined: list[Segment]) -> list[Segment]:
    """The passages about which something is claimed."""
    return [each for each in joined if each.state is State.SPEECH or each.claims]


@functools.cache
def long_recording(seconds: int) -> ExportedRecording:
    """A recording at the default hop, with eight emotions and passages of about two seconds."""
    labels = ("neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised")
    made, chosen = Timeline(labels), random.Random(0)
    for index in range(4 * seconds):
        if index % 8 == 0:
            top, state = chosen.randrange(8), chosen.choice(list(State))
        values = tuple(0.65 if label == labels[top] else 0.05 for label in labels)
        scores = EmotionScores(labels, values) if state in (State.SPEECH, State.UNCERTAIN) else None
        level_dbfs = None if state is State.GAP else -30.0
        affect = Affect(0.9, 0.2, CLAIMS if top % 2 else ()) if scores else None
        made.append(TimelineEntry(index / 4, (index + 1) / 4, state, level_dbfs, scores, affect))
    return ExportedRecording("long.wav", "tiny@01234567", made, 16_000, 1, settings=SETTINGS, sha256=SHA256)
