"""Loads the ONNX files of a model, checks that they fit its manifest, and returns them as functions."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ser_desktop.emotion.model_file import EXPORT_AGAIN, Model, ModelInfo
from ser_desktop.emotion.network_stream import MAX_STEPS, STEP, StreamInfer
from ser_desktop.emotion.onnx_session import ONNX_ERRORS, memory_bounded, open_session
from ser_desktop.emotion.voice_adaptation import OUTPUTS_OF_AFFECT
from ser_desktop.errors import ModelFileError

Array = npt.NDArray[np.float32]

MAX_MEMORY = 1 << 30  # bytes that a network may allocate; the shipped one allocates 10 MB
MAX_SHOWN = 5  # inputs and outputs in the message about a network that does not fit
# Bytes of an ONNX file that are refused: a reference to weights in another file, which may be any file of the user, and
# loops, which need not end.
FORBIDDEN = (b"\x0a\x08location\x12", b"\x22\x04Loop", b"\x22\x04Scan")
_lock = threading.Lock()  # the memory bound applies to the whole process

Infer = Callable[[Array, Array], Array]  # (window, frame, width) frames and (window, frame) speech to logits


@dataclass(frozen=True, slots=True)
class StreamNetwork:
    """The two functions of a streaming network.

    Attributes:
        steps: Computes the steps of frames; see :class:`~ser_desktop.emotion.network_stream.NetworkStream`.
        head: Maps (window, step, width) steps and the (window, step) share of speech to (window, label) logits. Behind
            them are two columns for arousal and valence if the network has outputs of its own for these.
    """

    steps: StreamInfer
    head: Callable[[Array, Array], Array]


def _content(model: Model, kind: str) -> bytes:
    """Return the content of an ONNX file of a model.

    Raises:
        ModelFileError: The file is damaged, or contains operators or references that no network of this program has.
    """
    content = model.read(kind)
    if any(mark in content for mark in FORBIDDEN):
        raise ModelFileError(
            "The network of {model} has loops, or keeps a part of itself in another file.",
            EXPORT_AGAIN,
            model=model.info.identity,
        )
    return content


def onnx_infer(model: Model) -> Infer:
    """Return the network of a model that classifies windows, with ONNX Runtime on one thread.

    Raises:
        ModelFileError: The file of the network is damaged, or the network does not fit the manifest.
    """
    content = _content(model, "onnx")
    with _lock, memory_bounded(MAX_MEMORY):
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
        raise ModelFileError("The network of {model} cannot be loaded.", EXPORT_AGAIN, model=info.identity) from error
    _check(session, info)

    def infer(frames: npt.NDArray[np.float32], speech: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        try:
            logits: npt.NDArray[np.float32] = session.run(["logits"], {"frames": frames, "speech": speech})[0]
        except ONNX_ERRORS as error:
            raise ModelFileError(
                "The network of {model} cannot take {count} frames.",
                EXPORT_AGAIN,
                model=info.identity,
                count=frames.shape[1],
            ) from error
        if logits.shape != (len(frames), len(info.labels)):
            raise ModelFileError(
                "The network of {model} gives answers of another size than its manifest says.",
                EXPORT_AGAIN,
                model=info.identity,
            )
        return logits

    return infer


def _silence(info: ModelInfo, seconds: float) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Return one window of zeros: (1, frame, width) frames and (1, frame) speech."""
    count = max(1, info.features.frame_count(round(seconds * info.features.rate)))
    return np.zeros((1, count, info.features.width), np.float32), np.zeros((1, count), np.float32)


def _check(session: Any, info: ModelInfo) -> None:
    """Raise a ModelFileError if the inputs or outputs of a network differ from those in the manifest."""
    shapes = {value.name: value.shape for value in (*session.get_inputs(), *session.get_outputs())}
    fits = (
        shapes.keys() == {"frames", "speech", "logits"}
        and shapes["frames"][2:] == [info.features.width]
        and shapes["logits"][1:] == [len(info.labels)]
    )
    if not fits:
        raise _shape_error(info, shapes)


def _shape_error(info: ModelInfo, shapes: Mapping[str, object]) -> ModelFileError:
    found = ", ".join(f"{name} {shape}" for name, shape in list(shapes.items())[:MAX_SHOWN])
    return ModelFileError(
        "The network of {model} does not fit its manifest: it takes and gives {found}.",
        EXPORT_AGAIN,
        model=info.identity,
        found="".join(letter if letter.isprintable() else "\ufffd" for letter in found),
    )


def onnx_stream(model: Model) -> StreamNetwork:
    """Return the streaming network of a model, with ONNX Runtime on one thread.

    Raises:
        ModelFileError: A file of the model is damaged, or its networks do not fit the manifest.
    """
    info, sizes = model.info, model.info.stream
    assert sizes
    contents = {kind: _content(model, kind) for kind in ("stream", "head")}
    with _lock, memory_bounded(MAX_MEMORY):
        stream = _session(contents["stream"], info, {"frames", "speech", "state", "steps", "state_after"})
        head = _session(contents["head"], info, {"steps", "speech", "logits"})

        def run_stream(frames: Array, speech: Array, state: Array) -> tuple[Array, Array]:
            inputs = {"frames": frames[None], "speech": speech[None], "state": state[None]}
            steps, after = _outputs(stream, info, inputs, ["steps", "state_after"])
            _check_shape(info, steps, (1, len(frames) // STEP, sizes.steps))
            _check_shape(info, after, (1, sizes.state))
            return steps[0], after[0]

        def run_head(steps: Array, speech: Array) -> Array:
            (logits,) = _outputs(head, info, {"steps": steps, "speech": speech}, ["logits"])
            _check_shape(info, logits, (len(steps), len(info.labels) + OUTPUTS_OF_AFFECT * sizes.affect))
            return logits

        # A network that allocates gigabytes, or fails on its shortest or longest input, is refused here.
        for count in (1, MAX_STEPS):
            silence = np.zeros((count * STEP, info.features.width), np.float32)
            steps, _ = run_stream(silence, silence[:, 0], np.zeros(sizes.state, np.float32))
            run_head(steps[None], np.zeros((1, count), np.float32))
    return StreamNetwork(run_stream, run_head)


def _session(content: bytes, info: ModelInfo, names: set[str]) -> Any:
    try:
        session = open_session(content)
    except ONNX_ERRORS as error:
        raise ModelFileError("The network of {model} cannot be loaded.", EXPORT_AGAIN, model=info.identity) from error
    shapes = {value.name: value.shape for value in (*session.get_inputs(), *session.get_outputs())}
    if shapes.keys() != names:
        raise _shape_error(info, shapes)
    return session


def _outputs(session: Any, info: ModelInfo, inputs: Mapping[str, Array], names: list[str]) -> list[Array]:
    try:
        return list(session.run(names, inputs))
    except ONNX_ERRORS as error:
        count = next(iter(inputs.values())).shape[1]
        raise ModelFileError(
            "The network of {model} cannot take {count} frames.", EXPORT_AGAIN, model=info.identity, count=count
        ) from error


def _check_shape(info: ModelInfo, output: Array, shape: tuple[int, ...]) -> None:
    if output.shape != shape:
        raise ModelFileError(
            "The network of {model} gives answers of another size than its manifest says.",
            EXPORT_AGAIN,
            model=info.identity,
        )
