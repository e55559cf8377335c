from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from sounds import QUICK, FloatArray, cuts_of, noise, sine, streamed

from ser_desktop.dsp.speech_gate import BLOCK, RATE, GateSpec
from ser_desktop.emotion.speech_detector import SpeechDetector
from ser_desktop.emotion.voice_activity import VoiceActivity

CUTS = 1e-4  # of a probability


@pytest.fixture(scope="module")
def activity() -> VoiceActivity:
    return VoiceActivity()


def probabilities(activity: VoiceActivity, sound: FloatArray) -> FloatArray:
    activity.reset()
    return activity.push(sound)


def test_there_is_one_probability_a_block(activity: VoiceActivity, speech_16k: FloatArray) -> None:
    for samples in (0, 1, 511, 512, 513, 10_000):
        found = probabilities(activity, speech_16k[:samples])
        assert len(found) == samples // BLOCK
        assert ((found >= 0.0) & (found <= 1.0)).all()


@settings(**QUICK)
@given(cuts=cuts_of(4 * RATE))
def test_cuts_make_no_difference(activity: VoiceActivity, speech_16k: FloatArray, cuts: list[int]) -> None:
    expected = probabilities(activity, speech_16k)
    activity.reset()
    np.testing.assert_allclose(streamed(activity.push, speech_16k, cuts), expected, atol=CUTS)


def test_a_stream_longer_than_one_run_is_still_one_stream(activity: VoiceActivity, speech_16k: FloatArray) -> None:
    sound = np.tile(speech_16k, 5)  # 20 s: one run of the network takes 16 s
    expected = probabilities(activity, sound)
    activity.reset()
    np.testing.assert_allclose(streamed(activity.push, sound, [5 * RATE, 17 * RATE]), expected, atol=CUTS)


def test_speech_is_heard(activity: VoiceActivity, speech_16k: FloatArray) -> None:
    assert probabilities(activity, speech_16k).max() > 0.9


@pytest.mark.parametrize("colour", ["white", "pink", "brown"])
def test_noise_is_no_speech(activity: VoiceActivity, colour: str) -> None:
    found = probabilities(activity, noise(colour, rate=RATE, seconds=5.0, rms_dbfs=-20.0))
    assert found.max() < GateSpec().open_at


@pytest.mark.parametrize("hz", [50.0, 1000.0])
def test_a_tone_is_no_speech(activity: VoiceActivity, hz: float) -> None:
    assert probabilities(activity, sine(hz, rate=RATE, seconds=5.0)).max() < GateSpec().open_at


def test_silence_is_no_speech(activity: VoiceActivity) -> None:
    assert probabilities(activity, np.zeros(5 * RATE, np.float32)).max() < 0.1


def test_after_a_reset_nothing_is_remembered(activity: VoiceActivity, speech_16k: FloatArray) -> None:
    first = probabilities(activity, speech_16k[:RATE])
    activity.push(speech_16k[RATE:])
    np.testing.assert_array_equal(probabilities(activity, speech_16k[:RATE]), first)


@settings(**QUICK)
@given(cuts=cuts_of(4 * RATE))
def test_the_flags_do_not_depend_on_cuts(activity: VoiceActivity, speech_16k: FloatArray, cuts: list[int]) -> None:
    expected = SpeechDetector(GateSpec(), activity).push(speech_16k)
    pieces = streamed(SpeechDetector(GateSpec(), activity).push, speech_16k, cuts)
    assert expected.any()
    np.testing.assert_array_equal(pieces, expected)


def test_speech_below_the_floor_is_not_flagged(activity: VoiceActivity, speech_16k: FloatArray) -> None:
    assert not SpeechDetector(GateSpec(floor_dbfs=-75.0), activity).push(speech_16k * np.float32(1e-4)).any()


@pytest.mark.parametrize("gain_db", [-12.0, 12.0])
def test_in_a_studio_of_next_to_no_noise_gain_makes_no_difference(
    activity: VoiceActivity, speech_16k: FloatArray, gain_db: float
) -> None:
    studio = speech_16k[: 4 * RATE] * np.float32(0.02) + noise("white", rate=RATE, seconds=4.0, rms_dbfs=-105.0)
    studio = np.concatenate((noise("white", rate=RATE, seconds=1.0, rms_dbfs=-105.0), studio))
    expected = SpeechDetector(GateSpec(), activity).push(studio)
    louder = SpeechDetector(GateSpec(), activity).push(studio * np.float32(10.0 ** (gain_db / 20.0)))
    assert 0 < expected.sum() < len(expected)
    np.testing.assert_array_equal(louder, expected)
