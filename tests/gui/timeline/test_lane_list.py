from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from ser_desktop.gui.timeline.lane_list import MOST_LINES, LaneList
from ser_desktop.gui.timeline.lanes import LANES
from ser_desktop.gui.timeline.plot import TimelinePlot
from ser_desktop.gui.timeline.timeline_view import TimelineView

FIRST = LaneList.of(LANES)


def names(lanes: LaneList) -> list[str]:
    return [place.lane.name for place in lanes.shown]


def test_text_holds_order_heights_and_what_is_open() -> None:
    changed = FIRST.with_shown("probabilities", True).moved("probabilities", -1).with_lines("waveform", 9.0)
    again = LaneList.of(LANES, changed.text)
    assert again.places == changed.places
    assert names(again)[-2:] == ["probabilities", "affect"]


@pytest.mark.parametrize("text", ["", "nonsense", "waveform:x", "waveform:nan", "-", ":", "waveform:1e9 waveform:2"])
def test_any_text_gives_a_list_of_all_lanes(text: str) -> None:
    found = LaneList.of(LANES, text)
    assert {place.lane.name for place in found.places} == {lane.name for lane in LANES}
    assert all(0.0 < place.lines <= MOST_LINES for place in found.places)


def test_a_new_lane_joins_the_lanes_of_an_older_version() -> None:
    found = LaneList.of(LANES, "waveform:3.0")
    assert names(found)[0] == "waveform"
    assert "claims" in names(found)


def test_the_first_lane_cannot_be_moved_up() -> None:
    assert FIRST.moved(names(FIRST)[0], -1) is FIRST


def test_a_lane_moves_past_the_next_open_one() -> None:
    empty = ("speakers", "words")
    found = FIRST.with_shown("waveform", False).moved("spectrogram", -1, empty=empty)
    assert names(found)[:2] == ["spectrogram", "speakers"]
    assert "claims" in names(found)[2:]


def test_the_plot_shows_the_lanes_of_the_list_and_tells_changes(qtbot) -> None:
    view = TimelineView()
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.start(("happy",))
    view.show()
    plot = view.findChild(TimelinePlot)
    assert plot is not None
    with qtbot.waitSignal(view.lanes_changed) as changed:
        view.change_lanes(view.lanes.with_shown("spectrogram", False))
    assert "-spectrogram" in changed.args[0]
    assert [lane.name for lane in plot.shown_lanes] == names(view.lanes.without(view.empty_lanes))
    assert plot.lane_rect("spectrogram").isEmpty()
    assert "Spectrogram" not in plot.accessibleDescription()


def test_dragging_the_border_of_a_lane_makes_it_higher(qtbot) -> None:
    view = TimelineView()
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.start(("happy",))
    view.show()
    plot = view.findChild(TimelinePlot)
    assert plot is not None
    before = plot.lane_rect("waveform")
    border = before.bottomLeft().toPoint()
    border.setY(border.y() + 2)
    surface = plot.viewport()
    qtbot.mousePress(surface, Qt.MouseButton.LeftButton, pos=border)
    for by in (15, 30):
        place = border.__copy__()
        place.setY(border.y() + by)
        qtbot.mouseMove(surface, place)
    qtbot.mouseRelease(surface, Qt.MouseButton.LeftButton, pos=place)
    plot.show_now()
    assert plot.lane_rect("waveform").height() > before.height() + 10
