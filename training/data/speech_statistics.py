"""Statistics of the speech of clips, and what a streaming network has heard before a training window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from ser_desktop.dsp.features import FeatureSpec, cosine_transform, level_direction
from ser_desktop.emotion.stream_normaliser import StreamNetSpec

Array = npt.NDArray[np.float32]

LOW_BANDS = StreamNetSpec().low_bands  # with hum and the DC offset; not a part of the level
RANGE_DB = StreamNetSpec().range_db  # cells further below the loudest cell of the clip are raised to this distance


@dataclass(frozen=True, slots=True, eq=False)
class SpeechStatistics:
    """Statistics of the frames with speech of some clips.

    Attributes:
        mean: (clip, width) float32, mean of each value of a frame.
        variance: (clip, width) float32.
        frames: (clip,) float32, number of frames with speech.
        loudest: (clip,) float32, the loudest cell in dB.
    """

    mean: Array
    variance: Array
    frames: Array
    loudest: Array

    def __getitem__(self, clips: npt.NDArray[np.int64]) -> SpeechStatistics:
        return SpeechStatistics(self.mean[clips], self.variance[clips], self.frames[clips], self.loudest[clips])

    @classmethod
    def concatenate(cls, parts: Sequence[SpeechStatistics]) -> SpeechStatistics:
        """Return the statistics of the clips of several parts, one after the other."""
        return cls(*(np.concatenate(each) for each in zip(*(part.arrays().values() for part in parts), strict=True)))

    def arrays(self) -> dict[str, Array]:
        """Return the arrays by name, in the order of the fields."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    def together(self) -> SpeechStatistics:
        """Return the statistics of all clips as if they were one."""
        weight = (self.frames / max(1.0, float(self.frames.sum())))[:, None]
        mean = (weight * self.mean).sum(axis=0)
        variance = (weight * (self.variance + np.square(self.mean - mean))).sum(axis=0)
        frames, loudest = self.frames.sum(keepdims=True), self.loudest.max(keepdims=True)
        return SpeechStatistics(mean[None], variance[None], frames, loudest)


def clip_statistics(mel: Array, speech: npt.NDArray[np.bool_], spec: FeatureSpec) -> SpeechStatistics:
    """Return the statistics of one clip, from (frame, band) log-mels in dB and (frame,) speech flags."""
    spoken = np.asarray(mel[speech] if speech.any() else mel, np.float32)
    loudest = spoken[:, LOW_BANDS:].max()
    raised = np.maximum(spoken, loudest - RANGE_DB)
    frames = np.concatenate((raised, raised @ cosine_transform(spec)), axis=1)
    return SpeechStatistics(
        frames.mean(axis=0)[None],
        frames.var(axis=0)[None],
        np.array([float(speech.sum())], np.float32),
        np.array([loudest], np.float32),
    )


def quantities(statistics: SpeechStatistics, spec: FeatureSpec) -> tuple[Array, Array]:
    """Return mean and variance of all mel bands together, then of each MFCC, (clip, 1 + mfccs) each.

    They are the quantities of :class:`~ser_desktop.emotion.stream_normaliser.StreamNormaliser`.
    """
    bands, mfccs = slice(LOW_BANDS, spec.mel_bands), slice(spec.mel_bands, None)
    level = statistics.mean[:, bands].mean(axis=1, keepdims=True)
    power = (statistics.variance + np.square(statistics.mean))[:, bands].mean(axis=1, keepdims=True)
    mean = np.concatenate((level, statistics.mean[:, mfccs]), axis=1)
    return mean, np.concatenate((power - np.square(level), statistics.variance[:, mfccs]), axis=1)


def average_speech(statistics: SpeechStatistics, spec: FeatureSpec) -> tuple[Array, Array]:
    """Return mean and variance of the quantities of the average clip, (1 + mfccs,) each, relative to its level."""
    mean, variance = quantities(statistics, spec)
    relative = mean - mean[:, :1] * level_direction(spec)[spec.mel_bands - 1 :]
    average = relative.mean(axis=0)
    return average, (variance + np.square(relative - average)).mean(axis=0)


def heard(clips: SpeechStatistics, spec: FeatureSpec, *, most_frames: float) -> Array:
    """Return the statistics of a stream in which these clips were heard, (2 * (1 + mfccs) + 2,).

    They are the ``heard`` of :class:`~ser_desktop.emotion.stream_normaliser.StreamNormaliser`.

    Args:
        clips: One or more.
        spec: The frames.
        most_frames: Largest weight: that of a long stream, which forgets.
    """
    one = clips.together()
    mean, variance = (each[0] for each in quantities(one, spec))
    weight = np.minimum(one.frames, np.float32(most_frames))
    return np.concatenate((weight * mean, weight * (variance + np.square(mean)), weight, one.loudest))


class EarlierSpeech:
    """Draws what was heard before training windows: other clips of the same speaker, or nothing.

    Args:
        statistics: For each augmented copy, from 0, the statistics of all clips.
        speakers: (clip,) names; clips of one name and one copy sound as if recorded together.
        spec: The frames.
        share: Share of the windows before which something was heard.
        random: The random generator.
    """

    def __init__(
        self,
        statistics: Sequence[SpeechStatistics],
        speakers: npt.NDArray[np.str_],
        *,
        spec: FeatureSpec,
        share: float,
        random: np.random.Generator,
    ) -> None:
        self._statistics, self._speakers, self._spec = statistics, speakers, spec
        self._share, self._random = share, random
        names, self._speaker = np.unique(speakers, return_inverse=True)
        self._clips = [np.flatnonzero(self._speaker == each) for each in range(len(names))]

    def draw(self, clip: int, copy: int, response: Array) -> Array:
        """Return the statistics of the speech before a window, (2 * (1 + mfccs) + 2,); zeros for none.

        Args:
            clip: The clip of the window; it is never a part of what was heard before.
            copy: Its augmented copy.
            response: (band,) dB added to the spectrum of the window, as by a microphone, and to what was heard before.
        """
        spec, random = self._spec, self._random
        others = self._clips[self._speaker[clip]]
        others = others[others != clip]
        if random.random() >= self._share or not len(others):
            return np.zeros(2 * (1 + spec.mfccs) + 2, np.float32)
        count = min(len(others), int(random.integers(1, MAX_CLIPS + 1)))
        drawn = self._statistics[copy][random.choice(others, count, replace=False)]
        shift = np.concatenate((response, response @ cosine_transform(spec))).astype(np.float32)
        drawn = SpeechStatistics(drawn.mean + shift, drawn.variance, drawn.frames, drawn.loudest + response.max())
        return heard(drawn, spec, most_frames=StreamNetSpec().memory_frames)


MAX_CLIPS = 3  # the normaliser has forgotten what was before them
