"""Converts words and speakers to tiers, and back."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence

from ser_desktop.export.format import ExportedRecording
from ser_desktop.export.provenance import Provenance
from ser_desktop.export.spans import Span, Tier, printable
from ser_desktop.transcript import Line, Speakers, Transcript, Turn, Word

LINES, WORDS = "lines", "words"
SPEAKER = re.compile(r"speaker ([1-9]\d{0,4})$")


def is_spoken(name: str) -> bool:
    """Return whether a tier of this name holds words or turns."""
    return name in (LINES, WORDS) or bool(SPEAKER.match(name))


def spoken_tiers(recording: ExportedRecording) -> list[Tier]:
    """Return words and speakers as tiers; none if neither is known."""
    tiers = []
    if recording.transcript:
        lines = recording.transcript.lines
        tiers.append(Tier(LINES, _apart([Span(line.start_s, line.end_s, printable(line.text)) for line in lines])))
        words = [Span(word.start_s, word.end_s, printable(word.text)) for word in recording.transcript.words]
        tiers.append(Tier(WORDS, _apart(words)))
    speakers = recording.speakers
    for number in speakers.numbers if speakers else ():
        name = printable(speakers.name(number)) if speakers else ""
        turns = [turn for turn in (speakers.turns if speakers else ()) if turn.speaker == number]
        tiers.append(Tier(f"speaker {number}", _apart([Span(each.start_s, each.end_s, name) for each in turns])))
    return tiers


def transcript_of(tiers: Mapping[str, Tier], provenance: Provenance) -> Transcript | None:
    """Return the transcript of tiers that this program wrote; a word belongs to the line that contains its middle."""
    facts = provenance.transcript
    if facts is None or LINES not in tiers:
        return None
    words = [Word(span.text, span.start_s, span.end_s) for span in tiers[WORDS].spans] if WORDS in tiers else []
    lines = []
    for span in tiers[LINES].spans:
        inside = tuple(word for word in words if span.start_s <= word.middle_s < span.end_s)
        lines.append(Line(span.start_s, span.end_s, span.text, inside))
    return Transcript(tuple(lines), facts.language, facts.model, facts.word_times, facts.agreement)


def speakers_of(tiers: Iterable[Tier]) -> Speakers | None:
    """Return the speakers of tiers that this program wrote.

    Raises:
        ValueError: A turn has no length.
    """
    turns, names = [], {}
    for tier in tiers:
        found = SPEAKER.match(tier.name)
        for span in tier.spans if found else ():
            number = int(found[1]) if found else 0
            turns.append(Turn(span.start_s, span.end_s, number))
            names[number] = span.text
    if not turns:
        return None
    ordered = Speakers(tuple(sorted(turns, key=lambda turn: (turn.start_s, turn.end_s))))
    return Speakers(ordered.turns, {number: name for number, name in names.items() if name != ordered.name(number)})


def _apart(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return spans cut so that they do not overlap, because intervals of a tier must not; empty ones are left out."""
    cut = [
        Span(span.start_s, min(span.end_s, following.start_s), span.text)
        for span, following in itertools.pairwise(spans)
    ]
    return tuple(span for span in (*cut, *spans[-1:]) if span.end_s > span.start_s and span.text.strip())
