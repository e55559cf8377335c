from __future__ import annotations

import hashlib
import json
import pickle
import shutil
from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from sounds import QUICK, FloatArray

from ser_desktop.dsp.features import FeatureStream
from ser_desktop.dsp.windows import Window
from ser_desktop.emotion.classifier import MAX_WINDOWS, EmotionClassifier
from ser_desktop.emotion.model_file import Model, open_model
from ser_desktop.emotion.torch_run import torch_infer
from ser_desktop.errors import ModelFileError, SettingsError

BATCH = 1e-5  # difference of a probability that other windows in the batch may cause
TORCH = 1e-4  # of a logit
GAIN = 1e-5


@pytest.fixture(scope="module")
def frames(tiny_model: Model, speech_16k: FloatArray) -> FloatArray:
    return FeatureStream(tiny_model.info.features).push(speech_16k)


def window(frames: FloatArray, first: int, count: int) -> Window:
    """Return a window in which the first third is a pause."""
    some = frames[first : first + count]
    return Window(some, np.arange(len(some)) >= len(some) // 3)


def values(classifier: EmotionClassifier, *windows: Window) -> FloatArray:
    return np.array([scores.values for scores in classifier.scores(windows)])


@settings(**QUICK)
@given(first=st.integers(0, 200), count=st.integers(1, 184))
def test_scores_sum_to_one(tiny_classifier: EmotionClassifier, frames: FloatArray, first: int, count: int) -> None:
    (scores,) = tiny_classifier.scores([window(frames, first, count)])
    assert scores.labels == tiny_classifier.info.labels
    assert sum(scores.values) == pytest.approx(1.0, abs=1e-9)


def test_the_answer_depends_on_the_sound(tiny_classifier: EmotionClassifier, frames: FloatArray) -> None:
    one, other = values(tiny_classifier, window(frames, 0, 100), window(frames, 140, 100))
    assert np.abs(one - other).max() > 0.02


@settings(**QUICK)
@given(places=st.lists(st.tuples(st.integers(0, 150), st.sampled_from([10, 62, 100])), min_size=1, max_size=20))
def test_other_windows_in_a_batch_make_no_difference(
    tiny_classifier: EmotionClassifier, frames: FloatArray, places: list[tuple[int, int]]
) -> None:
    windows = [window(frames, first, count) for first, count in places]
    alone = np.concatenate([values(tiny_classifier, each) for each in windows])
    np.testing.assert_allclose(values(tiny_classifier, *windows), alone, atol=BATCH)


def test_more_windows_than_one_run_takes_stay_in_order(tiny_classifier: EmotionClassifier, frames: FloatArray) -> None:
    windows = [window(frames, first, 62) for first in range(2 * MAX_WINDOWS + 1)]
    alone = np.concatenate([values(tiny_classifier, each) for each in windows])
    np.testing.assert_allclose(values(tiny_classifier, *windows), alone, atol=BATCH)


def test_no_windows_have_no_scores(tiny_classifier: EmotionClassifier) -> None:
    assert tiny_classifier.scores([]) == []


@pytest.mark.parametrize("count", [59, 60, 100, 184])
def test_torch_answers_as_onnx_does(tiny_model: Model, frames: FloatArray, count: int) -> None:
    infer = torch_infer(tiny_model, "cpu")
    one = window(frames, 20, count)
    logits = infer(one.frames[None], one.speech[None].astype(np.float32))[0] / tiny_model.info.temperature
    odds = np.exp(logits - logits.max())
    np.testing.assert_allclose(values(EmotionClassifier(tiny_model), one)[0], odds / odds.sum(), atol=TORCH)


@pytest.mark.parametrize("count", [1, 2, 30])
def test_a_short_window_is_filled_up_with_silence(
    tiny_classifier: EmotionClassifier, frames: FloatArray, count: int
) -> None:
    info = tiny_classifier.info
    shortest = info.features.frame_count(round(info.shortest_s * info.features.rate))
    short = Window(frames[50 : 50 + count], np.ones(count, bool))
    silence = np.zeros((shortest - count, info.features.width), np.float32)
    filled = Window(np.concatenate((silence, short.frames)), np.arange(shortest) >= shortest - count)
    np.testing.assert_allclose(values(tiny_classifier, short), values(tiny_classifier, filled), atol=BATCH)


@pytest.mark.parametrize("gain_db", [-40.0, -12.0, 12.0, 30.0])
def test_gain_makes_no_difference(tiny_classifier: EmotionClassifier, frames: FloatArray, gain_db: float) -> None:
    bands = tiny_classifier.info.features.mel_bands
    louder = frames.copy()
    louder[:, :bands] += gain_db
    louder[:, bands] += gain_db * np.sqrt(bands)  # a constant log-mel is MFCC 0 and nothing else
    expected = values(tiny_classifier, window(frames, 30, 150))
    np.testing.assert_allclose(values(tiny_classifier, window(louder, 30, 150)), expected, atol=GAIN)


def test_sound_in_a_pause_makes_no_difference(tiny_classifier: EmotionClassifier, frames: FloatArray) -> None:
    one = window(frames, 30, 120)
    other = Window(np.where(one.speech[:, None], one.frames, 35.0).astype(np.float32), one.speech)
    np.testing.assert_allclose(values(tiny_classifier, other), values(tiny_classifier, one), atol=GAIN)


def test_a_higher_temperature_lowers_the_confidence(tiny_model: Model, frames: FloatArray) -> None:
    confidences, tops = [], set()
    for temperature in (0.5, 1.0, 2.0, 8.0):
        info = msgspec.structs.replace(tiny_model.info, temperature=temperature)
        (scores,) = EmotionClassifier(Model(info, tiny_model.folder)).scores([window(frames, 30, 100)])
        confidences.append(scores.confidence)
        tops.add(scores.top)
    assert confidences == sorted(confidences, reverse=True)
    assert confidences[0] > confidences[-1] + 0.05
    assert len(tops) == 1


def test_without_a_choice_it_runs_on_the_cpu(tiny_classifier: EmotionClassifier) -> None:
    assert tiny_classifier.device == "cpu"


def test_an_unknown_device_is_refused_with_the_known_ones(tiny_model: Model) -> None:
    with pytest.raises(SettingsError, match=r"'tpu'.*auto, cpu, cuda, mps"):
        EmotionClassifier(tiny_model, device="tpu")


def test_a_device_that_is_not_there_is_refused(tiny_model: Model) -> None:
    missing = "mps" if torch.cuda.is_available() else "cuda"  # no machine has both
    with pytest.raises(SettingsError, match=f"no {missing} device"):
        EmotionClassifier(tiny_model, device=missing)


def copy_with(model: Model, folder: Path, onnx: bytes, **changed: object) -> Model:
    """Return a copy of a model with another network, whose hash is in the manifest."""
    shutil.copytree(model.folder, folder)
    manifest = folder / "tiny.json"
    described = json.loads(manifest.read_bytes()) | changed
    described["files"]["onnx"]["sha256"] = hashlib.sha256(onnx).hexdigest()
    manifest.write_text(json.dumps(described), encoding="utf-8")
    (folder / "tiny.onnx").write_bytes(onnx)
    return open_model(manifest)


@pytest.mark.parametrize("content", [b"", b"no network", pickle.dumps({"a": 1}), b"\x08\x07" * 1000])
def test_a_network_that_is_none_is_refused(tiny_model: Model, tmp_path: Path, content: bytes) -> None:
    with pytest.raises(ModelFileError, match=r"tiny@.*cannot be loaded"):
        EmotionClassifier(copy_with(tiny_model, tmp_path / "copy", content))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_truncated_network_is_refused(tiny_model: Model, tmp_path: Path, share: float) -> None:
    onnx = tiny_model.read("onnx")
    with pytest.raises(ModelFileError, match=r"tiny@.*(cannot be loaded|does not fit)"):
        EmotionClassifier(copy_with(tiny_model, tmp_path / "copy", onnx[: int(share * len(onnx))]))


def test_a_network_with_other_labels_is_refused(tiny_model: Model, tmp_path: Path) -> None:
    model = copy_with(tiny_model, tmp_path / "copy", tiny_model.read("onnx"), labels=["happy", "sad"])
    with pytest.raises(ModelFileError, match=r"does not fit its manifest.*logits"):
        EmotionClassifier(model)


def test_a_network_for_other_frames_is_refused(tiny_model: Model, tmp_path: Path) -> None:
    features = json.loads((tiny_model.folder / "tiny.json").read_bytes())["features"] | {"mfccs": 13}
    model = copy_with(tiny_model, tmp_path / "copy", tiny_model.read("onnx"), features=features)
    with pytest.raises(ModelFileError, match=r"does not fit its manifest.*frames"):
        EmotionClassifier(model)


def test_scores_that_are_not_finite_are_refused(tiny_classifier: EmotionClassifier, frames: FloatArray) -> None:
    broken = np.full_like(frames[:100], np.nan)
    with pytest.raises(ModelFileError, match="something other than numbers"):
        tiny_classifier.scores([Window(broken, np.ones(100, bool))])
