"""Does a window open here? For the self-test, in a process of its own and without touching settings or devices."""

from __future__ import annotations

import sys

from PySide6.QtCore import qVersion
from PySide6.QtGui import QFontDatabase, QImage
from PySide6.QtWidgets import QApplication

from ser_desktop.errors import InstallationError
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.shared.desktop import set_application_identity
from ser_desktop.gui.shared.theme import apply_theme, theme_named

MIN_COLOURS = 8  # in a picture of a window that was painted; an empty one has a single colour


def check_window() -> str:
    """Open the window, look at it, close it, and return a line on what was seen.

    Raises:
        InstallationError: It cannot be painted.
    """
    app = QApplication.instance() or QApplication(sys.argv[:1])
    set_application_identity(app)
    families = QFontDatabase.families()
    if not families:
        raise InstallationError(
            "There is no font.", "Install one (Debian and Ubuntu: apt-get install fonts-dejavu-core)."
        )
    theme = theme_named("light")
    apply_theme(app, theme)  # type: ignore[arg-type]
    window = MainWindow(Session())
    window.show_theme(theme)
    window.show()
    app.processEvents()
    picture = window.grab().toImage()
    window.close()
    app.processEvents()
    if colours(picture) < MIN_COLOURS:
        raise InstallationError("The window stays empty.", "Install SER Desktop again.")
    return f"Qt {qVersion()} paints {picture.width()} × {picture.height()} pixels, {len(families)} fonts"


def colours(picture: QImage) -> int:
    """Return how many colours a sample of the picture's pixels has."""
    places = ((x, y) for x in range(0, picture.width(), 5) for y in range(0, picture.height(), 5))
    return len({picture.pixel(x, y) for x, y in places})
