"""Batches on a Dask cluster on this machine: what it writes is what the local pool writes."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import soundfile

from ser_desktop.batch.cluster import Cluster
from ser_desktop.batch.messages import BatchSettings
from ser_desktop.batch.pool import Pool
from ser_desktop.batch.run import Batch, Progress
from ser_desktop.errors import ExportError, InstallationError, SettingsError

if TYPE_CHECKING:
    from distributed import LocalCluster

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.long  # starts clusters

Client = distributed.Client
COUNT = 12


@pytest.fixture(scope="module")
def talks(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("talks")
    sound, rate = soundfile.read(demo, dtype="int16")
    for index in range(COUNT):
        soundfile.write(folder / f"talk {index:02d}.wav", sound[index * 2 * rate :][: 3 * rate], rate)
    (folder / "broken.wav").write_bytes(b"no sound")
    return folder


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """Two processes with one thread each, and a scheduler; no page."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1", silence_logs=50
    ) as found:
        yield found


def exports_in(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file() and "batch" not in path.name]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def run_batch(talks: Path, out: Path, manifest: Path, address: str, on_progress=lambda _progress: None) -> None:
    settings = BatchSettings(str(manifest), ("csv", "textgrid"))
    workers = partial(Cluster, out, settings, address=address) if address else partial(Pool, out, settings, count=2)
    outcomes = Batch([talks], out, settings).run(workers, on_progress)
    assert [each.name for each in outcomes if each.failure] == ["broken.wav"]


@pytest.fixture(scope="module")
def local(talks: Path, manifest: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("local")
    run_batch(talks, out, manifest, "")
    return exports_in(out)


def test_a_cluster_writes_what_the_local_pool_writes(cluster, talks, manifest, tmp_path, local) -> None:
    run_batch(talks, tmp_path, manifest, cluster.scheduler_address)
    assert exports_in(tmp_path) == local
    assert len(local) == 2 * COUNT + 2


def test_a_worker_killed_in_the_middle_changes_nothing(cluster, talks, manifest, tmp_path, local) -> None:
    killed = threading.Event()

    def kill_one(progress: Progress) -> None:
        if progress.done >= 3 and not killed.is_set():
            killed.set()
            os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)

    run_batch(talks, tmp_path, manifest, cluster.scheduler_address, kill_one)
    assert killed.is_set()
    assert exports_in(tmp_path) == local


def test_two_batches_at_once_keep_their_own_settings(cluster, talks, manifest, tmp_path, local) -> None:
    address, folders = cluster.scheduler_address, {"csv": tmp_path / "a", "textgrid": tmp_path / "b"}

    def run_one(name: str) -> None:
        settings = BatchSettings(str(manifest), (name,))
        workers = partial(Cluster, folders[name], settings, address=address)
        Batch([talks], folders[name], settings).run(workers, lambda _progress: None)

    with ThreadPoolExecutor() as threads:
        list(threads.map(run_one, folders))
    exports = {f"{name}/{file}": each for name, to in folders.items() for file, each in exports_in(to).items()}
    assert {name.rpartition(".")[2] for name in exports if name.startswith("textgrid/talk")} == {"TextGrid"}
    assert {name.rpartition(".")[2] for name in exports if name.startswith("csv/talk")} == {"csv"}
    talks_alone = {name.partition("/")[2]: each for name, each in exports.items() if "/talk" in name}
    assert talks_alone == {name: each for name, each in local.items() if name.startswith("talk")}


def test_the_profiler_of_the_workers_pauses_during_a_batch(cluster, talks, manifest, tmp_path) -> None:
    settings = BatchSettings(str(manifest), ("csv",))
    with Client(cluster.scheduler_address, set_as_default=False) as client:
        assert set(client.run(runs_profiler).values()) == {True}
        with Cluster(tmp_path, settings, address=cluster.scheduler_address):
            assert set(client.run(runs_profiler).values()) == {False}
        assert set(client.run(runs_profiler).values()) == {True}


def runs_profiler(dask_worker) -> bool:
    """Run in a worker by Dask, which gives the argument by its name."""
    return dask_worker.periodic_callbacks["profile"].is_running()


def test_settings_that_do_not_fit_the_model_end_the_batch(cluster, talks, manifest, tmp_path) -> None:
    settings = BatchSettings(str(manifest), ("csv",), window_s=99.0)
    with pytest.raises(SettingsError, match="window"):
        Batch([talks], tmp_path, settings).run(
            partial(Cluster, tmp_path, settings, address=cluster.scheduler_address), lambda _progress: None
        )


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense://x"])
def test_a_cluster_that_is_not_there_is_told(run, talks, manifest, tmp_path, monkeypatch, address) -> None:
    monkeypatch.setattr("ser_desktop.batch.cluster.CONNECTING_S", 1)
    ran = run("batch", talks, "--out", tmp_path, "--model", manifest, "--cluster", address)
    assert ran.status == 1
    assert f"There is no Dask cluster at “{address}”" in ran.err


def test_a_cluster_of_another_version_is_refused(cluster, talks, manifest, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("ser_desktop.batch.cluster.__version__", "99.0")
    with pytest.raises(InstallationError, match=r"has version .* of ser-desktop, and this is 99\.0"):
        run_batch(talks, tmp_path, manifest, cluster.scheduler_address)


def test_without_dask_a_sentence_says_how_to_install_it(talks, manifest, tmp_path, monkeypatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(ExportError, match=r"needs the package distributed.*ser-desktop\[cluster\]"):
        run_batch(talks, tmp_path, manifest, "tcp://127.0.0.1:9")
