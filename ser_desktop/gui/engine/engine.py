"""The engine: loads the model, reads files, records and analyses in a worker thread.

There are ten concurrent activities in the program, not all of them at once:

1. The GUI thread paints and appends results to the timeline. It never runs the model.
2. The engine's thread, this one, loads the model, reads files and analyses. A timer, or new sound of a take, steps one
   job at a time, so that requests from the window, which arrive as queued signals, are served between two steps.
   Results go back as signals; the two threads share no mutable object.
3. PortAudio's callback threads, one for each open stream, copy blocks between a device and a queue.
4. A take's thread writes queued sound to the file, and reopens a disconnected microphone (``audio/take.py``).
5. The syncing thread calls ``fsync`` on that file, which takes seconds on a busy disk (``audio/recorder.py``).
6. The player's thread reads ahead in a file that is played, and closes the loudspeaker (``audio/player.py``).
7. A closing thread ends a microphone's stream, for which a hung sound server would block its caller
   (``audio/microphone.py``).
8. A process of its own decodes what is neither plain WAV, AIFF nor FLAC. While the reader waits for a block, a timer
   thread counts to 60 s, and then kills that process (``audio/decoding/process.py``).
9. The words thread reads a file for the recogniser, which is a process of its own (``gui/engine/words_worker.py``).
10. The thread of live words gives the sound of a take to another recogniser (``words/live.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot

from ser_desktop.analysis.analyzer import AnalysisSpec
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.model_file import open_model
from ser_desktop.errors import ModelFileError
from ser_desktop.gui.commands.copy import copy_whole
from ser_desktop.gui.engine.devices import Devices
from ser_desktop.gui.engine.file_job import FileJob, Specs, Tables
from ser_desktop.gui.engine.job import Job, Progress, VoiceMeasurement
from ser_desktop.gui.engine.job_runner import JobRunner
from ser_desktop.gui.engine.live_job import LiveJob
from ser_desktop.gui.engine.meter_job import MeterJob
from ser_desktop.gui.engine.opened_sound import MIX, SoundChoice
from ser_desktop.gui.engine.voice_job import VoiceFilesJob, VoiceJob
from ser_desktop.gui.shared.translation import error_text
from ser_desktop.words.models import WordsModel


class Engine(JobRunner):
    """Carries out what the window requests: loads the model, and makes jobs that read a file or use a microphone.

    Args:
        devices: The microphones and loudspeakers.

    Signals:
        devices_found(list[str], list[str]): Names of the microphones and of the loudspeakers.
        model_loaded(ModelInfo, str, str): A model is in use: its information, the device it runs on, its manifest.
        model_refused(): The requested model cannot be used; the one before stays in use.
        model_checked(str, ModelInfo): A manifest was read; carries its path and the information in it.
        model_check_failed(str, str): A manifest cannot be used; carries its path and the reason, in words for the user.
        refused(): The requested recording cannot be opened; the running job continues.
        paused(bool): Recording is paused from now on, or continues.
        copied(str): A recording was copied to this path.
    """

    devices_found = Signal(object, object)
    model_loaded = Signal(object, str, str)
    model_refused = Signal()
    model_checked = Signal(str, object)
    model_check_failed = Signal(str, str)
    refused = Signal()
    paused = Signal(bool)
    copied = Signal(str)

    def __init__(self, devices: Devices) -> None:
        super().__init__()
        self._devices = devices
        self._classifier: EmotionClassifier | None = None
        self._inputs: list[str] = []
        self._outputs: list[str] = []

    @Slot()
    def close(self) -> None:
        """Stop the running job, keep its results, and end the thread."""
        self._stop_at_once()
        self.thread().quit()

    @Slot(str, str)
    def load_model(self, manifest: str, device: str) -> None:
        """Load a model; the one in use stays if this one is refused."""
        if not self._attempt(lambda: self._use_model(manifest, device)):
            self.model_refused.emit()

    @Slot(str)
    def check_model(self, manifest: str) -> None:
        """Read a manifest, check the network of its model, and report the result; the model in use stays."""
        try:
            model = open_model(Path(manifest))
            for kind in model.info.networks:
                model.read(kind)
        except ModelFileError as error:
            self.model_check_failed.emit(manifest, error_text(error))
        else:
            self.model_checked.emit(manifest, model.info)

    @Slot()
    def look_for_devices(self) -> None:
        """Report the microphones and loudspeakers that are connected now; nothing may be playing.

        PortAudio refreshes its list only while no stream is open: so a running meter is stopped first. While a
        recording is made, the list stays as it is: the take
        looks for its own microphone, and two threads must not do so at once.
        """
        if self._job and self._job.is_replaceable:
            self._stop_at_once()
        if not (self._job and self._job.uses_microphone):
            self._inputs, self._outputs = [], []
            self._attempt(self._devices.rescan)
            self._attempt(lambda: self._inputs.extend(self._devices.input_names()))
            self._attempt(lambda: self._outputs.extend(self._devices.output_names()))
        self.devices_found.emit(self._inputs, self._outputs)

    @Slot(str, object, object, object)
    def open_file(self, path: str, spec: Specs, tables: Tables = (), choice: SoundChoice = MIX) -> None:
        """Analyse a file from start to end; the running job ends once the file is open.

        Args:
            path: Path of the file.
            spec: Window, hop and smoothing, for all channels or for each.
            tables: Exported tables that may hold its timeline, or the timeline of each channel where it is known.
            choice: Which sound of the file is analysed.
        """
        self._start_with_model(lambda classifier: FileJob(Path(path), classifier, spec, tables=tables, choice=choice))

    @Slot(str, str, object, object)
    def record(self, input_name: str, path: str, spec: AnalysisSpec, words_model: WordsModel | None = None) -> None:
        """Record a microphone to a new file and analyse it live.

        Args:
            input_name: Name of the microphone; an empty one is the default.
            path: Path of the new file.
            spec: Window, hop and smoothing.
            words_model: Writes down what is said; ``None`` for no words.
        """
        self._start_with_model(
            lambda classifier: LiveJob(
                input_name or None,
                Path(path),
                classifier=classifier,
                spec=spec,
                devices=self._devices,
                words_model=words_model,
                on_sound=self._wake,
            )
        )

    @Slot(str)
    def watch_level(self, input_name: str) -> None:
        """Show the level of a microphone until the next request; ignored while a file is read or a take is made."""
        if self._job is None or self._job.is_replaceable:
            self._attempt(lambda: self._start(MeterJob(input_name or None, devices=self._devices)))

    @Slot()
    def end_level(self) -> None:
        """Close the microphone whose level is shown; anything else goes on."""
        if self._job and self._job.is_replaceable:
            self.stop()

    @Slot(str, object)
    def measure_voice(self, input_name: str, files: Sequence[Path] = ()) -> None:
        """Measure a voice that is made known; refused while a file is read or a take is made.

        Args:
            input_name: Name of the microphone; an empty one is the default.
            files: Recordings of the voice instead of the microphone.
        """
        classifier = self._classifier
        if classifier is None:
            self.failed.emit(self.tr("There is no model yet. Choose one in Settings."))
        elif self._job and not self._job.is_replaceable:
            self.failed.emit(self.tr("A recording is being read or made. Wait until that is over, then try again."))
        elif self._attempt(lambda: self._start(self._voice_job(classifier, input_name, files))):
            return
        self.voice_measured.emit(Progress(measurement=VoiceMeasurement(), is_last=True))

    def _voice_job(self, classifier: EmotionClassifier, input_name: str, files: Sequence[Path]) -> Job:
        if files:
            return VoiceFilesJob(files, classifier=classifier)
        return VoiceJob(input_name or None, classifier=classifier, devices=self._devices)

    @Slot(bool)
    def pause(self, is_paused: bool) -> None:
        """Pause or continue recording; the time between becomes a gap."""
        if self._job and self._job.is_live:
            self._job.pause(is_paused)
            self.paused.emit(is_paused)

    @Slot(str)
    def move_recording(self, path: str) -> None:
        """Continue recording in another file, which gets the sound so far as well."""
        job = self._job
        if job and job.is_live and self._attempt(lambda: job.move_to(Path(path))):
            self._report_path(job)

    @Slot(str, str)
    def copy_recording(self, source: str, target: str) -> None:
        """Copy a recording, which may be large."""
        if self._attempt(lambda: copy_whole(Path(source), Path(target))):
            self.copied.emit(target)

    def _use_model(self, manifest: str, device: str) -> None:
        classifier = EmotionClassifier(open_model(Path(manifest)), device=device)
        self._classifier = classifier
        self.model_loaded.emit(classifier.info, classifier.device, manifest)

    def _start_with_model(self, make: Callable[[EmotionClassifier], Job]) -> None:
        """Start reading or recording; the queue expects :attr:`opened` or :attr:`refused` for each request."""
        classifier = self._classifier
        if classifier is None:
            self.failed.emit(self.tr("There is no model yet. Choose one in Settings."))
            self.refused.emit()
        elif not self._attempt(lambda: self._start(make(classifier))):
            self.refused.emit()
