"""Adapts the outputs of a network that classifies windows to the voice of the speaker.

A voice that always speaks high and fast is not excited. So each window is compared with the baseline of the voice: its
voice profile, and the earlier windows of the recording. A linear function of the difference corrects the output.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import lru_cache
from typing import Annotated

import numpy as np
import numpy.typing as npt
from msgspec import Meta, Struct

from ser_desktop.dsp.features import FeatureSpec, cosine_transform, level_direction

Array = npt.NDArray[np.float64]
FloatArray = npt.NDArray[np.float32]
Flags = npt.NDArray[np.floating | np.bool_]

OUTPUTS_OF_AFFECT = 2  # arousal and valence, behind the outputs of the emotions
LOW_BANDS = 3  # mel bands at the bottom that hold hum and the DC offset; not a part of the level
RANGE_DB = 80.0  # cells further below the loudest cell of the window are raised to this distance
LIMIT = 5.0  # in deviations; values further from the average are clipped to this
MEMORY_S = 300.0  # of speech, after which the weight of a window has fallen to 37 %
MAX_APART = 60  # windows without overlap that are compared to find out whether two people speak
TWO_VOICES = 3.5  # deviations between the MFCCs of two groups of windows; of one voice, 2 to 5 of 100 are further apart
MIN_GROUP = 2  # windows in each group
MIN_HEARD_S = 1.0  # of speech in a window; with less, the voice memory does not use it

Values = Annotated[tuple[float, ...], Meta(min_length=1, max_length=1000)]


class AdaptationSpec(Struct, frozen=True, kw_only=True):
    """How the outputs of a network are adapted to a voice; a part of a model's manifest.

    The values of a window are the logits of the emotions, then mean and deviation of each MFCC over its speech; see
    :func:`window_values`.

    Raises:
        ValueError: The lists do not have the same number of values, or a deviation is not positive.
    """

    average: Values
    """Mean of each value over the training corpora."""
    deviation: Values
    """Standard deviation of each value there."""
    weights: Annotated[tuple[Values, ...], Meta(min_length=1, max_length=102)]
    """For each emotion, then for arousal and valence: what a difference of one deviation in each value adds to the
    logit."""
    offsets: Annotated[tuple[float, ...], Meta(min_length=1, max_length=102)]
    """Added to each logit where a voice is known."""
    gain: Annotated[float, Meta(gt=0.0, lt=10.0)] = 1.0
    """Factor of the network's own logits where a voice is known."""
    half_s: Annotated[float, Meta(gt=0.0, lt=1000.0)] = 2.0
    """Seconds of known speech with which half of the correction is applied."""

    def __post_init__(self) -> None:
        size = len(self.average)
        if len(self.deviation) != size or any(len(row) != size for row in self.weights):
            raise ValueError(f"rows of other lengths than {size}")
        if len(self.offsets) != len(self.weights):
            raise ValueError(f"{len(self.offsets)} offsets for {len(self.weights)} rows of weights")
        if min(self.deviation) <= 0.0:
            raise ValueError("a deviation is not positive")

    @property
    def size(self) -> int:
        """Number of values of a window."""
        return len(self.average)

    def check(self, *, labels: int, mfccs: int) -> None:
        """Check that the adaptation fits a network.

        Raises:
            ValueError: The adaptation is for another number of emotions or MFCCs.
        """
        if (self.size, len(self.weights)) != (labels + 2 * mfccs, labels + OUTPUTS_OF_AFFECT):
            raise ValueError(f"{len(self.weights)} rows of {self.size} values for {labels} labels and {mfccs} MFCCs")


class VoiceMemory:
    """The baseline of the voice of one stream: the mean of its profile and of the earlier windows.

    Args:
        size: Number of values of a window.
        profile: (size,) values of the voice profile; ``None`` if there is none.
        profile_s: Seconds of speech that the profile was made from.
        adapts: Whether earlier windows count too; false where several people speak.
        statistics: Of earlier speech, in another stream of the same voice.
    """

    def __init__(
        self,
        size: int,
        *,
        profile: FloatArray | None = None,
        profile_s: float = 0.0,
        adapts: bool = True,
        statistics: FloatArray | None = None,
    ) -> None:
        self._profile = np.zeros(size) if profile is None else profile.astype(np.float64)
        self._profile_s = 0.0 if profile is None else profile_s
        self._adapts = adapts
        before = np.zeros(size + 1) if statistics is None else statistics.astype(np.float64)
        self._sums, self._heard_s = before[:-1], float(before[-1])
        self._waiting: deque[tuple[int, Array, float]] = deque()
        self._apart: list[FloatArray] = []
        self._apart_from = 0  # a window that ends here or later overlaps with none in the list

    @property
    def statistics(self) -> FloatArray:
        """Weighted sums of the values of all windows that were added, then the seconds of speech, (size + 1,)."""
        sums, seconds = self._sums.copy(), self._heard_s
        for _, values, speech_s in self._waiting:
            sums, seconds = _added(sums, seconds, values, speech_s)
        return np.append(sums, seconds).astype(np.float32)

    @property
    def windows(self) -> FloatArray:
        """Values of the first windows that do not overlap, (window, size); at most :data:`MAX_APART`."""
        return np.array(self._apart, np.float32).reshape(len(self._apart), len(self._sums))

    @property
    def known_s(self) -> float:
        """Seconds of speech from which the voice is known."""
        return self._profile_s + (self._heard_s if self._adapts else 0.0)

    def baseline(self, *, before: int) -> Array | None:
        """Return the (size,) mean values of the voice; ``None`` as long as nothing is known.

        Args:
            before: Windows that end after this sample do not count, because they overlap with the current one.
        """
        while self._waiting and self._waiting[0][0] <= before:
            _, values, speech_s = self._waiting.popleft()
            self._sums, self._heard_s = _added(self._sums, self._heard_s, values, speech_s)
        if not self.known_s:
            return None
        known = self._profile * self._profile_s
        return (known + self._sums if self._adapts else known) / self.known_s

    def add(self, values: FloatArray, *, end: int, length: int, speech_s: float) -> None:
        """Add a window.

        Args:
            values: (size,) of the window.
            end: The sample after its last one.
            length: Its number of samples.
            speech_s: Seconds of speech in it that no earlier window contains.
        """
        self._waiting.append((end, values.astype(np.float64), speech_s))
        if end >= self._apart_from and len(self._apart) < MAX_APART:
            self._apart.append(values)
            self._apart_from = end + length


def _added(sums: Array, seconds: float, values: Array, speech_s: float) -> tuple[Array, float]:
    kept = np.exp(-speech_s / MEMORY_S)
    return kept * sums + speech_s * values, float(kept * seconds + speech_s)


def sounds_like_two(windows: FloatArray, spec: AdaptationSpec, *, labels: int) -> bool:
    """Return whether windows fall into two groups that differ as much as two voices do.

    Two groups are found by k-means on the mean MFCCs without the zeroth. Of sets of eight windows of two speakers of a
    corpus, about nine in ten are recognised.

    Args:
        windows: (window, value), of windows that do not overlap.
        spec: The adaptation, for the deviations.
        labels: Number of emotions, whose logits are the first values.
    """
    mfccs = slice(labels + 1, labels + (spec.size - labels) // 2)
    x = windows[:, mfccs] / np.array(spec.deviation[mfccs], np.float32)
    if len(x) < 2 * MIN_GROUP:
        return False
    distances = np.linalg.norm(x[:, None] - x[None], axis=2)
    centres = x[list(np.unravel_index(distances.argmax(), distances.shape))]
    for _ in range(10):
        group = np.linalg.norm(x[:, None] - centres[None], axis=2).argmin(axis=1)
        sizes = np.bincount(group, minlength=2)
        if sizes.min() < MIN_GROUP:
            return False
        centres = np.stack([x[group == each].mean(axis=0) for each in (0, 1)])
    return bool(np.linalg.norm(centres[0] - centres[1]) > TWO_VOICES)


class Adaptation:
    """Applies an :class:`AdaptationSpec`."""

    def __init__(self, spec: AdaptationSpec) -> None:
        self.spec = spec
        self._average, self._deviation = np.array(spec.average), np.array(spec.deviation)
        self._weights, self._offsets = np.array(spec.weights), np.array(spec.offsets)

    def adapted(self, logits: Array, values: FloatArray, baselines: Array, *, known_s: Array) -> tuple[Array, Array]:
        """Return the corrected logits of windows, and the corrections of the log odds of arousal and valence.

        Args:
            logits: (window, label) calibrated logits of the network.
            values: (window, value) of the windows.
            baselines: (window, value) of the voice of each.
            known_s: (window,) seconds of speech from which the voice is known; with 0, nothing is corrected.

        Returns:
            (window, label) and (window, 2).
        """
        share = (known_s / (known_s + self.spec.half_s))[:, None]
        difference = self._standardised(values) - self._standardised(baselines)
        added = share * (difference @ self._weights.T + self._offsets)
        gain = 1.0 + share * (self.spec.gain - 1.0)
        return gain * logits + added[:, : logits.shape[1]], added[:, logits.shape[1] :]

    def _standardised(self, values: FloatArray | Array) -> Array:
        return np.clip((values - self._average) / self._deviation, -LIMIT, LIMIT)


def window_values(
    logits: FloatArray,
    frames: FloatArray | Sequence[FloatArray],
    speech: Flags | Sequence[Flags],
    spec: FeatureSpec,
) -> FloatArray:
    """Return the values of windows that are compared with the baseline of a voice.

    They do not depend on the gain: the level of the speech is subtracted, and cells 80 dB below the loudest one are
    raised to that distance.

    Args:
        logits: (window, label) float32 of the network.
        frames: (frame, width) float32 of each window.
        speech: (frame,) of each window, not 0 in frames with speech.
        spec: The parameters of the frames.

    Returns:
        (window, label + 2 * mfccs) float32: the logits, then mean and deviation of each MFCC over the speech.
    """
    values = np.zeros((len(logits), logits.shape[1] + 2 * spec.mfccs), np.float32)
    values[:, : logits.shape[1]] = logits
    for row, cells, flags in zip(values, frames, speech, strict=True):
        spoken = np.flatnonzero(flags)
        if len(spoken):
            row[logits.shape[1] :] = _mfcc_statistics(cells[spoken, : spec.mel_bands], spec)
    return values


def _mfcc_statistics(mel: FloatArray, spec: FeatureSpec) -> FloatArray:
    """Return mean and deviation of each MFCC, (2 * mfccs,), of the (frame, band) log-mels of speech.

    The means are matrix products, which take a tenth of the time of ``mean`` and ``std``.
    """
    cosines, level_of_mfccs = _transforms(spec)
    raised = np.maximum(mel, mel[:, LOW_BANDS:].max() - np.float32(RANGE_DB))
    mfccs = raised @ cosines  # (frame, mfcc)
    shares = np.full(len(mel), 1.0 / len(mel), np.float32)
    mean = shares @ mfccs
    level = np.add.reduce((shares @ raised)[LOW_BANDS:]) / (spec.mel_bands - LOW_BANDS)
    return np.concatenate((mean - level * level_of_mfccs, np.sqrt(shares @ np.square(mfccs - mean))))


@lru_cache(maxsize=4)
def _transforms(spec: FeatureSpec) -> tuple[FloatArray, FloatArray]:
    """Return the transform from log-mels to MFCCs, and what 1 dB of level adds to each MFCC."""
    return cosine_transform(spec), level_direction(spec)[spec.mel_bands :]
