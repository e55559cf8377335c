from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QImage
from PySide6.QtWidgets import QComboBox, QLabel

from ser_desktop.errors import AudioDeviceError
from ser_desktop.gui.engine.job import LiveState, Progress
from ser_desktop.gui.engine.opened_sound import RecordingInfo
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.shared.icons import pause_icon, play_icon, record_icon, stop_icon
from ser_desktop.gui.shared.theme import DARK, LIGHT, Theme
from ser_desktop.gui.shared.translation import error_text
from ser_desktop.gui.widgets.recording_list import Stage
from ser_desktop.values import EmotionScores, State, TimelineEntry

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

LABELS = ("neutral", "happy", "sad")
SURE = {label: EmotionScores(LABELS, tuple(0.8 if other == label else 0.1 for other in LABELS)) for label in LABELS}


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> MainWindow:
    window = MainWindow(session)
    qtbot.addWidget(window)
    return window


def entries(*labels: str, start_s: float = 0.0) -> tuple[TimelineEntry, ...]:
    return tuple(
        TimelineEntry(start_s + 0.25 * n, start_s + 0.25 * (n + 1), State.SPEECH, -20.0, SURE[label])
        for n, label in enumerate(labels)
    )


def begin(window: MainWindow, session: Session, folder: Path, *, is_live: bool) -> None:
    info = RecordingInfo("talk", folder / "talk.wav", 48_000, 1, None if is_live else 10.0, is_live=is_live)
    session.begin(info, labels=LABELS, model="default@1a2b3c4d")
    window.show_state(is_running=True, is_live=is_live)


def bring(window: MainWindow, session: Session, *labels: str) -> None:
    new = entries(*labels, start_s=session.timeline.end_s)
    progress = Progress(new, position_s=new[-1].end_s, live=LiveState(time.monotonic()) if session.is_live else None)
    session.accept(progress)
    window.show_progress(progress)


def said_now(window: MainWindow) -> str:
    return " ".join(label.text() for label in window.now.findChildren(QLabel) if label.text())


def picture(icon: QIcon, mode: QIcon.Mode) -> QImage:
    return icon.pixmap(QSize(20, 20), mode).toImage()


def test_the_microphone_that_the_system_chooses_has_one_name(window: MainWindow) -> None:
    inputs = window.transport.findChild(QComboBox)
    for chosen in (None, "default"):  # “default” is ALSA's name for it
        window.transport.show_inputs(["USB", "default"], chosen)
        assert [inputs.itemText(row) for row in range(inputs.count())] == ["System default", "USB"]
        assert inputs.currentText() == "System default"
    gone = AudioDeviceError("The microphone “{name}” went away after {seconds:.1f} s.", name="default", seconds=3.0)
    assert error_text(gone) == "The microphone “System default” went away after 3.0 s."


def test_while_live_the_newest_entry_is_shown_and_afterwards_that_of_the_cursor(window, session, tmp_path):
    begin(window, session, tmp_path, is_live=True)
    bring(window, session, "happy", "sad")
    assert "SAD" in said_now(window)
    session.move_cursor(0.1)
    assert "SAD" in said_now(window)
    session.complete()
    window.show_state(is_running=False)
    session.move_cursor(0.1)
    assert "HAPPY" in said_now(window)


def test_new_entries_do_not_replace_the_shown_mean_of_a_selection(window, session, tmp_path):
    begin(window, session, tmp_path, is_live=True)
    bring(window, session, "happy", "happy")
    window.timeline.select(0.0, 0.5)
    bring(window, session, "sad")
    assert "on average sounds HAPPY" in said_now(window)


def test_a_mean_below_the_abstain_threshold_is_shown_as_uncertain(window, session, tmp_path):
    begin(window, session, tmp_path, is_live=False)
    bring(window, session, "happy", "sad")  # each 80 %; the second counts sixteen times
    session.shown.abstain_threshold = 0.78
    window.timeline.select(0.0, 0.5)
    assert "on average uncertain; most like sad" in said_now(window)
    window.timeline.select(0.0, 0.25)
    assert "on average sounds HAPPY" in said_now(window)


def test_the_entry_at_the_cursor_shows_as_soon_as_it_is_read(window, session, tmp_path):
    begin(window, session, tmp_path, is_live=False)
    session.move_cursor(0.3)
    assert "nothing yet" in said_now(window)
    bring(window, session, "happy", "sad")
    bring(window, session, "happy")
    assert "SAD" in said_now(window)


def test_at_the_end_of_the_recording_the_last_entry_is_shown(window, session, tmp_path):
    begin(window, session, tmp_path, is_live=False)
    bring(window, session, "happy", "sad")
    session.complete()
    window.actions_.to_end.trigger()
    assert "SAD" in said_now(window)


def test_a_step_goes_to_where_an_entry_begins(window, session, tmp_path):
    begin(window, session, tmp_path, is_live=False)
    bring(window, session, "happy", "sad", "sad")
    session.move_cursor(0.3)
    window.actions_.forward.trigger()
    assert session.cursor_s == pytest.approx(0.5)
    window.actions_.back.trigger()
    assert session.cursor_s == pytest.approx(0.25)
    window.actions_.back.trigger()
    window.actions_.back.trigger()
    assert session.cursor_s == 0.0


def test_the_title_has_the_name_and_the_state_of_the_recording(window, session, tmp_path):
    assert window.windowTitle() == "SER Desktop"
    begin(window, session, tmp_path, is_live=True)
    assert window.windowTitle() == "● recording talk – SER Desktop"
    session.complete()
    window.show_state(is_running=False)
    assert window.windowTitle() == "talk – SER Desktop"


def test_after_a_long_take_the_whole_take_is_visible(window, session, tmp_path):
    begin(window, session, tmp_path, is_live=True)
    bring(window, session, *["happy"] * 400)
    assert window.timeline.visible_range[0] > 60.0
    session.complete()
    window.show_state(is_running=False)
    assert window.timeline.visible_range == pytest.approx((0.0, 100.0))


def test_play_stays_enabled_while_it_plays_since_it_also_stops(window, session, tmp_path):
    begin(window, session, tmp_path, is_live=False)
    bring(window, session, "happy")
    session.complete()
    window.show_state(is_running=False, is_playing=True)
    assert window.actions_.play.isEnabled()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_every_icon_is_paler_while_disabled(qapp, theme: Theme):
    for icon in (record_icon(theme), pause_icon(theme), stop_icon(theme), play_icon(theme)):
        assert picture(icon, QIcon.Mode.Normal) != picture(icon, QIcon.Mode.Disabled)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_dot_stays_red_while_it_records(qapp, theme: Theme):
    dot = record_icon(theme, is_recording=True)
    assert picture(dot, QIcon.Mode.Disabled) == picture(dot, QIcon.Mode.Normal)
    middle = picture(dot, QIcon.Mode.Disabled).pixelColor(10, 10)
    assert np.allclose(middle.getRgb()[:3], theme.clip.getRgb()[:3], atol=2)


def test_the_list_tells_how_long_a_live_recording_is_so_far(window, session, tmp_path):
    begin(window, session, tmp_path, is_live=True)
    for end_s in (0.5, 1.0):
        bring(window, session, "happy")
        session.running.position_s = end_s
        window.show_segments()
        card = window.list.model().index(0, 0).data(Qt.ItemDataRole.UserRole)
        assert (card.stage, card.seconds) == (Stage.RECORDING, end_s)


def test_a_closed_recording_leaves_an_empty_window(window, session, tmp_path):
    begin(window, session, tmp_path, is_live=True)
    bring(window, session, "happy", "sad")
    session.complete()
    session.move_cursor(0.3)
    session.close(session.shown)
    window.show_state(is_running=False)
    assert "nothing yet" in said_now(window)
    assert window.windowTitle() == "SER Desktop"
    actions = window.actions_
    for action in (actions.play, actions.export, actions.delete, actions.save_as):
        assert not action.isEnabled()


@pytest.mark.parametrize("broken", ["", "!", "AAAA", "\ud800", "é"])
def test_a_broken_layout_changes_nothing(window, broken):
    window.layout_.restore_geometry("")
    window.layout_.restore_splitters("")
    normal = (window.size(), window.across.sizes(), window.down.sizes())
    window.layout_.restore_geometry(broken)
    window.layout_.restore_splitters(f"{broken} {broken}")
    assert (window.size(), window.across.sizes(), window.down.sizes()) == normal


def test_the_first_window_is_no_larger_than_the_screen(window):
    window.layout_.restore_geometry("")
    room = window.screen().availableGeometry()
    assert window.width() <= room.width()
    assert window.height() <= room.height()


def test_while_a_file_is_read_the_panel_says_what_it_sounds_like_so_far(window, session, tmp_path):
    begin(window, session, tmp_path, is_live=False)
    assert "reading" in said_now(window)
    bring(window, session, *["happy"] * 5)
    window.show_growth()
    assert "the first 0:01, as far as it is read" in said_now(window)
    assert "happy" in said_now(window).lower()
    assert "not analysed" not in " ".join(label.text() for label in window.timeline.foot.findChildren(QLabel))
    session.move_cursor(0.3)
    assert "at 0:00.25" in said_now(window)
    session.move_cursor(0.0)
    session.complete()
    window.show_segments()
    assert "the whole recording" in said_now(window)


def test_the_table_is_made_anew_only_where_the_recording_has_grown(window, session, tmp_path, monkeypatch):
    made = []
    show = window.segments.show_segments
    monkeypatch.setattr(window.segments, "show_segments", lambda found: (made.append(len(found)), show(found)))
    begin(window, session, tmp_path, is_live=True)
    bring(window, session, "happy", "happy")
    window.show_growth()
    made.clear()
    window.show_growth()  # nothing came, as in a pause
    assert not made
    bring(window, session, "sad")
    window.show_growth()
    assert made == [2]
