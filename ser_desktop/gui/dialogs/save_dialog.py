"""The dialog to choose the path of a new file; it requires a confirmation before a file is overwritten."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_where(
    parent: QWidget, title: str, proposed: Path, *, kinds: Sequence[str], kind: int = 0
) -> tuple[Path, int] | None:
    """Ask where something is written, and return the place and the kind; ``None`` if the user thinks better of it.

    Args:
        parent: The window.
        title: What is written.
        proposed: A place for it.
        kinds: What it can be written as, each with its ending: “PNG (*.png)”.
        kind: Which of them is proposed.
    """
    dialog = QFileDialog(parent, title, str(proposed.parent))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(list(kinds))
    dialog.selectNameFilter(kinds[kind])
    dialog.setDefaultSuffix(_suffix(kinds[kind]))
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(_suffix(chosen)))
    dialog.selectFile(proposed.name)
    if not dialog.exec():
        return None
    chosen = dialog.selectedNameFilter()
    return Path(dialog.selectedFiles()[0]), kinds.index(chosen) if chosen in kinds else kind


def _suffix(kind: str) -> str:
    found = re.search(r"\*\.(\w+)", kind)
    return found[1] if found else ""
