"""A model that computes each frame once, made from one that classifies windows."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch
from sounds import FloatArray

from ser_desktop.emotion.model_file import Model, open_model
from ser_desktop.emotion.network import EmotionNet, EmotionNetSpec
from ser_desktop.emotion.stream_network import StreamNet
from training.__main__ import main as training
from training.fit.config import read_config
from training.networks.stream_weights import begin_with, stream_spec

RECIPE = Path(__file__).parents[2] / "training" / "recipes" / "stream.toml"


def test_the_recipe_fits_the_model_that_ships() -> None:
    info, config = open_model(RECIPE.parents[2] / "models" / "default.json").info, read_config(RECIPE)
    assert (config.training.labels, config.features, config.gate) == (info.labels, info.features, info.gate)


def test_all_layers_begin_with_the_weights_of_the_window_network() -> None:
    torch.manual_seed(0)
    window = EmotionNet(EmotionNetSpec(stem=2, widths=(4, 6, 8, 8)))
    network = StreamNet(stream_spec(window))
    weights = begin_with(network, window.state_dict())
    network.load_state_dict(weights)  # all names and shapes fit
    used = sorted(value.sum().item() for name, value in weights.items() if not name.startswith("normaliser."))
    assert used == pytest.approx(sorted(value.sum().item() for value in window.state_dict().values()))
    random = torch.Generator().manual_seed(1)
    embedding = torch.randn(1, 384, generator=random)
    torch.testing.assert_close(network.emotion(embedding), window.emotion(embedding))


@pytest.mark.long
def test_the_command_makes_a_model_that_the_program_runs(
    tiny_model: Model, tmp_path: Path, speech_16k: FloatArray
) -> None:
    main, read = tmp_path / "mine", tmp_path / "read"
    labels = tiny_model.info.labels
    for folder, emotions in ((main, labels), (read, ["unlabelled"] * 3)):
        folder.mkdir()
        rows = ["file,speaker,gender,emotion,intensity,statement,seconds"]
        for index, emotion in enumerate(emotions):
            part = np.float32(0.2 + 0.1 * index) * speech_16k[index * 4000 : index * 4000 + 24_000]
            soundfile.write(folder / f"{index}.wav", part, 16_000)
            rows.append(f"{index}.wav,s{index % 2},,{emotion},,,1.5")
        (folder / f"{folder.name}.csv").write_text("\n".join(rows) + "\n")
    recipe = tmp_path / "stream.toml"
    recipe.write_text(
        '[training]\nnetwork = "stream-cnn"\ncopies = 0\nepochs = 2\nepoch_batches = 2\nbatch = 8\nkeep = "last"\n'
        f"labels = {json.dumps(labels)}\nembedding_weight = 1.0\nsoft_label_weight = 0.85\n"
        '[auxiliary_corpora]\nnames = ["read"]\nshares = [0.25]\ncopies = 0\n'
        "[windows]\nearlier_share = 0.5\nearlier_frames = 16\n"
    )
    manifest = tiny_model.folder / f"{tiny_model.info.name}.json"
    made = tmp_path / "models" / "fast.json"
    given = ["--model", str(manifest), "--corpus", str(main), "--with", str(read)]
    where = ["--to", str(made), "--run", str(tmp_path / "run"), "--cache", str(tmp_path / "cache")]
    assert training(["stream", str(recipe), *given, *where]) == 0
    info = open_model(made).info
    assert info.stream
    assert info.manifest["streamed"]["from"] == tiny_model.info.identity
    assert info.manifest["streamed"]["corpora"] == ["mine", "read"]
    assert (info.temperature, info.abstain_threshold) == (
        tiny_model.info.temperature,
        tiny_model.info.abstain_threshold,
    )


def test_a_recipe_with_other_frames_is_refused(
    tiny_model: Model, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe = tmp_path / "stream.toml"
    recipe.write_text('[training]\nnetwork = "stream-cnn"\n[features]\nmfccs = 13\n')
    given = ["--model", str(tiny_model.folder / f"{tiny_model.info.name}.json"), "--corpus", str(tmp_path)]
    where = ["--to", str(tmp_path / "fast.json"), "--run", str(tmp_path / "run"), "--cache", str(tmp_path / "cache")]
    assert training(["stream", str(recipe), *given, *where]) == 1
    assert "other labels, frames or another gate" in capsys.readouterr().err
