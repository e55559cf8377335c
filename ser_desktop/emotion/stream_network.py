"""StreamNet: a causal CNN that computes each frame of a stream once."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from ser_desktop.emotion.network import TIME_STRIDE, WindowNetwork
from ser_desktop.emotion.stream_normaliser import StreamNetSpec, StreamNormaliser, lower_triangle
from ser_desktop.emotion.voice_adaptation import OUTPUTS_OF_AFFECT

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


class RunningExcitation(nn.Module):
    """Scales each channel by a weight computed over all bands of the frames so far; older ones count less.

    Source: Hu et al. 2018, arXiv:1709.01507, with a running mean instead of that over the whole window. Its state is
    the weighted sum of each channel, and the sum of the weights.
    """

    def __init__(self, channels: int, *, memory: float, reduction: int = 4) -> None:
        super().__init__()
        self.squeeze = nn.Linear(channels, channels // reduction)
        self.excite = nn.Linear(channels // reduction, channels)
        self.memory = memory  # frames of its input after which the weight of a frame has fallen to 37 %
        self.size = channels + 1

    def forward(self, x: Tensor, state: Tensor | None) -> tuple[Tensor, Tensor]:
        """Scale (batch, channel, band, frame); the state is (batch, channel + 1), or ``None`` at the start."""
        of_bands = x.mean(dim=2).transpose(1, 2).float()  # (batch, frame, channel)
        added = torch.cat((of_bands, torch.ones_like(of_bands[:, :, :1])), dim=2)
        if state is None:
            state = torch.zeros_like(added[:, 0])
        age = torch.arange(1, x.shape[3] + 1, device=x.device, dtype=torch.float32) / self.memory
        earlier = lower_triangle(added)
        weights = torch.exp((age[None, :] - age[:, None]) * earlier) * earlier  # (frame, frame)
        sums = weights @ added + torch.exp(-age)[None, :, None] * state[:, None, :]
        mean = sums[:, :, :-1] / sums[:, :, -1:]
        scale = torch.sigmoid(self.excite(functional.relu(self.squeeze(mean))))  # (batch, frame, channel)
        return x * scale.transpose(1, 2)[:, :, None, :].to(x.dtype), sums[:, -1]


class CausalBlock(nn.Module):
    """Two causal 3 × 3 convolutions with excitation beside a projection."""

    def __init__(self, channels_in: int, channels_out: int, stride: tuple[int, int], *, memory: float) -> None:
        super().__init__()
        self.first = CausalConv(nn.Conv2d(channels_in, channels_out, 3, stride, padding=(1, 0), bias=False))
        self.first_norm = nn.BatchNorm2d(channels_out)
        self.second = CausalConv(nn.Conv2d(channels_out, channels_out, 3, padding=(1, 0), bias=False))
        self.second_norm = nn.BatchNorm2d(channels_out)
        self.gate = RunningExcitation(channels_out, memory=memory)
        self.project = nn.Sequential(
            nn.AvgPool2d(stride, stride, ceil_mode=True),
            nn.Conv2d(channels_in, channels_out, 1, bias=False),
            nn.BatchNorm2d(channels_out),
        )

    def forward(self, x: Tensor, states: Sequence[Tensor | None]) -> tuple[Tensor, list[Tensor]]:
        """Map (batch, channel, band, frame); bands and frames shrink by the stride."""
        y, first = self.first(x, states[0])
        y, second = self.second(functional.relu(self.first_norm(y)), states[1])
        y, gate = self.gate(self.second_norm(y), states[2])
        return functional.relu(y + self.project(x)), [first, second, gate]


class StreamNet(WindowNetwork):
    """A causal residual CNN over mel bands and MFCCs; attention pools its last steps at each entry.

    Each frame passes the CNN once. The state between two calls is one vector, all zeros at the start of a stream: first
    the statistics, which are those of the normaliser and the running means of the excitations, then the last frames of
    each convolution. A window by itself, as in training and at the start of a stream, is read twice: the second time
    begins with the statistics of the first, so that its first steps, too, are computed with all of its speech.

    Its layers are those of :class:`~ser_desktop.emotion.network.EmotionNet`, whose weights it can begin with.

    Attributes:
        affect: (batch, 384) to (batch, 2) log odds of high arousal and of positive valence; ``None`` without these
            outputs. It is fitted when all other layers are trained.
    """

    spec: StreamNetSpec
    affect: nn.Linear | None

    def __init__(self, spec: StreamNetSpec) -> None:
        super().__init__()
        self.spec = spec
        stem, (one, two, three, four) = spec.stem, spec.widths
        self.normaliser = StreamNormaliser(spec)
        self.tall = CausalConv(nn.Conv2d(1, stem, (11, 3), (4, 2), padding=(5, 0), bias=False))
        self.wide = CausalConv(nn.Conv2d(1, stem, (3, 11), (4, 2), padding=(1, 0), bias=False))
        self.square = CausalConv(nn.Conv2d(1, stem, (5, 5), (4, 2), padding=(2, 0), bias=False))
        self.stem_norm = nn.BatchNorm2d(3 * stem)
        self.block1 = CausalBlock(3 * stem, one, (2, 2), memory=spec.excitation_frames / 4)
        self.block2 = CausalBlock(one, two, (2, 1), memory=spec.excitation_frames / 4)
        self.block3 = CausalBlock(two, three, (2, 2), memory=spec.excitation_frames / 8)
        self.block4 = CausalBlock(three, four, (2, 1), memory=spec.excitation_frames / 8)
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
        self.add_heads(2 * STEP_WIDTH)
        self.affect = nn.Linear(2 * STEP_WIDTH, OUTPUTS_OF_AFFECT) if spec.affect else None
        self._shapes = self._state_shapes()
        self._statistics = 1 + len(self.blocks)  # parts of the state that are statistics

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
    def statistics_size(self) -> int:
        """Number of the values of the state that are statistics; they come first."""
        return sum(math.prod(shape) for shape in self._shapes[: self._statistics])

    @property
    def state_size(self) -> int:
        """Number of values of the state of a stream."""
        return sum(math.prod(shape) for shape in self._shapes)

    def embed(self, frames: Tensor, speech: Tensor, heard: Tensor | None = None, *, before: int = 0) -> Tensor:
        """Return the pooled embedding of each window, (batch, 384).

        Args:
            frames: (batch, before + frame, width) as in :meth:`forward`, after ``before`` frames of the same stream.
            speech: (batch, before + frame), 1 in frames with speech, else 0.
            heard: (batch, heard_size), statistics of other speech, with which the frames are normalised; those of the
                window itself where they are zeros or ``None``.
            before: Frames before the window, a multiple of ``TIME_STRIDE``.
        """
        missing = -frames.shape[1] % TIME_STRIDE  # the stream begins with silence
        frames, speech = functional.pad(frames, (0, 0, missing, 0)), functional.pad(speech, (missing, 0))
        if heard is None:
            heard = frames.new_zeros(len(frames), self.spec.heard_size)
        steps, _ = self._stream(frames, speech, self._read(frames, speech, heard))
        shares = speech.unflatten(1, (-1, TIME_STRIDE)).mean(dim=2)
        first = before // TIME_STRIDE
        return self.pool(steps[:, first:], shares[:, first:])

    @torch.no_grad()
    def _read(self, frames: Tensor, speech: Tensor, heard: Tensor) -> list[Tensor]:
        """Return the statistics after the frames, those of the normaliser only where none are given."""
        trains = self.training
        self.eval()  # running means of the batch normalisation are computed in the second pass alone
        _, (normaliser, *after) = self._stream(frames, speech, [heard])
        self.train(trains)
        is_given = heard[:, -2:-1] > 0.0  # the weight of the speech
        return [torch.where(is_given, heard, normaliser), *after[: self._statistics - 1]]

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
        """Return steps and the parts of the state. Of the previous state, the first part or more are required."""
        missing: list[Tensor | None] = [None] * (len(self._shapes) - len(state))
        _, *excitations = [*state, *missing][: self._statistics]
        stem, *held = [*state, *missing][self._statistics :]
        mel, mfcc, heard = self.normaliser(frames, speech, state[0])
        x = functional.pad(mel, (self.spec.low_bands, 0)).transpose(1, 2)[:, None]  # (batch, 1, band, frame)
        longest = self.wide.held
        joined = joined_frames(x, stem, longest)
        parts = [
            each.convolution(joined[:, :, :, longest - each.held :]) for each in (self.tall, self.wide, self.square)
        ]
        statistics, tails = [heard], [joined[:, :, :, joined.shape[3] - longest :]]
        y = functional.relu(self.stem_norm(torch.cat(parts, dim=1)))  # (batch, 24, 32, frame / 2)
        for index, (block, excitation) in enumerate(zip(self.blocks, excitations, strict=True)):
            y, (first, second, after) = block(y, (*held[2 * index : 2 * index + 2], excitation))
            tails += (first, second)
            statistics.append(after)
        y = self.flatten(y.flatten(1, 2))  # (batch, 128, frame / 8)
        cepstrum = mfcc.transpose(1, 2)
        for (convolution, norm), before in zip(self.cepstrum, held[-3:], strict=True):
            cepstrum, after = convolution(cepstrum, before)
            cepstrum = functional.relu(norm(cepstrum))
            tails.append(after)
        y = torch.cat((y, cepstrum), dim=1)  # (batch, 192, frame / 8)
        steps = torch.cat((y, self.score(y)), dim=1).transpose(1, 2)
        return steps, statistics + tails

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

    def outputs(self, embedding: Tensor) -> Tensor:
        """Return the logits of the emotions, and behind them the log odds of arousal and valence if it has them.

        Args:
            embedding: (batch, 384), of :meth:`pool` or :meth:`embed`.
        """
        logits = self.emotion(embedding)
        return logits if self.affect is None else torch.cat((logits, self.affect(embedding)), dim=1)

    def _state_shapes(self) -> list[tuple[int, ...]]:
        """Return the shapes of the parts of the state, without the batch."""
        spec, bands = self.spec, -(-self.spec.mel_bands // 4)
        statistics: list[tuple[int, ...]] = [(spec.heard_size,), *((block.gate.size,) for block in self.blocks)]
        tails: list[tuple[int, ...]] = [(1, spec.mel_bands, self.wide.held)]
        for block in self.blocks:
            for layer in (block.first, block.second):
                tails.append((layer.convolution.in_channels, bands, layer.held))
                bands = -(-bands // layer.convolution.stride[0])
        tails += [(layer.convolution.in_channels, layer.held) for layer, _ in self.cepstrum]
        return statistics + tails
