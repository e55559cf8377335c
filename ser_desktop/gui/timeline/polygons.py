"""Numpy arrays as Qt polygons, without a Python object for each point."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPolygonF
from shiboken6 import VoidPtr, wrapInstance

if TYPE_CHECKING:
    import numpy.typing as npt

CLIP_MARGIN = 1.0  # pixels: antialiased edges extend beyond the clip rectangle
SAME_PX = 1e-6  # pixels
POLYGON_POINTS = 32  # the fastest of 8, 16, 32 and 64


def polygon(x: npt.NDArray[np.floating], y: npt.NDArray[np.floating]) -> QPolygonF:
    """Return the points (n,) × (n,) as a polygon.

    1 400 points take 15 µs; as a list of QPointF they take 600.
    """
    points = QPolygonF()
    if not len(x):
        return points
    points.resize(len(x))
    memory = _memory(points)
    memory[:, 0], memory[:, 1] = x, y
    return points


def runs_of(where: npt.NDArray[np.bool_]) -> list[list[int]]:
    """Return (first, stop) of each run of true values of (n,) bool.

    >>> runs_of(np.array([True, True, False, True]))
    [[0, 2], [3, 4]]
    """
    if not len(where):
        return []
    edges: list[int] = (np.flatnonzero(where[1:] != where[:-1]) + 1).tolist()
    bounds = [0, *edges, len(where)]
    return [[first, stop] for first, stop in itertools.pairwise(bounds) if where[first]]


def in_view(painter: QPainter, x: npt.NDArray[np.floating]) -> slice:
    """Return the slice of ascending (n,) pixels inside the clip rectangle, with one more point on each side."""
    clip = painter.clipBoundingRect()
    first, stop = np.searchsorted(x, (clip.left() - CLIP_MARGIN, clip.right() + CLIP_MARGIN)).tolist()
    return slice(max(first - 1, 0), stop + 1)


def paint_area(
    painter: QPainter,
    x: npt.NDArray[np.floating],
    top: npt.NDArray[np.floating],
    bottom: npt.NDArray[np.floating] | float,
    *,
    overlap: int = 0,
    runs: Sequence[Sequence[int]] | None = None,
) -> None:
    """Fill the area between two curves, in several polygons.

    Qt sorts the edges of a polygon for each scan line: 700 jagged points take 12 ms as one polygon and 1.5 ms as
    several.

    Args:
        painter: Has the brush set, and no pen.
        x: (n,) pixels, ascending.
        top: (n,) the upper curve.
        bottom: (n,) the lower curve, or one number for a horizontal edge, which takes half the time.
        overlap: Points that a polygon shares with the one before. With an opaque brush, 1 hides the seam of the
            antialiased edges; with a translucent brush, 0 avoids painting a column twice.
        runs: (first, stop) of each part to be filled, without those between; ``None`` for all.
    """
    for first, stop in ((0, len(x)),) if runs is None else runs:
        for start in range(first, stop - 1, POLYGON_POINTS):
            piece = slice(max(start - overlap, first), min(start + POLYGON_POINTS + 1, stop))
            painter.drawPolygon(_area(x[piece], top[piece], bottom if isinstance(bottom, float) else bottom[piece]))


def _area(
    x: npt.NDArray[np.floating], top: npt.NDArray[np.floating], bottom: npt.NDArray[np.floating] | float
) -> QPolygonF:
    count = len(x)
    points = QPolygonF()
    points.resize(count + (2 if isinstance(bottom, float) else count))
    memory = _memory(points)
    memory[:count, 0], memory[:count, 1] = x, top
    if isinstance(bottom, float):
        memory[count:] = ((x[-1], bottom), (x[0], bottom))
    else:
        memory[count:, 0], memory[count:, 1] = x[::-1], bottom[::-1]
    return points


def are_pixels(x: npt.NDArray[np.floating]) -> bool:
    """Return whether (n,) ascending places are those of neighbouring pixels, for :func:`paint_columns`."""
    return len(x) > 1 and abs(float(x[1] - x[0]) - 1.0) < SAME_PX


def paint_columns(
    painter: QPainter,
    x: npt.NDArray[np.floating],
    top: npt.NDArray[np.floating],
    bottom: npt.NDArray[np.floating] | float,
) -> None:
    """Fill the area between two curves that have a value for each pixel, pixel by pixel.

    That takes a sixth of the time of :func:`paint_area`.

    Args:
        painter: Has the brush set, and no pen.
        x: (n,) middles of the pixels.
        top: (n,) the upper curve; pixels with NaN stay empty.
        bottom: (n,) the lower curve, or one number.
    """
    is_filled = np.isfinite(top)
    top = top[is_filled]
    height = (bottom if isinstance(bottom, float) else bottom[is_filled]) - top
    paint_boxes(painter, np.round(x[is_filled] - 0.5), top, width=1.0, height=height)


def paint_boxes(
    painter: QPainter,
    left: npt.NDArray[np.floating],
    top: npt.NDArray[np.floating] | float,
    *,
    width: npt.NDArray[np.floating] | float,
    height: npt.NDArray[np.floating] | float,
) -> None:
    """Draw (n,) rectangles. The array goes to Qt as it is, without a Python object for each rectangle.

    Args:
        painter: Has the brush set, and no pen.
        left: (n,) left edges in pixels.
        top: (n,) upper edges, or one number for all.
        width: (n,) widths, or one number.
        height: (n,) heights, or one number.
    """
    boxes = np.empty((len(left), 4))
    if len(boxes):
        boxes[:, 0], boxes[:, 1], boxes[:, 2], boxes[:, 3] = left, top, width, height
        painter.drawRects(wrapInstance(boxes.ctypes.data, QRectF), len(boxes))  # type: ignore[call-overload]


def _memory(points: QPolygonF) -> npt.NDArray[np.float64]:
    """Return the points as an (n, 2) array that shares their memory."""
    size = points.size()
    return np.frombuffer(VoidPtr(points.data(), size * 16, True), np.float64).reshape(-1, 2)  # type: ignore
