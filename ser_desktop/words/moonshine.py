"""Recognises words and speakers with moonshine-voice, in the recogniser's process (``child.py``).

The library has an ONNX Runtime of its own inside, which must not meet the program's in one process.
"""

from __future__ import annotations

import importlib
import os
import sys
import types
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from ser_desktop.words.messages import RATE, LiveLine, RecognisedLive, SpokenLine, SpokenTurn, SpokenWord
from ser_desktop.words.models import KINDS, PACKAGE, package_folder

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

FORCE_UPDATE = 1  # a flag of the library: do not wait for more sound
ONE_THREAD = "MOONSHINE_ORT_SINGLE_THREAD"  # an environment variable of the library
WORDS = {"word_timestamps": "true", "return_audio_data": "false"}
SPEAKERS = {
    **{"identify_speakers": "true", "skip_transcription": "true", "return_audio_data": "false"},
    "diarization_cluster_cadence": "30",
}
RENEWED_S = 60.0  # length of a live stream after which it is renewed in a pause
STEP = "diarization_analyze_cadence"


class Moonshine:
    """The library's models: that of the words, and that of the speakers, which is loaded when it is first needed.

    Args:
        folder: Of the transcription model.
        kind: A key of ``KINDS``.
    """

    def __init__(self, folder: str, kind: str) -> None:
        os.environ[ONE_THREAD] = "1"
        self._library = _import_transcriber()
        self._model = folder, self._library.ModelArch(KINDS[kind])
        self._words = self._library.Transcriber(*self._model, options=WORDS)
        self._speakers: Any = None
        self._stream: _LiveStream | None = None

    def lines(self, samples: npt.NDArray[np.float32]) -> Iterator[SpokenLine]:
        """Yield the lines of (n,) samples at 16 kHz."""
        for line in self._words.transcribe_without_streaming(samples, RATE).lines:
            if line.text.strip():
                end_s = line.start_time + line.duration
                yield SpokenLine(line.text.strip(), line.start_time, end_s, _spoken_words(line))

    def recognise_live(self, samples: npt.NDArray[np.float32], *, is_new: bool) -> RecognisedLive:
        """Add (n,) samples at 16 kHz to the live stream, or to a new one, and return its lines."""
        before: tuple[LiveLine, ...] = ()
        if is_new and self._stream:
            before, self._stream = self._stream.stop(), None
        if not len(samples):
            return RecognisedLive(before, ())
        self._stream = self._stream or _LiveStream(self._words)
        return RecognisedLive(before, self._stream.add(samples))

    def search_speakers(self, samples: npt.NDArray[np.float32], *, step_s: float) -> None:
        """Add (n,) samples at 16 kHz to the search for speakers."""
        if self._speakers is None:
            options = {**SPEAKERS, STEP: str(step_s)}
            loaded = self._library.Transcriber(*self._model, update_interval=float("inf"), options=options)
            self._speakers = loaded.create_stream()
            self._speakers.start()
        self._speakers.add_audio(samples, RATE)
        self._speakers.update_transcription(FORCE_UPDATE)

    def turns(self) -> Iterator[SpokenTurn]:
        """Yield who spoke when, after the last sound."""
        for line in self._speakers.stop().lines if self._speakers else ():
            for span in line.speaker_spans or ():
                yield SpokenTurn(span.start_time, span.start_time + span.duration, span.speaker_index + 1)


class _LiveStream:
    """A stream of the library, renewed in a pause once it is long: it returns all of its lines each time."""

    def __init__(self, transcriber: Any) -> None:
        self._transcriber = transcriber
        self._started_s = self._given_s = 0.0  # of all sound of the stream before
        self._told: set[int] = set()  # lines that have settled, by their numbers
        self._open_stream()

    def add(self, samples: npt.NDArray[np.float32]) -> tuple[LiveLine, ...]:
        """Add (n,) samples and return the lines that have settled since the last call, and the open one."""
        self._stream.add_audio(samples, RATE)
        self._given_s += len(samples) / RATE
        found = self._lines(self._stream.update_transcription(), is_over=False)
        if self._given_s - self._started_s > RENEWED_S and all(line.is_settled for line in found):
            self._lines(self._stream.stop(), is_over=True)
            self._stream.close()
            self._started_s = self._given_s
            self._open_stream()
        return found

    def stop(self) -> tuple[LiveLine, ...]:
        """Settle the last line and return it."""
        found = self._lines(self._stream.stop(), is_over=True)
        self._stream.close()
        return found

    def _open_stream(self) -> None:
        self._stream = self._transcriber.create_stream(update_interval=float("inf"))
        self._stream.start()
        self._told.clear()

    def _lines(self, transcript: Any, *, is_over: bool) -> tuple[LiveLine, ...]:
        found = []
        for line in transcript.lines if transcript else ():
            is_settled = bool(line.is_complete or is_over)
            if line.line_id in self._told or not line.text.strip():
                continue
            if is_settled:
                self._told.add(line.line_id)
            start_s = self._started_s + line.start_time
            words = tuple(
                msgspec.structs.replace(
                    word, start_s=word.start_s + self._started_s, end_s=word.end_s + self._started_s
                )
                for word in _spoken_words(line)
            )
            found.append(LiveLine(line.text.strip(), start_s, start_s + line.duration, is_settled, words))
        return tuple(found)


def _spoken_words(line: Any) -> tuple[SpokenWord, ...]:
    """Return the words of a line of the library, where it gives times for them."""
    return tuple(
        SpokenWord(each.word.strip(), each.start, max(each.start, each.end), min(max(each.confidence, 0.0), 1.0))
        for each in line.words or ()
        if each.word.strip()
    )


def _import_transcriber() -> Any:
    """Import the library's transcriber without its package, which would open sound devices and import requests."""
    folder = package_folder()
    package = types.ModuleType(PACKAGE)
    package.__path__ = [str(folder)] if folder else []
    sys.modules[PACKAGE] = package
    return importlib.import_module(f"{PACKAGE}.transcriber")
