"""Making a voice known, step by step: from a microphone, without keeping the sound, or from files."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from ser_desktop.analysis.analyzer import AnalysisSpec, Analyzer
from ser_desktop.audio.devices import InputDevice
from ser_desktop.audio.files import FileSource
from ser_desktop.audio.take import Take
from ser_desktop.audio.take_storage import TakeStorage
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.voice_profile import joined_statistics, speech_seconds
from ser_desktop.errors import AudioFileError
from ser_desktop.gui.engine.begun_take import begin_take
from ser_desktop.gui.engine.devices import Devices, find_input_or_rescan
from ser_desktop.gui.engine.job import BLOCK_S, FloatArray, Job, Progress, VoiceMeasurement
from ser_desktop.gui.engine.meter_job import Meter
from ser_desktop.gui.shared.translation import error_text
from ser_desktop.values import AudioChunk

LONGEST_S = 180.0  # of sound from a microphone, after which it ends by itself


class VoiceJob(Job):
    """Measures the voice at a microphone. The sound is not stored.

    Args:
        input_name: Name of the microphone; ``None`` is the system's default.
        classifier: The model.
        devices: Opens the microphone, and finds it again after it was pulled out.
    """

    interval_ms = 30
    uses_microphone = True

    def __init__(self, input_name: str | None, *, classifier: EmotionClassifier, devices: Devices) -> None:
        self._input_name, self._classifier, self._devices = input_name, classifier, devices

    def start(self) -> None:
        """Open the microphone.

        Raises:
            SerError: It is busy or not connected.
        """
        device = find_input_or_rescan(self._devices, self._input_name)
        self._take = self._new_take(device)
        self._analyzer = Analyzer(self._classifier, rate=device.rate, spec=AnalysisSpec())
        self._meter, self._is_over = Meter(device.rate), False

    def step(self) -> Progress:
        """Analyse the sound that arrived since the last step."""
        if self._take.is_full:
            return self.stop()
        return self._progress()

    def stop(self) -> Progress:
        """Close the microphone and return what was measured."""
        self.close()
        last = self._progress()
        windows = self._analyzer.voice_windows
        self._analyzer.flush()
        return Progress(level=last.level, measurement=self._measurement(windows), is_last=True)

    def close(self) -> None:
        """Close the microphone."""
        if not self._is_over:
            self._is_over = True
            self._take.finish()

    def _progress(self) -> Progress:
        chunks = [each.chunk for each in self._take.read()]
        for chunk in chunks:
            self._analyzer.push(chunk)
        trouble = self._take.trouble
        text = error_text(trouble) if trouble and not self._is_over else ""
        return Progress(
            level=self._meter.measure(chunks) if chunks else None, measurement=self._measurement(trouble=text)
        )

    def _measurement(self, windows: FloatArray | None = None, *, trouble: str = "") -> VoiceMeasurement:
        return _measurement(self._analyzer, self._take.rate, self._classifier, windows=windows, trouble=trouble)

    def _new_take(self, device: InputDevice) -> Take:
        storage = TakeStorage(None, device.rate, device=device.name)
        return begin_take(self._devices, device, storage, end=round(LONGEST_S * device.rate))


class VoiceFilesJob(Job):
    """Measures the voice in recordings, half a second a step.

    Args:
        files: The recordings, all of one person.
        classifier: The model.
    """

    interval_ms = 0

    def __init__(self, files: Sequence[Path], *, classifier: EmotionClassifier) -> None:
        self._files, self._classifier = files, classifier
        self._done: list[VoiceMeasurement] = []
        self._fault = ""

    def start(self) -> None:
        """Open the first recording.

        Raises:
            SerError: It cannot be read.
        """
        self._waiting = list(self._files)
        self._sources = contextlib.ExitStack()
        self._open_next()

    def step(self) -> Progress:
        """Analyse the next block of a recording."""
        try:
            chunk = next(self._chunks, None)
        except AudioFileError as error:
            self._fault = error_text(error)
            return self.stop()
        if chunk is not None:
            assert self._analyzer
            self._analyzer.push(chunk)
            return Progress(measurement=self._together())
        self._end_file()
        if not self._waiting:
            return self.stop()
        try:
            self._open_next()
        except AudioFileError as error:
            self._fault = error_text(error)
            return self.stop()
        return Progress(measurement=self._together())

    def stop(self) -> Progress:
        """End here and return what was measured so far."""
        self._end_file()
        return Progress(measurement=self._together(), is_last=True)

    def close(self) -> None:
        """Close the recording."""
        self._sources.close()

    def _open_next(self) -> None:
        source = self._sources.enter_context(FileSource(self._waiting[0], block_s=BLOCK_S))
        self._waiting.pop(0)
        self._chunks: Iterator[AudioChunk] = source.chunks()
        self._rate = source.rate
        self._analyzer: Analyzer | None = Analyzer(self._classifier, rate=source.rate, spec=AnalysisSpec())

    def _end_file(self) -> None:
        self._sources.close()
        if self._analyzer:
            windows = self._analyzer.voice_windows
            self._analyzer.flush()
            self._done.append(_measurement(self._analyzer, self._rate, self._classifier, windows=windows))
            self._analyzer = None

    def _together(self) -> VoiceMeasurement:
        now = [_measurement(self._analyzer, self._rate, self._classifier)] if self._analyzer else []
        parts = [*self._done, *now]
        windows = [each.windows for each in parts if each.windows is not None]
        return VoiceMeasurement(
            speech_s=sum(each.speech_s for each in parts),
            sound_s=sum(each.sound_s for each in parts),
            statistics=joined_statistics([each.statistics for each in parts]),
            windows=np.concatenate(windows) if windows else None,
            trouble=self._fault,
        )


def _measurement(
    analyzer: Analyzer,
    rate: int,
    classifier: EmotionClassifier,
    *,
    windows: FloatArray | None = None,
    trouble: str = "",
) -> VoiceMeasurement:
    statistics = analyzer.voice_statistics
    return VoiceMeasurement(
        speech_s=speech_seconds(statistics),
        sound_s=analyzer.position / rate,
        statistics=statistics,
        windows=windows,
        trouble=trouble,
    )
