"""Saving a project: killed at any moment, by two programs at once, and after its files have gone."""

from __future__ import annotations

import dataclasses
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from projects import recording, timeline

from ser_desktop.errors import ProjectError
from ser_desktop.project.content import KeptTimeline, Project
from ser_desktop.project.store import FILE, LOCK, read_project, write_project

KILLS, LONGEST_S = 5, 0.4
ROOT = Path(__file__).parents[2]
SAVING = """
import dataclasses, sys
from pathlib import Path
from projects import timeline
from ser_desktop.project.content import KeptTimeline
from ser_desktop.project.store import read_project, write_project
project, number = read_project(Path(sys.argv[1])), int(sys.argv[2])
print("ready", flush=True)
while True:
    number += 1
    parts = (KeptTimeline(None, timeline=timeline(60.0 * (1 + number % 40))),)
    first = dataclasses.replace(project.recordings[0], note=str(number), timelines=parts)
    project = write_project(dataclasses.replace(project, recordings=[first, project.recordings[1]]))
    print(number, flush=True)
"""


@pytest.fixture
def saved(tmp_path: Path) -> Project:
    recordings = [recording(tmp_path / "sound" / name) for name in ("a.wav", "b.wav")]
    first = dataclasses.replace(recordings[0], note="0", timelines=(KeptTimeline(None, timeline=timeline(60.0)),))
    return write_project(Project(tmp_path / "study.serproject", [first, recordings[1]]))


def test_a_kill_at_any_moment_loses_no_save(saved: Project) -> None:
    chance, told = random.Random(5), 0
    for _ in range(KILLS):
        path = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
        process = subprocess.Popen(
            [sys.executable, "-c", SAVING, str(saved.folder), str(told)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": path},
        )
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        time.sleep(LONGEST_S * chance.random())  # the moment of the kill, not a wait for something
        process.send_signal(signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
        numbers = process.communicate()[0].split()
        told = int(numbers[-1]) if numbers else told
        opened = read_project(saved.folder)
        found = int(opened.recordings[0].note)
        assert found in (told, told + 1)  # the last one that was told, or the one in work
        assert len(opened.recordings[0].exported()[0].timeline) == 240 * (1 + found % 40)
        assert opened.recordings[1].exported()[0].transcript
        told = found
    assert told > 0
    write_project(dataclasses.replace(read_project(saved.folder), shown=1))
    assert not list(saved.folder.rglob("*.ser-part"))
    assert len(list((saved.folder / "timelines").iterdir())) == 2


def test_what_is_in_memory_is_written_anew_after_the_folder_has_gone(saved: Project) -> None:
    for each in saved.recordings:
        each.exported()  # as the window has them
    shutil.rmtree(saved.folder)
    write_project(saved)
    opened = read_project(saved.folder)
    assert [list(each.exported()[0].timeline) for each in opened.recordings] == [
        list(each.exported()[0].timeline) for each in saved.recordings
    ]


def test_of_two_programs_that_save_at_once_one_is_refused_and_nothing_is_lost(saved: Project) -> None:
    one, other = read_project(saved.folder), read_project(saved.folder)
    noted = dataclasses.replace(one.recordings[1], note="mine")
    write_project(dataclasses.replace(one, recordings=[one.recordings[0], noted]))
    with pytest.raises(ProjectError, match="another program has changed since"):
        write_project(dataclasses.replace(other, shown=1))
    assert read_project(saved.folder).recordings[1].note == "mine"


def test_a_save_waits_for_that_of_another_program(saved: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    from filelock import FileLock

    monkeypatch.setattr("ser_desktop.project.store.WAITING_S", 0.1)
    before = (saved.folder / FILE).read_bytes()
    with FileLock(saved.folder / LOCK), pytest.raises(ProjectError, match="Another program is saving"):
        write_project(dataclasses.replace(saved, shown=1))
    assert (saved.folder / FILE).read_bytes() == before
    write_project(dataclasses.replace(saved, shown=1))
    assert read_project(saved.folder).shown == 1
