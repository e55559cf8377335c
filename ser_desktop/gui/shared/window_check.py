"""Checks that the window can be opened and painted: a part of the self-test, without reading settings or devices."""

from __future__ import annotations

import sys

from PySide6.QtCore import qVersion
from PySide6.QtGui import QFontDatabase, QImage
from PySide6.QtWidgets import QApplication

from ser_desktop.errors import InstallationError
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.shared.application_style import apply_theme
from ser_desktop.gui.shared.desktop import set_application_identity
from ser_desktop.gui.shared.theme import theme_named

MIN_COLOURS = 8  # in a screenshot of a painted window; an empty one has a single colour


def check_window() -> str:
    """Open the window, take a screenshot, close it, and return a line for the report.

    Raises:
        InstallationError: There is no font, or the window stays empty.
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
    """Return the number of colours in a sample of an image's pixels."""
    places = ((x, y) for x in range(0, picture.width(), 5) for y in range(0, picture.height(), 5))
    return len({picture.pixel(x, y) for x, y in places})
