"""``ser-desktop --self-test``: does everything that is needed work here?"""

from __future__ import annotations

from collections.abc import Callable

from ser_desktop import __version__, paths
from ser_desktop.analysis.analyzer import AnalysisSpec
from ser_desktop.cli import FAILED, one_line, say
from ser_desktop.cli.analyze import analyze_file
from ser_desktop.cli.inventory import FILES
from ser_desktop.cli.report import headline
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.model_file import open_model
from ser_desktop.errors import AudioFileError, SerError
from ser_desktop.values import State


def self_test() -> int:
    """Print a line a check and return 0 if all that the program cannot do without works."""
    say(f"ser-desktop {__version__}")
    needed = [_check("model", _model), _check("demo recording", _demo), _check("sound files", _sound_files)]
    _check("microphones", _microphones)  # a machine without one can still analyse recordings
    say("everything needed works" if all(needed) else "something needed does not work: see above")
    return 0 if all(needed) else FAILED


def _check(name: str, check: Callable[[], str]) -> bool:
    try:
        say(f"ok      {name}: {one_line(check())}")
    except SerError as error:
        say(f"FAILED  {name}: {one_line(str(error))}")
        return False
    return True


def _model() -> str:
    model = open_model(paths.default_model())
    for kind in FILES:
        model.read(kind)
    return f"{model.info.identity}, files as described"


def _demo() -> str:
    classifier = EmotionClassifier(open_model(paths.default_model()))
    timeline = analyze_file(paths.demo_recording(), classifier, AnalysisSpec()).timeline
    states = {entry.state for entry in timeline}
    if State.NO_SPEECH not in states or not states & {State.SPEECH, State.UNCERTAIN}:
        raise AudioFileError(
            f"{paths.demo_recording()} holds speech and silence, but was heard as "
            f"{', '.join(sorted(state.value for state in states))}. Install SER Desktop again."
        )
    return f"{len(timeline)} answers; {headline(timeline)}"


def _sound_files() -> str:
    import soundfile

    return f"libsndfile {soundfile.__libsndfile_version__}, {len(soundfile.available_formats())} formats"


def _microphones() -> str:
    from ser_desktop.audio.devices import list_input_devices, load_portaudio

    version = load_portaudio().get_portaudio_version()[1]
    names = ", ".join(device.name for device in list_input_devices())
    return f"{version.split(',')[0]}; {names or 'none found'}"
