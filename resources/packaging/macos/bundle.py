"""The entries of Info.plist: name, document types, and the reason for microphone access."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

BUNDLE_IDENTIFIER = "io.github.ser-desktop.SerDesktop"
MICROPHONE = "SER Desktop shows how your voice sounds. The sound stays on this computer."
DOCUMENTS = ("public.audio", "public.movie")  # the types of macOS itself; others are known by their suffix


def info_plist(version: str, suffixes: Sequence[str]) -> dict[str, Any]:
    """Return the entries of ``Info.plist``.

    Args:
        version: Of the program.
        suffixes: Of the files that it opens, with the dot.
    """
    return {
        "CFBundleName": "SER Desktop",
        "CFBundleDisplayName": "SER Desktop",
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "LSApplicationCategoryType": "public.app-category.music",
        "LSMinimumSystemVersion": "12.0",
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,
        "NSMicrophoneUsageDescription": MICROPHONE,
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Recording",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Alternate",
                "LSItemContentTypes": list(DOCUMENTS),
            },
            {
                "CFBundleTypeName": "Recording",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Alternate",
                "CFBundleTypeExtensions": [suffix.removeprefix(".") for suffix in suffixes],
            },
        ],
    }
