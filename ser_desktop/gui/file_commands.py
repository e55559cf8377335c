"""What the File menu does: choose, keep elsewhere, discard, export."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox

from ser_desktop.errors import ExportError
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.session import Session

RECORDINGS = "*.wav *.flac *.ogg *.oga *.opus *.mp3 *.aif *.aiff *.caf *.au *.w64 *.rf64"


class FileCommands(QObject):
    """Asks for names and writes files; Qt's dialogs ask before anything is overwritten.

    Signals:
        chosen(list[Path]): Recordings to open.
        done(str): Something was written, in words for the user.
        failed(str): Something could not be, likewise.
    """

    chosen = Signal(object)
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
        elif self._window.timeline.plot_image().save(str(path)):
            self._tell_written(path)
        else:
            self.failed.emit(self.tr("“{path}” cannot be written. Choose another folder.").format(path=path))

    def _choose(self) -> None:
        kinds = self.tr("Recordings ({kinds})").format(kinds=RECORDINGS)
        names, _ = QFileDialog.getOpenFileNames(self._window, self.tr("Open recordings"), "", kinds)
        if names:
            self.chosen.emit([Path(name) for name in names])

    def _save_as(self) -> None:
        info = self._session.info
        if info and (path := self._ask(self.tr("Save recording as"), info.path.name, "WAV (*.wav)")):
            self._try(lambda: shutil.copyfile(info.path, path), path)

    def _discard(self) -> None:
        info = self._session.info
        if info is None or not info.is_live or self._session.is_running:
            return
        question = self.tr("Delete “{path}”? It cannot be brought back.").format(path=info.path)
        if QMessageBox.question(self._window, self.tr("Discard recording"), question) == QMessageBox.StandardButton.Yes:
            info.path.unlink(missing_ok=True)
            self.done.emit(self.tr("“{path}” was deleted.").format(path=info.path))

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
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, name, kinds)
        return Path(chosen) if chosen else None

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
            self._tell_written(path)

    def _tell_written(self, path: Path) -> None:
        self.done.emit(self.tr("Written: “{path}”.").format(path=path))
