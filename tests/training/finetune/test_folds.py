"""Recordings and speakers are either trained on or tested."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from ser_desktop.errors import SettingsError
from training.finetune.folds import are_common, refuse_few, split_of
from training.finetune.passages import AnnotatedChannel, Annotations, Passage


def passages(recordings: int, each: int, speaker: str = "") -> list[Passage]:
    return [
        Passage(f"r{recording}", index, index + 1.0, ("sad", "happy")[index % 2], speaker.format(recording))
        for recording in range(recordings)
        for index in range(each)
    ]


def annotations(found: list[Passage]) -> Annotations:
    recordings = dict.fromkeys(one.recording for one in found)
    channels = [
        AnnotatedChannel(Path(name), 1, None, tuple(one for one in found if one.recording == name))
        for name in recordings
    ]
    return Annotations(tuple(channels), 1, Counter({"“cannot tell”": 4}))


def check(found: list[Passage], name: str, folds: int) -> None:
    split = split_of(found, folds=folds)
    tested = [0] * len(found)
    for training, is_tested in split.folds():
        seen = {getattr(one, name) for one, flag in zip(found, training, strict=True) if flag}
        assert seen
        assert not seen & {getattr(one, name) for one, flag in zip(found, is_tested, strict=True) if flag}
        tested = [count + bool(flag) for count, flag in zip(tested, is_tested, strict=True)]
    assert tested == [1] * len(found)


@pytest.mark.parametrize("folds", [3, 10])
def test_no_recording_is_trained_on_and_tested(folds: int) -> None:
    found = passages(12, 8)
    assert split_of(found, folds=folds).kept_apart == "recordings"
    check(found, "recording", folds)


def test_a_named_speaker_of_several_recordings_is_not_trained_on_and_tested() -> None:
    found = [
        Passage(one.recording, one.start_s, one.end_s, one.label, f"voice {int(one.recording[1:]) // 3}")
        for one in passages(12, 8)
    ]
    assert split_of(found, folds=10).kept_apart == "speakers"
    check(found, "speaker", 10)
    check(found, "recording", 10)


def test_one_speaker_in_all_recordings_leaves_only_recordings_to_be_kept_apart() -> None:
    alone = passages(12, 8, "me")
    assert split_of(alone, folds=10).kept_apart == "recordings"
    pairs = [Passage(o.recording, o.start_s, o.end_s, o.label, "host" if o.start_s % 4 else o.recording) for o in alone]
    assert split_of(pairs, folds=10).kept_apart == "recordings"


@pytest.mark.parametrize(
    ("recordings", "each", "told"),
    [
        (5, 20, "5 recordings .* 6 are needed"),
        (8, 7, "56 passages .* 60 are needed"),
        (6, 1, "6 passages .* 60 are needed"),
    ],
)
def test_too_few_are_refused_with_what_is_needed(recordings: int, each: int, told: str) -> None:
    with pytest.raises(SettingsError) as caught:
        refuse_few(annotations(passages(recordings, each)))
    assert re.search(told, str(caught.value))
    assert "4 “cannot tell”" in str(caught.value)


def test_one_emotion_is_not_enough_and_a_rare_one_is_left_out() -> None:
    found = [*passages(8, 20), Passage("r7", 30.0, 31.0, "fearful")]
    common = are_common(annotations(found))
    assert common == [True] * 160 + [False]
    kept = annotations(found).only(common, "of emotions with few passages")
    assert kept.left_out["of emotions with few passages"] == 1
    refuse_few(kept)
    with pytest.raises(SettingsError, match="1 emotions"):
        refuse_few(annotations([one for one in passages(8, 20) if one.label == "sad"]))
