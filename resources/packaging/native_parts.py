"""Finds native libraries that need more files than themselves, for ``pyinstaller.spec``."""

from __future__ import annotations

import ctypes.util
from pathlib import Path

ALSA_FOLDER = Path("/usr/share/alsa")
# Files of a default configuration. The card profiles (ucm2, 2 MB) are for sound servers, which include their own.
ALSA_FILES = ("alsa.conf", "pcm/*", "ctl/*", "cards/*")
LIBRARY_FOLDERS = ("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib")


def alsa_parts() -> list[tuple[str, str]]:
    """Return libasound and its configuration, each with its target folder.

    They are in a separate folder that is on no search path, because the system's ALSA has priority: it finds the
    system's plugins. See ``runtime_hook.py``.
    """
    parts = [(str(_library("asound")), "alsa")]
    for pattern in ALSA_FILES:
        for path in sorted(ALSA_FOLDER.glob(pattern)):
            parts.append((str(path), str(Path("alsa") / path.parent.relative_to(ALSA_FOLDER))))
    return parts


def _library(name: str) -> Path:
    found = ctypes.util.find_library(name)
    places = [Path(folder) / str(found) for folder in LIBRARY_FOLDERS]
    place = next((each for each in places if found and each.exists()), None)
    if place is None:
        raise SystemExit(f"lib{name} is needed to build the app (Debian: apt-get install libportaudio2).")
    return place
