"""A folder in a publisher's own layout, recognised by its file names and compared with the published numbers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from training.data.corpora.clip import Clip, Corpus, CorpusError, name_first
from training.data.corpora.layouts import LAYOUTS, Layout, Utterance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


def recognise(root: Path, files: Sequence[Path]) -> Layout | None:
    """Return the layout that at least some of the file names follow, or ``None``.

    Raises:
        CorpusError: The files are of several corpora.
    """
    paths = [path.relative_to(root.parent) for path in files]
    layouts = [layout for layout in LAYOUTS if any(layout.parse(path) for path in paths)]
    if len(layouts) > 1:
        titles = " and ".join(layout.title for layout in layouts)
        raise CorpusError(f"{root} holds clips of {titles}. Give each corpus by its own folder.")
    return layouts[0] if layouts else None


def read_layout_folder(
    layout: Layout, root: Path, files: Sequence[Path], *, name: str, allow_incomplete: bool = False
) -> Corpus:
    """Read a corpus by its file names; other files are skipped, and of nested copies only the first is read.

    Raises:
        CorpusError: Clips that were published are missing (unless
            ``allow_incomplete``).
    """
    paths: dict[str, Path] = {}
    utterances: dict[str, Utterance] = {}
    for path in files:
        utterance = layout.parse(path.relative_to(root.parent))
        if utterance is not None and utterance.name not in paths:
            paths[utterance.name], utterances[utterance.name] = path, utterance
    if not allow_incomplete:
        _check_complete(layout, root, utterances)
    genders = layout.genders(root)
    clips = (
        Clip(
            path=paths[key],
            corpus=name,
            speaker=utterance.speaker,
            gender=utterance.gender or genders.get(utterance.speaker, ""),
            emotion=utterance.emotion,
            intensity=utterance.intensity,
            statement=utterance.statement,
        )
        for key, utterance in sorted(utterances.items())
    )
    return Corpus(name, root, tuple(clips), layout.note, layout.may_train)


def _check_complete(layout: Layout, root: Path, utterances: Mapping[str, Utterance]) -> None:
    """Raise a CorpusError if a speaker has fewer clips than were published."""
    counts = Counter(utterance.speaker for utterance in utterances.values())
    published = layout.published(counts.keys())
    lacking = {speaker: count for speaker, count in published.items() if counts[speaker] < count}
    if not lacking:
        return
    missing = sum(count - counts[speaker] for speaker, count in lacking.items())
    names = [name for speaker in lacking for name in layout.names(speaker, utterances.keys()) if name not in utterances]
    speakers = [f"{speaker} has {counts[speaker]} of {count}" for speaker, count in lacking.items()]
    first = f"; missing are {name_first(names)}" if names else ""
    raise CorpusError(
        f"{layout.title} in {root} is half copied: {missing} of {sum(published.values())} clips are missing "
        f"(speaker {name_first(speakers)}{first}). Copy the corpus again."
    )
