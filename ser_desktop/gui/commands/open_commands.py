"""Opening recordings and exported tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ser_desktop.batch.plan import recordings_below
from ser_desktop.errors import ExportError
from ser_desktop.gui.engine.job import Progress
from ser_desktop.gui.engine.job_queue import JobQueue
from ser_desktop.gui.engine.known_timeline import TABLE_SUFFIXES, recording_of
from ser_desktop.gui.engine.opened_sound import SoundChoice
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.model.recording import Recording
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.shared.translation import error_text
from ser_desktop.gui.widgets.offer_bar import Offer


class OpenCommands(QObject):
    """Opens recordings; a table opens the recording beside it and spares its analysis.

    Args:
        window: The main window.
        session: The open recordings.
        work: Reads the recordings.

    Signals:
        noted(str): A sentence for the user.
        failed(str): A file cannot be opened; a sentence for the user.
    """

    noted = Signal(str)
    failed = Signal(str)

    def __init__(self, window: MainWindow, *, session: Session, work: JobQueue) -> None:
        super().__init__(window)
        self._session, self._work = session, work
        window.actions_.analyze_again.triggered.connect(self.analyze_again)
        self._offers = window.offers
        session.begun.connect(self._withdraw_offer)
        session.closed.connect(self._withdraw_offer)
        window.actions_.sound.chosen.connect(self.choose_sound)
        work.progressed.connect(self._note_table)

    def open(self, files: Sequence[Path]) -> None:
        """Open recordings, or the recordings of tables; they are read in this order, and the first is shown."""
        recordings: list[Path] = []
        tables: dict[Path, Path] = {}
        for path in self._without_folders(files):
            is_table = path.suffix.lower() in TABLE_SUFFIXES
            recording = self._recording_of(path) if is_table else path
            if recording:
                recordings.append(recording)
                if is_table:
                    tables[recording] = path
        self._work.open(recordings, tables)
        if self._session.is_live and recordings:
            self.noted.emit(self.tr("It is read once the recording has ended."))

    def _without_folders(self, places: Sequence[Path]) -> list[Path]:
        """Return the files, and in place of each folder the recordings in it and below, in the order of their names."""
        found: list[Path] = []
        for place in places:
            if not place.is_dir():
                found.append(place)
                continue
            inside = recordings_below(place)
            found += inside
            if not inside:
                self.failed.emit(self.tr("There are no recordings in “{path}”.").format(path=place))
            elif len(inside) > 1:
                text = self.tr("{count} recordings are opened from “{path}”.")
                self.noted.emit(text.format(count=len(inside), path=place))
        return found

    def analyze_again(self) -> None:
        """Analyse the shown recording without its table."""
        if self._session.shown:
            self._work.analyze_again(self._session.shown)

    def choose_sound(self, choice: SoundChoice) -> None:
        """Analyse another channel or track of the shown recording."""
        if self._session.shown:
            self._work.choose_sound(self._session.shown, choice)

    def offer_channels(self, path: str, reason: str) -> None:
        """Offer to show each channel of a recording by itself.

        Args:
            path: Path of the recording.
            reason: Why its channels should not be mixed, in words for the user.
        """
        recording = self._session.find(Path(path))
        if recording:
            each = SoundChoice(is_each=True, track=recording.choice.track)
            choices: list[tuple[str, Callable[[], object]]] = [
                (self.tr("Show each channel"), lambda: self._work.choose_sound(recording, each)),
                (self.tr("Keep the mix"), lambda: None),
            ]
            self._offers.add(Offer(f"channels of {path}", reason, choices))

    def _withdraw_offer(self, recording: Recording) -> None:
        self._offers.withdraw(f"channels of {recording.path}")

    def _recording_of(self, table: Path) -> Path | None:
        """Return the recording of a table, or report why there is none."""
        try:
            return recording_of(table)
        except ExportError as error:
            self.failed.emit(error_text(error))
            return None

    def _note_table(self, progress: Progress) -> None:
        if progress.table:
            note = self.tr("The timeline is read from “{path}”. Analysis ▸ Analyse again does not use it.")
            self.noted.emit(note.format(path=progress.table))
