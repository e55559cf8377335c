"""The exported graph is written for speed; the function stays the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import onnxscript.optimizer
import pytest
import torch

from ser_desktop.emotion.network import EmotionNet, EmotionNetSpec
from ser_desktop.emotion.onnx_session import open_session
from training.model.graph_speed import faster
from training.model.onnx_file import WINDOW
from training.model.onnx_graph import _graph


@pytest.fixture(scope="module")
def exported() -> onnx.ModelProto:
    """A network as torch exports it, with statistics of its normalisations that are not 0 and 1."""
    spec = EmotionNetSpec(stem=8, widths=(8, 8, 16, 16))
    model = onnx.ModelProto.FromString(_graph(WINDOW, spec))
    torch.manual_seed(0)
    network = EmotionNet(spec).eval()
    for name, value in network.state_dict().items():
        if name.endswith(("running_mean", "running_var", "weight", "bias")):
            value.copy_(torch.rand_like(value) + 0.1)
    weights = network.state_dict()
    for tensor in model.graph.initializer:
        if tensor.name in weights:
            tensor.CopyFrom(onnx.numpy_helper.from_array(weights[tensor.name].numpy(), tensor.name))
    return onnxscript.optimizer.optimize(model)


def kinds(model: onnx.ModelProto) -> list[str]:
    return [node.op_type for node in model.graph.node]


def test_all_patterns_are_found(exported: onnx.ModelProto) -> None:
    before, after = kinds(exported), kinds(faster(exported))
    assert (before.count("GlobalAveragePool"), after.count("GlobalAveragePool")) == (0, 4)
    assert "ReduceMean" not in after
    rounded_up = [
        node
        for node in faster(exported).graph.node
        if node.op_type == "AveragePool"
        and len(onnx.helper.get_node_attr_value(node, "kernel_shape")) == 2
        and any(each.name == "ceil_mode" and each.i for each in node.attribute)
    ]
    assert not rounded_up
    names = {each.name for each in faster(exported).graph.initializer}
    assert {"tall_square.weight", "wide_zeros.weight"} <= names
    assert not names & {"tall.weight", "wide.weight", "square.weight"}


@pytest.mark.parametrize("frames", [8, 59, 60, 61, 62, 63, 100, 184, 185])
def test_the_function_is_the_same(exported: onnx.ModelProto, frames: int) -> None:
    random = np.random.default_rng(frames)
    inputs = {
        "frames": random.normal(-40.0, 15.0, (3, frames, 148)).astype(np.float32),
        "speech": (random.random((3, frames)) < 0.7).astype(np.float32),
    }
    sessions = [open_session(each.SerializeToString()) for each in (exported, faster(exported))]
    before, after = (session.run(["logits"], inputs)[0] for session in sessions)
    assert after == pytest.approx(before, rel=1e-4, abs=1e-4)


def test_another_graph_stays_as_it_is(tmp_path: Path) -> None:
    made = onnx.helper.make_model(
        onnx.helper.make_graph(
            [onnx.helper.make_node("Relu", ["x"], ["y"])],
            "other",
            [onnx.helper.make_tensor_value_info("x", onnx.TensorProto.FLOAT, [1])],
            [onnx.helper.make_tensor_value_info("y", onnx.TensorProto.FLOAT, [1])],
        )
    )
    assert faster(made).SerializeToString() == made.SerializeToString()
