"""Batches as a user starts them: results, failures, stops and kills."""

from __future__ import annotations

import contextlib
import csv
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import soundfile
from terminal import CHECKOUT, finish, start_program

from ser_desktop.batch.messages import BatchSettings, Outcome, Task, path_text
from ser_desktop.batch.plan import find_tasks
from ser_desktop.batch.pool import Pool
from ser_desktop.errors import SettingsError
from ser_desktop.export.registry import read_export

SECONDS = 3
KILLS = 2
PATIENCE_S = 60.0
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture(scope="module")
def talks(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with eight recordings of different speech, two of them stereo, and one file that is no recording."""
    folder = tmp_path_factory.mktemp("talks")
    (folder / "more").mkdir()
    sound, rate = soundfile.read(demo, dtype="int16")
    for index in range(8):
        piece = sound[index * SECONDS * rate : (index + 1) * SECONDS * rate]
        path = folder / ("more" if index % 2 else ".") / f"talk {index}.wav"
        soundfile.write(path, piece if index < 6 else piece[:, None].repeat(2, axis=1), rate)
    (folder / "broken.wav").write_bytes(b"no sound")
    return folder


def exports_in(folder: Path) -> dict[str, bytes]:
    """The exports and tables of a batch, without its journal, whose order is that of the processes."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith((".batch", "batch."))]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def whole(talks: Path, manifest: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a batch that nothing interrupted."""
    out = tmp_path_factory.mktemp("whole")
    ran = finish(start_batch(talks, out, manifest, "--workers", "2"))
    assert ran.status == 1, ran.err
    return out


def start_batch(talks: Path, out: Path, manifest: Path, *more: str):
    return start_program(
        "batch", talks, "--out", out, "--formats", "csv,textgrid", "--model", manifest, *more, cwd=talks.parent
    )


def test_each_recording_has_its_exports_and_its_row_in_the_summary(whole: Path) -> None:
    names = [f"{'more/' if index % 2 else ''}talk {index}" for index in range(8)]
    assert set(exports_in(whole)) == {
        *(f"{name}{suffix}" for name in names for suffix in (".csv", ".TextGrid")),
        *("summary.csv", "failures.csv"),
    }
    summary = rows(whole / "summary.csv")
    assert [row["file"] for row in summary] == sorted(f"{name}.wav" for name in names)
    for row in summary:
        (found,) = read_export(whole / row["file"].replace(".wav", ".csv"))
        mean = found.timeline.summary()
        assert float(row["seconds"]) == pytest.approx(SECONDS, abs=0.01)
        assert row["label"] == (mean.scores.top if mean else "")
        assert mean is None or float(row["confidence"]) == pytest.approx(mean.scores.confidence, abs=2e-6)


def test_a_table_of_the_batch_is_what_analyze_writes(whole: Path, talks: Path, manifest: Path, tmp_path) -> None:
    table = tmp_path / "t.csv"
    talk = talks / "more" / "talk 1.wav"
    assert finish(start_program("analyze", talk, "--model", manifest, "--csv", table, "--quiet")).status == 0
    alone = table.read_text(encoding="utf-8").replace(str(talks / "more" / "talk 1.wav"), "more/talk 1.wav")
    assert (whole / "more" / "talk 1.csv").read_text(encoding="utf-8") == alone


def test_what_failed_is_in_a_table_with_its_reason(whole: Path) -> None:
    (row,) = rows(whole / "failures.csv")
    assert (row["file"], row["what"]) == ("broken.wav", "failed")
    assert "is not a recording in a known format" in row["reason"]


def test_a_second_run_does_nothing_twice(whole: Path, talks: Path, manifest: Path, run) -> None:
    before = {path: path.stat().st_mtime_ns for path in whole.rglob("talk*")}
    journal = (whole / "batch.jsonl").read_bytes()
    ran = run("batch", talks, "--out", whole, "--formats", "csv,textgrid", "--model", manifest)
    assert ran.status == 1
    assert ran.out.startswith("8 of 9 recordings, 0.01 hours: ")
    assert f"broken.wav: “{talks / 'broken.wav'}” is not" in ran.out
    assert {path: path.stat().st_mtime_ns for path in whole.rglob("talk*")} == before
    assert (whole / "batch.jsonl").read_bytes() == journal


def test_only_what_is_new_or_repaired_is_analysed(talks: Path, manifest: Path, run, tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "a.wav").write_bytes((talks / "talk 0.wav").read_bytes())
    (folder / "b.wav").write_bytes(b"no sound")
    arguments = ("batch", folder, "--out", out, "--model", manifest, "--workers", "1")
    assert run(*arguments).status == 1
    first = (out / "a.csv").stat().st_mtime_ns
    (folder / "b.wav").write_bytes((talks / "talk 2.wav").read_bytes())
    assert run(*arguments).status == 0
    assert (out / "a.csv").stat().st_mtime_ns == first
    assert (out / "b.csv").exists()
    assert not (out / "failures.csv").exists()


def test_what_a_killed_batch_was_writing_is_removed_by_the_next_one(talks: Path, manifest: Path, run, tmp_path) -> None:
    left = tmp_path / "more" / ".talk 1.csv.00000000.ser-part"
    left.parent.mkdir()
    left.write_text("half a table")
    assert run("batch", talks, "--match", "talk 1.wav", "--out", tmp_path, "--model", manifest).status == 0
    assert not left.exists()
    assert (left.parent / "talk 1.csv").exists()


def test_each_channel_has_its_own_exports(talks: Path, manifest: Path, run, tmp_path: Path) -> None:
    ran = run(
        *("batch", talks, "--match", "talk 6.wav", "--out", tmp_path, "--channel", "all", "--model", manifest),
        *("--formats", "csv,segments", "--workers", "1", "--quiet"),
    )
    assert (ran.status, ran.out) == (0, "")
    names = {f"talk 6-ch{channel}{suffix}" for channel in (1, 2) for suffix in (".csv", ".segments.csv")}
    assert set(exports_in(tmp_path)) == {*names, "summary.csv"}
    assert [row["channel"] for row in rows(tmp_path / "summary.csv")] == ["1", "2"]


@pytest.mark.skipif(os.name == "nt", reason="no pseudo terminals there")
def test_a_terminal_shows_how_many_are_done_and_how_many_failed(talks: Path, manifest: Path, tmp_path: Path) -> None:
    import fcntl
    import struct
    import termios

    terminal, end = os.openpty()
    fcntl.ioctl(end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
    command = [sys.executable, "-m", "ser_desktop", "batch", str(talks), "--out", str(tmp_path), "--workers", "1"]
    env = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    with subprocess.Popen([*command, "--model", str(manifest)], env=env, stdout=subprocess.DEVNULL, stderr=end) as ran:
        os.close(end)
        shown = b""
        with contextlib.suppress(OSError):  # Linux's way to tell that the other end is closed
            while some := os.read(terminal, 4096):
                shown += some
    os.close(terminal)
    assert ran.returncode == 1
    bars = [line for line in shown.decode().split("\r") if " left" in line]
    assert "0 of 9, ? left" in bars[0]
    assert " of 9, 1 failed, 00:0" in bars[-1]


@pytest.mark.parametrize(
    ("option", "why"),
    [
        (("--formats", "xyz"), "There is no format “xyz”"),
        (("--formats", "audacity"), "“audacity” holds markers"),
        (("--window", "99"), "window"),
        (("--match", "*.aiff"), "There are no recordings in"),
    ],
)
def test_a_batch_that_cannot_be_is_one_line(talks: Path, manifest: Path, run, tmp_path: Path, option, why) -> None:
    ran = run("batch", talks, "--out", tmp_path / "out", "--model", manifest, "--workers", "1", *option)
    assert ran.status == 1
    assert why in ran.err
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize("command", ["batch", "analyze"])
def test_a_format_whose_package_is_missing_is_told_before_the_work(
    talks: Path, manifest: Path, run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    more = {
        "batch": (talks, "--out", tmp_path / "out", "--formats", "csv,parquet"),
        "analyze": (talks / "talk 0.wav", "--export", f"parquet={tmp_path / 'out'}/"),
    }
    ran = run(command, *more[command], "--model", manifest)
    assert (ran.status, ran.out) == (1, "")
    assert "needs the package pyarrow" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_after_kills_at_any_moment_the_result_is_that_of_one_run(
    talks: Path, manifest: Path, whole: Path, tmp_path: Path
) -> None:
    chance, out = random.Random(7), tmp_path / "out"
    done_before = 0
    for _ in range(KILLS):
        process = start_batch(talks, out, manifest, "--workers", "2")
        time.sleep(0.3 + 2.0 * chance.random())
        process.kill()
        process.communicate()
        journal = out / "batch.jsonl"
        done = journal.read_bytes().count(b"\n") if journal.exists() else 0
        assert done >= done_before
        done_before = done
    assert finish(start_batch(talks, out, manifest, "--workers", "1")).status == 1
    assert exports_in(out) == exports_in(whole)
    names = [line.split(b'"name":"')[1].split(b'"')[0] for line in (out / "batch.jsonl").read_bytes().splitlines()[1:]]
    assert len(names) == len(set(names)) == 9


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
@pytest.mark.parametrize(("wish", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stopped_batch_leaves_tables_and_no_process(
    talks: Path, manifest: Path, tmp_path: Path, wish: signal.Signals, status: int
) -> None:
    out = tmp_path / "out"
    process = start_batch(talks, out, manifest, "--workers", "1")
    wait_until(lambda: (out / "batch.jsonl").exists() and (out / "batch.jsonl").read_bytes().count(b"\n") >= 2)
    workers = children(process.pid)
    process.send_signal(wish)
    assert finish(process).status == status
    assert 1 <= len(rows(out / "summary.csv")) + len(rows(out / "failures.csv")) < 9
    assert not list(out.rglob("*.ser-part"))
    wait_until(lambda: not any(Path(f"/proc/{each}").exists() for each in workers))


@ON_LINUX
def test_a_worker_that_dies_costs_one_recording(talks: Path, manifest: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "endless.wav")  # a recording that is never read to its end
    stuck = Task("endless.wav", path_text(tmp_path / "endless.wav"), path_text(tmp_path / "out" / "endless"), 0, 0)
    others = find_tasks([talks / "talk 0.wav", talks / "talk 2.wav"], tmp_path / "out")
    settings = BatchSettings(str(manifest), ("csv",))
    with Pool(tmp_path / "out", settings, count=1) as pool:
        outcomes: list[Outcome] = []
        reader = threading.Thread(target=lambda: outcomes.extend(pool.run([stuck, *others])))
        reader.start()
        writer = open_for_writing(tmp_path / "endless.wav")
        for each in children(os.getpid()):
            os.kill(each, signal.SIGKILL)
        reader.join(PATIENCE_S)
        os.close(writer)
    assert [(each.name, each.failure) for each in outcomes] == [
        ("endless.wav", "The worker ended in the middle of this recording (signal 9)."),
        ("talk 0.wav", ""),
        ("talk 2.wav", ""),
    ]


def test_a_worker_tells_why_it_cannot_work(tmp_path: Path, talks: Path) -> None:
    settings = BatchSettings(str(tmp_path / "absent.json"), ("csv",))
    tasks = find_tasks([talks], tmp_path)
    with Pool(tmp_path, settings, count=2) as pool, pytest.raises(SettingsError, match=r"absent\.json"):
        list(pool.run(tasks))


def children(parent: int) -> list[int]:
    """The workers that a process has started."""
    return list(_children(parent)) if sys.platform == "linux" else []


def _children(parent: int) -> Iterator[int]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                facts = (folder / "stat").read_text().rpartition(")")[2].split()
                command = (folder / "cmdline").read_bytes()
            except OSError:
                continue
            if int(facts[1]) == parent and b"--batch-worker" in command:
                yield int(folder.name)


def open_for_writing(fifo: Path) -> int:
    """Open a named pipe once another process reads it."""
    opened: list[int] = []

    def has_reader() -> bool:
        try:
            opened.append(os.open(fifo, os.O_WRONLY | os.O_NONBLOCK))
        except OSError:
            return False
        return True

    wait_until(has_reader)
    return opened[0]


def wait_until(is_true) -> None:
    end_s = time.monotonic() + PATIENCE_S
    while not is_true():
        assert time.monotonic() < end_s
        time.sleep(0.02)
