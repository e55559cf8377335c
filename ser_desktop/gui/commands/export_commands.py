"""What can be taken away: tables, pictures and markers, each written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QSaveFile, Signal
from PySide6.QtGui import QImageWriter
from PySide6.QtWidgets import QFileDialog

from ser_desktop.errors import ExportError
from ser_desktop.export.label_file import read_label_file
from ser_desktop.gui.dialogs.save_dialog import ask_where
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.model.recording import Recording
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.shared.translation import error_text


class ExportCommands(QObject):
    """Asks for names and writes what is looked at.

    Signals:
        done(str): Something was written, in words for the user.
        failed(str): Something could not be, likewise.
    """

    done = Signal(str)
    failed = Signal(str)

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        actions = window.actions_
        actions.export_csv.triggered.connect(lambda: self._export_table(is_segments=False))
        actions.export_segments.triggered.connect(lambda: self._export_table(is_segments=True))
        actions.export_image.triggered.connect(self._export_image)
        actions.export_markers.triggered.connect(self._export_markers)
        actions.import_markers.triggered.connect(self._import_markers)

    def write_csv(self, path: Path, *, is_whole: bool = False) -> None:
        """Write the selection, or all where nothing is selected or all is wanted, as a table."""
        self._write(lambda recording: recording.write_csv(path, is_whole=is_whole), path)

    def write_segments(self, path: Path) -> None:
        """Write the segments as a table."""
        self._write(lambda recording: recording.write_segments(path), path)

    def write_markers(self, path: Path) -> None:
        """Write the markers as a label file."""
        self._write(lambda recording: recording.write_markers(path), path)

    def write_image(self, path: Path) -> None:
        """Write the plot: SVG by that ending, else PNG."""
        if path.suffix.lower() == ".svg":
            self._write(lambda _recording: self._window.timeline.write_svg(path), path)
        else:
            self._write(lambda _recording: self._write_png(path), path)

    def read_markers(self, path: Path) -> None:
        """Add the labels of a file as markers; those beyond the end of the recording are left out."""
        recording = self._session.shown
        if recording is None:
            return
        try:
            found = read_label_file(path)
        except ExportError as error:
            self.failed.emit(error_text(error))
            return
        within = [marker for marker in found if marker.seconds <= recording.end_s]
        added = self._session.mark(within)
        text = self.tr("Markers added: {count}.").format(count=added)
        if len(within) < len(found):
            beyond = len(found) - len(within)
            text += " " + self.tr("Left out beyond the end of the recording: {count}.").format(count=beyond)
        self.done.emit(text)

    def _write_png(self, path: Path) -> None:
        file = QSaveFile(str(path))  # whole, or not there
        is_open = file.open(QSaveFile.OpenModeFlag.WriteOnly)
        if not (
            is_open
            and QImageWriter(file, QByteArray(b"png")).write(self._window.timeline.plot_image())
            and file.commit()
        ):
            raise OSError(None, file.errorString())

    def _export_table(self, *, is_segments: bool) -> None:
        """Ask which table and where: of the selection, if there is one, else of all."""
        writers: dict[str, Callable[[Path], None]] = {}
        if self._session.selection:
            writers[self.tr("Timeline of the selection (*.csv)")] = self.write_csv
        writers[self.tr("Whole timeline (*.csv)")] = lambda path: self.write_csv(path, is_whole=True)
        writers[self.tr("Passages (*.csv)")] = self.write_segments
        kinds = list(writers)
        kind = len(kinds) - 1 if is_segments else 0
        chosen = ask_where(self._window, self.tr("Export table"), self._name(".csv"), kinds=kinds, kind=kind)
        if chosen:
            writers[kinds[chosen[1]]](chosen[0])

    def _export_image(self) -> None:
        kinds = ["PNG (*.png)", "SVG (*.svg)"]
        if chosen := ask_where(self._window, self.tr("Export picture"), self._name(".png"), kinds=kinds):
            self.write_image(chosen[0])

    def _export_markers(self) -> None:
        kinds = [self.tr("Labels for Audacity (*.txt)")]
        if chosen := ask_where(self._window, self.tr("Export markers"), self._name(".txt"), kinds=kinds):
            self.write_markers(chosen[0])

    def _import_markers(self) -> None:
        kinds = self.tr("Labels of Audacity (*.txt)")
        name, _ = QFileDialog.getOpenFileName(self._window, self.tr("Import markers"), str(self._name(".txt")), kinds)
        if name:
            self.read_markers(Path(name))

    def _name(self, suffix: str) -> Path:
        recording = self._session.shown or Recording.nothing()
        return recording.path.with_suffix(suffix) if recording.path.name else Path.home()

    def _write(self, write: Callable[[Recording], object], path: Path) -> None:
        recording = self._session.shown
        if recording is None:
            return
        try:
            write(recording)
        except ExportError as error:
            self.failed.emit(error_text(error))
        except OSError as error:
            self.failed.emit(
                self.tr("“{path}” cannot be written ({reason}). Choose another folder, or make room.").format(
                    path=path, reason=error.strerror or error
                )
            )
        else:
            self.done.emit(self.tr("Written: “{path}”.").format(path=path))
