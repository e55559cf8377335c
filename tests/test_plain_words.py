"""Names and prose in the code keep to the glossary."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDERS = ("ser_desktop", "training", "resources")
BANNED_NAMES = re.compile(r"(?:^|_)(?:utils?|helpers?|manager|misc|claims_from|companions?)(?:_|$)", re.IGNORECASE)
BANNED_PROSE = re.compile(r"\b(?:inner speakers?|claims_from|UnbrokenSound|KeptSound|TakenChunk once)\b", re.IGNORECASE)


def files() -> list[Path]:
    return [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]


def defined_names(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and the name of each thing that a file defines, and of the file itself."""
    yield 1, path.stem
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id


def prose(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and the text of each comment and docstring of a file."""
    for token in tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline):
        if token.type == tokenize.COMMENT or token.string.startswith(('"""', 'r"""')):
            yield token.start[0], token.string


def test_the_code_keeps_to_the_glossary() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {match[0]}"
        for path in files()
        for pattern, texts in ((BANNED_NAMES, defined_names(path)), (BANNED_PROSE, prose(path)))
        for line, text in texts
        if (match := pattern.search(text))
    ]
    assert not found, "Words that the glossary replaces:\n" + "\n".join(found)
