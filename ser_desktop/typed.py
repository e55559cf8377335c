"""Converts parsed JSON to declared types; an error names the field and the value that do not fit.

msgspec checks the types. Its own messages name the field and the types, but not the value.
"""

from __future__ import annotations

import re
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints, overload

import msgspec

LONGEST_SHOWN = 60  # letters of a wrong value in a message

T = TypeVar("T")

_MESSAGE = re.compile(r"(?P<complaint>.*?)(?: - at `\$(?P<path>.*)`)?", re.DOTALL)
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")  # a name of an object, or a position in an array


@overload
def convert(value: Any, declared: type[T], *, name: str = "") -> T: ...


@overload
def convert(value: Any, declared: Any, *, name: str = "") -> Any: ...


def convert(value: Any, declared: Any, *, name: str = "") -> Any:
    """Return a value as a declared type: a dataclass, an ``msgspec.Struct``, ``tuple[float, ...]`` and the like.

    ``json.loads`` parses the text, not msgspec: msgspec refuses lone surrogates, which stand for the bytes of a file
    name that are not UTF-8, and it has no NaN, which an error should name.

    Args:
        value: What ``json.loads`` returned, or a part of it.
        declared: The type, with its bounds as ``msgspec.Meta``.
        name: Name of the value in messages.

    Raises:
        ValueError: The value, or one inside it, has another type or is out of its bounds.

    >>> convert([0.25, "0.5"], list[float], name="hops")
    Traceback (most recent call last):
    ValueError: hops[1] must be float, got '0.5'
    >>> convert("tiny", Literal["small", "large"], name="size")
    Traceback (most recent call last):
    ValueError: size must be one of small, large, got 'tiny'
    """
    try:
        return msgspec.convert(value, declared, str_keys=True)  # the keys of JSON and TOML are texts
    except msgspec.ValidationError as error:
        raise ValueError(_explained(error, value, declared, name)) from error
    except UnicodeEncodeError as error:
        raise ValueError(f"{name or 'it'} holds text that is not Unicode, got {shown(value)}") from error


def shown(value: object) -> str:
    """Return a value as a message can hold it: on one line and not too long."""
    text = repr(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _explained(error: msgspec.ValidationError, value: Any, declared: Any, name: str) -> str:
    """Return the message of a conversion error with the name of the field and its value."""
    match = _MESSAGE.fullmatch(str(error))
    complaint, path = (match["complaint"], match["path"] or "") if match else (str(error), "")
    field = f"{name}{path}".lstrip(".")
    if error.__cause__:  # raised by a check of the type itself, which names the value
        return f"{field}: {complaint}" if field else complaint
    complaint = complaint.replace("`", "")
    if complaint.startswith("Object missing required field "):
        return f"no {complaint.rpartition(' ')[2]!r} in {field or 'it'}"
    got = f"got {shown(_found(value, path))}"
    if " matching regex " in complaint:
        return f"{field or 'it'} holds a character that it must not, {got}"
    if complaint.startswith("Expected "):
        expected = complaint.removeprefix("Expected ").partition(", got ")[0]
        return f"{field or 'it'} must be {expected}, {got}"
    if choices := _choices(declared, path):
        return f"{field or 'it'} must be one of {', '.join(map(str, choices))}, {got}"
    return f"{field or 'it'} cannot be used ({complaint[:1].lower()}{complaint[1:]}), {got}"


def _choices(declared: Any, path: str) -> tuple[Any, ...]:
    """Return the values of a ``Literal``: the declared type itself, or one of its fields."""
    if path and isinstance(declared, type):
        declared = get_type_hints(declared).get(path.removeprefix("."))
    return get_args(declared) if get_origin(declared) is Literal else ()


def _found(value: Any, path: str) -> Any:
    """Return the value at a path such as ``.gate.open_at`` or ``.labels[1]``, or at its last known step."""
    for step in _STEP.finditer(path):
        key: Any = step[1] if step[2] is None else int(step[2])
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            return value
    return value
