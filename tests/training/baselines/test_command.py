"""``python -m training baselines``: one table, no test speaker is trained on, no fold is trained twice."""

from __future__ import annotations

import csv
import dataclasses
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
import soundfile

from ser_desktop.errors import SettingsError
from training.__main__ import main as training
from training.baselines.cached_predictions import CachedPredictions, FoldPredictions
from training.baselines.inputs import Input
from training.baselines.network_recipe import NetworkRecipe
from training.baselines.recipe import Examples
from training.baselines.scoring import RecipeOnCorpus
from training.baselines.table import COLUMNS, row_of
from training.data.corpora import Clip
from training.data.splits import Part, random_split, speaker_split

pytestmark = pytest.mark.long  # trains networks

RATE = 16_000
LABELS = ("happy", "sad", "bored")
FOLDS = 3 + 5  # three speakers make three folds; the random split has five
CONFIG = """
[training]
labels = ["happy", "sad", "bored"]
fold_set = "grouped"
copies = 1
epochs = 1
batch = 4

[network]
stem = 2
widths = [4, 4, 6, 6]
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three speakers of different pitch; the labels differ in tempo."""
    folder = tmp_path_factory.mktemp("corpora") / "mine"
    folder.mkdir()
    random = np.random.default_rng(0)
    time_s = np.arange(RATE) / RATE
    rows = [("file", "speaker", "emotion")]
    for speaker, pitch_hz in (("ann", 210.0), ("bob", 110.0), ("eve", 250.0)):
        for label, tempo_hz in zip(LABELS, (2.0, 5.0, 9.0), strict=True):
            for take in range(2):
                name = f"{speaker}_{label}_{take}.wav"
                voice = sum(np.sin(2 * np.pi * pitch_hz * k * time_s) / k for k in range(1, 9))
                voice *= 0.1 * (1.2 + np.sin(2 * np.pi * tempo_hz * time_s + take))
                soundfile.write(folder / name, voice + random.normal(0, 1e-3, len(voice)), RATE)
                rows.append((name, speaker, label))
    with (folder / "mine.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    return folder


def command(corpus: Path, run: Path, *more: str) -> list[str]:
    return ["baselines", "--corpus", str(corpus), "--run", str(run), "--folds", "grouped", *more]


@pytest.fixture(scope="module")
def compared(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a comparison of one recipe."""
    run = tmp_path_factory.mktemp("baselines")
    assert training(command(corpus, run, "--only", "mfcc-cnn", "--table", str(run / "T.md"))) == 0
    return run


@pytest.fixture
def fits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The number of training clips of each network that is trained."""
    lengths: list[int] = []
    fit = NetworkRecipe.fit

    def noted(self: NetworkRecipe, train: Examples, validation: Examples, *, labels: int, seed: int) -> object:
        if lengths and lengths[-1] < 0:
            raise KeyboardInterrupt
        lengths.append(len(train))
        return fit(self, train, validation, labels=labels, seed=seed)

    monkeypatch.setattr(NetworkRecipe, "fit", noted)
    return lengths


def test_the_table_has_the_numbers_of_the_json(compared: Path) -> None:
    lines = (compared / "T.md").read_text().splitlines()
    assert lines[0].startswith("<!-- Printed by: python -m training baselines --corpus path/to/mine ")
    assert str(compared) not in lines[0]
    head, _, *rows = (line.strip("| ").split(" | ") for line in lines if line.startswith("|"))
    assert tuple(head) == COLUMNS
    metrics = json.loads((compared / "table.json").read_text())
    assert [row[0] for row in rows] == [row["title"] for row in metrics]
    for row, saved in zip(rows, metrics, strict=True):
        assert len(row) == len(COLUMNS)
        if saved["name"] != "mfcc-cnn":
            assert set(row[1:]) == {"–"}
            continue
        recall = saved["speaker_recall"]
        assert row[1] == "{value:.1f} ({low:.1f} to {high:.1f})".format(
            **{name: 100 * share for name, share in recall.items()}
        )
        shares = [
            saved["speaker_accuracy"]["value"],
            saved["random_recall"],
            saved["random_accuracy"],
            saved["leak_gap"],
        ]
        assert row[2:6] == [f"{100 * share:.1f}" for share in shares]
        assert saved["leak_gap"] == pytest.approx(shares[2] - shares[0])
        assert saved["clip_ms"] > 0.0
        assert saved["training_s"] > 0.0
        assert int(row[6].replace(" ", "")) == saved["parameters"] > 1000


def test_a_cached_fold_is_not_trained_again(corpus: Path, compared: Path, fits: list[int]) -> None:
    before = json.loads((compared / "table.json").read_text())
    assert training(command(corpus, compared, "--only", "mfcc-cnn")) == 0
    assert fits == []
    assert json.loads((compared / "table.json").read_text()) == before


def test_an_interrupted_comparison_loses_one_fold_and_goes_on(
    corpus: Path, tmp_path: Path, fits: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = command(corpus, tmp_path, "--only", "mfcc-cnn", "--split", "random")
    assert training(arguments) == 0
    cached = sorted((tmp_path / "mfcc-cnn").iterdir())
    assert len(cached) == len(fits) == 5
    for path in cached[3:]:
        path.unlink()
    fits.append(-1)  # the next one is interrupted
    assert training(arguments) == 130
    assert "the same command continues" in capsys.readouterr().err
    assert sorted((tmp_path / "mfcc-cnn").iterdir()) == cached[:3]
    fits.clear()
    assert training(arguments) == 0
    assert len(fits) == 2
    assert sorted((tmp_path / "mfcc-cnn").iterdir()) == cached


def test_predictions_for_another_corpus_or_other_folds_are_refused(
    tmp_path: Path, write_tones: Callable[[Path, Iterable[str]], Path]
) -> None:
    folder = write_tones(tmp_path / "own", ["a.wav"])
    clip = Clip(folder / "a.wav", "own", "ann", "", "happy", "", "")
    for _ in range(2):
        CachedPredictions(tmp_path / "run", [clip], "grouped")
    with pytest.raises(SettingsError, match="another corpus"):
        CachedPredictions(tmp_path / "run", [dataclasses.replace(clip, emotion="sad")], "grouped")
    with pytest.raises(SettingsError, match="other folds"):
        CachedPredictions(tmp_path / "run", [clip], "emobox")


def test_the_error_for_an_unknown_recipe_lists_the_known_ones(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert training(command(corpus, tmp_path, "--only", "magic")) == 1
    error = capsys.readouterr().err
    assert "magic" in error
    assert "two-channel-cnn" in error


def test_our_own_network_is_a_row(corpus: Path, tmp_path: Path) -> None:
    """By speaker its metrics are those of the run; for the random split it is trained again."""
    config, run, cache = tmp_path / "own.toml", str(tmp_path / "own"), ["--cache", str(tmp_path / "cache")]
    config.write_text(CONFIG)
    assert training(["train", str(config), "--corpus", str(corpus), "--run", run, "--folds-only", *cache]) == 0
    assert training(["evaluate", run, *cache]) == 0
    assert training(command(corpus, tmp_path / "run", "--own", run, "--only", "own", *cache)) == 0
    metrics = json.loads((tmp_path / "own/metrics.json").read_text())["metrics"]
    (row,) = (each for each in json.loads((tmp_path / "run/table.json").read_text()) if each["name"] == "own")
    assert row["speaker_recall"] == pytest.approx(metrics["clips"]["UAR"])
    assert 0.0 <= row["random_accuracy"] <= 1.0
    assert len(list((tmp_path / "run/own").glob("*.npz"))) == FOLDS


@dataclass
class LevelRecorder:
    """A recipe that records the clips that it is trained on; each clip has its own level."""

    name: str = "level-recorder"
    title: str = "Level recorder"
    input: Input = field(
        default_factory=lambda: Input("level", (1,), lambda samples: np.abs(samples).max(keepdims=True))
    )
    trained_on: list[set[float]] = field(default_factory=list)
    parameters: int = 0

    def fit(self, train: Examples, validation: Examples, *, labels: int, seed: int) -> LevelRecorder:
        self.trained_on.append({round(float(level), 4) for level in (*train.values[:, 0], *validation.values[:, 0])})
        return self

    def probabilities(self, values: np.ndarray) -> np.ndarray:
        return np.full((len(values), len(LABELS)), 1 / len(LABELS))


def test_no_recipe_is_trained_on_a_test_speaker(
    tmp_path: Path, write_tones: Callable[[Path, Iterable[str]], Path]
) -> None:
    names = [f"{speaker}_{label}_{take}.wav" for speaker in "abcdef" for label in LABELS for take in "12"]
    folder = write_tones(tmp_path / "own", names)
    clips = [Clip(folder / name, "own", name[0], "", name.split("_")[1], "", "") for name in names]
    recipe = LevelRecorder()
    row = RecipeOnCorpus(recipe, clips, LABELS, tmp_path / "features")
    levels = recipe.input.compute_all(clips, tmp_path / "features")[:, 0]
    speaker_of = {round(float(level), 4): clip.speaker for level, clip in zip(levels, clips, strict=True)}
    assert len(speaker_of) == len(clips)
    for part in speaker_split(clips, "grouped"):
        row.train_and_predict(part)
        speakers = {speaker_of[level] for level in recipe.trained_on.pop()}
        assert not speakers & {clips[index].speaker for index in part.test}
        assert speakers | {clips[index].speaker for index in part.test} == set("abcdef")


@dataclass(frozen=True)
class Known:
    """A row whose predictions are all cached."""

    name: str = "known"
    title: str = "Known"
    key: str = "1"

    def train_and_predict(self, part: Part) -> FoldPredictions:
        raise AssertionError("no fold may be trained")


def test_metrics_are_those_of_the_cached_predictions(
    tmp_path: Path, write_tones: Callable[[Path, Iterable[str]], Path]
) -> None:
    """Half of the labels right by speaker, all of them at random: the gap is 50 points."""
    names = [f"{speaker}{take}.wav" for speaker in "abc" for take in range(6)]
    folder = write_tones(tmp_path / "own", names)
    clips = [Clip(folder / name, "own", name[0], "", "sad" if int(name[1]) % 2 else "happy", "", "") for name in names]
    labels = ("happy", "sad")
    right = np.eye(2)[[labels.index(clip.emotion) for clip in clips]]
    always_happy = np.tile([0.9, 0.1], (len(clips), 1))
    cached = CachedPredictions(tmp_path / "run", clips, "grouped")
    parts = (*speaker_split(clips, "grouped"), *random_split(clips))
    for part in parts:
        probabilities = always_happy if part.split == "speakers" else right
        cached.write(
            "known", "1", part, FoldPredictions(part.test, probabilities[part.test], 5, 2.0, float(part.index))
        )
    row = row_of(Known(), parts, cached, clips=clips, labels=labels)
    assert row.speaker_recall is not None
    assert row.speaker_recall.value == pytest.approx(0.5)
    assert row.random_recall == row.random_accuracy == 1.0
    assert row.leak_gap == pytest.approx(0.5)
    assert (row.parameters, row.clip_ms) == (5, 2.0)


def test_predictions_of_other_settings_are_not_used(
    tmp_path: Path, write_tones: Callable[[Path, Iterable[str]], Path]
) -> None:
    folder = write_tones(tmp_path / "own", ["a.wav"])
    cached = CachedPredictions(tmp_path / "run", [Clip(folder / "a.wav", "own", "ann", "", "happy", "", "")], "grouped")
    part = Part("random", 0, np.array([1]), np.array([2]), np.array([0]))
    cached.write("known", "1", part, FoldPredictions(part.test, np.ones((1, 1)), 5, 2.0, np.nan))
    assert cached.read("known", "1", part) is not None
    assert cached.read("known", "2", part) is None
    assert cached.read("other", "1", part) is None
