"""``python -m training baselines``: trains all recipes with both splits and writes one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ser_desktop.errors import SettingsError
from training.baselines.cached_predictions import CachedPredictions
from training.baselines.own import open_own
from training.baselines.recipes import RECIPES
from training.baselines.scoring import ComparedModel, RecipeOnCorpus, score
from training.baselines.table import as_markdown, row_of, write_rows
from training.data.corpora import Corpus, CorpusError, check_may_train, read_corpus, without_duplicates
from training.data.splits import Part, random_split, speaker_split

FOLDS = "luna-jimenez"
INTRODUCTION = """Corpus: {corpus}, {clips} clips of {speakers} speakers without duplicates, {labels} emotions. One seed. Metrics in percent.
By speaker: the folds “{folds}”; no test speaker is trained on, two others are validation speakers; the 95 % intervals
come from resampling speakers. At random: five folds of clips; a tenth of the other clips is for validation. The leak
gap is the accuracy at random minus the accuracy by speaker, in points: the gain if the test speakers were trained on.
Times are processor time of one core: features and prediction for 3 s of sound (median of nine), and the training of
one fold."""  # noqa: E501


@dataclass(frozen=True, slots=True)
class BaselineSpec:
    """The options of the command.

    Attributes:
        corpus: Folder of the corpus.
        run: Folder of the features and predictions.
        table: The Markdown file to write; ``None`` is ``table.md`` in the run.
        own: A run of our network, which gets a row in the table.
        only: Names of the recipes to train; empty is all.
        split: ``speakers``, ``random``, or ``None`` for both.
        folds: Name of the fold set by speaker.
        cache: Folder of the feature cache of our network.
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
    """Train and test each model in each fold that has no predictions yet; print and write the table.

    Raises:
        CorpusError: The corpus cannot be read, may not be trained on, or is too small.
        SettingsError: A recipe is unknown, or the folder holds another comparison.
    """
    found = read_corpus(spec.corpus)
    check_may_train(found)
    corpus = without_duplicates(found)
    if corpus.is_mel:
        raise CorpusError("{root} holds spectrograms.", "Give a folder of sound files.", root=corpus.root)
    parts = (*speaker_split(corpus.clips, spec.folds), *random_split(corpus.clips))
    cached = CachedPredictions(spec.run, corpus.clips, spec.folds)
    models = _compared_models(spec, corpus, cached)
    chosen = _chosen(models, spec.only)

    def show() -> None:
        _write_table(spec, corpus, models, parts=parts, cached=cached)

    score(chosen, [part for part in parts if spec.split in (None, part.split)], cached, show=show)
    print(_write_table(spec, corpus, models, parts=parts, cached=cached))


def _compared_models(spec: BaselineSpec, corpus: Corpus, cached: CachedPredictions) -> list[ComparedModel]:
    labels = tuple(corpus.emotions)
    rows: list[ComparedModel] = [RecipeOnCorpus(each, corpus.clips, labels, cached.features) for each in RECIPES]
    if spec.own:
        own = open_own(
            spec.own, corpus.clips, fold_set=spec.folds, cache_folder=spec.cache, networks=cached.folder_of("own")
        )
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


def _chosen(models: Sequence[ComparedModel], names: Sequence[str]) -> list[ComparedModel]:
    known = [each.name for each in models]
    if unknown := [name for name in names if name not in known]:
        raise SettingsError("There is no recipe {name}.", "Choose {known}.", name=unknown[0], known=", ".join(known))
    return [each for each in models if not names or each.name in names]


def _write_table(
    spec: BaselineSpec,
    corpus: Corpus,
    models: Sequence[ComparedModel],
    *,
    parts: Sequence[Part],
    cached: CachedPredictions,
) -> str:
    """Write the table of all cached predictions, and return it."""
    labels = tuple(corpus.emotions)
    rows = [row_of(each, parts, cached, clips=corpus.clips, labels=labels) for each in models]
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
    """Return the command that prints the same table, without absolute paths and without a selection of recipes."""
    options: dict[str, Path | str | None] = {
        "--corpus": f"path/to/{corpus.name}",
        "--run": spec.run,
        "--own": spec.own,
        "--table": spec.table,
        "--folds": spec.folds if spec.folds != FOLDS else None,
    }
    given = (f"{name} {_without_root(Path(value))}" for name, value in options.items() if value)
    return f"python -m training baselines {' '.join(given)}"


def _without_root(path: Path) -> str:
    return path.name if path.is_absolute() else str(path)
