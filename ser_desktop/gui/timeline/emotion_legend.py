"""Qt view for the legend: each emotion with colour, letter and name; a click hides it in the timeline."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from ser_desktop.gui.shared.emotion_plate import paint_plate
from ser_desktop.gui.shared.icons import transparent_pixmap
from ser_desktop.gui.shared.theme import LIGHT, Theme
from ser_desktop.gui.shared.words import emotion_word


class EmotionLegend(QWidget):
    """One chip for each emotion, with its name while all names fit.

    Signals:
        hidden_changed: Emitted with the frozenset of hidden emotions when it changes.
    """

    hidden_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Emotions shown in the timeline"))
        self._theme = LIGHT
        self._chips: dict[str, QToolButton] = {}
        self._made: dict[
            str, QToolButton
        ] = {}  # every chip so far: they are reused, because Qt retains some KB for each deleted one
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2)
        self._row.addStretch(1)
        self.show_theme(self._theme)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def hidden(self) -> frozenset[str]:
        """The emotions that are hidden."""
        return frozenset(label for label, chip in self._chips.items() if not chip.isChecked())

    @property
    def chips(self) -> tuple[QToolButton, ...]:
        """The chips in the order of the emotions."""
        return tuple(self._chips.values())

    def start(self, labels: tuple[str, ...]) -> None:
        """Show chips for these emotions; those hidden before stay hidden."""
        if labels == tuple(self._chips):
            return
        for chip in self._chips.values():
            self._row.removeWidget(chip)
            chip.hide()
        for label in labels:
            if label not in self._made:
                self._made[label] = self._chip(label)
        self._chips = {label: self._made[label] for label in labels}
        for index, chip in enumerate(self._chips.values()):
            self._row.insertWidget(index, chip)
            chip.show()
        self._use_room()

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._theme = theme
        self.setStyleSheet(
            f"QToolButton {{ border: 1px solid transparent; border-radius: 4px; padding: 2px 5px; background: none;"
            f" color: {theme.muted.name()}; }}"
            f"QToolButton:checked {{ color: {theme.text.name()}; }}"
            f"QToolButton:hover {{ background: {theme.grid.name()}; }}"
            f"QToolButton:focus {{ border-color: {theme.accent.name()}; }}"
        )
        self._show_icons()

    def paint_row(self, painter: QPainter, area: QRectF) -> None:
        """Draw the shown emotions as one row, for an exported image."""
        side, x = painter.fontMetrics().height() * 1.1, area.left()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for label in (label for label in self._chips if label not in self.hidden):
            name = emotion_word(label)
            paint_plate(painter, QRectF(x, area.center().y() - side / 2.0, side, side), label, self._theme)
            painter.setPen(self._theme.text)
            box = QRectF(x + side * 1.4, area.top(), area.width(), area.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name)
            x += side * 2.4 + painter.fontMetrics().horizontalAdvance(name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show names while all of them fit."""
        super().resizeEvent(event)
        self._use_room()

    def changeEvent(self, event: QEvent) -> None:
        """Scale the icons to the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._show_icons()
            self._use_room()

    def minimumSizeHint(self) -> QSize:
        """Return the room for one row of letters."""
        return QSize(0, super().minimumSizeHint().height())

    def _show_icons(self) -> None:
        for label, chip in self._made.items():
            chip.setIcon(self._icon(label))

    def _chip(self, label: str) -> QToolButton:
        name = emotion_word(label)
        chip = QToolButton(self)
        chip.setText(name)
        chip.setCheckable(True)
        chip.setChecked(True)
        chip.setAutoRaise(True)
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.setAccessibleName(name)
        chip.setToolTip(self.tr("Show or hide “{0}” in the timeline").format(name))
        chip.setAccessibleDescription(chip.toolTip())
        chip.setIcon(self._icon(label))
        chip.toggled.connect(lambda: self.hidden_changed.emit(self.hidden))
        return chip

    def _icon(self, label: str) -> QIcon:
        side = round(self.fontMetrics().height() * 1.1)
        icon = QIcon()
        for state in (QIcon.State.On, QIcon.State.Off):
            pixmap = transparent_pixmap(side, side, self.devicePixelRatioF())
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(self.font())
            paint_plate(painter, QRectF(0, 0, side, side), label, self._theme, is_shown=state is QIcon.State.On)
            painter.end()
            icon.addPixmap(pixmap, QIcon.Mode.Normal, state)
        return icon

    def _use_room(self) -> None:
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        side = round(self.fontMetrics().height() * 1.1)
        for chip in self._chips.values():
            chip.setIconSize(QSize(side, side))
            chip.setToolButtonStyle(style)
        if sum(chip.sizeHint().width() + self._row.spacing() for chip in self._chips.values()) > self.width():
            for chip in self._chips.values():
                chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
