"""Paints the card of a recording: name, length, ribbon, what it sounds like, and how much of it is unclear."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ser_desktop.analysis.ribbon import Cell
from ser_desktop.gui.shared.fonts import bold_font, scaled_font
from ser_desktop.gui.shared.theme import LIGHT, Theme, affect_colour, emotion_fill, mixed
from ser_desktop.gui.shared.words import percent_text

SMALL = 0.9
RIBBON_SHARE = 0.5  # of a line
PALE = 0.45  # of arousal and valence, beside the emotions


class CardDelegate(QStyledItemDelegate):
    """Three lines for each recording; the model gives the card in ``UserRole``."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view, self._theme = view, LIGHT

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of a card."""
        line = QFontMetrics(option.font).height()
        return QSize(line * 10, round(line * 3.6))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a card."""
        card, theme = index.data(Qt.ItemDataRole.UserRole), self._theme
        font, box = option.font, QRectF(option.rect)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        is_shown = index == self._view.currentIndex()
        line = float(QFontMetrics(font).height())
        painter.save()
        if is_selected or is_shown:
            painter.fillRect(box, mixed(theme.accent, theme.surface, 0.16))
        if is_shown:
            painter.fillRect(QRectF(box.left(), box.top(), 3.0, box.height()), theme.accent)
        painter.fillRect(QRectF(box.left(), box.bottom() - 1.0, box.width(), 1.0), theme.grid)
        inner = box.adjusted(line * 0.6, line * 0.3, -line * 0.6, -line * 0.3)
        top = QRectF(inner.left(), inner.top(), inner.width(), line)
        right = "…" if card.stage.value in ("waiting", "reading") else card.length
        painter.setFont(scaled_font(font, SMALL))
        painter.setPen(theme.clip if card.stage.value == "recording" else theme.muted)
        right = f"● {right}" if card.stage.value == "recording" else right
        self._line(painter, top, card.name, right, bold=bold_font(font) if is_shown else font)
        ribbon = QRectF(inner.left(), top.bottom() + line * 0.2, inner.width(), line * RIBBON_SHARE)
        paint_ribbon(painter, ribbon, card.ribbon, theme)
        painter.setFont(scaled_font(font, SMALL))
        painter.setPen(theme.muted)
        below = QRectF(inner.left(), ribbon.bottom() + line * 0.2, inner.width(), line)
        unclear = (
            "" if card.unclear is None else self.tr("{percent} unclear").format(percent=percent_text(card.unclear))
        )
        self._line(painter, below, card.sentence, unclear)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.accent, 1.0))
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -1.5))
        painter.restore()

    def _line(self, painter: QPainter, box: QRectF, left: str, right: str, *, bold: QFont | None = None) -> None:
        """Write two texts; the left one is shortened to the room."""
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, right)
        room = box.width() - painter.fontMetrics().horizontalAdvance(right + "  ")
        if bold is not None:
            painter.setFont(bold)
            painter.setPen(self._theme.text)
        elide = Qt.TextElideMode.ElideRight if bold is None else Qt.TextElideMode.ElideMiddle
        text = painter.fontMetrics().elidedText(left, elide, round(room))
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignLeft, text)


def paint_ribbon(painter: QPainter, box: QRectF, cells: tuple[Cell, ...], theme: Theme) -> None:
    """Paint the cells of a recording side by side; without cells, only where they will be."""
    painter.fillRect(box, theme.grid)
    width = box.width() / max(len(cells), 1)
    for index, cell in enumerate(cells):
        colour = theme.surface
        if cell.label:
            colour = emotion_fill(cell.label)
        elif cell.claim:
            colour = mixed(affect_colour(cell.claim, theme), theme.surface, PALE)
        elif cell.holds_speech:
            colour = mixed(theme.text, theme.surface, 0.15)
        painter.fillRect(QRectF(box.left() + index * width, box.top(), width + 0.5, box.height()), colour)
