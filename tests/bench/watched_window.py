"""Runs the real window and prints one line of JSON for each event: [name, measurements].

    python -m tests.bench.watched_window start|open|redraw|grow|live|bursts
    python -m tests.bench.watched_window closing loading|live|playing|reading [RECORDING]

It starts the program as a user does and wraps a few methods. No other code is
added.
"""

from __future__ import annotations

import functools
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HEAVY = ("torch", "librosa")
SETTLED_S = 3.0  # after the first entry: caches are warm, the timeline scrolls
MEASURED_S = 60.0
BURSTS_S = 40.0
LOUD_DBFS = -40.0
HOURS = 10
REDRAWS = 60
GROWN_S = 3600
BLOCK_S = 0.02  # of a microphone
LABELS = ("neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised")


def main(what: str, *more: str) -> int:
    """Run the window until the measurement is complete."""
    if what == "redraw":
        return draw()
    if what == "grow":
        return grow()
    from ser_desktop.__main__ import main as run_program
    from ser_desktop.gui.main_window import MainWindow
    from ser_desktop.gui.timeline.timeline_view import TimelineView

    def watch(window: Any, _event: object) -> None:
        after_painting(window.start.widget(), lambda: painted("shown"))

    def watch_plot(_view: object, plot: Any) -> None:
        PLOTS.append(plot)
        after_painting(plot.viewport(), lambda: painted("plotted"))

    follow(MainWindow, "showEvent", once(watch))
    follow(TimelineView, "_connect_plot", once(watch_plot))
    if what == "open":
        from ser_desktop import paths

        follow(MainWindow, "show_model", once(lambda window, *_model: close_once_painted(window)))
        return run_program([str(paths.demo_recording())])
    if what == "start":
        follow(MainWindow, "show_model", once(lambda window, *_model: later(0.0, lambda: end_start(window))))
    elif what == "closing":
        return close_while(*more)
    else:
        follow(MainWindow, "show_model", once(lambda window, *_model: later(0.0, window.actions_.record.trigger)))
        follow(MainWindow, "show_progress", (LiveMeasurement() if what == "live" else BurstMeasurement()).update)
    return run_program([])


PLOTS: list[Any] = []  # the plot of the timeline, once it is built
PAINTED: list[str] = []  # what has been painted: the start page, or the timeline of a recording
AGAIN_S = 0.05


def painted(what: str) -> None:
    """Report that something has been painted."""
    report(what)
    PAINTED.append(what)


def end_start(window: Any) -> None:
    """Report the heavy imports, then close the window."""
    report("ready", heavy=[name for name in HEAVY if name in sys.modules])
    close_once_painted(window)


def close_once_painted(window: Any) -> None:
    """Close the window as soon as it has been painted, which may be after the model is loaded."""
    if PAINTED:
        window.close()
    else:
        later(AGAIN_S, lambda: close_once_painted(window))


def end_recording(window: Any) -> None:
    """Close the window while it records: the first attempt asks, the second is the answer."""
    window.close()
    window.close()


def close_while(state: str, *recordings: str) -> int:
    """Close the window in the given state, and report when."""
    from ser_desktop.__main__ import main as run_program
    from ser_desktop.gui.main_window import MainWindow

    def close(window: Any) -> None:
        report("closing")
        end_recording(window)

    def play(window: Any) -> None:
        if window.actions_.play.isEnabled() and not window.actions_.stop.isEnabled():
            window.actions_.play.trigger()
            later(1.0, lambda: close(window))
        else:
            later(0.1, lambda: play(window))

    if state == "loading":
        follow(MainWindow, "complete", once(lambda window, _session: later(0.0, lambda: close(window))))
    elif state == "playing":
        follow(MainWindow, "show_model", once(lambda window, *_model: later(1.0, lambda: play(window))))
    else:
        if state == "live":
            follow(MainWindow, "show_model", once(lambda window, *_model: later(0.0, window.actions_.record.trigger)))
        wait = once(lambda window, _progress: later(1.0, lambda: close(window)))
        follow(MainWindow, "show_progress", lambda window, progress: progress.entries and wait(window, progress))
    return run_program(list(recordings))


class LiveMeasurement:
    """Measures processor time and delays while the window records."""

    def __init__(self) -> None:
        self._delays_s: list[float] = []
        self._lost = 0
        self._began_s = self._process_s = 0.0
        self._engine_s: float | None = None

    def update(self, window: Any, progress: Any) -> None:
        """Store the delay of an entry; the first entry starts the measurement."""
        if progress.live is None:
            return
        self._lost = progress.live.dropouts
        if not progress.entries or progress.is_last:
            return
        after_entry_s = progress.position_s - progress.entries[-1].end_s
        self._delays_s.append(time.monotonic() - progress.live.arrived_at_s + after_entry_s)
        if len(self._delays_s) == 1:
            later(SETTLED_S, self._begin)
            later(SETTLED_S + MEASURED_S, lambda: self._complete(window))

    def _begin(self) -> None:
        self._delays_s = self._delays_s[-1:]
        self._began_s, self._process_s, self._engine_s = time.perf_counter(), time.process_time(), engine_time()

    def _complete(self, window: Any) -> None:
        seconds = time.perf_counter() - self._began_s
        engine_s = engine_time()
        report(
            "recorded",
            seconds=seconds,
            process=(time.process_time() - self._process_s) / seconds,
            engine=None if engine_s is None or self._engine_s is None else (engine_s - self._engine_s) / seconds,
            delay_ms=1000.0 * sorted(self._delays_s)[int(0.95 * len(self._delays_s))],
            lost=self._lost,
        )
        end_recording(window)


class BurstMeasurement:
    """Reports when a burst of noise is painted on the meter, and when in an entry."""

    def __init__(self) -> None:
        self._is_loud_now = self._is_loud_answer = self._is_begun = False

    def update(self, window: Any, progress: Any) -> None:
        """Report the first loud level and the first loud entry of each burst, once they are painted."""
        if progress.level:
            is_loud, self._is_loud_now = self._is_loud_now, progress.level.peak_dbfs > LOUD_DBFS
            if self._is_loud_now > is_loud:
                after_painting(meter_of(window), lambda: report("meter", at_s=time.monotonic()))
        for entry in progress.entries:
            is_loud, self._is_loud_answer = self._is_loud_answer, (entry.level_dbfs or 0.0) > LOUD_DBFS
            if self._is_loud_answer > is_loud:
                after_painting(PLOTS[0].viewport(), lambda: report("answer", at_s=time.monotonic()))
        if progress.entries and not self._is_begun:
            self._is_begun = True
            later(BURSTS_S, lambda: end_recording(window))


def meter_of(window: Any) -> Any:
    """Return the bar of the level; it is painted without the view around it."""
    from PySide6.QtWidgets import QProgressBar

    return window.transport.level.findChild(QProgressBar)


def after_painting(view: Any, act: Callable[[], None]) -> None:
    """Call a function after the next paint event of a view."""
    from PySide6.QtCore import QEvent, QObject

    class Filter(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            if event.type() == QEvent.Type.Paint:
                watched.removeEventFilter(self)
                later(0.0, act)
            return False

    view.installEventFilter(Filter(view))


def engine_time() -> float | None:
    """Return the processor time of the engine's thread in seconds; ``None`` where /proc does not report it."""
    for thread in Path("/proc/self/task").glob("*"):
        if (thread / "comm").read_text().strip() == "engine":
            return int((thread / "schedstat").read_text().split()[0]) / 1e9
    return None


def draw() -> int:
    """Measure redraws of a timeline of ten hours, zoomed to all of it and to half a minute."""
    from PySide6.QtWidgets import QApplication

    from ser_desktop.gui.timeline.plot import TimelinePlot
    from ser_desktop.gui.timeline.timeline_view import TimelineView

    app = QApplication([])
    view = TimelineView()
    view.resize(1000, 480)
    fill(view)
    view.show()
    app.processEvents()
    plot = view.findChild(TimelinePlot)
    found = {}
    for name, zoom in (("all", view.fit), ("half a minute", view.zoom_normal)):
        zoom()
        app.processEvents()
        times = []
        for _ in range(REDRAWS):
            plot.refresh()
            began = time.perf_counter()
            plot.show_now()
            plot.viewport().repaint()
            times.append(time.perf_counter() - began)
        found[name] = 1000.0 * statistics.median(times)
    report("drawn", median_ms=found)
    return 0


def grow() -> int:
    """Process an hour of live audio faster than real time, and report the memory growth."""
    import numpy as np
    import soundfile
    from PySide6.QtWidgets import QApplication

    from ser_desktop import paths
    from ser_desktop.acoustics.stream import AcousticStream
    from ser_desktop.analysis.analyzer import Analyzer
    from ser_desktop.analysis.timeline import Timeline
    from ser_desktop.dsp.envelope import EnvelopeStream
    from ser_desktop.emotion.classifier import EmotionClassifier
    from ser_desktop.emotion.model_file import open_model
    from ser_desktop.gui.timeline.acoustic_track import AcousticTrack
    from ser_desktop.gui.timeline.timeline_view import TimelineView
    from ser_desktop.values import AudioChunk

    app = QApplication([])
    demo, rate = soundfile.read(paths.demo_recording(), dtype="float32")
    classifier = EmotionClassifier(open_model(paths.default_model()))
    analyzer, outline = Analyzer(classifier, rate=rate), EnvelopeStream(rate)
    timeline, view = Timeline(classifier.info.labels), TimelineView()
    stream, acoustics = AcousticStream(rate), AcousticTrack()
    view.resize(1000, 480)
    view.start(classifier.info.labels)
    view.content.show_acoustics(acoustics)
    view.set_live(True)
    view.show()
    block, begun = round(BLOCK_S * rate), 0
    for at in range(0, GROWN_S * rate, block):
        samples = demo[np.arange(at, at + block) % len(demo)]
        entries = analyzer.push(AudioChunk(at, samples))
        timeline.extend(entries)
        view.content.add_entries(entries)
        view.content.add_waveform(*outline.push(samples))
        acoustics.add(stream.push(samples))
        if at % (10 * block) == 0:
            app.processEvents()
        if not begun and at >= SETTLED_S * 20 * rate:
            begun = resident_bytes()
    report("grown", megabytes=(resident_bytes() - begun) / (1 << 20), entries=len(timeline))
    return 0


def resident_bytes() -> int:
    """Return the resident memory of this process in bytes; 0 without /proc."""
    if not Path("/proc/self/statm").exists():
        return 0
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def fill(view: Any) -> None:
    """Fill a timeline with ten hours of alternating speech and silence."""
    import numpy as np

    from ser_desktop.acoustics.columns import BANDS, AcousticColumns
    from ser_desktop.gui.timeline.acoustic_track import AcousticTrack
    from ser_desktop.values import EmotionScores, State, TimelineEntry

    random = np.random.default_rng(0)
    count = HOURS * 3600 * 4
    drift = np.cumsum(random.normal(0.0, 0.15, (count, len(LABELS))), axis=0)
    values = np.exp(2.0 * np.sin(drift))
    values /= values.sum(axis=1, keepdims=True)
    view.start(LABELS)
    view.content.add_entries(
        [
            TimelineEntry(at / 4, (at + 1) / 4, State.SPEECH, -20.0, EmotionScores(LABELS, tuple(row)))
            if at % 40 < 30
            else TimelineEntry(at / 4, (at + 1) / 4, State.NO_SPEECH, -60.0)
            for at, row in enumerate(values.tolist())
        ]
    )
    high = np.abs(random.normal(0.0, 0.2, HOURS * 3600 * 50)).astype(np.float32)
    view.content.add_waveform(-high, high)
    acoustics = AcousticTrack()
    for _ in range(HOURS * 60):
        pitch = random.uniform(80.0, 400.0, 6000).astype(np.float32)
        pitch[random.random(6000) < 0.5] = np.nan
        levels = random.uniform(-60.0, 0.0, 6000).astype(np.float32)
        acoustics.add(AcousticColumns(pitch, levels, random.integers(0, 240, (3000, BANDS)).astype(np.uint8)))
    view.content.show_acoustics(acoustics)


def follow(owner: type, name: str, act: Callable[..., None]) -> None:
    """Wrap a method so that each call is followed by ``act`` with the same positional arguments."""
    method = getattr(owner, name)

    @functools.wraps(method)
    def followed(*arguments: Any, **named: Any) -> Any:
        result = method(*arguments, **named)
        act(*arguments)
        return result

    setattr(owner, name, followed)


def once(act: Callable[..., None]) -> Callable[..., None]:
    """Return a function that calls ``act`` the first time only."""
    waiting = [act]
    return lambda *given: waiting.pop()(*given) if waiting else None


def later(seconds: float, act: Callable[[], object]) -> None:
    """Call a function from Qt's event loop, after the current event."""
    from PySide6.QtCore import QTimer

    QTimer.singleShot(round(1000 * seconds), act)


def report(event: str, **found: object) -> None:
    """Print an event, with the processor time of the process so far, as a line of JSON."""
    print(json.dumps([event, {**found, "cpu_s": time.process_time()}]), flush=True)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
