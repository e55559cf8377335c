"""``make soak-actions TIMES=100``: repeats one action at a time in the real window, and prints the memory it adds.

For each action a new process with the window, a virtual microphone and a screen of their own are started. The
figures are KB for one action, split by heap. They show which action a growth in ``make soak`` comes from.
"""

from __future__ import annotations

import argparse
import dataclasses
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
sys.path[:0] = [str(CHECKOUT), str(CHECKOUT / "tests")]
import soundfile  # noqa: E402 - the imports below are found by the line before
from PySide6.QtCore import QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402
from virtual_mic import VirtualMic  # noqa: E402

from ser_desktop import paths  # noqa: E402
from ser_desktop.gui.app import Application  # noqa: E402
from ser_desktop.native_heap import use_one_heap  # noqa: E402
from ser_desktop.settings import Settings, read_settings, settings_path, write_settings  # noqa: E402
from tests.bench.window import screen  # noqa: E402
from tests.reliability.heaps import measure_heaps  # noqa: E402

ACTIONS = ("scan", "open", "play", "record", "export")
OPENED_S = 2.0  # length of the opened recording; a longer one takes longer and adds no more
WARM_UP = 0.3  # share of the repetitions in which libraries are loaded and caches filled
TICK_MS = 10
LARGEST_KB = 8.0  # for one action, without free memory; with a hundred repetitions 3 KB were measured
HEAPS = ("megabytes", "python", "native", "native_large", "native_free", "rest")

Steps = Iterator[Callable[[], bool]]  # each step waits until its condition holds


class Repetition:
    """Repeats an action in the window; ends the application when it is done.

    Args:
        application: The running program.
        recording: A recording to open and play.
        folder: Where tables are exported to.
    """

    def __init__(self, application: Application, *, recording: Path, folder: Path) -> None:
        self._app, self._recording, self._folder = application, recording, folder
        self.found: list[dict[str, float]] = []
        self._timer = QTimer()
        self._timer.timeout.connect(self._tick)

    def start(self, action: str, times: int) -> None:
        """Begin to repeat the action."""
        self._steps = self._repeat(action, times)
        self._holds: Callable[[], bool] = next(self._steps)
        self._timer.start(TICK_MS)

    def _tick(self) -> None:
        while self._holds():
            step = next(self._steps, None)
            if step is None:
                self._timer.stop()
                QApplication.quit()
                return
            self._holds = step

    def _repeat(self, action: str, times: int) -> Steps:
        yield from self._rest()
        if action in ("play", "export"):
            yield from self._open()
        for done in range(times + 1):
            if done in (round(WARM_UP * times), times):
                yield from self._rest()
                gc.collect()  # what is left in reference cycles is not counted here
                self.found.append(dataclasses.asdict(measure_heaps()))
            if done < times:
                yield from getattr(self, f"_{action}")()
                if action in ("open", "record"):
                    self._close_all()

    def _rest(self) -> Steps:
        yield self._after(0.5)
        yield lambda: self._app.work.model is not None and not self._app.work.is_busy

    def _scan(self) -> Steps:
        self._app.transport.look_for_devices()
        yield self._after(0.3)

    def _open(self) -> Steps:
        self._app.open([self._recording])
        yield lambda: not self._app.work.is_busy
        yield self._after(0.05)

    def _play(self) -> Steps:
        self._app.transport.play()
        yield self._after(0.3)
        self._app.transport.stop()
        yield self._after(0.1)

    def _record(self) -> Steps:
        self._app.transport.record()
        yield lambda: self._app.session.is_live
        yield self._after(1.0)
        self._app.transport.stop()
        yield lambda: not self._app.work.is_busy

    def _export(self) -> Steps:
        from ser_desktop.export import timeline_csv

        self._app.exports.write(timeline_csv.FORMAT, self._folder / "table.csv")
        yield self._after(0.05)

    def _close_all(self) -> None:
        while self._app.session.recordings:
            self._app.session.close(self._app.session.recordings[0])

    @staticmethod
    def _after(seconds: float) -> Callable[[], bool]:
        end_s = time.monotonic() + seconds
        return lambda: time.monotonic() >= end_s


def run_window(action: str, times: int, recording: Path) -> int:
    """Run the window in this process and print what was measured as JSON."""
    use_one_heap()  # as the program does
    app = QApplication(sys.argv[:1])
    application = Application(app, read_settings(settings_path()), [])
    repetition = Repetition(application, recording=recording, folder=recording.parent)
    repetition.start(action, times)
    app.exec()
    print(json.dumps(repetition.found), flush=True)
    os._exit(0)


def growth_kb(action: str, times: int, folder: Path) -> dict[str, float]:
    """Run the window in a process of its own; return the KB that one action adds to each heap."""
    (folder / "takes").mkdir(parents=True)
    for name in ("CONFIG", "STATE", "CACHE"):
        os.environ[f"XDG_{name}_HOME"] = str(folder / name)
    write_settings(settings_path(), Settings(note_read=True, recordings_folder=str(folder / "takes")))
    sound, rate = soundfile.read(paths.demo_recording(), dtype="float32")
    recording = folder / "opened.wav"
    soundfile.write(recording, sound[: round(OPENED_S * rate)], rate)
    with screen() as env, VirtualMic() as mic:
        own = {**env, "PULSE_SERVER": mic.pulse_server}
        command = [sys.executable, __file__, "--window", action, "--times", str(times), str(recording)]
        ran = subprocess.run(command, env=own, stdout=subprocess.PIPE, text=True, check=True)
    first, last = json.loads(ran.stdout.splitlines()[-1])
    count = times - round(WARM_UP * times)
    return {heap: 1024 * (last[heap] - first[heap]) / count for heap in HEAPS}


def main() -> int:
    parser = argparse.ArgumentParser(prog="make soak-actions", description=__doc__)
    parser.add_argument("--times", type=int, default=100, help="repetitions of each action (100)")
    parser.add_argument("--window", help=argparse.SUPPRESS)
    parser.add_argument("recording", nargs="?", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.window:
        return run_window(chosen.window, chosen.times, chosen.recording)
    print(f"KB each     {'all':>9}" + "".join(f"{heap:>13}" for heap in HEAPS[1:]))
    largest = 0.0
    for action in ACTIONS:
        with tempfile.TemporaryDirectory() as name:
            grown = growth_kb(action, chosen.times, Path(name) / "window")
        print(f"{action:<11} " + f"{grown[HEAPS[0]]:+9.1f}" + "".join(f"{grown[heap]:+13.1f}" for heap in HEAPS[1:]))
        largest = max(largest, grown["python"] + grown["native"] + grown["native_large"])
    return int(largest > LARGEST_KB)


if __name__ == "__main__":
    raise SystemExit(main())
