"""The dialog to choose the path of a new file; it requires a confirmation before a file is overwritten."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_where(
    parent: QWidget, title: str, proposed: Path, *, kinds: Sequence[str], kind: int = 0
) -> tuple[Path, int] | None:
    """Show the save dialog and return the path and the index of the kind, or ``None`` if the user cancels.

    Args:
        parent: The window.
        title: Title of the dialog.
        proposed: The path that is filled in.
        kinds: File types, each with its suffix: “PNG (*.png)”.
        kind: Index of the type that is selected at first.
    """
    dialog = QFileDialog(parent, title, str(proposed.parent))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(list(kinds))
    dialog.selectNameFilter(kinds[kind])
    dialog.setDefaultSuffix(_suffix(kinds[kind]))
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(_suffix(chosen)))
    dialog.selectFile(proposed.name)
    is_accepted = dialog.exec()
    dialog.deleteLater()  # or the window would keep it
    if not is_accepted:
        return None
    chosen = dialog.selectedNameFilter()
    return Path(dialog.selectedFiles()[0]), kinds.index(chosen) if chosen in kinds else kind


def _suffix(kind: str) -> str:
    found = re.search(r"\*\.(\w+)", kind)
    return found[1] if found else ""
