"""The configuration of a training: a small TOML file, read and checked."""

from __future__ import annotations

import dataclasses
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from ser_desktop.dsp.features import FeatureSpec
from ser_desktop.dsp.speech_gate import GateSpec
from ser_desktop.emotion.network import EMOTION_NET, EmotionNetSpec, NetworkSpec
from ser_desktop.errors import SettingsError
from training.data.augment import AugmentSpec
from training.data.corpora import EMOTIONS
from training.data.features import CacheSpec
from training.fit.window_spec import WindowSpec
from training.networks import NETWORKS

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

Section = TypeVar("Section")

TYPES: dict[object, str] = {bool: "true or false", int: "a whole number", float: "a number", str: "text in quotes"}


@dataclass(frozen=True, slots=True)
class TrainingSpec:
    """Settings of the training.

    Attributes:
        network: Kind of the network, a name of the registry :mod:`training.networks`.
        labels: The emotions in the order of the outputs.
        fold_set: ``luna-jimenez`` or ``emobox`` for RAVDESS, ``grouped`` for any other corpus.
        validation_speakers: Number of validation speakers in each fold.
        seed: Seed of all random numbers of the training; the augmented copies have a seed of their own.
        copies: Augmented copies of each clip in the feature cache.
        epochs: Longest training; the learning rate falls to zero over it.
        patience: Epochs without a lower validation loss after which the training of a fold stops.
        keep: ``best``, the epoch with the least validation loss, or ``last``, whatever the validation loss.
        batch: Windows in a batch.
        learning_rate: The highest, after the warm-up.
        warmup: Share of the epochs in which the learning rate rises.
        weight_decay: Of AdamW.
        label_smoothing: Share of the target that is spread over all labels.
        average_decay: Decay per step of the moving average of the weights; the averaged weights are kept.
        gender_weight: Weight of the loss of the gender head.
        intensity_weight: Weight of the loss of the intensity head.
        embedding_weight: Weight of the squared difference from the embedding of the teacher, in distillation; for
            networks whose heads begin with the weights of those of the teacher.
        vote_weight: Weight of the votes of listeners beside the acted emotion, 0…1, for clips with votes.
        epoch_batches: Batches of an epoch; 0: as many as show each clip of the main corpus once.
        half: Compute the embedding in bfloat16 while training; this halves the time on processors that support it.
        soft_label_weight: Weight of the soft labels in distillation, 0…1; the hard labels have the rest.
        affect_outputs: Whether a streaming network gets outputs of its own for arousal and valence at the end.
    """

    network: str = EMOTION_NET
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
    embedding_weight: float = 0.0
    vote_weight: float = 0.0
    epoch_batches: int = 0
    half: bool = True
    soft_label_weight: float = 0.7
    affect_outputs: bool = False

    def __post_init__(self) -> None:
        if self.network not in NETWORKS:
            raise ValueError(f"network must be {' or '.join(NETWORKS)}, got {self.network!r}")
        if len(set(self.labels)) < max(2, len(self.labels)):
            raise ValueError(f"labels must be two or more, each once, got {list(self.labels)}")
        for name in ("epochs", "batch", "validation_speakers", "patience"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be 1 or more, got {getattr(self, name)}")


@dataclass(frozen=True, slots=True)
class AuxiliarySpec:
    """The auxiliary corpora, which are trained on beside the main corpus.

    Attributes:
        names: Names of the corpora as ``read_corpus`` returns them.
        shares: Share of each corpus in a batch, in the same order; the rest of the batch is the main corpus.
        copies: Augmented copies of each of their clips in the feature cache.
        few_tested: How to treat a corpus with fewer speakers than folds. If true, each of the first folds tests one of
            its speakers; if false, every fold trains on all of them.
        left_out_in: For each corpus, the fold whose network is trained on none of its clips, to measure networks on a
            corpus that is new to them. Empty: folds by speaker.
    """

    names: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()
    copies: int = 3
    few_tested: bool = False
    left_out_in: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if len(self.names) != len(self.shares):
            raise ValueError(f"{len(self.names)} names with {len(self.shares)} shares")
        if self.left_out_in and len(self.names) != len(self.left_out_in):
            raise ValueError(f"{len(self.names)} names with {len(self.left_out_in)} folds in which they are left out")
        if not all(share > 0.0 for share in self.shares) or sum(self.shares) >= 1.0:
            raise ValueError(f"shares must be above 0 and leave room for the corpus itself, got {self.shares}")

    def leaves_out_like(self, other: AuxiliarySpec) -> bool:
        """Return whether the corpora that both name are left out in the same folds."""
        own, theirs = (
            dict(zip(each.names, each.left_out_in or (None,) * len(each.names), strict=True)) for each in (self, other)
        )
        return all(own[name] == theirs[name] for name in own.keys() & theirs.keys())


@dataclass(frozen=True, slots=True)
class Config:
    """All settings of a training; each section of the file is one field.

    The class of ``network`` is the spec of the kind that ``training.network`` names.
    """

    training: TrainingSpec = field(default_factory=TrainingSpec)
    features: FeatureSpec = field(default_factory=FeatureSpec)
    gate: GateSpec = field(default_factory=GateSpec)
    network: NetworkSpec = field(default_factory=EmotionNetSpec)
    augment: AugmentSpec = field(default_factory=AugmentSpec)
    windows: WindowSpec = field(default_factory=WindowSpec)
    auxiliary_corpora: AuxiliarySpec = field(default_factory=AuxiliarySpec)

    def __post_init__(self) -> None:
        if type(self.network) is not NETWORKS[self.training.network].spec:
            raise ValueError(f"{type(self.network).__name__} is not the spec of the network {self.training.network}")

    @property
    def cache(self) -> CacheSpec:
        """The settings of the feature cache."""
        return CacheSpec(self.features, self.gate, self.augment, self.training.copies)

    @property
    def auxiliary_cache(self) -> CacheSpec:
        """The settings of the feature caches of the auxiliary corpora."""
        return dataclasses.replace(self.cache, copies=self.auxiliary_corpora.copies)


def read_config(path: Path) -> Config:
    """Read a configuration; fields that the file does not name keep their defaults.

    Raises:
        SettingsError: The file is missing or no TOML, or a section, a field or a value is wrong.
    """
    try:
        sections = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path} cannot be read as a configuration: {error}. Give a TOML file.") from error
    known = {each.name: each.default_factory for each in dataclasses.fields(Config)}
    if unknown := sorted(sections.keys() - known.keys()):
        raise SettingsError(f"{path}: unknown section [{unknown[0]}]. There are {', '.join(known)}.")

    def section(name: str, kind: type[Section]) -> Section:
        return _read_section(path, name, kind, sections.get(name, {}))

    training, features = section("training", TrainingSpec), section("features", FeatureSpec)
    network = section("network", NETWORKS[training.network].spec)
    return Config(
        training=training,
        features=features,
        gate=section("gate", GateSpec),
        network=dataclasses.replace(
            network, labels=len(training.labels), mel_bands=features.mel_bands, mfccs=features.mfccs
        ),
        augment=section("augment", AugmentSpec),
        windows=section("windows", WindowSpec),
        auxiliary_corpora=section("auxiliary_corpora", AuxiliarySpec),
    )


def _read_section(path: Path, name: str, kind: type[Section], values: object) -> Section:
    """Return a section as its class; each value is checked against the type of its field."""
    if not isinstance(values, dict):
        raise SettingsError(f"{path}: {name} must be a section, got {values!r}. Write [{name}].")
    types = get_type_hints(kind)
    if unknown := sorted(values.keys() - types.keys()):
        raise SettingsError(f"{path}: [{name}] has no {unknown[0]!r}. It has {', '.join(sorted(types))}.")
    converted = {}
    for key, value in values.items():
        try:
            converted[key] = msgspec.convert(value, types[key])
        except msgspec.ValidationError as error:
            wanted = _described_type(types[key])
            raise SettingsError(f"{path}: [{name}] {key} must be {wanted}, got {value!r}.") from error
    try:
        return kind(**converted)
    except ValueError as error:
        raise SettingsError(f"{path}: [{name}]: {error}.") from error


def _described_type(hint: object) -> str:
    """Return the type of a field in words, for a message."""
    if get_origin(hint) is Literal:
        return " or ".join(get_args(hint))
    if get_origin(hint) is tuple:
        (one, *more) = get_args(hint)
        count = "" if more == [...] else f" of {1 + len(more)} values"
        return f"a list{count}, each {TYPES[one]}" if one in TYPES and (count or one is not str) else "a list"
    return TYPES[hint]
