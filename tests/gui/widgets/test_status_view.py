from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QLabel, QMenu, QProgressBar, QToolButton

from ser_desktop.gui.engine.job import LiveState, Progress
from ser_desktop.gui.engine.opened_sound import RecordingInfo
from ser_desktop.gui.widgets.status_view import StatusView
from ser_desktop.values import State, TimelineEntry

if TYPE_CHECKING:
    from pathlib import Path

    from fakes import FakeClock
    from pytestqt.qtbot import QtBot


@pytest.fixture
def view(qtbot: QtBot, clock: FakeClock) -> StatusView:
    view = StatusView(clock=clock)
    view.setLocale(QLocale.c())
    qtbot.addWidget(view)
    view.show_model("default@1a2b3c4d", "cpu", 16_000)
    return view


def a_file(folder: Path, *, seconds: float | None = 100.0) -> RecordingInfo:
    return RecordingInfo("talk.wav", folder / "talk.wav", 44_100, 2, seconds, is_live=False)


def a_take(folder: Path) -> RecordingInfo:
    return RecordingInfo("take", folder / "take.wav", 44_100, 2, None, is_live=True)


def silence(end_s: float) -> TimelineEntry:
    return TimelineEntry(end_s - 0.25, end_s, State.NO_SPEECH, -60.0)


def test_it_names_source_and_model(view: StatusView, tmp_path: Path) -> None:
    assert view.text() == "default@1a2b3c4d"
    view.begin(a_file(tmp_path))
    assert view.text() == "44.1 kHz stereo → 16 kHz · default@1a2b3c4d"


def test_a_message_is_not_written_over(view: StatusView, tmp_path: Path, qtbot: QtBot) -> None:
    menu = QMenu(view)
    view.show()
    view.begin(a_take(tmp_path))
    view.show_voice(menu, "voice becomes known")
    (button,) = (each for each in view.findChildren(QToolButton) if each.text() == "voice becomes known")
    assert button.isVisible()
    view.showMessage("Marker set; type its name")
    view.show_voice(menu, "voice known from 0:10")
    assert not button.isVisible()
    view.clearMessage()
    assert button.isVisible()


def test_the_remaining_time_follows_from_the_speed_so_far(view: StatusView, clock: FakeClock, tmp_path: Path) -> None:
    view.begin(a_file(tmp_path))
    clock.pass_by(7.0)
    view.show_progress(Progress(position_s=37.0))
    assert view.text().endswith("reading: 37 %, 12 s left")
    assert view.findChild(QProgressBar).value() == 370


def test_there_is_no_estimate_of_the_remaining_time_in_the_first_half_second(
    view: StatusView, clock: FakeClock, tmp_path: Path
) -> None:
    view.begin(a_file(tmp_path))
    clock.pass_by(0.1)
    view.show_progress(Progress(position_s=1.0))
    assert view.text().endswith("reading: 1 %")


def test_the_delay_is_from_the_sound_to_its_entry(view: StatusView, clock: FakeClock, tmp_path: Path) -> None:
    view.begin(a_take(tmp_path))
    arrived_at_s = clock()
    clock.pass_by(0.15)  # until the entry arrives
    view.show_progress(Progress((silence(2.0),), position_s=2.06, live=LiveState(arrived_at_s)))
    assert view.text().endswith("delay 210 ms · 0 dropouts")


def test_what_was_not_measured_is_not_shown(view: StatusView, tmp_path: Path) -> None:
    view.begin(a_take(tmp_path))
    view.show_progress(Progress((silence(2.0),), position_s=2.0, live=LiveState(dropouts=1)))
    assert view.text().endswith("· default@1a2b3c4d 1 dropout")


def test_at_the_end_progress_and_figures_are_cleared(view: StatusView, clock: FakeClock, tmp_path: Path) -> None:
    view.begin(a_file(tmp_path))
    clock.pass_by(5.0)
    view.show_progress(Progress(position_s=50.0))
    view.end()
    assert view.text() == "44.1 kHz stereo → 16 kHz · default@1a2b3c4d"
    assert view.findChild(QProgressBar).isHidden()


def test_live_figures_change_no_more_than_twice_a_second(view: StatusView, clock: FakeClock, tmp_path: Path) -> None:
    view.begin(a_take(tmp_path))
    shown = []
    for step in range(1, 41):  # 10 s, an entry every quarter of a second, each with a longer delay
        clock.pass_by(0.25)
        arrived_at_s = clock() - 0.001 * step
        progress = Progress((silence(0.25 * step),), position_s=0.25 * step, live=LiveState(arrived_at_s))
        view.show_progress(progress)
        shown.append(view.text())
    assert "delay 1 ms" in shown[0]
    assert "delay 39 ms" in shown[-1] or "delay 40 ms" in shown[-1]
    assert sum(one != other for one, other in itertools.pairwise(shown)) <= 20


def test_the_built_in_model_is_called_so_and_its_name_is_in_the_tooltip(qtbot):
    view = StatusView()
    qtbot.addWidget(view)
    view.show_model("default@f7201871", "cpu", 16_000, is_built_in=True)
    assert view.text() == "built-in model"
    assert any("default@f7201871" in label.toolTip() for label in view.findChildren(QLabel))
    view.show_model("mine@01234567", "cpu", 16_000)
    assert view.text() == "mine@01234567"


def test_no_window_grows_for_the_name_of_a_voice(view: StatusView, tmp_path: Path) -> None:
    view.begin(a_file(tmp_path))
    before = view.minimumSizeHint().width()
    view.show_voice(QMenu(view), "voice of " + 20 * "Annegret " + ", known")
    view.show_sound(QMenu(view), 20 * "Channel ")
    assert view.minimumSizeHint().width() == before
    view.resize(900, view.sizeHint().height())
    view.show()
    button = next(each for each in view.findChildren(QToolButton) if "Annegret" in each.text())
    assert button.width() < button.sizeHint().width()
    assert "Annegret Annegret" in button.toolTip(), "the tip has the whole name"
