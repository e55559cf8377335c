"""A large button of the start page: an icon, what it does, a sentence, and its key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ser_desktop.gui.shared.fonts import scaled_font
from ser_desktop.gui.shared.icons import paint_icon
from ser_desktop.gui.shared.theme import LIGHT, Theme, mixed

TITLE_SCALE = 1.25
LETTERS, LINES = 20, 5.6  # of its size, at least
ICON_LINES = 2.4
RADIUS_PX = 8.0


class WayButton(QAbstractButton):
    """A way to begin.

    Args:
        icon: Name of its shape.
        text: What it does.
        sentence: More about it.
        key: Its key, as the keyboard writes it; empty for none.
        is_primary: Whether it is the primary action of the page.
        parent: Parent widget.
    """

    def __init__(
        self,
        icon: str,
        text: str,
        sentence: str,
        *,
        key: str = "",
        is_primary: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._icon, self._sentence, self._key, self._is_primary = LIGHT, icon, sentence, key, is_primary
        self._is_pointed = False
        self.setText(text)
        self.setAccessibleName(text)
        self.setAccessibleDescription(sentence)
        self.setToolTip(f"{text} ({key})" if key else text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size for the icon, the title and two lines of the sentence."""
        line = self.fontMetrics().height()
        return QSize(self.fontMetrics().averageCharWidth() * (LETTERS + 12), round(line * LINES))

    def minimumSizeHint(self) -> QSize:
        """Return the smallest useful size."""
        return QSize(self.fontMetrics().averageCharWidth() * (LETTERS + 6), self.sizeHint().height())

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that the pointer is over it."""
        self._is_pointed = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Show that the pointer has left."""
        self._is_pointed = False
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, icon and texts."""
        theme, box = self._theme, QRectF(self.rect()).adjusted(1.0, 1.0, -1.0, -1.0)
        ground = theme.accent if self._is_primary else theme.surface
        text = theme.on_accent if self._is_primary else theme.text
        weak = mixed(theme.on_accent, theme.accent, 0.85) if self._is_primary else theme.muted
        if self._is_pointed or self.isDown():
            ground = mixed(text, ground, 0.16 if self.isDown() else 0.07)
        is_marked = self.hasFocus() or self._is_pointed
        edge = (theme.text if self._is_primary else theme.accent) if is_marked else theme.border
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(edge, 2.0 if self.hasFocus() else 1.0))
        painter.setBrush(ground)
        painter.drawRoundedRect(box, RADIUS_PX, RADIUS_PX)
        line = float(self.fontMetrics().height())
        side = line * ICON_LINES
        icon = QRectF(box.left() + line, box.center().y() - side / 2.0, side, side)
        colour = text if self._is_primary or self._icon != "record" else theme.clip
        paint_icon(painter, self._icon, icon, colour)
        inner = QRectF(icon.right() + line * 0.9, box.top(), box.right() - icon.right() - line * 1.6, box.height())
        title = scaled_font(self.font(), TITLE_SCALE, is_bold=True)
        metrics = QFontMetricsF(title)
        wrapped = Qt.TextFlag.TextWordWrap
        needed = QFontMetricsF(self.font()).boundingRect(inner, wrapped, self._sentence).height()
        top = box.center().y() - (metrics.height() + needed) / 2.0
        painter.setFont(title)
        painter.setPen(text)
        head = QRectF(inner.left(), top, inner.width(), metrics.height())
        painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setFont(self.font())
        painter.setPen(weak)
        painter.drawText(QRectF(inner.left(), head.bottom(), inner.width(), needed), wrapped, self._sentence)
        room = head.width() - metrics.horizontalAdvance(self.text())
        if self._key and self.fontMetrics().horizontalAdvance(self._key) + line / 2.0 < room:
            painter.drawText(head, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._key)
        painter.end()
