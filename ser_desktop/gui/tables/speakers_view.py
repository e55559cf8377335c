"""Qt view for the speakers: a table of names, time, share of time, and how each one sounds."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPalette, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QMenu, QVBoxLayout, QWidget

from ser_desktop.analysis.overall import Overall
from ser_desktop.analysis.speakers import SpeakerSummary
from ser_desktop.gui.shared.icons import transparent_pixmap
from ser_desktop.gui.shared.speaker_colours import speaker_colour
from ser_desktop.gui.shared.theme import LIGHT, Theme
from ser_desktop.gui.shared.words import clock_text, percent_text
from ser_desktop.gui.tables.row_table import NO_PARENT, AnyIndex, RowTable
from ser_desktop.gui.widgets.glance_bar import speaker_sentence

OWN_KEYS = (Qt.Key.Key_F2,)  # also a shortcut of the window


class SpeakerColumn(enum.IntEnum):
    """The columns of the table."""

    NAME = 0
    TIME = 1
    SHARE = 2
    SOUNDS = 3


@dataclass(frozen=True, slots=True, eq=False)
class ShownSpeaker:
    """One row of the table.

    Attributes:
        summary: Time and share of time.
        sounds: What is claimed of the speaker.
        name: As the user reads it.
        first_s: Where the speaker speaks first, in seconds.
    """

    summary: SpeakerSummary
    sounds: Overall
    name: str
    first_s: float


class SpeakersView(QWidget):
    """One row for each speaker; the name can be edited, and two speakers can be merged.

    Signals:
        rename_requested(int, str): The number of a speaker and the new name.
        merge_requested(int, int): The number of a speaker, and of the one that is the same person.
        seek_requested(float): Where a speaker speaks first, in seconds.
        menu_opening(): The menu of a speaker is about to be shown; :meth:`show_voices` tells what it offers.
        keep_requested(int): The number of a speaker whose voice is to be made known.
        voice_chosen(int, str): The number of a speaker and the name of a known voice; empty for none.
    """

    rename_requested = Signal(int, str)
    merge_requested = Signal(int, int)
    seek_requested = Signal(float)
    menu_opening = Signal()
    keep_requested = Signal(int)
    voice_chosen = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._voices: Sequence[str] = ()
        self._voice_of: Mapping[int, str] = {}
        self._model = _SpeakersModel(self)
        self._model.named.connect(self.rename_requested)
        self._table = _SpeakersTable(self)
        self._table.setModel(self._model)
        self._table.setAccessibleName(self.tr("Speakers"))
        self._table.setAccessibleDescription(
            self.tr("Enter goes to where a speaker speaks first, F2 edits the name; the menu key merges two speakers.")
        )
        self._table.row_activated.connect(self._seek)
        self._table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._table.customContextMenuRequested.connect(self._show_menu)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._table)
        self.setFocusProxy(self._table)

    def show_speakers(self, found: Sequence[ShownSpeaker]) -> None:
        """Show these speakers and no others."""
        row = self._table.currentIndex().row()
        self._model.show_speakers(found)
        if found and row >= 0:
            self._table.setCurrentIndex(self._model.index(min(row, len(found) - 1), SpeakerColumn.NAME))

    @property
    def hint(self) -> str:
        """What the table says while it is empty."""
        return self._table.hint

    def show_searching(self, is_searching: bool) -> None:
        """Say that speakers are being found, where there are none yet, or no longer."""
        self._table.is_searching = is_searching
        self._table.viewport().update()

    def set_blind(self, is_blind: bool) -> None:
        """Hide what the model says of the speakers, or show it again."""
        self._table.setColumnHidden(SpeakerColumn.SOUNDS, is_blind)

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._model.show_theme(theme)

    def show_voices(self, names: Sequence[str], of_speakers: Mapping[int, str]) -> None:
        """Offer these voices in the menu of a speaker.

        Args:
            names: The known voices.
            of_speakers: The voice of each speaker who has one, by number.
        """
        self._voices, self._voice_of = names, of_speakers

    def menu(self, row: int) -> QMenu:
        """Return what can be done with the speaker of a row."""
        self.menu_opening.emit()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        index = self._model.index(row, SpeakerColumn.NAME)
        menu.addAction(self.tr("Go to the first turn")).triggered.connect(lambda: self._seek(row))
        menu.addAction(self.tr("Rename")).triggered.connect(lambda: self._table.edit(index))
        number, name = self._model.speaker(row)
        merge = menu.addMenu(self.tr("“{name}” is the same person as").format(name=name))
        for other_row in range(self._model.rowCount()):
            other, other_name = self._model.speaker(other_row)
            if other != number:
                action = merge.addAction(other_name.replace("&", "&&"))
                action.triggered.connect(lambda _on=False, other=other: self.merge_requested.emit(number, other))
        merge.setEnabled(not merge.isEmpty())
        menu.addSeparator()
        self._add_voices(menu, number)
        menu.addAction(self.tr("Keep as voice…")).triggered.connect(lambda: self.keep_requested.emit(number))
        return menu

    def _add_voices(self, menu: QMenu, speaker: int) -> None:
        """Add a menu in which a speaker gets a known voice, or none."""
        choices = menu.addMenu(self.tr("Known voice"))
        chosen = self._voice_of.get(speaker, "")
        for name in ("", *self._voices):
            action = choices.addAction(name.replace("&", "&&") if name else self.tr("None"))
            action.setCheckable(True)
            action.setChecked(name == chosen)
            action.triggered.connect(lambda _on=False, name=name: self.voice_chosen.emit(speaker, name))
        choices.setEnabled(bool(self._voices))

    def _show_menu(self, at: QPoint) -> None:
        row = self._table.currentIndex().row()
        if row >= 0:
            self.menu(row).popup(self._table.viewport().mapToGlobal(at))

    def _seek(self, row: int) -> None:
        if 0 <= row < self._model.rowCount():
            self.seek_requested.emit(self._model.found[row].first_s)


class _SpeakersModel(QAbstractTableModel):
    named = Signal(int, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._view, self._theme = parent, LIGHT
        self.found: Sequence[ShownSpeaker] = ()

    def speaker(self, row: int) -> tuple[int, str]:
        return self.found[row].summary.number, self.found[row].name

    def show_speakers(self, found: Sequence[ShownSpeaker]) -> None:
        self.beginResetModel()
        self.found = found
        self.endResetModel()

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        if self.found:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.found) - 1, 0))

    def rowCount(self, parent: AnyIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.found)

    def columnCount(self, parent: AnyIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(SpeakerColumn)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Speaker"), self.tr("Time"), self.tr("Share of the speech"), self.tr("Sounds"))[section]
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == SpeakerColumn.NAME else flags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        shown = self.found[index.row()]
        each, column = shown.summary, SpeakerColumn(index.column())
        if role == Qt.ItemDataRole.DecorationRole and column is SpeakerColumn.NAME:
            return self._swatch(each.number)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return None
        if column is SpeakerColumn.NAME:
            return shown.name
        if column is SpeakerColumn.TIME:
            return clock_text(each.seconds, decimals=1)
        return percent_text(each.share) if column is SpeakerColumn.SHARE else self._sounds(shown)

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() != SpeakerColumn.NAME:
            return False
        number, before = self.speaker(index.row())
        name = " ".join(str(value).split())
        if name != before:
            self.named.emit(number, name)
        return True

    def _sounds(self, shown: ShownSpeaker) -> str:
        """Return what is claimed of a speaker."""
        text, each = speaker_sentence(shown.sounds), shown.summary
        return (
            text
            if each.is_alone or not each.summary
            else self.tr("{sounds} (never alone in a window)").format(sounds=text)
        )

    def _swatch(self, number: int) -> QPixmap:
        side = QFontMetrics(self._view.font()).height()
        pixmap = transparent_pixmap(side, side, self._view.devicePixelRatioF())
        with QPainter(pixmap) as painter:
            painter.fillRect(2, 2, side - 4, side - 4, speaker_colour(number, self._theme))
        return pixmap


class _SpeakersTable(RowTable):
    row_activated = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.is_searching = False
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.scale_to_font()

    def setModel(self, model: QAbstractTableModel) -> None:  # type: ignore[override]
        super().setModel(model)
        self.scale_to_font()

    def event(self, event: QEvent) -> bool:
        """Accept the table's own keys before they trigger shortcuts of the window."""
        is_key = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_key and isinstance(event, QKeyEvent) and event.key() in OWN_KEYS and self.currentIndex().isValid():
            event.accept()
            return True
        return super().event(event)

    @property
    def hint(self) -> str:
        if self.is_searching:
            return self.tr("Speakers are being found; the status bar shows how far.")
        return self.tr("Analysis ▸ Find speakers finds who speaks when.")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.model() is not None and self.model().rowCount() == 0:
            with QPainter(self.viewport()) as painter:
                painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
                painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self.hint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        is_editing = self.state() is QAbstractItemView.State.EditingState
        if index.isValid() and not is_editing and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.row_activated.emit(index.row())
        elif index.isValid() and not is_editing and event.key() == Qt.Key.Key_F2:
            self.edit(index.siblingAtColumn(SpeakerColumn.NAME))
        else:
            super().keyPressEvent(event)

    def scale_to_font(self) -> None:
        super().scale_to_font()
        letter, height = self.fontMetrics().averageCharWidth(), self.row_height()
        for column, letters in ((SpeakerColumn.NAME, 24), (SpeakerColumn.TIME, 12), (SpeakerColumn.SHARE, 20)):
            self.setColumnWidth(column, letter * letters + height)
