"""Qt view for the transport: record, pause, stop, play, input, level, position."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QComboBox, QLabel, QToolBar, QWidget

from ser_desktop.gui.actions import Actions
from ser_desktop.gui.level_view import LevelView

DEFAULT_INPUT = ""


class TransportBar(QToolBar):
    """The bar above the timeline.

    Signals:
        input_chosen(str): Another microphone, by name; empty for the system's default.
    """

    input_chosen = Signal(str)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transport")
        self.setWindowTitle(self.tr("Transport"))
        self.setMovable(False)
        for action in (actions.record, actions.pause, actions.stop, actions.play):
            self.addAction(action)
        self.addSeparator()
        self._inputs = QComboBox()
        self._inputs.setAccessibleName(self.tr("Microphone"))
        self._inputs.setToolTip(self.tr("The microphone to record"))
        self._inputs.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._inputs.activated.connect(lambda _index: self.input_chosen.emit(self._inputs.currentData()))
        self.addWidget(self._inputs)
        self.level = LevelView()
        self.addWidget(self.level)
        self._position = QLabel()
        self._position.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._position.setAccessibleName(self.tr("Position"))
        self.addWidget(self._position)
        self.show_position(0.0)

    def show_inputs(self, names: list[str], chosen: str | None) -> None:
        """List the microphones; one that is chosen but not there is listed as missing."""
        self._inputs.clear()
        if not names:
            self._inputs.addItem(self.tr("No microphone"), DEFAULT_INPUT)
            self._inputs.setToolTip(
                self.tr("No microphone was found. Connect one, then Transport ▸ Look for microphones.")
            )
        else:
            self._inputs.addItem(self.tr("Default microphone"), DEFAULT_INPUT)
        for name in names:
            self._inputs.addItem(name, name)
        if chosen and chosen not in names:
            self._inputs.addItem(self.tr("{name} (not connected)").format(name=chosen), chosen)
        self._inputs.setCurrentIndex(max(0, self._inputs.findData(chosen or DEFAULT_INPUT)))

    def set_input_enabled(self, is_enabled: bool) -> None:
        """Allow another microphone to be chosen, or not: while one is recorded."""
        self._inputs.setEnabled(is_enabled)

    def show_position(self, seconds: float) -> None:
        """Show a time as hours, minutes, seconds and tenths."""
        tenths = round(10 * seconds)
        text = f"{tenths // 36_000:02d}:{tenths // 600 % 60:02d}:{tenths // 10 % 60:02d}.{tenths % 10}"
        self._position.setText(f"  {text}  ")
