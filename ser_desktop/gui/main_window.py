"""The window: lays out the views and connects them with the session and the engine."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QSplitter, QVBoxLayout, QWidget

from ser_desktop.gui.actions import Actions
from ser_desktop.gui.jobs import Progress, RecordingInfo
from ser_desktop.gui.message_view import MessageBar
from ser_desktop.gui.now_view import NowView
from ser_desktop.gui.passages_view import PassagesView
from ser_desktop.gui.session import Session
from ser_desktop.gui.theme import Theme
from ser_desktop.gui.timeline_view import TimelineView
from ser_desktop.gui.transport_bar import TransportBar


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
        self._session = session
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
        self._source_label, self._model_label, self._work_label = QLabel(), QLabel(), QLabel()
        for label in (self._source_label, self._model_label):
            self.statusBar().addWidget(label)
        self.statusBar().addPermanentWidget(self._work_label)

    def _connect(self) -> None:
        session, actions = self._session, self.actions_
        session.begun.connect(self._show_begun)
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
        actions.back.triggered.connect(lambda: self._step(-1))
        actions.forward.triggered.connect(lambda: self._step(1))

    def show_theme(self, theme: Theme) -> None:
        """Show all views in a theme."""
        for view in (self.timeline, self.now, self.passages, self.transport.level, self.messages):
            view.show_theme(theme)

    def show_thresholds(self, high: float, medium: float) -> None:
        """Say from which confidence on the words “high” and “medium” are used."""
        for view in (self.timeline, self.now, self.passages):
            view.show_thresholds(high, medium)

    def show_model(self, identity: str, device: str) -> None:
        """Name the model in the status bar."""
        self._model_label.setText(self.tr("model {name} on {device}").format(name=identity, device=device.upper()))

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
        if info.is_live:
            self.transport.show_position(progress.heard_s)
            self._work_label.setText(self.tr("{count} dropouts").format(count=progress.dropouts))
            if progress.entries:
                self.now.show_entry(progress.entries[-1])
        elif info.seconds:
            percent = min(100, round(100 * progress.heard_s / info.seconds))
            self._work_label.setText(self.tr("reading: {percent} %").format(percent=percent))

    def show_state(self, *, is_running: bool, is_live: bool = False, is_playing: bool = False) -> None:
        """Allow what makes sense now."""
        actions, has_entries = self.actions_, len(self._session.timeline) > 0
        actions.record.setEnabled(not is_live)
        actions.pause.setEnabled(is_live)
        actions.pause.setChecked(actions.pause.isChecked() and is_live)
        actions.stop.setEnabled(is_running or is_playing)
        actions.play.setEnabled(has_entries and not is_live and not is_playing)
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
        if not is_running:
            self._work_label.clear()

    def show_passages(self) -> None:
        """Bring the table of passages up to date."""
        self.passages.show_passages(self._session.passages())

    def _show_begun(self, info: RecordingInfo) -> None:
        labels = self._session.timeline.labels
        for view in (self.timeline, self.now, self.passages):
            view.start(labels)
        if info.seconds:
            self.timeline.show_duration(info.seconds)
        self.setWindowTitle(f"{info.name} – SER Desktop")
        channels = {1: self.tr("mono"), 2: self.tr("stereo")}.get(
            info.channels, self.tr("{count} channels").format(count=info.channels)
        )
        self._source_label.setText(f"{info.rate / 1000:g} kHz {channels}")

    def _show_cursor(self, seconds: float) -> None:
        self.timeline.show_cursor(seconds)
        self.passages.show_cursor(seconds)
        self.transport.show_position(seconds)
        if self._session.selection is None:
            self.now.show_entry(self._session.entry_at(seconds))

    def _show_selection(self, selection: tuple[float, float] | None) -> None:
        if selection:
            self.now.show_mean(self._session.mean(), *selection)
        else:
            self.now.show_entry(self._session.entry_at(self._session.cursor_s))

    def _step(self, answers: int) -> None:
        entry = self._session.entry_at(self._session.cursor_s)
        hop_s = entry.end_s - entry.start_s if entry else 0.25
        self._session.move_cursor(self._session.cursor_s + answers * hop_s)

    def layout_text(self) -> tuple[str, str]:
        """Return geometry and splitters for the settings."""
        states = (self.saveGeometry(), self.across.saveState(), self.down.saveState())
        geometry, across, down = (bytes(state.toBase64().data()).decode() for state in states)
        return geometry, f"{across} {down}"

    def restore_layout(self, geometry: str, splitters: str) -> None:
        """Take up geometry and splitters from the settings; broken ones change nothing."""
        self.resize(1200, 760)
        self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))
        for splitter, state in zip((self.across, self.down), splitters.split(), strict=False):
            splitter.restoreState(QByteArray.fromBase64(state.encode()))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.files_dropped.emit(files)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the window closes."""
        self.closing.emit()
        event.accept()
