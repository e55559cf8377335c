from __future__ import annotations

import plistlib
import runpy
import struct
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from ser_desktop.audio.formats import AUDIO_SUFFIXES
from ser_desktop.gui.shared.desktop import DESKTOP_FILE

PACKAGING = Path(__file__).parents[2] / "resources" / "packaging"
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def icons() -> dict:
    return runpy.run_path(str(PACKAGING / "make_icons.py"))


def test_the_icon_is_drawn_in_any_size(qapp, icons):
    for side in (16, 256):
        picture = icons["png"](side)
        assert picture.startswith(PNG)
        assert struct.unpack(">II", picture[16:24]) == (side, side)


def test_the_directory_of_the_windows_icon_points_to_its_pictures(icons):
    pictures = {16: PNG + b"small", 256: PNG + b"large"}
    icon = icons["ico"](pictures)
    assert struct.unpack("<HHH", icon[:6]) == (0, 1, 2)
    for index, (side, picture) in enumerate(pictures.items()):
        width, height, _, _, _, _, size, offset = struct.unpack_from("<BBBBHHII", icon, 6 + 16 * index)
        assert (width, height) == (side % 256, side % 256)
        assert icon[offset : offset + size] == picture


def test_the_icon_of_macos_contains_its_length(icons):
    icon = icons["icns"]({b"ic07": PNG, b"ic08": PNG + b"more"})
    assert icon[:4] == b"icns"
    assert struct.unpack(">I", icon[4:8]) == (len(icon),)
    (length,) = struct.unpack(">I", icon[12:16])
    assert icon[16 : 8 + length] == PNG


def test_the_macos_bundle_states_its_microphone_use_and_its_file_types():
    info = runpy.run_path(str(PACKAGING / "macos" / "bundle.py"))["info_plist"]("1.2.3", AUDIO_SUFFIXES)
    assert "stays on this computer" in info["NSMicrophoneUsageDescription"]
    of_the_system, by_suffix = info["CFBundleDocumentTypes"]
    assert {"public.audio", "public.movie"} <= set(of_the_system["LSItemContentTypes"])
    assert {"wav", "m4a", "mp4"} <= set(by_suffix["CFBundleTypeExtensions"])
    assert plistlib.loads(plistlib.dumps(info))["CFBundleVersion"] == "1.2.3"
    entitlements = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert entitlements["com.apple.security.device.audio-input"] is True


@pytest.mark.skipif(sys.platform != "win32", reason="PyInstaller makes version resources on Windows only")
def test_the_windows_version_resource_has_the_version():
    pytest.importorskip("PyInstaller")
    resource = runpy.run_path(str(PACKAGING / "version_resource.py"))["version_resource"]("1.2.3", "ser-desktop-cli")
    assert "ser-desktop-cli.exe" in str(resource)
    assert "'1.2.3'" in str(resource)
    assert resource.ffi.fileVersionMS == 0x0001_0002
    assert resource.ffi.fileVersionLS == 0x0003_0000


def test_menu_entry_and_description_have_the_desktop_file_name_of_the_window():
    linux = PACKAGING / "linux"
    assert (linux / f"{DESKTOP_FILE}.desktop").is_file()
    described = ElementTree.fromstring((linux / f"{DESKTOP_FILE}.metainfo.xml.in").read_text("utf-8"))
    assert described.findtext("id") == DESKTOP_FILE
    assert described.findtext("launchable") == f"{DESKTOP_FILE}.desktop"
