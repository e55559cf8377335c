"""Wraps the built app into Debian packages: ``python resources/packaging/make_deb.py dist/ser-desktop``.

One holds the app, the other words and speakers, which ``make_words.py`` copied; see there. The packages have no
maintainer scripts: triggers of other packages update menus, icons and file types. Removing them leaves only the user's
own files.
"""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from licences import owner_of
from make_words import WORDS

from ser_desktop import __version__

ROOT = Path(__file__).resolve().parents[2]
LINUX = Path(__file__).parent / "linux"
ID = "io.github.ser_desktop.SerDesktop"
LINKERS_NAME = {"x86_64": "x86-64", "aarch64": "AArch64"}  # name of a processor in the output of ldconfig
ELF = b"\x7fELF"
# A microphone and a loudspeaker are usually reached through the sound server, for which ALSA has plugins.
RECOMMENDS = "libasound2-plugins | pipewire-alsa"
CONTROL = """Package: ser-desktop
Version: {version}
Architecture: {architecture}
Maintainer: The SER Desktop contributors <ser-desktop@localhost>
Installed-Size: {kib}
Depends: {depends}
Recommends: {recommends}
Section: sound
Priority: optional
Description: Hear how a voice sounds over time
 Open a recording or speak into the microphone, watch eight emotions as a
 timeline, and export the table. Everything stays on this computer: the
 program never uses the network.
 .
 It includes Python, Qt, ONNX Runtime and the model. Training and graphics cards
 are for the Python package.
"""

WORDS_CONTROL = """Package: ser-desktop-words
Version: {version}
Architecture: {architecture}
Maintainer: The SER Desktop contributors <ser-desktop@localhost>
Installed-Size: {kib}
Depends: {depends}
Section: sound
Priority: optional
Description: Words and speakers for SER Desktop
 With this package, SER Desktop also writes down what is said, in English, and
 finds who speaks when. Everything stays on this computer.
 .
 It is the recogniser Moonshine Voice with its smallest English model, as its
 publisher built it.
"""


def main() -> int:
    """Write dist/ser-desktop_VERSION_ARCHITECTURE.deb, and ser-desktop-words likewise, and return 0."""
    app = Path(sys.argv[1]).resolve()
    stage = ROOT / "build" / "deb"
    shutil.rmtree(stage, ignore_errors=True)
    lay_out(app, stage)
    _build(stage, "ser-desktop", CONTROL, depends=", ".join(needs(app)), recommends=RECOMMENDS)
    if WORDS.is_dir():
        shutil.rmtree(stage)
        lay_out_words(stage)
        _build(stage, WORDS.name, WORDS_CONTROL, depends=", ".join(["ser-desktop", *needs(WORDS)]))
    return 0


def _build(stage: Path, name: str, control: str, **fields: str) -> None:
    """Write the package of a staging folder."""
    architecture = _output_of("dpkg", "--print-architecture")
    kib = sum(file.lstat().st_size for file in stage.rglob("*") if file.is_file()) // 1024
    (stage / "DEBIAN").mkdir()
    text = control.format(version=__version__, architecture=architecture, kib=kib, **fields)
    (stage / "DEBIAN" / "control").write_text(text, "utf-8")
    _open_to_all(stage)
    package = ROOT / "dist" / f"{name}_{__version__}_{architecture}.deb"
    # On two processors -Zzstd -z12 takes 14 s for 73 MB, -Zxz -z3 32 s for 65 MB. Each system whose libc is new enough
    # for the app reads zstd.
    command = ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z12", "--build", str(stage), str(package)]
    subprocess.run(command, check=True)
    print(f"{package}: {package.stat().st_size / 1e6:.0f} MB")


def lay_out(app: Path, stage: Path) -> None:
    """Copy all files to their installed paths below a staging folder."""
    share = stage / "usr" / "share"
    shutil.copytree(app, stage / "usr" / "lib" / "ser-desktop", symlinks=True)
    (stage / "usr" / "bin").mkdir()
    (stage / "usr" / "bin" / "ser-desktop").symlink_to("../lib/ser-desktop/ser-desktop")
    for place in ("applications", "metainfo", "doc/ser-desktop"):
        (share / place).mkdir(parents=True)
    shutil.copy(LINUX / f"{ID}.desktop", share / "applications")
    (share / "metainfo" / f"{ID}.metainfo.xml").write_text(metainfo(), "utf-8")
    shutil.copytree(ROOT / "build" / "icons" / "hicolor", share / "icons" / "hicolor")
    shutil.copy(ROOT / "LICENSE", share / "doc" / "ser-desktop" / "copyright")
    (share / "doc" / "ser-desktop" / "licences").symlink_to("../../../lib/ser-desktop/_internal/licences")


def lay_out_words(stage: Path) -> None:
    """Copy words and speakers likewise; the app finds them beside its own folder."""
    shutil.copytree(WORDS, stage / "usr" / "lib" / WORDS.name)
    documents = stage / "usr" / "share" / "doc" / WORDS.name
    documents.mkdir(parents=True)
    (licence,) = WORDS.glob("*.dist-info/licenses/LICENSE")
    shutil.copy(licence, documents / "copyright")


def metainfo() -> str:
    """Return the AppStream metadata of this version, dated by the last change of CHANGELOG.md."""
    changed = time.strftime("%Y-%m-%d", time.gmtime((ROOT / "CHANGELOG.md").stat().st_mtime))
    text = (LINUX / f"{ID}.metainfo.xml.in").read_text("utf-8")
    return text.replace("@VERSION@", __version__).replace("@DATE@", changed)


def needs(app: Path) -> list[str]:
    """Return the Debian packages of the libraries that the app lacks, and the oldest usable libc."""
    parts = list(_native_files(app))
    inside = {part.name for part in app.rglob("*.so*")}
    asked = {name for part in parts for name in _needed_by(part)} - inside
    ours = rf"^\s*(\S+) \(.*?{LINKERS_NAME[platform.machine()]}.*?\) => (\S+)$"
    places = dict(re.findall(ours, _output_of("/sbin/ldconfig", "-p"), re.MULTILINE))
    missing = sorted(name for name in asked if name not in places and not name.startswith("ld-linux"))
    if missing:
        raise SystemExit(
            f"The app needs {', '.join(missing)}, which are not installed here. Install them and try again."
        )
    packages = {owner_of(Path(places[name]).resolve()) for name in asked if name in places}
    return [f"libc6 (>= {_libc(parts)})" if package == "libc6" else package for package in sorted(packages)]


def _native_files(app: Path) -> Iterator[Path]:
    for path in sorted(app.rglob("*")):
        # The copy of ALSA is for machines without it; the package depends on the system's ALSA.
        if path.is_file() and not path.is_symlink() and path.parent.name != "alsa":
            with path.open("rb") as file:
                if file.read(4) == ELF:
                    yield path


def _needed_by(part: Path) -> list[str]:
    return re.findall(r"NEEDED\s+(\S+)", _output_of("objdump", "-p", str(part)))


def _libc(parts: list[Path]) -> str:
    versions = {found for part in parts for found in re.findall(rb"GLIBC_(\d+)\.(\d+)\x00", part.read_bytes())}
    return ".".join(map(str, max((int(major), int(minor)) for major, minor in versions)))


def _open_to_all(stage: Path) -> None:
    """Set the file modes that are usual under /usr."""
    for path in (stage, *stage.rglob("*")):
        if not path.is_symlink():
            is_for_all = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if is_for_all else 0o644)


def _output_of(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    raise SystemExit(main())
