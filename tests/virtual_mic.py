"""A microphone without hardware: a private PulseAudio server whose default source is the monitor of a null sink.

The microphone captures the audio played into the sink. Requires the programs pulseaudio, pactl and paplay, and ALSA's
plugin for PulseAudio (Debian: pulseaudio pulseaudio-utils libasound2-plugins libportaudio2).
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

PROGRAMS = ("pulseaudio", "pactl", "paplay")
START_S = 10.0
IDLE_EXIT_S = 600  # ends the server if the test run is killed
NAME = "default"


def missing_program() -> str | None:
    """Return the name of a required program that is not installed, or ``None``."""
    return next((program for program in PROGRAMS if shutil.which(program) is None), None)


class VirtualMic:
    """A running server; ``env`` is the environment that selects its microphone as the default."""

    def __init__(self, *, rate: int = 48_000) -> None:
        self._rate = rate
        self._folder = Path(tempfile.mkdtemp(prefix="virtual_mic."))
        self._players: list[subprocess.Popen[bytes]] = []
        socket = self._folder / "native"
        self.pulse_server = f"unix:{socket}"
        self.env = {**os.environ, "PULSE_SERVER": self.pulse_server}
        self._server = self._started(socket)
        try:
            self._wait_until_ready()
        except BaseException:
            self.stop()
            raise

    def _started(self, socket: Path) -> subprocess.Popen[bytes]:
        places = {"PULSE_RUNTIME_PATH": self._folder, "PULSE_STATE_PATH": self._folder, "HOME": self._folder}
        return subprocess.Popen(
            [
                *("pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", f"--exit-idle-time={IDLE_EXIT_S}"),
                *("--disable-shm=yes", "--realtime=no", "--high-priority=no", f"--log-target=file:{self._folder}/log"),
                *("-L", f"module-native-protocol-unix socket={socket} auth-anonymous=1"),
                # Without norewinds the first audio is late and clipped.
                *("-L", f"module-null-sink sink_name=loudspeaker rate={self._rate} channels=1 norewinds=1"),
                *("-L", "module-remap-source source_name=microphone master=loudspeaker.monitor"),
            ],
            env={**os.environ, **{name: str(folder) for name, folder in places.items()}},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C must reach only the test run, which then stops the server
        )

    def play(self, recording: Path) -> subprocess.Popen[bytes]:
        """Start to play a WAV into the microphone; return the process, for which the caller may wait."""
        player = subprocess.Popen(["paplay", "--device=loudspeaker", str(recording)], env=self.env)
        self._players.append(player)
        return player

    def hang(self) -> None:
        """Stop the server process (SIGSTOP), as if it hung."""
        self._server.send_signal(signal.SIGSTOP)

    def wake(self) -> None:
        """Resume the server process (SIGCONT)."""
        self._server.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """Kill the server, as if it crashed."""
        self._server.kill()
        self._server.wait()

    def restart(self) -> None:
        """Start a new server at the same address, with the same microphone."""
        socket = self._folder / "native"
        socket.unlink(missing_ok=True)
        self._server = self._started(socket)
        self._wait_until_ready()

    def mute(self, *, is_muted: bool) -> None:
        """Mute or unmute the microphone; a muted one delivers zeros."""
        self._pactl("set-source-mute", "microphone", str(int(is_muted)))

    def stop(self) -> None:
        """Stop this server and its players; a second call does nothing."""
        for process in (*self._players, self._server):
            if process.poll() is None:
                process.kill()  # works for a stopped process too
            process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> VirtualMic:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.stop()

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_S
        while not (self._pactl("set-default-source", "microphone") and self._pactl("set-default-sink", "loudspeaker")):
            if self._server.poll() is not None or time.monotonic() > deadline:
                log = self._folder / "log"
                raise RuntimeError(f"PulseAudio did not start: {log.read_text() if log.exists() else 'it left no log'}")
            time.sleep(0.05)

    def _pactl(self, *command: str) -> bool:
        ran = subprocess.run(["pactl", *command], env=self.env, capture_output=True, check=False)
        return ran.returncode == 0
