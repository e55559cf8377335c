"""The metrics of all recipes as a table: Markdown to read, JSON to compute with."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
from msgspec.structs import replace

from training.baselines.cached_predictions import CachedPredictions, FoldPredictions
from training.baselines.scoring import ComparedModel
from training.data.corpora import Clip
from training.data.splits import RANDOM, SPEAKERS, Part
from training.evaluate.metrics import Estimate, Predictions, accuracy, metrics_over_speakers
from training.fit.recall import unweighted_recall

TABLE = "table.json"
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


class Row(msgspec.Struct, frozen=True):
    """The metrics of one recipe; ``None`` where its folds are not finished.

    Attributes:
        name: Name of its folder.
        title: Name in the table.
        speaker_recall: UAR with the split by speaker, with its interval over speakers.
        speaker_accuracy: Accuracy with the split by speaker.
        random_recall: UAR with the random split.
        random_accuracy: Accuracy with the random split.
        parameters: Number of trained parameters; the median over folds, because those of a PCA differ.
        clip_ms: Processor time for features and prediction of 3 s.
        training_s: Processor time of the training of one fold.
        leak_gap: Accuracy with the random split minus accuracy with the split by speaker.
    """

    name: str
    title: str
    speaker_recall: Estimate | None = None
    speaker_accuracy: Estimate | None = None
    random_recall: float | None = None
    random_accuracy: float | None = None
    parameters: int | None = None
    clip_ms: float | None = None
    training_s: float | None = None
    leak_gap: float | None = None

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
    model: ComparedModel,
    parts: Sequence[Part],
    cached: CachedPredictions,
    *,
    clips: Sequence[Clip],
    labels: tuple[str, ...],
) -> Row:
    """Return the row of a recipe from its cached predictions."""
    found = {
        split: [cached.read(model.name, model.key, part) for part in parts if part.split == split]
        for split in (SPEAKERS, RANDOM)
    }
    whole = {split: [each for each in folds if each] for split, folds in found.items() if folds and all(folds)}
    row = _with_costs(Row(model.name, model.title), [each for folds in found.values() for each in folds if each])
    if SPEAKERS in whole:
        recognition = metrics_over_speakers(_pooled(whole[SPEAKERS], clips, labels))
        row = replace(row, speaker_recall=recognition.uar, speaker_accuracy=recognition.accuracy)
    if RANDOM in whole:
        predictions = _pooled(whole[RANDOM], clips, labels)
        row = replace(
            row,
            random_recall=unweighted_recall(predictions.true, predictions.predicted),
            random_accuracy=accuracy(predictions.true, predictions.predicted),
        )
    if row.speaker_accuracy is not None and row.random_accuracy is not None:
        row = replace(row, leak_gap=row.random_accuracy - row.speaker_accuracy.value)
    return row


def write_rows(folder: Path, rows: Sequence[Row]) -> None:
    """Write the rows as JSON."""
    (folder / TABLE).write_bytes(msgspec.json.format(msgspec.json.encode(rows)) + b"\n")


def read_rows(folder: Path) -> list[Row]:
    """Return the rows that :func:`write_rows` wrote.

    Raises:
        OSError: The file is missing.
        ValueError: The file is damaged.
    """
    return msgspec.json.decode((folder / TABLE).read_bytes(), type=list[Row])


def _with_costs(row: Row, folds: Sequence[FoldPredictions]) -> Row:
    if not folds:
        return row
    timed = [each.training_s for each in folds if np.isfinite(each.training_s)]
    return replace(
        row,
        parameters=round(statistics.median(each.parameters for each in folds)),
        clip_ms=statistics.median(each.clip_ms for each in folds),
        training_s=statistics.median(timed) if timed else None,
    )


def _pooled(folds: Sequence[FoldPredictions], clips: Sequence[Clip], labels: tuple[str, ...]) -> Predictions:
    tested = [clips[index] for fold in folds for index in fold.clips]
    return Predictions(
        labels,
        true=np.array([labels.index(clip.emotion) for clip in tested], np.int64),
        logits=np.log(np.concatenate([fold.probabilities for fold in folds]) + 1e-12),
        speaker=np.array([clip.speaker for clip in tested]),
    )


def as_markdown(rows: Sequence[Row], *, command: str, introduction: str) -> str:
    """Return the file with the table.

    Args:
        rows: Rows in the order of the table.
        command: The command that prints it.
        introduction: Text about the clips and folds of the metrics.
    """
    lines = [
        f"<!-- Printed by: {command} -->",
        "",
        "# Common recipes compared with our network",
        "",
        introduction,
        "",
        f"| {' | '.join(COLUMNS)} |",
        f"|{'---|' * len(COLUMNS)}",
        *(row.as_markdown() for row in rows),
    ]
    return "\n".join(lines) + "\n"
