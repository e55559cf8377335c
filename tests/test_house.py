"""ARCHITECTURE.md, the test folders and the types match the code."""

import ast
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_architecture_lists_every_file():
    listed = listed_files((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"))
    files = {
        str(path.relative_to(ROOT).as_posix())
        for folder in ("ser_desktop", "training")
        for path in (ROOT / folder).rglob("*.py")
        if path.name != "__init__.py"
    }
    missing, superfluous = sorted(files - set(listed)), sorted(set(listed) - files)
    repeated = sorted(file for file, count in Counter(listed).items() if count > 1)
    assert [missing, superfluous, repeated] == [[], [], []], (
        "The section “Every file” of ARCHITECTURE.md differs from the code.\n"
        f"Missing: {', '.join(missing)}\nSuperfluous: {', '.join(superfluous)}\nListed twice: {', '.join(repeated)}"
    )


def test_tables_of_files_are_read():
    text = (
        "### `a/`\n| `no.py` | x |\n## Every file\n### `a/`\n\n| file | what |\n|---|---|\n"
        "| `one.py` | calls `two.py` |\n### `a/b/`\n| `two.py` | x |\n## Next\n### `c/`\n| `no.py` | x |\n"
    )
    assert listed_files(text) == ["a/one.py", "a/b/two.py"]


def test_test_folders_mirror_the_code():
    missing = []
    for tests, code in (("tests/gui", "ser_desktop/gui"), ("tests/training", "training")):
        folders = {path.parent.relative_to(ROOT / tests) for path in (ROOT / tests).rglob("test_*.py")}
        missing += [f"{tests}/{folder}" for folder in sorted(folders) if not (ROOT / code / folder).is_dir()]
    assert not missing, "These test folders have no folder of the same name in the code: " + ", ".join(missing)


def test_untyped_dicts_are_rare_in_training():
    places = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / "training").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Subscript) and ast.unparse(node) == "dict[str, Any]"
    ]
    assert len(places) <= 5, f"dict[str, Any] occurs {len(places)} times, at most 5 are allowed: " + ", ".join(places)


def listed_files(architecture: str) -> list[str]:
    """Return the paths in the section “Every file”: a heading for each folder, then a row for each file."""
    listed: list[str] = []
    is_section, folder = False, ""
    for line in architecture.splitlines():
        if line.startswith("## "):
            is_section, folder = line == "## Every file", ""
        elif match := re.match(r"### `([\w/]+/)`", line):
            folder = match[1]
        elif is_section and (match := re.match(r"\| `(\w+\.py)` \| \S", line)):
            listed.append(folder + match[1])
    return listed
