"""Connects the recording that is being made with the views of the present moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ser_desktop.analysis.steady import SteadyClaim
from ser_desktop.gui.live.live_band import LiveBand
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.shared.theme import LIGHT, Theme
from ser_desktop.gui.widgets.now_view import NowView
from ser_desktop.values import TimelineEntry

if TYPE_CHECKING:
    from ser_desktop.gui.live.affect_plane import AffectPlane

TRAIL_S = 10.0
LEAST_LINES = 12  # of the result panel


class _Scrolled(QScrollArea):
    """Scrolls the result panel where the window is too low for it; as wide as the panel needs."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self._inner = inner
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def minimumSizeHint(self) -> QSize:
        inner = self._inner
        width = inner.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(width, inner.fontMetrics().height() * LEAST_LINES)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell the splitter when the panel needs another width, as with the bars of another model."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class LiveViews(QObject):
    """Shows the large claim and the plane of arousal and valence while the shown recording is being made.

    Args:
        session: The open recordings.
        band: Shows the claim.
        now: The result panel, which shows only its bars meanwhile; with a selection it shows all.
    """

    def __init__(self, session: Session, *, band: LiveBand, now: NowView) -> None:
        super().__init__()
        self._session, self._band, self._now = session, band, now
        self._theme, self._steady = LIGHT, SteadyClaim()
        self._plane: AffectPlane | None = None
        self._is_blind = False
        self.side = QWidget()
        self._column = QVBoxLayout(self.side)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(_Scrolled(now), 1)
        session.grew.connect(self._add)
        session.begun.connect(lambda _recording: self._show_again())
        session.switched.connect(self._show_again)
        session.completed.connect(lambda _recording: self._show_again())
        session.selection_moved.connect(lambda _selection: self._show_headline())

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._theme = theme
        self._band.show_theme(theme)
        if self._plane:
            self._plane.show_theme(theme)

    def set_blind(self, is_blind: bool) -> None:
        """Hide the claim of the moment, so that a person judges by ear alone, or show it again."""
        self._is_blind = is_blind
        self.side.setHidden(is_blind)
        self._band.setVisible(self._session.is_shown_live and not is_blind)

    def _show_again(self) -> None:
        """Begin with the last seconds of the shown recording, or hide the views."""
        is_live = self._session.is_shown_live
        self._band.setVisible(is_live and not self._is_blind)
        self._show_headline()
        if self._plane is None and is_live:
            from ser_desktop.gui.live.affect_plane import AffectPlane  # with pyqtgraph, which takes 0.2 s to import

            self._plane = AffectPlane(self.side)
            self._plane.show_theme(self._theme)
            self._column.insertWidget(0, self._plane, 1)
        if self._plane:
            self._plane.setVisible(is_live)
            self._plane.clear_trail()
        self._steady = SteadyClaim()
        if is_live and self._session.shown:
            timeline = self._session.timeline
            self._add(list(self._session.shown.entries_between(timeline.end_s - TRAIL_S, timeline.end_s)))

    def _add(self, entries: list[TimelineEntry]) -> None:
        if not self._session.is_shown_live:
            return
        for entry in entries:
            self._band.show_heard(self._steady.push(entry))
        if self._plane:
            self._plane.add(entries)

    def _show_headline(self) -> None:
        self._now.show_headline(not self._session.is_shown_live or self._session.selection is not None)
