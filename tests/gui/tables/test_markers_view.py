from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QLineEdit, QTableView
from pytestqt.qtbot import QtBot

from ser_desktop.gui.tables.markers_view import MarkersView
from ser_desktop.values import Marker

MARKERS = (Marker(0.5, "a"), Marker(61.25, "b"), Marker(3723.0, ""))


@pytest.fixture
def view(qtbot: QtBot) -> MarkersView:
    view = MarkersView()
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show_markers(MARKERS)
    view.show()
    qtbot.waitExposed(view)
    return view


@pytest.fixture
def table(view: MarkersView) -> QTableView:
    found = view.findChild(QTableView)
    assert found is not None
    found.setFocus()
    return found


def cells(table: QTableView) -> list[tuple[str, str]]:
    model = table.model()
    return [(model.index(row, 0).data(), model.index(row, 1).data()) for row in range(model.rowCount())]


def choose(table: QTableView, *rows: int) -> None:
    table.clearSelection()
    for row in rows:
        table.setCurrentIndex(table.model().index(row, 1))
    mode = table.selectionModel().SelectionFlag
    for row in rows:
        table.selectionModel().select(table.model().index(row, 1), mode.Select | mode.Rows)


def test_every_marker_is_a_row(table: QTableView) -> None:
    assert [label for _, label in cells(table)] == ["a", "b", ""]
    assert [time.split(":")[-1][:2] for time, _ in cells(table)] == ["00", "01", "03"]


def test_enter_and_a_click_go_to_a_marker(qtbot: QtBot, view: MarkersView, table: QTableView) -> None:
    emitted = QSignalSpy(view.seek_requested)
    choose(table, 1)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    box = table.visualRect(table.model().index(2, 0))
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert [emitted.at(n) for n in range(emitted.count())] == [[61.25], [3723.0]]


def test_delete_requests_the_removal_of_the_selected_markers(
    qtbot: QtBot, view: MarkersView, table: QTableView
) -> None:
    emitted = QSignalSpy(view.removal_requested)
    choose(table, 0, 2)
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert emitted.at(0) == [[0, 2]]


def test_a_label_can_be_edited_with_the_keyboard_alone(qtbot: QtBot, view: MarkersView, table: QTableView) -> None:
    emitted = QSignalSpy(view.label_chosen)
    choose(table, 1)
    qtbot.keyClick(table, Qt.Key.Key_F2)
    field = table.findChild(QLineEdit)
    assert field.text() == "b"
    field.setText(" two\twords ")
    with qtbot.waitSignal(view.label_chosen, timeout=10_000):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert emitted.at(0) == [1, "two words"]


def test_escape_leaves_a_label_as_it_was(qtbot: QtBot, view: MarkersView, table: QTableView) -> None:
    emitted = QSignalSpy(view.label_chosen)
    choose(table, 1)
    qtbot.keyClick(table, Qt.Key.Key_F2)
    field = table.findChild(QLineEdit)
    field.setText("other")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: table.state() is not QTableView.State.EditingState)
    assert emitted.count() == 0


def test_only_the_label_can_be_edited(table: QTableView) -> None:
    model = table.model()
    editable = [bool(model.flags(model.index(0, column)) & Qt.ItemFlag.ItemIsEditable) for column in (0, 1)]
    assert editable == [False, True]


def test_the_marker_passed_last_is_bold(view: MarkersView, table: QTableView) -> None:
    bold = []
    for seconds in (0.0, 0.5, 61.0, 9999.0):
        view.show_cursor(seconds)
        rows = range(table.model().rowCount())
        fonts = [table.model().index(row, 0).data(Qt.ItemDataRole.FontRole) for row in rows]
        bold.append([row for row in rows if fonts[row] and fonts[row].bold()])
    assert bold == [[], [0], [0], [2]]


def test_the_current_row_survives_other_markers(view: MarkersView, table: QTableView) -> None:
    choose(table, 2)
    view.show_markers(MARKERS[:2])
    assert table.currentIndex().row() == 1
    view.show_markers(())
    assert cells(table) == []
