"""Qt view while no recording is open: three ways to begin, the recent recordings, and what is not done with sound."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListView,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ser_desktop.gui.shared.fonts import bold_font, scaled_font
from ser_desktop.gui.shared.icons import paint_icon
from ser_desktop.gui.shared.theme import LIGHT, Theme
from ser_desktop.gui.shared.words import native_keys
from ser_desktop.gui.tables.row_table import NO_PARENT, AnyIndex
from ser_desktop.gui.widgets.card_delegate import CardDelegate
from ser_desktop.gui.widgets.how_to_read import HowToRead
from ser_desktop.gui.widgets.recording_list import Card
from ser_desktop.gui.widgets.way_button import WayButton

TITLE_SCALE, SENTENCE_SCALE = 1.9, 1.08
WIDEST_LETTERS = 150  # of the page
RECENT_LETTERS = 60
ICON_LINES = 1.3


class StartPage(QScrollArea):
    """The page that is shown first.

    Signals:
        open_requested(): The user wants to choose a recording.
        record_requested(): The user wants to record.
        demo_requested(): The user wants to see the demo.
        recent_chosen(str): The path of the recent recording that the user chose.
        shown(): The page has been painted for the first time.
    """

    open_requested = Signal()
    record_requested = Signal()
    demo_requested = Signal()
    recent_chosen = Signal(str)
    shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._was_shown = False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Start page"))
        self._make_texts()
        self._make_ways()
        self.recent = _RecentList()
        self.recent.chosen.connect(self.recent_chosen)
        self.how_to_read, self._how_title = HowToRead(), QLabel(self.tr("How to read the timeline"))
        self._how_title.setFont(bold_font(self.font()))
        self.promises = [_Promise(icon, text) for icon, text in self._promises()]
        self._lay_out()
        self.show_recent(())
        self.show_theme(LIGHT)
        self.setFocusProxy(self.open)

    def show_recent(self, cards: Sequence[Card]) -> None:
        """List these recent recordings; none at the first start."""
        self.recent.show_cards(cards)
        for part in (self.recent, self._recent_title):
            part.setVisible(bool(cards))
        self.how_to_read.setVisible(not cards)
        self._how_title.setVisible(not cards)
        self._below.setColumnStretch(0, int(bool(cards)))

    def set_can_record(self, is_possible: bool) -> None:
        """Enable or disable the way to record."""
        self.record.setEnabled(is_possible)

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        for way in self.ways:
            way.show_theme(theme)
        for promise in self.promises:
            promise.show_theme(theme)
        self.recent.show_theme(theme)
        self.how_to_read.show_theme(theme)
        self._sentence.setStyleSheet(f"QLabel {{ color: {theme.muted.name()}; }}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Emit :attr:`shown` once, when the content of the page, which covers this view, is painted."""
        if event.type() == QEvent.Type.Paint and watched is self.widget() and not self._was_shown:
            self._was_shown = True
            QTimer.singleShot(0, self.shown.emit)
        return super().eventFilter(watched, event)

    def _make_texts(self) -> None:
        self._title = QLabel(self.tr("How does a voice sound?"))
        self._title.setFont(scaled_font(self.font(), TITLE_SCALE, is_bold=True))
        self._sentence = QLabel(
            self.tr(
                "SER Desktop shows over time what a voice sounds like: an emotion where that is clear, else excited or "
                "quiet, pleasant or unpleasant. What a person feels, it cannot know."
            )
        )
        self._sentence.setFont(scaled_font(self.font(), SENTENCE_SCALE))
        self._sentence.setWordWrap(True)
        self._recent_title = QLabel(self.tr("Recent recordings"))
        self._promise_title = QLabel(self.tr("What is not done with the sound"))
        for label in (self._recent_title, self._promise_title):
            label.setFont(bold_font(self.font()))

    def _make_ways(self) -> None:
        self.open = WayButton(
            "file",
            self.tr("Open a recording"),
            self.tr("Sound or video; or drop it here."),
            key=native_keys("Ctrl+O"),
            is_primary=True,
        )
        self.record = WayButton(
            "microphone", self.tr("Record"), self.tr("Speak, and see at once how it sounds."), key=native_keys("R")
        )
        self.demo = WayButton("wave", self.tr("Try the demo"), self.tr("Half a minute of a synthetic voice."))
        self.open.clicked.connect(self.open_requested)
        self.record.clicked.connect(self.record_requested)
        self.demo.clicked.connect(self.demo_requested)
        self.ways = (self.open, self.record, self.demo)

    def _promises(self) -> list[tuple[str, str]]:
        return [
            ("lock", self.tr("It does not leave this computer: the program never uses the network.")),
            ("file", self.tr("Recordings that you open are only read. What you record is kept in a folder of yours.")),
            ("microphone", self.tr("Nothing is recorded before you press Record.")),
            ("voice", self.tr("The result is no diagnosis and no lie detector, and judges nobody.")),
        ]

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        page = QWidget()
        page.setMaximumWidth(self.fontMetrics().averageCharWidth() * WIDEST_LETTERS)
        column = QVBoxLayout(page)
        column.setContentsMargins(2 * em, 3 * em, 2 * em, em)
        column.setSpacing(em * 2 // 3)
        column.addWidget(self._title)
        column.addWidget(self._sentence)
        column.addSpacing(em // 2)
        row = QHBoxLayout()
        row.setSpacing(em)
        for way in self.ways:
            row.addWidget(way)
        column.addLayout(row)
        column.addSpacing(em * 3 // 2)
        column.addWidget(self._how_title)
        column.addWidget(self.how_to_read)
        column.addSpacing(em // 2)
        self._below = below = QGridLayout()
        below.setHorizontalSpacing(2 * em)
        below.setColumnStretch(1, 1)
        below.addWidget(self._recent_title, 0, 0)
        below.addWidget(self.recent, 1, 0)
        below.addWidget(self._promise_title, 0, 1)
        promises = QVBoxLayout()
        promises.setSpacing(em // 2)
        for each in self.promises:
            promises.addWidget(each)
        promises.addStretch()
        below.addLayout(promises, 1, 1)
        below.setRowStretch(1, 1)
        column.addLayout(below, stretch=1)
        centred = QWidget()
        around = QHBoxLayout(centred)
        around.setContentsMargins(0, 0, 0, 0)
        around.addStretch()
        around.addWidget(page, stretch=1000)
        around.addStretch()
        self.setWidget(centred)


class _Promise(QWidget):
    """An icon and a sentence beside it."""

    def __init__(self, icon: str, text: str) -> None:
        super().__init__()
        self._icon, self._theme = icon, LIGHT
        em = self.fontMetrics().height()
        self._text = QLabel(text)
        self._text.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(em * 2, 0, 0, 0)
        row.addWidget(self._text)
        self.setMinimumHeight(round(em * ICON_LINES) + 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the icon beside the first line."""
        side = self.fontMetrics().height() * ICON_LINES
        painter = QPainter(self)
        paint_icon(painter, self._icon, QRectF(0.0, 0.0, side, side), self._theme.accent)
        painter.end()


class _RecentList(QListView):
    """One card for each recent recording.

    Signals:
        chosen(str): Emitted with the path of the recording that was clicked, or on which Enter was pressed.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._cards, self._delegate = _CardModel(self), CardDelegate(self)
        self.setModel(self._cards)
        self.setItemDelegate(self._delegate)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Recent recordings"))
        self.setAccessibleDescription(self.tr("Enter opens the selected one"))
        self.clicked.connect(self._choose)

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Show these recordings and no others."""
        self._cards.show_cards(cards)

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._delegate.show_theme(theme)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current recording with Enter; letters go to the window."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
        elif event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Return the room for a few cards."""
        line = self.fontMetrics().height()
        return QSize(self.fontMetrics().averageCharWidth() * RECENT_LETTERS, line * 4 * 3)

    def _choose(self, index: QModelIndex) -> None:
        card = index.data(Qt.ItemDataRole.UserRole)
        if card:
            self.chosen.emit(card.path)


class _CardModel(QAbstractListModel):
    """The cards, in ``UserRole``."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._cards: list[Card] = []

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Replace all cards."""
        self.beginResetModel()
        self._cards = list(cards)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = NO_PARENT) -> int:
        """Return the number of cards."""
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the card, its text for screen readers, or its path as the tooltip."""
        card = self._cards[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return card
        if role == Qt.ItemDataRole.ToolTipRole:
            return card.path
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{card.name}. {card.sentence}"
        return None
