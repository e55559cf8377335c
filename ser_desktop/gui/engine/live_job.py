"""Recording a microphone, step by step."""

from __future__ import annotations

import dataclasses
import tempfile
import time
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from ser_desktop.acoustics.columns import NO_COLUMNS, joined
from ser_desktop.analysis.analyzer import AnalysisSpec, Analyzer
from ser_desktop.analysis.live import LiveAnalysis, LiveResult
from ser_desktop.audio.devices import InputDevice
from ser_desktop.audio.journal import JOURNALS
from ser_desktop.audio.take import Take
from ser_desktop.audio.take_storage import TakeStorage
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.gui.engine.acoustic_outline import AcousticOutline
from ser_desktop.gui.engine.begun_take import begin_take
from ser_desktop.gui.engine.devices import Devices, find_input_or_rescan
from ser_desktop.gui.engine.job import Job, LiveState, Progress
from ser_desktop.gui.engine.meter_job import Meter
from ser_desktop.gui.engine.opened_sound import RecordingInfo
from ser_desktop.gui.engine.waveform_outline import WaveformOutline
from ser_desktop.gui.shared.translation import error_text
from ser_desktop.settings import default_recordings_folder, state_folder
from ser_desktop.values import AudioChunk
from ser_desktop.words.live import LiveLines, LiveWords
from ser_desktop.words.models import WordsModel

DISK_CHECK_S = 5.0  # between two checks of the free space
BACKLOG_MS, IDLE_MS = 20, 100  # between two steps of the timer
JOINED_S = 0.1  # longer chunks would make the steps of a backlog longer
BEHIND_S = 1.0  # a shorter backlog is not reported


class LiveJob(Job):
    """Records a microphone and analyses the sound as it arrives.

    A :class:`~ser_desktop.audio.take.Take` writes the sound to the disk first, in a thread of its own, so that a slow
    or failing analysis never costs sound.

    Args:
        input_name: Name of the microphone; ``None`` is the system's default.
        path: Path of the new file.
        classifier: The model.
        spec: How to analyse.
        devices: Opens the microphone, and finds it again after it was pulled out.
        words_model: Writes down what is said; ``None`` for no words.
        on_sound: Called from the take's thread when there is sound for the next step. So a step need not wait for the
            timer, and the timer need not run often.
    """

    interval_ms = BACKLOG_MS
    is_live = True
    uses_microphone = True

    def __init__(
        self,
        input_name: str | None,
        path: Path,
        *,
        classifier: EmotionClassifier,
        spec: AnalysisSpec,
        devices: Devices,
        words_model: WordsModel | None = None,
        on_sound: Callable[[], None] | None = None,
    ) -> None:
        self._words_model, self._on_sound = words_model, on_sound
        self._words: LiveWords | None = None
        self.path: Path = path
        self._input_name, self._classifier, self._spec, self._devices = input_name, classifier, spec, devices

    def start(self) -> None:
        """Open the microphone and begin to record.

        Raises:
            SerError: The microphone or the file cannot be opened, or the window of ``spec`` does not suit the model.
        """
        device = find_input_or_rescan(self._devices, self._input_name)
        self._analysis = self._new_analysis(device.rate)
        self._take = self._new_take(device)
        self._outline, self._meter = WaveformOutline(device.rate), Meter(device.rate)
        self._acoustics = AcousticOutline(device.rate)
        self._words = LiveWords(self._words_model, rate=device.rate) if self._words_model else None
        self._is_intact = True  # false once a chunk could not be analysed; nothing is analysed after it
        self._is_over = False
        self._arrived_at_s = time.monotonic()
        self._room_s: float | None = None
        self._disk_checked_at_s = float("-inf")
        self.info = RecordingInfo(self.path.stem, self.path, device.rate, self._take.channels, None, is_live=True)

    def step(self) -> Progress:
        """Analyse the sound that arrived since the last step; after the end, part of the backlog."""
        if self._is_over and not self._analysis.is_behind:
            return self.stop()
        return self._progress(self._analysis.push)

    def pause(self, is_paused: bool) -> None:
        """Pause or continue recording; sound from before this call is not affected."""
        self._take.pause(is_paused)

    def move_to(self, path: Path) -> None:
        """Continue in another file, which gets the sound so far as well.

        Raises:
            AudioFileError: The file cannot be written.
        """
        self._take.move_to(path)
        self.path = path

    def stop(self) -> Progress:
        """End the recording; the file is complete before the backlog is analysed.

        Where the analysis is behind, the job is not over yet: further steps
        analyse the backlog. A second call drops the backlog.
        """
        if not self._is_over:
            self.close()
            if self._is_intact and self._analysis.is_behind:
                return self._progress(self._analysis.push)
        last = self._progress(self._analysis.finish)
        lines = self._words.finish() if self._words else None
        rest = self._acoustics.finish() if self._outline.position else NO_COLUMNS
        return dataclasses.replace(
            last, is_last=True, acoustics=joined((last.acoustics, rest)), lines=_joined_lines(last.lines, lines)
        )

    def close(self) -> None:
        """Close microphone and file; the file holds all sound that arrived.

        Raises:
            AudioFileError: Not all of it could be written.
        """
        if self._words:
            self._words.end_soon()
        if not self._is_over:
            self._is_over = True
            self.path = self._take.finish() or self.path  # elsewhere than planned where the disk was full

    def sound_between(self, start: int, end: int) -> list[AudioChunk]:
        """Return the stored chunks between two samples, for the part of the analysis that is behind."""
        return self._take.sound_between(start, end)

    def _new_analysis(self, rate: int) -> LiveAnalysis:
        # Not self: the job would form a reference cycle with its analysis. A take that cannot begin, because the sound
        # server is down, would keep 3 MB until Python next collects cycles, which may be hours later.
        classifier, spec, job = self._classifier, self._spec, weakref.proxy(self)

        def read_stored(start: int, end: int) -> list[AudioChunk]:
            return job.sound_between(start, end)

        return LiveAnalysis(
            lambda first: Analyzer(classifier, rate=rate, spec=spec, first=first), rate=rate, read_stored=read_stored
        )

    def _new_take(self, device: InputDevice) -> Take:
        storage = TakeStorage(
            self.path,
            device.rate,
            device=device.name,
            journals=state_folder() / JOURNALS,
            spare_folders=[Path(default_recordings_folder()), state_folder(), Path(tempfile.gettempdir())],
        )
        return begin_take(self._devices, device, storage, on_sound=self._on_sound)

    def _progress(self, analyse: Callable[[Sequence[AudioChunk]], LiveResult]) -> Progress:
        """Analyse the sound that arrived since the last call, and return all results."""
        arrived = self._take.read()
        level = self._meter.measure([each.chunk for each in arrived]) if arrived else None
        self._arrived_at_s = arrived[-1].at_s if arrived else self._arrived_at_s
        recorded = _joined([each.chunk for each in arrived if each.is_recorded], round(JOINED_S * self._take.rate))
        waveform, acoustics = self._outline.push(recorded), self._acoustics.push(recorded)
        if self._words:
            self._words.push(recorded)
        result = LiveResult()
        if self._is_intact:
            self._is_intact = False
            result = analyse(recorded)
            self._is_intact = True
        is_polled = self._is_over or self._on_sound is None or self._analysis.behind_s > 0.0
        self.interval_ms = BACKLOG_MS if is_polled else IDLE_MS
        return Progress(
            result.entries,
            result.replacements,
            waveform,
            position_s=self._outline.position / self._take.rate,
            level=level,
            live=self._state(),
            acoustics=acoustics,
            lines=self._words.take() if self._words else None,
            voice=self._analysis.voice_use,
        )

    def _state(self) -> LiveState:
        trouble, behind_s = self._take.trouble, self._analysis.behind_s
        return LiveState(
            arrived_at_s=self._arrived_at_s,
            dropouts=self._take.dropouts,
            missing_s=self._take.missing_s,
            trouble=error_text(trouble) if trouble and not self._is_over else "",
            is_kept=self._take.is_saved,
            room_s=self._room(),
            behind_s=behind_s if behind_s > BEHIND_S else 0.0,
        )

    def _room(self) -> float | None:
        """Return how much more sound the disk takes; it is checked every 5 s."""
        if time.monotonic() - self._disk_checked_at_s >= DISK_CHECK_S:
            self._disk_checked_at_s = time.monotonic()
            self._room_s = self._take.seconds_left
        return self._room_s


def _joined(chunks: Sequence[AudioChunk], samples: int) -> list[AudioChunk]:
    """Return chunks with those that follow each other as one, up to a number of samples; each chunk costs time."""
    runs: list[list[AudioChunk]] = []
    for chunk in chunks:
        if runs and runs[-1][-1].end == chunk.start and chunk.end - runs[-1][0].start <= samples:
            runs[-1].append(chunk)
        else:
            runs.append([chunk])
    return [
        run[0] if len(run) == 1 else AudioChunk(run[0].start, np.concatenate([each.samples for each in run]))
        for run in runs
    ]


def _joined_lines(before: LiveLines | None, after: LiveLines | None) -> LiveLines | None:
    """Return the last two results of the recogniser as one."""
    if before is None or after is None:
        return after or before
    return dataclasses.replace(after, settled=(*before.settled, *after.settled), error=after.error or before.error)
