"""The commands of the transport bar: record, stop, play, set markers, and show the microphone's level."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ser_desktop.errors import AudioFileError
from ser_desktop.gui.commands.playback import Playback
from ser_desktop.gui.commands.takes import new_take
from ser_desktop.gui.engine.engine import Engine
from ser_desktop.gui.engine.job import Progress
from ser_desktop.gui.engine.job_queue import JobQueue
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.model.current_settings import CurrentSettings
from ser_desktop.gui.model.recording import Recording
from ser_desktop.gui.model.session import SAME_POSITION_S, Session
from ser_desktop.gui.shared.translation import error_text
from ser_desktop.values import Marker

AT_END_S = 0.05  # a cursor this close to the end plays from the start
SHOWN_MS = 2000


class TransportCommands(QObject):
    """Connects the actions of the transport bar with devices, recordings and playback.

    Args:
        window: Provides the actions.
        session: The open recordings.
        work: The queue of the engine.
        playback: Plays recordings.
        choices: The settings, with the chosen devices.

    Attributes:
        inputs: Names of the connected microphones.
        outputs: Names of the connected loudspeakers.

    Signals:
        devices_requested(): To the engine: look for devices.
        level_requested(str): To the engine: show the level of this microphone.
        silence_requested(): To the engine: close the microphone.
        failed(str): What cannot be done, in words for the user.
    """

    devices_requested = Signal()
    level_requested = Signal(str)
    silence_requested = Signal()
    failed = Signal(str)

    def __init__(
        self, window: MainWindow, *, session: Session, work: JobQueue, playback: Playback, choices: CurrentSettings
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._work = window, session, work
        self._playback, self._choices = playback, choices
        self.inputs: list[str] = []
        self.outputs: list[str] = []
        self._warns_of_zeros = False
        actions = window.actions_
        actions.record.triggered.connect(self.record)
        actions.stop.triggered.connect(self.stop)
        actions.play.triggered.connect(self.play)
        actions.mark.triggered.connect(self.mark)
        window.timeline.marker_named.connect(self.name_marker)
        actions.refresh.triggered.connect(self.look_for_devices)
        for action in (actions.to_start, actions.to_end, actions.back, actions.forward):
            action.triggered.connect(playback.stop)
        for action in (actions.previous_marker, actions.next_marker):
            action.triggered.connect(playback.stop)
        for view in (window.timeline, window.segments, window.markers):
            view.seek_requested.connect(lambda _seconds: playback.stop())
        window.transport.input_chosen.connect(self._choose_input)
        playback.moved.connect(session.move_cursor)
        session.leaving.connect(lambda _recording: playback.stop())
        work.began.connect(self._show_began)
        work.progressed.connect(self._watch_for_zeros)
        work.ended.connect(self._show_ended)
        work.idle.connect(self.watch_level)

    def connect_engine(self, engine: Engine) -> None:
        """Connect requests and results with this engine."""
        self.devices_requested.connect(engine.look_for_devices)
        self.level_requested.connect(engine.watch_level)
        self.silence_requested.connect(engine.end_level)
        engine.devices_found.connect(self._show_devices)

    def record(self) -> None:
        """Record the chosen microphone to a new file in the recordings folder."""
        try:
            take = new_take(Path(self._choices.settings.recordings_folder))
        except AudioFileError as error:
            self.failed.emit(error_text(error))
            return
        self._playback.stop()
        self._window.actions_.record.setEnabled(False)  # until recording has begun or was refused
        self._work.record(self._choices.settings.input_name or "", take)

    def play(self) -> None:
        """Play the selection, or from the cursor to the end; stop if something plays."""
        recording = self._session.shown
        if self._playback.is_playing:
            self._playback.stop()
            return
        if recording is None or recording.info is None or self._session.is_live:
            return
        at_end = recording.cursor_s >= recording.timeline.end_s - AT_END_S
        start_s, end_s = recording.selection or (0.0 if at_end else recording.cursor_s, None)
        is_looped, output_name = self._window.actions_.loop.isChecked(), self._choices.settings.output_name
        self._playback.play(recording.path, start_s, end_s, is_looped=is_looped, output_name=output_name)

    def stop(self) -> None:
        """Stop playing, or else reading or recording; results are kept."""
        self._window.messages.close_messages()
        if self._playback.is_playing:
            self._playback.stop()
        else:
            self._work.stop()

    def mark(self) -> None:
        """Set a marker, whose name is typed then: at the newest sound of a live recording, else at the cursor."""
        recording = self._session.shown
        if recording is None:
            return
        is_now = recording.is_live and self._window.timeline.is_following
        seconds = recording.position_s if is_now else recording.cursor_s
        if self._session.mark([Marker(seconds, str(len(recording.markers) + 1))]):
            self._window.status.showMessage(self.tr("Marker set; type its name"), SHOWN_MS)
        index = self._marker_at(seconds)
        if index is not None:
            marker = recording.markers[index]
            self._window.timeline.edit_marker(marker.seconds, marker.label)

    def name_marker(self, seconds: float, label: str) -> None:
        """Give the marker at a time a name."""
        index = self._marker_at(seconds)
        if index is not None:
            self._session.change_marker(index, label=label)

    def _marker_at(self, seconds: float) -> int | None:
        """Return the index of the marker of the shown recording at a time."""
        markers = self._session.shown.markers if self._session.shown else ()
        found = (index for index, each in enumerate(markers) if abs(each.seconds - seconds) < SAME_POSITION_S)
        return next(found, None)

    def look_for_devices(self) -> None:
        """Look for microphones and loudspeakers; playing ends for it."""
        self._playback.stop()
        self.devices_requested.emit()

    def watch_level(self) -> None:
        """Show the level of the chosen microphone if the settings say so, while the engine is idle."""
        settings = self._choices.settings
        if settings.meter_before_recording and self.inputs:
            self.level_requested.emit(settings.input_name or "")
        else:
            self.silence_requested.emit()
            self._window.transport.level.reset()

    def _show_devices(self, inputs: list[str], outputs: list[str]) -> None:
        self.inputs, self.outputs = inputs, outputs
        self._window.transport.show_inputs(inputs, self._choices.settings.input_name)
        self._work.go_on()

    def _choose_input(self, name: str) -> None:
        self._choices.change(input_name=name or None)
        self._work.go_on()

    def _show_began(self, recording: Recording) -> None:
        self._warns_of_zeros = recording.is_live
        self._window.transport.level.reset()

    def _show_ended(self, _recording: Recording, _is_whole: bool) -> None:
        self._warns_of_zeros = False  # the meter may be silent before the next recording

    def _watch_for_zeros(self, progress: Progress) -> None:
        if self._warns_of_zeros and progress.level and progress.level.is_zero:
            self._warns_of_zeros = False
            self.failed.emit(
                self.tr(
                    "The microphone delivers only zeros. Check that it is not muted, that its switch is on, and that "
                    "the system's settings allow this program to hear it."
                )
            )
