"""Qt view for a level: a bar with a scale in dBFS, a peak-hold line and a line at the maximum."""

from __future__ import annotations

import itertools
import math

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from ser_desktop.gui.live.level_scale import QUIETEST_DBFS, SCALE, position_on_scale
from ser_desktop.gui.shared.theme import LIGHT, Theme
from ser_desktop.gui.shared.words import number_text
from ser_desktop.gui.widgets.score_bars import set_value_later

ZONES_DBFS = (-60.0, -12.0, -6.0, 0.0)  # safe, loud, close to clipping; a line on the meter where one ends
TICKS_DBFS = (-60, -40, -20, -12, -6, 0)
LONGEST_LETTERS = 34  # length of the meter; a longer one is no easier to read
LEAST_SHARE = 0.42  # of it in a narrow window


class LevelMeter(QProgressBar):
    """The bar with its scale; a progress bar, because screen readers read its value."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._rms_dbfs = self._peak_dbfs = self._maximum_dbfs = QUIETEST_DBFS
        self._scales = (QPixmap(), QPixmap())  # with an empty bar, and with a full one
        self._place: QRectF | None = None
        self.setRange(round(SCALE[0][0]), 0)
        self.setFormat("%v dBFS")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Level meter"))
        self.setToolTip(self.tr("Level from −60 dBFS to full scale: speech does well between −20 and −12"))

    def show_levels(self, rms_dbfs: float, peak_dbfs: float, maximum_dbfs: float) -> None:
        """Repaint with these levels, if at least one pixel changes."""
        before = self._pixels()
        self._rms_dbfs, self._peak_dbfs, self._maximum_dbfs = rms_dbfs, peak_dbfs, maximum_dbfs
        if self._pixels() != before:
            self.update(self._bar().toAlignedRect())

    def set_description(self, rms_dbfs: float, text: str) -> None:
        """Set the value and the description that a screen reader reads."""
        set_value_later(self, min(self.maximum(), max(self.minimum(), round(rms_dbfs))))
        self.setAccessibleDescription(text)

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._theme = theme
        self._clear_scales()

    def changeEvent(self, event: QEvent) -> None:
        """Measure the scale again in another font, and cover the background again in another style."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._clear_scales()
        elif event.type() == QEvent.Type.StyleChange:
            self._cover_background()

    def showEvent(self, event: QShowEvent) -> None:
        """Cover the background."""
        super().showEvent(event)
        self._cover_background()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Paint the scale again in the new size."""
        super().resizeEvent(event)
        self._clear_scales()

    def sizeHint(self) -> QSize:
        """Return a size for the longest useful meter."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance("0") * LONGEST_LETTERS, round(metrics.height() * 1.6))

    def minimumSizeHint(self) -> QSize:
        """Return a size for a narrow window."""
        hint = self.sizeHint()
        return QSize(round(hint.width() * LEAST_SHARE), hint.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the scale, the bar up to the RMS level, and the lines at the peak and at the maximum."""
        if self._scales[0].isNull() or self._scales[0].devicePixelRatio() != self.devicePixelRatioF():
            self._scales = (self._scale(is_full=False), self._scale(is_full=True))
        empty, full = self._scales
        bar, (rms, peak, maximum) = self._bar(), self._pixels()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, empty)
        painter.setClipRect(QRectF(0.0, 0.0, rms, self.height()))
        painter.drawPixmap(0, 0, full)
        painter.setClipping(False)
        for x, colour, width in ((maximum, self._theme.muted, 1.0), (peak, self._theme.text, 3.0)):
            if x > bar.left():
                painter.fillRect(QRectF(x - width / 2.0, bar.top() + 1.0, width, bar.height() - 2.0), colour)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.accent, 2.0))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 3.0, 3.0)

    def _cover_background(self) -> None:
        """Keep Qt from painting the widgets below as well; the style has allowed it for all progress bars."""
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def _bar(self) -> QRectF:
        if self._place is None:
            self._place = self._measured_bar()
        return self._place

    def _measured_bar(self) -> QRectF:
        metrics = QFontMetrics(smaller_font(self.font()))
        margin = metrics.horizontalAdvance("−60") / 2
        return QRectF(margin, 1.5, self.width() - 2 * margin, self.height() - metrics.height() - 3.0)

    def _pixels(self) -> tuple[int, int, int]:
        """Return the x positions of RMS, peak and maximum."""
        bar, levels = self._bar(), (self._rms_dbfs, self._peak_dbfs, self._maximum_dbfs)
        rms, peak, maximum = (round(bar.left() + bar.width() * position_on_scale(dbfs)) for dbfs in levels)
        return rms, peak, maximum

    def _clear_scales(self) -> None:
        self._scales, self._place = (QPixmap(), QPixmap()), None
        self.update()

    def _scale(self, *, is_full: bool) -> QPixmap:
        """Return the static part as a pixmap; painting it 30 times a second took 2 % of a core."""
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(self.size() * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(self._theme.window)
        painter = QPainter(pixmap)
        painter.setFont(smaller_font(self.font()))
        bar = self._bar()
        painter.fillRect(bar, self._theme.surface)
        colours = (self._theme.safe, self._theme.loud, self._theme.clip)
        for (start_dbfs, end_dbfs), colour in zip(itertools.pairwise(ZONES_DBFS), colours, strict=True):
            faint = QColor(colour)
            faint.setAlphaF(0.18)
            painter.fillRect(_span(bar, start_dbfs, end_dbfs), colour if is_full else faint)
            painter.setPen(QPen(self._theme.muted, 1.0))
            painter.drawRect(_span(bar, start_dbfs, end_dbfs))
        self._paint_numbers(painter, bar)
        painter.end()
        return pixmap

    def _paint_numbers(self, painter: QPainter, bar: QRectF) -> None:
        space, text_height = painter.fontMetrics().horizontalAdvance("−60"), painter.fontMetrics().height()
        painter.setPen(QPen(self._theme.muted, 1.0))
        right = math.inf  # where the last number begins: one that would touch it is left out
        for dbfs in reversed(TICKS_DBFS):
            x = bar.left() + bar.width() * position_on_scale(dbfs)
            painter.drawLine(QPointF(x, bar.bottom()), QPointF(x, bar.bottom() + 2.0))
            half = painter.fontMetrics().horizontalAdvance(level_number(dbfs)) / 2.0
            if x + half + space / 4.0 <= right:
                box = QRectF(x - space, bar.bottom() + 1.5, 2.0 * space, text_height)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, level_number(dbfs))
                right = x - half


def level_number(dbfs: float, digits: int = 0) -> str:
    """Return a level in dBFS as a number; that of zeros is minus infinity."""
    return "−∞" if dbfs <= QUIETEST_DBFS else number_text(dbfs, digits)


def smaller_font(font: QFont) -> QFont:
    """Return the font of the numbers of a meter."""
    smaller = QFont(font)
    smaller.setPointSizeF(font.pointSizeF() * 0.8)
    return smaller


def _span(bar: QRectF, start_dbfs: float, end_dbfs: float) -> QRectF:
    left, right = (bar.left() + bar.width() * position_on_scale(dbfs) for dbfs in (start_dbfs, end_dbfs))
    return QRectF(left, bar.top(), right - left, bar.height())
