"""The causal CNN that computes each frame of a stream once."""

from __future__ import annotations

from ser_desktop.emotion.stream_network import STREAM_NET, StreamNet
from ser_desktop.emotion.stream_normaliser import StreamNetSpec
from training.networks.kind import NetworkKind


def _described(spec: StreamNetSpec) -> str:
    return "a causal residual CNN that computes each frame once, with attentive pooling"


STREAM_CNN = NetworkKind(STREAM_NET, StreamNetSpec, StreamNet, _described)
