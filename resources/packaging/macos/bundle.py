"""The entries of Info.plist: name, document types, and the reason for microphone access."""

from __future__ import annotations

from typing import Any

BUNDLE_IDENTIFIER = "io.github.ser-desktop.SerDesktop"
MICROPHONE = "SER Desktop shows how your voice sounds. The sound stays on this computer."
DOCUMENTS = ("public.audio", "com.microsoft.waveform-audio", "org.xiph.flac", "public.mp3", "public.aiff-audio")


def info_plist(version: str) -> dict[str, Any]:
    """Return the entries of ``Info.plist``."""
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
            }
        ],
    }
