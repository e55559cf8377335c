"""Sound without a hole: samples in, questions to the network out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ser_desktop.dsp.features import FeatureSpec, FeatureStream
from ser_desktop.dsp.loudness import level_dbfs
from ser_desktop.dsp.offset import OffsetRemover
from ser_desktop.dsp.resample import StreamResampler
from ser_desktop.dsp.windows import FrameWindows, Window, centre_block, frame_flags
from ser_desktop.emotion.speech_detector import SpeechDetector

MIN_SOUND_S = 0.5  # sound that ends before is one stretch
MAX_BATCH_S = 0.1  # blocks of a microphone are heard together: twenty of 20 ms take three times as long as four of 100


@dataclass(frozen=True, slots=True, eq=False)
class WindowRequest:
    """How does the window that ends here sound?

    Attributes:
        start: First sample of the stretch that the answer is for, at the model's rate, from the start of the stream.
        end: The sample after its last.
        window: The last frames that end by ``end``.
        has_speech: Whether somebody speaks within the stretch.
        level_dbfs: Level of the stretch.
    """

    start: int
    end: int
    window: Window
    has_speech: bool
    level_dbfs: float


class WindowStream:
    """Asks a question every hop, wherever the sound is cut into pieces.

    The questions of the first 0.5 s wait until so much has been heard: sound
    that ends before is one question.

    Args:
        features: The frames that the model wants.
        detector: Fresh: it has heard nothing yet.
        rate: Rate of the samples pushed, Hz.
        window_s: Longest window.
        hop_s: Length of the stretch that one answer is for.
    """

    def __init__(
        self, features: FeatureSpec, detector: SpeechDetector, *, rate: int, window_s: float, hop_s: float
    ) -> None:
        self._spec = features
        self._hop = round(hop_s * features.rate)
        self._min_samples = round(MIN_SOUND_S * features.rate)
        self._resampler = StreamResampler(rate, features.rate)
        self._offset = OffsetRemover(features.rate)
        self._features = FeatureStream(features)
        self._detector = detector
        self._windows = FrameWindows(features, window_s=window_s)
        self._flags = np.zeros(0, bool)  # of the blocks since block self._first_block
        self._first_block = 0
        self._frame_count = 0
        self._pending = np.zeros(0, np.float32)  # samples since the last question
        self._requested_until = 0
        self._rate = rate
        self._batch: list[npt.NDArray[np.float32]] = []  # at the rate pushed, not looked at yet
        self._batch_start = self._pushed = 0

    def push(self, samples: npt.NDArray[np.float32]) -> list[WindowRequest]:
        """Return the questions that these (n,) float32 samples complete.

        Short pieces wait for more, up to 0.1 s, unless a question is due: no answer is later for it.
        """
        self._batch.append(samples)
        self._pushed += len(samples)
        batch_s = (self._pushed - self._batch_start) / self._rate
        available = self._pushed * self._spec.rate // self._rate
        is_due = available >= max(self._requested_until + self._hop, self._min_samples)
        return self._process_batch() if is_due or batch_s >= MAX_BATCH_S else []

    def flush(self, end: int) -> list[WindowRequest]:
        """Return the last questions; the sound ends at this sample of the model's rate."""
        requests = self._process_batch() + self._process(self._resampler.flush(), end)
        if end > self._requested_until:
            requests.append(self._request(end))
        return requests

    def _process_batch(self) -> list[WindowRequest]:
        if not self._batch:
            return []
        samples = self._batch[0] if len(self._batch) == 1 else np.concatenate(self._batch)
        self._batch, self._batch_start = [], self._pushed
        return self._process(self._resampler.push(samples))

    def _process(self, samples: npt.NDArray[np.float32], end: int | None = None) -> list[WindowRequest]:
        if end is not None:
            samples = samples[: max(0, end - self._requested_until - len(self._pending))]
        samples = self._offset.push(samples)
        self._pending = np.concatenate((self._pending, samples))
        self._add_frames(samples)
        requests: list[WindowRequest] = []
        if self._requested_until + len(self._pending) < self._min_samples:
            return requests
        while len(self._pending) >= self._hop:
            requests.append(self._request(self._requested_until + self._hop))
        return requests

    def _add_frames(self, samples: npt.NDArray[np.float32]) -> None:
        spec, block = self._spec, self._detector.block
        frames = self._features.push(samples)
        indices = range(self._frame_count, self._frame_count + len(frames))
        self._flags = np.concatenate((self._flags, self._detector.push(samples)))
        speech = frame_flags(self._flags, indices, block=block, spec=spec, first_block=self._first_block)
        self._windows.push(frames, speech)
        self._frame_count = indices.stop
        needed = centre_block(self._frame_count, block=block, spec=spec)  # later frames ask for no earlier block
        done = min(needed - self._first_block, len(self._flags))
        self._flags, self._first_block = self._flags[done:], self._first_block + done

    def _request(self, end: int) -> WindowRequest:
        start, self._requested_until = self._requested_until, end
        segment, self._pending = self._pending[: end - start], self._pending[end - start :]
        window = self._windows.until(end)
        new_frames = max(1, self._spec.frame_count(end) - self._spec.frame_count(start))
        return WindowRequest(start, end, window, bool(window.speech[-new_frames:].any()), level_dbfs(segment))
