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


def self_test_figures() -> Path:
    """Return the answers to the demo recording that a sound installation gives."""
    return _root() / "resources" / "self_test.json"


def icon() -> Path:
    """Return the program's icon, a drawing for all sizes."""
    return _root() / "resources" / "icons" / "ser-desktop.svg"


def is_frozen() -> bool:
    """Return whether this is the double-click app, which carries all but training and graphics cards."""
    return hasattr(sys, "_MEIPASS")


def this_program() -> list[str]:
    """Return the words of a command line that start this program once more."""
    if not is_frozen():
        return [sys.executable, "-m", "ser_desktop"]
    program = Path(sys.executable)
    on_windows = program.with_name(f"{program.stem.removesuffix('-cli')}-cli.exe")  # the twin that can print
    return [str(on_windows if on_windows.exists() else program)]


def make_own_folder(folder: Path) -> None:
    """Make a folder and those above it that are missing, for the user alone (0700).

    ``Path.mkdir`` would make the ones above for everybody.

    Raises:
        OSError: It cannot be made, or a file is in its place.
    """
    if not folder.parent.is_dir():
        make_own_folder(folder.parent)
    folder.mkdir(exist_ok=True, mode=0o700)
