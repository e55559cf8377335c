"""Passages as a TextGrid of Praat: one tier each for emotion, affect, state and measures, and one for the markers.

Source: https://www.fon.hum.uva.nl/praat/manual/TextGrid_file_formats.html
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path

from ser_desktop.export.format import Content, ExportedRecording, Format, TextWriter, decoded, read_bytes, unreadable
from ser_desktop.export.provenance import TITLE, Provenance
from ser_desktop.export.spans import Span, Tier
from ser_desktop.export.tiers import recording_of, tiers_of, unknown_provenance

MAX_BYTES = 50_000_000  # of a file; ten hours of passages take about 5 MB
SHORTEST_S = 1e-6  # Praat has no interval without a length
MIN_S = 1e-4  # smaller numbers would be written with an exponent
KIND = "TextGrid (Praat)"
TIER_OF_POINTS = "TextTier"
QUOTED = re.compile('"[^"]*"')  # a text, or a part of one between doubled quotes
MASKED = str.maketrans("[\n", "\ue000\ue001")  # inside texts: praatio takes “item [” in a label for the next tier
UNMASKED = str.maketrans("\ue000\ue001", "[\n")


def textgrid(recording: ExportedRecording) -> str:
    """Return the TextGrid of a recording in Praat's long text format. The last tier holds the provenance."""
    from praatio.utilities.textgrid_io import getTextgridAsStr

    end_s = max(recording.end_s, MIN_S)
    provenance = Tier(TITLE, (Span(0.0, end_s, Provenance.of(recording, has_words=True).text()),))
    tiers = [_described(tier, end_s) for tier in [*tiers_of(recording), provenance]]
    grid = {"xmin": 0.0, "xmax": _time(end_s), "tiers": tiers}
    return getTextgridAsStr(grid, "long_textgrid", includeBlankSpaces=True, minimumIntervalLength=SHORTEST_S)


def read_textgrid(path: Path) -> Iterator[ExportedRecording]:
    """Yield the recording of a TextGrid, in UTF-8 or UTF-16, long or short.

    Of a TextGrid that this program did not write, the labels of all tiers are markers.

    Raises:
        ExportError: The file is no TextGrid.
    """
    try:
        tiers = list(_parsed(_decoded(read_bytes(path, MAX_BYTES))))
        texts = [tier.spans[0].text for tier in tiers if tier.name == TITLE and tier.spans]
        provenance = Provenance.parse(texts[0]) if texts else unknown_provenance(path.stem)
        yield recording_of(tiers, provenance)
    except (OSError, ValueError) as error:
        raise unreadable(path, KIND, error) from error


def _described(tier: Tier, end_s: float) -> dict[str, object]:
    """Return a tier as praatio describes it."""
    if tier.is_points:
        entries: list[tuple[object, ...]] = [(_time(span.start_s), _one_line(span.text)) for span in tier.spans]
    else:
        entries = [(_time(span.start_s), _time(span.end_s), _one_line(span.text)) for span in tier.spans]
    kind = TIER_OF_POINTS if tier.is_points else "IntervalTier"
    return {"class": kind, "name": _one_line(tier.name), "xmin": 0.0, "xmax": _time(end_s), "entries": entries}


def _time(seconds: float) -> float:
    """Return a time that is written without an exponent, which many readers of TextGrids do not accept."""
    return round(seconds, 6) if seconds >= MIN_S else 0.0


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _decoded(content: bytes) -> str:
    """Return the text of a file: Praat writes UTF-16 where a label is not ASCII.

    Raises:
        ValueError: It is no text, or no TextGrid.
    """
    text = decoded(content)
    if "TextGrid" not in text[:200]:
        raise ValueError("its header does not name a TextGrid")
    return text


def _parsed(text: str) -> Iterator[Tier]:
    """Yield the tiers of a TextGrid, without the empty intervals.

    Raises:
        ValueError: The text is damaged.
    """
    from praatio.utilities.errors import PraatioException
    from praatio.utilities.textgrid_io import parseTextgridStr

    text = QUOTED.sub(lambda found: found[0].translate(MASKED), text.replace("\r\n", "\n"))
    try:
        described = parseTextgridStr(text, includeEmptyIntervals=True)
    except (PraatioException, IndexError, TypeError, KeyError) as error:
        raise ValueError("it is damaged or incomplete") from error
    if not described["tiers"]:
        raise ValueError("it has no tiers")
    for tier in described["tiers"]:
        is_points = tier["class"] == TIER_OF_POINTS
        is_doubled = is_points and "item [" in text  # praatio leaves the doubled quotes in points of the long format
        entries = [
            (
                float(each[0]),
                float(each[0 if is_points else 1]),
                (each[-1].replace('""', '"') if is_doubled else each[-1]).translate(UNMASKED).strip(),
            )
            for each in tier["entries"]
            if is_points or each[-1].strip()
        ]
        if not all(0.0 <= start_s <= end_s < math.inf for start_s, end_s, _ in entries):
            raise ValueError(f"the tier {tier['name']} has an interval that ends before it starts")
        yield Tier(tier["name"].translate(UNMASKED), tuple(Span(*each) for each in entries), is_points=is_points)


FORMAT = Format(
    name="textgrid",
    suffix=".TextGrid",
    description="Passages and markers as tiers for Praat",
    content=Content.SEGMENTS,
    holds_many=False,
    start=lambda file, _labels: TextWriter(file, textgrid),
    read=read_textgrid,
)
