"""What each format looks like to others: texts of small recordings, files of other programs, and schemas."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest
import xmlschema
from passages import LABELS, MARKERS, long_recording, recording

from ser_desktop.errors import ExportError
from ser_desktop.export.format import ExportedRecording
from ser_desktop.export.registry import format_named, read_export, read_markers, write_export
from ser_desktop.values import Marker

SCHEMAS = Path(__file__).parent / "schemas"
LONG_TEXTGRID = """File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 2.5
tiers? <exists>
size = 2
item []:
    item [1]:
        class = "IntervalTier"
        name = "words"
        xmin = 0
        xmax = 2.5
        intervals: size = 3
        intervals [1]:
            xmin = 0
            xmax = 0.5
            text = ""
        intervals [2]:
            xmin = 0.5
            xmax = 1
            text = "Grüße ""an"" alle"
        intervals [3]:
            xmin = 1
            xmax = 2.5
            text = "two
lines"
    item [2]:
        class = "TextTier"
        name = "clicks"
        xmin = 0
        xmax = 2.5
        points: size = 1
        points [1]:
            number = 0.75
            mark = "click"
"""
SHORT_TEXTGRID = """File type = "ooTextFile"
Object class = "TextGrid"

0
2.5
<exists>
1
"IntervalTier"
"words"
0
2.5
2
0
0.5
""
0.5
2.5
"Grüße"
"""


def written(tmp_path: Path, name: str, made: ExportedRecording | None = None) -> Path:
    chosen = format_named(name)
    path = tmp_path / f"talk{chosen.suffix}"
    write_export(chosen, path, recording() if made is None else made)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "utf-16-be-bom"])
def test_a_textgrid_of_praat_is_read_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    name = encoding.removesuffix("-bom")
    text = LONG_TEXTGRID if name == encoding else f"\ufeff{LONG_TEXTGRID}"
    (tmp_path / "t.TextGrid").write_bytes(text.encode(name))
    assert read_markers(tmp_path / "t.TextGrid") == [
        Marker(0.5, 'words: Grüße "an" alle'),
        Marker(0.75, "clicks: click"),
        Marker(1.0, "words: two\nlines"),
    ]


def test_a_short_textgrid_is_read_and_one_tier_needs_no_name(tmp_path: Path) -> None:
    (tmp_path / "t.textgrid").write_text(SHORT_TEXTGRID, encoding="utf-8")
    assert read_markers(tmp_path / "t.textgrid") == [Marker(0.5, "Grüße")]


def test_a_tier_that_was_added_in_praat_comes_back_beside_the_passages(tmp_path: Path) -> None:
    path = written(tmp_path, "textgrid")
    path.write_text(path.read_text(encoding="utf-8").replace('name = "markers"', 'name = "notes"'), encoding="utf-8")
    (found,) = read_export(path)
    assert len(found.segments) == len(recording().segments)
    assert [each.label for each in found.markers] == [each.label for each in MARKERS]


@pytest.mark.parametrize("size", [50_000_001])
def test_a_huge_file_is_refused_before_it_is_parsed(tmp_path: Path, size: int) -> None:
    with (tmp_path / "huge.TextGrid").open("wb") as file:
        file.truncate(size)
    with pytest.raises(ExportError, match="more than 50 MB"):
        read_export(tmp_path / "huge.TextGrid")


@pytest.mark.parametrize(("name", "schema"), [("eaf", "eaf.xsd"), ("emotionml", "emotionml.xsd")])
@pytest.mark.parametrize("made", [recording(), recording("", markers=()), long_recording(300)])
def test_xml_is_valid_by_the_schema_of_its_format(
    tmp_path: Path, name: str, schema: str, made: ExportedRecording
) -> None:
    xmlschema.XMLSchema(SCHEMAS / schema).validate(written(tmp_path, name, made))


def test_the_schema_refuses_what_the_standard_does_not_allow(tmp_path: Path) -> None:
    path = written(tmp_path, "emotionml")
    path.write_text(path.read_text(encoding="utf-8").replace("expressedBy", "saidBy"), encoding="utf-8")
    with pytest.raises(xmlschema.XMLSchemaValidationError):
        xmlschema.XMLSchema(SCHEMAS / "emotionml.xsd").validate(path)


def test_elan_finds_the_recording_and_the_emotions_to_choose_from(tmp_path: Path) -> None:
    text = written(tmp_path, "eaf", recording("talk 1.wav")).read_text(encoding="utf-8")
    assert 'RELATIVE_MEDIA_URL="./talk 1.wav" MIME_TYPE="audio/x-wav"' in text
    assert f'MEDIA_URL="{Path("talk 1.wav").absolute().as_uri()}"' in text
    assert all(f">{label.replace('&', '&amp;')}</CVE_VALUE>" in text for label in LABELS)


def test_a_subtitle_has_the_emotion_as_class_and_word(tmp_path: Path) -> None:
    text = written(tmp_path, "webvtt").read_text(encoding="utf-8")
    assert text.startswith("WEBVTT\n\nNOTE ser-desktop {")
    assert "00:00:00.250 --> 00:00:00.750\n<c.angry>angry, 75 %</c>\n" in text
    assert "\n<c.sad___tired>sad &amp; tired, 88 %</c>\n" in text
    assert "\n<c.high_arousal.negative>excited, unpleasant</c>\n" in text


def test_subtitles_are_numbered_and_have_commas(tmp_path: Path) -> None:
    text = written(tmp_path, "srt").read_text(encoding="utf-8")
    assert text.startswith("1\n00:00:00,250 --> 00:00:00,750\n[angry, 75 %] Speaker 1: No way,\n\n2\n")


def test_subtitles_of_others_are_markers(tmp_path: Path) -> None:
    cue = "00:01:02.500 --> 00:01:04.000\n<v Eva>Good <b>morning</b> &amp; hello</v>\n"
    (tmp_path / "a.vtt").write_text(f"WEBVTT\n\n{cue}", encoding="utf-8")
    (tmp_path / "a.srt").write_text(f"\ufeff1\r\n{cue.replace('.', ',')}", encoding="utf-8")
    for name in ("a.vtt", "a.srt"):
        assert read_markers(tmp_path / name) == [Marker(62.5, "Good morning & hello")]


@pytest.mark.parametrize(
    "text", ["0.5,first\n1.5,second\n", "TIME,LABEL\n0.5,first\n1.5,second\n", "0.5,0.1,2.0,first\n1.5,7,1.0,second\n"]
)
def test_a_table_of_sonic_visualiser_is_read_with_any_columns(tmp_path: Path, text: str) -> None:
    (tmp_path / "layer.csv").write_text(text)
    assert read_markers(tmp_path / "layer.csv") == [Marker(0.5, "first"), Marker(1.5, "second")]


def test_jams_has_moods_from_minus_one_to_one(tmp_path: Path) -> None:
    described = json.loads(written(tmp_path, "jams").read_text(encoding="utf-8"))
    moods = next(each for each in described["annotations"] if each["namespace"] == "mood_thayer")
    assert moods["data"][0] == {"time": 0.25, "duration": 0.5, "value": [-0.5, 0.75], "confidence": None}
    assert set(described["annotations"][0]) == {
        *("namespace", "annotation_metadata", "data", "sandbox", "time", "duration")
    }


def test_jams_of_others_gives_its_values_as_markers(tmp_path: Path) -> None:
    observations = [{"time": 1.0, "duration": 0.5, "value": value, "confidence": None} for value in ("verse", 3)]
    dense = {"time": [0.0], "duration": [0.1], "value": [440.0], "confidence": [None]}
    annotations = [
        {"namespace": "segment_open", "annotation_metadata": {}, "data": observations},
        {"namespace": "pitch_contour", "annotation_metadata": {}, "data": dense},
    ]
    (tmp_path / "a.jams").write_text(json.dumps({"file_metadata": {}, "annotations": annotations, "sandbox": {}}))
    assert read_markers(tmp_path / "a.jams") == [Marker(1.0, "verse"), Marker(1.0, "3")]


def test_cells_that_look_like_formulas_and_addresses_are_text(tmp_path: Path) -> None:
    name = '=HYPERLINK("http://x","y")'
    book = openpyxl.load_workbook(written(tmp_path, "xlsx", recording(name)))
    assert book.sheetnames == ["timeline", "passages", "summary", "about"]
    for sheet in ("timeline", "passages", "summary", "about"):
        cell = book[sheet]["A2"]
        assert (cell.value, cell.data_type, cell.hyperlink) == (name, "s", None)
    assert isinstance(book["timeline"]["B3"].value, float)
    assert book["about"]["B2"].value == "tiny@01234567"


def test_the_summary_of_a_workbook_is_the_mean_of_the_timeline(tmp_path: Path) -> None:
    made = recording("talk.wav")
    sheet = openpyxl.load_workbook(written(tmp_path, "xlsx", made))["summary"]
    names, values = ([cell.value for cell in row] for row in sheet.iter_rows(max_row=2))
    row = dict(zip(names, values, strict=True))
    mean = made.timeline.summary()
    assert mean is not None
    assert row["label"] == mean.scores.top
    assert row["confidence"] == pytest.approx(mean.scores.confidence)
    assert (row["speech (s)"], row["high arousal (s)"]) == (1.25, 0.75)


def test_a_bomb_of_a_workbook_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, "xlsx")
    monkeypatch.setattr("ser_desktop.export.workbook.MAX_BYTES", 1000)
    with pytest.raises(ExportError, match="unpacks to more than"):
        read_export(path)


def test_more_entries_than_a_sheet_holds_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ser_desktop.export.workbook.MAX_ROWS", 5)
    with pytest.raises(ExportError, match="holds 5 rows, and there are more entries"):
        written(tmp_path, "xlsx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["=1+1.wav", "'quoted'.wav", "-a.wav", "@b.wav", "plain;b.wav"])
def test_the_table_for_excel_has_commas_and_no_formulas(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, "excel", recording(name))
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbffile;start;end;")
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert not rows[1]["file"].startswith(("=", "-", "@"))
    assert (rows[1]["start"], rows[1]["level_dbfs"], rows[1]["p_angry"]) == ("0,250", "-20,50", "0,750000")
    assert read_export(path)[0].file == name


def test_a_layer_that_sonic_visualiser_wrote_is_read(tmp_path: Path) -> None:
    saved = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE sonic-visualiser>
<sv>
  <data>
    <model id="2" name="" sampleRate="16000" start="0" end="32000" type="sparse" dimensions="1" resolution="1"
      notifyOnAdd="true" dataset="1" />
    <dataset id="1" dimensions="1">
      <point frame="8000" label="New Point" />
    </dataset>
  </data>
  <display>
    <layer id="5" type="timeinstants" name="Time Instants" model="2" plotStyle="0" colourName="Purple" />
  </display>
</sv>
"""
    (tmp_path / "saved.svl").write_text(saved)
    assert read_markers(tmp_path / "saved.svl") == [Marker(0.5, "New Point")]
