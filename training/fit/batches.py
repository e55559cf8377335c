"""Batches of training windows: random clips, copies and positions, and augmentation of the spectrogram."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from ser_desktop.dsp.features import POWER_FLOOR, FeatureSpec, cosine_transform
from training.data.features import ClipFrames, FeatureCache
from training.data.targets import UNKNOWN, Targets
from training.data.voices import VoiceDrawer

FLOOR_DB = 10.0 * np.log10(POWER_FLOOR)
WAVES = 6  # number of cosines in a random response; the highest has this many half periods over the band
LOG_OF_DB = np.log(10.0) / 10.0  # natural logarithm of the power of one dB


@dataclass(frozen=True, slots=True)
class WindowSpec:
    """How training windows are cut and changed; strengths of 0 change nothing.

    Attributes:
        shortest_s: Shortest window.
        longest_s: Longest window; half of all batches have it.
        clean_share: Share of windows cut from the clip itself, not from an augmented copy.
        partial_share: Share of windows that may start or end within the speech.
        partial_speech_s: Shortest speech in such a window.
        stretch: Largest change of tempo, as a share.
        mel_warp: Largest shift of the spectrum along the mel axis, as a share of it.
        tilt_db: Standard deviation of a random slope over the whole band.
        colour_db: Standard deviation of each cosine of a random smooth frequency response, as of another microphone.
        mask_bands: Widest mask over mel bands; two are drawn.
        mask_frames: Longest mask over frames; two are drawn.
        mixed_share: Share of windows that are mixed with another window of the batch. Source: Zhang et al. 2018,
            arXiv:1710.09412; here powers are added, as for two voices in one room.
        known_share: Share of windows with a known voice; for networks that adapt to voices.
    """

    shortest_s: float = 1.0
    longest_s: float = 3.0
    clean_share: float = 0.25
    partial_share: float = 0.3
    partial_speech_s: float = 0.8
    stretch: float = 0.12
    mel_warp: float = 0.04
    tilt_db: float = 4.0
    colour_db: float = 0.0
    mask_bands: int = 14
    mask_frames: int = 14
    mixed_share: float = 0.0
    known_share: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Windows of one length with their labels.

    Attributes:
        frames: (batch, frame, mel_bands + mfccs) float32.
        speech: (batch, frame) float32, 0 or 1.
        wanted: (batch, label) bool, the labels that are right.
        allowed: (batch, label) bool, the labels that the clip's corpus has.
        gender: (batch,) float32, 1 female, 0 male, -1 unknown.
        intensity: (batch,) float32, 1 strong, 0 normal, -1 unknown.
        arousal: (batch,) float32, 1 high, 0 low, -1 unknown.
        valence: (batch,) float32, 1 positive, 0 negative, -1 unknown.
        heard: (batch, label) float32, the share of listeners who heard each emotion; zeros for clips without votes.
        known: (batch, known_size) float32, what is known of each voice; ``None`` for networks that do not adapt to it.
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
    arousal: Tensor
    valence: Tensor
    heard: Tensor
    known: Tensor | None
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
        self._voices = self._drawer() if windows.known_share else None

    def _drawer(self) -> VoiceDrawer:
        """Return the source of known voices, which draws only from clips that may be used."""
        usable = np.concatenate((self._chosen, *(clips for _, clips in self._auxiliary_corpora)))
        speakers = np.full(len(self._targets.speaker), "", self._targets.speaker.dtype)
        speakers[usable] = self._targets.speaker[usable]
        return VoiceDrawer(
            self._cache.statistics(self._spec),
            speakers,
            self._targets.is_quiet,
            spec=self._spec,
            known_share=self._windows.known_share,
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
        length = spec.frame_count(round(seconds * spec.rate))
        copies = [self._copy(int(clip)) for clip in clips]
        cut = [self._cut(int(clip), copy, length) for clip, copy in zip(clips, copies, strict=True)]
        mel = torch.from_numpy(np.stack([mel for mel, _ in cut]))
        speech = torch.from_numpy(np.stack([speech for _, speech in cut]))
        partners, weights = self._mix(len(clips))
        response = self._response(len(clips), mel.shape[2])
        mel, speech = mixed(mel + torch.from_numpy(response)[:, None, :], speech, partners, weights)
        mel, speech = self._mask(mel, speech)
        alone = weights == 1.0
        return Batch(
            with_mfccs(mel, self._cosines),
            speech,
            torch.from_numpy(self._targets.wanted[clips]),
            torch.from_numpy(self._targets.allowed[clips]),
            torch.from_numpy(self._targets.gender[clips]).where(alone, UNKNOWN),
            torch.from_numpy(self._targets.intensity[clips]).where(alone, UNKNOWN),
            torch.from_numpy(self._targets.arousal[clips]).where(alone, UNKNOWN),
            torch.from_numpy(self._targets.valence[clips]).where(alone, UNKNOWN),
            torch.from_numpy(self._targets.heard[clips]) * alone[:, None],
            self._known(clips, copies, response),
            torch.from_numpy(clips),
            partners,
            weights,
        )

    def _mix(self, count: int) -> tuple[Tensor, Tensor]:
        """Return for each window the index of the window that is mixed in, and the share of its own power."""
        if not self._windows.mixed_share:
            return torch.arange(count), torch.ones(count)
        partners = (np.arange(count) + self._random.integers(1, count, count)) % count
        weights = np.where(self._random.random(count) < self._windows.mixed_share, self._random.random(count), 1.0)
        return torch.from_numpy(partners), torch.from_numpy(weights.astype(np.float32))

    def _known(
        self, clips: npt.NDArray[np.int64], copies: Sequence[int], response: npt.NDArray[np.float32]
    ) -> Tensor | None:
        """Return what is known of the voices of a batch."""
        if not self._voices:
            return None
        windows = zip(clips.tolist(), copies, response, strict=True)
        return torch.from_numpy(np.stack([self._voices.draw(*window) for window in windows]))

    def _copy(self, clip: int) -> int:
        """Return a random copy of a clip; 0 is the clip itself."""
        copies = self._cache.copies_of(clip)
        is_clean = self._random.random() < self._windows.clean_share or not copies
        return 0 if is_clean else int(self._random.integers(1, copies + 1))

    def _cut(self, clip: int, copy: int, length: int) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        frames = self._warped(self._cache.frames(clip, copy))
        return cut_window(frames, self._start(frames.speech, length), length)

    def _start(self, speech: npt.NDArray[np.bool_], length: int) -> int:
        """Return a random start: the window contains all of the speech, or only speech, or speech that it cuts off."""
        spoken = np.flatnonzero(speech)
        first, last = (int(spoken[0]), int(spoken[-1]) + 1) if len(spoken) else (0, len(speech))
        low, high = sorted((last - length, first))
        if self._random.random() < self._windows.partial_share:
            kept = min(int(self._windows.partial_speech_s * self._spec.rate / self._spec.hop), length, last - first)
            low, high = first + kept - length, last - kept
        return int(self._random.integers(low, high + 1))

    def _warped(self, clip: ClipFrames) -> ClipFrames:
        """Change tempo and shift along the mel axis by linear interpolation."""
        tempo = 1.0 + self._random.uniform(-1, 1) * self._windows.stretch
        count, bands = clip.mel.shape
        times = np.arange(int(count / tempo)) * tempo
        shift = 1.0 + self._random.uniform(-1, 1) * self._windows.mel_warp
        positions = np.minimum(np.arange(bands) * shift, bands - 1)
        mel = np.asarray(clip.mel, np.float32)
        mel = _interpolate(_interpolate(mel, times).T, positions).T
        return ClipFrames(mel, clip.speech[np.minimum(np.round(times).astype(int), count - 1)])

    def _response(self, count: int, bands: int) -> npt.NDArray[np.float32]:
        """Return (count, band) dB: a random slope over the band, and a random smooth frequency response."""
        slope_db = self._random.normal(0.0, self._windows.tilt_db, (count, 1)).astype(np.float32)
        response = slope_db * np.linspace(-0.5, 0.5, bands, dtype=np.float32)
        if not self._windows.colour_db:
            return response
        waves = np.cos(np.pi * np.arange(1, WAVES + 1)[:, None] * np.linspace(0.0, 1.0, bands))
        colour_db = self._random.normal(0.0, self._windows.colour_db, (count, WAVES)) @ waves
        return response + colour_db.astype(np.float32)

    def _mask(self, mel: Tensor, speech: Tensor) -> tuple[Tensor, Tensor]:
        """Set two random ranges of bands to a low level, and mark two random ranges of frames as no speech."""
        quiet = torch.quantile(mel[:, ::4, ::4].flatten(1), 0.2, dim=1)  # of all cells it takes 20 ms a batch
        for index in range(len(mel)):
            for _ in range(2):
                width = int(self._random.integers(0, self._windows.mask_bands + 1))
                band = int(self._random.integers(0, mel.shape[2] - width))
                mel[index, :, band : band + width] = quiet[index]
                length = int(self._random.integers(0, self._windows.mask_frames + 1))
                frame = int(self._random.integers(0, mel.shape[1] - length))
                if speech[index].sum() > 3 * length:  # so that most of a short word remains
                    speech[index, frame : frame + length] = 0.0
        return mel, speech


def mixed(mel: Tensor, speech: Tensor, partners: Tensor, weights: Tensor) -> tuple[Tensor, Tensor]:
    """Return windows mixed with others, and their speech flags: frames in which either window has speech.

    Args:
        mel: (batch, frame, band) log-mels in dB; the windows are made equally loud before they are mixed.
        speech: (batch, frame) 0 or 1.
        partners: (batch,) index of the window that is mixed into each.
        weights: (batch,) share of the window's own power; 1 leaves it as it is.
    """
    some = torch.nonzero(weights < 1.0)[:, 0]
    if not len(some):
        return mel, speech
    measured = torch.maximum(speech, 1.0 - speech.amax(dim=1, keepdim=True))  # without speech, all frames
    loudest = (mel - (1.0 - measured)[:, :, None] * 1e4).amax(dim=(1, 2), keepdim=True)
    power = torch.exp((mel - loudest) * LOG_OF_DB)
    share, partner = weights[some, None, None], partners[some]
    mel, both = mel.clone(), share * power[some] + (1.0 - share) * power[partner]
    mel[some] = torch.log(both.clamp(min=POWER_FLOOR)) / LOG_OF_DB
    return mel, speech.index_copy(0, some, torch.maximum(speech[some], speech[partner]))


def with_mfccs(mel: Tensor, cosines: Tensor) -> Tensor:
    """Return (batch, frame, band + mfcc): log-mels followed by their MFCCs."""
    return torch.cat((mel, mel @ cosines), dim=2)


def _interpolate(x: npt.NDArray[np.float32], positions: npt.NDArray[np.floating[Any]]) -> npt.NDArray[np.float32]:
    """Return the rows of (n, m) at fractional positions."""
    low = np.minimum(positions.astype(int), len(x) - 1)
    high = np.minimum(low + 1, len(x) - 1)
    share = (positions - low).astype(np.float32)[:, None]
    return x[low] * (1.0 - share) + x[high] * share
