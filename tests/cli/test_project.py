from __future__ import annotations

import csv
from pathlib import Path

import pytest
from projects import recording
from terminal import ERROR, Run, runner

from ser_desktop.project.content import Project
from ser_desktop.project.store import write_project


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs the program inside this process."""
    return runner(capfd)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project of two recordings of two seconds."""
    recordings = [recording(tmp_path / name) for name in ("a.wav", "b.wav")]
    return write_project(Project(tmp_path / "study.serproject", recordings)).folder


def test_a_project_is_listed(run, folder, tmp_path):
    (tmp_path / "b.wav").unlink()
    ran = run("project", "list", folder)
    assert ran.out.splitlines() == [
        "study.serproject: 2 recordings",
        "  a.wav: 00:00:02.0, 1 markers, 2 corrections, words",
        "  b.wav: 00:00:02.0, 1 markers, 2 corrections, words, missing",
        "Annotators: Anna, Ben",
    ]
    assert (ran.status, ran.err) == (0, "")


def test_a_check_finds_what_is_missing_changed_or_broken(run, folder, tmp_path):
    assert run("project", "check", folder) == (0, "a.wav: there\nb.wav: there\n", "")
    (tmp_path / "a.wav").write_bytes(b"sound of x.wav")
    (tmp_path / "b.wav").unlink()
    ran = run("project", "check", folder)
    assert ran.status == 1
    told = ran.err.splitlines()
    assert told[0] == f"{ERROR}“a.wav” has changed since the project was saved. Analyse it again."
    assert told[1].startswith(f"{ERROR}“b.wav” is missing.")


def test_a_project_is_exported_as_one_table(run, folder, tmp_path):
    ran = run("project", "export", folder, "--export", f"csv={tmp_path / 'all.csv'}")
    assert (ran.status, ran.out) == (0, f"csv {tmp_path / 'all.csv'}: 16 rows\n")
    with (tmp_path / "all.csv").open(newline="") as file:
        assert [row["file"] for row in csv.DictReader(file)] == ["a.wav"] * 8 + ["b.wav"] * 8


def test_what_is_no_project_is_one_sentence(run, tmp_path):
    ran = run("project", "list", tmp_path)
    assert (ran.status, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert ran.err.startswith(f"{ERROR}There is no project at")
