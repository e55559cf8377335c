"""Runs the network with torch on a graphics card; imported only for ``--device cuda`` or ``mps``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from safetensors import SafetensorError
from safetensors.torch import load

from ser_desktop.emotion.model_file import EXPORT_AGAIN, Model, shortened
from ser_desktop.emotion.network import EMOTION_NET, EmotionNet, EmotionNetSpec, WindowNetwork
from ser_desktop.emotion.onnx_network import StreamNetwork
from ser_desktop.emotion.stream_network import STREAM_NET, StreamNet
from ser_desktop.emotion.stream_normaliser import StreamNetSpec
from ser_desktop.errors import ModelFileError, SettingsError

# The kinds of networks that torch can run here: their specs and their classes.
NETWORKS: dict[str, tuple[Any, Any]] = {
    EMOTION_NET: (EmotionNetSpec, EmotionNet),
    STREAM_NET: (StreamNetSpec, StreamNet),
}


def torch_infer(
    model: Model, device: str
) -> Callable[[npt.NDArray[np.float32], npt.NDArray[np.float32]], npt.NDArray[np.float32]]:
    """Return a function from (window, frame, width) frames and flags to (window, label) logits.

    Raises:
        ModelFileError: The weights do not fit the manifest.
        SettingsError: This machine has no such device, or the program has no torch code for this kind of network.
    """
    _check_device(device)
    network = load_network(model).to(device).eval()

    @torch.no_grad()
    def infer(frames: npt.NDArray[np.float32], speech: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        logits: Any = network(torch.from_numpy(frames).to(device), torch.from_numpy(speech).to(device))
        return logits.cpu().numpy()

    return infer


def torch_stream(model: Model, device: str) -> StreamNetwork:
    """Return the streaming network of a model, on a device.

    Raises:
        ModelFileError: The weights do not fit the manifest.
        SettingsError: This machine has no such device.
    """
    _check_device(device)
    network = load_network(model)
    assert isinstance(network, StreamNet)
    return stream_functions(network.to(device).eval(), device)


def stream_functions(network: StreamNet, device: str) -> StreamNetwork:
    """Return the two functions of a streaming network that is on a device, in evaluation mode."""

    def to_device(array: npt.NDArray[np.float32]) -> torch.Tensor:
        return torch.from_numpy(array).to(device)

    @torch.no_grad()
    def steps(
        frames: npt.NDArray[np.float32], speech: npt.NDArray[np.float32], state: npt.NDArray[np.float32]
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        found, after = network.stream(to_device(frames)[None], to_device(speech)[None], to_device(state)[None])
        return found[0].cpu().numpy(), after[0].cpu().numpy()

    @torch.no_grad()
    def head(steps: npt.NDArray[np.float32], speech: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        outputs: Any = network.outputs(network.pool(to_device(steps), to_device(speech)))
        return outputs.cpu().numpy()

    return StreamNetwork(steps, head)


def _check_device(device: str) -> None:
    is_available = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    if not is_available[device]:
        raise SettingsError(
            "This installation finds no {device} device.", "Use --device cpu, or see the README.", device=device
        )


def load_network(model: Model) -> WindowNetwork:
    """Return the network with its weights.

    Raises:
        ModelFileError: The weights do not fit the manifest.
        SettingsError: The network is of a kind that this program has no torch code for.
    """
    try:
        shape = dict(model.info.manifest["network"])
        kind = shape.pop("kind", EMOTION_NET)
        if kind not in NETWORKS:
            raise SettingsError(
                "The network of {model} is of the kind “{kind}”, which this program runs on the processor only.",
                "Use --device cpu.",
                model=model.info.identity,
                kind=shortened(str(kind)),
            )
        spec_class, network_class = NETWORKS[kind]
        spec = spec_class(**{**shape, "widths": tuple(shape["widths"])})
        if (spec.labels, spec.mel_bands + spec.mfccs) != (len(model.info.labels), model.info.features.width):
            raise ValueError(f"{spec.labels} labels, {spec.mel_bands} bands and {spec.mfccs} MFCCs")
        network = network_class(spec)
        network.load_state_dict(load(model.read("weights")))
    except (KeyError, TypeError, ValueError, RuntimeError, SafetensorError) as error:
        raise ModelFileError(
            "The weights of {model} do not fit its manifest.", EXPORT_AGAIN, model=model.info.identity
        ) from error
    return network
