from __future__ import annotations

from itertools import pairwise

import numpy as np
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from ser_desktop.audio.files import FileSource
from ser_desktop.audio.gaps import Gap, GapKind, gap_chunks, outside_gaps, read_gaps
from ser_desktop.audio.recorder import WavRecorder
from ser_desktop.values import AudioChunk

RATE = 8_000
ONES = np.ones(RATE, np.float32)


def gaps_of(edges: list[int]) -> list[Gap]:
    places = sorted(set(edges))
    pairs = zip(places[::2], places[1::2], strict=False)
    return [Gap(start, end, list(GapKind)[number % 2]) for number, (start, end) in enumerate(pairs)]


def test_pauses_and_losses_are_distinguished_from_silence(tmp_path):
    path = tmp_path / "take.wav"
    with WavRecorder(path, RATE) as recorder:
        recorder.write(AudioChunk(0, ONES.copy()))
        recorder.write(AudioChunk(RATE, np.zeros(RATE, np.float32)))  # silence
        recorder.write(AudioChunk(3 * RATE, ONES.copy()), gap_kind=GapKind.PAUSE)
        recorder.write(AudioChunk(6 * RATE, ONES.copy()))
    assert read_gaps(path) == (Gap(2 * RATE, 3 * RATE, GapKind.PAUSE), Gap(4 * RATE, 6 * RATE, GapKind.LOST))
    with FileSource(path) as source:
        delivered = [(chunk.start, chunk.end) for chunk in source.chunks()]
        assert (source.loss, source.seconds) == (None, 7.0)
    assert [start for start, _ in delivered[1:]] != [end for _, end in delivered[:-1]]
    assert {second for start, end in delivered for second in range(start // RATE, -(-end // RATE))} == {0, 1, 3, 6}


def test_other_programs_read_the_sound_and_nothing_else(tmp_path):
    with WavRecorder(tmp_path / "take.wav", RATE) as recorder:
        recorder.write(AudioChunk(RATE, ONES.copy()))
    sound, rate = soundfile.read(tmp_path / "take.wav", dtype="float32")
    np.testing.assert_array_equal(sound, np.concatenate([np.zeros(RATE, np.float32), ONES]))
    log = soundfile.info(tmp_path / "take.wav", verbose=True).extra_info
    assert (rate, "should be" in log, "ltxt" in log or "LIST" in log) == (RATE, False, True)


@given(edges=st.lists(st.integers(0, 10**9), max_size=40))
def test_written_gaps_are_read_back(edges, tmp_path_factory):
    path = tmp_path_factory.mktemp("gaps") / "take.wav"
    head = b"RIFF\0\0\0\0WAVEfmt \x02\0\0\0xxdata\x04\0\0\0\0\0\0\0"
    path.write_bytes(head + gap_chunks(gaps_of(edges)))
    assert list(read_gaps(path)) == gaps_of(edges)


@given(edges=st.lists(st.integers(0, 120), max_size=12), start=st.integers(0, 50), length=st.integers(1, 80))
def test_a_chunk_loses_exactly_what_lies_in_gaps(edges, start, length):
    gaps = gaps_of(edges)
    lost = {place for gap in gaps for place in range(gap.start, gap.end)}
    samples = np.array([0.0 if place in lost else 1.0 for place in range(start, start + length)], np.float32)
    parts = list(outside_gaps(AudioChunk(start, samples), gaps))
    places = [place for part in parts for place in range(part.start, part.end)]
    assert places == [place for place in range(start, start + length) if place not in lost]
    assert all(part.samples.all() for part in parts)


def test_sound_that_an_editor_moved_into_a_gap_counts():
    (part,) = outside_gaps(AudioChunk(0, np.ones(100, np.float32)), [Gap(20, 30, GapKind.LOST)])
    assert (part.start, part.end) == (0, 100)


@given(damage=st.binary(max_size=60), place=st.integers(0, 200))
def test_damaged_cue_chunks_give_no_gaps_or_gaps_in_order(damage, place, tmp_path_factory):
    path = tmp_path_factory.mktemp("gaps") / "take.wav"
    head = b"RIFF\0\0\0\0WAVEfmt \x02\0\0\0xxdata\x04\0\0\0\0\0\0\0"
    content = bytearray(head + gap_chunks([Gap(10, 20, GapKind.PAUSE), Gap(30, 40, GapKind.LOST)]))
    content[place : place + len(damage)] = damage
    path.write_bytes(content)
    found = read_gaps(path)
    assert all(one.end <= other.start for one, other in pairwise(found))
