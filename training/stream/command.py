"""``python -m training stream``: from a model that classifies windows to one that computes each frame once."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import torch

from ser_desktop.emotion.model_file import Model, open_model
from ser_desktop.emotion.network import EmotionNet
from ser_desktop.emotion.stream_network import STREAM_NET, StreamNet
from ser_desktop.emotion.torch_run import load_network
from ser_desktop.errors import SettingsError
from training.data.auxiliary_corpora import PooledCache, open_auxiliary_cache
from training.data.corpora import Corpus, check_may_train, read_corpus
from training.data.features import open_cache
from training.data.targets import Targets
from training.evaluate.calibration import Calibration
from training.fit.affect_outputs import add_affect_outputs
from training.fit.checkpoints import read_checkpoint, read_network
from training.fit.config import Config, read_config
from training.fit.losses import Teacher
from training.fit.run import usable
from training.fit.train import train
from training.fit.training_state import Task
from training.model.model_folder import code_commit, refuse_fine_tuned, write_model
from training.model.onnx_file import multiply_adds
from training.networks.stream_weights import stream_spec
from training.release.facts import Streamed
from training.release.strangers_card import rewrite_card

CARD_FACT = "figures"  # a model without it, as of the tests, has no card
STREAMED = "streamed"  # the key of a manifest that “stream” wrote
# What a manifest tells of the network itself, or of measurements with it.
OF_THE_NETWORK = frozenset(
    {
        *("format", "name", "labels", "features", "gate", "network", "shortest_s", "window_s"),
        *("temperature", "abstain_below", "files", "stream", "multiply_adds"),
        *("affect", "strangers", "adaptation", "adapted_on", "voices"),
    }
)


@dataclass(frozen=True, slots=True)
class StreamTraining:
    """What to train.

    Attributes:
        recipe: The TOML file, like ``training/recipes/stream.toml``.
        model: The manifest of the model whose network is the teacher.
        corpus: Folder of the main corpus.
        auxiliary_corpora: Folders of the corpora that the recipe names; of those without labels only the teacher's
            answers are learned.
        to: The manifest to write.
        run: Folder of the checkpoints.
        cache: Folder of the feature caches.
        resume: Whether an interrupted training continues.
    """

    recipe: Path
    model: Path
    corpus: Path
    auxiliary_corpora: tuple[Path, ...]
    to: Path
    run: Path
    cache: Path
    resume: bool = False


def stream(spec: StreamTraining) -> Model:
    """Train a streaming network on what the network of a model answers, and write the model.

    Raises:
        CorpusError: A corpus cannot be read or may not be trained on.
        ExportError: The outputs of the ONNX files differ from those of the network.
        SettingsError: The model has no window network, the recipe does not fit it, or a corpus is missing.
    """
    if spec.to.suffix != ".json":
        raise SettingsError(f"{spec.to} is not the name of a manifest. Give a name that ends in .json.")
    model = open_model(spec.model)
    refuse_fine_tuned(model)
    teacher = load_network(model)
    if not isinstance(teacher, EmotionNet):
        raise SettingsError(f"{model.info.identity} has no network that classifies windows. Give one that has.")
    config = _config(spec.recipe, model, teacher)
    corpora = _corpora(spec, config)
    task = _task(spec, config, corpora, teacher)
    train(task, config, spec.run, resume=spec.resume)
    add_affect_outputs(spec.run, task, config)
    network = read_network(spec.run)
    facts = Streamed(
        model.info.identity,
        read_checkpoint(spec.run).epoch,
        config.training.epoch_batches,
        tuple(corpus.name for corpus in corpora),
        code_commit(),
    )
    made = write_streamed(spec.to, model, network, config=config, facts=facts)
    print(f"{made.info.identity} in {spec.to}, from {model.info.identity}")
    return made


def write_streamed(manifest: Path, start: Model, network: torch.nn.Module, *, config: Config, facts: Streamed) -> Model:
    """Write a model with a streaming network and return it.

    Temperature, threshold and the sections of its card on the networks of the folds are those of the model before,
    whose answers the network imitates. Arousal, valence and the adaptation to voices are fitted anew (``strangers``,
    ``adapt``).

    Args:
        manifest: Where its manifest goes.
        start: The model before.
        network: The streaming network.
        config: The configuration that it was trained with.
        facts: What the manifest tells.
    """
    assert isinstance(network, StreamNet)
    told = {key: value for key, value in start.info.manifest.items() if key not in OF_THE_NETWORK}
    told |= {"multiply_adds": multiply_adds(network), STREAMED: msgspec.to_builtins(facts)}
    calibration = Calibration(start.info.temperature, start.info.abstain_threshold)
    write_model(manifest, network, config, calibration, told=told)
    if CARD_FACT in told:
        _copy_card(start, manifest)
        rewrite_card(manifest)
    return open_model(manifest)


def _copy_card(start: Model, manifest: Path) -> None:
    """Copy the card of the model before, whose sections on its folds stay, and its plots, as far as there are any."""
    before = start.info.name
    for path in start.folder.glob(f"{before}-*.png"):
        shutil.copy(path, manifest.with_name(path.name.replace(before, manifest.stem, 1)))
    card = start.folder / f"{before}.md"
    if card.exists():
        text = card.read_text(encoding="utf-8").replace(f"({before}-", f"({manifest.stem}-")
        manifest.with_suffix(".md").write_text(text, encoding="utf-8")


def _config(recipe: Path, model: Model, teacher: EmotionNet) -> Config:
    """Return the configuration of a recipe with the shape of the teacher."""
    config = read_config(recipe)
    info = model.info
    if (config.training.labels, config.features, config.gate) != (info.labels, info.features, info.gate):
        raise SettingsError(f"{recipe} has other labels, frames or another gate than {info.identity}. Make them equal.")
    if config.training.network != STREAM_NET:
        raise SettingsError(f'{recipe} is no recipe of a streaming network. Set network = "{STREAM_NET}".')
    return dataclasses.replace(config, network=stream_spec(teacher))


def _corpora(spec: StreamTraining, config: Config) -> list[Corpus]:
    """Return the main corpus and those that the recipe names, in its order."""
    folders = (spec.corpus, *spec.auxiliary_corpora)
    found = {corpus.name: corpus for corpus in map(read_corpus, folders)}
    for corpus in found.values():
        check_may_train(corpus)
    names = (next(iter(found)), *config.auxiliary_corpora.names)
    if set(names) != found.keys():
        raise SettingsError(
            f"The recipe needs {', '.join(names)}, and given are {', '.join(found)}. Give each with --with FOLDER."
        )
    return [usable(found[name], config.training.labels) for name in names]


def _task(spec: StreamTraining, config: Config, corpora: Sequence[Corpus], teacher: EmotionNet) -> Task:
    main, *others = corpora
    cache = PooledCache(
        [
            open_cache(spec.cache, main.clips, config.cache),
            *(open_auxiliary_cache(spec.cache, corpus, config.auxiliary_cache) for corpus in others),
        ]
    )
    ends = np.cumsum([len(corpus.clips) for corpus in corpora])
    places = [np.arange(end - len(corpus.clips), end) for corpus, end in zip(corpora, ends, strict=True)]
    return Task(
        "stream",
        cache,
        Targets([clip for corpus in corpora for clip in corpus.clips], config.training.labels),
        places[0],
        np.arange(0),
        auxiliary_corpora=tuple(zip(config.auxiliary_corpora.shares, places[1:], strict=True)),
        start=teacher.state_dict(),
        teachers=(Teacher(teacher.eval(), np.ones(ends[-1], bool)),),
    )
