from __future__ import annotations

import os
import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import soundfile
from fakes import FakeMicrophone
from PySide6.QtWidgets import QDialog
from windows import window_of

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from ser_desktop.audio.devices import InputDevice, choose_device
from ser_desktop.audio.microphone import Microphone
from ser_desktop.audio.outputs import choose_output
from ser_desktop.audio.player import Player
from ser_desktop.gui.app import Application
from ser_desktop.gui.commands import playback
from ser_desktop.gui.engine import engine, live_jobs
from ser_desktop.gui.model.session import Session
from ser_desktop.settings import Settings, default_recordings_folder, log_folder, settings_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from ser_desktop.gui.main_window import MainWindow

SPOKEN_S = 4
PATIENCE_MS = 10_000


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Folders for settings, logs and recordings that belong to one test; those of the user are left alone."""
    of_the_user = settings_path()
    before = of_the_user.read_bytes() if of_the_user.exists() else None
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_MUSIC_DIR"):
        monkeypatch.setenv(name, str(home / name))
    if not all(
        Path(place).is_relative_to(home) for place in (settings_path(), log_folder(), default_recordings_folder())
    ):
        pytest.skip("this system does not let a test choose its folders")
    yield home
    assert (of_the_user.read_bytes() if of_the_user.exists() else None) == before


@pytest.fixture(autouse=True)
def no_theme_is_left(qapp: QApplication) -> Iterator[None]:
    """A theme belongs to the whole of Qt; the next test begins without the one that a test has chosen."""
    sheet, palette = qapp.styleSheet(), qapp.palette()
    yield
    if qapp.styleSheet() != sheet:
        qapp.setStyleSheet(sheet)
        qapp.setPalette(palette)


@pytest.fixture
def microphone(monkeypatch: pytest.MonkeyPatch) -> FakeMicrophone:
    """The only microphone that the window finds."""
    fake = FakeMicrophone(InputDevice("Fake Microphone", "ALSA", 0, 16_000, 1))
    monkeypatch.setattr(live_jobs, "find_input_device", fake.find)
    listen = partial(Microphone, open_stream=fake.open, clock=fake.clock, awake_clock=fake.clock)
    monkeypatch.setattr(live_jobs, "Microphone", listen)
    monkeypatch.setattr(live_jobs, "rescan_for_input", fake.find)
    monkeypatch.setattr("ser_desktop.audio.take.rescan_for_input", fake.find)
    monkeypatch.setattr(engine, "rescan_devices", lambda: None)
    monkeypatch.setattr(engine, "list_input_devices", lambda: [fake.device])
    monkeypatch.setattr(engine, "list_output_names", list)
    return fake


@pytest.fixture
def no_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer without microphone and loudspeaker."""
    for search in ("find_input_device", "rescan_for_input"):
        monkeypatch.setattr(live_jobs, search, lambda name: choose_device([], name))
    monkeypatch.setattr(playback, "Player", partial(Player, find_output=lambda name: choose_output([], name)))
    monkeypatch.setattr(engine, "rescan_devices", lambda: None)
    monkeypatch.setattr(engine, "list_input_devices", list)
    monkeypatch.setattr(engine, "list_output_names", list)


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, manifest: Path, own_folders: Path) -> Iterator[Callable[..., Application]]:
    """Starts the window with these recordings and settings; at the end it is closed, and its thread is over."""
    started: list[Application] = []

    def start(*files: Path, **chosen: Any) -> Application:
        known = {"model_path": str(manifest), "note_read": True, "meter_before_recording": False}
        known["recordings_folder"] = str(own_folders / "recordings")
        application = Application(qapp, Settings(**{**known, **chosen}), files)
        started.append(application)
        qtbot.wait(1)  # the window is there, and the model has been asked for
        return application

    yield start
    for application in started:
        for dialog in application.window.findChildren(QDialog):
            dialog.close()  # the next test must not take one that is left for its own
        application.window.close()
        assert application.has_ended


@pytest.fixture
def session() -> Session:
    """What is open: nothing yet."""
    return Session()


@pytest.fixture
def take(tmp_path: Path) -> Path:
    """A recording of which only the bytes matter."""
    path = tmp_path / "take.wav"
    path.write_bytes(b"sound")
    return path


@pytest.fixture
def window(qtbot: QtBot, session: Session, take: Path) -> MainWindow:
    """The window alone, after the take was made."""
    window = window_of(session, take)
    qtbot.addWidget(window)
    return window


@pytest.fixture(scope="session")
def spoken(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A WAV with the first 4 s of the demo: silence, then speech."""
    path = tmp_path_factory.mktemp("spoken") / "spoken.wav"
    sound, rate = soundfile.read(demo, dtype="int16", frames=SPOKEN_S * 22_050)
    soundfile.write(path, sound, rate)
    return path


@pytest.fixture
def wait(qtbot: QtBot) -> Callable[[Callable[[], object]], None]:
    """Waits until something holds, but not for ever."""
    return lambda holds: qtbot.waitUntil(lambda: bool(holds()), timeout=PATIENCE_MS)


@pytest.fixture
def other(spoken: Path, tmp_path: Path) -> Path:
    """Another recording."""
    return Path(shutil.copy(spoken, tmp_path / "other.wav"))
