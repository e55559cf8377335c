"""Segments and markers as tiers: the form that Praat, ELAN and other annotation programs share.

=============  ======================================================================================
tier           holds
=============  ======================================================================================
``emotion``    the emotion, where one is claimed
``affect``     what is claimed of arousal and valence, as in ``high arousal, negative``
``state``      the state of each segment: ``speech``, ``uncertain``, ``no_speech`` or ``gap``
``measures``   the numbers of each segment, as in ``label=angry confidence=0.812500 level_dbfs=-20.50``
``markers``    the user's marks; only if there are any
``corrections: NAME``  what this person says about passages, as in ``angry; high arousal; note: loud``
``lines``      what is said, as the model wrote it; only if it is known
``words``      each word of it
``speaker 1``  the turns of a speaker, each with the name; one tier for each speaker, because turns may overlap
=============  ======================================================================================

``state`` and ``measures`` are enough to restore the segments, so a file with them is one that this program wrote. The
labels of all other tiers are read as markers.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from urllib.parse import quote, unquote

from ser_desktop.analysis.timeline import Timeline
from ser_desktop.corrections import MAX_NAME, Correction, annotators_of, in_order, parsed
from ser_desktop.export.format import ExportedRecording
from ser_desktop.export.provenance import TITLE, Provenance
from ser_desktop.export.spans import Span, Tier, printable
from ser_desktop.export.spoken_tiers import is_spoken, speakers_of, spoken_tiers, transcript_of
from ser_desktop.values import Affect, AffectClaim, Marker, Segment, State

EMOTION, AFFECT, STATE, MEASURES, MARKERS = "emotion", "affect", "state", "measures", "markers"
CORRECTIONS = "corrections: "  # before the name of the annotator
OWN_TIERS = (EMOTION, AFFECT, STATE, MEASURES, TITLE)  # and those of what is said; the others hold marks of the user
LEVEL_DECIMALS, PROBABILITY_DECIMALS, AFFECT_DECIMALS = 2, 6, 3
SAFE_CHARACTERS = "+-.:"  # of a value, besides letters and digits; all others are percent-encoded


def tiers_of(recording: ExportedRecording) -> list[Tier]:
    """Return segments and markers as tiers; labels that are not claimed are left out."""
    found = recording.segments
    tiers = [
        _tier(EMOTION, found, [each.label or "" if each.state is State.SPEECH else "" for each in found]),
        _tier(AFFECT, found, [claims_text(each) for each in found]),
        _tier(STATE, found, [each.state.value for each in found]),
        _tier(MEASURES, found, [measures_text(each) for each in found]),
    ]
    marks = tuple(Span(each.seconds, each.seconds, printable(each.label)) for each in recording.markers)
    tiers += [Tier(MARKERS, marks, is_points=True)] if marks else []
    return [*tiers, *correction_tiers(recording.corrections), *spoken_tiers(recording)]


def correction_tiers(found: Sequence[Correction]) -> list[Tier]:
    """Return a tier for each person, with the corrections of that person."""
    return [
        Tier(
            printable(f"{CORRECTIONS}{name}"),
            tuple(Span(each.start_s, each.end_s, printable(each.text())) for each in found if each.annotator == name),
        )
        for name in annotators_of(found)
    ]


def corrections_of(tiers: Iterable[Tier], channel: int | None) -> tuple[Correction, ...]:
    """Return the corrections of the tiers that hold any, in the order of time."""
    return in_order(
        _correction(span, tier.name.removeprefix(CORRECTIONS), channel)
        for tier in tiers
        if is_of_corrections(tier.name)
        for span in tier.spans
        if span.text.strip() and span.start_s < span.end_s
    )


def is_of_corrections(name: str) -> bool:
    """Return whether this is the name of a tier of corrections."""
    return name.startswith(CORRECTIONS) and bool(name.removeprefix(CORRECTIONS).strip())


def recording_of(tiers: Iterable[Tier], provenance: Provenance) -> ExportedRecording:
    """Return the recording of tiers: its segments, if this program wrote them, and its markers.

    Raises:
        ValueError: The tiers of the segments do not fit together, overlap, or contain other text.
    """
    tiers = list(tiers)
    by_name = {tier.name: tier for tier in tiers}
    joined: list[Segment] = []
    is_own = {STATE, MEASURES} <= by_name.keys()
    if is_own:
        measures = {each.start_s: each.text for each in by_name[MEASURES].spans}
        joined = [segment_of(each, measures.get(each.start_s, "")) for each in by_name[STATE].spans]
        check_order(joined)
    foreign = [
        tier
        for tier in tiers
        if not (is_own and (tier.name in OWN_TIERS or is_spoken(tier.name))) and not is_of_corrections(tier.name)
    ]
    recording = provenance.recording()
    return dataclasses.replace(
        recording,
        joined=joined,
        markers=markers_of(foreign),
        corrections=corrections_of(tiers, recording.channel),
        transcript=transcript_of(by_name, provenance) if is_own else None,
        speakers=speakers_of(tiers) if is_own else None,
    )


def markers_of(tiers: Sequence[Tier]) -> list[Marker]:
    """Return the labels of tiers as markers at their starts, in the order of time.

    Where labels come from several tiers, each begins with the name of its tier.
    """
    kept = [(tier, [span for span in tier.spans if span.text.strip() or _holds_points(tier)]) for tier in tiers]
    is_prefixed = sum(bool(spans) for _, spans in kept) > 1
    found = [
        Marker(span.start_s, f"{tier.name}: {span.text}" if is_prefixed and tier.name != MARKERS else span.text)
        for tier, spans in kept
        for span in spans
    ]
    return sorted(found, key=lambda each: each.seconds)


def claims_text(segment: Segment) -> str:
    """Return what is claimed of arousal and valence, as in the tables."""
    return ", ".join(claim.value for claim in segment.claims)


def measures_text(segment: Segment) -> str:
    """Return the numbers of a segment as ``name=value`` pairs.

    >>> measures_text(Segment(0.0, 1.0, State.SPEECH, "very angry", 0.8125, -20.5))
    'label=very%20angry confidence=0.812500 level_dbfs=-20.50'
    """
    values: dict[str, str] = {}
    if segment.label is not None:
        values["label"] = segment.label
    if segment.confidence is not None:
        values["confidence"] = f"{segment.confidence:.{PROBABILITY_DECIMALS}f}"
    if segment.level_dbfs is not None:
        values["level_dbfs"] = f"{segment.level_dbfs:.{LEVEL_DECIMALS}f}"
    if segment.affect:
        values["arousal"] = f"{segment.affect.arousal:.{AFFECT_DECIMALS}f}"
        values["valence"] = f"{segment.affect.valence:.{AFFECT_DECIMALS}f}"
        if segment.claims:
            values["affect"] = claims_text(segment)
    return " ".join(f"{name}={quote(value, safe=SAFE_CHARACTERS)}" for name, value in values.items())


def segment_of(span: Span, measures: str) -> Segment:
    """Return the segment of a span of the tier ``state`` and its measures.

    Raises:
        ValueError: The state, or one of the measures, is not valid.
    """
    pairs = (part.partition("=") for part in measures.split())
    values = {name: unquote(value) for name, _, value in pairs}
    affect = None
    if "arousal" in values:
        claims = tuple(AffectClaim(word) for word in values.get("affect", "").split(", ") if word)
        affect = Affect(float(values["arousal"]), float(values.get("valence", "nan")), claims)
    state = State(span.text.strip())
    segment = Segment(
        span.start_s,
        span.end_s,
        state,
        label=values.get("label"),
        confidence=_number(values.get("confidence")),
        level_dbfs=_number(values.get("level_dbfs")),
        affect=affect,
    )
    if (segment.label is None) != (state in (State.NO_SPEECH, State.GAP)):
        raise ValueError(f"the state {state.value} at {span.start_s:g} s with the label {segment.label}")
    return segment


def check_order(joined: Sequence[Segment]) -> None:
    """Check that segments have a length and follow each other.

    Raises:
        ValueError: Two overlap, or one ends before it starts.
    """
    end_s = 0.0
    for each in joined:
        if each.start_s < end_s or not each.end_s > each.start_s:
            raise ValueError(f"the passage at {each.start_s:g} s overlaps another or has no length")
        end_s = each.end_s


def unknown_provenance(file: str) -> Provenance:
    """Return the provenance of a file that does not contain any."""
    return Provenance(file=file, model="", app="")


def empty_recording(file: str) -> ExportedRecording:
    """Return a recording without a timeline, for a file without provenance."""
    return ExportedRecording(file, "", Timeline(()))


def _correction(span: Span, annotator: str, channel: int | None) -> Correction:
    """Return the correction in a label; a label of another program that contradicts itself is kept as a note."""
    try:
        return parsed(span.text, span.start_s, span.end_s, annotator[:MAX_NAME], channel=channel)
    except ValueError:
        return Correction(span.start_s, span.end_s, annotator[:MAX_NAME], note=span.text.strip(), channel=channel)


def _holds_points(tier: Tier) -> bool:
    """Return whether a label of a tier may be empty: a point is a marker even without a text."""
    return tier.is_points or tier.name == MARKERS


def _tier(name: str, found: Sequence[Segment], texts: Sequence[str]) -> Tier:
    pairs = zip(found, texts, strict=True)
    return Tier(name, tuple(Span(each.start_s, each.end_s, printable(text)) for each, text in pairs if text))


def _number(text: str | None) -> float | None:
    return None if text is None else float(text)
