"""Writes the ONNX files of an exported model again, from its weights."""

from __future__ import annotations

from pathlib import Path

from ser_desktop.emotion.model_file import open_model
from ser_desktop.emotion.torch_run import load_network
from training.model.model_folder import write_networks_again
from training.release.strangers_card import rewrite_card


def write_onnx_again(manifest: Path) -> None:
    """Write the ONNX files of a model again, as the exporter writes them now, and its card with its new name.

    Args:
        manifest: Of the exported model.

    Raises:
        ExportError: The logits of an ONNX file differ from those of the network.
    """
    model = open_model(manifest)
    model = write_networks_again(model, load_network(model))
    rewrite_card(manifest)
    print(model.info.identity)
