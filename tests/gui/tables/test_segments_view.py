from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QTableView, QToolButton

from ser_desktop.analysis.spoken_index import SpokenIndex
from ser_desktop.corrections import Correction
from ser_desktop.gui.shared.fonts import bold_font
from ser_desktop.gui.shared.theme import DARK, LIGHT
from ser_desktop.gui.tables.passage_columns import Column
from ser_desktop.gui.tables.said_cells import SAID
from ser_desktop.gui.tables.segments_view import SegmentsView
from ser_desktop.transcript import Line, Speakers, Transcript, Turn, Word, WordTimes
from ser_desktop.values import Affect, AffectClaim, Segment, State

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

LABELS = ("happy", "sad", "angry")
SILENCE = Segment(0.0, 0.75, State.NO_SPEECH, None, None, -61.26)
HAPPY = Segment(0.75, 4.25, State.SPEECH, "happy", 0.87, -21.4, Affect(0.82, 0.91, (AffectClaim.HIGH_AROUSAL,)))
SAD = Segment(4.25, 6.0, State.UNCERTAIN, "sad", 0.31, -28.9)
LOST = Segment(6.0, 6.5, State.GAP, None, None, None)
ANGRY = Segment(6.5, 3_720.5, State.SPEECH, "angry", 0.55, -9.0, Affect(0.93, 0.12))
ALL = [SILENCE, HAPPY, SAD, LOST, ANGRY]


@pytest.fixture
def view(qtbot: QtBot) -> SegmentsView:
    view = SegmentsView()
    qtbot.addWidget(view)
    QAbstractItemModelTester(
        table(view).model(), QAbstractItemModelTester.FailureReportingMode.Fatal, view
    )  # ends the process at a wrong signal
    view.start(LABELS)
    view.resize(900, 300)
    chip(view, "Under 1 s too").click()
    return view


@pytest.fixture
def filled(view: SegmentsView) -> SegmentsView:
    view.show_segments(ALL)
    return view


def table(view: SegmentsView) -> QTableView:
    found = view.findChild(QTableView)
    assert found is not None
    return found


def chip(view: SegmentsView, name: str) -> QToolButton:
    return next(each for each in view.findChildren(QToolButton) if each.accessibleName().startswith(name))


def cells(view: SegmentsView, role: Qt.ItemDataRole = Qt.ItemDataRole.AccessibleTextRole) -> list[list[str]]:
    model = table(view).model()
    return [[model.index(row, column).data(role) for column in Column] for row in range(model.rowCount())]


def starts(view: SegmentsView) -> list[str]:
    return [row[Column.START].removeprefix("at the cursor: ").removeprefix("0:") for row in cells(view)]


def marked(view: SegmentsView) -> list[int]:
    return [number for number, row in enumerate(cells(view)) if row[Column.START].startswith("at the cursor: ")]


def select(view: SegmentsView, *rows: int) -> None:
    flags = QItemSelectionModel.SelectionFlag
    model: QAbstractItemModel = table(view).model()
    for row in rows:
        table(view).selectionModel().select(model.index(row, 0), flags.Select | flags.Rows)


def selected(view: SegmentsView) -> set[str]:
    return {str(index.data()).strip() for index in table(view).selectionModel().selectedRows(Column.START)}


def clipboard() -> list[list[str]]:
    return [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]


def test_the_table_shows_every_segment_in_words(filled: SegmentsView) -> None:
    filled.show_cursor(4_000.0)
    filled.show_corrections([Correction(0.75, 4.0, "Anna", "sad", note="slow"), Correction(6.5, 9.0, "Anna", "calm")])
    words = Word("good", 1.0, 1.5), Word("morning", 1.5, 2.0)
    said = Transcript((Line(1.0, 2.0, "good morning", words),), "en", "tiny-en", WordTimes.SPREAD)
    filled.show_spoken(SpokenIndex(said, Speakers((Turn(0.9, 5.0, 1),), {1: "Anna"})))
    assert [row[:-3] for row in cells(filled)] == [
        ["play", "0:00.00", "0:00.75", "0.75 s", "no speech", "none", "none", "none", "−61.3 dBFS"],
        ["play", "0:00.75", "0:04.25", "3.50 s", "happy", "87 %", "82 %", "91 %", "−21.4 dBFS"],
        [
            "play",
            "0:04.25",
            "0:06.00",
            "1.75 s",
            "uncertain; most like sad",
            "31 %",
            "none",
            "none",
            "−28.9 dBFS",
        ],
        ["play", "0:06.00", "0:06.50", "0.50 s", "gap: no sound", "none", "none", "none", "none"],
        ["play", "0:06.50", "1:02:00.50", "3714.00 s", "angry", "55 %", "93 %", "12 %", "−9.0 dBFS"],
    ]
    said = [row[-3:] for row in cells(filled)]
    assert said == [
        ["none", "none", "none"],
        ["Anna", "good morning", "sad – slow"],
        ["Anna", "none", "none"],
        ["none", "none", "none"],
        ["none", "none", "calm"],
    ]
    filled.copy_table()
    assert clipboard()[0][-2:] == ["speaker", "text"]
    assert clipboard()[2][-2:] == ["Anna", "good morning"]


def test_columns_of_words_are_there_with_words_only(filled: SegmentsView) -> None:
    assert table(filled).isColumnHidden(Column.TEXT)
    assert table(filled).isColumnHidden(Column.SPEAKER)
    filled.show_spoken(SpokenIndex(None, Speakers((Turn(0.9, 5.0, 1),))))
    assert table(filled).isColumnHidden(Column.TEXT)
    assert not table(filled).isColumnHidden(Column.SPEAKER)


def test_columns_are_named(view: SegmentsView) -> None:
    model = table(view).model()
    names = [model.headerData(column, Qt.Orientation.Horizontal) for column in Column]
    assert names == [
        *("", "Start", "End", "Length", "Sounds", "Confidence", "Arousal", "Valence", "Level"),
        *("Speaker", "Text", "Corrections"),
    ]
    assert table(view).accessibleName() == "Passages"


@pytest.mark.parametrize(
    ("column", "upwards"),
    [
        (Column.START, [SILENCE, HAPPY, SAD, LOST, ANGRY]),
        (Column.END, [SILENCE, HAPPY, SAD, LOST, ANGRY]),
        (Column.LENGTH, [LOST, SILENCE, SAD, HAPPY, ANGRY]),
        (Column.SOUNDS, [ANGRY, LOST, HAPPY, SILENCE, SAD]),
        (Column.AROUSAL, [SILENCE, SAD, LOST, HAPPY, ANGRY]),
        (Column.CONFIDENCE, [SILENCE, LOST, SAD, ANGRY, HAPPY]),
        (Column.LEVEL, [LOST, SILENCE, SAD, HAPPY, ANGRY]),
    ],
)
def test_each_column_sorts_by_its_value(filled: SegmentsView, column: Column, upwards: list[Segment]) -> None:
    table(filled).sortByColumn(column, Qt.SortOrder.AscendingOrder)
    assert starts(filled) == [f"{segment.start_s:05.2f}" for segment in upwards]
    table(filled).sortByColumn(column, Qt.SortOrder.DescendingOrder)
    equal = {  # rows without a value stay in the order of time
        Column.CONFIDENCE: [HAPPY, ANGRY, SAD, SILENCE, LOST],
        Column.AROUSAL: [ANGRY, HAPPY, SILENCE, SAD, LOST],
    }
    by_value = equal.get(column, upwards[::-1])
    assert starts(filled) == [f"{segment.start_s:05.2f}" for segment in by_value]


@pytest.mark.parametrize("column", list(Column))
def test_a_selection_stays_while_the_recording_grows(view: SegmentsView, column: Column) -> None:
    table(view).sortByColumn(column, Qt.SortOrder.DescendingOrder)
    view.show_segments([SILENCE, dataclasses.replace(HAPPY, end_s=2.0)])
    row = starts(view).index("00.75")
    select(view, row)
    for known in (2, 3, 4, 5):
        view.show_segments(ALL[:known])
        assert selected(view) == {"0:00.75"}
        assert len(cells(view)) == known
    table(view).sortByColumn(Column.LEVEL, Qt.SortOrder.AscendingOrder)
    assert selected(view) == {"0:00.75"}


def test_the_last_passage_grows_in_place(view: SegmentsView) -> None:
    view.show_segments([SILENCE, dataclasses.replace(HAPPY, end_s=1.0)])
    assert cells(view)[1][Column.END] == "0:01.00"
    view.show_segments([SILENCE, HAPPY])
    assert cells(view)[1][Column.END] == "0:04.25"


def test_new_rows_of_a_sorted_table_find_their_place(view: SegmentsView) -> None:
    table(view).sortByColumn(Column.CONFIDENCE, Qt.SortOrder.DescendingOrder)
    for known in range(1, len(ALL) + 1):
        view.show_segments(ALL[:known])
    assert starts(view) == ["00.75", "06.50", "04.25", "00.00", "06.00"]


def test_showing_the_same_segments_again_emits_no_signal(filled: SegmentsView) -> None:
    emitted: list[str] = []
    model = table(filled).model()
    for signal in (model.dataChanged, model.rowsInserted, model.layoutChanged, model.modelReset):
        signal.connect(lambda *_: emitted.append("changed"))
    filled.show_segments([dataclasses.replace(segment) for segment in ALL])
    assert emitted == []


def test_only_new_rows_are_announced(view: SegmentsView) -> None:
    view.show_segments(ALL[:3])
    changed: list[tuple[int, int]] = []
    inserted: list[tuple[int, int]] = []
    model = table(view).model()
    model.dataChanged.connect(lambda first, last, _roles: changed.append((first.row(), last.row())))
    model.rowsInserted.connect(lambda _parent, first, last: inserted.append((first, last)))
    view.show_segments([*ALL[:2], dataclasses.replace(SAD, end_s=5.0), LOST])
    assert (changed, inserted) == ([(2, 2)], [(3, 3)])


def test_fewer_passages_are_another_table(filled: SegmentsView) -> None:
    filled.show_segments([HAPPY])
    assert starts(filled) == ["00.75"]
    filled.start(LABELS)
    assert cells(filled) == []


@pytest.mark.parametrize(("seconds", "row"), [(0.0, 0), (0.74, 0), (0.75, 1), (6.2, 3), (3_720.5, 4)])
def test_the_row_at_the_cursor_is_marked(filled: SegmentsView, seconds: float, row: int) -> None:
    filled.show_cursor(seconds)
    assert marked(filled) == [row]


def test_beyond_the_end_no_row_is_marked(filled: SegmentsView) -> None:
    filled.show_cursor(4_000.0)
    assert marked(filled) == []


def test_the_mark_moves_with_its_row_and_leaves_the_selection_alone(filled: SegmentsView) -> None:
    select(filled, 0, 2)
    filled.show_cursor(7.0)
    table(filled).sortByColumn(Column.START, Qt.SortOrder.DescendingOrder)
    assert marked(filled) == [0]
    assert selected(filled) == {"0:00.00", "0:04.25"}


def is_in_sight(view: SegmentsView, row: int) -> bool:
    box = table(view).visualRect(table(view).model().index(row, 0))
    return table(view).viewport().rect().contains(box.center())


MANY = [Segment(float(s), s + 1.0, State.SPEECH, LABELS[s % 2], 0.6, -20.0) for s in range(500)]


@pytest.fixture
def long(view: SegmentsView, qtbot: QtBot) -> SegmentsView:
    with qtbot.waitExposed(view):
        view.show()
    view.show_segments(MANY)
    return view


def test_the_row_at_the_cursor_stays_visible(long: SegmentsView) -> None:
    for row in (*range(14), 400, 3):
        long.show_cursor(row + 0.5)
        assert is_in_sight(long, row)


@pytest.mark.parametrize("is_seen", [True, False])
def test_a_row_that_arrives_at_the_cursor_is_scrolled_into_view(
    view: SegmentsView, qtbot: QtBot, is_seen: bool
) -> None:
    view.setVisible(is_seen)
    view.show_cursor(400.5)
    for count in (250, 500):
        view.show_segments(MANY[:count])
    with qtbot.waitExposed(view):
        view.show()
    assert is_in_sight(view, 400)


def test_playback_does_not_scroll_back_after_the_user_scrolled_away(long: SegmentsView) -> None:
    long.show_cursor(10.5)
    table(long).scrollToBottom()
    long.show_cursor(11.5)
    assert is_in_sight(long, 499)
    assert not is_in_sight(long, 11)
    long.show_cursor(50.5)  # not the next segment: the user moved the cursor
    assert is_in_sight(long, 50)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_seeks_to_the_start_of_the_row(filled: SegmentsView, qtbot: QtBot, key: Qt.Key) -> None:
    table(filled).selectRow(2)
    seeks: list[float] = []
    filled.seek_requested.connect(seeks.append)
    qtbot.keyClick(table(filled), key)
    assert seeks == [SAD.start_s]


def test_a_double_click_seeks_to_the_start_of_the_row(filled: SegmentsView, qtbot: QtBot) -> None:
    with qtbot.waitExposed(filled):
        filled.show()
    viewport = table(filled).viewport()
    at = table(filled).visualRect(table(filled).model().index(1, Column.SOUNDS)).center()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=at)
    with qtbot.waitSignal(filled.seek_requested) as seek:
        qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=at)
    assert seek.args == [HAPPY.start_s]


def test_selected_rows_are_copied_as_numbers_in_the_order_on_screen(filled: SegmentsView) -> None:
    table(filled).sortByColumn(Column.START, Qt.SortOrder.DescendingOrder)
    select(filled, 3, 1)
    filled.copy_rows()
    assert clipboard() == [
        ["6.000", "6.500", "gap", "", "", ""],
        ["0.750", "4.250", "speech", "happy", "0.870000", "-21.40"],
    ]


def test_without_a_selection_the_clipboard_is_unchanged(filled: SegmentsView) -> None:
    QGuiApplication.clipboard().setText("mine")
    filled.copy_rows()
    assert QGuiApplication.clipboard().text() == "mine"


def test_the_whole_table_is_copied_with_the_names_of_the_exported_columns(filled: SegmentsView) -> None:
    filled.copy_table()
    rows = clipboard()
    assert rows[0] == ["start", "end", "state", "label", "confidence", "level_dbfs"]
    assert [float(row[0]) for row in rows[1:]] == [segment.start_s for segment in ALL]
    assert {len(row) for row in rows} == {6}


def test_ctrl_c_copies_from_the_table(filled: SegmentsView, qtbot: QtBot) -> None:
    with qtbot.waitExposed(filled):
        filled.show()
    filled.activateWindow()
    table(filled).setFocus()
    qtbot.waitUntil(table(filled).hasFocus)
    table(filled).selectRow(1)
    qtbot.keyClick(table(filled), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == [["0.750", "4.250", "speech", "happy", "0.870000", "-21.40"]]


def test_the_menu_offers_to_copy_only_what_is_selected(filled: SegmentsView, qtbot: QtBot) -> None:
    with qtbot.waitExposed(filled):
        filled.show()
    for rows, is_offered in (((), False), ((1,), True)):
        select(filled, *rows)
        table(filled).customContextMenuRequested.emit(QPoint(5, 5))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        offered = {action.text().replace("&", ""): action.isEnabled() for action in menu.actions()}
        assert (offered["Copy rows"], offered["Copy whole table"]) == (is_offered, True)
        menu.close()


def test_thresholds_change_the_colour_of_a_probability(filled: SegmentsView) -> None:
    index = table(filled).model().index(1, Column.CONFIDENCE)
    high = index.data(Qt.ItemDataRole.DecorationRole).toImage()
    filled.show_thresholds(0.95, 0.9)
    assert index.data(Qt.ItemDataRole.DecorationRole).toImage() != high
    assert index.data().endswith("87 %")


def test_signs_follow_the_theme(filled: SegmentsView) -> None:
    pictures = []
    for theme in (LIGHT, DARK):
        filled.show_theme(theme)
        sign = table(filled).model().index(1, Column.SOUNDS).data(Qt.ItemDataRole.DecorationRole)
        pictures.append(bytes(sign.toImage().constBits()))
    filled.show_theme(LIGHT)
    again = table(filled).model().index(1, Column.SOUNDS).data(Qt.ItemDataRole.DecorationRole)
    assert pictures[0] == bytes(again.toImage().constBits())
    signs = {
        bytes(table(filled).model().index(row, Column.CONFIDENCE).data(Qt.ItemDataRole.DecorationRole).toImage().bits())
        for row in (0, 1, 4)
    }
    assert len(signs) == 3


def test_tab_leaves_the_table(filled: SegmentsView) -> None:
    assert not table(filled).tabKeyNavigation()


def test_the_filter_shows_what_is_chosen_and_counts_it(filled: SegmentsView) -> None:
    chip(filled, "happy").click()
    assert starts(filled) == ["00.75"]
    chip(filled, "angry").click()
    assert starts(filled) == ["00.75", "06.50"]  # of several emotions, one suffices
    chip(filled, "excited").click()
    assert starts(filled) == ["00.75"]  # an emotion and a claim: both
    assert "1 of 5" in [label.text() for label in filled.findChildren(QLabel)]
    for name in ("happy", "angry", "excited"):
        chip(filled, name).click()
    chip(filled, "Clear only").click()
    assert starts(filled) == ["00.75", "06.50"]
    assert not chip(filled, "sad").isVisibleTo(filled)  # no passage is clearly sad


def test_all_words_of_the_field_must_occur(filled: SegmentsView) -> None:
    (field,) = filled.findChildren(QLineEdit)
    field.setText("SAD most")
    assert starts(filled) == ["04.25"]
    field.setText("excited")
    assert starts(filled) == ["00.75"]  # it is claimed beside the emotion
    field.setText("")
    assert len(starts(filled)) == len(ALL)


def test_a_filtered_table_keeps_mark_and_selection_while_the_recording_grows(view: SegmentsView) -> None:
    view.show_segments(ALL[:2])
    chip(view, "Clear only").click()
    view.show_cursor(1.0)
    select(view, 0)
    view.show_segments(ALL)
    assert (starts(view), marked(view), selected(view)) == (["00.75", "06.50"], [0], {"0:00.75"})
    view.show_cursor(5.0)
    assert marked(view) == []  # the passage there is not shown


def test_fragments_join_their_neighbours_and_rows_that_vanish_leave_the_selection(view: SegmentsView) -> None:
    chip(view, "Under 1 s too").click()
    table(view).sortByColumn(Column.CONFIDENCE, Qt.SortOrder.DescendingOrder)
    view.show_segments([HAPPY, dataclasses.replace(SAD, end_s=4.5)])
    select(view, starts(view).index("00.75"))
    longer = Segment(4.5, 9.0, State.SPEECH, "happy", 0.9, -20.0)
    view.show_segments([HAPPY, dataclasses.replace(SAD, end_s=4.5), longer])
    assert [row[Column.LENGTH] for row in cells(view)] == ["8.25 s"]
    assert table(view).selectionModel().hasSelection()


def test_the_next_clear_passage_is_the_next_that_claims_an_emotion(filled: SegmentsView) -> None:
    seconds, met = 0.0, []
    while (each := filled.neighbour(seconds, is_forward=True)) is not None:
        met.append(each)
        seconds = each.start_s
    assert met == [HAPPY, ANGRY]
    assert filled.neighbour(ANGRY.start_s, is_forward=False) is HAPPY
    assert filled.neighbour(HAPPY.start_s, is_forward=False) is None


def test_with_a_filter_the_next_passage_is_the_next_that_is_shown(filled: SegmentsView) -> None:
    filled.findChildren(QLineEdit)[0].setText("uncertain")
    assert filled.neighbour(0.0, is_forward=True) is SAD


def test_a_click_on_the_button_of_a_row_plays_its_passage(filled: SegmentsView, qtbot: QtBot) -> None:
    with qtbot.waitExposed(filled):
        filled.show()
    at = table(filled).visualRect(table(filled).model().index(1, Column.PLAY)).center()
    with qtbot.waitSignal(filled.play_requested) as played:
        qtbot.mouseClick(table(filled).viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert played.args == [[(0.75, 4.25)]]


def test_space_plays_all_selected_passages(filled: SegmentsView, qtbot: QtBot) -> None:
    table(filled).setFocus()
    select(filled, 1, 4)
    with qtbot.waitSignal(filled.play_requested) as played:
        qtbot.keyClick(table(filled), Qt.Key.Key_Space)
    assert played.args == [[(0.75, 4.25), (6.5, 3_720.5)]]


def test_columns_are_hidden_and_shown_again(view: SegmentsView, qtbot: QtBot) -> None:
    header = table(view).horizontalHeader()
    assert table(view).isColumnHidden(Column.END)
    action = {each.text(): each for each in header.actions()}
    with qtbot.waitSignal(view.columns_changed) as changed:
        action["End"].trigger()
    assert not table(view).isColumnHidden(Column.END)
    action["Level"].trigger()
    (text,) = changed.args
    view.show_columns(text)
    assert hidden(view) == [*SAID]  # there is nothing to show in them
    view.show_columns("")
    assert hidden(view) == [Column.END, *SAID]


def hidden(view: SegmentsView) -> list[Column]:
    return [column for column in Column if table(view).isColumnHidden(column)]


@pytest.mark.parametrize("width", [500, 700, 960, 1200, 1900])
def test_what_a_passage_sounds_like_has_room_beside_its_words(filled: SegmentsView, width: int) -> None:
    words = tuple(Word(word, n / 2, n / 2 + 0.4) for n, word in enumerate(["the", "quick", "brown", "fox", "jumps"]))
    line = Line(0.0, 2.4, " ".join(word.text for word in words), words)
    said = Transcript((line,), "en", "tiny-en", WordTimes.SPREAD)
    filled.show_spoken(SpokenIndex(said, Speakers((Turn(0.0, 2.4, 1),))))
    filled.resize(width, 300)
    filled.show()
    of_table = table(filled)
    metrics = QFontMetrics(bold_font(of_table.font()))
    sign = of_table.iconSize().width()
    assert of_table.columnWidth(Column.SOUNDS) >= metrics.horizontalAdvance(max(LABELS, key=len)) + sign
    assert of_table.columnWidth(Column.TEXT) >= metrics.horizontalAdvance(15 * "x")
    used = sum(of_table.columnWidth(column) for column in Column)
    assert used == of_table.viewport().width() or of_table.horizontalScrollBar().maximum() > 0
    filled.show_spoken(SpokenIndex())
    used = sum(of_table.columnWidth(column) for column in Column)
    assert used == of_table.viewport().width() or of_table.horizontalScrollBar().maximum() > 0


def test_the_field_keeps_room_for_a_word_where_the_bar_is_narrow(filled: SegmentsView, qtbot: QtBot) -> None:
    field = filled.findChild(QLineEdit)
    filled.show()
    for width in (1200, 900, 540, 500):
        filled.resize(width, 300)
        qtbot.wait(1)
        assert field.width() >= field.fontMetrics().horizontalAdvance("n" * 8), width
