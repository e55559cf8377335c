"""Qt view while something is recorded: arousal and valence as a plane, with the last ten seconds as a trail."""

from __future__ import annotations

import itertools
import math
from collections import deque

import pyqtgraph
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QStyleOptionGraphicsItem, QWidget

from ser_desktop.gui.shared.theme import LIGHT, Theme, translucent
from ser_desktop.gui.shared.words import affect_words, percent_text
from ser_desktop.values import AffectClaim, TimelineEntry

TRAIL_S = 10.0
LARGEST_PX, SMALLEST_PX = 13.0, 4.0
FAINTEST = 40  # opacity of the oldest point, of 255
X_RANGE, Y_RANGE = (-0.04, 1.04), (-0.14, 1.14)  # words stand above and below the plane


class AffectPlane(pyqtgraph.PlotWidget):
    """Valence from left to right, arousal from bottom to top; the newest point is the largest."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=None)
        self._theme = LIGHT
        self._trail: deque[tuple[float, float, float]] = deque()  # end in seconds, valence, arousal; NaN without speech
        self.setAccessibleName(self.tr("Arousal and valence, the last ten seconds"))
        self.setFrameShape(self.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMouseEnabled(x=False, y=False)
        self.setMenuEnabled(False)
        self.hideButtons()
        for side in ("left", "bottom"):
            self.hideAxis(side)
        self.disableAutoRange()
        self.setRange(xRange=X_RANGE, yRange=Y_RANGE, padding=0.0)
        self._lines = [self.plot([0.5, 0.5], [0.0, 1.0]), self.plot([0.0, 1.0], [0.5, 0.5])]
        self._frame = self.plot([0.0, 1.0, 1.0, 0.0, 0.0], [0.0, 0.0, 1.0, 1.0, 0.0])
        self._points = _Trail()
        self.addItem(self._points, ignoreBounds=True)
        self._words = {
            AffectClaim.HIGH_AROUSAL: ((0.5, 1.0), (0.5, 1.0)),
            AffectClaim.LOW_AROUSAL: ((0.5, 0.0), (0.5, 0.0)),
            AffectClaim.POSITIVE: ((1.0, 0.5), (1.0, 1.0)),
            AffectClaim.NEGATIVE: ((0.0, 0.5), (0.0, 1.0)),
        }
        self._texts = {claim: pyqtgraph.TextItem(anchor=anchor) for claim, (_at, anchor) in self._words.items()}
        for claim, (at, _anchor) in self._words.items():
            self._texts[claim].setPos(*at)
            self.addItem(self._texts[claim], ignoreBounds=True)
        self.show_theme(LIGHT)

    @property
    def trail(self) -> list[tuple[float, float, float]]:
        """The points that are shown: end in seconds, valence and arousal."""
        return [point for point in self._trail if not math.isnan(point[1])]

    def clear_trail(self) -> None:
        """Begin another recording."""
        self._trail.clear()
        self._show()

    def add(self, entries: list[TimelineEntry]) -> None:
        """Add entries; those older than ten seconds go."""
        for entry in entries:
            place = (entry.affect.valence, entry.affect.arousal) if entry.affect else (math.nan, math.nan)
            self._trail.append((entry.end_s, *place))
        while self._trail and self._trail[0][0] < self._trail[-1][0] - TRAIL_S:
            self._trail.popleft()
        self._show()

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._theme = theme
        self._frame.setPen(pyqtgraph.mkPen(theme.border))
        for line in self._lines:
            line.setPen(pyqtgraph.mkPen(theme.border, style=Qt.PenStyle.DashLine))
        for claim, text in self._texts.items():
            text.setText(affect_words((claim,)), color=theme.muted)
        self._show()

    def sizeHint(self) -> QSize:
        """Return a square."""
        side = self.fontMetrics().height() * 14
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest legible square."""
        side = self.fontMetrics().height() * 7
        return QSize(side, side)

    def _show(self) -> None:
        self._points.show_trail(list(self._trail), self._theme)
        self.setAccessibleDescription(self._description())

    def _description(self) -> str:
        if not self._trail or math.isnan(self._trail[-1][1]):
            return self.tr("no speech at this moment")
        _end_s, valence, arousal = self._trail[-1]
        text = self.tr("arousal {arousal}, valence {valence}")
        return text.format(arousal=percent_text(arousal), valence=percent_text(valence))


class _Trail(pyqtgraph.GraphicsObject):
    """The points of the last seconds, with a line through those that follow each other.

    A scatter plot of pyqtgraph draws a picture of each size and colour before it shows it; here, where all of them
    change with each entry, that took a tenth of the window's time.
    """

    def __init__(self) -> None:
        super().__init__()
        self._points: list[tuple[float, float, float]] = []
        self._theme = LIGHT

    def show_trail(self, points: list[tuple[float, float, float]], theme: Theme) -> None:
        """Show points: end in seconds, valence and arousal; NaN breaks the line."""
        self._points, self._theme = points, theme
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(X_RANGE[0], Y_RANGE[0], X_RANGE[1] - X_RANGE[0], Y_RANGE[1] - Y_RANGE[0])

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(translucent(self._theme.accent, 120), 1.0)  # of width 1.5 the whole plane takes twice the time
        pen.setCosmetic(True)
        painter.setPen(pen)
        for is_known, run in itertools.groupby(self._points, lambda point: not math.isnan(point[1])):
            if is_known:
                painter.drawPolyline([QPointF(x, y) for _end_s, x, y in run])
        painter.setPen(Qt.PenStyle.NoPen)
        scale, brush = painter.worldTransform(), QColor(self._theme.accent)
        for end_s, x, y in self._points:
            if not math.isnan(x):
                fresh = 1.0 - (self._points[-1][0] - end_s) / TRAIL_S
                radius = (SMALLEST_PX + (LARGEST_PX - SMALLEST_PX) * fresh**3) / 2.0
                brush.setAlpha(round(FAINTEST + (255 - FAINTEST) * fresh**2))
                painter.setBrush(brush)
                painter.drawEllipse(QPointF(x, y), radius / abs(scale.m11()), radius / abs(scale.m22()))
