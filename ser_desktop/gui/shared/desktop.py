"""What the desktop knows of the program, and what it asks of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtGui import QFileOpenEvent, QGuiApplication, QIcon

from ser_desktop import __version__, paths

DESKTOP_FILE = "io.github.ser_desktop.SerDesktop"  # of the menu entry, by which Wayland knows a window


def set_application_identity(app: QCoreApplication) -> None:
    """Tell the desktop name, version, icon and menu entry."""
    app.setApplicationName("SER Desktop")
    app.setApplicationVersion(__version__)
    if isinstance(app, QGuiApplication):
        app.setDesktopFileName(DESKTOP_FILE)
        app.setWindowIcon(QIcon(str(paths.icon())))


class FileOpenEvents(QObject):
    """Recordings that the desktop asks a running program to open: on macOS, that is what a double click is.

    Args:
        app: Qt's application.

    Signals:
        files_requested(list[Path]): A file to open, alone in its list.
    """

    files_requested = Signal(object)

    def __init__(self, app: QObject) -> None:
        super().__init__(app)
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the events that bring a file; leave all others."""
        if event.type() == QEvent.Type.FileOpen and isinstance(event, QFileOpenEvent) and event.file():
            self.files_requested.emit([Path(event.file())])
            return True
        return super().eventFilter(watched, event)
