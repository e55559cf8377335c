"""Networks that map the frames of one window to a logit for each emotion; EmotionNet is the one that ships."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from ser_desktop.dsp.features import FeatureSpec, cosine_transform
from ser_desktop.emotion.network_stream import STEP

EMOTION_NET = "residual-cnn"  # the kind of an EmotionNet; a manifest that names no kind means this one
TIME_STRIDE = STEP  # frames in one step of the pooled sequence


@dataclass(frozen=True, slots=True)
class NetworkSpec:
    """The sizes that every network has: those of its input, and the number of emotions in its output.

    A kind of network adds its own fields in a subclass. Checkpoints and manifests store all of them.

    Attributes:
        mel_bands: Number of the first values of a frame: log-mel power in dB.
        mfccs: Number of the values after them.
        labels: Number of emotions.
    """

    mel_bands: int = 128
    mfccs: int = 20
    labels: int = 8

    def as_dict(self) -> dict[str, object]:
        """Return the fields for a manifest or a checkpoint."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class EmotionNetSpec(NetworkSpec):
    """The shape of an :class:`EmotionNet`.

    Attributes:
        low_bands: Mel bands left out at the bottom (128 bands: up to 94 Hz), which hold hum and the DC offset.
        range_db: Cells further below the loudest cell of the speech are raised to this distance.
        stem: Channels of each of the three parallel kernels.
        widths: Channels of the residual blocks.
        dropout: Share of pooled values dropped while training.
    """

    low_bands: int = 3
    range_db: float = 80.0
    stem: int = 8
    widths: tuple[int, int, int, int] = (32, 48, 64, 96)
    dropout: float = 0.3


class WindowNetwork(nn.Module):
    """Base class of the networks: a window becomes an embedding, linear heads turn it into logits.

    A subclass sets :attr:`spec`, calls :meth:`add_heads` last in its constructor and implements :meth:`embed`. The app
    uses the emotion head alone; the other two heads are auxiliary tasks of the training.

    Attributes:
        spec: The shape.
        emotion: (batch, width) to (batch, labels) logits.
        gender: (batch, width) to (batch, 1) logits of “female”.
        intensity: (batch, width) to (batch, 1) logits of “strong”.
    """

    spec: NetworkSpec
    emotion: nn.Linear
    gender: nn.Linear
    intensity: nn.Linear

    def add_heads(self, width: int) -> None:
        """Create the heads over an embedding of this width."""
        self.emotion = nn.Linear(width, self.spec.labels)
        self.gender = nn.Linear(width, 1)
        self.intensity = nn.Linear(width, 1)

    def forward(self, frames: Tensor, speech: Tensor) -> Tensor:
        """Return the logits of the emotions.

        Args:
            frames: (batch, frame, mel_bands + mfccs) float32, as
                :class:`~ser_desktop.dsp.features.FeatureStream` makes them.
            speech: (batch, frame) float32, 1 where somebody speaks, else 0.

        Returns:
            (batch, labels) float32.
        """
        return self.emotion(self.embed(frames, speech))

    def embed(self, frames: Tensor, speech: Tensor) -> Tensor:
        """Return the embedding of each window, (batch, width); see :meth:`forward` for the arguments."""
        raise NotImplementedError


class SqueezeExcitation(nn.Module):
    """Scales each channel by a weight computed over the whole window. Source: Hu et al. 2018, arXiv:1709.01507."""

    def __init__(self, channels: int, *, reduction: int = 4) -> None:
        super().__init__()
        self.squeeze = nn.Linear(channels, channels // reduction)
        self.excite = nn.Linear(channels // reduction, channels)

    def forward(self, x: Tensor) -> Tensor:
        """Scale (batch, channel, band, frame) by channel."""
        weight = self.excite(functional.relu(self.squeeze(x.mean(dim=(2, 3)))))
        return x * torch.sigmoid(weight)[:, :, None, None]


class ResidualBlock(nn.Module):
    """Two 3 × 3 convolutions with squeeze-excitation beside a projection."""

    def __init__(self, channels_in: int, channels_out: int, stride: tuple[int, int]) -> None:
        super().__init__()
        self.first = nn.Conv2d(channels_in, channels_out, 3, stride, padding=1, bias=False)
        self.first_norm = nn.BatchNorm2d(channels_out)
        self.second = nn.Conv2d(channels_out, channels_out, 3, padding=1, bias=False)
        self.second_norm = nn.BatchNorm2d(channels_out)
        self.gate = SqueezeExcitation(channels_out)
        self.project = nn.Sequential(
            nn.AvgPool2d(stride, stride, ceil_mode=True),
            nn.Conv2d(channels_in, channels_out, 1, bias=False),
            nn.BatchNorm2d(channels_out),
        )

    def forward(self, x: Tensor) -> Tensor:
        """Map (batch, channel, band, frame); bands and frames shrink by the stride, rounded up."""
        y = functional.relu(self.first_norm(self.first(x)))
        y = self.gate(self.second_norm(self.second(y)))
        return functional.relu(y + self.project(x))


class AttentiveStatistics(nn.Module):
    """Weighted mean and deviation over time. Source: Okabe et al. 2018, arXiv:1803.10963."""

    def __init__(self, channels: int, *, hidden: int = 48) -> None:
        super().__init__()
        self.score = nn.Sequential(nn.Conv1d(channels, hidden, 1), nn.Tanh(), nn.Conv1d(hidden, channels, 1))

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Pool (batch, channel, step) under a (batch, step) mask of 0…1 to (batch, 2 * channel)."""
        score = self.score(x) + torch.log(mask + 1e-6)[:, None, :]
        weight = torch.softmax(score, dim=2)
        mean = (weight * x).sum(dim=2)
        variance = (weight * x * x).sum(dim=2) - mean * mean
        return torch.cat((mean, torch.sqrt(variance.clamp(min=1e-5))), dim=1)


class EmotionNet(WindowNetwork):
    """A small residual CNN over mel bands and MFCCs with attentive pooling over the speech.

    The network itself normalises the window, over its speech frames only. So training, app and export cannot differ in
    it, and the gain of the microphone has no effect. Frames without speech are set to the mean and get no weight in the
    pooling.
    """

    spec: EmotionNetSpec

    def __init__(self, spec: EmotionNetSpec) -> None:
        super().__init__()
        self.spec = spec
        features = FeatureSpec(mel_bands=spec.mel_bands, mfccs=spec.mfccs)
        self.cosines: Tensor
        self.register_buffer("cosines", torch.from_numpy(cosine_transform(features)), persistent=False)
        stem, (one, two, three, four) = spec.stem, spec.widths
        self.tall = nn.Conv2d(1, stem, (11, 3), (4, 2), padding=(5, 1), bias=False)
        self.wide = nn.Conv2d(1, stem, (3, 11), (4, 2), padding=(1, 5), bias=False)
        self.square = nn.Conv2d(1, stem, (5, 5), (4, 2), padding=(2, 2), bias=False)
        self.stem_norm = nn.BatchNorm2d(3 * stem)
        self.blocks = nn.Sequential(
            ResidualBlock(3 * stem, one, (2, 2)),
            ResidualBlock(one, two, (2, 1)),
            ResidualBlock(two, three, (2, 2)),
            ResidualBlock(three, four, (2, 1)),
        )
        bands = -(-spec.mel_bands // 64)
        self.flatten = nn.Sequential(nn.Conv1d(four * bands, 128, 1, bias=False), nn.BatchNorm1d(128), nn.ReLU())
        self.cepstrum = nn.Sequential(
            nn.Conv1d(spec.mfccs, 48, 5, 2, padding=2, bias=False),
            nn.BatchNorm1d(48),
            nn.ReLU(),
            nn.Conv1d(48, 48, 5, 2, padding=2, bias=False),
            nn.BatchNorm1d(48),
            nn.ReLU(),
            nn.Conv1d(48, 64, 3, 2, padding=1, bias=False),
            nn.BatchNorm1d(64),
            nn.ReLU(),
        )
        self.pool = AttentiveStatistics(192)
        self.pool_norm = nn.BatchNorm1d(384)
        self.dropout = nn.Dropout(spec.dropout)
        self.add_heads(384)

    def embed(self, frames: Tensor, speech: Tensor) -> Tensor:
        """Return the pooled embedding of each window, (batch, 384)."""
        mel, mfcc = self._normalise(frames, speech)
        x = mel.transpose(1, 2)[:, None]  # (batch, 1, band, frame)
        x = torch.cat((self.tall(x), self.wide(x), self.square(x)), dim=1)  # (batch, 24, 32, frame / 2)
        x = self.blocks(functional.relu(self.stem_norm(x)))  # (batch, 96, 2, frame / 8)
        x = self.flatten(x.flatten(1, 2))  # (batch, 128, frame / 8)
        x = torch.cat((x, self.cepstrum(mfcc.transpose(1, 2))), dim=1)  # (batch, 192, frame / 8)
        mask = functional.avg_pool1d(speech[:, None], TIME_STRIDE, TIME_STRIDE, ceil_mode=True)[:, 0]
        return self.dropout(self.pool_norm(self.pool(x, mask)))

    def _normalise(self, frames: Tensor, speech: Tensor) -> tuple[Tensor, Tensor]:
        """Return mel bands and MFCCs that do not depend on gain, silence or the lowest bands."""
        spec, mask = self.spec, speech[:, :, None]
        count = mask.sum(dim=1, keepdim=True).clamp(min=1.0)
        mel, mfcc = frames[:, :, : spec.mel_bands], frames[:, :, spec.mel_bands :]
        kept = mel[:, :, spec.low_bands :]
        loudest = torch.amax(kept - (1.0 - mask) * 1e4, dim=(1, 2), keepdim=True)
        cut = torch.maximum(mel, loudest - spec.range_db)
        mfcc = mfcc + (cut - mel) @ self.cosines  # the same cut in the MFCCs
        kept = _standardise(cut[:, :, spec.low_bands :], mask, count * kept.shape[2], (1, 2))
        return functional.pad(kept, (spec.low_bands, 0)), _standardise(mfcc, mask, count, (1,))


def _standardise(x: Tensor, mask: Tensor, count: Tensor, dims: tuple[int, ...]) -> Tensor:
    mean = (x * mask).sum(dim=dims, keepdim=True) / count
    centred = (x - mean) * mask
    variance = (centred * centred).sum(dim=dims, keepdim=True) / count
    return centred / torch.sqrt(variance + 1.0)
