"""Passages as JAMS, the annotation format of music information retrieval: segments, moods and tags in JSON.

The file is written directly: the package jams requires pandas and mir_eval, which are larger than this program.

Source: https://jams.readthedocs.io/en/stable/jams_structure.html and the namespaces ``segment_open``, ``mood_thayer``
and ``tag_open``.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import msgspec

from ser_desktop.export.format import APP, Content, ExportedRecording, Format, TextWriter, read_bytes, unreadable
from ser_desktop.export.provenance import TITLE, Provenance
from ser_desktop.export.spans import Span, Tier
from ser_desktop.export.tiers import (
    CORRECTIONS,
    MARKERS,
    check_order,
    claims_text,
    correction_tiers,
    corrections_of,
    empty_recording,
    is_of_corrections,
    markers_of,
    measures_text,
    segment_of,
)
from ser_desktop.values import Segment, State

VERSION = "0.3.5"  # of the format
MAX_BYTES = 50_000_000
KIND = "JAMS"
DECIMALS = 6  # of times: the end of a passage is a sum, which has to equal the start of the next one
PASSAGES = "passages"  # in the sandbox of the annotation from which the passages are read back
SEGMENTS, MOOD, TAGS = "segment_open", "mood_thayer", "tag_open"


def jams(recording: ExportedRecording) -> str:
    """Return the JAMS of a recording.

    Its annotations are: all passages with their states, the claimed emotions, and the claims of arousal and valence
    (``segment_open``); arousal and valence from -1 to 1 (``mood_thayer``); the markers, and the corrections of each
    person (``tag_open``).
    """
    found = recording.segments
    claimed = [each for each in found if each.state is State.SPEECH]
    passages = [_observation(each, each.state.value, each.confidence) for each in found]
    sandbox = {TITLE: PASSAGES, "measures": [measures_text(each) for each in found]}
    annotations = [
        _annotation(recording, SEGMENTS, passages, sandbox),
        _annotation(recording, SEGMENTS, [_observation(each, each.label, each.confidence) for each in claimed]),
        _annotation(recording, SEGMENTS, [_observation(each, claims_text(each)) for each in found if each.claims]),
        _annotation(recording, MOOD, [_observation(each, _mood(each)) for each in found if each.affect]),
    ]
    marks = [{"time": each.seconds, "duration": 0.0, "value": each.label} for each in recording.markers]
    if marks:
        rows = [{**each, "confidence": None} for each in marks]
        annotations.append(_annotation(recording, TAGS, rows, {TITLE: MARKERS}))
    for tier in correction_tiers(recording.corrections):
        said = [_tag(span) for span in tier.spans]
        person = tier.name.removeprefix(CORRECTIONS)
        annotations.append(_annotation(recording, TAGS, said, {TITLE: tier.name}, person=person))
    described = {
        "file_metadata": {
            "title": recording.file,
            "artist": "",
            "release": "",
            "duration": recording.end_s,
            "identifiers": {} if recording.sha256 is None else {"sha256": recording.sha256},
            "jams_version": VERSION,
        },
        "annotations": annotations,
        "sandbox": {TITLE: json.loads(Provenance.of(recording).text())},
    }
    return f"{json.dumps(described, allow_nan=False, indent=1)}\n"


class _Observation(msgspec.Struct, frozen=True):
    time: Annotated[float, msgspec.Meta(ge=0.0)]
    duration: Annotated[float, msgspec.Meta(ge=0.0)]
    value: Any = None


class _Sandbox(msgspec.Struct, frozen=True):
    kind: str = msgspec.field(default="", name=TITLE)
    measures: list[str] = []


class _Annotation(msgspec.Struct, frozen=True):
    namespace: str
    data: list[_Observation] | dict[str, Any]  # a dense annotation is a dict of lists
    sandbox: _Sandbox = _Sandbox()


class _Root(msgspec.Struct, frozen=True):
    provenance: Provenance | None = msgspec.field(default=None, name=TITLE)


class _Jams(msgspec.Struct, frozen=True):
    annotations: list[_Annotation]
    sandbox: _Root = _Root()


def read_jams(path: Path) -> Iterator[ExportedRecording]:
    """Yield the recording of a JAMS file.

    Of a file that this program did not write, the values of all annotations are markers.

    Raises:
        ExportError: The file is no JAMS.
    """
    try:
        found = msgspec.json.decode(read_bytes(path, MAX_BYTES), type=_Jams)
        provenance = found.sandbox.provenance
        recording = provenance.recording() if provenance else empty_recording(path.stem)
        own = [each for each in found.annotations if each.sandbox.kind == PASSAGES]
        joined = _passages(own[0]) if own else []
        check_order(joined)
        foreign = [
            each
            for each in found.annotations
            if each.sandbox.kind == MARKERS or (not own and not is_of_corrections(each.sandbox.kind))
        ]
        marks = markers_of([_tier(each) for each in foreign])
        said = corrections_of(map(_tier, found.annotations), recording.channel)
        yield dataclasses.replace(recording, joined=joined, markers=marks, corrections=said)
    except (OSError, ValueError, RecursionError) as error:  # RecursionError: values in values in values
        raise unreadable(path, KIND, error) from error


def _annotation(
    recording: ExportedRecording,
    namespace: str,
    data: Sequence[Any],
    sandbox: dict[str, Any] | None = None,
    *,
    person: str = "",
) -> dict[str, Any]:
    metadata = {
        "annotator": {"name": person} if person else {"model": recording.model},
        "annotation_tools": APP,
        "annotation_rules": "",
        "validation": "",
        "data_source": "manual annotation" if person else "program",
        "corpus": "",
        "version": "",
    }
    return {
        "namespace": namespace,
        "annotation_metadata": metadata,
        "data": data,
        "sandbox": sandbox or {},
        "time": 0.0,
        "duration": recording.end_s,
    }


def _observation(segment: Segment, value: object, confidence: float | None = None) -> dict[str, Any]:
    start_s, end_s = round(segment.start_s, DECIMALS), round(segment.end_s, DECIMALS)
    return {"time": start_s, "duration": round(end_s - start_s, DECIMALS), "value": value, "confidence": confidence}


def _tag(span: Span) -> dict[str, Any]:
    start_s, end_s = round(span.start_s, DECIMALS), round(span.end_s, DECIMALS)
    return {"time": start_s, "duration": round(end_s - start_s, DECIMALS), "value": span.text, "confidence": None}


def _mood(segment: Segment) -> list[float]:
    """Return valence and arousal from -1 to 1."""
    affect = segment.affect
    return [round(2.0 * affect.valence - 1.0, 3), round(2.0 * affect.arousal - 1.0, 3)] if affect else []


def _passages(annotation: _Annotation) -> list[Segment]:
    if not isinstance(annotation.data, list) or len(annotation.data) != len(annotation.sandbox.measures):
        raise ValueError("its passages do not fit their measures")
    pairs = zip(annotation.data, annotation.sandbox.measures, strict=True)
    return [segment_of(_span(each), measures) for each, measures in pairs]


def _tier(annotation: _Annotation) -> Tier:
    observations = annotation.data if isinstance(annotation.data, list) else []  # dense data are curves
    spans = tuple(_span(each) for each in observations)
    kind = annotation.sandbox.kind
    name = kind if kind == MARKERS or is_of_corrections(kind) else annotation.namespace
    return Tier(name, spans, is_points=kind == MARKERS)


def _span(each: _Observation) -> Span:
    text = each.value if isinstance(each.value, str) else json.dumps(each.value)
    return Span(each.time, round(each.time + each.duration, DECIMALS), text)


FORMAT = Format(
    name="jams",
    suffix=".jams",
    description="Passages and markers as JAMS",
    content=Content.SEGMENTS,
    holds_many=False,
    start=lambda file, _labels: TextWriter(file, jams),
    read=read_jams,
)
