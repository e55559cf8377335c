from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter, QPaintEvent, QRegion

from ser_desktop.gui.shared.theme import LIGHT
from ser_desktop.gui.timeline.backing_picture import BackingPicture
from ser_desktop.gui.timeline.canvas import TimelineCanvas
from ser_desktop.gui.timeline.drawing import Lanes, TimelineDrawing
from ser_desktop.gui.timeline.lanes.waveform_lane import WAVEFORM_COLUMN_S, WaveformLane
from ser_desktop.gui.timeline.time_axis import TimeAxis, Viewport
from ser_desktop.gui.timeline.timeline_view import TimelineView
from ser_desktop.values import EmotionScores, State, TimelineEntry

LABELS = ("neutral", "happy", "sad", "angry")
TURNS = (State.SPEECH, State.SPEECH, State.UNCERTAIN, State.NO_SPEECH, State.GAP)
HOP_S = 0.25
SIZE = QSize(900, 420)
AREA = QRectF(0.0, 0.0, SIZE.width(), SIZE.height())
DIFFERENT = 24  # of 255; the antialiasing of an edge depends on where its polygon is cut
FEW = 0.004  # of the pixels


def entries(first: int, stop: int) -> list[TimelineEntry]:
    """Speech with changing emotions, alternating with uncertain entries, silence and gaps."""
    random = np.random.default_rng(1)
    states = random.integers(0, len(TURNS), 100)
    likely = random.dirichlet(np.full(len(LABELS), 0.4), 100)
    values = likely[np.arange(1000) // 13] + random.uniform(0.0, 0.3, (1000, len(LABELS)))
    scores = [EmotionScores(LABELS, tuple(row)) for row in (values / values.sum(axis=1, keepdims=True)).tolist()]
    made = []
    for index in range(first, stop):
        state = TURNS[states[index // 13 % 100]]
        likely_scores = scores[index % 1000] if state in (State.SPEECH, State.UNCERTAIN) else None
        level = None if state is State.GAP else -20.0
        made.append(TimelineEntry(index * HOP_S, (index + 1) * HOP_S, state, level, likely_scores))
    return made


def sound(first_s: float, end_s: float) -> tuple[np.ndarray, np.ndarray]:
    count = round(end_s / WAVEFORM_COLUMN_S)
    high = np.random.default_rng(3).uniform(0.1, 0.9, count).astype(np.float32)[round(first_s / WAVEFORM_COLUMN_S) :]
    return -high, high


def filled(end_s: float) -> TimelineDrawing:
    drawing = TimelineDrawing()
    drawing.start(LABELS)
    drawing.waveform.add(*sound(0.0, end_s))
    drawing.entries.add(entries(0, int(end_s / HOP_S)))
    return drawing


@pytest.fixture
def font(qapp) -> QFont:
    return qapp.font()


def updated_area(picture: BackingPicture, viewport: Viewport, font: QFont) -> QRect:
    return picture.update_pixmap(AREA, Lanes.inside(AREA, QFontMetricsF(font)), viewport, ratio=1.0, font=font)


def painted_at_once(drawing: TimelineDrawing, viewport: Viewport, font: QFont) -> QImage:
    image = QImage(SIZE, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setFont(font)
    drawing.paint(painter, AREA, viewport)
    painter.end()
    return image


def pixels(image: QImage) -> np.ndarray:
    rows = np.frombuffer(image.convertToFormat(QImage.Format.Format_RGB32).constBits(), np.uint8)
    return rows.reshape(image.height(), image.width(), 4)[:, :, :3].astype(int)


def difference(picture: BackingPicture, drawing: TimelineDrawing, viewport: Viewport, font: QFont) -> float:
    """Return the share of pixels that differ from a picture that is painted at once."""
    one, other = pixels(picture.pixmap.toImage()), pixels(painted_at_once(drawing, viewport, font))
    return float((np.abs(one - other).max(axis=2) > DIFFERENT).mean())


@pytest.mark.parametrize("is_stacked", [True, False])
def test_a_timeline_that_rolls_looks_as_if_it_were_painted_at_once(font: QFont, is_stacked: bool) -> None:
    drawing, viewport = filled(40.0), Viewport()
    drawing.emotions.is_stacked = is_stacked
    viewport.go_live(True)
    viewport.total_s = drawing.end_s
    picture = BackingPicture(drawing)
    updated_area(picture, viewport, font)
    for step in range(1, 400):  # an entry arrives when its sound is over
        end_s = 40.0 + 0.06 * step
        drawing.waveform.add(*sound(drawing.waveform.end_s, end_s))
        drawing.entries.add(entries(len(drawing.entries), int(end_s / HOP_S)))
        viewport.total_s = drawing.end_s
        updated_area(picture, viewport, font)
        if step % 57 == 0:
            assert difference(picture, drawing, viewport, font) < FEW


@pytest.mark.parametrize("span_s", [6.0, 30.0, 1200.0])
def test_a_timeline_that_is_scrolled_looks_as_if_it_were_painted_at_once(font: QFont, span_s: float) -> None:
    drawing, viewport = filled(3000.0), Viewport()
    viewport.total_s = drawing.end_s
    viewport.zoom(span_s, 1500.0)
    picture = BackingPicture(drawing)
    updated_area(picture, viewport, font)
    for by in (0.07, 0.013, -0.2, 0.31, -0.001, -0.4, 0.9, 0.002):
        viewport.scroll_to(viewport.start_s + by * span_s)
        updated_area(picture, viewport, font)
        assert difference(picture, drawing, viewport, font) < FEW


def test_nothing_is_painted_where_nothing_has_changed(font: QFont) -> None:
    drawing, viewport = filled(20.0), Viewport()
    viewport.total_s = 30.0
    picture = BackingPicture(drawing)
    assert updated_area(picture, viewport, font).size() == SIZE
    assert updated_area(picture, viewport, font).isEmpty()
    drawing.waveform.add(*sound(20.0, 20.5))
    changed = updated_area(picture, viewport, font)
    assert 0 < changed.width() < SIZE.width() / 2
    picture.invalidate()
    assert updated_area(picture, viewport, font).size() == SIZE


class Counted(QPainter):
    """Counts drawing operations."""

    def __init__(self, image: QImage) -> None:
        super().__init__(image)
        self.points = self.calls = 0
        self.drawn: list[QPointF] = []

    def drawPolygon(self, points, *more) -> None:
        self.drawn += [QPointF(point) for point in points]
        self.points, self.calls = self.points + len(points), self.calls + 1
        super().drawPolygon(points, *more)

    def drawPolyline(self, points, *more) -> None:
        self.points, self.calls = self.points + len(points), self.calls + 1
        super().drawPolyline(points, *more)

    def drawRects(self, rects) -> None:
        self.points += len(rects)
        super().drawRects(rects)

    def fillRect(self, *what) -> None:
        self.calls += 1
        super().fillRect(*what)

    def drawText(self, *what) -> None:
        self.calls += 1
        super().drawText(*what)


@pytest.mark.parametrize("is_stacked", [True, False])
def test_ten_hours_take_no_more_work_than_the_screen_has_columns(font: QFont, is_stacked: bool) -> None:
    image = QImage(SIZE, QImage.Format.Format_RGB32)
    work = []
    for end_s in (3600.0, 36_000.0):
        drawing, viewport = filled(end_s), Viewport()
        drawing.emotions.is_stacked = is_stacked
        viewport.total_s = end_s
        painter = Counted(image)
        painter.setFont(font)
        drawing.paint(painter, AREA, viewport)
        painter.end()
        assert painter.points <= 2 * (2 + len(LABELS)) * SIZE.width()
        work.append(painter.points + painter.calls)
    assert work[1] <= 1.5 * work[0]


def test_a_cursor_that_moves_paints_its_columns_only(qtbot) -> None:
    view = TimelineView()
    qtbot.addWidget(view)
    view.resize(SIZE)
    view.show_recording(LABELS, entries(0, 200), *sound(0.0, 50.0))
    view.show()
    qtbot.waitExposed(view)
    canvas = view.findChild(TimelineCanvas)
    qtbot.wait(50)
    widths: list[int] = []
    paint = canvas.paintEvent

    def count(event: QPaintEvent) -> None:
        widths.append(sum(rect.width() for rect in event.region()))
        paint(event)

    canvas.paintEvent = count
    view.show_cursor(20.0)
    qtbot.waitUntil(lambda: bool(widths))
    assert max(widths) < SIZE.width() / 8


def test_changed_lanes_are_painted_even_if_the_cursor_was_painted_first(qtbot) -> None:
    view = TimelineView()
    qtbot.addWidget(view)
    view.resize(SIZE)
    view.show_recording(LABELS, entries(0, 20), *sound(0.0, 5.0))
    view.show_duration(30.0)
    view.show()
    qtbot.waitExposed(view)
    canvas = view.findChild(TimelineCanvas)
    qtbot.wait(50)
    painted: list[QRegion] = []
    paint = canvas.paintEvent

    def keep(event: QPaintEvent) -> None:
        painted.append(QRegion(event.region()))
        paint(event)

    canvas.paintEvent = keep
    canvas.repaint(0, 0, 1, 1)  # the lanes are painted at most every 33 ms, the cursor at once
    view.add_entries(entries(20, 80))
    view.show_cursor(0.5)
    new_entries = QRect(canvas.width() // 3, canvas.height() // 2, canvas.width() // 8, canvas.height() // 8)

    def is_seen() -> bool:
        left = QRegion(new_entries)
        for region in painted:
            left = left.subtracted(region)
        return left.isEmpty()

    qtbot.waitUntil(is_seen, timeout=10_000)


@pytest.mark.parametrize("span_s", [10.0, 60.0])
def test_lost_sound_is_a_hole_in_the_waveform_and_the_rest_of_it_stays_as_it_is(font: QFont, span_s: float) -> None:
    low, high = sound(0.0, 10.0)
    low, high = low / 10.0, high / 10.0
    whole, holed = WaveformLane(), WaveformLane()
    whole.add(low, high)
    low[100:150] = high[100:150] = np.nan  # as a pause leaves it
    holed.add(low, high)
    assert holed.magnification == whole.magnification > 1.0
    axis = TimeAxis(0.0, span_s, 0.0, 300.0)
    for lane in (whole, holed):
        image = QImage(300, 100, QImage.Format.Format_RGB32)
        painter = Counted(image)
        lane.paint(painter, QRectF(0.0, 0.0, 300.0, 100.0), axis, LIGHT)
        drawn = painter.drawn
        painter.end()
        assert np.isfinite([(point.x(), point.y()) for point in drawn]).all()
        in_hole = [point for point in drawn if axis.x(2.2) < point.x() < axis.x(2.8)]
        assert bool(in_hole) is (lane is whole)
        assert any(point.x() < axis.x(1.8) for point in drawn)
        assert any(point.x() > axis.x(3.2) for point in drawn)


def test_a_hole_shorter_than_a_column_of_the_screen_hides_no_sound() -> None:
    low, high = sound(0.0, 100.0)
    high[::8] = low[::8] = np.nan
    lane = WaveformLane()
    lane.add(low, high)
    _, lowest, highest = lane.envelope(TimeAxis(0.0, 100.0, 0.0, 200.0))
    assert np.isfinite(lowest).all()
    assert np.isfinite(highest).all()
