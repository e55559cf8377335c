"""A run: one corpus, one configuration, a network for each fold and one on everybody; begun, opened, checked."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from torch import Tensor

from ser_desktop.errors import SettingsError
from training.data.auxiliary_corpora import AuxiliaryCorpus, PooledCache, open_auxiliary_cache, sound_spectrograms
from training.data.corpora import Clip, Corpus, CorpusError, kept_hashes, read_corpus, sample_hash, without_duplicates
from training.data.features import FeatureCache, open_cache, open_clean_cache
from training.data.folds import RAVDESS_FOLD_SETS, Fold, FoldSet, grouped_folds, ravdess_folds
from training.data.targets import Targets
from training.fit.checkpoints import fold_name, read_checkpoint, read_network
from training.fit.config import Config, read_config
from training.fit.losses import Teacher
from training.fit.run_record import clips_hash, has_record, no_run, read_record, write_record

GROUPED_FOLDS = 5
HASHES = "sample_hashes.json"  # beside the runs: what was found of recordings that are there twice


@dataclass(frozen=True, slots=True)
class Run:
    """Where a run is kept and what it is made of.

    Attributes:
        folder: Holds ``config.toml``, ``run.json`` and a folder for each network.
        config: How the networks are made.
        corpus: The clips whose labels the configuration names.
        folds: Who is tested by which network.
        auxiliary_corpora: Corpora that are heard as well.
        start: Folder of the run whose networks this one begins with.
        teachers: Folders of runs whose networks teach.
    """

    folder: Path
    config: Config
    corpus: Corpus
    folds: FoldSet
    auxiliary_corpora: tuple[AuxiliaryCorpus, ...] = ()
    start: Path | None = None
    teachers: tuple[Path, ...] = ()

    def clips_of(self, speakers: frozenset[str]) -> npt.NDArray[np.int64]:
        """Return the indices of all clips of these speakers."""
        return np.array([i for i, clip in enumerate(self.corpus.clips) if clip.speaker in speakers], np.int64)

    def clips_hashes(self) -> dict[str, str]:
        """Return a short hash of each corpus's clips, speakers and labels: they decide who is tested by which fold."""
        corpora = (self.corpus, *(each.corpus for each in self.auxiliary_corpora))
        return {corpus.name: clips_hash(corpus.clips) for corpus in corpora}

    def targets(self) -> Targets:
        """Return the labels of all clips as numbers."""
        return Targets(self.all_clips, self.config.training.labels)

    @property
    def all_clips(self) -> tuple[Clip, ...]:
        """The clips of the corpus, then those of each auxiliary corpus."""
        return sum((each.corpus.clips for each in self.auxiliary_corpora), self.corpus.clips)

    def cache(self, folder: Path, *, clean: bool = False) -> FeatureCache:
        """Return the frames of all clips, made where they are missing; to judge, clips without copies are enough."""
        own = (open_clean_cache if clean else open_cache)(folder, self.corpus.clips, self.config.cache)
        spec, others = (
            self.config.auxiliary_cache,
            [each.corpus for each in self.auxiliary_corpora],
        )
        return PooledCache((own, *(open_auxiliary_cache(folder, each, spec, clean=clean) for each in others)))

    def heard_beside(self, fold: Fold | None) -> tuple[tuple[float, npt.NDArray[np.int64]], ...]:
        """Return share and clip indices of each auxiliary corpus, for the network of a fold or of all."""
        found, start = [], len(self.corpus.clips)
        for auxiliary_corpus in self.auxiliary_corpora:
            clips = auxiliary_corpus.corpus.clips
            speakers = {clip.speaker for clip in clips}
            if fold:
                speakers &= auxiliary_corpus.heard_in(fold.index, len(self.folds.folds))
            heard = [start + index for index, clip in enumerate(clips) if clip.speaker in speakers]
            found.append((auxiliary_corpus.share, np.array(heard, np.int64)))
            start += len(clips)
        return tuple(found)

    def fold_folder(self, fold: Fold) -> Path:
        """Return where the network of a fold is kept."""
        return self.folder / fold_name(fold)

    def start_weights(self, name: str) -> dict[str, Tensor] | None:
        """Return what the network of a fold or of everybody begins with, or None."""
        return read_checkpoint(self.start / name)["weights"] if self.start else None

    def teachers_of(self, name: str) -> tuple[Teacher, ...]:
        """Return the networks of the same fold, or of everybody, that teach, and the clips that they may speak of."""
        return tuple(Teacher(read_network(folder / name), self._known_by(folder)) for folder in self.teachers)

    def _known_by(self, teacher: Path) -> npt.NDArray[np.bool_]:
        heard = {self.corpus.name, *read_config(teacher / "config.toml").auxiliary_corpora.names}
        return np.array([clip.corpus in heard for clip in self.all_clips])


def new_run(
    config: Path,
    corpus: Path,
    folder: Path,
    *,
    fold_set: str | None = None,
    seed: int | None = None,
    auxiliary_corpora: Sequence[Path] = (),
    start: Path | None = None,
    teachers: Sequence[Path] = (),
) -> Run:
    """Begin a run, or take up the one in this folder if it is of the same configuration and folds.

    Args:
        config: The TOML file.
        corpus: The corpus's folder.
        folder: Where the run is kept.
        fold_set: Other folds than those of the configuration.
        seed: Another seed than that of the configuration.
        auxiliary_corpora: The folders of the corpora that the configuration names as auxiliary corpora.
        start: A run with whose networks the networks of this one begin.
        teachers: Runs whose networks teach those of this one, each its own fold's.

    Raises:
        CorpusError: The corpus cannot be read, or has no clip with one of the labels.
        SettingsError: The folder holds another run, or another run has other folds.
    """
    own = read_config(config)  # refused before anything is written
    fold_set = fold_set or own.training.fold_set
    folder.mkdir(parents=True, exist_ok=True)
    beside = [str(each.absolute()) for each in auxiliary_corpora]
    made_of: dict[str, Any] = {"corpus": str(corpus.resolve()), "fold_set": fold_set, "auxiliary_corpora": beside}
    if seed is not None:
        made_of["seed"] = seed
    if start:
        made_of["start"] = str(_of_same_folds(start, made_of, own))
    if teachers:
        made_of["teachers"] = [str(_of_same_folds(each, made_of, own)) for each in teachers]
    known = read_record(folder) if has_record(folder) else {}
    clips = known.pop("clips", None)
    is_other = known and known != made_of
    if is_other or (known and (folder / "config.toml").read_bytes() != config.read_bytes()):
        raise SettingsError(
            f"{folder} holds a run of another configuration, corpus or fold set. Choose another --run folder."
        )
    (folder / "config.toml").write_bytes(config.read_bytes())
    write_record(folder, {**made_of, **({"clips": clips} if clips else {})})
    run = open_run(folder)
    write_record(folder, {**made_of, "clips": run.clips_hashes()})
    for other in (*((run.start,) if run.start else ()), *run.teachers):
        _check_clips(run, other)
    return run


def open_run(folder: Path) -> Run:
    """Read a run that :func:`new_run` began.

    Raises:
        SettingsError: There is none.
    """
    made_of = read_record(folder)
    try:
        root, fold_set = Path(made_of["corpus"]), str(made_of["fold_set"])
        beside = [Path(each) for each in made_of.get("auxiliary_corpora", ())]
        start = Path(made_of["start"]) if "start" in made_of else None
        teachers = tuple(Path(each) for each in made_of.get("teachers", ()))
    except KeyError as error:
        raise no_run(folder) from error
    config = read_config(folder / "config.toml")
    if "seed" in made_of:
        config = dataclasses.replace(config, training=dataclasses.replace(config.training, seed=int(made_of["seed"])))
    with kept_hashes(folder.parent / HASHES) as hash_of:
        corpus = _labelled(without_duplicates(read_corpus(root), hash_of), config.training.labels)
        auxiliary_corpora = _auxiliary_corpora(config, beside, hash_of)
    folds = _folds(corpus, fold_set, config.training.validation_speakers)
    run = Run(folder, config, corpus, folds, auxiliary_corpora, start, teachers)
    _check_clips(run, folder)
    return run


def _of_same_folds(other: Path, made_of: dict[str, Any], own: Config) -> Path:
    """Return another run's folder; its networks must not have heard who tests or decides in the same fold here."""
    theirs, config = read_record(other), read_config(other / "config.toml")
    is_same = all(theirs.get(name) == made_of[name] for name in ("corpus", "fold_set"))
    is_same &= config.training.validation_speakers == own.training.validation_speakers
    if own.auxiliary_corpora.names and config.auxiliary_corpora.names:
        is_same &= config.auxiliary_corpora.few_tested == own.auxiliary_corpora.few_tested
    if not is_same:
        raise SettingsError(f"{other} is a run of another corpus or of other folds: its networks may know the tested.")
    return other.absolute()


def _check_clips(run: Run, other: Path) -> None:
    """Refuse clips that are not those of when a run, this or another one, began: the folds would not be the same."""
    now = run.clips_hashes()
    for name, then in read_record(other).get("clips", {}).items():
        if now.get(name, then) != then:
            raise SettingsError(
                f"The clips, speakers or labels of {name} are no longer those that {other} was trained on: its "
                "networks may know whom they would test. Bring them back, or train in another --run folder."
            )


def _labelled(corpus: Corpus, labels: tuple[str, ...]) -> Corpus:
    """Return the clips that have one of the labels and are sound."""
    clips = tuple(clip for clip in corpus.clips if clip.emotion in labels)
    if missing := sorted(set(labels) - {clip.emotion for clip in clips}):
        raise CorpusError(
            f"{corpus.root} has no clip labelled {', '.join(missing)}; it has {', '.join(corpus.emotions)}. "
            "Change the labels in the configuration."
        )
    if corpus.is_mel:
        raise CorpusError(f"{corpus.root} holds spectrograms; training needs recordings. Give a folder of sound files.")
    return dataclasses.replace(corpus, clips=clips)


def _auxiliary_corpora(
    config: Config, folders: Sequence[Path], hash_of: Callable[[Path], str]
) -> tuple[AuxiliaryCorpus, ...]:
    """Return the auxiliary corpora that the configuration names."""
    spec = config.auxiliary_corpora
    found = {corpus.name: corpus for corpus in map(read_corpus, folders)}
    if found.keys() != set(spec.names):
        raise SettingsError(
            f"The configuration names the companions {', '.join(spec.names) or 'none'}, and given are "
            f"{', '.join(sorted(found)) or 'none'}. Give each with --with FOLDER."
        )
    return tuple(
        AuxiliaryCorpus(usable(found[name], config.training.labels, hash_of), share, spec.few_tested)
        for name, share in zip(spec.names, spec.shares, strict=True)
    )


def usable(corpus: Corpus, labels: tuple[str, ...], hash_of: Callable[[Path], str] = sample_hash) -> Corpus:
    """Return the clips of a corpus that have one of the labels and are not silent."""
    sound = sound_spectrograms(corpus) if corpus.is_mel else without_duplicates(corpus, hash_of).clips
    return dataclasses.replace(corpus, clips=tuple(clip for clip in sound if clip.emotion in labels))


def _folds(corpus: Corpus, name: str, validation_speakers: int) -> FoldSet:
    if name in RAVDESS_FOLD_SETS:
        return _complete(ravdess_folds(name, validation_count=validation_speakers), corpus.clips)
    if name != "grouped":
        raise SettingsError(f"There are no folds {name!r}. Choose {', '.join(RAVDESS_FOLD_SETS)} or grouped.")
    return grouped_folds(corpus.clips, GROUPED_FOLDS, validation_speakers)


def _complete(folds: FoldSet, clips: tuple[Clip, ...]) -> FoldSet:
    if {clip.speaker for clip in clips} != folds.speakers:
        raise SettingsError(f'The folds {folds.name} are of RAVDESS. Set fold_set = "grouped" for another corpus.')
    return folds
