"""The hint that the timeline shows while it is empty."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ser_desktop.gui.shared.words import native_keys


def empty_hint(*, is_live: bool) -> str:
    """Return what the user can do while the timeline is empty, or that the recording has begun."""
    translate = QCoreApplication.translate
    words = (
        translate("TimelineCanvas", "Waiting for sound …")
        if is_live
        else translate("TimelineCanvas", "Drop a recording here, open one with {open},\nor press {record} and speak")
    )
    return words.format(open=native_keys("Ctrl+O"), record=native_keys("R"))
