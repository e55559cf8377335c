"""Writes a model as the program reads it: weights, ONNX and the manifest that vouches for them."""

from __future__ import annotations

import hashlib
import json
import subprocess
from dataclasses import asdict
from pathlib import Path
from typing import Any

from safetensors.torch import save_file

from ser_desktop.emotion.model_file import FORMAT, Model, open_model
from ser_desktop.emotion.network import EmotionNet
from training.evaluate.calibration import Calibration
from training.fit.config import Config
from training.model.onnx_file import write_onnx


def write_model(
    manifest: Path, network: EmotionNet, config: Config, calibration: Calibration, *, told: dict[str, Any]
) -> Model:
    """Write ``<name>.safetensors``, ``<name>.onnx`` and the manifest ``<name>.json``; return the model.

    Args:
        manifest: Where the manifest goes; the name of the file is that of the model.
        network: With its weights.
        config: How it was made.
        calibration: Fitted on speakers that the networks of the folds had never heard.
        told: What else the manifest holds: corpora, folds, figures.

    Raises:
        ExportError: The ONNX file answers otherwise than the network.
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
        "network": network.spec.as_dict(),
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
    """Return the commit of the code that trains, or nothing outside a checkout."""
    found = subprocess.run(
        ["git", "rev-parse", "--short=10", "HEAD"],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout.strip()


def _vouched(path: Path) -> dict[str, str]:
    return {"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
