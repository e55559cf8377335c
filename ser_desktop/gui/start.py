"""Starts the window: reads the settings, shows the window until it is closed, and ends the process.

The start page is on the screen first. What it does not need is imported once it has been painted: numpy, the engine,
the timeline, the tables and the commands.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from ser_desktop.errors import SettingsError
from ser_desktop.gui.main_window import new_window
from ser_desktop.gui.model.recent_gists import RecentGists, recent_gists_place
from ser_desktop.gui.shared.desktop import set_application_identity
from ser_desktop.gui.shared.translation import use_language
from ser_desktop.gui.widgets.recent_cards import recent_cards
from ser_desktop.native_heap import use_one_heap
from ser_desktop.settings import Settings, read_settings, settings_path

if TYPE_CHECKING:
    from ser_desktop.gui.app import Application
    from ser_desktop.gui.engine.devices import Devices

UNSEEN_MS = 2000  # a window that nobody sees, for example a minimised one, is never painted


def run_window(files: Sequence[Path], *, devices: Devices | None = None) -> int:
    """Show the window until it is closed, and return the exit status.

    Args:
        files: Recordings to open at once.
        devices: Microphones and loudspeakers; without them those of this computer.
    """
    use_one_heap()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    set_application_identity(app)
    fault: SettingsError | None = None
    try:
        settings = read_settings(settings_path())
    except SettingsError as error:
        settings, fault = Settings(), error
    use_language(app, settings.language)
    warning = f"{fault} {_put_aside(settings_path())}" if fault else ""
    start = Start(app, settings, files, devices=devices, warning=warning)  # type: ignore[arg-type]
    status = app.exec()
    if start.application and not start.application.has_ended:  # its thread waits for a hung device, maybe for ever
        os._exit(status)
    return status


class Start(QObject):
    """Shows the window, and completes it once it has been painted.

    Args:
        app: Qt's application.
        settings: The settings of the user.
        files: Recordings to open at once; with some, the window is empty until they are there.
        devices: Microphones and loudspeakers; without them those of this computer.
        warning: What is wrong with the settings, in words for the user.

    Attributes:
        application: The program, once it is complete.
    """

    def __init__(
        self,
        app: QApplication,
        settings: Settings,
        files: Sequence[Path],
        *,
        devices: Devices | None = None,
        warning: str = "",
    ) -> None:
        super().__init__()
        self.application: Application | None = None
        self._app, self._settings, self._files = app, settings, files
        self._devices, self._warning = devices, warning
        self._gists = RecentGists(recent_gists_place())
        self.window = window = new_window(app, settings)
        window.start.show_recent(recent_cards(settings.recent_files, self._gists))
        page = QWidget() if files else window.start
        window.pages.setCurrentIndex(window.pages.addWidget(page))  # which adds no page that is there already
        painted = FirstPaint(page)
        painted.seen.connect(self.complete)
        QTimer.singleShot(UNSEEN_MS, self.complete)
        window.show()

    def complete(self) -> None:
        """Create the rest of the program, unless it is there or the window was closed."""
        if self.application or not self.window.isVisible():
            return
        from ser_desktop.gui.app import Application

        self.application = Application(
            self._app,
            self._settings,
            self._files,
            devices=self._devices,
            window=self.window,
            gists=self._gists,
        )
        self.application.reports.install()
        if self._warning:
            self.application.window.messages.show_error(self._warning)


class FirstPaint(QObject):
    """Waits until a widget has been painted for the first time.

    A widget that its children cover is not painted itself, so the children are watched as well.

    Args:
        widget: The widget, which becomes the parent.

    Signals:
        seen(): The widget has been painted, with all that lies in it.
    """

    seen = Signal()

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._watched: tuple[QWidget, ...] = (widget, *widget.findChildren(QWidget))
        for each in self._watched:
            each.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Emit :attr:`seen` after the first paint event."""
        if event.type() == QEvent.Type.Paint and self._watched:
            for each in self._watched:
                each.removeEventFilter(self)
            self._watched = ()
            QTimer.singleShot(0, self.seen.emit)
        return False


def _put_aside(path: Path) -> str:
    """Rename a broken settings file, so that the defaults do not overwrite it; return a note for the user."""
    aside, translate = path.with_name(f"{path.name}.broken"), QCoreApplication.translate
    try:
        path.replace(aside)
    except OSError as error:
        return translate("Application", "The defaults are used. ({reason})").format(reason=error.strerror)
    return translate("Application", "The defaults are used; it is now called “{name}”.").format(name=aside.name)
