"""Connects the shown recording with the views of the window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from ser_desktop.analysis.overall import Overall
from ser_desktop.gui.engine.job import Progress
from ser_desktop.gui.model.recording import Recording
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.tables.markers_view import MarkersView
from ser_desktop.gui.tables.segments_view import SegmentsView
from ser_desktop.gui.timeline.timeline_view import TimelineView
from ser_desktop.gui.widgets.glance_bar import GlanceBar
from ser_desktop.gui.widgets.now_view import NowView
from ser_desktop.gui.widgets.sound_menu import channel_caption
from ser_desktop.gui.widgets.status_view import StatusView
from ser_desktop.gui.widgets.transport_bar import TransportBar
from ser_desktop.values import TimelineEntry


class ShownRecording(QObject):
    """Passes the shown recording of the session to the views, and the input of the views to the session.

    Args:
        session: The open recordings.
        timeline: Shows the entries over time.
        now: Shows the entry at the cursor, or the mean of the selection.
        glance: Shows what the whole recording sounds like.
        segments: Shows the segments as a table.
        markers: Shows the markers as a table.
        transport: Shows level and position.
        status: Shows the facts of the shown recording, and the progress of the running one.

    Signals:
        channel_shown(str): The tables describe this channel, in words; empty where they describe the mix.
        shown(): Another recording or channel is shown, or the same one anew.
    """

    channel_shown = Signal(str)
    shown = Signal()

    def __init__(
        self,
        session: Session,
        *,
        timeline: TimelineView,
        now: NowView,
        glance: GlanceBar,
        segments: SegmentsView,
        markers: MarkersView,
        transport: TransportBar,
        status: StatusView,
    ) -> None:
        super().__init__()
        self._session, self._timeline, self._now, self._glance = session, timeline, now, glance
        self._segments, self._markers, self._transport, self._status = segments, markers, transport, status
        self._has_replacements = False  # older entries were replaced after the lanes were drawn
        self._is_blind = False
        self._grown: tuple[object, ...] = ()  # what the shown recording was like at the last show_growth
        session.begun.connect(self._show_begun)
        session.leaving.connect(self._keep_view)
        session.switched.connect(self._show_all)
        session.grew.connect(timeline.content.add_entries)
        session.claims_changed.connect(self._show_claims)
        session.cursor_moved.connect(self._show_cursor)
        session.selection_moved.connect(self._show_selection)
        session.markers_changed.connect(lambda _recording: self._show_markers())
        session.corrections_changed.connect(lambda _recording: self._show_corrections())
        timeline.seek_requested.connect(session.move_cursor)
        timeline.selection_changed.connect(session.select)
        timeline.segment_requested.connect(self._select_segment)
        timeline.row_activated.connect(self._show_channel)
        timeline.marker_moved.connect(lambda index, seconds: session.change_marker(index, seconds=seconds))
        segments.seek_requested.connect(session.move_cursor)
        markers.seek_requested.connect(session.move_cursor)
        markers.label_chosen.connect(lambda index, label: session.change_marker(index, label=label))
        markers.removal_requested.connect(session.remove_markers)

    def show_progress(self, progress: Progress) -> None:
        """Show the result of a step, except the entries, which arrive through the session."""
        running = self._session.running
        if progress.level:
            level = progress.level
            self._transport.level.show_level(level.rms_dbfs, level.peak_dbfs, level.is_clipped)
        if running is None:
            return
        self._status.show_progress(progress)
        if running is not self._session.shown:
            return
        self._has_replacements = self._has_replacements or bool(progress.replacements)
        if len(progress.waveform):
            self._timeline.content.add_waveform(progress.waveform.low, progress.waveform.high)
        for row, other in enumerate(progress.others, 1):
            self._timeline.content.add_entries(other.entries, row=row)
            self._timeline.content.add_waveform(other.waveform.low, other.waveform.high, row=row)
        if running.is_live:
            self._transport.show_position(progress.position_s)
        if progress.entries:
            self._show_newest(progress.entries, is_live=running.is_live)

    def show_growth(self) -> None:
        """Update the table of segments and the lanes, if the shown recording has changed since the last call."""
        shown = self._session.shown
        state = (shown, shown.channel, len(shown.timeline), shown.end_s) if shown else ()
        if state != self._grown or self._has_replacements:
            self._grown = state
            self.show_segments()
            if shown and not shown.is_live:
                self._timeline.show_cursor(shown.cursor_s)  # the readout there

    def show_segments(self) -> None:
        """Update the table of segments, and the lanes where older entries were replaced."""
        if self._has_replacements and self._session.shown:
            self._has_replacements = False
            self._keep_view(self._session.shown)
            self._show_all()
            return
        shown = self._session.shown
        found = shown.segments() if shown else []
        self._segments.show_segments(found)
        is_over = shown is not None and not shown.is_running and bool(found)
        whole = shown.overall(found) if shown and (is_over or self._is_at_start) else None
        self._glance.show_overall(whole if is_over and not self._is_blind else None)
        self._show_at_start(whole)
        if found and self._session.is_shown_live and self._timeline.is_following:
            self._segments.show_cursor(found[-1].end_s)

    def _show_at_start(self, whole: Overall | None = None) -> None:
        """Show what the whole recording sounds like, or what has been read, while the cursor has not left its start.

        Args:
            whole: What it sounds like, where that is known already.
        """
        recording = self._session.shown
        if not self._is_at_start or recording is None:
            return
        whole = whole or recording.overall()
        read_s = recording.timeline.end_s if recording.is_running else None
        if whole.mean:
            self._now.show_whole(whole.mean, is_claim=whole.is_claim, found=whole, read_s=read_s)
        elif recording.is_running:
            self._now.show_reading()

    @property
    def _is_at_start(self) -> bool:
        """Whether a recording that is no live one is shown, of which the user has chosen no time."""
        shown = self._session.shown
        return shown is not None and not self._session.is_shown_live and not shown.cursor_s and not shown.selection

    def set_blind(self, is_blind: bool) -> None:
        """Hide what the model says, or show it again."""
        self._is_blind = is_blind
        self._timeline.set_blind(is_blind)
        self._segments.set_blind(is_blind)
        self._now.setVisible(not is_blind)
        self.show_segments()

    def _show_begun(self, recording: Recording) -> None:
        """Show a recording whose reading begins; cursor and markers may be from an earlier run."""
        info, cursor_s = recording.info, recording.cursor_s
        if info is None:
            return
        self._status.begin(info)
        if recording is not self._session.shown:
            self._status.show_source(self._session.info)
            return
        view = self._timeline.view_state()
        self._show_rows(recording)
        for each in (self._timeline, self._now, self._segments):
            each.start(recording.timeline.labels)
        for row, channel in enumerate(recording.channels):
            self._timeline.content.show_acoustics(recording.timeline_of(channel).acoustics, row=row)
        self.shown.emit()
        if info.seconds:
            self._timeline.show_duration(info.seconds)
        if info.is_live:
            self._segments.sort_by_time()
        else:
            self._timeline.restore_view(view)
        self._show_markers()
        self._show_corrections()
        self._session.move_cursor(cursor_s)

    def _keep_view(self, recording: Recording) -> None:
        recording.view = self._timeline.view_state()

    def _show_all(self) -> None:
        """Show another recording as the user left it, or the empty one."""
        recording = self._session.shown or Recording.nothing()
        selection, labels = recording.selection, recording.timeline.labels
        self._show_rows(recording)
        first, *others = recording.channels
        analyzed = recording.timeline_of(first)
        self._timeline.show_recording(
            labels, analyzed.timeline, *analyzed.outline(), acoustics=analyzed.acoustics
        )  # clears the selection
        for row, channel in enumerate(others, 1):
            analyzed = recording.timeline_of(channel)
            self._timeline.content.show_row(row, analyzed.timeline, *analyzed.outline(), acoustics=analyzed.acoustics)
        self.shown.emit()
        self._timeline.set_live(recording.is_live)
        if recording.info and recording.info.seconds and recording.is_running:
            self._timeline.show_duration(recording.info.seconds)
        for view in (self._now, self._segments):
            view.start(labels)
        self._status.show_source(recording.info)
        self._show_markers()
        self._show_corrections()
        self._show_cursor(recording.cursor_s)
        if recording.view is not None:
            self._timeline.restore_view(recording.view)
        elif not recording.is_live:
            self._timeline.fit()
        if selection:
            self._timeline.select(*selection)
        self.show_segments()

    def _show_claims(self, recording: Recording) -> None:
        """Show what is claimed of the shown recording now."""
        if recording is self._session.shown:
            self._keep_view(recording)
            self._show_all()

    def _show_rows(self, recording: Recording) -> None:
        """Show a row for each analysed channel; the tables describe the first one."""
        recording.show_channel(recording.channels[0])
        self._timeline.show_channels(_captions(recording))
        self.channel_shown.emit(next(iter(_captions(recording)), ""))

    def _show_channel(self, row: int) -> None:
        """Describe the channel of a row in the tables and beside the timeline."""
        recording = self._session.shown
        if recording and row < len(recording.channels) and recording.show_channel(recording.channels[row]):
            self.channel_shown.emit(_captions(recording)[row])
            self._show_selection(self._session.selection)
            self._segments.start(recording.timeline.labels)
            self._segments.show_segments(recording.segments())
            self._segments.show_cursor(recording.cursor_s)
            self._show_corrections()
            self.shown.emit()

    def _show_newest(self, entries: Sequence[TimelineEntry], *, is_live: bool) -> None:
        """Show the newest entry while live; of a file, the entry at the cursor once it is read."""
        if is_live and self._timeline.is_following:
            self._timeline.show_cursor(entries[-1].end_s)
        if self._session.selection:
            return
        if is_live:
            self._now.show_entry(entries[-1])
        elif not self._is_at_start and entries[0].start_s <= self._session.cursor_s < entries[-1].end_s:
            self._now.show_entry(self._entry_at_cursor())

    def _show_cursor(self, seconds: float) -> None:
        self._timeline.show_cursor(seconds)
        self._segments.show_cursor(seconds)
        self._markers.show_cursor(seconds)
        self._transport.show_position(seconds)
        if self._session.selection is None and not self._session.is_shown_live:
            self._now.show_entry(self._entry_at_cursor())
            self._show_at_start()

    def _show_selection(self, selection: tuple[float, float] | None) -> None:
        recording = self._session.shown
        if selection and recording:
            mean, found = recording.summary(), recording.overall_of_selection()
            is_claim = mean is not None and recording.is_claim(mean)
            if mean and selection[0] <= 0.0 and selection[1] >= recording.end_s:
                self._now.show_whole(mean, is_claim=is_claim, found=found)
            else:
                self._now.show_mean(mean, *selection, is_claim=is_claim, found=found)
        else:
            self._now.show_entry(self._entry_at_cursor())
            self._show_at_start()

    def _show_corrections(self) -> None:
        recording = self._session.shown or Recording.nothing()
        for row, channel in enumerate(recording.channels):
            said = [each for each in recording.corrections if each.channel == channel]
            self._timeline.content.show_corrections(said, row=row)
            if channel == recording.channel:
                self._segments.show_corrections(said)

    def _show_markers(self) -> None:
        markers = self._session.shown.markers if self._session.shown else ()
        self._timeline.show_markers(markers)
        self._markers.show_markers(markers)

    def _select_segment(self, seconds: float) -> None:
        segment = self._session.shown.segment_at(seconds) if self._session.shown else None
        if segment:
            self._timeline.select(segment.start_s, segment.end_s)

    def _entry_at_cursor(self) -> TimelineEntry | None:
        return self._session.shown.entry_at_cursor() if self._session.shown else None


def _captions(recording: Recording) -> list[str]:
    """Return the name of each channel that has a timeline of its own; none where only the mix has one."""
    count = recording.info.channels if recording.info else 0
    return [channel_caption(channel, count) for channel in recording.channels if channel is not None]
