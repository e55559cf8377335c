"""Fits the adaptation of an exported model to voices, measures it on left-out corpora, and writes the manifest."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.model_file import Model, open_model
from ser_desktop.emotion.voice_adaptation import AdaptationSpec
from ser_desktop.errors import SettingsError
from training.data.corpora import Corpus, check_may_train, read_corpus
from training.data.targets import Targets
from training.fit.adaptation import ClipValues, fit_adaptation
from training.fit.run import usable
from training.model.model_folder import refuse_fine_tuned, write_manifest
from training.probes.strangers import VOICE_METRICS, Strangers, described, measure_strangers, with_adaptation
from training.probes.window_values import clip_values, joined
from training.release.strangers_card import rewrite_card


@dataclass(frozen=True, slots=True)
class AdaptSpec:
    """The corpora to fit and to measure on.

    Attributes:
        corpora: Folders of the corpora.
        left_out: Names of those among them that are left out in turn, to measure the adaptation on.
        measured: Folders of corpora that are only measured on.
        most_clips: Number of clips of each corpus to measure on, evenly spread; ``None`` for all.
        cache: Folder of the feature caches.
    """

    corpora: tuple[Path, ...]
    left_out: tuple[str, ...] = ()
    measured: tuple[Path, ...] = ()
    most_clips: int | None = None
    cache: Path = Path("runs/cache")


def adapt(manifest: Path, spec: AdaptSpec) -> None:
    """Fit the adaptation of a model on all corpora and write it into the manifest; the model's name changes with it.

    First, each corpus in ``left_out`` and ``measured`` is measured, with the analysis of the program and an adaptation
    that was not fitted on it.

    Args:
        manifest: Of the exported model.
        spec: What to fit on.

    Raises:
        SettingsError: The model was fine-tuned, does not compute arousal and valence, or a corpus may not be trained
            on.
    """
    model = open_model(manifest)
    refuse_fine_tuned(model)
    if not model.info.affect:
        raise SettingsError(
            f"{model.info.identity} cannot be adapted: it needs arousal and valence (python -m training strangers "
            "--calibrate)."
        )
    classifier = EmotionClassifier(model)
    corpora = {corpus.name: corpus for corpus in map(read_corpus, spec.corpora)}
    folders = dict(zip(corpora, spec.corpora, strict=True))
    for corpus in corpora.values():
        check_may_train(corpus)
    if missing := sorted(set(spec.left_out) - corpora.keys()):
        raise SettingsError(f"{missing[0]} is not among the corpora: {', '.join(corpora)}.")
    corpora = {name: usable(corpus, model.info.labels) for name, corpus in corpora.items()}
    values = {name: clip_values(classifier, corpus, spec.cache) for name, corpus in corpora.items()}
    measured = [
        _measured(model, _fitted(model, corpora, values, without=name), [folders[name]], spec.most_clips)
        for name in spec.left_out
    ]
    fitted = _fitted(model, corpora, values)
    if spec.measured:
        measured.append(_measured(model, fitted, spec.measured, spec.most_clips))
    print("\n".join(line for each in measured for line in described(each)))
    _write(manifest, fitted, corpora, measured)
    rewrite_card(manifest)
    print(f"{open_model(manifest).info.identity}: adapts to voices, fitted on {', '.join(corpora)}")


def _fitted(
    model: Model, corpora: Mapping[str, Corpus], values: Mapping[str, ClipValues], *, without: str = ""
) -> AdaptationSpec:
    names = [name for name in corpora if name != without]
    clips = [clip for name in names for clip in corpora[name].clips]
    assert model.info.affect
    return fit_adaptation(
        joined([values[name] for name in names]),
        Targets(clips, model.info.labels),
        model.info.affect,
    )


def _measured(model: Model, adaptation: AdaptationSpec, folders: Sequence[Path], most_clips: int | None) -> Strangers:
    """Return the metrics of corpora with an adaptation that was not fitted on them."""
    assert model.info.affect
    with tempfile.TemporaryDirectory() as folder:
        manifest = Path(folder) / "model.json"
        # The corpora of a former adaptation, which this one replaces, do not count as trained on.
        content = {**model.info.manifest, "adaptation": msgspec.to_builtins(adaptation), "adapted_on": []}
        content["affect"] = msgspec.to_builtins(with_adaptation(model.info.affect))
        for kind, entry in model.info.manifest["files"].items():
            name = entry["name"]
            (Path(folder) / name).write_bytes(model.read(kind))
        manifest.write_text(json.dumps(content), encoding="utf-8")
        return measure_strangers(manifest, folders, wanted=0.0, most_clips=most_clips)[0]


def _write(
    manifest: Path, adaptation: AdaptationSpec, corpora: Mapping[str, Corpus], measured: Sequence[Strangers]
) -> None:
    content = json.loads(manifest.read_text(encoding="utf-8"))
    affect = open_model(manifest).info.affect
    assert affect
    content["adaptation"] = msgspec.to_builtins(adaptation)
    content["affect"] = msgspec.to_builtins(with_adaptation(affect))
    content["adapted_on"] = [
        {"name": name, "clips": len(corpus.clips), "speakers": len(corpus.speakers)} for name, corpus in corpora.items()
    ]
    content["voices"] = {
        kind: {name: msgspec.to_builtins(each) for found in measured for name, each in getattr(found, kind).items()}
        for kind in VOICE_METRICS
    }
    write_manifest(manifest, content)
