"""The rows of a timeline: one for each analysed channel, above each other on one time axis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ser_desktop.gui.shared.theme import Theme
from ser_desktop.gui.timeline.lane import Look
from ser_desktop.gui.timeline.lane_list import LaneList
from ser_desktop.gui.timeline.lane_stack import ALONE, RowLayout
from ser_desktop.gui.timeline.plot import TimelinePlot
from ser_desktop.gui.timeline.time_axis import Viewport
from ser_desktop.values import Marker

LINES_ALONE, LINES_OF_ROW, LINES_WITH_AXIS = 15, 9, 11  # least heights of a row: alone, one of several, of many

MAX_ROWS_OF_ONE_AXIS = 3  # of more rows, the last one is often out of view, so each has its own axis


@dataclass(frozen=True, slots=True)
class Row:
    """A caption, and the lanes of one channel."""

    caption: QLabel
    plot: TimelinePlot


class TimelineRows(QScrollArea):
    """One or several rows that share the view range, the cursor, the selection and the markers.

    Args:
        viewport: The view range of all rows.
        look: Theme and choices of the user.
        lanes: The open lanes, the same in all rows.

    Signals:
        added(TimelinePlot): A row was added; its signals are to be connected.
        activated(int): The row with this index was clicked, or got the focus.
    """

    added = Signal(object)
    activated = Signal(int)

    def __init__(self, viewport: Viewport, look: Look, lanes: LaneList) -> None:
        super().__init__()
        self._range, self._look, self._lanes, self._active = viewport, look, lanes, 0
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.rows: list[Row] = []
        self.setWidget(self._body)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the rows have it
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._add()

    @property
    def first(self) -> Row:
        """The first row, which is always there."""
        return self.rows[0]

    def show_captions(self, captions: Sequence[str]) -> None:
        """Show one row for each caption; without captions, show one row."""
        while len(self.rows) > max(len(captions), 1):
            gone = self.rows.pop()
            for widget in (gone.caption, gone.plot):
                widget.hide()
                widget.deleteLater()
        while len(self.rows) < len(captions):
            self._add()
        line = self.fontMetrics().height()
        last = len(self.rows) - 1
        is_axis_shared = last < MAX_ROWS_OF_ONE_AXIS
        least = line * (LINES_ALONE if not last else LINES_OF_ROW if is_axis_shared else LINES_WITH_AXIS)
        for index, row in enumerate(self.rows):
            has_axis = index == last or not is_axis_shared
            row.plot.show_layout(RowLayout(True, has_flags=index == 0, has_axis=has_axis) if last else ALONE)
            row.caption.setText(captions[index] if captions else "")
            row.caption.setVisible(bool(captions))
            row.plot.setMinimumHeight(least)
            name = self.tr("Timeline")
            row.plot.setAccessibleName(f"{name}, {captions[index]}" if captions else name)
        self.setMinimumSize(line * 16, line * LINES_ALONE)
        self.show_active(0)
        self.refresh()

    def show_active(self, index: int) -> None:
        """Emphasise the caption of the row that the tables describe."""
        self._active = index
        for each, row in enumerate(self.rows):
            colour = self._look.theme.accent if each == index else self._look.theme.text
            weight = "bold" if each == index else "normal"
            row.caption.setStyleSheet(f"QLabel {{ color: {colour.name()}; font-weight: {weight}; padding: 2px 6px; }}")

    def start(self, labels: tuple[str, ...]) -> None:
        """Clear all rows."""
        for row in self.rows:
            row.plot.start(labels)

    def plots(self) -> Iterator[TimelinePlot]:
        """Yield the plot of each row."""
        return (row.plot for row in self.rows)

    def show_lanes(self, lanes: LaneList) -> None:
        """Show other lanes in all rows."""
        self._lanes = lanes
        for plot in self.plots():
            plot.show_lanes(lanes)

    def refresh(self, *, is_stale: bool = True, is_urgent: bool = False) -> None:
        """Schedule a repaint of all rows; see :meth:`TimelinePlot.refresh`."""
        for plot in self.plots():
            plot.refresh(is_stale=is_stale, is_urgent=is_urgent)

    def show_cursor(self, seconds: float) -> None:
        """Move the cursor of all rows."""
        for plot in self.plots():
            plot.overlay.show_cursor(seconds)
            if plot.columns.spoken.show_cursor(seconds):
                plot.refresh(is_stale=False)

    def show_markers(self, markers: Sequence[Marker]) -> None:
        """Show these markers in all rows."""
        for plot in self.plots():
            plot.overlay.show_markers(tuple(markers))

    def show_selection(self, selection: tuple[float, float] | None) -> None:
        """Show a selection in all rows."""
        for plot in self.plots():
            plot.overlay.show_selection(selection)

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._look.theme = theme
        for plot in self.plots():
            plot.show_theme()
        self.show_active(self._active)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Activate the row that is clicked or gets the focus."""
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.FocusIn):
            used = [each for each, row in enumerate(self.rows) if watched in (row.plot, row.plot.viewport())]
            if used and used[0] != self._active:
                self.show_active(used[0])
                self.activated.emit(used[0])
        return super().eventFilter(watched, event)

    def _show_pointed(self, seconds: float | None) -> None:
        """Draw the line at the pointer through all rows."""
        for plot in self.plots() if len(self.rows) > 1 else ():
            plot.overlay.show_pointer(seconds)

    def _add(self) -> None:
        row = Row(QLabel(), TimelinePlot(self._range, self._look, self._lanes))
        if self.rows:
            first = self.first.plot
            row.plot.start(first.columns.labels)
            row.plot.overlay.show_markers(first.overlay.markers.markers)
            row.plot.overlay.show_cursor(first.cursor_s)
            row.plot.overlay.show_selection(first.selection)
        row.caption.hide()
        row.plot.installEventFilter(self)
        row.plot.viewport().installEventFilter(self)
        row.plot.hovered.connect(self._show_pointed)
        self.rows.append(row)
        self._column.addWidget(row.caption)
        self._column.addWidget(row.plot, 1)
        self.added.emit(row.plot)
