"""The time axis (seconds to pixels and back), its tick labels, and the viewport."""

from __future__ import annotations

import bisect
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

from ser_desktop.gui.shared.words import decimal_point

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

NORMAL_SPAN_S = 30.0
MIN_SPAN_S = 0.5
FIT_STEPS = 32  # steps in which the span of a fitted view doubles while a recording grows
END_TOLERANCE = 0.02  # of the span: a user seldom drags a scroll bar to its very end
TICK_STEPS_S = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 18000, 36000, 86400)


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Maps seconds to pixels.

    Attributes:
        start_s: The time at the left edge.
        span_s: The time between the left and the right edge.
        left: Pixel of the left edge.
        width: Pixels between the left and the right edge, at least one.
    """

    start_s: float
    span_s: float
    left: float
    width: float

    @property
    def end_s(self) -> float:
        """The time at the right edge."""
        return self.start_s + self.span_s

    @property
    def pixel_s(self) -> float:
        """The duration of one pixel."""
        return self.span_s / self.width

    @overload
    def x(self, seconds: float) -> float: ...

    @overload
    def x(self, seconds: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]: ...

    def x(self, seconds: float | npt.NDArray[np.float64]) -> float | npt.NDArray[np.float64]:
        """Return the pixel of a time, or (n,) pixels of (n,) times."""
        return self.left + (seconds - self.start_s) * (self.width / self.span_s)

    def seconds(self, x: float) -> float:
        """Return the time at a pixel."""
        return self.start_s + (x - self.left) * self.pixel_s

    def part(self, left: float, right: float) -> TimeAxis:
        """Return the axis between two pixels, clipped to this one, at the same scale."""
        left, right = max(left, self.left), min(right, self.left + self.width)
        width = max(right - left, 1.0)
        return TimeAxis(self.seconds(left), width * self.pixel_s, left, width)

    def pixels_to(self, later: TimeAxis, ratio: float) -> int | None:
        """Return by how many pixels another axis starts later; ``None`` where scrolling by them shows no other axis.

        Args:
            later: The other axis.
            ratio: Device pixel ratio; only whole device pixels can be scrolled.
        """
        if (self.span_s, self.left, self.width) != (later.span_s, later.left, later.width):
            return None
        shift = round((later.start_s - self.start_s) / self.pixel_s)
        return shift if abs(shift) < self.width / 2.0 and (shift * ratio).is_integer() else None

    def ticks(self, room: float) -> list[float]:
        """Return the times of the ticks, at least ``room`` pixels apart."""
        step_s = self.step_s(room)
        first, last = math.ceil(self.start_s / step_s - 1e-6), math.floor(self.end_s / step_s + 1e-6)
        return [index * step_s for index in range(first, last + 1)]

    def step_s(self, room: float) -> float:
        """Return the time between two ticks that are at least ``room`` pixels apart."""
        index = bisect.bisect_left(TICK_STEPS_S, room * self.pixel_s)
        return float(TICK_STEPS_S[min(index, len(TICK_STEPS_S) - 1)])


@dataclass(frozen=True, slots=True)
class ViewState:
    """The view range of a recording, to be restored later.

    Attributes:
        start_s: The time at the left edge.
        span_s: The time between the left and the right edge.
        is_fitted: Whether the whole recording was in view, and stays so while it grows.
        is_following: Whether the view followed the end.
    """

    start_s: float
    span_s: float
    is_fitted: bool = False
    is_following: bool = False


class Viewport:
    """The view range: the whole recording, a range chosen by the user, or the moving end of a live recording."""

    def __init__(self) -> None:
        self.total_s = 0.0
        self.is_live = False
        self.is_following = False
        self._start_s = 0.0
        self._span_s = NORMAL_SPAN_S
        self._is_fitted = True

    @property
    def start_s(self) -> float:
        """The time at the left edge."""
        if self._is_fitted:
            return 0.0
        if self.is_following:
            return max(self.total_s - self._span_s, 0.0)
        return self._start_s

    @property
    def span_s(self) -> float:
        """The time between the left and the right edge."""
        if not self._is_fitted:
            return self._span_s
        if not self.is_live:
            return max(self.total_s, MIN_SPAN_S if self.total_s else NORMAL_SPAN_S)
        # In steps of 2 to 3 %: a new span repaints every pixel.
        step_s = NORMAL_SPAN_S * 2.0 ** math.floor(math.log2(max(self.total_s / NORMAL_SPAN_S, 1.0))) / FIT_STEPS
        return max(math.ceil(self.total_s / step_s) * step_s, NORMAL_SPAN_S)

    @property
    def latest_start_s(self) -> float:
        """The start of the last full view: the end is at its right edge."""
        return max(self.total_s - self.span_s, 0.0)

    def zoom_centre_s(self, cursor_s: float) -> float:
        """Return the time that keeps its place when keys zoom: the cursor if it is in view, else the middle."""
        end_s = self.start_s + self.span_s
        return cursor_s if self.start_s <= cursor_s <= end_s else (self.start_s + end_s) / 2.0

    def reset(self) -> None:
        """Reset for another recording."""
        self.total_s, self._start_s, self._span_s = 0.0, 0.0, NORMAL_SPAN_S
        self.is_following, self._is_fitted = self.is_live, not self.is_live

    def go_live(self, is_live: bool) -> None:
        """Begin to follow the end at the normal zoom, or stop following and keep the view."""
        if is_live == self.is_live:
            return
        start_s, span_s = self.start_s, self.span_s
        self.is_live = self.is_following = is_live
        self._is_fitted = self._is_fitted and not is_live
        self._start_s, self._span_s = start_s, NORMAL_SPAN_S if is_live else span_s

    @property
    def state(self) -> ViewState:
        """The view range, for :meth:`restore`."""
        return ViewState(self.start_s, self.span_s, self._is_fitted, self.is_following)

    def restore(self, state: ViewState) -> None:
        """Show a former view range, clipped to the recording."""
        if state.is_fitted:
            self.fit()
            return
        max_span_s = max(self.total_s, NORMAL_SPAN_S if self.is_live else MIN_SPAN_S)
        self._is_fitted = state.span_s >= max_span_s and not self.is_live
        self._span_s = min(max(state.span_s, MIN_SPAN_S), max_span_s)
        self._start_s = min(max(state.start_s, 0.0), self.latest_start_s)
        self.is_following = self.is_live and state.is_following

    def follow(self) -> None:
        """Return to the end of a live recording and follow it."""
        self.is_following = self.is_live

    def fit(self) -> None:
        """Show the whole recording."""
        self._is_fitted = True
        self.is_following = self.is_live

    def scroll_to(self, start_s: float) -> None:
        """Scroll without zooming; at the end of a live recording, follow it."""
        span_s = self.span_s
        latest_s = self.latest_start_s
        self._is_fitted = self._is_fitted and latest_s == 0.0
        self._start_s, self._span_s = min(max(start_s, 0.0), latest_s), span_s
        self.is_following = self.is_live and self._start_s >= latest_s - END_TOLERANCE * span_s

    def zoom(self, span_s: float, around_s: float) -> None:
        """Change the span. ``around_s`` keeps its place on the screen, unless the end is followed."""
        share = (around_s - self.start_s) / self.span_s
        self.show_range(around_s - share * span_s, span_s)

    def show_range(self, start_s: float, span_s: float) -> None:
        """Show a range, clipped to the recording; a live recording that is followed keeps its end in view."""
        max_span_s = max(self.total_s, NORMAL_SPAN_S if self.is_live else MIN_SPAN_S)
        if span_s >= max_span_s:
            self._start_s, self._span_s = 0.0, max_span_s
            if self.is_live and self.total_s < NORMAL_SPAN_S:
                return
            self._is_fitted = True
            return
        before_s, shrinks_s = self.start_s, self.span_s - span_s
        self._is_fitted = False
        if span_s < MIN_SPAN_S:  # what keeps its place on the screen still does so
            share = (start_s - before_s) / shrinks_s if shrinks_s else 0.0
            start_s, span_s = start_s + share * (span_s - MIN_SPAN_S), MIN_SPAN_S
        self._span_s = span_s
        self._start_s = min(max(start_s, 0.0), self.latest_start_s)


def time_label(seconds: float, step_s: float = 1.0) -> str:
    """Return a time as m:ss or h:mm:ss, with as many decimals as a step between two ticks needs.

    >>> time_label(83), time_label(36_000), time_label(2.5, 0.1)
    ('1:23', '10:00:00', '0:02.5')
    """
    decimals = 0 if step_s >= 1.0 else 1 if step_s >= 0.1 else 2
    units = round(seconds * 10**decimals)
    whole, fraction = divmod(units, 10**decimals)
    minutes, second = divmod(whole, 60)
    hours, minute = divmod(minutes, 60)
    text = f"{hours}:{minute:02d}:{second:02d}" if hours else f"{minute}:{second:02d}"
    return f"{text}{decimal_point()}{fraction:0{decimals}d}" if decimals else text
