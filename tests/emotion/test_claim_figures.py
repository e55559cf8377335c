from __future__ import annotations

from typing import Any

import msgspec
import pytest

from ser_desktop import paths
from ser_desktop.emotion.claim_figures import ClaimFigures, claim_figures
from ser_desktop.emotion.model_file import ModelInfo, open_model

METRICS: dict[str, Any] = {
    "figures": {
        "windows_shown": {"share": 0.4, "accuracy": 0.8},
        "tiers": {
            "high": {"share": 0.3, "accuracy": 0.9},
            "medium": {"share": 0.1, "accuracy": 0.5},
            "low": {"share": 0.6, "accuracy": 0.2},
        },
    },
    "strangers": {
        "corpora": {
            "a": {"emotion": {"share": 0.1, "right": 0.3}, "emotion_from": {"0.90": {"share": 0.01, "right": 0.6}}},
            "b": {"emotion": {"share": 0.2, "right": 0.65}, "emotion_from": {"0.90": {"share": 0.0, "right": None}}},
        }
    },
}


def info(manifest: dict[str, Any], threshold: float = 0.6) -> ModelInfo:
    own = open_model(paths.default_model()).info
    return msgspec.structs.replace(own, manifest=manifest, abstain_threshold=threshold)


def test_the_tiers_and_the_models_own_threshold_are_what_is_known() -> None:
    found = claim_figures(info(METRICS))
    assert [each.threshold for each in found.known] == [0.5, 0.6, 0.7]
    assert [each.share for each in found.known] == pytest.approx([0.4, 0.4, 0.3])
    assert [each.right for each in found.known] == pytest.approx([(0.27 + 0.05) / 0.4, 0.8, 0.9])


def test_nothing_is_said_of_a_threshold_that_was_not_measured() -> None:
    found = claim_figures(info(METRICS))
    assert found.at(0.65) is None
    assert found.strangers_at(0.65) is None
    below, above = found.around(0.65)
    assert below
    assert above
    assert (below.threshold, above.threshold) == (0.6, 0.7)
    assert found.around(0.4)[0] is None
    assert found.around(0.9)[1] is None


def test_strange_corpora_give_a_span_and_a_corpus_without_claims_counts_for_nothing() -> None:
    found = claim_figures(info(METRICS))
    assert found.strangers_at(0.6) == (0.3, 0.65)
    assert found.strangers_at(0.9) == (0.6, 0.6)


def test_a_finer_table_is_used_where_the_evaluation_made_one() -> None:
    finer = {"0.95": {"share": 0.05, "accuracy": 0.97}, "0.99": {"share": 0.0, "accuracy": None}}
    found = claim_figures(info({"figures": METRICS["figures"] | {"windows_from": finer}}))
    known = found.at(0.95)
    assert known is not None
    assert known.right == 0.97
    assert found.at(0.99) is None


@pytest.mark.parametrize("manifest", [{}, {"figures": {"tiers": 3}, "strangers": []}, {"figures": None}])
def test_a_manifest_that_says_nothing_gives_nothing(manifest: dict[str, Any]) -> None:
    found = claim_figures(info(manifest))
    assert found == ClaimFigures((), {})


def test_the_built_in_model_tells_what_its_card_tells() -> None:
    own = open_model(paths.default_model()).info
    known = claim_figures(own).at(own.abstain_threshold)
    assert known is not None
    assert known.right == own.manifest["figures"]["windows_shown"]["accuracy"]
