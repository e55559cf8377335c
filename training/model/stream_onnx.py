"""Writes a StreamNet as two ONNX files, its stream and its head, and checks that their outputs equal those of torch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from ser_desktop.emotion.network import TIME_STRIDE
from ser_desktop.emotion.onnx_session import open_session
from ser_desktop.emotion.stream_network import STEP_WIDTH, StreamNet
from ser_desktop.errors import ExportError
from training.model.onnx_file import TOLERANCE
from training.model.onnx_graph import Part, write_part

MAX_STEPS = 1024  # in one call
CUTS = (3, 1, 7, 12)  # numbers of steps in the calls of the check


class StreamPart(nn.Module):
    """The part of a network that runs once for each frame."""

    def __init__(self, network: StreamNet) -> None:
        super().__init__()
        self.network = network

    def forward(self, frames: Tensor, speech: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """Return steps and the state after them; see :meth:`StreamNet.stream`."""
        return self.network.stream(frames, speech, state)


class HeadPart(nn.Module):
    """The part of a network that runs once for each entry."""

    def __init__(self, network: StreamNet) -> None:
        super().__init__()
        self.network = network

    def forward(self, steps: Tensor, speech: Tensor) -> Tensor:
        """Return the outputs, (batch, labels), or (batch, labels + 2); see :meth:`StreamNet.outputs`."""
        return self.network.outputs(self.network.pool(steps, speech))


def _stream_example(network: StreamNet) -> dict[str, Tensor]:
    return {
        "frames": torch.zeros(1, 5 * TIME_STRIDE, network.spec.width),
        "speech": torch.ones(1, 5 * TIME_STRIDE),
        "state": torch.zeros(1, network.state_size),
    }


def _head_example(_network: StreamNet) -> dict[str, Tensor]:
    return {"steps": torch.zeros(2, 5, 2 * STEP_WIDTH), "speech": torch.ones(2, 5)}


_STEP, _BATCH, _SOME = (torch.export.Dim(name, min=1, max=MAX_STEPS) for name in ("step", "batch", "some"))
STREAM = Part(
    module=StreamPart,
    inputs=_stream_example,
    outputs=("steps", "state_after"),
    free=({1: TIME_STRIDE * _STEP}, {1: TIME_STRIDE * _STEP}, None),
)
HEAD = Part(
    module=HeadPart,
    inputs=_head_example,
    outputs=("logits",),
    free=({0: _BATCH, 1: _SOME}, {0: _BATCH, 1: _SOME}),
)


def write_stream_onnx(network: StreamNet, stream: Path, head: Path) -> None:
    """Write both parts of a network.

    Args:
        network: The network with its weights.
        stream: The ``.onnx`` file of the stream: (1, 8 n, width) frames, (1, 8 n) speech and (1, state_size) state to
            (1, n, 384) steps and the state after them.
        head: The ``.onnx`` file of the head: (batch, n, 384) steps and (batch, n) speech to the outputs.

    Raises:
        ExportError: The outputs of the files differ from those of torch by more than the tolerance.
    """
    network = network.eval()
    write_part(STREAM, network, stream)
    write_part(HEAD, network, head)
    difference = largest_stream_difference(network, stream, head)
    if not difference <= TOLERANCE:
        raise ExportError(
            f"{stream} and {head} differ from torch by {difference:.2g} of a logit. Try another version of torch."
        )


@torch.no_grad()
def largest_stream_difference(network: StreamNet, stream: Path, head: Path) -> float:
    """Return the largest difference of an output between torch on whole windows and the files on frames in parts.

    The input is random: loud and silent, with speech in none, all or a part of the frames.
    """
    first, last, random, worst = open_session(stream), open_session(head), np.random.default_rng(0), 0.0
    count = sum(CUTS) * TIME_STRIDE
    for level_db, share in ((-30.0, 0.7), (-100.0, 1.0), (20.0, 0.0), (-60.0, 0.05)):
        frames = random.normal(level_db, 15.0, (1, count, network.spec.width)).astype(np.float32)
        speech = (random.random((1, count)) < share).astype(np.float32)
        ours = network.outputs(network.embed(torch.from_numpy(frames), torch.from_numpy(speech))).numpy()
        state = np.zeros((1, network.state_size), np.float32)
        steps: list[npt.NDArray[np.float32]] = []
        for _ in range(2):  # as a window by itself
            state[:, network.statistics_size :], start = 0.0, 0
            steps.clear()
            for cut in CUTS:
                part = slice(start, start + cut * TIME_STRIDE)
                given = {"frames": frames[:, part], "speech": speech[:, part], "state": state}
                made, state = first.run(["steps", "state_after"], given)
                steps.append(made)
                start = part.stop
        shares = speech.reshape(1, -1, TIME_STRIDE).mean(axis=2)
        theirs = last.run(["logits"], {"steps": np.concatenate(steps, axis=1), "speech": shares})[0]
        worst = max(worst, float(np.abs(ours - theirs).max()))
    return worst
