"""Windows of frames in, calibrated probabilities of the emotions out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from onnxruntime.capi import onnxruntime_pybind11_state as onnx_errors

from ser_desktop.dsp.windows import Window
from ser_desktop.emotion.model_file import AGAIN, Model, ModelInfo
from ser_desktop.emotion.onnx_session import open_session
from ser_desktop.errors import ModelFileError, SettingsError
from ser_desktop.values import DEVICES, EmotionScores

MOST_WINDOWS = 16  # in one run: with more, memory grows and nothing is gained
ONNX_ERRORS = (
    onnx_errors.Fail,
    onnx_errors.InvalidArgument,
    onnx_errors.InvalidGraph,
    onnx_errors.InvalidProtobuf,
    onnx_errors.NoSuchFile,
    onnx_errors.NotImplemented,
    onnx_errors.RuntimeException,
)

Run = Callable[[npt.NDArray[np.float32], npt.NDArray[np.float32]], npt.NDArray[np.float32]]


class EmotionClassifier:
    """Runs a model on one device.

    Args:
        model: A model whose manifest has been read.
        device: ``cpu`` runs it with ONNX Runtime on one thread; ``cuda`` and
            ``mps`` run it with torch. ``auto`` is ``cpu``: a window takes it
            about a millisecond, less than the way to a graphics card and back.

    Raises:
        ModelFileError: A file of the model is damaged or not a fitting network.
        SettingsError: The device is unknown or not there.
    """

    def __init__(self, model: Model, *, device: str = "auto") -> None:
        if device not in DEVICES:
            raise SettingsError(f"There is no device {device!r}. Choose one of {', '.join(DEVICES)}.")
        self.info = model.info
        self.device = "cpu" if device == "auto" else device
        self._shortest = max(1, self.info.features.frame_count(round(self.info.shortest_s * self.info.features.rate)))
        self._run = _onnx_run(model) if self.device == "cpu" else _torch_run(model, self.device)

    def scores(self, windows: Sequence[Window]) -> list[EmotionScores]:
        """Return the probabilities of the emotions in each window.

        A window shorter than the model's shortest is filled up with frames
        that count as silence.
        """
        by_length: dict[int, list[int]] = defaultdict(list)
        for index, window in enumerate(windows):
            by_length[max(len(window.frames), self._shortest)].append(index)
        answers: dict[int, EmotionScores] = {}
        for length, indices in by_length.items():
            for first in range(0, len(indices), MOST_WINDOWS):
                some = indices[first : first + MOST_WINDOWS]
                logits = self._run(*_stack([windows[index] for index in some], length))
                answers.update(zip(some, map(self._calibrated, logits), strict=True))
        return [answers[index] for index in range(len(windows))]

    def _calibrated(self, logits: npt.NDArray[np.float32]) -> EmotionScores:
        scaled = logits.astype(np.float64) / self.info.temperature
        if not np.isfinite(scaled).all():
            raise ModelFileError(f"The model {self.info.identity} answers with something other than numbers. {AGAIN}")
        odds = np.exp(scaled - scaled.max())
        return EmotionScores(self.info.labels, tuple((odds / odds.sum()).tolist()))


def _stack(windows: Sequence[Window], length: int) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Return (window, frame, width) frames and (window, frame) flags, filled up at the front."""
    frames = np.zeros((len(windows), length, windows[0].frames.shape[1]), np.float32)
    speech = np.zeros((len(windows), length), np.float32)
    for index, window in enumerate(windows):
        start = length - len(window.frames)
        frames[index, start:] = window.frames
        speech[index, start:] = window.speech
    return frames, speech


def _onnx_run(model: Model) -> Run:
    try:
        session = open_session(model.read("onnx"))
    except ONNX_ERRORS as error:
        raise ModelFileError(f"The network of {model.info.identity} cannot be loaded. {AGAIN}") from error
    _check(session, model.info)

    def run(frames: npt.NDArray[np.float32], speech: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        try:
            return session.run(["logits"], {"frames": frames, "speech": speech})[0]
        except ONNX_ERRORS as error:
            raise ModelFileError(
                f"The network of {model.info.identity} cannot take {frames.shape[1]} frames. {AGAIN}"
            ) from error

    return run


def _check(session: Any, info: ModelInfo) -> None:
    """Refuse a network that takes or gives something else than the manifest says."""
    shapes = {value.name: value.shape for value in (*session.get_inputs(), *session.get_outputs())}
    fits = (
        shapes.keys() == {"frames", "speech", "logits"}
        and shapes["frames"][2:] == [info.features.width]
        and shapes["logits"][1:] == [len(info.labels)]
    )
    if not fits:
        raise ModelFileError(
            f"The network of {info.identity} does not fit its manifest: it takes and gives "
            f"{', '.join(f'{name} {shape}' for name, shape in shapes.items())}. {AGAIN}"
        )


def _torch_run(model: Model, device: str) -> Run:
    from ser_desktop.emotion.torch_run import torch_run

    return torch_run(model, device)
