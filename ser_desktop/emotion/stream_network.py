"""StreamNet: a causal CNN that computes each frame of a stream once, behind a normaliser that adapts to the voice."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from ser_desktop.dsp.features import FeatureSpec, cosine_transform
from ser_desktop.emotion.network import TIME_STRIDE, NetworkSpec, WindowNetwork

STREAM_NET = "stream-cnn"  # the kind of a StreamNet in a manifest
STEP_WIDTH = 192  # values of a step: what the CNN computes of TIME_STRIDE frames
FLOOR_DB = -1e4  # below every level


@dataclass(frozen=True, slots=True)
class StreamNetSpec(NetworkSpec):
    """The shape of a :class:`StreamNet`.

    Attributes:
        low_bands: Mel bands left out at the bottom (128 bands: up to 94 Hz), which hold hum and the DC offset.
        range_db: Cells further below the loudest cell of the speech are raised to this distance.
        prior_frames: Weight of the average voice in the statistics of the normaliser, in frames of speech.
        memory_frames: Frames of speech after which the weight of what was heard has fallen to 37 %.
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
    gain of the microphone has no effect. The statistics of a step include its own frames, and none of later ones.
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
        cosines = torch.from_numpy(cosine_transform(features))
        # 1 dB more level adds 1 to each mel band, and the square root of their number to the zeroth MFCC.
        level = torch.cat((torch.ones(spec.mel_bands), torch.ones(spec.mel_bands) @ cosines))
        self.cosines: Tensor
        self.level: Tensor
        self.average_mean: Tensor
        self.average_variance: Tensor
        self.register_buffer("cosines", cosines, persistent=False)
        self.register_buffer("level", level, persistent=False)
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
        """Return frames without cells far below the loudest one so far, and that one after each step."""
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
        """Return the running sums after each step, older speech weighing less."""
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


class CausalConv(nn.Module):
    """A convolution over bands and frames, or over frames alone, that sees no later frame.

    Its state is the last frames of its input, which the next call continues.
    """

    def __init__(self, convolution: nn.Conv1d | nn.Conv2d) -> None:
        super().__init__()
        self.convolution = convolution
        self.held = convolution.kernel_size[-1] - convolution.stride[-1]  # frames

    def forward(self, x: Tensor, state: Tensor | None) -> tuple[Tensor, Tensor]:
        """Map (batch, channel, [band,] frame); the state is (batch, channel, [band,] held), or ``None`` for zeros."""
        joined = joined_frames(x, state, self.held)
        return self.convolution(joined), joined[..., joined.shape[-1] - self.held :]


def joined_frames(x: Tensor, state: Tensor | None, held: int) -> Tensor:
    """Return the held frames followed by the next ones."""
    return functional.pad(x, (held, 0)) if state is None else torch.cat((state, x), dim=-1)


class BandExcitation(nn.Module):
    """Scales each channel of a frame by a weight computed from all bands of that frame.

    Source: Hu et al. 2018, arXiv:1709.01507, with a mean over bands instead of the whole window.
    """

    def __init__(self, channels: int, *, reduction: int = 4) -> None:
        super().__init__()
        self.squeeze = nn.Conv1d(channels, channels // reduction, 1)
        self.excite = nn.Conv1d(channels // reduction, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Scale (batch, channel, band, frame)."""
        weight = self.excite(functional.relu(self.squeeze(x.mean(dim=2))))  # (batch, channel, frame)
        return x * torch.sigmoid(weight)[:, :, None, :]


class CausalBlock(nn.Module):
    """Two causal 3 × 3 convolutions with excitation beside a projection."""

    def __init__(self, channels_in: int, channels_out: int, stride: tuple[int, int]) -> None:
        super().__init__()
        self.first = CausalConv(nn.Conv2d(channels_in, channels_out, 3, stride, padding=(1, 0), bias=False))
        self.first_norm = nn.BatchNorm2d(channels_out)
        self.second = CausalConv(nn.Conv2d(channels_out, channels_out, 3, padding=(1, 0), bias=False))
        self.second_norm = nn.BatchNorm2d(channels_out)
        self.gate = BandExcitation(channels_out)
        self.project = nn.Sequential(
            nn.AvgPool2d(stride, stride, ceil_mode=True),
            nn.Conv2d(channels_in, channels_out, 1, bias=False),
            nn.BatchNorm2d(channels_out),
        )

    def forward(self, x: Tensor, states: Sequence[Tensor | None]) -> tuple[Tensor, list[Tensor]]:
        """Map (batch, channel, band, frame); bands and frames shrink by the stride."""
        y, first = self.first(x, states[0])
        y, second = self.second(functional.relu(self.first_norm(y)), states[1])
        return functional.relu(self.gate(self.second_norm(y)) + self.project(x)), [first, second]


class StreamNet(WindowNetwork):
    """A causal residual CNN over mel bands and MFCCs; attention pools its last steps at each entry.

    Each frame passes the CNN once. The state between two calls is one vector, all zeros at the start of a stream: the
    known voice, the statistics of the normaliser, and the last frames of each convolution. A window, as in training,
    is a stream that starts with the window.

    Attributes:
        arousal: (batch, 384) to (batch, 1) logits of high arousal.
        valence: (batch, 384) to (batch, 1) logits of positive valence.
    """

    spec: StreamNetSpec

    def __init__(self, spec: StreamNetSpec) -> None:
        super().__init__()
        self.spec = spec
        stem, (one, two, three, four) = spec.stem, spec.widths
        self.normaliser = VoiceNormaliser(spec)
        self.tall = CausalConv(nn.Conv2d(1, stem, (11, 3), (4, 2), padding=(5, 0), bias=False))
        self.wide = CausalConv(nn.Conv2d(1, stem, (3, 11), (4, 2), padding=(1, 0), bias=False))
        self.square = CausalConv(nn.Conv2d(1, stem, (5, 5), (4, 2), padding=(2, 0), bias=False))
        self.stem_norm = nn.BatchNorm2d(3 * stem)
        self.block1 = CausalBlock(3 * stem, one, (2, 2))
        self.block2 = CausalBlock(one, two, (2, 1))
        self.block3 = CausalBlock(two, three, (2, 2))
        self.block4 = CausalBlock(three, four, (2, 1))
        bands = -(-spec.mel_bands // 64)
        self.flatten = nn.Sequential(nn.Conv1d(four * bands, 128, 1, bias=False), nn.BatchNorm1d(128), nn.ReLU())
        self.cepstrum1 = CausalConv(nn.Conv1d(spec.mfccs, 48, 5, 2, bias=False))
        self.cepstrum2 = CausalConv(nn.Conv1d(48, 48, 5, 2, bias=False))
        self.cepstrum3 = CausalConv(nn.Conv1d(48, 64, 3, 2, bias=False))
        self.cepstrum1_norm, self.cepstrum2_norm = nn.BatchNorm1d(48), nn.BatchNorm1d(48)
        self.cepstrum3_norm = nn.BatchNorm1d(64)
        self.score = nn.Sequential(nn.Conv1d(STEP_WIDTH, 48, 1), nn.Tanh(), nn.Conv1d(48, STEP_WIDTH, 1))
        self.pool_norm = nn.BatchNorm1d(2 * STEP_WIDTH)
        self.dropout = nn.Dropout(spec.dropout)
        self.arousal = nn.Linear(2 * STEP_WIDTH, 1)
        self.valence = nn.Linear(2 * STEP_WIDTH, 1)
        self.add_heads(2 * STEP_WIDTH)
        self._shapes = self._state_shapes()

    @property
    def blocks(self) -> tuple[CausalBlock, ...]:
        """The residual blocks in their order."""
        return (self.block1, self.block2, self.block3, self.block4)

    @property
    def cepstrum(self) -> tuple[tuple[CausalConv, nn.BatchNorm1d], ...]:
        """The layers of the branch of the MFCCs in their order, each with its normalisation."""
        return (
            (self.cepstrum1, self.cepstrum1_norm),
            (self.cepstrum2, self.cepstrum2_norm),
            (self.cepstrum3, self.cepstrum3_norm),
        )

    @property
    def state_size(self) -> int:
        """Number of values of the state of a stream."""
        return sum(math.prod(shape) for shape in self._shapes)

    def embed(self, frames: Tensor, speech: Tensor, known: Tensor | None = None) -> Tensor:
        """Return the pooled embedding of each window, (batch, 384).

        Args:
            frames: (batch, frame, width) as in :meth:`forward`.
            speech: (batch, frame), 1 in frames with speech, else 0.
            known: (batch, known_size), the known voice of each window and the statistics of the speech before it;
                ``None`` if nothing is known.
        """
        missing = -frames.shape[1] % TIME_STRIDE  # the stream begins with silence
        frames, speech = functional.pad(frames, (0, 0, missing, 0)), functional.pad(speech, (missing, 0))
        if known is None:
            known = frames.new_zeros(len(frames), self.spec.known_size)
        steps, _ = self._stream(frames, speech, known.split((self.spec.voice_size, self.spec.heard_size), dim=1))
        return self.pool(steps, speech.unflatten(1, (-1, TIME_STRIDE)).mean(dim=2))

    def stream(self, frames: Tensor, speech: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """Return the steps of the next frames, and the state after them.

        Args:
            frames: (batch, frame, width); the number of frames is a multiple of ``TIME_STRIDE``.
            speech: (batch, frame), 1 in frames with speech, else 0.
            state: (batch, state_size), of the call before; zeros at the start.

        Returns:
            Steps (batch, frame / 8, 384): values and scores of the attention; and the state (batch, state_size).
        """
        sizes = [math.prod(shape) for shape in self._shapes]
        parts = zip(state.split(sizes, dim=1), self._shapes, strict=True)
        steps, states = self._stream(frames, speech, [part.unflatten(1, shape) for part, shape in parts])
        return steps, torch.cat([each.flatten(1) for each in states], dim=1)

    def _stream(self, frames: Tensor, speech: Tensor, state: Sequence[Tensor]) -> tuple[Tensor, list[Tensor]]:
        """Return steps and the parts of the state; of the state before, only the first two parts are required."""
        voice, heard = state[:2]
        missing: list[Tensor | None] = [None] * (len(self._shapes) - 2)
        stem, *held = list(state[2:]) or missing
        x, heard = self.normaliser(frames, speech, voice, heard)
        mel = functional.pad(x[:, :, self.spec.low_bands : self.spec.mel_bands], (self.spec.low_bands, 0))
        mel = mel.transpose(1, 2)[:, None]  # (batch, 1, band, frame)
        longest = self.wide.held
        joined = joined_frames(mel, stem, longest)
        parts = [
            each.convolution(joined[:, :, :, longest - each.held :]) for each in (self.tall, self.wide, self.square)
        ]
        states = [voice, heard, joined[:, :, :, joined.shape[3] - longest :]]
        y = functional.relu(self.stem_norm(torch.cat(parts, dim=1)))  # (batch, 24, 32, frame / 2)
        for index, block in enumerate(self.blocks):
            y, after = block(y, held[2 * index : 2 * index + 2])
            states += after
        y = self.flatten(y.flatten(1, 2))  # (batch, 128, frame / 8)
        cepstrum = x[:, :, self.spec.mel_bands :].transpose(1, 2)
        for (convolution, norm), before in zip(self.cepstrum, held[-3:], strict=True):
            cepstrum, after_one = convolution(cepstrum, before)
            cepstrum = functional.relu(norm(cepstrum))
            states.append(after_one)
        y = torch.cat((y, cepstrum), dim=1)  # (batch, 192, frame / 8)
        steps = torch.cat((y, self.score(y)), dim=1).transpose(1, 2)
        return steps, states

    def pool(self, steps: Tensor, speech: Tensor) -> Tensor:
        """Return the embedding of some steps: their mean and deviation, weighted by attention to steps with speech.

        Source: Okabe et al. 2018, arXiv:1803.10963.

        Args:
            steps: (batch, step, 384) as :meth:`stream` returns them.
            speech: (batch, step) share of frames with speech, 0…1.
        """
        values, scores = steps[:, :, :STEP_WIDTH], steps[:, :, STEP_WIDTH:]
        weight = torch.softmax(scores + torch.log(speech + 1e-6)[:, :, None], dim=1)
        mean = (weight * values).sum(dim=1)
        variance = (weight * values * values).sum(dim=1) - mean * mean
        pooled = torch.cat((mean, torch.sqrt(variance.clamp(min=1e-5))), dim=1)
        return self.dropout(self.pool_norm(pooled))

    def _state_shapes(self) -> list[tuple[int, ...]]:
        """Return the shapes of the parts of the state, without the batch."""
        spec = self.spec
        shapes: list[tuple[int, ...]] = [(spec.voice_size,), (spec.heard_size,)]
        shapes.append((1, spec.mel_bands, self.wide.held))
        bands = -(-spec.mel_bands // 4)
        for block in self.blocks:
            for layer in (block.first, block.second):
                shapes.append((layer.convolution.in_channels, bands, layer.held))
                bands = -(-bands // layer.convolution.stride[0])
        return shapes + [(layer.convolution.in_channels, layer.held) for layer, _ in self.cepstrum]


def _lower_triangle(x: Tensor) -> Tensor:
    """Return (step, step) ones where the second step is not later than the first, for (batch, step) values."""
    steps = torch.arange(x.shape[1], device=x.device)
    return (steps[None, :] <= steps[:, None]).to(x.dtype)
