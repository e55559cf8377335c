from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from frozen_app import BuiltApp, Screen, read_note

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.frozen)


@pytest.fixture(scope="session")
def app() -> BuiltApp:
    """The app that “make app” built."""
    folder = os.environ.get("SER_APP")
    if not folder:
        pytest.skip("needs the built app: make app-test")
    built = BuiltApp(Path(folder))
    assert built.program.exists(), f"SER_APP={folder} holds no app; make app builds it"
    return built


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home folder."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def used_home(home: Path) -> Path:
    """A home folder in which the first-start note is marked as read, so that no dialog covers the window."""
    read_note(home)
    return home


@pytest.fixture
def screen(app: BuiltApp) -> Iterator[Screen]:
    """An empty display."""
    if shutil.which("Xvfb") is None:
        pytest.skip("needs Xvfb, a display without hardware")
    screen = Screen()
    yield screen
    screen.close()
