"""The thread that does what takes time, so that the window never waits.

Everything here runs in the engine's thread. The window asks through queued
signals and is answered through signals; no value is shared. A job is stepped by
a timer of this thread, so that "stop" gets its turn between two steps.
"""

from __future__ import annotations

import traceback
from pathlib import Path

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from ser_desktop.analysis.analyzer import AnalysisSpec
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.model_file import open_model
from ser_desktop.errors import SerError
from ser_desktop.gui.jobs import FileJob, Job, LiveJob, MeterJob, Progress

CLOSE_MS = 3000


class Engine(QObject):
    """Loads the model, reads, listens, records and analyses.

    Signals:
        model_loaded(ModelInfo, str): The model can be used, on this device.
        model_refused(str): It cannot; another one stays as it is.
        opened(RecordingInfo): A recording begins.
        progressed(Progress): A step brought something.
        ended(bool): The recording is over; whether it came to its own end.
        failed(str): Something went wrong, in words for the user.
        crashed(str): A bug; a report for the developers.
    """

    model_loaded = Signal(object, str)
    model_refused = Signal(str)
    opened = Signal(object)
    progressed = Signal(object)
    ended = Signal(bool)
    failed = Signal(str)
    crashed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._classifier: EmotionClassifier | None = None
        self._job: Job | None = None
        self._timer: QTimer | None = None

    @Slot()
    def begin(self) -> None:
        """Make the timer, in the thread that it belongs to."""
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._step)

    @Slot(str, str)
    def load_model(self, manifest: str, device: str) -> None:
        """Load a model; the one in use stays if this one is refused."""
        try:
            self._classifier = EmotionClassifier(open_model(Path(manifest)), device=device)
        except SerError as error:
            self.model_refused.emit(str(error))
            return
        self.model_loaded.emit(self._classifier.info, self._classifier.device)

    @Slot(str, object)
    def open_file(self, path: str, spec: AnalysisSpec) -> None:
        """Analyse a recording from start to end."""
        if classifier := self._ready():
            self._start(lambda: FileJob(Path(path), classifier, spec))

    @Slot(str, str, object)
    def record(self, input_name: str, path: str, spec: AnalysisSpec) -> None:
        """Record a microphone (the default one for an empty name) to a new file and analyse it live."""
        if classifier := self._ready():
            self._start(lambda: LiveJob(input_name or None, Path(path), classifier, spec))

    @Slot(str)
    def watch_level(self, input_name: str) -> None:
        """Show the level of a microphone until something else is asked for."""
        self._start(lambda: MeterJob(input_name or None))

    @Slot(bool)
    def pause(self, is_paused: bool) -> None:
        """Stop or go on recording; the time between is a gap."""
        if isinstance(self._job, LiveJob):
            self._job.is_paused = is_paused

    @Slot()
    def stop(self) -> None:
        """End what runs and keep what there is."""
        if self._job:
            self._guarded(self._job.finish, is_whole=isinstance(self._job, LiveJob))

    def _ready(self) -> EmotionClassifier | None:
        if self._classifier is None:
            self.failed.emit(self.tr("There is no model yet. Choose one in Settings."))
        return self._classifier

    def _start(self, make: object) -> None:
        self.stop()
        try:
            job = make()  # type: ignore[operator]
        except SerError as error:
            self.failed.emit(str(error))
            return
        self._job = job
        if not isinstance(job, MeterJob):
            self.opened.emit(job.info)
        if self._timer:
            self._timer.start(job.interval_ms)

    @Slot()
    def _step(self) -> None:
        if self._job:
            self._guarded(self._job.step, is_whole=True)

    def _guarded(self, act: object, *, is_whole: bool) -> None:
        """Do one thing; whatever goes wrong, device and file are closed and the window is told."""
        try:
            progress: Progress = act()  # type: ignore[operator]
        except SerError as error:
            self._give_up()
            self.failed.emit(str(error))
        except Exception:  # noqa: BLE001 - the crash boundary: a bug must not take the recording with it
            report = traceback.format_exc()
            self._give_up()
            self.crashed.emit(report)
        else:
            self.progressed.emit(progress)
            if progress.is_last:
                self._end(is_whole=is_whole)

    def _give_up(self) -> None:
        job = self._job
        self._job = None
        if job:
            try:
                self.progressed.emit(job.finish())
            except SerError:
                job.close()
        self._end(is_whole=False, job=job)

    def _end(self, *, is_whole: bool, job: Job | None = None) -> None:
        job, self._job = job or self._job, None
        if self._timer:
            self._timer.stop()
        if job and not isinstance(job, MeterJob):
            self.ended.emit(is_whole)


class EngineThread:
    """The engine and its thread, started together and ended together.

    Args:
        engine: Moved to the thread.
    """

    def __init__(self, engine: Engine) -> None:
        self._thread = QThread()
        self._thread.setObjectName("engine")
        self._engine = engine
        engine.moveToThread(self._thread)
        self._thread.started.connect(engine.begin)
        self._thread.start()

    def close(self) -> bool:
        """End the thread after its present step; return whether it ended within 3 s."""
        self._thread.quit()
        return self._thread.wait(CLOSE_MS)
