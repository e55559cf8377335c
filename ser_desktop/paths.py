"""Where things are: the only file that knows.

In a checkout ``models/`` and ``resources/`` lie beside the package; in a wheel
and in the frozen app they travel inside it.
"""

from __future__ import annotations

import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def _root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen)
    return PACKAGE if (PACKAGE / "models").is_dir() else PACKAGE.parent


def default_model() -> Path:
    """Return the manifest of the model that ships with the program."""
    return _root() / "models" / "default.json"


def demo_recording() -> Path:
    """Return the demo recording that ships with the program."""
    return _root() / "resources" / "demo.flac"


def translations() -> Path:
    """Return the folder with the window's languages other than English."""
    return _root() / "resources" / "translations"
