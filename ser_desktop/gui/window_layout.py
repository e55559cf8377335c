"""The place and size of the window, and of the parts between its splitters, as text for the settings."""

from __future__ import annotations

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMainWindow, QSplitter

FIRST_WIDTH, FIRST_HEIGHT = 1200, 760  # pixels


class WindowLayout:
    """Stores and restores the layout of the window; broken text changes nothing.

    Args:
        window: The window.
    """

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self._splitters: dict[QSplitter, list[int]] = {}

    def add(self, splitter: QSplitter, sizes: list[int]) -> None:
        """Store and restore a splitter as well, in the order in which they are added.

        Args:
            splitter: The splitter.
            sizes: The sizes of its parts at first.
        """
        self._splitters[splitter] = sizes

    def text(self) -> tuple[str, str]:
        """Return geometry and splitters."""
        states = (self._window.saveGeometry(), *(splitter.saveState() for splitter in self._splitters))
        geometry, *splitters = (bytes(state.toBase64().data()).decode() for state in states)
        return geometry, " ".join(splitters)

    def restore_geometry(self, text: str) -> None:
        """Restore place and size from :meth:`text`."""
        window = self._window
        window.resize(FIRST_WIDTH, FIRST_HEIGHT)
        window.restoreGeometry(_bytes(text))
        window.resize(window.size().boundedTo(window.screen().availableGeometry().size()))  # with a large font

    def restore_splitters(self, text: str) -> None:
        """Restore the splitters from :meth:`text`."""
        for splitter, sizes in self._splitters.items():
            splitter.setSizes(sizes)
        for splitter, state in zip(self._splitters, text.split(), strict=False):
            splitter.restoreState(_bytes(state))


def _bytes(text: str) -> QByteArray:
    return QByteArray.fromBase64(text.encode("ascii", "ignore"))
