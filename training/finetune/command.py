"""``python -m training finetune``: from the corrections of projects to a model that the program runs."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from ser_desktop.emotion.model_file import Model, open_model
from ser_desktop.emotion.torch_run import load_network
from ser_desktop.emotion.voice_activity import VoiceActivity
from ser_desktop.errors import SettingsError
from training.data.features import ClipFrames
from training.finetune.carried import carried, scaled
from training.finetune.claims import fitted_claims
from training.finetune.export import FineTuned, counted, export
from training.finetune.folds import RARE, Split, are_common, refuse_few, split_of
from training.finetune.gain import Gain, gain_of
from training.finetune.passages import Annotations, read_annotations
from training.finetune.program import Answers, NetworkOutputs, answers_of, program_classifier
from training.finetune.trainers import FOLDS, Fit, Layers, all_layers, last_layer
from training.finetune.windows import LEAST_SPEECH_S, passage_frames, speech_s

LITTLE_SPEECH = f"with less than {LEAST_SPEECH_S:g} s of speech"


@dataclass(frozen=True, slots=True)
class FineTuneSpec:
    """What to fine-tune.

    Attributes:
        projects: Folders of the projects whose corrections are the labels.
        start: The manifest of the model that it begins with.
        to: The manifest to write.
        layers: Whether the last layer or all layers are trained.
    """

    projects: tuple[Path, ...]
    start: Path
    to: Path
    layers: Layers = "last"


def finetune(spec: FineTuneSpec) -> Gain:
    """Fine-tune a model, measure the gain, and write the model if there is one; return the gain.

    Raises:
        SettingsError: There are too few recordings or passages, or the model gains nothing.
        ProjectError: A project cannot be read.
        AudioFileError: A recording cannot be read.
    """
    began = time.monotonic()
    start = _checked_start(spec)
    network = load_network(start).eval().requires_grad_(False)
    labels = start.info.labels
    annotations, clips = _usable(read_annotations(spec.projects, labels), start)
    passages = annotations.passages
    true = np.array([labels.index(each.label) for each in passages])
    split = split_of(passages, folds=FOLDS[spec.layers])
    print("\n".join(_described(annotations, split)))
    if spec.layers == "last":
        fit = last_layer(network, start.info, clips, labels=true, units=split.units)
    else:
        fit = all_layers(network, start.info, clips, labels=true)
    before = answers_of(program_classifier(start), tqdm(annotations.channels, desc="before", unit="recording"))
    plain, adapted = _left_out(fit, start, annotations, split)
    kept = carried(plain, adapted, true, start.info, units=split.units)
    after = kept.answers
    gain = gain_of(before, after, true, labels=labels, units=split.units)
    print(f"UAR of what was left out, among these emotions: {gain.before.uar} before, {gain.after.uar} after")
    print(f"gain: {gain.difference}")
    if not gain.is_certain:
        raise SettingsError(
            f"The model gains nothing that is certain: the UAR of {split.kept_apart} that were left out changes by "
            f"{gain.difference}. Nothing was written. Annotate more recordings, or agree on what the words mean."
        )
    has_outputs = start.info.stream is not None and start.info.stream.affect
    keeps_affect = has_outputs and spec.layers == "last"  # they follow from the layers before it
    claims = fitted_claims(after, true, start.info, units=split.units, keeps_affect=keeps_affect)
    facts = FineTuned(
        start.info.identity,
        spec.layers,
        len(np.unique(split.recordings)),
        annotations.annotators,
        counted([each.label for each in passages]),
        round(sum(each.end_s - each.start_s for each in passages), 1),
        {reason: count for reason, count in annotations.left_out.items() if count},
        split.kept_apart,
        gain,
        (*claims.notes, *((kept.note,) if kept.note else ())),
    )
    temperature = claims.calibration.temperature
    adaptation = scaled(kept.adaptation, start.info, temperature) if kept.adaptation else None
    network = fit(np.ones(len(passages), bool))
    model = export(spec.to, start, network, claims=claims, facts=facts, adaptation=adaptation)
    print("\n".join(facts.notes))
    print(f"{model.info.identity} in {spec.to}, after {(time.monotonic() - began) / 60:.1f} minutes")
    print(f"In the window: Settings ▸ Analysis ▸ Model ▸ Choose… ▸ {spec.to}")
    print(f"In a terminal: ser-desktop analyze FILE --model {spec.to}")
    return gain


def _checked_start(spec: FineTuneSpec) -> Model:
    """Return the model that the training begins with."""
    if spec.to.suffix != ".json":
        raise SettingsError(f"{spec.to} is not the name of a manifest. Give a name that ends in .json.")
    if spec.to.resolve() == spec.start.resolve():
        raise SettingsError(f"{spec.to} is the model that it begins with. Give another name.")
    return open_model(spec.start)


def _usable(annotations: Annotations, start: Model) -> tuple[Annotations, list[ClipFrames]]:
    """Return the passages that can be trained on and tested, with their frames."""
    refuse_few(annotations.only(are_common(annotations), RARE))
    activity = VoiceActivity()
    clips = [
        clip
        for channel in tqdm(annotations.channels, desc="frames", unit="recording")
        for clip in passage_frames(channel, start.info, activity)
    ]
    spoken = [speech_s(clip, start.info.features) >= LEAST_SPEECH_S for clip in clips]
    annotations, clips = annotations.only(spoken, LITTLE_SPEECH), _kept(clips, spoken)
    common = are_common(annotations)
    annotations, clips = annotations.only(common, RARE), _kept(clips, common)
    refuse_few(annotations)
    return annotations, clips


def _kept(clips: Iterable[ClipFrames], flags: Iterable[bool]) -> list[ClipFrames]:
    return [clip for clip, flag in zip(clips, flags, strict=True) if flag]


def _described(annotations: Annotations, split: Split) -> list[str]:
    passages = annotations.passages
    minutes = sum(each.end_s - each.start_s for each in passages) / 60
    recordings, folds = len(np.unique(split.recordings)), len(split.training)
    of_emotion = ", ".join(f"{count} {label}" for label, count in counted([each.label for each in passages]).items())
    lines = [
        f"{len(passages)} passages ({minutes:.0f} minutes) of {recordings} recordings, said by "
        f"{annotations.annotators} {'person' if annotations.annotators == 1 else 'people'}: {of_emotion}"
    ]
    if left_out := ", ".join(f"{count} {reason}" for reason, count in annotations.left_out.items() if count):
        lines.append(f"left out: {left_out}")
    return [*lines, f"measured on {split.kept_apart} that are left out in turn, in {folds} parts"]


def _left_out(fit: Fit, start: Model, annotations: Annotations, split: Split) -> tuple[Answers, Answers | None]:
    """Return what the program says of all passages, each by a network that was not trained on it.

    The second is with the adaptation to voices of the model before, if it has one.
    """
    parts: list[Answers] = []
    adapted: list[Answers] = []
    order = []
    fold_of = {each.recording: fold for each, fold in zip(annotations.passages, split.fold.tolist(), strict=True)}
    for number, (training, is_tested) in enumerate(tqdm(list(split.folds()), desc="left out", unit="part")):
        outputs = NetworkOutputs(fit(training))
        channels = [each for each in annotations.channels if fold_of[each.passages[0].recording] == number]
        parts.append(answers_of(program_classifier(start, outputs.computed()), channels))
        if adaptation := start.info.adaptation:
            classifier = program_classifier(start, outputs.replayed(), adaptation=adaptation)
            adapted.append(answers_of(classifier, channels))
        order.append(np.flatnonzero(is_tested))
    places: npt.NDArray[np.int64] = np.concatenate(order)
    plain = Answers.of(parts).in_order(places)
    return plain, Answers.of(adapted).in_order(places) if adapted else None
