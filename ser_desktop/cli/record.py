"""``ser-desktop record``: the microphone, live, until Ctrl-C or the end of the time."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType
from typing import TextIO

import numpy as np

from ser_desktop.analysis.analyzer import Analyzer
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.audio.devices import find_input_device
from ser_desktop.audio.microphone import Microphone
from ser_desktop.audio.native_stderr import native_stderr_silenced
from ser_desktop.audio.recorder import WavRecorder
from ser_desktop.cli import FAILED, complain, one_line, say
from ser_desktop.cli.analyze import analysis_spec, load_classifier, open_table, table_line
from ser_desktop.cli.report import Report, live_line, name_of
from ser_desktop.dsp.loudness import level_dbfs
from ser_desktop.errors import ModelFileError, SerError
from ser_desktop.values import AudioChunk

WAIT_S = 0.1
SHOW_EVERY_S = 0.1  # as often as a number can be read


def record(arguments: Namespace) -> int:
    """Listen, show, keep, and return the exit status.

    Whatever ends it, what was heard is written whole.
    """
    classifier = load_classifier(arguments)
    device = find_input_device(arguments.input)
    with ExitStack() as stack:
        table = open_table(stack, arguments.csv, classifier, recordings=[arguments.wav])
        recorder = stack.enter_context(WavRecorder(arguments.wav, device.rate)) if arguments.wav else None
        analyzer = Analyzer(classifier, rate=device.rate, spec=analysis_spec(arguments))
        take = _Take(analyzer, Timeline(classifier.info.labels), recorder)
        is_stopping = stack.enter_context(_stop_signals())
        microphone = stack.enter_context(Microphone(device))
        line = stack.enter_context(_LiveLine(microphone))
        with native_stderr_silenced():  # PortAudio prints three lines when the sound server goes away
            error = _listen(microphone, take, line, is_stopping, seconds=arguments.seconds)
        error = take.finish(error)
        name = name_of(arguments.wav) if arguments.wav else device.name
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
    say(f"{report.as_text()}\n")
    if arguments.csv:
        say(table_line(arguments.csv, rows))
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

    def finish(self, error: SerError | None) -> SerError | None:
        """Analyse the rest and close the recording; return what went wrong first, if anything did."""
        if not isinstance(error, ModelFileError):  # a model that failed once does not judge the rest
            try:
                self.timeline.extend(self._analyzer.flush())
            except ModelFileError as failed:
                error = error or failed
        if self._recorder:
            self._recorder.close()
        return error


class _LiveLine:
    """A line on the terminal that tells how it sounds now; nothing where stderr is no terminal."""

    def __init__(self, microphone: Microphone) -> None:
        self._rate = microphone.rate
        self._fresh: list[AudioChunk] = []
        self._terminal: TextIO | None = None
        if sys.stderr.isatty():  # a second way to it, for while the first is silenced
            self._terminal = os.fdopen(os.dup(sys.stderr.fileno()), "w", encoding=sys.stderr.encoding, errors="replace")
            print(f"Listening to “{one_line(microphone.name)}”. Ctrl-C ends it.", file=self._terminal, flush=True)

    def show(self, chunk: AudioChunk, timeline: Timeline) -> None:
        """Take a chunk, and draw the line anew when enough has been heard since the last time."""
        if self._terminal is None:
            return
        self._fresh.append(chunk)
        if chunk.end - self._fresh[0].start < SHOW_EVERY_S * self._rate:
            return
        level = level_dbfs(np.concatenate([each.samples for each in self._fresh]))
        self._fresh = []
        entry = timeline[len(timeline) - 1] if len(timeline) else None
        line = live_line(chunk.end / self._rate, level, entry)[: shutil.get_terminal_size().columns - 1]
        print(f"\r\x1b[K{line}", end="", file=self._terminal, flush=True)

    def __enter__(self) -> _LiveLine:
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Leave the line as it is and go to the next."""
        if self._terminal:
            with self._terminal:
                print(file=self._terminal)


def _listen(
    microphone: Microphone, take: _Take, line: _LiveLine, is_stopping: list[bool], *, seconds: float | None
) -> SerError | None:
    """Hear until told to stop; return what went wrong, if anything did."""
    end = None if seconds is None else round(seconds * microphone.rate)
    heard = 0
    try:
        while end is None or heard < end:
            if is_stopping:
                microphone.close()  # what it heard last can still be read
            chunks = microphone.read(timeout_s=WAIT_S)
            if not chunks and is_stopping:
                break
            if not chunks:
                microphone.require_sound()
            for chunk in (_until(each, end) for each in chunks):
                if len(chunk.samples):
                    take.hear(chunk)
                    line.show(chunk, take.timeline)
                heard = chunk.end  # also where lost sound reaches beyond the end
    except SerError as error:
        return error
    return None


def _until(chunk: AudioChunk, end: int | None) -> AudioChunk:
    if end is None or chunk.end <= end:
        return chunk
    return AudioChunk(min(chunk.start, end), chunk.samples[: max(0, end - chunk.start)])


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
    if "SIGHUP" in names and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:  # nohup
        names.remove("SIGHUP")
    before = {name: signal.signal(getattr(signal, name), ask) for name in names}
    try:
        yield asked
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)
