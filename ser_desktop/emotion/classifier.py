"""Runs an emotion model: windows of frames in, calibrated probabilities out."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from ser_desktop import paths
from ser_desktop.dsp.windows import Window
from ser_desktop.emotion.model_file import AGAIN, Model, ModelInfo
from ser_desktop.emotion.offered_devices import missing_packages
from ser_desktop.emotion.onnx_session import ONNX_ERRORS, memory_bounded, open_session
from ser_desktop.errors import ModelFileError, SettingsError
from ser_desktop.values import DEVICES, EmotionScores

NO_TORCH_IN_APP = "The double-click app runs on the CPU alone; “{device}” needs torch, which it does not carry."
INSTALL_PACKAGE = "Choose the CPU, which is fast enough, or install the Python package as its README says."
NO_TORCH = "“{device}” needs {missing}, which is not installed."
INSTALL_TORCH = 'Choose the CPU, which is fast enough, or install torch beside it: pip install "ser-desktop[torch]".'
MAX_MEMORY = 1 << 30  # bytes that a network may allocate; the shipped one allocates 10 MB
MAX_SHOWN = 5  # inputs and outputs in the message about a network that does not fit
# Bytes of an ONNX file that are refused: a reference to weights in another file, which may be any file of the user, and
# loops, which need not end.
FORBIDDEN = (b"\x0a\x08location\x12", b"\x22\x04Loop", b"\x22\x04Scan")
MAX_WINDOWS = 16  # in a batch: a larger one takes more memory and is not faster
_memory_bound_lock = threading.Lock()  # the memory bound applies to the whole process

Infer = Callable[[npt.NDArray[np.float32], npt.NDArray[np.float32]], npt.NDArray[np.float32]]


class EmotionClassifier:
    """Runs a model on one device.

    Args:
        model: A model whose manifest has been read.
        device: ``cpu`` runs it with ONNX Runtime on one thread; ``cuda`` and
            ``mps`` run it with torch. ``auto`` is ``cpu``: there a window takes
            about a millisecond, less than the transfer to a graphics card and back.

    Raises:
        ModelFileError: A file of the model is damaged, or its network does not fit the manifest.
        SettingsError: The device is unknown or not available.
    """

    def __init__(self, model: Model, *, device: str = "auto") -> None:
        if device not in DEVICES:
            raise SettingsError(
                "There is no device {device!r}.", "Choose one of {devices}.", device=device, devices=", ".join(DEVICES)
            )
        self.info = model.info
        self.device = "cpu" if device == "auto" else device
        self._shortest = max(1, self.info.features.frame_count(round(self.info.shortest_s * self.info.features.rate)))
        self._infer = _onnx_infer(model) if self.device == "cpu" else _torch_infer(model, self.device)

    def scores(self, windows: Sequence[Window]) -> list[EmotionScores]:
        """Return the probabilities of the emotions in each window.

        A window shorter than the shortest of the model is padded at its start
        with frames that count as silence.
        """
        by_length: dict[int, list[int]] = defaultdict(list)
        for index, window in enumerate(windows):
            by_length[max(len(window.frames), self._shortest)].append(index)
        answers: dict[int, EmotionScores] = {}
        for length, indices in by_length.items():
            for first in range(0, len(indices), MAX_WINDOWS):
                some = indices[first : first + MAX_WINDOWS]
                logits = self._infer(*_stack([windows[index] for index in some], length))
                answers.update(zip(some, map(self._calibrated, logits), strict=True))
        return [answers[index] for index in range(len(windows))]

    def _calibrated(self, logits: npt.NDArray[np.float32]) -> EmotionScores:
        scaled = logits.astype(np.float64) / self.info.temperature
        if not np.isfinite(scaled).all():
            raise ModelFileError(
                "The model {model} answers with something other than numbers.", AGAIN, model=self.info.identity
            )
        odds = np.exp(scaled - scaled.max())
        return EmotionScores(self.info.labels, tuple((odds / odds.sum()).tolist()))


def _stack(windows: Sequence[Window], length: int) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Return (window, frame, width) float32 frames and (window, frame) float32 speech flags, padded at the start."""
    frames = np.zeros((len(windows), length, windows[0].frames.shape[1]), np.float32)
    speech = np.zeros((len(windows), length), np.float32)
    for index, window in enumerate(windows):
        start = length - len(window.frames)
        frames[index, start:] = window.frames
        speech[index, start:] = window.speech
    return frames, speech


def _onnx_infer(model: Model) -> Infer:
    content = model.read("onnx")
    if any(mark in content for mark in FORBIDDEN):
        raise ModelFileError(
            "The network of {model} has loops, or keeps a part of itself in another file.",
            AGAIN,
            model=model.info.identity,
        )
    with _memory_bound_lock, memory_bounded(MAX_MEMORY):
        infer = _loaded(content, model.info)
        # A network that allocates gigabytes, or fails on the shortest or longest window of its manifest, is refused
        # here and not in the middle of a recording.
        for seconds in {model.info.shortest_s, model.info.window_s}:
            infer(*_silence(model.info, seconds))
    return infer


def _loaded(content: bytes, info: ModelInfo) -> Infer:
    try:
        session = open_session(content)
    except ONNX_ERRORS as error:
        raise ModelFileError("The network of {model} cannot be loaded.", AGAIN, model=info.identity) from error
    _check(session, info)

    def infer(frames: npt.NDArray[np.float32], speech: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        try:
            logits: npt.NDArray[np.float32] = session.run(["logits"], {"frames": frames, "speech": speech})[0]
        except ONNX_ERRORS as error:
            raise ModelFileError(
                "The network of {model} cannot take {count} frames.", AGAIN, model=info.identity, count=frames.shape[1]
            ) from error
        if logits.shape != (len(frames), len(info.labels)):
            raise ModelFileError(
                "The network of {model} gives answers of another size than its manifest says.",
                AGAIN,
                model=info.identity,
            )
        return logits

    return infer


def _silence(info: ModelInfo, seconds: float) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Return one window of zeros, in the form of :func:`_stack`."""
    count = max(1, info.features.frame_count(round(seconds * info.features.rate)))
    return np.zeros((1, count, info.features.width), np.float32), np.zeros((1, count), np.float32)


def _check(session: Any, info: ModelInfo) -> None:
    """Refuse a network whose inputs or outputs differ from those in the manifest."""
    shapes = {value.name: value.shape for value in (*session.get_inputs(), *session.get_outputs())}
    fits = (
        shapes.keys() == {"frames", "speech", "logits"}
        and shapes["frames"][2:] == [info.features.width]
        and shapes["logits"][1:] == [len(info.labels)]
    )
    if not fits:
        found = ", ".join(f"{name} {shape}" for name, shape in list(shapes.items())[:MAX_SHOWN])
        raise ModelFileError(
            "The network of {model} does not fit its manifest: it takes and gives {found}.",
            AGAIN,
            model=info.identity,
            found="".join(letter if letter.isprintable() else "\ufffd" for letter in found),
        )


def _torch_infer(model: Model, device: str) -> Infer:
    if missing := missing_packages():
        if paths.is_frozen():
            raise SettingsError(NO_TORCH_IN_APP, INSTALL_PACKAGE, device=device)
        raise SettingsError(NO_TORCH, INSTALL_TORCH, device=device, missing=missing[0])
    from ser_desktop.emotion.torch_run import torch_infer

    return torch_infer(model, device)
