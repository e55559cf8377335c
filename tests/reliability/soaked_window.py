"""Runs the real window in its own process and uses it at random.

Usage: python soaked_window.py SECONDS SEED FOLDER RECORDING; the settings are those of the environment. Prints its
results as JSON; each measurement is a line of JSON in ``looks.jsonl`` in the folder. The parent process controls the
microphone and its sound.
"""

from __future__ import annotations

import dataclasses
import gc
import json
import random
import sys
import threading
import time
from pathlib import Path

import soundfile
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from ser_desktop.audio.gaps import read_gaps
from ser_desktop.export import timeline_csv
from ser_desktop.gui.app import Application
from ser_desktop.native_heap import use_one_heap
from ser_desktop.settings import read_settings, settings_path
from tests.reliability.heaps import measure_heaps

ACT_MS = 700
LOOK_MS = 2_000
LONGEST_TAKE_S = 60.0
KEPT_OPEN = 5  # recordings; an open recording keeps its timeline in memory, so further tabs are closed


class Soak(QObject):
    """Performs random actions and measures memory, threads and descriptors."""

    def __init__(self, application: Application, *, seconds: float, seed: int, folder: Path, recording: Path) -> None:
        super().__init__()
        self._app, self._folder, self._recording = application, folder, recording
        self._chance = random.Random(seed)
        self._ends_at_s = time.monotonic() + seconds
        self.did: dict[str, int] = {}
        self._looks = (folder / "looks.jsonl").open("w")  # a file, because in memory they would take 2 MB an hour
        self.takes: list[dict[str, float]] = []
        self.messages: set[str] = set()
        self.crashes: list[str] = []
        self._began_at_s = 0.0
        self._last: object = None
        application.work.progressed.connect(self._keep)
        application.work.ended.connect(self._ended)
        application.reports.caught.connect(self.crashes.append)
        for milliseconds, act in ((ACT_MS, self._act), (LOOK_MS, self._look)):
            timer = QTimer(self)
            timer.timeout.connect(act)
            timer.start(milliseconds)

    def _act(self) -> None:
        session, transport = self._app.session, self._app.transport
        if time.monotonic() > self._ends_at_s:
            if session.is_live:
                transport.stop()
            elif not session.is_running:
                self._app.window.close()
            return
        if session.is_live:
            is_long = time.monotonic() - self._began_at_s > LONGEST_TAKE_S
            what = self._chance.choices(("pause", "mark", "wait", "stop"), (2, 1, 20, 100 if is_long else 1))[0]
        elif session.is_running:
            what = "wait"
        else:
            what = self._chance.choices(("record", "open", "play", "export", "wait"), (4, 1, 2, 2, 3))[0]
        self.did[what] = self.did.get(what, 0) + 1
        getattr(self, f"_{what}")()

    def _wait(self) -> None:
        pass

    def _record(self) -> None:
        self._app.playback.stop()
        # The action, which is disabled until the request before is served: two takes of one second have one name.
        self._app.window.actions_.record.trigger()
        self._began_at_s = time.monotonic()

    def _pause(self) -> None:
        self._app.window.actions_.pause.toggle()

    def _mark(self) -> None:
        self._app.transport.mark()

    def _stop(self) -> None:
        self._app.transport.stop()

    def _open(self) -> None:
        self._app.open([self._recording])

    def _play(self) -> None:
        self._app.transport.play()

    def _export(self) -> None:
        if self._app.session.shown:
            self._app.exports.write(timeline_csv.FORMAT, self._folder / "table.csv")

    def _keep(self, progress: object) -> None:
        self._last = progress

    def _ended(self, recording: object, _is_whole: bool) -> None:
        path = recording.path
        if recording.is_own_capture and path.exists():
            gaps, info = read_gaps(path), soundfile.info(path)
            missing_s = sum(gap.end - gap.start for gap in gaps if gap.kind.value == "lost") / info.samplerate
            self.takes.append(
                {
                    "at_s": time.monotonic(),
                    "seconds": info.duration,
                    "timeline_s": recording.timeline.end_s,
                    "dropouts": self._last.live.dropouts,
                    "missing_s": missing_s,
                    "clock_s": time.monotonic() - self._began_at_s,
                    "reports": len(self.crashes),
                }
            )
        while len(self._app.session.recordings) > KEPT_OPEN:
            self._app.session.close(self._app.session.recordings[0])

    def _look(self) -> None:
        self.messages.update(self._app.window.messages.accessibleDescription().splitlines())
        look = {
            "at_s": time.monotonic(),
            **dataclasses.asdict(measure_heaps()),
            "is_at_rest": not self._app.work.is_busy and not self._app.playback.is_playing,
            "threads": len(list(Path("/proc/self/task").iterdir())),
            "python_threads": threading.active_count(),
            "descriptors": len(list(Path("/proc/self/fd").iterdir())),
        }
        print(json.dumps(look), file=self._looks, flush=True)


def megabytes_in_cycles() -> float:
    """Collect reference cycles; return how much memory they held.

    Until then they count as in use, because they take memory on a user's computer too.
    """
    before = measure_heaps().megabytes
    gc.collect()
    return before - measure_heaps().megabytes


def main() -> int:
    seconds, seed, folder, recording = float(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4])
    use_one_heap()  # as run_window does
    app = QApplication(sys.argv[:1])
    application = Application(app, read_settings(settings_path()), [])
    application.reports.install()
    soak = Soak(application, seconds=seconds, seed=seed, folder=folder, recording=recording)
    status = app.exec()
    told = {name: getattr(soak, name) for name in ("did", "takes", "crashes")}
    told["in_cycles"] = megabytes_in_cycles()
    print(json.dumps({**told, "messages": sorted(soak.messages), "ended": application.has_ended}))
    return status


if __name__ == "__main__":
    raise SystemExit(main())
