from __future__ import annotations

import dataclasses
import json
import os
import stat
from pathlib import Path

import pytest

from ser_desktop.errors import SettingsError
from ser_desktop.settings import Settings, log_folder, read_settings, settings_path, write_settings

NO_POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
NO_LIMITS = pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")


def everything_changed(folder: Path) -> Settings:
    """Settings none of which is the default."""
    return Settings(
        input_name="Mikrofon „Größe“",
        output_name="Speakers",
        window_s=2.5,
        hop_s=0.5,
        smoothing_s=0.0,
        abstain_threshold=0.75,
        high=0.8,
        medium=0.4,
        model_path=str(folder / "other.json"),
        live_words=True,
        voice="Anna",
        several_speakers=True,
        language="de",
        words_model=str(folder / "base-es"),
        words_language="es",
        device="cpu",
        theme="dark",
        recordings_folder=str(folder),
        meter_before_recording=False,
        stacked=False,
        lanes="waveform:3.0",
        annotator="Änne",
        passage_columns="END LEVEL",
        note_read=True,
        recent_files=("b.wav", "a.wav"),
        kept_recording=str(folder / "talk.wav"),
        kept_seconds=2.5,
        window_geometry="AdnQywAD",
        splitter="AAAA/w==",
    )


def test_everything_chosen_is_there_at_the_next_start(tmp_path):
    chosen = everything_changed(tmp_path)
    defaults = Settings()
    fields = [each.name for each in dataclasses.fields(Settings)]
    assert all(getattr(chosen, name) != getattr(defaults, name) for name in fields)
    write_settings(tmp_path / "new folder" / "settings.json", chosen)
    assert read_settings(tmp_path / "new folder" / "settings.json") == chosen


def test_without_a_file_there_are_the_defaults(tmp_path):
    assert read_settings(tmp_path / "settings.json") == Settings()
    assert list(tmp_path.iterdir()) == []


def test_names_of_another_version_are_left_out_and_missing_ones_get_their_defaults(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"hop_s": 1, "of_a_later_version": {"x": 1}}))
    assert read_settings(path) == Settings(hop_s=1)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not JSON text"),
        (b'{"hop_s": 0.2', "not JSON text"),
        (b"\xff\xfe\x00", "not JSON text"),
        (b"[" * 100_000, "not JSON text"),
        (b"[]", "no names"),
        (b"null", "no names"),
        (b'{"hop_s": NaN}', "hop_s must be float >= 0.05, got nan"),
        (b'{"hop_s": 1' + b"0" * 400 + b"}", r"hop_s cannot be used \(number out of range\), got 10000"),
        (b'{"hop_s": 0}', "hop_s must be float >= 0.05, got 0"),
        (b'{"hop_s": true}', "hop_s must be .*got True"),
        (b'{"hop_s": "fast"}', "hop_s must be .*got 'fast'"),
        (b'{"window_s": Infinity}', r"window_s must be float <= 60.0, got inf"),
        (b'{"window_s": 1, "hop_s": 2}', "hop_s must be at most window_s, 1, got 2"),
        (b'{"smoothing_s": -1}', "smoothing_s must be float >= 0.0, got -1"),
        (b'{"high": 0.5, "medium": 0.5}', "medium must be below high, got 0.5, 0.5"),
        (b'{"high": 1.1}', "high must be float <= 1.0, got 1.1"),
        (b'{"medium": 0}', "medium must be float > 0.0, got 0"),
        (b'{"device": "toaster"}', "device must be one of auto, cpu"),
        (b'{"device": ["cpu"]}', "device must be str, got \\['cpu'\\]"),
        (b'{"theme": "pink"}', "theme must be one of system, light, dark"),
        (b'{"recordings_folder": "here"}', "recordings_folder must be a whole path"),
        (b'{"stacked": 1}', "stacked must be bool"),
        (b'{"recent_files": "a.wav"}', "recent_files must be array, got 'a.wav'"),
        (b'{"recent_files": [1]}', r"recent_files\[0\] must be str, got 1"),
        (
            b'{"recent_files": ["1","2","3","4","5","6","7","8","9","10","11"]}',
            r"recent_files must be array of length <= 10, got \['1'",
        ),
        (b" " * 1_000_001, "more than 1000000 bytes"),
    ],
)
def test_a_broken_file_is_told_with_what_is_wrong_and_what_to_do(tmp_path, content, reason):
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    with pytest.raises(SettingsError, match=reason) as caught:
        read_settings(path)
    assert str(path) in str(caught.value)
    assert "delete it to start from the defaults" in str(caught.value)
    assert len(str(caught.value)) < 400 + len(str(path))


def test_a_folder_in_its_place_is_told(tmp_path):
    with pytest.raises(SettingsError, match="cannot be used"):
        read_settings(tmp_path)
    with pytest.raises(SettingsError, match="cannot be written"):
        write_settings(tmp_path, Settings())
    assert list(tmp_path.iterdir()) == []


def test_a_file_where_the_folder_should_be_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match=r"cannot be written .*allow this program"):
        write_settings(tmp_path / "file" / "settings.json", Settings())


@NO_POSIX
def test_only_the_user_may_read_them(tmp_path):
    path = tmp_path / "settings.json"
    path.touch(mode=0o644)
    write_settings(path, Settings())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@NO_POSIX
@NO_LIMITS
def test_a_folder_that_may_not_be_written_keeps_what_was_there(tmp_path):
    path = tmp_path / "settings.json"
    write_settings(path, Settings(hop_s=0.1))
    tmp_path.chmod(0o500)
    with pytest.raises(SettingsError, match="cannot be written"):
        write_settings(path, Settings())
    tmp_path.chmod(0o700)
    assert read_settings(path) == Settings(hop_s=0.1)


def test_nothing_is_left_beside_the_file(tmp_path):
    path = tmp_path / "settings.json"
    for hop_s in (0.1, 0.2):
        write_settings(path, Settings(hop_s=hop_s))
    assert [each.name for each in tmp_path.iterdir()] == ["settings.json"]


@NO_POSIX
def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "kept").mkdir()
    link = tmp_path / "settings.json"
    link.symlink_to(tmp_path / "kept" / "mine.json")
    write_settings(link, Settings(theme="dark"))
    assert link.is_symlink()
    assert read_settings(tmp_path / "kept" / "mine.json").theme == "dark"


@NO_POSIX
def test_a_file_name_that_is_no_text_is_kept(tmp_path):
    name = os.fsdecode(b"/music/caf\xe9.wav")
    write_settings(tmp_path / "settings.json", Settings().with_recent(name))
    assert read_settings(tmp_path / "settings.json").recent_files == (name,)


def test_the_newest_recording_comes_first_and_only_once():
    settings = Settings()
    for number in (*range(12), 5):
        settings = settings.with_recent(f"{number}.wav")
    assert settings.recent_files == tuple(f"{number}.wav" for number in (5, 11, 10, 9, 8, 7, 6, 4, 3, 2))


def test_settings_cannot_be_changed_and_bad_ones_not_made():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings().hop_s = 1.0  # type: ignore[misc]
    with pytest.raises(ValueError, match="theme"):
        dataclasses.replace(Settings(), theme="pink")


@pytest.mark.skipif(os.name == "nt" or os.uname().sysname == "Darwin", reason="XDG's folders are those of Linux")
def test_the_places_are_those_of_the_platform(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_MUSIC_DIR", str(tmp_path / "music"))
    assert settings_path() == tmp_path / "config" / "ser-desktop" / "settings.json"
    assert log_folder().is_relative_to(tmp_path / "state" / "ser-desktop")
    assert Settings().recordings_folder == str(tmp_path / "music" / "SER Desktop")
