"""Which passages of projects are trained on, and with which label."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from projects import LABELS, recording

from ser_desktop.corrections import Correction
from ser_desktop.project.content import KeptTimeline, KeptWords, Project
from ser_desktop.project.store import write_project
from ser_desktop.transcript import Speakers, Turn
from ser_desktop.values import AffectClaim
from training.finetune.passages import MISSING, NO_MAJORITY, ONLY_AFFECT, OTHER_WORD, Annotations, read_annotations

SAID = (
    Correction(0.0, 1.0, "Anna", "angry"),
    Correction(0.1, 1.1, "Ben", "angry"),
    Correction(0.2, 1.2, "Eva", "sad"),
    Correction(2.0, 3.0, "Anna", "happy"),
    Correction(2.0, 3.0, "Ben", "sad"),
    Correction(4.0, 5.0, "Anna", cannot_tell=True),
    Correction(4.0, 5.0, "Ben", "sad"),
    Correction(4.0, 5.0, "Eva", cannot_tell=True),
    Correction(6.0, 7.0, "Anna", claims=(AffectClaim.HIGH_AROUSAL,)),
    Correction(8.0, 9.0, "Anna", "bored"),
    Correction(10.0, 11.0, "Ben", note="a door"),
    Correction(12.0, 13.0, "Eva", "calm"),
)


def written(folder: Path, name: str, said: tuple[Correction, ...] = SAID, sound: str = "talk.wav") -> Path:
    turns = Speakers((Turn(0.0, 8.0, 1), Turn(8.0, 20.0, 2)), {1: "Petra"})
    each = recording(folder / sound, 20.0)
    kept = KeptTimeline(None, timeline=each.timelines[0].read(), words=KeptWords(speakers=turns))
    each = dataclasses.replace(each, corrections=said, timelines=(kept,))
    write_project(Project(folder / name, [each]))
    return folder / name


def read(*projects: Path) -> Annotations:
    return read_annotations(projects, LABELS)


def test_a_passage_has_the_label_of_the_majority_and_all_others_are_counted(tmp_path: Path) -> None:
    found = read(written(tmp_path, "a.serproject"))
    assert [(each.start_s, each.label, each.speaker) for each in found.passages] == [
        (0.05, "angry", "Petra"),
        (12.0, "calm", ""),
    ]
    assert found.left_out == {NO_MAJORITY: 1, "“cannot tell”": 1, ONLY_AFFECT: 1, OTHER_WORD: 1}
    assert found.annotators == 3


def test_a_recording_in_two_projects_is_one(tmp_path: Path) -> None:
    one = written(tmp_path, "a.serproject", (Correction(0.0, 1.0, "Anna", "angry"),))
    other = written(
        tmp_path, "b.serproject", (Correction(0.0, 1.0, "Ben", "angry"), Correction(3.0, 4.0, "Ben", "sad"))
    )
    found = read(one, other)
    assert len(found.channels) == 1
    assert [each.label for each in found.passages] == ["angry", "sad"]
    assert found.annotators == 2


def test_a_missing_recording_is_left_out_and_counted(tmp_path: Path) -> None:
    project = written(tmp_path, "a.serproject")
    (tmp_path / "talk.wav").unlink()
    found = read(project)
    assert not found.passages
    assert found.left_out == {MISSING: 1}
