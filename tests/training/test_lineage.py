"""Networks that begin with another run's weights, learn from its answers, or are kept to the last."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch.optim.swa_utils import AveragedModel

from ser_desktop.emotion.network import EmotionNetSpec, WindowNetwork
from tests.training.test_end_to_end import CONFIG, write_corpus
from training.__main__ import main as training
from training.data.corpora import Clip
from training.data.features import ClipFrames, FeatureCache
from training.data.targets import Targets
from training.fit.checkpoints import read_network
from training.fit.config import Config, TrainingSpec
from training.fit.losses import Teacher
from training.fit.run import open_run
from training.fit.train import centred_windows, logits_of, train
from training.fit.training_state import Task, moving_average

pytestmark = pytest.mark.long  # trains networks

LABELS = ("bored", "eager")
STILL = CONFIG.replace("epochs = 2", "epochs = 1\nlearning_rate = 0.0")  # weights stay as they begin


class NoisyCache(FeatureCache):
    """Clips of random frames."""

    def __init__(self, clips: int) -> None:
        random = np.random.default_rng(0)
        self._clips = [random.normal(-40.0, 10.0, (100, 128)).astype(np.float32) for _ in range(clips)]

    @property
    def copies(self) -> int:
        return 0

    def __len__(self) -> int:
        return len(self._clips)

    def frames(self, clip: int, copy: int = 0) -> ClipFrames:
        return ClipFrames(self._clips[clip], np.ones(100, bool))


class Stubborn(WindowNetwork):
    """A teacher that always says “eager”."""

    def __init__(self) -> None:
        super().__init__()
        self.emotion = torch.nn.Linear(1, 2, bias=False)
        torch.nn.init.constant_(self.emotion.weight, 4.0)
        self.emotion.weight.data[0] *= -1.0

    def embed(self, frames: torch.Tensor, speech: torch.Tensor) -> torch.Tensor:
        return torch.ones(len(frames), 1)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a corpus and a run on it."""
    root = tmp_path_factory.mktemp("lineage")
    write_corpus(root)
    (root / "config.toml").write_text(CONFIG)
    (root / "still.toml").write_text(STILL)
    assert training([*command(root, "config.toml", root / "first"), "--folds-only"]) == 0
    return root


def command(root: Path, config: str, run: Path, corpus: str = "mine") -> list[str]:
    return [
        "train",
        *(str(root / config), "--corpus", str(root / corpus)),
        *("--run", str(run), "--cache", str(root / "cache"), "--jobs", "1"),
    ]


def test_each_fold_begins_with_the_network_of_the_same_fold(first: Path, tmp_path: Path) -> None:
    second = tmp_path / "second"
    assert training([*command(first, "still.toml", second), "--folds-only", "--from", str(first / "first")]) == 0
    for fold in open_run(second).folds.folds:
        begun, before = (
            dict(read_network(run / f"fold{fold.index}").named_parameters()) for run in (second, first / "first")
        )
        for name, weights in before.items():
            torch.testing.assert_close(begun[name], weights)


def test_a_streaming_network_begins_with_the_window_network_of_the_same_fold(first: Path, tmp_path: Path) -> None:
    window, stream = first / "first", tmp_path / "stream"
    (first / "stream.toml").write_text(STILL.replace("[training]", '[training]\nnetwork = "stream-cnn"'))
    given = ["--folds-only", "--from", str(window), "--teacher", str(window)]
    assert training([*command(first, "stream.toml", stream), *given]) == 0
    for fold in open_run(stream).folds.folds:
        begun, before = (read_network(run / f"fold{fold.index}").state_dict() for run in (stream, window))
        torch.testing.assert_close(begun["emotion.weight"], before["emotion.weight"])
        torch.testing.assert_close(begun["tall.convolution.weight"], before["tall.weight"])


def test_another_seed_gives_other_networks(first: Path, tmp_path: Path) -> None:
    runs = [first / "first", tmp_path / "same", tmp_path / "other"]
    for run, seed in zip(runs[1:], ("1", "2"), strict=True):
        assert training([*command(first, "config.toml", run), "--folds-only", "--seed", seed]) == 0
    began, same, other = (read_network(run / "fold0").emotion.weight for run in runs)
    torch.testing.assert_close(same, began, rtol=1e-3, atol=1e-4)
    assert not torch.allclose(other, began, rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("option", ["--from", "--teacher"])
def test_networks_of_another_corpus_may_have_heard_the_tested(
    option: str, first: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_corpus(tmp_path)
    arguments = command(first, "still.toml", tmp_path / "second", corpus=str(tmp_path / "mine"))
    assert training([*arguments, option, str(first / "first")]) == 1
    assert "trained on speakers that are tested here" in capsys.readouterr().err


def test_networks_that_trained_on_who_decides_here_are_refused(
    first: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = first / "more.toml"
    more.write_text(STILL.replace("validation_speakers = 1", "validation_speakers = 2"))
    assert more.read_text() != STILL
    assert training([*command(first, "more.toml", tmp_path / "second"), "--from", str(first / "first")]) == 1
    assert "trained on speakers that are tested here" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--from", "--teacher"])
def test_a_folder_without_a_run_is_one_clear_line(
    option: str, first: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert training([*command(first, "still.toml", tmp_path / "second"), option, str(tmp_path / "nowhere")]) == 1
    assert "nowhere holds no run" in capsys.readouterr().err


def test_a_teacher_is_believed_as_much_as_was_asked_for_and_only_where_it_knows_the_corpus(tmp_path: Path) -> None:
    clips = [Clip(Path(f"{n}.wav"), "mine", "ann", "", "bored", "", "") for n in range(15)]
    clips.append(Clip(Path("eager.wav"), "mine", "ann", "", "eager", "", ""))  # so that the label is known
    cache, everyone, said = NoisyCache(16), np.arange(16), {}
    for taught, knows in ((0.0, True), (1.0, True), (1.0, False)):
        config = Config(
            training=TrainingSpec(
                labels=LABELS,
                epochs=20,
                batch=8,
                learning_rate=1e-2,
                average_decay=0.5,
                patience=20,
                soft_label_weight=taught,
            ),
            network=EmotionNetSpec(labels=2, stem=2, widths=(4, 4, 6, 6), dropout=0.0),
        )
        teacher = Teacher(Stubborn(), np.full(16, knows))
        task = Task(
            "taught", cache, Targets(clips, LABELS), train=everyone[:15], validation=everyone[:0], teachers=(teacher,)
        )
        folder = tmp_path / f"{taught}-{knows}"
        train(task, config, folder)
        logits = logits_of(read_network(folder), *centred_windows(cache, everyone[:15], config))
        said[taught, knows] = LABELS[int(logits.mean(dim=0).argmax())]
    assert said == {(0.0, True): "bored", (1.0, True): "eager", (1.0, False): "bored"}


def test_after_few_steps_the_average_has_left_the_beginning() -> None:
    """A small corpus makes two steps an epoch; with 0.99 from the first on, 74 % of the beginning would be left."""
    network = torch.nn.Linear(1, 1)
    torch.nn.init.zeros_(network.weight)
    averaged = AveragedModel(network, multi_avg_fn=moving_average(0.99))
    averaged.update_parameters(network)
    torch.nn.init.ones_(network.weight)
    for _ in range(30):
        averaged.update_parameters(network)
    assert float(averaged.module.weight.detach()) > 0.99


@pytest.mark.parametrize("keep", ["best", "last"])
def test_the_last_epoch_is_kept_on_request_whatever_the_validation_speakers_say(keep: str, tmp_path: Path) -> None:
    clips = [Clip(Path(f"{n}.wav"), "mine", "ann", "", "bored" if n < 12 else "eager", "", "") for n in range(16)]
    config = Config(
        training=TrainingSpec(
            labels=LABELS, epochs=12, batch=8, learning_rate=1e-2, average_decay=0.5, patience=12, keep=keep
        ),  # type: ignore[arg-type]
        network=EmotionNetSpec(labels=2, stem=2, widths=(4, 4, 6, 6), dropout=0.0),
    )
    bored, eager = np.arange(12), np.arange(12, 16)  # the more surely all are “bored”, the worse for who decides
    train(Task(keep, NoisyCache(16), Targets(clips, LABELS), train=bored, validation=eager), config, tmp_path)
    epoch = torch.load(tmp_path / "best.pt")["epoch"]
    assert epoch == 12 if keep == "last" else epoch < 12
