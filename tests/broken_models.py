"""Makes models with an unsuitable network."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from onnx import TensorProto, helper


def replace_network(manifest: Path, content: bytes) -> Path:
    """Write another network with a manifest that has its checksum; return the manifest."""
    described: dict[str, Any] = json.loads(manifest.read_text())
    entry = described["files"]["onnx"]
    manifest.with_name(entry["name"]).write_bytes(content)
    entry["sha256"] = hashlib.sha256(content).hexdigest()
    manifest.write_text(json.dumps(described))
    return manifest


def foreign_network() -> bytes:
    """Return an ONNX network that is no emotion classifier."""
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1]) for name in ("x", "y")]
    graph = helper.make_graph([helper.make_node("Abs", ["x"], ["y"])], "foreign", ends[:1], ends[1:])
    version_8 = {"opset_imports": [helper.make_opsetid("", 17)], "ir_version": 8}  # every ONNX Runtime in use reads it
    content: bytes = helper.make_model(graph, **version_8).SerializeToString()
    return content
