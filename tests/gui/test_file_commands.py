from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox

from ser_desktop.gui.file_commands import FileCommands
from ser_desktop.gui.jobs import Progress, RecordingInfo
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.session import Session
from ser_desktop.values import EmotionScores, State, TimelineEntry

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

LABELS = ("happy", "sad")


@pytest.fixture
def take(tmp_path: Path) -> Path:
    path = tmp_path / "take.wav"
    path.write_bytes(b"sound")
    return path


@pytest.fixture
def session(qtbot: QtBot) -> Session:
    return Session()


@pytest.fixture
def commands(qtbot: QtBot, session: Session, take: Path) -> FileCommands:
    """The File menu of a window with a recording of half a second that was just made."""
    window = MainWindow(session)
    qtbot.addWidget(window)
    commands = FileCommands(window, session)
    commands.window = window  # kept as long as its commands
    session.begin(RecordingInfo("take", take, 16_000, 1, None, is_live=True), labels=LABELS, model="tiny@12345678")
    session.take(
        Progress((TimelineEntry(0.0, 0.5, State.SPEECH, -20.0, EmotionScores(LABELS, (0.25, 0.75))),), heard_s=0.5)
    )
    session.complete()
    window.show_state(is_running=False)
    return commands


@pytest.fixture
def done(commands: FileCommands) -> QSignalSpy:
    return QSignalSpy(commands.done)


@pytest.fixture
def failed(commands: FileCommands) -> QSignalSpy:
    return QSignalSpy(commands.failed)


def when_asked(kind: type[QFileDialog | QMessageBox], answer: Callable[[QFileDialog | QMessageBox], None]) -> None:
    """Answer the next dialog as soon as it is there; one of another kind is refused, so that no test waits for ever."""

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            answer(dialog)
        elif dialog:
            dialog.close()

    QTimer.singleShot(100, act)


def type_name(path: Path | str) -> Callable[[QFileDialog], None]:
    def answer(dialog: QFileDialog) -> None:
        field = dialog.findChild(QLineEdit, "fileNameEdit")
        assert field is not None
        field.setText(str(path))
        dialog.accept()

    return answer


def test_a_table_is_written_and_told(commands, done, tmp_path):
    commands.write_csv(tmp_path / "take.csv")
    assert (tmp_path / "take.csv").read_text(encoding="utf-8").count("\n") == 2
    assert done.at(0) == [f"Written: “{tmp_path / 'take.csv'}”."]


@pytest.mark.parametrize("name", ["take.csv", "take.png", "take.svg"])
def test_what_cannot_be_written_is_told_and_leaves_nothing(commands, done, failed, tmp_path, name):
    place = tmp_path / "nowhere" / name
    (commands.write_csv if name.endswith("csv") else commands.write_image)(place)
    assert (done.count(), failed.count()) == (0, 1)
    assert str(place) in failed.at(0)[0]
    assert "Choose another folder" in failed.at(0)[0]
    assert [path.name for path in tmp_path.iterdir()] == ["take.wav"]


def test_a_table_does_not_replace_its_recording(commands, failed, take):
    commands.write_csv(take)
    assert "is the recording, which the table would replace" in failed.at(0)[0]
    assert take.read_bytes() == b"sound"


@pytest.mark.parametrize("name", ["plot.png", "plot", "plot.PNG"])
def test_a_picture_is_a_png_whatever_it_is_called(commands, done, tmp_path, name):
    commands.write_image(tmp_path / name)
    image = QImage()
    assert image.loadFromData((tmp_path / name).read_bytes(), "PNG")
    assert image.width() > 100
    assert done.count() == 1


def test_a_picture_is_an_svg_by_that_ending(commands, done, tmp_path):
    commands.write_image(tmp_path / "plot.svg")
    assert "<svg" in (tmp_path / "plot.svg").read_text(encoding="utf-8")


def test_the_name_gets_the_ending_of_what_is_written(commands, done, tmp_path):
    when_asked(QFileDialog, type_name(tmp_path / "table"))
    commands.window.actions_.export_csv.trigger()
    assert done.at(0) == [f"Written: “{tmp_path / 'table.csv'}”."]


def test_nothing_is_overwritten_without_asking(commands, done, tmp_path):
    (tmp_path / "table.csv").write_text("mine")

    def refuse(dialog: QFileDialog) -> None:
        when_asked(QMessageBox, lambda box: box.button(QMessageBox.StandardButton.No).click())
        type_name(tmp_path / "table.csv")(dialog)
        dialog.reject()

    when_asked(QFileDialog, refuse)
    commands.window.actions_.export_csv.trigger()
    assert (tmp_path / "table.csv").read_text() == "mine"
    assert done.count() == 0


def test_a_recording_is_copied_where_the_user_wants_it(commands, take, tmp_path):
    wanted = QSignalSpy(commands.copy_wanted)
    when_asked(QFileDialog, type_name(tmp_path / "elsewhere"))
    commands.window.actions_.save_as.trigger()
    assert wanted.at(0) == [str(take), str(tmp_path / "elsewhere.wav")]


def test_a_recording_is_discarded_only_after_a_yes(commands, session, take, done):
    when_asked(QMessageBox, lambda box: box.button(QMessageBox.StandardButton.No).click())
    commands.window.actions_.discard.trigger()
    assert take.exists()
    assert session.info
    when_asked(QMessageBox, lambda box: box.button(QMessageBox.StandardButton.Yes).click())
    commands.window.actions_.discard.trigger()
    assert not take.exists()
    assert session.info is None
    assert done.at(0) == [f"“{take}” was deleted."]


def test_a_recording_that_is_gone_can_be_discarded(commands, session, take, done):
    take.unlink()
    commands.discard(take)
    assert session.info is None
    assert done.count() == 1


def test_what_cannot_be_deleted_stays_open(commands, session, failed, tmp_path):
    (tmp_path / "folder").mkdir()
    session.begin(dataclasses.replace(session.info, path=tmp_path / "folder"), labels=LABELS, model="")
    commands.discard(tmp_path / "folder")
    assert "cannot be deleted" in failed.at(0)[0]
    assert session.info


def test_a_recent_recording_is_opened_by_its_name(commands):
    chosen = QSignalSpy(commands.chosen)
    menu = commands.window.recent_menu
    commands.show_recent(["/a.wav", "/b.wav"])
    assert [action.text() for action in menu.actions()] == ["/a.wav", "/b.wav"]
    menu.actions()[1].trigger()
    assert chosen.at(0) == [[Path("/b.wav")]]
    commands.show_recent([])
    assert not menu.isEnabled()


def test_several_recordings_can_be_chosen(commands, take, tmp_path):
    chosen = QSignalSpy(commands.chosen)
    (tmp_path / "other.wav").write_bytes(b"sound")

    def choose(dialog: QFileDialog) -> None:
        dialog.setDirectory(str(tmp_path))
        type_name('"other.wav" "take.wav"')(dialog)

    when_asked(QFileDialog, choose)
    commands.window.actions_.open.trigger()
    assert {path.name for path in chosen.at(0)[0]} == {"other.wav", "take.wav"}
