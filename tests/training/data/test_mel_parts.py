from __future__ import annotations

import lzma
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from training.data.corpora import CorpusError, read_corpus
from training.data.mel_parts import MEL_BANDS, MEL_FRAMES, MEL_TOP, read_mel_parts

Mels = npt.NDArray[np.uint8]


@pytest.fixture
def mels() -> Mels:
    """Five clips: (clip, mel, frame)."""
    return np.random.default_rng(5).integers(0, MEL_TOP + 1, (5, MEL_BANDS, MEL_FRAMES), dtype=np.uint8)


def pack(mels: Mels) -> bytes:
    """Differences along the mel axis, modulo 256, as the corpus stores them."""
    return lzma.compress(np.diff(mels, axis=1, prepend=np.uint8(0)).tobytes(), preset=0)


def write_parts(folder: Path, parts: dict[str, Mels]) -> Path:
    folder.mkdir()
    for name, mels in parts.items():
        (folder / name).write_bytes(pack(mels))
    return folder


def test_what_was_stored_comes_back_in_order(tmp_path: Path, mels: Mels) -> None:
    folder = write_parts(tmp_path / "mel", {"part0.xz": mels[:2], "part1.xz": mels[2:]})
    clips = list(read_mel_parts(folder, clip_count=5))
    assert all(clip.dtype == np.uint8 for clip in clips)
    np.testing.assert_array_equal(clips, mels)


def test_part_10_comes_after_part_9(tmp_path: Path, mels: Mels) -> None:
    parts = {f"part{number}.xz": np.full_like(mels[:1], number) for number in range(11)}
    levels = [clip[0, 0] for clip in read_mel_parts(write_parts(tmp_path / "mel", parts))]
    assert levels == list(range(11))


def test_a_missing_part_is_named(tmp_path: Path, mels: Mels) -> None:
    folder = write_parts(tmp_path / "mel", {"part0.xz": mels[:2], "part2.xz": mels[2:]})
    with pytest.raises(CorpusError, match=r"part1\.xz is missing"):
        list(read_mel_parts(folder))


def test_a_folder_without_parts_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"no part0\.xz"):
        list(read_mel_parts(tmp_path))


def test_a_truncated_part_is_an_error(tmp_path: Path, mels: Mels) -> None:
    folder = write_parts(tmp_path / "mel", {"part0.xz": mels})
    whole = (folder / "part0.xz").read_bytes()
    (folder / "part0.xz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(CorpusError, match=r"part0\.xz cannot be unpacked"):
        list(read_mel_parts(folder))


def test_a_part_that_is_no_xz_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "part0.xz").write_bytes(b"version https://git-lfs.github.com/spec/v1\n")
    with pytest.raises(CorpusError, match=r"part0\.xz cannot be unpacked"):
        list(read_mel_parts(tmp_path))


def test_half_a_clip_at_the_end_is_an_error(tmp_path: Path, mels: Mels) -> None:
    (tmp_path / "part0.xz").write_bytes(lzma.compress(mels[0].tobytes()[:1000]))
    with pytest.raises(CorpusError, match="in the middle of a clip"):
        list(read_mel_parts(tmp_path))


def test_a_level_beyond_80_db_is_an_error(tmp_path: Path, mels: Mels) -> None:
    folder = write_parts(tmp_path / "mel", {"part0.xz": np.full_like(mels, MEL_TOP + 1)})
    with pytest.raises(CorpusError, match="82 dB"):
        list(read_mel_parts(folder))


def test_another_number_of_clips_than_the_csv_is_an_error(tmp_path: Path, mels: Mels) -> None:
    folder = write_parts(tmp_path / "mel", {"part0.xz": mels})
    with pytest.raises(CorpusError, match="5 spectrograms where its CSV names 6"):
        list(read_mel_parts(folder, clip_count=6))


def test_clips_of_a_mel_corpus_know_their_spectrogram(tmp_path: Path, mels: Mels) -> None:
    folder = write_parts(tmp_path / "own_mel", {"part0.xz": mels})
    rows = "".join(f"clip_{number},{number % 2},female,happy,,,3.0\n" for number in range(5))
    (tmp_path / "own_mel.csv").write_text("file,speaker,gender,emotion,intensity,statement,seconds\n" + rows)
    corpus = read_corpus(folder)
    assert corpus.is_mel
    assert [clip.mel_index for clip in corpus.clips] == [0, 1, 2, 3, 4]
    assert [clip.path.name for clip in corpus.clips] == [f"clip_{number}" for number in range(5)]


@pytest.mark.corpus
def test_cremad_mel_holds_one_spectrogram_for_each_row(corpora_root: Path) -> None:
    corpus = read_corpus(corpora_root / "cremad_mel")
    tops = [int(clip.max()) for clip in read_mel_parts(corpus.root, clip_count=len(corpus.clips))]
    silent = [clip.path.name for clip, top in zip(corpus.clips, tops, strict=True) if top != MEL_TOP]
    assert silent == ["1076_MTI_SAD_XX"]  # every other clip reaches its own loudest cell
