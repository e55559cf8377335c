"""Writes a model as the program reads it: weights, ONNX, and the manifest with their hashes."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import msgspec
from safetensors.torch import save_file

from ser_desktop.atomic_file import atomic_file
from ser_desktop.emotion.model_file import FORMAT, Model, StreamSpec, open_model
from ser_desktop.emotion.network import EMOTION_NET, WindowNetwork
from ser_desktop.emotion.stream_network import STEP_WIDTH, StreamNet
from ser_desktop.errors import SettingsError
from training.evaluate.calibration import Calibration
from training.fit.config import Config
from training.model.onnx_file import largest_difference, write_onnx
from training.model.stream_onnx import largest_stream_difference, write_stream_onnx
from training.networks import network_record

FINE_TUNED = "fine_tuned"  # the key of a manifest that “finetune” wrote


def refuse_fine_tuned(model: Model) -> None:
    """Check that a model was not fine-tuned, because such a model has its own card and fitted thresholds.

    Raises:
        SettingsError: The model was fine-tuned.
    """
    if FINE_TUNED in model.info.manifest:
        raise SettingsError(
            f"{model.info.identity} was fine-tuned on somebody's own recordings, which fitted its thresholds. "
            "Calibrate and adapt the model before, and fine-tune it again."
        )


def write_model(
    manifest: Path, network: WindowNetwork, config: Config, calibration: Calibration, *, told: Mapping[str, object]
) -> Model:
    """Write ``<name>.safetensors``, the network as ONNX and the manifest ``<name>.json``; return the model.

    A network that classifies windows is ``<name>.onnx``; a streaming network is ``<name>-stream.onnx`` and
    ``<name>-head.onnx``.

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
    weights = manifest.with_suffix(".safetensors")
    save_file({name: value.contiguous() for name, value in network.state_dict().items()}, weights)
    networks = _write_networks(network, manifest)
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
        "files": {kind: _file_entry(path) for kind, path in {**networks, "weights": weights}.items()},
        **_stream_sizes(network),
        **told,
    }
    write_manifest(manifest, described)
    return open_model(manifest)


def write_manifest(manifest: Path, content: Mapping[str, object]) -> None:
    """Write all entries of a manifest in place of those before."""
    with atomic_file(manifest) as file:
        file.write(json.dumps(content, indent=2, ensure_ascii=False).encode() + b"\n")


def write_networks_again(model: Model, network: WindowNetwork) -> Model:
    """Write the ONNX files of a model again, as the exporter writes them now; its name changes with them.

    Args:
        model: The model.
        network: Its network, with the weights of the model.

    Raises:
        ExportError: The logits of an ONNX file differ from those of the network.
    """
    manifest = model.folder / f"{model.info.name}.json"
    content = json.loads(manifest.read_text(encoding="utf-8"))
    content["files"] |= {kind: _file_entry(path) for kind, path in _write_networks(network, manifest).items()}
    write_manifest(manifest, content)
    return open_model(manifest)


def network_difference(network: WindowNetwork, manifest: Path) -> float:
    """Return the largest difference of a logit between a network and its ONNX files, on unusual input."""
    if isinstance(network, StreamNet):
        stream, head = _stream_paths(manifest)
        return largest_stream_difference(network, stream, head)
    return largest_difference(network, manifest.with_suffix(".onnx"))


def _write_networks(network: WindowNetwork, manifest: Path) -> dict[str, Path]:
    """Write the ONNX files of a network and return them by their kind."""
    if not isinstance(network, StreamNet):
        onnx = manifest.with_suffix(".onnx")
        write_onnx(network, onnx)
        return {"onnx": onnx}
    stream, head = _stream_paths(manifest)
    write_stream_onnx(network, stream, head)
    return {"stream": stream, "head": head}


def _stream_paths(manifest: Path) -> tuple[Path, Path]:
    return manifest.with_name(f"{manifest.stem}-stream.onnx"), manifest.with_name(f"{manifest.stem}-head.onnx")


def _stream_sizes(network: WindowNetwork) -> dict[str, object]:
    """Return the entry of a manifest for a streaming network; empty for other networks."""
    if not isinstance(network, StreamNet):
        return {}
    sizes = StreamSpec(
        state=network.state_size,
        statistics=network.statistics_size,
        steps=2 * STEP_WIDTH,
        affect=network.affect is not None,
    )
    return {"stream": msgspec.to_builtins(sizes)}


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


def _file_entry(path: Path) -> dict[str, str]:
    return {"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
