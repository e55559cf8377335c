"""Qt view for the whole recording while a part of it is in view: a thin ribbon with the part marked, to be moved."""

from __future__ import annotations

import enum
from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy

from ser_desktop.gui.timeline.channel_columns import ChannelColumns
from ser_desktop.gui.timeline.lane import Lane, LaneView, Look
from ser_desktop.gui.timeline.lanes.claims import ClaimsLane
from ser_desktop.gui.timeline.lanes.waveform import WaveformLane
from ser_desktop.gui.timeline.time_axis import MIN_SPAN_S, TimeAxis, Viewport, time_label
from ser_desktop.gui.timeline.time_scroll_bar import show_steps, step_seconds

LINES = 1.35  # height of the strip, in lines of text
GRIP_PX = 5.0  # beside an edge of the marked part, where it can be dragged
NARROWEST_PX = 10.0  # the marked part of ten hours would be narrower than a pixel
GROWTH_MS = 500  # between two pictures of a recording that grows
VEIL = 150  # opacity of what is not in view, of 255
WHEEL_SHARE = 0.1  # of the view, for a notch of the wheel
NOTCH = 120
OWN_KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)


class _Ribbon(ClaimsLane):
    """The claims without their words, for which the strip has no room."""

    has_words = False


class _Drag(enum.Enum):
    """What the pointer holds."""

    START = "start"
    END = "end"
    ALL = "all"


class Overview(QAbstractSlider):
    """What the whole recording sounds like, and which part of it is in view. Shown only while a part is.

    A click or a drag moves the part, a drag of its edges resizes it, a double click shows all. The keys are those of a
    slider. While a person judges by ear alone, it shows the waveform instead of the claims.

    Signals:
        scroll_requested(float): The part is to begin at this time in seconds.
        range_requested(float, float): The part is to reach from the first to the second time in seconds.
    """

    scroll_requested = Signal(float)
    range_requested = Signal(float, float)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._lane = look, _Ribbon()
        self._shown_lane: Lane = self._lane
        self._columns: tuple[ChannelColumns, ...] = ()
        self._total_s, self._start_s, self._end_s, self._cursor_s = 0.0, 0.0, 0.0, 0.0
        self._drag: _Drag | None = None
        self._grabbed_s = 0.0
        self._picture = QPixmap()
        self._pictured: tuple[object, object] = ((), ())
        self._age = QElapsedTimer()
        self._age.start()
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("The whole recording, and the part in view"))
        self.setToolTip(
            self.tr(
                "The whole recording: click or drag to move the view, drag its edges to zoom, double-click to show all"
            )
        )
        self.actionTriggered.connect(self._on_action)
        self.hide()

    def show_view(self, view: Viewport, columns: Sequence[ChannelColumns]) -> None:
        """Show which part is in view; hide with the whole recording in view, and while its end is followed.

        Args:
            view: The view range.
            columns: The content of each channel.
        """
        end_s = min(view.start_s + view.span_s, view.total_s)
        is_part = view.total_s > 0.0 and end_s - view.start_s < 0.999 * view.total_s and not view.is_following
        self.setVisible(is_part)
        if not is_part:
            self._columns, self._picture = (), QPixmap()
            return
        self._columns = tuple(columns)
        self._total_s, self._start_s, self._end_s = view.total_s, view.start_s, end_s
        show_steps(self, view)
        self.setAccessibleDescription(
            self.tr("{start} to {end} of {total}").format(
                start=time_label(self._start_s), end=time_label(self._end_s), total=time_label(self._total_s)
            )
        )
        self.update()

    def show_cursor(self, seconds: float) -> None:
        """Show where the cursor is."""
        before, self._cursor_s = self._cursor_s, seconds
        if self.isVisible() and round(self._axis.x(before)) != round(self._axis.x(seconds)):
            self.update()

    def set_blind(self, is_blind: bool) -> None:
        """Show the waveform instead of the claims of the model, or the claims again."""
        self._shown_lane = WaveformLane() if is_blind else self._lane
        self.update()

    @property
    def part(self) -> QRectF:
        """The marked part, in pixels of the strip; wider than its time where that would be too narrow to be held."""
        left, right = self._axis.x(self._start_s), self._axis.x(self._end_s)
        short = max(NARROWEST_PX - (right - left), 0.0) / 2.0
        left = min(max(left - short, 0.0), self.width() - NARROWEST_PX)
        return QRectF(left, 0.0, max(right + short - left, NARROWEST_PX), self.height())

    def sizeHint(self) -> QSize:
        """Return a height in lines of text."""
        return QSize(self.fontMetrics().height() * 16, round(self.fontMetrics().height() * LINES))

    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(self.fontMetrics().height() * 8, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Keep the keys of a slider, which are shortcuts of the window elsewhere."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in OWN_KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go by a page towards the end with Page Down, as a scroll bar does; a slider would go back."""
        pages = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()))
        if pages is None:
            super().keyPressEvent(event)
        else:
            self.scroll_requested.emit(self._start_s + pages * (self._end_s - self._start_s))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hold the part or one of its edges; beside it, bring the place to the middle first."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        seconds = self._seconds(event.position())
        self._drag = self._held_at(event.position())
        if self._drag is None:
            self._drag = _Drag.ALL
            self.scroll_requested.emit(seconds - (self._end_s - self._start_s) / 2.0)
        self._grabbed_s = seconds - self._start_s

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is held; else show what could be."""
        if self._drag is None:
            held = self._held_at(event.position())
            is_edge = held in (_Drag.START, _Drag.END)
            self.setCursor(Qt.CursorShape.SizeHorCursor if is_edge else Qt.CursorShape.ArrowCursor)
            return
        seconds = min(max(self._seconds(event.position()), 0.0), self._total_s)
        if self._drag is _Drag.ALL:
            self.scroll_requested.emit(self._seconds(event.position()) - self._grabbed_s)
        elif self._drag is _Drag.START:
            self.range_requested.emit(min(seconds, self._end_s - MIN_SPAN_S), self._end_s)
        else:
            self.range_requested.emit(self._start_s, max(seconds, self._start_s + MIN_SPAN_S))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._drag = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show the whole recording."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._drag = None
            self.range_requested.emit(0.0, self._total_s)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll by a part of the view."""
        turned = event.angleDelta().y() + event.angleDelta().x()
        self.scroll_requested.emit(self._start_s - WHEEL_SHARE * (self._end_s - self._start_s) * turned / NOTCH)
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the kept picture of the recording, and over it the part in view and the cursor."""
        self._update_picture()
        painter, theme, part = QPainter(self), self._look.theme, self.part
        painter.drawPixmap(0, 0, self._picture)
        veil = QColor(theme.window)
        veil.setAlpha(VEIL)
        painter.fillRect(QRectF(0.0, 0.0, part.left(), part.height()), veil)
        painter.fillRect(QRectF(part.right(), 0.0, self.width() - part.right(), part.height()), veil)
        x = self._axis.x(self._cursor_s)
        painter.fillRect(QRectF(round(x) - 1.0, 0.0, 2.0, part.height()), theme.cursor)
        painter.setPen(QPen(theme.accent, 2.0))
        painter.drawRect(part.adjusted(1.0, 1.0, -1.0, -1.0))
        for edge in (part.left(), part.right() - 3.0):
            painter.fillRect(QRectF(edge, part.height() * 0.25, 3.0, part.height() * 0.5), theme.accent)
        if self.hasFocus():
            painter.setPen(QPen(theme.text, 1.0, Qt.PenStyle.DotLine))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    @property
    def _axis(self) -> TimeAxis:
        return TimeAxis(0.0, max(self._total_s, MIN_SPAN_S), 0.0, max(float(self.width()), 1.0))

    def _seconds(self, place: QPointF) -> float:
        return self._axis.seconds(place.x())

    def _held_at(self, place: QPointF) -> _Drag | None:
        """Return what a press at a place holds; the edges of a narrow part are outside of it."""
        part, x = self.part, place.x()
        inner = min(GRIP_PX, part.width() / 4.0)
        if part.left() - GRIP_PX <= x < part.left() + inner:
            return _Drag.START
        if part.right() - inner < x <= part.right() + GRIP_PX:
            return _Drag.END
        return _Drag.ALL if part.left() <= x <= part.right() else None

    def _on_action(self, _action: int) -> None:
        """Scroll by a key."""
        self.scroll_requested.emit(step_seconds(self.sliderPosition()))

    def _update_picture(self) -> None:
        """Paint the recording anew where it has changed; while it grows, not more than twice a second."""
        ratio, size = self.devicePixelRatioF(), self.size()
        look = (size, ratio, self._look.theme, self._look.hidden, self._shown_lane, *map(id, self._columns))
        content = tuple((len(each.entries), each.sound.end_s, self._total_s) for each in self._columns)
        is_young = look == self._pictured[0] and self._age.elapsed() < GROWTH_MS
        if not self._picture.isNull() and ((look, content) == self._pictured or is_young):
            return
        self._pictured = (look, content)
        self._age.restart()
        self._picture = QPixmap(size * ratio)
        self._picture.setDevicePixelRatio(ratio)
        painter = QPainter(self._picture)
        painter.fillRect(QRectF(0.0, 0.0, size.width(), size.height()), self._look.theme.surface)
        height = size.height() / max(len(self._columns), 1)
        for row, columns in enumerate(self._columns):
            box = QRectF(0.0, row * height, size.width(), height)
            painter.setClipRect(box)
            axis = self._axis
            self._shown_lane.paint(painter, LaneView(box, axis, columns, self._look, (axis.start_s, axis.end_s)))
        painter.end()
