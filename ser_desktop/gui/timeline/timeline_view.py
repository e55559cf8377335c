"""Qt view for a recording over time: its lanes on one axis."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ser_desktop.gui.shared.theme import LIGHT, Theme
from ser_desktop.gui.timeline.acoustic_track import AcousticTrack
from ser_desktop.gui.timeline.emotion_legend import EmotionLegend
from ser_desktop.gui.timeline.foot import TimelineFoot
from ser_desktop.gui.timeline.lane import Lane, Look
from ser_desktop.gui.timeline.lane_list import LaneList
from ser_desktop.gui.timeline.lanes import LANES
from ser_desktop.gui.timeline.live_button import LiveButton
from ser_desktop.gui.timeline.marker_editor import MarkerEditor
from ser_desktop.gui.timeline.open_lanes import OpenLanes
from ser_desktop.gui.timeline.picture_facts import PictureFacts
from ser_desktop.gui.timeline.readout import readout_text
from ser_desktop.gui.timeline.timeline_content import TimelineContent
from ser_desktop.gui.timeline.zoomable_view import ZoomableView
from ser_desktop.values import Marker, TimelineEntry

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    FloatArray = npt.NDArray[np.float32]

    from ser_desktop.analysis.timeline import Timeline
    from ser_desktop.gui.timeline.image_export import ImageExport
    from ser_desktop.gui.timeline.plot import TimelinePlot
    from ser_desktop.gui.timeline.rows import TimelineRows


class TimelineView(ZoomableView):
    """The timeline with its legend, scroll bar and “Live” button.

    Signals:
        seek_requested: Emitted with the time in seconds after a click or a cursor key.
        selection_changed: Emitted with (start, end) in seconds, or with ``None``.
        hovered: Emitted with the time under the pointer in seconds, or with ``None``.
        hidden_changed: Emitted with the frozenset of hidden emotions when it changes.
        marker_moved(int, float): Emitted when a marker was dragged, with its index and its new time in seconds.
        marker_named(float, str): Emitted when a marker got a name, with its time in seconds and the name.
        segment_requested(float): Emitted with a time in seconds whose segment is to be selected.
        row_activated(int): Emitted with the index of another row that was clicked or got the focus.
        lanes_changed(str): The lanes, their order or their heights have changed; they are described by this text.
        menu_requested(object, str): A right click: the place on the screen and the name of the lane, or an empty one.
        play_requested(float): Something was clicked that is to be played from this time on, in seconds.

    Attributes:
        content: Puts entries, sound, words and corrections into the rows.
        foot: What stands below the lanes: the readout, and the scroll bar or the overview.
    """

    seek_requested = Signal(float)
    selection_changed = Signal(object)
    hovered = Signal(object)
    hidden_changed = Signal(object)
    marker_moved = Signal(int, float)
    marker_named = Signal(float, str)
    segment_requested = Signal(float)
    row_activated = Signal(int)
    lanes_changed = Signal(str)
    menu_requested = Signal(object, str)
    play_requested = Signal(float)

    def __init__(self, parent: QWidget | None = None, *, lanes: Sequence[Lane] = LANES) -> None:
        super().__init__(parent)
        self._look, self._lanes = Look(), OpenLanes(lanes)
        self._built: TimelineRows | None = None
        self.content = TimelineContent(lambda: self._rows, self)
        self._pointed_s: float | None = None
        self._expected_s = 0.0
        self._legend = EmotionLegend()
        self.foot = TimelineFoot(self._look)
        self._live = LiveButton(self)
        self._editor = MarkerEditor(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._legend)
        column.addStretch(1)  # until the rows are there
        column.addWidget(self.foot)
        self._column = column
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._connect()
        self.show_theme(LIGHT)

    @property
    def _rows(self) -> TimelineRows:
        """The rows. The first use imports pyqtgraph (0.2 s), so the window is painted before."""
        if self._built is None:
            from ser_desktop.gui.timeline.rows import TimelineRows

            had_focus = self.hasFocus()
            self._built = rows = TimelineRows(self._viewport, self._look, self._lanes.shown)
            self._column.takeAt(1)
            self._column.insertWidget(1, rows, 1)
            rows.added.connect(self._connect_plot)
            rows.activated.connect(self.row_activated)
            self._connect_plot(rows.first.plot)
            rows.show_theme(self._look.theme)
            # Created last, it would be last in the window.
            QWidget.setTabOrder(self._live, rows.first.plot)
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setFocusProxy(rows.first.plot)
            if had_focus:
                rows.first.plot.setFocus()
            self._live.raise_()
        return self._built

    @property
    def _plot(self) -> TimelinePlot:
        return self._rows.first.plot

    def _export(self) -> ImageExport:
        from ser_desktop.gui.timeline.image_export import ImageExport

        return ImageExport(self._rows, self._look, self._legend)

    def build_soon(self) -> None:
        """Create the rows before they are shown, once the window is idle."""
        QTimer.singleShot(0, self, lambda: self._rows)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Create the rows once the window has been painted."""
        super().paintEvent(event)
        if self._built is None:
            QTimer.singleShot(0, self, lambda: self._rows)

    def _connect(self) -> None:
        self.content.grown.connect(self._grow)
        self.content.filled.connect(self._show_filled_lanes)
        self._legend.hidden_changed.connect(self._on_hidden)
        self.foot.scroll_requested.connect(self.scroll_to)
        self.foot.range_requested.connect(self.show_range)
        self._live.clicked.connect(self._on_live)
        self._editor.named.connect(self.marker_named)
        self._editor.ended.connect(self.setFocus)

    def _connect_plot(self, plot: TimelinePlot) -> None:
        plot.seek_requested.connect(self.seek_requested)
        plot.hovered.connect(lambda seconds: self._on_hovered(plot, seconds))
        plot.marker_moved.connect(self.marker_moved)
        plot.segment_requested.connect(self.segment_requested)
        plot.scroll_requested.connect(self.scroll_to)
        plot.zoom_requested.connect(self.zoom)
        plot.range_requested.connect(self.show_range)
        plot.selection_requested.connect(self._on_selection)
        plot.resized.connect(lambda name, lines: self.change_lanes(self.lanes.with_lines(name, lines)))
        plot.menu_requested.connect(self.menu_requested)
        plot.play_requested.connect(self.play_requested)

    @property
    def lanes(self) -> LaneList:
        """The lanes as the user has chosen them."""
        return self._lanes.chosen

    @property
    def cursor_s(self) -> float:
        """The cursor in seconds."""
        return self._plot.cursor_s

    @property
    def selection(self) -> tuple[float, float] | None:
        """(start, end) of the selection in seconds, or ``None``."""
        return self._built.first.plot.selection if self._built else None

    @property
    def empty_lanes(self) -> frozenset[str]:
        """The lanes that have nothing to show, by their names; they take no room."""
        return self._lanes.empty

    @property
    def theme(self) -> Theme:
        """The colours in use."""
        return self._look.theme

    @property
    def hidden(self) -> frozenset[str]:
        """The emotions that are hidden."""
        return self._look.hidden

    def start(self, labels: tuple[str, ...]) -> None:
        """Clear the timeline for another recording; hidden emotions stay hidden."""
        self._rows.start(labels)
        self._expected_s = 0.0
        self._viewport.reset()
        self._rows.refresh()
        self._legend.start(labels)
        in_order: list[QWidget] = [self._plot.viewport(), *self._legend.chips]
        for before, after in itertools.pairwise(in_order):
            QWidget.setTabOrder(before, after)  # otherwise new chips would be last in the tab order of the window
        self._on_hidden(self._legend.hidden)
        self.clear_selection()
        self.show_view()

    def show_channels(self, captions: Sequence[str]) -> None:
        """Show one row for each caption, all on one axis; without captions, show one row."""
        self._rows.show_captions(captions)

    def show_recording(
        self,
        labels: tuple[str, ...],
        entries: Sequence[TimelineEntry] | Timeline,
        low: FloatArray,
        high: FloatArray,
        *,
        acoustics: AcousticTrack | None = None,
    ) -> None:
        """Clear the timeline and show all of another recording, without cursor, selection and markers.

        Args:
            labels: The emotions, in the order of the scores.
            entries: All of its entries.
            low: (n,) the lowest sample of each column of 20 ms.
            high: (n,) the highest sample of each column.
            acoustics: Pitch, intensity and spectrum, which may still grow.

        Raises:
            ValueError: An entry has other labels.
        """
        self.start(labels)
        self.content.show_row(0, entries, low, high, acoustics=acoustics)

    def show_markers(self, markers: Sequence[Marker]) -> None:
        """Show these markers and no others."""
        self._rows.show_markers(markers)

    def edit_marker(self, seconds: float, label: str) -> None:
        """Open a field for the name of a marker, in the place of its flag."""
        if not self.is_following:
            self.bring_into_view(seconds)
        self._editor.begin(seconds, label)
        self._place_editor()

    def show_duration(self, seconds: float) -> None:
        """Set the length of the axis before the whole recording has been read."""
        self._expected_s = seconds
        self._grow()

    def show_cursor(self, seconds: float) -> None:
        """Move the cursor; if it leaves the view, scroll to it."""
        start_s, end_s = self.visible_range
        was_visible = start_s <= self._plot.cursor_s <= end_s
        self._rows.show_cursor(seconds)
        self.foot.overview.show_cursor(seconds)
        if self._pointed_s is None:
            self._show_readout(self._plot, seconds)
        if was_visible and not start_s <= seconds <= end_s and not self.is_following:
            self.scroll_to(seconds - 0.1 * self._viewport.span_s)

    def seconds_at(self, place: QPoint) -> float:
        """Return the time at a place on the screen; beside the lanes it is that of the cursor."""
        for plot in self._rows.plots():
            at = plot.mapFromGlobal(place)
            if plot.rect().contains(at) and plot.lanes_rect.left() <= at.x() <= plot.lanes_rect.right():
                return plot.axis.seconds(at.x())
        return self._plot.cursor_s

    def set_live(self, is_live: bool) -> None:
        """Follow the end while a recording grows."""
        super().set_live(is_live)
        self._refresh()

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._look.theme = theme
        if self._built:
            self._built.show_theme(theme)
        self._legend.show_theme(theme)
        self._live.show_theme(theme)
        self.foot.show_theme(theme)
        self._place_live()

    def set_stacked(self, is_stacked: bool) -> None:
        """Draw stacked bands, or one line for each emotion."""
        self._look.is_stacked = is_stacked
        self._refresh()

    def show_lanes(self, text: str) -> None:
        """Show the lanes that a text describes, from :attr:`lanes_changed`."""
        self.change_lanes(self._lanes.described(text))

    def change_lanes(self, lanes: LaneList) -> None:
        """Show other lanes, or in another order or with other heights."""
        if lanes.text == self.lanes.text:
            return
        self._lanes.chosen = lanes
        self._show_lanes()
        self.lanes_changed.emit(lanes.text)

    def set_blind(self, is_blind: bool) -> None:
        """Close the lanes that show results of the model, or open them again as they were."""
        self._lanes.is_blind = is_blind
        self._legend.setVisible(not is_blind)
        self.foot.overview.set_blind(is_blind)
        self._show_lanes()
        if self._built:
            self._show_readout(self._plot, self._plot.cursor_s)

    def zoom_to_selection(self) -> None:
        """Show the selection in the whole width."""
        if self.selection:
            self.show_range(*self.selection)

    def select(self, start_s: float, end_s: float) -> None:
        """Select a range, clipped to the recording."""
        total_s = self._viewport.total_s
        self._on_selection((min(max(start_s, 0.0), total_s), min(max(end_s, 0.0), total_s)))

    def clear_selection(self) -> None:
        """Clear the selection."""
        self._on_selection(None)

    def plot_image(self, facts: PictureFacts | None = None) -> QImage:
        """Return an image of the view range with the key, with twice the resolution of the window.

        Args:
            facts: What is written above and below the lanes.
        """
        return self._export().image(facts or PictureFacts())

    def write_svg(self, path: Path, facts: PictureFacts | None = None) -> None:
        """Write the view range as SVG, atomically.

        Args:
            path: The file.
            facts: What is written above and below the lanes.

        Raises:
            ExportError: The file cannot be written.
        """
        self._export().write_svg(path, facts or PictureFacts())

    def show_view(self) -> None:
        """Update scroll bar, button and lanes from the view range."""
        view = self._viewport
        self.foot.show_view(view, [plot.columns for plot in self._built.plots()] if self._built else ())
        self._refresh(is_stale=False)
        self._live.setVisible(view.is_live and not view.is_following)
        self._place_editor()
        super().show_view()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the “Live” button in its corner."""
        super().resizeEvent(event)
        self._place_live()
        self._place_editor()

    def _grow(self, has_entries: bool = False) -> None:
        self._viewport.total_s = max(self._expected_s, *(plot.columns.end_s for plot in self._rows.plots()))
        self.show_view()
        if has_entries and self.is_following:
            self._rows.refresh(is_stale=False, is_urgent=True)

    def _show_filled_lanes(self) -> None:
        """Open the lanes that have something to show in any row, and close the others."""
        if self._lanes.find_empty(plot.columns for plot in self._rows.plots()):
            self._show_lanes()

    def _show_lanes(self) -> None:
        if self._built:
            self._built.show_lanes(self._lanes.shown)
        self._place_live()

    def _refresh(self, *, is_stale: bool = True) -> None:
        if self._built:
            self._built.refresh(is_stale=is_stale)

    def _on_hovered(self, plot: TimelinePlot, seconds: float | None) -> None:
        self._pointed_s = seconds
        self._show_readout(plot, plot.cursor_s if seconds is None else seconds)
        self.hovered.emit(seconds)

    def _show_readout(self, plot: TimelinePlot, seconds: float) -> None:
        text = readout_text(plot.shown_lanes, plot.columns, seconds) if self._viewport.total_s else ""
        self.foot.show_readout(text)

    def _on_live(self) -> None:
        self._plot.setFocus()
        self.follow()

    def _on_hidden(self, hidden: frozenset[str]) -> None:
        if hidden != self._look.hidden:
            self._look.hidden = hidden
            self._refresh()
            self.hidden_changed.emit(hidden)

    def _on_selection(self, selection: tuple[float, float] | None) -> None:
        if selection and selection[1] <= selection[0]:
            selection = None
        if selection != self.selection:
            self._rows.show_selection(selection)
            self.selection_changed.emit(selection)

    def _place_editor(self) -> None:
        if self._built is None or self._editor.isHidden():
            return
        plot = self._built.first.plot
        lanes, height = plot.lanes_rect, self._editor.sizeHint().height()
        corner = plot.mapTo(self, QPoint(0, 0))
        at = QPointF(corner.x() + plot.axis.x(self._editor.seconds), corner.y() + lanes.top() - height)
        self._editor.place(at, left=corner.x() + lanes.left(), right=corner.x() + lanes.right())

    def _place_live(self) -> None:
        self._live.adjustSize()
        if self._built is None:
            return
        plot = self._built.first.plot
        self._live.move_to(plot.mapTo(self, plot.lanes_rect.bottomRight().toPoint()))
