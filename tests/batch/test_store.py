"""Exports of a batch at a URL: with the file systems of fsspec that need no server."""

from __future__ import annotations

import asyncio
import ftplib
import sys
from pathlib import Path

import pytest
import soundfile

from ser_desktop.batch.analyst import Analyst
from ser_desktop.batch.messages import BatchSettings, Task, path_text
from ser_desktop.batch.store import Store, journal_folder
from ser_desktop.errors import ExportError

fsspec = pytest.importorskip("fsspec")
FORMATS = "csv,textgrid"


@pytest.fixture(scope="module")
def talks(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("talks")
    (folder / "more").mkdir()
    sound, rate = soundfile.read(demo, dtype="int16")
    for index in range(3):
        path = folder / ("more" if index == 2 else ".") / f"talk {index}.wav"
        soundfile.write(path, sound[index * 2 * rate :][: 2 * rate], rate)
    (folder / "broken.wav").write_bytes(b"no sound")
    return folder


def files_in(folder: Path) -> dict[str, bytes]:
    found = [path for path in folder.rglob("*") if path.is_file() and "batch" not in path.name]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_a_file_that_is_put_is_listed_and_can_be_deleted(tmp_path: Path) -> None:
    store = Store("memory://results/of one/")
    assert store.names() == frozenset()
    (tmp_path / "a.csv").write_bytes(b"1,2")
    store.put(tmp_path / "a.csv", "more/a.csv")
    store.put(tmp_path / "a.csv", "more/a.csv")
    assert Store("memory://results/of one").names() == {"more/a.csv"}
    store.delete("more/a.csv")
    store.delete("more/a.csv")
    assert store.names() == frozenset()


def test_an_export_is_copied_there_and_does_not_stay_on_the_worker(talks: Path, manifest: Path, tmp_path: Path) -> None:
    analyst = Analyst(BatchSettings(str(manifest), tuple(FORMATS.split(",")), url="memory://analyst"))
    path = talks / "more" / "talk 2.wav"
    size, changed_ns = path.stat().st_size, path.stat().st_mtime_ns
    task = Task("more/talk 2.wav", path_text(path), path_text(tmp_path / "more" / "talk 2"), size, changed_ns)
    outcome = analyst.run(task, tmp_path)
    assert not outcome.failure
    assert set(outcome.files) == {"more/talk 2.csv", "more/talk 2.TextGrid"}
    assert Store("memory://analyst").names() == set(outcome.files)
    assert files_in(tmp_path) == {}


def test_a_batch_writes_the_same_to_a_url_as_to_a_folder_and_is_continued(
    talks: Path, manifest: Path, tmp_path: Path, run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "own"))
    common = ("batch", talks, "--formats", FORMATS, "--model", manifest, "--workers", "2")
    url = f"file://{tmp_path / 'there'}"
    assert run(*common, "--out", tmp_path / "here").status == 1  # one is broken
    ran = run(*common, "--out", url)
    assert ran.status == 1
    assert f"{url}/summary.csv" in ran.out
    assert files_in(tmp_path / "there") == files_in(tmp_path / "here")
    assert not any(path.suffix == ".TextGrid" for path in journal_folder(url).rglob("*"))
    kept, gone = tmp_path / "there" / "talk 0.csv", tmp_path / "there" / "talk 1.csv"
    before = kept.stat().st_mtime_ns
    gone.unlink()
    assert run(*common, "--out", url).status == 1
    assert gone.exists()
    assert kept.stat().st_mtime_ns == before
    assert files_in(tmp_path / "there") == files_in(tmp_path / "here")


def test_a_url_that_nothing_knows_is_one_sentence(
    talks: Path, manifest: Path, tmp_path: Path, run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "own"))
    ran = run("batch", talks, "--out", "nowhere://a/b", "--model", manifest)
    assert ran.status != 0
    assert "“nowhere://a/b” cannot be used" in ran.err
    assert ran.err.count("\n") == 1


def test_without_fsspec_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(ExportError, match=r"needs the package fsspec.*ser-desktop\[cluster\]"):
        Store("s3://bucket/results")


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"1,2")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ExportError, match=r"“file://.*” cannot be used \(.*Check the address"):
        Store(f"file://{tmp_path}/file/below").put(tmp_path / "a.csv", "a.csv")


class _Failing(fsspec.get_filesystem_class("memory")):  # type: ignore[misc]
    """A file system whose library raises an error of its own."""

    protocol = "failing"
    error: Exception

    def put_file(self, *_args: object, **_options: object) -> None:
        raise self.error


@pytest.mark.parametrize(
    ("error", "is_told"),
    [
        (ftplib.error_perm("553 denied"), True),
        (NotImplementedError("553 denied"), True),
        (asyncio.TimeoutError("553 denied"), True),
        (KeyError("a bug"), False),
        (TypeError("a bug"), False),
    ],
)
def test_errors_of_a_file_system_are_told_and_bugs_are_not(error: Exception, is_told: bool, tmp_path: Path) -> None:
    fsspec.register_implementation("failing", _Failing, clobber=True)
    _Failing.error = error
    (tmp_path / "a.csv").write_bytes(b"1,2")
    with pytest.raises(ExportError if is_told else type(error), match="553 denied" if is_told else "a bug"):
        Store("failing://results").put(tmp_path / "a.csv", "a.csv")
