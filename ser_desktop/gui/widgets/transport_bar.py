"""Qt view for the transport: record, pause, stop, play, input, level, position."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontDatabase, QIcon, QResizeEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QToolBar, QToolButton, QWidget

from ser_desktop.gui.actions import Actions
from ser_desktop.gui.live.level_view import LevelView
from ser_desktop.gui.shared.icons import pause_icon, play_icon, record_icon, stop_icon
from ser_desktop.gui.shared.primary import make_primary
from ser_desktop.gui.shared.steady_label import SteadyLabel
from ser_desktop.gui.shared.theme import LIGHT, Theme
from ser_desktop.gui.shared.words import SYSTEM_DEFAULT, clock_text, device_word
from ser_desktop.gui.widgets.voice_box import VoiceBox
from ser_desktop.values import UNKNOWN_VOICE, VoiceChoice

DEFAULT_INPUT = ""
INPUT_LETTERS = 16  # visible of a microphone's name; the list shows all of it
LEAST_INPUT_LETTERS = 9  # in a window 900 pixels wide, where the position would have no room otherwise
POSITION_SCALE = 1.3
NARROW_LETTERS, VOICE_LETTERS = 165, 25  # width of a narrow bar, and of the list of voices


class TransportBar(QToolBar):
    """The tool bar above the timeline.

    Attributes:
        level: The level of the microphone.
        voices: Who speaks in the next recordings; hidden as long as no voice is known.

    Signals:
        input_chosen(str): Emitted with the name of the chosen microphone; empty for the system's default.
        voice_chosen(VoiceChoice): Emitted with who speaks in the next recordings.
    """

    input_chosen = Signal(str)
    voice_chosen = Signal(object)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._is_live = self._is_playing = False
        # Kept, because Qt's cache of scaled icons holds those of each QIcon: new ones at each state took 12 KB a time.
        self._record_icons: dict[bool, QIcon] = {}  # by whether a recording is made
        self._play_icons: dict[tuple[bool, bool], QIcon] = {}  # by whether a recording is played, and is primary
        self._stop_icons: dict[bool, QIcon] = {}  # by whether it is primary
        self._primary = ""  # the name of the primary action
        self.setObjectName("transport")
        self.setWindowTitle(self.tr("Transport"))
        self.setAccessibleName(self.tr("Transport"))
        self.setMovable(False)
        self.setFloatable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._add_buttons()
        self.addSeparator()
        self._inputs = _Inputs()
        self._inputs.setAccessibleName(self.tr("Microphone"))
        self._inputs.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._inputs.setMinimumContentsLength(INPUT_LETTERS)
        self._inputs.activated.connect(lambda _index: self.input_chosen.emit(self._inputs.currentData()))
        self.addWidget(self._inputs)
        self._add_voices()
        self.addSeparator()
        self.level = LevelView()
        self.addWidget(self.level)
        self._add_space()
        self._position = SteadyLabel(clock_text(0.0, decimals=1))
        self._position.setAccessibleName(self.tr("Position"))
        self._position.setToolTip(self.tr("Position: hours, minutes, seconds"))
        self.addWidget(self._position)
        self._scale_to_font()
        self.show_inputs([], None)
        self.show_position(0.0)
        self.show_theme(LIGHT)

    def show_inputs(self, names: list[str], chosen: str | None) -> None:
        """List the microphones; a chosen one that is missing is listed as not connected."""
        self._inputs.clear()
        if names:
            self._inputs.addItem(device_word(None), DEFAULT_INPUT)
            tip = self.tr("The microphone to record")
        else:
            self._inputs.addItem(self.tr("No microphone"), DEFAULT_INPUT)
            tip = self.tr("No microphone was found. Connect one, then Transport ▸ Look for microphones.")
        for name in names:
            if name != SYSTEM_DEFAULT:  # the first row
                self._inputs.addItem(name, name)
        if chosen and chosen not in names:
            self._inputs.addItem(self.tr("{name} (not connected)").format(name=chosen), chosen)
        self._inputs.setCurrentIndex(max(0, self._inputs.findData(chosen or DEFAULT_INPUT)))
        self._inputs.setToolTip(tip)
        self._inputs.setAccessibleDescription(tip)
        widest = self._inputs.fontMetrics().horizontalAdvance(max(map(self._inputs.itemText, self._rows()), key=len))
        self._inputs.view().setMinimumWidth(widest + 3 * self._inputs.fontMetrics().height())

    def show_voices(self, names: Sequence[str], choice: VoiceChoice) -> None:
        """Offer who speaks in the next recordings; hidden as long as there is nothing to choose.

        Args:
            names: The voices that are known.
            choice: The one of the settings.
        """
        self._voices_action.setVisible(bool(names) or choice != UNKNOWN_VOICE)
        self.voices.show_choices(names, choice)

    def set_input_enabled(self, is_enabled: bool) -> None:
        """Enable or disable the choice of the microphone; disabled during a recording."""
        self._inputs.setEnabled(is_enabled)
        self.voices.setEnabled(is_enabled)

    def show_position(self, seconds: float) -> None:
        """Show a time as hours, minutes, seconds and tenths."""
        self._position.show_text(clock_text(seconds, decimals=1))

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self.level.show_theme(theme)
        both = (False, True)
        self._record_icons = {is_live: record_icon(theme, is_recording=is_live) for is_live in both}
        self._play_icons = {
            (is_playing, is_primary): play_icon(theme, is_playing=is_playing, is_primary=is_primary)
            for is_playing in both
            for is_primary in both
        }
        self._stop_icons = {is_primary: stop_icon(theme, is_primary=is_primary) for is_primary in both}
        self._actions.record.setIcon(self._record_icons[self._is_live])
        self._actions.pause.setIcon(pause_icon(theme))
        self._show_icons()

    def show_state(self, *, is_live: bool, is_playing: bool) -> None:
        """Show on the buttons whether a recording or playback is running, and which action is the primary one."""
        primary = "stop" if is_live or is_playing else "play" if self._actions.play.isEnabled() else ""
        # Only what changes: at each change of an action, Qt 6.11 adds a connection to its button (144 bytes).
        if is_live != self._is_live:
            self._is_live = is_live
            self._actions.record.setIcon(self._record_icons[is_live])
        if (is_playing, primary) != (self._is_playing, self._primary):
            self._is_playing, self._primary = is_playing, primary
            self._show_icons()

    def _show_icons(self) -> None:
        actions, primary = self._actions, self._primary
        actions.play.setIcon(self._play_icons[self._is_playing, primary == "play"])
        actions.stop.setIcon(self._stop_icons[primary == "stop"])
        for action, name in ((actions.play, "play"), (actions.stop, "stop")):
            button = self.widgetForAction(action)
            if isinstance(button, QToolButton):
                make_primary(button, primary == name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show pause and stop without words where the bar is narrow, so that the position stays visible."""
        super().resizeEvent(event)
        letters = NARROW_LETTERS + (VOICE_LETTERS if self._voices_action.isVisible() else 0)
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        if event.size().width() < letters * self.fontMetrics().averageCharWidth():
            style = Qt.ToolButtonStyle.ToolButtonIconOnly
        for action in (self._actions.pause, self._actions.stop):
            button = self.widgetForAction(action)
            if isinstance(button, QToolButton) and button.toolButtonStyle() is not style:
                button.setToolButtonStyle(style)

    def changeEvent(self, event: QEvent) -> None:
        """Scale to the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_position"):
            self._scale_to_font()

    def _add_buttons(self) -> None:
        for action in (self._actions.record, self._actions.pause, self._actions.stop, self._actions.play):
            self.addAction(action)
            button = self.widgetForAction(action)
            if isinstance(button, QToolButton):
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                button.setAccessibleName(action.iconText())
                button.setAccessibleDescription(action.statusTip())

    def _add_voices(self) -> None:
        self.voices = VoiceBox(
            self.tr("Who speaks in new recordings"),
            self.tr("Who speaks in what you record or open next; Analysis ▸ My voice makes a voice known"),
        )
        self.voices.chosen.connect(self.voice_chosen)
        self._voices_action = self.addWidget(self.voices)
        self._voices_action.setVisible(False)

    def _add_space(self) -> None:
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)

    def _scale_to_font(self) -> None:
        side = self.fontMetrics().height()
        self.setIconSize(QSize(side, side))
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF() * POSITION_SCALE)
        self._position.setFont(font)
        self._position.setContentsMargins(side // 2, 0, side // 2, 0)
        self._position.fit()

    def _rows(self) -> range:
        return range(self._inputs.count())


class _Inputs(QComboBox):
    """A list of microphones that shrinks before the other parts of the bar."""

    def minimumSizeHint(self) -> QSize:
        wanted = super().minimumSizeHint()
        spared = (INPUT_LETTERS - LEAST_INPUT_LETTERS) * self.fontMetrics().horizontalAdvance("X")
        return QSize(wanted.width() - spared, wanted.height())
