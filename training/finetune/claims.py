"""From which confidence on a fine-tuned model claims something, fitted on what was left out of its training."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
import numpy as np
import numpy.typing as npt

from ser_desktop.emotion.affect import AffectSpec, DimensionSpec
from ser_desktop.emotion.model_file import ModelInfo
from training.data.affect import AROUSAL, VALENCE, Dimension
from training.evaluate.calibration import Calibration, fit_calibration
from training.evaluate.claims import NEVER, Labelled, fit_affect
from training.evaluate.metrics import Predictions
from training.finetune.gain import LEAST
from training.finetune.program import Answers

ENOUGH_UNITS, ENOUGH_PASSAGES, ENOUGH_OF_SIDE = 6, 150, 30
WANTED = 0.8  # share of the claims of arousal and valence that must be right


@dataclass(frozen=True, slots=True)
class Claims:
    """When a fine-tuned model claims something.

    Attributes:
        calibration: Temperature and abstain threshold.
        affect: Arousal and valence; ``None`` for a model without them.
        notes: What was fitted anew, kept or switched off, and why; one sentence each.
    """

    calibration: Calibration
    affect: AffectSpec | None
    notes: tuple[str, ...]


def fitted_claims(
    answers: Answers,
    true: npt.NDArray[np.int64],
    info: ModelInfo,
    *,
    units: npt.NDArray[np.int64],
    keeps_affect: bool = False,
) -> Claims:
    """Return temperature and thresholds, fitted on passages that were left out where there are enough of them.

    Args:
        answers: Of networks that were not trained on the passages.
        true: (passage,) index of the label.
        info: The model before.
        units: (passage,) number of the speaker or recording.
        keeps_affect: Whether the network has outputs of its own for arousal and valence that were not trained.
    """
    notes = []
    calibration, entries = Calibration(info.temperature, info.abstain_threshold), answers.entries
    few = _few(len(np.unique(units)), len(np.unique(answers.passages)))
    if few:
        notes.append(f"Temperature and abstain threshold are those of the model before: {few}.")
    else:
        of = answers.passages
        logits = np.log(entries + LEAST) * info.temperature
        predictions = Predictions(info.labels, true[of], logits, units[of].astype(str))
        calibration = fit_calibration(predictions)
        notes.append("Temperature and abstain threshold were fitted on the passages that were left out.")
        entries = predictions.probabilities(calibration.temperature)
        if calibration.abstain_threshold >= NEVER:
            notes.append("At no confidence 80 % of the claims are right, so the model claims no emotion.")
    if not info.affect:
        return Claims(calibration, None, tuple(notes))
    if keeps_affect:
        notes.append("Arousal and valence are those of the model before: their outputs were not trained.")
        return Claims(calibration, info.affect, tuple(notes))
    labelled = Labelled(entries, np.array(info.labels)[true[answers.passages]])
    fresh = None if few else fit_affect([labelled], info.labels, wanted=WANTED)
    dimensions = {}
    for dimension in (AROUSAL, VALENCE):
        old: DimensionSpec = getattr(info.affect, dimension.name)
        short = few or _few_of_side(dimension, true, info.labels)
        if fresh is None or short:
            dimensions[dimension.name] = msgspec.structs.replace(old, high_from=NEVER, low_to=1.0 - NEVER)
            notes.append(
                f"{dimension.name.capitalize()} is shown but never claimed, because its thresholds were fitted on the "
                f"answers of the network before: {short}."
            )
        else:
            dimensions[dimension.name] = getattr(fresh, dimension.name)
            notes.append(f"{dimension.name.capitalize()} was fitted on the passages that were left out.")
    return Claims(calibration, AffectSpec(**dimensions), tuple(notes))


def _few(units: int, passages: int) -> str:
    if units < ENOUGH_UNITS:
        return f"{ENOUGH_UNITS} recordings or speakers are needed, and there are {units}"
    return "" if passages >= ENOUGH_PASSAGES else f"{ENOUGH_PASSAGES} passages are needed, and there are {passages}"


def _few_of_side(dimension: Dimension, true: npt.NDArray[np.int64], labels: tuple[str, ...]) -> str:
    targets = dimension.targets(labels[label] for label in true.tolist())
    least = int(min((targets == 1.0).sum(), (targets == 0.0).sum()))
    return (
        "" if least >= ENOUGH_OF_SIDE else f"{ENOUGH_OF_SIDE} passages of each side are needed, and there are {least}"
    )
