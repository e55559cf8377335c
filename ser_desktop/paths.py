"""Paths of the files that ship with the program.

In a checkout ``models/`` and ``resources/`` lie beside the package; in a wheel
and in the frozen app they lie inside it.
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


def speech_detector() -> Path:
    """Return the network of the speech detector, which ships with the program."""
    return _root() / "models" / "speech_detector.onnx"


def demo_recording() -> Path:
    """Return the demo recording that ships with the program."""
    return _root() / "resources" / "demo.flac"


def translations() -> Path:
    """Return the folder with the window's languages other than English."""
    return _root() / "resources" / "translations"


def report_templates() -> Path:
    """Return the folder with the templates of the reports, inside the package."""
    return PACKAGE / "report" / "templates"


def self_test_figures() -> Path:
    """Return the file with the expected results of the demo recording."""
    return _root() / "resources" / "self_test.json"


def icon() -> Path:
    """Return the program's icon, a drawing for all sizes."""
    return _root() / "resources" / "icons" / "ser-desktop.svg"


def is_frozen() -> bool:
    """Return whether this is the double-click app, which has neither training nor support for graphics cards."""
    return hasattr(sys, "_MEIPASS")


def this_program() -> list[str]:
    """Return the command line that starts this program again, without its arguments."""
    if not is_frozen():
        return [sys.executable, "-m", "ser_desktop"]
    program = Path(sys.executable)
    on_windows = program.with_name(f"{program.stem.removesuffix('-cli')}-cli.exe")  # the executable with a console
    return [str(on_windows if on_windows.exists() else program)]


def words_folder() -> Path:
    """Return the folder beside the double-click app that holds the recogniser of words, where it was put there.

    Only for the double-click app, which is too large with it.
    """
    program = Path(sys.executable).resolve()
    is_bundle = sys.platform == "darwin" and program.parent.name == "MacOS"
    app = program.parents[2] if is_bundle else program.parent
    return app.with_name("ser-desktop-words")


def make_own_folder(folder: Path) -> None:
    """Make a folder and its missing parents, for the user alone (0700).

    ``Path.mkdir`` would make the parents readable for everybody.

    Raises:
        OSError: It cannot be made, or a file is in its place.
    """
    if not folder.parent.is_dir():
        make_own_folder(folder.parent)
    folder.mkdir(exist_ok=True, mode=0o700)
