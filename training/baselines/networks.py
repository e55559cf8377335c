"""The networks of the common recipes, built from a description of their layers."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

KINDS: dict[str, tuple[type[nn.GRU | nn.LSTM], bool]] = {
    "gru": (nn.GRU, False),
    "lstm": (nn.LSTM, False),
    "bigru": (nn.GRU, True),
    "bilstm": (nn.LSTM, True),
}


@dataclass(frozen=True, slots=True)
class NetworkShape:
    """Layers of a network: convolutions, attention and recurrent layers, a summary over time, dense layers.

    Attributes:
        widths: Channels of the blocks of convolution, pooling by two, batch norm, ReLU and dropout.
        kernel: Kernel size of the convolutions: over time for (curve, frame), square for (channel, band, frame).
        pool: ``max`` or ``average``.
        heads: Heads of a self-attention after the convolutions; 0 for none.
        recurrent: Layers one after the other: ``gru``, ``lstm``, ``bigru``, ``bilstm``.
        units: Units of each recurrent layer, in each direction.
        summary: ``flat`` (all frames side by side), ``last``, ``mean`` or ``attention`` (a weighted mean).
        dense: Units of the dense layers before the output.
        dropout: Share of values dropped in training, after each block and dense layer.
        standardised: Whether each curve or band is scaled to mean 0 and deviation 1 over the training clips.
    """

    widths: tuple[int, ...] = ()
    kernel: int = 3
    pool: str = "max"
    heads: int = 0
    recurrent: tuple[str, ...] = ()
    units: int = 64
    summary: str = "flat"
    dense: tuple[int, ...] = ()
    dropout: float = 0.3
    standardised: bool = True


class Standardise(nn.Module):
    """Subtracts the mean and divides by the deviation of the training clips, both stored in the network."""

    def __init__(self, values: Tensor) -> None:
        super().__init__()
        over = (0, -1) if values.dim() > 2 else (0,)  # clips, and frames where there are any
        self.register_buffer("mean", values.mean(dim=over, keepdim=True))
        self.register_buffer("deviation", values.std(dim=over, keepdim=True, correction=0).clamp(min=1e-5))

    def forward(self, x: Tensor) -> Tensor:
        """Scale (clip, …)."""
        return (x - self.get_buffer("mean")) / self.get_buffer("deviation")


class SelfAttention(nn.Module):
    """Self-attention between all frames with a residual connection. Source: Vaswani et al. 2017, arXiv:1706.03762."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.attention = nn.MultiheadAttention(width, heads, batch_first=True)
        self.norm = nn.LayerNorm(width)

    def forward(self, x: Tensor) -> Tensor:
        """Map (batch, frame, width)."""
        attended, _ = self.attention(x, x, x, need_weights=False)
        return self.norm(x + attended)


class Recurrent(nn.Module):
    """A recurrent layer that returns the output of every frame."""

    def __init__(self, kind: str, width: int, units: int) -> None:
        super().__init__()
        layer, both_ways = KINDS[kind]
        self.layer = layer(width, units, batch_first=True, bidirectional=both_ways)
        self.width = units * (2 if both_ways else 1)

    def forward(self, x: Tensor) -> Tensor:
        """Map (batch, frame, width)."""
        outputs, _ = self.layer(x)
        return outputs


class Summary(nn.Module):
    """Summarises a sequence as one vector."""

    def __init__(self, kind: str, width: int, frames: int) -> None:
        super().__init__()
        self.kind = kind
        self.score = nn.Linear(width, 1) if kind == "attention" else None
        self.width = width * frames if kind == "flat" else width

    def forward(self, x: Tensor) -> Tensor:
        """Map (batch, frame, width) to (batch, self.width)."""
        if self.score is not None:
            return (torch.softmax(self.score(x), dim=1) * x).sum(dim=1)
        if self.kind == "flat":
            return x.flatten(1)
        return x[:, -1] if self.kind == "last" else x.mean(dim=1)


class BaselineNet(nn.Module):
    """A network of a common recipe.

    Args:
        shape: Its layers.
        values: (clip, …) values of the training clips, for the shape, the mean and the deviation of the input.
        labels: Number of outputs.
    """

    def __init__(self, shape: NetworkShape, values: Tensor, labels: int) -> None:
        super().__init__()
        self.standardise = Standardise(values) if shape.standardised else nn.Identity()
        self.convolutions = _convolutions(shape, values.shape[1], two_ways=values.dim() == 4)
        with torch.no_grad():
            _, frames, width = self.eval()._sequence(values[:1]).shape
        layers: list[nn.Module] = [SelfAttention(width, shape.heads)] if shape.heads else []
        for kind in shape.recurrent:
            layer = Recurrent(kind, width, shape.units)
            layers.append(layer)
            width = layer.width
        self.sequence_layers = nn.Sequential(*layers)
        self.summary = Summary(shape.summary, width, frames)
        self.dense = _dense(shape, self.summary.width, labels)

    def forward(self, x: Tensor) -> Tensor:
        """Return (batch, labels) logits of (batch, channel, band, frame), (batch, curve, frame) or (batch, value)."""
        return self.dense(self.summary(self.sequence_layers(self._sequence(x))))

    def _sequence(self, x: Tensor) -> Tensor:
        x = self.standardise(x)
        if x.dim() == 4:
            x = x.contiguous(memory_format=torch.channels_last)  # halves the time of an epoch
        x = self.convolutions(x)
        if x.dim() == 2:
            return x[:, None]  # (batch, 1, value)
        return x.flatten(1, -2).transpose(1, 2)  # (batch, frame, channel × band)


def _convolutions(shape: NetworkShape, channels: int, *, two_ways: bool) -> nn.Sequential:
    convolution: type[nn.Conv1d | nn.Conv2d] = nn.Conv2d if two_ways else nn.Conv1d
    norm: type[nn.BatchNorm1d | nn.BatchNorm2d] = nn.BatchNorm2d if two_ways else nn.BatchNorm1d
    pools: dict[tuple[str, bool], type[nn.Module]] = {
        ("max", True): nn.MaxPool2d,
        ("max", False): nn.MaxPool1d,
        ("average", True): nn.AvgPool2d,
        ("average", False): nn.AvgPool1d,
    }
    layers: list[nn.Module] = []
    for width in shape.widths:
        layers += [
            convolution(channels, width, shape.kernel, padding=shape.kernel // 2),
            pools[shape.pool, two_ways](2),  # before norm and ReLU, which then process a quarter of the values
            norm(width),
            nn.ReLU(),
            nn.Dropout(shape.dropout),
        ]
        channels = width
    return nn.Sequential(*layers)


def _dense(shape: NetworkShape, width: int, labels: int) -> nn.Sequential:
    layers: list[nn.Module] = []
    for units in shape.dense:
        layers += [nn.Linear(width, units), nn.ReLU(), nn.Dropout(shape.dropout)]
        width = units
    return nn.Sequential(*layers, nn.Linear(width, labels))
