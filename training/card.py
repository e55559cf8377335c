"""The model card: every figure in it is one that ``evaluate`` printed."""

from __future__ import annotations

from typing import Any

from ser_desktop.emotion.model_file import ModelInfo
from ser_desktop.emotion.network import EmotionNet
from training.figures import Figure

LICENCES = {"ravdess": "RAVDESS (Livingstone and Russo 2018), CC BY-NC-SA 4.0: not for commercial use"}
MEASURES = ("UAR", "accuracy", "macro-F1")
MISTAKES_TOLD = 4

TEMPLATE = """\
# Model card: {identity}

A residual CNN with attentive pooling, {parameters:,} parameters, for windows of {shortest_s:g} to {window_s:g} s. It
tells {count} emotions apart: {labels}.

Trained on {corpora}: all speakers, for {epochs} epochs, the median of what the folds found best on their inner
speakers; seed {seed}; code of commit {commit}. The figures are those of the folds' networks, none of which heard the
speakers that it was tested on. The network that ships heard everybody, so for it no such figure can be measured on
this corpus.

## Use

**For** seeing how a voice *sounds* over time: research, rehearsal, finding passages in recordings.

**Not for** diagnosis, lie detection, or judging employees, applicants or pupils; emotion recognition at work and in
education is prohibited in the EU. How a voice sounds is not what a person feels, and people must be told that it is
used. It learned from actors; everyday speech is quieter. Speech in other languages, of children, in crowds or over
music was not measured.

## Protocol

Folds “{folds}” by speaker. Of the speakers that a fold does not test, some are kept for early stopping, temperature and
threshold, the others are trained on. Predictions of all folds are pooled; intervals are 95 %, from drawing speakers
again with replacement. `python -m training evaluate RUN` prints every figure; `training/README.md` tells how to make
the run.

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

## What the confidence means

Temperature {temperature:g}, fitted on inner speakers. Expected calibration error of single answers on voices never
heard, over 15 bins of equal mass: {ece}. Below {abstain} the app says “uncertain”.

| confidence | share of answers | right |
|---|---|---|
{tiers}

![reliability]({name}-reliability.png)

## Known failures

{mistakes}
- One corpus, two sentences, one room, one accent: what other recordings give has not been measured yet.
- Music, laughter and animals can pass the speech gate and then get an emotion.

## Licences of the corpora

{licences}
"""


def card_text(info: ModelInfo, network: EmotionNet) -> str:
    """Return the card of a model as Markdown.

    Args:
        info: The manifest, with the figures of its evaluation.
        network: For the number of its parameters.
    """
    manifest, figures = info.manifest, info.manifest["figures"]
    parts = {"all that is shown": figures["windows_shown"], **figures["tiers"]}
    return TEMPLATE.format(
        identity=info.identity,
        name=info.name,
        parameters=sum(value.numel() for value in network.parameters()),
        shortest_s=info.shortest_s,
        window_s=info.window_s,
        count=len(info.labels),
        labels=", ".join(info.labels),
        corpora="; ".join(
            f"{each['name']}, {each['clips']} clips of {each['speakers']} speakers" for each in manifest["corpora"]
        ),
        epochs=manifest["epochs"],
        seed=manifest["seed"],
        commit=manifest["commit"],
        folds=manifest["folds"],
        clips=_measures(figures["clips"]),
        windows=_measures(figures["windows"]),
        labels_cells=" | ".join(figures["recall"]),
        rules="---|" * len(figures["recall"]),
        recall_cells=" | ".join(map(_percent, figures["recall"].values())),
        by_gender=", ".join(
            f"{gender or 'not told'} {_percent(value)}" for gender, value in figures["accuracy_by_gender"].items()
        ),
        by_fold=", ".join(map(_percent, figures["accuracy_by_fold"])),
        temperature=info.temperature,
        ece=_percent(figures["windows_ece"]),
        abstain=_percent(info.abstain_below),
        tiers="\n".join(
            f"| {name} | {_percent(part['share'])} | {_percent(part['accuracy'])} |" for name, part in parts.items()
        ),
        mistakes="\n".join(_mistakes(info.labels, figures["confusion"])),
        licences="\n".join(
            f"- {LICENCES.get(each['name'], each['name'] + ': see its publisher')}" for each in manifest["corpora"]
        ),
    )


def _mistakes(labels: tuple[str, ...], matrix: list[list[int]]) -> list[str]:
    """Return the most frequent confusions as list items."""
    shares = [
        (row[heard] / max(1, sum(row)), labels[true], labels[heard])
        for true, row in enumerate(matrix)
        for heard in range(len(labels))
        if heard != true
    ]
    worst = sorted(shares, reverse=True)[:MISTAKES_TOLD]
    return [f"- {true} is heard as {heard} in {_percent(share)} of its clips" for share, true, heard in worst]


def _measures(measures: dict[str, Any]) -> str:
    return " | ".join(str(Figure(**measures[name])) for name in MEASURES)


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %"
