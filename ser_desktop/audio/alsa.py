"""Checks that ALSA, the sound system of Linux, has a configuration.

Without one (a minimal system, or an ``ALSA_CONFIG_PATH`` that points nowhere)
PortAudio aborts the process with a failed assertion. The check therefore runs
before PortAudio is loaded. ALSA itself only writes a message to stderr.
"""

from __future__ import annotations

import ctypes
import sys

LIBRARY = "libasound.so.2"


def alsa_lacks_configuration() -> bool:
    """Return whether ALSA is installed without its configuration.

    ALSA caches the configuration that it loads here, so PortAudio does not load it again.
    """
    if sys.platform != "linux":
        return False
    try:
        alsa = ctypes.CDLL(LIBRARY)
    except OSError:  # PortAudio needs ALSA too: loading it then fails with its own error
        return False
    alsa.snd_config_update()
    devices = ctypes.c_void_p()
    everything = ctypes.c_void_p.in_dll(alsa, "snd_config")
    return bool(alsa.snd_config_search(everything, b"pcm", ctypes.byref(devices)) < 0)
