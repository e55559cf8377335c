"""Rewrites the network of the speech detector with matrix products instead of convolutions: 0.4 of the time.

The convolutions of the published network have four, two and one positions for each block of sound. ONNX Runtime is slow
at such short ones. A convolution over few positions is one product of the values at all taps with all weights, so the
function stays the same, up to the rounding of single numbers.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import onnx
from onnx import helper, numpy_helper

Array = npt.NDArray[np.float32]

BLOCK = 576  # samples of the input: a block and the end of the block before it
MIRRORED = 64  # samples that the network adds at the end of a block, mirrored
HOP = 128  # samples between two frames of the spectrum; a frame has two hops
FRAMES = 4  # of the spectrum, in a block
BINS = 129  # of the spectrum
OPSET = 16
IR_VERSION = 8


class _Graph:
    """Collects the nodes and constants of a graph; each method returns the name of the output of its node."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def node(self, kind: str, *inputs: str, outputs: tuple[str, ...] = (), **attributes: object) -> str:
        names = list(outputs) or [f"{kind.lower()}_{len(self.nodes)}"]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names[0]

    def constant(self, value: npt.ArrayLike) -> str:
        name = f"constant_{len(self.constants)}"
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def integers(self, *values: int) -> str:
        return self.constant(np.array(values, np.int64))

    def rows(self, x: str, start: int, end: int) -> str:
        """Return the positions from ``start`` to ``end`` of the second axis."""
        return self.node("Slice", x, self.integers(start), self.integers(end), self.integers(1))

    def reshaped(self, x: str, *shape: int) -> str:
        return self.node("Reshape", x, self.integers(*shape))

    def padded(self, x: str, before: int, after: int) -> str:
        """Return x with zeros before and after the second axis."""
        return self.node("Pad", x, self.integers(0, before, 0, 0, after, 0))

    def layer(self, x: str, weights: Array, bias: Array) -> str:
        """Return ReLU(x weights + bias), with (in, out) weights."""
        product = self.node("MatMul", x, self.constant(weights))
        return self.node("Relu", self.node("Add", product, self.constant(bias)))


def with_matrix_products(published: onnx.ModelProto) -> onnx.ModelProto:
    """Return a network with the inputs, the outputs and the function of the published one.

    Args:
        published: ``silero_vad_16k_sequence.onnx`` of Silero VAD 6.2.

    Raises:
        KeyError, StopIteration: It is a network of another structure.
    """
    weights = {each.name: numpy_helper.to_array(each) for each in published.graph.initializer}
    recurrent = next(each for each in published.graph.node if each.op_type == "LSTM")
    graph = _Graph()
    x = _magnitudes(graph, weights["stft.forward_basis_buffer"][:, 0])
    x = _encoded(graph, x, weights)
    for name in recurrent.input[1:4]:
        graph.constants[name] = numpy_helper.from_array(weights[name], name)
    sequence = graph.node("Unsqueeze", x, graph.integers(1))
    hidden = graph.node(
        "LSTM", sequence, *recurrent.input[1:4], "", "h", "c", outputs=("hidden", "hn", "cn"), hidden_size=128
    )
    spoken = graph.node("Relu", graph.reshaped(hidden, -1, 128))
    output = graph.constant(weights["output.weight"][:, :, 0].T)
    logit = graph.node("Gemm", spoken, output, graph.constant(weights["output.bias"]))
    graph.node("Reshape", graph.node("Sigmoid", logit), graph.integers(-1), outputs=("speech_probs",))
    made = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "speech_detector",
            list(published.graph.input),
            list(published.graph.output),
            list(graph.constants.values()),
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
        producer_name="",
    )
    onnx.checker.check_model(made)
    return made


def _magnitudes(graph: _Graph, basis: Array) -> str:
    """Return the name of the (block, FRAMES, BINS) magnitudes of the spectrum of the input."""
    order = [*range(BLOCK), *range(BLOCK - 2, BLOCK - 2 - MIRRORED, -1)]
    samples = graph.node("Gather", "input", graph.integers(*order), axis=1)
    hops = graph.reshaped(samples, -1, FRAMES + 1, HOP)
    frames = graph.node("Concat", graph.rows(hops, 0, FRAMES), graph.rows(hops, 1, FRAMES + 1), axis=2)
    spectrum = graph.node("MatMul", frames, graph.constant(basis.T))
    real = graph.node("Split", spectrum, graph.integers(BINS, BINS), outputs=("real", "imaginary"), axis=2)
    squares = [graph.node("Mul", each, each) for each in (real, "imaginary")]
    return graph.node("Sqrt", graph.node("Add", *squares))


def _encoded(graph: _Graph, x: str, weights: dict[str, Array]) -> str:
    """Return the name of the (block, 128) input of the recurrent layer."""
    x = graph.padded(x, 1, 1)
    taps = [graph.rows(x, tap, tap + FRAMES) for tap in range(3)]
    x = graph.layer(graph.node("Concat", *taps, axis=2), *_layer(weights, 0, (0, 1, 2)))  # (block, 4, 128)
    x = graph.padded(x, 1, 0)
    pairs = [graph.reshaped(graph.rows(x, start, start + 3), -1, 1, 3 * 128) for start in (0, 2)]
    x = graph.layer(graph.node("Concat", *pairs, axis=1), *_layer(weights, 1, (0, 1, 2)))  # (block, 2, 64)
    x = graph.layer(graph.reshaped(x, -1, 2 * 64), *_layer(weights, 2, (1, 2)))  # the first tap sees zeros alone
    return graph.layer(x, *_layer(weights, 3, (1,)))  # the other taps see zeros alone


def _layer(weights: dict[str, Array], index: int, taps: tuple[int, ...]) -> tuple[Array, Array]:
    """Return the (tap * in, out) weights and the bias of a convolution of the encoder."""
    kernel = weights[f"encoder.{index}.weight"]
    return np.concatenate([kernel[:, :, tap].T for tap in taps]), weights[f"encoder.{index}.bias"]
