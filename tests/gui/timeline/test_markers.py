from __future__ import annotations

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage
from PySide6.QtWidgets import QApplication, QWidget

from ser_desktop.gui.shared.theme import LIGHT
from ser_desktop.gui.timeline.markers import flag_at, flags
from ser_desktop.gui.timeline.plot import TimelinePlot
from ser_desktop.gui.timeline.time_axis import TimeAxis
from ser_desktop.gui.timeline.timeline_view import TimelineView
from ser_desktop.values import EmotionScores, Marker, State, TimelineEntry

LABELS = ("neutral", "happy")
SCORES = EmotionScores(LABELS, (0.3, 0.7))
ENTRIES = [TimelineEntry(at / 4, (at + 1) / 4, State.SPEECH, -20.0, SCORES) for at in range(240)]
SILENCE = np.zeros(3000, np.float32)
MARKERS = (Marker(40.0, "second"), Marker(10.0, "first"), Marker(10.0001, "the same pixel"))
PIXELS = 2.0
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot) -> TimelineView:
    shown = TimelineView()
    qtbot.addWidget(shown)
    shown.resize(1000, 500)
    shown.show_recording(LABELS, ENTRIES, SILENCE, SILENCE)
    shown.show()
    qtbot.waitExposed(shown)
    return shown


def plot(view: TimelineView) -> TimelinePlot:
    found = view.findChild(TimelinePlot)
    assert found is not None
    return found


def surface(view: TimelineView) -> QWidget:
    return plot(view).viewport()


def flag_place(view: TimelineView, seconds: float) -> QPoint:
    return QPoint(round(plot(view).axis.x(seconds)) + 3, round(plot(view).lanes_rect.top()) - 6)


def lane_place(view: TimelineView, seconds: float) -> QPoint:
    return QPoint(round(plot(view).axis.x(seconds)), round(plot(view).lane_rect("waveform").center().y()))


def near(view: TimelineView, seconds: float) -> object:
    return pytest.approx(seconds, abs=(PIXELS + 3) * plot(view).axis.pixel_s)


def drag(qtbot, view: TimelineView, start: QPoint, end: QPoint) -> None:
    qtbot.mousePress(surface(view), LEFT, pos=start)
    qtbot.mouseMove(surface(view), (start + end) / 2)
    qtbot.mouseMove(surface(view), end)
    qtbot.mouseRelease(surface(view), LEFT, pos=end)


def accent_pixels(view: TimelineView) -> int:
    plot(view).show_now()
    image = plot(view).grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32) & 0xFFFFFF
    return int((pixels == LIGHT.accent.rgb() & 0xFFFFFF).sum())


def test_flags_stand_where_their_markers_are_and_leave_room_for_each_other(qapp: QApplication) -> None:
    plot, axis = QRectF(50.0, 20.0, 900.0, 300.0), TimeAxis(0.0, 60.0, 50.0, 900.0)
    crowd = [Marker(float(at), "a long label that needs room") for at in range(60)]
    found = flags(crowd, plot, axis, QFontMetricsF(qapp.font()))
    assert [flag.index for flag in found] == list(range(60))
    assert all(one.box.right() < other.box.left() for one, other in itertools.pairwise(found))
    assert found[30].x == pytest.approx(axis.x(30.0), abs=1.0)
    assert flag_at(found, found[30].box.center()) == found[30]


def test_a_hundred_thousand_markers_are_no_more_flags_than_pixels(qapp: QApplication) -> None:
    plot, axis = QRectF(0.0, 20.0, 500.0, 300.0), TimeAxis(0.0, 1000.0, 0.0, 500.0)
    crowd = [Marker(at / 100.0) for at in range(100_000)]
    assert len(flags(crowd, plot, axis, QFontMetricsF(qapp.font()))) <= 501


def test_markers_are_visible_until_another_recording_is_shown(view: TimelineView) -> None:
    without = accent_pixels(view)
    view.show_markers(MARKERS)
    assert accent_pixels(view) > without + 200
    view.show_recording(LABELS, ENTRIES, SILENCE, SILENCE)
    assert accent_pixels(view) == without


def test_dragging_a_flag_emits_its_new_position_once(qtbot, view: TimelineView) -> None:
    view.show_markers(MARKERS)
    moved: list[tuple[int, float]] = []
    view.marker_moved.connect(lambda index, seconds: moved.append((index, seconds)))
    with qtbot.assertNotEmitted(view.seek_requested), qtbot.assertNotEmitted(view.selection_changed):
        drag(qtbot, view, flag_place(view, 40.0), flag_place(view, 50.0))
    assert moved == [(0, near(view, 50.0))]


def test_a_flag_is_not_dragged_out_of_the_recording(qtbot, view: TimelineView) -> None:
    view.show_markers(MARKERS)
    with qtbot.waitSignal(view.marker_moved) as moved:
        drag(qtbot, view, flag_place(view, 10.0), QPoint(-200, flag_place(view, 10.0).y()))
    assert moved.args == [1, 0.0]


def test_a_click_on_a_flag_seeks_exactly_to_its_marker(qtbot, view: TimelineView) -> None:
    view.show_markers(MARKERS)
    with qtbot.assertNotEmitted(view.marker_moved), qtbot.waitSignal(view.seek_requested) as sought:
        qtbot.mouseClick(surface(view), LEFT, pos=flag_place(view, 40.0))
    assert sought.args == [40.0]


def test_a_double_click_requests_the_segment(qtbot, view: TimelineView) -> None:
    with qtbot.waitSignal(view.segment_requested) as asked:
        qtbot.mouseDClick(surface(view), LEFT, pos=lane_place(view, 33.0))
    assert asked.args == [near(view, 33.0)]


def test_an_end_of_the_selection_can_be_dragged(qtbot, view: TimelineView) -> None:
    view.select(20.0, 30.0)
    with qtbot.assertNotEmitted(view.seek_requested):
        drag(qtbot, view, lane_place(view, 30.0), lane_place(view, 45.0))
    assert view.selection == (20.0, near(view, 45.0))
    drag(qtbot, view, lane_place(view, 20.0), lane_place(view, 5.0))
    assert view.selection == (near(view, 5.0), near(view, 45.0))


def test_a_drag_beyond_the_lanes_scrolls_until_the_end(qtbot, view: TimelineView) -> None:
    for _ in range(3):
        view.zoom_in()
    start_s, end_s = view.visible_range
    beyond = QPoint(plot(view).width() + 300, lane_place(view, start_s).y())
    qtbot.mousePress(surface(view), LEFT, pos=lane_place(view, start_s + 1.0))
    qtbot.mouseMove(surface(view), lane_place(view, end_s - 1.0))
    qtbot.mouseMove(surface(view), beyond)
    qtbot.waitUntil(lambda: view.visible_range[1] > 59.9, timeout=10_000)
    qtbot.waitUntil(lambda: view.selection is not None and view.selection[1] == 60.0, timeout=10_000)
    qtbot.mouseRelease(surface(view), LEFT, pos=beyond)
    assert view.selection == (near(view, start_s + 1.0), 60.0)


def test_shift_and_arrows_move_the_end_that_was_moved_last(qtbot, view: TimelineView) -> None:
    view.seek_requested.connect(view.show_cursor)
    view.show_cursor(2.0)
    drag(qtbot, view, lane_place(view, 20.0), lane_place(view, 30.0))
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(plot(view), Qt.Key.Key_Right, shift)
    qtbot.keyClick(plot(view), Qt.Key.Key_Right, shift)
    assert view.selection == (near(view, 20.0), near(view, 30.0 + 2 * 0.02 * 60.0))
    qtbot.keyClick(plot(view), Qt.Key.Key_Home, shift)
    assert view.selection == (0.0, near(view, 20.0))


def test_the_view_is_restored(view: TimelineView) -> None:
    view.zoom_in()
    view.zoom_in()
    before, state = view.visible_range, view.view_state()
    view.show_recording(LABELS, ENTRIES[:40], SILENCE[:500], SILENCE[:500])
    assert view.visible_range == (0.0, 10.0)
    view.show_recording(LABELS, ENTRIES, SILENCE, SILENCE)
    view.restore_view(state)
    assert view.visible_range == pytest.approx(before)
    view.show_recording(LABELS, ENTRIES[:40], SILENCE[:500], SILENCE[:500])
    view.restore_view(state)
    assert view.visible_range == (0.0, 10.0)  # there is no more


def test_a_view_of_the_whole_recording_is_restored_as_such(view: TimelineView) -> None:
    state = view.view_state()
    view.show_recording(LABELS, ENTRIES[:40], SILENCE[:500], SILENCE[:500])
    view.restore_view(state)
    assert view.visible_range == (0.0, 10.0)


def test_a_recording_that_is_shown_replaces_all_of_the_one_before(view: TimelineView) -> None:
    view.select(5.0, 8.0)
    view.show_cursor(7.0)
    angry = EmotionScores(("angry",), (1.0,))
    view.show_recording(("angry",), [TimelineEntry(0.0, 5.0, State.SPEECH, -20.0, angry)], SILENCE[:250], SILENCE[:250])
    assert view.selection is None
    assert plot(view).cursor_s == 0.0
    assert view.visible_range == (0.0, 5.0)
    with pytest.raises(ValueError, match="labels"):
        view.show_recording(("angry",), ENTRIES, SILENCE, SILENCE)
