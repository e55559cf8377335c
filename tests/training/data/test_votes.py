"""What listeners heard, as the publisher of CREMA-D tells it."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.data.corpora import Clip, CorpusError
from training.data.targets import Targets
from training.data.votes import read_votes

LABELS = ("neutral", "happy", "sad", "angry")


def table(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "summaryTable.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_tie_is_several_emotions(tmp_path: Path) -> None:
    votes = read_votes(table(tmp_path, '"","FileName","VoiceVote"\n"1","1001_A","N"\n"2","1001_B","H:S"\n'))
    assert votes == {"1001_A": ("neutral",), "1001_B": ("happy", "sad")}


@pytest.mark.parametrize("text", ["", "FileName,Vote\na,N\n", "FileName,VoiceVote\na,X\n"])
def test_another_table_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(CorpusError, match=r"summaryTable\.csv of CREMA-D"):
        read_votes(table(tmp_path, text))


def test_a_missing_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="cannot be read"):
        read_votes(tmp_path / "none.csv")


def test_what_was_heard_is_a_share_of_each_label() -> None:
    clips = [Clip(Path(f"{name}.wav"), "cremad", "1001", "", "angry", "", "") for name in ("a", "b", "c")]
    targets = Targets(clips, LABELS, {"a": ("neutral",), "b": ("happy", "sad")})
    assert targets.heard.tolist() == [[1.0, 0.0, 0.0, 0.0], [0.0, 0.5, 0.5, 0.0], [0.0] * 4]
    assert targets.arousal.tolist() == [1.0] * 3
    assert targets.valence.tolist() == [0.0] * 3
