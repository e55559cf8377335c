"""The window and its dialogs, used with the keyboard and a screen reader alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDialog,
    QMenu,
    QScrollBar,
    QTabWidget,
    QToolBar,
    QToolButton,
    QWidget,
)

from ser_desktop import paths
from ser_desktop.gui.dialogs.help_dialogs import AboutDialog, FirstRunDialog, ModelCardDialog
from ser_desktop.gui.dialogs.keys_dialog import KeysDialog
from ser_desktop.gui.dialogs.settings_dialog import SettingsDialog
from ser_desktop.gui.engine.job import Progress
from ser_desktop.gui.engine.opened_sound import RecordingInfo
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.model.session import Session
from ser_desktop.settings import Settings
from ser_desktop.values import EmotionScores, Marker, State, TimelineEntry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ser_desktop.emotion.model_file import Model

LABELS = ("neutral", "happy", "sad")
HAPPY = EmotionScores(LABELS, (0.1, 0.8, 0.1))


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> MainWindow:
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.resize(1200, 760)
    window.show()
    qtbot.waitExposed(window)
    return window


@pytest.fixture
def filled(window: MainWindow, session: Session, tmp_path: Path) -> MainWindow:
    """The window after a recording of two seconds was read."""
    info = RecordingInfo("talk.wav", tmp_path / "talk.wav", 48_000, 2, 2.0, is_live=False)
    session.begin(info, labels=LABELS, model="default@1a2b3c4d")
    entries = tuple(TimelineEntry(0.25 * n, 0.25 * (n + 1), State.SPEECH, -20.0, HAPPY) for n in range(8))
    session.accept(Progress(entries, position_s=2.0))
    session.complete()
    session.mark([Marker(0.5, "a"), Marker(1.5, "b")])
    session.add(tmp_path / "another.wav")  # a second one, so that there are tabs
    window.show_state(is_running=False)
    window.show_segments()
    window.messages.show_note("Something worth knowing.")
    return window


PAGES = ("sound", "analysis", "general")


@pytest.fixture(params=[*(f"settings: {page}" for page in PAGES), "keys", "first run", "card", "about"])
def dialog(request: pytest.FixtureRequest, qtbot: QtBot, tiny_model: Model) -> QDialog:
    """Each dialog of the program, and each page of the settings."""
    kind, _, page = request.param.partition(": ")
    makers = {
        "settings": lambda: SettingsDialog(Settings(), ["Built-in"], ["Loudspeaker"]),
        "keys": KeysDialog,
        "first run": FirstRunDialog,
        "card": lambda: ModelCardDialog(tiny_model.info, paths.default_model().with_suffix(".md")),
        "about": AboutDialog,
    }
    dialog: QDialog = makers[kind]()
    qtbot.addWidget(dialog)
    if isinstance(dialog, SettingsDialog):
        dialog.model_requested.connect(lambda manifest: dialog.show_requested_model(manifest, tiny_model.info))
        dialog.findChild(QTabWidget).setCurrentIndex(PAGES.index(page))
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def controls(top: QWidget) -> list[QWidget]:
    """Return the widgets that Tab reaches now, without the internal parts of Qt's controls."""
    return [widget for widget in top.findChildren(QWidget) if can_be_reached(widget)]


def can_be_reached(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    is_part = widget.focusProxy() is not None or isinstance(widget.parent(), (QComboBox, QAbstractScrollArea))
    return by_tab and widget.isEnabled() and widget.isVisible() and not is_part


def spoken_name(widget: QWidget) -> str:
    """Return the name of a widget that a screen reader reads."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return str(interface.text(QAccessible.Text.Name)) if interface else ""


def unnamed(widgets: list[QWidget]) -> list[str]:
    return [f"{type(widget).__name__} {widget.objectName()}" for widget in widgets if not spoken_name(widget).strip()]


def reached_by_tab(top: QWidget) -> set[QWidget]:
    """Return all widgets that get the focus while Tab is pressed again and again."""
    seen: set[QWidget] = set()
    for _ in range(200):
        focused = top.focusWidget()
        if focused is None or focused in seen:
            break
        seen.add(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    return seen


def actions_of(menu: QMenu) -> Iterator[QAction]:
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from actions_of(inner)
        elif not action.isSeparator():
            yield action


def test_every_control_of_the_window_has_a_name(filled: MainWindow) -> None:
    assert len(controls(filled)) > 8
    assert unnamed(controls(filled)) == []


def test_every_control_of_a_dialog_has_a_name(dialog: QDialog) -> None:
    assert controls(dialog)
    assert unnamed(controls(dialog)) == []


def test_tab_reaches_every_control_of_a_dialog(dialog: QDialog) -> None:
    dialog.activateWindow()
    controls(dialog)[0].setFocus()
    missing = set(controls(dialog)) - reached_by_tab(dialog)
    assert descriptions(missing) == []


def test_tab_reaches_every_control_of_the_window(filled: MainWindow) -> None:
    filled.activateWindow()
    filled.timeline.setFocus()
    missing = set(controls(filled)) - reached_by_tab(filled)
    assert descriptions(missing) == []


def test_tab_goes_from_the_timeline_to_its_legend_and_then_to_the_result(filled: MainWindow) -> None:
    filled.activateWindow()
    filled.timeline.setFocus()
    walk = []
    for _ in range(len(LABELS) + 5):
        walk.append(spoken_name(filled.focusWidget()))
        QTest.keyClick(filled.focusWidget(), Qt.Key.Key_Tab)
    strongest = "0:00 happy 80 %"  # a button that plays it
    assert walk == ["Timeline", *LABELS, "How it sounds", strongest, "Passages", "Passages"]  # the tab, and its table


def descriptions(widgets: set[QWidget]) -> list[str]:
    return sorted(f"{type(widget).__name__} “{spoken_name(widget)}”" for widget in widgets)


def test_every_action_has_a_text_and_a_status_tip(window: MainWindow) -> None:
    menus = [action.menu() for action in window.menuBar().actions()]
    actions = [action for menu in menus if isinstance(menu, QMenu) for action in actions_of(menu)]
    assert len(actions) > 20
    for action in actions:
        assert action.text().strip()
        assert action.statusTip().strip(), action.text()


def test_no_two_actions_share_a_key(window: MainWindow) -> None:
    keys = [action.shortcut().toString() for action in window.findChildren(QAction) if not action.shortcut().isEmpty()]
    assert len(keys) == len(set(keys))


def test_every_button_shows_a_text_beside_its_icon(window: MainWindow) -> None:
    bar = window.findChild(QToolBar)
    assert bar is not None
    buttons = [button for action in bar.actions() if isinstance(button := bar.widgetForAction(action), QToolButton)]
    assert [button.text() for button in buttons] == ["Record", "Pause", "Stop", "Play"]
    assert not any(button.icon().isNull() for button in buttons)
    assert {button.toolButtonStyle() for button in buttons} == {Qt.ToolButtonStyle.ToolButtonTextBesideIcon}


def test_space_plays_wherever_the_focus_is(filled: MainWindow, qtbot: QtBot) -> None:
    for control in controls(filled):
        if control.inherits("QPlainTextEdit") or control.inherits("QLineEdit"):  # they take letters and arrows
            continue
        control.setFocus()
        with qtbot.waitSignal(filled.actions_.play.triggered, timeout=1000):
            QTest.keyClick(control, Qt.Key.Key_Space)


def test_arrows_home_and_end_move_the_cursor_wherever_the_focus_is(filled: MainWindow, session: Session) -> None:
    for control in controls(filled):
        if control.inherits("QPlainTextEdit") or control.inherits("QLineEdit"):  # they take letters and arrows
            continue
        control.setFocus()
        moments = []
        for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Left):
            QTest.keyClick(control, key)
            moments.append(session.cursor_s)
        assert moments == pytest.approx([0.0, 0.25, 2.0, 1.75]), spoken_name(control)


def test_the_tables_and_the_recordings_can_be_changed_with_keys_alone(filled: MainWindow, session: Session) -> None:
    filled.activateWindow()
    names = []
    for key in (Qt.Key.Key_2, Qt.Key.Key_1, Qt.Key.Key_2):
        QTest.keyClick(filled, key, Qt.KeyboardModifier.AltModifier)
        names.append(spoken_name(filled.focusWidget()))
    assert names == ["Markers", "Passages", "Markers"]
    markers = filled.focusWidget()
    QTest.keyClick(markers, Qt.Key.Key_Return)
    assert session.cursor_s == 0.5
    QTest.keyClick(markers, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert session.cursor_s == 1.5
    QTest.keyClick(markers, Qt.Key.Key_Delete)
    assert session.shown.markers == (Marker(1.5, "b"),)
    QTest.keyClick(markers, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert session.shown.name == "another.wav"


def test_while_a_label_is_edited_letters_do_not_trigger_actions(filled: MainWindow, qtbot: QtBot) -> None:
    filled.activateWindow()
    QTest.keyClick(filled, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    markers = filled.focusWidget()
    QTest.keyClick(markers, Qt.Key.Key_Down)
    QTest.keyClick(markers, Qt.Key.Key_F2)
    field = QApplication.focusWidget()
    with qtbot.assertNotEmitted(filled.actions_.mark.triggered), qtbot.assertNotEmitted(filled.actions_.play.triggered):
        for key in (Qt.Key.Key_M, Qt.Key.Key_Space, Qt.Key.Key_R, Qt.Key.Key_Home):
            QTest.keyClick(field, key)
    assert field.text() == "m r"


def test_enter_presses_the_button_that_has_the_focus(filled: MainWindow, qtbot: QtBot) -> None:
    chip = next(button for button in filled.timeline.findChildren(QAbstractButton) if button.isCheckable())
    assert chip.isChecked()
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Return)
    assert not chip.isChecked()


def test_escape_closes_the_message_and_then_the_selection(filled: MainWindow) -> None:
    filled.timeline.select(0.5, 1.5)
    QTest.keyClick(filled, Qt.Key.Key_Escape)
    assert filled.messages.isHidden()
    assert filled.timeline.selection == (0.5, 1.5)
    QTest.keyClick(filled, Qt.Key.Key_Escape)
    assert filled.timeline.selection is None


def test_the_focus_moves_to_the_timeline_when_recording_begins(filled: MainWindow) -> None:
    box = filled.transport.findChild(QComboBox)
    assert box is not None
    box.setFocus()
    filled.show_state(is_running=True, is_live=True)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert filled.timeline.isAncestorOf(focused)


def test_the_window_fits_a_small_screen(filled: MainWindow) -> None:
    hint = filled.minimumSizeHint()
    assert hint.width() <= 1024
    assert hint.height() <= 640


def test_the_whole_transport_bar_is_visible_on_a_small_screen(filled: MainWindow, qtbot: QtBot) -> None:
    filled.resize(1024, 640)
    bar = filled.transport
    qtbot.waitUntil(lambda: bar.width() <= 1024)
    assert bar.sizeHint().width() <= 1024
    offered = [action for action in bar.actions() if action.isVisible()]  # the list of voices is not, without voices
    hidden = [action.text() for action in offered if (w := bar.widgetForAction(action)) and not w.isVisible()]
    assert hidden == []


def test_scroll_bars_do_not_take_the_keys(filled: MainWindow) -> None:
    bars = [bar for bar in filled.timeline.findChildren(QScrollBar) if bar.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert bars == []
