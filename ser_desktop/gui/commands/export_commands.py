"""Export and import: every export format, pictures of the plot, and markers."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QCoreApplication, QDate, QIODevice, QLocale, QObject, Signal
from PySide6.QtGui import QImageWriter
from PySide6.QtWidgets import QFileDialog

from ser_desktop.acoustics import csv_tables
from ser_desktop.atomic_file import atomic_binary_file, atomic_text_file
from ser_desktop.corrections import Correction, corrected
from ser_desktop.errors import ExportError
from ser_desktop.export import registry
from ser_desktop.export.format import Content, Format
from ser_desktop.export.registry import marker_suffixes, open_export, read_annotations, write_export
from ser_desktop.gui.dialogs.save_dialog import ask_where
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.model.recording import Recording
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.shared.translation import error_text
from ser_desktop.gui.shared.words import clock_text
from ser_desktop.gui.timeline.picture_facts import PictureFacts
from ser_desktop.values import Segment

END_S = 0.05  # that the end of a correction may lie after that of the recording: times are rounded


@dataclass(frozen=True, slots=True)
class _Kind:
    """One line of the dialog: what is written, and how."""

    caption: str
    write: Callable[[Path], None]


class ExportCommands(QObject):
    """Asks for a place and writes the shown recording there.

    Signals:
        done(str): A file was written; a sentence for the user.
        failed(str): A file could not be written or read; a sentence for the user.
    """

    done = Signal(str)
    failed = Signal(str)

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        actions = window.actions_
        actions.export.triggered.connect(self._export)
        actions.import_markers.triggered.connect(self._import_markers)
        actions.export_all.triggered.connect(self._export_all)
        window.segments.export_requested.connect(self._export_passages)

    def write(self, chosen: Format, path: Path, *, is_selection: bool = False) -> None:
        """Write the shown recording, or only its selection, in a format."""

        def write_recording(recording: Recording) -> None:
            shown = recording.exported(is_selection=is_selection)
            exported = recording.exported_channels(is_selection=is_selection) if chosen.holds_many else [shown]
            with open_export(chosen, path, labels=shown.timeline.labels, recordings=[recording.path]) as writer:
                for each in exported:
                    writer.write(each)

        self._report(write_recording, path, is_selection=is_selection)

    def write_passages(self, passages: Sequence[Segment], chosen: Format, path: Path) -> None:
        """Write passages of the shown recording in a format of passages."""

        def write_recording(recording: Recording) -> None:
            exported = dataclasses.replace(recording.exported(), joined=tuple(passages), markers=())
            write_export(chosen, path, exported, recordings=[recording.path])

        self._report(write_recording, path)

    def write_all(self, chosen: Format, path: Path) -> None:
        """Write all open recordings that have been read into one file, in a format that holds many."""
        read = [each for each in self._session.recordings if len(each.timeline) and not each.is_running]
        labels = read[0].timeline.labels if read else ()
        fitting = [each for each in read if each.timeline.labels == labels]

        def write_recordings(_shown: Recording) -> None:
            paths = [each.path for each in fitting]
            with open_export(chosen, path, labels=labels, recordings=paths) as writer:
                for recording in fitting:
                    for each in recording.exported_channels():
                        writer.write(each)

        left_out = len(self._session.recordings) - len(fitting)
        self._report(write_recordings, path)
        if left_out:
            text = self.tr("Left out, because they have not been read with the same emotions: {count}.")
            self.failed.emit(text.format(count=left_out))

    def write_image(self, path: Path) -> None:
        """Write a picture of the plot: an SVG where the name ends so, else a PNG."""
        if path.suffix.lower() == ".svg":
            self._report(lambda recording: self._window.timeline.write_svg(path, _facts(recording)), path)
        else:
            self._report(lambda recording: self._write_png(path, _facts(recording)), path)

    def write_acoustics(self, path: Path) -> None:
        """Write pitch and intensity of the shown channel as CSV."""

        def write_columns(recording: Recording) -> None:
            acoustics = recording.timeline_of(recording.channel).acoustics
            with atomic_text_file(path) as file:
                csv_tables.write_columns(file, recording.path.name, acoustics.pitch_hz, acoustics.intensity_dbfs)

        self._report(write_columns, path)

    def read_markers(self, path: Path) -> None:
        """Add the labels of a file as markers; those beyond the end of the recording are left out."""
        recording = self._session.shown
        if recording is None:
            return
        try:
            found, said = read_annotations(path)
        except ExportError as error:
            self.failed.emit(error_text(error))
            return
        within = [marker for marker in found if marker.seconds <= recording.end_s]
        added = self._session.mark(within)
        text = self.tr("Markers added: {count}.").format(count=added)
        if len(within) < len(found):
            beyond = len(found) - len(within)
            text += " " + self.tr("Left out beyond the end of the recording: {count}.").format(count=beyond)
        if said:
            text += " " + self.tr("Corrections added: {count}.").format(count=self._add_corrections(recording, said))
        self.done.emit(text)

    def _add_corrections(self, recording: Recording, said: Sequence[Correction]) -> int:
        """Add corrections, in place of what the same people said of the same time, and return their number."""
        within = [each for each in said if each.end_s <= recording.end_s + END_S]
        together = recording.corrections
        for each in within:
            together = corrected(together, dataclasses.replace(each, channel=recording.channel))
        self._session.change_corrections(together, self.tr("add corrections"))
        return len(within)

    def _write_png(self, path: Path, facts: PictureFacts) -> None:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QImageWriter(buffer, b"png")
        if not writer.write(self._window.timeline.plot_image(facts)):
            raise OSError(None, writer.errorString())
        with atomic_binary_file(path) as file:
            file.write(buffer.data().data())

    def _kinds(self) -> list[_Kind]:
        """Return the lines of the dialog: each format of the registry, then pictures of the plot."""
        selected, found = self.tr("Selection: {description}"), []
        for each in registry.FORMATS:
            caption = f"{QCoreApplication.translate('formats', each.description)} (*{each.suffix})"
            if self._session.selection and each.content is Content.TIMELINE:
                selection = selected.format(description=caption)
                found.append(_Kind(selection, partial(self.write, each, is_selection=True)))
            found.append(_Kind(caption, partial(self.write, each)))
        found.append(_Kind(self.tr("Pitch and intensity every 10 ms") + " (*.csv)", self.write_acoustics))
        picture = self.tr("Picture of the plot")
        return found + [_Kind(f"{picture} (*{suffix})", self.write_image) for suffix in (".png", ".svg")]

    def _export(self) -> None:
        """Show the dialog; the selection comes first where there is one."""
        kinds = self._kinds()
        captions = [each.caption for each in kinds]
        chosen = ask_where(self._window, self.tr("Export"), self._name(".csv"), kinds=captions)
        if chosen:
            path, index = chosen
            kinds[index].write(path)

    def _export_passages(self, passages: Sequence[Segment]) -> None:
        """Ask for a place and a format for chosen passages, which are ordered by time."""
        formats = [each for each in registry.FORMATS if each.content is Content.SEGMENTS]
        captions = [f"{QCoreApplication.translate('formats', each.description)} (*{each.suffix})" for each in formats]
        title = self.tr("Export {count} passages").format(count=len(passages))
        chosen = ask_where(self._window, title, self._name(formats[0].suffix), kinds=captions)
        if chosen:
            path, index = chosen
            self.write_passages(sorted(passages, key=lambda each: each.start_s), formats[index], path)

    def _export_all(self) -> None:
        """Ask for a place and one of the formats that hold several recordings."""
        formats = [each for each in registry.FORMATS if each.holds_many]
        captions = [f"{QCoreApplication.translate('formats', each.description)} (*{each.suffix})" for each in formats]
        folder = self._name(formats[0].suffix).parent
        proposed = folder / (self.tr("recordings") + formats[0].suffix)
        chosen = ask_where(self._window, self.tr("Export all recordings"), proposed, kinds=captions)
        if chosen:
            path, index = chosen
            self.write_all(formats[index], path)

    def _import_markers(self) -> None:
        suffixes = " ".join(f"*{suffix}" for suffix in marker_suffixes())
        kinds = self.tr("Labels and tiers of other programs ({suffixes})").format(suffixes=suffixes)
        name, _ = QFileDialog.getOpenFileName(self._window, self.tr("Import markers"), str(self._name(".txt")), kinds)
        if name:
            self.read_markers(Path(name))

    def _name(self, suffix: str) -> Path:
        recording = self._session.shown or Recording.nothing()
        return recording.path.with_suffix(suffix) if recording.path.name else Path.home()

    def _report(self, write: Callable[[Recording], object], path: Path, *, is_selection: bool = False) -> None:
        """Write the shown recording, or only its selection, and report success or failure."""
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
            text = self.tr("Written: “{path}”.")
            if is_selection and recording.selection:
                text = self.tr("Only the selection is written, {start} to {end}: “{path}”.")
            start, end = (clock_text(each, decimals=1) for each in recording.selection or (0.0, 0.0))
            self.done.emit(text.format(path=path, start=start, end=end))


def _facts(recording: Recording) -> PictureFacts:
    """Return what a picture of a recording says of it: name, date of today, and model."""
    today = QLocale().toString(QDate.currentDate(), QLocale.FormatType.ShortFormat)
    model = QCoreApplication.translate("TimelineView", "Model {model}").format(model=recording.model)
    return PictureFacts(f"{recording.name} – {today}", model)
