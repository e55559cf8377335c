from __future__ import annotations

import dataclasses
import json
import os
import shutil
import time
from pathlib import Path

import pytest
from projects import SAID, VOICE, recording, timeline

from ser_desktop.errors import ProjectError
from ser_desktop.project.content import KeptTimeline, Project
from ser_desktop.project.finding import Whereabouts, find_recordings
from ser_desktop.project.store import FILE, read_project, write_project

OPENING_S = 1.0  # the bar for ten hours, on a machine with nothing else to do


@pytest.fixture
def saved(tmp_path: Path) -> Project:
    """A saved project of two recordings that lie beside it."""
    recordings = [recording(tmp_path / "sound" / name) for name in ("a.wav", "b.wav")]
    return write_project(Project(tmp_path / "study.serproject", recordings, shown=1))


def facts(project: Project) -> list[object]:
    found: list[object] = [project.shown]
    for each in project.recordings:
        values = {field.name: getattr(each, field.name) for field in dataclasses.fields(each)}
        values["timelines"] = [
            (part.channel, list(part.read()), part.words.read() if part.words else None, part.voice)
            for part in each.timelines
        ]
        found.append(values)
    return found


def test_a_project_comes_back_as_it_was_saved(saved):
    again = read_project(saved.folder)
    assert facts(again) == facts(saved)
    assert facts(read_project(saved.folder / FILE)) == facts(saved)
    before = {path: path.read_bytes() for path in saved.folder.rglob("*") if path.is_file()}
    write_project(again)
    assert {path: path.read_bytes() for path in saved.folder.rglob("*") if path.is_file()} == before


def test_a_project_tells_which_voice_was_used_and_earlier_ones_do_not(saved):
    (exported,) = read_project(saved.folder).recordings[0].exported()
    assert exported.voice == VOICE
    file = saved.folder / FILE
    content = json.loads(file.read_bytes())
    for each in content["recordings"]:
        del each["timelines"][0]["voice"]
    file.write_text(json.dumps(content))
    (exported,) = read_project(saved.folder).recordings[0].exported()
    assert exported.voice is None


def test_words_of_earlier_versions_are_those_of_the_first_timeline(saved):
    before = facts(saved)
    file = saved.folder / FILE
    content = json.loads(file.read_bytes())
    for each in content["recordings"]:
        each["words"] = each["timelines"][0].pop("words")
        assert each["words"]
    file.write_text(json.dumps(content))
    assert facts(read_project(saved.folder)) == before


def test_a_project_tells_no_place_of_this_computer(saved, tmp_path):
    assert str(tmp_path) not in (saved.folder / FILE).read_text()
    assert '"path": "../sound/a.wav"' in (saved.folder / FILE).read_text()


def test_recordings_are_found_after_both_were_moved_and_renamed(saved, tmp_path):
    other = tmp_path / "elsewhere"
    other.mkdir()
    shutil.move(saved.folder, other)
    (other / "deep").mkdir()
    shutil.move(tmp_path / "sound" / "a.wav", other / "deep" / "renamed.wav")
    found = find_recordings(read_project(other / saved.folder.name))
    assert [each.whereabouts for each in found] == [Whereabouts.MOVED, Whereabouts.MISSING]
    assert found[0].recording.path == other / "deep" / "renamed.wav"
    assert found[0].recording.corrections == SAID


def test_a_changed_recording_is_told_from_a_copied_one(saved, tmp_path):
    os.utime(tmp_path / "sound" / "a.wav", ns=(5, 5))
    (tmp_path / "sound" / "b.wav").write_bytes(b"sound of x.wav")  # of the same length
    os.utime(tmp_path / "sound" / "b.wav", ns=(5, 5))
    opened = read_project(saved.folder)
    quick = [each.whereabouts for each in find_recordings(opened)]
    assert quick == [Whereabouts.UNSURE, Whereabouts.UNSURE]
    exact = [each.whereabouts for each in find_recordings(opened, is_thorough=True)]
    assert exact == [Whereabouts.THERE, Whereabouts.CHANGED]


def test_a_stop_while_saving_leaves_the_former_project(saved):
    changed = dataclasses.replace(saved.recordings[0], timelines=(KeptTimeline(None, timeline=timeline(1.0)),))
    write_project(dataclasses.replace(saved, recordings=[changed]), is_stopped=lambda: True)
    assert facts(read_project(saved.folder)) == facts(saved)
    write_project(dataclasses.replace(saved, recordings=[changed]))
    assert len(list((saved.folder / "timelines").iterdir())) == 1  # what is not needed any more is deleted


def test_a_project_that_another_program_changed_is_not_replaced(saved):
    (saved.folder / FILE).write_text((saved.folder / FILE).read_text().replace("laugh", "sigh"))
    with pytest.raises(ProjectError, match="another program has changed"):
        write_project(saved)
    assert "sigh" in (saved.folder / FILE).read_text()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_cannot_be_written_is_one_sentence(saved):
    saved.folder.chmod(0o500)
    try:
        with pytest.raises(ProjectError, match="cannot be saved"):
            write_project(dataclasses.replace(saved, shown=0))
    finally:
        saved.folder.chmod(0o700)


def test_a_file_in_the_place_of_the_folder_is_one_sentence(saved, tmp_path):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(ProjectError, match="cannot be saved"):
        write_project(dataclasses.replace(saved, folder=tmp_path / "taken", state=""))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"version": 1', '"version": 7', "of version 7; this program reads versions up to 1"),
        ('"version": 1', '"version": "one"', "version"),
        ('"format": "ser-desktop project"', '"format": "other"', "no field “format”"),
        ('"start": 0.0', '"start": -1.0', "start"),
        ('"end": 0.5', '"end": 0.0', "must have a length"),
        ('"label": "angry"', '"label": 5', "label"),
        ('"path": "../sound/a.wav"', '"path": ""', "path"),
        ('"file": "timelines/', '"file": "../../etc/', "holds a character that it must not"),
        ("{", "[", "cannot be read|can read"),
    ],
)
def test_an_edited_project_is_one_sentence(saved, old, new, told):
    file = saved.folder / FILE
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    with pytest.raises(ProjectError, match=told) as caught:
        read_project(saved.folder)
    assert "\n" not in str(caught.value)


def test_a_broken_timeline_costs_only_itself(saved):
    part = saved.recordings[0].timelines[0].file
    for content in (
        b"",
        b"start,end\n1,2\n",
        part.read_bytes()[:-60],
        part.read_bytes().replace(b"0.250", b"0.300", 1),
    ):
        part.write_bytes(content)
        opened = read_project(saved.folder)
        assert opened.recordings[0].corrections == SAID
        with pytest.raises(ProjectError, match="of the project cannot be read"):
            opened.recordings[0].exported()
    part.unlink()
    with pytest.raises(ProjectError, match="is missing"):
        read_project(saved.folder).recordings[0].exported()


def test_where_there_is_no_project_is_told(tmp_path):
    for path in (tmp_path, tmp_path / "nothing", tmp_path / FILE):
        with pytest.raises(ProjectError, match="There is no project at"):
            read_project(path)


def test_ten_hours_open_at_once(tmp_path):
    first = write_project(Project(tmp_path / "hours.serproject", [recording(tmp_path / "0.wav", 3600.0)]))
    others = [recording(tmp_path / f"{number}.wav") for number in range(1, 10)]
    part = first.recordings[0].timelines
    hours = [*first.recordings, *(dataclasses.replace(each, timelines=part) for each in others)]
    saved = write_project(dataclasses.replace(first, recordings=hours))
    before_s = time.process_time()
    opened = read_project(saved.folder)
    assert len(opened.recordings[0].exported()[0].timeline) == 14_400
    find_recordings(opened)
    assert time.process_time() - before_s < OPENING_S
