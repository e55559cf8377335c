"""``ser-desktop batch``: all recordings of folders, on several cores, resumed after a stop."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

from tqdm import tqdm

from ser_desktop import paths
from ser_desktop.batch.messages import BatchSettings, Outcome
from ser_desktop.batch.plan import Filter
from ser_desktop.batch.pool import Pool
from ser_desktop.batch.run import Batch, Progress, Workers
from ser_desktop.batch.store import journal_folder
from ser_desktop.batch.tables import FAILURES, SUMMARY
from ser_desktop.cli import FAILED, one_line, print_line
from ser_desktop.emotion.voice_store import VoiceStore
from ser_desktop.settings import voices_folder
from ser_desktop.signals import exit_on_signals

PROGRESS_WIDTH = 100
APPEARING_S = 0.001  # tqdm draws at once otherwise, before the bar has its text
SHOWN_FAILURES = 10


def batch(arguments: Namespace) -> int:
    """Analyse all recordings of the folders and return the exit status: 1 if one of them failed."""
    url = str(arguments.out) if isinstance(arguments.out, str) else ""
    folder = journal_folder(url) if url else arguments.out
    settings = BatchSettings(
        model=str(arguments.model or paths.default_model()),
        formats=tuple(dict.fromkeys(arguments.formats)),
        window_s=arguments.window,
        hop_s=arguments.hop,
        smoothing_s=arguments.smoothing,
        channel="mix" if arguments.channel is None else arguments.channel,
        track=arguments.track,
        device=arguments.device,
        abstain_threshold=arguments.claim_from,
        voice=VoiceStore(voices_folder()).read(arguments.voice).encoded().decode() if arguments.voice else "",
        several_speakers=arguments.several_speakers,
        url=url,
    )
    chosen = Batch(
        arguments.places,
        folder,
        settings,
        chosen=Filter(tuple(arguments.match), tuple(arguments.skip)),
        is_anew=arguments.anew,
        is_retried=arguments.retry,
    )
    is_json = arguments.format == "json"
    with exit_on_signals(), _Bar(is_quiet=arguments.quiet or is_json) as bar:
        outcomes = chosen.run(_workers(arguments, settings, folder), _print_progress if is_json else bar.show)
    if is_json:
        print_line(_result(outcomes))
    elif not arguments.quiet:
        for line in _summary(outcomes, arguments):
            print_line(line)
    return FAILED if any(each.failure or each.warning for each in outcomes) else 0


def _print_progress(progress: Progress) -> None:
    print_line(json.dumps(dataclasses.asdict(progress)))


def _result(outcomes: list[Outcome]) -> str:
    """Return the result as one line of JSON."""
    told = [{"name": each.name, "reason": each.failure or each.warning} for each in outcomes]
    return json.dumps(
        {
            "recordings": len(outcomes),
            "seconds": round(sum(each.seconds for each in outcomes), 3),
            "failures": [each for each in told if each["reason"]],
        }
    )


def _workers(
    arguments: Namespace, settings: BatchSettings, folder: Path
) -> Callable[[], AbstractContextManager[Workers]]:
    """Return what starts the workers: processes on this machine, or those of a cluster."""
    if arguments.cluster:
        from ser_desktop.batch.cluster import Cluster

        return partial(Cluster, folder.absolute(), settings, address=arguments.cluster)
    return partial(Pool, folder, settings, count=arguments.workers or available_cores())


def available_cores() -> int:
    """Return how many cores this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Bar:
    """A progress bar in bytes of recordings; time left comes from these. Nothing is shown without a terminal."""

    def __init__(self, *, is_quiet: bool) -> None:
        self._is_quiet = is_quiet or not sys.stderr.isatty()
        self._bar: Any = None

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def show(self, progress: Progress) -> None:
        """Show how far the batch is."""
        is_first = self._bar is None
        if is_first:
            self._bar = tqdm(
                total=progress.total_bytes,
                ncols=min(shutil.get_terminal_size().columns - 1, PROGRESS_WIDTH),
                bar_format="{percentage:3.0f} % |{bar}| {desc}, {remaining} left",
                disable=self._is_quiet,
                leave=False,
                delay=APPEARING_S,
            )
        failed = f", {progress.failed} failed" if progress.failed else ""
        self._bar.set_description_str(f"{progress.done} of {progress.total}{failed}", refresh=False)
        self._bar.update(progress.done_bytes - self._bar.n)
        if is_first and not self._is_quiet:
            self._bar.refresh()


def _table(arguments: Namespace, name: str) -> str:
    """Return where a table of the batch is."""
    out = arguments.out
    return f"{out.rstrip('/')}/{name}" if isinstance(out, str) else str(out / name)


def _summary(outcomes: list[Outcome], arguments: Namespace) -> list[str]:
    """Return the last lines of a batch: what was done, and the first failures."""
    failed = [each for each in outcomes if each.failure]
    hours = sum(each.seconds for each in outcomes) / 3600
    lines = [
        f"{len(outcomes) - len(failed)} of {len(outcomes)} recordings, {hours:.2f} hours: {_table(arguments, SUMMARY)}"
    ]
    told = [f"{each.name}: {each.failure or each.warning}" for each in outcomes if each.failure or each.warning]
    lines += told[:SHOWN_FAILURES]
    if told:
        more = f"and {len(told) - SHOWN_FAILURES} more; " if len(told) > SHOWN_FAILURES else ""
        lines.append(f"{more}all of them: {_table(arguments, FAILURES)}")
    return [one_line(line) for line in lines]
