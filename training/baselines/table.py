"""The figures of all recipes as a table: Markdown to read, JSON to compute with."""

from __future__ import annotations

import dataclasses
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from training.baselines.kept import Judged, KeptScores
from training.baselines.scoring import Contestant
from training.data.corpora import Clip
from training.data.splits import RANDOM, SPEAKERS, Part
from training.evaluate.metrics import Figure, Predictions, accuracy, confusion, figures_over_speakers, unweighted_recall

MISSING = "–"
COLUMNS = (
    "recipe",
    "UAR by speaker",
    "accuracy by speaker",
    "UAR at random",
    "accuracy at random",
    "leak gap",
    "parameters",
    "ms for 3 s",
    "training s",
)


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of a recipe; None where its folds are not finished.

    Attributes:
        name: Of its folder.
        title: In the table.
        speaker_recall: UAR by speaker, with its interval over speakers.
        speaker_accuracy: Accuracy by speaker.
        random_recall: UAR under the random split.
        random_accuracy: Accuracy under the random split.
        parameters: Trained numbers; those of a PCA differ from fold to fold, and the median is told.
        clip_ms: For features and answer.
        training_s: Of one fold.
    """

    name: str
    title: str
    speaker_recall: Figure | None = None
    speaker_accuracy: Figure | None = None
    random_recall: float | None = None
    random_accuracy: float | None = None
    parameters: int | None = None
    clip_ms: float | None = None
    training_s: float | None = None

    @property
    def leak_gap(self) -> float | None:
        """How much accuracy the random split adds."""
        if self.speaker_accuracy is None or self.random_accuracy is None:
            return None
        return self.random_accuracy - self.speaker_accuracy.value

    def as_dict(self) -> dict[str, Any]:
        """Return all figures."""
        return {**dataclasses.asdict(self), "leak_gap": self.leak_gap}

    def as_markdown(self) -> str:
        """Return the line of the table; shares in percent, the gap in points."""
        recall = self.speaker_recall
        cells = (
            self.title,
            f"{_percent(recall.value)} ({_percent(recall.low)} to {_percent(recall.high)})" if recall else MISSING,
            _percent(self.speaker_accuracy.value if self.speaker_accuracy else None),
            _percent(self.random_recall),
            _percent(self.random_accuracy),
            _percent(self.leak_gap),
            f"{self.parameters:,}".replace(",", " ") if self.parameters else MISSING,
            MISSING if self.clip_ms is None else f"{self.clip_ms:.1f}",
            MISSING if self.training_s is None else f"{self.training_s:.0f}",
        )
        return f"| {' | '.join(cells)} |"


def _percent(share: float | None) -> str:
    return MISSING if share is None else f"{100 * share:.1f}"


def row_of(
    contestant: Contestant, parts: Sequence[Part], kept: KeptScores, *, clips: Sequence[Clip], labels: tuple[str, ...]
) -> Row:
    """Return the figures of a recipe from what is kept of it."""
    found = {
        split: [kept.read(contestant.name, contestant.key, part) for part in parts if part.split == split]
        for split in (SPEAKERS, RANDOM)
    }
    whole = {split: [each for each in folds if each] for split, folds in found.items() if folds and all(folds)}
    row = Row(contestant.name, contestant.title, **_costs([each for folds in found.values() for each in folds if each]))
    if SPEAKERS in whole:
        figures = figures_over_speakers(_pooled(whole[SPEAKERS], clips, labels))
        row = dataclasses.replace(row, speaker_recall=figures["UAR"], speaker_accuracy=figures["accuracy"])
    if RANDOM in whole:
        said = _pooled(whole[RANDOM], clips, labels)
        matrix = confusion(said.true, said.predicted, len(labels))
        row = dataclasses.replace(row, random_recall=unweighted_recall(matrix), random_accuracy=accuracy(matrix))
    return row


def _costs(folds: Sequence[Judged]) -> dict[str, Any]:
    if not folds:
        return {}
    timed = [each.training_s for each in folds if np.isfinite(each.training_s)]
    return {
        "parameters": round(statistics.median(each.parameters for each in folds)),
        "clip_ms": statistics.median(each.clip_ms for each in folds),
        "training_s": statistics.median(timed) if timed else None,
    }


def _pooled(folds: Sequence[Judged], clips: Sequence[Clip], labels: tuple[str, ...]) -> Predictions:
    tested = [clips[index] for fold in folds for index in fold.clips]
    return Predictions(
        labels,
        true=np.array([labels.index(clip.emotion) for clip in tested], np.int64),
        logits=np.log(np.concatenate([fold.probabilities for fold in folds]) + 1e-12),
        speaker=np.array([clip.speaker for clip in tested]),
    )


def as_markdown(rows: Sequence[Row], *, command: str, told: str) -> str:
    """Return the file with the table.

    Args:
        rows: In the order of the table.
        command: That prints it.
        told: Which clips and folds the figures are of.
    """
    lines = [
        f"<!-- Printed by: {command} -->",
        "",
        "# The usual recipes beside ours",
        "",
        told,
        "",
        f"| {' | '.join(COLUMNS)} |",
        f"|{'---|' * len(COLUMNS)}",
        *(row.as_markdown() for row in rows),
    ]
    return "\n".join(lines) + "\n"
