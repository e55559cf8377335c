"""Numbers in sentences, with the decimal mark of the reader's language; files for machines keep the point."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import Self

MARKS: Mapping[str, str] = {"en": ".", "de": ","}  # by the code of the language


class MarkedFloat(float):
    """A number that is formatted with another decimal mark than the point.

    >>> f"{MarkedFloat(2.5, ','):.2f} s, {MarkedFloat(3.0, ','):g} s, {MarkedFloat(0.25, ',')}"
    '2,50 s, 3 s, 0,25'
    """

    def __new__(cls, value: float, mark: str) -> Self:
        """Return the number; ``mark`` is its decimal mark."""
        made = super().__new__(cls, value)
        made._mark = mark
        return made

    _mark: str

    def __format__(self, spec: str) -> str:
        return super().__format__(spec).replace(".", self._mark)


def with_mark(values: Mapping[str, object], mark: str) -> dict[str, object]:
    """Return the fields of a sentence, of which the numbers have a decimal mark."""
    return {name: MarkedFloat(each, mark) if isinstance(each, float) else each for name, each in values.items()}
