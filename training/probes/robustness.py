"""What is left of a network's answers when the sound went another way, or is shorter.

Every clip is judged by the network that never heard its speaker, by one window around its speech, as in ``evaluate``.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from tqdm import tqdm

from ser_desktop.dsp.features import cosine_transform
from ser_desktop.emotion.network import WindowNetwork
from ser_desktop.emotion.speech_detector import SpeechDetector
from ser_desktop.emotion.voice_activity import VoiceActivity
from training.data.features import FeatureCache, clip_frames, read_mono, with_speech
from training.data.targets import Indices
from training.evaluate.app_windows import ENOUGH_SPEECH_S
from training.evaluate.metrics import (
    RESAMPLES,
    Figure,
    Predictions,
    confusion,
    figures_over_speakers,
    recalls,
    unweighted_recall,
)
from training.evaluate.run_predictions import predictions_of
from training.fit.batches import cut_window, speech_window, with_mfccs
from training.fit.checkpoints import read_network
from training.fit.run import Run
from training.fit.train import centred_windows, logits_of
from training.probes.changed_sound import CHANGES, Change

UNCHANGED = "unchanged"
LENGTHS_S = (1.0, 1.5, 2.0, 3.0, 4.0)
CLIPS_AT_ONCE = 32


@dataclass(frozen=True, slots=True, eq=False)
class TakenChunk:
    """One window of a clip, changed or not.

    Attributes:
        mel: (frame, band) log-mels.
        flags: (frame,) float32, 1 where somebody speaks.
        has_enough: Whether so much speech is found in the clip that the app would show an emotion.
    """

    mel: npt.NDArray[np.float32]
    flags: npt.NDArray[np.float32]
    has_enough: bool


def change_figures(run: Run) -> dict[str, dict[str, Any]]:
    """Return for each change, and for the sound unchanged, the recalls, what is lost of them and how many answers flip.

    Each recording is read once; the sound goes the way of the app: offset, frames, speech detector.
    """
    changes: dict[str, Change] = {UNCHANGED: lambda samples, rate, random: samples, **CHANGES}
    logits: dict[str, list[npt.NDArray[np.float32]]] = defaultdict(list)
    enough: dict[str, list[bool]] = defaultdict(list)
    tested = [run.clips_of(fold.test_speakers) for fold in run.folds.folds]
    activity = VoiceActivity()
    with tqdm(total=sum(map(len, tested)), desc="changed sound", unit="clip") as bar:
        for fold, clips in zip(run.folds.folds, tested, strict=True):
            network = read_network(run.fold_folder(fold))
            for some in np.array_split(clips, -(-len(clips) // CLIPS_AT_ONCE)):
                for name, heard in _heard(run, some, changes, activity):
                    logits[name].append(_logits(run, network, heard))
                    enough[name] += [each.has_enough for each in heard]
                bar.update(len(some))
    order = np.concatenate(tested)
    before = predictions_of(run, order, np.concatenate(logits[UNCHANGED]))
    return {
        name: _change_figures(before, predictions_of(run, order, np.concatenate(logits[name])))
        | {"too_little_speech": 1.0 - float(np.mean(enough[name]))}
        for name in changes
    }


def length_figures(run: Run, cache: FeatureCache) -> dict[str, dict[str, Any]]:
    """Return UAR, accuracy and macro-F1 for windows of each length around the speech of the clips, by length in s."""
    figures = {}
    for seconds in tqdm(LENGTHS_S, desc="window lengths", unit="length"):
        config = dataclasses.replace(run.config, windows=dataclasses.replace(run.config.windows, longest_s=seconds))
        logits, order = [], []
        for fold in run.folds.folds:
            clips = run.clips_of(fold.test_speakers)
            network = read_network(run.fold_folder(fold))
            logits.append(logits_of(network, *centred_windows(cache, clips, config)).numpy())
            order.append(clips)
        figures[f"{seconds:g}"] = _figures(predictions_of(run, np.concatenate(order), np.concatenate(logits)))
    return figures


def paired_loss(before: Predictions, after: Predictions, *, seed: int = 0) -> Figure:
    """Return how much UAR is lost between two answers to the same clips; the interval draws speakers for both alike."""
    count = len(before.labels)
    names = np.unique(before.speaker)

    def by_speaker(said: Predictions) -> Indices:
        return np.stack([confusion(said.true[of], said.predicted[of], count) for of in map(said.speaker.__eq__, names)])

    one, other = by_speaker(before), by_speaker(after)  # (speaker, true, predicted)
    random = np.random.default_rng(seed)
    drawn = random.integers(0, len(names), (RESAMPLES, len(names)))
    losses = [unweighted_recall(one[each].sum(axis=0)) - unweighted_recall(other[each].sum(axis=0)) for each in drawn]
    value = unweighted_recall(one.sum(axis=0)) - unweighted_recall(other.sum(axis=0))
    return Figure(value, *np.percentile(losses, [2.5, 97.5]))


def _heard(
    run: Run, clips: Indices, changes: dict[str, Change], activity: VoiceActivity
) -> Iterator[tuple[str, list[TakenChunk]]]:
    """Yield each change with what becomes of these clips."""
    spec = run.config.features
    sounds = [(index, read_mono(run.corpus.clips[index].path, spec.rate)) for index in clips]
    for number, (name, change) in enumerate(changes.items()):
        heard = []
        for index, samples in sounds:
            changed = change(samples, spec.rate, np.random.default_rng((number, int(index))))
            heard.append(_window(run, changed, SpeechDetector(run.config.gate, activity)))
        yield name, heard


def _window(run: Run, samples: npt.NDArray[np.float32], detector: SpeechDetector) -> TakenChunk:
    spec = run.config.features
    found = clip_frames(samples, spec, detector)
    has_enough = bool(found.speech.sum() * spec.hop >= ENOUGH_SPEECH_S * spec.rate)
    frames = with_speech(found)
    length = spec.frame_count(round(run.config.windows.longest_s * spec.rate))
    return TakenChunk(*cut_window(frames, speech_window(frames.speech, length), length), has_enough)


def _logits(run: Run, network: WindowNetwork, heard: list[TakenChunk]) -> npt.NDArray[np.float32]:
    mel = torch.from_numpy(np.stack([each.mel for each in heard]))
    flags = torch.from_numpy(np.stack([each.flags for each in heard]))
    frames = with_mfccs(mel, torch.from_numpy(cosine_transform(run.config.features)))
    logits: npt.NDArray[np.float32] = logits_of(network, frames, flags).numpy()
    return logits


def _change_figures(before: Predictions, after: Predictions) -> dict[str, Any]:
    flips = float(np.mean(before.predicted != after.predicted))
    return {**_figures(after), "flips": flips, "loss": dataclasses.asdict(paired_loss(before, after))}


def _figures(said: Predictions) -> dict[str, Any]:
    recall = recalls(confusion(said.true, said.predicted, len(said.labels)))
    return {
        "UAR": dataclasses.asdict(figures_over_speakers(said)["UAR"]),
        "recall": dict(zip(said.labels, np.round(recall, 4).tolist(), strict=True)),
    }
