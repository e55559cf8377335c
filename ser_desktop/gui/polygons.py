"""Arrays as what Qt draws, without a Python object for each point."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QPainter, QPolygonF
from shiboken6 import VoidPtr

if TYPE_CHECKING:
    import numpy.typing as npt

PIECE = 16  # of 8, 16, 32 and 64 points the fastest


def polygon(x: npt.NDArray[np.floating], y: npt.NDArray[np.floating]) -> QPolygonF:
    """Return the points (n,) × (n,) as a polygon.

    1 400 points take 15 µs; as a list of QPointF they take 600.
    """
    points = QPolygonF()
    if not len(x):
        return points
    points.resize(len(x))
    memory = np.frombuffer(VoidPtr(points.data(), len(x) * 16, True), np.float64).reshape(-1, 2)  # type: ignore
    memory[:, 0] = x
    memory[:, 1] = y
    return points


def paint_area(
    painter: QPainter,
    x: npt.NDArray[np.floating],
    top: npt.NDArray[np.floating],
    bottom: npt.NDArray[np.floating],
    *,
    overlap: int = 0,
) -> None:
    """Fill what lies between two curves, piece by piece.

    Qt sorts the edges of a polygon line by line of the screen: 700 jagged points take 12 ms as one polygon and 1.5 ms
    in pieces of 16.

    Args:
        painter: Has the brush, and no pen.
        x: (n,) pixels, ascending.
        top: (n,) one curve.
        bottom: (n,) the other.
        overlap: Points that a piece shares with the one before; 1 hides the seam of smoothed edges under an opaque
            brush, 0 keeps a translucent one even.
    """
    for start in range(0, len(x) - 1, PIECE):
        part = slice(max(start - overlap, 0), start + PIECE + 1)
        around = np.concatenate((x[part], x[part][::-1]))
        painter.drawPolygon(polygon(around, np.concatenate((top[part], bottom[part][::-1]))))
