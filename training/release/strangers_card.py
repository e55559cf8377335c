"""Measures a model on corpora that are new to it, and writes a calibration into its manifest and card."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec

from ser_desktop.atomic_file import atomic_file
from ser_desktop.emotion.model_file import Model, open_model
from ser_desktop.emotion.torch_run import load_network
from training.data.corpora import Clip, Corpus, read_corpus
from training.evaluate.results import Probes
from training.fit.run import open_run
from training.model.model_folder import refuse_fine_tuned
from training.networks import describe_network
from training.probes.app_entries import CorpusEntries, claim_shares
from training.probes.known_voices import subset
from training.probes.left_out import left_out_entries
from training.probes.looks import LOOKS
from training.probes.strangers import described, log_looks, measure_strangers, write_strangers
from training.release.card import Card, card_text

FIRST_PROBE = "## Other recordings"  # in a card without probes, the heading in their place
FROM_MANIFEST = ("## Strangers", "## Corpora that are left out")  # sections before those of “probe”
BEHIND_PROBES = "## Licences of the corpora"

MIN_SPEAKERS = 4  # of a left-out corpus that thresholds are fitted on


@dataclass(frozen=True, slots=True)
class StrangersSpec:
    """The corpora to measure and to calibrate on.

    Attributes:
        corpora: Folders of corpora of acted emotions.
        without_emotion: Folders of corpora in which no emotion is acted.
        by_sound: Whether the sounds of those corpora, which their tables give as the statement, are measured apart.
        calibrate_on: Names of the corpora on which offset and thresholds of arousal and valence are fitted.
        left_out: Run whose folds leave out corpora; with these, by the networks that were not trained on them, the fit
            has more corpora.
        wanted: Share of the claims that must be right.
        is_written: Whether the metrics are written into manifest and card without a fit, too.
    """

    corpora: tuple[Path, ...]
    without_emotion: tuple[Path, ...] = ()
    by_sound: bool = False
    calibrate_on: tuple[str, ...] = ()
    left_out: Path | None = None
    wanted: float = 0.8
    is_written: bool = False


def strangers(manifest: Path, spec: StrangersSpec, *, looks: Path | None) -> None:
    """Print the metrics of a model on corpora; write them into manifest and card if requested, or after a fit.

    Args:
        manifest: Of the exported model.
        spec: What to measure.
        looks: File in which each measurement is logged; ``None`` is the project's own.
    """
    if spec.calibrate_on or spec.left_out:
        refuse_fine_tuned(open_model(manifest))
    found, fitted = measure_strangers(
        manifest,
        spec.corpora,
        calibrate_on=spec.calibrate_on,
        left_out=_left_out(spec.left_out, open_model(manifest)) if spec.left_out else None,
        wanted=spec.wanted,
    )
    model = open_model(manifest)
    claiming = Model(msgspec.structs.replace(model.info, affect=fitted or model.info.affect), model.folder)
    others = {corpus.name: corpus for corpus in map(read_corpus, spec.without_emotion)}
    if spec.by_sound:
        others = {name: sound for corpus in others.values() for name, sound in _sounds(corpus).items()}
    shares = {name: claim_shares(claiming, corpus) for name, corpus in others.items()}
    found = msgspec.structs.replace(found, without_emotion=shares)
    if fitted or spec.is_written:
        write_strangers(manifest, found, fitted)
        rewrite_card(manifest)
    model = open_model(manifest)
    log_looks(looks or LOOKS, model, found)
    print("\n".join((model.info.identity, *described(found))))


def _sounds(corpus: Corpus) -> dict[str, Corpus]:
    """Return the clips of each sound of a corpus, the sounds in alphabetical order."""
    sounds = sorted({clip.statement for clip in corpus.clips})
    return {f"{corpus.name}, {sound}": subset(corpus, partial(_is_of, sound)) for sound in sounds}


def _is_of(sound: str, clip: Clip) -> bool:
    return clip.statement == sound


def _left_out(folder: Path, model: Model) -> dict[str, CorpusEntries]:
    """Return the entries of the corpora that the folds of a run leave out whole, as far as they are trained.

    Corpora of very few speakers are left out here, because their voices do not stand for those of strangers.
    """
    run = open_run(folder)
    found = left_out_entries(run, model.info.temperature)
    return {
        name: entries
        for name, entries in found.items()
        if name != run.corpus.name and len(set(entries.speakers.tolist())) >= MIN_SPEAKERS
    }


def rewrite_card(manifest: Path) -> None:
    """Write the card again; the sections of ``probe``, which are not in the manifest, are kept."""
    path, model = manifest.with_suffix(".md"), open_model(manifest)
    fresh = card_of(model)
    if path.exists():
        before = path.read_text(encoding="utf-8")
        first = fresh.index(FIRST_PROBE)
        heading = before.index("## ", before.index("![reliability]"))
        kept = before[heading : before.index(BEHIND_PROBES)]
        while kept.startswith(FROM_MANIFEST):
            kept = kept[kept.index("\n## ", 1) + 1 :]
        fresh = fresh[:first] + kept + fresh[fresh.index(BEHIND_PROBES) :]
    with atomic_file(path) as file:
        file.write(fresh.encode())


def card_of(model: Model) -> str:
    """Return the card of an exported model without the sections of ``probe``."""
    network = load_network(model)
    parameters = sum(value.numel() for value in network.parameters())
    kind = describe_network(network.spec)
    return card_text(Card.from_info(model.info, network=kind, parameters=parameters, probes=Probes()))
