from __future__ import annotations

import dataclasses
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QSignalSpy

from ser_desktop.analysis.passages import passages
from ser_desktop.errors import ExportError
from ser_desktop.export.timeline_csv import read_timeline_csv
from ser_desktop.gui.jobs import Progress, RecordingInfo
from ser_desktop.gui.session import Session
from ser_desktop.values import EmotionScores, State, TimelineEntry

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

LABELS = ("happy", "sad")
INFO = RecordingInfo("take.wav", Path("take.wav"), 16_000, 1, None, is_live=False)
HOP_S = 0.25
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
def session(qtbot: QtBot) -> Session:
    """What is open: eight entries, which came in two pieces."""
    session = Session()
    session.begin(INFO, labels=LABELS, model="tiny@12345678")
    session.take(Progress(tuple(entries()[:3])))
    session.take(Progress(tuple(entries()[3:])))
    return session


def test_what_is_taken_is_told_and_kept_in_order(qtbot):
    session = Session()
    told: list[TimelineEntry] = []
    session.grew.connect(told.extend)
    session.begin(INFO, labels=LABELS, model="")
    session.take(Progress(tuple(entries()[:3])))
    session.take(Progress())
    session.take(Progress(tuple(entries()[3:])))
    assert told == list(session.timeline) == entries()


def test_another_recording_begins_from_nothing(session):
    session.move_cursor(1.0)
    session.select((0.5, 1.0))
    session.complete()
    session.begin(dataclasses.replace(INFO, name="other.wav"), labels=LABELS, model="")
    assert (len(session.timeline), session.cursor_s, session.selection, session.is_running) == (0, 0.0, None, True)
    assert session.passages() == []


@pytest.mark.parametrize(("seconds", "index"), [(0.0, 0), (0.1, 0), (0.25, 1), (1.999, 7)])
def test_an_entry_speaks_from_its_start_up_to_its_end(session, seconds, index):
    assert session.entry_at(seconds) == entries()[index]


@pytest.mark.parametrize("seconds", [-0.1, 2.0, 99.0])
def test_outside_the_timeline_there_is_no_entry(session, seconds):
    assert session.entry_at(seconds) is None


@pytest.mark.parametrize(("wanted_s", "cursor_s"), [(1.0, 1.0), (-3.0, 0.0), (99.0, 2.0)])
def test_the_cursor_stays_within_the_recording(session, wanted_s, cursor_s):
    told = QSignalSpy(session.cursor_moved)
    session.move_cursor(wanted_s)
    assert (session.cursor_s, told.at(0)) == (cursor_s, [cursor_s])


@pytest.mark.parametrize(
    ("selection", "chosen"),
    [(None, range(8)), ((0.5, 1.25), range(2, 5)), ((0.13, 0.37), range(0)), ((0.12, 0.38), range(2))],
)
def test_an_entry_is_chosen_if_half_of_it_is(session, selection, chosen):
    session.select(selection)
    assert list(session.chosen_entries()) == [entries()[index] for index in chosen]


def test_the_mean_of_a_selection_leaves_silence_out(session):
    session.select((0.5, 1.5))  # 0.25, silence, silence, 0.5
    assert session.mean() == EmotionScores(LABELS, (0.375, 0.625))
    session.select((0.75, 1.25))
    assert session.mean() is None


@pytest.mark.parametrize("count", range(len(HAPPINESS) + 1))
def test_passages_that_grow_are_those_of_the_whole(qtbot, count):
    session = Session()
    session.begin(INFO, labels=LABELS, model="")
    for entry in entries()[:count]:
        session.take(Progress((entry,)))
        session.passages()
    assert session.passages() == passages(entries()[:count])


def test_what_is_forgotten_is_told_and_gone(session):
    told = QSignalSpy(session.forgotten)
    session.forget()
    assert told.count() == 1
    assert (session.info, len(session.timeline), session.passages()) == (None, 0, [])
    assert session.timeline.labels == LABELS


def test_a_selection_is_exported_alone(session, tmp_path):
    session.select((0.5, 1.25))
    assert session.write_csv(tmp_path / "some.csv") == 3
    assert list(read_timeline_csv(tmp_path / "some.csv")) == [("take.wav", entry) for entry in entries()[2:5]]


def test_without_a_recording_there_is_no_table(qtbot, tmp_path):
    with pytest.raises(ValueError, match="nothing is open"):
        Session().write_csv(tmp_path / "some.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_table_never_takes_the_place_of_its_recording(session, tmp_path):
    take = tmp_path / "take.wav"
    take.write_bytes(b"sound")
    session.begin(dataclasses.replace(INFO, path=take), labels=LABELS, model="")
    with pytest.raises(ExportError, match="is the recording, which the table would replace"):
        session.write_csv(take)
    assert take.read_bytes() == b"sound"


@pytest.mark.skipif(os.name == "nt", reason="names are text on Windows")
def test_a_name_that_is_no_text_can_be_exported(session, tmp_path):
    session.begin(dataclasses.replace(INFO, path=Path(os.fsdecode(b"t\xffke.wav"))), labels=LABELS, model="")
    session.take(Progress(tuple(entries())))
    session.write_csv(tmp_path / "all.csv")
    assert {name for name, _ in read_timeline_csv(tmp_path / "all.csv")} == {"t\ufffdke.wav"}
