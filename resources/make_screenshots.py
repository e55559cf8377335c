"""Makes the pictures of the window in ``resources/screenshots``, from the program itself.

Run it by ``make screenshots``. The program runs without a screen, with the built-in model and the demo recording:
``light`` and ``dark`` show the demo, ``live`` shows its recording from a virtual microphone (requires PulseAudio),
``long`` shows an hour of it. The user's settings are neither read nor written.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import soundfile
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication
from virtual_mic import VirtualMic  # of the tests

from ser_desktop import paths
from ser_desktop.audio.devices import rescan_devices
from ser_desktop.gui.app import Application
from ser_desktop.settings import Settings
from ser_desktop.values import State

FOLDER = Path(__file__).parent / "screenshots"
WIDTH, HEIGHT = 1200, 760
MAX_BYTES = 300_000
LONG_S = 3600.0
REST_S, REST_AFTER = 75.0, 13  # demos
LIVE_S = 16.0  # of the demo, within speech
PATIENCE_S = 600.0


def main() -> None:
    """Make all pictures, or only the named ones."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    QLocale.setDefault(QLocale(QLocale.Language.English))
    wanted = sys.argv[1:] or ["light", "dark", "live", "long"]
    FOLDER.mkdir(exist_ok=True)
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    with tempfile.TemporaryDirectory() as folder:
        for place in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
            os.environ[place] = folder  # the program's settings and state go to this temporary folder
        for name in wanted:
            _take(app, name, Path(folder))


def _take(app: QApplication, name: str, folder: Path) -> None:
    if name == "live":
        _take_live(app, folder)
        return
    recording = _hour(folder) if name == "long" else paths.demo_recording()
    with _program(app, folder, theme="dark" if name == "dark" else "light", files=[recording]) as program:
        _wait_until_read(app, program)
        sure = [entry for entry in program.session.timeline if entry.state is State.SPEECH]
        if sure:
            program.session.move_cursor(max(sure, key=lambda entry: entry.confidence or 0.0).start_s)
        _keep(app, program, name)


def _take_live(app: QApplication, folder: Path) -> None:
    sound = folder / "demo.wav"
    samples, rate = soundfile.read(paths.demo_recording(), dtype="float32")
    soundfile.write(sound, samples, rate)
    with VirtualMic() as microphone:
        os.environ["PULSE_SERVER"] = microphone.pulse_server
        rescan_devices()
        with _program(app, folder, theme="dark", files=[paths.demo_recording()]) as program:
            _wait_until_read(app, program)
            program.transport.record()
            _wait(app, program.window.actions_.pause.isEnabled)
            microphone.play(sound)
            _wait(app, lambda: program.session.timeline.end_s >= LIVE_S)
            _keep(app, program, "live")
            program.transport.stop()
            _wait(app, lambda: not program.session.is_running)


def _hour(folder: Path) -> Path:
    """Repeat the demo at changing levels, with rests in between, for an hour."""
    samples, rate = soundfile.read(paths.demo_recording(), dtype="float32")
    rest = np.zeros(round(REST_S * rate), np.float32)
    path = folder / "An hour.flac"
    turns = round(LONG_S * rate / (len(samples) + len(rest) / REST_AFTER))
    with soundfile.SoundFile(path, "w", rate, 1, "PCM_16") as file:
        for turn in range(turns):
            file.write(samples * np.float32(0.6 + 0.35 * np.sin(0.4 * turn)))
            if turn % REST_AFTER == REST_AFTER - 1:
                file.write(rest)
    return path


@contextmanager
def _program(app: QApplication, folder: Path, *, theme: str, files: list[Path]) -> Iterator[Application]:
    settings = Settings(theme=theme, note_read=True, recordings_folder=str(folder))
    program = Application(app, settings, files)
    program.window.resize(WIDTH, HEIGHT)
    try:
        yield program
    finally:
        program.window.close()
        _pause(app, 0.2)


def _keep(app: QApplication, program: Application, name: str) -> None:
    program.window.messages.close_messages()
    _pause(app, 0.5)
    path = FOLDER / f"{name}.png"
    program.window.grab().save(str(path))
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise SystemExit(f"{path.name} has {size} bytes, more than {MAX_BYTES}")
    print(f"{path.name}: {size / 1000:.0f} kB")


def _wait_until_read(app: QApplication, program: Application) -> None:
    _wait(app, lambda: len(program.session.timeline) > 0 and not program.session.is_running)


def _wait(app: QApplication, is_done: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + PATIENCE_S
    while not is_done():
        if time.monotonic() > give_up_at:
            raise SystemExit(f"nothing came for {PATIENCE_S:.0f} s")
        app.processEvents()
        time.sleep(0.005)


def _pause(app: QApplication, seconds: float) -> None:
    until = time.monotonic() + seconds
    _wait(app, lambda: time.monotonic() >= until)


if __name__ == "__main__":
    main()
