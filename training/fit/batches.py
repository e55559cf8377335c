"""Batches of training windows: random clips, copies and positions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from ser_desktop.dsp.features import POWER_FLOOR, FeatureSpec, cosine_transform
from ser_desktop.emotion.network import TIME_STRIDE
from training.data.features import ClipFrames, FeatureCache
from training.data.speech_statistics import EarlierSpeech
from training.data.targets import UNKNOWN, Targets
from training.fit.spectrogram_changes import SpectrogramChanges, mixed, with_mfccs
from training.fit.window_spec import WindowSpec

FLOOR_DB = 10.0 * np.log10(POWER_FLOOR)


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Windows of one length with their labels.

    Attributes:
        frames: (batch, before + frame, mel_bands + mfccs) float32.
        speech: (batch, before + frame) float32, 0 or 1.
        wanted: (batch, label) bool, the labels that are right.
        allowed: (batch, label) bool, the labels that the clip's corpus has.
        gender: (batch,) float32, 1 female, 0 male, -1 unknown.
        intensity: (batch,) float32, 1 strong, 0 normal, -1 unknown.
        heard: (batch, label) float32, the share of listeners who heard each emotion; zeros for clips without votes.
        earlier: (batch, value) float32, statistics of the speech before each window, for streaming networks; ``None``
            if nothing was heard.
        before: Frames in front of each window that a streaming network hears first; a multiple of 8.
        clips: (batch,) int64, index of each window's clip.
        partners: (batch,) int64, index of the window of the batch that is mixed into each.
        weights: (batch,) float32, share of the window's own power; 1 where nothing is mixed in.
    """

    frames: Tensor
    speech: Tensor
    wanted: Tensor
    allowed: Tensor
    gender: Tensor
    intensity: Tensor
    heard: Tensor
    earlier: Tensor | None
    before: int
    clips: Tensor
    partners: Tensor
    weights: Tensor


def speech_window(speech: npt.NDArray[np.bool_], length: int) -> int:
    """Return the start of the window of ``length`` frames centred on the speech; negative if before the clip."""
    spoken = np.flatnonzero(speech)
    first, last = (int(spoken[0]), int(spoken[-1]) + 1) if len(spoken) else (0, len(speech))
    return (first + last - length) // 2


def cut_window(clip: ClipFrames, start: int, length: int) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Return (length, band) log-mels and (length,) speech flags; frames outside the clip are silence."""
    mel = np.full((length, clip.mel.shape[1]), FLOOR_DB, np.float32)
    speech = np.zeros(length, np.float32)
    first, last = max(start, 0), min(start + length, len(clip.mel))
    if last > first:
        mel[first - start : last - start] = clip.mel[first:last]
        speech[first - start : last - start] = clip.speech[first:last]
    return mel, speech


class BatchMaker:
    """Makes random batches of some clips of a cache, each emotion equally often.

    Args:
        cache: Frames of all clips.
        targets: Labels of all clips.
        chosen: (n,) indices of the main corpus's clips that may be used.
        features: The parameters of the frames.
        windows: How windows are cut and changed.
        batch: Windows of a batch.
        seed: Seed of the random generator.
        auxiliary_corpora: Clips of other corpora, with their share of each batch.
        epoch_batches: Batches of an epoch; 0: as many as show each of the chosen clips once.
    """

    def __init__(  # noqa: PLR0913 - the keywords are settings of the configuration
        self,
        cache: FeatureCache,
        targets: Targets,
        chosen: npt.NDArray[np.int64],
        *,
        features: FeatureSpec,
        windows: WindowSpec,
        batch: int,
        seed: int,
        auxiliary_corpora: Sequence[tuple[float, npt.NDArray[np.int64]]] = (),
        epoch_batches: int = 0,
    ) -> None:
        self._cache, self._targets, self._chosen, self._auxiliary_corpora = cache, targets, chosen, auxiliary_corpora
        self._spec, self._windows, self._batch = features, windows, batch
        self._epoch_batches = epoch_batches
        self._random = np.random.default_rng(seed)
        self._cosines = torch.from_numpy(cosine_transform(features))
        self._changes = SpectrogramChanges(windows, self._random)
        self._earlier = self._drawer() if windows.earlier_share else None

    def _drawer(self) -> EarlierSpeech:
        """Return the source of earlier speech, which draws only from clips that may be used."""
        usable = np.concatenate((self._chosen, *(clips for _, clips in self._auxiliary_corpora)))
        speakers = np.full(len(self._targets.speaker), "", self._targets.speaker.dtype)
        speakers[usable] = self._targets.speaker[usable]
        return EarlierSpeech(
            self._cache.statistics(self._spec),
            speakers,
            spec=self._spec,
            share=self._windows.earlier_share,
            random=self._random,
        )

    @property
    def per_epoch(self) -> int:
        """Number of batches in an epoch, which shows each of the chosen clips once on average."""
        return self._epoch_batches or max(1, len(self._chosen) // self._own)

    @property
    def _own(self) -> int:
        """Number of windows in a batch from the chosen clips."""
        return self._batch - sum(round(self._batch * share) for share, _ in self._auxiliary_corpora)

    @property
    def random_state(self) -> dict[str, object]:
        """State of the random generator; setting it resumes from there."""
        return dict(self._random.bit_generator.state)

    @random_state.setter
    def random_state(self, state: Mapping[str, object]) -> None:
        self._random.bit_generator.state = dict(state)

    def epoch(self) -> Iterator[Batch]:
        """Yield the batches of one epoch."""
        groups = [(self._own, self._chosen)]
        groups += [(round(self._batch * share), clips) for share, clips in self._auxiliary_corpora]
        drawn = [self._drawn(clips, count) for count, clips in groups if count]
        for clips in np.concatenate(drawn, axis=1):
            yield self._make(clips)

    def _drawn(self, clips: npt.NDArray[np.int64], count: int) -> npt.NDArray[np.int64]:
        """Return (batch, count) clips, each emotion equally often."""
        emotions = self._targets.emotion[clips]
        share = 1.0 / np.bincount(emotions, minlength=len(self._targets.labels))[emotions]
        return self._random.choice(clips, (self.per_epoch, count), p=share / share.sum())

    def _make(self, clips: npt.NDArray[np.int64]) -> Batch:
        spec, windows = self._spec, self._windows
        seconds = windows.longest_s
        if self._random.random() < 0.5:
            seconds = self._random.uniform(windows.shortest_s, windows.longest_s)
        length, before = spec.frame_count(round(seconds * spec.rate)), self._before()
        copies = [self._copy(int(clip)) for clip in clips]
        cut = [self._cut(int(clip), copy, length, before) for clip, copy in zip(clips, copies, strict=True)]
        mel = torch.from_numpy(np.stack([mel for mel, _ in cut]))
        speech = torch.from_numpy(np.stack([speech for _, speech in cut]))
        partners, weights = self._changes.mixing(len(clips))
        response = self._changes.response(len(clips), mel.shape[2])
        mel, speech = mixed(mel + torch.from_numpy(response)[:, None, :], speech, partners, weights)
        mel, speech = self._changes.masked(mel, speech)
        alone = weights == 1.0
        return Batch(
            with_mfccs(mel, self._cosines),
            speech,
            torch.from_numpy(self._targets.wanted[clips]),
            torch.from_numpy(self._targets.allowed[clips]),
            torch.from_numpy(self._targets.gender[clips]).where(alone, UNKNOWN),
            torch.from_numpy(self._targets.intensity[clips]).where(alone, UNKNOWN),
            torch.from_numpy(self._targets.heard[clips]) * alone[:, None],
            None if before else self._heard_before(clips, copies, response),
            before,
            torch.from_numpy(clips),
            partners,
            weights,
        )

    def _before(self) -> int:
        """Return a random number of frames before the windows of a batch; none in half of the batches."""
        most = self._windows.earlier_frames // TIME_STRIDE
        return TIME_STRIDE * int(self._random.integers(0, most + 1)) if most and self._random.random() < 0.5 else 0

    def _heard_before(
        self, clips: npt.NDArray[np.int64], copies: Sequence[int], response: npt.NDArray[np.float32]
    ) -> Tensor | None:
        """Return the statistics of the speech before the windows of a batch."""
        if not self._earlier:
            return None
        windows = zip(clips.tolist(), copies, response, strict=True)
        return torch.from_numpy(np.stack([self._earlier.draw(*window) for window in windows]))

    def _copy(self, clip: int) -> int:
        """Return a random copy of a clip; 0 is the clip itself."""
        copies = self._cache.copies_of(clip)
        is_clean = self._random.random() < self._windows.clean_share or not copies
        return 0 if is_clean else int(self._random.integers(1, copies + 1))

    def _cut(
        self, clip: int, copy: int, length: int, before: int
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        frames = self._changes.warped(self._cache.frames(clip, copy))
        return cut_window(frames, self._start(frames.speech, length) - before, before + length)

    def _start(self, speech: npt.NDArray[np.bool_], length: int) -> int:
        """Return a random start: the window contains all of the speech, or only speech, or speech that it cuts off."""
        spoken = np.flatnonzero(speech)
        first, last = (int(spoken[0]), int(spoken[-1]) + 1) if len(spoken) else (0, len(speech))
        low, high = sorted((last - length, first))
        if self._random.random() < self._windows.partial_share:
            kept = min(int(self._windows.partial_speech_s * self._spec.rate / self._spec.hop), length, last - first)
            low, high = first + kept - length, last - kept
        return int(self._random.integers(low, high + 1))
