"""Windows of frames in, calibrated probabilities of the emotions out."""

from __future__ import annotations

import importlib.util
import threading
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from ser_desktop.dsp.windows import Window
from ser_desktop.emotion.model_file import AGAIN, Model, ModelInfo
from ser_desktop.emotion.onnx_session import ONNX_ERRORS, memory_bounded, open_session
from ser_desktop.errors import ModelFileError, SettingsError
from ser_desktop.values import DEVICES, EmotionScores

NO_TORCH = "The double-click app runs on the CPU alone; “{device}” needs torch, which it does not carry."
INSTALL_PACKAGE = "Choose the CPU, which is fast enough, or install the Python package as its README says."
MOST_MEMORY = 1 << 30  # bytes that a network may take; the shipped one takes 10 MB
MOST_SHOWN = 5  # inputs and outputs of a network that does not fit
# What a network must not hold, as it is written in an ONNX file: the place of a part in another file, which may be any
# file of the user's, and loops, which need not end.
FORBIDDEN = (b"\x0a\x08location\x12", b"\x22\x04Loop", b"\x22\x04Scan")
MOST_WINDOWS = 16  # in one run: with more, memory grows and nothing is gained
_one_at_a_time = threading.Lock()  # the bound is that of the whole process

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
            raise SettingsError(
                "There is no device {device!r}.", "Choose one of {devices}.", device=device, devices=", ".join(DEVICES)
            )
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
            raise ModelFileError(
                "The model {model} answers with something other than numbers.", AGAIN, model=self.info.identity
            )
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
    content = model.read("onnx")
    if any(mark in content for mark in FORBIDDEN):
        raise ModelFileError(
            "The network of {model} has loops, or keeps a part of itself in another file.",
            AGAIN,
            model=model.info.identity,
        )
    with _one_at_a_time, memory_bounded(MOST_MEMORY):
        run = _loaded(content, model.info)
        # A network that asks for gigabytes, or cannot take the windows that its manifest tells of, is found out here
        # and not in the middle of a recording.
        for seconds in {model.info.shortest_s, model.info.window_s}:
            run(*_silence(model.info, seconds))
    return run


def _loaded(content: bytes, info: ModelInfo) -> Run:
    try:
        session = open_session(content)
    except ONNX_ERRORS as error:
        raise ModelFileError("The network of {model} cannot be loaded.", AGAIN, model=info.identity) from error
    _check(session, info)

    def run(frames: npt.NDArray[np.float32], speech: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
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

    return run


def _silence(info: ModelInfo, seconds: float) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Return a window of nothing, as :func:`_stack` makes them."""
    count = max(1, info.features.frame_count(round(seconds * info.features.rate)))
    return np.zeros((1, count, info.features.width), np.float32), np.zeros((1, count), np.float32)


def _check(session: Any, info: ModelInfo) -> None:
    """Refuse a network that takes or gives something else than the manifest says."""
    shapes = {value.name: value.shape for value in (*session.get_inputs(), *session.get_outputs())}
    fits = (
        shapes.keys() == {"frames", "speech", "logits"}
        and shapes["frames"][2:] == [info.features.width]
        and shapes["logits"][1:] == [len(info.labels)]
    )
    if not fits:
        found = ", ".join(f"{name} {shape}" for name, shape in list(shapes.items())[:MOST_SHOWN])
        raise ModelFileError(
            "The network of {model} does not fit its manifest: it takes and gives {found}.",
            AGAIN,
            model=info.identity,
            found="".join(letter if letter.isprintable() else "\ufffd" for letter in found),
        )


def _torch_run(model: Model, device: str) -> Run:
    if importlib.util.find_spec("torch") is None:
        raise SettingsError(NO_TORCH, INSTALL_PACKAGE, device=device)
    from ser_desktop.emotion.torch_run import torch_run

    return torch_run(model, device)
