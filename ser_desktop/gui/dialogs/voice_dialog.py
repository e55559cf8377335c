"""The dialog of Analysis ▸ My voice: the voices that are known, and a page that makes one known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ser_desktop.gui.dialogs.dialog_parts import close_button, column, describe, paragraph, title_label, use_height
from ser_desktop.gui.dialogs.new_voice_page import NewVoicePage
from ser_desktop.gui.shared.primary import make_primary
from ser_desktop.gui.shared.theme import Theme
from ser_desktop.gui.widgets.voice_box import VoiceBox
from ser_desktop.values import VoiceChoice

LINES, HEIGHT_LINES = 6, 44  # of the list, of the dialog


@dataclass(frozen=True, slots=True)
class KnownVoice:
    """A row of the list.

    Attributes:
        name: Of the voice.
        speech_s: Seconds of speech that it was made from.
        fault: Why it cannot be used, in words for the user; empty if it can.
    """

    name: str
    speech_s: float = 0.0
    fault: str = ""


class VoiceDialog(QDialog):
    """Lists the voices, and makes one known.

    Args:
        theme: The colours.
        input_name: The microphone, in words; empty where there is none.
        parent: The window.

    Attributes:
        page: The page that makes a voice known.

    Signals:
        rename_requested(str, str): Give a voice another name.
        removal_requested(str): Delete a voice.
        default_chosen(VoiceChoice): Who speaks in the next recordings.
    """

    rename_requested = Signal(str, str)
    removal_requested = Signal(str)
    default_chosen = Signal(object)

    def __init__(self, theme: Theme, input_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("My voice"))
        self._voices: tuple[KnownVoice, ...] = ()
        self.page = NewVoicePage(theme, input_name)
        self.page.back_requested.connect(self.show_list)
        self._make_list()
        self._list = QWidget()
        self._lay_out_list()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._list)
        self._pages.addWidget(self.page)
        layout = column(self)
        layout.addWidget(self._pages, stretch=1)
        use_height(self, HEIGHT_LINES)

    def show_voices(self, voices: Sequence[KnownVoice], default: VoiceChoice) -> None:
        """List the voices.

        Args:
            voices: In their order.
            default: Who speaks in the next recordings.
        """
        chosen = self.chosen
        self._voices = tuple(voices)
        self.table.setRowCount(len(voices))
        for row, each in enumerate(voices):
            about = each.fault or self.tr("can be used")
            seconds = self.tr("{count} s").format(count=round(each.speech_s)) if each.speech_s else "–"
            for place, text in enumerate((each.name, seconds, about)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(row, place, item)
            if each.name == chosen:
                self.table.selectRow(row)
        if self.table.currentRow() < 0 and voices:
            self.table.selectRow(0)
        self.default.show_choices([each.name for each in voices], default)
        self._show_buttons()

    @property
    def chosen(self) -> str:
        """The selected voice; empty for none."""
        row = self.table.currentRow()
        return self._voices[row].name if 0 <= row < len(self._voices) else ""

    def show_list(self) -> None:
        """Show the list of voices; without any, close the dialog."""
        if self._voices:
            self._pages.setCurrentWidget(self._list)
        else:
            self.reject()

    def show_new(self, name: str = "") -> None:
        """Show the page that makes a voice known: a new one, or the named one again."""
        self.page.begin(name)
        self._pages.setCurrentWidget(self.page)
        self.page.record.setFocus()

    def done(self, result: int) -> None:
        """Close the microphone with the dialog."""
        if self.page.is_running:
            self.page.stop_requested.emit()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the microphone with the dialog."""
        if self.page.is_running:
            self.page.stop_requested.emit()
        super().closeEvent(event)

    def _make_list(self) -> None:
        self.table = QTableWidget(0, 3)
        describe(self.table, self.tr("Voices"), self.tr("The voices that are known"))
        self.table.setHorizontalHeaderLabels([self.tr("Voice"), self.tr("Speech"), self.tr("With the model in use")])
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setMinimumHeight(self.table.fontMetrics().height() * 2 * LINES)
        self.table.itemSelectionChanged.connect(self._show_buttons)
        self.new, self.again = QPushButton(self.tr("&New voice…")), QPushButton(self.tr("Record &again…"))
        self.rename, self.remove = QPushButton(self.tr("Re&name…")), QPushButton(self.tr("&Remove…"))
        for button, tip in (
            (self.new, self.tr("Make a voice known")),
            (self.again, self.tr("Make this voice known again, for example with another model")),
            (self.rename, self.tr("Give this voice another name")),
            (self.remove, self.tr("Delete what is known of this voice")),
        ):
            button.setAutoDefault(False)
            describe(button, button.text().replace("&", "").rstrip("…"), tip)
        self.new.clicked.connect(lambda _on=False: self.show_new())
        self.again.clicked.connect(lambda: self.show_new(self.chosen))
        self.rename.clicked.connect(self._ask_for_name)
        self.remove.clicked.connect(self._ask_to_remove)
        make_primary(self.new)
        self.default = VoiceBox(
            self.tr("Who speaks in new recordings"),
            self.tr("What you open or record from now on begins with this voice"),
        )
        self.default.chosen.connect(self.default_chosen)

    def _lay_out_list(self) -> None:
        layout = QVBoxLayout(self._list)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self.fontMetrics().height() * 2 // 3)
        layout.addWidget(title_label(self.tr("Voices that are known")))
        layout.addWidget(
            paragraph(
                self.tr(
                    "With a known voice, what it sounds like is compared with how it usually sounds, from the first "
                    "word on. Analysis ▸ Voice says for each recording who speaks in it."
                )
            )
        )
        row, side = QHBoxLayout(), QVBoxLayout()
        row.addWidget(self.table, stretch=1)
        for button in (self.new, self.again, self.rename, self.remove):
            side.addWidget(button)
        side.addStretch()
        row.addLayout(side)
        layout.addLayout(row, stretch=1)
        form = QFormLayout()
        form.addRow(self.tr("In new recordings &speaks"), self.default)
        layout.addLayout(form)
        layout.addWidget(close_button(self, self.tr("Close the list of voices")))

    def _show_buttons(self) -> None:
        for button in (self.again, self.rename, self.remove):
            button.setEnabled(bool(self.chosen))

    def _ask_for_name(self) -> None:
        name, is_given = QInputDialog.getText(
            self, self.tr("Rename voice"), self.tr("Name of the voice:"), text=self.chosen
        )
        if is_given and name.strip():
            self.rename_requested.emit(self.chosen, name)

    def _ask_to_remove(self) -> None:
        question = self.tr("Remove the voice “{name}”? It would have to be recorded again.").format(name=self.chosen)
        if QMessageBox.question(self, self.tr("Remove voice"), question) == QMessageBox.StandardButton.Yes:
            self.removal_requested.emit(self.chosen)

    def ask_to_replace(self, name: str) -> bool:
        """Ask whether a voice of the same name is replaced."""
        question = self.tr("There is a voice “{name}” already. Replace it?").format(name=name)
        return QMessageBox.question(self, self.tr("Replace voice"), question) == QMessageBox.StandardButton.Yes

    def show_refusal(self, text: str) -> None:
        """Show why something cannot be done, on the page that is shown."""
        if self._pages.currentWidget() is self.page:
            self.page.show_fault(text)
        else:
            QMessageBox.warning(self, self.windowTitle(), text)
