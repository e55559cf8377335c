"""Transcript and speakers in tables and in JSON."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from ser_desktop.analysis.timeline import Timeline
from ser_desktop.errors import ExportError
from ser_desktop.export import json_lines, segments_csv, timeline_csv
from ser_desktop.export.format import ExportedRecording, Format
from ser_desktop.export.registry import read_export, write_export
from ser_desktop.transcript import Line, Speakers, Transcript, Turn, Word, WordTimes
from ser_desktop.values import EmotionScores, State, TimelineEntry

LABELS = ("happy", "sad")
SAID = Transcript(
    (
        Line(0.0, 1.0, "Good morning.", (Word("Good", 0.0, 0.5), Word("morning.", 0.5, 1.0, 0.75))),
        Line(1.0, 2.0, "Nothing, no.", (Word("Nothing,", 1.0, 1.75), Word("no.", 1.75, 2.0))),
    ),
    "en",
    "tiny-en",
    WordTimes.SPREAD,
)
SPEAKERS = Speakers((Turn(0.0, 1.0, 1), Turn(1.0, 2.0, 2)), {2: "Anna"})


def recording() -> ExportedRecording:
    timeline = Timeline(LABELS)
    for index in range(4):
        scores = EmotionScores(LABELS, (0.75, 0.25) if index < 3 else (0.25, 0.75))
        timeline.append(TimelineEntry(index / 2, index / 2 + 0.5, State.SPEECH, -20.0, scores))
    return ExportedRecording("talk.wav", "tiny@01234567", timeline, 16_000, 1, transcript=SAID, speakers=SPEAKERS)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_row_of_the_timeline_tells_who_speaks(tmp_path: Path) -> None:
    write_export(timeline_csv.FORMAT, tmp_path / "t.csv", recording())
    assert [row["speaker"] for row in rows(tmp_path / "t.csv")] == ["Speaker 1", "Speaker 1", "Anna", "Anna"]


def test_a_passage_tells_what_is_said_and_by_whom(tmp_path: Path) -> None:
    write_export(segments_csv.FORMAT, tmp_path / "s.csv", recording())
    found = [(row["label"], row["speaker"], row["text"]) for row in rows(tmp_path / "s.csv")]
    assert found == [("happy", "Speaker 1, Anna", "Good morning. Nothing,"), ("sad", "Anna", "no.")]


def test_json_holds_lines_words_speakers_and_the_doubt(tmp_path: Path) -> None:
    write_export(json_lines.FORMAT, tmp_path / "t.json", recording())
    told = json.loads((tmp_path / "t.json").read_text())
    assert [line["speaker"] for line in told["transcript"]["lines"]] == ["Speaker 1", "Anna"]
    assert told["transcript"]["lines"][0]["words"][1] == {
        **{"text": "morning.", "start": 0.5, "end": 1.0, "confidence": 0.75},
    }
    assert (told["transcript"]["word_times"], told["transcript"]["doubt"]) == ("spread", None)
    assert [(each["name"], each["share"]) for each in told["speakers"]["list"]] == [("Speaker 1", 0.5), ("Anna", 0.5)]
    assert [(each["speaker"], each["voices"]) for each in told["timeline"]][1:3] == [("Speaker 1", 1), ("Anna", 2)]


@pytest.mark.parametrize("chosen", [json_lines.FORMAT, timeline_csv.FORMAT], ids=lambda each: each.name)
def test_what_is_read_back_is_written_as_the_same_bytes(tmp_path: Path, chosen: Format) -> None:
    first, again = tmp_path / f"a{chosen.suffix}", tmp_path / f"b{chosen.suffix}"
    write_export(chosen, first, recording())
    (read,) = read_export(first)
    assert read.speakers == SPEAKERS
    write_export(chosen, again, ExportedRecording(**{**fields(read), "rate": 16_000, "channels": 1}))
    assert again.read_bytes() == first.read_bytes()


def fields(of: ExportedRecording) -> dict[str, object]:
    return {name: getattr(of, name) for name in ExportedRecording.__dataclass_fields__}


def test_a_turn_of_an_unknown_speaker_is_refused(tmp_path: Path) -> None:
    write_export(json_lines.FORMAT, tmp_path / "t.json", recording())
    text = (tmp_path / "t.json").read_text().replace("[1.0, 2.0, 2]", "[1.0, 2.0, 7]")
    (tmp_path / "t.json").write_text(text)
    with pytest.raises(ExportError, match="not in the list"):
        read_export(tmp_path / "t.json")
