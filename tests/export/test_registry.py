from __future__ import annotations

import dataclasses
import gc
import io
import zipfile
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ser_desktop.analysis.timeline import Timeline
from ser_desktop.audio.formats import AUDIO_SUFFIXES
from ser_desktop.errors import ExportError
from ser_desktop.export import json_lines, timeline_csv
from ser_desktop.export.format import Content, ExportedRecording, Format
from ser_desktop.export.registry import (
    FORMATS,
    format_named,
    open_export,
    read_export,
    refuse_to_replace,
    write_export,
)
from ser_desktop.values import EmotionScores, State, TimelineEntry

LABELS = ("happy", "sad", "angry")
HOP_S = 0.25
BINARY = 1e-12  # 0.625 - 0.62 is a little more than 0.005
ROUNDING = 5e-7 + BINARY  # of a probability with six decimals
LEVEL_ROUNDING = 5e-3 + BINARY  # of a level with two

READABLE = [each for each in FORMATS if each.read and each.content is Content.TIMELINE]


def timeline(states: list[State], happiness: float = 0.5, level_dbfs: float = -20.0) -> Timeline:
    scores = EmotionScores(LABELS, (happiness, 1.0 - happiness, 0.0))
    made = Timeline(LABELS)
    for index, state in enumerate(states):
        is_scored = state in (State.SPEECH, State.UNCERTAIN)
        made.append(
            TimelineEntry(
                HOP_S * index,
                HOP_S * (index + 1),
                state,
                None if state is State.GAP else level_dbfs,
                scores if is_scored else None,
            )
        )
    return made


def recording(of: Timeline, file: str = "talk.wav") -> ExportedRecording:
    return ExportedRecording(file, "tiny@01234567", of, 16_000, 2)


def test_names_are_unique_and_suffixes_have_a_dot() -> None:
    assert len({each.name for each in FORMATS}) == len(FORMATS)
    assert all(each.suffix.startswith(".") and each.suffix not in AUDIO_SUFFIXES for each in FORMATS)


@pytest.mark.parametrize("chosen", READABLE, ids=[each.name for each in READABLE])
@settings(deadline=None, max_examples=25)
@given(
    states=st.lists(st.sampled_from(list(State)), min_size=1, max_size=12),
    happiness=st.floats(0.0, 1.0),
    level_dbfs=st.floats(-120.0, 20.0),
)
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory,
    chosen: Format,
    states: list[State],
    happiness: float,
    level_dbfs: float,
) -> None:
    path = tmp_path_factory.mktemp("export") / f"talk{chosen.suffix}"
    written = recording(timeline(states, happiness, level_dbfs))
    assert write_export(chosen, path, written) == len(states)
    (found,) = read_export(path)
    assert (found.file, found.model) == (written.file, written.model)
    for one, other in zip(found.timeline, written.timeline, strict=True):
        assert (one.start_s, one.end_s, one.state) == (other.start_s, other.end_s, other.state)
        assert (one.level_dbfs is None) == (other.level_dbfs is None)
        assert one.level_dbfs is None or one.level_dbfs == pytest.approx(other.level_dbfs, abs=LEVEL_ROUNDING)
        assert (one.scores is None) == (other.scores is None)
        assert one.scores is None or one.scores.values == pytest.approx(other.scores.values, abs=ROUNDING)


@pytest.mark.parametrize("chosen", READABLE, ids=[each.name for each in READABLE])
def test_what_is_read_back_is_written_as_the_same_bytes(tmp_path: Path, chosen: Format) -> None:
    path, again = tmp_path / f"talk{chosen.suffix}", tmp_path / f"again{chosen.suffix}"
    write_export(chosen, path, recording(timeline(list(State), 0.123456)))
    (found,) = read_export(path)
    write_export(chosen, again, ExportedRecording(found.file, found.model, found.timeline, 16_000, 2))
    assert again.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("chosen", [each for each in READABLE if each.holds_many], ids=lambda each: each.name)
def test_several_recordings_share_a_file(tmp_path: Path, chosen: Format) -> None:
    path = tmp_path / f"both{chosen.suffix}"
    with open_export(chosen, path, labels=LABELS) as writer:
        writer.write(recording(timeline([State.SPEECH] * 3), "a.wav"))
        writer.write(recording(timeline([State.UNCERTAIN]), "b.wav"))
    assert [(each.file, len(each.timeline)) for each in read_export(path)] == [("a.wav", 3), ("b.wav", 1)]


@pytest.mark.parametrize("chosen", [each for each in READABLE if each.holds_many], ids=lambda each: each.name)
def test_the_channels_of_a_file_are_recordings_of_their_own(tmp_path: Path, chosen: Format) -> None:
    path = tmp_path / f"call{chosen.suffix}"
    channels = {None: 3, 1: 2, 2: 2, 11: 1}
    with open_export(chosen, path, labels=LABELS) as writer:
        for channel, count in channels.items():
            writer.write(dataclasses.replace(recording(timeline([State.SPEECH] * count)), channel=channel))
    assert {each.channel: len(each.timeline) for each in read_export(path)} == channels


FROM_BEFORE = {  # without the channel
    "csv": "file,start,end,state,label,confidence,level_dbfs,p_sad,p_angry,model,app\n"
    "talk.wav,0.000,0.250,speech,sad,0.750000,-20.00,0.750000,0.250000,tiny@01234567,ser-desktop 0.1.0\n",
    "json": '{"file": "talk.wav", "audio": {"rate": 16000, "channels": 2, "seconds": 0.25}, "model": "tiny@01234567", '
    '"summary": {"label": "sad", "confidence": 0.75, "tier": "high", "scores": {"sad": 0.75, "angry": 0.25}}, '
    '"timeline": [{"start": 0.0, "end": 0.25, "state": "speech", "label": "sad", "confidence": 0.75, '
    '"level_dbfs": -20.0, "scores": {"sad": 0.75, "angry": 0.25}}]}\n',
}


@pytest.mark.parametrize("name", FROM_BEFORE)
def test_a_file_from_before_there_were_channels_is_read_as_the_mix(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"talk{format_named(name).suffix}"
    path.write_text(FROM_BEFORE[name], encoding="utf-8", newline="")
    (found,) = read_export(path)
    assert (found.file, found.channel, len(found.timeline)) == ("talk.wav", None, 1)
    assert found.timeline[0].scores == EmotionScores(("sad", "angry"), (0.75, 0.25))


def test_a_json_of_silence_is_read_back_without_labels(tmp_path: Path) -> None:
    path = tmp_path / "silence.json"
    write_export(json_lines.FORMAT, path, recording(timeline([State.NO_SPEECH])))
    (found,) = read_export(path)
    assert found.timeline.labels == ()
    assert (found.rate, found.channels) == (16_000, 2)


GOOD = json_lines.json_line(recording(timeline([State.SPEECH])))


@pytest.mark.parametrize(
    "text",
    ["{}", "[]", "no json", GOOD.replace('"speech"', '"singing"'), GOOD.replace("0.25,", '"soon",'), GOOD[:-1], "\x00"]
    + [GOOD.replace('"mix"', wrong) for wrong in ("0", '"left"', "1.5", "null")],
)
def test_another_json_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "t.json").write_text(text)
    with pytest.raises(ExportError, match=r"t\.json is not a timeline .* Export it again\."):
        read_export(tmp_path / "t.json")


def test_a_table_with_a_hole_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    write_export(timeline_csv.FORMAT, path, recording(timeline([State.SPEECH] * 3)))
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:2] + lines[3:]), encoding="utf-8")
    with pytest.raises(ExportError, match="is not a timeline"):
        read_export(path)


def test_a_file_of_no_known_suffix_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"ends with \.csv, \.json, \.xlsx, .* or \.rttm\."):
        read_export(tmp_path / "t.xyz")


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ExportError, match="no format “xyz”") as error:
        format_named("xyz")
    assert all(each.name in str(error.value) for each in FORMATS)


@pytest.mark.parametrize("suffix", [*AUDIO_SUFFIXES, ".OGA", ".Wav"])
def test_an_existing_recording_is_never_replaced(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"take{suffix}"
    refuse_to_replace(path)  # nothing is there
    path.write_bytes(b"sound")
    with pytest.raises(ExportError, match="is a recording"):
        refuse_to_replace(path)


def test_a_recording_in_use_is_never_replaced_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "take").write_bytes(b"sound")
    (tmp_path / "link.csv").symlink_to(tmp_path / "take")
    with pytest.raises(ExportError, match="is a recording"):
        refuse_to_replace(tmp_path / "link.csv", [tmp_path / "take"])


def test_an_export_that_fails_leaves_the_file_of_before(tmp_path: Path) -> None:
    class Broken:
        def write(self, recording: ExportedRecording) -> int:
            raise OSError("no room")

    broken = Format("broken", ".csv", "", timeline_csv.FORMAT.content, True, lambda _file, _labels: Broken())
    (tmp_path / "t.csv").write_text("before")
    with pytest.raises(ExportError, match="no room"):
        write_export(broken, tmp_path / "t.csv", recording(timeline([State.SPEECH])))
    assert (tmp_path / "t.csv").read_text() == "before"
    assert [each.name for each in tmp_path.iterdir()] == ["t.csv"]


def test_the_bytes_of_json_are_those_of_the_contract() -> None:
    file = io.StringIO(newline="")
    json_lines.FORMAT.start(file, LABELS).write(recording(timeline([State.SPEECH, State.GAP], 0.25)))
    assert file.getvalue() == (
        '{"file": "talk.wav", "audio": {"rate": 16000, "channels": 2, "seconds": 0.5}, "channel": "mix", '
        '"model": "tiny@01234567", "abstain_threshold": null, "voice": null, '
        '"summary": {"label": "sad", "confidence": 0.75, "tier": "high", '
        '"scores": {"happy": 0.25, "sad": 0.75, "angry": 0.0}, "arousal": null, "valence": null, '
        '"affect_seconds": null}, "speakers": null, "transcript": null, '
        '"timeline": [{"start": 0.0, "end": 0.25, "state": "speech", "label": "sad", "confidence": 0.75, '
        '"level_dbfs": -20.0, "scores": {"happy": 0.25, "sad": 0.75, "angry": 0.0}, "arousal": null, "valence": null, '
        '"affect": [], "speaker": null, "voices": null}, '
        '{"start": 0.25, "end": 0.5, "state": "gap", "label": null, "confidence": null, "level_dbfs": null, '
        '"scores": null, "arousal": null, "valence": null, "affect": [], "speaker": null, '
        '"voices": null}]}\n'
    )


class ZipWriter:
    """A member for each recording. The directory of a zip file stands at its end: ``close`` writes it."""

    def __init__(self, file: BinaryIO) -> None:
        self.archive = zipfile.ZipFile(file, "w")

    def write(self, recording: ExportedRecording) -> int:
        self.archive.writestr(recording.file, json_lines.json_line(recording))
        return len(recording.timeline)


ZIPPED = Format(
    name="zip",
    suffix=".zip",
    description="A binary format whose file ends with a footer",
    content=timeline_csv.FORMAT.content,
    holds_many=True,
    start=lambda file, _labels: ZipWriter(file),
    is_binary=True,
    close=lambda writer: writer.archive.close(),
)


def test_a_binary_format_gets_bytes_and_completes_its_file(tmp_path: Path) -> None:
    path = tmp_path / "both.zip"
    with open_export(ZIPPED, path, labels=LABELS) as writer:
        writer.write(recording(timeline([State.SPEECH]), "a.wav"))
        writer.write(recording(timeline([State.GAP]), "b.wav"))
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["a.wav", "b.wav"]
        assert archive.read("a.wav").decode() == json_lines.json_line(recording(timeline([State.SPEECH]), "a.wav"))


@pytest.mark.filterwarnings("error")  # a writer that is not closed complains when it is collected
def test_a_binary_export_that_fails_leaves_the_file_of_before(tmp_path: Path) -> None:
    class FullWriter(ZipWriter):
        def write(self, recording: ExportedRecording) -> int:
            super().write(recording)
            raise OSError("no room")

    full = dataclasses.replace(ZIPPED, start=lambda file, _labels: FullWriter(file))
    (tmp_path / "t.zip").write_bytes(b"before")
    with pytest.raises(ExportError, match="no room"):
        write_export(full, tmp_path / "t.zip", recording(timeline([State.SPEECH])))
    gc.collect()
    assert (tmp_path / "t.zip").read_bytes() == b"before"
    assert [each.name for each in tmp_path.iterdir()] == ["t.zip"]
