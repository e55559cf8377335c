"""Lists translatable texts outside the window's code for Qt's lupdate; ``make translations`` runs it.

The packages below the window do not import Qt, so lupdate does not find that the sentences of their errors and the
descriptions of the export formats are shown in the window. This script writes them to a file that lupdate reads:

    python resources/list_error_sentences.py build/error_sentences.py
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from ser_desktop.errors import SerError
from ser_desktop.export.registry import FORMATS

PACKAGE = Path(__file__).parents[1] / "ser_desktop"
CONTEXT = "errors"
FORMATS_CONTEXT = "formats"


def error_names() -> set[str]:
    """Return the names of all errors that are written for the user."""
    return {SerError.__name__, *(child.__name__ for child in SerError.__subclasses__())}


def sentences() -> list[str]:
    """Return every sentence of every error in the package, sorted.

    Raises:
        ValueError: A sentence is composed at run time, so it cannot be read from the code.
    """
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
    constants = {name: value for tree in trees.values() for name, value in _constants(tree)}
    return sorted({found for path, tree in trees.items() for found in _raised(path, tree, constants)})


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the text constants of a module; they hold advice shared by several errors."""
    for statement in tree.body:
        if (
            isinstance(statement, ast.Assign)
            and isinstance(target := statement.targets[0], ast.Name)
            and isinstance(statement.value, ast.Constant)
            and isinstance(statement.value.value, str)
        ):
            yield target.id, statement.value.value


def _raised(path: Path, tree: ast.Module, constants: dict[str, str]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in error_names():
            for argument in node.args:
                try:
                    yield from _texts(argument, constants)
                except ValueError as error:
                    raise ValueError(f"{path.relative_to(PACKAGE)}:{argument.lineno}: {error}") from error


def _texts(argument: ast.expr, constants: dict[str, str]) -> Iterator[str]:
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value
    elif isinstance(argument, ast.Name) and argument.id in constants:
        yield constants[argument.id]
    elif isinstance(argument, ast.IfExp):
        yield from _texts(argument.body, constants)
        yield from _texts(argument.orelse, constants)
    elif not _is_of_another_error(argument):
        raise ValueError(f"a sentence that cannot be translated: {ast.unparse(argument)}")


def _is_of_another_error(argument: ast.expr) -> bool:
    """Return whether a sentence is copied from another error, which is listed where it is raised."""
    return any(isinstance(node, ast.Attribute) and node.attr == "sentences" for node in ast.walk(argument))


def main() -> None:
    """Write the list."""
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"QT_TRANSLATE_NOOP({CONTEXT!r}, {sentence!r})" for sentence in sentences()]
    lines += [f"QT_TRANSLATE_NOOP({FORMATS_CONTEXT!r}, {each.description!r})" for each in FORMATS]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
