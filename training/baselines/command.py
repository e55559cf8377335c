"""``python -m training baselines``: all recipes under both splits, as one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ser_desktop.errors import SettingsError
from training.baselines.cached_predictions import CachedPredictions
from training.baselines.own import open_own
from training.baselines.recipes import RECIPES
from training.baselines.scoring import Contestant, RecipeOnCorpus, score
from training.baselines.table import as_markdown, row_of, write_rows
from training.data.corpora import Corpus, CorpusError, read_corpus, without_duplicates
from training.data.splits import Part, random_split, speaker_split

FOLDS = "luna-jimenez"
INTRODUCTION = """{clips} clips of {speakers} speakers, {labels} emotions ({corpus}), each recording once; one seed; percent.
By speaker: the folds “{folds}”, no test speaker is trained on, two others are validation speakers; the 95 % intervals
come from resampling speakers. At random: five folds of clips, a tenth of the rest is for validation. The leak gap is
the points of accuracy that are gained when the test speakers were trained on. Times are processor time of one core:
features and prediction for 3 s of sound (median of nine), and the training of one fold."""  # noqa: E501


@dataclass(frozen=True, slots=True)
class BaselineSpec:
    """What the command was asked for.

    Attributes:
        corpus: The corpus's folder.
        run: Where features and answers are kept.
        table: The Markdown file to write; None is ``table.md`` in the run.
        own: A run of ours to stand in the table.
        only: Names of the recipes to train; empty is all.
        split: ``speakers``, ``random``, or None for both.
        folds: Name of the fold set by speaker.
        cache: Where frames of our own network are kept.
    """

    corpus: Path
    run: Path
    table: Path | None = None
    own: Path | None = None
    only: tuple[str, ...] = ()
    split: str | None = None
    folds: str = FOLDS
    cache: Path = Path("runs/cache")


def compare(spec: BaselineSpec) -> None:
    """Train and judge what is missing, print the table and write it.

    Raises:
        CorpusError: The corpus cannot be read, or is too small.
        SettingsError: A recipe is unknown, or the folder holds another comparison.
    """
    corpus = without_duplicates(read_corpus(spec.corpus))
    if corpus.is_mel:
        raise CorpusError("{root} holds spectrograms.", "Give a folder of sound files.", root=corpus.root)
    parts = (*speaker_split(corpus.clips, spec.folds), *random_split(corpus.clips))
    kept = CachedPredictions(spec.run, corpus.clips, spec.folds)
    contestants = _contestants(spec, corpus, kept)
    chosen = _chosen(contestants, spec.only)

    def show() -> None:
        _write_table(spec, corpus, contestants, parts, kept=kept)

    score(chosen, [part for part in parts if spec.split in (None, part.split)], kept, show=show)
    print(_write_table(spec, corpus, contestants, parts, kept=kept))


def _contestants(spec: BaselineSpec, corpus: Corpus, kept: CachedPredictions) -> list[Contestant]:
    labels = tuple(corpus.emotions)
    rows: list[Contestant] = [RecipeOnCorpus(each, corpus.clips, labels, kept.features) for each in RECIPES]
    if spec.own:
        own = open_own(spec.own, corpus.clips, fold_set=spec.folds, cache_folder=spec.cache, kept=kept.folder_of("own"))
        if own.run.config.training.labels != labels:
            raise SettingsError(
                "{run} has other labels, or in another order: {theirs}.",
                "Choose a run with {labels}.",
                run=spec.own,
                theirs=", ".join(own.run.config.training.labels),
                labels=", ".join(labels),
            )
        rows.append(own)
    return rows


def _chosen(contestants: Sequence[Contestant], names: Sequence[str]) -> list[Contestant]:
    known = [each.name for each in contestants]
    if unknown := [name for name in names if name not in known]:
        raise SettingsError("There is no recipe {name}.", "Choose {known}.", name=unknown[0], known=", ".join(known))
    return [each for each in contestants if not names or each.name in names]


def _write_table(
    spec: BaselineSpec,
    corpus: Corpus,
    contestants: Sequence[Contestant],
    parts: Sequence[Part],
    *,
    kept: CachedPredictions,
) -> str:
    """Write the table of all that is kept, and return it."""
    labels = tuple(corpus.emotions)
    rows = [row_of(each, parts, kept, clips=corpus.clips, labels=labels) for each in contestants]
    introduction = INTRODUCTION.format(
        clips=len(corpus.clips),
        speakers=len(corpus.speakers),
        labels=len(labels),
        corpus=corpus.name,
        folds=spec.folds,
    )
    text = as_markdown(rows, command=_command_line(spec, corpus), introduction=introduction)
    (spec.table or spec.run / "table.md").write_text(text, encoding="utf-8")
    write_rows(spec.run, rows)
    return text


def _command_line(spec: BaselineSpec, corpus: Corpus) -> str:
    """Return the command that prints the same table elsewhere: no path of this machine, no choice of what to train."""
    options: dict[str, Path | str | None] = {
        "--corpus": f"path/to/{corpus.name}",
        "--run": spec.run,
        "--own": spec.own,
        "--table": spec.table,
        "--folds": spec.folds if spec.folds != FOLDS else None,
    }
    said = (f"{name} {_without_root(Path(value))}" for name, value in options.items() if value)
    return f"python -m training baselines {' '.join(said)}"


def _without_root(path: Path) -> str:
    return path.name if path.is_absolute() else str(path)
