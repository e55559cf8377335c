from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import onnx
import pytest
import soundfile
from broken_models import replace_network

SPOKEN_S = 6


@pytest.fixture
def copied(manifest: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The manifest of a copy of the small model, which a test may break."""
    return Path(shutil.copytree(manifest.parent, tmp_path_factory.mktemp("copy") / "model")) / manifest.name


@pytest.fixture
def wordless(copied: Path) -> Path:
    """The manifest of a model that answers with something other than numbers."""
    network = onnx.load(copied.with_suffix(".onnx"))
    for tensor in network.graph.initializer:
        if tensor.data_type == onnx.TensorProto.FLOAT:
            values = np.full(list(tensor.dims), np.nan, np.float32)
            tensor.CopyFrom(onnx.numpy_helper.from_array(values, tensor.name))
    return replace_network(copied, network.SerializeToString())


@pytest.fixture(scope="session")
def spoken(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A WAV with the first 6 s of the demo: silence, then speech."""
    path = tmp_path_factory.mktemp("spoken") / "spoken.wav"
    sound, rate = soundfile.read(demo, dtype="int16")
    soundfile.write(path, sound[: SPOKEN_S * rate], rate)
    return path
