"""Writes a model as the program reads it: weights, ONNX, and the manifest with their hashes."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from safetensors.torch import save_file

from ser_desktop.emotion.model_file import FORMAT, Model, open_model
from ser_desktop.emotion.network import EMOTION_NET, WindowNetwork
from training.evaluate.calibration import Calibration
from training.fit.config import Config
from training.model.onnx_file import write_onnx
from training.networks import network_record


def write_model(
    manifest: Path, network: WindowNetwork, config: Config, calibration: Calibration, *, told: Mapping[str, object]
) -> Model:
    """Write ``<name>.safetensors``, ``<name>.onnx`` and the manifest ``<name>.json``; return the model.

    Args:
        manifest: Where the manifest goes; the name of the file is that of the model.
        network: The network with its weights.
        config: The configuration that it was trained with.
        calibration: Temperature and threshold, fitted on speakers that no network was trained on.
        told: Further entries of the manifest: corpora, folds, figures.

    Raises:
        ExportError: The logits of the ONNX file differ from those of the network.
    """
    manifest.parent.mkdir(parents=True, exist_ok=True)
    weights, onnx = manifest.with_suffix(".safetensors"), manifest.with_suffix(".onnx")
    save_file({name: value.contiguous() for name, value in network.state_dict().items()}, weights)
    write_onnx(network, onnx)
    described = {
        "format": FORMAT,
        "name": manifest.stem,
        "labels": list(config.training.labels),
        "features": asdict(config.features),
        "gate": asdict(config.gate),
        "network": _described(network),
        "shortest_s": config.windows.shortest_s,
        "window_s": config.windows.longest_s,
        "temperature": round(calibration.temperature, 4),
        "abstain_below": round(calibration.abstain_threshold, 4),
        "files": {"onnx": _vouched(onnx), "weights": _vouched(weights)},
        **told,
    }
    manifest.write_text(json.dumps(described, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return open_model(manifest)


def code_commit() -> str:
    """Return the short hash of the commit of this code, or an empty text outside a checkout."""
    found = subprocess.run(
        ["git", "rev-parse", "--short=10", "HEAD"],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout.strip()


def _described(network: WindowNetwork) -> dict[str, object]:
    """Return the shape of a network; the kind is left out where it is the one that manifests without a kind mean."""
    record = network_record(network.spec)
    return {key: value for key, value in record.items() if (key, value) != ("kind", EMOTION_NET)}


def _vouched(path: Path) -> dict[str, str]:
    return {"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
