"""Qt view for clipping: a lamp that lights when a sample reaches full scale."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QToolButton, QWidget

from ser_desktop.gui.shared.theme import LIGHT, Theme


class ClipLamp(QToolButton):
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
