"""The mean of the weights of several runs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import torch

from tests.training.test_end_to_end import CONFIG, write_corpus
from training.__main__ import main as training
from training.checkpoints import read_network
from training.run import open_run


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a corpus, a run, and one that began with its networks."""
    root = tmp_path_factory.mktemp("average")
    write_corpus(root)
    (root / "config.toml").write_text(CONFIG)
    assert training([*command(root, root / "first"), "--folds-only"]) == 0
    assert training([*command(root, root / "second"), "--from", str(root / "first"), "--folds-only"]) == 0
    return root


def command(root: Path, run: Path) -> list[str]:
    return [
        "train",
        *(str(root / "config.toml"), "--corpus", str(root / "mine")),
        *("--run", str(run), "--cache", str(root / "cache"), "--jobs", "1"),
    ]


def average(runs: Path, folder: Path, *names: str) -> int:
    return training(["average", *(str(runs / name) for name in names), "--run", str(folder)])


def test_every_weight_is_the_mean_and_a_run_named_twice_counts_twice(runs: Path, tmp_path: Path) -> None:
    assert average(runs, tmp_path / "mean", "first", "second", "second") == 0
    run = open_run(tmp_path / "mean")
    assert [each.name for each in run.averaged] == ["first", "second", "second"]
    for fold in run.folds.folds:
        first, second, mean = (
            read_network(folder / f"fold{fold.index}").state_dict()
            for folder in (runs / "first", runs / "second", tmp_path / "mean")
        )
        assert not torch.equal(first["emotion.weight"], second["emotion.weight"])
        for name in ("emotion.weight", "stem_norm.running_var"):
            torch.testing.assert_close(mean[name], (first[name] + 2.0 * second[name]) / 3.0)


def test_an_average_can_be_judged_as_any_run(runs: Path, tmp_path: Path) -> None:
    assert average(runs, tmp_path / "mean", "first", "second") == 0
    assert training(["evaluate", str(tmp_path / "mean"), "--cache", str(runs / "cache")]) == 0
    assert (tmp_path / "mean" / "figures.json").exists()


def test_a_folder_with_another_run_is_left_alone(
    runs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(runs / "first", tmp_path / "first")
    before = (tmp_path / "first" / "fold0" / "best.pt").read_bytes()
    assert average(runs, tmp_path / "first", "first", "second") == 1
    assert "holds another run" in capsys.readouterr().err
    assert (tmp_path / "first" / "fold0" / "best.pt").read_bytes() == before


def test_networks_of_other_folds_may_know_the_tested(
    runs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = tmp_path / "more.toml"
    more.write_text(CONFIG.replace("inner_speakers = 1", "inner_speakers = 2"))
    assert more.read_text() != CONFIG
    arguments = command(runs, tmp_path / "other")
    assert training([arguments[0], str(more), *arguments[2:], "--folds-only"]) == 0
    assert average(runs, tmp_path / "mean", "first", str(tmp_path / "other")) == 1
    assert "may know the tested" in capsys.readouterr().err


def test_networks_of_another_shape_have_no_mean(runs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slim = tmp_path / "slim.toml"
    slim.write_text(CONFIG.replace("[4, 4, 6, 6]", "[4, 4, 6, 8]"))
    assert slim.read_text() != CONFIG
    arguments = command(runs, tmp_path / "slim")
    assert training([arguments[0], str(slim), *arguments[2:], "--folds-only"]) == 0
    assert average(runs, tmp_path / "mean", "first", str(tmp_path / "slim")) == 1
    assert "different shapes" in capsys.readouterr().err
