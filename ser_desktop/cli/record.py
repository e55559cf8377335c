"""``ser-desktop record``: the microphone, live, until Ctrl-C or the end of the time."""

from __future__ import annotations

import contextlib
import dataclasses
import math
import tempfile
import time
from argparse import Namespace
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from ser_desktop.analysis.analyzer import AnalysisSpec, Analyzer
from ser_desktop.analysis.live import LiveAnalysis, LiveResult
from ser_desktop.analysis.spoken import Spoken, SpokenReader, SpokenSpec
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.audio.devices import InputDevice, find_input_device
from ser_desktop.audio.files import FileSource
from ser_desktop.audio.formats import AUDIO_SUFFIXES
from ser_desktop.audio.journal import JOURNALS
from ser_desktop.audio.microphone import Microphone
from ser_desktop.audio.native_stderr import native_stderr_silenced
from ser_desktop.audio.take import Take
from ser_desktop.audio.take_storage import TakeStorage
from ser_desktop.cli import FAILED, print_error, print_hint, print_line
from ser_desktop.cli.analyze import analysis_spec, export_requests, load_classifier, own_threshold
from ser_desktop.cli.exports import Exports
from ser_desktop.cli.live_line import LiveLine
from ser_desktop.cli.live_lines import LiveLines
from ser_desktop.cli.report import Report, name_of
from ser_desktop.cli.spoken import read_spoken_spec
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.errors import AudioFileError, ModelFileError, SerError, WordsError
from ser_desktop.settings import state_folder
from ser_desktop.signals import stop_requests
from ser_desktop.values import AudioChunk, VoiceUse
from ser_desktop.words.models import check_writes_live

POLL_S = 0.02
OTHER_FORMATS = frozenset(AUDIO_SUFFIXES) - {".wav", ".rf64"}
PATIENCE_S = 2.0  # after --seconds, in which a disconnected microphone is still waited for


def record(arguments: Namespace) -> int:
    """Record the microphone, show live results, write the files, and return the exit status.

    The recorded sound is written completely, however the recording ends.
    """
    if arguments.wav:
        _refuse_to_replace(arguments.wav)
    spoken_spec = read_spoken_spec(arguments)
    if spoken_spec and not arguments.wav:
        _check_finds_live(spoken_spec)
    classifier = load_classifier(arguments)
    spec, device = analysis_spec(arguments), find_input_device(arguments.input)
    with ExitStack() as stack:
        exports = stack.enter_context(
            Exports(
                export_requests(arguments),
                labels=classifier.info.labels,
                recordings=[arguments.wav] if arguments.wav else [],
                has_speakers=bool(spoken_spec and spoken_spec.wants_speakers),
            )
        )
        kept = TakeStorage(
            arguments.wav,
            device.rate,
            device=device.name,
            journals=state_folder() / JOURNALS,
            spare_folders=[Path(tempfile.gettempdir())],
        )
        stack.callback(kept.close)
        is_stopping = stack.enter_context(stop_requests())
        line = stack.enter_context(LiveLine(device.name, device.rate))
        stack.enter_context(native_stderr_silenced())  # PortAudio prints three lines when the sound server goes away
        live = _Live(arguments, classifier, spec, device=device, kept=kept)
        if spoken_spec and _writes_live(spoken_spec) and (line.is_shown or not arguments.wav):
            live.lines = stack.enter_context(LiveLines(spoken_spec.model, device.rate))
        error = live.listen(line, is_stopping, seconds=arguments.seconds)
        error = live.finish(error, is_stopping)
        report = _report(
            arguments, classifier, device, live=live, spoken=_spoken(arguments.wav, spoken_spec, live.lines)
        )
        # The kept file holds only the channel that was recorded, so the table is of all that is in the file.
        exports.write(dataclasses.replace(report.exported(), channel=None if arguments.wav else arguments.channel))
    print_line(f"{report.as_text()}\n")
    for line_of_export in exports.summary():
        print_line(line_of_export)
    for hint in report.hints:
        print_hint(hint)
    faults = [each for each in (error, *report.faults) if each]
    for fault in faults:
        print_error(fault)
    return FAILED if faults else 0


def _check_finds_live(spec: SpokenSpec) -> None:
    """Check that what is wanted of the spoken words can be found without a file.

    Raises:
        WordsError: It cannot.
    """
    if spec.wants_words:
        check_writes_live(spec.model)
    if spec.wants_speakers:
        raise WordsError(
            "Speakers are found after a recording, in the sound that is kept.",
            "Say with --wav where to keep it.",
        )


def _writes_live(spec: SpokenSpec) -> bool:
    return spec.wants_words and spec.model.writes_live


def _report(
    arguments: Namespace, classifier: EmotionClassifier, device: InputDevice, *, live: _Live, spoken: Spoken
) -> Report:
    spec = live.spec
    return Report(
        file=name_of(arguments.wav) if arguments.wav else device.name,
        rate=device.rate,
        channels=live.take.channels,
        seconds=live.timeline.end_s,
        model=classifier.info.identity,
        device=classifier.device,
        abstain_threshold=spec.threshold_of(classifier.info),
        own_threshold=own_threshold(spec, classifier.info),
        timeline=live.timeline,
        channel=arguments.channel,
        voice=live.voice_use,
        spoken=spoken,
    )


def _spoken(path: Path | None, spoken_spec: SpokenSpec | None, written: LiveLines | None) -> Spoken:
    """Return the words and speakers of a recording that is complete; without a file, what was written down live."""
    if spoken_spec is None:
        return Spoken()
    if path is None:
        return written.spoken if written else Spoken()
    try:
        with FileSource(path) as source, SpokenReader(spoken_spec, rate=source.rate) as reader:
            for chunk in source.chunks():
                reader.push(chunk)
            return reader.finish()
    except AudioFileError as error:  # nothing was recorded
        return Spoken(error=error)


def _refuse_to_replace(path: Path) -> None:
    """Refuse a path at which a file exists, or whose suffix names another format."""
    with contextlib.suppress(OSError):  # any other fault of the path is reported when the file is opened
        if path.is_file() and path.stat().st_size:
            raise AudioFileError(
                "“{path}” exists already, and a recording does not replace it.", "Give --wav another name.", path=path
            )
    if path.suffix.lower() in OTHER_FORMATS:
        raise AudioFileError(
            "“{path}” would not be what its name says: a recording is a WAV file.",
            "Give --wav a name that ends with .wav.",
            path=path,
        )


class _Live:
    """A running recording: a take, which stores the sound in its own thread, and the timeline of its live analysis."""

    def __init__(
        self,
        arguments: Namespace,
        classifier: EmotionClassifier,
        spec: AnalysisSpec,
        *,
        device: InputDevice,
        kept: TakeStorage,
    ) -> None:
        self.spec, end = spec, None
        if arguments.seconds is not None:
            end = round(arguments.seconds * device.rate)
        self._rate = device.rate
        self._analysis = LiveAnalysis(
            lambda first: Analyzer(classifier, rate=device.rate, spec=spec, first=first),
            rate=device.rate,
            read_stored=self._older_sound,
        )
        self._path = arguments.wav
        self.lines: LiveLines | None = None
        self.timeline = Timeline(classifier.info.labels)
        self.take = Take(device, kept, open_microphone=partial(Microphone, channel=arguments.channel), end=end)

    @property
    def voice_use(self) -> VoiceUse | None:
        """What was known of the voice so far."""
        return self._analysis.voice_use

    def listen(self, line: LiveLine, is_stopping: list[bool], *, seconds: float | None) -> SerError | None:
        """Record until a stop is requested; return the fault that persists at the end, if there is one."""
        give_up_at_s = math.inf if seconds is None else time.monotonic() + seconds + PATIENCE_S
        reported: str = ""
        try:
            while not is_stopping and not self.take.is_full:
                arrived, trouble = self.take.read(), self.take.trouble
                self._add(self._analysis.push([each.chunk for each in arrived]))
                line.show(arrived, self.timeline)
                if self.lines:
                    self.lines.show([each.chunk for each in arrived if each.is_recorded], line)
                if trouble and time.monotonic() > give_up_at_s:
                    return trouble
                if reported and not trouble:
                    line.print_line(f"It goes on. {self.take.missing_s:.1f} s are missing so far.")
                if trouble and not reported:
                    line.print_line(str(trouble))
                reported = str(trouble or "")
                if not arrived:
                    time.sleep(POLL_S)
        except SerError as error:
            return error
        return self.take.trouble

    def finish(self, error: SerError | None, is_stopping: list[bool]) -> SerError | None:
        """Close the recording and analyse the rest; return what went wrong first, if anything did.

        Sound that the analysis has not reached is analysed now; another stop request ends that.
        """
        try:
            kept_at = self.take.finish()
            if kept_at != self._path:
                error = AudioFileError("The disk was full.", "The recording is in “{path}”.", path=kept_at)
            if not isinstance(error, ModelFileError):  # a model that failed is not used for the rest
                rest = self.take.read()
                self._add(self._analysis.push([each.chunk for each in rest]))
                if self.lines:
                    self.lines.finish([each.chunk for each in rest if each.is_recorded])
                requests = len(is_stopping)
                while self._analysis.is_behind and len(is_stopping) == requests:
                    self._add(self._analysis.push())
                self._add(self._analysis.finish())
        except SerError as failed:
            return error or failed
        return error

    def _older_sound(self, start: int, end: int) -> list[AudioChunk]:
        return self.take.sound_between(start, end)

    def _add(self, result: LiveResult) -> None:
        self.timeline.extend(result.entries)
        self.timeline.replace(result.replacements)
