"""The program sends nothing over the network, and its files are readable by their user only."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import soundfile
from speech import RATE, say
from terminal import CHECKOUT, Ran, finish, start_program
from virtual_mic import VirtualMic

SOCKET = re.compile(r"socket\((AF_\w+|PF_\w+)")
# Sound server and display are reached through AF_UNIX. AF_NETLINK queries the local kernel.
STAYS_HERE = {"AF_UNIX", "AF_LOCAL", "AF_NETLINK"}
SECRET = "Dear diary, nobody must ever read this."
HOMES = ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_MUSIC_DIR")

# Starts the window and waits until it has read the given recordings.
WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ser_desktop.gui.app import Application
from ser_desktop.settings import Settings
from windows import is_idle
app = QApplication(sys.argv[:1])
application = Application(app, Settings(note_read=True), [Path(each) for each in sys.argv[1:]])
def look():
    if is_idle(application):
        timer.stop()
        application.reports.show_report("a report as of a bug")
        application.window.close()
        app.quit()
timer = QTimer()
timer.timeout.connect(look)
timer.start(100)
QTimer.singleShot(100_000, lambda: app.exit(3))
sys.exit(app.exec())
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A fresh home folder."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o755)
    return folder


def environment(home: Path) -> dict[str, str]:
    places = {name: str(home if name == "HOME" else home / name.lower()) for name in HOMES}
    return {**places, "QT_QPA_PLATFORM": "offscreen"}


def traced(log: Path) -> list[str]:
    """Return the command prefix that logs a program's network calls."""
    if not shutil.which("strace"):
        pytest.skip("needs strace, which is not installed")
    if subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True, check=False).returncode:
        pytest.skip("strace may not watch other programs here")
    return ["strace", "-f", "-qq", "-e", "trace=network", "-o", os.fspath(log)]


def ways_out(log: Path) -> set[str]:
    """Return the families of created sockets that can reach another machine."""
    return set(SOCKET.findall(log.read_text(errors="replace"))) - STAYS_HERE


def window(home: Path, *files: Path, before: list[str]) -> Ran:
    env = {**environment(home), "PYTHONPATH": os.pathsep.join(map(str, (CHECKOUT, CHECKOUT / "tests")))}
    process = subprocess.Popen(
        [*before, sys.executable, "-c", WINDOW, *map(os.fspath, files)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **env},
        umask=0o022,
    )
    return finish(process)


def test_the_watch_sees_the_network(tmp_path):
    log = tmp_path / "log"
    code = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()"
    subprocess.run([*traced(log), sys.executable, "-c", code], check=True)
    assert ways_out(log) == {"AF_INET"}


@pytest.mark.parametrize("arguments", [("--self-test",), ("devices",), ("model",)], ids=lambda each: each[0])
def test_looking_around_uses_no_network(tmp_path, home, arguments):
    log = tmp_path / "log"
    finish(start_program(*arguments, before=traced(log), env=environment(home)))
    assert ways_out(log) == set()


def test_analyzing_uses_no_network(tmp_path, home, demo):
    log = tmp_path / "log"
    arguments = ("analyze", demo, "--csv", tmp_path / "table.csv")
    assert finish(start_program(*arguments, before=traced(log), env=environment(home))).status == 0
    assert ways_out(log) == set()


def test_finding_words_uses_no_network(tmp_path, home):
    pytest.importorskip("moonshine_voice", reason="needs the extra [words]")
    log, talk = tmp_path / "log", tmp_path / "talk.wav"
    soundfile.write(talk, say("We walk to the river."), RATE)
    arguments = ("analyze", talk, "--transcribe")
    ran = finish(start_program(*arguments, before=traced(log), env=environment(home)))
    assert "river" in ran.out
    assert ways_out(log) == set()


def test_recording_uses_no_network_and_keeps_the_sound_for_its_user(tmp_path, home, virtual_mic: VirtualMic):
    log, wav = tmp_path / "log", tmp_path / "take.wav"
    arguments = ("record", "--seconds", "1", "--wav", wav)
    env = {**environment(home), "PULSE_SERVER": virtual_mic.pulse_server}
    assert finish(start_program(*arguments, before=traced(log), env=env)).status == 0
    assert ways_out(log) == set()
    assert stat.S_IMODE(wav.stat().st_mode) == 0o600


def test_the_window_uses_no_network(tmp_path, home, demo):
    log = tmp_path / "log"
    ran = window(home, demo, before=traced(log))
    assert ran.status == 0, ran.err
    assert ways_out(log) == set()


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_what_the_window_keeps_is_for_its_user_alone_and_holds_no_contents(tmp_path, home, demo):
    diary = tmp_path / "diary.wav"
    diary.write_text(SECRET)
    ran = window(home, diary, demo, before=[])
    assert ran.status == 0, ran.err
    kept = [each for each in home.rglob("*") if "ser-desktop" in each.as_posix()]
    files = [each for each in kept if each.is_file()]
    assert {"settings.json", "ser-desktop.log"} <= {each.name for each in files}
    modes = {each: stat.S_IMODE(each.stat().st_mode) for each in kept}
    assert {each: oct(mode) for each, mode in modes.items() if mode & 0o077} == {}
    assert [each for each in files if SECRET[:12].encode() in each.read_bytes()] == []
    assert SECRET[:12] not in ran.out + ran.err
