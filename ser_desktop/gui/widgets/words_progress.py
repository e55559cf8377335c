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
        self._is_words, self._name = True, ""
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 1000)
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
        self._is_words, self._name = is_words, name
        self._bar.hide()  # a bar that shows only that something is done looks full in Qt's style
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
        self._bar.setValue(round(1000 * share))
        self._bar.show()
        words = self.tr("words: {percent} %") if self._is_words else self.tr("speakers: {percent} %")
        self._text.setText(words.format(percent=round(100 * share)))

    def show_last_part(self) -> None:
        """Show that all sound is read, and what is still done."""
        self._bar.hide()
        if self._is_words:
            self._text.setText(self.tr("words: last part, then a check …"))
            doing = self.tr("All sound is read. Its last part is recognised; then the language is checked.")
        else:
            self._text.setText(self.tr("speakers: comparing voices …"))
            doing = self.tr("All sound is read. The voices of its parts are compared.")
        self._text.setToolTip(f"{self._name}\n{doing}")

    def end(self) -> None:
        """Hide everything: the search is over."""
        self.hide()
