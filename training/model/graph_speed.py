"""Rewrites an exported network so that ONNX Runtime computes the same function in two thirds of the time.

ONNX Runtime is fast while all operators of a chain keep its own layout, blocks of 16 channels. Three things in the
graphs of :class:`~ser_desktop.emotion.network.EmotionNet` make it leave this layout, and are written differently:

- Average pooling whose last cell is incomplete: with padding that does not count, instead of rounding up.
- The mean over the window in a squeeze-excitation: as global average pooling, with 1 × 1 convolutions after it.
- The stem, three convolutions with 8 channels each: as two convolutions with 16 channels, one of them with 8 channels
  of zeros. The normalisation after it becomes a part of its weights.

The difference to torch is measured at export (``onnx_file.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import helper, numpy_helper

Array = npt.NDArray[np.float32]

STEM = ("tall.weight", "wide.weight", "square.weight")  # their outputs are joined in this order
MERGED = ("tall_square", "wide_zeros")  # the two convolutions instead of the three


def faster(model: onnx.ModelProto) -> onnx.ModelProto:
    """Return a network with the same inputs, outputs and function; a graph without these patterns stays as it is."""
    graph = _Graph(model)
    for node in list(graph.nodes):
        if node.op_type == "AveragePool":
            _pad_instead_of_rounding_up(graph, node)
        elif node.op_type == "ReduceMean":
            _pool_globally(graph, node)
        elif node.op_type == "Concat" and graph.convolutions_before(node) == STEM:
            _merge_stem(graph, node)
    return graph.model()


class _Graph:
    """The nodes and weights of a model, with the changes that were made to them."""

    def __init__(self, model: onnx.ModelProto) -> None:
        self._model = model
        self.nodes = list(model.graph.node)
        self.weights = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}

    def made_by(self, name: str) -> onnx.NodeProto | None:
        """Return the node with this output."""
        return next((node for node in self.nodes if name in node.output), None)

    def users(self, name: str) -> list[onnx.NodeProto]:
        """Return the nodes with this input."""
        return [node for node in self.nodes if name in node.input]

    def chain(self, node: onnx.NodeProto, kinds: Sequence[str]) -> list[onnx.NodeProto] | None:
        """Return the nodes after a node if they have these kinds, each the only user of the one before."""
        found: list[onnx.NodeProto] = []
        for kind in kinds:
            users = self.users((found[-1] if found else node).output[0])
            if len(users) != 1 or users[0].op_type != kind:
                return None
            found.append(users[0])
        return found

    def convolutions_before(self, node: onnx.NodeProto) -> tuple[str, ...]:
        """Return the names of the weights of the convolutions whose outputs are the inputs of a node."""
        makers = [self.made_by(name) for name in node.input]
        return tuple(maker.input[1] for maker in makers if maker is not None and maker.op_type == "Conv")

    def replace(self, old: Sequence[onnx.NodeProto], new: Sequence[onnx.NodeProto]) -> None:
        """Put new nodes in the place of the first of the old ones."""
        place = next(index for index, node in enumerate(self.nodes) if node is old[0])
        kept = [node for node in self.nodes[:place] if not _is_in(node, old)]
        self.nodes = [*kept, *new, *(node for node in self.nodes[place:] if not _is_in(node, old))]

    def model(self) -> onnx.ModelProto:
        """Return the changed model, without weights that no node has as an input."""
        used = {name for node in self.nodes for name in node.input}
        found = onnx.ModelProto()
        found.CopyFrom(self._model)
        del found.graph.node[:], found.graph.initializer[:], found.graph.value_info[:]
        found.graph.node.extend(self.nodes)
        found.graph.initializer.extend(
            numpy_helper.from_array(value, name) for name, value in self.weights.items() if name in used
        )
        return found


def _pad_instead_of_rounding_up(graph: _Graph, node: onnx.NodeProto) -> None:
    attributes = _attributes(node)
    kernel = attributes["kernel_shape"]
    if not attributes.get("ceil_mode") or len(kernel) != 2 or kernel != attributes["strides"]:
        return
    pads = [0, 0, *(size - 1 for size in kernel)]
    new = helper.make_node(
        "AveragePool", node.input, node.output, kernel_shape=kernel, strides=kernel, pads=pads, count_include_pad=0
    )
    graph.replace([node], [new])


def _pool_globally(graph: _Graph, mean: onnx.NodeProto) -> None:
    chain = graph.chain(mean, ("Gemm", "Relu", "Gemm", "Sigmoid", "Unsqueeze", "Mul"))
    if not chain:
        return
    squeeze, _, excite, _, weights, _ = chain
    new, x = [helper.make_node("GlobalAveragePool", [mean.input[0]], [f"{mean.output[0]}_pooled"])], ""
    for layer, activation in ((squeeze, "Relu"), (excite, "Sigmoid")):
        kernel = f"{layer.input[1]}_kernel"
        graph.weights[kernel] = graph.weights[layer.input[1]][:, :, None, None]
        x = weights.output[0] if activation == "Sigmoid" else f"{layer.output[0]}_active"
        convolution = helper.make_node(
            "Conv", [new[-1].output[0], kernel, layer.input[2]], [f"{layer.output[0]}_sum"], kernel_shape=[1, 1]
        )
        new += [convolution, helper.make_node(activation, convolution.output, [x])]
    graph.replace([mean, *chain[:-1]], new)


def _merge_stem(graph: _Graph, joined: onnx.NodeProto) -> None:
    chain = graph.chain(joined, ("BatchNormalization", "Relu"))
    users = graph.users(chain[1].output[0]) if chain else []
    if not chain or {user.op_type for user in users} != {"Conv", "AveragePool"}:
        return
    convolutions = [node for name in joined.input if (node := graph.made_by(name))]
    for name, (kernel, bias) in _stem_weights(graph, chain[0]).items():
        graph.weights[f"{name}.weight"], graph.weights[f"{name}.bias"] = kernel, bias
    new = [
        node
        for name in MERGED
        for node in (
            helper.make_node(
                "Conv",
                [convolutions[0].input[0], f"{name}.weight", f"{name}.bias"],
                [f"{name}_sum"],
                kernel_shape=list(graph.weights[f"{name}.weight"].shape[2:]),
                strides=_attributes(convolutions[0])["strides"],
                pads=2 * [size // 2 for size in graph.weights[f"{name}.weight"].shape[2:]],
            ),
            helper.make_node("Relu", [f"{name}_sum"], [f"{name}_active"]),
        )
    ]
    new.append(helper.make_node("Concat", [f"{name}_active" for name in MERGED], chain[1].output, axis=1))
    for user in users:
        for reader in graph.users(user.output[0]) if user.op_type == "AveragePool" else [user]:
            graph.weights[reader.input[1]] = _reordered(graph.weights[reader.input[1]])
    graph.replace([joined, *convolutions, *chain], new)


def _stem_weights(graph: _Graph, norm: onnx.NodeProto) -> dict[str, tuple[Array, Array]]:
    """Return kernel and bias of the two convolutions of a stem, with the normalisation after it."""
    gain, bias, mean, variance = (graph.weights[name] for name in norm.input[1:5])
    gain = gain / np.sqrt(variance + _attributes(norm).get("epsilon", 1e-5))
    biases = np.split(bias - mean * gain, len(STEM))
    gains = np.split(gain[:, None, None, None], len(STEM))
    tall, wide, square = (graph.weights[name] * each for name, each in zip(STEM, gains, strict=True))
    height, width = max(tall.shape[2], square.shape[2]), max(tall.shape[3], square.shape[3])
    both = np.concatenate([_centred(each, height, width) for each in (tall, square)])
    return {
        MERGED[0]: (both, np.concatenate((biases[0], biases[2])).astype(np.float32)),
        MERGED[1]: (
            np.concatenate((wide, np.zeros_like(wide))),
            np.concatenate((biases[1], np.zeros_like(biases[1]))).astype(np.float32),
        ),
    }


def _centred(kernel: Array, height: int, width: int) -> Array:
    """Return a kernel with zeros around it."""
    rows, columns = (height - kernel.shape[2]) // 2, (width - kernel.shape[3]) // 2
    return np.pad(kernel, ((0, 0), (0, 0), (rows, rows), (columns, columns)))


def _reordered(kernel: Array) -> Array:
    """Return the weights of a layer after the stem for its inputs in the new order, with zeros for the zeros."""
    tall, wide, square = np.split(kernel, len(STEM), axis=1)
    return np.concatenate((tall, square, wide, np.zeros_like(wide)), axis=1)


def _attributes(node: onnx.NodeProto) -> dict[str, Any]:
    return {each.name: helper.get_attribute_value(each) for each in node.attribute}


def _is_in(node: onnx.NodeProto, nodes: Sequence[onnx.NodeProto | None]) -> bool:
    return any(node is each for each in nodes)
