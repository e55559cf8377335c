"""Runs in the frozen app before the program: tells libraries where the parts lie that travel with it."""

import ctypes.util
import os
import sys
from pathlib import Path

INSIDE = Path(sys._MEIPASS)
ALSA_CONFIGURATION = Path("/usr/share/alsa/alsa.conf")


def _restore_library_path() -> None:
    """Let programs that this one starts (the file manager, the browser) find their own libraries, not ours."""
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before:
        os.environ["LD_LIBRARY_PATH"] = before
    else:
        os.environ.pop("LD_LIBRARY_PATH", None)
    # The same for a second start of this program: it is one of its own, not a part of the first.
    os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"


def _find_alsa() -> None:
    """Use the machine's ALSA, which knows its plugins; ours on a machine without one or without its configuration."""
    try:
        ctypes.CDLL("libasound.so.2")
    except OSError:
        ctypes.CDLL(str(INSIDE / "alsa" / "libasound.so.2"), mode=ctypes.RTLD_GLOBAL)
    if "ALSA_CONFIG_PATH" not in os.environ and not ALSA_CONFIGURATION.exists():
        os.environ["ALSA_CONFIG_DIR"] = str(INSIDE / "alsa")
        os.environ["ALSA_CONFIG_PATH"] = str(INSIDE / "alsa" / "alsa.conf")


def _find_portaudio() -> None:
    """Let sounddevice find our PortAudio: it asks the machine, which may have none."""
    ours = next(INSIDE.glob("libportaudio.so*"), None)
    find_library = ctypes.util.find_library
    if ours:
        ctypes.util.find_library = lambda name: str(ours) if name == "portaudio" else find_library(name)


if sys.platform == "linux":
    _restore_library_path()
    _find_alsa()
    _find_portaudio()
