"""A second kind of network goes all the way from a recipe to the program, through the registry alone."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import torch
from torch import Tensor

from ser_desktop.__main__ import main as ser_desktop
from ser_desktop.emotion.model_file import Model, open_model
from ser_desktop.emotion.network import EmotionNet, EmotionNetSpec, NetworkSpec, WindowNetwork
from ser_desktop.emotion.torch_run import torch_infer
from ser_desktop.errors import SettingsError
from tests.training.test_end_to_end import CONFIG, stop_in_epoch, write_corpus
from training.__main__ import main as training
from training.fit.checkpoints import EVERYBODY, read_checkpoint, read_network
from training.fit.config import Config, TrainingSpec, read_config
from training.networks import NETWORKS, NetworkKind, build_network, network_record, read_network_record


@dataclass(frozen=True, slots=True)
class MeanPoolSpec(NetworkSpec):
    scale_db: float = 20.0


class MeanPool(WindowNetwork):
    """Linear heads over the mean of the frames with speech."""

    spec: MeanPoolSpec

    def __init__(self, spec: MeanPoolSpec) -> None:
        super().__init__()
        self.spec = spec
        self.add_heads(spec.mel_bands + spec.mfccs)

    def embed(self, frames: Tensor, speech: Tensor) -> Tensor:
        weight = speech[:, :, None]
        return (frames * weight).sum(dim=1) / weight.sum(dim=1).clamp(min=1.0) / self.spec.scale_db


MEAN_POOL = NetworkKind("mean-pool", MeanPoolSpec, MeanPool, lambda spec: f"the mean frame, over {spec.scale_db:g} dB")
RECIPE = CONFIG.replace("[training]", '[training]\nnetwork = "mean-pool"').replace(
    "stem = 2\nwidths = [4, 4, 6, 6]", "scale_db = 30.0"
)


@pytest.fixture(scope="module", autouse=True)
def registered() -> Iterator[None]:
    """The line that a file of training/networks/ would have in the registry."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(NETWORKS, MEAN_POOL.name, MEAN_POOL)
        yield


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, registered: None) -> Path:
    """A folder with corpus, run and exported model of the second network; the training was interrupted once."""
    root = tmp_path_factory.mktemp("networks")
    write_corpus(root)
    (root / "config.toml").write_text(RECIPE)
    assert "scale_db" in RECIPE
    run, cache = str(root / "run"), ["--cache", str(root / "cache")]
    train = ["train", str(root / "config.toml"), "--corpus", str(root / "mine"), "--run", run, *cache, "--jobs", "1"]
    with pytest.MonkeyPatch.context() as patch:
        stop_in_epoch(2, patch)
        assert training(train) == 130
    assert training([*train, "--resume"]) == 0
    assert training(["evaluate", run, *cache]) == 0
    assert training(["export", run, "--to", str(root / "models" / "own.json")]) == 0
    return root


def test_the_checkpoint_holds_kind_and_shape(made: Path) -> None:
    checkpoint = read_checkpoint(made / "run" / EVERYBODY)
    assert checkpoint.spec == MeanPoolSpec(labels=4, scale_db=30.0)
    assert isinstance(read_network(made / "run" / EVERYBODY), MeanPool)
    assert json.loads((made / "models" / "own.json").read_text())["network"]["kind"] == "mean-pool"
    assert torch.load(made / "run" / EVERYBODY / "best.pt")["network"]["kind"] == "mean-pool"


def test_the_card_describes_the_network_in_its_own_words(made: Path) -> None:
    card = (made / "models" / "own.md").read_text()
    assert "The mean frame, over 30 dB, 894 parameters" in card  # 148 inputs of 4 + 1 + 1 outputs
    assert "CNN" not in card


def test_the_program_runs_it_on_the_processor(made: Path, demo: Path, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    assert ser_desktop(["analyze", str(demo), "--model", str(made / "models/own.json"), "--csv", str(table)]) == 0
    with table.open(newline="") as file:
        assert any(row["label"] for row in csv.DictReader(file))


def test_torch_in_the_program_says_that_it_lacks_this_kind(made: Path) -> None:
    with pytest.raises(SettingsError, match="“mean-pool”, which this program runs on the processor only"):
        torch_infer(open_model(made / "models" / "own.json"), "cpu")


def test_a_record_without_a_kind_is_of_the_residual_cnn(tiny_model: Model) -> None:
    assert "kind" not in tiny_model.info.manifest["network"]
    spec = EmotionNetSpec(stem=2, widths=(4, 4, 6, 6))
    record = json.loads(json.dumps(spec.as_dict()))
    assert "kind" not in record
    assert read_network_record(record) == spec
    assert isinstance(build_network(read_network_record(record)), EmotionNet)


@pytest.mark.parametrize("spec", [EmotionNetSpec(), MeanPoolSpec(labels=3)])
def test_a_record_gives_the_same_spec_back(spec: NetworkSpec) -> None:
    assert read_network_record(json.loads(json.dumps(network_record(spec)))) == spec


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ({"kind": "absent"}, "There is no network 'absent'. Choose residual-cnn or stream-cnn or mean-pool."),
        ({"kind": "mean-pool", "stem": 2}, "mean-pool has no field 'stem'"),
        ({"kind": "mean-pool", "scale_db": "loud"}, "scale_db"),
    ],
)
def test_a_record_that_fits_no_network_is_refused(record: dict[str, object], told: str) -> None:
    with pytest.raises(SettingsError) as error:
        read_network_record(record)
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[training]\nnetwork = "absent"\n', "network must be residual-cnn or stream-cnn or mean-pool, got 'absent'"),
        ('[training]\nnetwork = "mean-pool"\n[network]\nstem = 2\n', "[network] has no 'stem'"),
        ("[network]\nwidths = [4, 4]\n", "widths must be a list of 4 values, each a whole number"),
    ],
)
def test_the_section_network_has_the_fields_of_the_kind(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(text)
    with pytest.raises(SettingsError) as error:
        read_config(tmp_path / "own.toml")
    assert told in str(error.value)


def test_a_spec_of_another_kind_is_a_bug() -> None:
    with pytest.raises(ValueError, match="not the spec of the network mean-pool"):
        Config(training=TrainingSpec(network="mean-pool"))
