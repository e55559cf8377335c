"""The window: lays out the views and connects them with the session and the engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ser_desktop.gui.action_icons import show_action_icons
from ser_desktop.gui.actions import Actions
from ser_desktop.gui.engine.opened_sound import MIX
from ser_desktop.gui.shared.application_style import apply_theme
from ser_desktop.gui.shared.theme import Theme, theme_named
from ser_desktop.gui.widgets.start_page import StartPage
from ser_desktop.gui.widgets.status_view import StatusView
from ser_desktop.gui.widgets.transport_bar import TransportBar
from ser_desktop.gui.widgets.words_progress import WordsProgress
from ser_desktop.gui.window_layout import WindowLayout
from ser_desktop.settings import Settings

if TYPE_CHECKING:
    from ser_desktop.gui.engine.job import Progress
    from ser_desktop.gui.model.recording import Recording
    from ser_desktop.gui.model.session import Session

SHOWN_MS = 4000  # of a message in the status bar


class MainWindow(QMainWindow):
    """Shows one recording, with a list of all: timeline, entry at the cursor, segments, markers.

    Signals:
        files_dropped(list[Path]): Recordings were dropped onto the window.
        close_requested(Recording): Close this recording.
        pause_requested(bool): Pause recording, or continue.
        closing(): The window is about to close.

    Attributes:
        may_close: Called before the window closes; it stays open if this returns false.
        is_complete: Whether it has the views of recordings.
        layout_: Its place and size, and those of its parts.
    """

    files_dropped = Signal(object)
    close_requested = Signal(object)
    pause_requested = Signal(bool)
    closing = Signal()

    def __init__(self, session: Session | None = None) -> None:
        """Create the window: all of it with a session, else only what :meth:`complete` adds to.

        Args:
            session: The open recordings.
        """
        super().__init__()
        self._is_paused, self._project = False, ""
        self._was_live: Recording | None = None
        self.may_close: Callable[[], bool] = lambda: True
        self.layout_ = WindowLayout(self)
        self.setWindowTitle("SER Desktop")
        self.setAnimated(False)  # else each layout of the tool bar begins an animation
        self.actions_ = Actions(self)
        self.recent_menu = self.actions_.fill(self.menuBar())
        self.transport = TransportBar(self.actions_)
        self.addToolBar(self.transport)
        self.start, self.status, self.words_progress = StartPage(), StatusView(), WordsProgress()
        self.pages = QStackedWidget()
        self.pages.addWidget(self.start)
        body = self._body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pages, 1)
        self.setCentralWidget(body)
        self.setStatusBar(self.status)
        self.status.addPermanentWidget(self.words_progress)
        self.start.setFocus()
        for action in (self.actions_.pause, self.actions_.stop, self.actions_.play):
            action.setEnabled(False)
        self.is_complete = False
        if session is not None:
            self.complete(session)

    def complete(self, session: Session) -> None:
        """Add the views of recordings to a window without them, and connect everything.

        The window is shown before: its other half, with numpy and all that the timeline draws, takes longer to import.
        """
        from ser_desktop.gui.cursor_actions import CursorActions
        from ser_desktop.gui.model.shown_recording import ShownRecording
        from ser_desktop.gui.model.shown_words import ShownWords
        from ser_desktop.gui.possible_actions import PossibleActions
        from ser_desktop.gui.recording_page import RecordingPage
        from ser_desktop.gui.timeline.lanes import LANES
        from ser_desktop.gui.widgets.message_view import MessageBar
        from ser_desktop.gui.widgets.note_stack import NoteStack
        from ser_desktop.gui.widgets.offer_bar import OfferBar

        self._session, self.is_complete = session, True
        self.setAcceptDrops(True)
        self.actions_.add_lanes(LANES)
        self.possible = PossibleActions(self.actions_, session)
        self.offers, self.messages = OfferBar(), MessageBar()
        page = self.whole = RecordingPage(session)
        self.across, self.down, self.tables = page.across, page.down, page.tables
        self.list, self.opened, self.glance, self.band = page.list, page.opened, page.glance, page.band
        self.find_bar, self.timeline, self.now, self.live = page.find_bar, page.timeline, page.now, page.live
        self.segments, self.markers = page.segments, page.markers
        self.speakers, self.interpretation = page.speakers, page.interpretation
        self.pages.addWidget(page)
        for splitter, sizes in ((self.across, [900, 300]), (self.down, [540, 160]), (page, [240, 960])):
            self.layout_.add(splitter, sizes)
        self.notes = NoteStack((self.offers, self.messages), self.timeline, above=self.timeline.foot, parent=self._body)
        self._shown = ShownRecording(
            session,
            timeline=self.timeline,
            now=self.now,
            glance=self.glance,
            segments=self.segments,
            markers=self.markers,
            transport=self.transport,
            status=self.status,
        )
        self._words = ShownWords(
            session,
            timeline=self.timeline,
            segments=self.segments,
            speakers=self.speakers,
            interpretation=self.interpretation,
        )
        self._moves = CursorActions(self.actions_, session=session, timeline=self.timeline)
        self._connect()
        self.show_state(is_running=False)
        self._show_page()

    def _connect(self) -> None:
        session, actions = self._session, self.actions_
        session.markers_changed.connect(lambda _recording: self._show_number_of_markers())
        session.switched.connect(self._show_number_of_markers)
        session.switched.connect(self._show_sound)
        session.switched.connect(self._show_page)
        self._shown.channel_shown.connect(self._show_channel)
        self._shown.shown.connect(self._words.show_all)
        self.tables.currentChanged.connect(lambda _index: self._words.show_visible())
        self.list.close_requested.connect(lambda index: self.close_requested.emit(session.recordings[index]))
        actions.close.triggered.connect(self._close_shown)
        actions.next_recording.triggered.connect(lambda: self.opened.step(1))
        actions.previous_recording.triggered.connect(lambda: self.opened.step(-1))
        actions.pause.triggered.connect(self._request_pause)
        actions.copy_table.triggered.connect(self.segments.copy_table)
        actions.show_segments.triggered.connect(lambda: self._show_table(self.segments))
        actions.show_markers.triggered.connect(lambda: self._show_table(self.markers))
        actions.show_speakers.triggered.connect(lambda: self._show_table(self.speakers))
        actions.interpret.triggered.connect(lambda: self._show_table(self.interpretation))
        self.interpretation.passage_requested.connect(self._show_passage)
        self.timeline.play_requested.connect(self._play_from)

    def _show_passage(self, start_s: float, end_s: float) -> None:
        """Select a passage and bring it into view."""
        self.timeline.bring_into_view(start_s)
        self.timeline.select(start_s, end_s)
        self._session.move_cursor(start_s)

    def _play_from(self, seconds: float) -> None:
        """Play from a time on, to the end."""
        self.timeline.clear_selection()
        self._session.move_cursor(seconds)
        if self.actions_.play.isEnabled():
            self.actions_.play.trigger()

    def show_theme(self, theme: Theme) -> None:
        """Show all views in a theme."""
        for view in (self.transport, self.start):
            view.show_theme(theme)
        show_action_icons(self.actions_, theme)
        if self.is_complete:
            self.show_theme_of_recordings(theme)

    def show_theme_of_recordings(self, theme: Theme) -> None:
        """Show the views that :meth:`complete` adds in a theme."""
        views = (self.timeline, self.now, self.segments, self.messages, self.offers, self.list, self.glance)
        for view in (*views, self.live, self.speakers):
            view.show_theme(theme)

    def show_thresholds(self, high: float, medium: float) -> None:
        """Set from which confidence on the words “high” and “medium” are used."""
        for view in (self.now, self.segments):
            view.show_thresholds(high, medium)

    def show_model(self, identity: str, device: str, rate: int, *, is_built_in: bool = False) -> None:
        """Show the model in the status bar, with its device and its input sample rate in Hz."""
        self.status.show_model(identity, device, rate, is_built_in=is_built_in)

    def show_progress(self, progress: Progress) -> None:
        """Show the result of a step, except the entries, which arrive through the session."""
        self._shown.show_progress(progress)

    def show_segments(self) -> None:
        """Update the table of segments, and the length of the running recording in the list."""
        self._shown.show_segments()
        self.opened.show_growing()

    def show_growth(self) -> None:
        """The same, as far as something has changed since the last call."""
        self._shown.show_growth()
        self.opened.show_growing()

    def show_state(self, *, is_running: bool, is_live: bool = False, is_playing: bool = False) -> None:
        """Enable the actions that are possible now.

        Args:
            is_running: Whether a recording is read or recorded.
            is_live: Whether one is recorded, shown or not.
            is_playing: Whether the shown one is played.
        """
        session, actions, focused = self._session, self.actions_, self.focusWidget()
        self._is_paused = self._is_paused and is_live
        self.band.show_paused(self._is_paused)
        actions.pause.setChecked(self._is_paused)
        self.possible.show_state(is_running=is_running, is_live=is_live, is_playing=is_playing)
        self.transport.set_input_enabled(not is_live)
        self.timeline.set_live(is_live and session.is_shown_live)
        self.transport.show_state(is_live=is_live, is_playing=is_playing)
        self._show_title()
        self.opened.show()
        self._show_sound()
        if self._was_live and self._was_live is session.shown and not session.is_shown_live:
            self.timeline.fit()  # the cursor returns to its place, which is out of view after half a minute
        self._was_live = session.running if is_live else None
        if not is_running:
            self.status.end()
        self.start.set_can_record(not is_live)
        if focused and not focused.isEnabled():
            self.timeline.setFocus()  # where the keys of the transport act on the timeline

    def show_paused(self, is_paused: bool) -> None:
        """Show that recording is paused or continues, after the engine has reported it."""
        self._is_paused = is_paused and self._session.is_live
        self.band.show_paused(self._is_paused)
        self.actions_.pause.setChecked(self._is_paused)
        self._show_title()

    def _show_title(self) -> None:
        """Show the name of the recording that is made, or else of the shown one."""
        shown, running = self._session.shown, self._session.running
        words = "{name}"
        if running and running.is_live:
            words = self.tr("❚❚ paused: {name}") if self._is_paused else self.tr("● recording {name}")
        named = running if running and running.is_live else shown
        parts = [words.format(name=named.name) if named else "", self._project, "SER Desktop"]
        self.setWindowTitle(" – ".join(part for part in parts if part))

    def set_blind(self, is_blind: bool) -> None:
        """Hide the results of the model, so that a person judges by ear alone, or show it again."""
        self._shown.set_blind(is_blind)
        self.live.set_blind(is_blind)
        self.opened.set_blind(is_blind)
        self.speakers.set_blind(is_blind)
        self.tables.setTabVisible(self.tables.indexOf(self.interpretation), not is_blind)
        self.possible.set_blind(is_blind)
        self.list.set_may_compare(not is_blind)

    def show_project(self, name: str) -> None:
        """Show the name of the open project in the title; empty for none."""
        self._project = name
        self._show_title()

    def _show_number_of_markers(self) -> None:
        count = len(self._session.shown.markers) if self._session.shown else 0
        title = self.tr("Markers ({count})").format(count=count) if count else self.tr("Markers")
        self.tables.setTabText(self.tables.indexOf(self.markers), title)

    def _show_page(self) -> None:
        """Show the start page while no recording is open."""
        page = self.start if self._session.shown is None else self.whole
        if page is not self.pages.currentWidget():
            had_focus = self.focusWidget() is not None and self.pages.isAncestorOf(self.focusWidget())
            self.pages.setCurrentWidget(page)
            if had_focus:
                (self.start if page is self.start else self.timeline).setFocus()

    def _show_sound(self) -> None:
        """Offer the channels and tracks of the shown recording, in the menu and in the status bar."""
        shown, menu = self._session.shown, self.actions_.sound
        menu.show_choices(shown.info if shown else None, shown.choice if shown else MIX)
        self.status.show_sound(menu, menu.current)

    def _show_channel(self, caption: str) -> None:
        self.now.show_channel(caption)
        title = self.tr("Passages")
        self.tables.setTabText(self.tables.indexOf(self.segments), f"{title} – {caption}" if caption else title)

    def _close_shown(self) -> None:
        if self._session.shown:
            self.close_requested.emit(self._session.shown)

    def _show_table(self, table: QWidget) -> None:
        if self.tables.isTabVisible(self.tables.indexOf(table)):
            self.tables.setCurrentWidget(table)
            table.setFocus()

    def _request_pause(self, is_wanted: bool) -> None:
        self.actions_.pause.setChecked(self._is_paused)  # until the engine has reported it
        self.pause_requested.emit(is_wanted)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the dropped files."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.files_dropped.emit(files)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the focused button with Enter, since Space plays wherever the focus is; clear with Escape."""
        focused = self.focusWidget()
        if not self.is_complete:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QAbstractButton):
            focused.click()
        elif event.key() == Qt.Key.Key_R and not event.modifiers() and self._is_record_key_meant():
            self.actions_.record.trigger()
        elif event.key() == Qt.Key.Key_Escape and not self.messages.isHidden():
            self.messages.close_messages()
        elif event.key() == Qt.Key.Key_Escape:
            self.timeline.clear_selection()
        elif why_not := self.possible.why_not(QKeySequence(event.keyCombination())):
            self.status.showMessage(why_not, SHOWN_MS)  # the key of an action that is not possible does nothing else
        else:
            super().keyPressEvent(event)

    def _is_record_key_meant(self) -> bool:
        """Whether the focus is in the timeline, on the start page, or nowhere: R alone records only there."""
        focused = self.focusWidget()
        views: tuple[QWidget, ...] = (self.timeline, self.start)
        return focused is None or focused in views or any(view.isAncestorOf(focused) for view in views)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Emit :attr:`closing`, and close, if it may."""
        if not self.may_close():
            event.ignore()
            return
        self.closing.emit()
        event.accept()


def new_window(app: QApplication, settings: Settings) -> MainWindow:
    """Return the window with its start page, in the theme and at the place of the settings; it is not shown yet."""
    theme = theme_named(settings.theme)
    apply_theme(app, theme)
    window = MainWindow()
    window.show_theme(theme)
    window.layout_.restore_geometry(settings.window_geometry)
    return window
