"""Analysis of a recording whose speakers are known: a voice of its own for each of them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from model_fixtures import SPEECH_RATE
from sounds import QUICK, FloatArray
from streams import assert_same, entries

from ser_desktop.analysis.analyzer import AnalysisSpec, Analyzer
from ser_desktop.analysis.speaker_memory import SpeakerVoices
from ser_desktop.analysis.speaker_sound import SHORTEST_S, chunks_within, spans_alone
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.voice_profile import VoiceProfile, make_profile
from ser_desktop.errors import SettingsError
from ser_desktop.transcript import Speakers, Turn, joined
from ser_desktop.values import AudioChunk, TimelineEntry


def spec_of(*turns: Turn, voices: dict[int, VoiceProfile] | None = None) -> AnalysisSpec:
    return AnalysisSpec(speakers=SpeakerVoices(turns, voices or {}))


def scores_of(found: list[TimelineEntry]) -> list[tuple[float, ...] | None]:
    return [each.scores.values if each.scores else None for each in found]


def test_one_speaker_all_the_time_is_the_same_as_one_voice(
    adaptive_classifier: EmotionClassifier, speech: FloatArray
) -> None:
    one = entries(adaptive_classifier, speech, rate=SPEECH_RATE)
    speaker = entries(adaptive_classifier, speech, rate=SPEECH_RATE, spec=spec_of(Turn(0.0, 60.0, 1)))
    assert_same(speaker, one)


def test_what_was_heard_of_one_speaker_says_nothing_of_another(
    adaptive_classifier: EmotionClassifier, speech: FloatArray
) -> None:
    """The voices of both halves are the same, and still the second one is unknown again where somebody else speaks."""
    half_s = len(speech) / SPEECH_RATE
    sound = np.concatenate((speech, speech))
    same, other, nobody = (
        scores_of(entries(adaptive_classifier, sound, rate=SPEECH_RATE, spec=spec_of(*turns)))
        for turns in (
            (Turn(0.0, 2 * half_s, 1),),
            (Turn(0.0, half_s, 1), Turn(half_s, 2 * half_s, 2)),
            (Turn(0.0, half_s, 1),),
        )
    )
    border = round((half_s - 2.0) / 0.25)
    assert same[:border] == other[:border] == nobody[:border]
    late = slice(round((half_s + 3.5) / 0.25), None)
    assert same[late] != other[late]
    assert nobody[late] != same[late]


@hypothesis_settings(**QUICK)
@given(cuts=st.lists(st.integers(0, 7 * SPEECH_RATE), max_size=6))
def test_chunking_makes_no_difference(
    adaptive_classifier: EmotionClassifier, speech: FloatArray, cuts: list[int]
) -> None:
    spec = spec_of(Turn(0.0, 2.5, 1), Turn(2.5, 5.0, 2), Turn(4.5, 7.0, 1))
    whole = entries(adaptive_classifier, speech, rate=SPEECH_RATE, spec=spec)
    assert_same(entries(adaptive_classifier, speech, rate=SPEECH_RATE, spec=spec, cuts=sorted(cuts)), whole)


def test_a_gap_does_not_make_a_voice_unknown(adaptive_classifier: EmotionClassifier, speech: FloatArray) -> None:
    analyzer = Analyzer(adaptive_classifier, rate=SPEECH_RATE, spec=spec_of(Turn(0.0, 100.0, 1)))
    plain = Analyzer(adaptive_classifier, rate=SPEECH_RATE, spec=AnalysisSpec())
    for each in (analyzer, plain):
        each.push(AudioChunk(0, speech))
    start = len(speech) + SPEECH_RATE
    after = [[*each.push(AudioChunk(start, speech)), *each.flush()] for each in (analyzer, plain)]
    assert_same(*after)


def test_a_profile_is_used_for_its_speaker_alone(adaptive_classifier: EmotionClassifier, speech: FloatArray) -> None:
    analyzer = Analyzer(adaptive_classifier, rate=SPEECH_RATE)
    analyzer.push(AudioChunk(0, speech))
    analyzer.flush()
    voice = make_profile("Anna", analyzer.voice_statistics, adaptive_classifier.info, least_s=1.0)
    turns = (Turn(0.0, 60.0, 2),)
    plain, others, known = (
        Analyzer(adaptive_classifier, rate=SPEECH_RATE, spec=spec_of(*turns, voices=voices))
        for voices in ({}, {1: voice}, {2: voice})
    )
    found = [scores_of([*each.push(AudioChunk(0, speech)), *each.flush()]) for each in (plain, others, known)]
    assert found[0] == found[1] != found[2]
    use = known.voice_use
    assert use
    assert (use.name, use.speakers[2].name, use.speakers[2].known_from_s) == (None, "Anna", 0.0)


def test_a_model_that_knows_no_voices_refuses_profiles_of_speakers(
    adaptive_classifier: EmotionClassifier, tiny_classifier: EmotionClassifier, speech: FloatArray
) -> None:
    analyzer = Analyzer(adaptive_classifier, rate=SPEECH_RATE)
    analyzer.push(AudioChunk(0, speech))
    analyzer.flush()
    voice = make_profile("Anna", analyzer.voice_statistics, adaptive_classifier.info, least_s=1.0)
    with pytest.raises(SettingsError, match="does not adapt to voices"):
        Analyzer(tiny_classifier, rate=SPEECH_RATE, spec=spec_of(Turn(0.0, 1.0, 1), voices={1: voice}))


TURNS = st.lists(
    st.tuples(st.integers(0, 200), st.integers(1, 80), st.integers(1, 3)).map(
        lambda drawn: Turn(drawn[0] / 10, (drawn[0] + drawn[1]) / 10, drawn[2])
    ),
    max_size=12,
).map(joined)


@hypothesis_settings(**QUICK)
@given(turns=TURNS)
def test_alone_is_where_the_speaker_speaks_and_nobody_else(turns: tuple[Turn, ...]) -> None:
    found = spans_alone(Speakers(turns), 1)
    for start_s, end_s in found:
        assert end_s - start_s >= SHORTEST_S
        assert Speakers(turns).speakers_between(start_s + 1e-6, end_s - 1e-6) == [1]
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    # Nothing that is long enough is missed.
    edges = sorted({edge for turn in turns for edge in (turn.start_s, turn.end_s)})
    for start_s, end_s in pairwise(edges):
        is_alone = Speakers(turns).speakers_between(start_s + 1e-6, end_s - 1e-6) == [1]
        if is_alone and end_s - start_s >= SHORTEST_S:
            assert any(a <= start_s and end_s <= b for a, b in found)


@hypothesis_settings(**QUICK)
@given(turns=TURNS, cuts=st.lists(st.integers(0, 3000), max_size=5))
def test_the_sound_of_a_speaker_does_not_depend_on_the_chunks(turns: tuple[Turn, ...], cuts: list[int]) -> None:
    sound, rate = np.arange(3000, dtype=np.float32) / 3000, 100
    stretches = spans_alone(Speakers(turns), 1)
    edges = [0, *sorted(set(cuts)), 3000]
    chunks = [AudioChunk(start, sound[start:end]) for start, end in pairwise(edges) if end > start]
    kept = np.zeros(3000, bool)
    for chunk in chunks_within(chunks, stretches, rate=rate):
        assert np.array_equal(chunk.samples, sound[chunk.start : chunk.end])
        assert not kept[chunk.start : chunk.end].any()
        kept[chunk.start : chunk.end] = True
    wanted = np.zeros(3000, bool)
    for start_s, end_s in stretches:
        wanted[round(start_s * rate) : round(end_s * rate)] = True
    assert np.array_equal(kept, wanted)
