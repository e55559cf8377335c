"""The figure of a report: ribbon, waveform, arousal and valence over time, as shapes that a template draws."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ser_desktop.analysis.timeline import Timeline
from ser_desktop.dsp.envelope import COLUMNS_PER_S
from ser_desktop.palette import AFFECT_COLOURS, emotion_colour, is_light
from ser_desktop.report.words import TEXTS, segment_words, sound_word
from ser_desktop.values import AffectClaim, Segment, State

WIDTH, LEFT = 1000, 0  # units of the drawing
RIBBON, WAVEFORM, AFFECT, AXIS, GAP = 34, 64, 64, 18, 6  # heights
ROW_S, MAX_ROWS = 300.0, 12  # a longer recording has several rows
LETTER = 7.0  # width of a letter
MIN_WIDTH = 1.5  # of a passage
UNCLEAR, PALE = "#D8DDE3", 0.35
KEY_LINE = 20.0
STEPS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600)

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Box:
    """A passage in the ribbon: its place, its colours, and the word in it, if there is room."""

    x: float
    width: float
    fill: str
    opacity: float
    text: str
    ink: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the figure.

    Attributes:
        boxes: The passages.
        waveform: The points of the envelope as SVG writes them; empty without sound.
        arousal: The points of each unbroken part of the curve.
        valence: Likewise.
        ticks: Places and texts of the time axis.
        width: Position of the end of the recording, or of the row.
    """

    boxes: tuple[Box, ...]
    waveform: str
    arousal: tuple[str, ...]
    valence: tuple[str, ...]
    ticks: tuple[tuple[float, str], ...]
    width: float


def rows_of(
    timeline: Timeline, found: Sequence[Segment], outline: tuple[FloatArray, FloatArray] | None, *, language: str
) -> list[Row]:
    """Return the rows of the figure of a recording.

    Args:
        timeline: Its entries.
        found: Its segments.
        outline: Lowest and highest sample of each fiftieth of a second; ``None`` without sound.
        language: Of the words in the ribbon.
    """
    end_s = timeline.end_s
    if not end_s:
        return []
    row_s = max(min(ROW_S, end_s), end_s / MAX_ROWS)
    columns = timeline.columns()
    peak = (
        float(max(np.nanmax(np.abs(outline[0]), initial=0.0), np.nanmax(outline[1], initial=0.0))) if outline else 0.0
    )
    rows = []
    for index in range(math.ceil(end_s / row_s - 1e-9)):
        start_s, stop_s = index * row_s, min((index + 1) * row_s, end_s)
        scale = WIDTH / row_s
        boxes = [_box(each, start_s, stop_s, scale, language) for each in found if _overlaps(each, start_s, stop_s)]
        rows.append(
            Row(
                tuple(sorted((each for each in boxes if each), key=lambda box: box.fill != UNCLEAR)),
                _waveform(outline, start_s, stop_s, scale, peak=peak) if outline and peak else "",
                _curve(columns.numbers, -2, start_s, stop_s, scale=scale),
                _curve(columns.numbers, -1, start_s, stop_s, scale=scale),
                _ticks(start_s, stop_s, scale),
                (stop_s - start_s) * scale,
            )
        )
    return rows


def _overlaps(each: Segment, start_s: float, stop_s: float) -> bool:
    return each.start_s < stop_s and each.end_s > start_s


def _box(each: Segment, start_s: float, stop_s: float, scale: float, language: str) -> Box | None:  # noqa: PLR0917
    if each.state in (State.NO_SPEECH, State.GAP):
        return None
    left, right = max(each.start_s, start_s) - start_s, min(each.end_s, stop_s) - start_s
    width = max((right - left) * scale, MIN_WIDTH)
    words = segment_words(each, language)
    if each.state is State.SPEECH:
        fill, opacity = emotion_colour(str(each.label)), 1.0
        ink = "#000000" if is_light(fill) else "#FFFFFF"
    elif each.claims:
        fill, opacity, ink = AFFECT_COLOURS[each.claims[0]], PALE, "#1D232B"
    else:
        fill, opacity, ink, words = UNCLEAR, 1.0, "", ""
    return Box(_r(left * scale), _r(width), fill, opacity, words if len(words) * LETTER + 6 < width else "", ink)


def _waveform(
    outline: tuple[FloatArray, FloatArray], start_s: float, stop_s: float, scale: float, *, peak: float
) -> str:
    low, high = (each[round(start_s * COLUMNS_PER_S) : round(stop_s * COLUMNS_PER_S)] for each in outline)
    if not len(high):
        return ""
    edges = np.unique(np.linspace(0, len(high), min(len(high), WIDTH) + 1).astype(int))[:-1]
    tops = np.fmax.reduceat(np.nan_to_num(high), edges) / peak
    bottoms = np.fmin.reduceat(np.nan_to_num(low), edges) / peak
    x = edges / COLUMNS_PER_S * scale
    middle, half = WAVEFORM / 2, WAVEFORM / 2 - 1
    upper = [f"{_r(at)},{_r(middle - value * half)}" for at, value in zip(x, tops, strict=True)]
    lower = [f"{_r(at)},{_r(middle - value * half)}" for at, value in zip(x, bottoms, strict=True)]
    return " ".join([*upper, *reversed(lower)])


def _curve(
    numbers: npt.NDArray[np.float64], column: int, start_s: float, stop_s: float, *, scale: float
) -> tuple[str, ...]:
    inside = numbers[(numbers[:, 1] > start_s) & (numbers[:, 0] < stop_s)]
    step = max(len(inside) // WIDTH, 1)
    parts: list[list[str]] = [[]]
    for start, end, value in inside[::step][:, [0, 1, column]].tolist():
        if math.isnan(value):
            parts.append([])
        else:
            at = (min(max((start + end) / 2.0, start_s), stop_s) - start_s) * scale
            parts[-1].append(f"{_r(at)},{_r(2 + (1.0 - value) * (AFFECT - 4))}")
    return tuple(" ".join(part) for part in parts if len(part) > 1)


def _ticks(start_s: float, stop_s: float, scale: float) -> tuple[tuple[float, str], ...]:
    step = next((each for each in STEPS_S if each * scale >= 70), STEPS_S[-1])
    first = math.ceil(start_s / step) * step
    times = np.arange(first, stop_s + 1e-6, step).tolist()
    return tuple((_r((each - start_s) * scale), clock(each)) for each in times)


def clock(seconds: float, *, decimals: int = 0, mark: str = ".") -> str:
    """Return a time as minutes and seconds, with hours if it is an hour or more; ``mark`` is the decimal mark.

    >>> clock(83.0), clock(3725.4), clock(9.75, decimals=1)
    ('1:23', '1:02:05', '0:09.8')
    """
    whole, fraction = divmod(round(seconds * 10**decimals), 10**decimals)
    hours, minutes = divmod(whole // 60, 60)
    text = f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"
    return f"{text}{mark}{fraction:0{decimals}d}" if decimals else text


@dataclass(frozen=True, slots=True)
class KeyItem:
    """An entry of the key: its place, its colour and what it means."""

    x: float
    y: float
    colour: str
    opacity: float
    text: str


def key_of(timeline: Timeline, found: Sequence[Segment], language: str, *, has_affect: bool) -> list[KeyItem]:
    """Return the key: the meaning of each colour in the figure; at most as wide as the figure."""
    texts = TEXTS[language]
    labels = [each for each in timeline.labels if any(s.state is State.SPEECH and s.label == each for s in found)]
    pale = {each.claims[0] for each in found if each.state is State.UNCERTAIN and each.claims}
    parts = [(emotion_colour(each), 1.0, sound_word(each, language)) for each in labels]
    parts += [(AFFECT_COLOURS[each], PALE, sound_word(each.word, language)) for each in AffectClaim if each in pale]
    if any(each.state is State.UNCERTAIN and not each.claims for each in found):
        parts.append((UNCLEAR, 1.0, texts["unclear_key"]))
    if has_affect:
        parts.append((AFFECT_COLOURS[AffectClaim.HIGH_AROUSAL], 1.0, texts["arousal"]))
        parts.append((AFFECT_COLOURS[AffectClaim.POSITIVE], 1.0, texts["valence"]))
    items, x, y = [], 0.0, 0.0
    for colour, opacity, text in parts:
        width = 34.0 + LETTER * len(text)
        if x and x + width > WIDTH:
            x, y = 0.0, y + KEY_LINE
        items.append(KeyItem(x, y, colour, opacity, text))
        x += width
    return items


def _r(value: float) -> float:
    return round(float(value), 1)
