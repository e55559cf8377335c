"""Names, docstrings and comments in the code keep to the glossary."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BANNED_NAME_PARTS = {"util", "utils", "helper", "helpers", "manager", "managers", "handler", "handlers", "misc"}
BANNED_NAMES = {"claims_from", "abstain_below", "unbroken_sound", "kept_sound"}
BANNED_PROSE = re.compile(
    r"\b(?:inner (?:speaker|actor)s?|companions?|claims_from|abstain_below|UnbrokenSound|KeptSound)\b", re.IGNORECASE
)
JSON_KEYS = re.compile(r"``(?:companions|abstain_below)``")  # of shipped manifests
Words = Iterator[tuple[int, str]]  # line, name or text


def test_code_keeps_to_the_glossary():
    found = []
    for path in python_files():
        text, name = path.read_text(encoding="utf-8"), path.relative_to(ROOT)
        if is_banned(path.stem) or is_banned(path.parent.name):
            found.append(f"{name}: the name of the file or folder")
        found += [f"{name}:{line}: {each}" for line, each in defined_names(ast.parse(text)) if is_banned(each)]
        found += [
            f"{name}:{line}: {match.group()}"
            for line, prose in docstrings_and_comments(text)
            if (match := BANNED_PROSE.search(JSON_KEYS.sub("", prose)))
        ]
    assert not found, "Words that the glossary replaces:\n" + "\n".join(found)


@pytest.mark.parametrize(
    "code",
    ["class TakeManager: ...", "def help_utils(): ...", "def f(handler): ...", "claims_from = 1", "x.misc: int = 1"],
)
def test_banned_names_are_found(code):
    assert any(is_banned(name) for _, name in defined_names(ast.parse(code)))


@pytest.mark.parametrize("code", ["import torch.utils", "signal.default_int_handler()", "field(name='abstain_below')"])
def test_names_of_libraries_are_allowed(code):
    assert not any(is_banned(name) for _, name in defined_names(ast.parse(code)))


def test_banned_prose_is_found():
    text = 'def f():\n    """Return the inner speakers."""\n    # a companion\n    return "a companion in a string"\n'
    assert [line for line, prose in docstrings_and_comments(text) if BANNED_PROSE.search(prose)] == [2, 3]


def python_files() -> list[Path]:
    return [
        path for folder in ("ser_desktop", "training", "resources") for path in sorted((ROOT / folder).rglob("*.py"))
    ]


def is_banned(name: str) -> bool:
    """Return whether a name, or one of its words, is one that the glossary replaces."""
    snake_case = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    return snake_case in BANNED_NAMES or not BANNED_NAME_PARTS.isdisjoint(snake_case.split("_"))


def defined_names(tree: ast.AST) -> Words:
    """Yield the functions, classes, arguments, variables and attributes that a module defines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                for part in ast.walk(target):
                    if isinstance(part, ast.Name | ast.Attribute) and isinstance(part.ctx, ast.Store):
                        yield part.lineno, part.id if isinstance(part, ast.Name) else part.attr


def docstrings_and_comments(text: str) -> Words:
    """Yield each docstring and each comment of a module."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and (
            docstring := ast.get_docstring(node)
        ):
            yield node.body[0].lineno, docstring
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
