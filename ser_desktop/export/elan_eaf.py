"""Passages as an annotation file of ELAN: tiers for emotion, affect, state, measures and markers; the recording linked.

Source: https://www.mpi.nl/tools/elan/EAF_Annotation_Format_3.0_and_ELAN.pdf
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ser_desktop.export.format import Content, ExportedRecording, Format, TextWriter, unreadable
from ser_desktop.export.provenance import TITLE, Provenance
from ser_desktop.export.spans import Span, Tier, printable
from ser_desktop.export.tiers import EMOTION, recording_of, tiers_of, unknown_provenance
from ser_desktop.export.xml_text import read_xml, xml_text

if TYPE_CHECKING:
    from pympi.Elan import Eaf

KIND = "EAF (ELAN)"
MARKER_MS = 100  # ELAN has no points; an annotation as short as this can still be seen and selected
VOCABULARY = "emotions"  # the emotions that ELAN offers when an annotation is corrected
LANGUAGE = "und"  # undetermined, as ELAN itself calls the language of such a vocabulary
LANGUAGE_URL = "http://cdb.iso.org/lg/CDB-00130975-001"
DATE = "1970-01-01T00:00:00+00:00"  # required; the same export is the same file
MEDIA_TYPES = {".wav": "audio/x-wav"}  # ELAN's own name for it


def eaf(recording: ExportedRecording) -> str:
    """Return the annotation document of a recording, in version 3.0 of the format. Times are whole milliseconds."""
    from pympi.Elan import Eaf, to_adocument

    made = Eaf(author=TITLE)
    made.adocument["DATE"] = DATE
    made.adocument["FORMAT"] = made.adocument["VERSION"] = "3.0"
    made.adocument["xsi:noNamespaceSchemaLocation"] = "http://www.mpi.nl/tools/elan/EAFv3.0.xsd"
    made.remove_tier("default")
    made.properties.clear()
    made.add_property(TITLE, printable(Provenance.of(recording, has_words=True).text()))
    _link(made, recording.file)
    _add_vocabulary(made, _labels(recording))
    for tier in tiers_of(recording):
        made.add_tier(tier.name, ling=VOCABULARY if tier.name == EMOTION else "default-lt")
        for span in tier.spans:
            _add(made, tier, span)
    made.add_property("lastUsedAnnotationId", str(made.maxaid))
    return xml_text(to_adocument(made, pretty=False))


def read_eaf(path: Path) -> Iterator[ExportedRecording]:
    """Yield the recording of an annotation file.

    Of a file that this program did not write, the annotations of all tiers are markers.

    Raises:
        ExportError: The file is no annotation file of ELAN.
    """
    from pympi.Elan import Eaf

    try:
        read_xml(path, "ANNOTATION_DOCUMENT")  # pympi has no protection against entities
        found = Eaf(str(path), suppress_version_warning=True)
        texts = [text for name, text in found.properties if name == TITLE and text]
        provenance = Provenance.parse(texts[0]) if texts else unknown_provenance(path.stem)
        tiers = [_tier(found, name) for name in found.get_tier_names()]
        yield recording_of(tiers, provenance)
    except (OSError, ValueError) as error:
        raise unreadable(path, KIND, error) from error
    except (KeyError, TypeError, IndexError) as error:
        raise unreadable(path, KIND, ValueError("it is damaged or incomplete")) from error


def _link(made: Eaf, file: str) -> None:
    """Link the recording: by its full path, and by its name in the folder of the annotation file."""
    name = Path(file).name
    if not name:
        return
    media_type = MEDIA_TYPES.get(Path(name).suffix.lower()) or mimetypes.guess_type(name)[0] or "unknown"
    url = Path(printable(file)).absolute().as_uri()
    made.add_linked_file(url, relpath=f"./{printable(name)}", mimetype=media_type)


def _add_vocabulary(made: Eaf, labels: tuple[str, ...]) -> None:
    """Add the emotions as the vocabulary of the tier ``emotion``."""
    made.add_language(LANGUAGE, LANGUAGE_URL, "undetermined (und)")
    made.add_controlled_vocabulary(VOCABULARY)
    made.add_cv_description(VOCABULARY, LANGUAGE)
    for index, label in enumerate(labels):
        made.add_cv_entry(VOCABULARY, f"cveid{index}", [(label, LANGUAGE, None)])
    made.linguistic_types[VOCABULARY] = {
        "LINGUISTIC_TYPE_ID": VOCABULARY,
        "TIME_ALIGNABLE": "true",
        "GRAPHIC_REFERENCES": "false",
        "CONTROLLED_VOCABULARY_REF": VOCABULARY,
    }


def _labels(recording: ExportedRecording) -> tuple[str, ...]:
    """Return the emotions of the model, or those that occur if the timeline has no labels."""
    found = recording.timeline.labels or sorted({each.label for each in recording.segments if each.label})
    return tuple(map(printable, found))


def _add(made: Eaf, tier: Tier, span: Span) -> None:
    start_ms, end_ms = round(1000 * span.start_s), round(1000 * span.end_s)
    if tier.is_points:
        end_ms = start_ms + MARKER_MS
    if end_ms > start_ms:  # a passage of a few samples at the end has no length in milliseconds
        made.add_annotation(tier.name, start_ms, end_ms, span.text)


def _tier(found: Eaf, name: str) -> Tier:
    """Return a tier with its annotations; those of a dependent tier have the times of their parents."""
    spans = [Span(each[0] / 1000, each[1] / 1000, each[2]) for each in found.get_annotation_data_for_tier(name)]
    if any(span.start_s > span.end_s for span in spans):
        raise ValueError(f"the tier {name} has an annotation that ends before it starts")
    return Tier(name, tuple(sorted(spans, key=lambda each: each.start_s)))


FORMAT = Format(
    name="eaf",
    suffix=".eaf",
    description="Passages and markers as tiers for ELAN",
    content=Content.SEGMENTS,
    holds_many=False,
    start=lambda file, _labels: TextWriter(file, eaf),
    read=read_eaf,
)
