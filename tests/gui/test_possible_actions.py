"""An action of the menus is enabled where it can do something; of some others, the tooltip says why not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from windows import is_idle

from ser_desktop.analysis.spoken_index import SpokenIndex
from ser_desktop.corrections import Correction
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.transcript import Line, Transcript, Word, WordTimes

WITHOUT_A_RECORDING = {
    "Open…",
    "Open folder…",
    "Open project…",
    "Batch…",
    "Quit",
    "Record",
    "Loop",
    "Look for microphones",
    "Stacked probabilities",
    "Annotator: annotator 1…",
    "Hide the model’s answers",
    "Words while recording",
    "My voice…",
    "Settings…",
    "Guide and keys",
    "Check this installation…",
    "About",
}
WORDS = Transcript((Line(0.0, 1.0, "Good", (Word("Good", 0.0, 0.5),)),), "en", "m", WordTimes.SPREAD)


def actions_of(menu: QMenu) -> Iterator[QAction]:
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from actions_of(inner)
        elif not action.isSeparator():
            yield action


def possible(window: MainWindow) -> set[str]:
    """Return the texts of the enabled actions, without the lanes and the recent recordings."""
    menus = [action.menu() for action in window.menuBar().actions()]
    found = [each for menu in menus if isinstance(menu, QMenu) for each in actions_of(menu)]
    left_out = {*window.actions_.lanes.values(), *window.recent_menu.actions()}
    return {each.text().replace("&", "") for each in found if each.isEnabled() and each not in left_out}


@pytest.fixture
def opened(start, wait, spoken, other):
    application = start(spoken, other)
    wait(lambda: is_idle(application))
    return application


def test_without_a_recording_only_what_needs_none_is_possible(start, wait) -> None:
    application = start()
    wait(lambda: application.work.model)
    lacking = WITHOUT_A_RECORDING - possible(application.window)
    assert lacking <= {"Words while recording"}  # needs a package
    assert possible(application.window) - WITHOUT_A_RECORDING == {"Model card"}


def test_what_needs_a_recording_is_possible_once_one_is_there(opened) -> None:
    assert possible(opened.window) >= {"Export…", "Fit all", "To the end", "Save report…", "Compare recordings…"}
    for recording in list(opened.session.recordings):
        opened.session.close(recording)
    assert possible(opened.window) <= {*WITHOUT_A_RECORDING, "Model card"}


def test_a_selection_can_be_zoomed_to(opened) -> None:
    assert "Zoom to selection" not in possible(opened.window)
    opened.window.timeline.select(0.5, 1.0)
    assert "Zoom to selection" in possible(opened.window)
    opened.window.timeline.clear_selection()
    assert "Zoom to selection" not in possible(opened.window)


def test_a_search_needs_a_transcript_and_says_so(opened) -> None:
    find, shown = opened.window.actions_.find, opened.session.shown
    assert (find.isEnabled(), "Analysis ▸ Transcribe" in find.toolTip()) == (False, True)
    opened.session.use_spoken(shown, shown.sound, SpokenIndex(WORDS))
    assert (find.isEnabled(), find.toolTip()) == (True, find.statusTip())
    opened.window.opened.step(1)
    assert not find.isEnabled()


def test_agreement_needs_a_correction(opened) -> None:
    agreement = opened.window.actions_.corrections.agreement
    assert (agreement.isEnabled(), agreement.toolTip()) == (False, "Nobody has corrected a passage yet")
    opened.session.change_corrections((Correction(0.5, 1.0, "Anna", "sad"),), "correction")
    assert agreement.isEnabled()
    opened.edits.undo()
    assert not agreement.isEnabled()


def test_judging_blind_nothing_is_possible_that_tells_what_the_model_says(opened) -> None:
    actions = opened.window.actions_
    opened.session.change_corrections((Correction(0.5, 1.0, "Anna", "sad"),), "correction")
    of_model = (
        actions.compare,
        actions.save_report,
        actions.copy_table,
        actions.interpret,
        actions.find_passages,
        actions.corrections.agreement,
    )
    assert all(each.isEnabled() for each in of_model)
    actions.corrections.blind.setChecked(True)
    opened.window.opened.step(1)  # also of another recording
    assert not any(each.isEnabled() for each in of_model)
    assert {each.toolTip() for each in of_model} == {"Not while the model’s answers are hidden"}
    actions.corrections.blind.setChecked(False)
    assert all(each.isEnabled() and each.toolTip() == each.statusTip() for each in of_model)


def test_entries_that_arrive_make_the_timeline_usable(start, wait, demo: Path) -> None:
    application = start(demo)
    wait(lambda: len(application.session.timeline))
    assert {"Fit all", "Export…"} <= possible(application.window)
    assert application.session.is_running
