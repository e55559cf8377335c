"""The map of the code and the tests match the files that exist."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_architecture_names_every_file():
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    files = [path for folder in ("ser_desktop", "training") for path in sorted((ROOT / folder).rglob("*.py"))]
    missing = [
        str(path.relative_to(ROOT)) for path in files if path.name != "__init__.py" and f"`{path.name}`" not in text
    ]
    assert not missing, "ARCHITECTURE.md does not name: " + ", ".join(missing)


def test_tests_mirror_the_rooms():
    missing = []
    for tests, code in (("tests/gui", "ser_desktop/gui"), ("tests/training", "training")):
        rooms = {path.parent.relative_to(ROOT / tests) for path in (ROOT / tests).rglob("test_*.py")}
        missing += [f"{tests}/{room}" for room in sorted(rooms) if not (ROOT / code / room).is_dir()]
    assert not missing, "These test folders have no room of the same name in the code: " + ", ".join(missing)


def test_untyped_dicts_are_rare_in_training():
    places = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / "training").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Subscript) and ast.unparse(node) == "dict[str, Any]"
    ]
    assert len(places) <= 5, f"dict[str, Any] occurs {len(places)} times, at most 5 are allowed: " + ", ".join(places)
