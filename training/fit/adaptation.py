"""Fits the adaptation of a network's outputs to a voice.

The network itself is not changed. Each window is compared with a baseline of its speaker: the mean of a few other clips
without emotion, as in a voice profile, or of any clips, as in a recording. A linear function of the difference corrects
the logits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from ser_desktop.emotion.affect import AffectSpec, DimensionSpec
from ser_desktop.emotion.voice_adaptation import LIMIT, AdaptationSpec
from training.data.affect import AROUSAL, VALENCE, Dimension
from training.data.targets import Targets
from training.fit.losses import emotion_losses

Array = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]

MAX_KNOWN = 6  # clips from which a voice is known
# Factor of the emotions' logits where a voice is known. The network was trained on most of these corpora, so the fit is
# overconfident: on two left-out corpora its mean confidence was 52 and 49 %, its accuracy 45 and 32 %. With the factor
# the confidence is 45 and 42 %; UAR and arousal stay the same.
SHARPNESS = 0.75
DIGITS = 5  # of the numbers in the manifest


@dataclass(frozen=True, slots=True)
class AdaptationTraining:
    """The settings of the fit.

    Attributes:
        steps: Number of batches.
        batch: Windows of a batch.
        learning_rate: At the start; it falls to 0 along a cosine.
        weight_decay: Of the weights.
        dropout: Share of the differences that are left out in a batch.
        mixed_share: Share of the voices that are known from clips of any emotion.
        same_share: Share that is known from clips of the same emotion, because somebody may be angry for a whole
            recording.
        short_share: Share of short windows.
        affect_weight: Weight of the losses of arousal and valence.
        half_s: Seconds of known speech with which half of the correction is applied.
        seed: Seed of the random generators.
    """

    steps: int = 300
    batch: int = 512
    learning_rate: float = 3e-3
    weight_decay: float = 0.3
    dropout: float = 0.1
    mixed_share: float = 0.3
    same_share: float = 0.15
    short_share: float = 0.3
    affect_weight: float = 0.5
    half_s: float = 2.0
    seed: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class ClipValues:
    """The outputs of the network for the windows of clips.

    Attributes:
        logits: (clip, label) calibrated logits of one long window around the speech of each clip.
        values: (clip, value) of the same window.
        short_logits: (clip, label) of a short window within the speech.
        short_values: (clip, value) of the same.
        affect: (clip, 2) log odds of arousal and valence in the long window, of the network's own outputs; zeros for a
            network without them.
        short_affect: (clip, 2) of the short window.
        speech_s: (clip,) seconds of speech in the long window.
    """

    logits: Array
    values: Array
    short_logits: Array
    short_values: Array
    affect: Array
    short_affect: Array
    speech_s: Array


def fit_adaptation(
    clips: ClipValues,
    targets: Targets,
    affect: AffectSpec,
    spec: AdaptationTraining | None = None,
) -> AdaptationSpec:
    """Return the adaptation fitted on some clips. Each corpus has the same weight, and so has each emotion within it.

    For arousal and valence, both sides have the same weight within a corpus instead. Otherwise a voice that is as usual
    for the speaker would be called negative, because more emotions are negative than positive.

    Args:
        clips: The outputs of the network for them.
        targets: Their labels.
        affect: How arousal and valence follow from the probabilities; it is not changed.
        spec: The settings.
    """
    spec = spec or AdaptationTraining()
    torch.manual_seed(spec.seed)
    corpora = np.array([speaker.split("/")[0] for speaker in targets.speaker.tolist()])
    average, deviation = _moments(clips.values, corpora)
    weights = _weights(targets, corpora)
    sides = tuple(_sides(each, targets, corpora, weights) for each in (AROUSAL, VALENCE))
    fit = _Fit(clips, targets, zip((affect.arousal, affect.valence), sides, strict=True), (average, deviation))
    linear = nn.Linear(len(average), len(targets.labels) + 2)
    nn.init.zeros_(linear.weight)
    nn.init.zeros_(linear.bias)
    gain = nn.Parameter(torch.ones(()))
    groups = [
        {"params": list(linear.parameters()), "weight_decay": spec.weight_decay},
        {"params": [gain], "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, lr=spec.learning_rate)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, spec.steps)
    random = np.random.default_rng(spec.seed)
    voices = _Voices(targets, spec)
    for _ in range(spec.steps):
        chosen = random.choice(len(weights), spec.batch, p=weights)
        known, counts = voices.drawn(chosen, random)
        is_short = random.random(spec.batch) < spec.short_share
        loss = fit.loss((linear, gain), (chosen, is_short), (known, counts), spec)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    emotions = len(targets.labels)
    factors = np.array([SHARPNESS] * emotions + [1.0, 1.0], np.float32)
    return AdaptationSpec(
        average=_rounded(average),
        deviation=_rounded(deviation),
        weights=tuple(_rounded(row) for row in factors[:, None] * linear.weight.detach().numpy()),
        offsets=_rounded(factors * linear.bias.detach().numpy()),
        gain=round(SHARPNESS * float(gain.detach()), DIGITS),
        half_s=spec.half_s,
    )


class _Fit:
    """The tensors of the fit, and the loss of a batch."""

    def __init__(
        self,
        clips: ClipValues,
        targets: Targets,
        dimensions: Iterable[tuple[DimensionSpec, tuple[Array, Array]]],
        moments: tuple[Array, Array],
    ) -> None:
        average, deviation = moments

        def standardised(values: Array) -> Tensor:
            return torch.from_numpy((values - average) / deviation).clamp(-LIMIT, LIMIT)

        self._values = torch.stack((standardised(clips.values), standardised(clips.short_values)))
        self._logits = torch.from_numpy(np.stack((clips.logits, clips.short_logits)))
        self._affect = torch.from_numpy(np.stack((clips.affect, clips.short_affect)))
        self._speech_s = torch.from_numpy(clips.speech_s)
        self._wanted, self._allowed = torch.from_numpy(targets.wanted), torch.from_numpy(targets.allowed)
        self._dimensions = tuple(
            (_members(each, targets.labels), each, torch.from_numpy(wanted), torch.from_numpy(weights))
            for each, (wanted, weights) in dimensions
        )

    def loss(
        self,
        corrections: tuple[nn.Linear, Tensor],
        windows: tuple[Indices, npt.NDArray[np.bool_]],
        voices: tuple[Indices, Indices],
        spec: AdaptationTraining,
    ) -> Tensor:
        """Return the loss of a batch.

        Args:
            corrections: The linear function of the differences, and the gain of the logits.
            windows: (window,) indices of clips, and (window,) whether the short window of the clip is used.
            voices: (window, clip) indices of clips of the same speaker, and the (window,) number of them that are used.
            spec: The settings.
        """
        linear, gain = corrections
        chosen, is_short = (torch.from_numpy(each) for each in windows)
        known, counts = (torch.from_numpy(each) for each in voices)
        own = torch.arange(known.shape[1]) < counts[:, None]  # (window, known clip)
        seconds = self._speech_s[known] * own
        total_s = seconds.sum(dim=1, keepdim=True)
        baseline = (self._values[0, known] * seconds[:, :, None]).sum(dim=1) / total_s.clamp(min=1e-6)
        share = total_s / (total_s + spec.half_s)
        difference = functional.dropout(self._values[is_short.long(), chosen] - baseline, spec.dropout)
        added = share * linear(difference)
        logits = self._logits[is_short.long(), chosen]
        logits = (1.0 + share * (gain - 1.0)) * logits + added[:, : logits.shape[1]]
        emotion = emotion_losses(logits, self._wanted[chosen], self._allowed[chosen], smoothing=0.0).mean()
        affect = torch.zeros(())
        own = self._affect[is_short.long(), chosen] + added[:, logits.shape[1] :]
        for column, (members, dimension, wanted, weights) in enumerate(self._dimensions):
            odds = torch.logsumexp(logits[:, members[0]], dim=1) - torch.logsumexp(logits[:, members[1]], dim=1)
            odds = dimension.offset + dimension.slope * odds + (dimension.own or 1.0) * own[:, column]
            losses = functional.binary_cross_entropy_with_logits(odds, wanted[chosen], reduction="none")
            affect = affect + (weights[chosen] * losses).mean()
        return emotion + spec.affect_weight * affect


class _Voices:
    """Draws the clips that the baseline of a voice is computed from."""

    def __init__(self, targets: Targets, spec: AdaptationTraining) -> None:
        self._spec = spec
        _, self._speaker = np.unique(targets.speaker, return_inverse=True)
        self._emotion = targets.emotion
        order = range(self._speaker.max() + 1)
        self._any = [np.flatnonzero(self._speaker == each) for each in order]
        self._quiet = [clips[targets.is_quiet[clips]] for clips in self._any]

    def drawn(self, chosen: Indices, random: np.random.Generator) -> tuple[Indices, Indices]:
        """Return (window, :data:`MAX_KNOWN`) indices of clips, and the (window,) number of them that are used."""
        known = np.zeros((len(chosen), MAX_KNOWN), np.int64)
        counts = np.zeros(len(chosen), np.int64)
        for row, clip in enumerate(chosen.tolist()):
            pool = self._pool(clip, random.random())
            pool = pool[pool != clip]
            if len(pool):
                counts[row] = random.integers(1, MAX_KNOWN + 1)
                known[row, : counts[row]] = pool[random.integers(0, len(pool), counts[row])]
        return known, counts

    def _pool(self, clip: int, chance: float) -> Indices:
        speaker = self._speaker[clip]
        if chance < self._spec.mixed_share:
            return self._any[speaker]
        if chance < self._spec.mixed_share + self._spec.same_share:
            return self._any[speaker][self._emotion[self._any[speaker]] == self._emotion[clip]]
        return self._quiet[speaker]


def _moments(values: Array, corpora: npt.NDArray[np.str_]) -> tuple[Array, Array]:
    """Return mean and deviation of each value, averaged over the corpora."""
    parts = [values[corpora == name] for name in np.unique(corpora)]
    deviation = np.mean([part.std(axis=0) for part in parts], axis=0) + 1e-3
    return np.mean([part.mean(axis=0) for part in parts], axis=0).astype(np.float32), deviation.astype(np.float32)


def _weights(targets: Targets, corpora: npt.NDArray[np.str_]) -> npt.NDArray[np.float64]:
    weights = np.zeros(len(corpora))
    for name in np.unique(corpora):
        emotions = np.unique(targets.emotion[corpora == name])
        for emotion in emotions:
            members = (corpora == name) & (targets.emotion == emotion)
            weights[members] = 1.0 / (members.sum() * len(emotions))
    return weights / weights.sum()


def _sides(
    dimension: Dimension, targets: Targets, corpora: npt.NDArray[np.str_], shares: npt.NDArray[np.float64]
) -> tuple[Array, Array]:
    """Return target and weight of each clip, (clip,) each, for one dimension.

    Emotions between both sides have the target 0.5. In each corpus, each side has the same weight, and so have those
    emotions; a clip without a target weighs 0. The mean weight of the drawn clips is 1.

    Args:
        dimension: Arousal or valence.
        targets: The labels of the clips.
        corpora: (clip,) corpus of each.
        shares: (clip,) probability with which each is drawn.
    """
    emotions = np.array(targets.labels)[targets.emotion]
    wanted = np.where(np.isin(emotions, list(dimension.neither)), 0.5, dimension.targets(emotions))
    weights = np.zeros(len(wanted))
    for name in np.unique(corpora):
        for side in (0.0, 0.5, 1.0):
            members = (corpora == name) & (wanted == side)
            weights[members] = 1.0 / max(float(shares[members].sum()), np.finfo(float).tiny)
    mean = max(float(weights @ shares), np.finfo(float).tiny)
    return np.nan_to_num(wanted).astype(np.float32), (weights / mean).astype(np.float32)


def _members(dimension: DimensionSpec, labels: tuple[str, ...]) -> tuple[list[int], list[int]]:
    """Return the columns of the emotions of the high and of the low side."""
    high, low = ([labels.index(label) for label in side] for side in (dimension.high, dimension.low))
    return high, low


def _rounded(values: Array) -> tuple[float, ...]:
    return tuple(round(float(value), DIGITS) for value in values)
