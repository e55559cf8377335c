"""Starts the built app as a user's shell does: without Python, the project, or most environment variables."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from terminal import PATIENCE_S, Ran

LOOK_S = 0.05
FAMILIES_THAT_REACH_OUT = ("AF_INET", "AF_NETLINK", "AF_PACKET", "AF_BLUETOOTH", "AF_VSOCK")
SCREEN = (1280, 800)


class BuiltApp:
    """The folder that was built.

    Args:
        folder: Folder with the program ``ser-desktop``.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.program = folder, folder / "ser-desktop"
        self.inside = folder / "_internal"

    def start(
        self, *arguments: str | Path, env: Mapping[str, str | Path], before: Sequence[str] = ()
    ) -> subprocess.Popen[bytes]:
        """Start the app in the root folder, with only the given environment variables.

        Args:
            arguments: Command-line arguments of the program.
            env: Complete environment of the process.
            before: Command-line prefix before the program.
        """
        return subprocess.Popen(
            [*before, os.fspath(self.program), *map(os.fspath, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={name: os.fspath(value) for name, value in env.items()},
            cwd="/",
            start_new_session=True,  # so that the app and its tracer end together
        )

    def run(self, *arguments: str | Path, env: Mapping[str, str | Path], before: Sequence[str] = ()) -> Ran:
        """Start the app and wait until it ends."""
        with self.start(*arguments, env=env, before=before) as process:
            try:
                out, err = process.communicate(timeout=PATIENCE_S)
            finally:
                _end(process)
        return Ran(process.returncode, out.decode(), err.decode())

    def copied_to(self, folder: Path) -> BuiltApp:
        """Return a copy, which shares its files with this one until one of them is replaced."""
        shutil.copytree(self.folder, folder, symlinks=True, copy_function=_link)
        return BuiltApp(folder)


class Screen:
    """A display without hardware.

    Attributes:
        env: Environment that selects this display.
    """

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="screen."))
        read_end, write_end = os.pipe()
        self._server = subprocess.Popen(
            [
                *("Xvfb", "-displayfd", str(write_end), "-screen", "0", "{}x{}x24".format(*SCREEN)),
                *("-fbdir", str(self._folder), "-nolisten", "tcp", "-noreset"),
            ],
            pass_fds=(write_end,),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(write_end)
        with open(read_end) as answer:  # noqa: PTH123 - a descriptor is no path
            self.env = {"DISPLAY": f":{answer.readline().strip()}"}

    def picture(self) -> npt.NDArray[np.uint8]:
        """Return a picture of the screen: (row, column, channel), channels blue, green, red, unused."""
        content = (self._folder / "Xvfb_screen0").read_bytes()
        head = np.frombuffer(content, ">u4", count=25)  # of an X window dump
        size, width, height, line, colours = (int(head[place]) for place in (0, 4, 5, 12, 19))
        pixels = np.frombuffer(content, np.uint8, count=line * height, offset=size + 12 * colours)
        return pixels.reshape(height, line)[:, : 4 * width].reshape(height, width, 4)

    def colours(self) -> int:
        """Return the number of colours on the screen; an empty screen has one."""
        return len(np.unique(self.picture().reshape(-1, 4), axis=0))

    def close(self) -> None:
        """End the display."""
        self._server.terminate()
        self._server.wait()
        shutil.rmtree(self._folder, ignore_errors=True)


@contextlib.contextmanager
def running(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program inside the ``with`` block and end it afterwards."""
    try:
        yield process
    finally:
        _end(process)
        process.communicate()


def wait_until(is_so: Callable[[], bool], process: subprocess.Popen[bytes], what: str) -> None:
    """Wait until a running program reaches a state.

    Raises:
        AssertionError: The program ends first, or the wait takes too long.
    """
    give_up_at_s = time.monotonic() + PATIENCE_S
    while not is_so():
        if process.poll() is not None:
            out, err = process.communicate()
            raise AssertionError(f"the app ended ({process.returncode}) before {what}: {out.decode()} {err.decode()}")
        assert time.monotonic() < give_up_at_s, f"not seen in {PATIENCE_S:g} s: {what}"
        time.sleep(LOOK_S)


def read_note(home: Path) -> None:
    """Write settings that mark the first-start note as read."""
    settings = settings_of(home)
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"note_read": True}))


def settings_of(home: Path) -> Path:
    """Return where the app keeps its settings in a home, on Linux."""
    return home / ".config" / "ser-desktop" / "settings.json"


def without_network() -> list[str]:
    """Return the command prefix that runs a program without network."""
    words = ["/usr/bin/unshare", "--map-root-user", "--net", "--"]
    if not Path(words[0]).exists() or not _works(words):
        pytest.skip("this machine lets nobody leave its network (unshare)")
    return words


def watcher(trace: Path) -> list[str]:
    """Return the command prefix that runs a program and logs each socket that it opens."""
    words = ["/usr/bin/strace", "-f", "-qq", "-e", "trace=socket,connect,sendto", "-o", str(trace)]
    if not Path(words[0]).exists() or not _works(words):
        pytest.skip("this machine lets no program be watched (strace)")
    return words


def opens_connections(trace: Path) -> list[str]:
    """Return the lines of a trace with sockets that can reach other machines."""
    lines = trace.read_text().splitlines()
    return [line for line in lines if any(family in line for family in FAMILIES_THAT_REACH_OUT)]


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _works(words: Sequence[str]) -> bool:
    return subprocess.run([*words, "/usr/bin/true"], capture_output=True, check=False).returncode == 0


def _link(source: str, place: str) -> None:
    try:
        os.link(source, place)
    except OSError:  # another file system
        shutil.copy2(source, place)
