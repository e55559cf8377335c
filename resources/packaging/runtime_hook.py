"""Runs in the frozen app before the program: sets the search paths of the bundled libraries."""

import ctypes.util
import os
import sys
from pathlib import Path

INSIDE = Path(sys._MEIPASS)
ALSA_CONFIGURATION = Path("/usr/share/alsa/alsa.conf")


def _restore_library_path() -> None:
    """Restore LD_LIBRARY_PATH, so that started programs (file manager, browser) load their own libraries."""
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before:
        os.environ["LD_LIBRARY_PATH"] = before
    else:
        os.environ.pop("LD_LIBRARY_PATH", None)
    # A second instance started by this program must initialise itself, not reuse the first one's environment.
    os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"


def _find_alsa() -> None:
    """Use the system's ALSA, which finds its plugins; the bundled one where ALSA or its configuration is missing."""
    try:
        ctypes.CDLL("libasound.so.2")
    except OSError:
        ctypes.CDLL(str(INSIDE / "alsa" / "libasound.so.2"), mode=ctypes.RTLD_GLOBAL)
    if "ALSA_CONFIG_PATH" not in os.environ and not ALSA_CONFIGURATION.exists():
        os.environ["ALSA_CONFIG_DIR"] = str(INSIDE / "alsa")
        os.environ["ALSA_CONFIG_PATH"] = str(INSIDE / "alsa" / "alsa.conf")


def _find_portaudio() -> None:
    """Let sounddevice load the bundled PortAudio; by default it searches the system, which may have none."""
    ours = next(INSIDE.glob("libportaudio.so*"), None)
    find_library = ctypes.util.find_library
    if ours:
        ctypes.util.find_library = lambda name: str(ours) if name == "portaudio" else find_library(name)


if sys.platform == "linux":
    _restore_library_path()
    _find_alsa()
    _find_portaudio()
