"""The weights of a window network as the first weights of a streaming network: their layers are the same."""

from __future__ import annotations

import re
from collections.abc import Mapping

from torch import Tensor

from ser_desktop.emotion.network import EmotionNet, WindowNetwork
from ser_desktop.emotion.stream_network import StreamNet
from ser_desktop.emotion.stream_normaliser import StreamNetSpec

CEPSTRUM = {"1": "0", "1_norm": "1", "2": "3", "2_norm": "4", "3": "6", "3_norm": "7"}  # places in EmotionNet.cepstrum


def stream_spec(window: EmotionNet) -> StreamNetSpec:
    """Return the shape of a streaming network with the layers of a window network. It has no dropout."""
    spec = window.spec
    return StreamNetSpec(
        mel_bands=spec.mel_bands,
        mfccs=spec.mfccs,
        labels=spec.labels,
        low_bands=spec.low_bands,
        range_db=spec.range_db,
        stem=spec.stem,
        widths=spec.widths,
        dropout=0.0,
    )


def first_weights(network: WindowNetwork, weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return the weights that the training of a network begins with.

    Args:
        network: Not trained yet.
        weights: Of a trained network of the same kind, or of a window network that a streaming network begins with.
    """
    is_of_window = any(name.startswith("blocks.") for name in weights)
    if isinstance(network, StreamNet) and is_of_window:
        return begin_with(network, weights)
    return {name: value for name, value in weights.items() if not name.startswith("affect.")}  # fitted at the end


def begin_with(network: StreamNet, window: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return the weights of a streaming network with those of a window network in all layers; its normaliser stays.

    Args:
        network: With the shape of :func:`stream_spec`.
        window: The weights of the window network.
    """
    return {
        name: value if name.startswith("normaliser.") else window[_name_in_window(name)].clone()
        for name, value in network.state_dict().items()
    }


def _name_in_window(name: str) -> str:
    """Return the name that the weights of a layer of a StreamNet have in an EmotionNet.

    >>> _name_in_window("block2.first.convolution.weight")
    'blocks.1.first.weight'
    >>> _name_in_window("cepstrum3_norm.bias")
    'cepstrum.7.bias'
    """
    name = name.replace(".convolution.", ".")
    name = re.sub(r"^block(\d)", lambda found: f"blocks.{int(found[1]) - 1}", name)
    name = re.sub(r"^cepstrum(\d(?:_norm)?)", lambda found: f"cepstrum.{CEPSTRUM[found[1]]}", name)
    return f"pool.{name}" if name.startswith("score.") else name
