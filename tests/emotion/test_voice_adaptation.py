"""The adaptation of answers to a voice: what is compared, what is remembered, and what is corrected."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
import pytest
from model_fixtures import SPEECH_RATE
from sounds import FloatArray

from ser_desktop.analysis.analyzer import AnalysisSpec, Analyzer
from ser_desktop.dsp.features import FeatureSpec, FeatureStream, cosine_transform
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.voice_adaptation import (
    LOW_BANDS,
    MEMORY_S,
    RANGE_DB,
    Adaptation,
    AdaptationSpec,
    VoiceMemory,
    sounds_like_two,
    window_values,
)
from ser_desktop.emotion.voice_profile import VoiceProfile, make_profile
from ser_desktop.values import AudioChunk, TimelineEntry

ONE = AdaptationSpec(average=(1.0,), deviation=(2.0,), weights=((3.0,), (0.5,), (0.0,)), offsets=(0.0, 0.0, 0.0))
SPEC = FeatureSpec()


def entries(classifier: EmotionClassifier, sound: FloatArray, *, block: int, spec: AnalysisSpec) -> list[TimelineEntry]:
    analyzer = Analyzer(classifier, rate=SPEECH_RATE, spec=spec)
    found = []
    for start in range(0, len(sound), block):
        found += analyzer.push(AudioChunk(start, sound[start : start + block].copy()))
    return found + analyzer.flush()


def scores(found: list[TimelineEntry]) -> FloatArray:
    return np.array([each.scores.values for each in found if each.scores])


@pytest.fixture(scope="module")
def profile(adaptive_classifier: EmotionClassifier, speech: FloatArray) -> VoiceProfile:
    analyzer = Analyzer(adaptive_classifier, rate=SPEECH_RATE)
    analyzer.push(AudioChunk(0, speech.copy()))
    analyzer.flush()
    return make_profile("Anna", analyzer.voice_statistics, adaptive_classifier.info, least_s=1.0)


def adapted(spec: AdaptationSpec, value: float, known_s: Sequence[float]) -> tuple[FloatArray, FloatArray]:
    """Return what becomes of a logit of 0.5, and of arousal and valence, if the baseline of the voice is 2."""
    values, baselines = (np.full((len(known_s), 1), each, np.float32) for each in (value, 2.0))
    logits, affect = Adaptation(spec).adapted(
        np.full((len(known_s), 1), 0.5), values, baselines.astype(np.float64), known_s=np.array(known_s)
    )
    return logits, affect


def test_half_of_the_correction_is_applied_after_the_half_time() -> None:
    logits, affect = adapted(ONE, 4.0, [0.0, ONE.half_s])
    assert logits[:, 0] == pytest.approx([0.5, 0.5 + 0.5 * 3.0])  # a difference of one deviation
    assert affect == pytest.approx(np.array([[0.0, 0.0], [0.25, 0.0]]))


def test_the_gain_of_the_logits_grows_with_the_knowledge() -> None:
    logits, _ = adapted(msgspec.structs.replace(ONE, gain=3.0), 2.0, [0.0, 2.0])
    assert logits[:, 0] == pytest.approx([0.5, 1.0])


def test_values_do_not_depend_on_the_gain(speech_16k: FloatArray) -> None:
    def of(sound: FloatArray) -> FloatArray:
        frames = FeatureStream(SPEC).push(sound)[None]
        return window_values(np.zeros((1, 8), np.float32), frames, np.ones(frames.shape[:2], bool), SPEC)

    np.testing.assert_allclose(of(speech_16k), of(speech_16k * np.float32(0.25)), atol=0.02)  # dB


def test_values_are_those_of_the_frames_with_speech() -> None:
    mel = np.random.default_rng(0).uniform(-60.0, 0.0, (50, 128)).astype(np.float32)
    frames = np.concatenate((mel, mel @ cosine_transform(SPEC)), axis=1)
    speech = np.arange(len(frames)) % 3 > 0
    logits = np.arange(8, dtype=np.float32)[None]
    (found,) = window_values(logits, frames[None], speech[None], SPEC)
    spoken = frames[speech]
    np.testing.assert_array_equal(found[:8], logits[0])
    np.testing.assert_allclose(found[28:], spoken[:, 128:].std(axis=0), rtol=1e-3)
    np.testing.assert_allclose(found[9:28], spoken[:, 129:].mean(axis=0), atol=0.02)  # all but the zeroth, the level


def test_cells_far_below_the_loudest_speech_are_raised() -> None:
    mel = np.random.default_rng(0).uniform(-100.0, 0.0, (50, 128)).astype(np.float32)
    frames = np.concatenate((mel, mel @ cosine_transform(SPEC)), axis=1)
    speech = np.arange(len(frames)) % 3 > 0
    (found,) = window_values(np.zeros((1, 8), np.float32), frames[None], speech[None], SPEC)
    spoken = mel[speech].astype(np.float64)
    mfccs = np.maximum(spoken, spoken[:, LOW_BANDS:].max() - RANGE_DB) @ cosine_transform(SPEC)
    np.testing.assert_allclose(found[28:], mfccs.std(axis=0), rtol=1e-4)
    np.testing.assert_allclose(found[9:28], mfccs[:, 1:].mean(axis=0), atol=1e-3)


def test_windows_without_speech_have_the_values_zero() -> None:
    frames = np.full((2, 10, 148), -50.0, np.float32)
    speech = np.zeros((2, 10), np.float32)
    assert not window_values(np.ones((2, 8), np.float32), frames, speech, SPEC)[:, 8:].any()


def test_a_window_is_not_compared_with_itself() -> None:
    memory = VoiceMemory(1)
    memory.add(np.array([4.0], np.float32), end=100, length=100, speech_s=1.0)
    assert memory.baseline(before=99) is None
    assert memory.baseline(before=100) == pytest.approx([4.0])
    assert memory.known_s == 1.0


def test_a_profile_and_what_was_heard_count_by_their_seconds() -> None:
    memory = VoiceMemory(1, profile=np.array([1.0], np.float32), profile_s=3.0)
    memory.add(np.array([5.0], np.float32), end=1, length=100, speech_s=1.0)
    assert memory.baseline(before=1) == pytest.approx([2.0])
    assert memory.known_s == 4.0


def test_old_speech_weighs_less() -> None:
    memory = VoiceMemory(1)
    memory.add(np.array([1.0], np.float32), end=1, length=100, speech_s=1.0)
    memory.add(np.array([0.0], np.float32), end=2, length=100, speech_s=MEMORY_S)
    memory.baseline(before=2)
    assert memory.statistics[0] == pytest.approx(np.exp(-1.0))


def test_windows_that_do_not_overlap_are_kept() -> None:
    memory = VoiceMemory(1)
    for end in (100, 150, 200, 300):
        memory.add(np.array([end], np.float32), end=end, length=100, speech_s=1.0)
    assert memory.windows.ravel().tolist() == [100.0, 200.0, 300.0]


@pytest.mark.parametrize(("apart", "is_two"), [(0.0, False), (8.0, True)])
def test_two_voices_are_two_groups_of_windows(apart: float, is_two: bool) -> None:
    spec = AdaptationSpec(average=(0.0,) * 42, deviation=(1.0,) * 42, weights=((0.0,) * 42,), offsets=(0.0,))
    windows = np.random.default_rng(0).normal(0.0, 0.4, (10, 42)).astype(np.float32)
    windows[5:, 4] += apart  # one of the MFCCs
    windows[:, 40] += np.arange(10)  # a deviation, which does not count
    assert sounds_like_two(windows, spec, labels=2) == is_two
    assert not sounds_like_two(windows[4:6], spec, labels=2)


def test_several_speakers_make_nothing_known() -> None:
    memory = VoiceMemory(1, adapts=False)
    memory.add(np.array([1.0], np.float32), end=1, length=100, speech_s=30.0)
    assert memory.baseline(before=1) is None


@pytest.mark.parametrize(
    "change",
    [
        {"deviation": (0.0,)},
        {"deviation": (1.0, 1.0)},
        {"weights": ((1.0, 2.0),)},
        {"offsets": (0.0,)},
    ],
)
def test_a_specification_that_contradicts_itself_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"lengths|offsets|positive"):
        msgspec.structs.replace(ONE, **change)
    with pytest.raises(ValueError, match="for 8 labels"):
        ONE.check(labels=8, mfccs=20)


@pytest.mark.parametrize("block", [1111, 44_100])
def test_chunking_makes_no_difference(
    adaptive_classifier: EmotionClassifier, speech: FloatArray, profile: VoiceProfile, block: int
) -> None:
    for spec in (AnalysisSpec(), AnalysisSpec(voice=profile)):
        whole = entries(adaptive_classifier, speech, block=len(speech), spec=spec)
        cut = entries(adaptive_classifier, speech, block=block, spec=spec)
        assert [each.state for each in cut] == [each.state for each in whole]
        np.testing.assert_allclose(scores(cut), scores(whole), atol=1e-5)


def test_a_recording_starts_cold_and_becomes_known(
    adaptive_classifier: EmotionClassifier, tiny_classifier: EmotionClassifier, speech: FloatArray
) -> None:
    cold = scores(entries(tiny_classifier, speech, block=len(speech), spec=AnalysisSpec(smoothing_s=0.0)))
    adapted = scores(entries(adaptive_classifier, speech, block=len(speech), spec=AnalysisSpec(smoothing_s=0.0)))
    is_same = np.isclose(cold, adapted, atol=1e-9).all(axis=1)
    first_known = int(np.argmin(is_same))
    assert is_same[:first_known].all()
    assert not is_same[first_known:].any()
    assert first_known >= 12  # a window of 3 s is not compared with those that overlap it


def test_a_profile_is_used_from_the_start(
    adaptive_classifier: EmotionClassifier, speech: FloatArray, profile: VoiceProfile
) -> None:
    several = AnalysisSpec(one_speaker=False)
    known = AnalysisSpec(one_speaker=False, voice=profile)
    cold, warm = (
        scores(entries(adaptive_classifier, speech, block=len(speech), spec=each)) for each in (several, known)
    )
    assert np.abs(cold - warm).max(axis=1).min() > 1e-4


def test_the_voice_stays_known_after_a_gap(adaptive_classifier: EmotionClassifier, speech: FloatArray) -> None:
    analyzer = Analyzer(adaptive_classifier, rate=SPEECH_RATE)
    analyzer.push(AudioChunk(0, speech.copy()))
    analyzer.push(AudioChunk(len(speech) + SPEECH_RATE, speech.copy()))
    assert analyzer.known_s > 1.0
