from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from training.data.corpora import (
    Corpus,
    CorpusError,
    find_duplicates,
    is_silent,
    read_corpus,
    sample_hash,
    without_duplicates,
)

MakeFolder = Callable[[Path, Iterable[str]], Path]

RATE = 16_000
HEADER = "file,speaker,gender,emotion,intensity,statement,seconds\n"


def own_corpus(tmp_path: Path, names: list[str]) -> Corpus:
    (tmp_path / "own.csv").write_text(HEADER + "".join(f"{name},ann,,happy,,,\n" for name in names))
    return read_corpus(tmp_path / "own")


def test_copies_are_found_whatever_the_container(tmp_path: Path, write_tones: MakeFolder) -> None:
    folder = write_tones(tmp_path / "own", ["c.wav", "d.wav"])
    soundfile.write(folder / "a.wav", *soundfile.read(folder / "c.wav"), subtype="FLOAT")
    soundfile.write(folder / "b.flac", *soundfile.read(folder / "c.wav"), subtype="PCM_16")
    corpus = own_corpus(tmp_path, ["d.wav", "c.wav", "b.flac", "a.wav"])
    pairs = [(first.path.name, copy.path.name) for first, copy in find_duplicates(corpus.clips)]
    assert pairs == [("a.wav", "b.flac"), ("a.wav", "c.wav")]
    assert [clip.path.name for clip in without_duplicates(corpus).clips] == ["d.wav", "a.wav"]


def test_one_different_sample_makes_another_recording(tmp_path: Path, write_tones: MakeFolder) -> None:
    folder = write_tones(tmp_path / "own", ["a.wav"])
    samples, rate = soundfile.read(folder / "a.wav", dtype="int16")
    samples[-1] += 1
    soundfile.write(folder / "b.wav", samples, rate)
    corpus = own_corpus(tmp_path, ["a.wav", "b.wav"])
    assert sample_hash(folder / "a.wav") != sample_hash(folder / "b.wav")
    assert find_duplicates(corpus.clips) == []
    assert without_duplicates(corpus) == corpus


def test_only_zeros_are_silent(tmp_path: Path, write_tones: MakeFolder) -> None:
    folder = write_tones(tmp_path / "own", ["tone.wav"])
    soundfile.write(folder / "zeros.wav", np.zeros(RATE, np.int16), RATE)
    soundfile.write(folder / "click.wav", np.eye(1, RATE, RATE - 1, dtype=np.int16)[0], RATE)  # one step of 16 bits
    corpus = own_corpus(tmp_path, ["tone.wav", "zeros.wav", "click.wav"])
    assert [clip.path.name for clip in corpus.clips if is_silent(clip)] == ["zeros.wav"]


def test_a_clip_that_cannot_be_decoded_is_named(tmp_path: Path, touch_all: MakeFolder) -> None:
    touch_all(tmp_path / "own", ["a.wav"])
    with pytest.raises(CorpusError, match=r"a\.wav cannot be decoded"):
        find_duplicates(own_corpus(tmp_path, ["a.wav"]).clips)


@pytest.mark.corpus
def test_ravdess_holds_one_recording_twice(corpora_root: Path) -> None:
    corpus = read_corpus(corpora_root / "ravdess")
    pairs = [(first.path.stem, copy.path.stem) for first, copy in find_duplicates(corpus.clips)]
    assert pairs == [("03-01-03-01-02-01-07", "03-01-03-01-02-02-07")]
