"""Notes and questions over the window instead of in its layout: what one is about to click stays where it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

MARGIN_PX = 6


class NoteStack(QFrame):
    """Bars one below the other, over another widget near its lower edge; as high as the bars that are shown.

    It covers nothing while no bar is shown, and never more than the widget that it lies over. Where that is hidden, it
    lies over the lower edge of its parent.

    Args:
        bars: From top to bottom; each hides itself when it has nothing to show.
        over: The widget over which they lie.
        above: The part at its lower edge that stays free.
        parent: The parent of all of them, which contains ``over``.
    """

    def __init__(self, bars: Sequence[QWidget], over: QWidget, *, above: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._bars, self._over, self._above = tuple(bars), over, above
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.Box)
        self.setForegroundRole(QPalette.ColorRole.Mid)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(1)
        for bar in bars:
            column.addWidget(bar)
            bar.installEventFilter(self)
        for each in (over, above, parent):
            each.installEventFilter(self)
        self._timer = QTimer(self, singleShot=True)  # once for all changes of one event
        self._timer.timeout.connect(self.place)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the widget that it lies over, and what its bars need."""
        kind = event.type()
        if watched in self._bars:
            is_changed = kind in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent, QEvent.Type.LayoutRequest)
        else:
            is_changed = kind in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)
        if is_changed:
            self.place()
            self._timer.start(0)  # again with the final sizes
        return super().eventFilter(watched, event)

    def place(self) -> None:
        """Lie over the lower edge, or hide without anything to show."""
        parent = self.parentWidget()
        is_shown = any(not bar.isHidden() for bar in self._bars)
        self.setVisible(is_shown)
        if not is_shown or parent is None:
            return
        is_over = self._over.isVisibleTo(parent)
        corner = self._over.mapTo(parent, QPoint(0, 0)) if is_over else QPoint(0, 0)
        size = self._over.size() if is_over else parent.size()
        width = max(size.width() - 2 * MARGIN_PX, 0)
        layout = self.layout()
        assert layout is not None
        wanted = layout.heightForWidth(width) if layout.hasHeightForWidth() else self.sizeHint().height()
        bottom = self._above.mapTo(parent, QPoint(0, 0)).y() if is_over else size.height()
        height = min(wanted, max(bottom - corner.y() - 2 * MARGIN_PX, 0))
        self.setGeometry(corner.x() + MARGIN_PX, bottom - height - MARGIN_PX, width, height)
        self.raise_()
