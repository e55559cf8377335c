"""The lane of pitch and intensity: the fundamental frequency as a line, the level as a pale area behind it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from PySide6.QtCore import QCoreApplication, QLineF, Qt
from PySide6.QtGui import QPainter, QPen

from ser_desktop.acoustics.pitch import CEILING_HZ, FLOOR_HZ
from ser_desktop.gui.shared.theme import mixed
from ser_desktop.gui.shared.words import level_text, number_text
from ser_desktop.gui.timeline.acoustic_track import PitchColumns
from ser_desktop.gui.timeline.channel_columns import ChannelColumns
from ser_desktop.gui.timeline.lane import Key, Lane, LaneView, Look, Scale
from ser_desktop.gui.timeline.polygons import are_pixels, paint_area, paint_columns, runs_of

if TYPE_CHECKING:
    import numpy.typing as npt

TICKS_HZ = (75.0, 150.0, 300.0, 600.0)  # octaves
QUIETEST_DBFS, LOUDEST_DBFS = -70.0, 0.0
PALE = 0.22
RANGE = 0.25  # share of colour in the range between the lowest and the highest pitch


class PitchLane(Lane):
    """Paints pitch on a scale of octaves; unvoiced is a gap.

    Zoomed out, a screen column shows its mean, and pale its lowest and highest pitch.
    """

    name: ClassVar[str] = "pitch"
    is_compact: ClassVar[bool] = False
    shows_entries: ClassVar[bool] = False

    def caption(self) -> str:
        """Return the name in the user's language."""
        return QCoreApplication.translate("TimelineView", "Pitch and intensity")

    def scale(self, columns: ChannelColumns) -> Scale:
        """Return octaves above the floor, with ticks in Hz."""
        return Scale(0.0, _octave(CEILING_HZ), tuple((_octave(hz), number_text(hz)) for hz in TICKS_HZ))

    def key(self, columns: ChannelColumns, look: Look) -> Sequence[Key]:
        """Return the colours of pitch and intensity."""
        translate, theme = QCoreApplication.translate, look.theme
        level = translate("TimelineView", "Intensity, {0} to {1} dBFS")
        return (
            Key(theme.accent, translate("TimelineView", "Pitch, Hz")),
            Key(
                mixed(theme.waveform, theme.surface, 2.0 * PALE),
                level.format(number_text(QUIETEST_DBFS), number_text(LOUDEST_DBFS)),
            ),
        )

    def end_s(self, columns: ChannelColumns) -> float:
        """Return up to where there are both."""
        return columns.acoustics.end_s

    def readout(self, columns: ChannelColumns, seconds: float) -> str:
        """Return pitch and intensity at a time."""
        pitch_hz, level = columns.acoustics.at(seconds)
        found = []
        if pitch_hz is not None:
            found.append(QCoreApplication.translate("TimelineView", "{0} Hz").format(number_text(pitch_hz)))
        if level is not None:
            text = QCoreApplication.translate("TimelineView", "intensity {0}")
            found.append(text.format(level_text(level)))
        return ", ".join(found)

    def paint(self, painter: QPainter, view: LaneView) -> None:
        """Draw the view."""
        clip, rect, theme = painter.clipBoundingRect(), view.rect, view.theme
        axis = view.axis.part(clip.left() - 4.0, clip.right() + 4.0)
        found = view.columns.acoustics.pitch_between(axis)
        if not len(found.seconds):
            return
        x = axis.x(found.seconds)
        height = rect.height() - 2.0
        level = (found.loudest_dbfs - QUIETEST_DBFS) / (LOUDEST_DBFS - QUIETEST_DBFS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mixed(theme.waveform, theme.surface, PALE))
        y = rect.bottom() - np.clip(level, 0.0, 1.0) * height
        if are_pixels(x):
            paint_columns(painter, x, y, rect.bottom())
        else:
            paint_area(painter, x, y, rect.bottom(), overlap=1, runs=runs_of(np.isfinite(level)))
        painter.setPen(QPen(theme.grid, 1.0))
        for hz in TICKS_HZ[1:-1]:
            y_of = round(self._y(np.array([hz]), view)[0]) + 0.5
            painter.drawLine(QLineF(clip.left(), y_of, clip.right(), y_of))
        self._paint_pitch(painter, view, x, found)

    def _paint_pitch(
        self,
        painter: QPainter,
        view: LaneView,
        x: npt.NDArray[np.float64],
        found: PitchColumns,
    ) -> None:
        """Draw a line through single columns; zoomed out, the mean of each screen column before its pale range."""
        mean = self._y(found.mean_hz, view)
        if found.low_hz is not found.high_hz:
            top, bottom = self._y(found.high_hz, view) - 0.5, self._y(found.low_hz, view) + 0.5
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(mixed(view.theme.accent, view.theme.surface, RANGE))
            paint_columns(painter, x, top, bottom)
        self._paint_line(painter, view, x, mean)

    @staticmethod
    def _paint_line(painter: QPainter, view: LaneView, x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> None:
        """Draw the line with a gap where the pitch is unknown, and a point where only one column has one."""
        import pyqtgraph  # here, so that the window is painted before it is imported

        is_joined = np.abs(np.diff(y)) < view.rect.height() / 4.0  # an octave error is no glide
        is_single = np.isfinite(y)
        is_single[1:] &= ~is_joined
        is_single[:-1] &= ~is_joined
        singles = np.flatnonzero(is_single)
        x = np.concatenate((x, np.column_stack((x[singles] - 0.5, x[singles] + 0.5)).ravel()))
        y = np.concatenate((y, np.repeat(y[singles], 2)))
        connect = np.zeros(len(x), bool)
        connect[: len(is_joined)] = is_joined
        connect[len(x) - 2 * len(singles) :: 2] = True
        painter.setPen(QPen(view.theme.accent, 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)  # a path would be filled
        for shift in (-0.5, 0.5):  # two thin lines: one of width 2 takes longer
            painter.drawPath(pyqtgraph.arrayToQPath(x, y + shift, connect=connect))

    @staticmethod
    def _y(pitch_hz: npt.NDArray[np.floating], view: LaneView) -> npt.NDArray[np.float64]:
        octaves = np.log2(np.maximum(pitch_hz, FLOOR_HZ) / FLOOR_HZ)
        share = octaves / _octave(CEILING_HZ)
        return np.where(np.isnan(pitch_hz), np.nan, view.rect.bottom() - 2.0 - share * (view.rect.height() - 4.0))


def _octave(hz: float) -> float:
    return math.log2(hz / FLOOR_HZ)
