"""Collects the licences of everything in the double-click app, while ``pyinstaller.spec`` builds it.

There is no list by hand: the collected modules determine the Python packages, and the native libraries the system
packages. A new dependency therefore adds its licence or stops the build.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

TEXTS = Path(__file__).parent / "licences"
ROOT = Path(__file__).resolve().parents[2]
SIGNS = ("licen", "copying", "notice", "copyright")  # in the name of a licence file
COMMON_TEXTS = Path("/usr/share/common-licenses")  # Debian's copyright files refer to these texts
COMMON = re.compile(rf"{COMMON_TEXTS}/([A-Z]+(?:-\d(?:\.\d)?)?)")
# Packages whose wheels lack a licence, or that of a library inside them; the texts are in TEXTS.
OF_QT = ("Qt.txt", "LGPL-3.0.txt", "GPL-3.0.txt")
OF_FFMPEG = ("FFmpeg.txt", "LGPL-3.0.txt", "GPL-3.0.txt", "Apache-2.0.txt")
ADDED = {
    **{"PySide6_Essentials": OF_QT, "shiboken6": OF_QT},
    **{"sounddevice": ("PortAudio.txt",), "av": OF_FFMPEG},
}
ALWAYS = ("ser-desktop", "pyinstaller")  # the program and its bootloader
NETWORK = ROOT / "models" / "speech_detector.json"  # a network of another publisher, without code


def write_licences(folder: Path, names: Iterable[str], libraries: Iterable[Path]) -> list[str]:
    """Write one folder for each package and a list of all packages; return the lines of the list.

    Args:
        folder: Target folder; its previous content is removed.
        names: Top-level names of the collected modules and folders.
        libraries: Source paths of the collected native files.

    Raises:
        SystemExit: The licence of a collected part is not found.
    """
    shutil.rmtree(folder, ignore_errors=True)
    lines = [_python(folder), _write_network(folder)]
    for name in sorted(distributions(names), key=str.casefold):
        lines.append(_write_distribution(folder, metadata.distribution(name)))
    for package in sorted(_system_packages(libraries)):
        lines.append(_write_system_package(folder, package))
    title = "What this app carries, with the folder of its licences\n\n"
    (folder / "README.txt").write_text(title + "\n".join(lines) + "\n", "utf-8")
    return lines


def distributions(names: Iterable[str]) -> set[str]:
    """Return the Python packages that top-level names belong to; those of Python itself belong to none."""
    owners = metadata.packages_distributions()
    return {*ALWAYS, *(owner for name in names for owner in owners.get(name, ()))}


def _python(folder: Path) -> str:
    places = [Path(sysconfig.get_path("stdlib")) / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt"]
    text = next((place for place in places if place.exists()), Path("/usr/share/doc/python3/copyright"))
    _copy(text, folder / "Python" / "LICENSE.txt", "Python")
    return f"Python {sys.version.split()[0]}: PSF-2.0"


def _write_network(folder: Path) -> str:
    described = json.loads(NETWORK.read_text("utf-8"))
    name = described["package"]
    _copy(NETWORK.with_name(described["licence_file"]), folder / name / "LICENSE", name)
    return f"{name} {described['version']} (its network only): {described['licence']}"


def _write_distribution(folder: Path, package: metadata.Distribution) -> str:
    name = package.metadata["Name"]
    place = folder / name
    texts = [Path(str(package.locate_file(file))) for file in package.files or () if _is_licence(str(file))]
    if name == "ser-desktop":
        texts = [ROOT / "LICENSE"]
    texts += [TEXTS / text for text in ADDED.get(name, ())]
    for text in dict.fromkeys(texts):
        _copy(text, place / _short(text), name)
    if not texts:
        raise SystemExit(f"{name} is in the app and its licence is not: add a text to {TEXTS} and to ADDED.")
    stated = package.metadata.get("License-Expression") or (package.metadata.get("License") or "").split("\n")[0]
    return f"{name} {package.version}: {stated[:60] or 'see its folder'}"


def _is_licence(file: str) -> bool:
    is_code = file.endswith((".py", ".pyc", ".pyi", ".h"))
    return not is_code and any(sign in part.lower() for part in Path(file).parts for sign in SIGNS)


def _short(text: Path) -> str:
    """Return a file's name, prefixed by its folder's name where that distinguishes it."""
    parent = text.parent.name
    is_plain = parent.endswith(".dist-info") or parent in ("licenses", "licences", "licensing", ROOT.name)
    return text.name if is_plain else f"{parent}-{text.name}"


def _system_packages(libraries: Iterable[Path]) -> set[str]:
    """Return the Debian packages of libraries that come from neither Python nor its packages."""
    # Debian's Python has the prefix /usr, as all libraries of the system have; its parts are Debian packages as well.
    own = {Path(each).resolve() for each in (sys.prefix, sys.base_prefix)} - {Path("/usr")}
    foreign = sorted({file.resolve() for file in libraries if not own & set(file.resolve().parents)})
    if sys.platform != "linux" or not foreign:
        return set()
    return {owner_of(file) for file in foreign}


def owner_of(file: Path) -> str:
    """Return the Debian package that a file of the system belongs to.

    Raises:
        SystemExit: It belongs to no package, or the system is not based on Debian.
    """
    names = (str(file), str(file).removeprefix("/usr"))  # dpkg lists the path from before /lib moved to /usr/lib
    for name in names:
        answer = subprocess.run(["dpkg-query", "-S", name], capture_output=True, text=True, check=False)
        if answer.returncode == 0:
            return answer.stdout.split(":")[0]
    raise SystemExit(f"{file} belongs to no Debian package, so its licence is not known. Build on Debian or Ubuntu.")


def _write_system_package(folder: Path, package: str) -> str:
    text = Path("/usr/share/doc") / package / "copyright"
    _copy(text, folder / package / "copyright.txt", package)
    for common in set(COMMON.findall(text.read_text("utf-8", errors="replace"))):
        if (COMMON_TEXTS / common).is_file():
            _copy(COMMON_TEXTS / common, folder / "common" / f"{common}.txt", common)
    asked = ["dpkg-query", "-W", "-f", "${Version}", package]
    version = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    return f"{package} {version}: as in Debian"


def _copy(text: Path, place: Path, name: str) -> None:
    if not text.is_file():
        raise SystemExit(f"The licence of {name} is not at {text}.")
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(text, place)
