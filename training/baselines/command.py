"""``python -m training baselines``: all recipes under both splits, as one table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ser_desktop.errors import SettingsError
from training.baselines.kept import KeptScores
from training.baselines.own import open_own
from training.baselines.recipes import RECIPES
from training.baselines.scoring import Contestant, RecipeOnCorpus, score
from training.baselines.table import as_markdown, row_of
from training.data.corpora import Corpus, CorpusError, read_corpus, without_duplicates
from training.data.splits import Part, random_split, speaker_split

FOLDS = "luna-jimenez"
TOLD = """{clips} clips of {speakers} speakers, {labels} emotions ({corpus}), each recording once; one seed; percent.
By speaker: the folds “{folds}”, nobody tested is heard in training, two other speakers decide when to stop; the
intervals of 95 % come from drawing speakers. At random: five folds of clips, a tenth of the rest decides. The leak gap
is what accuracy gains, in points, when the voice was heard in training. Times are processor time of one core: features
and answer for 3 s of sound (median of nine), and the training of one fold."""


@dataclass(frozen=True, slots=True)
class Wish:
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


def compare(wish: Wish) -> None:
    """Train and judge what is missing, print the table and write it.

    Raises:
        CorpusError: The corpus cannot be read, or is too small.
        SettingsError: A recipe is unknown, or the folder holds another comparison.
    """
    corpus = without_duplicates(read_corpus(wish.corpus))
    if corpus.is_mel:
        raise CorpusError("{root} holds spectrograms.", "Give a folder of sound files.", root=corpus.root)
    parts = (*speaker_split(corpus.clips, wish.folds), *random_split(corpus.clips))
    kept = KeptScores(wish.run, corpus.clips, wish.folds)
    contestants = _contestants(wish, corpus, kept)
    chosen = _chosen(contestants, wish.only)

    def show() -> None:
        _write_table(wish, corpus, contestants, parts, kept)

    score(chosen, [part for part in parts if wish.split in (None, part.split)], kept, show=show)
    print(_write_table(wish, corpus, contestants, parts, kept))


def _contestants(wish: Wish, corpus: Corpus, kept: KeptScores) -> list[Contestant]:
    labels = tuple(corpus.emotions)
    rows: list[Contestant] = [RecipeOnCorpus(each, corpus.clips, labels, kept.features) for each in RECIPES]
    if wish.own:
        own = open_own(wish.own, corpus.clips, fold_set=wish.folds, cache_folder=wish.cache, kept=kept.folder_of("own"))
        if own.run.config.training.labels != labels:
            raise SettingsError(
                "{run} has other labels, or in another order: {theirs}.",
                "Choose a run with {labels}.",
                run=wish.own,
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
    wish: Wish, corpus: Corpus, contestants: Sequence[Contestant], parts: Sequence[Part], kept: KeptScores
) -> str:
    """Write the table of all that is kept, and return it."""
    labels = tuple(corpus.emotions)
    rows = [row_of(each, parts, kept, clips=corpus.clips, labels=labels) for each in contestants]
    told = TOLD.format(
        clips=len(corpus.clips),
        speakers=len(corpus.speakers),
        labels=len(labels),
        corpus=corpus.name,
        folds=wish.folds,
    )
    text = as_markdown(rows, command=_command_line(wish, corpus), told=told)
    (wish.table or wish.run / "table.md").write_text(text, encoding="utf-8")
    figures = json.dumps([row.as_dict() for row in rows], indent=2)
    (wish.run / "table.json").write_text(figures + "\n", encoding="utf-8")
    return text


def _command_line(wish: Wish, corpus: Corpus) -> str:
    """Return the command that prints the same table elsewhere: no path of this machine, no choice of what to train."""
    options: dict[str, Path | str | None] = {
        "--corpus": f"path/to/{corpus.name}",
        "--run": wish.run,
        "--own": wish.own,
        "--table": wish.table,
        "--folds": wish.folds if wish.folds != FOLDS else None,
    }
    said = (f"{name} {_without_root(Path(value))}" for name, value in options.items() if value)
    return f"python -m training baselines {' '.join(said)}"


def _without_root(path: Path) -> str:
    return path.name if path.is_absolute() else str(path)
