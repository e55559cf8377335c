"""``ser-desktop record``: the microphone, live, until Ctrl-C or the end of the time."""

from __future__ import annotations

import shutil
import signal
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType

from ser_desktop.analysis.analyzer import Analyzer
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.audio.devices import find_input_device
from ser_desktop.audio.microphone import Microphone
from ser_desktop.audio.recorder import WavRecorder
from ser_desktop.cli import FAILED, complain
from ser_desktop.cli.analyze import analysis_spec, load_classifier, open_table
from ser_desktop.cli.report import Report, live_line
from ser_desktop.dsp.loudness import level_dbfs
from ser_desktop.errors import AudioDeviceError, SerError
from ser_desktop.values import AudioChunk

WAIT_S = 0.1
HUNG_AFTER_S = 5.0  # without a block; a Bluetooth headset that wakes up takes up to three


def record(arguments: Namespace) -> int:
    """Listen, show, keep, and return the exit status.

    Whatever ends it, what was heard is written whole.
    """
    classifier = load_classifier(arguments)
    device = find_input_device(arguments.input)
    with ExitStack() as stack:
        table = open_table(stack, arguments.csv, classifier)
        recorder = stack.enter_context(WavRecorder(arguments.wav, device.rate)) if arguments.wav else None
        analyzer = Analyzer(classifier, rate=device.rate, spec=analysis_spec(arguments))
        take = _Take(analyzer, Timeline(classifier.info.labels), recorder)
        is_stopping = stack.enter_context(_stop_signals())
        microphone = stack.enter_context(Microphone(device))
        error = _listen(microphone, take, is_stopping, arguments.seconds)
        take.finish()
        name = str(arguments.wav or device.name)
        rows = table.write(name, take.timeline) if table else 0
        report = Report(
            file=name,
            rate=microphone.rate,
            channels=microphone.channels,
            seconds=take.timeline.end_s,
            model=classifier.info.identity,
            device=classifier.device,
            timeline=take.timeline,
        )
    print(report.as_text())
    if arguments.csv:
        print(f"  table {arguments.csv}: {rows} rows")
    if error:
        complain(error)
    return FAILED if error else 0


class _Take:
    """One recording as it grows: the sound kept, the timeline beside it, a line on the terminal."""

    def __init__(self, analyzer: Analyzer, timeline: Timeline, recorder: WavRecorder | None) -> None:
        self.timeline = timeline
        self._analyzer, self._recorder = analyzer, recorder

    def hear(self, chunk: AudioChunk) -> None:
        """Keep a chunk and analyse it; the sound first."""
        if self._recorder:
            self._recorder.write(chunk)
        self.timeline.extend(self._analyzer.push(chunk))

    def finish(self) -> None:
        """Analyse the rest and close the recording."""
        self.timeline.extend(self._analyzer.flush())
        if self._recorder:
            self._recorder.close()


def _listen(microphone: Microphone, take: _Take, is_stopping: list[bool], seconds: float | None) -> SerError | None:
    """Hear until told to stop; return what went wrong, if anything did."""
    end = None if seconds is None else round(seconds * microphone.rate)
    heard = 0
    try:
        while not is_stopping and (end is None or heard < end):
            chunks = microphone.read(timeout_s=WAIT_S)
            if not chunks and microphone.last_block_age_s > HUNG_AFTER_S:
                raise AudioDeviceError(
                    f"The microphone “{microphone.name}” has delivered nothing for {HUNG_AFTER_S:.0f} s. "
                    "Check the connection and the sound settings, and start again."
                )
            for chunk in (_until(each, end) for each in chunks):
                if len(chunk.samples):
                    take.hear(chunk)
                    heard = chunk.end
            if chunks:
                _show(take, chunks[-1], heard / microphone.rate)
    except SerError as error:
        return error
    finally:
        if sys.stderr.isatty():
            print(file=sys.stderr)
    return None


def _until(chunk: AudioChunk, end: int | None) -> AudioChunk:
    if end is None or chunk.end <= end:
        return chunk
    return AudioChunk(min(chunk.start, end), chunk.samples[: max(0, end - chunk.start)])


def _show(take: _Take, chunk: AudioChunk, heard_s: float) -> None:
    if sys.stderr.isatty():
        entry = take.timeline[len(take.timeline) - 1] if len(take.timeline) else None
        columns = shutil.get_terminal_size().columns
        print(f"\r\x1b[K{live_line(heard_s, level_dbfs(chunk.samples), entry)[: columns - 1]}", end="", file=sys.stderr)
        sys.stderr.flush()


@contextmanager
def _stop_signals() -> Iterator[list[bool]]:
    """Give a list that is no longer empty once somebody wants the recording to end.

    An exception could come between the sound and its timeline; this waits for
    the next chunk.
    """
    asked: list[bool] = []

    def ask(_signal: int, _frame: FrameType | None) -> None:
        asked.append(True)

    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), ask) for name in names}
    try:
        yield asked
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)
