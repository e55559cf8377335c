"""The cards of the recent recordings, with what they sounded like."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ser_desktop.gui.widgets.glance_bar import sentence
from ser_desktop.gui.widgets.recording_list import Card, Stage

if TYPE_CHECKING:
    from ser_desktop.gui.model.recent_gists import RecentGists


def recent_cards(paths: Sequence[str], gists: RecentGists) -> list[Card]:
    """Return a card for each recording.

    Args:
        paths: The recordings, the latest first.
        gists: What they sounded like, as far as it is known.
    """
    return [_card(path, gists) for path in paths]


def _card(path: str, gists: RecentGists) -> Card:
    gist, name = gists.of(path), Path(path).name
    if gist is None:
        return Card(name, path, Stage.READY)
    return Card(name, path, Stage.READY, gist.seconds, sentence(gist), ribbon=gist.ribbon)
