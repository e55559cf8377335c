"""Works around two faults of ALSA, the sound system of Linux.

It may have no configuration. Without one (a minimal system, or an ``ALSA_CONFIG_PATH`` that points nowhere)
PortAudio aborts the process with a failed assertion. The check therefore runs
before PortAudio is loaded. ALSA itself only writes a message to stderr.

It unloads its plugins whenever PortAudio is terminated, and every time they are
loaded again, a little memory is lost: see :func:`keep_plugins_loaded`.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from pathlib import Path

LIBRARY = "libasound.so.2"
PLUGIN = b"libasound_module_"  # how the file names of its plugins begin


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


def keep_plugins_loaded() -> None:
    """Keep the plugins that ALSA has loaded in memory until the process ends.

    To be called before PortAudio is terminated. Otherwise ALSA unloads its
    plugins, and the next scan loads them and their libraries again. One of these,
    pixman (which the plugin for A52 needs through FFmpeg), allocates 12 KB each
    time and never frees them. Measured on Debian 12: a scan took 69 ms and left
    12.6 KB, and takes 35 ms and leaves 0.4 KB with the plugins kept.
    """
    if sys.platform != "linux":
        return
    try:
        mapped = Path("/proc/self/maps").read_bytes().splitlines()
    except OSError:  # a sandbox without /proc
        return
    for path in {os.fsdecode(line.split(maxsplit=5)[-1]) for line in mapped if PLUGIN in line}:
        with contextlib.suppress(OSError):  # its file was replaced by an update; it is unloaded as before
            ctypes.CDLL(path, mode=os.RTLD_NOLOAD | os.RTLD_NODELETE | os.RTLD_LAZY)
