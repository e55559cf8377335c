"""The lanes in the menu, and the context menu of the timeline."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QApplication, QMenu

from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.timeline.lane_list import LaneList


class TimelineMenu(QObject):
    """Opens and closes lanes by their actions, and shows what can be done at the place of a right click.

    Args:
        window: Has the actions and the timeline.

    Attributes:
        fillers: Each adds its actions for a time to the context menu.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.fillers: list[Callable[[QMenu, float], None]] = []
        self._window, self._timeline, self._actions = window, window.timeline, window.actions_
        self._timeline.menu_requested.connect(self._pop_up)
        self._timeline.lanes_changed.connect(self._show_lanes)
        self._actions.copy_picture.triggered.connect(
            lambda: QApplication.clipboard().setImage(self._timeline.plot_image())
        )
        for name, action in self._actions.lanes.items():
            action.toggled.connect(
                lambda is_on, name=name: self._timeline.change_lanes(self._timeline.lanes.with_shown(name, is_on))
            )
        self._show_lanes()

    def menu(self, lane: str, seconds: float = 0.0) -> QMenu:
        """Return the context menu for a lane, or for no lane with an empty name, at a time."""
        actions, menu = self._actions, QMenu(self._window)
        menu.addActions([actions.play, actions.loop, actions.mark])
        menu.addSeparator()
        menu.addActions([actions.zoom_selection, actions.fit])
        for fill in self.fillers:
            fill(menu, seconds)
        menu.addSeparator()
        menu.addActions([actions.export, actions.copy_table, actions.copy_picture])
        menu.addSeparator()
        lanes, empty = self._timeline.lanes, self._timeline.empty_lanes
        shown = [place.lane for place in lanes.shown]
        for each in (each for each in shown if each.name == lane):
            for text, changed in (
                (self.tr("Hide “{lane}”"), lanes.with_shown(lane, False)),
                (self.tr("Move “{lane}” up"), lanes.moved(lane, -1, empty=empty)),
                (self.tr("Move “{lane}” down"), lanes.moved(lane, 1, empty=empty)),
            ):
                action = menu.addAction(text.format(lane=each.caption()))
                action.setEnabled(changed.text != lanes.text and bool(changed.shown))
                action.triggered.connect(lambda _on=False, changed=changed: self._timeline.change_lanes(changed))
        menu.addMenu(actions.lanes_menu)
        return menu

    def _pop_up(self, place: QPoint, lane: str) -> None:
        menu = self.menu(lane, self._timeline.seconds_at(place))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _show_lanes(self, _text: str = "") -> None:
        """Check the actions of the open lanes; the last open lane cannot be closed."""
        lanes: LaneList = self._timeline.lanes
        for place in lanes.places:
            action = self._actions.lanes[place.lane.name]
            action.setChecked(place.is_shown)
            action.setEnabled(not (place.is_shown and len(lanes.shown) == 1))
