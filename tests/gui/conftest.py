from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import soundfile
from fakes import FakeDevices, FakeMicrophone
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog
from windows import window_of

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from ser_desktop.audio.devices import InputDevice
from ser_desktop.gui.app import Application
from ser_desktop.gui.model.session import Session
from ser_desktop.settings import Settings, default_recordings_folder, log_folder, settings_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from ser_desktop.gui.engine.devices import Devices
    from ser_desktop.gui.main_window import MainWindow

SPOKEN_S = 4
PATIENCE_MS = 10_000


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Recordings are read in steps of 0.5 s, so that a test can act while half a minute is read."""
    monkeypatch.setattr("ser_desktop.gui.engine.file_job.BLOCK_S", 0.5)


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Folders for settings, logs and recordings of one test; asserts that the user's settings are unchanged."""
    of_the_user = settings_path()
    before = of_the_user.read_bytes() if of_the_user.exists() else None
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_MUSIC_DIR"):
        monkeypatch.setenv(name, str(home / name))
    if not all(
        Path(place).is_relative_to(home) for place in (settings_path(), log_folder(), default_recordings_folder())
    ):
        pytest.skip("this system does not let a test choose its folders")
    yield home
    assert (of_the_user.read_bytes() if of_the_user.exists() else None) == before


@pytest.fixture(autouse=True)
def no_theme_is_left(qapp: QApplication) -> Iterator[None]:
    """Resets the theme after each test: it belongs to the whole Qt application."""
    sheet, palette = qapp.styleSheet(), qapp.palette()
    yield
    if qapp.styleSheet() != sheet:
        qapp.setStyleSheet(sheet)
        qapp.setPalette(palette)


@pytest.fixture(autouse=True)
def no_window_is_left(qapp: QApplication) -> Iterator[None]:
    """Deletes closed windows after each test: a change of the theme restyles all that exist."""
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def devices() -> FakeDevices:
    """The devices of the engine and the window: none."""
    return FakeDevices()


@pytest.fixture
def microphone(devices: FakeDevices) -> FakeMicrophone:
    """The only microphone of the engine and the window."""
    fake = FakeMicrophone(InputDevice("Fake Microphone", "ALSA", 0, 16_000, 1))
    devices.connect(fake)
    return fake


@pytest.fixture
def no_devices(devices: FakeDevices) -> None:
    """A computer without microphone and loudspeaker."""
    assert devices.input_names() == devices.output_names() == []


@pytest.fixture
def start(
    qtbot: QtBot, qapp: QApplication, manifest: Path, own_folders: Path, devices: FakeDevices
) -> Iterator[Callable[..., Application]]:
    """Starts the window with these recordings and settings; at the end it is closed, and its thread has ended."""
    started: list[Application] = []

    def start(*files: Path, devices: Devices = devices, **chosen: Any) -> Application:
        known = {"model_path": str(manifest), "note_read": True, "meter_before_recording": False}
        known["recordings_folder"] = str(own_folders / "recordings")
        application = Application(qapp, Settings(**{**known, **chosen}), files, devices=devices)
        started.append(application)
        qtbot.wait(1)  # the window is shown, and the model was requested
        return application

    yield start
    for application in started:
        for dialog in application.window.findChildren(QDialog):
            dialog.close()  # the next test would find it
        application.window.close()
        application.window.close()  # while recording, the first attempt asks
        assert application.has_ended
    qapp.processEvents()  # the end of a take is stored now, and not later among the user's own settings
    for application in started:
        application.window.deleteLater()


@pytest.fixture
def session() -> Session:
    """A session without recordings."""
    return Session()


@pytest.fixture
def take(tmp_path: Path) -> Path:
    """A file that stands for a recording; only its bytes matter."""
    path = tmp_path / "take.wav"
    path.write_bytes(b"sound")
    return path


@pytest.fixture
def window(qtbot: QtBot, session: Session, take: Path) -> MainWindow:
    """The window without an engine, with a finished take."""
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
    """Waits until a condition holds, at most 10 s."""
    return lambda holds: qtbot.waitUntil(lambda: bool(holds()), timeout=PATIENCE_MS)


@pytest.fixture
def other(spoken: Path, tmp_path: Path) -> Path:
    """Another recording."""
    return Path(shutil.copy(spoken, tmp_path / "other.wav"))
