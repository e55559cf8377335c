"""Qt view for the level: a meter in dBFS, its numbers, and a lamp for clipping."""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QIcon,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QToolButton, QWidget

from ser_desktop.gui.shared.steady_label import SteadyLabel
from ser_desktop.gui.shared.theme import LIGHT, Theme
from ser_desktop.gui.shared.words import number_text
from ser_desktop.gui.widgets.score_bars import set_value_later

QUIETEST_DBFS = -120.0  # the level of zeros
SCALE = ((-60.0, 0.0), (-40.0, 0.2), (-20.0, 0.5), (0.0, 1.0))  # dBFS, share of the length: half for the top 20 dB
ZONES_DBFS = (-60.0, -12.0, -6.0, 0.0)  # safe, loud, close to clipping; a line on the meter where one ends
TICKS_DBFS = (-60, -40, -20, -12, -6, 0)
NUMBERS_EVERY_S = 0.25  # faster ones cannot be read
HOLD_S = 1.5
LONGEST_LETTERS = 34  # length of the meter; a longer one is no easier to read
LEAST_SHARE = 0.42  # of it in a narrow window
FALL_DB_PER_S = 20.0 / 1.7  # as the needle of a peak programme meter, IEC 60268-10 type I


def position_on_scale(dbfs: float) -> float:
    """Return the position of a level on the meter: 0 at its start and below, 1 at full scale and above.

    >>> position_on_scale(-60.0), position_on_scale(-10.0), position_on_scale(3.0)
    (0.0, 0.75, 1.0)
    """
    for (low_db, low), (high_db, high) in itertools.pairwise(SCALE):
        if dbfs < high_db:
            return low + (high - low) * max(0.0, dbfs - low_db) / (high_db - low_db)
    return 1.0


class PeakHold:
    """Peak-hold line of a meter: it jumps up to a peak, holds for 1.5 s, and then falls."""

    def __init__(self) -> None:
        self._peak_dbfs, self._reached_s = QUIETEST_DBFS, 0.0

    def push(self, peak_dbfs: float, now_s: float) -> float:
        """Return the level of the line.

        Args:
            peak_dbfs: The peak since the last call.
            now_s: Time in seconds, of a monotonic clock.
        """
        fallen_db = FALL_DB_PER_S * max(0.0, now_s - self._reached_s - HOLD_S)
        if peak_dbfs >= self._peak_dbfs - fallen_db:
            self._peak_dbfs, self._reached_s = peak_dbfs, now_s
            return peak_dbfs
        return self._peak_dbfs - fallen_db


class LevelView(QWidget):
    """Level of a microphone: RMS bar, peak-hold line, maximum, and a clipping lamp that stays lit until it is pressed.

    Args:
        parent: Parent widget.
        clock: Monotonic clock in seconds, for the peak-hold line.
    """

    def __init__(self, parent: QWidget | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._clock = clock
        self._peak = PeakHold()
        self._maximum_dbfs, self._numbers_due_s = QUIETEST_DBFS, -math.inf
        self._meter = _Meter(self)
        self._numbers = SteadyLabel(self._number_lines("−100", "−100.0"), self)
        self._numbers.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._numbers.setToolTip(self.tr("Level now (RMS), and the highest peak since the start"))
        self._lamp = _ClipLamp(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._meter)
        layout.addWidget(self._numbers)
        layout.addWidget(self._lamp)
        self.setAccessibleName(self.tr("Level"))
        self._scale_to_font()
        self.reset()

    def show_level(self, rms_dbfs: float, peak_dbfs: float, is_clipped: bool) -> None:
        """Show the newest level.

        Args:
            rms_dbfs: RMS level, dB relative to full scale.
            peak_dbfs: Highest sample since the last call.
            is_clipped: Whether a sample since the last call reached full scale.
        """
        now_s = self._clock()
        self._maximum_dbfs = max(self._maximum_dbfs, peak_dbfs)
        self._meter.show_levels(rms_dbfs, self._peak.push(peak_dbfs, now_s), self._maximum_dbfs)
        if is_clipped:
            self._lamp.light()
        if now_s >= self._numbers_due_s:
            self._numbers_due_s = now_s + NUMBERS_EVERY_S
            self._show_numbers(rms_dbfs, peak_dbfs)

    def reset(self) -> None:
        """Clear level and maximum, and switch off the lamp."""
        self._peak = PeakHold()
        self._maximum_dbfs, self._numbers_due_s = QUIETEST_DBFS, -math.inf
        self._meter.show_levels(QUIETEST_DBFS, QUIETEST_DBFS, QUIETEST_DBFS)
        self._meter.set_description(QUIETEST_DBFS, self.tr("No sound yet."))
        self._numbers.show_text(self._number_lines("–", "–"))
        self._lamp.put_out()

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._meter.show_theme(theme)
        self._lamp.show_theme(theme)

    def changeEvent(self, event: QEvent) -> None:
        """Fit the size to the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._scale_to_font()

    def _show_numbers(self, rms_dbfs: float, peak_dbfs: float) -> None:
        rms, maximum = _number(rms_dbfs), _number(self._maximum_dbfs, digits=1)
        self._numbers.show_text(self._number_lines(rms, maximum))
        description = self.tr("Level {level} dBFS, peak {peak} dBFS, maximum {maximum} dBFS.")
        self._meter.set_description(
            rms_dbfs, description.format(level=rms, peak=_number(peak_dbfs, digits=1), maximum=maximum)
        )

    def _scale_to_font(self) -> None:
        self._numbers.setFont(_smaller(self.font()))
        self._numbers.fit()
        self._lamp.scale_to_font()

    def _number_lines(self, level: str, maximum: str) -> str:
        return self.tr("{level} dBFS\nmax {maximum}").format(level=level, maximum=maximum)


class _Meter(QProgressBar):
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
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._clear_scales()
        elif event.type() == QEvent.Type.StyleChange:
            self._cover_background()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._cover_background()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._clear_scales()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance("0") * LONGEST_LETTERS, round(metrics.height() * 1.6))

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(round(hint.width() * LEAST_SHARE), hint.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
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
        metrics = QFontMetrics(_smaller(self.font()))
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
        painter.setFont(_smaller(self.font()))
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
            half = painter.fontMetrics().horizontalAdvance(_number(dbfs)) / 2.0
            if x + half + space / 4.0 <= right:
                box = QRectF(x - space, bar.bottom() + 1.5, 2.0 * space, text_height)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _number(dbfs))
                right = x - half


class _ClipLamp(QToolButton):
    """Clipping lamp: lights when a sample reaches full scale, and stays lit until it is pressed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._is_lit = LIGHT, False
        self._icons: dict[bool, QIcon] = {}  # by whether it is lit; kept, because Qt's cache grows with each new QIcon
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.clicked.connect(self.put_out)

    def light(self) -> None:
        """Switch the lamp on."""
        if not self._is_lit:
            self._show_lit(True)

    def put_out(self) -> None:
        """Switch the lamp off."""
        self._show_lit(False)

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._theme = theme
        self._icons.clear()
        self._show_lit(self._is_lit)

    def scale_to_font(self) -> None:
        """Fit the size to the font: as wide as the wider of the two states, so that nothing moves when it lights."""
        side = round(self.fontMetrics().height() * 0.8)
        self.setIconSize(QSize(side, side))
        self._icons.clear()
        was_lit, widths = self._is_lit, []
        for is_lit in (not was_lit, was_lit):
            self._show_lit(is_lit)
            widths.append(self.sizeHint().width())
        self.setMinimumWidth(max(widths))

    def _show_lit(self, is_lit: bool) -> None:
        self._is_lit = is_lit
        self.setText(self.tr("CLIP") if is_lit else self.tr("clip"))
        if is_lit not in self._icons:
            self._icons[is_lit] = self._icon()
        self.setIcon(self._icons[is_lit])
        self.setAccessibleName(self.tr("Clipping: yes") if is_lit else self.tr("Clipping: no"))
        tip = (
            self.tr(
                "The sound reached full scale and is distorted. Turn the input down, then press this lamp to "
                "switch it off."
            )
            if is_lit
            else self.tr("Lights when the sound reaches full scale, and stays lit until pressed")
        )
        self.setToolTip(tip)
        self.setAccessibleDescription(tip)

    def _icon(self) -> QIcon:
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(self.iconSize() * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.text if self._is_lit else self._theme.muted, 1.5))
        if self._is_lit:
            painter.setBrush(self._theme.clip)
        side = self.iconSize().width() - 3.0
        painter.drawEllipse(QRectF(1.5, 1.5, side, side))
        painter.end()
        return QIcon(pixmap)


def _span(bar: QRectF, start_dbfs: float, end_dbfs: float) -> QRectF:
    left, right = (bar.left() + bar.width() * position_on_scale(dbfs) for dbfs in (start_dbfs, end_dbfs))
    return QRectF(left, bar.top(), right - left, bar.height())


def _number(dbfs: float, digits: int = 0) -> str:
    return "−∞" if dbfs <= QUIETEST_DBFS else number_text(dbfs, digits)


def _smaller(font: QFont) -> QFont:
    smaller = QFont(font)
    smaller.setPointSizeF(font.pointSizeF() * 0.8)
    return smaller
