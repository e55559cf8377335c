"""The shapes of the icons: strokes of one width with round ends, on a grid of 24 by 24.

A shape is a text of commands: ``M x y`` and ``L x y`` move and draw, ``C`` draws a curve by two control points and its
end, ``Z`` closes, ``O x y r`` is a circle, ``R x y w h r`` a rectangle with round corners, and ``F`` fills what
follows it.
"""

from __future__ import annotations

import functools

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

GRID = 24.0
STROKE = 2.0  # of the grid

SHAPES = {
    "record": "F O 12 12 7.5",
    "pause": "F R 6.5 5 3.5 14 1 R 14 5 3.5 14 1",
    "stop": "F R 6 6 12 12 1.5",
    "play": "F M 8 5 L 18.5 12 L 8 19 Z",
    "loop": "M 17 3 L 20.5 6.5 L 17 10 M 20 6.5 L 8 6.5 C 5.5 6.5 4 8 4 10.5 L 4 11.5 "
    "M 7 21 L 3.5 17.5 L 7 14 M 4 17.5 L 16 17.5 C 18.5 17.5 20 16 20 13.5 L 20 12.5",
    "marker": "M 6 21 L 6 4 L 18.5 4 L 15.5 8.5 L 18.5 13 L 6 13",
    "microphone": "R 9 3 6 11 3 M 5.5 11 C 5.5 20 18.5 20 18.5 11 M 12 18 L 12 21.5 M 8.5 21.5 L 15.5 21.5",
    "folder": "M 3 18.5 L 3 6.5 C 3 5.5 3.5 5 4.5 5 L 9.5 5 L 12 7.5 L 19.5 7.5 C 20.5 7.5 21 8 21 9 L 21 18 "
    "C 21 19 20.5 19.5 19.5 19.5 L 4.5 19.5 C 3.5 19.5 3 19 3 18.5",
    "file": "M 13.5 3 L 6.5 3 C 5.5 3 5 3.5 5 4.5 L 5 19.5 C 5 20.5 5.5 21 6.5 21 L 17.5 21 C 18.5 21 19 20.5 19 19.5 "
    "L 19 8.5 Z M 13.5 3 L 13.5 8.5 L 19 8.5",
    "wave": "M 3.5 10 L 3.5 14 M 7.75 6.5 L 7.75 17.5 M 12 3.5 L 12 20.5 M 16.25 7.5 L 16.25 16.5 M 20.5 10 L 20.5 14",
    "voice": "O 12 7.5 4 M 4 20.5 C 4 12.5 20 12.5 20 20.5",
    "lock": "R 5 10.5 14 10 2 M 8 10.5 L 8 7.5 C 8 2 16 2 16 7.5 L 16 10.5",
    "export": "M 12 15 L 12 3.5 M 7.5 8 L 12 3.5 L 16.5 8 M 4 15 L 4 18.5 C 4 19.5 4.5 20 5.5 20 L 18.5 20 "
    "C 19.5 20 20 19.5 20 18.5 L 20 15",
    "save": "M 12 3.5 L 12 15 M 7.5 10.5 L 12 15 L 16.5 10.5 M 4 15 L 4 18.5 C 4 19.5 4.5 20 5.5 20 L 18.5 20 "
    "C 19.5 20 20 19.5 20 18.5 L 20 15",
    "report": "R 5 3 14 18 1.5 M 8.5 8 L 15.5 8 M 8.5 12 L 15.5 12 M 8.5 16 L 12.5 16",
    "stack": "R 3.5 8 12.5 12.5 1.5 M 8 4 L 18.5 4 C 19.5 4 20 4.5 20 5.5 L 20 16",
    "undo": "M 8 4 L 3.5 8.5 L 8 13 M 4 8.5 L 14 8.5 C 22 8.5 22 19.5 14 19.5 L 8 19.5",
    "redo": "M 16 4 L 20.5 8.5 L 16 13 M 20 8.5 L 10 8.5 C 2 8.5 2 19.5 10 19.5 L 16 19.5",
    "find": "O 10.5 10.5 6.5 M 15.5 15.5 L 20.5 20.5",
    "words": "M 4 6 L 20 6 M 4 10.5 L 14 10.5 M 4 15 L 20 15 M 4 19.5 L 10 19.5",
    "settings": "M 3.5 7 L 10.5 7 M 17.5 7 L 20.5 7 O 14 7 3 M 3.5 17 L 6.5 17 M 13.5 17 L 20.5 17 O 10 17 3",
    "guide": "O 12 12 9 M 9.2 9.5 C 9.2 5.5 15 5.5 15 9.5 C 15 11.5 12 12 12 14 F O 12 17.3 0.4",
    "again": "M 20 4 L 20 9.5 L 14.5 9.5 M 19.5 9 C 16 1.5 4.5 3.5 4 12 C 4 22 17.5 22.5 19.8 14.5",
    "zoom in": "O 10.5 10.5 6.5 M 15.5 15.5 L 20.5 20.5 M 10.5 7.7 L 10.5 13.3 M 7.7 10.5 L 13.3 10.5",
    "zoom out": "O 10.5 10.5 6.5 M 15.5 15.5 L 20.5 20.5 M 7.7 10.5 L 13.3 10.5",
    "delete": "M 4 6.5 L 20 6.5 M 9 6.5 L 9 3.5 L 15 3.5 L 15 6.5 M 6 6.5 L 7 20.5 L 17 20.5 L 18 6.5",
}


@functools.cache
def paths(name: str) -> tuple[QPainterPath, QPainterPath]:
    """Return the strokes and the filled parts of a shape, on the grid."""
    strokes, filled = QPainterPath(), QPainterPath()
    path, words = strokes, iter(SHAPES[name].split())
    for command in words:
        if command == "F":
            path = filled
        elif command == "Z":
            path.closeSubpath()
        else:
            count = {"M": 2, "L": 2, "C": 6, "O": 3, "R": 5}[command]
            _draw(path, command, [float(next(words)) for _ in range(count)])
    return strokes, filled


def _draw(path: QPainterPath, command: str, numbers: list[float]) -> None:
    first = QPointF(*numbers[:2])
    if command == "M":
        path.moveTo(first)
    elif command == "L":
        path.lineTo(first)
    elif command == "C":
        path.cubicTo(first, QPointF(*numbers[2:4]), QPointF(*numbers[4:]))
    elif command == "O":
        path.addEllipse(first, numbers[2], numbers[2])
    else:
        path.addRoundedRect(QRectF(*numbers[:4]), numbers[4], numbers[4])
