"""What runs in the workers of a Dask cluster. It imports Dask, so ``cluster.py`` imports it only when it is used."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path
from typing import Any

import msgspec
from distributed import WorkerPlugin, get_worker

from ser_desktop.batch.analyst import Analyst
from ser_desktop.batch.messages import BatchSettings, Task, path_of

MANIFEST = "model.json"
# Dask's profiler interrupts the worker every 10 ms: 20 recordings of a minute took 21.1 s with it and 16.5 s without.
PROFILER = ("profile", "profile-cycle")


class ModelPlugin(WorkerPlugin):
    """Sends the model to each worker when it joins, and loads it at the first task.

    Dask's profiler pauses while the plugin is registered.

    Args:
        name: Name of the plugin, different for each batch, because a cluster may run several at once.
        files: The files of the model by their names; the manifest is :data:`MANIFEST`.
        settings: How recordings are analysed and exported.
    """

    def __init__(self, name: str, files: dict[str, bytes], settings: BatchSettings) -> None:
        self.name = name
        self._files, self._settings = files, msgspec.json.encode(settings)
        self._analyst: Analyst | None = None

    def setup(self, worker: Any) -> None:
        """Called by Dask in each worker."""
        self.lock = threading.Lock()  # a worker may have several threads, but an analyst serves one at a time
        for callback in _profiler_callbacks(worker):
            callback.stop()

    def teardown(self, worker: Any) -> None:
        """Called by Dask when the batch has ended."""
        for callback in _profiler_callbacks(worker):
            callback.start()

    def analyst(self) -> Analyst:
        """Return the loaded model.

        Raises:
            SerError: It cannot be used.
        """
        if self._analyst is None:
            with tempfile.TemporaryDirectory(prefix="ser-desktop-") as folder:
                for name, content in self._files.items():
                    Path(folder, name).write_bytes(content)
                settings = msgspec.json.decode(self._settings, type=BatchSettings)
                self._analyst = Analyst(msgspec.structs.replace(settings, model=str(Path(folder, MANIFEST))))
        return self._analyst


def _profiler_callbacks(worker: Any) -> list[Any]:
    return [worker.periodic_callbacks[name] for name in PROFILER if name in worker.periodic_callbacks]


def analyze(encoded: bytes, plugin_name: str, folder: str) -> bytes:
    """Analyse one recording in a worker.

    Args:
        encoded: The task as JSON.
        plugin_name: Name of the :class:`ModelPlugin` of the batch.
        folder: Folder of the batch, as ``path_text`` writes it.

    Returns:
        The outcome as JSON.

    Raises:
        SerError: The model cannot be used.
    """
    plugin: Any = get_worker().plugins[plugin_name]
    with plugin.lock:
        outcome = plugin.analyst().run(msgspec.json.decode(encoded, type=Task), path_of(folder))
    return msgspec.json.encode(outcome)
