"""The acoustic columns of a recording, stored for drawing at any zoom, with bounded memory for the spectrum."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ser_desktop.acoustics.columns import BANDS, COLUMN_S, SPECTRUM_S, AcousticColumns
from ser_desktop.gui.timeline.pyramid import BLOCK, GrowingRows, Pyramid

if TYPE_CHECKING:
    import numpy.typing as npt

    from ser_desktop.gui.timeline.time_axis import TimeAxis

MAX_SPECTRUM_COLUMNS = 48_000  # 3 MB: 16 minutes at 20 ms, an hour at 80 ms; each doubling halves the resolution
FIRST_COLUMNS = 1024


@dataclass(frozen=True, slots=True, eq=False)
class PitchColumns:
    """Pitch and intensity in consecutive ranges of time.

    Attributes:
        seconds: (n,) middle of each range.
        low_hz: (n,) lowest pitch; NaN where unvoiced.
        high_hz: (n,) highest pitch.
        mean_hz: (n,) mean pitch.
        loudest_dbfs: (n,) highest intensity; NaN where sound is lost.
    """

    seconds: npt.NDArray[np.float64]
    low_hz: npt.NDArray[np.float32]
    high_hz: npt.NDArray[np.float32]
    mean_hz: npt.NDArray[np.float32]
    loudest_dbfs: npt.NDArray[np.float32]


class AcousticTrack:
    """Pitch, intensity and spectrum of one channel so far.

    An hour takes 6 MB: pitch and intensity every 10 ms, and a spectrum whose columns get longer as it grows.

    Attributes:
        loudest: Highest level of the spectrum so far, as it is stored.
        spectrum_s: Seconds of one column of the spectrum now.
    """

    def __init__(self) -> None:
        self._pitch = GrowingRows(1)
        self._intensity = GrowingRows(1, np.float16)
        self._low, self._high, self._loud = Pyramid(np.fmin), Pyramid(np.fmax), Pyramid(np.fmax)  # of 8 columns each
        self._sums = Pyramid(np.add, 2)  # of the pitch, and the number of voiced columns
        self._spectrum = np.zeros((FIRST_COLUMNS, BANDS), np.uint8)
        self._count = 0
        self._stride = 1  # columns of 20 ms in one of the spectrum
        self._waiting = np.zeros((0, BANDS), np.uint8)  # fewer than a stride
        self.loudest = 0

    @property
    def end_s(self) -> float:
        """End of the last column of all three, in seconds."""
        return min(len(self._pitch) * COLUMN_S, len(self._intensity) * COLUMN_S, self.spectrum_end_s)

    @property
    def spectrum_end_s(self) -> float:
        """End of the spectrum, which comes before the pitch."""
        return self._count * self.spectrum_s

    @property
    def pitch_hz(self) -> npt.NDArray[np.float32]:
        """(n,) pitch every 10 ms, NaN where unvoiced; valid until the next :meth:`add`."""
        return self._pitch.rows[:, 0]

    @property
    def intensity_dbfs(self) -> npt.NDArray[np.float32]:
        """(n,) intensity every 10 ms, NaN where sound is lost."""
        return self._intensity.rows[:, 0].astype(np.float32)

    @property
    def spectrum_s(self) -> float:
        """Seconds of one column of the spectrum now."""
        return self._stride * SPECTRUM_S

    def add(self, columns: AcousticColumns) -> None:
        """Append the next columns."""
        self._pitch.append(columns.pitch_hz[:, None])
        self._intensity.append(columns.intensity_dbfs.astype(np.float16)[:, None])
        self._reduce()
        if len(columns.spectrum):
            self.loudest = max(self.loudest, int(columns.spectrum.max()))
            self._add_spectrum(columns.spectrum)

    def at(self, seconds: float) -> tuple[float | None, float | None]:
        """Return pitch in Hz and intensity in dBFS at a time; ``None`` where there is none."""
        row = round(seconds / COLUMN_S)
        found = []
        for rows in (self._pitch.rows, self._intensity.rows):
            value = float(rows[row, 0]) if 0 <= row < len(rows) else math.nan
            found.append(None if math.isnan(value) else value)
        return found[0], found[1]

    def loudest_band_at(self, seconds: float) -> tuple[int, int] | None:
        """Return the loudest mel band at a time and its stored level; ``None`` without sound."""
        column = int(seconds / self.spectrum_s)
        if not 0 <= column < self._count or not self._spectrum[column].any():
            return None
        band = int(self._spectrum[column].argmax())
        return band, int(self._spectrum[column, band])

    def pitch_between(self, axis: TimeAxis) -> PitchColumns:
        """Return pitch and intensity of the view range, at most about one column for each pixel."""
        per_pixel, count = axis.pixel_s / COLUMN_S, len(self._pitch)
        first = max(int(axis.start_s / COLUMN_S) - 1, 0)
        stop = min(math.ceil(axis.end_s / COLUMN_S) + 2, count)
        cells = np.arange(math.floor(axis.start_s / axis.pixel_s), math.ceil(stop * COLUMN_S / axis.pixel_s))
        if stop <= first or not len(cells):
            nothing = np.zeros(0, np.float32)
            return PitchColumns(np.zeros(0), nothing, nothing, nothing, nothing)
        if per_pixel <= 1.0:
            pitch = self._pitch.rows[first:stop, 0]
            level = np.full(len(pitch), np.nan, np.float32)
            known = self._intensity.rows[first:stop, 0]
            level[: len(known)] = known
            return PitchColumns(np.arange(first, stop, dtype=np.float64) * COLUMN_S, pitch, pitch, pitch, level)
        middles = np.asarray(axis.pixel_s * (cells + 0.5), np.float64)
        edges = np.maximum(axis.pixel_s * cells, 0.0)
        if per_pixel < 2 * BLOCK or len(self._low) < 2:
            firsts = np.minimum(edges / COLUMN_S + 1e-9, stop - 1).astype(np.intp)
            pitch = self._pitch.rows[firsts[0] : stop, 0]
            places = firsts - firsts[0]
            level = self._intensity.rows[firsts[0] : stop, 0].astype(np.float32)
            level = np.append(level, np.full(len(pitch) - len(level), np.nan, np.float32))
            return PitchColumns(
                middles,
                np.fmin.reduceat(pitch, places),
                np.fmax.reduceat(pitch, places),
                _mean(np.add.reduceat(_sums(pitch), places, axis=0)),
                np.fmax.reduceat(level, places),
            )
        stride = self._low.stride_for(per_pixel / BLOCK)
        step_s = stride * BLOCK * COLUMN_S
        firsts = np.minimum(edges / step_s + 1e-9, (len(self._low) - 1) // stride).astype(np.intp)
        last = min(math.ceil(stop * COLUMN_S / step_s), (len(self._low) - 1) // stride + 1)
        low, high, loud = (each.reduce(firsts, last, stride)[:, 0] for each in (self._low, self._high, self._loud))
        return PitchColumns(middles, low, high, _mean(self._sums.reduce(firsts, last, stride)), loud)

    def spectrum_between(
        self, start_s: float, end_s: float, max_columns: int
    ) -> tuple[float, float, npt.NDArray[np.uint8]]:
        """Return the spectrum between two times.

        Returns:
            The start of the first column in seconds, the seconds of a column, and (n, 64) stored levels.
        """
        first = max(int(start_s / self.spectrum_s), 0)
        stop = min(math.ceil(end_s / self.spectrum_s), self._count)
        if stop <= first:
            return 0.0, self.spectrum_s, np.zeros((0, BANDS), np.uint8)
        each = max(int((stop - first) / max(max_columns, 1)), 1)
        first -= first % each  # the same columns are joined wherever the view is scrolled to
        found = self._spectrum[first:stop]
        if each > 1:
            whole = len(found) - len(found) % each
            joined, rest = _loudest(found[:whole].reshape(-1, each, BANDS)), found[whole:]
            found = np.concatenate((joined, rest.max(axis=0, keepdims=True))) if len(rest) else joined
        return first * self.spectrum_s, each * self.spectrum_s, found

    def _reduce(self) -> None:
        """Append the blocks of 8 columns that are complete to the pyramids."""
        done = len(self._low)
        blocks = min(len(self._pitch), len(self._intensity)) // BLOCK
        if blocks == done:
            return
        pitch = self._pitch.rows[done * BLOCK : blocks * BLOCK, 0].reshape(-1, BLOCK)
        level = self._intensity.rows[done * BLOCK : blocks * BLOCK, 0].astype(np.float32).reshape(-1, BLOCK)
        self._low.append(np.fmin.reduce(pitch, axis=1)[:, None])
        self._high.append(np.fmax.reduce(pitch, axis=1)[:, None])
        self._loud.append(np.fmax.reduce(level, axis=1)[:, None])
        self._sums.append(_sums(pitch.reshape(-1)).reshape(-1, BLOCK, 2).sum(axis=1))

    def _add_spectrum(self, columns: npt.NDArray[np.uint8]) -> None:
        columns = np.concatenate((self._waiting, columns))
        whole = len(columns) // self._stride
        self._waiting = columns[whole * self._stride :].copy()
        if not whole:
            return
        joined = columns[: whole * self._stride].reshape(whole, self._stride, BANDS).max(axis=1)
        while self._count + len(joined) > MAX_SPECTRUM_COLUMNS:
            joined = self._halve(joined)
        needed = self._count + len(joined)
        if needed > len(self._spectrum):
            room = np.zeros((min(max(needed, 2 * len(self._spectrum)), MAX_SPECTRUM_COLUMNS), BANDS), np.uint8)
            room[: self._count] = self._spectrum[: self._count]
            self._spectrum = room
        self._spectrum[self._count : needed] = joined
        self._count = needed

    def _halve(self, fresh: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
        """Join each two columns; return the fresh columns joined, too."""
        odd = self._count % 2
        if odd:
            fresh = np.concatenate((self._spectrum[self._count - 1 : self._count], fresh))
        pairs = self._spectrum[: self._count - odd].reshape(-1, 2, BANDS).max(axis=1)
        self._count = len(pairs)
        self._spectrum[: self._count] = pairs
        if len(fresh) % 2:
            self._waiting = np.concatenate((fresh[-1:], self._waiting))
            fresh = fresh[:-1]
        self._stride *= 2
        return fresh.reshape(-1, 2, BANDS).max(axis=1)


def _loudest(columns: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Return the highest of (column, n, band) over n; np.max takes twice, np.maximum.reduceat 16 times as long."""
    while columns.shape[1] > 1:
        half = columns.shape[1] // 2
        odd = columns[:, 2 * half :]
        columns = np.maximum(columns[:, :half], columns[:, half : 2 * half])
        if odd.shape[1]:
            np.maximum(columns[:, 0], odd[:, 0], out=columns[:, 0])
    return columns[:, 0]


def _sums(pitch_hz: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return (n, 2): the pitch, and 1; both 0 where unvoiced."""
    voiced = np.isfinite(pitch_hz)
    return np.column_stack((np.where(voiced, pitch_hz, 0.0), voiced)).astype(np.float32)


def _mean(sums: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return the (n,) mean pitch of (n, 2) sums; NaN where nothing is voiced."""
    count = sums[:, 1]
    return np.where(count > 0.0, sums[:, 0] / np.maximum(count, 1.0), np.float32(np.nan)).astype(np.float32)
