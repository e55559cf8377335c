"""What the formats of other programs hold comes back; files that are broken or a trap are one sentence."""

from __future__ import annotations

import dataclasses
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from passages import MARKERS, SAID, SETTINGS, SHA256, WHO, claimed, long_recording, recording

from ser_desktop.errors import ExportError
from ser_desktop.export.format import Content, ExportedRecording, Format
from ser_desktop.export.registry import (
    FORMATS,
    format_named,
    marker_suffixes,
    open_export,
    read_export,
    read_markers,
    write_export,
)
from ser_desktop.transcript import Speakers, Turn
from ser_desktop.values import Marker, Segment, State, VoiceUse

WHOLE = ("textgrid", "eaf", "svl", "jams")  # hold all passages and the markers
OWN = (*WHOLE, "webvtt", "emotionml")  # passages come back from these
OTHERS = [each for each in FORMATS if each.read and each.content is not Content.TIMELINE]
TIMELINES = ("xlsx", "parquet", "feather")
OTHER_CONTENT = [b"", b"\x00" * 100, b"{}", b"<a/>", b"RIFF\x24\x00\x00\x00WAVEfmt ", "ä".encode("utf-16")]
DAMAGED = {"feather": 300}  # a damaged offset crashed pyarrow
NAMES = ["plain.wav", "=1+1.wav", "a\nb\tc.wav", "Größe 😀.wav", "<&\"'>--].wav", "-->.wav", "\x01.wav", ""]


def written(tmp_path: Path, name: str, made: ExportedRecording | None = None) -> Path:
    chosen = format_named(name)
    path = tmp_path / f"talk{chosen.suffix}"
    write_export(chosen, path, recording() if made is None else made)
    return path


@pytest.mark.parametrize("name", WHOLE)
def test_passages_and_markers_come_back_with_their_provenance(tmp_path: Path, name: str) -> None:
    (found,) = read_export(written(tmp_path, name))
    expected = recording()
    assert list(found.segments) == list(expected.segments)
    assert tuple(found.markers) == MARKERS
    for field in ("file", "model", "rate", "channels", "channel", "settings", "sha256"):
        assert getattr(found, field) == getattr(expected, field)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("webvtt", claimed),
        ("emotionml", lambda joined: [each for each in joined if each.label]),
    ],
)
def test_a_format_without_silence_keeps_the_other_passages(
    tmp_path: Path, name: str, kept: Callable[[list[Segment]], list[Segment]]
) -> None:
    (found,) = read_export(written(tmp_path, name))
    assert list(found.segments) == kept(list(recording().segments))
    assert (found.file, found.settings, found.sha256, found.channel) == (recording().file, SETTINGS, SHA256, 2)


def test_a_table_of_passages_comes_back_for_each_recording(tmp_path: Path) -> None:
    path, made = tmp_path / "passages.csv", recording("a.wav")
    with open_export(format_named("segments"), path, labels=()) as writer:
        writer.write(made)
        writer.write(dataclasses.replace(made, channel=1))
    second, first = read_export(path)
    assert list(first.segments) == list(second.segments) == list(made.segments)
    assert (first.file, first.model, first.channel, second.channel) == ("a.wav", "tiny@01234567", 1, 2)


@pytest.mark.parametrize("name", TIMELINES)
def test_a_typed_table_holds_the_exact_numbers_and_the_provenance(tmp_path: Path, name: str) -> None:
    odd = long_recording(300)
    (found,) = read_export(written(tmp_path, name, dataclasses.replace(odd, channel=3)))
    assert list(found.timeline) == list(odd.timeline)
    assert (found.rate, found.channels, found.channel) == (16_000, 1, 3)
    assert (found.settings, found.sha256) == (SETTINGS, SHA256)


@pytest.mark.parametrize("name", [*OWN, *TIMELINES, "json"])
def test_which_speaker_had_which_voice_comes_back(tmp_path: Path, name: str) -> None:
    voices = VoiceUse(speakers={1: VoiceUse("Anna “B.”", 0.0), 2: VoiceUse(None, 31.5), 3: VoiceUse()})
    (found,) = read_export(written(tmp_path, name, dataclasses.replace(recording(), voice=voices)))
    assert found.voice == voices


@pytest.mark.parametrize("name", TIMELINES)
def test_a_table_tells_the_voice_of_the_recording(tmp_path: Path, name: str) -> None:
    voice = VoiceUse("Anna", 0.0)
    (found,) = read_export(written(tmp_path, name, dataclasses.replace(recording(), voice=voice)))
    assert found.voice == voice


@pytest.mark.parametrize("name", [*OWN, *TIMELINES, "excel"])
@pytest.mark.parametrize("file", NAMES)
def test_any_name_of_a_recording_can_be_written(tmp_path: Path, name: str, file: str) -> None:
    (found,) = read_export(written(tmp_path, name, recording(file)))
    if "\x01" not in file or name in ("parquet", "feather"):  # XML and cells of a workbook hold no such character
        assert found.file == file


@pytest.mark.parametrize("name", ["textgrid", "eaf", "webvtt"])
def test_what_was_said_comes_back_with_the_time_of_each_word(tmp_path: Path, name: str) -> None:
    (found,) = read_export(written(tmp_path, name))
    assert found.transcript == SAID
    assert name == "webvtt" or found.speakers == WHO


def test_a_file_without_words_has_none_when_it_is_read(tmp_path: Path) -> None:
    mute = dataclasses.replace(recording(), transcript=None, speakers=None)
    for name in ("textgrid", "eaf", "webvtt"):
        (found,) = read_export(written(tmp_path, name, mute))
        assert (found.transcript, found.speakers) == (None, None)


def test_subtitles_hold_the_words_with_what_is_claimed_of_them(tmp_path: Path) -> None:
    text = written(tmp_path, "webvtt").read_text(encoding="utf-8")
    assert "<v Speaker 1><c.angry>No <00:00:00.500>way,</c>" in text
    assert "<v Anna Bär>" in text
    assert "<c.angry>angry, 75 %</c>" in text
    assert "&lt;I&gt; <00:00:01.125>say" in text
    plain = written(tmp_path, "srt").read_text(encoding="utf-8")
    assert "[angry, 75 %] Speaker 1: No way," in plain
    assert "[excited, unpleasant] Anna Bär:" in plain  # SubRip has no way to write “<”


def test_turns_of_several_recordings_come_back_from_one_file(tmp_path: Path) -> None:
    path, other = tmp_path / "turns.rttm", Speakers((Turn(0.0, 2.5, 3),))
    with open_export(format_named("rttm"), path, labels=()) as writer:
        writer.write(recording("my talks/a b.wav"))
        writer.write(dataclasses.replace(recording("c.wav"), speakers=other))
    assert "SPEAKER a%20b.wav 2 0.250 0.625 <NA> <NA> Speaker%201 <NA> <NA>" in path.read_text()
    first, second = read_export(path)
    assert (first.file, second.file) == ("a b.wav", "c.wav")
    assert (first.speakers, second.speakers) == (WHO, other)


def test_turns_of_other_programs_are_read(tmp_path: Path) -> None:
    path = tmp_path / "their.rttm"
    path.write_text(
        ";; made elsewhere\nSPKR-INFO x 1 <NA> <NA> <NA> unknown B <NA>\n"
        "SPEAKER x 1 3.5 1.25 <NA> <NA> B <NA>\nSPEAKER x 1 1.0 2 <NA> <NA> A <NA> <NA>\n"
    )
    (found,) = read_export(path)
    assert found.speakers == Speakers((Turn(1.0, 3.0, 1), Turn(3.5, 4.75, 2)), {1: "A", 2: "B"})


def test_unknown_speakers_are_a_sentence_not_an_empty_file(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"The speakers of “a.wav” are not known\. Find them first"):
        written(tmp_path, "rttm", dataclasses.replace(recording("a.wav"), speakers=None))
    assert not (tmp_path / "talk.rttm").exists()


@pytest.mark.parametrize("name", WHOLE)
def test_what_is_read_back_is_written_as_the_same_bytes(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, name)
    (found,) = read_export(path)
    again = dataclasses.replace(found, timeline=recording().timeline)  # whose labels are the vocabulary
    first = path.read_bytes()
    write_export(format_named(name), path, again)
    assert path.read_bytes() == first


@pytest.mark.parametrize("chosen", OTHERS, ids=[each.name for each in OTHERS])
def test_the_labels_of_each_format_come_back_as_markers(tmp_path: Path, chosen: Format) -> None:
    if chosen.content is Content.SPEAKERS:
        with pytest.raises(ExportError, match="of no format that can be read"):
            read_markers(written(tmp_path, chosen.name))
        return
    found = read_markers(written(tmp_path, chosen.name))
    if chosen.name in ("audacity", *WHOLE):
        assert tuple(found) == MARKERS
    elif chosen.name in ("srt", "sv-csv"):  # which hold no markers: their own labels
        assert {"[angry, 75 %] Speaker 1: No way,", "angry"} & {each.label for each in found}
    else:
        assert found == []


def test_every_suffix_with_labels_is_offered_once() -> None:
    assert marker_suffixes() == [".csv", ".TextGrid", ".eaf", ".txt", ".svl", ".vtt", ".srt", ".jams", ".emotionml"]


def test_without_pyarrow_a_sentence_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, "parquet")
    before = path.read_bytes()
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    for name in ("parquet", "feather"):
        with pytest.raises(ExportError, match=r"needs the package pyarrow.*pip install 'ser-desktop\[parquet\]'"):
            written(tmp_path, name)
        with pytest.raises(ExportError, match="needs the package pyarrow"):
            read_export(tmp_path / f"talk.{name}")
    assert path.read_bytes() == before


@pytest.mark.parametrize("chosen", [*OTHERS, *(format_named(name) for name in (*TIMELINES, "excel"))])
def test_damaged_files_are_refused_or_read_but_never_crash(tmp_path: Path, chosen: Format) -> None:
    path = written(tmp_path, chosen.name)
    whole, chance, longest = path.read_bytes(), random.Random(1), 0
    for _ in range(DAMAGED.get(chosen.name, 30)):
        damaged = bytearray(whole[: chance.randrange(len(whole))] if chance.random() < 0.5 else whole)
        for _ in range(chance.randrange(1, 6)):
            if damaged:
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path.write_bytes(damaged)
        try:
            read_export(path)
        except ExportError as error:
            longest = max(longest, len(str(error)))
    assert longest < 600


@pytest.mark.parametrize("chosen", [*OTHERS, *(format_named(name) for name in (*TIMELINES, "excel"))])
@pytest.mark.parametrize(
    "content", [b"", b"\x00" * 100, b"{}", b"<a/>", b"RIFF\x24\x00\x00\x00WAVEfmt ", "ä".encode("utf-16")]
)
def test_what_is_another_file_is_refused_with_its_name(tmp_path: Path, chosen: Format, content: bytes) -> None:
    path = tmp_path / f"other{chosen.suffix}"
    path.write_bytes(content)
    if chosen.name == "audacity" and not content:
        assert read_export(path)[0].markers == []
        return
    with pytest.raises(ExportError, match=r"other"):
        read_export(path)


@pytest.mark.parametrize("chosen", OTHERS, ids=[each.name for each in OTHERS])
def test_a_missing_file_is_named(tmp_path: Path, chosen: Format) -> None:
    with pytest.raises(ExportError, match="No such file"):
        read_export(tmp_path / f"absent{chosen.suffix}")


XML = [("eaf", "ANNOTATION_DOCUMENT"), ("svl", "sv"), ("emotionml", "emotionml")]
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{}]>'.format(
    "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n else str()};" * 10}">' for n in range(9))
)
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(("name", "root"), XML)
@pytest.mark.parametrize("trap", [BOMB, EXTERNAL])
def test_entities_are_refused(tmp_path: Path, name: str, root: str, trap: str) -> None:
    path = tmp_path / f"trap.{name}"
    path.write_text(f"<?xml version='1.0'?>{trap}<{root}>&a;</{root}>")
    with pytest.raises(ExportError, match="declares entities"):
        read_export(path)


@pytest.mark.parametrize(("name", "edit"), [
    ("textgrid", lambda text: text.replace('text = "speech"', 'text = "singing"')),
    ("textgrid", lambda text: text.replace("xmin = 0.25 ", "xmin = 0.2 ")),
    ("eaf", lambda text: text.replace(">speech<", ">singing<")),
    ("eaf", lambda text: text.replace('TIME_VALUE="250"', 'TIME_VALUE="900"')),
    ("svl", lambda text: text.replace('frame="4000"', 'frame="3999"')),
    ("svl", lambda text: text.replace('sampleRate="16000"', 'sampleRate="0"')),
    ("jams", lambda text: text.replace('"time": 0.25', '"time": 0.24')),
    ("jams", lambda text: text.replace('"level_dbfs=-20.50",', "")),
    ("webvtt", lambda text: text.replace("00:00:00.750 -->", "00:00:00.740 -->")),
    ("emotionml", lambda text: text.replace("#t=0.75", "#t=0.74")),
    ("emotionml", lambda text: text.replace('role="expressedBy"', "").replace("#t=", "#x=")),
])  # fmt: skip
def test_passages_that_overlap_or_make_no_sense_are_refused(
    tmp_path: Path, name: str, edit: Callable[[str], str]
) -> None:
    path = written(tmp_path, name)
    text = path.read_text(encoding="utf-8")
    assert edit(text) != text
    path.write_text(edit(text), encoding="utf-8")
    with pytest.raises(ExportError, match=r"cannot be read as .* \(.+\)\. Save or export it again"):
        read_export(path)


@pytest.mark.parametrize("name", ["textgrid", "eaf", "jams", "xlsx"])
def test_an_hour_is_written_in_two_seconds(tmp_path: Path, name: str) -> None:
    made = long_recording(3600)
    begin_s = time.process_time()
    written(tmp_path, name, made)
    assert time.process_time() - begin_s < 6.0  # three times the target, for a busy machine


def test_several_recordings_share_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "both.xlsx"
    with open_export(format_named("xlsx"), path, labels=recording().timeline.labels) as writer:
        writer.write(recording("a.wav"))
        writer.write(dataclasses.replace(recording("b.wav"), channel=None, sha256=None))
    first, second = read_export(path)
    assert (first.file, first.sha256, second.file, second.sha256) == ("a.wav", SHA256, "b.wav", None)


def test_a_marker_of_a_recording_without_timeline_is_kept(tmp_path: Path) -> None:
    empty = dataclasses.replace(recording(), joined=[], markers=[Marker(99.5, "late")])
    (found,) = read_export(written(tmp_path, "textgrid", empty))
    assert list(found.markers) == [Marker(99.5, "late")]


def test_a_passage_without_length_in_milliseconds_is_left_out_by_elan(tmp_path: Path) -> None:
    short = Segment(1.75, 1.7502, State.NO_SPEECH, None, None, -60.0)
    made = recording()
    (found,) = read_export(written(tmp_path, "eaf", dataclasses.replace(made, joined=[*made.segments, short])))
    assert list(found.segments) == list(made.segments)
