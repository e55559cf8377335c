"""Runs an emotion model: windows of frames in, calibrated probabilities out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ser_desktop import paths
from ser_desktop.dsp.windows import Window
from ser_desktop.emotion.model_file import EXPORT_AGAIN, Model
from ser_desktop.emotion.network_stream import NetworkStream
from ser_desktop.emotion.offered_devices import missing_packages
from ser_desktop.emotion.onnx_network import Infer, StreamNetwork, onnx_infer, onnx_stream
from ser_desktop.emotion.voice_adaptation import OUTPUTS_OF_AFFECT, Adaptation, VoiceMemory, window_values
from ser_desktop.emotion.voice_profile import VoiceProfile
from ser_desktop.errors import ModelFileError, SettingsError
from ser_desktop.values import DEVICES, EmotionScores

NO_TORCH_IN_APP = "The double-click app runs on the CPU alone; “{device}” needs torch, which it does not carry."
INSTALL_PACKAGE = "Choose the CPU, which is fast enough, or install the Python package as its README says."
NO_TORCH = "“{device}” needs {missing}, which is not installed."
INSTALL_TORCH = 'Choose the CPU, which is fast enough, or install torch beside it: pip install "ser-desktop[torch]".'
MAX_WINDOWS = 4  # in a batch: the values of more do not fit into the cache of the processor, and it is slower
MAX_STEP_WINDOWS = 32  # in a batch of the head of a streaming network


NO_AFFECT = np.zeros(OUTPUTS_OF_AFFECT, np.float32)
NO_AFFECT.flags.writeable = False


@dataclass(frozen=True, slots=True, eq=False)
class NetworkOutput:
    """The output of the network for one window, before calibration and adaptation to the voice.

    Attributes:
        logits: (label,) float32.
        values: (value,) float32, compared with the baseline of the voice; ``None`` for a model without adaptation.
        affect: (2,) float32 log odds of high arousal and of positive valence; zeros for a network without such outputs.
    """

    logits: npt.NDArray[np.float32]
    values: npt.NDArray[np.float32] | None = None
    affect: npt.NDArray[np.float32] = field(default_factory=lambda: NO_AFFECT)


class KnownVoice(NamedTuple):
    """What is known of the voice of a window.

    Attributes:
        baseline: (value,) of the voice, from :meth:`VoiceMemory.baseline`.
        known_s: Seconds of speech from which it is known.
    """

    baseline: npt.NDArray[np.float64]
    known_s: float


class EmotionClassifier:
    """Runs a model on one device.

    Args:
        model: A model whose manifest has been read.
        device: ``cpu`` runs it with ONNX Runtime on one thread; ``cuda`` and
            ``mps`` run it with torch. ``auto`` is ``cpu``: there a window takes
            about a millisecond, less than the transfer to a graphics card and back.
        network: Replaces the network of the model, for one that is still being trained.

    Raises:
        ModelFileError: A file of the model is damaged, or its network does not fit the manifest.
        SettingsError: The device is unknown or not available.
    """

    def __init__(self, model: Model, *, device: str = "auto", network: Infer | StreamNetwork | None = None) -> None:
        if device not in DEVICES:
            raise SettingsError(
                "There is no device {device!r}.", "Choose one of {devices}.", device=device, devices=", ".join(DEVICES)
            )
        self.info = model.info
        self.device = "cpu" if device == "auto" else device
        self._shortest = max(1, self.info.features.frame_count(round(self.info.shortest_s * self.info.features.rate)))
        self._adaptation = Adaptation(self.info.adaptation) if self.info.adaptation else None
        self._has_affect = bool(self.info.stream and self.info.stream.affect)
        is_on_cpu = self.device == "cpu"
        self._infer: Infer | None = None
        self._network: StreamNetwork | None = None
        if isinstance(network, StreamNetwork):
            self._network = network
        elif network:
            self._infer = network
        elif self.info.stream:
            self._network = onnx_stream(model) if is_on_cpu else _torch_stream(model, self.device)
        else:
            self._infer = onnx_infer(model) if is_on_cpu else _torch_infer(model, self.device)

    def open_stream(self) -> NetworkStream | None:
        """Return the network at the start of a stream; ``None`` for a network that classifies windows."""
        if not self.info.stream or not self._network:
            return None
        sizes = self.info.stream
        return NetworkStream(
            self._network.steps, state=sizes.state, statistics=sizes.statistics, shortest=self._shortest
        )

    def window_of(self, frames: npt.NDArray[np.float32], speech: npt.NDArray[np.bool_]) -> Window:
        """Return a window of frames by itself, as at the start of a stream.

        Args:
            frames: (frame, width) float32.
            speech: (frame,) whether there is speech in each.
        """
        stream = self.open_stream()
        return Window(frames, speech, *stream.window(frames, speech)) if stream else Window(frames, speech)

    def open_memory(
        self,
        voice: VoiceProfile | None = None,
        *,
        adapts: bool = True,
        statistics: npt.NDArray[np.float32] | None = None,
    ) -> VoiceMemory | None:
        """Return the memory of the voice at the start of a stream; ``None`` for a model without adaptation.

        Args:
            voice: The voice of the stream, if it is known.
            adapts: Whether one person speaks, so that the statistics of the voice are kept over pauses.
            statistics: Of earlier speech, in another stream of the same voice; ``None`` if there was none.

        Raises:
            SettingsError: The voice was recorded with another model.
        """
        if voice is not None:
            voice.check(self.info)
        if not self.info.adaptation:
            return None
        size = self.info.adaptation.size
        if voice is None:
            return VoiceMemory(size, adapts=adapts, statistics=statistics)
        return VoiceMemory(size, profile=voice.values, profile_s=voice.speech_s, adapts=adapts, statistics=statistics)

    def scores(self, windows: Sequence[Window]) -> list[EmotionScores]:
        """Return the probabilities of the emotions in each window, for an unknown voice."""
        return self.scores_of(self.outputs(windows))

    def outputs(self, windows: Sequence[Window]) -> list[NetworkOutput]:
        """Return the output of the network for each window.

        A window shorter than the model's shortest window is padded at its start
        with frames that count as silence.
        """
        by_length: dict[int, list[int]] = defaultdict(list)
        for index, window in enumerate(windows):
            length = len(window.steps) if self._network else max(len(window.frames), self._shortest)
            by_length[length].append(index)
        found: dict[int, NetworkOutput] = {}
        most = MAX_STEP_WINDOWS if self._network else MAX_WINDOWS
        for length, indices in by_length.items():
            for first in range(0, len(indices), most):
                batch = indices[first : first + most]
                found.update(zip(batch, self._batch_outputs([windows[index] for index in batch], length), strict=True))
        return [found[index] for index in range(len(windows))]

    def scores_of(
        self, outputs: Sequence[NetworkOutput], voices: Sequence[KnownVoice | None] | None = None
    ) -> list[EmotionScores]:
        """Return the probabilities of the emotions in windows.

        Args:
            outputs: Of the network, for each window.
            voices: What is known of the voice of each; ``None`` for unknown voices.

        Raises:
            ModelFileError: An output of the network is not a finite number.
        """
        if not outputs:
            return []
        scaled = np.stack([output.logits for output in outputs]).astype(np.float64) / self.info.temperature
        affect = np.stack([output.affect for output in outputs]).astype(np.float64)
        if self._adaptation:
            scaled, added = self._adapted(scaled, outputs, voices or [None] * len(outputs), self._adaptation)
            affect += added
        if not (np.isfinite(scaled).all() and np.isfinite(affect).all()):
            raise ModelFileError(
                "The model {model} answers with something other than numbers.", EXPORT_AGAIN, model=self.info.identity
            )
        odds = np.exp(scaled - scaled.max(axis=1, keepdims=True))
        rows = (odds / odds.sum(axis=1, keepdims=True)).tolist()
        own: list[tuple[float, float] | None] = [None] * len(outputs)
        if self._adaptation or self._has_affect:
            own = list(map(tuple, (1.0 / (1.0 + np.exp(-np.clip(affect, -50.0, 50.0)))).tolist()))
        return [EmotionScores(self.info.labels, tuple(row), each) for row, each in zip(rows, own, strict=True)]

    def _adapted(
        self,
        logits: npt.NDArray[np.float64],
        outputs: Sequence[NetworkOutput],
        voices: Sequence[KnownVoice | None],
        adaptation: Adaptation,
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return (window, label) logits and (window, 2) log odds that the adaptation adds to arousal and valence."""
        values = np.stack([output.values for output in outputs if output.values is not None])
        baselines, known_s = np.zeros(values.shape), np.zeros(len(values))
        for index, voice in enumerate(voices):
            if voice:
                baselines[index], known_s[index] = voice.baseline, voice.known_s
        return adaptation.adapted(logits, values, baselines, known_s=known_s)

    def _batch_outputs(self, windows: Sequence[Window], length: int) -> list[NetworkOutput]:
        affect = np.zeros((len(windows), len(NO_AFFECT)), np.float32)
        if self._network:
            steps = np.stack([window.steps for window in windows])
            logits = self._network.head(steps, np.stack([window.step_speech for window in windows]))
            if self._has_affect:
                logits, affect = np.split(logits, [len(self.info.labels)], axis=1)
        else:
            assert self._infer
            logits = self._infer(*_stack(windows, length))
        if not self._adaptation:
            return [NetworkOutput(row, affect=own) for row, own in zip(logits, affect, strict=True)]
        frames, speech = [window.frames for window in windows], [window.speech for window in windows]
        values = window_values(logits, frames, speech, self.info.features)
        return [NetworkOutput(*each) for each in zip(logits, values, affect, strict=True)]


def _stack(windows: Sequence[Window], length: int) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Return (window, frame, width) float32 frames and (window, frame) float32 speech flags, padded at the start."""
    frames = np.zeros((len(windows), length, windows[0].frames.shape[1]), np.float32)
    speech = np.zeros((len(windows), length), np.float32)
    for index, window in enumerate(windows):
        start = length - len(window.frames)
        frames[index, start:] = window.frames
        speech[index, start:] = window.speech
    return frames, speech


def _torch_infer(model: Model, device: str) -> Infer:
    _check_torch(device)
    from ser_desktop.emotion.torch_run import torch_infer

    return torch_infer(model, device)


def _torch_stream(model: Model, device: str) -> StreamNetwork:
    _check_torch(device)
    from ser_desktop.emotion.torch_run import torch_stream

    return torch_stream(model, device)


def _check_torch(device: str) -> None:
    """Raise a SettingsError if torch is not installed."""
    if missing := missing_packages():
        if paths.is_frozen():
            raise SettingsError(NO_TORCH_IN_APP, INSTALL_PACKAGE, device=device)
        raise SettingsError(NO_TORCH, INSTALL_TORCH, device=device, missing=missing[0])
