"""File ▸ Save report: what was found, as a page to send or to print."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from ser_desktop.atomic_file import atomic_binary_file
from ser_desktop.errors import SerError
from ser_desktop.export.registry import refuse_to_replace
from ser_desktop.gui.dialogs.save_dialog import ask_where
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.model.open_project import OpenProject
from ser_desktop.gui.model.recording import Recording
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.shared.printing import pdf_of
from ser_desktop.gui.shared.translation import error_text
from ser_desktop.report.page import ReportedRecording, report_of
from ser_desktop.report.words import LANGUAGES

HTML, PDF = ".html", ".pdf"


class ReportCommands(QObject):
    """Asks for a file and writes a report there.

    Args:
        window: Has the action.
        session: The open recordings.
        desk: Has the name of the open project.

    Signals:
        done(str): A sentence for the user.
        failed(str): A sentence for the user.
    """

    done = Signal(str)
    failed = Signal(str)

    def __init__(self, window: MainWindow, *, session: Session, desk: OpenProject) -> None:
        super().__init__(window)
        self._window, self._session, self._desk = window, session, desk
        window.actions_.save_report.triggered.connect(self._ask)

    def write(self, path: Path, *, is_of_all: bool = False, is_comparison: bool = False) -> None:
        """Write a report, as PDF where the name ends so, else as HTML.

        Args:
            path: The file.
            is_of_all: Whether it is of all open recordings, not only of the shown one.
            is_comparison: Whether it is of the two selected recordings, side by side.
        """
        shown = [self._session.shown] if self._session.shown else []
        shown = self._selected() if is_comparison else shown
        chosen = [each for each in (self._session.recordings if is_of_all else shown) if len(each.timeline)]
        if not chosen:
            return
        project = self._desk.project
        names = " – ".join(each.name for each in chosen)
        title = (
            names
            if is_comparison
            else project.folder.stem
            if is_of_all and project
            else path.stem
            if is_of_all
            else chosen[0].name
        )
        is_print = path.suffix.lower() == PDF
        try:
            refuse_to_replace(path, [each.path for each in chosen])
            parts = [_reported(recording) for recording in chosen]
            described = [each for part in parts for each in part]
            compared = ("1", str(len(parts[0]) + 1)) if is_comparison else ()
            page = report_of(described, title=title, language=_language(), is_print=is_print, compared=compared)
            with atomic_binary_file(path) as file:
                file.write(pdf_of(page, title) if is_print else page.html.encode("utf-8", "replace"))
        except SerError as error:
            self.failed.emit(error_text(error))
        else:
            self.done.emit(self.tr("Written: “{path}”.").format(path=path))

    def _ask(self) -> None:
        recording = self._session.shown
        if recording is None:
            return
        texts = [self.tr("Report of this recording"), self.tr("Report of all open recordings")]
        offered = texts if len(self._session.recordings) > 1 else texts[:1]
        if len(self._selected()) == 2:
            offered = [*offered, self.tr("Comparison of the two selected recordings")]
        kinds = [f"{text}, {kind} (*{suffix})" for text in offered for kind, suffix in (("HTML", HTML), ("PDF", PDF))]
        report = self.tr("Report")
        name = f"{recording.path.stem} – {report}{HTML}"
        chosen = ask_where(self._window, self.tr("Save report"), recording.path.with_name(name), kinds=kinds)
        if chosen:
            path, index = chosen
            self.write(path, is_of_all=index in (2, 3), is_comparison=index >= 4)

    def _selected(self) -> list[Recording]:
        """Return the selected recordings that are analysed."""
        found = [self._session.recordings[index] for index in self._window.list.selected]
        return [each for each in found if len(each.timeline)]


def _reported(recording: Recording) -> list[ReportedRecording]:
    """Return each analysed channel of a recording."""
    found = []
    for channel, exported in zip(recording.channels, recording.exported_channels(), strict=True):
        low, high = recording.timeline_of(channel).outline()
        outline = (low.copy(), high.copy()) if len(high) else None
        named = dataclasses.replace(exported, file=Path(exported.file).name)  # a report is sent: no folders in it
        found.append(ReportedRecording(named, recording.abstain_threshold, outline, recording.note))
    return found


def _language() -> str:
    """Return the language of the window, as far as reports have it."""
    code = QCoreApplication.translate("Report", "en", "the code of this language: en, de …")
    return code if code in LANGUAGES else LANGUAGES[0]
