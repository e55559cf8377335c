"""A widget that shows a range of a recording: it zooms, scrolls and follows the end while the recording grows."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ser_desktop.gui.timeline.time_axis import NORMAL_SPAN_S, Viewport, ViewState

SCROLLED_IN = 1.0 / 3.0  # of the view: where a time is put that was out of view


class ZoomableView(QWidget):
    """Holds the view range and changes it; a subclass has the cursor, and shows the range in :meth:`show_view`.

    Signals:
        following_changed: Emitted when the view begins or ceases to follow the end of a live recording.
    """

    following_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._viewport = Viewport()
        self._was_following = False

    @property
    def cursor_s(self) -> float:
        """The cursor in seconds, which keeps its place when keys zoom."""
        raise NotImplementedError

    @property
    def is_following(self) -> bool:
        """Whether the end of a live recording stays in view."""
        return self._viewport.is_following

    @property
    def visible_range(self) -> tuple[float, float]:
        """(start, end) of the view range in seconds."""
        return self._viewport.start_s, self._viewport.start_s + self._viewport.span_s

    def show_view(self) -> None:
        """Show the view range; called after each change of it."""
        if self._viewport.is_following != self._was_following:
            self._was_following = self._viewport.is_following
            self.following_changed.emit(self._was_following)

    def view_state(self) -> ViewState:
        """Return the view range, for :meth:`restore_view`."""
        return self._viewport.state

    def restore_view(self, state: ViewState) -> None:
        """Show a former view range, clipped to the recording."""
        self._viewport.restore(state)
        self.show_view()

    def set_live(self, is_live: bool) -> None:
        """Follow the end while a recording grows."""
        self._viewport.go_live(is_live)
        self.show_view()

    def follow(self) -> None:
        """Return to the end of a live recording, and follow it."""
        self._viewport.follow()
        self.show_view()

    def fit(self) -> None:
        """Show the whole recording."""
        self._viewport.fit()
        self.show_view()

    def zoom_in(self) -> None:
        """Halve the span, around the cursor if it is in view."""
        self.zoom(2.0, self._viewport.zoom_centre_s(self.cursor_s))

    def zoom_out(self) -> None:
        """Double the span."""
        self.zoom(0.5, self._viewport.zoom_centre_s(self.cursor_s))

    def zoom_normal(self) -> None:
        """Show 30 seconds."""
        self.zoom(self._viewport.span_s / NORMAL_SPAN_S, self._viewport.zoom_centre_s(self.cursor_s))

    def zoom(self, factor: float, around_s: float) -> None:
        """Divide the span by a factor; a time keeps its place on the screen."""
        self._viewport.zoom(self._viewport.span_s / factor, around_s)
        self.show_view()

    def show_range(self, start_s: float, end_s: float) -> None:
        """Show the time from ``start_s`` to ``end_s``, clipped to the recording."""
        self._viewport.show_range(start_s, end_s - start_s)
        self.show_view()

    def scroll_to(self, start_s: float) -> None:
        """Scroll without zooming, so that the view begins at a time."""
        self._viewport.scroll_to(start_s)
        self.show_view()

    def bring_into_view(self, seconds: float) -> None:
        """Scroll to a time that is out of view; it will be a third from the left."""
        start_s, end_s = self.visible_range
        if not start_s <= seconds <= end_s:
            self.scroll_to(seconds - SCROLLED_IN * (end_s - start_s))
