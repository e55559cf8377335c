"""Whether ALSA, Linux's sound system, can be asked for devices at all.

PortAudio ends the whole process with an assertion where ALSA's configuration is
missing (a bare system, or ``ALSA_CONFIG_PATH`` that points nowhere), so this is
found out before it is loaded. ALSA itself only says so on stderr.
"""

from __future__ import annotations

import ctypes
import sys

LIBRARY = "libasound.so.2"


def alsa_lacks_configuration() -> bool:
    """Return whether ALSA is there without its configuration; what it reads here, PortAudio need not read again."""
    if sys.platform != "linux":
        return False
    try:
        alsa = ctypes.CDLL(LIBRARY)
    except OSError:  # then PortAudio, which needs it, cannot be loaded either, and says so
        return False
    alsa.snd_config_update()
    devices = ctypes.c_void_p()
    everything = ctypes.c_void_p.in_dll(alsa, "snd_config")
    return bool(alsa.snd_config_search(everything, b"pcm", ctypes.byref(devices)) < 0)
