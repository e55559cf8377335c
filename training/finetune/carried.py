"""Whether a fine-tuned network keeps the adaptation to voices of the model before, and how it is scaled for it."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
import numpy as np
import numpy.typing as npt

from ser_desktop.emotion.model_file import ModelInfo
from ser_desktop.emotion.voice_adaptation import OUTPUTS_OF_AFFECT, AdaptationSpec
from training.finetune.gain import gain_of
from training.finetune.program import Answers

MADE_KNOWN = "Voices that were made known to the model before must be made known to this one again."


@dataclass(frozen=True, slots=True)
class Carried:
    """What was decided on the adaptation to voices.

    Attributes:
        answers: What the program says of the passages that were left out, with the adaptation if it is kept.
        adaptation: The adaptation of the model before, if it is kept.
        note: What was decided, and on which figures; empty for a model that does not adapt its answers.
    """

    answers: Answers
    adaptation: AdaptationSpec | None
    note: str


def carried(
    plain: Answers,
    adapted: Answers | None,
    true: npt.NDArray[np.int64],
    info: ModelInfo,
    *,
    units: npt.NDArray[np.int64],
) -> Carried:
    """Keep the adaptation if what was left out is recognised no worse with it.

    It is a linear function of what a window differs from the usual: of its MFCCs, which no training changes, and of the
    logits, which it does. So it is not fitted anew, but checked.

    Args:
        plain: What networks say without the adaptation of passages that they were not trained on.
        adapted: The same networks with it; ``None`` for a model without one.
        true: (passage,) index of the label.
        info: The model before.
        units: (passage,) number of the speaker or recording.
    """
    if adapted is None:
        return Carried(plain, None, "")
    found = gain_of(plain, adapted, true, labels=info.labels, units=units)
    figures = f"UAR of what was left out: {found.before.uar} without it, {found.after.uar} with it"
    if found.difference.value < 0.0:
        return Carried(
            plain,
            None,
            "The adaptation to voices of the model before was left out, because the new network is worse with it "
            f"({figures}). The figures before have it. A voice that is known makes no difference to this model.",
        )
    note = (
        "The adaptation to voices of the model before was kept as it was, because the new network is no worse with it "
        f"({figures}; chosen on these passages). {MADE_KNOWN}"
    )
    return Carried(adapted, info.adaptation, note)


def scaled(spec: AdaptationSpec, info: ModelInfo, temperature: float) -> AdaptationSpec:
    """Return an adaptation for another temperature: what it adds to calibrated logits shrinks as they do.

    Args:
        spec: The adaptation of the model before.
        info: That model.
        temperature: The new one.
    """
    factor = info.temperature / temperature
    emotions = len(spec.weights) - OUTPUTS_OF_AFFECT
    factors = [factor] * emotions + [1.0] * OUTPUTS_OF_AFFECT
    return msgspec.structs.replace(
        spec,
        weights=tuple(tuple(each * by for each in row) for row, by in zip(spec.weights, factors, strict=True)),
        offsets=tuple(each * by for each, by in zip(spec.offsets, factors, strict=True)),
    )
