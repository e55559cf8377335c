"""A file is decoded once, and again when it has changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from training.data.corpora import CorpusError, kept_hashes, sample_hash

MakeFolder = Callable[[Path, Iterable[str]], Path]


def hash_in_book(book: Path, file: Path) -> str:
    with kept_hashes(book) as hash_of:
        return hash_of(file)


def test_a_file_that_has_not_changed_is_not_decoded_again(tmp_path: Path, write_tones: MakeFolder) -> None:
    file, book = write_tones(tmp_path / "own", ["a.wav"]) / "a.wav", tmp_path / "kept" / "book.json"
    found = hash_in_book(book, file)
    assert found == sample_hash(file)
    told = file.stat()
    file.write_bytes(bytes(told.st_size))  # no sound any more: to decode it would be an error
    os.utime(file, ns=(told.st_atime_ns, told.st_mtime_ns))
    assert hash_in_book(book, file) == found


def test_a_file_that_was_replaced_is_decoded_again(tmp_path: Path, write_tones: MakeFolder) -> None:
    folder, book = write_tones(tmp_path / "own", ["a.wav", "b.wav"]), tmp_path / "book.json"
    first = hash_in_book(book, folder / "a.wav")
    (folder / "b.wav").replace(folder / "a.wav")
    os.utime(folder / "a.wav", ns=(1, 1))
    assert hash_in_book(book, folder / "a.wav") == sample_hash(folder / "a.wav") != first


def test_what_cannot_be_decoded_is_not_kept(tmp_path: Path, write_tones: MakeFolder) -> None:
    folder, book = write_tones(tmp_path / "own", ["a.wav"]), tmp_path / "book.json"
    (folder / "b.wav").touch()
    with kept_hashes(book) as hash_of:
        hash_of(folder / "a.wav")
        with pytest.raises(CorpusError, match=r"b\.wav cannot be decoded"):
            hash_of(folder / "b.wav")
    assert sample_hash(folder / "a.wav") in book.read_text()


@pytest.mark.parametrize("damaged", ["", "{", "[]", "\xff"])
def test_a_damaged_book_is_begun_anew(tmp_path: Path, write_tones: MakeFolder, damaged: str) -> None:
    file, book = write_tones(tmp_path / "own", ["a.wav"]) / "a.wav", tmp_path / "book.json"
    book.write_text(damaged, encoding="latin-1")
    assert hash_in_book(book, file) == sample_hash(file)
    assert list(tmp_path.glob("book.json*")) == [book]
