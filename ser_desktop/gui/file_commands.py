"""What the File menu does: choose, keep elsewhere, discard, export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QSaveFile, Signal
from PySide6.QtGui import QImageWriter
from PySide6.QtWidgets import QFileDialog, QMessageBox

from ser_desktop.errors import ExportError
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.session import Session

RECORDINGS = "*.wav *.flac *.ogg *.oga *.opus *.mp3 *.aif *.aiff *.caf *.au *.w64 *.rf64"


class FileCommands(QObject):
    """Asks for names and writes files; Qt's dialogs ask before anything is overwritten.

    Signals:
        chosen(list[Path]): Recordings to open.
        copy_wanted(str, str): The recording, and where a copy of it goes, to the engine.
        discarding(): The recording is about to be deleted.
        done(str): Something was written, in words for the user.
        failed(str): Something could not be, likewise.
    """

    chosen = Signal(object)
    copy_wanted = Signal(str, str)
    discarding = Signal()
    done = Signal(str)
    failed = Signal(str)

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        actions = window.actions_
        actions.open.triggered.connect(self._choose)
        actions.save_as.triggered.connect(self._save_as)
        actions.discard.triggered.connect(self._discard)
        actions.export_csv.triggered.connect(self._export_csv)
        actions.export_image.triggered.connect(self._export_image)

    def show_recent(self, recent: Sequence[str]) -> None:
        """Fill the menu of recent recordings."""
        menu = self._window.recent_menu
        menu.clear()
        for path in recent:
            menu.addAction(path).triggered.connect(partial(self.chosen.emit, [Path(path)]))
        menu.setEnabled(bool(recent))

    def write_csv(self, path: Path) -> None:
        """Write the selection, or all, as a table."""
        self._try(lambda: self._session.write_csv(path), path)

    def write_image(self, path: Path) -> None:
        """Write the plot: SVG by that ending, else PNG."""
        if path.suffix.lower() == ".svg":
            self._try(lambda: self._window.timeline.write_svg(path), path)
        else:
            self._try(lambda: self._write_png(path), path)

    def tell_written(self, path: str) -> None:
        """Tell that a file was written."""
        self.done.emit(self.tr("Written: “{path}”.").format(path=path))

    def _write_png(self, path: Path) -> None:
        file = QSaveFile(str(path))  # whole, or not there
        is_open = file.open(QSaveFile.OpenModeFlag.WriteOnly)
        if not (
            is_open
            and QImageWriter(file, QByteArray(b"png")).write(self._window.timeline.plot_image())
            and file.commit()
        ):
            raise OSError(None, file.errorString())

    def _choose(self) -> None:
        kinds = self.tr("Recordings ({kinds})").format(kinds=RECORDINGS)
        names, _ = QFileDialog.getOpenFileNames(self._window, self.tr("Open recordings"), "", kinds)
        if names:
            self.chosen.emit([Path(name) for name in names])

    def _save_as(self) -> None:
        info = self._session.info
        if info and (path := self._ask(self.tr("Save recording as"), str(Path.home() / info.path.name), "WAV (*.wav)")):
            self.copy_wanted.emit(str(info.path), str(path))

    def _discard(self) -> None:
        info = self._session.info
        if info is None or not info.is_live or self._session.is_running:
            return
        question = self.tr("Delete “{path}”? It cannot be brought back.").format(path=info.path)
        if QMessageBox.question(self._window, self.tr("Discard recording"), question) == QMessageBox.StandardButton.Yes:
            self.discard(info.path)

    def discard(self, path: Path) -> None:
        """Delete the recording that is open; nothing is open then."""
        self.discarding.emit()
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            self.failed.emit(
                self.tr("“{path}” cannot be deleted ({reason}). Close other programs that use it.").format(
                    path=path, reason=error.strerror or error
                )
            )
            return
        self._session.forget()
        self.done.emit(self.tr("“{path}” was deleted.").format(path=path))

    def _export_csv(self) -> None:
        if path := self._ask(self.tr("Export timeline"), self._name(".csv"), "CSV (*.csv)"):
            self.write_csv(path)

    def _export_image(self) -> None:
        if path := self._ask(self.tr("Export picture"), self._name(".png"), "PNG (*.png);;SVG (*.svg)"):
            self.write_image(path)

    def _name(self, suffix: str) -> str:
        info = self._session.info
        return str(info.path.with_suffix(suffix)) if info else ""

    def _ask(self, title: str, name: str, kinds: str) -> Path | None:
        dialog = QFileDialog(self._window, title, str(Path(name).parent), kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(Path(name).suffix)
        dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(kind.split()[0].lower()))
        dialog.selectFile(Path(name).name)
        return Path(dialog.selectedFiles()[0]) if dialog.exec() else None

    def _try(self, write: Callable[[], object], path: Path) -> None:
        try:
            write()
        except ExportError as error:
            self.failed.emit(str(error))
        except OSError as error:
            self.failed.emit(
                self.tr("“{path}” cannot be written ({reason}). Choose another folder, or make room.").format(
                    path=path, reason=error.strerror or error
                )
            )
        else:
            self.tell_written(str(path))
