"""What the menus hold: each action in one place, and no letter twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ser_desktop.gui.main_window import MainWindow


def menus_below(menu: QWidget) -> Iterator[QMenu]:
    """Yield the menus of a menu bar or a menu, and those inside them."""
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield inner
            yield from menus_below(inner)


def letter(action: QAction) -> str:
    """The letter of an action that is pressed in an open menu; empty for none."""
    _before, sign, after = action.text().replace("&&", "").partition("&")
    return after[:1].lower() if sign else ""


def test_each_action_is_in_one_menu(window: MainWindow) -> None:
    found = Counter(
        action for menu in menus_below(window.menuBar()) for action in menu.actions() if not action.isSeparator()
    )
    assert len(found) > 60
    assert [action.text() for action, count in found.items() if count > 1] == []


def test_no_menu_has_a_letter_twice(window: MainWindow) -> None:
    for menu in (window.menuBar(), *menus_below(window.menuBar())):
        found = Counter(filter(None, map(letter, menu.actions())))
        assert max(found.values(), default=1) == 1, found


def test_menus_say_why_something_is_not_possible(window: MainWindow) -> None:
    assert all(menu.toolTipsVisible() for menu in window.menuBar().findChildren(QMenu))


def test_search_and_settings_are_where_editors_have_them(window: MainWindow) -> None:
    actions, edit = window.actions_, window.menuBar().actions()[1].menu()
    assert isinstance(edit, QMenu)
    assert {actions.undo, actions.copy_table, actions.find, actions.settings} <= set(edit.actions())
