"""A timeline that rolls: its pixels are scrolled, and look as if everything had been painted."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyqtgraph
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGraphicsView, QWidget

from ser_desktop.acoustics.columns import BANDS, AcousticColumns
from ser_desktop.gui.shared.theme import DARK
from ser_desktop.gui.timeline.acoustic_track import AcousticTrack
from ser_desktop.gui.timeline.plot import TimelinePlot
from ser_desktop.gui.timeline.timeline_view import TimelineView
from ser_desktop.values import Affect, AffectClaim, EmotionScores, Marker, State, TimelineEntry

LABELS = ("neutral", "happy", "sad")
HOP_S = 0.25
STATES = (State.SPEECH, State.SPEECH, State.UNCERTAIN, State.UNCERTAIN, State.NO_SPEECH)
STEP_S = 0.04
SHADE = 40  # of 255: the spectrogram is stretched smoothly, and a strip of it a fraction of a pixel aside
FEW = 0.001  # share of pixels that may differ: antialiased edges where two strips meet


class Take:
    """Feeds a timeline with what a recording brings."""

    def __init__(self, view: TimelineView) -> None:
        self._view, self._acoustics, self._steps, self._entries = view, AcousticTrack(), 0, 0
        view.start(LABELS)
        view.content.show_acoustics(self._acoustics)
        view.set_live(True)

    def go_on(self, seconds: float, *, is_seen: bool = True) -> None:
        for _ in range(round(seconds / STEP_S)):
            self._step()
            if is_seen:
                plot(self._view).show_now()
                QApplication.processEvents()

    def _step(self) -> None:
        at = np.arange(2 * self._steps, 2 * self._steps + 2)
        high = np.abs(0.4 * np.sin(at / 30.0)).astype(np.float32)
        self._view.content.add_waveform(-high, high)
        levels = np.full(4, -30.0, np.float32)
        bands = np.clip(200 - 4 * np.abs(np.arange(BANDS) - 30 - 20 * np.sin(at[:, None] / 50.0)), 0, 255)
        self._acoustics.add(AcousticColumns(levels + 200.0, levels, bands.astype(np.uint8)))
        self._steps += 1
        while (self._entries + 1) * HOP_S <= self._steps * STEP_S:
            self._view.content.add_entries([entry(self._entries)])
            self._view.show_cursor((self._entries + 1) * HOP_S)
            self._entries += 1


def entry(index: int) -> TimelineEntry:
    state = STATES[index // 12 % len(STATES)]
    if state is State.NO_SPEECH:
        return TimelineEntry(index * HOP_S, (index + 1) * HOP_S, state, -60.0)
    values = np.array([0.2, 0.5 + 0.4 * np.sin(index / 9.0), 0.3 + 0.2 * np.cos(index / 5.0)])
    scores = EmotionScores(LABELS, tuple((values / values.sum()).tolist()))
    claims = (AffectClaim.HIGH_AROUSAL,) if index % 16 > 8 else ()
    affect = Affect(0.5 + 0.4 * np.sin(index / 7.0), 0.5, claims)
    return TimelineEntry(index * HOP_S, (index + 1) * HOP_S, state, -20.0, scores, affect)


def plot(view: TimelineView) -> TimelinePlot:
    found = view.findChild(TimelinePlot)
    assert found is not None
    return found


def pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)[:, :, :3].astype(np.int16)


def on_screen(view: TimelineView) -> np.ndarray:
    """Return the pixels that the screen shows of the plot."""
    QApplication.processEvents()
    window = view.screen().grabWindow(view.winId())
    return pixels(window.toImage().copy(QRect(plot(view).mapTo(view, QPoint(0, 0)), plot(view).size())))


def painted(view: TimelineView) -> np.ndarray:
    """Return the pixels of a plot that is painted at once."""
    return pixels(plot(view).grab().toImage())


@pytest.fixture
def view(qtbot) -> TimelineView:
    shown = TimelineView()
    qtbot.addWidget(shown)
    shown.resize(900, 520)
    shown.show()
    qtbot.waitExposed(shown)
    return shown


def choose_dark(view: TimelineView) -> None:
    view.show_theme(DARK)


def select(view: TimelineView) -> None:
    view.select(30.0, 35.0)


def mark(view: TimelineView) -> None:
    view.show_markers([Marker(33.0, "first laugh"), Marker(38.2, "here")])


def point(view: TimelineView) -> None:
    QTest.mouseMove(plot(view).viewport(), QPoint(600, 200))


def press(view: TimelineView) -> None:
    QTest.mouseClick(plot(view).viewport(), Qt.MouseButton.LeftButton, pos=QPoint(600, 200))


def enlarge(view: TimelineView) -> None:
    view.resize(1000, 600)


def cover(view: TimelineView, *, left: int = 20) -> None:
    """Lay another widget over the lower lanes and the time axis, as the window does with a note."""
    note = QWidget(view)
    note.setAutoFillBackground(True)
    note.setGeometry(left, view.height() - 130, view.width() - left - 20, 60)
    note.show()


def uncovered(view: TimelineView, image: np.ndarray) -> np.ndarray:
    """Return the rows of the plot above the note of :func:`cover`."""
    top = view.height() - 130 - plot(view).mapTo(view, QPoint(0, 0)).y()
    return image[:top]


def nothing(_view: TimelineView) -> None:
    """Change nothing."""


@pytest.mark.parametrize("change", [nothing, choose_dark, select, mark, point, press, enlarge])
def test_what_rolled_looks_as_if_it_were_painted_at_once(
    view: TimelineView, change: Callable[[TimelineView], None]
) -> None:
    take = Take(view)
    take.go_on(36.0, is_seen=False)
    take.go_on(0.5)
    change(view)
    take.go_on(3.0)
    assert plot(view).viewportUpdateMode() == QGraphicsView.ViewportUpdateMode.NoViewportUpdate
    assert (np.abs(on_screen(view) - painted(view)).max(axis=2) > SHADE).mean() < FEW


class Painted(QObject):
    """Notes how many pixels of a widget are painted."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.pixels = 0
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.pixels += sum(rect.width() * rect.height() for rect in event.region())  # type: ignore[attr-defined]
        return False


@pytest.mark.parametrize("left", [20, 400])  # over the whole width of the lanes, and over a part of it
def test_what_rolls_below_a_note_looks_as_if_it_were_painted_at_once(view: TimelineView, left: int) -> None:
    take = Take(view)
    take.go_on(36.0, is_seen=False)
    cover(view, left=left)
    take.go_on(3.0)
    differences = np.abs(uncovered(view, on_screen(view)) - uncovered(view, painted(view))).max(axis=2)
    assert (differences > SHADE).mean() < FEW


@pytest.mark.parametrize("has_note", [False, True])
def test_a_frame_that_rolls_paints_few_pixels(view: TimelineView, has_note: bool) -> None:
    take = Take(view)
    take.go_on(36.0, is_seen=False)
    if has_note:
        cover(view)
    take.go_on(0.5)
    seen = Painted(plot(view).viewport())
    take.go_on(4.0)
    frames = 4.0 / STEP_S
    assert seen.pixels / frames < 0.1 * plot(view).width() * plot(view).height()


def test_where_a_note_covers_a_part_of_a_lane_the_scene_paints_no_lanes(
    view: TimelineView, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = Take(view)
    take.go_on(36.0, is_seen=False)
    cover(view, left=400)
    take.go_on(0.5)
    seen: list[QRect] = []
    paint = pyqtgraph.GraphicsLayoutWidget.paintEvent
    monkeypatch.setattr(
        pyqtgraph.GraphicsLayoutWidget,
        "paintEvent",
        lambda plot, event: (seen.append(event.region().boundingRect()), paint(plot, event)),
    )
    take.go_on(2.0)
    assert sum(rect.top() < plot(view).lanes_rect.bottom() for rect in seen) <= 2  # a new number on the time axis


def test_a_lane_without_labels_paints_little_of_what_was_there_before_an_entry(view: TimelineView) -> None:
    take = Take(view)
    view.show_lanes("affect:4.0 -claims:3.0 -waveform:4.0 -spectrogram:4.0 -pitch:4.0")
    take.go_on(36.0, is_seen=False)
    take.go_on(0.5)
    seen = Painted(plot(view).viewport())
    take.go_on(4.0)
    lane = plot(view).lane_rect("affect")
    entry_px = HOP_S / plot(view).axis.pixel_s
    assert seen.pixels / (4.0 / HOP_S) < 10.0 * entry_px * lane.height()


def test_an_entry_is_painted_in_the_event_after_it_came(view: TimelineView) -> None:
    take = Take(view)
    take.go_on(36.0, is_seen=False)
    take.go_on(0.5)
    seen = Painted(plot(view).viewport())
    plot(view).show_now()
    view.content.add_entries([entry(146)])
    QApplication.sendPostedEvents()
    assert seen.pixels > 0
