"""A run on disk: one corpus, one configuration, a network for each fold and one for all speakers."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt
from torch import Tensor

from ser_desktop.errors import SettingsError
from training.data.auxiliary_corpora import AuxiliaryCorpus, PooledCache, open_auxiliary_cache, sound_spectrograms
from training.data.corpora import (
    UNLABELLED,
    Clip,
    Corpus,
    CorpusError,
    check_may_train,
    kept_hashes,
    read_corpus,
    sample_hash,
    without_duplicates,
)
from training.data.features import FeatureCache, open_cache, open_clean_cache
from training.data.folds import RAVDESS_FOLD_SETS, Fold, FoldSet, grouped_folds, ravdess_folds
from training.data.targets import Targets
from training.data.votes import read_votes
from training.fit.checkpoints import fold_name, read_checkpoint, read_network
from training.fit.config import Config, read_config
from training.fit.losses import Teacher
from training.fit.run_record import RunRecord, clips_hash, has_record, read_record, write_record

GROUPED_FOLDS = 5
HASHES = "sample_hashes.json"  # beside the runs: hashes of the recordings, to find duplicates


@dataclass(frozen=True, slots=True)
class Run:
    """A run on disk.

    Attributes:
        folder: Holds ``config.toml``, ``run.json`` and a folder for each network.
        config: The configuration of the training.
        corpus: The clips whose labels the configuration names.
        folds: The test, validation and training speakers of each network.
        auxiliary_corpora: Corpora that are trained on beside the main one.
        start: Folder of the run whose weights the networks of this run start with.
        teachers: Folders of the runs whose networks are teachers in distillation.
        votes: Table of the votes of listeners on clips.
    """

    folder: Path
    config: Config
    corpus: Corpus
    folds: FoldSet
    auxiliary_corpora: tuple[AuxiliaryCorpus, ...] = ()
    start: Path | None = None
    teachers: tuple[Path, ...] = ()
    votes: Path | None = None

    def clips_of(self, speakers: frozenset[str]) -> npt.NDArray[np.int64]:
        """Return the indices of all clips of these speakers."""
        return np.array([i for i, clip in enumerate(self.corpus.clips) if clip.speaker in speakers], np.int64)

    def clips_hashes(self) -> dict[str, str]:
        """Return a short hash of the clips, speakers and labels of each corpus; the folds follow from these."""
        corpora = (self.corpus, *(each.corpus for each in self.auxiliary_corpora))
        return {corpus.name: clips_hash(corpus.clips) for corpus in corpora}

    def targets(self) -> Targets:
        """Return the labels of all clips as numbers."""
        votes = read_votes(self.votes) if self.votes else None
        return Targets(self.all_clips, self.config.training.labels, votes)

    @property
    def all_clips(self) -> tuple[Clip, ...]:
        """The clips of the corpus, then those of each auxiliary corpus."""
        return sum((each.corpus.clips for each in self.auxiliary_corpora), self.corpus.clips)

    def cache(self, folder: Path, *, clean: bool = False) -> FeatureCache:
        """Return the frames of all clips; compute those that are missing.

        Args:
            folder: Folder of the caches.
            clean: Whether the clips without augmented copies suffice, as for evaluation.
        """
        own = (open_clean_cache if clean else open_cache)(folder, self.corpus.clips, self.config.cache)
        spec, others = self.config.auxiliary_cache, [each.corpus for each in self.auxiliary_corpora]
        return PooledCache((own, *(open_auxiliary_cache(folder, each, spec, clean=clean) for each in others)))

    def auxiliary_clips(self, fold: Fold | None) -> tuple[tuple[float, npt.NDArray[np.int64]], ...]:
        """Return the share and the training clips of each auxiliary corpus, for one fold or (None) for all speakers."""
        found, start = [], len(self.corpus.clips)
        for auxiliary_corpus in self.auxiliary_corpora:
            clips = auxiliary_corpus.corpus.clips
            speakers = {clip.speaker for clip in clips}
            if fold:
                speakers &= auxiliary_corpus.training_speakers(fold.index, len(self.folds.folds))
            chosen = [start + index for index, clip in enumerate(clips) if clip.speaker in speakers]
            if chosen:  # a corpus that is left out has none; its share of the batch goes to the main corpus
                found.append((auxiliary_corpus.share, np.array(chosen, np.int64)))
            start += len(clips)
        return tuple(found)

    def fold_folder(self, fold: Fold) -> Path:
        """Return the folder of the network of a fold."""
        return self.folder / fold_name(fold)

    def start_weights(self, name: str) -> dict[str, Tensor] | None:
        """Return the initial weights of a network, given the name of its folder, or None for random ones."""
        return read_checkpoint(self.start / name).weights if self.start else None

    def teachers_of(self, name: str) -> tuple[Teacher, ...]:
        """Return the teachers of the network in a folder of this name, each with the corpora that it was trained on."""
        return tuple(Teacher(read_network(folder / name), self._trained_on(folder)) for folder in self.teachers)

    def _trained_on(self, teacher: Path) -> npt.NDArray[np.bool_]:
        """Return (clip,) whether each clip is of a corpus that a teacher was trained on, or has no label of its own."""
        names = {self.corpus.name, *read_config(teacher / "config.toml").auxiliary_corpora.names}
        return np.array([clip.corpus in names or clip.emotion == UNLABELLED for clip in self.all_clips])


def new_run(  # noqa: PLR0913 - each is an option of the command
    config: Path,
    corpus: Path,
    folder: Path,
    *,
    fold_set: str | None = None,
    seed: int | None = None,
    auxiliary_corpora: Sequence[Path] = (),
    start: Path | None = None,
    teachers: Sequence[Path] = (),
    votes: Path | None = None,
) -> Run:
    """Begin a run, or open the one in this folder if its configuration and folds are the same.

    Args:
        config: The TOML file.
        corpus: Folder of the corpus.
        folder: Folder of the run.
        fold_set: Folds instead of those of the configuration.
        seed: A seed instead of that of the configuration.
        auxiliary_corpora: Folders of the auxiliary corpora that the configuration names.
        start: A run whose weights the networks of this one start with, each with those of the same fold.
        teachers: Runs whose networks are teachers in distillation, each for the same fold.
        votes: Table of the votes of listeners on clips, in the form of CREMA-D's publisher.

    Raises:
        CorpusError: A corpus cannot be read or may not be trained on, or has no clip with one of the labels.
        SettingsError: The configuration is wrong, the folder holds another run, or another run has other folds.
    """
    own = read_config(config)  # errors are raised before anything is written
    for each in (corpus, *auxiliary_corpora):
        check_may_train(read_corpus(each))
    folder.mkdir(parents=True, exist_ok=True)
    record = RunRecord(
        corpus=str(corpus.resolve()),
        fold_set=fold_set or own.training.fold_set,
        auxiliary_corpora=tuple(str(each.absolute()) for each in auxiliary_corpora),
        seed=seed,
        votes=str(votes.absolute()) if votes else None,
    )
    record = msgspec.structs.replace(
        record,
        start=str(_of_same_folds(start, record, own)) if start else None,
        teachers=tuple(str(_of_same_folds(each, record, own)) for each in teachers),
    )
    if has_record(folder):
        before = read_record(folder)
        is_same_config = (folder / "config.toml").read_bytes() == config.read_bytes()
        record = msgspec.structs.replace(record, clips=before.clips)
        if record != before or not is_same_config:
            raise SettingsError(
                f"{folder} holds a run of another configuration, corpus or fold set. Choose another --run folder."
            )
    (folder / "config.toml").write_bytes(config.read_bytes())
    write_record(folder, record)
    run = open_run(folder)
    write_record(folder, msgspec.structs.replace(record, clips=run.clips_hashes()))
    for other in (*((run.start,) if run.start else ()), *run.teachers):
        _check_clips(run, other)
    return run


def open_run(folder: Path) -> Run:
    """Read a run that :func:`new_run` began.

    Raises:
        SettingsError: There is none, or its corpus has other clips now.
    """
    record = read_record(folder)
    config = read_config(folder / "config.toml")
    if record.seed is not None:
        config = dataclasses.replace(config, training=dataclasses.replace(config.training, seed=record.seed))
    with kept_hashes(folder.parent / HASHES) as hash_of:
        corpus = _labelled(without_duplicates(read_corpus(Path(record.corpus)), hash_of), config.training.labels)
        auxiliary_corpora = _auxiliary_corpora(config, [Path(each) for each in record.auxiliary_corpora], hash_of)
    run = Run(
        folder,
        config,
        corpus,
        _folds(corpus, record.fold_set, config.training.validation_speakers),
        auxiliary_corpora=auxiliary_corpora,
        start=Path(record.start) if record.start else None,
        teachers=tuple(map(Path, record.teachers)),
        votes=Path(record.votes) if record.votes else None,
    )
    _check_clips(run, folder)
    return run


def _of_same_folds(other: Path, record: RunRecord, own: Config) -> Path:
    """Return the folder of another run with the same folds.

    A network of other folds may have been trained on test or validation speakers of this run.

    Raises:
        SettingsError: Its corpus or folds differ.
    """
    theirs, config = read_record(other), read_config(other / "config.toml")
    is_same = (theirs.corpus, theirs.fold_set) == (record.corpus, record.fold_set)
    is_same &= config.training.validation_speakers == own.training.validation_speakers
    if own.auxiliary_corpora.names and config.auxiliary_corpora.names:
        is_same &= config.auxiliary_corpora.few_tested == own.auxiliary_corpora.few_tested
        is_same &= config.auxiliary_corpora.leaves_out_like(own.auxiliary_corpora)
    if not is_same:
        raise SettingsError(
            f"{other} is a run of another corpus or of other folds: its networks may have been trained on speakers "
            "that are tested here. Give a run of the same corpus and folds."
        )
    return other.absolute()


def _check_clips(run: Run, other: Path) -> None:
    """Check that the clips are the same as when a run, this or another one, was begun: otherwise the folds differ.

    Raises:
        SettingsError: The clips differ.
    """
    now = run.clips_hashes()
    for name, then in read_record(other).clips.items():
        if now.get(name, then) != then:
            raise SettingsError(
                f"The clips, speakers or labels of {name} have changed since {other} was trained: its networks may "
                "have been trained on the test speakers. Restore them, or train in another --run folder."
            )


def _labelled(corpus: Corpus, labels: tuple[str, ...]) -> Corpus:
    """Return the corpus with only the clips that have one of the labels.

    Raises:
        CorpusError: A label has no clip, or the corpus holds spectrograms.
    """
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
            f"The configuration names the auxiliary corpora {', '.join(spec.names) or 'none'}, and given are "
            f"{', '.join(sorted(found)) or 'none'}. Give each with --with FOLDER."
        )
    left_out_in = spec.left_out_in or (None,) * len(spec.names)
    return tuple(
        AuxiliaryCorpus(usable(found[name], config.training.labels, hash_of), share, spec.few_tested, fold)
        for name, share, fold in zip(spec.names, spec.shares, left_out_in, strict=True)
    )


def usable(corpus: Corpus, labels: tuple[str, ...], hash_of: Callable[[Path], str] = sample_hash) -> Corpus:
    """Return a corpus without silent spectrograms, duplicates and clips of other labels.

    A corpus without any label keeps all clips: of these, a network learns the outputs of its teachers.
    """
    if corpus.is_unlabelled:
        return corpus
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
