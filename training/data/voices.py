"""Statistics of the speech of clips, and voice profiles for the training of networks that adapt to a voice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from ser_desktop.dsp.features import FeatureSpec, cosine_transform, level_direction
from ser_desktop.emotion.voice_normaliser import StreamNetSpec
from ser_desktop.emotion.voice_profile import MAX_FRAMES

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


def without_level(mean: Array, spec: FeatureSpec) -> Array:
    """Return (…, width) means relative to the mean of their bands."""
    level = mean[..., LOW_BANDS : spec.mel_bands].mean(axis=-1, keepdims=True)
    return np.asarray(mean - level * level_direction(spec), np.float32)


def average_voice(statistics: SpeechStatistics, spec: FeatureSpec) -> tuple[Array, Array]:
    """Return mean and variance of the average clip, (width,) each, the mean relative to the level."""
    relative = without_level(statistics.mean, spec)
    mean = relative.mean(axis=0)
    return mean, (statistics.variance + np.square(relative - mean)).mean(axis=0)


def profile(clips: SpeechStatistics, spec: FeatureSpec) -> Array:
    """Return the voice profile from clips of one speaker, (2 * width + 1,).

    It is the ``voice`` of :class:`~ser_desktop.emotion.voice_normaliser.VoiceNormaliser`.
    """
    one = clips.together()
    weight = np.minimum(one.frames, MAX_FRAMES).astype(np.float32)
    return np.concatenate((without_level(one.mean[0], spec), one.variance[0], weight))


def heard(clips: SpeechStatistics) -> Array:
    """Return the statistics of a stream that began with these clips, (2 * width + 2,).

    They are the ``heard`` of :class:`~ser_desktop.emotion.voice_normaliser.VoiceNormaliser`.
    """
    one = clips.together()
    total = one.frames[:, None] * one.mean
    squares = one.frames[:, None] * (one.variance + np.square(one.mean))
    return np.concatenate((total[0], squares[0], one.frames, one.loudest))


def nothing_known(spec: FeatureSpec, count: int) -> Array:
    """Return (count, known_size) zeros: no profile and no earlier speech."""
    return np.zeros((count, 4 * spec.width + 3), np.float32)


def neutral_profiles(
    statistics: SpeechStatistics,
    speakers: npt.NDArray[np.str_],
    is_neutral: npt.NDArray[np.bool_],
    spec: FeatureSpec,
    *,
    most: int,
) -> tuple[Array, npt.NDArray[np.bool_]]:
    """Return the profile of each clip's voice from other clips of its speaker without emotion.

    Args:
        statistics: Of all clips.
        speakers: (clip,) names.
        is_neutral: (clip,) whether a clip may be a part of a profile.
        spec: The frames.
        most: Maximum number of clips of a profile: the first ones of the speaker, without the clip itself.

    Returns:
        (clip, known_size) profiles, and (clip,) whether there is a profile.
    """
    known = nothing_known(spec, len(speakers))
    found = np.zeros(len(speakers), bool)
    by_speaker = {name: np.flatnonzero((speakers == name) & is_neutral) for name in set(speakers.tolist())}
    for index, name in enumerate(speakers.tolist()):
        others = by_speaker[name][by_speaker[name] != index][:most]
        if len(others):
            known[index, : 2 * spec.width + 1] = profile(statistics[others], spec)
            found[index] = True
    return known, found


class VoiceDrawer:
    """Draws what is known of the voices of training windows: nothing, a profile, or earlier speech.

    Args:
        statistics: For each augmented copy, from 0, the statistics of all clips.
        speakers: (clip,) names; clips of one name and one copy sound as if recorded together.
        is_neutral: (clip,) whether a clip is without emotion.
        spec: The frames.
        known_share: Share of the windows of which something is known.
        random: The random generator.
    """

    def __init__(
        self,
        statistics: Sequence[SpeechStatistics],
        speakers: npt.NDArray[np.str_],
        is_neutral: npt.NDArray[np.bool_],
        *,
        spec: FeatureSpec,
        known_share: float,
        random: np.random.Generator,
    ) -> None:
        self._statistics, self._speakers, self._is_neutral, self._spec = statistics, speakers, is_neutral, spec
        self._known_share, self._random = known_share, random
        names, self._speaker = np.unique(speakers, return_inverse=True)
        self._clips = [np.flatnonzero(self._speaker == each) for each in range(len(names))]

    def draw(self, clip: int, copy: int, response: Array) -> Array:
        """Return what is known of the voice before a window, (known_size,).

        Args:
            clip: The clip of the window; it is never a part of what is known.
            copy: Its augmented copy.
            response: (band,) dB added to the spectrum of the window, as by a microphone; added to the known voice, too.
        """
        spec, random = self._spec, self._random
        known = nothing_known(spec, 1)[0]
        others = self._clips[self._speaker[clip]]
        others = others[others != clip]
        neutral = others[self._is_neutral[others]]
        if len(neutral) and random.random() < NEUTRAL_SHARE:
            others = neutral
        if random.random() >= self._known_share or not len(others):
            return known
        count = min(len(others), int(random.integers(1, MAX_CLIPS + 1)))
        drawn = self._statistics[copy][random.choice(others, count, replace=False)]
        shift = np.concatenate((response, response @ cosine_transform(spec))).astype(np.float32)
        drawn = SpeechStatistics(drawn.mean + shift, drawn.variance, drawn.frames, drawn.loudest + shift.max())
        if random.random() < 0.5:
            known[: 2 * spec.width + 1] = profile(drawn, spec)
        else:
            known[2 * spec.width + 1 :] = heard(drawn)
        return known


NEUTRAL_SHARE = 0.6  # of the known voices are made only from clips without emotion
MAX_CLIPS = 12
