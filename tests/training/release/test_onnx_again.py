"""The ONNX files of an exported model can be written again from its weights."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from ser_desktop import paths
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.model_file import open_model
from training.__main__ import main as training


def test_the_model_keeps_its_answers_and_its_card(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shipped = open_model(paths.default_model())
    for path in shipped.folder.glob(f"{shipped.info.name}[.-]*"):
        shutil.copy(path, tmp_path)
    manifest = tmp_path / f"{shipped.info.name}.json"
    card = manifest.with_suffix(".md").read_text(encoding="utf-8")
    assert training(["onnx", str(manifest)]) == 0
    made = open_model(manifest)
    assert made.info.identity in capsys.readouterr().out
    assert card.replace(shipped.info.identity, made.info.identity) == manifest.with_suffix(".md").read_text(
        encoding="utf-8"
    )
    random = np.random.default_rng(0)
    frames = random.normal(-40.0, 15.0, (184, shipped.info.features.width)).astype(np.float32)
    speech = random.random(184) < 0.8
    before, after = (EmotionClassifier(each) for each in (shipped, made))
    (expected,), (found,) = (each.outputs([each.window_of(frames, speech)]) for each in (before, after))
    np.testing.assert_allclose(found.logits, expected.logits, atol=1e-4)
