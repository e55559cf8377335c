"""The model card lists what was measured, and names what was not."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from ser_desktop import paths
from ser_desktop.emotion.model_file import Model, open_model
from training.evaluate.calibration import Calibration
from training.evaluate.metrics import Estimate, Recognition
from training.evaluate.results import (
    AppResponse,
    ChangeMetrics,
    CorpusMetrics,
    Evaluation,
    LengthMetrics,
    Probes,
    Reliability,
    Selection,
    StateShares,
    UnseenCorpus,
)
from training.probes.tables import sections
from training.release.card import Card, card_text
from training.release.facts import (
    CorpusFacts,
    ExportFacts,
    OtherFolds,
    RandomSplit,
    SplitComparison,
    Streamed,
    read_facts,
)

ESTIMATE = Estimate(0.5, 0.4, 0.6)
RECOGNITION = Recognition(ESTIMATE, ESTIMATE, ESTIMATE)
LABELS = ("neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised")
CHOSEN = Selection(0.5, 0.8)
TIERS = {"high": CHOSEN, "medium": CHOSEN, "low": Selection(0.0, None)}
RELIABILITY = Reliability(100, 0.031, CHOSEN, TIERS, ((0.4, 0.3), (0.9, 0.8)))
AUXILIARY = CorpusMetrics(
    clips=7431,
    speakers=91,
    recognition=RECOGNITION,
    recall={"neutral": 0.698, "angry": 0.739},
    neutral_called_calm=0.023,
)
CHANGE = ChangeMetrics(ESTIMATE, dict.fromkeys(LABELS, 0.61), 0.0, ESTIMATE, 0.004)
LENGTH = LengthMetrics(ESTIMATE, dict.fromkeys(LABELS, 0.5))


def shares(claimed: float) -> StateShares:
    labels = {"calm": 0.75, "angry": 0.25} if claimed else {}
    return StateShares(400, claimed, 0.1, 0.9 - claimed, labels)


PROBES = Probes(
    changes={"unchanged": CHANGE, "MP3, 64 kbit/s": replace(CHANGE, flips=0.123)},
    lengths={"1": LENGTH, "4": LENGTH},
    reliability={"ravdess": RELIABILITY, "nemo": RELIABILITY},
    synthetic=AppResponse("everybody", shares(0.0), {"chords": shares(0.0)}),
    noise=AppResponse("everybody", shares(0.1), {"Rain": shares(0.0), "Baby": shares(0.2)}, "esc10"),
    read=AppResponse("everybody", shares(0.4), {"read": shares(0.4)}, "librispeech"),
    unseen=UnseenCorpus(
        corpus="emodb",
        clips=AUXILIARY.clips,
        speakers=AUXILIARY.speakers,
        recognition=RECOGNITION,
        recall=AUXILIARY.recall,
        neutral_called_calm=AUXILIARY.neutral_called_calm,
        reliability=RELIABILITY,
    ),
)
EVALUATION = Evaluation(
    folds="luna-jimenez",
    seed=1,
    clips=RECOGNITION,
    windows=RECOGNITION,
    recall=dict.fromkeys(LABELS, 0.5),
    accuracy_by_gender={"female": 0.7, "male": 0.6},
    accuracy_by_fold=(0.6, 0.7),
    confusion=((5, *[1] * 7),) * 8,
    temperature=0.8,
    abstain_threshold=0.6,
    fold_calibrations=(Calibration(0.8, 0.6),),
    windows_ece=0.045,
    windows_shown=CHOSEN,
    tiers=TIERS,
    auxiliary_corpora={"cremad_mel": AUXILIARY},
)
FACTS = ExportFacts(
    epochs=9,
    kept="last",
    start="pooled",
    teachers=["tuned", "longer", "first"],
    seed=1,
    folds="luna-jimenez",
    corpora=[CorpusFacts(name, 10, 2) for name in ("ravdess", "cremad_mel")],
    commit="abc",
    multiply_adds=44_400_000,
    evaluation=EVALUATION,
)


def card(model: Model, facts: ExportFacts = FACTS, probes: Probes | None = None) -> str:
    return card_text(Card(model.info, facts, "a small network", 1234, probes or Probes()))


def rows_of(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]


def test_the_card_names_what_was_not_measured(tiny_model: Model) -> None:
    text = card(tiny_model)
    assert "Not measured: `python -m training probe RUN` does it." in text
    assert "Music, laughter and animals can pass" in text
    assert "-changes.png" not in text


def test_every_section_that_was_measured_is_in_the_card(tiny_model: Model) -> None:
    text = card(tiny_model, probes=PROBES)
    assert "Not measured" not in text
    for heading, section in sections(PROBES).items():
        assert f"## {heading}\n" in text
        assert section in text
    for plot in ("changes", "corpora"):
        assert f"(tiny-{plot}.png)" in text


def test_each_auxiliary_corpus_has_its_metrics_and_its_licence(tiny_model: Model) -> None:
    text = card(tiny_model)
    assert ["cremad_mel", "7431", "91", "2", *["50.0 % (40.0 to 60.0)"] * 3, "2.3 %"] in rows_of(text)
    licences = text[text.index("## Licences") :]
    assert "CC BY-NC-SA 4.0" in licences
    assert "ODbL 1.0" in licences


def test_a_sentence_that_a_licence_demands_is_in_the_card(tiny_model: Model) -> None:
    corpora = [CorpusFacts(name, 10, 2) for name in ("ravdess", "kor_emotts", "emospeech")]
    licences = card(tiny_model, replace(FACTS, corpora=corpora)).partition("## Licences")[2]
    assert "for research only" in licences
    assert "research supported by the Ministry of Trade, Industry & Energy (MOTIE, Korea)" in licences
    assert "Banga and others 2019), CC BY-NC-SA 4.0" in licences


def test_metrics_on_other_folds_are_listed_with_the_corpora_that_only_they_tested(tiny_model: Model) -> None:
    assert "on other folds" not in card(tiny_model)
    other = OtherFolds("emobox", 1, RECOGNITION, RECOGNITION, 0.031, {"tess": AUXILIARY})
    text = card(tiny_model, replace(FACTS, other_folds=other))
    assert ["folds “emobox”, seed 1", "UAR", "accuracy", "macro-F1"] in rows_of(text)
    assert ["tess", "7431", "91", "2", *["50.0 % (40.0 to 60.0)"] * 3, "2.3 %"] in rows_of(text)
    assert "single entries: 3.1 %" in text


def test_the_leak_gap_is_in_the_card_if_it_was_measured(tiny_model: Model) -> None:
    assert "leak gap" not in card(tiny_model)
    usual = [SplitComparison(Estimate(value, 0.1, 0.9), 2 * value, 0.2) for value in (0.3, 0.4)]
    leak = RandomSplit(SplitComparison(ESTIMATE, 0.8, 0.31), usual)
    text = " ".join(card(tiny_model, replace(FACTS, random_split=leak)).split())
    assert "UAR 80.0 % instead of 50.0 % (40.0 to 60.0); in accuracy it gains 31 points" in text
    assert "2 usual recipes reach 60 to 80 % instead of 30 to 40 %" in text


def test_the_card_names_the_initial_network_and_the_teachers(tiny_model: Model) -> None:
    text = " ".join(card(tiny_model).split())
    assert "44 million multiply-adds" in text
    assert (
        "beginning with the network of the run “pooled”, with soft labels from those of “tuned”, “longer” and “first”"
        in text
    )
    assert "whose last epoch was kept" in text


def test_a_sound_for_which_the_app_claims_an_emotion_is_a_known_failure(tiny_model: Model) -> None:
    text = card(tiny_model, probes=PROBES)
    failures = text[text.index("## Known failures") : text.index("## Licences")]
    assert "- Baby: 20.0 % of the windows get an emotion" in failures
    assert "Rain" not in failures


def test_sentences_about_public_corpora_are_left_out_for_other_corpora(tiny_model: Model) -> None:
    text = card(tiny_model)
    assert "learned from actors" in text
    assert "EXPERIMENTS.md" in text
    text = card(tiny_model, replace(FACTS, corpora=[CorpusFacts("mine", 10, 2)]))
    assert "learned from actors" not in text
    assert "EXPERIMENTS.md" not in text


def test_a_model_of_one_corpus_says_so(tiny_model: Model) -> None:
    alone = replace(FACTS, corpora=FACTS.corpora[:1], evaluation=replace(EVALUATION, auxiliary_corpora={}))
    text = card(tiny_model, alone)
    assert "One corpus: how well it works on recordings of others has not been measured." in text
    assert "auxiliary corpus" not in text
    assert "in other languages" in text


def test_all_rows_of_a_table_have_the_same_number_of_cells() -> None:
    for text in sections(PROBES).values():
        tables = "\n".join(text.splitlines()).split("\n\n")
        for table in tables:
            assert len({len(row) for row in rows_of(table)}) <= 1
    assert ["MP3, 64 kbit/s", "50.0 % (40.0 to 60.0)", "50.0 (40.0 to 60.0)", "12.3 %", "61.0 %", "0.4 %"] in rows_of(
        sections(PROBES)["Recorded another way"]
    )


def test_the_quiet_share_of_read_speech_counts_neutral_calm_and_uncertain() -> None:
    text = sections(PROBES)["Sounds without acted speech"]
    assert f"“uncertain”: {100 * (0.4 * 0.75 + 0.1) / 0.5:.1f} %" in text  # of windows with speech


def test_without_a_label_calm_there_is_no_column_for_it() -> None:
    own = {"unchanged": replace(CHANGE, recall={"bored": 0.5, "eager": 0.5})}
    assert "calm" not in sections(Probes(changes=own))["Recorded another way"]


def test_a_streaming_network_tells_what_it_learned_from(tiny_model: Model) -> None:
    streamed = Streamed(
        start="window@1234abcd", epochs=60, batches=100, corpora=("ravdess", "librispeech"), commit="c0"
    )
    told = card(tiny_model, replace(FACTS, streamed=streamed))
    network = told[told.index("The network learned") : told.index("## Use")]
    assert "that the network of window@1234abcd computes for whole windows" in network
    assert "60 epochs of 100 batches of ravdess, librispeech; code of commit c0. That one was trained on all" in network
    assert "LibriSpeech (Panayotov and others 2015)" in told[told.index("## Licences") :]
    plain = card(tiny_model)
    assert "The network was trained on all speakers" in plain
    assert "LibriSpeech" not in plain


def test_facts_are_read_from_a_manifest_as_they_were_written() -> None:
    assert read_facts(msgspec.to_builtins(FACTS)) == FACTS


def test_a_manifest_without_its_facts_is_refused() -> None:
    with pytest.raises(ValueError, match="missing required field"):
        read_facts({"epochs": 1})


def test_the_shipped_card_is_that_of_its_manifest() -> None:
    """All but the probes, which are not in the manifest."""
    model = open_model(paths.default_model())
    made = Card.from_info(
        model.info,
        network="a causal residual CNN that computes each frame once, with attentive pooling",
        parameters=350_544,
        probes=Probes(),
    )
    shipped = Path(paths.default_model()).with_suffix(".md").read_text(encoding="utf-8")
    expected = card_text(made)
    for part in (expected.split("## Other recordings")[0], expected[expected.index("## Licences") :]):
        assert part in shipped
