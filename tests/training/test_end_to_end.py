"""A corpus of one's own, with labels of one's own, becomes a model that the program runs."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch

from ser_desktop.__main__ import main as ser_desktop
from training.__main__ import main as training
from training.data.features import FeatureCache
from training.evaluate.saved_metrics import read_metrics
from training.fit.checkpoints import EVERYBODY, read_history, read_network
from training.fit.run import open_run
from training.model.onnx_file import TOLERANCE, largest_difference, write_onnx
from training.release.facts import read_facts

pytestmark = pytest.mark.long  # trains networks

RATE = 16_000
LABELS = ("bored", "eager", "tired", "tense")
CONFIG = f"""
[training]
labels = {json.dumps(LABELS)}
fold_set = "grouped"
validation_speakers = 1
copies = 1
epochs = 2
keep = "last"
batch = 4

[network]
stem = 2
widths = [4, 4, 6, 6]
"""


def write_corpus(root: Path) -> Path:
    """Three speakers with a pitch of their own; each label has a tempo of its own."""
    folder = root / "mine"
    folder.mkdir(parents=True)
    random = np.random.default_rng(0)
    time_s = np.arange(round(1.3 * RATE)) / RATE
    rows = []
    for speaker, pitch_hz in (("ann", 210.0), ("bob", 110.0), ("eve", 250.0)):
        for label, tempo_hz in zip(LABELS, (2.0, 4.0, 6.0, 9.0), strict=True):
            for take in range(2):
                name = f"{speaker}_{label}_{take}.wav"
                voice = sum(np.sin(2 * np.pi * pitch_hz * k * time_s) / k for k in range(1, 12))
                voice *= 0.1 * (1.2 + np.sin(2 * np.pi * tempo_hz * time_s + take))
                soundfile.write(folder / name, voice + random.normal(0, 1e-3, len(voice)), RATE)
                rows.append((name, speaker, "", label, "", "", "1.3"))
    with (folder / "mine.csv").open("w", newline="") as file:
        csv.writer(file).writerows(
            [("file", "speaker", "gender", "emotion", "intensity", "statement", "seconds"), *rows]
        )
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with corpus, run and exported model, made by the commands of the README."""
    root = tmp_path_factory.mktemp("training")
    write_corpus(root)
    (root / "config.toml").write_text(CONFIG)
    run, cache = str(root / "run"), ["--cache", str(root / "cache")]
    assert training(["train", str(root / "config.toml"), "--corpus", str(root / "mine"), "--run", run, *cache]) == 0
    assert training(["evaluate", run, *cache]) == 0
    assert training(["export", run, "--to", str(root / "models" / "own.json")]) == 0
    return root


def test_the_program_runs_the_model_with_its_own_labels(made: Path, demo: Path, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    assert ser_desktop(["analyze", str(demo), "--model", str(made / "models/own.json"), "--csv", str(table)]) == 0
    with table.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [name for name in rows[0] if name.startswith("p_")] == [f"p_{label}" for label in LABELS]
    scored = [row for row in rows if row["label"]]
    assert {row["label"] for row in scored} <= set(LABELS)
    assert all(abs(sum(float(row[f"p_{label}"]) for label in LABELS) - 1) < 1e-4 for row in scored)
    assert rows[0]["model"].startswith("own@")


def test_networks_of_one_shape_share_a_graph_and_not_their_weights(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = open_run(made / "run")
    first, second = (read_network(run.fold_folder(fold)) for fold in run.folds.folds[:2])
    write_onnx(first, tmp_path / "first.onnx")
    monkeypatch.delattr(torch.onnx, "export")
    write_onnx(second, tmp_path / "second.onnx")  # which compares it with torch
    assert largest_difference(first, tmp_path / "second.onnx") > 10 * TOLERANCE


def test_a_run_is_as_described(made: Path) -> None:
    run = open_run(made / "run")
    for fold in run.folds.folds:
        assert [record.epoch for record in read_history(run.fold_folder(fold))] == [1, 2]
    assert len((made / "run" / "predictions.csv").read_text().splitlines()) == 1 + len(run.corpus.clips)
    assert not list(made.rglob("*.part"))


def test_manifest_and_card_hold_the_same_metrics(made: Path) -> None:
    manifest = json.loads((made / "models/own.json").read_text())
    metrics = read_metrics(open_run(made / "run"))
    assert read_facts(manifest).evaluation == metrics
    card = (made / "models/own.md").read_text()
    assert f"{100 * metrics.clips.uar.value:.1f} %" in card
    assert (made / "models/own-reliability.png").stat().st_size > 1000


def test_a_run_of_the_same_folds_is_no_second_opinion(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = str(made / "run")
    assert training(["export", run, "--also", run, "--to", str(made / "twice.json")]) == 1
    assert "the same folds" in capsys.readouterr().err
    assert not (made / "twice.json").exists()


def test_a_leak_gap_that_nobody_measured_is_not_told(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["export", str(made / "run"), "--to", str(made / "leak.json"), "--baselines", str(made / "usual")]
    assert training(arguments) == 1
    assert "python -m training baselines" in capsys.readouterr().err
    (made / "usual").mkdir()
    (made / "usual" / "table.json").write_text('[{"name": "mfcc-cnn", "title": "CNN", "leak_gap": 0.2}]')
    assert training(arguments) == 1
    assert "lacks the row of our network" in capsys.readouterr().err
    assert not (made / "leak.json").exists()


def test_who_was_trained_on_is_not_tested_after_a_change_of_the_table(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With fewer clips the speakers are dealt into other folds."""
    table = made / "mine" / "mine.csv"
    before = table.read_text()
    table.write_text("\n".join(before.splitlines()[:-1]) + "\n")
    try:
        for command in ("evaluate", "probe"):
            assert training([command, str(made / "run"), "--cache", str(tmp_path)]) == 1
            assert "have changed since" in capsys.readouterr().err
    finally:
        table.write_text(before)


def test_metrics_of_networks_before_are_not_exported(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    network = made / "run" / "fold0" / "best.pt"
    before = network.read_bytes()
    network.write_bytes((made / "run" / "fold1" / "best.pt").read_bytes())
    assert training(["export", str(made / "run"), "--to", str(made / "again.json")]) == 1
    network.write_bytes(before)
    assert "trained again after its evaluation" in capsys.readouterr().err
    assert not (made / "again.json").exists()


def test_a_name_that_is_no_manifest_is_refused(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert training(["export", str(made / "run"), "--to", str(made / "own.onnx")]) == 1
    assert "ends in .json" in capsys.readouterr().err
    assert not list(made.glob("own.*"))


def test_finished_networks_are_not_trained_away(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (made / "run" / "fold0" / "best.pt").read_bytes()
    arguments = ["train", str(made / "config.toml"), "--corpus", str(made / "mine"), "--run", str(made / "run")]
    assert training([*arguments, "--cache", str(made / "cache")]) == 1
    assert "--resume" in capsys.readouterr().err
    assert (made / "run" / "fold0" / "best.pt").read_bytes() == before


def test_to_judge_again_the_clips_without_copies_are_enough(made: Path, tmp_path: Path) -> None:
    before = (made / "run" / "predictions.csv").read_text()
    assert training(["evaluate", str(made / "run"), "--cache", str(tmp_path)]) == 0
    assert (made / "run" / "predictions.csv").read_text() == before
    (small,), (whole,) = (list(folder.iterdir()) for folder in (tmp_path, made / "cache"))
    assert FeatureCache(small).copies == 0 < FeatureCache(whole).copies


def test_an_interrupted_run_goes_on_to_the_same_network(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped in the second epoch of everybody's network and resumed, it is the one that was never stopped."""
    run = tmp_path / "run"
    arguments = ["train", str(made / "config.toml"), "--corpus", str(made / "mine"), "--run", str(run)]
    arguments += ["--cache", str(made / "cache")]
    stop_in_epoch(2, monkeypatch)
    assert training(arguments) == 130
    monkeypatch.undo()
    assert training([*arguments, "--resume"]) == 0
    resumed, unbroken = (torch.load(each / EVERYBODY / "best.pt") for each in (run, made / "run"))
    for name, weights in unbroken["weights"].items():
        torch.testing.assert_close(resumed["weights"][name], weights, rtol=1e-3, atol=1e-4)


def stop_in_epoch(epoch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Press Ctrl-C at the first batch of an epoch."""
    from training.fit.batches import BatchMaker

    epochs: Callable[[BatchMaker], object] = BatchMaker.epoch
    begun = []

    def stopping(self: BatchMaker) -> object:
        begun.append(True)
        if len(begun) == epoch:
            raise KeyboardInterrupt
        return epochs(self)

    monkeypatch.setattr(BatchMaker, "epoch", stopping)


def test_another_configuration_does_not_overwrite_a_run(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.toml"
    other.write_text(CONFIG.replace("epochs = 2", "epochs = 3"))
    arguments = ["train", str(other), "--corpus", str(made / "mine"), "--run", str(made / "run")]
    assert training(arguments) == 1
    assert "another configuration" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "told"),
    [("speed = 3", "no 'speed'"), ('labels = ["bored", "absent"]', "absent"), ('fold_set = "emobox"', "RAVDESS")],
)
def test_a_wrong_configuration_is_one_clear_line(
    line: str, told: str, made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "config.toml"
    name = line.split(" =", maxsplit=1)[0]
    kept = [each for each in CONFIG.splitlines() if not each.startswith(name + " ")]
    config.write_text("\n".join(kept).replace("[training]", f"[training]\n{line}"))
    arguments = ["train", str(config), "--corpus", str(made / "mine"), "--run", str(tmp_path / "run")]
    assert training(arguments) == 1
    error = capsys.readouterr().err
    assert told in error
    assert len(error.strip().splitlines()) == 1
