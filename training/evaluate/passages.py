"""How often a claimed emotion is right, by the length of the claim."""

from __future__ import annotations

from itertools import groupby

import msgspec
import numpy as np
import numpy.typing as npt

LENGTHS_S = (0.25, 0.5, 1.0, 1.5, 2.0)


class PassageMetrics(msgspec.Struct, frozen=True):
    """The passages with the same claimed emotion and a minimum length.

    Attributes:
        least_s: The minimum length.
        count: Number of passages of at least this length.
        right: Share of them that are right, 0…1; ``None`` without such a passage.
    """

    least_s: float
    count: int
    right: float | None = None


def passage_metrics(
    emotions: npt.NDArray[np.int64],
    clips: npt.NDArray[np.int64],
    is_claim: npt.NDArray[np.bool_],
    is_right: npt.NDArray[np.bool_],
    *,
    hop_s: float,
) -> list[PassageMetrics]:
    """Return the metrics of passages by their minimum length.

    A passage is a run of entries of one clip that claim the same emotion. Pauses within a clip are ignored.

    Args:
        emotions: (entry,) index of the most probable emotion.
        clips: (entry,) index of the clip of each entry; entries of a clip follow each other.
        is_claim: (entry,) whether the emotion is claimed.
        is_right: (entry,) whether it is, or would be, right.
        hop_s: Length of an entry.
    """
    runs = [
        (len(entries) * hop_s, right)
        for (is_claimed, _, _, right), run in groupby(zip(is_claim, clips, emotions, is_right, strict=True))
        if is_claimed and (entries := list(run))
    ]
    found = []
    for least_s in LENGTHS_S:
        right = [is_well for seconds, is_well in runs if seconds >= least_s]
        found.append(PassageMetrics(least_s, len(right), float(np.mean(right)) if right else None))
    return found
