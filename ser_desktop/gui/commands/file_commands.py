"""Commands of the File menu: open, save a copy, rename and delete recordings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLabel, QMessageBox

from ser_desktop.audio.formats import AUDIO_SUFFIXES
from ser_desktop.errors import AudioFileError
from ser_desktop.gui.commands.takes import rename_take
from ser_desktop.gui.dialogs.save_dialog import ask_where
from ser_desktop.gui.engine.known_timeline import TABLE_SUFFIXES
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.model.recording import Recording
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.shared.translation import error_text

NAME_PATTERNS = " ".join(f"*{suffix}" for suffix in AUDIO_SUFFIXES)


class FileCommands(QObject):
    """Shows the dialogs and carries out the commands; the dialogs ask before they overwrite a file.

    Signals:
        chosen(list[Path]): Emitted with the recordings to open.
        copy_requested(str, str): Emitted with the path of a recording and the path of its copy, for the engine.
        releasing(): Emitted before a recording is moved or deleted; its file must be closed.
        deleted(Path): Emitted after a recording was deleted and closed.
        done(str): Emitted with a message for the user after a success.
        failed(str): Emitted with a message for the user after a failure.
    """

    chosen = Signal(object)
    copy_requested = Signal(str, str)
    releasing = Signal()
    deleted = Signal(object)
    done = Signal(str)
    failed = Signal(str)

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        actions = window.actions_
        actions.open.triggered.connect(self._choose)
        actions.open_folder.triggered.connect(self._choose_folder)
        actions.save_as.triggered.connect(self._save_as)
        actions.rename.triggered.connect(self._ask_for_name)
        actions.delete.triggered.connect(self._ask_to_delete)

    def show_recent(self, recent: Sequence[str]) -> None:
        """Fill the menu of recent recordings."""
        menu = self._window.recent_menu
        menu.clear()
        for path in recent:
            menu.addAction(path.replace("&", "&&")).triggered.connect(partial(self.chosen.emit, [Path(path)]))
        menu.setEnabled(bool(recent))

    def report_written(self, path: str) -> None:
        """Show that a file was written."""
        self.done.emit(self.tr("Written: “{path}”.").format(path=path))

    def rename(self, recording: Recording, name: str) -> None:
        """Rename the file of a recording, keeping its suffix; refused while it is read or recorded."""
        if self._is_free(recording) and (reason := self._refusal(recording, name)):
            self.failed.emit(reason)

    def delete(self, recording: Recording) -> None:
        """Delete a recording and close it; refused while it is read or recorded."""
        if not self._is_free(recording):
            return
        self.releasing.emit()
        path = recording.path
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            self.failed.emit(
                self.tr("“{path}” cannot be deleted ({reason}). Close other programs that use it.").format(
                    path=path, reason=error.strerror or error
                )
            )
            return
        self._session.close(recording)
        self.deleted.emit(path)
        self.done.emit(self.tr("“{path}” was deleted.").format(path=path))

    def _refusal(self, recording: Recording, name: str) -> str:
        """Rename a recording; return the reason if that fails, else an empty text."""
        self.releasing.emit()
        try:
            target = rename_take(recording.path, name)
        except AudioFileError as error:
            return error_text(error)
        if target != recording.path:
            self._session.rename(recording, target)
            self.done.emit(self.tr("The recording is now called “{name}”.").format(name=target.name))
        return ""

    def _is_free(self, recording: Recording) -> bool:
        if recording.is_live:
            self.failed.emit(
                self.tr("“{name}” is being recorded. Stop the recording first.").format(name=recording.name)
            )
        elif recording.is_running:
            self.failed.emit(
                self.tr("“{name}” is being read. Wait until it has been read, or press Esc to stop reading.").format(
                    name=recording.name
                )
            )
        return not recording.is_running

    def _choose(self) -> None:
        kinds = self.tr("Recordings ({kinds})").format(kinds=NAME_PATTERNS)
        tables = " ".join(f"*{suffix}" for suffix in TABLE_SUFFIXES)
        kinds += ";;" + self.tr("Exported timelines ({kinds})").format(kinds=tables)
        kinds += ";;" + self.tr("All files ({kinds})").format(kinds="*")  # the content decides, not the name
        names, _ = QFileDialog.getOpenFileNames(
            self._window,
            self.tr("Open recordings and videos"),
            "",
            kinds,
            options=QFileDialog.Option.HideNameFilterDetails,  # the list of suffixes is longer than the dialog
        )
        if names:
            self.chosen.emit([Path(name) for name in names])

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self._window, self.tr("Open all recordings of a folder"))
        if folder:
            self.chosen.emit([Path(folder)])

    def _save_as(self) -> None:
        recording = self._session.shown
        if recording is None:
            return
        kind = f"{recording.path.suffix.removeprefix('.').upper()} (*{recording.path.suffix})"
        chosen = ask_where(self._window, self.tr("Save recording as"), Path.home() / recording.path.name, kinds=[kind])
        if chosen:
            self.copy_requested.emit(str(recording.path), str(chosen[0]))

    def _ask_for_name(self) -> None:
        """Ask for a name until one is valid or the user cancels; the typed text stays."""
        recording = self._session.shown
        if recording is None:
            return
        question = self.tr("Name, without the ending “{ending}”:").format(ending=recording.path.suffix)
        dialog = QInputDialog(self._window)
        dialog.setWindowTitle(self.tr("Rename recording"))
        dialog.setLabelText(question)
        dialog.setTextValue(recording.path.stem)
        while self._is_free(recording) and dialog.exec():
            reason = self._refusal(recording, dialog.textValue())
            if not reason:
                break
            dialog.setLabelText(f"{reason}\n\n{question}")
            for label in dialog.findChildren(QLabel):
                label.setWordWrap(True)
        dialog.deleteLater()

    def _ask_to_delete(self) -> None:
        recording = self._session.shown
        if recording is None or not self._is_free(recording):
            return
        question = self.tr("Delete “{path}” with its markers? This cannot be undone.").format(path=recording.path)
        answer = QMessageBox.question(self._window, self.tr("Delete recording"), question)
        if answer == QMessageBox.StandardButton.Yes:
            self.delete(recording)
