"""Writes the model card: a template is filled with the results of ``evaluate`` and ``probe``."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import jinja2

from ser_desktop.emotion.model_file import ModelInfo
from training.evaluate.claims import ClaimMetrics
from training.evaluate.results import Probes
from training.probes.stranger_metrics import DimensionMetrics
from training.probes.tables import percent, sections
from training.release.facts import ExportFacts, read_facts

TEMPLATE = Path(__file__).with_name("card.md.jinja")

# The licence of the database requires this exact sentence wherever its use is reported.
EMOTIONTTS_STATEMENT = (
    "This study (or Project) used on open source as the result of research supported by the Ministry of Trade, "
    "Industry & Energy (MOTIE, Korea) under Industrial Technology Innovation Program (No. 10080667, Development of "
    "conversational speech synthesis technology to express emotion and personality of robots through sound source "
    "diversification)."
)
LICENCES = {
    "ravdess": "RAVDESS (Livingstone and Russo 2018), CC BY-NC-SA 4.0: not for commercial use",
    "cremad": "CREMA-D (Cao and others 2014), ODbL 1.0",
    "cremad_mel": "CREMA-D (Cao and others 2014) as mel spectrograms, ODbL 1.0",
    "tess": "TESS (Pichora-Fuller and Dupuis 2020), CC BY-NC-ND 4.0: not for commercial use",
    "nemo": "nEMO (Christop 2024), CC BY-NC-SA 4.0: not for commercial use",
    "turev": "TurEV-DB (Canpolat and others 2020), CC BY-NC-ND 4.0: not for commercial use",
    "emodb": "EmoDB (Burkhardt and others 2005), free with citation",
    "emospeech": "Indian EmoSpeech Command Dataset (Banga and others 2019), CC BY-NC-SA 4.0: not for commercial use",
    "kor_emotts": "emotiontts open database, emotional part (KAIST and Selvas AI 2020), for research only: not for "
    f"commercial use. {EMOTIONTTS_STATEMENT}",
    "librispeech": "LibriSpeech (Panayotov and others 2015), CC BY 4.0; without labels",
    "emovo": "EMOVO (Costantini and others 2014): its licence is not known here",
    "emogator": "EmoGator (Buhl 2022), Apache 2.0",
    "deeply_nv": "Deeply Nonverbal Vocalization (Deeply Inc.), CC BY-NC-ND 4.0: not for commercial use",
}
CHOSEN = {
    "best": "the median of what the folds found best on their validation speakers",
    "last": "as many as the folds, whose last epoch was kept",
}
MISTAKES_LISTED = 4
FALSE_CLAIMS_LISTED = 0.02  # a kind of sound with this share of claimed emotions is a known failure


@dataclass(frozen=True, slots=True)
class Card:
    """The content of a model card.

    Attributes:
        info: The model's manifest, as the program reads it.
        facts: Its training and evaluation, from the manifest.
        network: The kind of network, as a noun phrase.
        parameters: Number of trained parameters.
        probes: Results of ``probe``; may be empty.
    """

    info: ModelInfo
    facts: ExportFacts
    network: str
    parameters: int
    probes: Probes

    @classmethod
    def from_info(cls, info: ModelInfo, *, network: str, parameters: int, probes: Probes) -> Card:
        """Return the card of a model whose manifest holds its facts.

        Raises:
            ValueError: The manifest lacks a fact.
        """
        return cls(info, read_facts(info.manifest), network, parameters, probes)


def card_text(card: Card) -> str:
    """Return a card as Markdown."""
    info, facts, evaluation = card.info, card.facts, card.facts.evaluation
    genders = evaluation.accuracy_by_gender.items()
    return _template().render(
        info=info,
        facts=facts,
        evaluation=evaluation,
        network=card.network,
        parameters=card.parameters,
        is_public=facts.corpora[0].name in LICENCES,
        corpora=[f"{each.name}, {each.clips} clips of {each.speakers} speakers" for each in facts.corpora],
        lineage=_lineage(facts),
        chosen=CHOSEN[facts.kept],
        by_gender=[f"{gender or 'not given'} {percent(value)}" for gender, value in genders],
        tiers={"at or above the threshold": evaluation.windows_shown, **evaluation.tiers},
        probe_sections=sections(card.probes),
        failures=_failures(card),
        licences=[LICENCES.get(name, f"{name}: see its publisher") for name in _corpora_used(facts)],
    )


def _corpora_used(facts: ExportFacts) -> list[str]:
    """Return the names of the corpora that network and adaptation learned from, each once."""
    names = [each.name for each in facts.corpora] + [each.name for each in facts.adapted_on]
    names += facts.streamed.corpora if facts.streamed else ()
    return list(dict.fromkeys(names))


def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, undefined=jinja2.StrictUndefined
    )
    environment.filters |= {
        "percent": percent,
        "span": _span,
        "mean": statistics.fmean,
        "claim": _claim,
        **DIMENSION_FILTERS,
    }
    return environment.from_string(TEMPLATE.read_text(encoding="utf-8"))


def _claim(claim: ClaimMetrics) -> str:
    """Return the share of claims and of right claims as text."""
    if claim.right is None:
        return percent(claim.share)
    balanced = "" if claim.balanced is None else f" ({percent(claim.balanced)})"
    return f"{percent(claim.share)}: {percent(claim.right)} right{balanced}"


DIMENSION_FILTERS: dict[str, Callable[[DimensionMetrics | None], str]] = {
    "auc": lambda each: f"{each.auc:.2f}" if each else "–",
    "uar": lambda each: percent(each.recall) if each else "–",
    "high": lambda each: _claim(each.high) if each else "–",
    "low": lambda each: _claim(each.low) if each else "–",
}


def _span(values: Iterable[float]) -> str:
    found = sorted(values)
    return f"{100 * found[0]:.0f} to {100 * found[-1]:.0f} %"


def _lineage(facts: ExportFacts) -> str:
    """Return a clause that names the initial network and the teachers; empty if there are none."""
    begun = f", beginning with the network of the run “{facts.start}”" if facts.start else ""
    teachers = " and ".join(", ".join(f"“{name}”" for name in facts.teachers).rsplit(", ", 1))
    return begun + (f",\nwith soft labels from those of {teachers}" if teachers else "")


def _failures(card: Card) -> list[str]:
    """Return the known failures of the model, one sentence each."""
    probes, failures = card.probes, _mistakes(card.info.labels, card.facts.evaluation.confusion)
    if len(card.facts.corpora) == 1 and not probes.unseen:
        failures.append("One corpus: how well it works on recordings of others has not been measured.")
    if not probes.noise:
        return [*failures, "Music, laughter and animals can pass the speech gate and then get an emotion."]
    responses = [each for each in (probes.synthetic, probes.noise) if each]
    kinds = {kind: each.speech for response in responses for kind, each in response.kinds.items()}
    listed = sorted((share, kind) for kind, share in kinds.items() if share >= FALSE_CLAIMS_LISTED)[::-1]
    return [*failures, *(f"{kind}: {percent(share)} of the windows get an emotion" for share, kind in listed)]


def _mistakes(labels: tuple[str, ...], matrix: tuple[tuple[int, ...], ...]) -> list[str]:
    """Return the most frequent confusions."""
    shares = [
        (row[predicted] / max(1, sum(row)), labels[true], labels[predicted])
        for true, row in enumerate(matrix)
        for predicted in range(len(labels))
        if predicted != true
    ]
    worst = sorted(shares, reverse=True)[:MISTAKES_LISTED]
    return [f"{true} is predicted as {predicted} in {percent(share)} of its clips" for share, true, predicted in worst]
