"""How a recording sounds on average, in one line of English, for the terminal and the page of the service."""

from __future__ import annotations

from ser_desktop.analysis.overall import Overall, overall
from ser_desktop.analysis.sentence import Part, PartKind, render_parts, render_sentence, sentence_parts
from ser_desktop.analysis.timeline import Timeline

TIMES = {1: "once", 2: "twice"}
AMOUNTS = {PartKind.MOSTLY: "mostly", PartKind.PARTLY: "partly"}


def headline(timeline: Timeline, abstain_threshold: float) -> str:
    """Return the line that says how a recording sounds on average, without a full stop.

    Args:
        timeline: Of the recording.
        abstain_threshold: Confidence from which an emotion is claimed, for the mean as for an entry.
    """
    return render_sentence(sentence_parts(overall(timeline, abstain_threshold)), _english)


def speaker_headline(found: Overall) -> str:
    """Return how a speaker sounds on average, as the end of a line."""
    return render_parts(sentence_parts(found, is_speaker=True), _english)


def _english(part: Part) -> str:
    percent = f"{100 * part.confidence:.0f} %"
    match part.kind:
        case PartKind.NO_SPEECH:
            return "no speech found"
        case PartKind.MEAN:
            return f"on average sounds {part.label}, {percent}"
        case PartKind.NOTHING:
            return "nothing claimed"
        case PartKind.UNCERTAIN:
            return f"uncertain; most like {part.label}, {percent}"
        case PartKind.CLEARLY:
            return f"{TIMES.get(part.count, f'{part.count} times')} clearly {part.label}"
        case PartKind.MOSTLY | PartKind.PARTLY:
            return f"{AMOUNTS[part.kind]} {', '.join(claim.word for claim in part.claims)}"
