"""The votes of listeners on the clips of CREMA-D, from its publisher's table."""

from __future__ import annotations

import csv
from pathlib import Path

from training.data.corpora import CorpusError

COLUMNS = ("FileName", "VoiceVote")
LETTERS = {"N": "neutral", "H": "happy", "S": "sad", "A": "angry", "F": "fearful", "D": "disgust"}


def read_votes(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the emotions that most listeners heard from the voice alone, by the name of the clip without suffix.

    Source: ``processedResults/summaryTable.csv`` of CREMA-D. Emotions with equally many votes are listed together.

    Args:
        path: The table, with the columns ``FileName`` and ``VoiceVote``; votes are letters, separated by colons.

    Raises:
        CorpusError: The table cannot be read, lacks a column, or holds another letter.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CorpusError(
            "{path} cannot be read: {error}.", "Give summaryTable.csv of CREMA-D.", path=path, error=error
        ) from error
    if not rows or any(column not in rows[0] for column in COLUMNS):
        raise CorpusError(
            "{path} has no columns {columns}.",
            "Give summaryTable.csv of CREMA-D.",
            path=path,
            columns=" and ".join(COLUMNS),
        )
    try:
        return {row["FileName"]: tuple(LETTERS[letter] for letter in row["VoiceVote"].split(":")) for row in rows}
    except KeyError as error:
        raise CorpusError(
            "{path} holds the vote {vote}, which is none of {letters}.",
            "Give summaryTable.csv of CREMA-D.",
            path=path,
            vote=error,
            letters=", ".join(LETTERS),
        ) from error
