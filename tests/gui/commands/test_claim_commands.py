"""Another “claim from … %” changes at once what is shown of the open recordings."""

from __future__ import annotations

import json

import pytest
import soundfile
import soxr
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QTableView
from windows import is_idle, is_live, messages

from ser_desktop.export.registry import format_named
from ser_desktop.gui.tables.passage_columns import Column
from ser_desktop.project.store import read_project
from ser_desktop.values import State

LOW, HIGH = 0.05, 0.99  # everything is claimed that may be, and nothing


@pytest.fixture
def opened(start, wait, spoken):
    """A window with a recording of which nothing is claimed."""
    application = start(spoken, abstain_threshold=HIGH)
    wait(lambda: is_idle(application) and len(application.session.timeline))
    return application


def states(application):
    return [each.state for each in application.session.timeline]


def picture(application):
    return application.window.timeline.plot_image()


def sounds(application):
    """What the table of passages says."""
    model = application.window.segments.findChild(QTableView).model()
    return [model.index(row, Column.SOUNDS).data() for row in range(model.rowCount())]


def test_the_window_shows_at_once_what_an_analysis_would_show(opened, wait):
    window, analysed, drawn = opened.window, QSignalSpy(opened.work.began), picture(opened)
    assert State.SPEECH not in states(opened)
    before = sounds(opened)
    opened.choices.change(abstain_threshold=LOW)
    assert analysed.count() == 0
    claimed = states(opened)
    assert State.SPEECH in claimed
    assert sounds(opened) != before
    assert picture(opened) != drawn
    assert "most like" not in window.glance.accessibleDescription()
    opened.window.actions_.analyze_again.trigger()
    wait(lambda: is_idle(opened) and len(opened.session.timeline) == len(claimed))
    assert states(opened) == claimed
    assert picture(opened) != drawn


def test_exports_tell_the_new_threshold(opened, tmp_path):
    table = tmp_path / "results.json"
    opened.choices.change(abstain_threshold=0.42)
    opened.exports.write(format_named("json"), table)
    assert json.loads(table.read_text())["abstain_threshold"] == 0.42


def test_cursor_selection_and_view_stay(opened):
    opened.session.move_cursor(1.0)
    opened.window.timeline.zoom_in()
    opened.window.timeline.select(0.5, 2.0)
    before = opened.window.timeline.view_state()
    opened.choices.change(abstain_threshold=LOW)
    assert (opened.session.cursor_s, opened.session.selection) == (1.0, (0.5, 2.0))
    assert opened.window.timeline.view_state() == before


def test_a_live_recording_follows_the_setting(start, wait, microphone, spoken):
    sound, rate = soundfile.read(spoken, dtype="float32")
    heard = soxr.resample(sound, rate, 16_000)
    application = start(abstain_threshold=HIGH)
    application.transport.record()
    wait(lambda: is_live(application))
    microphone.hear(heard)
    wait(lambda: application.session.timeline.end_s >= 3.5)
    assert State.SPEECH not in states(application)
    application.choices.change(abstain_threshold=LOW)
    claimed = states(application)
    assert State.SPEECH in claimed
    microphone.hear(heard)
    wait(lambda: application.session.timeline.end_s >= 7.5)
    assert State.SPEECH in states(application)[len(claimed) :]


def test_a_project_keeps_the_new_claims(opened, wait, tmp_path, start):
    folder = tmp_path / "study.serproject"
    opened.desk.save_as(folder)
    wait(lambda: "Project saved" in messages(opened))
    opened.choices.change(abstain_threshold=LOW)
    claimed = states(opened)
    wait(lambda: read_project(folder).recordings[0].abstain_threshold == LOW)
    opened.window.close()
    again = start(folder, abstain_threshold=LOW)
    wait(lambda: again.work.model and is_idle(again) and again.session.shown.info)
    assert states(again) == claimed


def test_a_project_that_does_not_tell_it_is_analysed_again(opened, wait, tmp_path, start):
    folder = tmp_path / "study.serproject"
    opened.desk.save_as(folder)
    wait(lambda: "Project saved" in messages(opened))
    opened.window.close()
    again = start(folder, abstain_threshold=HIGH)
    wait(lambda: again.work.model and is_idle(again) and again.session.shown.info)
    began = QSignalSpy(again.work.began)
    again.choices.change(abstain_threshold=LOW)
    wait(lambda: began.count() and is_idle(again))
    assert State.SPEECH in states(again)
    assert again.session.shown.abstain_threshold == LOW


def test_a_missing_recording_of_a_project_keeps_its_claims_and_the_window_says_so(start, wait, tmp_path, other):
    folder = tmp_path / "study.serproject"
    application = start(other, abstain_threshold=HIGH)
    wait(lambda: is_idle(application) and len(application.session.timeline))
    application.desk.save_as(folder)
    wait(lambda: "Project saved" in messages(application))
    application.window.close()
    other.unlink()
    again = start(folder, abstain_threshold=HIGH)
    wait(lambda: again.work.model and is_idle(again) and again.session.shown)
    before = states(again)
    again.choices.change(abstain_threshold=LOW)
    assert states(again) == before
    assert "still shows claims from 99 %" in messages(again)


def test_a_recording_of_another_model_keeps_its_own(opened):
    opened.session.shown.model = "other@12345678"
    opened.choices.change(abstain_threshold=LOW)
    assert opened.session.shown.abstain_threshold == HIGH
