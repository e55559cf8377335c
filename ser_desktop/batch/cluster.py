"""The workers of a batch on other machines: a Dask cluster (extra ``cluster``).

A recording is analysed by the same function as on this machine. The model is sent to each worker once, also to workers
that join later. The paths of recordings and exports must be the same on all machines, as on a shared file system.
"""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import msgspec

from ser_desktop import __version__
from ser_desktop.batch.messages import BatchSettings, Outcome, Task, path_text
from ser_desktop.batch.outputs import one_line
from ser_desktop.emotion.model_file import open_model
from ser_desktop.errors import InstallationError, SerError
from ser_desktop.export.format import missing_package

if TYPE_CHECKING:
    from distributed import Client

EXTRA = "cluster"
CONNECTING_S = 10


class Cluster:
    """The workers of a Dask scheduler. A context manager; the cluster itself is not changed.

    Args:
        folder: Folder of the batch, as the workers see it.
        settings: How recordings are analysed and exported.
        address: Of the scheduler, as in ``tcp://10.0.0.1:8786``.

    Raises:
        InstallationError: There is no cluster at the address, or its workers lack this program in this version.
        ExportError: The package distributed is not installed.
    """

    def __init__(self, folder: Path, settings: BatchSettings, *, address: str) -> None:
        self._folder, self._settings, self._address = folder, settings, address
        self._client: Client | None = None
        self._plugin = f"ser-desktop-{uuid.uuid4().hex}"  # another batch on the cluster has a plugin of its own

    def __enter__(self) -> Cluster:
        """Connect and send the model."""
        try:
            from distributed import Client

            from ser_desktop.batch.cluster_worker import ModelPlugin
        except ImportError as error:
            raise missing_package("distributed", EXTRA) from error
        try:
            self._client = Client(self._address, timeout=CONNECTING_S, set_as_default=False)
        except (OSError, ValueError) as error:  # a timeout is an OSError
            raise InstallationError(
                "There is no Dask cluster at “{address}” ({reason}).",
                "Check the address, and that the scheduler runs.",
                address=self._address,
                reason=one_line(str(error)),
            ) from error
        with contextlib.ExitStack() as refused:
            refused.callback(self._client.close)
            self._check_workers(self._client)
            files = model_files(Path(self._settings.model))
            self._client.register_plugin(ModelPlugin(self._plugin, files, self._settings))
            refused.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Cancel what is not done, unload the model, and disconnect."""
        if not self._client:
            return
        with contextlib.suppress(OSError, ValueError, asyncio.TimeoutError):  # the cluster may be gone
            self._client.unregister_worker_plugin(self._plugin)
        self._client.close()

    def run(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """Yield the outcome of each task as soon as it is ready.

        If a worker dies, another one gets its task; a task that ends several workers is a failure.

        Raises:
            SerError: A worker cannot load the model, or the settings do not fit it.
        """
        from distributed import as_completed

        from ser_desktop.batch.cluster_worker import analyze

        if self._client is None:
            raise ValueError("there is no connection")
        encoded = [msgspec.json.encode(task) for task in tasks]
        futures = self._client.map(
            analyze, encoded, plugin_name=self._plugin, folder=path_text(self._folder), pure=False
        )
        by_key = dict(zip((each.key for each in futures), tasks, strict=True))
        for future in as_completed(futures, loop=self._client.loop):
            task = by_key[future.key]
            if future.status == "finished":
                yield msgspec.json.decode(future.result(), type=Outcome)
            else:
                yield _failed(task, future.exception() if future.status == "error" else None)
            future.release()

    def _check_workers(self, client: Client) -> None:
        try:
            versions: dict[str, str] = client.run(_version)
        except ModuleNotFoundError as error:
            raise InstallationError(
                "A worker of the cluster lacks {module}.",
                "Install ser-desktop on all of its machines.",
                module=error.name,
            ) from error
        if others := sorted({each for each in versions.values() if each != __version__}):
            raise InstallationError(
                "A worker of the cluster has version {other} of ser-desktop, and this is {own}.",
                "Install the same version on all machines.",
                other=others[0],
                own=__version__,
            )
        if not versions:
            raise InstallationError("The cluster at “{address}” has no workers.", "Start some.", address=self._address)


def model_files(manifest: Path) -> dict[str, bytes]:
    """Return the files of a model that an analysis on the CPU needs, by the names that a worker gives them.

    Raises:
        ModelFileError: One of them is missing or damaged.
    """
    model = open_model(manifest)
    names = {kind: model.info.manifest["files"][kind]["name"] for kind in model.info.networks}
    return {"model.json": manifest.read_bytes()} | {name: model.read(kind) for kind, name in names.items()}


def _version() -> str:
    return __version__


def _failed(task: Task, error: BaseException | None) -> Outcome:
    """Return the outcome of a task that ended with an error.

    Raises:
        SerError: The model cannot be used, so no task can be done.
    """
    if isinstance(error, SerError):
        raise error
    reason = one_line(str(error)) if error else "it was cancelled"
    text = f"The workers of the cluster could not finish this recording ({reason})."
    return Outcome(task.name, task.size, task.changed_ns, failure=text)
