"""Writes a fine-tuned model: weights, ONNX, manifest and card. It holds no names, neither of people nor of files."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Literal

import jinja2
import msgspec

from ser_desktop.emotion.model_file import Model
from ser_desktop.emotion.network import WindowNetwork
from ser_desktop.emotion.voice_adaptation import AdaptationSpec
from training.finetune.claims import Claims
from training.finetune.gain import Gain
from training.finetune.layers import model_config
from training.finetune.trainers import Layers
from training.model.model_folder import FINE_TUNED, code_commit, write_model
from training.networks import describe_network
from training.release.card import LICENCES

TEMPLATE = Path(__file__).with_name("own_card.md.jinja")


class FineTuned(msgspec.Struct, frozen=True):
    """What a manifest tells of the fine-tuning.

    Attributes:
        start: The model that it began with, ``name@hash``.
        layers: Which layers were trained.
        recordings: Number of recordings.
        annotators: Number of people who named emotions.
        passages: Number of passages, by emotion.
        seconds: Their length together.
        left_out: Number of passages that were left out, by the reason.
        kept_apart: What was left out in turn to measure the gain.
        gain: The figures before and after.
        notes: What became of thresholds and adaptation.
    """

    start: str = msgspec.field(name="from")
    layers: Layers
    recordings: int
    annotators: int
    passages: dict[str, int]
    seconds: float
    left_out: dict[str, int]
    kept_apart: Literal["speakers", "recordings"]
    gain: Gain
    notes: tuple[str, ...]


def export(
    manifest: Path,
    start: Model,
    network: WindowNetwork,
    *,
    claims: Claims,
    facts: FineTuned,
    adaptation: AdaptationSpec | None = None,
) -> Model:
    """Write the files of a model and return it.

    Args:
        manifest: Where its manifest goes.
        start: The model before.
        network: The network that was trained on all passages.
        claims: When it claims something.
        facts: What the manifest tells.
        adaptation: How its answers are adapted to voices, if they are.

    Raises:
        ExportError: The outputs of the ONNX file differ from those of the network.
    """
    told = {
        "corpora": start.info.manifest.get("corpora", []),
        "commit": code_commit(),
        FINE_TUNED: msgspec.to_builtins(facts),
    }
    if claims.affect:
        told["affect"] = msgspec.to_builtins(claims.affect)
    if adaptation:
        told["adaptation"] = msgspec.to_builtins(adaptation)
    config = model_config(start.info, network)
    model = write_model(manifest, network, config, claims.calibration, told=told)
    manifest.with_suffix(".md").write_text(own_card(model, facts, describe_network(network.spec)), encoding="utf-8")
    return model


def own_card(model: Model, facts: FineTuned, network: str) -> str:
    """Return the card as Markdown."""
    environment = jinja2.Environment(
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, undefined=jinja2.StrictUndefined
    )
    environment.filters["percent"] = lambda value: f"{100 * value:.0f} %"
    names = [str(each["name"]) for each in model.info.manifest["corpora"]]
    return environment.from_string(TEMPLATE.read_text(encoding="utf-8")).render(
        info=model.info,
        facts=facts,
        gain=facts.gain,
        network=network,
        licences=[LICENCES.get(name, f"{name}: see its publisher") for name in names],
    )


def counted(labels: list[str]) -> dict[str, int]:
    """Return how often each label occurs, the most frequent first."""
    return dict(Counter(labels).most_common())
