"""Writes a module as ONNX: its graph is exported once for each shape, and the weights are then inserted.

``torch.onnx.export`` takes 6 to 9 s for a network of any size, because it compiles the code. The graph depends only on
the shape, so the networks of all folds share one. Inserting weights takes 0.3 s, most of it for the optimisation that
``torch.onnx.export`` does as well: it folds normalisations into the convolutions before them.
"""

from __future__ import annotations

import functools
import logging
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import onnx
import onnxscript.optimizer
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from ser_desktop.emotion.network import NetworkSpec, WindowNetwork
from training.model.graph_speed import faster
from training.networks import build_network

MAX_GRAPHS = 8  # cached graphs, up to 2 MB each


@dataclass(frozen=True)
class Part:
    """A part of a network that becomes one ONNX file. Create each part once, because it is the key of cached graphs.

    Attributes:
        module: Returns the part of a network as a module that maps the inputs to the outputs.
        inputs: Returns one example of each input, by name, for the shape of a network.
        outputs: The names of the outputs.
        free: The axes of each input that may have any size, in the order of the inputs: ``dynamic_shapes`` of
            ``torch.export``.
    """

    module: Callable[[Any], nn.Module]
    inputs: Callable[[Any], Mapping[str, Tensor]]
    outputs: tuple[str, ...]
    free: tuple[Any, ...]

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


def write_part(part: Part, network: WindowNetwork, path: Path) -> None:
    """Write a part of a network with its weights into one file.

    Args:
        part: Which part.
        network: The network.
        path: The ``.onnx`` file.
    """
    model = onnx.ModelProto.FromString(_graph(part, network.spec))
    weights = part.module(network).state_dict()
    for tensor in model.graph.initializer:
        if tensor.name in weights:
            tensor.CopyFrom(numpy_helper.from_array(weights[tensor.name].numpy(force=True), tensor.name))
    path.write_bytes(faster(onnxscript.optimizer.optimize(model)).SerializeToString())


@functools.lru_cache(MAX_GRAPHS)
def _graph(part: Part, spec: NetworkSpec) -> bytes:
    """Return the ONNX graph of all networks of one shape, with random weights under their names in the module."""
    with torch.random.fork_rng(devices=()):
        network = build_network(spec).eval()
    inputs = part.inputs(network)
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about operators of torchvision, which no network uses
        program = torch.onnx.export(
            part.module(network),
            tuple(inputs.values()),
            input_names=list(inputs),
            output_names=list(part.outputs),
            dynamic_shapes=part.free,
            dynamo=True,
            optimize=False,  # optimisation would merge weights
            verbose=False,
        )
    assert program is not None  # the exporter before torch 2.5 returned None
    return program.model_proto.SerializeToString()
