"""ARCHITECTURE.md and the tests match the files that exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
MAX_UNTYPED_DICTS = 5  # each with its reason beside it


def files_named() -> set[str]:
    """The Python files that ARCHITECTURE.md lists: a heading for each folder, a row for each file."""
    named, folder = set(), ""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for line in text[text.index("## Every file") :].splitlines():
        if heading := re.match(r"### (\S+/)$", line):
            folder = heading[1]
        elif row := re.match(r"\| `(\w+\.py)` \| \S", line):
            named.add(folder + row[1])
    return named


def test_each_file_has_its_line_in_the_architecture() -> None:
    existing = {
        path.relative_to(ROOT).as_posix()
        for folder in ("ser_desktop", "training")
        for path in (ROOT / folder).rglob("*.py")
        if path.name != "__init__.py"
    }
    named = files_named()
    assert sorted(existing - named) == [], "without a line in ARCHITECTURE.md"
    assert sorted(named - existing) == [], "in ARCHITECTURE.md, but not there"


def test_tests_mirror_the_rooms() -> None:
    missing = []
    for tests, code in (("tests/gui", "ser_desktop/gui"), ("tests/training", "training")):
        rooms = {path.parent.relative_to(ROOT / tests) for path in (ROOT / tests).rglob("test_*.py")}
        missing += [f"{tests}/{room}" for room in sorted(rooms) if not (ROOT / code / room).is_dir()]
    assert missing == [], "test folders without a room of the same name in the code"


def test_untyped_dicts_are_rare_in_training() -> None:
    places = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / "training").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Subscript) and ast.unparse(node) == "dict[str, Any]"
    ]
    assert len(places) <= MAX_UNTYPED_DICTS, places
