"""The dialog of File ▸ Batch: all recordings of folders, analysed and exported in a process of its own."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ser_desktop.export.registry import FORMATS
from ser_desktop.gui.dialogs.batch_process import BatchProcess, BatchResult, Shown
from ser_desktop.gui.dialogs.dialog_parts import column, describe, paragraph
from ser_desktop.gui.widgets.voice_box import VoiceBox
from ser_desktop.settings import Settings
from ser_desktop.values import VoiceChoice

STEPS = 1000  # of the progress bar
LINES = 5  # of the lists


class BatchDialog(QDialog):
    """Asks for folders and formats, and shows progress, time left and failures.

    Args:
        settings: Model, window, hop and smoothing of the analysis.
        parent: The window.
    """

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Batch"))
        self._settings = settings
        self.process = BatchProcess(self)
        self.process.progressed.connect(self._show_progress)
        self.process.ended.connect(self._show_end)
        self._add_inputs()
        self.bar, self.state, self.failures = QProgressBar(), QLabel(), QPlainTextEdit()
        self.bar.setRange(0, STEPS)
        describe(self.bar, self.tr("Progress"), self.tr("Share of the sound that is done"))
        self.state.setWordWrap(True)
        self.failures.setReadOnly(True)
        describe(self.failures, self.tr("Failures"), self.tr("Recordings that could not be read, with the reason"))
        self.failures.hide()
        self.start_button, self.stop_button = QPushButton(self.tr("&Start")), QPushButton(self.tr("S&top"))
        self.start_button.clicked.connect(self.start)
        self.stop_button.clicked.connect(self.process.stop)
        self._lay_out()
        self._show_running(False)

    def _add_inputs(self) -> None:
        self.places, self.folder = QListWidget(), QLineEdit()
        describe(
            self.places, self.tr("Folders"), self.tr("The folders whose recordings are analysed, with those below")
        )
        describe(self.folder, self.tr("Results"), self.tr("The folder of the exports, the summary and the failures"))
        self.add_button, self.remove_button = QPushButton(self.tr("&Add folder…")), QPushButton(self.tr("&Remove"))
        self.choose_button = QPushButton(self.tr("&Choose…"))
        self.add_button.clicked.connect(self._ask_for_place)
        self.remove_button.clicked.connect(lambda: self.places.takeItem(self.places.currentRow()))
        self.choose_button.clicked.connect(self._ask_for_folder)
        self.formats = QListWidget()
        describe(self.formats, self.tr("Formats"), self.tr("What is written of each recording"))
        for each in FORMATS:
            if not each.content.is_of_people:
                item = QListWidgetItem(f"{QCoreApplication.translate('formats', each.description)} (*{each.suffix})")
                item.setData(Qt.ItemDataRole.UserRole, each.name)
                item.setCheckState(Qt.CheckState.Checked if each.name == "csv" else Qt.CheckState.Unchecked)
                self.formats.addItem(item)
        self.workers = QSpinBox()
        cores = os.cpu_count() or 1
        self.workers.setRange(1, max(cores, 1))
        self.workers.setValue(max(cores - 1, 1))
        describe(self.workers, self.tr("Processes"), self.tr("How many recordings are analysed at the same time"))

        tip = self.tr("Who speaks in the recordings, if it is the same in all of them")
        self.voice = VoiceBox(self.tr("Voice"), tip)
        self.show_voices((), VoiceChoice(self._settings.voice, is_several=self._settings.several_speakers))

    def show_voices(self, names: Sequence[str], choice: VoiceChoice) -> None:
        """Offer who speaks in the recordings.

        Args:
            names: The voices that are known.
            choice: Who speaks in new recordings, as the settings say.
        """
        self.voice.show_choices(names, choice)

    def _lay_out(self) -> None:
        height = self.places.fontMetrics().height() * 3 // 2 * LINES
        for view in (self.places, self.formats, self.failures):
            view.setMinimumHeight(height)
        layout, form = column(self), QFormLayout()
        kept = self.tr("Results so far are kept: after a stop, start again with the same folder to continue.")
        layout.addWidget(paragraph(kept))
        layout.addLayout(form)
        for text, field, buttons in (
            (self.tr("&Folders:"), self.places, (self.add_button, self.remove_button)),
            (self.tr("Resu&lts:"), self.folder, (self.choose_button,)),
            (self.tr("For&mats:"), self.formats, ()),
            (self.tr("&Voice:"), self.voice, ()),
            (self.tr("&Processes:"), self.workers, ()),
        ):
            row, side = QHBoxLayout(), QVBoxLayout()
            row.addWidget(field, stretch=1)
            for button in buttons:
                button.setAutoDefault(False)
                side.addWidget(button)
            side.addStretch()
            row.addLayout(side)
            label = QLabel(text)
            label.setBuddy(field)
            form.addRow(label, row)
        layout.addWidget(self.bar)
        layout.addWidget(self.state)
        layout.addWidget(self.failures)
        row = QHBoxLayout()
        row.addStretch()
        for button in (self.stop_button, self.start_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        layout.addLayout(row)

    def add_places(self, places: Sequence[Path]) -> None:
        """Add folders; the first also proposes the folder of the results."""
        for each in places:
            self.places.addItem(str(each))
            if not self.folder.text():
                results = self.tr("results")
                self.folder.setText(str(each.with_name(f"{each.name} – {results}")))

    def start(self) -> None:
        """Start the batch, or go on with one that was stopped."""
        places = [self.places.item(row).text() for row in range(self.places.count())]
        items = [self.formats.item(row) for row in range(self.formats.count())]
        formats = [item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() is Qt.CheckState.Checked]
        if not (places and self.folder.text().strip() and formats):
            self.state.setText(self.tr("Choose a folder with recordings, a folder for the results, and a format."))
            return
        chosen, options = self._settings, []
        for name, value in (
            ("--model", chosen.model_path),
            ("--window", chosen.window_s),
            ("--hop", chosen.hop_s),
            ("--smoothing", chosen.smoothing_s),
            ("--claim-from", None if chosen.abstain_threshold is None else round(100 * chosen.abstain_threshold, 2)),
            ("--workers", self.workers.value()),
        ):
            options += [name, str(value)] if value is not None else []
        who = self.voice.choice
        options += ["--several-speakers"] if who.is_several else ["--voice", who.name] if who.name else []
        self.failures.clear()
        self.failures.hide()
        self.bar.setValue(0)
        self.state.setText(self.tr("Looking for recordings…"))
        self._show_running(True)
        self.process.start(
            [*options, "--out", self.folder.text().strip(), "--formats", ",".join(formats), "--", *places]
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop the batch."""
        self.process.close()
        super().closeEvent(event)

    def reject(self) -> None:
        """Close with Escape, as with the button of the frame."""
        self.close()

    def _show_progress(self, shown: Shown) -> None:
        progress = shown.progress
        share = progress.done_bytes / progress.total_bytes if progress.total_bytes else 1.0
        self.bar.setValue(round(STEPS * share))
        text = self.tr("{done} of {total} recordings").format(done=progress.done, total=progress.total)
        if progress.failed:
            text += self.tr(", failed: {count}").format(count=progress.failed)
        if shown.left_s is not None and progress.done < progress.total:
            text += self.tr(", about {minutes} min left").format(minutes=max(round(shown.left_s / 60), 1))
        self.state.setText(text)

    def _show_end(self, result: BatchResult | None, said: str) -> None:
        self._show_running(False)
        if result is None:
            stopped = self.tr("Stopped. “Start” goes on where it was.")
            self.state.setText(said.splitlines()[-1] if said else stopped)
            return
        self.bar.setValue(STEPS)
        text = self.tr("Done: {count} recordings, {hours} hours of sound. The results are in “{folder}”.")
        hours = f"{result.seconds / 3600:.2f}"
        self.state.setText(text.format(count=result.recordings, hours=hours, folder=self.folder.text()))
        self.failures.setPlainText("\n".join(f"{each.name}: {each.reason}" for each in result.failures))
        self.failures.setVisible(bool(result.failures))

    def _show_running(self, is_running: bool) -> None:
        for widget in (self.places, self.folder, self.formats, self.workers, self.voice):
            widget.setEnabled(not is_running)
        for button in (self.add_button, self.remove_button, self.choose_button):
            button.setEnabled(not is_running)
        self.start_button.setEnabled(not is_running)
        self.stop_button.setEnabled(is_running)

    def _ask_for_place(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Folder with recordings"))
        if name:
            self.add_places([Path(name)])

    def _ask_for_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Folder of the results"), self.folder.text())
        if name:
            self.folder.setText(name)
