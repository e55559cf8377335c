"""What the engine does with a microphone, step by step: record it, or show how loud it is."""

from __future__ import annotations

import dataclasses
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from ser_desktop.analysis.analyzer import AnalysisSpec, Analyzer
from ser_desktop.analysis.live import LiveAnalysis, LiveResult
from ser_desktop.audio.devices import InputDevice, find_input_device, rescan_for_input
from ser_desktop.audio.journal import JOURNALS
from ser_desktop.audio.microphone import Microphone
from ser_desktop.audio.take import Take
from ser_desktop.audio.take_storage import TakeStorage
from ser_desktop.dsp.loudness import QUIETEST_DBFS, level_dbfs
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.errors import AudioDeviceError, SerError
from ser_desktop.gui.engine.jobs import Level, Outline, Progress, RecordingInfo
from ser_desktop.gui.shared.translation import error_text
from ser_desktop.settings import default_recordings_folder, state_folder
from ser_desktop.values import AudioChunk

CLIPPED_FROM = 0.999  # of full scale
ZEROS_AFTER_S = 3.0
LOOK_AT_DISK_S = 5.0
BEHIND_S = 1.0  # less is not worth a word


class LiveJob:
    """Records a microphone and analyses it as it is heard; the sound is kept first, and in another thread."""

    interval_ms = 20
    kept_at: Path | None = None  # after the end; elsewhere than planned if the disk had no room

    def __init__(self, input_name: str | None, path: Path, classifier: EmotionClassifier, spec: AnalysisSpec) -> None:
        device = _found(input_name)
        self._analysis = LiveAnalysis(
            lambda first: Analyzer(classifier, rate=device.rate, spec=spec, first=first),
            rate=device.rate,
            read_stored=self._older_sound,
        )
        kept = TakeStorage(
            path,
            device.rate,
            device=device.name,
            journals=state_folder() / JOURNALS,
            spare_folders=[Path(default_recordings_folder()), state_folder(), Path(tempfile.gettempdir())],
        )
        try:
            self._take = Take(device, kept, open_microphone=Microphone)
        except SerError:
            kept.close()
            raise
        self._outline, self._meter = Outline(device.rate), Meter(device.rate)
        self._is_well = True  # until a chunk could not be judged: then nothing after it is
        self._is_over = False
        self._heard_at_s = time.monotonic()
        self._room_s: float | None = None
        self._looked_at_s = float("-inf")
        self.info = RecordingInfo(path.stem, path, device.rate, self._take.channels, None, is_live=True)

    def step(self) -> Progress:
        """Take in what was heard since the last step; after the end, judge a bit of what was left behind."""
        if self._is_over and not self._analysis.is_behind:
            return self.finish()
        return self._brought(self._analysis.push)

    def pause(self, is_paused: bool) -> None:
        """Stop or go on recording; what was heard before belongs to the time before."""
        self._take.pause(is_paused)

    def move_to(self, path: Path) -> Path:
        """Go on recording at another place, with all that there is, and return the place.

        Raises:
            AudioFileError: It cannot be written there.
        """
        self._take.move_to(path)
        return path

    def finish(self) -> Progress:
        """End the recording and keep all of it; the sound is whole before the rest of it is judged.

        Where the analysis is behind, the job is not over yet: steps judge the
        rest. A second call ends it as it is.
        """
        if not self._is_over:
            self.close()
            if self._is_well and self._analysis.is_behind:
                return self._brought(self._analysis.push)
        return dataclasses.replace(self._brought(self._analysis.finish), is_last=True)

    def close(self) -> None:
        """Close device and file; what was heard is in the file."""
        if not self._is_over:
            self._is_over = True
            self.kept_at = self._take.finish()

    def _older_sound(self, start: int, end: int) -> list[AudioChunk]:
        return self._take.sound_between(start, end)

    def _brought(self, analyse: Callable[[Sequence[AudioChunk]], LiveResult]) -> Progress:
        """Return what is there to tell, after analysing what was heard since the last time."""
        heard = self._take.read()
        level = self._meter.measured([each.chunk for each in heard]) if heard else None
        self._heard_at_s = heard[-1].at_s if heard else self._heard_at_s
        kept = [each.chunk for each in heard if each.is_recorded]
        columns = [self._outline.push(chunk) for chunk in kept]
        brought = LiveResult()
        if self._is_well:
            self._is_well = False
            brought = analyse(kept)
            self._is_well = True
        trouble, behind_s = self._take.trouble, self._analysis.behind_s
        return Progress(
            brought.entries,
            np.concatenate([low for low, _ in columns]) if columns else None,
            np.concatenate([high for _, high in columns]) if columns else None,
            heard_s=self._outline.position / self.info.rate,
            heard_at_s=self._heard_at_s,
            level=level,
            dropouts=self._take.dropouts,
            trouble=error_text(trouble) if trouble and not self._is_over else "",
            is_kept=self._take.is_saved,
            room_s=self._room(),
            behind_s=behind_s if behind_s > BEHIND_S else 0.0,
            missing_s=self._take.missing_s,
            filled=brought.replacements,
        )

    def _room(self) -> float | None:
        """Return how much longer the disk lasts; it is asked now and then."""
        if time.monotonic() - self._looked_at_s >= LOOK_AT_DISK_S:
            self._looked_at_s = time.monotonic()
            self._room_s = self._take.seconds_left
        return self._room_s


class MeterJob:
    """Shows how loud a microphone is, so that a level can be set; keeps nothing."""

    interval_ms = 30
    info: RecordingInfo | None = None

    def __init__(self, input_name: str | None) -> None:
        self._microphone = Microphone(find_input_device(input_name))
        self._meter = Meter(self._microphone.rate)

    def step(self) -> Progress:
        """Measure what was heard since the last step.

        Raises:
            AudioDeviceError: The microphone went away, or has been mute for too long.
        """
        chunks = self._microphone.read()
        if not chunks:
            self._microphone.require_recent_block()
        return Progress(level=self._meter.measured(chunks) if chunks else None)

    def finish(self) -> Progress:
        """Stop listening."""
        self.close()
        return Progress(is_last=True)

    def close(self) -> None:
        """Close the device."""
        self._microphone.close()


class Meter:
    """Measures how loud a microphone is, and remembers for how long it gave nothing but zeros.

    Args:
        rate: Samples per second.
    """

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._zero_samples = 0

    def measured(self, chunks: Sequence[AudioChunk]) -> Level:
        """Return the level of what was heard since the last time, one chunk or more."""
        samples = np.concatenate([chunk.samples for chunk in chunks])
        peak = float(np.abs(samples).max())
        self._zero_samples = 0 if peak else self._zero_samples + len(samples)
        return Level(
            rms_dbfs=level_dbfs(samples),
            peak_dbfs=max(QUIETEST_DBFS, 20.0 * float(np.log10(peak))) if peak else QUIETEST_DBFS,
            is_clipped=peak >= CLIPPED_FROM,
            is_zero=self._zero_samples >= ZEROS_AFTER_S * self._rate,
        )


def _found(name: str | None) -> InputDevice:
    """Return a microphone, also one that is back since PortAudio looked; nothing is playing.

    Raises:
        AudioDeviceError: It is not there.
    """
    try:
        return find_input_device(name)
    except AudioDeviceError:
        return rescan_for_input(name)
