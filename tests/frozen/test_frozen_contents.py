from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from frozen_app import BuiltApp

MAX_BYTES = 340_000_000  # 102 MB of it are FFmpeg and its libraries
MAX_PACKAGE_BYTES = 120_000_000
FOR_THE_INSTALLED_PACKAGE = (
    "torch",
    "librosa",
    "scipy",
    "numba",
    "sklearn",
    "matplotlib",
    "onnx",
    "safetensors",
    "statsmodels",
)
THAT_CONNECT = ("ssl", "_ssl", "ftplib", "smtplib", "PySide6.QtNetwork")


@pytest.fixture(scope="module")
def modules(app: BuiltApp) -> set[str]:
    """Names of all Python modules in the app."""
    readers = pytest.importorskip("PyInstaller.archive.readers")
    archive = readers.CArchiveReader(str(app.program)).open_embedded_archive("PYZ.pyz")
    native = {path.name.split(".")[0] for path in app.inside.glob("*.so")}
    return {*archive.toc, *native}


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def test_the_app_is_small_enough_to_be_given_away(app):
    assert size_of(app.folder) <= MAX_BYTES
    for package in app.folder.parent.glob("*.deb"):
        assert package.stat().st_size <= MAX_PACKAGE_BYTES


def test_what_is_for_the_installed_package_stays_out(app, modules):
    tops = {name.split(".")[0] for name in modules} | {path.name for path in app.inside.iterdir()}
    assert not tops & set(FOR_THE_INSTALLED_PACKAGE)
    assert {"onnxruntime", "numpy", "soxr", "sounddevice", "soundfile", "PySide6", "ser_desktop"} <= tops


def test_what_could_open_a_connection_stays_out(app, modules):
    assert not modules & set(THAT_CONNECT)
    assert not list(app.inside.rglob("*Qt6Network*"))


def test_each_python_package_inside_has_its_licence(app, modules):
    from importlib.metadata import packages_distributions

    owners = packages_distributions()
    inside = {owner for name in modules for owner in owners.get(name.split(".")[0], ())}
    assert {"numpy", "onnxruntime", "PySide6_Essentials", "soundfile", "cffi", "av"} <= inside
    for owner in inside:
        texts = [path for path in (app.inside / "licences" / owner).glob("*") if path.stat().st_size > 100]
        assert texts, owner


KNOWN_AS = {
    **{"SvtAv1Enc": "SVT-AV1", "asound": "ALSA library", "opencore": "opencore-amr", "vpl": "libvpl"},
    **{"webpmux": "libwebp"},
}


def test_each_native_library_inside_has_its_licence(app):
    told = (app.inside / "licences" / "README.txt").read_text("utf-8")
    for name in ("libportaudio2", "libasound2", "libxcb-cursor0", "libffi", "soundfile", "Python", "ser-desktop"):
        assert name in told
    notes = " ".join(path.read_text("utf-8", "replace") for path in (app.inside / "licences" / "soundfile").iterdir())
    for codec in ("libflac", "libmp3lame", "libmpg123", "ogg", "opus", "vorbis"):
        assert codec in notes.lower(), codec
    ffmpeg = (app.inside / "licences" / "av" / "FFmpeg.txt").read_text("utf-8")
    for library in (app.inside / "av.libs").glob("*.so*"):
        name = library.name.removeprefix("lib").split("-")[0].split(".")[0]
        known = "FFmpeg" if name.startswith(("av", "sw", "post")) else KNOWN_AS.get(name, name)
        assert known.lower() in ffmpeg.lower(), library.name
    assert "silero-vad" in told
    qt = (app.inside / "licences" / "PySide6_Essentials" / "Qt.txt").read_text("utf-8")
    assert "Lesser General Public License" in qt


def test_model_demo_translations_and_icon_are_inside(app):
    for name in (
        "models/default.json",
        "models/speech_detector.onnx",
        "models/default.md",
        "resources/demo.flac",
        "resources/icons/ser-desktop.svg",
    ):
        assert (app.inside / name).is_file(), name
    assert list((app.inside / "resources" / "translations").glob("*.qm"))
    assert list((app.inside / "PySide6" / "Qt" / "translations").glob("qtbase_de.qm"))


@pytest.fixture(scope="module")
def installed(app: BuiltApp, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root folder that the Debian package fills."""
    packages = sorted(app.folder.parent.glob("ser-desktop_*.deb"))
    if not packages or shutil.which("dpkg-deb") is None:
        pytest.skip("needs the Debian package: make deb")
    root = tmp_path_factory.mktemp("root")
    subprocess.run(["dpkg-deb", "--extract", packages[-1], root], check=True)
    return root


def test_the_installed_package_starts(installed, home):
    program = installed / "usr" / "bin" / "ser-desktop"
    done = subprocess.run(
        [program, "--self-test"], env={"HOME": str(home)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done


def test_the_menu_entry_opens_recordings_and_has_its_icon(installed):
    (entry,) = (installed / "usr" / "share" / "applications").glob("*.desktop")
    text = entry.read_text("utf-8")
    assert "Exec=ser-desktop %F\n" in text
    assert "audio/x-wav;" in text
    assert "audio/flac;" in text
    icons = installed / "usr" / "share" / "icons" / "hicolor"
    for side in (16, 32, 48, 256):
        picture = icons / f"{side}x{side}" / "apps" / "ser-desktop.png"
        assert picture.read_bytes().startswith(b"\x89PNG")
    assert (icons / "scalable" / "apps" / "ser-desktop.svg").is_file()


@pytest.mark.parametrize(
    ("validate", "files"),
    [
        (("desktop-file-validate",), "applications/*.desktop"),
        (("appstreamcli", "validate", "--no-net"), "metainfo/*.xml"),
    ],
)
def test_what_the_desktop_reads_is_valid(installed, validate, files):
    if shutil.which(validate[0]) is None:
        pytest.skip(f"needs {validate[0]}, which is not installed")
    (file,) = (installed / "usr" / "share").glob(files)
    done = subprocess.run([*validate, file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
