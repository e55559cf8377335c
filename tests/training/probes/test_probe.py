"""``probe`` measures each part of a run once, saves it, and logs each look at a corpus that is never trained on."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch

from ser_desktop.emotion.network import EmotionNet
from ser_desktop.errors import SettingsError
from tests.training.test_end_to_end import CONFIG, LABELS, write_corpus
from training.__main__ import main as training
from training.evaluate.calibration import Calibration
from training.evaluate.metrics import Estimate, Predictions, Recognition
from training.evaluate.results import Evaluation, Probes, Selection
from training.evaluate.saved_metrics import METRICS, read_metrics, write_metrics
from training.fit.checkpoints import EVERYBODY, fold_name
from training.fit.run import Run, new_run, open_run
from training.probes.changed_sound import CHANGES
from training.probes.probe import PROBES, read_probes
from training.probes.robustness import LENGTHS_S, UNCHANGED, paired_loss

pytestmark = pytest.mark.long  # trains networks

RATE = 16_000
HEADER = "file,speaker,gender,emotion,intensity,statement,seconds\n"


def write_noise(folder: Path) -> Path:
    """Write a corpus with two kinds of sound without speech."""
    folder.mkdir()
    noise = np.random.default_rng(0).normal(0.0, 0.1, 2 * RATE)
    soundfile.write(folder / "rain.wav", noise, RATE)
    soundfile.write(folder / "hum.wav", 0.2 * np.sin(2 * np.pi * 50 * np.arange(2 * RATE) / RATE), RATE)
    rows = "rain.wav,a,,noise,,Rain,2\nhum.wav,b,,noise,,Hum,2\n"
    folder.with_suffix(".csv").write_text(HEADER + rows)
    return folder


def write_networks(run: Run) -> None:
    """Write a checkpoint for each fold and for everybody, each with other weights, and a calibration."""
    for seed, name in enumerate([*map(fold_name, run.folds.folds), EVERYBODY]):
        torch.manual_seed(seed)
        network = EmotionNet(run.config.network)
        network.emotion.weight.data *= 30.0
        (run.folder / name).mkdir()
        content = {"network": run.config.network.as_dict(), "labels": list(LABELS), "epoch": 1}
        torch.save({**content, "weights": network.state_dict()}, run.folder / name / "best.pt")
    write_metrics(run, evaluation(Calibration(1.0, 0.3), folds=len(run.folds.folds)))


def evaluation(calibration: Calibration, *, folds: int) -> Evaluation:
    """Return metrics with a calibration, the only part that the probes use."""
    recognition = Recognition(*[Estimate(0.5, 0.4, 0.6)] * 3)
    return Evaluation(
        folds="grouped",
        seed=1,
        clips=recognition,
        windows=recognition,
        recall={},
        accuracy_by_gender={},
        accuracy_by_fold=(),
        confusion=(),
        temperature=calibration.temperature,
        abstain_threshold=calibration.abstain_threshold,
        fold_calibrations=(calibration,) * folds,
        windows_ece=0.0,
        windows_shown=Selection(0.0, None),
        tiers={},
    )


@pytest.fixture(scope="module")
def probed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a corpus, a run of it that was probed, another corpus and a log of looks."""
    root = tmp_path_factory.mktemp("probes")
    write_corpus(root)
    write_noise(root / "sounds")
    for path in sorted(write_corpus(root / "else").glob("*.csv")):
        path.rename(path.with_name("others.csv"))
    (root / "else" / "mine").rename(root / "else" / "others")
    (root / "config.toml").write_text(CONFIG)
    write_networks(new_run(root / "config.toml", root / "mine", root / "run"))
    assert training([*command(root), "--noise", str(root / "sounds"), "--unheard", str(root / "else" / "others")]) == 0
    return root


def command(root: Path) -> list[str]:
    return ["probe", str(root / "run"), "--cache", str(root / "cache"), "--looks", str(root / "looks.md")]


def test_all_requested_parts_are_saved(probed: Path) -> None:
    probes = read_probes(open_run(probed / "run"))
    assert probes.synthetic
    assert probes.read is None
    assert probes.changes.keys() == {UNCHANGED, *CHANGES}
    assert list(probes.lengths) == [f"{seconds:g}" for seconds in LENGTHS_S]
    assert probes.noise.kinds["Rain"].windows == 8
    assert probes.noise.all.no_speech == 1.0
    assert probes.reliability.keys() == {"mine, each answer", "mine"}
    assert probes.unseen.clips == 24


def test_unchanged_sound_loses_nothing_and_gives_what_the_cache_gives(probed: Path) -> None:
    probes = read_probes(open_run(probed / "run"))
    unchanged = probes.changes[UNCHANGED]
    assert unchanged.flips == 0.0
    assert unchanged.loss == Estimate(0.0, 0.0, 0.0)
    assert unchanged.uar == probes.lengths["3"].uar
    assert unchanged.recall == probes.lengths["3"].recall


def test_a_saved_part_is_not_measured_again_and_no_second_look_is_logged(
    probed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (probed / "run" / PROBES).stat().st_mtime_ns
    assert training([*command(probed), "--unheard", str(probed / "else" / "others")]) == 0
    assert (probed / "run" / PROBES).stat().st_mtime_ns == before
    looks = [line for line in (probed / "looks.md").read_text().splitlines() if "| others |" in line]
    assert len(looks) == 1
    uar = read_probes(open_run(probed / "run")).unseen.recognition.uar
    assert str(uar) in looks[0]
    assert "## Recorded another way" in capsys.readouterr().out


def test_results_of_other_networks_are_not_used(probed: Path) -> None:
    metrics = probed / "run" / METRICS
    known = metrics.read_text()
    write_metrics(open_run(probed / "run"), evaluation(Calibration(2.0, 0.3), folds=1))
    assert read_probes(open_run(probed / "run")) == Probes()
    metrics.write_text(known)
    assert read_probes(open_run(probed / "run")) != Probes()


def test_a_corpus_that_was_trained_on_is_not_an_unseen_one(probed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    looks = (probed / "looks.md").read_text()
    probes = json.loads((probed / "run" / PROBES).read_text())
    without = {part: found for part, found in probes["probes"].items() if part != "unheard"}
    (probed / "run" / PROBES).write_text(json.dumps({**probes, "probes": without}))
    assert training([*command(probed), "--unheard", str(probed / "mine")]) == 1
    assert "was trained on mine" in capsys.readouterr().err
    assert (probed / "looks.md").read_text() == looks
    (probed / "run" / PROBES).write_text(json.dumps(probes))


def test_a_run_without_metrics_names_the_command_to_run(
    probed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new_run(probed / "config.toml", probed / "mine", tmp_path / "bare")
    assert training(["probe", str(tmp_path / "bare")]) == 1
    assert "python -m training evaluate" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b'{"networks": "x", "probes": {"lengths": 1}}'])
def test_damaged_results_count_as_not_measured(probed: Path, content: bytes) -> None:
    probes = (probed / "run" / PROBES).read_bytes()
    (probed / "run" / PROBES).write_bytes(content)
    assert read_probes(open_run(probed / "run")) == Probes()
    (probed / "run" / PROBES).write_bytes(probes)
    assert read_probes(open_run(probed / "run")) != Probes()


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b'{"networks": "x", "metrics": {"seed": "one"}}'])
def test_damaged_metrics_are_refused_with_the_command_to_run(probed: Path, content: bytes) -> None:
    metrics = (probed / "run" / METRICS).read_bytes()
    (probed / "run" / METRICS).write_bytes(content)
    with pytest.raises(SettingsError, match=r"are damaged\. Use “python -m training evaluate"):
        read_metrics(open_run(probed / "run"))
    (probed / "run" / METRICS).write_bytes(metrics)
    assert read_metrics(open_run(probed / "run")).seed == 1


def test_metrics_of_networks_that_were_trained_again_are_refused(probed: Path) -> None:
    run = open_run(probed / "run")
    best = run.fold_folder(run.folds.folds[0]) / "best.pt"
    weights = best.read_bytes()
    best.write_bytes(weights + b"x")
    with pytest.raises(SettingsError, match="trained again after its evaluation"):
        read_metrics(run)
    best.write_bytes(weights)


def predictions(predicted: list[int]) -> Predictions:
    """Return predictions for two speakers with two clips of each of two labels."""
    true = np.array([0, 0, 1, 1] * 2)
    return Predictions(("a", "b"), true, np.eye(2)[predicted], np.repeat(["ann", "bob"], 4))


def test_equal_predictions_have_no_loss() -> None:
    same = predictions([0, 1, 1, 0, 0, 0, 1, 1])
    assert paired_loss(same, same) == Estimate(0.0, 0.0, 0.0)


def test_a_loss_that_is_equal_for_all_speakers_has_an_interval_of_no_width() -> None:
    right, half = predictions([0, 0, 1, 1] * 2), predictions([0, 1, 1, 1] * 2)
    assert paired_loss(right, half) == Estimate(0.25, 0.25, 0.25)
    one_alone = paired_loss(right, predictions([0, 1, 1, 1, 0, 0, 1, 1]))
    assert (one_alone.low, one_alone.high) == (0.0, 0.25)
