"""The model card: every figure in it is one that ``evaluate`` printed."""

from __future__ import annotations

from typing import Any

from ser_desktop.emotion.model_file import ModelInfo
from ser_desktop.emotion.network import EmotionNet
from training.figures import Figure

LICENCES = {"ravdess": "RAVDESS (Livingstone and Russo 2018), CC BY-NC-SA 4.0: not for commercial use"}


def card_text(info: ModelInfo, network: EmotionNet) -> str:
    """Return the card of a model as Markdown.

    Args:
        info: The manifest, with the figures of its evaluation.
        network: For the number of its parameters.
    """
    figures = info.manifest["figures"]
    parts = [
        f"# Model card: {info.identity}",
        _what_it_is(info, network),
        _use(),
        _protocol(info),
        _tables(info, figures),
        _calibration(info, figures),
        _failures(info, figures),
        _licences(info),
    ]
    return "\n\n".join(parts) + "\n"


def _what_it_is(info: ModelInfo, network: EmotionNet) -> str:
    parameters = sum(value.numel() for value in network.parameters())
    corpora = "; ".join(
        f"{corpus['name']}, {corpus['clips']} clips of {corpus['speakers']} speakers"
        for corpus in info.manifest["corpora"]
    )
    return (
        f"A residual CNN with attentive pooling, {parameters:,} parameters, for windows of {info.shortest_s:g} to "
        f"{info.window_s:g} s. It tells {len(info.labels)} emotions apart: {', '.join(info.labels)}.\n\n"
        f"Trained on {corpora}: all speakers, for {info.manifest['epochs']} epochs, the median of what the folds below "
        f"found best on their inner speakers; seed {info.manifest['seed']}. The figures are those of the folds' networks, "
        "which never heard the speakers that they were tested on; of the network that ships, trained on everybody, "
        "no figure for an unheard speaker of this corpus can be measured."
    )


def _use() -> str:
    return (
        "## Use\n\n"
        "**For** seeing how a voice *sounds* over time: research, rehearsal, looking for passages in recordings.\n\n"
        "**Not for** diagnosis, lie detection, or judging employees, applicants or pupils; emotion recognition at work "
        "and in education is prohibited in the EU. How a voice sounds is not what a person feels, and people must be told "
        "that it is used. It learned from actors; everyday speech is quieter, and speech in other languages, of children, "
        "in crowds or over music was not measured."
    )


def _protocol(info: ModelInfo) -> str:
    return (
        "## Protocol\n\n"
        f"Folds “{info.manifest['folds']}” by speaker. Of the speakers that a fold does not test, some "
        "are kept for early stopping and calibration, the others are trained on. Predictions of all folds are pooled. "
        "Intervals are 95 %, from drawing speakers again with replacement. "
        "`python -m training evaluate RUN` prints every figure; training/README.md tells how to make the run."
    )


def _tables(info: ModelInfo, figures: dict[str, Any]) -> str:
    rows = [
        "## Voices never heard\n",
        "| | UAR | accuracy | macro-F1 |",
        "|---|---|---|---|",
        f"| a clip, one window around its speech | {_row(figures['clips'])} |",
        f"| each answer of the app (every 0.25 s, unsmoothed) | {_row(figures['windows'])} |",
        "",
        "| acted as | " + " | ".join(figures["recall"]) + " |",
        "|---" * (len(figures["recall"]) + 1) + "|",
        "| recall | " + " | ".join(f"{100 * value:.0f} %" for value in figures["recall"].values()) + " |",
        "",
        "Accuracy by gender: "
        + ", ".join(
            f"{name or 'not told'} {100 * value:.1f} %" for name, value in figures["accuracy_by_gender"].items()
        )
        + ". By fold: "
        + ", ".join(f"{100 * value:.1f} %" for value in figures["accuracy_by_fold"])
        + ".",
        "",
        f"![confusion]({info.name}-confusion.png) ![recall]({info.name}-recall.png) ![curves]({info.name}-curves.png)",
    ]
    return "\n".join(rows)


def _row(measures: dict[str, Any]) -> str:
    return " | ".join(str(Figure(**measures[name])) for name in ("UAR", "accuracy", "macro-F1"))


def _calibration(info: ModelInfo, figures: dict[str, Any]) -> str:
    shown = figures["windows_shown"]
    tiers = [
        f"| {name} | {100 * tier['share']:.0f} % | {100 * tier['accuracy']:.0f} % |"
        for name, tier in figures["tiers"].items()
    ]
    rows = [
        "## What the confidence means\n",
        f"Temperature {info.temperature:g}, fitted on inner speakers. Expected calibration error of single answers on "
        f"voices never heard (15 bins of equal mass): {100 * figures['windows_ece']:.1f} %. Below "
        f"{100 * info.abstain_below:.0f} % the app says “uncertain”; it then shows {100 * shown['share']:.0f} % of the answers, "
        f"of which {100 * shown['accuracy']:.0f} % are right.",
        "",
        "| confidence | answers | right |",
        "|---|---|---|",
        *tiers,
        "",
        f"![reliability]({info.name}-reliability.png)",
    ]
    return "\n".join(rows)


def _failures(info: ModelInfo, figures: dict[str, Any]) -> str:
    matrix = figures["confusion"]
    mistakes = sorted(
        (
            (matrix[true][heard] / sum(matrix[true]), info.labels[true], info.labels[heard])
            for true in range(len(matrix))
            for heard in range(len(matrix))
            if true != heard and sum(matrix[true])
        ),
        reverse=True,
    )
    listed = [
        f"- {true} is heard as {heard} in {100 * share:.0f} % of its clips" for share, true, heard in mistakes[:4]
    ]
    return "\n".join(
        [
            "## Known failures\n",
            *listed,
            "- Two sentences, one room, one accent: figures on other corpora and languages have not been measured yet.",
            "- Music, laughter and animals can pass the speech gate and then get an emotion.",
        ]
    )


def _licences(info: ModelInfo) -> str:
    names = [corpus["name"] for corpus in info.manifest["corpora"]]
    lines = [f"- {LICENCES.get(name, f'{name}: see its publisher')}" for name in names]
    return "\n".join(["## Licences of the corpora\n", *lines])
