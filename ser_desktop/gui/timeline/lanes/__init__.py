"""The registry of lanes: a new lane is a file beside this one and a line in :data:`LANES`."""

from __future__ import annotations

from ser_desktop.gui.timeline.lane import Lane
from ser_desktop.gui.timeline.lanes.affect import AffectLane
from ser_desktop.gui.timeline.lanes.claims import ClaimsLane
from ser_desktop.gui.timeline.lanes.corrections import CorrectionsLane
from ser_desktop.gui.timeline.lanes.pitch import PitchLane
from ser_desktop.gui.timeline.lanes.probabilities import ProbabilitiesLane
from ser_desktop.gui.timeline.lanes.speakers import SpeakersLane
from ser_desktop.gui.timeline.lanes.spectrogram import SpectrogramLane
from ser_desktop.gui.timeline.lanes.waveform import WaveformLane
from ser_desktop.gui.timeline.lanes.words import WordsLane

LANES: tuple[Lane, ...] = (  # from top to bottom
    ClaimsLane(),
    CorrectionsLane(),
    SpeakersLane(),
    WordsLane(),
    WaveformLane(),
    SpectrogramLane(),
    PitchLane(),
    AffectLane(),
    ProbabilitiesLane(),
)
