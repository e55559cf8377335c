"""Cuts continuous audio into windows: samples in, requests to the network out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ser_desktop.analysis.step_windows import StepWindows
from ser_desktop.dsp.features import FeatureSpec, FeatureStream
from ser_desktop.dsp.loudness import level_dbfs
from ser_desktop.dsp.offset import OffsetRemover
from ser_desktop.dsp.resample import StreamResampler
from ser_desktop.dsp.windows import FrameWindows, Window, centre_block, frame_flags
from ser_desktop.emotion.network_stream import NetworkStream
from ser_desktop.emotion.speech_detector import SpeechDetector

MIN_SOUND_S = 0.5  # audio shorter than this gives one request
MAX_BATCH_S = 0.5  # microphone blocks are batched: each call of the networks costs time, whatever its length


@dataclass(frozen=True, slots=True, eq=False)
class WindowRequest:
    """A request to classify one window; the result applies to the last hop of the window.

    Attributes:
        start: First sample of the hop, at the model's rate, from the start of the stream.
        end: The sample after the last of the hop.
        window: Its frames; the last one ends at or before ``end``.
        has_speech: Whether the hop contains speech.
        level_dbfs: Level of the hop, dBFS.
    """

    start: int
    end: int
    window: Window
    has_speech: bool
    level_dbfs: float


class WindowStream:
    """Emits one request every hop, independent of how the audio is chunked.

    The requests of the first 0.5 s are emitted once that much audio has been pushed;
    shorter audio gives one request.

    Args:
        features: The feature frames of the model.
        detector: A speech detector without previous input.
        rate: Sample rate of the pushed samples, Hz.
        window_s: Longest window, seconds.
        hop_s: Length of the hop of one request, seconds.
        stream: The streaming network of this stream; ``None`` for a network that classifies the frames of a window.
    """

    def __init__(
        self,
        features: FeatureSpec,
        detector: SpeechDetector,
        *,
        rate: int,
        window_s: float,
        hop_s: float,
        stream: NetworkStream | None = None,
    ) -> None:
        self._spec = features
        self._hop = round(hop_s * features.rate)
        self._min_samples = round(MIN_SOUND_S * features.rate)
        self._max_batch = round(MAX_BATCH_S * features.rate)
        self._resampler = StreamResampler(rate, features.rate)
        self._offset = OffsetRemover(features.rate)
        self._features = FeatureStream(features)
        self._detector = detector
        self._windows = FrameWindows(features, window_s=window_s)
        self._steps = StepWindows(features, stream, window_s=window_s) if stream else None
        self._flags = np.zeros(0, bool)  # (block,) speech flags from block self._first_block on
        self._first_block = 0
        self._frame_count = 0
        self._pending = np.zeros(0, np.float32)  # samples since the last request
        self._requested_until = 0
        self._rate = rate
        self._batch: list[npt.NDArray[np.float32]] = []  # pushed, not resampled yet
        self._resampled: list[npt.NDArray[np.float32]] = []  # not processed yet
        self._pushed = 0  # samples

    def push(self, samples: npt.NDArray[np.float32]) -> list[WindowRequest]:
        """Return the requests that these (n,) float32 samples complete.

        Short chunks are batched up to 0.5 s unless a request is due, so batching delays no result.
        """
        self._batch.append(samples)
        self._pushed += len(samples)
        processed = self._requested_until + len(self._pending)
        request_end = max(self._requested_until + self._hop, self._min_samples)
        due = min(request_end, processed + self._max_batch)  # the model's samples that are enough to process
        if self._pushed * self._spec.rate // self._rate < due:
            return []
        self._resample_batch()
        arrived = processed + sum(map(len, self._resampled))  # the resampler's filter delays some samples
        return self._process_batch() if arrived >= due else []

    def flush(self, end: int) -> list[WindowRequest]:
        """Return the last requests; the audio ends at sample ``end`` of the model's rate."""
        requests = self._process_batch() + self._process(self._resampler.flush(), end)
        if end > self._requested_until:
            requests.append(self._request(end))
        return requests

    def _resample_batch(self) -> None:
        if self._batch:
            samples = self._batch[0] if len(self._batch) == 1 else np.concatenate(self._batch)
            self._resampled.append(self._resampler.push(samples))
            self._batch = []

    def _process_batch(self) -> list[WindowRequest]:
        self._resample_batch()
        if not self._resampled:
            return []
        samples = self._resampled[0] if len(self._resampled) == 1 else np.concatenate(self._resampled)
        self._resampled = []
        return self._process(samples)

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
        if self._steps:
            self._steps.push(frames, speech)
        self._frame_count = indices.stop
        needed = centre_block(self._frame_count, block=block, spec=spec)  # later frames need no earlier block
        done = min(needed - self._first_block, len(self._flags))
        self._flags, self._first_block = self._flags[done:], self._first_block + done

    def _request(self, end: int) -> WindowRequest:
        start, self._requested_until = self._requested_until, end
        hop, self._pending = self._pending[: end - start], self._pending[end - start :]
        window = self._windows.window_ending_at(end)
        if self._steps:
            window = self._steps.with_steps(window, end=self._spec.frame_count(end))
        has_speech = window.has_new_speech(self._spec, start=start, end=end)
        return WindowRequest(start, end, window, has_speech, level_dbfs(hop))
