"""Qt view for the open recordings: one tab for each, if there are two or more."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPen
from PySide6.QtWidgets import QTabBar, QToolButton, QWidget

from ser_desktop.gui.shared.icons import transparent_pixmap
from ser_desktop.gui.shared.theme import LIGHT, Theme

MAX_LETTERS = 40  # of a tab; a longer name has an ellipsis in its middle


class Stage(enum.Enum):
    """State of a recording."""

    READY = "ready"
    WAITING = "waiting"
    READING = "reading"
    RECORDING = "recording"


@dataclass(frozen=True, slots=True)
class Tab:
    """The content of a tab.

    Attributes:
        name: Of the recording.
        path: Of the recording, for the tooltip.
        stage: State of the recording, shown as an icon beside the name.
    """

    name: str
    path: str
    stage: Stage


class RecordingTabs(QTabBar):
    """The tab bar; hidden while there is one recording or none.

    Signals:
        chosen(int): Emitted with the index of the tab that the user chose.
        close_requested(int): Emitted with the index of the tab to close.
    """

    chosen = Signal(int)
    close_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._tabs: tuple[Tab, ...] = ()
        self._signs: dict[Stage, QIcon] = {}  # kept, because Qt's cache of icons grows with each new QIcon
        self.setAccessibleName(self.tr("Open recordings"))
        self.setAccessibleDescription(self.tr("Ctrl+Tab goes to the next one, Ctrl+W closes it"))
        self.setDocumentMode(True)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideMiddle)
        self.setUsesScrollButtons(True)
        self.currentChanged.connect(self._emit_chosen)
        self.hide()

    def show_tabs(self, tabs: Sequence[Tab], current: int) -> None:
        """Show these tabs and no others.

        Args:
            tabs: In the order in which they were opened.
            current: Index of the shown recording; -1 for none.
        """
        was_blocked = self.blockSignals(True)
        while self.count() > len(tabs):
            self.removeTab(self.count() - 1)
        for index, tab in enumerate(tabs):
            if index >= self.count():
                self.addTab("")
            if index >= len(self._tabs) or self._tabs[index] != tab:
                self._show_tab(index, tab)
        self._tabs = tuple(tabs)
        self.setCurrentIndex(current)
        self.blockSignals(was_blocked)
        self.setVisible(len(tabs) > 1)

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._theme = theme
        self._show_again()

    def tabSizeHint(self, index: int) -> QSize:
        """Return the size of a tab, with a limited width."""
        hint = super().tabSizeHint(index)
        return QSize(min(hint.width(), self.fontMetrics().averageCharWidth() * MAX_LETTERS), hint.height())

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Return the same size: too many tabs are scrolled, not shrunk to a few letters."""
        return self.tabSizeHint(index)

    def changeEvent(self, event: QEvent) -> None:
        """Scale to the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_tabs"):
            self._show_again()

    def _show_again(self) -> None:
        self._signs.clear()
        for index, tab in enumerate(self._tabs):
            self._show_tab(index, tab)

    def _show_tab(self, index: int, tab: Tab) -> None:
        words = {
            Stage.READY: "{path}",
            Stage.WAITING: self.tr("{path} (waits until the others have been read)"),
            Stage.READING: self.tr("{path} (is being read)"),
            Stage.RECORDING: self.tr("{path} (is being recorded)"),
        }
        spoken = {
            Stage.READY: "{name}",
            Stage.WAITING: self.tr("{name}, waiting"),
            Stage.READING: self.tr("{name}, being read"),
            Stage.RECORDING: self.tr("{name}, being recorded"),
        }
        self.setTabText(index, tab.name.replace("&", "&&"))
        self.setTabToolTip(index, words[tab.stage].format(path=tab.path))
        self.setAccessibleTabName(index, spoken[tab.stage].format(name=tab.name))
        if tab.stage not in self._signs:
            self._signs[tab.stage] = self._sign(tab.stage)
        self.setTabIcon(index, self._signs[tab.stage])
        self._place_close_button(index, tab)

    def _place_close_button(self, index: int, tab: Tab) -> None:
        """Put our own close button at the end of the tab: Qt's has no accessible name and ignores the theme.

        The tabs are not “closable”: Qt would create its own buttons too, and keep them hidden without deleting them.
        """
        button = self.tabButton(index, QTabBar.ButtonPosition.RightSide)
        if not isinstance(button, QToolButton):
            button = QToolButton(self)
            button.setText("✕")
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Ctrl+W is the key
            button.clicked.connect(self._request_close)
            self.setTabButton(index, QTabBar.ButtonPosition.RightSide, button)
        side = self.fontMetrics().height() + 2
        button.setFixedSize(side, side)
        button.setAccessibleName(self.tr("Close {name}").format(name=tab.name))
        button.setToolTip(self.tr("Close (Ctrl+W)"))
        button.setEnabled(tab.stage is not Stage.RECORDING)

    def _request_close(self) -> None:
        for index in range(self.count()):
            if self.tabButton(index, QTabBar.ButtonPosition.RightSide) is self.sender():
                self.close_requested.emit(index)
                return

    def _emit_chosen(self, index: int) -> None:
        if index >= 0:
            self.chosen.emit(index)

    def _sign(self, stage: Stage) -> QIcon:
        if stage is Stage.READY:
            return QIcon()
        side = self.fontMetrics().height()
        pixmap = transparent_pixmap(side, side, self.devicePixelRatioF())
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(side * 0.22, side * 0.22, side * 0.56, side * 0.56)
            if stage is Stage.RECORDING:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.clip)
                painter.drawEllipse(box)
            else:
                colour = self._theme.accent if stage is Stage.READING else self._theme.muted
                painter.setPen(QPen(colour, side * 0.13))
                painter.drawEllipse(box)
                if stage is Stage.READING:
                    painter.setBrush(colour)
                    painter.drawPie(box, 90 * 16, -180 * 16)
        return QIcon(pixmap)
