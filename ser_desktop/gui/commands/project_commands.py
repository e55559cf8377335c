"""Commands on projects: save, open, close."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog

from ser_desktop.errors import ProjectError
from ser_desktop.gui.dialogs.save_dialog import ask_where
from ser_desktop.gui.engine.job_queue import JobQueue
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.model.open_project import OpenProject
from ser_desktop.gui.model.recording import Recording
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.shared.translation import error_text
from ser_desktop.project.content import Project
from ser_desktop.project.finding import Found, Whereabouts, find_recordings
from ser_desktop.project.store import SUFFIX, project_folder, read_project


class ProjectCommands(QObject):
    """Asks for a folder and saves or opens a project there.

    Args:
        window: Has the actions.
        session: The open recordings.
        work: Reads the waveforms of the recordings.
        desk: Saves what is open.

    Signals:
        done(str): A sentence for the user.
        failed(str): A sentence for the user.
    """

    done = Signal(str)
    failed = Signal(str)

    def __init__(self, window: MainWindow, *, session: Session, work: JobQueue, desk: OpenProject) -> None:
        super().__init__(window)
        self._window, self._session, self._work, self._desk = window, session, work, desk
        self._waiting: list[Callable[[], None]] = []
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._load_next)
        actions = window.actions_
        actions.save_project.triggered.connect(self._save)
        actions.open_project.triggered.connect(self._choose)
        actions.close_project.triggered.connect(self.close_project)
        desk.failed.connect(self.failed)
        desk.changed.connect(self._show)
        desk.saved.connect(
            lambda folder: self.done.emit(
                self.tr("Project saved: “{path}”. Later changes are saved automatically.").format(path=folder)
            )
        )
        desk.differs.connect(
            lambda name: self.failed.emit(
                self.tr(
                    "“{name}” is not the sound that the project was made with. Analysis ▸ Analyse again makes its "
                    "timeline anew."
                ).format(name=name)
            )
        )
        session.closed.connect(self._tell_closed)
        self._show()

    def open(self, path: Path) -> None:
        """Open a project; the recordings that were open are closed."""
        if self._session.is_live:
            self.failed.emit(self.tr("Stop the recording before a project is opened."))
            return
        opened = self._desk.project
        if opened and opened.folder == project_folder(path).absolute():
            self.done.emit(self.tr("“{name}” is open already.").format(name=opened.name))
            return
        try:
            project = read_project(path)
        except ProjectError as error:
            self.failed.emit(error_text(error))
            return
        self.close_project()
        found = find_recordings(project)
        self._desk.begin(project)
        recordings = [self._session.add(each.recording.path) for each in found]
        order = sorted(range(len(found)), key=lambda index: index != project.shown)
        self._waiting = [lambda index=index: self._load(recordings[index], found[index]) for index in order]  # type: ignore[misc]
        if self._waiting:
            self._load_next()
            self._session.show(recordings[project.shown])
            self._timer.start(0)
        self._tell(project, found)

    def close_project(self) -> None:
        """Save the project and close its recordings."""
        self._timer.stop()
        self._waiting = []
        if self._session.is_live:
            self.failed.emit(self.tr("Stop the recording before the project is closed."))
            return
        if self._desk.project:
            self._desk.save()
            self._desk.finish()
        self._desk.begin(None)
        for recording in list(self._session.recordings):
            self._session.close(recording)

    def _load_next(self) -> None:
        """Take what the project holds of the next recording; one at a time, so that the window stays alive."""
        if not self._waiting:
            self._timer.stop()
            return
        self._waiting.pop(0)()
        if not self._waiting:
            self._session.listed.emit()
            self._work.go_on()

    def _load(self, recording: Recording, found: Found) -> None:
        if recording not in self._session.recordings:  # closed meanwhile
            return
        try:
            self._desk.adopt(recording, found.recording)
        except ProjectError as error:
            self.failed.emit(error_text(error))
        if found.whereabouts is Whereabouts.CHANGED:
            recording.known = None
        if found.whereabouts is not Whereabouts.MISSING:
            self._work.restore(recording)

    def _tell(self, project: Project, found: list[Found]) -> None:
        """Tell which recordings are missing, have moved or have changed."""
        for what, text in (
            (Whereabouts.MOVED, self.tr("Found at another place: {names}.")),
            (
                Whereabouts.MISSING,
                self.tr("Missing: {names}. What is known of it is shown; put it back to play it."),
            ),
            (Whereabouts.CHANGED, self.tr("Changed since the project was saved, and analysed anew: {names}.")),
        ):
            names = ", ".join(f"“{each.recording.name}”" for each in found if each.whereabouts is what)
            if names:
                signal = self.done if what is Whereabouts.MOVED else self.failed
                signal.emit(text.format(names=names))

    def _tell_closed(self, recording: Recording) -> None:
        if self._desk.project:
            self.done.emit(
                self.tr(
                    "“{name}” is not in the project any more. Its markers and corrections come back when it is "
                    "opened again."
                ).format(name=recording.name)
            )

    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self._window, self.tr("Open project"), str(self._place().parent))
        if name:
            self.open(Path(name))

    def _save(self) -> None:
        """Save the open project, or ask where to save a new one."""
        if self._desk.project:
            self._desk.save(is_wanted=True)
            return
        kinds = [self.tr("Project") + f" (*{SUFFIX})"]
        chosen = ask_where(self._window, self.tr("Save project"), self._place(), kinds=kinds)
        if chosen:
            self._desk.save_as(chosen[0])

    def _place(self) -> Path:
        """Return the proposed folder of a project: beside the shown recording, by its name."""
        if self._desk.project:
            return self._desk.project.folder
        shown, name = self._session.shown, self.tr("Project")
        return shown.path.with_suffix(SUFFIX) if shown else Path.home() / f"{name}{SUFFIX}"

    def _show(self) -> None:
        project = self._desk.project
        self._window.actions_.close_project.setEnabled(project is not None)
        self._window.show_project(project.name if project else "")
