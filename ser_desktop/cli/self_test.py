"""``ser-desktop --self-test``: checks the installation."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from typing import Any

from ser_desktop import __version__, paths
from ser_desktop.analysis.analyzer import AnalysisSpec
from ser_desktop.analysis.headline import headline
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.cli import FAILED, one_line, print_line
from ser_desktop.cli.analyze import analyze_file
from ser_desktop.cli.report import Report
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.model_file import open_model
from ser_desktop.errors import InstallationError, SerError

INSTALL_AGAIN = "Install SER Desktop again."
TOLERANCE = 1e-3  # of a probability; processors with other vector units differ by 1e-6, a wrong file by 1e-1
LEVEL_TOLERANCE_DB = 0.01
WINDOW_PATIENCE_S = 60.0


def self_test() -> int:
    """Print one line a check and return 0 if every required part works."""
    print_line(f"ser-desktop {__version__}{' (double-click app)' if paths.is_frozen() else ''}")
    needed = [
        _check("model", _model),
        _check("demo recording", _demo),
        _check("sound files", _sound_files),
        _check("window", _window),
    ]
    _check("sound devices", _sound_devices, is_needed=False)  # without one, recordings can still be analysed
    print_line("everything needed works" if all(needed) else "something needed does not work: see above")
    return 0 if all(needed) else FAILED


def demo_figures() -> dict[str, Any]:
    """Return the entries of the demo recording, in the form that is stored for comparison.

    Raises:
        SerError: The model or the recording cannot be used.
    """
    report = _analyzed_demo()
    return {"model": report.model, "labels": list(report.timeline.labels), "entries": _rows(report.timeline)}


def _analyzed_demo() -> Report:
    classifier = EmotionClassifier(open_model(paths.default_model()))
    return analyze_file(paths.demo_recording(), classifier, AnalysisSpec())


def _check(name: str, check: Callable[[], str], *, is_needed: bool = True) -> bool:
    try:
        print_line(f"ok      {name}: {one_line(check())}")
    except SerError as error:
        print_line(f"{'FAILED' if is_needed else 'missing':<7} {name}: {one_line(str(error))}")
        return False
    return True


def _model() -> str:
    model = open_model(paths.default_model())
    for kind in (*model.info.networks, "weights"):
        model.read(kind)
    return f"{model.info.identity}, files as described"


def _demo() -> str:
    expected, report = _stored_figures(), _analyzed_demo()
    if expected["model"] != report.model:
        raise InstallationError(
            "The stored entries are of {expected}, but the model is {found}.",
            INSTALL_AGAIN,
            expected=expected["model"],
            found=report.model,
        )
    difference = _greatest_difference(_rows(report.timeline), expected["entries"])
    if difference > TOLERANCE:
        raise InstallationError(
            "Answers differ from the stored ones by {difference:.3g} (allowed: {tolerance:g}).",
            INSTALL_AGAIN,
            difference=difference,
            tolerance=TOLERANCE,
        )
    said = headline(report.timeline, report.abstain_threshold)
    return f"{len(report.timeline)} entries as stored (within {difference:.0e}); {said}"


def _stored_figures() -> dict[str, Any]:
    path = paths.self_test_figures()
    try:
        stored: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return {"model": str(stored["model"]), "entries": list(stored["entries"])}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InstallationError("The stored entries “{path}” cannot be read.", INSTALL_AGAIN, path=path) from error


def _rows(timeline: Timeline) -> list[list[Any]]:
    """Return start, end, level and probabilities of each entry; without speech there are no probabilities."""
    return [
        [
            round(entry.start_s, 3),
            round(entry.end_s, 3),
            None if entry.level_dbfs is None else round(entry.level_dbfs, 3),
            [round(value, 6) for value in entry.scores.values] if entry.scores else [],
        ]
        for entry in timeline
    ]


def _greatest_difference(found: list[list[Any]], expected: list[list[Any]]) -> float:
    """Return how far probabilities lie apart at most; infinite where times, levels or speech differ."""
    if len(found) != len(expected):
        return float("inf")
    greatest = 0.0
    for (*times, level, values), (*expected_times, expected_level, expected_values) in zip(
        found, expected, strict=True
    ):
        if times != expected_times or len(values) != len(expected_values):
            return float("inf")
        if abs(level - expected_level) > LEVEL_TOLERANCE_DB:
            return float("inf")
        greatest = max([greatest, *(abs(a - b) for a, b in zip(values, expected_values, strict=True))])
    return greatest


def _sound_files() -> str:
    import soundfile

    return f"libsndfile {soundfile.__libsndfile_version__}, {len(soundfile.available_formats())} formats"


def _window() -> str:
    """Open the window in a process of its own, because Qt ends the process when a library is missing."""
    try:
        ended = subprocess.run(
            [*paths.this_program(), "--check-window"],
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=WINDOW_PATIENCE_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise InstallationError("The window does not open ({reason}).", INSTALL_AGAIN, reason=error) from error
    said = (ended.stdout if ended.returncode == 0 else ended.stderr or ended.stdout).decode(errors="replace").strip()
    last_line = said.splitlines()[-1] if said else f"status {ended.returncode}"
    if ended.returncode != 0:
        raise InstallationError("The window does not open ({reason}).", INSTALL_AGAIN, reason=last_line)
    return last_line


def _sound_devices() -> str:
    from ser_desktop.audio.devices import list_input_devices, load_portaudio
    from ser_desktop.audio.outputs import list_output_names

    version = load_portaudio().get_portaudio_version()[1].split(",")[0]
    inputs = ", ".join(device.name for device in list_input_devices())
    outputs = ", ".join(list_output_names())
    return f"{version}; microphones: {inputs or 'none found'}; loudspeakers: {outputs or 'none found'}"
