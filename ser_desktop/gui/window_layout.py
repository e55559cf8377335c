"""Lays out the views of the window, and stores how large the user made each."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QObject, Qt
from PySide6.QtWidgets import QMainWindow, QSplitter, QStackedWidget, QTabWidget, QVBoxLayout, QWidget


class WindowLayout(QObject):
    """The start page, or else the list of recordings, the shown one, and its tables.

    Args:
        window: The window; its central widget is set.
        start: The page while nothing is open.
        listed: The list of the open recordings.
        bars: The bars above the timeline, from top to bottom.
        timeline: The timeline.
        side: Beside the timeline.
        tables: The tables with their titles.

    Attributes:
        pages: The start page and the recordings.
        whole: The recordings: the list, and the shown one.
        across: Timeline and side.
        down: These, and the tables.
        tables: The tables.
    """

    def __init__(
        self,
        window: QMainWindow,
        *,
        start: QWidget,
        listed: QWidget,
        bars: tuple[QWidget, ...],
        timeline: QWidget,
        side: QWidget,
        tables: tuple[tuple[QWidget, str], ...],
    ) -> None:
        super().__init__(window)
        self._window = window
        self.tables = self._tables(tables)
        self.across, self.down = QSplitter(Qt.Orientation.Horizontal), QSplitter(Qt.Orientation.Vertical)
        self.whole, self.pages = QSplitter(Qt.Orientation.Horizontal), QStackedWidget()
        self._fill(self.across, (timeline, side), (4, 1))
        self._fill(self.down, (self.across, self.tables), (3, 1))
        self._fill(self.whole, (listed, _column(*bars, self.down)), (0, 1))
        self.pages.addWidget(start)
        self.pages.addWidget(self.whole)
        self.body = _column(self.pages)
        window.setCentralWidget(self.body)

    def text(self) -> tuple[str, str]:
        """Return geometry and splitters as text for the settings."""
        states = (self._window.saveGeometry(), *(each.saveState() for each in (self.across, self.down, self.whole)))
        geometry, *splitters = (bytes(state.toBase64().data()).decode() for state in states)
        return geometry, " ".join(splitters)

    def restore(self, geometry: str, splitters: str) -> None:
        """Restore geometry and splitters from the settings; broken text changes nothing."""
        window = self._window
        window.resize(1200, 760)
        self.across.setSizes([900, 300])
        self.down.setSizes([540, 160])
        window.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii", "ignore")))
        window.resize(window.size().boundedTo(window.screen().availableGeometry().size()))  # with a large font
        self.whole.setSizes([240, 960])
        for splitter, state in zip((self.across, self.down, self.whole), splitters.split(), strict=False):
            splitter.restoreState(QByteArray.fromBase64(state.encode("ascii", "ignore")))

    def _tables(self, tables: tuple[tuple[QWidget, str], ...]) -> QTabWidget:
        made = QTabWidget()
        made.setDocumentMode(True)
        made.tabBar().setDrawBase(False)
        made.tabBar().setAccessibleName(self.tr("Tables"))
        made.tabBar().setAccessibleDescription(self.tr("Alt+1 to Alt+4 show one of them"))
        for table, title in tables:
            made.addTab(table, title)
        return made

    @staticmethod
    def _fill(splitter: QSplitter, parts: tuple[QWidget, ...], shares: tuple[int, ...]) -> None:
        splitter.setChildrenCollapsible(False)
        for index, (part, share) in enumerate(zip(parts, shares, strict=True)):
            splitter.addWidget(part)
            splitter.setStretchFactor(index, share)


def _column(*parts: QWidget) -> QWidget:
    """Return widgets below each other; the last takes the room."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for part in parts:
        column.addWidget(part, 1 if part is parts[-1] else 0)
    return made
