"""Keeps what the recent recordings sounded like, for the start page, in one small private file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject

from ser_desktop.analysis.ribbon import ribbon
from ser_desktop.atomic_file import atomic_file
from ser_desktop.gui.model.gist import Gist, StoredGist
from ser_desktop.settings import MAX_RECENT, state_folder
from ser_desktop.typed import convert

if TYPE_CHECKING:
    from ser_desktop.gui.model.recording import Recording
    from ser_desktop.gui.model.session import Session

MAX_BYTES = 1_000_000


class RecentGists(QObject):
    """What recordings sounded like, by their paths.

    Args:
        place: The file.
    """

    def __init__(self, place: Path) -> None:
        super().__init__()
        self._place, self._gists = place, _read(place)

    def follow(self, session: Session) -> None:
        """Add the recordings of a session when their analysis is complete."""
        session.completed.connect(self._add_recording)
        session.claims_changed.connect(self._add_recording)
        session.renamed.connect(self._move)

    def of(self, path: str) -> Gist | None:
        """Return what a recording sounded like, if that is known."""
        return self._gists.get(path)

    def add(self, path: str, gist: Gist) -> None:
        """Remember what a recording sounds like."""
        self._gists[path] = gist

    def keep(self, recent: Sequence[str]) -> None:
        """Store the gists of these recordings and forget all others."""
        kept = {path: self._gists[path] for path in recent[:MAX_RECENT] if path in self._gists}
        if kept == _read(self._place):
            return
        content = {path: msgspec.to_builtins(StoredGist.from_value(gist)) for path, gist in kept.items()}
        try:
            if kept:
                with atomic_file(self._place, is_private=True) as file:
                    file.write(json.dumps(content).encode("ascii"))  # ASCII: a path on Linux need not be valid text
            else:
                self._place.unlink(missing_ok=True)
        except OSError:
            return  # the next start shows the recordings without what they sound like

    def _add_recording(self, recording: Recording) -> None:
        if len(recording.timeline) and not recording.is_running:
            cells = ribbon(recording.segments(), recording.timeline.end_s)
            gist = Gist.of(recording.overall(), cells, recording.timeline.end_s)
            self.add(str(recording.path.resolve()), gist)

    def _move(self, recording: Recording, before: Path) -> None:
        gist = self._gists.pop(str(before.resolve()), None)
        if gist:
            self._gists[str(recording.path.resolve())] = gist


def recent_gists_place() -> Path:
    """Return the file of the user."""
    return state_folder() / "recent.json"


def _read(place: Path) -> dict[str, Gist]:
    """Return the gists of a file; none if it is missing or damaged."""
    try:
        with place.open("rb") as file:
            content = json.loads(file.read(MAX_BYTES))
        stored: Mapping[str, StoredGist] = convert(content, dict[str, StoredGist])
        return {path: each.value() for path, each in stored.items()}
    except (OSError, ValueError, RecursionError):
        return {}
