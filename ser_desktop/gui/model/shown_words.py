"""Connects the words and speakers of the shown recording with the views of the window."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ser_desktop.analysis.interpretation import interpret
from ser_desktop.analysis.speakers import sounds_of_speakers
from ser_desktop.gui.model.recording import Recording
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.shared.speaker_colours import speaker_word
from ser_desktop.gui.shared.translation import error_text, interpretation_language
from ser_desktop.gui.tables.interpretation_view import InterpretationView
from ser_desktop.gui.tables.segments_view import SegmentsView
from ser_desktop.gui.tables.speakers_view import ShownSpeaker, SpeakersView
from ser_desktop.gui.timeline.timeline_view import TimelineView


class ShownWords(QObject):
    """Passes words and speakers of the shown recording to the views.

    The table of speakers and the interpretation are made while they are visible: for ten hours that takes a second.

    Args:
        session: The open recordings.
        timeline: Has lanes for them.
        segments: Has columns for them.
        speakers: Shows the speakers as a table.
        interpretation: Shows the recording in sentences.
    """

    def __init__(
        self,
        session: Session,
        *,
        timeline: TimelineView,
        segments: SegmentsView,
        speakers: SpeakersView,
        interpretation: InterpretationView,
    ) -> None:
        super().__init__()
        self._session, self._timeline, self._segments = session, timeline, segments
        self._speakers, self._interpretation = speakers, interpretation
        self._stale: set[SpeakersView | InterpretationView] = set()
        session.spoken_changed.connect(self._show_changed)
        session.completed.connect(self._show_changed)
        speakers.seek_requested.connect(session.move_cursor)

    def show_all(self) -> None:
        """Show everything, after another recording or another channel was shown."""
        recording = self._session.shown
        if recording:
            self._show_words(recording)
        self._stale = {self._speakers, self._interpretation}
        self.show_visible()

    def show_visible(self) -> None:
        """Make the table of speakers or the interpretation, if it is visible and something has changed."""
        for view in [each for each in self._stale if each.isVisible()]:
            self._stale.discard(view)
            if view is self._speakers:
                self._show_speakers()
            else:
                self._show_interpretation()

    def _show_changed(self, recording: Recording) -> None:
        if recording is self._session.shown:
            self.show_all()

    def _show_words(self, recording: Recording) -> None:
        """Show words and speakers in the lanes of each channel, and in the table of passages."""
        for row, channel in enumerate(recording.channels):
            spoken, doubt = recording.spoken_of(channel), recording.doubt_about_words(channel)
            self._timeline.content.show_spoken(spoken, row=row, doubt=error_text(doubt) if doubt else "")
        self._segments.show_spoken(recording.shown_spoken)

    def _show_speakers(self) -> None:
        recording = self._session.shown
        spoken = recording.shown_spoken if recording else None
        rows = []
        if recording and spoken and spoken.speakers and not recording.is_running:
            firsts = {turn.speaker: turn.start_s for turn in reversed(spoken.turns)}
            for each, sounds in sounds_of_speakers(recording.timeline, spoken.speakers, recording.abstain_threshold):
                name = speaker_word(spoken.speakers, each.number)
                rows.append(ShownSpeaker(each, sounds, name, firsts[each.number]))
        self._speakers.show_speakers(rows)

    def _show_interpretation(self) -> None:
        recording, language = self._session.shown, interpretation_language()
        if recording is None or recording.is_running or not len(recording.timeline):
            self._interpretation.show_remarks([], language=language)
            return
        spoken, doubt = recording.shown_spoken, recording.doubt_about_words(recording.channel)
        remarks = interpret(recording.timeline, spoken.transcript, spoken.speakers)
        self._interpretation.show_remarks(remarks, language=language, doubt=error_text(doubt) if doubt else "")
