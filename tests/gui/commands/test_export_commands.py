from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from dialogs import type_name, when_asked
from passages import recording
from PySide6.QtGui import QImage
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QFileDialog, QMessageBox

from ser_desktop.acoustics.columns import NO_COLUMNS, AcousticColumns
from ser_desktop.analysis.spoken_index import SpokenIndex
from ser_desktop.export import timeline_csv
from ser_desktop.export.registry import FORMATS, format_named, write_export
from ser_desktop.gui.commands.export_commands import ExportCommands
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.model.session import Session
from ser_desktop.transcript import Speakers, Turn
from ser_desktop.values import Marker

if TYPE_CHECKING:
    from collections.abc import Callable

LABELS = ("happy", "sad")


@pytest.fixture
def exports(window: MainWindow, session: Session) -> ExportCommands:
    return ExportCommands(window, session)


@pytest.fixture
def done(exports: ExportCommands) -> QSignalSpy:
    return QSignalSpy(exports.done)


@pytest.fixture
def failed(exports: ExportCommands) -> QSignalSpy:
    return QSignalSpy(exports.failed)


def test_a_table_is_written_and_told(exports, done, tmp_path):
    exports.write(timeline_csv.FORMAT, tmp_path / "take.csv")
    assert (tmp_path / "take.csv").read_text(encoding="utf-8").count("\n") == 2
    assert done.at(0) == [f"Written: “{tmp_path / 'take.csv'}”."]


@pytest.mark.parametrize("name", ["take.csv", "take.png", "take.svg"])
def test_what_cannot_be_written_is_told_and_leaves_nothing(exports, done, failed, tmp_path, name):
    place = tmp_path / "nowhere" / name
    exports.write(timeline_csv.FORMAT, place) if name.endswith("csv") else exports.write_image(place)
    assert (done.count(), failed.count()) == (0, 1)
    assert str(place) in failed.at(0)[0]
    assert "Choose another folder" in failed.at(0)[0]
    assert [path.name for path in tmp_path.iterdir()] == ["take.wav"]


def test_pitch_and_intensity_are_written(exports, session, done, tmp_path):
    columns = AcousticColumns(np.array([np.nan, 200.0], np.float32), np.full(2, -20.0, np.float32), NO_COLUMNS.spectrum)
    session.shown.timeline_of(None).acoustics.add(columns)
    exports.write_acoustics(tmp_path / "pitch.csv")
    rows = (tmp_path / "pitch.csv").read_text(encoding="utf-8").splitlines()
    assert rows[1:] == ["take.wav,0.00,,-20.00", "take.wav,0.01,200.00,-20.00"]
    assert done.count() == 1


def test_a_table_does_not_replace_its_recording(exports, failed, take):
    exports.write(timeline_csv.FORMAT, take)
    assert "is a recording, which the export would replace" in failed.at(0)[0]
    assert take.read_bytes() == b"sound"


@pytest.mark.parametrize("name", ["plot.png", "plot", "plot.PNG"])
def test_a_picture_is_a_png_whatever_it_is_called(exports, done, tmp_path, name):
    exports.write_image(tmp_path / name)
    image = QImage()
    assert image.loadFromData((tmp_path / name).read_bytes(), "PNG")
    assert image.width() > 100
    assert done.count() == 1


def test_a_picture_is_an_svg_by_that_ending(exports, done, tmp_path):
    exports.write_image(tmp_path / "plot.svg")
    assert "<svg" in (tmp_path / "plot.svg").read_text(encoding="utf-8")


def test_the_name_gets_the_ending_of_what_is_written(exports, window, done, tmp_path):
    when_asked(QFileDialog, type_name(tmp_path / "table"))
    window.actions_.export.trigger()
    assert done.at(0) == [f"Written: “{tmp_path / 'table.csv'}”."]


def test_the_closed_dialog_does_not_stay_in_the_window(qtbot, exports, window, tmp_path):
    when_asked(QFileDialog, type_name(tmp_path / "table"))
    window.actions_.export.trigger()
    qtbot.waitUntil(lambda: not window.findChildren(QFileDialog))


def test_nothing_is_overwritten_without_asking(exports, window, done, tmp_path):
    (tmp_path / "table.csv").write_text("mine")

    def refuse(dialog: QFileDialog) -> None:
        when_asked(QMessageBox, lambda box: box.button(QMessageBox.StandardButton.No).click())
        type_name(tmp_path / "table.csv")(dialog)
        dialog.reject()

    when_asked(QFileDialog, refuse)
    window.actions_.export.trigger()
    assert (tmp_path / "table.csv").read_text() == "mine"
    assert done.count() == 0


def choose_kind(kind: str, path: Path) -> Callable[[QFileDialog], None]:
    def answer(dialog: QFileDialog) -> None:
        assert kind in dialog.nameFilters()
        dialog.selectNameFilter(kind)
        dialog.filterSelected.emit(kind)
        type_name(path)(dialog)

    return answer


TIMELINE, SELECTED = "Timeline as a table (*.csv)", "Selection: Timeline as a table (*.csv)"


def kinds_offered(window: MainWindow) -> list[str]:
    seen: list[list[str]] = []
    when_asked(QFileDialog, lambda dialog: (seen.append(dialog.nameFilters()), dialog.reject()))
    window.actions_.export.trigger()
    return seen[0]


def test_the_dialog_lists_every_format_and_pictures(exports, window):
    formats = [f"{each.description} (*{each.suffix})" for each in FORMATS]
    acoustics = "Pitch and intensity every 10 ms (*.csv)"
    pictures = ["Picture of the plot (*.png)", "Picture of the plot (*.svg)"]
    assert kinds_offered(window) == [*formats, acoustics, *pictures]
    assert formats[0] == TIMELINE


def test_with_a_selection_that_is_proposed_and_all_can_be_had(exports, window, session, tmp_path):
    session.select((0.0, 0.5))
    assert kinds_offered(window)[:2] == [SELECTED, TIMELINE]
    session.select((0.3, 0.31))  # less than half of the only entry
    for name, kind in (("some", SELECTED), ("all", TIMELINE), ("passages", "Passages as a table (*.csv)")):
        when_asked(QFileDialog, choose_kind(kind, tmp_path / name))
        window.actions_.export.trigger()
    rows = {name: (tmp_path / f"{name}.csv").read_text().splitlines() for name in ("some", "all", "passages")}
    assert [len(each) for each in rows.values()] == [1, 2, 2]
    assert (
        rows["passages"][0]
        == "file,start,end,state,label,confidence,level_dbfs,arousal,valence,affect,channel,speaker,text,corrections,"
        "abstain_threshold,model,app"
    )


def test_after_an_export_of_the_selection_its_times_are_told(exports, session, done, tmp_path):
    session.select((0.0, 0.5))
    path = tmp_path / "some.csv"
    exports.write(timeline_csv.FORMAT, path, is_selection=True)
    exports.write(timeline_csv.FORMAT, path)
    told = [done.at(index)[0] for index in range(done.count())]
    assert told == [f"Only the selection is written, 0:00.0 to 0:00.5: “{path}”.", f"Written: “{path}”."]


def test_a_format_that_is_added_is_offered_and_written(exports, window, tmp_path, counting_format):
    kind = "Number of entries (*.count)"
    assert kind in kinds_offered(window)
    when_asked(QFileDialog, choose_kind(kind, tmp_path / "number"))
    window.actions_.export.trigger()
    assert (tmp_path / "number.count").read_text() == "1"


def test_markers_go_to_audacity_and_come_back(exports, window, session, done, tmp_path):
    session.mark([Marker(0.25, "a"), Marker(0.5, "b")])
    when_asked(QFileDialog, choose_kind("Markers as labels for Audacity (*.txt)", tmp_path / "labels"))
    window.actions_.export.trigger()
    assert (tmp_path / "labels.txt").read_text() == "0.250000\t0.250000\ta\n0.500000\t0.500000\tb\n"
    session.remove_markers([0])
    exports.read_markers(tmp_path / "labels.txt")
    assert session.shown.markers == (Marker(0.25, "a"), Marker(0.5, "b"))
    assert done.at(1) == ["Markers added: 1."]


def test_labels_beyond_the_end_are_left_out_and_told(exports, session, done, tmp_path):
    (tmp_path / "labels.txt").write_text("0.1\t0.1\ta\n9.0\t9.0\tb\n")
    exports.read_markers(tmp_path / "labels.txt")
    assert session.shown.markers == (Marker(0.1, "a"),)
    assert done.at(0) == ["Markers added: 1. Left out beyond the end of the recording: 1."]


def test_what_is_no_label_file_is_told(exports, session, failed, tmp_path):
    (tmp_path / "labels.txt").write_text("no label")
    exports.read_markers(tmp_path / "labels.txt")
    assert "is not a label file" in failed.at(0)[0]
    assert session.shown.markers == ()


def test_a_tier_of_praat_becomes_markers(exports, window, session, done, tmp_path):
    chosen = format_named("textgrid")
    write_export(chosen, tmp_path / "words.TextGrid", recording("take.wav", markers=(Marker(0.1, "hello"),)))
    seen = []

    def choose(dialog: QFileDialog) -> None:
        seen.extend(dialog.nameFilters())
        type_name(tmp_path / "words.TextGrid")(dialog)

    when_asked(QFileDialog, choose)
    window.actions_.import_markers.trigger()
    assert session.shown.markers == (Marker(0.1, "hello"),)
    assert "*.eaf" in seen[0]
    assert done.at(0) == ["Markers added: 1."]


@pytest.mark.parametrize("chosen", FORMATS, ids=[each.name for each in FORMATS])
def test_every_format_is_written_from_the_window(exports, done, failed, session, tmp_path, chosen):
    speakers = Speakers((Turn(0.0, 0.5, 1),))
    session.use_spoken(session.shown, session.shown.sound, SpokenIndex(None, speakers))
    exports.write(chosen, tmp_path / f"out{chosen.suffix}")
    assert (done.count(), failed.count()) == (1, 0)
