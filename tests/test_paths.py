from __future__ import annotations

import sys
from pathlib import Path

import pytest

from ser_desktop import paths

CHECKOUT = Path(__file__).parents[1]


def test_in_a_checkout_models_and_resources_lie_beside_the_package() -> None:
    assert paths.default_model() == CHECKOUT / "models" / "default.json"
    assert paths.demo_recording() == CHECKOUT / "resources" / "demo.flac"


def test_in_a_wheel_they_travel_inside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "models").mkdir()
    monkeypatch.setattr(paths, "PACKAGE", tmp_path)
    assert paths.default_model() == tmp_path / "models" / "default.json"


def test_in_the_frozen_app_they_lie_where_it_unpacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.default_model() == tmp_path / "models" / "default.json"
    assert paths.demo_recording() == tmp_path / "resources" / "demo.flac"
    assert paths.translations() == tmp_path / "resources" / "translations"


def test_the_demo_is_there() -> None:
    assert paths.demo_recording().is_file()


def test_a_language_is_there() -> None:
    assert (paths.translations() / "ser_desktop_de.qm").is_file()
