"""The normaliser in front of a StreamNet: standardises frames by the voice profile and the speech so far."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from ser_desktop.dsp.features import FeatureSpec, cosine_transform, level_direction
from ser_desktop.emotion.network import TIME_STRIDE, NetworkSpec

FLOOR_DB = -1e4  # below every level


@dataclass(frozen=True, slots=True)
class StreamNetSpec(NetworkSpec):
    """The shape of a :class:`StreamNet`.

    Attributes:
        low_bands: Mel bands left out at the bottom (128 bands: up to 94 Hz), which hold hum and the DC offset.
        range_db: Cells further below the loudest cell of the speech are raised to this distance.
        prior_frames: Weight of the average voice in the statistics of the normaliser, in frames of speech.
        memory_frames: Frames of speech after which the weight of earlier speech has fallen to 37 %.
        stem: Channels of each of the three parallel kernels.
        widths: Channels of the residual blocks.
        dropout: Share of pooled values dropped while training.
    """

    low_bands: int = 3
    range_db: float = 80.0
    prior_frames: float = 188.0  # 3 s
    memory_frames: float = 3750.0  # 60 s
    stem: int = 8
    widths: tuple[int, int, int, int] = (32, 48, 64, 96)
    dropout: float = 0.3

    @property
    def width(self) -> int:
        """Values of a frame."""
        return self.mel_bands + self.mfccs

    @property
    def voice_size(self) -> int:
        """Values of a voice: mean and variance of each value of a frame, and the weight in frames."""
        return 2 * self.width + 1

    @property
    def heard_size(self) -> int:
        """Values of the statistics of the speech so far."""
        return 2 * self.width + 2

    @property
    def known_size(self) -> int:
        """Values at the start of a state: a voice and the statistics of the speech so far."""
        return self.voice_size + self.heard_size


class VoiceNormaliser(nn.Module):
    """Standardises frames by statistics of the voice: the average voice, a known voice, and the speech so far.

    The statistics of the average and of the known voice are relative to the level of the speech so far, so that the
    gain of the microphone has no effect. The statistics of a step include its own frames, but no later ones.
    Frames without speech are set to the mean.

    A voice is a vector of ``spec.voice_size`` values: mean and variance of each value of a frame relative to the level,
    then the weight in frames of speech; a weight of 0 is an unknown voice. Statistics of the speech so far are a vector
    of ``spec.heard_size`` values: weighted sums and sums of squares of each value of a frame, the sum of the weights,
    and the loudest cell in dB.
    """

    def __init__(self, spec: StreamNetSpec) -> None:
        super().__init__()
        self.spec = spec
        features = FeatureSpec(mel_bands=spec.mel_bands, mfccs=spec.mfccs)
        self.cosines: Tensor
        self.level: Tensor
        self.average_mean: Tensor
        self.average_variance: Tensor
        self.register_buffer("cosines", torch.from_numpy(cosine_transform(features)), persistent=False)
        self.register_buffer("level", torch.from_numpy(level_direction(features)), persistent=False)
        self.register_buffer("average_mean", torch.zeros(spec.width))
        self.register_buffer("average_variance", torch.full((spec.width,), 100.0))

    def forward(self, frames: Tensor, speech: Tensor, voice: Tensor, heard: Tensor) -> tuple[Tensor, Tensor]:
        """Return normalised frames, and the statistics after them.

        Args:
            frames: (batch, frame, width); the number of frames is a multiple of ``TIME_STRIDE``.
            speech: (batch, frame), 1 in frames with speech, else 0.
            voice: (batch, voice_size), the known voice.
            heard: (batch, heard_size), the statistics before these frames.
        """
        if torch.is_autocast_enabled(frames.device.type):  # half precision is too coarse for sums of squares
            with torch.autocast(frames.device.type, enabled=False):
                return self.forward(frames.float(), speech, voice, heard)
        mask = speech[:, :, None]
        x, loudest = self._raised(frames, mask, heard[:, -2:])
        stepped = (x * mask).unflatten(1, (-1, TIME_STRIDE))  # (batch, step, 8, width)
        count = speech.unflatten(1, (-1, TIME_STRIDE)).sum(dim=2)[:, :, None]  # (batch, step, 1)
        sums = torch.cat((stepped.sum(dim=2), stepped.square().sum(dim=2), count), dim=2)  # (batch, step, 2 width + 1)
        sums = self._discounted(sums, count[:, :, 0], heard[:, :-1])
        mean, variance = self._statistics(sums, voice)
        after = torch.cat((sums[:, -1], loudest[:, -1:]), dim=1)
        mean, variance = (each.repeat_interleave(TIME_STRIDE, dim=1) for each in (mean, variance))
        return (x - mean) / torch.sqrt(variance + 1.0) * mask, after

    def _raised(self, frames: Tensor, mask: Tensor, heard: Tensor) -> tuple[Tensor, Tensor]:
        """Return frames with quiet cells raised to a floor below the loudest one, and the loudest so far."""
        spec, (weight, loudest) = self.spec, heard.unbind(dim=1)
        mel, mfcc = frames[:, :, : spec.mel_bands], frames[:, :, spec.mel_bands :]
        peaks = torch.amax(mel[:, :, spec.low_bands :] + (1.0 - mask) * FLOOR_DB, dim=2)  # (batch, frame)
        peaks = peaks.unflatten(1, (-1, TIME_STRIDE)).amax(dim=2)  # (batch, step)
        earlier = _lower_triangle(peaks)  # (step, step)
        so_far = (peaks[:, None, :] + (1.0 - earlier) * FLOOR_DB).amax(dim=2)
        known = torch.where(weight > 0.0, loudest, torch.full_like(loudest, FLOOR_DB))
        so_far = torch.maximum(so_far, known[:, None])
        lowest = (so_far - spec.range_db).repeat_interleave(TIME_STRIDE, dim=1)[:, :, None]
        raised = torch.maximum(mel, lowest)
        return torch.cat((raised, mfcc + (raised - mel) @ self.cosines), dim=2), so_far

    def _discounted(self, sums: Tensor, count: Tensor, heard: Tensor) -> Tensor:
        """Return the running sums after each step; older speech has less weight."""
        age = torch.cumsum(count, dim=1) / self.spec.memory_frames  # (batch, step)
        earlier = _lower_triangle(count)
        between = (age[:, :, None] - age[:, None, :]) * earlier
        return (torch.exp(-between) * earlier) @ sums + torch.exp(-age)[:, :, None] * heard[:, None, :]

    def _statistics(self, sums: Tensor, voice: Tensor) -> tuple[Tensor, Tensor]:
        """Return mean and variance of the normaliser at each step, (batch, step, width)."""
        spec, width = self.spec, self.spec.width
        weight = sums[:, :, -1:]
        total, squares = sums[:, :, :width], sums[:, :, width : 2 * width]
        heard_mean = total / weight.clamp(min=1.0)
        level = heard_mean[:, :, spec.low_bands : spec.mel_bands].mean(dim=2, keepdim=True) * self.level
        known_mean, known_variance = voice[:, None, :width] + level, voice[:, None, width : 2 * width]
        known_weight, prior = voice[:, None, -1:], spec.prior_frames
        average_mean = self.average_mean + level
        whole = prior + known_weight + weight
        mean = (prior * average_mean + known_weight * known_mean + total) / whole
        heard_variance = (squares - total * heard_mean).clamp(min=0.0) + weight * (heard_mean - mean).square()
        variance = (
            prior * (self.average_variance + (average_mean - mean).square())
            + known_weight * (known_variance + (known_mean - mean).square())
            + heard_variance
        ) / whole
        return mean, variance


def _lower_triangle(x: Tensor) -> Tensor:
    """Return (step, step), 1 where the second step is not later than the first, else 0, for (batch, step) values."""
    steps = torch.arange(x.shape[1], device=x.device)
    return (steps[None, :] <= steps[:, None]).to(x.dtype)
