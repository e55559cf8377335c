"""The normaliser in front of a StreamNet: standardises frames by the speech of the last seconds."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from ser_desktop.dsp.features import FeatureSpec, cosine_transform, level_direction
from ser_desktop.emotion.network import TIME_STRIDE, NetworkSpec

FLOOR_DB = -1e4  # below every level


@dataclass(frozen=True, slots=True)
class StreamNetSpec(NetworkSpec):
    """The shape of a :class:`~ser_desktop.emotion.stream_network.StreamNet`.

    Attributes:
        low_bands: Mel bands left out at the bottom (128 bands: up to 94 Hz), which hold hum and the DC offset.
        range_db: Cells further below the loudest cell of the speech so far are raised to this distance.
        prior_frames: Weight of average speech in the statistics of the normaliser, in frames of speech.
        memory_frames: Frames of speech after which the weight of earlier speech has fallen to 37 %.
        excitation_frames: Frames after which the weight of earlier frames in an excitation has fallen to 37 %.
        stem: Channels of each of the three parallel kernels.
        widths: Channels of the residual blocks.
        dropout: Share of pooled values dropped while training.
        affect: Whether the network has outputs of its own for arousal and valence.
    """

    low_bands: int = 3
    range_db: float = 80.0
    prior_frames: float = 31.0  # 0.5 s
    memory_frames: float = 125.0  # 2 s
    excitation_frames: float = 93.75  # 1.5 s
    stem: int = 8
    widths: tuple[int, int, int, int] = (32, 48, 64, 96)
    dropout: float = 0.3
    affect: bool = False

    @property
    def width(self) -> int:
        """Values of a frame."""
        return self.mel_bands + self.mfccs

    @property
    def heard_size(self) -> int:
        """Values of the statistics of the speech so far."""
        return 2 * (1 + self.mfccs) + 2


class StreamNormaliser(nn.Module):
    """Standardises frames by running statistics of the speech, as EmotionNet does by those of its window.

    The statistics are those of 1 + ``mfccs`` quantities: the cells of all mel bands together, and each MFCC. Those of
    average speech are relative to the level of the speech so far, so that the gain of the microphone has no effect.
    The statistics of a step include its own frames, but no later ones. Frames without speech are set to the mean.

    The statistics of the speech so far are a vector of ``spec.heard_size`` values: weighted sums of each quantity,
    weighted sums of its squares, the sum of the weights, and the loudest cell in dB.
    """

    def __init__(self, spec: StreamNetSpec) -> None:
        super().__init__()
        self.spec = spec
        features = FeatureSpec(mel_bands=spec.mel_bands, mfccs=spec.mfccs)
        self.cosines: Tensor
        self.level: Tensor
        self.average_mean: Tensor
        self.average_variance: Tensor
        of_level = torch.from_numpy(level_direction(features))[spec.mel_bands - 1 :]  # of one band, and of each MFCC
        self.register_buffer("cosines", torch.from_numpy(cosine_transform(features)), persistent=False)
        self.register_buffer("level", of_level, persistent=False)
        self.register_buffer("average_mean", torch.zeros(1 + spec.mfccs))
        self.register_buffer("average_variance", torch.full((1 + spec.mfccs,), 200.0))

    def forward(self, frames: Tensor, speech: Tensor, heard: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return normalised mel bands without the lowest, normalised MFCCs, and the statistics after them.

        Args:
            frames: (batch, frame, width); the number of frames is a multiple of ``TIME_STRIDE``.
            speech: (batch, frame), 1 in frames with speech, else 0.
            heard: (batch, heard_size), the statistics before these frames; zeros at the start.

        Returns:
            (batch, frame, mel_bands - low_bands), (batch, frame, mfccs) and (batch, heard_size).
        """
        if torch.is_autocast_enabled(frames.device.type):  # half precision is too coarse for sums of squares
            with torch.autocast(frames.device.type, enabled=False):
                return self.forward(frames.float(), speech, heard)
        mask = speech[:, :, None]
        mel, mfcc, loudest = self._raised(frames, mask, heard[:, -2:])
        quantities = torch.cat((mel.mean(dim=2, keepdim=True), mfcc), dim=2)  # (batch, frame, 1 + mfccs)
        squares = torch.cat((mel.square().mean(dim=2, keepdim=True), mfcc.square()), dim=2)
        stepped = (torch.cat((quantities, squares), dim=2) * mask).unflatten(1, (-1, TIME_STRIDE)).sum(dim=2)
        count = speech.unflatten(1, (-1, TIME_STRIDE)).sum(dim=2)  # (batch, step)
        sums = self._discounted(torch.cat((stepped, count[:, :, None]), dim=2), count, heard[:, :-1])
        mean, deviation = (each.repeat_interleave(TIME_STRIDE, dim=1) for each in self._statistics(sums))
        after = torch.cat((sums[:, -1], loudest[:, -1:]), dim=1)
        mel = (mel - mean[:, :, :1]) / deviation[:, :, :1] * mask
        return mel, (mfcc - mean[:, :, 1:]) / deviation[:, :, 1:] * mask, after

    def _raised(self, frames: Tensor, mask: Tensor, heard: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return mel bands and MFCCs with quiet cells raised to a floor below the loudest one, and the loudest so far.

        Sums of the lowest bands are a part of the MFCCs, so these are raised before they are left out.
        """
        spec, (weight, loudest) = self.spec, heard.unbind(dim=1)
        mel, mfcc = frames[:, :, : spec.mel_bands], frames[:, :, spec.mel_bands :]
        peaks = torch.amax(mel[:, :, spec.low_bands :], dim=2) + (1.0 - mask[:, :, 0]) * FLOOR_DB  # (batch, frame)
        peaks = peaks.unflatten(1, (-1, TIME_STRIDE)).amax(dim=2)  # (batch, step)
        earlier = lower_triangle(peaks)  # (step, step)
        so_far = (peaks[:, None, :] + (1.0 - earlier) * FLOOR_DB).amax(dim=2)
        known = torch.where(weight > 0.0, loudest, torch.full_like(loudest, FLOOR_DB))
        so_far = torch.maximum(so_far, known[:, None])
        lowest = (so_far - spec.range_db).repeat_interleave(TIME_STRIDE, dim=1)[:, :, None]
        raised = torch.maximum(mel, lowest)
        return raised[:, :, spec.low_bands :], mfcc + (raised - mel) @ self.cosines, so_far

    def _discounted(self, sums: Tensor, count: Tensor, heard: Tensor) -> Tensor:
        """Return the running sums after each step; older speech has less weight."""
        age = torch.cumsum(count, dim=1) / self.spec.memory_frames  # (batch, step)
        earlier = lower_triangle(count)
        between = (age[:, :, None] - age[:, None, :]) * earlier
        return (torch.exp(-between) * earlier) @ sums + torch.exp(-age)[:, :, None] * heard[:, None, :]

    def _statistics(self, sums: Tensor) -> tuple[Tensor, Tensor]:
        """Return mean and deviation of each quantity at each step, (batch, step, 1 + mfccs) each."""
        spec, width = self.spec, 1 + self.spec.mfccs
        total, squares, weight = sums.split((width, width, 1), dim=2)
        heard = total / weight.clamp(min=1.0)
        average = self.average_mean + heard[:, :, :1] * self.level
        whole = spec.prior_frames + weight
        mean = (spec.prior_frames * average + total) / whole
        of_average = spec.prior_frames * (self.average_variance + (average - mean).square())
        of_heard = (squares - total * heard).clamp(min=0.0) + weight * (heard - mean).square()
        return mean, torch.sqrt((of_average + of_heard) / whole + 1.0)


def lower_triangle(x: Tensor) -> Tensor:
    """Return (step, step), 1 where the second step is not later than the first, else 0, for (batch, step, …) values."""
    steps = torch.arange(x.shape[1], device=x.device)
    return (steps[None, :] <= steps[:, None]).to(x.dtype)
