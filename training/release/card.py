"""The model card: every figure in it is one that ``evaluate`` or ``probe`` printed."""

from __future__ import annotations

from typing import Any

from ser_desktop.emotion.model_file import ModelInfo
from ser_desktop.emotion.network import WindowNetwork
from training.evaluate.metrics import Figure
from training.networks import describe_network
from training.probes.tables import percent, sections, table

LICENCES = {
    "ravdess": "RAVDESS (Livingstone and Russo 2018), CC BY-NC-SA 4.0: not for commercial use",
    "cremad": "CREMA-D (Cao and others 2014), ODbL 1.0",
    "cremad_mel": "CREMA-D (Cao and others 2014) as mel spectrograms, ODbL 1.0",
    "tess": "TESS (Pichora-Fuller and Dupuis 2020), CC BY-NC-ND 4.0: not for commercial use",
    "nemo": "nEMO (Christop 2024), CC BY-NC-SA 4.0: not for commercial use",
    "turev": "TurEV-DB (Canpolat and others 2020), CC BY-NC-ND 4.0: not for commercial use",
    "emodb": "EmoDB (Burkhardt and others 2005), free with citation",
}
CHOSEN = {
    "best": "the median of what the folds found best on their validation speakers",
    "last": "as many as the folds, whose last epoch was kept",
}
CHOICES = (
    " What was tried on these folds, and which choice was made after its figure was seen: `training/EXPERIMENTS.md`."
)
MEASURES = ("UAR", "accuracy", "macro-F1")
MISTAKES_TOLD = 4
FOOLED = 0.02  # a kind of sound in which so many windows get an emotion is told

TEMPLATE = """\
# Model card: {identity}

{described}, {parameters:,} parameters, {million:.0f} million multiply-adds for 3 s, for
windows of {shortest_s:g} to {window_s:g} s. It tells {count} emotions apart: {labels}.

Trained on {corpora}.
The network heard all speakers{lineage}, for {epochs} epochs, {chosen}; seed {seed}; code of
commit {commit}. The figures are those of the folds' networks, none of which heard the speakers that it
was tested on. The network that ships heard everybody, so for it no such figure can be measured on this corpus.

## Use

**For** seeing how a voice *sounds* over time: research, rehearsal, finding passages in recordings.

**Not for** diagnosis, lie detection, or judging employees, applicants or pupils; emotion recognition at work and in
education is prohibited in the EU. How a voice sounds is not what a person feels, and people must be told that it is
used. {acted}Speech {unmeasured}of children, in crowds or over music was
not measured.

## Protocol

Folds “{folds}” by speaker. Of the speakers that a fold does not test, some are kept for early stopping, the others are
trained on. Temperature and threshold are fitted on tested speakers, each judged by the network that never heard them:
for the figures of a fold on those of all other folds, for the model that ships on all. Predictions of all folds are
pooled; intervals are 95 %, from drawing speakers
again with replacement. `python -m training evaluate RUN` and `probe RUN` print every figure; `training/README.md` tells
how to make the run.{choices}{random_split}

## Voices never heard

| | UAR | accuracy | macro-F1 |
|---|---|---|---|
| a clip: one window around its speech | {clips} |
| each answer of the app, every 0.25 s, unsmoothed | {windows} |

| acted as | {labels_cells} |
|---|{rules}
| recall | {recall_cells} |

Accuracy by gender: {by_gender}. By fold: {by_fold}.

![confusion]({name}-confusion.png)
![recall]({name}-recall.png)
![training curves]({name}-curves.png)
{others}{other_folds}
## What the confidence means

Temperature {temperature:g}, fitted on voices that the folds' networks never heard. Expected calibration error of
single answers on voices never heard and not fitted on, over 15 bins of equal mass: {ece}. Below {abstain} the app
says “uncertain”.

| confidence | share of answers | right |
|---|---|---|
{tiers}

![reliability]({name}-reliability.png)

{probes}
## Known failures

{failures}

## Licences of the corpora

{licences}
"""


def card_text(info: ModelInfo, network: WindowNetwork, probes: dict[str, Any]) -> str:
    """Return the card of a model as Markdown.

    Args:
        info: The manifest, with the figures of its evaluation.
        network: For its description and the number of its parameters.
        probes: What ``probe`` measured, by part; may be empty.
    """
    manifest, figures = info.manifest, info.manifest["figures"]
    described = describe_network(network.spec)
    is_public = manifest["corpora"][0]["name"] in LICENCES
    parts = {"all that is shown": figures["windows_shown"], **figures["tiers"]}
    return TEMPLATE.format(
        identity=info.identity,
        name=info.name,
        described=described[0].upper() + described[1:],
        parameters=sum(value.numel() for value in network.parameters()),
        shortest_s=info.shortest_s,
        window_s=info.window_s,
        count=len(info.labels),
        labels=", ".join(info.labels),
        corpora="; ".join(
            f"{each['name']}, {each['clips']} clips of {each['speakers']} speakers" for each in manifest["corpora"]
        ),
        million=manifest["multiply_adds"] / 1e6,
        epochs=manifest["epochs"],
        chosen=CHOSEN[manifest["kept"]],
        lineage=_lineage(manifest),
        seed=manifest["seed"],
        commit=manifest["commit"],
        folds=manifest["folds"],
        clips=_measures(figures["clips"]),
        windows=_measures(figures["windows"]),
        labels_cells=" | ".join(figures["recall"]),
        rules="---|" * len(figures["recall"]),
        recall_cells=" | ".join(map(percent, figures["recall"].values())),
        by_gender=", ".join(
            f"{gender or 'not told'} {percent(value)}" for gender, value in figures["accuracy_by_gender"].items()
        ),
        by_fold=", ".join(map(percent, figures["accuracy_by_fold"])),
        temperature=info.temperature,
        ece=percent(figures["windows_ece"]),
        abstain=percent(info.abstain_threshold),
        tiers="\n".join(
            f"| {name} | {percent(part['share'])} | {percent(part['accuracy'])} |" for name, part in parts.items()
        ),
        unmeasured="" if figures.get("companions") else "in other languages, ",
        acted="It learned from actors; everyday speech is quieter. " if is_public else "",
        choices=CHOICES if is_public else "",
        random_split=_random_split(manifest.get("random_split")),
        others=_other_corpora(figures.get("companions", {})),
        other_folds=_other_folds(manifest.get("other_folds")),
        probes=_probed(info.name, probes),
        failures="\n".join(_failures(info, probes)),
        licences="\n".join(
            f"- {LICENCES.get(each['name'], each['name'] + ': see its publisher')}" for each in manifest["corpora"]
        ),
    )


def _lineage(manifest: dict[str, Any]) -> str:
    """Return what a network began with and who taught it."""
    begun = f", begun with the network of the run “{manifest['start']}”" if manifest["start"] else ""
    taught = " and ".join(", ".join(f"“{name}”" for name in manifest["teachers"]).rsplit(", ", 1))
    return begun + (f", taught by those of {taught}" if taught else "")


def _other_corpora(auxiliary_corpora: dict[str, dict[str, Any]]) -> str:
    """Return the figures of the corpora that were heard beside, on their speakers that were not."""
    if not auxiliary_corpora:
        return ""
    head = ["heard beside", "clips", "speakers", "emotions", *MEASURES, "neutral called calm"]
    rows = [
        [name, *(str(each[key]) for key in ("clips", "speakers")), str(len(each["recall"]))]
        + [str(Figure(**each["figures"][measure])) for measure in MEASURES]
        + [percent(each["neutral_called_calm"])]
        for name, each in auxiliary_corpora.items()
    ]
    told = (
        "The speakers of other corpora that a fold did not hear, one window a clip, among the emotions of their corpus:"
    )
    return f"\n{told}\n\n{table(head, rows)}"


def _random_split(told: dict[str, Any] | None) -> str:
    """Return what a split of clips at random makes of the figures, for readers of projects that split so."""
    if not told:
        return ""
    own = told["own"]

    def span(values: list[float]) -> str:
        return f"{100 * min(values):.0f} to {100 * max(values):.0f} %"

    return (
        "\n\n**The leak gap.** Where clips are split at random, every voice has been heard. Our network, trained "
        f"anew on the first corpus alone, then reaches UAR {percent(own['random_recall'])} instead of "
        f"{Figure(**own['speaker_recall'])}; in accuracy it gains {100 * own['leak_gap']:.0f} points. "
        f"{len(told['usual'])} usual recipes reach {span([row['random_recall'] for row in told['usual']])} instead of "
        f"{span([row['speaker_recall']['value'] for row in told['usual']])} (`training/BASELINES.md`)."
    )


def _other_folds(told: dict[str, Any] | None) -> str:
    """Return the figures of the same recipe on other folds."""
    if not told:
        return ""
    head = [f"folds “{told['folds']}”, seed {told['seed']}", *MEASURES]
    kinds = {"a clip": "clips", "each answer of the app": "windows"}
    rows = [[name, *(str(Figure(**told[kind][each])) for each in MEASURES)] for name, kind in kinds.items()]
    text = "The same recipe on other folds, trained anew from the beginning; nobody tested is heard there either:"
    ece = f"Calibration error of single answers: {percent(told['windows_ece'])}."
    return f"\n{text}\n\n{table(head, rows)}\n{ece}\n{_other_corpora(told['companions'])}"


def _probed(name: str, probes: dict[str, Any]) -> str:
    """Return the sections of what ``probe`` measured, with its pictures."""
    if not probes:
        return "## Other recordings, noise and short windows\n\nNot measured: `python -m training probe RUN` does it.\n"
    text = "\n".join(f"## {heading}\n\n{text}" for heading, text in sections(probes).items())
    return f"{text}\n![changes]({name}-changes.png)\n![reliability by corpus]({name}-corpora.png)\n"


def _failures(info: ModelInfo, probes: dict[str, Any]) -> list[str]:
    """Return what the model is known to get wrong, as list items."""
    failures = _mistakes(info.labels, info.manifest["figures"]["confusion"])
    corpora = info.manifest["corpora"]
    if len(corpora) == 1 and "unheard" not in probes:
        failures.append("- One corpus: what the recordings of others give has not been measured.")
    if "noise" not in probes:
        return [*failures, "- Music, laughter and animals can pass the speech gate and then get an emotion."]
    kinds = {kind: each["speech"] for part in ("synthetic", "noise") for kind, each in probes[part]["kinds"].items()}
    fooled = sorted((share, kind) for kind, share in kinds.items() if share >= FOOLED)[::-1]
    return [*failures, *(f"- {kind}: {percent(share)} of the windows get an emotion" for share, kind in fooled)]


def _mistakes(labels: tuple[str, ...], matrix: list[list[int]]) -> list[str]:
    """Return the most frequent confusions as list items."""
    shares = [
        (row[heard] / max(1, sum(row)), labels[true], labels[heard])
        for true, row in enumerate(matrix)
        for heard in range(len(labels))
        if heard != true
    ]
    worst = sorted(shares, reverse=True)[:MISTAKES_TOLD]
    return [f"- {true} is heard as {heard} in {percent(share)} of its clips" for share, true, heard in worst]


def _measures(measures: dict[str, Any]) -> str:
    return " | ".join(str(Figure(**measures[name])) for name in MEASURES)
