"""The residual CNN that ships with the program."""

from __future__ import annotations

from ser_desktop.emotion.network import EMOTION_NET, EmotionNet, EmotionNetSpec
from training.networks.kind import NetworkKind


def _described(spec: EmotionNetSpec) -> str:
    return "a residual CNN with attentive pooling"


RESIDUAL_CNN = NetworkKind(EMOTION_NET, EmotionNetSpec, EmotionNet, _described)
