from __future__ import annotations

import dataclasses
import os
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from ser_desktop.analysis.segments import segments
from ser_desktop.errors import ExportError
from ser_desktop.export import segments_csv, timeline_csv
from ser_desktop.export.format import Format
from ser_desktop.export.registry import FORMATS, write_export
from ser_desktop.export.segments_csv import read_segments_csv
from ser_desktop.export.timeline_csv import read_timeline_csv
from ser_desktop.gui.engine.job import Progress, WaveformColumns
from ser_desktop.gui.engine.opened_sound import RecordingInfo
from ser_desktop.gui.model.recording import Recording
from ser_desktop.values import Affect, AffectClaim, EmotionScores, Marker, State, TimelineEntry

LABELS = ("happy", "sad")
INFO = RecordingInfo("take.wav", Path("take.wav"), 16_000, 1, None, is_live=False)
HOP_S = 0.25
COLUMN = WaveformColumns(np.zeros(1, np.float32), np.ones(1, np.float32))
HAPPINESS = (0.75, 0.75, 0.25, None, None, 0.5, 0.75, 1.0)  # None is silence; 8 entries, 2 s


def entries() -> list[TimelineEntry]:
    found = []
    for index, happy in enumerate(HAPPINESS):
        times = (index * HOP_S, (index + 1) * HOP_S)
        if happy is None:
            found.append(TimelineEntry(*times, State.NO_SPEECH, -60.0))
        else:
            found.append(TimelineEntry(*times, State.SPEECH, -20.0, EmotionScores(LABELS, (happy, 1.0 - happy))))
    return found


@pytest.fixture
def recording() -> Recording:
    """A recording with eight entries, added in two steps."""
    return fresh(entries()[:3], entries()[3:])


def fresh(*pieces: list[TimelineEntry], path: Path = INFO.path) -> Recording:
    recording = Recording(path)
    recording.begin(dataclasses.replace(INFO, path=path), labels=LABELS, model="tiny@12345678")
    for piece in pieces:
        recording.accept(Progress(tuple(piece)))
    return recording


def test_new_entries_are_kept_in_order(recording):
    assert list(recording.timeline) == entries()


def test_beginning_again_clears_the_entries_and_keeps_cursor_and_markers(recording):
    recording.cursor_s, recording.selection, recording.markers = 1.0, (0.5, 1.0), (Marker(0.5, "a"),)
    recording.complete()
    recording.begin(INFO, labels=LABELS, model="other@12345678")
    assert (len(recording.timeline), recording.segments(), recording.selection) == (0, [], None)
    assert (recording.cursor_s, recording.markers, recording.model) == (1.0, (Marker(0.5, "a"),), "other@12345678")
    assert recording.is_running


def test_the_outline_is_that_of_all_pieces():
    recording = fresh()
    for values in ([1.0, 2.0], [], [3.0]):
        high = np.array(values, np.float32)
        recording.accept(Progress(waveform=WaveformColumns(-high, high)))
    low, high = recording.outline()
    assert (list(low), list(high)) == ([-1.0, -2.0, -3.0], [1.0, 2.0, 3.0])
    recording.accept(Progress(waveform=COLUMN))
    assert list(recording.outline()[1]) == [1.0, 2.0, 3.0, 1.0]


def test_an_outline_added_column_by_column_takes_little_memory():
    recording, columns = fresh(), 20_000  # 400 s of a microphone
    tracemalloc.start()
    try:
        for _ in range(columns):
            recording.accept(Progress(waveform=COLUMN))
        held = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert held < 3 * columns * 2 * 4  # two float32 a column, as much spare room, and the rest of the recording


def test_until_the_end_the_length_is_the_announced_one():
    recording = Recording(INFO.path)
    recording.begin(dataclasses.replace(INFO, seconds=10.0), labels=LABELS, model="")
    recording.accept(Progress(tuple(entries())))
    recording.cursor_s = 9.0
    assert recording.end_s == 10.0
    recording.complete()
    assert (recording.end_s, recording.cursor_s) == (2.0, 2.0)


@pytest.mark.parametrize(("seconds", "index"), [(0.0, 0), (0.1, 0), (0.25, 1), (1.999, 7)])
def test_an_entry_is_found_from_its_start_up_to_its_end(recording, seconds, index):
    assert recording.entry_at(seconds) == entries()[index]


@pytest.mark.parametrize("seconds", [-0.1, 2.0, 99.0])
def test_outside_the_timeline_there_is_no_entry(recording, seconds):
    assert recording.entry_at(seconds) is None


@pytest.mark.parametrize(
    ("selection", "chosen"),
    [(None, range(8)), ((0.5, 1.25), range(2, 5)), ((0.13, 0.37), range(0)), ((0.12, 0.38), range(2))],
)
def test_an_entry_belongs_to_a_selection_that_covers_half_of_it(recording, selection, chosen):
    recording.selection = selection
    assert list(recording.chosen_entries()) == [entries()[index] for index in chosen]


def test_the_mean_of_a_selection_leaves_silence_out(recording):
    recording.selection = (0.5, 1.5)  # 0.25, silence, silence, 0.5
    weights = 0.75**4, 1.0**4  # fourth powers of the speech in the 3 s up to their ends
    happy = (weights[0] * 0.25 + weights[1] * 0.5) / sum(weights)
    assert recording.summary().scores.values == pytest.approx((happy, 1.0 - happy))
    recording.selection = (0.75, 1.25)
    assert recording.summary() is None


@pytest.mark.parametrize(("abstain_threshold", "is_claim"), [(0.56, True), (0.57, False)])
def test_a_mean_claims_an_emotion_where_a_single_entry_would(recording, abstain_threshold, is_claim):
    recording.selection, recording.abstain_threshold = (0.5, 1.5), abstain_threshold  # the mean is 0.5601
    assert recording.is_claim(recording.summary()) is is_claim


def test_the_mean_of_uncertain_entries_is_uncertain(recording):
    sure = EmotionScores(LABELS, (0.9, 0.1))
    too_little_speech = TimelineEntry(2.0, 2.25, State.UNCERTAIN, -20.0, sure)
    recording.accept(Progress((too_little_speech,)))
    recording.selection = (2.0, 2.25)
    assert not recording.is_claim(recording.summary())


def test_entries_that_come_one_by_one_are_joined_by_what_is_claimed():
    excited = Affect(0.9, 0.5, (AffectClaim.HIGH_AROUSAL,))
    known = [EmotionScores(LABELS, (happy, 1.0 - happy)) for happy in (0.6, 0.4, 0.7)]
    made = [TimelineEntry(0.25 * i, 0.25 * i + 0.25, State.UNCERTAIN, -20.0, known[i], excited) for i in range(3)]
    recording = fresh(*([each] for each in made))
    assert recording.segments() == segments(made)
    assert len(recording.segments()) == 1


@pytest.mark.parametrize("count", range(len(HAPPINESS) + 1))
def test_growing_segments_are_those_of_the_whole_timeline(count):
    recording = fresh()
    for entry in entries()[:count]:
        recording.accept(Progress((entry,)))
        recording.segments()
    assert recording.segments() == segments(entries()[:count])


@pytest.mark.parametrize(("seconds", "found"), [(0.0, 0), (0.49, 0), (0.5, 1), (0.8, 2), (1.99, 3), (2.0, None)])
def test_a_segment_is_found_by_its_time(recording, seconds, found):
    assert recording.segment_at(seconds) == (None if found is None else recording.segments()[found])


def write(recording: Recording, path: Path, *, chosen: Format = timeline_csv.FORMAT, is_selection: bool = False) -> int:
    return write_export(chosen, path, recording.exported(is_selection=is_selection), recordings=[recording.path])


def test_a_selection_is_exported_alone_unless_all_is_wanted(recording, tmp_path):
    recording.selection = (0.5, 1.25)
    assert write(recording, tmp_path / "some.csv", is_selection=True) == 3
    assert list(read_timeline_csv(tmp_path / "some.csv")) == [("take.wav", entry) for entry in entries()[2:5]]
    assert write(recording, tmp_path / "all.csv") == 8


def test_segments_are_exported_as_a_table_of_their_own(recording, tmp_path):
    assert write(recording, tmp_path / "segments.csv", chosen=segments_csv.FORMAT) == len(recording.segments())
    found = [segment for _, segment in read_segments_csv(tmp_path / "segments.csv")]
    for segment, written in zip(recording.segments(), found, strict=True):
        assert (written.start_s, written.end_s, written.label) == (segment.start_s, segment.end_s, segment.label)
        assert written.level_dbfs == pytest.approx(segment.level_dbfs, abs=0.005)


@pytest.mark.parametrize("chosen", FORMATS, ids=[each.name for each in FORMATS])
@pytest.mark.parametrize("name", ["take.wav", "take", "take.csv"])
def test_no_export_replaces_its_recording(chosen, name, tmp_path):
    take = tmp_path / name
    take.write_bytes(b"sound")
    recording = fresh(entries(), path=take)
    with pytest.raises(ExportError, match="is a recording, which the export would replace"):
        write(recording, take, chosen=chosen)
    assert take.read_bytes() == b"sound"


@pytest.mark.skipif(os.name == "nt", reason="names are text on Windows")
def test_a_name_that_is_no_text_can_be_exported(tmp_path):
    recording = fresh(entries(), path=Path(os.fsdecode(b"t\xffke.wav")))
    write(recording, tmp_path / "all.csv")
    assert {name for name, _ in read_timeline_csv(tmp_path / "all.csv")} == {"t\ufffdke.wav"}
