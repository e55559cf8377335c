"""One small TOML file says how a model is made; this reads it, checked."""

from __future__ import annotations

import dataclasses
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

from ser_desktop.dsp.features import FeatureSpec
from ser_desktop.dsp.speech_gate import GateSpec
from ser_desktop.emotion.network import NetworkSpec
from ser_desktop.errors import SettingsError
from training.data.augment import AugmentSpec
from training.data.corpora import EMOTIONS
from training.data.features import CacheSpec
from training.fit.batches import WindowSpec

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

Section = TypeVar("Section")


@dataclass(frozen=True, slots=True)
class TrainingSpec:
    """What is trained and how long.

    Attributes:
        labels: The emotions in the order of the outputs.
        fold_set: ``luna-jimenez`` or ``emobox`` for RAVDESS, ``grouped`` for any other corpus.
        validation_speakers: Speakers of each fold that are kept for choices.
        seed: Where all chance of training comes from (that of the augmented copies does not change).
        copies: Augmented copies of each clip in the feature cache.
        epochs: Longest training; the learning rate falls to zero over it.
        patience: Epochs without a better validation loss after which a fold stops.
        keep: ``best``, the epoch with the least validation loss, or ``last``, whatever the validation speakers say.
        batch: Windows of a batch.
        learning_rate: Highest, after the warm-up.
        warmup: Share of the epochs in which the learning rate rises.
        weight_decay: Of AdamW.
        label_smoothing: Share of the target that is spread over all labels.
        average_decay: Of the moving average of the weights, a step; the averaged weights are what is kept.
        gender_weight: Weight of the loss of the gender head.
        intensity_weight: Weight of the loss of the intensity head.
        half: Convolve in bfloat16 while training, in half of the time on a processor that has it.
        soft_label_weight: Weight of what the teachers say, where a run has any; the rest is the labels'.
    """

    labels: tuple[str, ...] = EMOTIONS
    fold_set: str = "luna-jimenez"
    validation_speakers: int = 2
    seed: int = 1
    copies: int = 12
    epochs: int = 60
    patience: int = 20
    keep: Literal["best", "last"] = "best"
    batch: int = 32
    learning_rate: float = 2e-3
    warmup: float = 0.05
    weight_decay: float = 0.05
    label_smoothing: float = 0.1
    average_decay: float = 0.99
    gender_weight: float = 0.2
    intensity_weight: float = 0.1
    half: bool = True
    soft_label_weight: float = 0.7

    def __post_init__(self) -> None:
        if self.keep not in ("best", "last"):
            raise ValueError(f"keep must be best or last, got {self.keep!r}")
        if len(set(self.labels)) < max(2, len(self.labels)):
            raise ValueError(f"labels must be two or more, each once, got {list(self.labels)}")
        for name in ("epochs", "batch", "validation_speakers", "patience"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be 1 or more, got {getattr(self, name)}")


@dataclass(frozen=True, slots=True)
class AuxiliarySpec:
    """Corpora that are heard beside the one that is judged.

    Attributes:
        names: As ``read_corpus`` calls them.
        shares: Of each batch, in the same order; the rest is the corpus that is judged.
        copies: Augmented copies of each of their clips in the feature cache.
        few_tested: Whether speakers of a corpus with fewer of them than folds are tested as well, one in each of the
            first folds; else such a corpus is heard whole.
    """

    names: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()
    copies: int = 3
    few_tested: bool = False

    def __post_init__(self) -> None:
        if len(self.names) != len(self.shares):
            raise ValueError(f"{len(self.names)} names with {len(self.shares)} shares")
        if not all(share > 0.0 for share in self.shares) or sum(self.shares) >= 1.0:
            raise ValueError(f"shares must be above 0 and leave room for the corpus itself, got {self.shares}")


@dataclass(frozen=True, slots=True)
class Config:
    """All settings of a run; each section of the file is one of these."""

    training: TrainingSpec = field(default_factory=TrainingSpec)
    features: FeatureSpec = field(default_factory=FeatureSpec)
    gate: GateSpec = field(default_factory=GateSpec)
    network: NetworkSpec = field(default_factory=NetworkSpec)
    augment: AugmentSpec = field(default_factory=AugmentSpec)
    windows: WindowSpec = field(default_factory=WindowSpec)
    auxiliary_corpora: AuxiliarySpec = field(default_factory=AuxiliarySpec)

    @property
    def cache(self) -> CacheSpec:
        """What the feature cache is made with."""
        return CacheSpec(self.features, self.gate, self.augment, self.training.copies)

    @property
    def auxiliary_cache(self) -> CacheSpec:
        """What the feature caches of the auxiliary corpora are made with."""
        return dataclasses.replace(self.cache, copies=self.auxiliary_corpora.copies)


def read_config(path: Path) -> Config:
    """Read a configuration; what it does not name keeps its default.

    Raises:
        SettingsError: The file is missing, is no TOML, or names something unknown.
    """
    try:
        sections = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path} cannot be read as a configuration: {error}. Give a TOML file.") from error
    known = {each.name: each.default_factory for each in dataclasses.fields(Config)}
    if unknown := sorted(sections.keys() - known.keys()):
        raise SettingsError(f"{path}: unknown section [{unknown[0]}]. There are {', '.join(known)}.")
    made = {name: _section(path, name, type(known[name]()), values) for name, values in sections.items()}  # type: ignore[operator]
    config = Config(**made)
    shape = dataclasses.replace(
        config.network,
        labels=len(config.training.labels),
        mel_bands=config.features.mel_bands,
        mfccs=config.features.mfccs,
    )
    return dataclasses.replace(config, network=shape)


def _section(path: Path, name: str, kind: type[Section], values: dict[str, Any]) -> Section:
    known = {each.name for each in dataclasses.fields(kind)}  # type: ignore[arg-type]
    if unknown := sorted(values.keys() - known):
        raise SettingsError(f"{path}: [{name}] has no {unknown[0]!r}. It has {', '.join(sorted(known))}.")
    usual = kind()
    for key, value in values.items():
        if not _fits(value, getattr(usual, key)):
            raise SettingsError(f"{path}: [{name}] {key} must be {_kind_of(getattr(usual, key))}, got {value!r}.")
    lists_as_tuples = {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
    try:
        return kind(**lists_as_tuples)
    except (TypeError, ValueError) as error:
        raise SettingsError(f"{path}: [{name}]: {error}.") from error


def _fits(value: object, usual: object) -> bool:
    """Return whether a value of the file is of the kind of the default."""
    if isinstance(usual, bool) or isinstance(value, bool):
        return isinstance(usual, bool) and isinstance(value, bool)
    return isinstance(
        value, (int, float) if isinstance(usual, float) else list if isinstance(usual, tuple) else type(usual)
    )


def _kind_of(usual: object) -> str:
    names = {bool: "true or false", int: "a whole number", float: "a number", tuple: "a list"}
    return names.get(type(usual), "text in quotes")
