"""Qt view below the lanes: the values at the pointer in one line, and which part of the recording is in view."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from ser_desktop.gui.shared.theme import Theme
from ser_desktop.gui.timeline.channel_columns import ChannelColumns
from ser_desktop.gui.timeline.lane import Look
from ser_desktop.gui.timeline.overview import Overview
from ser_desktop.gui.timeline.time_axis import Viewport
from ser_desktop.gui.timeline.time_scroll_bar import TimeScrollBar


class TimelineFoot(QWidget):
    """The readout, and below it the scroll bar; while only a part is in view, the overview in its place.

    Signals:
        scroll_requested(float): The view is to begin at this time in seconds.
        range_requested(float, float): The view is to reach from the first to the second time in seconds.
    """

    scroll_requested = Signal(float)
    range_requested = Signal(float, float)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._readout = _Line(self.tr("Values at the pointer, or at the cursor"))
        self._bar, self.overview = TimeScrollBar(), Overview(look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for widget in (self._readout, self.overview, self._bar):
            column.addWidget(widget)
        self._bar.scroll_requested.connect(self.scroll_requested)
        self.overview.scroll_requested.connect(self.scroll_requested)
        self.overview.range_requested.connect(self.range_requested)

    def show_view(self, view: Viewport, columns: Sequence[ChannelColumns]) -> None:
        """Show which part is in view.

        Args:
            view: The view range.
            columns: The content of each channel.
        """
        self._bar.show_view(view)
        self.overview.show_view(view, columns)
        self._bar.setVisible(self.overview.isHidden())

    def show_readout(self, text: str) -> None:
        """Show the values of the lanes at a time."""
        self._readout.show_whole(text)

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._readout.setStyleSheet(f"QLabel {{ color: {theme.text.name()}; padding: 1px 6px; }}")
        self.overview.update()


class _Line(QWidget):
    """One line of text that ends in an ellipsis where it is longer than the room; the tool tip has all of it.

    The label is no part of the layout, and has a fixed size: else each new text, which comes with each entry of a
    live recording, would lay out the window again.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self._whole = ""
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setAccessibleName(name)
        self._label.setAutoFillBackground(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_whole(self, text: str) -> None:
        if text != self._whole:
            self._whole = text
            self._label.setToolTip(text)
            self._label.setAccessibleDescription(text)
            self._fit()

    def sizeHint(self) -> QSize:
        return self._label.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._label.setFixedSize(event.size())
        self._fit()

    def _fit(self) -> None:
        room = self._label.contentsRect().width() - 12  # its padding
        self._label.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(room, 0)))
