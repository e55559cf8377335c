"""Robustness: how metrics change when the sound is changed or the window is shorter.

As in ``evaluate``, every clip is predicted from one window around its speech, by the network that was not trained on
its speaker.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from tqdm import tqdm

from ser_desktop.dsp.features import cosine_transform
from ser_desktop.dsp.windows import ENOUGH_SPEECH_S
from ser_desktop.emotion.network import WindowNetwork
from ser_desktop.emotion.speech_detector import SpeechDetector
from ser_desktop.emotion.voice_activity import VoiceActivity
from training.data.features import FeatureCache, clip_frames, read_mono, with_speech
from training.data.targets import Indices
from training.evaluate.metrics import (
    Estimate,
    Predictions,
    counts_by_speaker,
    interval,
    metrics_over_speakers,
    recalls,
    resampled_counts,
    unweighted_recalls_of,
)
from training.evaluate.results import ChangeMetrics, LengthMetrics, Recalls
from training.evaluate.run_predictions import predictions_of
from training.fit.batches import cut_window, speech_window
from training.fit.checkpoints import read_network
from training.fit.recall import unweighted_recall
from training.fit.run import Run
from training.fit.spectrogram_changes import with_mfccs
from training.fit.train import centred_windows, logits_of
from training.probes.changed_sound import CHANGES, Change

UNCHANGED = "unchanged"
LENGTHS_S = (1.0, 1.5, 2.0, 3.0, 4.0)
CLIPS_AT_ONCE = 32


@dataclass(frozen=True, slots=True, eq=False)
class ClipWindow:
    """One window of a clip.

    Attributes:
        mel: (frame, band) log-mels.
        flags: (frame,) float32, 1 in frames with speech.
        has_enough: Whether the clip holds enough speech for the app to show an emotion.
    """

    mel: npt.NDArray[np.float32]
    flags: npt.NDArray[np.float32]
    has_enough: bool


def change_metrics(run: Run) -> dict[str, ChangeMetrics]:
    """Return the metrics for each change of the sound and for the unchanged sound, by name.

    Each clip is read once. The sound passes the same stages as in the app: DC offset, frames, speech detector.
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
                for name, windows in _changed_windows(run, some, changes, activity):
                    logits[name].append(_logits(run, network, windows))
                    enough[name] += [each.has_enough for each in windows]
                bar.update(len(some))
    order = np.concatenate(tested)
    before = predictions_of(run, order, np.concatenate(logits[UNCHANGED]))
    return {
        name: _change_metrics(before, predictions_of(run, order, np.concatenate(logits[name])), enough[name])
        for name in changes
    }


def length_metrics(run: Run, cache: FeatureCache) -> dict[str, LengthMetrics]:
    """Return the metrics for windows of each length around the speech of the clips, by length in seconds."""
    found = {}
    for seconds in tqdm(LENGTHS_S, desc="window lengths", unit="length"):
        config = dataclasses.replace(run.config, windows=dataclasses.replace(run.config.windows, longest_s=seconds))
        logits, order = [], []
        for fold in run.folds.folds:
            clips = run.clips_of(fold.test_speakers)
            network = read_network(run.fold_folder(fold))
            logits.append(logits_of(network, *centred_windows(cache, clips, config)).numpy())
            order.append(clips)
        predictions = predictions_of(run, np.concatenate(order), np.concatenate(logits))
        found[f"{seconds:g}"] = LengthMetrics(metrics_over_speakers(predictions).uar, _recall(predictions))
    return found


def paired_loss(before: Predictions, after: Predictions, *, seed: int = 0) -> Estimate:
    """Return the UAR of one set of predictions minus that of another for the same clips.

    Each resample draws the same speakers for both, so the interval is that of the difference.
    """
    drawn = [resampled_counts(counts_by_speaker(each), seed=seed) for each in (before, after)]
    losses = unweighted_recalls_of(drawn[0]) - unweighted_recalls_of(drawn[1])
    value = unweighted_recall(before.true, before.predicted) - unweighted_recall(after.true, after.predicted)
    return Estimate(value, *interval(losses))


def _changed_windows(
    run: Run, clips: Indices, changes: dict[str, Change], activity: VoiceActivity
) -> Iterator[tuple[str, list[ClipWindow]]]:
    """Yield the name of each change and the windows of the changed clips."""
    spec = run.config.features
    sounds = [(index, read_mono(run.corpus.clips[index].path, spec.rate)) for index in clips]
    for number, (name, change) in enumerate(changes.items()):
        windows = []
        for index, samples in sounds:
            changed = change(samples, spec.rate, np.random.default_rng((number, int(index))))
            windows.append(_window(run, changed, SpeechDetector(run.config.gate, activity)))
        yield name, windows


def _window(run: Run, samples: npt.NDArray[np.float32], detector: SpeechDetector) -> ClipWindow:
    spec = run.config.features
    found = clip_frames(samples, spec, detector)
    has_enough = bool(found.speech.sum() * spec.hop >= ENOUGH_SPEECH_S * spec.rate)
    frames = with_speech(found)
    length = spec.frame_count(round(run.config.windows.longest_s * spec.rate))
    return ClipWindow(*cut_window(frames, speech_window(frames.speech, length), length), has_enough)


def _logits(run: Run, network: WindowNetwork, windows: list[ClipWindow]) -> npt.NDArray[np.float32]:
    mel = torch.from_numpy(np.stack([each.mel for each in windows]))
    flags = torch.from_numpy(np.stack([each.flags for each in windows]))
    frames = with_mfccs(mel, torch.from_numpy(cosine_transform(run.config.features)))
    logits: npt.NDArray[np.float32] = logits_of(network, frames, flags).numpy()
    return logits


def _change_metrics(before: Predictions, after: Predictions, has_enough: list[bool]) -> ChangeMetrics:
    return ChangeMetrics(
        uar=metrics_over_speakers(after).uar,
        recall=_recall(after),
        flips=float(np.mean(before.predicted != after.predicted)),
        loss=paired_loss(before, after),
        too_little_speech=1.0 - float(np.mean(has_enough)),
    )


def _recall(predictions: Predictions) -> Recalls:
    values = np.round(recalls(predictions.true, predictions.predicted, len(predictions.labels)), 4)
    return dict(zip(predictions.labels, values.tolist(), strict=True))
