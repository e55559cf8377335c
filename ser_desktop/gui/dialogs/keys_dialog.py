"""The dialog with a short guide and all keyboard shortcuts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ser_desktop.gui.dialogs.dialog_parts import close_button, column, paragraph, use_height
from ser_desktop.gui.shared.fonts import bold_font
from ser_desktop.gui.shared.words import native_keys

KeyGroup = tuple[str, list[tuple[str, str]]]  # a title, and pairs of key and effect


class KeysDialog(QDialog):
    """A short guide, and a table of all keyboard shortcuts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Guide and keys"))
        guide = (
            self.tr(
                "<b>Open</b> a recording, or drop it on the window; or press <b>Ctrl+R</b> and speak. The timeline "
                "fills while it is read."
            ),
            self.tr(
                "Each entry shows how the last seconds <b>sound</b>, as far as that is sure: an emotion, else whether "
                "the voice is excited or quiet, pleasant or unpleasant. Grey means that nothing is claimed. Where "
                "nobody speaks, nothing is shown; a gap is a pause, or lost sound."
            ),
            self.tr(
                "<b>Click</b> to move the cursor, <b>drag</b> to select a time range: its average is shown at "
                "the right, and it can be played and exported alone. <b>Double-click</b> to select a "
                "passage, in which the state and the emotion stay the same."
            ),
            self.tr(
                "<b>▶</b> plays a passage; several can be selected and played one after the other, exported or copied. "
                "The chips above the table choose which are shown, and <b>N</b> goes to the next clear one. Those "
                "under a second join their neighbours; exported files have all of them."
            ),
            self.tr(
                "<b>M</b> sets a marker; type its name and press Enter. Drag it, or rename it in the table of markers. "
                "Position and markers are there again when the recording is opened the next time."
            ),
            self.tr(
                "<b>Scroll back</b> while recording, also with Page Up, and the view stays where you are; "
                "“Live ▸” follows again. Click an emotion in the legend to hide it. The <b>right mouse button</b> "
                "shows what can be done at a place; View ▸ Lanes opens and closes lanes, and their borders can be "
                "dragged."
            ),
        )
        layout = column(self)
        for text in guide:
            layout.addWidget(paragraph(text))
        groups = [*self._keys_of_sound(), *self._keys_of_view(), *self._keys_of_changes(), *self._keys_of_files()]
        layout.addWidget(self._table(groups), stretch=1)
        layout.addWidget(close_button(self, self.tr("Close the guide")))
        use_height(self, 44)

    def _keys_of_sound(self) -> list[KeyGroup]:
        """Return the keys that record, play and move the cursor."""
        return [
            (
                self.tr("Recording and playing"),
                [
                    (native_keys("Ctrl+R"), self.tr("Record")),
                    (native_keys("R"), self.tr("Record, in the timeline and on the start page")),
                    (native_keys("P"), self.tr("Pause; the pause is marked as a gap")),
                    (native_keys("Esc"), self.tr("Stop recording, reading or playing; results so far are kept")),
                    (native_keys("Space"), self.tr("Play from the cursor, or the selection; press again to stop")),
                    (native_keys("L"), self.tr("Loop")),
                    (native_keys("F5"), self.tr("Update the list of microphones")),
                ],
            ),
            (
                self.tr("Moving the cursor"),
                [
                    (native_keys("Left"), self.tr("To the previous entry")),
                    (native_keys("Right"), self.tr("To the next entry")),
                    (native_keys("Home"), self.tr("To the start")),
                    (native_keys("End"), self.tr("To the end")),
                    (
                        native_keys("M"),
                        self.tr("Set a marker; type its name, Enter keeps it, Escape leaves the number"),
                    ),
                    (native_keys("Alt+Left"), self.tr("To the previous marker")),
                    (native_keys("Alt+Right"), self.tr("To the next marker")),
                    (native_keys("N"), self.tr("To the next clear passage, or the next that the filter shows")),
                    (native_keys("Shift+N"), self.tr("To the clear passage before")),
                    (
                        native_keys("Alt+1"),
                        self.tr("To the table of passages: Enter goes to one, Space plays the selected ones"),
                    ),
                    (native_keys("Ctrl+Shift+F"), self.tr("Find passages")),
                    (native_keys("Alt+3"), self.tr("To the table of speakers: Enter goes to one, F2 names it")),
                    (native_keys("Alt+4"), self.tr("To the interpretation")),
                    (
                        native_keys("Alt+2"),
                        self.tr("To the table of markers: Enter goes to one, F2 names it, Delete removes it"),
                    ),
                ],
            ),
        ]

    def _keys_of_view(self) -> list[KeyGroup]:
        """Return the keys that zoom and find words."""
        wheel = self.tr("{key}+wheel").format(key=native_keys("Ctrl+A")[:-1].rstrip("+"))
        return [
            (
                self.tr("View"),
                [
                    (native_keys("Ctrl+1"), self.tr("Zoom in")),
                    (native_keys("Ctrl+2"), self.tr("Normal zoom")),
                    (native_keys("Ctrl+3"), self.tr("Zoom out")),
                    (wheel, self.tr("Zoom in and out at the pointer")),
                    (native_keys("Ctrl+A"), self.tr("Select the whole recording")),
                    (native_keys("Ctrl+E"), self.tr("Zoom to the selection")),
                    (native_keys("Ctrl+0"), self.tr("Fit all into the window")),
                ],
            ),
            (
                self.tr("Words"),
                [
                    (native_keys("Ctrl+F"), self.tr("Find in the text")),
                    (native_keys("F3"), self.tr("To the next place that was found")),
                    (native_keys("Shift+F3"), self.tr("To the previous place that was found")),
                ],
            ),
        ]

    def _keys_of_changes(self) -> list[KeyGroup]:
        """Return the keys that change something, and take it back."""
        return [
            (
                self.tr("Editing"),
                [
                    (native_keys("Ctrl+Z"), self.tr("Undo the last change of this recording")),
                    (native_keys("Ctrl+Shift+Z"), self.tr("Redo it")),
                ],
            ),
            (
                self.tr("Correcting the selected passage, or the one at the cursor"),
                [
                    ("1 – 8", self.tr("Say which emotion you hear; the same key again takes it back")),
                    (native_keys("Alt+Up"), self.tr("It sounds excited")),
                    (native_keys("Alt+Down"), self.tr("It sounds quiet")),
                    (native_keys("Alt++"), self.tr("It sounds pleasant")),
                    (native_keys("Alt+-"), self.tr("It sounds unpleasant")),
                    (native_keys("0"), self.tr("You cannot tell")),
                    (native_keys("Ctrl+K"), self.tr("Write a note")),
                    (native_keys("Ctrl+Shift+K"), self.tr("Write a note on the whole recording")),
                    (native_keys("Ctrl+Backspace"), self.tr("Remove what you said")),
                    (native_keys("Ctrl+B"), self.tr("Hide what the model says, to judge by ear alone")),
                ],
            ),
        ]

    def _keys_of_files(self) -> list[KeyGroup]:
        """Return the keys for files and tables, and for the program."""
        return [
            (
                self.tr("Files and tables"),
                [
                    (native_keys("Ctrl+O"), self.tr("Open recordings")),
                    (native_keys("Ctrl+Shift+O"), self.tr("Open all recordings in a folder and below")),
                    (native_keys("Ctrl+Shift+D"), self.tr("Compare two recordings")),
                    (native_keys("Ctrl+Tab"), self.tr("To the next open recording")),
                    (native_keys("Ctrl+Shift+Tab"), self.tr("To the previous open recording")),
                    (native_keys("Ctrl+PgDown"), self.tr("The same as Ctrl+Tab")),
                    (native_keys("Ctrl+PgUp"), self.tr("The same as Ctrl+Shift+Tab")),
                    (native_keys("Ctrl+W"), self.tr("Close the recording")),
                    (native_keys("Ctrl+Shift+J"), self.tr("Open a project")),
                    (native_keys("Ctrl+Shift+S"), self.tr("Save the open recordings as a project")),
                    (native_keys("F2"), self.tr("Rename the recording")),
                    (native_keys("Ctrl+S"), self.tr("Save the recording elsewhere")),
                    (
                        native_keys("Ctrl+Shift+E"),
                        self.tr("Export the timeline, the passages, the markers or the plot"),
                    ),
                    (native_keys("Ctrl+P"), self.tr("Save a report")),
                    (native_keys("Ctrl+Shift+C"), self.tr("Copy the table of passages")),
                ],
            ),
            (
                self.tr("The program"),
                [
                    (native_keys("F1"), self.tr("This guide")),
                    (native_keys("Ctrl+,"), self.tr("Settings")),
                    (native_keys("Ctrl+Q"), self.tr("Quit")),
                ],
            ),
        ]

    def _table(self, groups: Sequence[KeyGroup]) -> QTableWidget:
        table = QTableWidget(sum(1 + len(rows) for _, rows in groups), 2)
        table.setAccessibleName(self.tr("Keys"))
        table.setAccessibleDescription(self.tr("Each key and what it does"))
        table.setHorizontalHeaderLabels([self.tr("Key"), self.tr("What it does")])
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.verticalHeader().hide()
        table.verticalHeader().setMinimumSectionSize(table.fontMetrics().height() * 3 // 2)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)  # long ones wrap
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        row = 0
        for title, rows in groups:
            table.setItem(row, 0, _bold(title))
            table.setSpan(row, 0, 1, 2)
            for key, what in rows:
                row += 1
                table.setItem(row, 0, QTableWidgetItem(key))
                table.setItem(row, 1, QTableWidgetItem(what))
            row += 1
        widest = max(table.fontMetrics().horizontalAdvance(key) for _, rows in groups for key, _what in rows)
        table.setColumnWidth(0, widest + 3 * table.fontMetrics().averageCharWidth())  # the titles span both columns
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.setCurrentCell(1, 0)
        return table


def _bold(text: str) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setFont(bold_font(item.font()))
    return item
