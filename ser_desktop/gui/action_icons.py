"""The icons of the actions in the menus."""

from __future__ import annotations

from PySide6.QtGui import QAction

from ser_desktop.gui.actions import Actions
from ser_desktop.gui.shared.icons import menu_icon
from ser_desktop.gui.shared.theme import Theme


def show_action_icons(actions: Actions, theme: Theme) -> None:
    """Give the actions their icons, except those of the transport, whose icons change with the state."""
    for action, name in _icons_of(actions):
        action.setIcon(menu_icon(name, theme))


def _icons_of(actions: Actions) -> list[tuple[QAction, str]]:
    return [
        (actions.open, "file"),
        (actions.open_folder, "folder"),
        (actions.batch, "stack"),
        (actions.save_as, "save"),
        (actions.delete, "delete"),
        (actions.export, "export"),
        (actions.save_report, "report"),
        (actions.undo, "undo"),
        (actions.redo, "redo"),
        (actions.loop, "loop"),
        (actions.mark, "marker"),
        (actions.refresh, "microphone"),
        (actions.zoom_in, "zoom in"),
        (actions.zoom_out, "zoom out"),
        (actions.transcribe, "words"),
        (actions.find, "find"),
        (actions.my_voice, "voice"),
        (actions.analyze_again, "again"),
        (actions.settings, "settings"),
        (actions.keys, "guide"),
    ]
