"""The card holds what was measured, and says what was not."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from ser_desktop.emotion.model_file import Model, ModelInfo
from ser_desktop.emotion.torch_run import load_network
from training.probes.tables import sections
from training.release.card import card_text

FIGURE = {"value": 0.5, "low": 0.4, "high": 0.6}
MEASURES = dict.fromkeys(("UAR", "accuracy", "macro-F1"), FIGURE)
LABELS = ("neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised")
PART = {"share": 0.5, "accuracy": 0.8}
RELIABILITY = {
    "answers": 100,
    "ece": 0.031,
    "shown": PART,
    "tiers": {"high": PART, "medium": PART, "low": {"share": 0.0, "accuracy": None}},
    "curve": [[0.4, 0.3], [0.9, 0.8]],
}
COMPANION = {
    "clips": 7431,
    "speakers": 91,
    "figures": MEASURES,
    "recall": {"neutral": 0.698, "angry": 0.739},
    "neutral_called_calm": 0.023,
}
CHANGE = {
    "UAR": FIGURE,
    "recall": dict.fromkeys(LABELS, 0.61),
    "flips": 0.0,
    "loss": FIGURE,
    "too_little_speech": 0.004,
}


def shares(claimed: float) -> dict[str, Any]:
    labels = {"calm": 0.75, "angry": 0.25} if claimed else {}
    return {"windows": 400, "speech": claimed, "uncertain": 0.1, "no_speech": 0.9 - claimed, "labels": labels}


PROBES = {
    "changes": {"unchanged": CHANGE, "MP3, 64 kbit/s": {**CHANGE, "flips": 0.123}},
    "lengths": {"1": {"UAR": FIGURE}, "4": {"UAR": FIGURE}},
    "reliability": {"ravdess": RELIABILITY, "nemo": RELIABILITY},
    "synthetic": {"network": "everybody", "all": shares(0.0), "kinds": {"chords": shares(0.0)}},
    "noise": {
        "network": "everybody",
        "corpus": "esc10",
        "all": shares(0.1),
        "kinds": {"Rain": shares(0.0), "Baby": shares(0.2)},
    },
    "read": {"network": "everybody", "corpus": "librispeech", "all": shares(0.4), "kinds": {"read": shares(0.4)}},
    "unheard": {"corpus": "emodb", **COMPANION, "reliability": RELIABILITY},
}


@pytest.fixture(scope="module")
def info(tiny_model: Model) -> ModelInfo:
    """A manifest as ``export`` writes it, of a run of two corpora."""
    figures = {
        "clips": MEASURES,
        "windows": MEASURES,
        "recall": dict.fromkeys(LABELS, 0.5),
        "accuracy_by_gender": {"female": 0.7, "male": 0.6},
        "accuracy_by_fold": [0.6, 0.7],
        "confusion": [[5, *[1] * 7]] * 8,
        "windows_ece": 0.045,
        "windows_shown": PART,
        "tiers": RELIABILITY["tiers"],
        "companions": {"cremad_mel": COMPANION},
    }
    corpora = [{"name": name, "clips": 10, "speakers": 2} for name in ("ravdess", "cremad_mel")]
    told = {"corpora": corpora, "epochs": 9, "seed": 1, "commit": "abc", "folds": "luna-jimenez", "figures": figures}
    told |= {
        "kept": "last",
        "start": "pooled",
        "teachers": ["tuned", "longer", "first"],
        "multiply_adds": 44_400_000,
    }
    return msgspec.structs.replace(tiny_model.info, manifest={**tiny_model.info.manifest, **told})


def card(info: ModelInfo, tiny_model: Model, probes: dict[str, Any]) -> str:
    return card_text(info, load_network(tiny_model), probes)


def rows_of(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]


def test_what_was_not_measured_is_said(info: ModelInfo, tiny_model: Model) -> None:
    text = card(info, tiny_model, {})
    assert "Not measured: `python -m training probe RUN` does it." in text
    assert "Music, laughter and animals can pass" in text
    assert "-changes.png" not in text


def test_every_section_that_was_measured_is_in_the_card(info: ModelInfo, tiny_model: Model) -> None:
    text = card(info, tiny_model, PROBES)
    assert "Not measured" not in text
    for heading, section in sections(PROBES).items():
        assert f"## {heading}\n" in text
        assert section in text
    for picture in ("changes", "corpora"):
        assert f"(tiny-{picture}.png)" in text


def test_each_corpus_that_was_heard_has_its_figures_and_its_licence(info: ModelInfo, tiny_model: Model) -> None:
    text = card(info, tiny_model, {})
    assert ["cremad_mel", "7431", "91", "2", *["50.0 % (40.0 to 60.0)"] * 3, "2.3 %"] in rows_of(text)
    licences = text[text.index("## Licences") :]
    assert "CC BY-NC-SA 4.0" in licences
    assert "ODbL 1.0" in licences


def test_figures_on_other_folds_are_told_with_the_corpora_that_only_they_tested(
    info: ModelInfo, tiny_model: Model
) -> None:
    assert "on other folds" not in card(info, tiny_model, {})
    told = {"folds": "emobox", "seed": 1, "clips": MEASURES, "windows": MEASURES, "windows_ece": 0.031}
    told |= {"companions": {"tess": COMPANION}}
    text = card(msgspec.structs.replace(info, manifest={**info.manifest, "other_folds": told}), tiny_model, {})
    assert ["folds “emobox”, seed 1", "UAR", "accuracy", "macro-F1"] in rows_of(text)
    assert ["tess", "7431", "91", "2", *["50.0 % (40.0 to 60.0)"] * 3, "2.3 %"] in rows_of(text)
    assert "single answers: 3.1 %" in text


def test_the_leak_gap_is_told_where_it_was_measured(info: ModelInfo, tiny_model: Model) -> None:
    assert "leak gap" not in card(info, tiny_model, {})
    own = {"speaker_recall": FIGURE, "random_recall": 0.8, "leak_gap": 0.31}
    usual = [{"speaker_recall": {**FIGURE, "value": value}, "random_recall": 2 * value} for value in (0.3, 0.4)]
    told = {**info.manifest, "random_split": {"own": own, "usual": usual}}
    text = card(msgspec.structs.replace(info, manifest=told), tiny_model, {})
    assert "UAR 80.0 % instead of 50.0 % (40.0 to 60.0); in accuracy it gains 31 points" in text
    assert "2 usual recipes reach 60 to 80 % instead of 30 to 40 %" in text


def test_the_card_tells_with_what_the_network_began_and_who_taught_it(info: ModelInfo, tiny_model: Model) -> None:
    text = " ".join(card(info, tiny_model, {}).split())
    assert "44 million multiply-adds" in text
    assert "begun with the network of the run “pooled”, taught by those of “tuned”, “longer” and “first”" in text
    assert "whose last epoch was kept" in text


def test_a_sound_that_fools_the_model_is_a_known_failure(info: ModelInfo, tiny_model: Model) -> None:
    text = card(info, tiny_model, PROBES)
    failures = text[text.index("## Known failures") : text.index("## Licences")]
    assert "- Baby: 20.0 % of the windows get an emotion" in failures
    assert "Rain" not in failures


def test_of_a_corpus_of_ones_own_nothing_is_said_that_nobody_knows(info: ModelInfo, tiny_model: Model) -> None:
    text = card(info, tiny_model, {})
    assert "learned from actors" in text
    assert "EXPERIMENTS.md" in text
    own = {**info.manifest, "corpora": [{"name": "mine", "clips": 10, "speakers": 2}]}
    text = card(msgspec.structs.replace(info, manifest=own), tiny_model, {})
    assert "learned from actors" not in text
    assert "EXPERIMENTS.md" not in text


def test_a_model_of_one_corpus_says_so(info: ModelInfo, tiny_model: Model) -> None:
    figures = {name: value for name, value in info.manifest["figures"].items() if name != "companions"}
    alone = {**info.manifest, "corpora": info.manifest["corpora"][:1], "figures": figures}
    text = card(msgspec.structs.replace(info, manifest=alone), tiny_model, {})
    assert "One corpus: what the recordings of others give has not been measured." in text
    assert "heard beside" not in text
    assert "in other languages" in text


def test_tables_are_whole() -> None:
    for text in sections(PROBES).values():
        tables = "\n".join(text.splitlines()).split("\n\n")
        for table in tables:
            assert len({len(row) for row in rows_of(table)}) <= 1
    assert ["MP3, 64 kbit/s", "50.0 % (40.0 to 60.0)", "50.0 (40.0 to 60.0)", "12.3 %", "61.0 %", "0.4 %"] in rows_of(
        sections(PROBES)["Recorded another way"]
    )


def test_the_quiet_share_of_read_speech_counts_neutral_calm_and_uncertain() -> None:
    text = sections(PROBES)["Sounds in which nobody acts"]
    assert f"“uncertain”: {100 * (0.4 * 0.75 + 0.1) / 0.5:.1f} %" in text  # of windows in which somebody speaks


def test_labels_of_ones_own_have_no_column_for_calm() -> None:
    own = {"unchanged": {**CHANGE, "recall": {"bored": 0.5, "eager": 0.5}}}
    assert "calm" not in sections({"changes": own})["Recorded another way"]
