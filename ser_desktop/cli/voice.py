"""``ser-desktop voice``: the voices that the program knows."""

from __future__ import annotations

import time
from argparse import Namespace
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ser_desktop.analysis.analyzer import AnalysisSpec, Analyzer
from ser_desktop.analysis.speaker_sound import analyze_speaker_alone
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.audio.devices import find_input_device
from ser_desktop.audio.files import FileSource
from ser_desktop.audio.native_stderr import native_stderr_silenced
from ser_desktop.audio.take import Take
from ser_desktop.audio.take_storage import TakeStorage
from ser_desktop.cli import one_line, print_error, print_hint, print_line
from ser_desktop.cli.analyze import load_classifier
from ser_desktop.cli.live_line import LiveLine
from ser_desktop.cli.voice_of_speaker import found_speakers, speaker_named, speakers_of_table
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.voice_profile import VoiceProfile, doubt_about_voice, joined_statistics, make_profile
from ser_desktop.emotion.voice_store import VoiceStore, checked_name
from ser_desktop.errors import AudioDeviceError, SerError, SettingsError
from ser_desktop.settings import voices_folder
from ser_desktop.signals import stop_requests
from ser_desktop.words.models import find_words_model

POLL_S = 0.02
PATIENCE_S = 2.0  # after the end, in which a disconnected microphone is still waited for
WHAT_TO_SAY = "Speak as you usually do, without acting: tell what you did today, or read a page aloud."


class _Heard(NamedTuple):
    """What was heard of a voice: see ``Analyzer.voice_statistics`` and ``Analyzer.voice_windows``."""

    statistics: npt.NDArray[np.float32] | None
    windows: npt.NDArray[np.float32] | None

    @classmethod
    def by(cls, analyzer: Analyzer) -> _Heard:
        windows = analyzer.voice_windows
        analyzer.flush()
        return cls(analyzer.voice_statistics, windows)


def voice(arguments: Namespace) -> int:
    """Run one of the commands of ``voice`` and return the exit status."""
    store = VoiceStore(voices_folder())
    if arguments.voice_command == "add":
        return _add(store, arguments)
    if arguments.voice_command == "list":
        return _list(store)
    if arguments.voice_command == "show":
        _show(store.read(arguments.name))
    elif arguments.voice_command == "rename":
        store.rename(arguments.name, arguments.new_name)
        print_line(f"The voice “{one_line(arguments.name)}” is “{one_line(checked_name(arguments.new_name))}” now.")
    elif arguments.voice_command == "remove":
        store.remove(arguments.name)
        print_line(f"The voice “{one_line(arguments.name)}” was removed.")
    return 0


def _add(store: VoiceStore, arguments: Namespace) -> int:
    name = checked_name(arguments.name)
    classifier = load_classifier(arguments)
    if arguments.speaker or arguments.speakers_from:
        parts = [_of_speaker(arguments, classifier)]
    elif arguments.files:
        parts = [_of_file(path, classifier) for path in arguments.files]
    else:
        parts = [_of_microphone(arguments.input, arguments.record, classifier)]
    statistics = joined_statistics([each.statistics for each in parts])
    profile = make_profile(name, statistics, classifier.info)
    path = store.write(profile, replace=arguments.replace)
    windows = [each.windows for each in parts if each.windows is not None]
    if doubt := doubt_about_voice(name, np.concatenate(windows) if windows else None, classifier.info):
        print_hint(doubt)
    print_line(f"The voice “{one_line(name)}” is known from {profile.speech_s:.1f} s of speech.")
    print_line(f"  kept in {one_line(str(path))}; it holds averages, no sound")
    print_line(f"  use it: ser-desktop analyze FILE --voice “{one_line(name)}”")
    return 0


def _list(store: VoiceStore) -> int:
    names, status = store.names(), 0
    for name in names:
        try:
            profile = store.read(name)
            print_line(f"{one_line(name)} · {profile.speech_s:.1f} s of speech · {profile.model}")
        except SerError as error:
            print_error(error)
            status = 1
    if not names:
        print_line("No voice is known yet. “ser-desktop voice add NAME FILE” makes one known.")
    return status


def _show(profile: VoiceProfile) -> None:
    print_line(one_line(profile.name))
    print_line(f"  made from    {profile.speech_s:.1f} s of speech")
    print_line(f"  for model    {profile.model}")
    print_line(f"  holds        {len(profile.values)} averages of the voice, no sound")


def _of_file(path: Path, classifier: EmotionClassifier) -> _Heard:
    """Return the statistics of the speech in a recording."""
    with FileSource(path) as source:
        analyzer = Analyzer(classifier, rate=source.rate, spec=AnalysisSpec())
        for chunk in source.chunks():
            analyzer.push(chunk)
    return _Heard.by(analyzer)


def _of_speaker(arguments: Namespace, classifier: EmotionClassifier) -> _Heard:
    """Return the statistics of one speaker of a recording.

    Raises:
        SettingsError: Not one recording is given, or there is no such speaker.
    """
    if len(arguments.files) != 1 or not arguments.speaker:
        raise SettingsError("A speaker is one of the speakers of one FILE.", "Give one FILE, and --speaker with it.")
    (path,) = arguments.files
    if arguments.speakers_from:
        speakers = speakers_of_table(arguments.speakers_from)
    else:
        speakers = found_speakers(path, find_words_model(arguments.words_model, arguments.words_language))
    number = speaker_named(speakers, arguments.speaker)
    return _Heard.by(analyze_speaker_alone(path, classifier, speakers, number))


def _of_microphone(name: str | None, seconds: float, classifier: EmotionClassifier) -> _Heard:
    """Return the statistics of so many seconds from a microphone. The sound is not kept.

    Raises:
        AudioDeviceError: The microphone gave no sound until the end.
    """
    device = find_input_device(name)
    analyzer = Analyzer(classifier, rate=device.rate, spec=AnalysisSpec())
    timeline = Timeline(classifier.info.labels)
    with ExitStack() as stack:
        kept = TakeStorage(None, device.rate, device=device.name)
        stack.callback(kept.close)
        is_stopping = stack.enter_context(stop_requests())
        line = stack.enter_context(LiveLine(device.name, device.rate))
        line.print_line(WHAT_TO_SAY)
        stack.enter_context(native_stderr_silenced())
        take = Take(device, kept, end=round(seconds * device.rate))
        give_up_at_s = time.monotonic() + seconds + PATIENCE_S
        while not is_stopping and not take.is_full:
            arrived = take.read()
            for each in arrived:
                timeline.extend(analyzer.push(each.chunk))
            line.show(arrived, timeline)
            if take.trouble and time.monotonic() > give_up_at_s:
                take.finish()
                raise take.trouble
            if not arrived:
                time.sleep(POLL_S)
        take.finish()
        for each in take.read():
            timeline.extend(analyzer.push(each.chunk))
    if not analyzer.position:
        raise AudioDeviceError("The microphone “{name}” gave no sound.", "Check it, and try again.", name=device.name)
    return _Heard.by(analyzer)
