from __future__ import annotations

from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollBar, QToolButton, QWidget

from ser_desktop.errors import ExportError
from ser_desktop.gui.shared.theme import DARK, LIGHT, emotion_fill
from ser_desktop.gui.shared.words import clock_text, number_text
from ser_desktop.gui.timeline.plot import TimelinePlot
from ser_desktop.gui.timeline.sound_columns import WAVEFORM_COLUMN_S, SoundColumns
from ser_desktop.gui.timeline.time_axis import NORMAL_SPAN_S, TimeAxis, Viewport, time_label
from ser_desktop.gui.timeline.timeline_view import TimelineView
from ser_desktop.values import EmotionScores, State, TimelineEntry

LABELS = ("neutral", "happy", "sad")
HOP_S = 0.25
NOTCH = 120
PIXEL = 2.0  # a click is off by up to this many pixels


def entry(index: int, state: State = State.SPEECH, values: tuple[float, ...] = (0.1, 0.8, 0.1)) -> TimelineEntry:
    scores = EmotionScores(LABELS, values) if state in (State.SPEECH, State.UNCERTAIN) else None
    level = None if state is State.GAP else -20.0
    return TimelineEntry(index * HOP_S, (index + 1) * HOP_S, state, level, scores)


def sound(seconds: float, peak: float = 0.5) -> tuple[np.ndarray, np.ndarray]:
    high = np.full(round(seconds / WAVEFORM_COLUMN_S), peak, np.float32)
    return -high, high


@pytest.fixture
def view(qtbot) -> TimelineView:
    shown = TimelineView()
    qtbot.addWidget(shown)
    shown.resize(1000, 500)
    shown.show_lanes("waveform:2 probabilities:4 claims:2 -spectrogram:4 -pitch:4 -affect:4")
    shown.start(LABELS)
    shown.show()
    return shown


@pytest.fixture
def filled(view: TimelineView) -> TimelineView:
    view.content.add_entries([entry(i) for i in range(240)])
    view.content.add_waveform(*sound(60.0))
    return view


def plot(view: TimelineView) -> TimelinePlot:
    found = view.findChild(TimelinePlot)
    assert found is not None
    return found


def surface(view: TimelineView) -> QWidget:
    """Return the widget that gets the mouse events of the plot."""
    return plot(view).viewport()


def drawn(view: TimelineView) -> QImage:
    plot(view).show_now()
    return plot(view).grab().toImage()


def at(view: TimelineView, seconds: float) -> QPoint:
    return QPoint(round(plot(view).axis.x(seconds)), round(plot(view).lane_rect("probabilities").center().y()))


def turn(view: TimelineView, notches: QPoint, seconds: float, keys: Qt.KeyboardModifier | None = None) -> None:
    place = QPointF(at(view, seconds))
    keys = keys or Qt.KeyboardModifier.NoModifier
    buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(place, place, QPoint(), notches * NOTCH, buttons, keys, phase, False)
    QApplication.sendEvent(surface(view), event)


def drag(qtbot, view: TimelineView, start_s: float, end_s: float) -> None:
    qtbot.mousePress(surface(view), Qt.MouseButton.LeftButton, pos=at(view, start_s))
    qtbot.mouseMove(surface(view), at(view, (start_s + end_s) / 2.0))
    qtbot.mouseMove(surface(view), at(view, end_s))
    qtbot.mouseRelease(surface(view), Qt.MouseButton.LeftButton, pos=at(view, end_s))


def live_button(view: TimelineView) -> QPushButton:
    return view.findChild(QPushButton)


def colours(image: QImage) -> Counter[int]:
    pixels = np.frombuffer(image.convertToFormat(QImage.Format.Format_RGB32).constBits(), np.uint32)
    return Counter((pixels & 0xFFFFFF).tolist())


def painted(view: TimelineView, start_s: float, end_s: float) -> Counter[int]:
    """Count the colours of the lane of probabilities between two times."""
    image, lanes, axis = drawn(view), plot(view).lane_rect("probabilities"), plot(view).axis
    left, right = round(axis.x(start_s)) + 1, round(axis.x(end_s)) - 1
    return colours(image.copy(left, round(lanes.top()) + 1, right - left, round(lanes.height()) - 2))


def rgb(colour: QColor) -> int:
    return colour.rgb() & 0xFFFFFF


def test_a_click_seeks(qtbot, filled: TimelineView) -> None:
    with qtbot.waitSignal(filled.seek_requested) as sought:
        qtbot.mouseClick(surface(filled), Qt.MouseButton.LeftButton, pos=at(filled, 20.0))
    assert sought.args[0] == pytest.approx(20.0, abs=PIXEL * plot(filled).axis.pixel_s)
    assert filled.selection is None


def test_a_drag_selects_in_either_direction_and_does_not_seek(qtbot, filled: TimelineView) -> None:
    for start_s, end_s in ((10.0, 25.0), (40.0, 30.0)):
        with qtbot.assertNotEmitted(filled.seek_requested), qtbot.waitSignal(filled.selection_changed) as changed:
            drag(qtbot, filled, start_s, end_s)
        assert changed.args[0] is not None
        expected = (min(start_s, end_s), max(start_s, end_s))
        assert filled.selection == pytest.approx(expected, abs=PIXEL * plot(filled).axis.pixel_s)


def test_a_click_outside_clears_the_selection_and_one_inside_keeps_it(qtbot, filled: TimelineView) -> None:
    filled.select(10.0, 20.0)
    qtbot.mouseClick(surface(filled), Qt.MouseButton.LeftButton, pos=at(filled, 15.0))
    assert filled.selection == (10.0, 20.0)
    qtbot.mouseClick(surface(filled), Qt.MouseButton.LeftButton, pos=at(filled, 40.0))
    assert filled.selection is None


def test_shift_click_moves_the_nearer_end(qtbot, filled: TimelineView) -> None:
    filled.select(10.0, 20.0)
    qtbot.mouseClick(surface(filled), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, at(filled, 25.0))
    assert filled.selection == pytest.approx((10.0, 25.0), abs=PIXEL * plot(filled).axis.pixel_s)


def test_a_selection_is_cut_to_the_recording(filled: TimelineView) -> None:
    filled.select(50.0, 99.0)
    assert filled.selection == (50.0, 60.0)
    filled.select(70.0, 99.0)
    assert filled.selection is None


def test_the_wheel_zooms_around_the_pointer(filled: TimelineView) -> None:
    for keys in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier):
        filled.fit()
        before = at(filled, 40.0).x()
        turn(filled, QPoint(0, 3), 40.0, keys)
        start_s, end_s = filled.visible_range
        assert end_s - start_s < 60.0 / 1.5
        assert at(filled, 40.0).x() == pytest.approx(before, abs=PIXEL)


def test_shift_wheel_and_sideways_wheel_scroll(filled: TimelineView) -> None:
    filled.zoom_in()
    filled.zoom_in()
    for notches, keys in ((QPoint(0, -1), Qt.KeyboardModifier.ShiftModifier), (QPoint(-1, 0), None)):
        start_s, end_s = filled.visible_range
        turn(filled, notches, start_s + 1.0, keys)
        moved_start_s, moved_end_s = filled.visible_range
        assert moved_start_s > start_s
        assert moved_end_s - moved_start_s == pytest.approx(end_s - start_s)


def test_zoom_stays_inside_the_recording(filled: TimelineView) -> None:
    for _ in range(20):
        filled.zoom_in()
    assert 0.1 < filled.visible_range[1] - filled.visible_range[0] < 1.0
    for _ in range(20):
        filled.zoom_out()
    assert filled.visible_range == (0.0, 60.0)
    filled.zoom_normal()
    assert filled.visible_range[1] - filled.visible_range[0] == pytest.approx(NORMAL_SPAN_S)


def test_the_scroll_bar_moves_the_view(filled: TimelineView) -> None:
    filled.zoom_in()
    bar = filled.findChild(QScrollBar)
    bar.setValue(bar.maximum())
    assert filled.visible_range == pytest.approx((30.0, 60.0), abs=0.02)


def test_a_file_fills_the_axis_of_its_known_length(view: TimelineView) -> None:
    view.show_duration(600.0)
    view.content.add_entries([entry(0)])
    assert view.visible_range == (0.0, 600.0)


def test_live_rolls_and_a_look_back_stops_it(qtbot, view: TimelineView) -> None:
    view.set_live(True)
    view.content.add_entries([entry(i) for i in range(400)])
    assert view.is_following
    assert view.visible_range == (70.0, 100.0)
    with qtbot.waitSignal(view.following_changed) as changed:
        turn(view, QPoint(0, 5), 80.0, Qt.KeyboardModifier.ShiftModifier)
    assert changed.args == [False]
    stays = view.visible_range
    view.content.add_entries([entry(i) for i in range(400, 440)])
    assert view.visible_range == stays
    assert live_button(view).isVisible()
    qtbot.mouseClick(live_button(view), Qt.MouseButton.LeftButton)
    assert view.is_following
    assert view.visible_range == (80.0, 110.0)
    assert not live_button(view).isVisible()


def test_the_keyboard_looks_back_while_live_and_follows_again(qtbot, view: TimelineView) -> None:
    view.set_live(True)
    view.content.add_entries([entry(i) for i in range(400)])
    qtbot.keyClick(view.focusProxy(), Qt.Key.Key_PageUp)
    assert not view.is_following
    assert view.visible_range == pytest.approx((40.0, 70.0), abs=0.1)
    qtbot.keyClick(view.focusProxy(), Qt.Key.Key_PageDown)
    assert view.is_following


def test_zooming_keeps_following(view: TimelineView) -> None:
    view.set_live(True)
    view.content.add_entries([entry(i) for i in range(400)])
    turn(view, QPoint(0, 2), 80.0)
    assert view.is_following
    assert view.visible_range[1] == pytest.approx(100.0)


def test_the_end_of_a_recording_leaves_the_view_where_it_is(view: TimelineView) -> None:
    view.set_live(True)
    view.content.add_entries([entry(i) for i in range(400)])
    view.set_live(False)
    assert not view.is_following
    assert view.visible_range == (70.0, 100.0)
    assert not live_button(view).isVisible()


def test_the_view_goes_with_a_cursor_that_leaves_it_and_lets_the_user_look_elsewhere(filled: TimelineView) -> None:
    filled.zoom_in()
    filled.zoom_in()
    filled.show_cursor(14.9)
    filled.show_cursor(15.2)
    start_s, end_s = filled.visible_range
    assert start_s <= 15.2 <= end_s
    filled.findChild(QScrollBar).setValue(4000)  # 40 s
    elsewhere = filled.visible_range
    filled.show_cursor(15.4)
    assert filled.visible_range == elsewhere


def test_the_readout_is_one_line_that_ends_in_an_ellipsis_where_it_is_too_long(filled: TimelineView) -> None:
    filled.show_cursor(12.0)
    line = next(each for each in filled.foot.findChildren(QLabel) if each.accessibleName().startswith("Values"))
    whole = line.accessibleDescription()
    assert line.text() == whole
    assert "sounds happy" in whole
    filled.resize(filled.minimumSizeHint().width(), 500)
    QApplication.processEvents()
    assert line.text().endswith("…")
    assert line.fontMetrics().horizontalAdvance(line.text()) <= line.width()
    assert line.accessibleDescription() == line.toolTip() == whole


def test_hovering_emits_the_time_and_leaving_emits_none(qtbot, filled: TimelineView) -> None:
    emitted: list[float | None] = []
    filled.hovered.connect(emitted.append)
    qtbot.mouseMove(surface(filled), at(filled, 12.0))
    before = colours(drawn(filled))
    QApplication.sendEvent(plot(filled), QEvent(QEvent.Type.Leave))
    assert emitted[0] == pytest.approx(12.0, abs=PIXEL * plot(filled).axis.pixel_s)
    assert emitted[-1] is None
    assert colours(drawn(filled)) != before  # the line at the pointer is gone


def test_keys_move_select_and_clear(qtbot, filled: TimelineView) -> None:
    filled.seek_requested.connect(filled.show_cursor)
    sought: list[float] = []
    filled.seek_requested.connect(sought.append)
    qtbot.keyClick(plot(filled), Qt.Key.Key_Right)
    qtbot.keyClick(plot(filled), Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(plot(filled), Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert len(sought) == 3
    assert filled.selection == pytest.approx((sought[0], sought[2]))
    qtbot.keyClick(plot(filled), Qt.Key.Key_Escape)
    assert filled.selection is None
    qtbot.keyClick(plot(filled), Qt.Key.Key_End)
    assert sought[-1] == 60.0


def test_a_chip_hides_its_emotion(qtbot, filled: TimelineView) -> None:
    happy = rgb(emotion_fill("happy"))
    assert painted(filled, 5.0, 50.0)[happy] > 1000
    chip = next(chip for chip in filled.findChildren(QToolButton) if chip.text() == "happy")
    with qtbot.waitSignal(filled.hidden_changed) as changed:
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert changed.args == [frozenset({"happy"})]
    qtbot.wait(80)  # one frame
    assert painted(filled, 5.0, 50.0)[happy] == 0
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert filled.hidden == frozenset()
    assert painted(filled, 5.0, 50.0)[happy] > 1000


def test_showing_an_empty_recording_and_back_makes_no_new_chips(filled: TimelineView) -> None:
    before = filled.findChildren(QToolButton)
    filled.start(())
    filled.start(LABELS)
    assert set(filled.findChildren(QToolButton)) == set(before)
    assert all(each.isVisible() for each in before)


def test_another_recording_keeps_the_hidden_emotions_and_clears_the_rest(filled: TimelineView) -> None:
    next(chip for chip in filled.findChildren(QToolButton) if chip.text() == "sad").click()
    filled.select(1.0, 2.0)
    filled.show_cursor(10.0)
    filled.start((*LABELS, "angry"))
    assert filled.hidden == {"sad"}
    filled.start(("neutral", "angry"))
    assert filled.hidden == set()
    assert filled.selection is None
    assert plot(filled).cursor_s == 0.0
    filled.show_duration(5.0)
    assert filled.visible_range == (0.0, 5.0)


def test_the_height_of_a_band_is_its_probability(filled: TimelineView) -> None:
    seen = painted(filled, 5.0, 50.0)
    whole = sum(seen.values())
    assert seen[rgb(emotion_fill("happy"))] / whole == pytest.approx(0.8, abs=0.03)  # letters, grid
    assert seen[rgb(emotion_fill("sad"))] / whole == pytest.approx(0.1, abs=0.02)


def test_no_speech_is_empty_uncertain_is_paler_and_a_gap_is_a_hole(view: TimelineView) -> None:
    states = (State.SPEECH, State.NO_SPEECH, State.UNCERTAIN, State.GAP)
    view.content.add_entries([entry(i, states[i // 40]) for i in range(160)])
    happy, surface = rgb(emotion_fill("happy")), rgb(LIGHT.surface)
    silent = painted(view, 12.0, 18.0)
    assert set(silent) <= {surface} | {pixel for pixel, count in silent.items() if count < sum(silent.values()) / 20}
    assert painted(view, 2.0, 8.0)[happy] > 100
    assert painted(view, 22.0, 28.0)[happy] == 0
    assert painted(view, 32.0, 38.0)[happy] == 0
    assert painted(view, 32.0, 38.0)[rgb(LIGHT.window)] > 100


def test_lines_and_bands_and_themes_look_different(filled: TimelineView) -> None:
    stacked = filled.plot_image()
    filled.set_stacked(False)
    lines = filled.plot_image()
    filled.show_theme(DARK)
    dark = filled.plot_image()
    assert colours(stacked) != colours(lines)
    assert colours(dark)[rgb(DARK.surface)] > colours(dark)[rgb(LIGHT.surface)]


def test_a_picture_is_twice_as_fine_as_the_window(filled: TimelineView) -> None:
    image = filled.plot_image()
    assert image.width() == 2 * plot(filled).width()
    assert image.height() > 2 * plot(filled).height()


def test_an_svg_is_well_formed_and_contains_its_labels(filled: TimelineView, tmp_path: Path) -> None:
    filled.write_svg(tmp_path / "plot.svg")
    text = "".join(ElementTree.parse(tmp_path / "plot.svg").getroot().itertext())
    assert "happy" in text
    assert "Waveform" in text
    with pytest.raises(ExportError, match="nowhere"):
        filled.write_svg(tmp_path / "nowhere" / "plot.svg")


def test_every_control_has_a_name_and_the_tab_reaches_it(filled: TimelineView) -> None:
    controls = [child for child in filled.findChildren(QWidget) if isinstance(child, (QToolButton, TimelinePlot))]
    assert len(controls) == len(LABELS) + 1
    for control in controls:
        assert control.accessibleName()
        assert control.accessibleDescription()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_names_give_way_to_letters_where_it_is_narrow(filled: TimelineView) -> None:
    filled.resize(filled.minimumSizeHint().width(), 400)
    assert filled.width() < 400
    chips = filled.findChildren(QToolButton)
    assert max(chip.geometry().right() for chip in chips) <= filled.width()


def test_clipping_and_quiet_recordings_show() -> None:
    lane = SoundColumns()
    lane.add(*sound(1.0, 0.1))
    assert lane.magnification == 8.0
    faint = SoundColumns()
    faint.add(*sound(1.0, 0.009))
    assert faint.magnification == 64.0  # at least half of the lane is filled
    lane.add(*sound(1.0, 1.0))
    assert lane.magnification == 1.0
    assert lane.end_s == pytest.approx(2.0)


def test_a_peak_of_one_column_is_visible_in_ten_hours() -> None:
    lane, count = SoundColumns(), 1_800_000
    high = np.full(count, 0.01, np.float32)
    high[1_234_567] = 0.9
    lane.add(np.full(count, -0.01, np.float32), high)
    seconds, low, high = lane.envelope(TimeAxis(0.0, 36_000.0, 0.0, 1400.0))
    assert len(seconds) <= 1401
    assert high.max() == pytest.approx(0.9)
    assert seconds[high.argmax()] == pytest.approx(1_234_567 * WAVEFORM_COLUMN_S, abs=2 * 36_000 / 1400)
    assert low.min() == pytest.approx(-0.01)


def test_time_labels() -> None:
    assert [time_label(s) for s in (0.0, 59.6, 61.0, 3600.0)] == ["0:00", "1:00", "1:01", "1:00:00"]
    assert time_label(59.96, 0.1) == "1:00.0"


@pytest.mark.parametrize("span_s", [0.5, 3.0, 30.0, 600.0, 36_000.0])
def test_labels_have_room_and_there_are_some(span_s: float) -> None:
    axis = TimeAxis(7.3, span_s, 50.0, 1000.0)
    x = [axis.x(seconds) for seconds in axis.ticks(90.0)]
    assert 3 <= len(x) <= 12
    assert min(np.diff(x)) >= 90.0
    assert all(axis.seconds(axis.x(s)) == pytest.approx(s) for s in axis.ticks(90.0))


def test_scrolling_to_the_end_follows_again() -> None:
    view = Viewport()
    view.go_live(True)
    view.total_s = 100.0
    view.scroll_to(20.0)
    assert not view.is_following
    view.scroll_to(70.0)
    assert view.is_following


def test_a_view_of_all_that_grows_is_the_same_for_a_while() -> None:
    view = Viewport()
    view.go_live(True)
    view.fit()
    spans = set()
    for seconds in range(100, 200):
        view.total_s = float(seconds)
        assert view.total_s <= view.span_s <= 1.05 * view.total_s
        spans.add(view.span_s)
    assert len(spans) < 40


def test_numbers_are_written_as_in_the_users_country(qtbot, filled: TimelineView) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    try:
        assert time_label(2.5, 0.1) == "0:02,5"
        assert number_text(-17.96, 1) == "−18,0"
        assert clock_text(83.25) == "1:23,25"
    finally:
        QLocale.setDefault(before)
    assert time_label(2.5, 0.1) == "0:02" + before.decimalPoint() + "5"
