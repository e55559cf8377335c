"""Exports at a URL, as ``s3://bucket/results``: any place that fsspec knows (it comes with the extra ``cluster``).

A worker writes an export into a temporary folder and copies it there, so workers of a cluster need no file system in
common for the exports. The journal stays on the machine that runs the batch.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ser_desktop.errors import ExportError
from ser_desktop.export.format import missing_package
from ser_desktop.settings import state_folder

EXTRA = "cluster"
MARK = "://"

# What the file systems of fsspec raise where a place cannot be used. Of Python's errors: OSError, also for what a
# server denies (s3fs turns its answers into it); ValueError for buckets, addresses and accounts; RuntimeError, and
# NotImplementedError below it, where nothing can be written; EOFError where FTP breaks off.
PYTHON_ERRORS: tuple[type[Exception], ...] = (OSError, ValueError, RuntimeError, EOFError)
# Of the libraries below them, which do not translate all of theirs: module and base class.
LIBRARY_ERRORS = (
    *(("botocore.exceptions", "BotoCoreError"), ("botocore.exceptions", "ClientError")),  # s3://
    *(("gcsfs.retry", "HttpError"), ("gcsfs.retry", "ChecksumError"), ("gcsfs.retry", "NonRetryableError")),  # gs://
    ("google.auth.exceptions", "GoogleAuthError"),
    ("azure.core.exceptions", "AzureError"),  # abfs://
    ("aiohttp", "ClientError"),  # http:// and below s3:// and gs://
    ("paramiko.ssh_exception", "SSHException"),  # sftp://
    ("smbprotocol.exceptions", "SMBException"),  # smb://
    ("ftplib", "Error"),  # ftp://
    ("asyncio", "TimeoutError"),  # of fsspec itself; an OSError only from Python 3.11 on
)


def is_url(place: str) -> bool:
    """Return whether a place is a URL.

    >>> is_url("s3://bucket/results"), is_url("C:/results")
    (True, False)
    """
    return MARK in place


def journal_folder(url: str) -> Path:
    """Return the folder of this machine for the journal of a batch whose exports are at a URL."""
    return state_folder() / "batches" / hashlib.sha256(url.rstrip("/").encode()).hexdigest()[:16]


def known_errors() -> tuple[type[Exception], ...]:
    """Return the errors of fsspec's file systems, of those libraries that are loaded."""
    loaded = ((sys.modules.get(module), name) for module, name in LIBRARY_ERRORS)
    return (*PYTHON_ERRORS, *(getattr(module, name) for module, name in loaded if hasattr(module, name)))


class Store:
    """The place of the exports.

    Args:
        url: As fsspec has it; its options and credentials are where the package of its file system looks for them.

    Raises:
        ExportError: fsspec, or its package for such URLs, is not installed; or there are no such URLs.
    """

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        try:
            from fsspec.core import url_to_fs
        except ImportError as error:
            raise missing_package("fsspec", EXTRA) from error
        try:
            self._files, self._root = url_to_fs(self.url)
        except (ImportError, ValueError) as error:
            raise ExportError(
                "“{url}” cannot be used ({reason}).",
                "Install the package that it names, or give another place.",
                url=self.url,
                reason=" ".join(str(error).split()),
            ) from error

    def names(self) -> frozenset[str]:
        """Return the names of all files there, relative to the URL.

        Raises:
            ExportError: The place cannot be read.
        """
        with self._told():
            found = self._files.find(self._root) if self._files.exists(self._root) else []
            return frozenset(str(each).removeprefix(self._root).lstrip("/") for each in found)

    def put(self, path: Path, name: str) -> None:
        """Copy a file there.

        Raises:
            ExportError: The place cannot be written.
        """
        target = f"{self._root}/{name}"
        with self._told():
            self._files.makedirs(target.rpartition("/")[0], exist_ok=True)
            self._files.put_file(str(path), target)

    def delete(self, name: str) -> None:
        """Delete a file there, if there is one.

        Raises:
            ExportError: The place cannot be written.
        """
        with self._told():
            if self._files.exists(f"{self._root}/{name}"):
                self._files.rm_file(f"{self._root}/{name}")

    @contextmanager
    def _told(self) -> Iterator[Any]:
        try:
            yield
        except known_errors() as error:
            raise ExportError(
                "“{url}” cannot be used ({reason}).",
                "Check the address, the connection and your rights.",
                url=self.url,
                reason=" ".join(str(error).split())[:200] or type(error).__name__,
            ) from error
