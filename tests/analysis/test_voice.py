"""Analysis with a streaming network and a model that adapts to the voice."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from model_fixtures import SPEECH_RATE
from sounds import QUICK, FloatArray
from streams import assert_same, entries

from ser_desktop.analysis.analyzer import AnalysisSpec, Analyzer
from ser_desktop.dsp.features import FeatureStream
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.model_file import Model
from ser_desktop.emotion.voice_profile import make_profile
from ser_desktop.values import AudioChunk, EmotionScores, TimelineEntry


def scores_of(found: list[TimelineEntry]) -> list[EmotionScores]:
    return [each.scores for each in found if each.scores]


@hypothesis_settings(**QUICK)
@given(cuts=st.lists(st.integers(0, 7 * SPEECH_RATE), max_size=6))
def test_chunking_makes_no_difference(
    stream_classifier: EmotionClassifier, speech: FloatArray, cuts: list[int]
) -> None:
    whole = entries(stream_classifier, speech, rate=SPEECH_RATE)
    assert_same(entries(stream_classifier, speech, rate=SPEECH_RATE, cuts=sorted(cuts)), whole)


@pytest.mark.parametrize("gain", [0.25, 2.0])
def test_the_gain_has_no_effect(stream_classifier: EmotionClassifier, speech: FloatArray, gain: float) -> None:
    plain, changed = (
        scores_of(entries(stream_classifier, np.float32(factor) * speech, rate=SPEECH_RATE)) for factor in (1.0, gain)
    )
    same = [one.top == other.top for one, other in zip(plain, changed, strict=True)]
    assert np.mean(same) > 0.95


def test_a_model_that_adapts_corrects_arousal_and_valence(
    stream_classifier: EmotionClassifier, tiny_classifier: EmotionClassifier, speech: FloatArray
) -> None:
    assert all(each.affect for each in scores_of(entries(stream_classifier, speech, rate=SPEECH_RATE)))
    assert not any(each.affect for each in scores_of(entries(tiny_classifier, speech, rate=SPEECH_RATE)))


def test_arousal_and_valence_are_the_outputs_of_the_network(tiny_stream_model: Model, speech_16k: FloatArray) -> None:
    classifier = EmotionClassifier(tiny_stream_model)
    frames = FeatureStream(tiny_stream_model.info.features).push(speech_16k)
    window = classifier.window_of(frames, np.ones(len(frames), bool))
    (output,), (scores,) = classifier.outputs([window]), classifier.scores([window])
    assert np.abs(output.affect).min() > 1e-4
    assert scores.affect == pytest.approx(1.0 / (1.0 + np.exp(-output.affect)), abs=1e-6)


def test_a_known_voice_changes_the_first_answers_most(stream_classifier: EmotionClassifier, speech: FloatArray) -> None:
    analyzer = Analyzer(stream_classifier, rate=SPEECH_RATE)
    analyzer.push(AudioChunk(0, speech.copy()))
    analyzer.flush()
    voice = make_profile("Anna", analyzer.voice_statistics, stream_classifier.info, least_s=1.0)
    cold, known = (
        scores_of(entries(stream_classifier, speech, rate=SPEECH_RATE, spec=AnalysisSpec(smoothing_s=0.0, voice=each)))
        for each in (None, voice)
    )
    changes = [np.abs(np.subtract(a.values, b.values)).sum() for a, b in zip(cold, known, strict=True)]
    assert max(changes) > 0.02


def test_the_voice_is_kept_over_a_gap_of_one_speaker_alone(
    stream_classifier: EmotionClassifier, speech: FloatArray
) -> None:
    weights = {}
    for one_speaker in (True, False):
        analyzer = Analyzer(stream_classifier, rate=SPEECH_RATE, spec=AnalysisSpec(one_speaker=one_speaker))
        analyzer.push(AudioChunk(0, speech.copy()))
        before = float(analyzer.voice_statistics[-1])
        analyzer.push(AudioChunk(8 * SPEECH_RATE, np.zeros(1000, np.float32)))
        weights[one_speaker] = (before, float(analyzer.voice_statistics[-1]))
    assert weights[True][1] == pytest.approx(weights[True][0], rel=0.05, abs=0.3)
    assert weights[False][1] == 0.0


def test_several_speakers_are_not_mixed_over_a_pause(stream_classifier: EmotionClassifier, speech: FloatArray) -> None:
    pause = np.zeros(2 * SPEECH_RATE, np.float32)
    twice = np.concatenate((speech[: 3 * SPEECH_RATE], pause, speech[: 3 * SPEECH_RATE]))
    kept, new = (
        Analyzer(stream_classifier, rate=SPEECH_RATE, spec=AnalysisSpec(one_speaker=each)) for each in (True, False)
    )
    for analyzer in (kept, new):
        analyzer.push(AudioChunk(0, twice.copy()))
        analyzer.flush()
    assert float(new.voice_statistics[-1]) < 0.7 * float(kept.voice_statistics[-1])


def test_a_narrow_hop_gives_the_same_answers_at_the_same_times(tiny_stream_model: Model, speech: FloatArray) -> None:
    classifier = EmotionClassifier(tiny_stream_model)
    wide, narrow = (
        {
            round(each.end_s, 3): each.scores.values
            for each in entries(classifier, speech, rate=SPEECH_RATE, spec=AnalysisSpec(hop_s=hop_s, smoothing_s=0.0))
            if each.scores
        }
        for hop_s in (0.25, 0.05)
    )
    shared = wide.keys() & narrow.keys()
    assert len(shared) > 10
    for time in shared:
        np.testing.assert_allclose(wide[time], narrow[time], atol=1e-5)


def test_the_torch_network_gives_the_same_answers(tiny_stream_model: Model, speech: FloatArray) -> None:
    import torch

    from ser_desktop.emotion.torch_run import load_network, torch_stream

    onnx = EmotionClassifier(tiny_stream_model)
    network = torch_stream(tiny_stream_model, "cpu")
    stream = onnx.open_stream()
    assert stream
    random = np.random.default_rng(0)
    width = tiny_stream_model.info.features.width
    frames, flags = random.normal(-40.0, 10.0, (160, width)).astype(np.float32), random.random(160) < 0.8
    steps, shares = stream.push(frames, flags)
    sizes = tiny_stream_model.info.stream
    assert sizes
    expected, _ = network.steps(frames, flags.astype(np.float32), np.zeros(sizes.state, np.float32))
    np.testing.assert_allclose(steps, expected, atol=1e-4)
    window = onnx.window_of(frames, flags)
    (output,) = onnx.outputs([window])
    both = np.concatenate((output.logits, output.affect))
    np.testing.assert_allclose(network.head(window.steps[None], shares[None])[0], both, atol=1e-3)
    with torch.no_grad():
        logits = load_network(tiny_stream_model).eval()(
            torch.from_numpy(frames)[None], torch.from_numpy(flags.astype(np.float32))[None]
        )
    np.testing.assert_allclose(logits[0].numpy(), output.logits, atol=1e-3)
