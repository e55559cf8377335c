"""Runs a batch: finds the recordings, leaves out those that are done, and writes journal and tables."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ser_desktop.atomic_file import remove_abandoned
from ser_desktop.batch.journal import Header, Journal
from ser_desktop.batch.messages import BatchSettings, Outcome, Task, path_of
from ser_desktop.batch.outputs import formats_of, make_folder
from ser_desktop.batch.plan import EVERYTHING, Filter, find_tasks
from ser_desktop.batch.store import Store
from ser_desktop.batch.tables import copy_tables, write_tables
from ser_desktop.emotion.model_file import open_model
from ser_desktop.export.registry import check_available


class Workers(Protocol):
    """The workers that analyse the recordings: processes on this machine, or a cluster."""

    def run(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """Yield the outcome of each task."""


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of a batch.

    Attributes:
        done: Recordings with an outcome, including those of earlier runs.
        total: Recordings of the batch.
        failed: Recordings without a timeline.
        done_bytes: Size of the recordings with an outcome of this run.
        total_bytes: Size of the recordings of this run.
    """

    done: int
    total: int
    failed: int
    done_bytes: int
    total_bytes: int


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch: its recordings, the settings of their analysis, and the folder of the exports.

    Attributes:
        places: Folders and files.
        folder: Folder of the exports.
        settings: How recordings are analysed and exported.
        chosen: Which files of the folders are analysed.
        is_anew: Whether all recordings are analysed again.
        is_retried: Whether recordings that failed in earlier runs are analysed again.
    """

    places: Sequence[Path]
    folder: Path
    settings: BatchSettings
    chosen: Filter = EVERYTHING
    is_anew: bool = False
    is_retried: bool = False

    def run(
        self, workers: Callable[[], AbstractContextManager[Workers]], on_progress: Callable[[Progress], object]
    ) -> list[Outcome]:
        """Analyse the recordings that are not done yet, and return the outcomes of all recordings in their order.

        The tables are also written when the batch is stopped.

        Args:
            workers: Starts the workers; it is not called if all recordings are done.
            on_progress: Called at the start and after each recording.

        Raises:
            SerError: There are no recordings, the model cannot be used, or the folder cannot be written.
        """
        settings = self.settings
        for each in formats_of(settings.formats):
            check_available(each)
        info = open_model(Path(settings.model)).info
        tasks = find_tasks(self.places, self.folder, chosen=self.chosen)
        make_folder(self.folder)
        header = Header(
            model=info.identity,
            labels=info.labels,
            formats=settings.formats,
            window_s=settings.window_s,
            hop_s=settings.hop_s,
            smoothing_s=settings.smoothing_s,
            channel=str(settings.channel),
            track=settings.track,
            abstain_threshold=settings.abstain_threshold,
            voice=hashlib.sha256(settings.voice.encode()).hexdigest() if settings.voice else "",
            several_speakers=settings.several_speakers,
        )
        store = Store(settings.url) if settings.url else None
        stored = store.names() if store else None
        with Journal(self.folder, header, is_anew=self.is_anew, stored=stored) as journal:
            remaining = [each for each in tasks if not journal.is_done(each, is_retried=self.is_retried)]
            known = [each.name for each in tasks]
            try:
                counter = _Counter(known, remaining, journal, on_progress)
                self._analyze(remaining, journal, workers, on_progress=counter)
            finally:
                found = [journal.outcomes[name] for name in known if name in journal.outcomes]
                write_tables(self.folder, found, info.labels)
                if store:
                    copy_tables(self.folder, store)
            return found

    @staticmethod
    def _analyze(
        tasks: list[Task],
        journal: Journal,
        workers: Callable[[], AbstractContextManager[Workers]],
        *,
        on_progress: _Counter,
    ) -> None:
        for each in tasks:
            journal.outcomes.pop(each.name, None)
        on_progress.report()
        if not tasks:
            return
        folders = {path_of(each.output).parent for each in tasks}
        _sweep(folders)
        try:
            with workers() as running:
                for outcome in running.run(tasks):
                    journal.add(outcome)
                    on_progress.add(outcome)
        finally:
            _sweep(folders)


def _sweep(folders: Iterable[Path]) -> None:
    """Remove the part files of killed workers. This is done once a batch, because it lists whole folders."""
    for each in folders:
        remove_abandoned(each)


class _Counter:
    """Counts outcomes and reports the progress."""

    def __init__(
        self, names: list[str], remaining: list[Task], journal: Journal, on_progress: Callable[[Progress], object]
    ) -> None:
        self._total = len(names)
        waiting = {each.name for each in remaining}
        before = [journal.outcomes[name] for name in names if name not in waiting]
        self._done = len(before)
        self._failed = sum(bool(each.failure) for each in before)
        self._done_bytes, self._total_bytes = 0, sum(each.size for each in remaining)
        self._on_progress = on_progress

    def add(self, outcome: Outcome) -> None:
        self._done += 1
        self._failed += bool(outcome.failure)
        self._done_bytes += outcome.size
        self.report()

    def report(self) -> None:
        self._on_progress(Progress(self._done, self._total, self._failed, self._done_bytes, self._total_bytes))
