"""A small model with fixed weights, and speech, for all tests that need either."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pytest
import soundfile
import soxr
import torch
from filelock import FileLock
from sounds import FloatArray

from ser_desktop import paths
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.model_file import Model, open_model
from ser_desktop.emotion.network import EmotionNet
from ser_desktop.emotion.stream_network import STREAM_NET, StreamNet
from ser_desktop.emotion.stream_normaliser import StreamNetSpec
from ser_desktop.emotion.voice_adaptation import AdaptationSpec
from training.evaluate.calibration import Calibration
from training.fit.config import Config, TrainingSpec
from training.model.model_folder import write_model

SPEECH_RATE = 44_100


def made_once(factory: pytest.TempPathFactory, name: str, write: Callable[[Path], Model]) -> Model:
    """Return a copy of a model that one of the worker processes of this run writes: exporting it takes 8 s.

    Args:
        factory: Makes temporary folders.
        name: Name of the model.
        write: Writes it as the manifest of this path.
    """
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / f"model_{name}"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            unfinished = folder.with_suffix(".part")
            write(unfinished / f"{name}.json")
            unfinished.rename(folder)
    return open_model(shutil.copytree(folder, factory.mktemp(name) / "model") / f"{name}.json")


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Model:
    """A real exported model with few channels; its scores are meaningless but depend on the input."""
    return made_once(tmp_path_factory, "tiny", _write_tiny_model)


def _write_tiny_model(manifest: Path) -> Model:
    torch.manual_seed(2)  # with these weights the label changes within the speech
    config = Config()
    network = EmotionNet(dataclasses.replace(config.network, stem=2, widths=(4, 6, 8, 8)))
    network.emotion.weight.data *= 30.0
    return write_model(manifest, network, config, Calibration(1.5, 0.3), told={})


@pytest.fixture(scope="session")
def tiny_classifier(tiny_model: Model) -> EmotionClassifier:
    """The small model, loaded."""
    return EmotionClassifier(tiny_model)


def with_adaptation(model: Model, folder: Path) -> Model:
    """Return a copy of a model with an adaptation to voices that changes its answers much."""
    info = model.info
    size, outputs = len(info.labels) + 2 * info.features.mfccs, len(info.labels) + 2
    random = np.random.default_rng(5)
    spec = AdaptationSpec(
        average=(0.0,) * size,
        deviation=(5.0,) * size,
        weights=tuple(map(tuple, random.normal(0.0, 0.5, (outputs, size)).tolist())),
        offsets=tuple(random.normal(0.0, 0.1, outputs).tolist()),
    )
    manifest = shutil.copytree(model.folder, folder / "model") / f"{info.name}.json"
    manifest.write_text(json.dumps({**info.manifest, "adaptation": msgspec.to_builtins(spec)}), encoding="utf-8")
    return open_model(manifest)


@pytest.fixture(scope="session")
def adaptive_model(tiny_model: Model, tmp_path_factory: pytest.TempPathFactory) -> Model:
    """The small model with an adaptation to voices."""
    return with_adaptation(tiny_model, tmp_path_factory.mktemp("adaptive"))


@pytest.fixture(scope="session")
def adaptive_classifier(adaptive_model: Model) -> EmotionClassifier:
    """The small model that adapts its answers, loaded."""
    return EmotionClassifier(adaptive_model)


@pytest.fixture(scope="session")
def tiny_stream_model(tmp_path_factory: pytest.TempPathFactory) -> Model:
    """A real exported model that computes each frame once and has outputs of its own for arousal and valence."""
    return made_once(tmp_path_factory, "stream", _write_tiny_stream_model)


def _write_tiny_stream_model(manifest: Path) -> Model:
    torch.manual_seed(3)
    spec = StreamNetSpec(stem=2, widths=(4, 6, 8, 8), affect=True)
    config = Config(training=TrainingSpec(network=STREAM_NET), network=spec)
    network = StreamNet(config.network)
    network.emotion.weight.data *= 30.0
    return write_model(manifest, network, config, Calibration(1.5, 0.3), told={})


@pytest.fixture(scope="session")
def stream_classifier(tiny_stream_model: Model, tmp_path_factory: pytest.TempPathFactory) -> EmotionClassifier:
    """The small model that computes each frame once, with an adaptation to voices, loaded."""
    return EmotionClassifier(with_adaptation(tiny_stream_model, tmp_path_factory.mktemp("adaptive_stream")))


@pytest.fixture(scope="session")
def speech() -> FloatArray:
    """7 s of the demo at 44.1 kHz: from a pause of 0.4 s on, two sentences with a pause between them."""
    sound, rate = soundfile.read(paths.demo_recording(), frames=7 * 22_050, dtype="float32")
    resampled: FloatArray = soxr.resample(sound, rate, SPEECH_RATE)
    resampled.flags.writeable = False
    return resampled


@pytest.fixture(scope="session")
def speech_16k() -> FloatArray:
    """The first 4 s of the demo at the models' rate."""
    sound, rate = soundfile.read(paths.demo_recording(), frames=4 * 22_050, dtype="float32")
    return np.ascontiguousarray(soxr.resample(sound, rate, 16_000))
