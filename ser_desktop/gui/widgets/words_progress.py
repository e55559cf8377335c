"""Qt view for the status bar: how far the search for words and speakers is, with a button that stops it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

WIDTH = 12  # digits


class WordsProgress(QWidget):
    """A text, a bar and a button; hidden while nothing is searched.

    Signals:
        stop_requested(): The button was pressed.
    """

    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._bar, self._stop = QLabel(), QProgressBar(), QToolButton()
        self._is_words = True
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(self.fontMetrics().horizontalAdvance("0") * WIDTH, self.fontMetrics().height() * 2 // 3)
        self._bar.setAccessibleName(self.tr("Progress of words and speakers"))
        self._stop.setText("✕")
        self._stop.setAutoRaise(True)
        self._stop.setAccessibleName(self.tr("Stop finding words and speakers"))
        self._stop.setToolTip(self.tr("Stop finding words and speakers"))
        self._stop.clicked.connect(self.stop_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for each in (self._text, self._bar, self._stop):
            row.addWidget(each)
        self.hide()

    @property
    def text(self) -> str:
        """What is written beside the bar."""
        return self._text.text()

    def begin(self, *, is_words: bool, name: str) -> None:
        """Show that words, or else speakers, are searched in a recording of this name."""
        self._is_words = is_words
        self._bar.setRange(0, 0)
        self._text.setText(self.tr("words …") if is_words else self.tr("speakers …"))
        self._text.setToolTip(name)
        self.show()

    def show_progress(self, position_s: float, seconds: float) -> None:
        """Show how much is read.

        Args:
            position_s: Seconds that are read.
            seconds: Length of the recording, or 0 where it is not known.
        """
        if seconds <= 0.0:
            return
        share = min(1.0, position_s / seconds)
        self._bar.setRange(0, 1000)
        self._bar.setValue(round(1000 * share))
        words = self.tr("words: {percent} %") if self._is_words else self.tr("speakers: {percent} %")
        self._text.setText(words.format(percent=round(100 * share)))

    def end(self) -> None:
        """Hide everything: the search is over."""
        self.hide()
