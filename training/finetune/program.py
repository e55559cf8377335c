"""What the program says of passages: through its own path, from the file to the mean over each passage."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import torch

from ser_desktop.analysis.analyzer import AnalysisSpec
from ser_desktop.analysis.file_analysis import analyze_source
from ser_desktop.audio.files import FileSource
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.model_file import Model
from ser_desktop.emotion.network import WindowNetwork
from ser_desktop.emotion.network_stream import STEP
from ser_desktop.emotion.onnx_network import Infer, StreamNetwork
from ser_desktop.emotion.stream_network import StreamNet
from ser_desktop.emotion.torch_run import stream_functions
from ser_desktop.emotion.voice_adaptation import AdaptationSpec
from ser_desktop.values import State
from training.finetune.passages import AnnotatedChannel

Array = npt.NDArray[np.float64]

UNSMOOTHED = AnalysisSpec(smoothing_s=0.0)  # temperature and thresholds are fitted on single entries


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What the program says.

    Attributes:
        means: (passage, label) mean probabilities; NaN where it found no speech.
        entries: (entry, label) probabilities of the entries with enough speech for a claim.
        passages: (entry,) index of the passage of each entry.
    """

    means: Array
    entries: Array
    passages: npt.NDArray[np.int64]

    @classmethod
    def of(cls, parts: Sequence[Answers]) -> Answers:
        """Return several answers as one, passage after passage."""
        starts = np.cumsum([0, *(len(each.means) for each in parts)])
        return cls(
            np.concatenate([each.means for each in parts]),
            np.concatenate([each.entries for each in parts]),
            np.concatenate([start + each.passages for start, each in zip(starts, parts, strict=False)]),
        )

    def in_order(self, order: npt.NDArray[np.int64]) -> Answers:
        """Return the answers in another order; ``order`` has for each passage here its place there."""
        means = np.empty_like(self.means)
        means[order] = self.means
        return Answers(means, self.entries, order[self.passages])


class NetworkOutputs:
    """The outputs of a network, which are stored so that a second analysis of the same sound need not compute them.

    Args:
        network: In evaluation mode.
    """

    def __init__(self, network: WindowNetwork) -> None:
        self._network = network
        self._outputs: list[npt.NDArray[np.float32]] = []

    def computed(self) -> Infer | StreamNetwork:
        """Return the network as the program runs it; its logits are stored."""
        if not isinstance(self._network, StreamNet):
            return self._stored(self._logits)
        functions = stream_functions(self._network, "cpu")
        return dataclasses.replace(functions, head=self._stored(functions.head))

    def replayed(self) -> Infer | StreamNetwork:
        """Return a network that returns the stored logits again, in their order."""
        stored = iter(self._outputs)
        if not isinstance(self._network, StreamNet):
            return lambda _frames, _speech: next(stored)
        no_steps = np.zeros((1, 1), np.float32)
        return StreamNetwork(
            lambda frames, _speech, state: (no_steps.repeat(len(frames) // STEP, axis=0), state),
            lambda _steps, _speech: next(stored),
        )

    def _stored(self, compute: Infer) -> Infer:
        def run(values: npt.NDArray[np.float32], speech: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
            self._outputs.append(compute(values, speech))
            return self._outputs[-1]

        return run

    @torch.no_grad()
    def _logits(self, frames: npt.NDArray[np.float32], speech: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        logits: Any = self._network(torch.from_numpy(frames), torch.from_numpy(speech))
        return logits.numpy()


def program_classifier(
    model: Model, network: Infer | StreamNetwork | None = None, *, adaptation: AdaptationSpec | None = None
) -> EmotionClassifier:
    """Return a classifier that claims everything with enough speech, so that the state tells which entries have it.

    Args:
        model: The model.
        network: A network in place of that of the model.
        adaptation: How its answers are adapted to voices; that of the model was fitted on the answers of the old one.
    """
    info = msgspec.structs.replace(model.info, abstain_threshold=0.0)
    if network is None:
        return EmotionClassifier(Model(info, model.folder))
    adapted = msgspec.structs.replace(info, adaptation=adaptation)
    return EmotionClassifier(Model(adapted, model.folder), network=network)


def answers_of(classifier: EmotionClassifier, channels: Iterable[AnnotatedChannel]) -> Answers:
    """Analyse channels and return what is said of their passages, channel after channel.

    Raises:
        AudioFileError: A recording cannot be read.
    """
    labels = classifier.info.labels
    means: list[tuple[float, ...]] = []
    entries: list[tuple[float, ...]] = []
    passages: list[int] = []
    for each in channels:
        with FileSource(each.path, channel=each.channel, track=each.track) as source:
            timeline = analyze_source(source, classifier, UNSMOOTHED).timeline
        for passage in each.passages:
            inside = timeline.indices_between(passage.start_s, passage.end_s)
            mean = timeline.summary(inside.start, inside.stop)
            sure = [timeline[index].scores for index in inside if timeline[index].state is State.SPEECH]
            entries += [scores.values for scores in sure if scores]
            passages += [len(means)] * sum(scores is not None for scores in sure)
            means.append(mean.scores.values if mean else (np.nan,) * len(labels))
    shaped = np.array(entries, np.float64).reshape(-1, len(labels))
    return Answers(np.array(means, np.float64).reshape(-1, len(labels)), shaped, np.array(passages, np.int64))
