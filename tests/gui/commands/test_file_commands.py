from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from dialogs import type_name, when_asked
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox

from ser_desktop.audio.formats import AUDIO_SUFFIXES
from ser_desktop.gui.commands.file_commands import NAME_PATTERNS, FileCommands
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.model.session import Session

LABELS = ("happy", "sad")


@pytest.fixture
def commands(window: MainWindow, session: Session) -> FileCommands:
    return FileCommands(window, session)


@pytest.fixture
def done(commands: FileCommands) -> QSignalSpy:
    return QSignalSpy(commands.done)


@pytest.fixture
def failed(commands: FileCommands) -> QSignalSpy:
    return QSignalSpy(commands.failed)


def test_a_recording_is_copied_where_the_user_wants_it(commands, window, take, tmp_path):
    wanted = QSignalSpy(commands.copy_requested)
    when_asked(QFileDialog, type_name(tmp_path / "elsewhere"))
    window.actions_.save_as.trigger()
    assert wanted.at(0) == [str(take), str(tmp_path / "elsewhere.wav")]


def test_a_recording_is_deleted_only_after_a_yes(commands, window, session, take, done):
    deleted = QSignalSpy(commands.deleted)
    when_asked(QMessageBox, lambda box: box.button(QMessageBox.StandardButton.No).click())
    window.actions_.delete.trigger()
    assert take.exists()
    assert session.info
    when_asked(QMessageBox, lambda box: box.button(QMessageBox.StandardButton.Yes).click())
    window.actions_.delete.trigger()
    assert not take.exists()
    assert session.recordings == []
    assert deleted.at(0) == [take]
    assert done.at(0) == [f"“{take}” was deleted."]


def test_a_recording_that_is_gone_can_be_deleted(commands, session, take, done):
    take.unlink()
    commands.delete(session.shown)
    assert session.info is None
    assert done.count() == 1


def test_what_cannot_be_deleted_stays_open(commands, session, failed, tmp_path):
    (tmp_path / "folder").mkdir()
    session.rename(session.shown, tmp_path / "folder")
    commands.delete(session.shown)
    assert "cannot be deleted" in failed.at(0)[0]
    assert session.info


def test_a_recording_gets_the_name_that_is_typed(commands, window, session, take, done, tmp_path):
    def answer(dialog: QInputDialog) -> None:
        assert dialog.textValue() == "take"
        dialog.setTextValue("a talk")
        dialog.accept()

    released = QSignalSpy(commands.releasing)
    when_asked(QInputDialog, answer)
    window.actions_.rename.trigger()
    assert [path.name for path in tmp_path.iterdir()] == ["a talk.wav"]
    assert (session.info.name, session.info.path) == ("a talk", tmp_path / "a talk.wav")
    assert (released.count(), done.count()) == (1, 1)


def test_a_name_that_is_refused_is_asked_for_again_with_the_reason(commands, window, take, done, failed, tmp_path):
    asked: list[tuple[str, str]] = []

    def answer(dialog: QInputDialog) -> None:
        asked.append((dialog.textValue(), dialog.labelText()))
        dialog.setTextValue("what?" if len(asked) == 1 else "what")
        dialog.accept()
        if len(asked) == 1:
            when_asked(QInputDialog, answer)

    when_asked(QInputDialog, answer)
    window.actions_.rename.trigger()
    assert [path.name for path in tmp_path.iterdir()] == ["what.wav"]
    assert [text for text, _ in asked] == ["take", "what?"]
    assert "“what?” cannot be the name of a recording" in asked[1][1]
    assert asked[1][1].endswith(asked[0][1])
    assert (done.count(), failed.count()) == (1, 0)


def test_what_is_read_or_recorded_is_neither_renamed_nor_deleted(commands, session, take, failed):
    session.begin(dataclasses.replace(session.info, is_live=False), labels=LABELS, model="")
    commands.rename(session.shown, "talk")
    commands.delete(session.shown)
    assert take.exists()
    assert [failed.at(n)[0].split(". ")[0] for n in range(2)] == ["“take” is being read"] * 2


def test_a_name_that_is_taken_is_told_and_nothing_is_lost(commands, session, take, failed, tmp_path):
    (tmp_path / "talk.wav").write_bytes(b"another")
    commands.rename(session.shown, "talk")
    assert f"“{tmp_path / 'talk.wav'}” is there already." in failed.at(0)[0]
    assert (take.read_bytes(), (tmp_path / "talk.wav").read_bytes()) == (b"sound", b"another")
    assert session.info.path == take


def test_a_recent_recording_is_opened_by_its_name(commands, window):
    chosen = QSignalSpy(commands.chosen)
    menu = window.recent_menu
    commands.show_recent(["/a.wav", "/b.wav"])
    assert [action.text() for action in menu.actions()] == ["/a.wav", "/b.wav"]
    menu.actions()[1].trigger()
    assert chosen.at(0) == [[Path("/b.wav")]]
    commands.show_recent([])
    assert not menu.isEnabled()


def test_several_recordings_can_be_chosen(commands, window, take, tmp_path):
    chosen = QSignalSpy(commands.chosen)
    (tmp_path / "other.wav").write_bytes(b"sound")

    def choose(dialog: QFileDialog) -> None:
        dialog.setDirectory(str(tmp_path))
        type_name('"other.wav" "take.wav"')(dialog)

    when_asked(QFileDialog, choose)
    window.actions_.open.trigger()
    assert {path.name for path in chosen.at(0)[0]} == {"other.wav", "take.wav"}


def test_the_open_dialog_shows_every_format_that_can_be_read():
    assert NAME_PATTERNS.split() == [f"*{suffix}" for suffix in AUDIO_SUFFIXES]
