"""The lane of the spectrogram: the level of each mel band between 0 Hz and 8 kHz over time."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QImage, QPainter

from ser_desktop.acoustics.columns import BANDS, STEPS_PER_DB
from ser_desktop.acoustics.frames import band_middles_hz
from ser_desktop.dsp.features import hz_to_mel
from ser_desktop.gui.shared.words import number_text
from ser_desktop.gui.timeline.channel_columns import ChannelColumns
from ser_desktop.gui.timeline.lane import Lane, LaneView, Scale

if TYPE_CHECKING:
    import numpy.typing as npt

RANGE_DB = 70.0  # below the loudest: Praat's dynamic range
STEP = 12  # stored levels (6 dB): a louder sound changes all colours, so only now and then
TICKS_HZ = (0.0, 500.0, 1000.0, 2000.0, 4000.0, 8000.0)
# Perceptually even greys, as in Praat's editor: colours are those of emotions. From light to dark in the light theme.
GREYS = "CET-L1"
DARKEST = 0.12  # in the light theme, of the whole range: black would be louder than everything else in the window


class SpectrogramLane(Lane):
    """Paints the stored columns of the spectrum as an image, stretched to the view."""

    name: ClassVar[str] = "spectrogram"
    lines: ClassVar[float] = 4.5
    is_compact: ClassVar[bool] = False
    shows_entries: ClassVar[bool] = False

    def caption(self) -> str:
        """Return the name in the user's language."""
        return QCoreApplication.translate("TimelineView", "Spectrogram")

    def scale(self, columns: ChannelColumns) -> Scale:
        """Return the mel scale, with ticks in kHz."""
        ticks = ((float(hz_to_mel(hz)), _hertz(hz)) for hz in TICKS_HZ)
        return Scale(0.0, float(hz_to_mel(TICKS_HZ[-1])), tuple(ticks))

    def end_s(self, columns: ChannelColumns) -> float:
        """Return the end of the spectrum."""
        return columns.acoustics.spectrum_end_s

    def state(self, columns: ChannelColumns) -> object:
        """Return the loudest level in steps, the resolution and nothing else."""
        return columns.acoustics.loudest // STEP, columns.acoustics.spectrum_s

    def readout(self, columns: ChannelColumns, seconds: float) -> str:
        """Return the frequency of the loudest band."""
        found = columns.acoustics.loudest_band_at(seconds)
        text = QCoreApplication.translate("TimelineView", "loudest at {0} Hz")
        return text.format(round(_middles()[found[0]])) if found else ""

    def paint(self, painter: QPainter, view: LaneView) -> None:
        """Draw the columns in view."""
        clip, axis, track = painter.clipBoundingRect(), view.axis, view.columns.acoustics
        one_s = 2.0 * max(track.spectrum_s, axis.pixel_s)  # smoothing reads a column on each side
        start_s, end_s = axis.seconds(clip.left()) - one_s, axis.seconds(clip.right()) + one_s
        width = round(clip.width() + 2.0 * one_s / axis.pixel_s)
        first_s, column_s, levels = track.spectrum_between(start_s, end_s, width)
        if not len(levels):
            return
        top = (track.loudest // STEP + 1) * STEP
        low = top - RANGE_DB * STEPS_PER_DB
        shades = np.clip((np.arange(256) - low) * (255.0 / (top - low)), 0.0, 255.0).astype(np.uint8)
        colours = _colours(view.theme.is_dark)[shades]  # of each level
        pixels = colours[np.ascontiguousarray(levels.T[::-1])]  # (band, column)
        image = QImage(pixels.data, len(levels), BANDS, 4 * len(levels), QImage.Format.Format_RGB32)
        left = axis.x(first_s)
        box = QRectF(left, view.rect.top(), len(levels) * column_s / axis.pixel_s, view.rect.height())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(box, image)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)


@functools.cache
def _colours(is_dark: bool) -> npt.NDArray[np.uint32]:
    """Return (256,) colours, each with its bytes in the order of blue, green, red and alpha."""
    import pyqtgraph  # here, so that the window is painted before it is imported

    first = 0.0 if is_dark else DARKEST
    table = pyqtgraph.colormap.get(GREYS).getLookupTable(first, 1.0, 256, alpha=True)[:: 1 if is_dark else -1]
    return np.ascontiguousarray(table[:, [2, 1, 0, 3]].astype(np.uint8)).view(np.uint32)[:, 0]


@functools.cache
def _middles() -> list[float]:
    return band_middles_hz()


def _hertz(hz: float) -> str:
    return f"{number_text(hz / 1000.0)} k" if hz >= 1000.0 else number_text(hz)
