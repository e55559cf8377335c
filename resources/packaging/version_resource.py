"""Makes the version information that Windows shows in a program's properties."""

from __future__ import annotations

from typing import Any

ENGLISH_UNICODE = "040904B0"
LANGUAGE, CODE_PAGE = 0x0409, 1200


def version_resource(version: str, name: str) -> Any:
    """Return the version resource of a program.

    Args:
        version: Three numbers with dots.
        name: The program's file name without its suffix.
    """
    from PyInstaller.utils.win32.versioninfo import (
        FixedFileInfo,
        StringFileInfo,
        StringStruct,
        StringTable,
        VarFileInfo,
        VarStruct,
        VSVersionInfo,
    )

    numbers = (*(int(part) for part in version.split(".")[:3]), 0)
    words = {
        "ProductName": "SER Desktop",
        "ProductVersion": version,
        "FileDescription": "SER Desktop",
        "FileVersion": version,
        "InternalName": name,
        "OriginalFilename": f"{name}.exe",
        "LegalCopyright": "MIT licence; the licences of its parts are in the folder “licences”",
    }
    strings = StringTable(ENGLISH_UNICODE, [StringStruct(key, value) for key, value in words.items()])
    return VSVersionInfo(
        ffi=FixedFileInfo(filevers=numbers, prodvers=numbers),
        kids=[StringFileInfo([strings]), VarFileInfo([VarStruct("Translation", [LANGUAGE, CODE_PAGE])])],
    )
