"""StreamNet: a causal CNN that computes each frame of a stream once, behind a normaliser that adapts to the voice."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from ser_desktop.emotion.network import TIME_STRIDE, WindowNetwork
from ser_desktop.emotion.voice_normaliser import StreamNetSpec, VoiceNormaliser

STREAM_NET = "stream-cnn"  # the kind of a StreamNet in a manifest
STEP_WIDTH = 192  # values of a step: what the CNN computes of TIME_STRIDE frames


class CausalConv(nn.Module):
    """A convolution over bands and frames, or over frames alone, that does not depend on later frames.

    Its state is the last frames of its input, with which the next call starts.
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
    """Return the frames of the state followed by the next ones; zeros without a state."""
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
        """Return steps and the parts of the state. Only the first two parts of the previous state are required."""
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
        """Return the embedding of steps: their mean and deviation, weighted by attention to steps with speech.

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
