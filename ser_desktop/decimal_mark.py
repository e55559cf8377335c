"""Numbers in sentences, with the decimal mark of the reader's language; files for machines keep the point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MARKS: Mapping[str, str] = {"en": ".", "de": ","}  # by the code of the language


@dataclass(frozen=True, slots=True)
class MarkedNumber:
    """A number that is formatted with another decimal mark than the point.

    Attributes:
        value: The number.
        mark: Its decimal mark.

    >>> f"{MarkedNumber(2.5, ','):.2f} s, {MarkedNumber(0, ','):.1f} s, {MarkedNumber(3, ',')}"
    '2,50 s, 0,0 s, 3'
    """

    value: float
    mark: str

    def __format__(self, spec: str) -> str:
        return format(self.value, spec).replace(".", self.mark)

    def __str__(self) -> str:
        return format(self)


def with_mark(values: Mapping[str, object], mark: str) -> dict[str, object]:
    """Return the fields of a sentence, of which the numbers have a decimal mark."""
    return {name: MarkedNumber(each, mark) if isinstance(each, int | float) else each for name, each in values.items()}
