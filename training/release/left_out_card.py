"""Writes what a run measured on the corpora that its folds leave out into the manifest and the card of a model."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec

from ser_desktop.emotion.model_file import open_model
from ser_desktop.errors import SettingsError
from training.evaluate.results import Evaluation
from training.evaluate.saved_metrics import read_metrics
from training.fit.run import open_run
from training.model.model_folder import refuse_fine_tuned, write_manifest
from training.probes.left_out import LeftOut, read_left_out
from training.release.facts import LeftOutFacts
from training.release.strangers_card import rewrite_card


def write_left_out(folder: Path, manifest: Path) -> None:
    """Write the metrics of a run into a manifest and its card; the model's name changes with it.

    Args:
        folder: Of the run, which ``evaluate`` and ``left-out`` have measured.
        manifest: Of the exported model.

    Raises:
        SettingsError: The run was not measured, or was trained again since; or the model was fine-tuned.
    """
    refuse_fine_tuned(open_model(manifest))
    run = open_run(folder)
    found, evaluation = read_left_out(run), read_metrics(run)
    if found is None:
        raise SettingsError("{folder} has no metrics of left-out corpora yet.", folder=folder)
    facts = left_out_facts(run.corpus.name, evaluation, found, is_own=False)
    content = json.loads(manifest.read_text(encoding="utf-8"))
    content["left_out"] = msgspec.to_builtins(facts)
    write_manifest(manifest, content)
    rewrite_card(manifest)


def left_out_facts(main: str, evaluation: Evaluation, found: LeftOut, *, is_own: bool) -> LeftOutFacts:
    """Return what a manifest tells of the corpora that are left out; see :class:`LeftOutFacts`."""
    return LeftOutFacts(main, evaluation.clips, evaluation.auxiliary_corpora, found.corpora, found.wanted, is_own)
