"""A model is measured on corpora that are new to it, through the program's own path, and calibrated on them."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import msgspec
import numpy as np
import pytest
import soundfile
from sounds import FloatArray

from ser_desktop.__main__ import main as ser_desktop
from ser_desktop.emotion.model_file import Model, open_model
from training.__main__ import main as training
from training.data.corpora import read_corpus
from training.probes.app_entries import corpus_entries
from training.probes.strangers import Strangers, measure_strangers, write_strangers

RATE = 16_000
EMOTIONS = ("neutral", "happy", "sad", "angry")


def write_corpus(root: Path, name: str, speech: FloatArray) -> Path:
    """Write eight clips of the demo's voice, with labels that mean nothing."""
    folder = root / name
    folder.mkdir()
    rows = [("file", "speaker", "emotion")]
    for index in range(8):
        part = speech[index * RATE // 4 : index * RATE // 4 + 2 * RATE] * (1.0 + index % 3)
        soundfile.write(folder / f"{index}.wav", part, RATE)
        rows.append((f"{index}.wav", f"speaker {index % 3}", EMOTIONS[index % 4]))
    with (root / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return folder


@pytest.fixture
def corpora(tmp_path: Path, speech_16k: FloatArray) -> list[Path]:
    """Two corpora."""
    return [write_corpus(tmp_path, name, speech_16k) for name in ("one", "two")]


@pytest.fixture
def manifest(tmp_path: Path, tiny_model: Model) -> Path:
    """A copy of the small model."""
    for path in tiny_model.folder.iterdir():
        shutil.copy(path, tmp_path / path.name)
    return tmp_path / "tiny.json"


def test_the_entries_are_those_of_the_program(corpora: list[Path], manifest: Path, tmp_path: Path) -> None:
    entries = corpus_entries(open_model(manifest), read_corpus(corpora[0]))
    files, table = sorted(map(str, corpora[0].glob("*.wav"))), tmp_path / "table.csv"
    ser_desktop(["analyze", *files, "--model", str(manifest), "--csv", str(table), "--quiet"])
    with table.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["label"]]
    assert entries.spoken == len(rows)
    labels = open_model(manifest).info.labels
    printed = np.array([[float(row[f"p_{label}"]) for label in labels] for row in rows])
    distances = np.abs(entries.scores[:, None] - printed).max(axis=2).min(axis=1)
    assert len(entries.scores) > 10
    assert distances.max() < 2e-6  # the table has six decimals


def test_the_summary_is_the_one_that_the_program_prints(
    corpora: list[Path], manifest: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entries = corpus_entries(open_model(manifest), read_corpus(corpora[0]))
    ser_desktop(["analyze", str(corpora[0] / "3.wav"), "--model", str(manifest), "--format", "json"])
    told = json.loads(capsys.readouterr().out)["summary"]["scores"]
    assert entries.summaries[3] == pytest.approx(list(told.values()), abs=1e-6)


def test_one_command_measures_calibrates_and_writes(
    corpora: list[Path], manifest: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = open_model(manifest)
    assert before.info.affect is None
    looks = tmp_path / "looks.md"
    given = [part for folder in corpora for part in ("--corpus", str(folder))]
    command = ["strangers", str(manifest), *given, "--looks", str(looks)]
    assert training(command) == 0
    assert open_model(manifest).info == before.info  # without --calibrate nothing is written
    assert "two" in capsys.readouterr().out
    assert len(looks.read_text().splitlines()) == 9


def test_a_fit_is_written_into_the_manifest_and_used(corpora: list[Path], manifest: Path) -> None:
    found, fitted = measure_strangers(manifest, corpora, calibrate_on=["one", "two"], wanted=0.6)
    assert isinstance(found, Strangers)
    assert fitted is not None
    for each in found.corpora.values():
        assert each.arousal is not None
        assert 0.0 <= each.any.share <= 1.0
        assert each.clips == 8


def test_corpora_that_are_left_out_suffice_for_a_fit(corpora: list[Path], manifest: Path) -> None:
    two = corpus_entries(open_model(manifest), read_corpus(corpora[1]))
    found, fitted = measure_strangers(manifest, corpora[:1], left_out={"two": two}, wanted=0.6)
    both, _ = measure_strangers(manifest, corpora, calibrate_on=["two"], wanted=0.6)
    assert fitted is not None
    assert found.left_out == ["two"]
    assert found.corpora["one"] == both.corpora["one"]  # fitted on the other corpus in both cases


def test_a_corpus_that_it_was_trained_on_is_refused(
    corpora: list[Path], manifest: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({**content, "corpora": [{"name": "one"}]}))
    assert training(["strangers", str(manifest), "--corpus", str(corpora[0])]) == 1
    assert "was trained on one" in capsys.readouterr().err


def test_a_corpus_to_calibrate_on_must_be_given(
    corpora: list[Path], manifest: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert training(["strangers", str(manifest), "--corpus", str(corpora[0]), "--calibrate", "two"]) == 1
    assert "two is not among the corpora: one" in capsys.readouterr().err


def test_metrics_are_written_without_a_fit_beside_those_of_other_corpora(corpora: list[Path], manifest: Path) -> None:
    write_strangers(manifest, *measure_strangers(manifest, corpora[:1], calibrate_on=["one"], wanted=0.5))
    before = open_model(manifest).info
    write_strangers(manifest, *measure_strangers(manifest, corpora[1:], wanted=0.5))
    after = open_model(manifest).info
    assert after.identity != before.identity
    assert after.affect == before.affect
    found = msgspec.convert(after.manifest["strangers"], Strangers)
    assert sorted(found.corpora) == ["one", "two"]
    assert (found.calibrated_on, found.wanted) == (["one"], 0.5)


def test_an_adaptation_to_voices_is_measured_with_a_fit_on_other_corpora_and_may_be_fitted_again(
    corpora: list[Path],
    manifest: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("training.release.adaptation.rewrite_card", lambda _: None)  # the small model has no card
    monkeypatch.setattr("training.probes.known_voices.KNOWN_S", (0.1, 0.3, 100))
    write_strangers(manifest, *measure_strangers(manifest, corpora, calibrate_on=["one", "two"], wanted=0.6))
    given = [part for folder in corpora for part in ("--corpus", str(folder))]
    command = ["adapt", str(manifest), *given, "--left-out", "one", "--cache", str(tmp_path / "cache")]
    assert training(command) == 0
    first = open_model(manifest).info
    assert first.adaptation is not None
    assert [each["name"] for each in first.manifest["adapted_on"]] == ["one", "two"]
    assert list(first.manifest["voices"]["heard"]) == ["one"]
    after = first.manifest["voices"]["known_after"]["one"]  # two of three speakers have a clip without emotion
    assert list(after) == ["0", "0.1", "0.3"]
    assert (after["0.1"]["speakers"], after["0.1"]["clips"]) == (2, 4)
    assert after["0.1"]["summary"] != after["0"]["summary"] or after["0.1"]["any"] != after["0"]["any"]
    assert training(command) == 0
    assert "the clips of each speaker as one recording" in capsys.readouterr().out
    assert open_model(manifest).info.adaptation == first.adaptation
