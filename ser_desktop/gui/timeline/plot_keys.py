"""What the keys do in a plot of the timeline: move the cursor, select and zoom."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

KEY_STEP = 0.02  # of the view


class PlotKeys:
    """Mixed into the plot, whose cursor, selection, view range and signals it uses.

    Attributes:
        moved_s: The edge of the selection that was moved last.
    """

    moved_s = 0.0
    axis: Any
    cursor_s: Any
    selection: Any
    viewport_range: Any
    overlay: Any
    seek_requested: Any
    selection_requested: Any
    zoom_requested: Any
    scroll_requested: Any

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cursor, select or zoom."""
        if not self._handle_key(event):
            event.ignore()  # for the window

    def _handle_key(self, event: QKeyEvent) -> bool:
        key, axis, view = event.key(), self.axis, self.viewport_range
        is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        step_s = KEY_STEP * axis.span_s
        from_s = self._moving_end_s() if is_shifted else self.cursor_s
        targets = {
            Qt.Key.Key_Left: from_s - step_s,
            Qt.Key.Key_Right: from_s + step_s,
            Qt.Key.Key_PageUp: from_s - axis.span_s,
            Qt.Key.Key_PageDown: from_s + axis.span_s,
            Qt.Key.Key_Home: 0.0,
            Qt.Key.Key_End: view.total_s,
        }
        if view.is_live and key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):  # the cursor stays at the end
            self.scroll_requested.emit(axis.start_s + axis.span_s * (-1 if key == Qt.Key.Key_PageUp else 1))
        elif key in targets:
            self._move_cursor(targets[Qt.Key(key)], is_selecting=is_shifted)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_requested.emit(2.0, view.zoom_centre_s(self.cursor_s))
        elif key == Qt.Key.Key_Minus:
            self.zoom_requested.emit(0.5, view.zoom_centre_s(self.cursor_s))
        elif key == Qt.Key.Key_Escape and self.selection:
            self.selection_requested.emit(None)
        else:
            return False
        return True

    def _move_cursor(self, seconds: float, *, is_selecting: bool) -> None:
        seconds = min(max(seconds, 0.0), self.viewport_range.total_s)
        if is_selecting:
            start_s, end_s = self.selection or (self.cursor_s, self.cursor_s)
            anchor_s = end_s if self._moving_end_s() == start_s else start_s
            self.moved_s = seconds
            self.selection_requested.emit((min(anchor_s, seconds), max(anchor_s, seconds)))
        self.seek_requested.emit(seconds)

    def _moving_end_s(self) -> float:
        """Return the edge of the selection that keys move: the one at the cursor, or else the one moved last."""
        if not self.selection or self.cursor_s in self.selection:
            return self.cursor_s
        return self.moved_s if self.moved_s in self.selection else self.selection[1]

    def _moving_of(self, selection: tuple[float, float] | None) -> float:
        """Return the edge of a new selection that differs from the one before."""
        if selection is None:
            return self.moved_s
        before = self.selection or selection
        return selection[0] if selection[0] != before[0] else selection[1]
