from __future__ import annotations

import os
import stat
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


def test_what_the_self_test_and_the_desktop_need_is_there() -> None:
    assert paths.self_test_figures().is_file()
    assert paths.icon().is_file()


def test_the_frozen_app_starts_itself_by_its_own_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "ser-desktop"))
    assert paths.this_program() == [str(tmp_path / "ser-desktop")]


@pytest.mark.parametrize("started", ["ser-desktop.exe", "ser-desktop-cli.exe"])
def test_on_windows_it_starts_the_twin_that_can_print(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, started: str
) -> None:
    (tmp_path / "ser-desktop-cli.exe").touch()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / started))
    assert paths.this_program() == [str(tmp_path / "ser-desktop-cli.exe")]


def test_a_language_is_there() -> None:
    assert (paths.translations() / "ser_desktop_de.qm").is_file()


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_a_folder_of_ones_own_is_closed_to_others_with_all_that_had_to_be_made(tmp_path):
    before = os.umask(0o022)
    try:
        paths.make_own_folder(tmp_path / "state" / "ser-desktop" / "log")
        paths.make_own_folder(tmp_path / "state" / "ser-desktop" / "log")
    finally:
        os.umask(before)
    made = [tmp_path / "state", tmp_path / "state" / "ser-desktop", tmp_path / "state" / "ser-desktop" / "log"]
    assert [stat.S_IMODE(each.stat().st_mode) for each in made] == [0o700] * 3
