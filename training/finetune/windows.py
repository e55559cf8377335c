"""The frames of passages, computed as the program does, and the windows that are cut from them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch

from ser_desktop.audio.files import FileSource
from ser_desktop.dsp.features import FeatureSpec, FeatureStream, cosine_transform
from ser_desktop.dsp.offset import OffsetRemover
from ser_desktop.dsp.resample import StreamResampler
from ser_desktop.dsp.windows import frame_flags
from ser_desktop.emotion.model_file import ModelInfo
from ser_desktop.emotion.network import WindowNetwork
from ser_desktop.emotion.speech_detector import SpeechDetector
from ser_desktop.emotion.voice_activity import VoiceActivity
from training.data.features import ClipFrames
from training.finetune.passages import AnnotatedChannel
from training.fit.batches import cut_window, speech_window

Array = npt.NDArray[np.float32]

LEAST_SPEECH_S = 0.5  # of a passage and of a window: with less, the program claims no emotion
SHORT_S = 1.5  # length of the short windows, as the program has them at the start of an utterance
STEP_S = 1.0  # between two windows of a long passage
BATCH = 32


def passage_frames(each: AnnotatedChannel, info: ModelInfo, activity: VoiceActivity) -> list[ClipFrames]:
    """Return the frames of each passage of a channel; memory holds only these.

    Args:
        each: The channel.
        info: The model, whose frames and speech gate are used.
        activity: A loaded speech detector.

    Raises:
        AudioFileError: The recording cannot be read.
    """
    parts: list[list[tuple[Array, npt.NDArray[np.bool_]]]] = [[] for _ in each.passages]
    with FileSource(each.path, channel=each.channel, track=each.track) as source:
        part, position = _Part(info, activity, source.rate, 0), 0
        for chunk in source.chunks():
            if chunk.start != position:  # a gap
                part = _Part(info, activity, source.rate, chunk.start)
            position = chunk.start + len(chunk.samples)
            times_s, mel, speech = part.push(chunk.samples)
            if not len(times_s):
                continue
            for found, passage in zip(parts, each.passages, strict=True):
                if passage.start_s <= times_s[-1] and times_s[0] < passage.end_s:
                    inside = (times_s >= passage.start_s) & (times_s < passage.end_s)
                    found.append((mel[inside].astype(np.float16), speech[inside]))
    bands = info.features.mel_bands
    nothing = (np.zeros((0, bands), np.float16), np.zeros(0, bool))
    return [ClipFrames(*map(np.concatenate, zip(nothing, *found, strict=True))) for found in parts]


class _Part:
    """The frames of an unbroken part of a recording."""

    def __init__(self, info: ModelInfo, activity: VoiceActivity, rate: int, start: int) -> None:
        spec = info.features
        self._spec, self._start_s, self._count = spec, start / rate, 0
        self._resampler, self._offset = StreamResampler(rate, spec.rate), OffsetRemover(spec.rate)
        self._features, self._detector = FeatureStream(spec), SpeechDetector(info.gate, activity)
        self._flags = np.zeros(0, bool)

    def push(self, samples: Array) -> tuple[npt.NDArray[np.float64], Array, npt.NDArray[np.bool_]]:
        """Return the times of the centres in seconds, the log-mels and the speech flags of the frames that end."""
        spec = self._spec
        samples = self._offset.push(self._resampler.push(samples))
        frames = self._features.push(samples)
        self._flags = np.concatenate((self._flags, self._detector.push(samples)))
        indices = range(self._count, self._count + len(frames))
        self._count = indices.stop
        times_s = self._start_s + (np.array(indices) * spec.hop + spec.window / 2) / spec.rate
        return (
            times_s,
            frames[:, : spec.mel_bands],
            frame_flags(self._flags, indices, block=SpeechDetector.block, spec=spec),
        )


def speech_s(clip: ClipFrames, spec: FeatureSpec) -> float:
    """Return the seconds of speech in a passage."""
    return float(clip.speech.sum()) * spec.hop / spec.rate


def starts_of(clip: ClipFrames, length: int, step: int, least: int) -> list[int]:
    """Return the starts of the windows of a passage: one around a short passage, several in a long one.

    Args:
        clip: Its frames.
        length: Frames of a window.
        step: Frames between two windows.
        least: Frames of speech that a window must have; the one with the most speech is always returned.
    """
    if len(clip.mel) <= length:
        return [speech_window(clip.speech, length)]
    before = np.concatenate(([0], np.cumsum(clip.speech)))
    starts = [*range(0, len(clip.mel) - length, step), len(clip.mel) - length]
    spoken = [int(before[start + length] - before[start]) for start in starts]
    most = max(spoken)
    return [start for start, count in zip(starts, spoken, strict=True) if count >= min(least, most)]


def passage_windows(clip: ClipFrames, info: ModelInfo) -> list[tuple[Array, Array]]:
    """Return frames, (frame, width), and speech, (frame,), of the long and the short windows of a passage."""
    spec = info.features
    long, short, step, least = (
        spec.frame_count(round(seconds * spec.rate)) for seconds in (info.window_s, SHORT_S, STEP_S, LEAST_SPEECH_S)
    )
    lengths = (long, short) if short < min(long, len(clip.mel)) else (long,)
    cut = [cut_window(clip, start, length) for length in lengths for start in starts_of(clip, length, step, least)]
    return [(np.concatenate((mel, mel @ cosine_transform(spec)), axis=1), speech) for mel, speech in cut]


@torch.no_grad()
def embeddings(network: WindowNetwork, windows: Sequence[tuple[Array, Array]]) -> Array:
    """Return what the last layer gets of windows, (window, width)."""
    network.eval()
    found = np.zeros((len(windows), network.emotion.in_features), np.float32)
    for length in sorted({len(speech) for _, speech in windows}):
        same = [index for index, (_, speech) in enumerate(windows) if len(speech) == length]
        for first in range(0, len(same), BATCH):
            some = same[first : first + BATCH]
            frames, speech = (torch.from_numpy(np.stack([windows[index][part] for index in some])) for part in (0, 1))
            found[some] = network.embed(frames, speech).numpy()
    return found
