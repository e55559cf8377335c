"""How a recording sounds on average, in one line of English, for the terminal and the page of the service."""

from __future__ import annotations

from ser_desktop.analysis.overall import overall
from ser_desktop.analysis.timeline import Timeline

TIMES = {1: "once", 2: "twice"}


def headline(timeline: Timeline, abstain_threshold: float) -> str:
    """Return the line that says how a recording sounds on average, without a full stop.

    Args:
        timeline: Of the recording.
        abstain_threshold: Confidence from which an emotion is claimed, for the mean as for an entry.
    """
    found = overall(timeline, abstain_threshold)
    if found.mean is None:
        return "No speech found"
    top, percent = found.mean.scores.top, 100 * found.mean.scores.confidence
    if found.is_claim:
        return f"On average sounds {top}, {percent:.0f} % ({found.mean.tier.value})"
    named = (("mostly", found.mostly), ("partly", found.partly))
    parts = [f"{amount} {', '.join(claim.word for claim in claims)}" for amount, claims in named if claims]
    parts += [f"{TIMES.get(count, f'{count} times')} clearly {label}" for label, count in found.counts]
    if parts:
        sentence = "; ".join(parts)
        return sentence[0].upper() + sentence[1:]
    return f"Uncertain; most like {top}, {percent:.0f} %"
