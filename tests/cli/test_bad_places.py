from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from terminal import CHECKOUT, error_line

SMALL_DISK_KB = 16


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk that is soon full."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK_KB}k", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("only root may mount a small disk, and not everywhere")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_table_in_a_missing_folder_is_refused_before_any_work(run, manifest, spoken, tmp_path):
    table = tmp_path / "nowhere" / "table.csv"
    ran = run("analyze", spoken, "--model", manifest, "--csv", table)
    assert (ran.status, ran.out) == (1, "")
    assert error_line(ran).startswith(f"“{table}” cannot be written (No such file or directory).")


def test_a_table_cannot_be_a_folder(run, manifest, spoken, tmp_path):
    ran = run("analyze", spoken, "--model", manifest, "--csv", tmp_path)
    assert (ran.status, ran.out) == (1, "")
    assert error_line(ran).startswith(f"“{tmp_path}” cannot be written (Is a directory).")


def test_a_table_with_a_name_too_long_is_one_line(run, manifest, spoken, tmp_path):
    ran = run("analyze", spoken, "--model", manifest, "--csv", tmp_path / f"{'long' * 100}.csv")
    assert (ran.status, ran.out) == (1, "")
    assert "cannot be written" in error_line(ran)


def test_a_table_never_replaces_a_recording(run, manifest, spoken, tmp_path):
    first, second = tmp_path / "a.wav", tmp_path / "b.dat"
    for path in (first, second):
        shutil.copy(spoken, path)
    for table, files in ((first, [spoken]), (second, [spoken, second]), (tmp_path / "." / "b.dat", [second])):
        ran = run("analyze", *files, "--model", manifest, "--csv", table)
        assert (ran.status, ran.out) == (1, "")
        assert f"“{table}” is a recording" in error_line(ran)
    assert first.read_bytes() == second.read_bytes() == spoken.read_bytes()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_device_that_is_full_is_one_line(run, manifest, spoken):
    ran = run("analyze", spoken, "--model", manifest, "--csv", "/dev/full", "--quiet")
    assert (ran.status, ran.out) == (1, "")
    assert error_line(ran).startswith("“/dev/full” cannot be written (No space left on device).")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_log_on_a_full_disk_does_not_keep_the_other_recordings_from_the_table(manifest, spoken, tmp_path):
    table = tmp_path / "table.csv"
    with open("/dev/full", "w") as log:  # noqa: PTH123 - a device
        arguments = ["analyze", tmp_path / "none.wav", spoken, "--model", manifest, "--csv", table, "--quiet"]
        ran = subprocess.run([sys.executable, "-m", "ser_desktop", *arguments], cwd=CHECKOUT, stderr=log, check=False)
    assert ran.returncode == 1
    assert table.read_text("utf-8").count(str(spoken)) > 1


def test_on_a_full_disk_the_table_from_before_stays_and_nothing_else(run, manifest, spoken, small_disk):
    table = small_disk / "table.csv"
    table.write_text("from before\n")
    ran = run("analyze", *[spoken] * 10, "--model", manifest, "--csv", table)
    assert ran.status == 1
    assert error_line(ran).startswith(f"“{table}” cannot be written (No space left on device).")
    assert "table" not in ran.out.replace(str(spoken), "").splitlines()[-1]  # it does not say that it wrote one
    assert table.read_text() == "from before\n"
    assert list(small_disk.iterdir()) == [table]


@pytest.mark.skipif(os.name == "nt", reason="an open file has no second name there")
def test_a_table_goes_where_a_link_points(run, manifest, spoken, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    link, table = tmp_path / "link.csv", tmp_path / "elsewhere" / "table.csv"
    link.symlink_to(table)
    assert run("analyze", spoken, "--model", manifest, "--csv", link, "--quiet").status == 0
    assert link.is_symlink()
    assert table.read_text().startswith("file,start,end,")
