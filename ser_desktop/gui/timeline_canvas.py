"""Qt view for the lanes of a timeline: paints them, and turns mouse and keys into wishes."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QLineF, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from ser_desktop.gui.readout import paint_readout
from ser_desktop.gui.time_axis import TimeAxis, Viewport
from ser_desktop.gui.timeline_drawing import Lanes, TimelineDrawing

FRAME_MS = 33  # for the cursor
LANES_MS = 50  # for lanes that roll: at 33 they take 15 % of a core, at 50 they roll as smoothly to the eye
NOTCH = 120.0  # eighths of a degree: one step of a wheel
ZOOM_PER_NOTCH = 1.25
SCROLL_PER_NOTCH = 0.1  # of the view
KEY_STEP = 0.02  # of the view
KEYBOARD_REASONS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class TimelineCanvas(QWidget):
    """The lanes, the cursor, the selection and the readout.

    The lanes are painted into a pixmap when something in them changed; the cursor, the selection and the readout lie
    over it and cost next to nothing.

    Args:
        drawing: What is known of the recording.
        viewport: The part that is in view.

    Signals:
        seek_requested: The time of a click or a key, in seconds.
        selection_requested: (start, end) in seconds, while it is dragged; ``None`` to clear it.
        hovered: The time under the pointer in seconds, or ``None`` when it left.
        zoom_requested: A factor, and the time that keeps its place.
        scroll_requested: The time that shall be at the left edge.
    """

    seek_requested = Signal(float)
    selection_requested = Signal(object)
    hovered = Signal(object)
    zoom_requested = Signal(float, float)
    scroll_requested = Signal(float)

    def __init__(self, drawing: TimelineDrawing, viewport: Viewport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cursor_s = 0.0
        self.selection: tuple[float, float] | None = None
        self._drawing = drawing
        self._viewport = viewport
        self._pixmap = QPixmap()
        self._is_stale = True
        self._is_focus_shown = False
        self._hover: QPointF | None = None
        self._pressed: QPointF | None = None
        self._anchor_s: float | None = None
        self._since_paint = QElapsedTimer()
        self._since_paint.start()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.update)
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
                "plus and minus zoom, Escape clears the selection. The table of passages says the same in words."
            )
        )

    @property
    def lanes(self) -> Lanes:
        """Where the lanes lie."""
        return Lanes.inside(QRectF(self.rect()), QFontMetricsF(self.font()))

    @property
    def axis(self) -> TimeAxis:
        """Where the seconds lie."""
        return self.lanes.time_axis(self._viewport)

    def refresh(self, *, is_stale: bool = True) -> None:
        """Paint soon, at most every 33 ms, and with the lanes every 50."""
        self._is_stale |= is_stale
        if not self._timer.isActive():
            self._timer.start(max((LANES_MS if self._is_stale else FRAME_MS) - self._since_paint.elapsed(), 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lanes from the pixmap, then what moves over them."""
        self._since_paint.restart()
        ratio = self.devicePixelRatioF()
        if self._is_stale or self._pixmap.devicePixelRatio() != ratio:
            self._render(ratio)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._pixmap)
        lanes, axis = self.lanes, self.axis
        if not self._viewport.total_s:
            self._paint_invitation(painter, lanes)
            return
        self._paint_selection(painter, lanes.plot, axis)
        self._paint_cursor(painter, lanes, axis)
        self._paint_hover(painter, lanes.plot, axis)
        if self._is_focus_shown:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._drawing.theme.accent, 2.0))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Paint the lanes anew."""
        super().resizeEvent(event)
        self._is_stale = True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a frame when the focus came by keyboard; after a click the pointer shows where it is."""
        super().focusInEvent(event)
        self._is_focus_shown = event.reason() in KEYBOARD_REASONS
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the frame away."""
        super().focusOutEvent(event)
        self._is_focus_shown = False
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Paint the lanes anew when the font has changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._is_stale = True
            self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer; with Shift, or sideways, scroll."""
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
        """Begin a click or a drag; with Shift, move the nearer end of the selection."""
        if event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._pressed = event.position()
        self._anchor_s = None
        seconds = self._seconds_at(event.position())
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            start_s, end_s = self.selection or (self.cursor_s, self.cursor_s)
            self._anchor_s = end_s if abs(seconds - start_s) < abs(seconds - end_s) else start_s
            self._select_to(seconds)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the values under the pointer, and select while the button is down."""
        self._hover = event.position()
        seconds = self._seconds_at(event.position())
        self.hovered.emit(seconds)
        if self._pressed is not None:
            far = abs(event.position().x() - self._pressed.x()) >= QApplication.startDragDistance()
            if self._anchor_s is None and far:
                self._anchor_s = self._seconds_at(self._pressed)
            if self._anchor_s is not None:
                self._select_to(seconds)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag, or take a press that did not move as a click."""
        if event.button() is not Qt.MouseButton.LeftButton or self._pressed is None:
            return
        pressed, was_dragged = self._pressed, self._anchor_s is not None
        self._pressed = self._anchor_s = None
        if was_dragged:
            return
        seconds = self._seconds_at(pressed)
        if self.selection and not self.selection[0] <= seconds <= self.selection[1]:
            self.selection_requested.emit(None)
        self.seek_requested.emit(seconds)

    def leaveEvent(self, event: QEvent) -> None:
        """Take the readout away."""
        super().leaveEvent(event)
        self._hover = None
        self.hovered.emit(None)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cursor, select, zoom."""
        key, axis = event.key(), self.axis
        is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        step_s = KEY_STEP * axis.span_s
        targets = {
            Qt.Key.Key_Left: self.cursor_s - step_s,
            Qt.Key.Key_Right: self.cursor_s + step_s,
            Qt.Key.Key_PageUp: self.cursor_s - axis.span_s,
            Qt.Key.Key_PageDown: self.cursor_s + axis.span_s,
            Qt.Key.Key_Home: 0.0,
            Qt.Key.Key_End: self._viewport.total_s,
        }
        if key in targets:
            self._go(targets[Qt.Key(key)], is_selecting=is_shifted)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_requested.emit(2.0, self._zoom_centre_s())
        elif key == Qt.Key.Key_Minus:
            self.zoom_requested.emit(0.5, self._zoom_centre_s())
        elif key == Qt.Key.Key_Escape and self.selection:
            self.selection_requested.emit(None)
        else:
            super().keyPressEvent(event)

    def _go(self, seconds: float, *, is_selecting: bool) -> None:
        seconds = min(max(seconds, 0.0), self._viewport.total_s)
        if is_selecting:
            start_s, end_s = self.selection or (self.cursor_s, self.cursor_s)
            self._anchor_s = end_s if self.cursor_s == start_s else start_s
            self._select_to(seconds)
            self._anchor_s = None
        self.seek_requested.emit(seconds)

    def _zoom_centre_s(self) -> float:
        axis = self.axis
        return self.cursor_s if axis.start_s <= self.cursor_s <= axis.end_s else (axis.start_s + axis.end_s) / 2.0

    def _seconds_at(self, position: QPointF) -> float:
        return min(max(self.axis.seconds(position.x()), 0.0), self._viewport.total_s)

    def _select_to(self, seconds: float) -> None:
        anchor_s = seconds if self._anchor_s is None else self._anchor_s
        self.selection_requested.emit((min(anchor_s, seconds), max(anchor_s, seconds)))

    def _render(self, ratio: float) -> None:
        if self._pixmap.size() != self.size() * ratio or self._pixmap.devicePixelRatio() != ratio:
            self._pixmap = QPixmap(self.size() * ratio)
            self._pixmap.setDevicePixelRatio(ratio)
        painter = QPainter(self._pixmap)
        painter.setFont(self.font())
        self._drawing.paint(painter, QRectF(self.rect()), self._viewport)
        painter.end()
        self._is_stale = False

    def _paint_invitation(self, painter: QPainter, lanes: Lanes) -> None:
        """Say what to do while there is nothing to see, or that it is about to come."""
        words = (
            self.tr("Listening …")
            if self._viewport.is_live
            else self.tr("Drop a recording here, open one with {open},\nor press {record} and speak").format(
                open=_native("Ctrl+O"), record=_native("R")
            )
        )
        painter.setPen(self._drawing.theme.muted)
        painter.drawText(lanes.emotions, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_selection(self, painter: QPainter, plot: QRectF, axis: TimeAxis) -> None:
        if not self.selection:
            return
        left, right = (min(max(axis.x(end_s), plot.left() - 4.0), plot.right() + 4.0) for end_s in self.selection)
        painter.setClipRect(plot)
        painter.fillRect(QRectF(left, plot.top(), right - left, plot.height()), self._drawing.theme.selection)
        painter.setPen(QPen(self._drawing.theme.accent, 1.5))
        for x in (left, right):
            painter.drawLine(QLineF(x, plot.top(), x, plot.bottom()))
        painter.setClipping(False)

    def _paint_cursor(self, painter: QPainter, lanes: Lanes, axis: TimeAxis) -> None:
        if not axis.start_s <= self.cursor_s <= axis.end_s:
            return
        theme, plot, x = self._drawing.theme, lanes.plot, axis.x(self.cursor_s)
        halo = QColor(theme.surface)
        halo.setAlpha(150)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, width in ((halo, 3.5), (theme.cursor, 1.5)):
            painter.setPen(QPen(colour, width))
            painter.drawLine(QLineF(x, plot.top(), x, plot.bottom()))
        size = self.fontMetrics().height() * 0.4
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.cursor)
        top = QPointF(x, plot.top() + size * 0.4)
        painter.drawPolygon([top, top + QPointF(-size * 0.8, -size), top + QPointF(size * 0.8, -size)])

    def _paint_hover(self, painter: QPainter, plot: QRectF, axis: TimeAxis) -> None:
        if self._hover is None or not plot.adjusted(0, 0, 0, self.height()).contains(self._hover):
            return
        seconds, theme = axis.seconds(self._hover.x()), self._drawing.theme
        if seconds > self._viewport.total_s:
            return
        painter.setPen(QPen(theme.muted, 1.0, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(self._hover.x(), plot.top(), self._hover.x(), plot.bottom()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_readout(painter, plot, self._hover.x(), seconds, self._drawing.entries.at(seconds), theme)


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
