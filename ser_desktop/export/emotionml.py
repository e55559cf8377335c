"""Passages as EmotionML 1.0: one emotion a passage with speech, with its category, arousal and valence.

Passages without speech are left out, because they have no emotion. Where nothing is claimed, the category has a
``confidence`` below the abstain threshold, and the ``info`` of the emotion says ``uncertain``. A correction that names
an emotion, arousal or valence is an emotion too; all corrections are in the ``info`` of the file.

Source: https://www.w3.org/TR/2014/REC-emotionml-20140522/
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from ser_desktop.corrections import Correction
from ser_desktop.export.format import Content, ExportedRecording, Format, TextWriter, unreadable
from ser_desktop.export.provenance import Provenance
from ser_desktop.export.spans import Span, Tier, printable
from ser_desktop.export.tiers import (
    check_order,
    correction_tiers,
    corrections_of,
    empty_recording,
    markers_of,
    measures_text,
    segment_of,
)
from ser_desktop.export.xml_text import read_xml, xml_text
from ser_desktop.values import AffectClaim, Segment

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

KIND = "EmotionML"
NAMESPACE = "http://www.w3.org/2009/10/emotionml"
OWN_NAMESPACE = "urn:ser-desktop"  # of the elements inside <info>, which may hold those of any other namespace
CORRECTION = f"{{{OWN_NAMESPACE}}}correction"  # in the <info> of the file
SAID = f"{{{OWN_NAMESPACE}}}said"  # in the <info> of an emotion from a correction
CATEGORIES, DIMENSIONS = "emotions", "affect"  # ids of the vocabularies
AROUSAL, VALENCE = "arousal", "valence"
NOT_IN_NAME = re.compile(r"[^\w.-]")
FRAGMENT = re.compile(r"#t=(?:npt:)?([\d.]+),([\d.]+)$")


def emotionml(recording: ExportedRecording) -> str:
    """Return the EmotionML of a recording; each emotion refers to its part of the recording by a media fragment."""
    from xml.etree.ElementTree import Element, SubElement, register_namespace

    register_namespace("ser", OWN_NAMESPACE)
    found = [each for each in recording.segments if each.label is not None]
    labels = recording.timeline.labels or tuple(sorted({each.label for each in found if each.label}))
    labels = tuple(dict.fromkeys((*labels, *(each.label for each in recording.corrections if each.label))))
    root = Element("emotionml", {"xmlns": NAMESPACE, "version": "1.0"})
    info = SubElement(root, "info")
    provenance = SubElement(info, f"{{{OWN_NAMESPACE}}}provenance")
    provenance.text = printable(Provenance.of(recording).text())
    for tier in correction_tiers(recording.corrections):
        for span in tier.spans:
            attributes = {"tier": tier.name, "start": f"{span.start_s:.6f}", "end": f"{span.end_s:.6f}"}
            SubElement(info, CORRECTION, attributes).text = span.text
    if labels:
        root.set("category-set", f"#{CATEGORIES}")
        _add_vocabulary(root, "category", CATEGORIES, labels)
    if any(each.affect for each in found) or any(each.claims for each in recording.corrections):
        root.set("dimension-set", f"#{DIMENSIONS}")
        _add_vocabulary(root, "dimension", DIMENSIONS, (AROUSAL, VALENCE))
    place = quote(printable(recording.file))
    for each in found:
        root.append(_emotion(each, place))
    for said in recording.corrections:
        if said.label or said.claims:
            root.append(_said(said, place))
    return xml_text(root)


def read_emotionml(path: Path) -> Iterator[ExportedRecording]:
    """Yield the recording of an EmotionML file.

    Of a file that this program did not write, the emotions that refer to a time are markers.

    Raises:
        ExportError: The file is no EmotionML.
    """
    try:
        root = read_xml(path, "emotionml")
        own = root.find(f"{{{NAMESPACE}}}info/{{{OWN_NAMESPACE}}}provenance")
        recording = empty_recording(path.stem) if own is None else Provenance.parse(own.text or "").recording()
        emotions = root.findall(f"{{{NAMESPACE}}}emotion")
        if own is None:
            spans = [span for each in emotions if (span := _foreign(each))]
            yield dataclasses.replace(recording, markers=markers_of([Tier("emotions", tuple(spans))]))
            return
        joined = [_segment(each) for each in emotions if each.find(f"{{{NAMESPACE}}}info/{SAID}") is None]
        check_order(joined)
        said = [_correction_tier(each) for each in root.iterfind(f"{{{NAMESPACE}}}info/{CORRECTION}")]
        yield dataclasses.replace(recording, joined=joined, corrections=corrections_of(said, recording.channel))
    except (OSError, ValueError) as error:
        raise unreadable(path, KIND, error) from error


def _add_vocabulary(root: Element, kind: str, name: str, items: tuple[str, ...]) -> None:
    from xml.etree.ElementTree import SubElement

    vocabulary = SubElement(root, "vocabulary", {"type": kind, "id": name})
    for item in items:
        SubElement(vocabulary, "item", name=_token(item))


def _emotion(segment: Segment, place: str) -> Element:
    from xml.etree.ElementTree import Element, SubElement

    emotion = Element("emotion", {"expressed-through": "voice"})
    info = SubElement(SubElement(emotion, "info"), f"{{{OWN_NAMESPACE}}}passage", state=segment.state.value)
    info.text = measures_text(segment)
    confidence = "0" if segment.confidence is None else f"{segment.confidence:.6f}"
    SubElement(emotion, "category", name=_token(segment.label or ""), confidence=confidence)
    if segment.affect:
        for name, value in ((AROUSAL, segment.affect.arousal), (VALENCE, segment.affect.valence)):
            SubElement(emotion, "dimension", name=name, value=f"{value:.3f}")
    fragment = f"{place}#t={segment.start_s:.6f},{segment.end_s:.6f}"
    SubElement(emotion, "reference", uri=fragment, role="expressedBy")
    return emotion


def _said(said: Correction, place: str) -> Element:
    """Return a correction as an emotion."""
    from xml.etree.ElementTree import Element, SubElement

    emotion = Element("emotion", {"expressed-through": "voice"})
    SubElement(SubElement(emotion, "info"), SAID, annotator=printable(said.annotator))
    if said.label:
        SubElement(emotion, "category", name=_token(said.label))
    for claim in said.claims:
        name = AROUSAL if claim in (AffectClaim.HIGH_AROUSAL, AffectClaim.LOW_AROUSAL) else VALENCE
        value = "1" if claim in (AffectClaim.HIGH_AROUSAL, AffectClaim.POSITIVE) else "0"
        SubElement(emotion, "dimension", name=name, value=value)
    SubElement(emotion, "reference", uri=f"{place}#t={said.start_s:.6f},{said.end_s:.6f}", role="expressedBy")
    return emotion


def _correction_tier(element: Element) -> Tier:
    """Return the tier of one correction.

    Raises:
        ValueError: The correction has no time.
    """
    span = Span(float(element.get("start") or ""), float(element.get("end") or ""), element.text or "")
    return Tier(element.get("tier") or "", (span,))


def _token(label: str) -> str:
    """Return a label as a name token of XML, which contains neither spaces nor most punctuation."""
    return NOT_IN_NAME.sub("_", label) or "_"


def _times(emotion: Element) -> tuple[float, float] | None:
    """Return the part of a recording that an emotion refers to, or ``None`` if it refers to none."""
    for each in emotion.iterfind(f"{{{NAMESPACE}}}reference"):
        if match := FRAGMENT.search(each.get("uri") or ""):
            return float(match[1]), float(match[2])
    return None


def _segment(emotion: Element) -> Segment:
    """Return the passage of an emotion that this program wrote.

    Raises:
        ValueError: It lacks its time or its measures.
    """
    times = _times(emotion)
    passage = emotion.find(f"{{{NAMESPACE}}}info/{{{OWN_NAMESPACE}}}passage")
    if times is None or passage is None:
        raise ValueError("an emotion lacks its time or its measures")
    return segment_of(Span(*times, passage.get("state") or ""), passage.text or "")


def _foreign(emotion: Element) -> Span | None:
    times = _times(emotion)
    names = [each.get("name") or "" for each in emotion.iterfind(f"{{{NAMESPACE}}}category")]
    return Span(times[0], times[1], ", ".join(names)) if times else None


FORMAT = Format(
    name="emotionml",
    suffix=".emotionml",
    description="Passages as EmotionML",
    content=Content.SEGMENTS,
    holds_many=False,
    start=lambda file, _labels: TextWriter(file, emotionml),
    read=read_emotionml,
)
