"""The actions of the window; menus, tool bar and keyboard shortcuts share them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from ser_desktop.gui.correction_actions import CorrectionActions
from ser_desktop.gui.widgets.sound_menu import SoundMenu
from ser_desktop.gui.widgets.voice_menu import VoiceMenu

if TYPE_CHECKING:
    from ser_desktop.gui.timeline.lane import Lane


class Actions(QObject):
    """One attribute for each action, with the shortcuts that are common in audio editors.

    Args:
        window: The window in which the shortcuts are active.

    Attributes:
        sound: The menu of the channels and tracks.
        voice: The menu of who speaks.
        lanes: The action of each lane of the timeline, by its name, after :meth:`add_lanes`.
        corrections: The actions of the Corrections menu.
        lanes_menu: The menu of these actions, after :meth:`fill`.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.sound = SoundMenu(window)
        self._add_file_actions()
        self._add_edit_actions()
        self._add_transport_actions()
        self._add_view_actions()
        self._add_word_actions()
        self._add_settings_and_help()
        self.corrections = CorrectionActions(window, self._make)

    def _add_file_actions(self) -> None:
        """Create the actions of the File menu."""
        make = self._make
        self.open = make(self.tr("&Open…"), "Ctrl+O", self.tr("Open recordings and analyse them"))
        self.open_folder = make(
            self.tr("Open &folder…"), "Ctrl+Shift+O", self.tr("Open all recordings in a folder and below")
        )
        self.close = make(self.tr("&Close recording"), "Ctrl+W", self.tr("Close the shown recording"))
        self.save_as = make(self.tr("&Save recording as…"), "Ctrl+S", self.tr("Keep a copy of the recording elsewhere"))
        self.rename = make(self.tr("Re&name recording…"), "F2", self.tr("Give the recording another name"))
        self.delete = make(
            self.tr("&Delete recording…"),
            "",
            self.tr("Delete the recording with its markers and everything else stored with it"),
        )
        self.export = make(
            self.tr("&Export…"), "Ctrl+Shift+E", self.tr("Write the timeline, the passages, the markers or the plot")
        )
        self.save_report = make(
            self.tr("Save re&port…"), "Ctrl+P", self.tr("Write what was found as a page to send or to print")
        )
        self.export_all = make(
            self.tr("Export &all as one table…"), "", self.tr("Write all open recordings into one file")
        )
        self.import_markers = make(
            self.tr("&Import markers…"),
            "",
            self.tr("Add markers from labels of Audacity, Praat, ELAN, subtitles and others"),
        )
        self.open_project = make(
            self.tr("Open pro&ject…"), "Ctrl+Shift+J", self.tr("Open recordings with all that was saved of them")
        )
        self.save_project = make(
            self.tr("Save projec&t…"),
            "Ctrl+Shift+S",
            self.tr(
                "Save the open recordings with timelines, markers, corrections and notes; later changes are saved "
                "automatically"
            ),
        )
        self.close_project = make(self.tr("C&lose project"), "", self.tr("Save the project and close its recordings"))
        self.batch = make(
            self.tr("&Batch…"), "", self.tr("Analyse and export all recordings of folders, in processes of their own")
        )
        self.quit = make(self.tr("&Quit"), "Ctrl+Q", self.tr("End the program"))

    def _add_edit_actions(self) -> None:
        """Create the actions of the Edit menu."""
        make = self._make
        self.undo = make(self.tr("&Undo"), "Ctrl+Z", self.tr("Take back the last change of this recording"))
        self.redo = make(
            self.tr("&Redo"), "Ctrl+Shift+Z", self.tr("Make the change again that was taken back"), "Ctrl+Y"
        )
        self.copy_table = make(self.tr("&Copy table"), "Ctrl+Shift+C", self.tr("Copy the passages to the clipboard"))
        self.copy_picture = make(
            self.tr("Copy p&icture"), "", self.tr("Copy the timeline to the clipboard as a picture")
        )
        self.select_all = make(self.tr("Select &all"), "Ctrl+A", self.tr("Select the whole recording"))

    def _add_transport_actions(self) -> None:
        """Create the actions of the Transport menu."""
        make = self._make
        self.record = make(
            self.tr("&Record"),
            "Ctrl+R",
            self.tr("Record the microphone and analyse it live; in the timeline, R alone does it"),
        )
        self.pause = make(self.tr("&Pause"), "P", self.tr("Stop recording for a while; the pause is marked"))
        self.pause.setCheckable(True)
        self.stop = make(
            self.tr("&Stop"), "Esc", self.tr("Stop recording, reading or playing; results so far are kept")
        )
        self.play = make(
            self.tr("Pl&ay"), "Space", self.tr("Play from the cursor, or the selection; press again to stop")
        )
        self.loop = make(self.tr("&Loop"), "L", self.tr("Repeat the playback until it is stopped"))
        self.loop.setCheckable(True)
        self.refresh = make(self.tr("Look for m&icrophones"), "F5", self.tr("Update the list of microphones"))
        self.to_start = make(self.tr("To the start"), "Home", self.tr("Move the cursor to the start"))
        self.to_end = make(self.tr("To the end"), "End", self.tr("Move the cursor to the end"))
        self.back = make(
            self.tr("Previous entry"), "Left", self.tr("Move the cursor to the previous entry of the timeline")
        )
        self.forward = make(
            self.tr("Next entry"), "Right", self.tr("Move the cursor to the next entry of the timeline")
        )
        self.mark = make(
            self.tr("Set &marker"),
            "M",
            self.tr("Set a marker at the cursor, or at the position of playback or recording, and type its name"),
        )
        self.previous_marker = make(
            self.tr("To the previous marker"), "Alt+Left", self.tr("Move the cursor to this marker")
        )
        self.next_marker = make(self.tr("To the next marker"), "Alt+Right", self.tr("Move the cursor to this marker"))

    def _add_view_actions(self) -> None:
        """Create the actions of the View and Analysis menus."""
        make = self._make
        self.zoom_in = make(self.tr("Zoom &in"), "Ctrl+1", self.tr("Show less time, larger"))
        self.zoom_normal = make(self.tr("&Normal zoom"), "Ctrl+2", self.tr("Show half a minute"))
        self.zoom_out = make(self.tr("Zoom &out"), "Ctrl+3", self.tr("Show more time, smaller"))
        self.fit = make(self.tr("&Fit all"), "Ctrl+0", self.tr("Show the whole recording"))
        self.stacked = make(
            self.tr("S&tacked probabilities"), "", self.tr("Show the probabilities as stacked areas, or as lines")
        )
        self.stacked.setCheckable(True)
        self.zoom_selection = make(
            self.tr("Zoom to &selection"), "Ctrl+E", self.tr("Show the selection in the whole width")
        )
        self.lanes: dict[str, QAction] = {}
        self.next_recording = make(
            self.tr("N&ext recording"), "Ctrl+Tab", self.tr("Show the next open recording"), "Ctrl+PgDown"
        )
        self.previous_recording = make(
            self.tr("Pre&vious recording"), "Ctrl+Shift+Tab", self.tr("Show the previous open recording"), "Ctrl+PgUp"
        )
        self.next_passage = make(
            self.tr("Ne&xt clear passage"), "N", self.tr("Select the next passage with a clear emotion")
        )
        self.previous_passage = make(
            self.tr("Previous &clear passage"), "Shift+N", self.tr("Select the passage with a clear emotion before")
        )
        self.find_passages = make(
            self.tr("Fin&d passages"), "Ctrl+Shift+F", self.tr("Choose which passages the table shows")
        )
        self.show_segments = make(self.tr("&Passages"), "Alt+1", self.tr("Go to the table of passages"))
        self.show_markers = make(self.tr("&Markers"), "Alt+2", self.tr("Go to the table of markers"))
        self.compare = make(
            self.tr("Co&mpare recordings…"), "Ctrl+Shift+D", self.tr("Show two open recordings side by side")
        )
        self.my_voice = make(
            self.tr("M&y voice…"), "", self.tr("Make a voice known, so that it is compared with how it usually sounds")
        )
        self.voice = VoiceMenu(self._window)
        self.analyze_again = make(
            self.tr("Analyse &again"), "", self.tr("Analyse the recording without the table that lies beside it")
        )

    def _add_word_actions(self) -> None:
        """Create the actions of words, speakers and the interpretation."""
        make = self._make
        self.transcribe = make(self.tr("&Transcribe"), "", self.tr("Write down what is said, in this recording"))
        self.find_speakers = make(
            self.tr("Find s&peakers"), "", self.tr("Find who speaks when; this takes about as long as the recording")
        )
        self.interpret = make(
            self.tr("Interp&retation"), "Alt+4", self.tr("Tell in sentences how the recording sounds, with their times")
        )
        self.show_speakers = make(
            self.tr("Spea&kers"), "Alt+3", self.tr("Go to the table of speakers: share of time, names")
        )
        self.live_words = make(
            self.tr("&Words while recording"), "", self.tr("Write down what is said while it is recorded")
        )
        self.live_words.setCheckable(True)
        self.stop_words = make(
            self.tr("St&op words and speakers"), "", self.tr("Stop finding words and speakers; what was found stays")
        )
        self.forget_words = make(
            self.tr("&Delete words and speakers…"), "", self.tr("Delete what was found, here and on the disk")
        )
        self.find = make(self.tr("&Find in the text"), "Ctrl+F", self.tr("Find a word that was said"))
        self.find_next = make(self.tr("Find &next"), "F3", self.tr("Go to the next place where it was said"))
        self.find_previous = make(
            self.tr("Find pre&vious"), "Shift+F3", self.tr("Go to the previous place where it was said")
        )

    def add_lanes(self, lanes: Sequence[Lane]) -> None:
        """Create the actions of the lanes, after :meth:`fill`: what they draw is imported after the first paint."""
        for lane in lanes:
            self.lanes[lane.name] = self._make(lane.caption(), "", self.tr("Show or hide this lane"))
            self.lanes[lane.name].setCheckable(True)
        self.lanes_menu.addActions(list(self.lanes.values()))

    def explain_words(self, reason: str) -> None:
        """Show in the menu why words and speakers cannot be found here."""
        told = QAction(reason.replace("&", "&&"), self._window)
        told.setEnabled(False)
        self._analysis_menu.insertAction(self.interpret, told)
        for action in (self.transcribe, self.find_speakers, self.live_words):
            action.setEnabled(False)
            action.setToolTip(reason)
            action.setStatusTip(reason)

    def _add_settings_and_help(self) -> None:
        """Create the actions of the settings and of the Help menu."""
        make = self._make
        self.settings = make(self.tr("&Settings…"), "Ctrl+,", self.tr("Devices, window, model, theme, folders"))
        self.keys = make(self.tr("&Guide and keys"), "F1", self.tr("A short guide, and all keys"))
        self.model_card = make(
            self.tr("&Model card"), "", self.tr("Description of the model and how well it was measured to work")
        )
        self.check = make(
            self.tr("&Check this installation…"), "", self.tr("Check that everything the program needs works here")
        )
        self.about = make(self.tr("&About"), "", self.tr("Versions and folders"))

    def fill(self, bar: QMenuBar) -> QMenu:
        """Add all actions to the menus; return the menu of recent files, which is filled elsewhere."""
        file = bar.addMenu(self.tr("&File"))
        file.addActions([self.open, self.open_folder])
        recent = file.addMenu(self.tr("Open &recent"))
        file.addAction(self.close)
        file.addSeparator()
        file.addActions([self.open_project, self.save_project, self.close_project])
        file.addSeparator()
        file.addActions([self.save_as, self.rename, self.delete])
        file.addSeparator()
        file.addActions([self.export, self.export_all, self.save_report, self.import_markers, self.batch])
        file.addSeparator()
        file.addAction(self.quit)
        edit = bar.addMenu(self.tr("&Edit"))
        edit.addActions([self.undo, self.redo])
        edit.addSeparator()
        edit.addActions([self.copy_table, self.copy_picture, self.select_all])
        edit.addSeparator()
        edit.addActions([self.find, self.find_next, self.find_previous])
        edit.addSeparator()
        edit.addAction(self.settings)
        self.corrections.fill(bar)
        transport = bar.addMenu(self.tr("&Transport"))
        transport.addActions([self.record, self.pause, self.stop])
        transport.addSeparator()
        transport.addActions([self.play, self.loop])
        transport.addSeparator()
        transport.addActions([self.to_start, self.to_end, self.back, self.forward])
        transport.addSeparator()
        transport.addActions([self.mark, self.previous_marker, self.next_marker])
        transport.addSeparator()
        transport.addAction(self.refresh)
        view = bar.addMenu(self.tr("&View"))
        view.addActions([self.zoom_in, self.zoom_normal, self.zoom_out, self.zoom_selection, self.fit])
        view.addSeparator()
        self.lanes_menu = view.addMenu(self.tr("&Lanes"))
        view.addAction(self.stacked)
        view.addSeparator()
        view.addActions([self.next_passage, self.previous_passage, self.find_passages])
        view.addActions([self.show_segments, self.show_markers, self.show_speakers])
        view.addSeparator()
        view.addActions([self.next_recording, self.previous_recording])
        self._fill_analysis(bar.addMenu(self.tr("&Analysis")))
        help_menu = bar.addMenu(self.tr("&Help"))
        help_menu.addActions([self.keys, self.model_card, self.check, self.about])
        for menu in bar.findChildren(QMenu):
            menu.setToolTipsVisible(True)  # why an action is not possible now
        return recent

    def _fill_analysis(self, analysis: QMenu) -> None:
        self._analysis_menu = analysis
        analysis.addActions([self.transcribe, self.find_speakers, self.interpret])
        analysis.addSeparator()
        analysis.addActions([self.live_words, self.stop_words, self.forget_words])
        analysis.addSeparator()
        analysis.addMenu(self.sound)
        analysis.addMenu(self.voice)
        analysis.addAction(self.my_voice)
        analysis.addSeparator()
        analysis.addActions([self.compare, self.analyze_again])

    def _make(self, text: str, key: str, tip: str, *other_keys: str) -> QAction:
        action = QAction(text, self._window)
        if key:
            action.setShortcuts([QKeySequence(each) for each in (key, *other_keys)])
            tip = f"{tip} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})"
        action.setToolTip(tip)
        action.setStatusTip(tip)
        return action
