"""Passages for Sonic Visualiser: as an annotation layer (SVL), and as the table that it imports and exports (CSV).

A passage is a region: its value is the confidence of the emotion, its label the emotion or the claims of arousal and
valence. In an SVL file each point also has the attributes ``state`` and ``measures``, which Sonic Visualiser ignores.
The corrections of each person are a layer; in a table, they are rows after those of the passages.

Source: https://www.sonicvisualiser.org/doc/reference/4.5/en/ (import and export of annotation layers), and files that
Sonic Visualiser 4.5 writes.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ser_desktop.export.format import (
    Content,
    ExportedRecording,
    Format,
    TextWriter,
    decoded,
    lines_of,
    read_bytes,
    unreadable,
)
from ser_desktop.export.provenance import TITLE, Provenance
from ser_desktop.export.spans import Span, Tier, printable
from ser_desktop.export.tiers import (
    CORRECTIONS,
    check_order,
    claims_text,
    correction_tiers,
    corrections_of,
    empty_recording,
    is_of_corrections,
    markers_of,
    measures_text,
    segment_of,
    unknown_provenance,
)
from ser_desktop.export.timeline_csv import write_rows
from ser_desktop.export.xml_text import read_xml, xml_text
from ser_desktop.values import Segment, State

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

RATE = 48_000  # positions are counted at this rate where that of the recording is not known
DOCTYPE = "<!DOCTYPE sonic-visualiser>\n"
REGIONS, INSTANTS = "1", "2"  # ids of the models; their data have ids ten times as large
SVL_KIND, CSV_KIND = "SVL (Sonic Visualiser)", "CSV (Sonic Visualiser)"
COMMENT = "#"  # starts a line that Sonic Visualiser ignores
HEADER = ("TIME", "VALUE", "DURATION", "LABEL")  # as Sonic Visualiser exports a layer of regions with a header
MAX_CSV_BYTES = 50_000_000
DECIMALS = 6  # of times in a table


def layer(recording: ExportedRecording) -> str:
    """Return the layers of a recording: its passages as regions and, if there are any, its markers as instants."""
    from xml.etree.ElementTree import Element, SubElement

    rate = recording.rate or RATE
    end = str(round(rate * recording.end_s))
    root = Element("sv")
    SubElement(root, TITLE, provenance=printable(Provenance.of(recording).text()))
    data, display = SubElement(root, "data"), SubElement(root, "display")
    shape = {"sampleRate": str(rate), "start": "0", "end": end, "type": "sparse", "resolution": "1"}
    regions = {**shape, "dimensions": "3", "subtype": "region", "notifyOnAdd": "true", "valueQuantization": "0"}
    regions |= {"minimum": "0", "maximum": "1"}
    described = {"id": REGIONS, "name": "passages", **regions, "dataset": f"{REGIONS}0", "units": "confidence"}
    SubElement(data, "model", described)
    points = SubElement(data, "dataset", id=f"{REGIONS}0", dimensions="3")
    for each in recording.segments:
        SubElement(points, "point", _region(each, rate))
    SubElement(display, "layer", id=f"{REGIONS}00", type="regions", name="Passages", model=REGIONS)
    if recording.markers:
        model = {"id": INSTANTS, "name": "markers", **shape, "dimensions": "1", "dataset": f"{INSTANTS}0"}
        SubElement(data, "model", model | {"notifyOnAdd": "true"})
        instants = SubElement(data, "dataset", id=f"{INSTANTS}0", dimensions="1")
        for mark in recording.markers:
            SubElement(instants, "point", frame=str(round(rate * mark.seconds)), label=printable(mark.label))
        SubElement(display, "layer", id=f"{INSTANTS}00", type="timeinstants", name="Markers", model=INSTANTS)
    for number, tier in enumerate(correction_tiers(recording.corrections), int(INSTANTS) + 1):
        SubElement(
            data, "model", {"id": str(number), "name": tier.name, **regions, "dataset": f"{number}0", "units": ""}
        )
        points = SubElement(data, "dataset", id=f"{number}0", dimensions="3")
        for span in tier.spans:
            start, end_at = round(rate * span.start_s), round(rate * span.end_s)
            attributes = {"frame": str(start), "value": "0", "duration": str(end_at - start), "label": span.text}
            SubElement(points, "point", attributes)
        SubElement(display, "layer", id=f"{number}00", type="regions", name=tier.name, model=str(number))
    return xml_text(root, doctype=DOCTYPE)


def read_layer(path: Path) -> Iterator[ExportedRecording]:
    """Yield the recording of a file of layers.

    The labels of layers that this program did not write are markers.

    Raises:
        ExportError: The file is no such file.
    """
    try:
        root = read_xml(path, "sv")
        own = root.find(TITLE)
        provenance = unknown_provenance(path.stem) if own is None else Provenance.parse(own.get("provenance", ""))
        joined: list[Segment] = []
        tiers = []
        for model in root.iterfind("data/model"):
            if own is not None and model.get("id") == REGIONS:
                joined = [segment_of(span, text) for span, text in _points(root, model, "state")]
            elif model.get("type") == "sparse":
                spans = tuple(span for span, _ in _points(root, model, "label"))
                tiers.append(Tier(model.get("name") or "layer", spans, is_points=model.get("dimensions") == "1"))
        check_order(joined)
        recording = provenance.recording()
        marks = markers_of([each for each in tiers if not is_of_corrections(each.name)])
        said = corrections_of(tiers, recording.channel)
        yield dataclasses.replace(recording, joined=joined, markers=marks, corrections=said)
    except (OSError, ValueError) as error:
        raise unreadable(path, SVL_KIND, error) from error


def table(recording: ExportedRecording) -> str:
    """Return a table of the passages with speech: time, value, duration and label; the first line is a comment."""
    file = io.StringIO(newline="")
    file.write(f"{COMMENT} {Provenance.of(recording).text()}\n")
    write_rows(file, _table_rows(recording))
    return file.getvalue()


def _table_rows(recording: ExportedRecording) -> Iterator[Sequence[str]]:
    yield HEADER
    for each in recording.segments:
        value = "0" if each.confidence is None else f"{each.confidence:.6f}"
        yield f"{each.start_s:.6f}", value, f"{each.end_s - each.start_s:.6f}", _label(each)
    for tier in correction_tiers(recording.corrections):
        name = tier.name.removeprefix(CORRECTIONS).replace("%", "%25").replace(":", "%3A")
        for span in tier.spans:
            label = f"{CORRECTIONS}{name}: {span.text}"
            yield f"{span.start_s:.6f}", "0", f"{span.end_s - span.start_s:.6f}", label


def read_table(path: Path) -> Iterator[ExportedRecording]:
    """Yield the recording of a table; its labels become markers, because it does not contain all values of a passage.

    A table that Sonic Visualiser exported has two to four columns: the time, perhaps a value and a duration, and the
    label; with or without a header.

    Raises:
        ExportError: The file is no such table.
    """
    try:
        text = decoded(read_bytes(path, MAX_CSV_BYTES))
        comment = lines_of(text)[0].removeprefix(COMMENT).strip() if text.startswith(COMMENT) else ""
        recording = Provenance.parse(comment).recording() if comment.startswith("{") else empty_recording(path.stem)
        rows = [row for row in csv.reader(io.StringIO(text, newline="")) if row and not row[0].startswith(COMMENT)]
        spans = [_span(row) for row in rows if not _is_header(row)]
        if not spans:
            raise ValueError("it has no rows")
        labels = tuple(each for each in spans if each.start_s == each.end_s)
        said = corrections_of([_said(each) for each in spans if each.start_s < each.end_s], recording.channel)
        yield dataclasses.replace(recording, markers=markers_of([Tier("labels", labels)]), corrections=said)
    except (OSError, ValueError, csv.Error) as error:
        raise unreadable(path, CSV_KIND, error) from error


def _region(segment: Segment, rate: int) -> dict[str, str]:
    start = round(rate * segment.start_s)
    return {
        "frame": str(start),
        "value": "0" if segment.confidence is None else f"{segment.confidence:.6f}",
        "duration": str(round(rate * segment.end_s) - start),
        "label": printable(_label(segment)),
        "state": segment.state.value,
        "measures": printable(measures_text(segment)),
    }


def _label(segment: Segment) -> str:
    """Return the label of a passage: what is claimed, else its state."""
    if segment.state is State.SPEECH and segment.label:
        return segment.label
    return claims_text(segment) or segment.state.value.replace("_", " ")


def _points(root: Element, model: Element, text: str) -> Iterator[tuple[Span, str]]:
    """Yield the points of a model, with the value of one attribute as their text, and their measures.

    Raises:
        ValueError: A position is not a number, or the sample rate is missing.
    """
    rate = float(model.get("sampleRate") or 0.0)
    if not 0.0 < rate < math.inf:
        raise ValueError("a layer has no sample rate")
    data = next((each for each in root.iterfind("data/dataset") if each.get("id") == model.get("dataset")), None)
    for point in () if data is None else data.iterfind("point"):
        start = int(point.get("frame") or "")
        end = start + int(point.get("duration") or 0)
        yield Span(start / rate, end / rate, point.get(text) or ""), point.get("measures") or ""


def _is_header(row: list[str]) -> bool:
    return row[0].strip().upper() in (HEADER[0], "START")


def _span(row: list[str]) -> Span:
    seconds = float(row[0])
    if len(row) < 2:
        raise ValueError("a row has no label")
    is_said = len(row) > 3 and row[-1].startswith(CORRECTIONS)  # of other labels only the start is needed
    return Span(seconds, round(seconds + float(row[2]), DECIMALS) if is_said else seconds, row[-1])


def _said(span: Span) -> Tier:
    """Return the tier of a row with a correction; its label begins with the person's name, with colons encoded."""
    name, _, text = span.text.removeprefix(CORRECTIONS).partition(": ")
    name = name.replace("%3A", ":").replace("%25", "%")
    return Tier(f"{CORRECTIONS}{name}", (dataclasses.replace(span, text=text),))


FORMAT = Format(
    name="svl",
    suffix=".svl",
    description="Passages and markers as layers for Sonic Visualiser",
    content=Content.SEGMENTS,
    holds_many=False,
    start=lambda file, _labels: TextWriter(file, layer),
    read=read_layer,
)
TABLE_FORMAT = Format(
    name="sv-csv",
    suffix=".csv",
    description="Passages as a table for Sonic Visualiser",
    content=Content.SEGMENTS,
    holds_many=False,
    start=lambda file, _labels: TextWriter(file, table),
    read=read_table,
)
