"""Where the words of a transcript stand in a lane.

Each stands where it sounds, or wrapped into the box of its line. Where even that is too narrow, there are a few of them
every so many pixels.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics

from ser_desktop.analysis.spoken_index import SpokenIndex
from ser_desktop.gui.timeline.time_axis import TimeAxis

GAP_PX = 4.0  # between two boxes
LEAST_LETTERS = 8.0  # that a box must have room for; with less, one reads “a…” and “…”
LEAST_ELIDED = 3.0  # letters of a word that is cut
CELL_LETTERS = 20.0  # width of the cells in which lines without room begin to be read
BAR_SHARE = 0.25  # height of a bar, of a line of text


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word in a lane.

    Attributes:
        index: Of the word.
        text: As much of it as there is room for.
        rect: Its place in pixels, one line of text high.
        is_in_place: Whether it stands where it sounds.
    """

    index: int
    text: str
    rect: QRectF
    is_in_place: bool = False


class WordLayout:
    """Places the words of a lane; the same words have the same places in every view with this zoom.

    Args:
        index: The words.
        axis: Maps seconds to pixels.
        rect: The lane.
        metrics: Of the font.
    """

    def __init__(self, index: SpokenIndex, axis: TimeAxis, rect: QRectF, metrics: QFontMetrics) -> None:
        self._index, self._axis, self._rect, self._metrics = index, axis, rect, metrics
        self._line_px = metrics.height()
        self._least_px = LEAST_LETTERS * metrics.averageCharWidth()
        self._least_elided_px = LEAST_ELIDED * metrics.averageCharWidth()
        self._space = float(metrics.horizontalAdvance(" "))

    def between(self, left: float, right: float) -> Iterator[PlacedWord]:
        """Yield the words that may touch the pixels between two."""
        for line in self._lines_between(left, right):
            words = range(int(self._index.first_words[line]), int(self._index.first_words[line + 1]))
            yield from self._in_places(line, words) or self._in_box(line, words)
        yield from self._beginnings(left, right)

    def bars_between(self, left: float, right: float) -> list[QRectF]:
        """Return a bar for each line that has no room for text, at least one pixel wide, none over another."""
        lines = self._lines_between(left, right)
        starts = self._axis.x(self._index.line_starts_s[lines.start : lines.stop])
        ends = self._axis.x(self._index.line_ends_s[lines.start : lines.stop])
        is_narrow = self._is_narrow(
            self._index.line_starts_s[lines.start : lines.stop], self._index.line_ends_s[lines.start : lines.stop]
        )
        first = np.floor(starts[is_narrow])
        last = np.maximum(np.ceil(ends[is_narrow]), first + 1.0)
        apart = np.append(True, first[1:] > np.maximum.accumulate(last)[:-1])[: len(first)]  # bars that touch are one
        stops = np.append(np.flatnonzero(apart)[1:], len(last)) - 1
        height = BAR_SHARE * self._line_px
        top = self._rect.bottom() - height
        edges = zip(
            first[apart].tolist(), np.maximum.accumulate(last)[stops].tolist() if len(last) else (), strict=True
        )
        return [QRectF(start, top, end - start, height) for start, end in edges]

    def word_at(self, x: float, y: float) -> int | None:
        """Return the index of the word at a pixel: the one that is written there, else the one that sounds there."""
        for placed in self.between(x - 1.0, x + 1.0):
            if placed.rect.contains(x, y):
                return placed.index
        return self._index.word_at(self._axis.seconds(x))

    def _lines_between(self, left: float, right: float) -> range:
        start_s, end_s = self._axis.seconds(left), self._axis.seconds(right)
        first = int(np.searchsorted(self._index.line_ends_s, start_s))
        return range(first, max(first, int(np.searchsorted(self._index.line_starts_s, end_s))))

    def _in_places(self, line: int, words: range) -> list[PlacedWord]:
        """Place each word of a line where it sounds, or right after the word before; nothing if there is no room."""
        right = float(self._axis.x(self._index.line_ends_s[line])) + self._space
        top = self._rect.center().y() - self._line_px / 2.0
        after, placed = -np.inf, []
        for index in words:
            text = self._index.words[index].text
            left = max(float(self._axis.x(self._index.starts_s[index])), after)
            width = float(self._metrics.horizontalAdvance(text))
            placed.append(PlacedWord(index, text, QRectF(left, top, width, self._line_px), is_in_place=True))
            after = left + width + self._space
        return placed if after <= right + self._space else []

    def _in_box(self, line: int, words: range) -> Iterator[PlacedWord]:
        """Place the words of a line in its box, if there is room."""
        left = float(self._axis.x(self._index.line_starts_s[line]))
        right = float(self._axis.x(self._index.line_ends_s[line])) - GAP_PX
        if right - left >= self._least_px:
            yield from self._wrapped(words, QRectF(left, self._rect.top(), right - left, self._rect.height()))

    def _beginnings(self, left: float, right: float) -> Iterator[PlacedWord]:
        """Place the first words of the first narrow line in each cell of time, up to the next such place.

        The cells depend on the zoom only, and so does what is written. The lines themselves are bars below.
        """
        cell_s = CELL_LETTERS * self._metrics.averageCharWidth() * self._axis.pixel_s
        first, last = math.floor(self._axis.seconds(left) / cell_s) - 2, math.ceil(self._axis.seconds(right) / cell_s)
        found = (self._first_narrow(cell, cell_s) for cell in range(first, last + 3))
        lines = [line for line in found if line is not None]
        starts_s, height = self._index.line_starts_s, self._rect.height() - self._line_px * BAR_SHARE
        for line, after in pairwise([*lines, len(starts_s)]):
            stop = min(after, int(np.searchsorted(starts_s, starts_s[line] + 2.0 * cell_s)))
            end_s = min(self._next_wide_s(line, stop), float(starts_s[line]) + 2.0 * cell_s)
            x, end = float(self._axis.x(float(starts_s[line]))), float(self._axis.x(end_s)) - GAP_PX
            if x <= right and end - x >= self._least_px:
                words = range(int(self._index.first_words[line]), int(self._index.first_words[stop]))
                yield from self._wrapped(words, QRectF(x, self._rect.top(), end - x, height))

    def _first_narrow(self, cell: int, cell_s: float) -> int | None:
        """Return the first line without room of its own that begins in a cell."""
        starts_s, ends_s = self._index.line_starts_s, self._index.line_ends_s
        first, last = np.searchsorted(starts_s, (cell * cell_s, (cell + 1) * cell_s)).tolist()
        found = np.flatnonzero(self._is_narrow(starts_s[first:last], ends_s[first:last]))
        return int(first + found[0]) if len(found) else None

    def _next_wide_s(self, line: int, stop: int) -> float:
        """Return the start of the next line with room of its own before another, or else of that one."""
        starts_s, ends_s = self._index.line_starts_s, self._index.line_ends_s
        found = np.flatnonzero(~self._is_narrow(starts_s[line:stop], ends_s[line:stop]))
        after = line + int(found[0]) if len(found) else stop
        return float(starts_s[after]) if after < len(starts_s) else math.inf

    def _is_narrow(self, starts_s: npt.NDArray[np.float64], ends_s: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        """Return which lines have no room of their own, by their length alone."""
        return np.asarray((ends_s - starts_s) / self._axis.pixel_s - GAP_PX < self._least_px)

    def _wrapped(self, words: range, box: QRectF) -> Iterator[PlacedWord]:
        """Place words from left to right and from top to bottom in a box; the last one is elided."""
        left, right = box.left(), box.right()
        rows = max(int(box.height() // self._line_px), 1)
        top = box.top() + (box.height() - rows * self._line_px) / 2.0
        x, row = left, 0
        for index in words:
            text = self._index.words[index].text
            width = float(self._metrics.horizontalAdvance(text))
            if x + width > right and x > left and row + 1 < rows:
                x, row = left, row + 1
            is_last = row + 1 == rows and index + 1 < words.stop
            after = self._metrics.horizontalAdvance(" …") if is_last else 0.0
            if x + width + after > right:
                text = self._elided(f"{text} …" if is_last and x + width <= right else text, right - x)
                if text:
                    yield PlacedWord(index, text, QRectF(x, top + row * self._line_px, right - x, self._line_px))
                if row + 1 == rows:
                    return
            else:
                yield PlacedWord(index, text, QRectF(x, top + row * self._line_px, width, self._line_px))
            x += width + self._space

    def _elided(self, text: str, room: float) -> str:
        if self._metrics.horizontalAdvance(text) <= room:
            return text
        return (
            self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room))
            if room >= self._least_elided_px
            else ""
        )
