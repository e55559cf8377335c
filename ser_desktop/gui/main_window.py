"""The window: lays out the views and connects them with the session and the engine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QMainWindow, QSplitter, QVBoxLayout, QWidget

from ser_desktop.gui.actions import Actions
from ser_desktop.gui.jobs import Progress, RecordingInfo
from ser_desktop.gui.message_view import MessageBar
from ser_desktop.gui.now_view import NowView
from ser_desktop.gui.passages_view import PassagesView
from ser_desktop.gui.session import Session
from ser_desktop.gui.status_view import StatusView
from ser_desktop.gui.theme import Theme
from ser_desktop.gui.timeline_view import TimelineView
from ser_desktop.gui.transport_bar import TransportBar
from ser_desktop.values import TimelineEntry

LEAST_STEP_S = 0.001  # a cursor at the start of an answer goes back to the one before


class MainWindow(QMainWindow):
    """Shows one recording: timeline, what it sounds like now, passages.

    Signals:
        files_dropped(list[Path]): Recordings were dropped onto the window.
        closing(): The window is about to close.
    """

    files_dropped = Signal(object)
    closing = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._was_live = session, False
        self.setWindowTitle("SER Desktop")
        self.setAcceptDrops(True)
        self.actions_ = Actions(self)
        self.recent_menu = self.actions_.fill(self.menuBar())
        self.transport = TransportBar(self.actions_)
        self.addToolBar(self.transport)
        self.messages, self.timeline = MessageBar(), TimelineView()
        self.now, self.passages = NowView(), PassagesView()
        self._lay_out()
        self._connect()
        self.show_state(is_running=False)
        self.timeline.setFocus()

    def _lay_out(self) -> None:
        self.across = QSplitter(Qt.Orientation.Horizontal)
        self.across.addWidget(self.timeline)
        self.across.addWidget(self.now)
        self.down = QSplitter(Qt.Orientation.Vertical)
        self.down.addWidget(self.across)
        self.down.addWidget(self.passages)
        for splitter, shares in ((self.across, (4, 1)), (self.down, (3, 1))):
            splitter.setChildrenCollapsible(False)
            for index, share in enumerate(shares):
                splitter.setStretchFactor(index, share)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.messages)
        column.addWidget(self.down, 1)
        self.setCentralWidget(body)
        self.status = StatusView()
        self.setStatusBar(self.status)

    def _connect(self) -> None:
        session, actions = self._session, self.actions_
        session.begun.connect(self._show_begun)
        session.forgotten.connect(self._show_forgotten)
        session.grew.connect(self.timeline.add_entries)
        session.cursor_moved.connect(self._show_cursor)
        session.selection_moved.connect(self._show_selection)
        self.timeline.seek_requested.connect(session.move_cursor)
        self.timeline.selection_changed.connect(session.select)
        self.passages.seek_requested.connect(session.move_cursor)
        actions.zoom_in.triggered.connect(self.timeline.zoom_in)
        actions.zoom_out.triggered.connect(self.timeline.zoom_out)
        actions.zoom_normal.triggered.connect(self.timeline.zoom_normal)
        actions.fit.triggered.connect(self.timeline.fit)
        actions.stacked.toggled.connect(self.timeline.set_stacked)
        actions.copy_table.triggered.connect(self.passages.copy_table)
        actions.to_start.triggered.connect(lambda: session.move_cursor(0.0))
        actions.to_end.triggered.connect(lambda: session.move_cursor(session.timeline.end_s))
        actions.back.triggered.connect(lambda: self._step(is_forward=False))
        actions.forward.triggered.connect(lambda: self._step(is_forward=True))

    def show_theme(self, theme: Theme) -> None:
        """Show all views in a theme."""
        for view in (self.timeline, self.now, self.passages, self.transport, self.messages):
            view.show_theme(theme)

    def show_thresholds(self, high: float, medium: float) -> None:
        """Say from which confidence on the words “high” and “medium” are used."""
        for view in (self.timeline, self.now, self.passages):
            view.show_thresholds(high, medium)

    def show_model(self, identity: str, device: str, rate: int) -> None:
        """Name the model in the status bar, where it runs, and the rate in Hz that it hears."""
        self.status.show_model(identity, device, rate)

    def show_progress(self, progress: Progress) -> None:
        """Show what a step of the engine brought, beside the entries, which the session tells."""
        if progress.low is not None and progress.high is not None and len(progress.low):
            self.timeline.add_waveform(progress.low, progress.high)
        if progress.level:
            level = progress.level
            self.transport.level.show_level(level.rms_dbfs, level.peak_dbfs, level.is_clipped)
        info = self._session.info
        if not self._session.is_running or info is None:
            return
        self.status.show_progress(progress)
        if info.is_live:
            self.transport.show_position(progress.heard_s)
        if progress.entries:
            self._show_newest(progress.entries, is_live=info.is_live)

    def _show_newest(self, entries: Sequence[TimelineEntry], *, is_live: bool) -> None:
        """Show what it sounds like now while live; of a file, what has come at the cursor."""
        if is_live and self.timeline.is_following:
            self.timeline.show_cursor(entries[-1].end_s)
        if self._session.selection:
            return
        if is_live:
            self.now.show_entry(entries[-1])
        elif entries[0].start_s <= self._session.cursor_s < entries[-1].end_s:
            self.now.show_entry(self._entry_at_cursor())

    def show_state(self, *, is_running: bool, is_live: bool = False, is_playing: bool = False) -> None:
        """Allow what makes sense now."""
        actions, has_entries, focused = self.actions_, len(self._session.timeline) > 0, self.focusWidget()
        actions.record.setEnabled(not is_live)
        actions.pause.setEnabled(is_live)
        actions.pause.setChecked(actions.pause.isChecked() and is_live)
        actions.stop.setEnabled(is_running or is_playing)
        actions.play.setEnabled(has_entries and not is_live)
        actions.play.setToolTip(self.tr("Not while recording") if is_live else actions.play.statusTip())
        for action in (actions.export_csv, actions.export_image, actions.copy_table):
            action.setEnabled(has_entries)
        actions.open.setEnabled(not is_live)
        has_take = bool(self._session.info and self._session.info.is_live and not is_running)
        actions.discard.setEnabled(has_take)
        actions.save_as.setEnabled(has_take)
        actions.refresh.setEnabled(not is_live)
        self.transport.set_input_enabled(not is_live)
        self.timeline.set_live(is_live)
        self.transport.show_state(is_live=is_live, is_playing=is_playing)
        self._show_title(is_live=is_live)
        if self._was_live and not is_live:
            self.timeline.fit()  # the cursor goes to the start, which is out of view after half a minute
        self._was_live = is_live
        if not is_running:
            self.status.end()
        if focused and not focused.isEnabled():
            self.timeline.setFocus()  # where the keys of the transport work on what is seen

    def show_passages(self) -> None:
        """Bring the table of passages up to date."""
        found = self._session.passages()
        self.passages.show_passages(found)
        if found and self._is_live and self.timeline.is_following:
            self.passages.show_cursor(found[-1].end_s)

    def _show_begun(self, info: RecordingInfo) -> None:
        labels = self._session.timeline.labels
        for view in (self.timeline, self.now, self.passages):
            view.start(labels)
        if info.seconds:
            self.timeline.show_duration(info.seconds)
        self.status.begin(info)

    def _show_title(self, *, is_live: bool) -> None:
        info = self._session.info
        name = self.tr("● recording {name}").format(name=info.name) if info and is_live else info.name if info else ""
        self.setWindowTitle(f"{name} – SER Desktop" if name else "SER Desktop")

    def _show_forgotten(self) -> None:
        for view in (self.timeline, self.now, self.passages):
            view.start(self._session.timeline.labels)
        self.transport.show_position(0.0)

    def _show_cursor(self, seconds: float) -> None:
        self.timeline.show_cursor(seconds)
        self.passages.show_cursor(seconds)
        self.transport.show_position(seconds)
        if self._session.selection is None and not self._is_live:
            self.now.show_entry(self._entry_at_cursor())

    def _show_selection(self, selection: tuple[float, float] | None) -> None:
        if selection:
            self.now.show_mean(self._session.mean(), *selection)
        else:
            self.now.show_entry(self._entry_at_cursor())

    @property
    def _is_live(self) -> bool:
        info = self._session.info
        return self._session.is_running and info is not None and info.is_live

    def _entry_at_cursor(self) -> TimelineEntry | None:
        """Return the answer at the cursor; at the very end it is the last one."""
        session = self._session
        count = len(session.timeline)
        return session.entry_at(session.cursor_s) or (session.timeline[count - 1] if count else None)

    def _step(self, *, is_forward: bool) -> None:
        """Go to where the next answer begins, or the one before."""
        session = self._session
        if is_forward:
            entry = self._entry_at_cursor()
            target_s = entry.end_s if entry else 0.0
        else:
            entry = session.entry_at(max(0.0, session.cursor_s - LEAST_STEP_S))
            target_s = entry.start_s if entry else 0.0
        session.move_cursor(target_s)

    def layout_text(self) -> tuple[str, str]:
        """Return geometry and splitters for the settings."""
        states = (self.saveGeometry(), self.across.saveState(), self.down.saveState())
        geometry, across, down = (bytes(state.toBase64().data()).decode() for state in states)
        return geometry, f"{across} {down}"

    def restore_layout(self, geometry: str, splitters: str) -> None:
        """Take up geometry and splitters from the settings; broken ones change nothing."""
        self.resize(1200, 760)
        self.across.setSizes([900, 300])
        self.down.setSizes([540, 160])
        self.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii", "ignore")))
        for splitter, state in zip((self.across, self.down), splitters.split(), strict=False):
            splitter.restoreState(QByteArray.fromBase64(state.encode("ascii", "ignore")))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.files_dropped.emit(files)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the focused button with Enter, since Space plays wherever the focus is; clear with Escape."""
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QAbstractButton):
            focused.click()
        elif event.key() == Qt.Key.Key_Escape and not self.messages.isHidden():
            self.messages.close_messages()
        elif event.key() == Qt.Key.Key_Escape:
            self.timeline.clear_selection()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the window closes."""
        self.closing.emit()
        event.accept()
