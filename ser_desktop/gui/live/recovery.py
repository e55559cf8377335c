"""Offers at the start to recover recordings that a crash or a power cut left unfinished."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, QObject, Signal

from ser_desktop.audio.journal import Unfinished, unfinished_recordings
from ser_desktop.errors import AudioFileError
from ser_desktop.gui.shared.translation import error_text
from ser_desktop.gui.shared.words import clock_text
from ser_desktop.gui.widgets.offer_bar import Offer, OfferBar


class Recovery(QObject):
    """Shows an offer for each unfinished recording.

    Args:
        bar: Shows the offers.
        journals: Folder of the journals, one for each recording that was not finished.

    Signals:
        recovered(Path): A recording was repaired and can be opened.
        failed(str): Why it cannot be repaired or discarded, in words for the user.
    """

    recovered = Signal(object)
    failed = Signal(str)

    def __init__(self, bar: OfferBar, journals: Path) -> None:
        super().__init__()
        self._bar, self._journals = bar, journals

    def offer_unfinished(self) -> None:
        """Show an offer for each recording that was not finished."""
        for each in unfinished_recordings(self._journals):
            self._bar.add(Offer(str(each.journal), self._question(each), self._choices(each)))

    def _choices(self, each: Unfinished) -> tuple[tuple[str, Callable[[], object]], ...]:
        return (
            (self.tr("Recover"), lambda: self._recover(each)),
            (self.tr("Keep for later"), lambda: None),
            (self.tr("Discard"), lambda: self._try(each.discard)),
        )

    def _question(self, each: Unfinished) -> str:
        begun = QLocale().toString(QDateTime.fromSecsSinceEpoch(int(each.started_at)), QLocale.FormatType.ShortFormat)
        return self.tr("The recording of {begun} ({length}) was not finished: “{name}”.").format(
            begun=begun, length=clock_text(each.seconds), name=each.recording.name
        )

    def _recover(self, each: Unfinished) -> None:
        if self._try(each.recover):
            self.recovered.emit(each.recording)

    def _try(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except AudioFileError as error:
            self.failed.emit(error_text(error))
            return False
        return True
