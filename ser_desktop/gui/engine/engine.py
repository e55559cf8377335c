"""The thread that does what takes time, so that the window never waits.

Everything here runs in the engine's thread. The window asks through queued
signals and is answered through signals; no value is shared. A job is stepped by
a timer of this thread, so that "stop" gets its turn between two steps.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMetaObject, QObject, Qt, QThread, QTimer, Signal, Slot

from ser_desktop.analysis.analyzer import AnalysisSpec
from ser_desktop.audio.devices import list_input_devices, look_again
from ser_desktop.audio.outputs import list_output_names
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.model_file import open_model
from ser_desktop.errors import ModelFileError, SerError
from ser_desktop.gui.commands.whole_copy import copy_whole
from ser_desktop.gui.engine.jobs import FileJob, Job, Progress
from ser_desktop.gui.engine.live_jobs import LiveJob, MeterJob
from ser_desktop.gui.shared.translation import error_text

CLOSE_MS = 2500  # a microphone that hangs takes 2 s; with a loudspeaker that does, it stays within 3 s

Found = TypeVar("Found")


class Engine(QObject):
    """Loads the model, reads, listens, records and analyses.

    Signals:
        devices_found(list[str], list[str]): The microphones and the loudspeakers.
        model_loaded(ModelInfo, str, str): The model can be used: what it is, its device, its manifest.
        model_refused(): It cannot; another one stays as it is.
        model_checked(str, ModelInfo | None, str): What the model of this manifest is, or why it cannot be used.
        opened(RecordingInfo): A recording begins.
        refused(): The recording that was asked for does not begin; what runs goes on.
        progressed(Progress): A step brought something.
        paused(bool): From here on recording pauses, or goes on.
        moved(str): The recording goes on in this file.
        ended(bool): The recording is over; whether it came to its own end.
        copied(str): A recording was copied to this place.
        failed(str): Something went wrong, in words for the user.
        crashed(str): A bug; a report for the developers.
    """

    devices_found = Signal(object, object)
    model_loaded = Signal(object, str, str)
    model_refused = Signal()
    model_checked = Signal(str, object, str)
    opened = Signal(object)
    refused = Signal()
    progressed = Signal(object)
    paused = Signal(bool)
    moved = Signal(str)
    ended = Signal(bool)
    copied = Signal(str)
    failed = Signal(str)
    crashed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._classifier: EmotionClassifier | None = None
        self._job: Job | None = None
        self._timer: QTimer | None = None
        self._found: tuple[list[str], list[str]] = ([], [])

    @Slot()
    def begin(self) -> None:
        """Make the timer, in the thread that it belongs to."""
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._step)

    @Slot()
    def close(self) -> None:
        """End what runs, keep what there is, and end the thread."""
        self._stop_at_once()
        self.thread().quit()

    @Slot(str, str)
    def load_model(self, manifest: str, device: str) -> None:
        """Load a model; the one in use stays if this one is refused."""
        classifier = self._attempt(lambda: EmotionClassifier(open_model(Path(manifest)), device=device))
        if classifier:
            self._classifier = classifier
            self.model_loaded.emit(classifier.info, classifier.device, manifest)
        else:
            self.model_refused.emit()

    @Slot(str)
    def check_model(self, manifest: str) -> None:
        """Tell what a model is, after reading its manifest and checking its network; the one in use stays."""
        try:
            model = open_model(Path(manifest))
            model.read("onnx")
        except ModelFileError as error:
            self.model_checked.emit(manifest, None, error_text(error))
        else:
            self.model_checked.emit(manifest, model.info, "")

    @Slot()
    def look_for_devices(self) -> None:
        """Tell which microphones and loudspeakers there are now; nothing may be playing.

        PortAudio looks anew only while nothing is open: a meter ends for it, a
        recording does not.
        """
        if isinstance(self._job, MeterJob):
            self._stop_at_once()
        if not isinstance(self._job, LiveJob):  # which looks by itself, and must not be asked meanwhile
            self._attempt(look_again)
            inputs = self._attempt(list_input_devices) or []
            self._found = [device.name for device in inputs], self._attempt(list_output_names) or []
        self.devices_found.emit(*self._found)

    @Slot(str, object)
    @Slot(str, object, object)
    def open_file(self, path: str, spec: AnalysisSpec, tables: Sequence[Path] = ()) -> None:
        """Analyse a recording from start to end; what runs ends if it can be opened.

        Args:
            path: The recording.
            spec: Window, hop and smoothing.
            tables: Where an exported timeline of it may lie.
        """
        job = self._with_model(lambda classifier: FileJob(Path(path), classifier, spec, tables=tables))
        if job:
            self._stop_at_once()
            self._run(job)

    @Slot(str, str, object)
    def record(self, input_name: str, path: str, spec: AnalysisSpec) -> None:
        """Record a microphone (the default one for an empty name) to a new file and analyse it live."""
        self._stop_at_once()  # a meter holds the microphone
        job = self._with_model(lambda classifier: LiveJob(input_name or None, Path(path), classifier, spec))
        if job:
            self._run(job)

    @Slot(str)
    def watch_level(self, input_name: str) -> None:
        """Show the level of a microphone until something else is asked for; not while a recording is open."""
        if self._job is None or isinstance(self._job, MeterJob):
            self._stop_at_once()
            job = self._attempt(lambda: MeterJob(input_name or None))
            if job:
                self._run(job)

    @Slot(bool)
    def pause(self, is_paused: bool) -> None:
        """Stop or go on recording; the time between is a gap. It is told once it is so."""
        if isinstance(self._job, LiveJob):
            self._job.pause(is_paused)
            self.paused.emit(is_paused)

    @Slot()
    def stop(self) -> None:
        """End what runs and keep what there is; of a recording, what is left to judge is judged first.

        A second time ends that, too.
        """
        if self._job:
            self._do(self._job.finish, is_whole=isinstance(self._job, LiveJob))

    @Slot(str)
    def move_recording(self, path: str) -> None:
        """Go on recording to another file, and bring there what has been recorded."""
        job = self._job
        if isinstance(job, LiveJob):
            moved = self._attempt(lambda: job.move_to(Path(path)))
            if moved:
                self.moved.emit(str(moved))

    @Slot(str, str)
    def copy_recording(self, source: str, target: str) -> None:
        """Copy a recording, which may be large, to another place."""
        if self._attempt(lambda: copy_whole(Path(source), Path(target))):
            self.copied.emit(target)

    def _stop_at_once(self) -> None:
        while self._job:
            self.stop()

    def _with_model(self, make: Callable[[EmotionClassifier], Found]) -> Found | None:
        classifier, job = self._classifier, None
        if classifier is None:
            self.failed.emit(self.tr("There is no model yet. Choose one in Settings."))
        else:
            job = self._attempt(lambda: make(classifier))
        if job is None:
            self.refused.emit()
        return job

    def _run(self, job: Job) -> None:
        self._job = job
        if job.info:
            self.opened.emit(job.info)
        if self._timer:
            self._timer.start(job.interval_ms)

    @Slot()
    def _step(self) -> None:
        if self._job:
            self._do(self._job.step, is_whole=True)

    def _do(self, act: Callable[[], Progress], *, is_whole: bool) -> None:
        """Do one thing of the job; whatever goes wrong, device and file are closed and the rest is kept."""
        job = self._job
        progress = self._attempt(act)
        if progress is None and job:
            is_whole, progress = False, self._attempt(job.finish)
            if progress is None:
                self._attempt(job.close)
        if progress:
            self.progressed.emit(progress)
        if progress is None or progress.is_last:
            self._end(is_whole=is_whole)

    def _end(self, *, is_whole: bool) -> None:
        job, self._job = self._job, None
        if self._timer:
            self._timer.stop()
        if isinstance(job, LiveJob) and job.kept_at not in (None, job.info.path):
            self.moved.emit(str(job.kept_at))
        if job and job.info:
            self.ended.emit(is_whole)

    def _attempt(self, act: Callable[[], Found]) -> Found | None:
        """Return what something brings; what goes wrong is told, and ``None`` is returned."""
        try:
            return act()
        except SerError as error:
            self.failed.emit(error_text(error))
        except Exception:  # noqa: BLE001 - the crash boundary: a bug must not take the recording with it
            self.crashed.emit(traceback.format_exc())
        return None


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

    @property
    def has_ended(self) -> bool:
        """Whether the thread is over."""
        return self._thread.isFinished()

    def close(self) -> bool:
        """End what runs and then the thread; return whether that was in time."""
        QMetaObject.invokeMethod(self._engine, "close", Qt.ConnectionType.QueuedConnection)
        return self._thread.wait(CLOSE_MS)
