"""Measures the window: start-up time, drawing time, memory growth, and processor time while it records.

Each measurement runs in its own process: on its own Xvfb screen where Xvfb is
installed, otherwise on the present screen, or on Qt's “offscreen” platform if there
is none.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ser_desktop.settings import Settings, settings_path, write_settings
from tests.bench.bursts import Bursts
from tests.bench.measurements import show, write_demo
from tests.virtual_mic import VirtualMic, missing_program

STARTS = 5
LISTENED_S = 90.0  # of sound at the microphone; longer than the measurement
SCREEN = "1400x900x24"


def measure_window(folder: Path) -> None:
    """Measure and print the results.

    Args:
        folder: Temporary folder for settings and recordings.
    """
    with _prepared(folder) as env:
        starts(env)
        redraw(env)
        growth(env)
        live(folder, env)
        delays(env)
        closing(folder, env)


def measure_live(folder: Path) -> None:
    """Measure and print the results of a minute of recording alone."""
    with _prepared(folder) as env:
        live(folder, env)


@contextlib.contextmanager
def _prepared(folder: Path) -> Iterator[dict[str, str]]:
    """Write settings into a folder, and yield the environment of a screen."""
    os.environ["XDG_CONFIG_HOME"] = str(folder / "settings")
    write_settings(settings_path(), Settings(note_read=True, recordings_folder=str(folder)))
    with screen() as env:
        print(f"The window, on {env.get('DISPLAY') or env.get('WAYLAND_DISPLAY') or 'no screen (offscreen)'}:")
        yield env


def starts(env: Mapping[str, str]) -> None:
    """Measure when the window is painted and when the model is ready; list the heavy imports."""
    runs = [dict(watched("start", env)) for _ in range(STARTS)]
    shown, ready = (statistics.median(run[what]["after_s"] for run in runs) for what in ("shown", "ready"))
    show(f"window painted, from process start (median of {STARTS})", f"{shown:.2f} s", "at most 0.8 s")
    computed = statistics.median(run["shown"]["cpu_s"] for run in runs)
    show(f"processor time until then (median of {STARTS})", f"{computed:.2f} s", "–")
    opened = [dict(watched("open", env)) for _ in range(STARTS)]
    plotted = statistics.median(run["plotted"]["after_s"] for run in opened)
    show(f"timeline of an opened recording painted, from process start (median of {STARTS})", f"{plotted:.2f} s", "–")
    show("imports of torch and librosa until the model is ready", str(runs[0]["ready"]["heavy"]), "none")
    show(f"model ready, from process start (median of {STARTS})", f"{ready:.2f} s", "at most 1.5 s")


def redraw(env: Mapping[str, str]) -> None:
    """Measure how long a redraw of a timeline of ten hours takes."""
    for view, milliseconds in dict(watched("redraw", env))["drawn"]["median_ms"].items():
        show(f"redraw of a timeline of 10 h, {view} in view (median)", f"{milliseconds:.1f} ms", "at most 8 ms")


def growth(env: Mapping[str, str]) -> None:
    """Measure how much memory an hour of live analysis adds."""
    found = dict(watched("grow", env))["grown"]
    what = f"memory that 1 h live adds: timeline of {found['entries']} entries, waveform and acoustic columns"
    show(what, f"{found['megabytes']:.0f} MB", "at most 20 MB")


def closing(folder: Path, env: Mapping[str, str]) -> None:
    """Measure the time from the request to close the window to the end of the program."""
    if missing_program():
        return
    short, long = folder / "short.wav", folder / "long.wav"
    write_demo(short, seconds=20.0, rate=16_000, channels=1)
    write_demo(long, seconds=3600.0, rate=44_100, channels=2)
    with VirtualMic() as mic:
        mic.play(short)
        for state, recordings in (("loading", ()), ("live", ()), ("reading", (long,)), ("playing", (short,))):
            requested_s = 0.0
            for event, _found in watched(
                "closing", {**env, "PULSE_SERVER": mic.pulse_server}, state, *map(str, recordings)
            ):
                requested_s = time.perf_counter() if event == "closing" else requested_s
            show(f"closing while {state}", f"{time.perf_counter() - requested_s:.2f} s", "at most 3 s")
    long.unlink()


def live(folder: Path, env: Mapping[str, str]) -> None:
    """Measure the processor time of recording and live analysis, including painting."""
    if program := missing_program():
        print(f"The live measurements require {program}, which is not installed.")
        return
    sound = folder / "played.wav"
    write_demo(sound, seconds=LISTENED_S, rate=48_000, channels=1)
    with VirtualMic() as mic:
        mic.play(sound)
        found = dict(watched("live", {**env, "PULSE_SERVER": mic.pulse_server}))["recorded"]
    of = f"share of one core over {found['seconds']:.0f} s live"
    show(f"{of}, whole process", f"{found['process']:.1%}", "at most 20 %")
    if found["engine"] is not None:
        show(f"{of}, the engine's thread", f"{found['engine']:.1%}", "at most 5 %")
    show(
        "from a block of sound to its entry in the window (p95)",
        f"{found['delay_ms']:.0f} ms",
        "the program's own part",
    )
    show("sound lost meanwhile", f"{found['lost']} times", "never")


def delays(env: Mapping[str, str]) -> None:
    """Measure the delay from a sound at the microphone to its display."""
    if missing_program():
        return
    with VirtualMic() as mic, Bursts(mic.env) as bursts:
        seen = list(watched("bursts", {**env, "PULSE_SERVER": mic.pulse_server}))
    for what, name, bar in (
        ("meter", "the painted meter", 120),
        ("answer", "the first entry that it changes, painted", 350),
    ):
        times = [found["at_s"] for event, found in seen if event == what]
        late = [at_s - max(began) for at_s in times if (began := [each for each in bursts.began_s if each < at_s])]
        p95 = 1000.0 * sorted(late)[int(0.95 * len(late))] if late else float("nan")
        show(f"from sound to {name} (p95 of {len(late)})", f"{p95:.0f} ms", f"at most {bar} ms")


def watched(what: str, env: Mapping[str, str], *more: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Run a watched window; yield each event with its measurements and the seconds since the process began."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "tests.bench.watched_window", what, *more]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            event, found = json.loads(line)
            yield event, {**found, "after_s": time.perf_counter() - began}
    if process.returncode:
        raise SystemExit(f"the watched window ended with {process.returncode}")


@contextlib.contextmanager
def screen() -> Iterator[dict[str, str]]:
    """Yield environment variables that select a screen."""
    env = dict(os.environ)
    if shutil.which("Xvfb") is None:
        if not (env.get("DISPLAY") or env.get("WAYLAND_DISPLAY")):
            env["QT_QPA_PLATFORM"] = "offscreen"
        yield env
        return
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", SCREEN, "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        try:
            yield {**env, "DISPLAY": f":{server.stdout.readline().strip()}", "QT_QPA_PLATFORM": "xcb"}
        finally:
            server.terminate()
