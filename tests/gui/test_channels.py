"""Choosing the channel and the track of a recording in the window."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
import soundfile
from kinds import encode
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton
from windows import is_idle, messages

from ser_desktop.export import timeline_csv
from ser_desktop.export.format import ExportedRecording
from ser_desktop.gui.app import Application
from ser_desktop.gui.engine.opened_sound import SoundChoice
from ser_desktop.gui.model.recording_store import Remembered, recall, remember
from ser_desktop.values import State


@pytest.fixture(scope="module")
def pair(spoken: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Speech at the left, silence at the right."""
    path = tmp_path_factory.mktemp("pair") / "pair.wav"
    sound, rate = soundfile.read(spoken)
    soundfile.write(path, np.column_stack((sound, 0.0 * sound)), rate)
    return path


def choices(application: Application) -> dict[str, bool]:
    return {action.text(): action.isChecked() for action in application.window.actions_.sound.actions()}


def choose(application: Application, text: str) -> None:
    (action,) = [each for each in application.window.actions_.sound.actions() if each.text() == text]
    action.trigger()


def exported(application: Application) -> list[ExportedRecording]:
    return application.session.shown.exported_channels()


def states(application: Application) -> set[State]:
    return {entry.state for entry in application.session.timeline}


def test_a_mono_recording_has_no_choice(start, wait, no_devices, spoken):
    application = start(spoken)
    wait(lambda: is_idle(application))
    menu = application.window.actions_.sound
    assert (choices(application), menu.isEnabled()) == ({}, False)
    assert not application.window.status.findChild(QToolButton).isVisible()


def test_a_channel_is_analysed_alone_and_remembered(start, wait, no_devices, pair):
    application = start(pair)
    wait(lambda: is_idle(application))
    assert choices(application) == {
        "Mix of all channels": True,
        "Channel 1 (left)": False,
        "Channel 2 (right)": False,
        "Each channel": False,
    }
    assert states(application) != {State.NO_SPEECH}
    choose(application, "Channel 2 (right)")
    wait(lambda: is_idle(application) and application.session.shown.channel == 2)
    assert states(application) == {State.NO_SPEECH}
    assert application.window.status.findChild(QToolButton).text() == "Channel 2 (right)"
    assert application.window.tables.tabText(0) == "Passages – Channel 2 (right)"
    assert "Channel 2 (right)" in application.window.now.accessibleDescription()
    assert recall(pair).choice == SoundChoice(2)
    application.window.close()
    again = start(pair)
    wait(lambda: is_idle(again))
    assert again.session.shown.channels == (2,)
    choose(again, "Mix of all channels")
    wait(lambda: is_idle(again) and again.session.shown.channel is None)
    assert again.window.tables.tabText(0) == "Passages"


def test_another_channel_keeps_the_view_range(start, wait, no_devices, pair):
    application = start(pair)
    wait(lambda: is_idle(application))
    application.session.move_cursor(3.0)
    application.window.timeline.zoom_in()
    shown = application.window.timeline.visible_range
    assert shown[1] - shown[0] == 2.0
    choose(application, "Channel 2 (right)")
    wait(lambda: is_idle(application) and application.session.shown.channel == 2)
    assert application.window.timeline.visible_range == shown


def test_a_channel_can_be_chosen_while_the_file_is_read(start, wait, no_devices, pair):
    application = start()
    begun = []

    def choose_another(_recording: object) -> None:
        begun.append(application.session.shown.channels)
        if len(begun) == 1:
            choose(application, "Each channel")

    application.work.began.connect(choose_another)
    application.open([pair])
    wait(lambda: len(begun) == 2 and is_idle(application))
    assert begun == [(None,), (1, 2)]
    assert [channel.timeline.end_s for channel in exported(application)] == [4.0, 4.0]


def test_a_channel_that_the_file_lacks_is_the_mix(start, wait, no_devices, pair, spoken):
    remember(pair, Remembered(choice=SoundChoice(3)))
    remember(spoken, Remembered(choice=SoundChoice(is_each=True)))
    application = start(pair, spoken)
    wait(lambda: is_idle(application))
    assert [each.channels for each in application.session.recordings] == [(None,), (None,)]
    assert choices(application)["Mix of all channels"]


def test_each_channel_has_a_row_and_all_have_one_cursor(start, wait, no_devices, pair, tmp_path):
    application = start(pair)
    wait(lambda: is_idle(application))
    choose(application, "Each channel")
    wait(lambda: is_idle(application) and application.session.shown.channels == (1, 2))
    rows = application.window.timeline._rows.rows
    assert [row.caption.text() for row in rows] == ["Channel 1 (left)", "Channel 2 (right)"]
    application.session.move_cursor(1.5)
    application.session.select((1.0, 2.0))
    application.window.timeline.select(1.0, 2.0)
    assert [row.plot.cursor_s for row in rows] == [1.5, 1.5]
    assert [row.plot.selection for row in rows] == [(1.0, 2.0)] * 2
    assert [row.plot.columns.end_s for row in rows] == [4.0, 4.0]
    QTest.mouseClick(rows[1].plot.viewport(), Qt.MouseButton.LeftButton)
    assert application.session.shown.channel == 2
    assert application.window.tables.tabText(0) == "Passages – Channel 2 (right)"
    assert states(application) == {State.NO_SPEECH}
    table = tmp_path / "table.csv"
    application.exports.write(timeline_csv.FORMAT, table)
    with table.open(encoding="utf-8", newline="") as file:
        assert [row["channel"] for row in csv.DictReader(file)] == ["1"] * 16 + ["2"] * 16
    choose(application, "Mix of all channels")
    wait(lambda: is_idle(application) and application.session.shown.channels == (None,))
    assert len(rows) == 1
    assert rows[0].caption.isHidden()


def test_a_recording_beside_it_has_its_own_rows(start, wait, no_devices, pair, spoken):
    application = start(pair, spoken)
    wait(lambda: is_idle(application))
    choose(application, "Each channel")
    wait(lambda: is_idle(application) and application.session.shown.channels == (1, 2))
    first, second = application.session.recordings
    application.session.show(second)
    assert len(application.window.timeline._rows.rows) == 1
    application.session.show(first)
    rows = application.window.timeline._rows.rows
    assert [row.plot.columns.end_s for row in rows] == [4.0, 4.0]


def test_a_recording_whose_channels_cancel_offers_each_channel(start, wait, no_devices, spoken, tmp_path):
    opposite = tmp_path / "opposite.wav"
    sound, rate = soundfile.read(spoken)
    soundfile.write(opposite, np.column_stack((sound, -sound)), rate)
    application = start(opposite)
    wait(lambda: application.window.offers.text)
    assert "cancel each other" in application.window.offers.text
    assert messages(application) == ""
    buttons = {each.text(): each for each in application.window.offers.findChildren(QPushButton)}
    buttons["Show each channel"].click()
    wait(lambda: is_idle(application) and application.session.shown.channels == (1, 2))
    assert application.window.offers.text == ""
    assert states(application) != {State.NO_SPEECH}


def test_an_audio_track_of_a_video_can_be_chosen(start, wait, no_devices, tmp_path):
    video = encode(tmp_path / "two.mkv", "aac", "matroska", tracks=2)
    application = start(video)
    wait(lambda: is_idle(application))
    assert list(choices(application).values())[-2:] == [True, False]
    assert states(application) != {State.NO_SPEECH}
    choose(application, "Audio track 2: aac, mono")
    wait(lambda: is_idle(application) and application.session.info.track == 2)
    assert states(application) == {State.NO_SPEECH}
