"""Several channels above each other on one time axis."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage

from ser_desktop.gui.shared.theme import LIGHT, emotion_fill
from ser_desktop.gui.timeline.rows import TimelineRows
from ser_desktop.gui.timeline.timeline_view import TimelineView
from ser_desktop.values import EmotionScores, Marker, State, TimelineEntry

LABELS = ("neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised")
CAPTIONS = ("Channel 1 (left)", "Channel 2 (right)")
QUIET = np.zeros(1000, np.float32)  # 20 s


def entries(label: str) -> list[TimelineEntry]:
    """20 s that sound like one emotion alone."""
    scores = EmotionScores(LABELS, tuple(float(each == label) for each in LABELS))
    return [TimelineEntry(at / 4, (at + 1) / 4, State.SPEECH, -20.0, scores) for at in range(80)]


@pytest.fixture
def view(qtbot) -> TimelineView:
    """Happy above sad, as high as in a window of 1000 x 640."""
    shown = TimelineView()
    qtbot.addWidget(shown)
    shown.resize(740, 27 * shown.fontMetrics().height())
    shown.show_channels(CAPTIONS)
    shown.show_recording(LABELS, entries("happy"), QUIET, QUIET)
    shown.content.add_entries(entries("sad"), row=1)
    shown.content.add_waveform(QUIET, QUIET, row=1)
    shown.show()
    qtbot.waitExposed(shown)
    return shown


def rows(view: TimelineView) -> TimelineRows:
    found = view.findChild(TimelineRows)
    assert found is not None
    return found


def count(image: QImage, colour: QColor) -> int:
    pixels = np.frombuffer(image.convertToFormat(QImage.Format.Format_RGB32).constBits(), np.uint32)
    return int(np.count_nonzero((pixels & 0xFFFFFF) == (colour.rgb() & 0xFFFFFF)))


def seen(view: TimelineView, row: int) -> QImage:
    plot = rows(view).rows[row].plot
    plot.show_now()
    return plot.grab().toImage()


def point_at(qtbot, view: TimelineView, row: int, seconds: float) -> None:
    plot = rows(view).rows[row].plot
    qtbot.mouseMove(plot.viewport(), QPoint(5, 5))
    y = round(plot.lane_rect("waveform").center().y())
    qtbot.mouseMove(plot.viewport(), QPoint(round(plot.axis.x(seconds)), y))


def test_two_channels_fit_into_a_small_window(view: TimelineView) -> None:
    assert not rows(view).verticalScrollBar().isVisible()
    heights = [row.plot.lane_rect("waveform").height() for row in rows(view).rows]
    assert min(heights) > 3 * view.fontMetrics().height()
    assert heights[0] == pytest.approx(heights[1], rel=0.1)


def test_eight_channels_can_be_scrolled(qtbot, view: TimelineView) -> None:
    view.show_channels([f"Channel {number}" for number in range(1, 9)])
    qtbot.waitUntil(lambda: rows(view).verticalScrollBar().maximum() > 0)
    assert min(row.plot.height() for row in rows(view).rows) >= 9 * view.fontMetrics().height()


def test_times_are_in_view_however_many_channels_there_are(view: TimelineView) -> None:
    def axes() -> list[bool]:
        return [row.plot.layout_.has_axis for row in rows(view).rows]

    assert axes() == [False, True]
    view.show_channels([f"Channel {number}" for number in range(1, 9)])
    assert axes() == [True] * 8
    view.show_channels(())
    assert axes() == [True]


def test_all_channels_have_the_same_time_at_the_same_place(view: TimelineView) -> None:
    view.zoom_in()
    first, second = (row.plot.axis for row in rows(view).rows)
    assert first == second


def test_a_quiet_channel_begins_at_the_same_pixel_as_a_loud_one(view: TimelineView) -> None:
    for row, peak in enumerate((1.0, 0.01)):  # full scale at 0 and at −36 dBFS
        high = np.full(1000, peak, np.float32)
        view.content.add_waveform(-high, high, row=row)
    shown = [row.plot for row in rows(view).rows]
    for plot in shown:
        plot.show_now()
    assert {plot.lanes_rect.left() for plot in shown} == {shown[0].lanes_rect.left()}
    assert shown[0].axis.x(10.0) == shown[1].axis.x(10.0)


def test_a_picture_shows_each_channel(view: TimelineView) -> None:
    image = view.plot_image()
    height = rows(view).rows[0].plot.lane_rect("claims").height()
    happy, sad = (lines_of(image, emotion_fill(label)) for label in ("happy", "sad"))
    assert min(len(happy), len(sad)) >= height  # the picture has two pixels for each of the window
    assert max(happy) < min(sad)


def lines_of(image: QImage, colour: QColor) -> list[int]:
    """Return the lines of pixels that are mostly of a colour."""
    pixels = np.frombuffer(image.convertToFormat(QImage.Format.Format_RGB32).constBits(), np.uint32)
    is_colour = (pixels.reshape(image.height(), -1) & 0xFFFFFF) == (colour.rgb() & 0xFFFFFF)
    return np.flatnonzero(is_colour.mean(axis=1) > 0.5).tolist()


def test_the_line_at_the_pointer_goes_through_all_rows(qtbot, view: TimelineView) -> None:
    before, plot = seen(view, 0), rows(view).rows[0].plot
    point_at(qtbot, view, 1, 5.0)
    after, x = seen(view, 0), round(plot.axis.x(5.0))
    changed = [at for at in range(before.width()) if column(before, at) != column(after, at)]
    assert changed
    assert all(abs(at - x) <= 1 for at in changed)


def test_only_the_first_row_has_flags(qtbot, view: TimelineView) -> None:
    view.show_markers([Marker(5.0, "here")])
    assert [count(seen(view, row), LIGHT.accent) > 100 for row in (0, 1)] == [True, False]
    plot = rows(view).rows[1].plot
    top = QPoint(round(plot.axis.x(5.0)), 1)
    with qtbot.assertNotEmitted(view.marker_moved):
        qtbot.mousePress(plot.viewport(), Qt.MouseButton.LeftButton, pos=top)
        qtbot.mouseMove(plot.viewport(), top + QPoint(100, 0))
        qtbot.mouseRelease(plot.viewport(), Qt.MouseButton.LeftButton, pos=top + QPoint(100, 0))
    assert view.selection is not None


def column(image: QImage, x: int) -> list[int]:
    return [image.pixel(x, y) for y in range(image.height())]
