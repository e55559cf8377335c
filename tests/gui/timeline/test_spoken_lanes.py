from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics
from PySide6.QtTest import QTest

from ser_desktop.analysis.spoken_index import SpokenIndex
from ser_desktop.gui.shared.speaker_colours import COLOURS, speaker_colour
from ser_desktop.gui.shared.theme import DARK, EMOTIONS, LIGHT, contrast
from ser_desktop.gui.timeline.plot import TimelinePlot
from ser_desktop.gui.timeline.time_axis import TimeAxis
from ser_desktop.gui.timeline.timeline_view import TimelineView
from ser_desktop.gui.timeline.word_layout import WordLayout
from ser_desktop.transcript import Line, Speakers, Transcript, Turn, Word, WordTimes
from ser_desktop.values import EmotionScores, State, TimelineEntry

LABELS = ("happy", "sad")
TEXTS = ["we", "walk", "to", "the", "river", "and", "then", "slowly", "back"]
WORDS = tuple(Word(text, 1.0 + n * 0.5, 1.4 + n * 0.5) for n, text in enumerate(TEXTS))
LINE = Line(1.0, 5.4, " ".join(TEXTS), WORDS)
SAID = Transcript((LINE,), "en", "tiny-en", WordTimes.SPREAD)
TURNS = Speakers((Turn(1.0, 3.0, 1), Turn(3.2, 5.4, 2)), {2: "Anna"})
LANE = QRectF(0.0, 0.0, 900.0, 60.0)


@pytest.fixture
def view(qtbot) -> TimelineView:
    view = TimelineView()
    qtbot.addWidget(view)
    view.resize(1000, 600)
    scores = EmotionScores(LABELS, (0.4, 0.6))
    entries = [TimelineEntry(n / 4, (n + 1) / 4, State.SPEECH, -20.0, scores) for n in range(32)]
    view.show_recording(LABELS, entries, *np.zeros((2, 400), np.float32))
    view.show()
    view.fit()
    return view


def plot_of(view: TimelineView) -> TimelinePlot:
    plot = view.findChild(TimelinePlot)
    assert plot is not None
    return plot


def open_lanes(view: TimelineView) -> set[str]:
    return {lane.name for lane in plot_of(view).shown_lanes}


def layout(span_s: float) -> tuple[WordLayout, TimeAxis]:
    axis = TimeAxis(0.0, span_s, 0.0, LANE.width())
    return WordLayout(SpokenIndex(SAID), axis, LANE, QFontMetrics(QFont())), axis


def test_with_room_each_word_stands_where_it_sounds(qapp) -> None:
    placed, axis = list(layout(6.0)[0].between(0.0, 900.0)), layout(6.0)[1]
    assert [each.text for each in placed] == TEXTS
    for each in placed:
        assert each.is_in_place
        assert each.rect.left() == pytest.approx(float(axis.x(WORDS[each.index].start_s)), abs=1.0)


@pytest.mark.parametrize("span_s", [20.0, 35.0, 60.0])
def test_with_less_room_the_words_of_a_line_stay_in_its_box(qapp, span_s: float) -> None:
    words, axis = layout(span_s)
    placed = list(words.between(0.0, 900.0))
    assert placed
    assert "".join(each.text[:1] for each in placed) == "".join(text[:1] for text in TEXTS[: len(placed)])
    for each in placed:
        assert LANE.contains(each.rect)
        assert float(axis.x(LINE.start_s)) <= each.rect.left() <= each.rect.right() <= float(axis.x(LINE.end_s)) + 1.0
    rows = {each.rect.top() for each in placed}
    assert len(rows) > 1


def test_without_room_a_line_is_a_bar_with_its_words_above_it(qapp) -> None:
    words, axis = layout(3600.0)
    (bar,) = words.bars_between(0.0, 900.0)
    assert bar.left() <= float(axis.x(LINE.start_s)) <= bar.right()
    placed = list(words.between(0.0, 900.0))
    assert [each.text for each in placed][:3] == TEXTS[:3]
    assert placed[0].rect.left() == pytest.approx(float(axis.x(LINE.start_s)), abs=1.0)
    assert all(each.rect.bottom() <= bar.top() + 1.0 and LANE.contains(each.rect) for each in placed)


def talk(count: int, *, every_s: float = 5.0) -> SpokenIndex:
    """Lines of three words, each with its number."""
    starts_s = [n * every_s for n in range(count)]
    lines = []
    for n, start_s in enumerate(starts_s):
        texts = (f"line{n}", "goes", "on")
        words = tuple(Word(text, start_s + k, start_s + k + 0.8) for k, text in enumerate(texts))
        lines.append(Line(start_s, start_s + 3.0, " ".join(texts), words))
    return SpokenIndex(Transcript(tuple(lines), "en", "tiny-en", WordTimes.SPREAD))


@pytest.mark.parametrize("span_s", [180.0, 600.0, 3600.0])
def test_at_any_zoom_there_is_something_to_read_and_nothing_overlaps(qapp, span_s: float) -> None:
    index, axis = talk(720), TimeAxis(0.0, span_s, 0.0, LANE.width())
    placed = list(WordLayout(index, axis, LANE, QFontMetrics(QFont())).between(0.0, 900.0))
    at_their_place = [
        each for each in placed if abs(each.rect.left() - float(axis.x(index.words[each.index].start_s))) <= 1.0
    ]
    assert len(at_their_place) >= 4
    boxes = sorted((each.rect.top(), each.rect.left(), each.rect.right()) for each in placed)
    for (top, _left, right), (next_top, next_left, _right) in pairwise(boxes):
        assert top != next_top or next_left >= right - 1.0


def test_what_is_written_depends_on_the_zoom_only(qapp) -> None:
    index, metrics = talk(720), QFontMetrics(QFont())
    whole = WordLayout(index, TimeAxis(600.0, 1200.0, 0.0, 900.0), LANE, metrics)
    placed = [(each.index, each.text, each.rect.left()) for each in whole.between(0.0, 900.0)]
    parts: set[tuple[int, str, float]] = set()
    for left in range(0, 900, 90):
        parts |= {(each.index, each.text, each.rect.left()) for each in whole.between(float(left), left + 90.0)}
    assert set(placed) <= parts
    moved = WordLayout(index, TimeAxis(800.0, 1200.0, 0.0, 900.0), LANE, metrics)
    later = [(each.index, each.text, each.rect.left() + 150.0) for each in moved.between(0.0, 900.0)]
    inside = [each for each in placed if 450.0 <= each[2] <= 800.0]
    assert inside
    for index_, text, left_px in inside:
        assert any((index_, text) == each[:2] and abs(left_px - each[2]) < 0.5 for each in later)


def test_a_written_word_is_played_where_it_stands(qapp) -> None:
    axis = TimeAxis(0.0, 3600.0, 0.0, LANE.width())
    words = WordLayout(talk(720), axis, LANE, QFontMetrics(QFont()))
    placed = next(each for each in words.between(0.0, 900.0) if each.text == "goes")
    assert words.word_at(placed.rect.center().x(), placed.rect.center().y()) == placed.index


def test_bars_that_touch_are_one(qapp) -> None:
    words = [(Word("so", n / 2, n / 2 + 0.3),) for n in range(400)]
    lines = tuple(Line(each[0].start_s, each[0].end_s, "so", each) for each in words)
    index = SpokenIndex(Transcript(lines, "en", "tiny-en", WordTimes.SPREAD))
    axis = TimeAxis(0.0, 3600.0, 0.0, 900.0)
    bars = WordLayout(index, axis, LANE, QFontMetrics(QFont())).bars_between(0.0, 900.0)
    assert len(bars) == 1
    assert bars[0].width() == pytest.approx(50.0, abs=2.0)


def test_a_lane_without_content_takes_no_room(view: TimelineView) -> None:
    assert {"words", "speakers"}.isdisjoint(open_lanes(view))
    view.content.show_spoken(SpokenIndex(SAID))
    assert "words" in open_lanes(view)
    assert "speakers" not in open_lanes(view)
    view.content.show_spoken(SpokenIndex(SAID, TURNS))
    assert {"words", "speakers"} <= open_lanes(view)
    view.change_lanes(view.lanes.with_shown("words", False))
    assert "words" not in open_lanes(view)
    view.content.show_spoken(SpokenIndex())
    assert {"words", "speakers"}.isdisjoint(open_lanes(view))


def test_a_click_on_a_word_plays_from_its_start(view: TimelineView, qtbot) -> None:
    view.content.show_spoken(SpokenIndex(SAID, TURNS))
    plot = plot_of(view)
    plot.show_now()
    word = WORDS[4]
    x, lane = float(plot.axis.x(word.start_s + 0.1)), plot.lane_rect("words")
    with qtbot.waitSignal(view.play_requested) as played:
        QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(lane.center().y())))
    assert played.args == [word.start_s]
    with qtbot.assertNotEmitted(view.play_requested):
        at = QPoint(round(x), round(plot.lane_rect("waveform").center().y()))
        QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_the_word_at_the_cursor_is_marked(view: TimelineView) -> None:
    view.content.show_spoken(SpokenIndex(SAID))
    before = view.plot_image()
    view.show_cursor(WORDS[4].start_s + 0.1)
    assert plot_of(view).columns.spoken.marked == 4
    assert view.plot_image() != before
    view.show_cursor(0.2)
    assert plot_of(view).columns.spoken.marked is None


def test_the_lanes_say_who_speaks_and_what(view: TimelineView) -> None:
    view.content.show_spoken(SpokenIndex(SAID, TURNS))
    plot = plot_of(view)
    said = {lane.name: lane.readout(plot.columns, 3.3) for lane in plot.shown_lanes}
    assert said["speakers"] == "Anna"
    assert "river" in said["words"] or "the" in said["words"] or "and" in said["words"]
    assert "Speakers" in plot.accessibleDescription()


def test_colours_of_speakers_are_none_of_an_emotion_and_can_be_seen() -> None:
    for colour in map(QColor, COLOURS):
        for _letter, emotion in EMOTIONS.values():
            apart = np.subtract(colour.getRgb()[:3], QColor(emotion).getRgb()[:3])
            assert float(np.abs(apart).sum()) > 60.0, (colour.name(), emotion)
    for theme in (LIGHT, DARK):
        assert all(contrast(speaker_colour(n, theme), theme.surface) >= 3.0 for n in range(1, 9))
