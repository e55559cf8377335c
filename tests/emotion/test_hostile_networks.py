"""Malicious networks: valid ONNX files whose hashes are those of their manifest."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
from broken_models import replace_network
from onnx import NodeProto, TensorProto, helper

from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.model_file import Model, ModelInfo, open_model
from ser_desktop.errors import ModelFileError

HUGE = 1 << 31  # numbers: 8 GB
OPSET_17 = {"opset_imports": [helper.make_opsetid("", 17)], "ir_version": 8}
LINUX_ONLY = pytest.mark.skipif(sys.platform != "linux", reason="only Linux can bound the memory of a process")


@pytest.fixture
def manifest(tiny_model: Model, tmp_path: Path) -> Path:
    """A copy of the small model, which a test may damage."""
    return Path(shutil.copytree(tiny_model.folder, tmp_path / "copy")) / "tiny.json"


def network(info: ModelInfo, nodes: list[NodeProto], values: list[TensorProto] = []) -> bytes:  # noqa: B006
    """Return a network with the inputs and outputs of the manifest; its last node computes ``logits``."""
    frames = helper.make_tensor_value_info("frames", TensorProto.FLOAT, ["window", "frame", info.features.width])
    speech = helper.make_tensor_value_info("speech", TensorProto.FLOAT, ["window", "frame"])
    logits = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["window", len(info.labels)])
    graph = helper.make_graph(nodes, "hostile", [frames, speech], [logits], initializer=values)
    content: bytes = helper.make_model(graph, **OPSET_17).SerializeToString()
    return content


def mean_of_speech() -> NodeProto:
    return helper.make_node("ReduceMean", ["speech"], ["mean"], axes=[1], keepdims=1)


def refusal(manifest: Path, content: bytes) -> str:
    replace_network(manifest, content)
    with pytest.raises(ModelFileError) as caught:
        EmotionClassifier(open_model(manifest))
    message = str(caught.value)
    assert message.isprintable()
    return message


def test_the_frame_of_these_tests_is_a_good_network(manifest: Path, tiny_model: Model) -> None:
    count = len(tiny_model.info.labels)
    good = network(
        tiny_model.info, [mean_of_speech(), helper.make_node("Concat", ["mean"] * count, ["logits"], axis=1)]
    )
    EmotionClassifier(open_model(replace_network(manifest, good)))


@pytest.mark.parametrize("place", ["secret.bin", "../secret.bin", "/etc/passwd", "{folder}/secret.bin"])
def test_a_network_reads_no_other_file(manifest: Path, tiny_model: Model, monkeypatch, capfd, place: str) -> None:
    monkeypatch.chdir(manifest.parent)
    count = len(tiny_model.info.labels)
    for folder in (manifest.parent, manifest.parent.parent):
        (folder / "secret.bin").write_bytes(np.arange(count, dtype=np.float32).tobytes())
    outside = TensorProto(name="outside", data_type=TensorProto.FLOAT, dims=[1, count])
    outside.data_location = TensorProto.EXTERNAL
    where = {"location": place.format(folder=manifest.parent), "offset": "0", "length": str(4 * count)}
    for key, value in where.items():
        outside.external_data.add(key=key, value=value)
    nodes = [mean_of_speech(), helper.make_node("Mul", ["mean", "outside"], ["logits"])]
    assert "in another file" in refusal(manifest, network(tiny_model.info, nodes, [outside]))
    assert capfd.readouterr() == ("", "")


def test_a_network_that_need_not_end_is_refused_unrun(manifest: Path, tiny_model: Model) -> None:
    turns = helper.make_tensor("turns", TensorProto.INT64, [], [(1 << 63) - 1])
    go_on = helper.make_tensor("go_on", TensorProto.BOOL, [], [1])
    ends = [("turn", TensorProto.INT64, []), ("before", TensorProto.BOOL, []), ("mean_in", TensorProto.FLOAT, None)]
    results = [("after", TensorProto.BOOL, []), ("mean_out", TensorProto.FLOAT, None)]
    body = helper.make_graph(
        [helper.make_node("Identity", ["before"], ["after"]), helper.make_node("Neg", ["mean_in"], ["mean_out"])],
        "body",
        [helper.make_tensor_value_info(*end) for end in ends],
        [helper.make_tensor_value_info(*end) for end in results],
    )
    nodes = [
        mean_of_speech(),
        helper.make_node("Loop", ["turns", "go_on", "mean"], ["last"], body=body),
        helper.make_node("Concat", ["last"] * len(tiny_model.info.labels), ["logits"], axis=1),
    ]
    assert "loops" in refusal(manifest, network(tiny_model.info, nodes, [turns, go_on]))


@LINUX_ONLY
def test_a_network_that_takes_gigabytes_is_refused_when_it_is_loaded(manifest: Path, tiny_model: Model, capfd) -> None:
    size = helper.make_tensor("size", TensorProto.INT64, [1], [HUGE])
    axes = helper.make_tensor("axes", TensorProto.INT64, [1], [0])
    nodes = [
        helper.make_node("ConstantOfShape", ["size"], ["gigabytes"]),
        helper.make_node("ReduceSum", ["gigabytes", "axes"], ["sum"], keepdims=1),
        mean_of_speech(),
        helper.make_node("Add", ["mean", "sum"], ["both"]),
        helper.make_node("Concat", ["both"] * len(tiny_model.info.labels), ["logits"], axis=1),
    ]
    assert "frames" in refusal(manifest, network(tiny_model.info, nodes, [size, axes]))
    assert capfd.readouterr() == ("", "")


def test_a_network_that_answers_in_another_size_is_refused_when_it_is_loaded(manifest: Path, tiny_model: Model) -> None:
    shape = helper.make_tensor("shape", TensorProto.INT64, [2], [-1, len(tiny_model.info.labels)])
    # Four results for one window; ONNX cannot detect this, because the graph does not fix the window length.
    nodes = [
        mean_of_speech(),
        helper.make_node("Concat", ["mean"] * (4 * len(tiny_model.info.labels)), ["many"], axis=1),
        helper.make_node("Reshape", ["many", "shape"], ["logits"]),
    ]
    assert "another size" in refusal(manifest, network(tiny_model.info, nodes, [shape]))
