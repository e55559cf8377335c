"""Writes a network as ONNX and checks that its logits are those of torch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.utils.flop_counter import FlopCounterMode

from ser_desktop.emotion.network import WindowNetwork
from ser_desktop.emotion.onnx_session import open_session
from ser_desktop.errors import ExportError
from training.model.onnx_graph import Part, write_part

TOLERANCE = 1e-4  # of the largest logit of a batch, or of 1 where all are smaller; 5e-6 is usual
LONGEST_FRAMES = 4096


def _example(network: WindowNetwork) -> dict[str, Tensor]:
    width = network.spec.mel_bands + network.spec.mfccs
    return {"frames": torch.zeros(2, 100, width), "speech": torch.ones(2, 100)}


_FREE = {0: torch.export.Dim("window", min=1, max=1024), 1: torch.export.Dim("frame", min=8, max=LONGEST_FRAMES)}
WINDOW = Part(module=lambda network: network, inputs=_example, outputs=("logits",), free=(_FREE, _FREE))


def write_onnx(network: WindowNetwork, path: Path) -> None:
    """Write the network into one file, for any number of windows and frames.

    Args:
        network: The network with its weights.
        path: The ``.onnx`` file.

    Raises:
        ExportError: A logit of the file differs from that of the network by more than :data:`TOLERANCE`.
    """
    network = network.eval()
    write_part(WINDOW, network, path)
    difference = largest_difference(network, path)
    if not difference <= TOLERANCE:
        raise ExportError(f"{path} differs from torch by {difference:.2g} of a logit. Try another version of torch.")


@torch.no_grad()
def largest_difference(network: WindowNetwork, path: Path) -> float:
    """Return the largest difference of a logit between torch and the ONNX file, on random input.

    It is a share of the largest logit of the batch, where that is above 1: float32 has seven digits.

    The windows have 1 to 4 s, are loud or silent, with speech in none, all or a part of the frames.
    """
    session, random = open_session(path), np.random.default_rng(0)
    width, worst = network.spec.mel_bands + network.spec.mfccs, 0.0
    for count in (59, 100, 184, 247):
        for level_db, share in ((-30.0, 0.7), (-100.0, 1.0), (20.0, 0.0), (-60.0, 0.05)):
            frames = random.normal(level_db, 15.0, (3, count, width)).astype(np.float32)
            speech = (random.random((3, count)) < share).astype(np.float32)
            ours = network(torch.from_numpy(frames), torch.from_numpy(speech)).numpy()
            theirs = session.run(["logits"], {"frames": frames, "speech": speech})[0]
            worst = max(worst, float(np.abs(ours - theirs).max() / max(1.0, np.abs(ours).max())))
    return worst


def multiply_adds(network: WindowNetwork, *, frames: int = 186) -> int:
    """Return the number of multiply-add operations for one window; 186 frames are 3 s."""
    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        network.eval()(torch.zeros(1, frames, network.spec.mel_bands + network.spec.mfccs), torch.ones(1, frames))
    return int(counter.get_total_flops()) // 2
