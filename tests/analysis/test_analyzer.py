from __future__ import annotations

import dataclasses
from itertools import pairwise

import msgspec
import numpy as np
import pytest
import soxr
from hypothesis import given, settings
from hypothesis import strategies as st
from model_fixtures import SPEECH_RATE
from sounds import QUICK, FloatArray, noise
from streams import assert_same, assert_tiles, entries

from ser_desktop.analysis.analyzer import AnalysisSpec, Analyzer
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.model_file import Model
from ser_desktop.errors import SettingsError
from ser_desktop.values import AudioChunk, State

ONSET_S = 0.4  # the demo begins with a pause
SPOKEN = (State.SPEECH, State.UNCERTAIN)


@settings(**QUICK)
@given(
    samples=st.one_of(st.integers(1, 60_000), st.sampled_from([1, 100, 4800, 8000, 24_000])),
    rate=st.sampled_from([8000, 11_025, 16_000, 22_050, 44_100, 48_000, 192_000]),
)
def test_entries_tile_the_stream(
    tiny_classifier: EmotionClassifier, speech: FloatArray, samples: int, rate: int
) -> None:
    assert_tiles(entries(tiny_classifier, speech[:samples], rate=rate), end_s=samples / rate)


@settings(**QUICK)
@given(
    parts=st.lists(
        st.tuples(st.integers(0, 20_000), st.sampled_from([0, 1, 2, 5, 4000, 8000, 9000, 12_000])), max_size=6
    ),
    rate=st.sampled_from([16_000, 22_050, 44_100]),
)
def test_entries_tile_a_stream_with_holes(
    tiny_classifier: EmotionClassifier, speech: FloatArray, parts: list[tuple[int, int]], rate: int
) -> None:
    analyzer, timeline, position = Analyzer(tiny_classifier, rate=rate), Timeline(tiny_classifier.info.labels), 0
    for lost, samples in [*parts, (0, 1000)]:
        position += lost
        timeline.extend(analyzer.push(AudioChunk(position, speech[:samples].copy())))
        position += samples
    timeline.extend(analyzer.flush())  # refuses entries that do not fit together
    assert_tiles(list(timeline), end_s=position / rate)
    lost_s = sum(each.end_s - each.start_s for each in timeline if each.state is State.GAP)
    assert lost_s == pytest.approx(sum(lost for lost, _ in parts) / rate, abs=1e-9)


def test_a_gap_begins_where_whole_hops_end(tiny_classifier: EmotionClassifier) -> None:
    first = next(at for at in range(16_000) if at / 16_000 + 0.5 != (at + 8000) / 16_000)  # a sum that is rounded twice
    analyzer = Analyzer(tiny_classifier, rate=16_000)
    found = analyzer.push(AudioChunk(first, np.zeros(8000, np.float32)))
    found += analyzer.push(AudioChunk(first + 9000, np.zeros(8000, np.float32))) + analyzer.flush()
    assert_tiles(found, end_s=(first + 17_000) / 16_000)


@pytest.mark.parametrize("rate", [16_000, SPEECH_RATE])
@pytest.mark.parametrize("seconds", [0.001, 0.1, 0.3, 0.4, 0.499])
@pytest.mark.parametrize("hop_s", [0.05, 0.25, 1.0])
def test_a_stream_shorter_than_half_a_second_is_one_entry(
    tiny_classifier: EmotionClassifier, speech: FloatArray, rate: int, seconds: float, hop_s: float
) -> None:
    some = speech[SPEECH_RATE : SPEECH_RATE + round(seconds * rate)]
    (entry,) = entries(tiny_classifier, some, rate=rate, spec=AnalysisSpec(hop_s=hop_s))
    assert entry.state in (State.NO_SPEECH, State.UNCERTAIN)


def test_an_entry_covers_one_hop(tiny_classifier: EmotionClassifier, speech: FloatArray) -> None:
    found = entries(tiny_classifier, speech, rate=SPEECH_RATE, spec=AnalysisSpec(hop_s=0.2))
    assert [each.end_s - each.start_s for each in found] == pytest.approx([0.2] * 35, abs=1e-9)


def test_an_entry_needs_no_sound_after_its_end(tiny_classifier: EmotionClassifier, speech: FloatArray) -> None:
    analyzer, block = Analyzer(tiny_classifier, rate=SPEECH_RATE), SPEECH_RATE // 50
    late_s = []
    for start in range(0, 3 * SPEECH_RATE, block):
        entries_now = analyzer.push(AudioChunk(start, speech[start : start + block].copy()))
        late_s += [(start + block) / SPEECH_RATE - entry.end_s for entry in entries_now if entry.end_s > 0.5]
    assert len(late_s) > 5
    assert max(late_s) < 0.08  # a block of 20 ms and the look-ahead of the resampler


def test_an_empty_stream_has_no_entries(tiny_classifier: EmotionClassifier) -> None:
    assert entries(tiny_classifier, np.zeros(0, np.float32), rate=SPEECH_RATE) == []


def test_scores_sum_to_one(tiny_classifier: EmotionClassifier, speech: FloatArray) -> None:
    spoken = [each.scores for each in entries(tiny_classifier, speech, rate=SPEECH_RATE) if each.scores]
    assert spoken
    for scores in spoken:
        assert sum(scores.values) == pytest.approx(1.0, abs=1e-9)


@pytest.mark.parametrize("colour", [None, "white", "pink", "brown"])
def test_without_speech_there_is_no_emotion(tiny_classifier: EmotionClassifier, colour: str | None) -> None:
    silence = np.zeros(3 * SPEECH_RATE, np.float32)
    sound = noise(colour, rate=SPEECH_RATE, seconds=3.0, rms_dbfs=-30.0) if colour else silence
    found = entries(tiny_classifier, sound, rate=SPEECH_RATE)
    assert {each.state for each in found} == {State.NO_SPEECH}
    expected_dbfs = -30.0 if colour == "pink" else found[0].level_dbfs
    assert np.mean([each.level_dbfs for each in found]) == pytest.approx(expected_dbfs, abs=2.0)


def test_silence_reads_as_the_quietest_level(tiny_classifier: EmotionClassifier) -> None:
    found = entries(tiny_classifier, np.zeros(SPEECH_RATE, np.float32), rate=SPEECH_RATE)
    assert [each.level_dbfs for each in found] == [-120.0] * 4


def test_an_entry_describes_its_own_hop(tiny_classifier: EmotionClassifier, speech: FloatArray) -> None:
    sound = np.where(np.arange(5 * SPEECH_RATE) < 2.3 * SPEECH_RATE, speech[: 5 * SPEECH_RATE], 0.0)
    found = entries(
        tiny_classifier, sound.astype(np.float32), rate=SPEECH_RATE, spec=AnalysisSpec(hop_s=1.0, window_s=3.0)
    )
    assert found[2].scores  # its first third holds speech
    assert [each.state for each in found[3:]] == [State.NO_SPEECH] * 2  # though the windows reach back to speech


def test_the_place_of_the_resampling_makes_no_difference(
    tiny_classifier: EmotionClassifier, speech: FloatArray
) -> None:
    resampled = soxr.resample(speech, SPEECH_RATE, 16_000, quality="HQ")
    assert_same(entries(tiny_classifier, resampled, rate=16_000), entries(tiny_classifier, speech, rate=SPEECH_RATE))


def test_a_lost_block_shows_as_a_gap(tiny_classifier: EmotionClassifier, speech: FloatArray) -> None:
    analyzer = Analyzer(tiny_classifier, rate=SPEECH_RATE)
    found = analyzer.push(AudioChunk(0, speech[:100_000].copy()))
    found += analyzer.push(AudioChunk(101_024, speech[101_024:].copy()))
    found += analyzer.flush()
    assert_tiles(found, end_s=7.0)
    (gap,) = [each for each in found if each.state is State.GAP]
    assert (gap.start_s, gap.end_s) == (100_000 / SPEECH_RATE, 101_024 / SPEECH_RATE)
    assert (gap.scores, gap.level_dbfs) == (None, None)


def test_a_stream_may_begin_with_a_gap(tiny_classifier: EmotionClassifier, speech: FloatArray) -> None:
    found = entries(tiny_classifier, speech[:SPEECH_RATE], rate=SPEECH_RATE, first=SPEECH_RATE)
    assert_tiles(found, end_s=2.0)
    assert [each.state is State.GAP for each in found] == [True, False, False, False, False]


@pytest.mark.parametrize("hop_s", [0.25, 1.0])  # with the longer one, the first entry holds enough speech
def test_nothing_before_a_gap_changes_what_comes_after(
    tiny_classifier: EmotionClassifier, speech: FloatArray, hop_s: float
) -> None:
    tail, spec = speech[3 * SPEECH_RATE :], AnalysisSpec(hop_s=hop_s)
    analyzer = Analyzer(tiny_classifier, rate=SPEECH_RATE, spec=spec)
    found = analyzer.push(AudioChunk(0, speech[: 2 * SPEECH_RATE].copy()))
    found += analyzer.push(AudioChunk(3 * SPEECH_RATE, tail.copy())) + analyzer.flush()
    after = [
        dataclasses.replace(each, start_s=each.start_s - 3.0, end_s=each.end_s - 3.0)
        for each in found
        if each.start_s >= 3.0
    ]
    assert_same(after, entries(tiny_classifier, tail, rate=SPEECH_RATE, spec=spec))
    assert after[0].scores is not None  # it begins in the middle of a sentence


def test_nothing_after_a_gap_changes_what_came_before(tiny_classifier: EmotionClassifier, speech: FloatArray) -> None:
    head, analyzer = speech[: 2 * SPEECH_RATE], Analyzer(tiny_classifier, rate=SPEECH_RATE)
    found = analyzer.push(AudioChunk(0, head.copy()))
    found += analyzer.push(AudioChunk(3 * SPEECH_RATE, head.copy()))
    before = [each for each in found if each.end_s <= 2.0]
    assert_same(before, entries(tiny_classifier, head, rate=SPEECH_RATE))


def test_a_step_back_in_time_is_a_bug(tiny_classifier: EmotionClassifier) -> None:
    analyzer = Analyzer(tiny_classifier, rate=SPEECH_RATE)
    analyzer.push(AudioChunk(0, np.zeros(100, np.float32)))
    with pytest.raises(ValueError, match="starts at 99, but 100"):
        analyzer.push(AudioChunk(99, np.zeros(100, np.float32)))


def test_the_first_scores_come_a_second_after_speech_begins(
    tiny_classifier: EmotionClassifier, speech: FloatArray
) -> None:
    analyzer, block = Analyzer(tiny_classifier, rate=SPEECH_RATE), 441
    for start in range(0, len(speech), block):
        found = analyzer.push(AudioChunk(start, speech[start : start + block].copy()))
        if any(each.scores for each in found):
            assert start / SPEECH_RATE <= ONSET_S + 1.25
            return
    pytest.fail("no entry has scores")


def test_little_speech_is_uncertain_however_sure_the_model_is(tiny_model: Model, speech: FloatArray) -> None:
    sure = EmotionClassifier(Model(msgspec.structs.replace(tiny_model.info, abstain_threshold=0.0), tiny_model.folder))
    found = [each for each in entries(sure, speech, rate=SPEECH_RATE) if each.scores]
    assert found[0].state is State.UNCERTAIN  # less than 0.5 s of speech so far
    assert found[4].state is State.SPEECH


def test_below_the_models_threshold_an_entry_is_uncertain(tiny_model: Model, speech: FloatArray) -> None:
    unsure = EmotionClassifier(
        Model(msgspec.structs.replace(tiny_model.info, abstain_threshold=1.0), tiny_model.folder)
    )
    states = {each.state for each in entries(unsure, speech, rate=SPEECH_RATE)}
    assert states == {State.NO_SPEECH, State.UNCERTAIN}


def test_a_chosen_threshold_replaces_the_models_own_and_changes_nothing_else(
    tiny_classifier: EmotionClassifier, speech: FloatArray
) -> None:
    own = entries(tiny_classifier, speech, rate=SPEECH_RATE)
    scored = [each.confidence for each in own if each.confidence is not None]
    middle = float(np.median(scored))
    spec = AnalysisSpec(abstain_threshold=middle)
    assert middle != tiny_classifier.info.abstain_threshold
    chosen = entries(tiny_classifier, speech, rate=SPEECH_RATE, spec=spec)
    assert [(each.start_s, each.scores, each.affect) for each in chosen] == [
        (each.start_s, each.scores, each.affect) for each in own
    ]
    claimed = [each for each in chosen if each.state is State.SPEECH]
    assert 0 < len(claimed) < len(scored)
    assert all((each.confidence or 0.0) >= middle for each in claimed)


def test_smoothing_reduces_the_changes_between_entries(tiny_classifier: EmotionClassifier, speech: FloatArray) -> None:
    def restlessness(smoothing_s: float) -> float:
        found = entries(tiny_classifier, speech, rate=SPEECH_RATE, spec=AnalysisSpec(smoothing_s=smoothing_s))
        steps = [
            np.abs(np.subtract(two.scores.values, one.scores.values)).sum()
            for one, two in pairwise(found)
            if one.scores and two.scores
        ]
        return float(np.mean(steps))

    assert restlessness(2.0) < 0.5 * restlessness(0.0)


@pytest.mark.parametrize("window_s", [0.0, 0.5, 10.0, -1.0, float("nan"), float("inf")])
def test_a_window_that_the_model_cannot_take_is_refused(tiny_classifier: EmotionClassifier, window_s: float) -> None:
    with pytest.raises(SettingsError, match=r"A window of .* Choose 1 to 3 s\."):
        Analyzer(tiny_classifier, rate=SPEECH_RATE, spec=AnalysisSpec(window_s=window_s))


@pytest.mark.parametrize("hop_s", [0.0, 0.01, 3.5, -1.0, float("nan")])
def test_a_hop_that_makes_no_sense_is_refused(tiny_classifier: EmotionClassifier, hop_s: float) -> None:
    with pytest.raises(SettingsError, match=r"A hop of .* Choose 0\.05 to 3 s\."):
        Analyzer(tiny_classifier, rate=SPEECH_RATE, spec=AnalysisSpec(hop_s=hop_s))
