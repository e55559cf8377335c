from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest

from ser_desktop.errors import WordsError
from ser_desktop.words.models import find_words_model
from ser_desktop.words.process import RecogniserProcess

pytest.importorskip("moonshine_voice", reason="needs the extra [words]")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the built-in model, as a user's folder."""
    return Path(shutil.copytree(find_words_model().folder, tmp_path / "my models" / "tiny-en"))


def test_a_folder_of_the_user_is_used(copied: Path) -> None:
    model = find_words_model(copied)
    assert (model.folder, model.name, model.language) == (copied, "tiny-en", "en")
    RecogniserProcess(model).close()


def test_a_missing_folder_a_strange_name_and_a_missing_file_are_told(copied: Path, tmp_path: Path) -> None:
    with pytest.raises(WordsError, match=r"nowhere” is not a folder\. Choose a folder of a Moonshine model"):
        find_words_model(tmp_path / "nowhere")
    with pytest.raises(WordsError, match="my models” does not tell which model it holds"):
        find_words_model(copied.parent)
    (copied / "tokenizer.bin").unlink()
    with pytest.raises(WordsError, match=r"is not a transcription model: tokenizer\.bin is missing"):
        find_words_model(copied)


def test_a_damaged_model_is_one_sentence(copied: Path) -> None:
    (copied / "encoder_model.ort").write_bytes(b"not a network" * 1000)
    with pytest.raises(WordsError, match=r"tiny-en” cannot be used|has crashed"):
        RecogniserProcess(find_words_model(copied))


def test_without_the_package_the_user_reads_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(WordsError, match=r"is not installed\. Install it with: pip install 'ser-desktop\[words\]'"):
        find_words_model()
