"""Several channels above each other on one time axis."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage

from ser_desktop.gui.shared.theme import LIGHT, emotion_colour
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
    shown.add_entries(entries("sad"), row=1)
    shown.add_waveform(QUIET, QUIET, row=1)
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
    return rows(view).rows[row].canvas.grab().toImage()


def point_at(qtbot, view: TimelineView, row: int, seconds: float) -> None:
    canvas = rows(view).rows[row].canvas
    qtbot.mouseMove(canvas, QPoint(5, 5))
    qtbot.mouseMove(canvas, QPoint(round(canvas.axis.x(seconds)), round(canvas.lanes.emotions.center().y())))


def test_two_channels_fit_into_a_small_window(view: TimelineView) -> None:
    assert not rows(view).verticalScrollBar().isVisible()
    heights = [row.canvas.lanes.emotions.height() for row in rows(view).rows]
    assert min(heights) > 3 * view.fontMetrics().height()
    assert heights[0] == pytest.approx(heights[1], rel=0.1)


def test_eight_channels_can_be_scrolled(qtbot, view: TimelineView) -> None:
    view.show_channels([f"Channel {number}" for number in range(1, 9)])
    qtbot.waitUntil(lambda: rows(view).verticalScrollBar().maximum() > 0)
    assert min(row.canvas.height() for row in rows(view).rows) >= 9 * view.fontMetrics().height()


def test_times_are_in_view_however_many_channels_there_are(view: TimelineView) -> None:
    def axes() -> list[bool]:
        return [row.drawing.layout.has_axis for row in rows(view).rows]

    assert axes() == [False, True]
    view.show_channels([f"Channel {number}" for number in range(1, 9)])
    assert axes() == [True] * 8
    view.show_channels(())
    assert axes() == [True]


def test_all_channels_have_the_same_time_at_the_same_place(view: TimelineView) -> None:
    view.zoom_in()
    first, second = (row.canvas.axis for row in rows(view).rows)
    assert first == second


def test_a_picture_shows_each_channel(view: TimelineView) -> None:
    image = view.plot_image()
    half = image.height() // 2
    upper, lower = image.copy(0, 0, image.width(), half), image.copy(0, half, image.width(), half)
    happy, sad = (emotion_colour(label, LIGHT) for label in ("happy", "sad"))
    assert count(upper, happy) > 100 * count(lower, happy)
    assert count(lower, sad) > 100 * max(count(upper, sad), 100)  # the legend has both


def test_the_readout_of_a_low_row_shows_all_emotions(qtbot, view: TimelineView) -> None:
    plates = [emotion_colour(label, LIGHT) for label in LABELS if label not in ("sad", "calm")]  # shown before
    before = seen(view, 1)
    assert [count(before, colour) for colour in plates] == [0] * len(plates)
    point_at(qtbot, view, 1, 5.0)
    assert all(count(seen(view, 1), colour) > 50 for colour in plates)


def test_the_line_at_the_pointer_goes_through_all_rows(qtbot, view: TimelineView) -> None:
    before, canvas = seen(view, 0), rows(view).rows[0].canvas
    point_at(qtbot, view, 1, 5.0)
    after, x = seen(view, 0), round(canvas.axis.x(5.0))
    changed = [at for at in range(before.width()) if column(before, at) != column(after, at)]
    assert changed
    assert all(abs(at - x) <= 1 for at in changed)


def test_only_the_first_row_has_flags(qtbot, view: TimelineView) -> None:
    view.show_markers([Marker(5.0, "here")])
    assert [count(seen(view, row), LIGHT.accent) > 100 for row in (0, 1)] == [True, False]
    canvas = rows(view).rows[1].canvas
    top = QPoint(round(canvas.axis.x(5.0)), 1)
    with qtbot.assertNotEmitted(view.marker_moved):
        qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=top)
        qtbot.mouseMove(canvas, top + QPoint(100, 0))
        qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=top + QPoint(100, 0))
    assert view.selection is not None


def column(image: QImage, x: int) -> list[int]:
    return [image.pixel(x, y) for y in range(image.height())]
