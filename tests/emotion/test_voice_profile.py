"""Voice profiles: made from speech, stored as a small file, refused where they do not fit."""

from __future__ import annotations

import json

import msgspec
import numpy as np
import pytest
from model_fixtures import SPEECH_RATE
from sounds import FloatArray

from ser_desktop.analysis.analyzer import AnalysisSpec, Analyzer
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.voice_profile import VoiceProfile, make_profile, read_profile
from ser_desktop.errors import SettingsError
from ser_desktop.values import AudioChunk


@pytest.fixture(scope="module", params=["stream_classifier", "adaptive_classifier"])
def classifier(request: pytest.FixtureRequest) -> EmotionClassifier:
    """Both kinds of models that adapt to voices."""
    found: EmotionClassifier = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def profile(classifier: EmotionClassifier, speech: FloatArray) -> VoiceProfile:
    return made_from(classifier, speech)


def made_from(classifier: EmotionClassifier, sound: FloatArray, *, least_s: float = 1.0) -> VoiceProfile:
    analyzer = Analyzer(classifier, rate=SPEECH_RATE)
    analyzer.push(AudioChunk(0, sound.copy()))
    analyzer.flush()
    return make_profile("Anna", analyzer.voice_statistics, classifier.info, least_s=least_s)


def test_a_profile_is_the_same_after_it_was_stored(profile: VoiceProfile) -> None:
    found = read_profile(profile.encoded())
    assert (found.name, found.network, found.model) == ("Anna", profile.network, profile.model)
    assert found.speech_s == pytest.approx(profile.speech_s, abs=0.01)
    np.testing.assert_allclose(found.values, profile.values, atol=1e-4)


def test_a_profile_does_not_depend_on_the_gain(
    classifier: EmotionClassifier, profile: VoiceProfile, speech: FloatArray
) -> None:
    softer = made_from(classifier, speech * np.float32(0.25))
    np.testing.assert_allclose(softer.values, profile.values, atol=0.1)  # dB


def test_a_profile_is_small_and_holds_no_sound(profile: VoiceProfile) -> None:
    content = json.loads(profile.encoded())
    assert len(profile.encoded()) < 5000
    assert content.keys() == {"format", "name", "network", "model", "speech_s", "values", "sha256"}


def test_too_little_speech_makes_no_profile(classifier: EmotionClassifier, speech: FloatArray) -> None:
    with pytest.raises(SettingsError, match="too few for a voice profile"):
        made_from(classifier, speech[: 2 * SPEECH_RATE], least_s=5.0)
    with pytest.raises(SettingsError, match="too few for a voice profile"):
        made_from(classifier, np.zeros(SPEECH_RATE, np.float32), least_s=0.0)


def test_another_model_refuses_a_profile(
    classifier: EmotionClassifier, tiny_classifier: EmotionClassifier, profile: VoiceProfile
) -> None:
    other = VoiceProfile(profile.name, "0" * 64, "other@12345678", profile.speech_s, profile.values)
    with pytest.raises(SettingsError, match="was made with the model other@12345678"):
        Analyzer(classifier, rate=SPEECH_RATE, spec=AnalysisSpec(voice=other))
    with pytest.raises(SettingsError, match="does not adapt to voices"):
        Analyzer(tiny_classifier, rate=SPEECH_RATE, spec=AnalysisSpec(voice=profile))


def test_a_model_with_other_thresholds_takes_the_profile(classifier: EmotionClassifier, profile: VoiceProfile) -> None:
    info = msgspec.structs.replace(classifier.info, abstain_threshold=0.9, sha256="1" * 64)
    profile.check(info)


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: text.replace(b"Anna", b"Hans"),
        lambda text: text.replace(b'"format": 1', b'"format": 2'),
        lambda text: b"[]",
        lambda text: b"",
        lambda text: b"\xff\xfe",
    ],
)
def test_a_damaged_profile_is_refused(profile: VoiceProfile, damage: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each kind of damage has another message
        read_profile(damage(profile.encoded()))
