"""XML of exports: written as text, read with defusedxml, so that entities are neither expanded nor fetched."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ser_desktop.export.format import read_bytes

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_BYTES = 100_000_000  # of a file; ten hours of passages take about 10 MB
HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'


def xml_text(root: Element, *, doctype: str = "") -> str:
    """Return a document as indented text.

    Args:
        root: Its root element.
        doctype: A line with the document type, if the format has one.
    """
    from xml.etree import ElementTree

    ElementTree.indent(root)
    return f"{HEADER}{doctype}{ElementTree.tostring(root, encoding='unicode')}\n"


def read_xml(path: Path, root: str) -> Element:
    """Return the root element of a file.

    Args:
        path: The file.
        root: The name of the root element, without its namespace.

    Raises:
        OSError: The file cannot be read.
        ValueError: It is too large, is not XML, declares entities, or has another root element.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        found = fromstring(read_bytes(path, MAX_BYTES))
    except ParseError as error:
        raise ValueError(f"it is not complete XML: {error}") from error
    except DefusedXmlException as error:
        raise ValueError("it declares entities, which may be a trap") from error
    except LookupError as error:  # the name of the encoding
        raise ValueError("its encoding is unknown") from error
    name = found.tag.rpartition("}")[2]
    if name != root:
        raise ValueError(f"it holds “{name[:40]}” instead of “{root}”")
    return found
