"""Every lane of the registry: a lane that is added is tested without a change here."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QImage, QPainter

from ser_desktop.acoustics.columns import BANDS, AcousticColumns
from ser_desktop.analysis.spoken_index import SpokenIndex
from ser_desktop.corrections import Correction
from ser_desktop.gui.shared.theme import DARK, EMOTIONS, LIGHT, Theme, contrast, emotion_fill, text_on
from ser_desktop.gui.timeline.channel_columns import ChannelColumns
from ser_desktop.gui.timeline.lane import Lane, LaneView, Look
from ser_desktop.gui.timeline.lane_item import LaneItem
from ser_desktop.gui.timeline.lanes import LANES
from ser_desktop.gui.timeline.lanes.claims import ClaimsLane
from ser_desktop.gui.timeline.lanes.pitch import PitchLane
from ser_desktop.gui.timeline.time_axis import TimeAxis
from ser_desktop.gui.timeline.timeline_view import TimelineView
from ser_desktop.transcript import Line, Speakers, Transcript, Turn, Word, WordTimes
from ser_desktop.values import Affect, AffectClaim, EmotionScores, State, TimelineEntry

LABELS = ("neutral", "happy", "sad")
HOP_S = 0.25
SIZE = QSize(600, 80)
STATES = (State.SPEECH, State.SPEECH, State.UNCERTAIN, State.UNCERTAIN, State.NO_SPEECH)
FEW = 0.01  # share of pixels that may differ: letters and antialiased edges
HOURS = 10

by_name = pytest.mark.parametrize("lane", LANES, ids=lambda lane: lane.name)


def entry(index: int, state: State) -> TimelineEntry:
    values = np.array([0.2, 0.5 + 0.4 * np.sin(index / 9.0), 0.3 + 0.2 * np.cos(index / 5.0)])
    scores = EmotionScores(LABELS, tuple((values / values.sum()).tolist()))
    is_speech = state in (State.SPEECH, State.UNCERTAIN)
    claims = (AffectClaim.HIGH_AROUSAL,) if state is State.UNCERTAIN and index % 16 > 8 else ()
    affect = Affect(0.5 + 0.4 * np.sin(index / 7.0), 0.5, claims) if is_speech else None
    level = None if state is State.GAP else -20.0
    return TimelineEntry(index * HOP_S, (index + 1) * HOP_S, state, level, scores if is_speech else None, affect)


def acoustics(start_s: float, end_s: float) -> AcousticColumns:
    at = np.arange(round(start_s * 100), round(end_s * 100))
    pitch = np.where(at % 300 < 200, 150.0 + 60.0 * np.sin(at / 40.0), np.nan).astype(np.float32)
    intensity = (-30.0 + 10.0 * np.sin(at / 25.0)).astype(np.float32)
    bands = np.abs(np.arange(BANDS) - 30 - 20 * np.sin(at[::2, None] / 50.0))
    return AcousticColumns(pitch, intensity, np.clip(200 - 4 * bands, 0, 255).astype(np.uint8))


def spoken(end_s: float) -> SpokenIndex:
    """Lines of 2.5 s with five words, and turns of two speakers who overlap."""
    lines = []
    for line in range(int(end_s / 2.5)):
        start_s = line * 2.5
        words = [Word(f"word{line}.{n}", start_s + n / 2, start_s + n / 2 + 0.4) for n in range(5)]
        lines.append(Line(start_s, start_s + 2.4, " ".join(word.text for word in words), tuple(words)))
    turns = [Turn(4.0 * n, 4.0 * n + 5.0, n % 2 + 1) for n in range(int(end_s / 4.0))]
    said = Transcript(tuple(lines), "en", "tiny-en", WordTimes.SPREAD)
    return SpokenIndex(said, Speakers(tuple(turns), {2: "Anna"}))


def grow(columns: ChannelColumns, end_s: float, *, gap_s: float = 0.0) -> None:
    """Add what the next seconds of a recording bring."""
    sound_s = columns.sound.end_s
    at = np.arange(round(sound_s * 50), round(end_s * 50))
    high = np.abs(0.4 * np.sin(at / 30.0)).astype(np.float32)
    columns.sound.add(-high, high)
    columns.acoustics.add(acoustics(sound_s, end_s))
    columns.corrections = tuple(
        Correction(start_s, start_s + 1.5, name, label)
        for start_s in range(int(end_s) - 1)[::2]
        for name, label in (("Anna", "happy"), ("Ben", "sad"))
    )
    indices = range(round(columns.entries.end_s / HOP_S), round(end_s / HOP_S))
    is_gap = {index: 5.0 <= index * HOP_S < 5.0 + gap_s for index in indices}
    columns.spoken.index = spoken(end_s)
    columns.entries.add([entry(n, State.GAP if is_gap[n] else STATES[n // 12 % len(STATES)]) for n in indices])


def filled(end_s: float, *, gap_s: float = 0.0) -> ChannelColumns:
    columns = ChannelColumns(LABELS)
    grow(columns, end_s, gap_s=gap_s)
    return columns


def item_of(lane: Lane, columns: ChannelColumns, look: Look) -> LaneItem:
    items = lane.items(columns, look)
    assert isinstance(items[0], LaneItem)
    return items[0]


def axis_at(start_s: float, span_s: float) -> TimeAxis:
    pixel_s = span_s / SIZE.width()
    return TimeAxis(round(start_s / pixel_s) * pixel_s, span_s, 0.0, float(SIZE.width()))


def picture(item: LaneItem) -> np.ndarray:
    """Return the pixels of the picture that an item keeps."""
    image = QImage(SIZE, QImage.Format.Format_RGB32)
    image.fill(0xFF00FF)
    painter = QPainter(image)
    item.paint(painter, None, object())  # type: ignore[arg-type]
    painter.end()
    return np.array(np.frombuffer(image.constBits(), np.uint32).reshape(SIZE.height(), -1) & 0xFFFFFF)


def painted(lane: Lane, columns: ChannelColumns, axis: TimeAxis, theme: Theme = LIGHT) -> np.ndarray:
    """Return the pixels of a lane that is painted at once."""
    item = item_of(lane, columns, Look(theme))
    item.show_axis(axis, SIZE, ratio=1.0, font=QFont())
    return picture(item)


def share_of_difference(one: np.ndarray, other: np.ndarray) -> float:
    return float((one != other).mean())


@by_name
def test_a_lane_that_rolls_looks_as_if_it_were_painted_at_once(qapp, lane: Lane) -> None:
    columns = filled(20.0)
    item = item_of(lane, columns, Look())
    for end_s in np.arange(20.0, 26.0, 0.5).tolist():
        grow(columns, end_s)
        axis = axis_at(end_s - 15.0, 15.0)
        item.show_axis(axis, SIZE, ratio=1.0, font=QFont())
    assert share_of_difference(picture(item), painted(lane, columns, axis)) < FEW


@by_name
def test_a_lane_that_is_scrolled_back_looks_the_same(qapp, lane: Lane) -> None:
    columns = filled(60.0)
    item = item_of(lane, columns, Look())
    for start_s in (40.0, 35.0, 37.0, 20.0):
        axis = axis_at(start_s, 15.0)
        item.show_axis(axis, SIZE, ratio=1.0, font=QFont())
    assert share_of_difference(picture(item), painted(lane, columns, axis)) < FEW


@by_name
def test_content_and_theme_change_what_is_seen(qapp, lane: Lane) -> None:
    axis = axis_at(0.0, 15.0)
    empty, full = painted(lane, ChannelColumns(LABELS), axis), painted(lane, filled(15.0), axis)
    assert share_of_difference(empty, full) > 0.02
    assert share_of_difference(full, painted(lane, filled(15.0), axis, DARK)) > 0.2


@by_name
def test_lost_sound_is_a_hole(qapp, lane: Lane) -> None:
    pixels = painted(lane, filled(15.0, gap_s=4.0), axis_at(0.0, 15.0))
    inside = pixels[:, 205:355]  # 5 s to 9 s, at 40 pixels a second
    assert (inside == LIGHT.window.rgb() & 0xFFFFFF).mean() > 0.7


@by_name
def test_what_a_lane_says_and_is_called(qapp, lane: Lane) -> None:
    columns = filled(15.0)
    assert lane.caption()
    assert lane.name.isidentifier()
    assert lane.readout(columns, 1.0)
    assert isinstance(lane.readout(columns, 99.0), str)
    scale = lane.scale(columns)
    assert scale.low < scale.high
    assert all(scale.low <= value <= scale.high for value, _text in scale.ticks)


@by_name
def test_ten_hours_are_drawn_with_few_operations(qapp, lane: Lane, ten_hours: ChannelColumns) -> None:
    axis = axis_at(0.0, HOURS * 3600.0)
    assert painted(lane, ten_hours, axis).any()
    image = QImage(SIZE, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    whole_s = axis.start_s, axis.end_s
    lane.paint(painter, LaneView(QRectF(0, 0, SIZE.width(), SIZE.height()), axis, ten_hours, Look(), whole_s))
    assert painter.isActive()
    painter.end()


@pytest.fixture(scope="module")
def ten_hours() -> ChannelColumns:
    columns = ChannelColumns(LABELS)
    columns.entries.add([entry(n, STATES[n // 12 % len(STATES)]) for n in range(HOURS * 3600 * 4)])
    columns.spoken.index = spoken(HOURS * 3600.0)
    high = np.abs(0.4 * np.sin(np.arange(HOURS * 3600 * 50) / 30.0)).astype(np.float32)
    columns.sound.add(-high, high)
    for hour in range(HOURS):
        columns.acoustics.add(acoustics(hour * 3600.0, (hour + 1) * 3600.0))
    return columns


@pytest.mark.parametrize("span_s", [15.0, 600.0, 36_000.0])
def test_a_claim_of_an_entry_is_three_pixels_wide_at_any_zoom(qapp, span_s: float) -> None:
    columns = ChannelColumns(LABELS)
    count, claimed = round(span_s / HOP_S), round(span_s / HOP_S / 2)
    columns.entries.add([entry(n, State.SPEECH if n == claimed else State.UNCERTAIN) for n in range(count)])
    pixels = painted(ClaimsLane(), columns, axis_at(0.0, span_s))
    label = columns.entries.at((claimed + 0.5) * HOP_S).scores.top
    is_claim = (pixels == emotion_fill(label).rgb() & 0xFFFFFF).any(axis=0)
    assert 3 <= is_claim.sum() <= max(5, SIZE.width() * HOP_S / span_s + 2)


def test_a_claim_has_the_same_colour_at_any_zoom(qapp) -> None:
    columns = filled(4000.0)
    for span_s in (10.0, 100.0, 1000.0, 4000.0):
        seen = set(painted(ClaimsLane(), columns, axis_at(0.0, span_s)).ravel().tolist())
        assert {emotion_fill(label).rgb() & 0xFFFFFF for label in ("happy",)} <= seen


@pytest.mark.parametrize("label", [*EMOTIONS, "bored"])
def test_words_on_a_claim_can_be_read(label: str) -> None:
    assert contrast(text_on(emotion_fill(label)), emotion_fill(label)) >= 4.5


def test_the_pitch_is_a_line_and_nothing_below_it_is_filled(qapp) -> None:
    columns = ChannelColumns(LABELS)
    at = np.arange(1500)
    pitch = (150.0 + 60.0 * np.sin(at / 40.0)).astype(np.float32)
    quiet = np.full(1500, -90.0, np.float32)
    columns.acoustics.add(AcousticColumns(pitch, quiet, np.zeros((750, BANDS), np.uint8)))
    pixels = painted(PitchLane(), columns, axis_at(0.0, 15.0))
    inked = (pixels[:, 50:550] != LIGHT.surface.rgb() & 0xFFFFFF).sum(axis=0)
    assert inked.max() < 0.5 * SIZE.height()
    assert np.median(inked) < 12  # two grid lines, the line and its range in a column


def test_a_picture_has_title_model_keys_and_caveat(qtbot, tmp_path: Path) -> None:
    from ser_desktop.gui.timeline.picture_facts import PictureFacts

    view = TimelineView()
    qtbot.addWidget(view)
    view.resize(900, 500)
    columns = filled(20.0)
    view.show_recording(LABELS, [entry(n, State.SPEECH) for n in range(80)], *np.zeros((2, 1000), np.float32))
    view.content.show_acoustics(columns.acoustics)
    view.content.show_spoken(columns.spoken.index)
    view.show()
    view.write_svg(tmp_path / "plot.svg", PictureFacts("talk.wav – 1.2.2026", "Model default@1234"))
    text = "".join(ElementTree.parse(tmp_path / "plot.svg").getroot().itertext())
    for expected in ("talk.wav – 1.2.2026", "Model default@1234", "happy", "Pitch, Hz", "unclear", "not what a person"):
        assert expected in text
    for lane in LANES:
        assert (lane.caption().split()[0] in text) == lane.is_shown
