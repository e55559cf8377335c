"""Qt view for the open recordings: a list at the left, if there are two or more."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QListView, QMenu, QWidget

from ser_desktop.analysis.ribbon import Cell
from ser_desktop.gui.shared.theme import Theme
from ser_desktop.gui.shared.words import percent_text, short_clock
from ser_desktop.gui.tables.row_table import NO_PARENT, AnyIndex
from ser_desktop.gui.widgets.card_delegate import CardDelegate

WIDEST_LETTERS, NARROWEST_LETTERS = 60, 16


class Stage(enum.Enum):
    """State of a recording."""

    READY = "ready"
    WAITING = "waiting"
    READING = "reading"
    RECORDING = "recording"


@dataclass(frozen=True, slots=True)
class Card:
    """What the list shows of a recording.

    Attributes:
        name: Of the recording.
        path: Of the recording, for the tooltip.
        stage: State of the recording.
        seconds: Its length as far as it is known.
        sentence: What it sounds like as a whole; empty until it has been read.
        unclear: Share of the speech in which nothing is claimed; ``None`` without speech.
        ribbon: The most that is claimed, over time.
    """

    name: str
    path: str
    stage: Stage
    seconds: float = 0.0
    sentence: str = ""
    unclear: float | None = None
    ribbon: tuple[Cell, ...] = ()

    @property
    def length(self) -> str:
        """The length as the user reads it; empty where it is not known, as of a recent recording."""
        return "" if self.stage is Stage.READY and not self.seconds else short_clock(self.seconds)


class RecordingList(QListView):
    """One card for each open recording; hidden while there is one recording or none.

    Signals:
        chosen(int): Emitted with the index of the recording that the user chose.
        close_requested(int): Emitted with the index of the recording to close.
        compare_requested(list[int]): Emitted with the indices of the selected recordings.
    """

    chosen = Signal(int)
    close_requested = Signal(int)
    compare_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards, self._delegate = _CardModel(self), CardDelegate(self)
        self.setModel(self._cards)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(self.tr("Open recordings"))
        self.setAccessibleDescription(
            self.tr("Ctrl+Tab goes to the next one, Ctrl+W closes it. Two selected ones can be compared.")
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.selectionModel().currentChanged.connect(self._on_current)
        self._is_filling, self._may_compare = False, True
        self._scale_to_font()
        self.hide()

    @property
    def selected(self) -> list[int]:
        """The indices of the selected recordings, from top to bottom."""
        return sorted(index.row() for index in self.selectionModel().selectedIndexes())

    def show_cards(self, cards: Sequence[Card], current: int) -> None:
        """Show these recordings and no others.

        Args:
            cards: In the order in which they were opened.
            current: Index of the shown recording; -1 for none.
        """
        self._is_filling = True
        self._cards.show_cards(cards)
        if current != self.currentIndex().row():
            self.setCurrentIndex(self._cards.index(current) if current >= 0 else QModelIndex())
        self._is_filling = False
        self.setVisible(len(cards) > 1)

    def set_may_compare(self, may_compare: bool) -> None:
        """Offer to compare recordings, or not: a comparison shows claims, which may be hidden."""
        self._may_compare = may_compare

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._delegate.show_theme(theme)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Scale to the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._scale_to_font()

    def _scale_to_font(self) -> None:
        letter = self.fontMetrics().averageCharWidth()
        self.setMinimumWidth(NARROWEST_LETTERS * letter)
        self.setMaximumWidth(WIDEST_LETTERS * letter)
        self.scheduleDelayedItemsLayout()

    def _on_current(self, current: QModelIndex) -> None:
        if not self._is_filling and current.isValid():
            self.chosen.emit(current.row())

    def _show_menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if not index.isValid():
            return
        row, menu = index.row(), QMenu(self)
        compare, close = QAction(self.tr("Co&mpare…"), menu), QAction(self.tr("&Close"), menu)
        compare.setEnabled(self._cards.rowCount() > 1 and self._may_compare)
        compare.triggered.connect(lambda: self.compare_requested.emit(self.selected))
        close.setEnabled(self._cards.card(row).stage is not Stage.RECORDING)
        close.triggered.connect(lambda: self.close_requested.emit(row))
        menu.addActions([compare, close])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(at))


class _CardModel(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = parent
        self._cards: list[Card] = []

    def card(self, row: int) -> Card:
        return self._cards[row]

    def show_cards(self, cards: Sequence[Card]) -> None:
        if len(cards) < len(self._cards):
            gone = next((n for n, each in enumerate(cards) if each.path != self._cards[n].path), len(cards))
            last = gone + len(self._cards) - len(cards) - 1
            self.beginRemoveRows(NO_PARENT, gone, last)
            del self._cards[gone : last + 1]
            self.endRemoveRows()
        for row, card in enumerate(cards[: len(self._cards)]):
            if card != self._cards[row]:
                self._cards[row] = card
                self.dataChanged.emit(self.index(row), self.index(row))
        if len(cards) > len(self._cards):
            self.beginInsertRows(NO_PARENT, len(self._cards), len(cards) - 1)
            self._cards.extend(cards[len(self._cards) :])
            self.endInsertRows()

    def rowCount(self, parent: AnyIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        card = self._cards[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return card.name
        if role == Qt.ItemDataRole.UserRole:
            return card
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(card)
        return self._tip(card) if role == Qt.ItemDataRole.ToolTipRole else None

    def _tip(self, card: Card) -> str:
        words = {
            Stage.READY: "{path}",
            Stage.WAITING: self.tr("{path} (waits until the others have been read)"),
            Stage.READING: self.tr("{path} (is being read)"),
            Stage.RECORDING: self.tr("{path} (is being recorded)"),
        }
        tip = words[card.stage].format(path=card.path)
        return f"{tip}\n{card.sentence}" if card.sentence else tip

    def _spoken(self, card: Card) -> str:
        spoken = {
            Stage.READY: "{name}",
            Stage.WAITING: self.tr("{name}, waiting"),
            Stage.READING: self.tr("{name}, being read"),
            Stage.RECORDING: self.tr("{name}, being recorded"),
        }
        parts = [spoken[card.stage].format(name=card.name), card.length, card.sentence]
        if card.unclear is not None:
            parts.append(self.tr("{percent} unclear").format(percent=percent_text(card.unclear)))
        return ", ".join(part for part in parts if part)
