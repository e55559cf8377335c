"""Qt view for the lanes of a timeline: paints them, and turns mouse and keyboard events into signals."""

from __future__ import annotations

import math

from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from ser_desktop.gui.timeline.backing_picture import BackingPicture
from ser_desktop.gui.timeline.drawing import Lanes, TimelineDrawing
from ser_desktop.gui.timeline.markers import Flag, flag_at, flags, paint_markers
from ser_desktop.gui.timeline.overlay import (
    paint_cursor,
    paint_empty_hint,
    paint_hover,
    paint_pointer_line,
    paint_selection,
)
from ser_desktop.gui.timeline.time_axis import TimeAxis, Viewport

FRAME_MS = 33
NOTCH = 120.0  # eighths of a degree: one step of a mouse wheel
ZOOM_PER_NOTCH = 1.25
SCROLL_PER_NOTCH = 0.1  # of the view
KEY_STEP = 0.02  # of the view
EDGE_HIT_PX = 4.0  # hit test: pixels around an edge of the selection in which it can be dragged
EDGE_SCROLL = 0.3  # of the distance between the pointer and the lanes, scrolled in each frame
KEYBOARD_REASONS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class TimelineCanvas(QWidget):
    """Paints the lanes, and over them markers, cursor, selection and readout.

    The lanes are kept in a backing pixmap, so that a repaint of what lies over them costs next to nothing.

    Args:
        drawing: The content of the recording.
        viewport: The view range.

    Signals:
        seek_requested: Emitted with the time in seconds after a click or a cursor key.
        selection_requested: Emitted with (start, end) in seconds during a drag, with ``None`` to clear it.
        segment_requested: Emitted with the time in seconds of a double click.
        marker_moved(int, float): Emitted when a flag was dragged, with the marker's index and new time in seconds.
        hovered: Emitted with the time under the pointer in seconds, with ``None`` when the pointer leaves.
        zoom_requested: Emitted with a factor and the time that keeps its place on the screen.
        scroll_requested: Emitted with the new time at the left edge.
    """

    seek_requested = Signal(float)
    selection_requested = Signal(object)
    segment_requested = Signal(float)
    marker_moved = Signal(int, float)
    hovered = Signal(object)
    zoom_requested = Signal(float, float)
    scroll_requested = Signal(float)

    def __init__(self, drawing: TimelineDrawing, viewport: Viewport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cursor_s = 0.0
        self.selection: tuple[float, float] | None = None
        self._drawing, self._viewport = drawing, viewport
        self._picture = BackingPicture(drawing)
        self._lanes: Lanes | None = None
        self._is_focus_shown = False
        self._hover: QPointF | None = None
        self._pointed_s: float | None = None  # the time under the pointer while that is in another row
        self._pressed: QPointF | None = None
        self._anchor_s: float | None = None  # the fixed edge of a selection while the other is dragged
        self._moved_s = 0.0
        self._dragged: tuple[int, float] | None = None  # index and time of the marker that is dragged
        self._since_paint = QElapsedTimer()
        self._since_paint.start()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._show_changes)
        self._edge_timer = QTimer(self, interval=FRAME_MS)
        self._edge_timer.timeout.connect(self._scroll_at_edge)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        line = self.fontMetrics().height()
        self.setMinimumSize(line * 16, line * 15)
        self.setAccessibleName(self.tr("Timeline"))
        self.setAccessibleDescription(
            self.tr(
                "Waveform, emotions and confidence over time. Arrow keys move the cursor, with Shift they select; "
                "Page Up and Page Down go by a whole view, also while recording; "
                "plus and minus zoom, Escape clears the selection. The table of passages says the same in words."
            )
        )

    @property
    def lanes(self) -> Lanes:
        """The rectangles of the lanes."""
        if self._lanes is None:  # computed lazily: text must be measured
            self._lanes = self._drawing.lanes(QRectF(self.rect()), QFontMetricsF(self.font()))
        return self._lanes

    @property
    def axis(self) -> TimeAxis:
        """The time axis of the view range."""
        return self.lanes.time_axis(self._viewport)

    def refresh(self, *, is_stale: bool = True) -> None:
        """Schedule a repaint, at most one every 33 ms.

        Args:
            is_stale: Whether the layout and the whole backing pixmap are invalid. New content and scrolling are
                detected without it.
        """
        if is_stale:
            self._lanes = None
            self._picture.invalidate()
        if not self._timer.isActive():
            self._timer.start(max(FRAME_MS - self._since_paint.elapsed(), 0))

    def show_cursor(self, seconds: float) -> None:
        """Move the cursor; only its columns are repainted."""
        axis, width = self.axis, math.ceil(self.fontMetrics().height())
        for x in (axis.x(self.cursor_s), axis.x(seconds)):
            self.update(QRect(round(min(max(x, -width), self.width())) - width // 2, 0, width, self.height()))
        self.cursor_s = seconds

    def show_pointed(self, seconds: float | None) -> None:
        """Draw a line at the time under the pointer, which is in another row; none with ``None``."""
        self._pointed_s = seconds
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lanes from the backing pixmap, then what lies over them."""
        self._since_paint.restart()
        changed = QRegion(self._update_picture())
        if not changed.isEmpty():  # often the event covers only the cursor's columns
            self.update(changed.subtracted(event.region()))
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture.pixmap)
        lanes, axis, theme = self.lanes, self.axis, self._drawing.theme
        if not self._viewport.total_s:
            paint_empty_hint(painter, lanes.emotions, theme, is_live=self._viewport.is_live)
            return
        if self.selection:
            paint_selection(painter, lanes.plot, axis, self.selection, theme=theme)
        found = self._flags(lanes, axis)
        pointed = self._dragged[0] if self._dragged else self._pointed(found)
        has_flags = self._drawing.layout.has_flags
        paint_markers(
            painter, self._drawing.markers, found, lanes.plot, theme=theme, pointed=pointed, has_flags=has_flags
        )
        paint_cursor(painter, lanes.plot, axis, self.cursor_s, theme=theme, has_handle=has_flags)
        if self._pointed_s is not None and self._hover is None:
            paint_pointer_line(painter, lanes.plot, axis.x(self._pointed_s), theme=theme)
        self._paint_hover(painter, lanes, axis, is_pointing=pointed is not None)
        if self._is_focus_shown:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.accent, 2.0))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Invalidate the layout and the backing pixmap."""
        super().resizeEvent(event)
        self._lanes = None
        self._picture.invalidate()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a focus frame if the focus came by keyboard; after a click none is needed."""
        super().focusInEvent(event)
        self._is_focus_shown = event.reason() in KEYBOARD_REASONS
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the focus frame."""
        super().focusOutEvent(event)
        self._is_focus_shown = False
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Invalidate the layout and the backing pixmap when the font changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._lanes = None
            self._picture.invalidate()
            self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer; scroll with Shift or a horizontal wheel."""
        turn = event.angleDelta()
        sideways = turn.x() if abs(turn.x()) > abs(turn.y()) else 0
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            sideways = turn.x() or turn.y()
        axis = self.axis
        if sideways:
            self.scroll_requested.emit(axis.start_s - sideways / NOTCH * SCROLL_PER_NOTCH * axis.span_s)
        elif turn.y():
            self.zoom_requested.emit(ZOOM_PER_NOTCH ** (turn.y() / NOTCH), axis.seconds(event.position().x()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hit-test flags and the edges of the selection, or begin a click or drag; with Shift, move the nearer edge."""
        if event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._pressed, self._anchor_s = event.position(), None
        flag = self._flag_at(event.position())
        if flag:
            self._dragged = flag.index, self._drawing.markers[flag.index].seconds
            return
        end = self._end_at(event.position())
        if self.selection and end is not None:
            self._anchor_s = self.selection[1 - end]
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            seconds = self._seconds_at(event.position())
            start_s, end_s = self.selection or (self.cursor_s, self.cursor_s)
            self._anchor_s = end_s if abs(seconds - start_s) < abs(seconds - end_s) else start_s
            self._select_to(seconds)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Update the readout under the pointer, and continue a drag."""
        self._hover = event.position()
        self.hovered.emit(self._seconds_at(event.position()))
        if self._pressed is not None:
            self._drag_to(event.position())
            plot = self.lanes.plot
            is_outside = not plot.left() <= event.position().x() <= plot.right()
            if not is_outside or (self._anchor_s is None and self._dragged is None):
                self._edge_timer.stop()
            elif not self._edge_timer.isActive():
                self._edge_timer.start()
        else:
            self._show_pointer_shape(event.position())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag, or handle a press without movement as a click."""
        if event.button() is not Qt.MouseButton.LeftButton or self._pressed is None:
            return
        self._edge_timer.stop()
        pressed, dragged, was_selecting = self._pressed, self._dragged, self._anchor_s is not None
        self._pressed = self._anchor_s = self._dragged = None
        self.update()
        if dragged:
            before_s = self._drawing.markers[dragged[0]].seconds
            if dragged[1] == before_s:
                self.seek_requested.emit(before_s)
            else:
                self.marker_moved.emit(*dragged)
        elif not was_selecting:
            seconds = self._seconds_at(pressed)
            if self.selection and not self.selection[0] <= seconds <= self.selection[1]:
                self.selection_requested.emit(None)
            self.seek_requested.emit(seconds)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Request the selection of the segment under the pointer."""
        if event.button() is Qt.MouseButton.LeftButton and self._flag_at(event.position()) is None:
            self.segment_requested.emit(self._seconds_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the readout."""
        super().leaveEvent(event)
        self._hover = None
        self.hovered.emit(None)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cursor, select or zoom."""
        key, axis = event.key(), self.axis
        is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        step_s = KEY_STEP * axis.span_s
        from_s = self._moving_end_s() if is_shifted else self.cursor_s
        targets = {
            Qt.Key.Key_Left: from_s - step_s,
            Qt.Key.Key_Right: from_s + step_s,
            Qt.Key.Key_PageUp: from_s - axis.span_s,
            Qt.Key.Key_PageDown: from_s + axis.span_s,
            Qt.Key.Key_Home: 0.0,
            Qt.Key.Key_End: self._viewport.total_s,
        }
        if self._viewport.is_live and key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):  # the cursor stays at the end
            self.scroll_requested.emit(axis.start_s + axis.span_s * (-1 if key == Qt.Key.Key_PageUp else 1))
        elif key in targets:
            self._move_cursor(targets[Qt.Key(key)], is_selecting=is_shifted)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_requested.emit(2.0, self._viewport.zoom_centre_s(self.cursor_s))
        elif key == Qt.Key.Key_Minus:
            self.zoom_requested.emit(0.5, self._viewport.zoom_centre_s(self.cursor_s))
        elif key == Qt.Key.Key_Escape and self.selection:
            self.selection_requested.emit(None)
        else:
            super().keyPressEvent(event)

    def _move_cursor(self, seconds: float, *, is_selecting: bool) -> None:
        seconds = min(max(seconds, 0.0), self._viewport.total_s)
        if is_selecting:
            start_s, end_s = self.selection or (self.cursor_s, self.cursor_s)
            self._anchor_s = end_s if self._moving_end_s() == start_s else start_s
            self._select_to(seconds)
            self._anchor_s = None
        self.seek_requested.emit(seconds)

    def _moving_end_s(self) -> float:
        """Return the edge of the selection that keys move: the one at the cursor, or else the one moved last."""
        if not self.selection or self.cursor_s in self.selection:
            return self.cursor_s
        return self._moved_s if self._moved_s in self.selection else self.selection[1]

    def _seconds_at(self, position: QPointF) -> float:
        return min(max(self.axis.seconds(position.x()), 0.0), self._viewport.total_s)

    def _end_at(self, position: QPointF) -> int | None:
        """Hit-test the edges of the selection: return 0 for its start, 1 for its end, or ``None``."""
        if not self.selection or not self.lanes.plot.contains(position):
            return None
        away = [abs(self.axis.x(end_s) - position.x()) for end_s in self.selection]
        return away.index(min(away)) if min(away) <= EDGE_HIT_PX else None

    def _flags(self, lanes: Lanes, axis: TimeAxis) -> list[Flag]:
        return flags(self._drawing.markers, lanes.plot, axis, QFontMetricsF(self.font()), dragged=self._dragged)

    def _flag_at(self, position: QPointF) -> Flag | None:
        if not self._drawing.layout.has_flags:
            return None
        return flag_at(self._flags(self.lanes, self.axis), position)

    def _pointed(self, found: list[Flag]) -> int | None:
        is_free = self._hover is not None and self._pressed is None and self._drawing.layout.has_flags
        flag = flag_at(found, self._hover) if self._hover is not None and is_free else None
        return flag.index if flag else None

    def _show_pointer_shape(self, position: QPointF) -> None:
        """Show by the shape of the pointer whether a drag can begin here."""
        is_end = self._end_at(position) is not None
        shape = Qt.CursorShape.SizeHorCursor if is_end or self._flag_at(position) else Qt.CursorShape.ArrowCursor
        if self.cursor().shape() is not shape:
            self.setCursor(shape)

    def _drag_to(self, position: QPointF) -> None:
        if self._pressed is None:
            return
        is_far = abs(position.x() - self._pressed.x()) >= QApplication.startDragDistance()
        if self._dragged:
            index, now_s = self._dragged
            moved = is_far or now_s != self._drawing.markers[index].seconds
            self._dragged = (index, self._seconds_at(position)) if moved else self._dragged
            return
        if self._anchor_s is None and is_far:
            self._anchor_s = self._seconds_at(self._pressed)
        if self._anchor_s is not None:
            self._select_to(self._seconds_at(position))

    def _scroll_at_edge(self) -> None:
        """Scroll while a drag is beyond the lanes: the farther, the faster."""
        if self._hover is None:
            return
        axis = self.axis
        beyond = self._hover.x() - min(max(self._hover.x(), axis.left), axis.left + axis.width)
        self.scroll_requested.emit(axis.start_s + EDGE_SCROLL * beyond * axis.pixel_s)
        self._drag_to(self._hover)
        self.update()

    def _select_to(self, seconds: float) -> None:
        anchor_s = seconds if self._anchor_s is None else self._anchor_s
        self._moved_s = seconds
        self.selection_requested.emit((min(anchor_s, seconds), max(anchor_s, seconds)))

    def _update_picture(self) -> QRect:
        area, ratio = QRectF(self.rect()), self.devicePixelRatioF()
        return self._picture.update_pixmap(area, self.lanes, self._viewport, ratio=ratio, font=self.font())

    def _show_changes(self) -> None:
        self.update(self._update_picture())

    def _paint_hover(self, painter: QPainter, lanes: Lanes, axis: TimeAxis, *, is_pointing: bool) -> None:
        """Paint the readout under the pointer, unless it is over a flag."""
        plot = lanes.plot
        if self._hover is None or is_pointing or not plot.adjusted(0, 0, 0, self.height()).contains(self._hover):
            return
        seconds = axis.seconds(self._hover.x())
        if seconds <= self._viewport.total_s:
            entry = self._drawing.entries.at(seconds)
            theme = self._drawing.theme
            paint_hover(painter, plot, self._hover.x(), seconds=seconds, entry=entry, theme=theme)
