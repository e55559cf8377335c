from __future__ import annotations

import csv
import dataclasses
import io
from pathlib import Path

import pytest
import xmlschema
from openpyxl import load_workbook

from ser_desktop.analysis.timeline import Timeline
from ser_desktop.corrections import Correction, corrected, with_claim, without
from ser_desktop.errors import ExportError
from ser_desktop.export.format import ExportedRecording
from ser_desktop.export.praat_textgrid import textgrid
from ser_desktop.export.registry import format_named, read_annotations, read_export, write_export
from ser_desktop.values import AffectClaim, EmotionScores, Marker, Segment, State, TimelineEntry

LABELS = ("happy", "sad")
SCHEMAS = Path(__file__).parent / "schemas"
SAID = (
    Correction(0.0, 1.5, "Anna", "happy", (AffectClaim.HIGH_AROUSAL, AffectClaim.POSITIVE), note='says "ah"; laughs'),
    Correction(0.0, 1.5, "Ben Ö.", cannot_tell=True),
    Correction(1.5, 2.0, "Anna", note="=door"),
)


def recording(*, channel: int | None = None) -> ExportedRecording:
    timeline = Timeline(LABELS)
    for index, happiness in enumerate((0.75, 0.75, 0.75, 0.25)):
        scores = EmotionScores(LABELS, (happiness, 1.0 - happiness))
        timeline.append(TimelineEntry(index * 0.5, index * 0.5 + 0.5, State.SPEECH, -20.0, scores))
    said = [Correction(*values(each), channel) for each in SAID]
    return ExportedRecording(
        "talk.wav", "tiny@01234567", timeline, markers=(Marker(0.5, "laugh"),), corrections=said, channel=channel
    )


def values(each: Correction) -> tuple:
    return each.start_s, each.end_s, each.annotator, each.label, each.claims, each.cannot_tell, each.note


@pytest.mark.parametrize(
    "name", ["corrections", "json", "textgrid", "eaf", "jams", "webvtt", "emotionml", "svl", "sv-csv"]
)
@pytest.mark.parametrize("channel", [None, 2])
def test_corrections_come_back_from_every_format_that_holds_them(
    tmp_path: Path, name: str, channel: int | None
) -> None:
    chosen = format_named(name)
    path = tmp_path / f"talk{chosen.suffix}"
    write_export(chosen, path, recording(channel=channel))
    found = read_export(path)
    assert [values(each) for each in found[0].corrections] == [values(each) for each in SAID]
    assert {each.channel for each in found[0].corrections} == {channel}


@pytest.mark.parametrize("name", ["jams", "webvtt", "emotionml", "svl", "sv-csv"])
def test_names_and_notes_with_signs_of_the_format_come_back(tmp_path: Path, name: str) -> None:
    said = (
        Correction(0.0, 1.5, 'A: b --> <v c> 50%3A, "d"', "happy", note="</c> --> & 1; 2, <b>"),
        Correction(0.25, 1.25, "=x", claims=(AffectClaim.LOW_AROUSAL, AffectClaim.NEGATIVE)),
    )
    chosen = format_named(name)
    path = tmp_path / f"talk{chosen.suffix}"
    write_export(chosen, path, dataclasses.replace(recording(), corrections=said))
    (found,) = read_export(path)
    assert [values(each) for each in found.corrections] == [values(each) for each in said]
    assert [each.label for each in found.markers if each.label.startswith("A: b")] == []


@pytest.mark.parametrize("name", ["jams", "webvtt", "emotionml", "svl"])
def test_corrections_change_neither_passages_nor_markers(tmp_path: Path, name: str) -> None:
    chosen, found = format_named(name), []
    for number, said in enumerate((SAID, ())):
        path = tmp_path / f"{number}{chosen.suffix}"
        write_export(chosen, path, dataclasses.replace(recording(), corrections=said))
        (read,) = read_export(path)
        found.append((list(read.segments), list(read.markers)))
    assert found[0] == found[1]


def test_emotionml_with_corrections_is_valid(tmp_path: Path) -> None:
    said = (*SAID, Correction(0.0, 1.0, "Eva", "bored stiff"))
    write_export(
        format_named("emotionml"), tmp_path / "t.emotionml", dataclasses.replace(recording(), corrections=said)
    )
    xmlschema.XMLSchema(SCHEMAS / "emotionml.xsd").validate(tmp_path / "t.emotionml")


def test_a_table_of_passages_says_what_people_say() -> None:
    chosen, file = format_named("segments"), io.StringIO(newline="")
    chosen.start(file, LABELS).write(recording())
    rows = list(csv.DictReader(io.StringIO(file.getvalue())))
    assert rows[0]["corrections"] == (
        'Anna: happy; high arousal; positive; note: says "ah"; laughs | Ben Ö.: cannot tell'
    )
    assert (rows[1]["corrections"], rows[1]["model"]) == ("Anna: note: =door", "tiny@01234567")


def test_the_sheet_of_passages_has_each_value_in_its_column(tmp_path: Path) -> None:
    write_export(format_named("xlsx"), tmp_path / "talk.xlsx", recording())
    names, first, *_ = load_workbook(tmp_path / "talk.xlsx")["passages"].iter_rows(values_only=True)
    row = dict(zip(names, first, strict=True))
    assert (row["channel"], row["speaker"] or "", row["model"]) == ("mix", "", "tiny@01234567")
    assert row["corrections"].startswith("Anna: happy")


def test_a_tier_of_corrections_that_praat_changed_is_kept_as_a_note(tmp_path: Path) -> None:
    text = textgrid(recording()).replace("cannot tell", "sad; or angry?")
    (tmp_path / "talk.TextGrid").write_text(text, encoding="utf-8")
    markers, said = read_annotations(tmp_path / "talk.TextGrid")
    assert [each.label for each in markers] == ["laugh"]
    assert (said[1].label, said[1].note) == (None, "sad; or angry?")


@pytest.mark.parametrize(
    "change",
    [("0.000,1.500", "1.500,0.000"), ("Anna", " "), ("high arousal", "loud"), ("yes", "yes,extra"), ("mix", "none")],
)
def test_a_broken_table_of_corrections_is_one_sentence(tmp_path: Path, change: tuple[str, str]) -> None:
    write_export(format_named("corrections"), tmp_path / "talk.csv", recording())
    text = (tmp_path / "talk.csv").read_text(encoding="utf-8")
    assert change[0] in text
    (tmp_path / "talk.csv").write_text(text.replace(*change), encoding="utf-8")
    with pytest.raises(ExportError):
        list(format_named("corrections").read(tmp_path / "talk.csv"))


def test_a_new_answer_replaces_only_its_own_time_and_person() -> None:
    base = (
        Correction(0.0, 4.0, "Anna", "sad"),
        Correction(0.0, 4.0, "Ben", "sad"),
        Correction(0.0, 4.0, "Anna", "sad", channel=1),
    )
    found = corrected(base, Correction(1.0, 2.0, "Anna", "happy"))
    assert [(each.start_s, each.end_s, each.annotator, each.label, each.channel) for each in found] == [
        (0.0, 1.0, "Anna", "sad", None),
        (0.0, 4.0, "Anna", "sad", 1),
        (0.0, 4.0, "Ben", "sad", None),
        (1.0, 2.0, "Anna", "happy", None),
        (2.0, 4.0, "Anna", "sad", None),
    ]
    assert without(found, found[3]) == (*found[:3], found[4])


def test_a_claim_replaces_its_opposite_and_is_taken_back_by_itself() -> None:
    chosen = with_claim((AffectClaim.HIGH_AROUSAL,), AffectClaim.NEGATIVE)
    assert with_claim(chosen, AffectClaim.LOW_AROUSAL) == (AffectClaim.LOW_AROUSAL, AffectClaim.NEGATIVE)
    assert with_claim(chosen, AffectClaim.NEGATIVE) == (AffectClaim.HIGH_AROUSAL,)


def test_a_segment_is_not_corrected_by_what_touches_it() -> None:
    said = Correction(0.0, 1.0, "Anna", "sad")
    joined = [Segment(1.0, 2.0, State.SPEECH, "happy", 0.75, -20.0)]
    file = io.StringIO(newline="")
    format_named("segments").start(file, ()).write(
        ExportedRecording("a.wav", "", Timeline(()), joined=joined, corrections=[said])
    )
    assert next(csv.DictReader(io.StringIO(file.getvalue())))["corrections"] == ""
