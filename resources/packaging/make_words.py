"""Copies the recogniser of words for the double-click app: ``python resources/packaging/make_words.py``.

With it the app would be larger than it may. So it is a second part, which the app finds in the folder
``ser-desktop-words`` beside its own. The files are those of the package moonshine-voice, as it is published, with its
licence.
"""

from __future__ import annotations

import platform
import shutil
import sys
import tarfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path, PurePath

ROOT = Path(__file__).resolve().parents[2]
WORDS = ROOT / "build" / "ser-desktop-words"
PACKAGE = "moonshine-voice"


def main() -> int:
    """Write build/ser-desktop-words and dist/ser-desktop-words-VERSION-SYSTEM-MACHINE.tar.gz, and return 0."""
    sys.path[:0] = [str(ROOT)]
    from ser_desktop import __version__

    shutil.rmtree(WORDS, ignore_errors=True)
    try:
        copy_package(WORDS)
    except PackageNotFoundError:
        print(f"{PACKAGE} is not installed: there is no archive of words and speakers")
        return 0
    system = f"{platform.system().lower()}-{platform.machine().lower()}"
    archive = ROOT / "dist" / f"ser-desktop-words-{__version__}-{system}.tar.gz"
    archive.parent.mkdir(exist_ok=True)
    with tarfile.open(archive, "w:gz", compresslevel=6) as file:
        file.add(WORDS, WORDS.name)
    print(f"{archive}: {archive.stat().st_size / 1e6:.0f} MB")
    return 0


def copy_package(target: Path) -> None:
    """Copy the files of the installed package, without compiled Python and without its command.

    Raises:
        PackageNotFoundError: It is not installed.
    """
    for file in distribution(PACKAGE).files or ():
        if _is_wanted(file):
            place = target / file
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(Path(str(file.locate())), place)


def _is_wanted(file: PurePath) -> bool:
    return ".." not in file.parts and "__pycache__" not in file.parts and file.name not in ("INSTALLER", "REQUESTED")


if __name__ == "__main__":
    raise SystemExit(main())
