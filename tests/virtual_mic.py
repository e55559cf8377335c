"""A microphone without hardware: a private PulseAudio server whose null sink is heard as its default source.

Whatever is played into the sink is heard by the microphone. Needs the programs pulseaudio, pactl and paplay, and
ALSA's plugin for PulseAudio (Debian: pulseaudio pulseaudio-utils libasound2-plugins libportaudio2).
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
IDLE_EXIT_S = 600  # should the test run itself be killed, the server ends by this
NAME = "default"


def missing_program() -> str | None:
    """Return the name of a program that is needed but not installed, or ``None``."""
    return next((program for program in PROGRAMS if shutil.which(program) is None), None)


class VirtualMic:
    """A running server; ``env`` is the environment in which its microphone is the default."""

    def __init__(self, *, rate: int = 48_000) -> None:
        self._rate = rate
        self._folder = Path(tempfile.mkdtemp(prefix="virtual_mic."))
        self._players: list[subprocess.Popen[bytes]] = []
        socket = self._folder / "native"
        self.pulse_server = f"unix:{socket}"
        self.env = {**os.environ, "PULSE_SERVER": self.pulse_server}
        self._server = self._started(socket)
        try:
            self._wait_until_it_answers()
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
                # Without norewinds the first sound comes late and clipped.
                *("-L", f"module-null-sink sink_name=loudspeaker rate={self._rate} channels=1 norewinds=1"),
                *("-L", "module-remap-source source_name=microphone master=loudspeaker.monitor"),
            ],
            env={**os.environ, **{name: str(folder) for name, folder in places.items()}},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the test run, which then stops the server itself
        )

    def play(self, recording: Path) -> subprocess.Popen[bytes]:
        """Begin to play a WAV into the microphone; the caller may wait for the end."""
        player = subprocess.Popen(["paplay", "--device=loudspeaker", str(recording)], env=self.env)
        self._players.append(player)
        return player

    def hang(self) -> None:
        """Let the server stop answering, as a hung one does."""
        self._server.send_signal(signal.SIGSTOP)

    def wake(self) -> None:
        """Let a hung server go on."""
        self._server.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """End the server as a crash does."""
        self._server.kill()
        self._server.wait()

    def restart(self) -> None:
        """Start a server where the killed one was, with the same microphone."""
        socket = self._folder / "native"
        socket.unlink(missing_ok=True)
        self._server = self._started(socket)
        self._wait_until_it_answers()

    def mute(self, *, is_muted: bool) -> None:
        """Let the microphone give zeros, or sound again."""
        self._pactl("set-source-mute", "microphone", str(int(is_muted)))

    def stop(self) -> None:
        """End this server and its players, and no other; a second call does nothing."""
        for process in (*self._players, self._server):
            if process.poll() is None:
                process.kill()  # also ends one that hangs
            process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> VirtualMic:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.stop()

    def _wait_until_it_answers(self) -> None:
        give_up_at = time.monotonic() + START_S
        while not (self._pactl("set-default-source", "microphone") and self._pactl("set-default-sink", "loudspeaker")):
            if self._server.poll() is not None or time.monotonic() > give_up_at:
                log = self._folder / "log"
                raise RuntimeError(f"PulseAudio did not start: {log.read_text() if log.exists() else 'it left no log'}")
            time.sleep(0.05)

    def _pactl(self, *command: str) -> bool:
        answer = subprocess.run(["pactl", *command], env=self.env, capture_output=True, check=False)
        return answer.returncode == 0
