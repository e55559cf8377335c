"""Integration with the desktop: the identity of the program, and files that the desktop opens with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtGui import QFileOpenEvent, QGuiApplication, QIcon

from ser_desktop import __version__, paths

DESKTOP_FILE = "io.github.ser_desktop.SerDesktop"  # of the menu entry; Wayland identifies windows by it


def set_application_identity(app: QCoreApplication) -> None:
    """Set the name, version, icon and desktop entry of the application."""
    app.setApplicationName("SER Desktop")
    app.setApplicationVersion(__version__)
    if isinstance(app, QGuiApplication):
        app.setDesktopFileName(DESKTOP_FILE)
        app.setWindowIcon(QIcon(str(paths.icon())))


class FileOpenEvents(QObject):
    """Event filter for files that the desktop opens in the running program, as macOS does after a double click.

    Args:
        app: Qt's application.

    Signals:
        files_requested(list[Path]): Emitted with a list of one file to open.
    """

    files_requested = Signal(object)

    def __init__(self, app: QObject) -> None:
        super().__init__(app)
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Handle file-open events; pass all others on."""
        if event.type() == QEvent.Type.FileOpen and isinstance(event, QFileOpenEvent) and event.file():
            self.files_requested.emit([Path(event.file())])
            return True
        return super().eventFilter(watched, event)
