from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from frozen_app import (
    BuiltApp,
    Screen,
    opens_connections,
    read_note,
    running,
    settings_of,
    wait_until,
    watcher,
    without_network,
)

PAINTED = 200  # colours of a window with a timeline; antialiased text alone has dozens
EMPTY = 1
MENU_PX = 18  # height of the upper edge of the window, where the menus are


def opened(home: Path) -> list[str]:
    """Return the recordings that the window has opened, from its list of recent files."""
    with contextlib.suppress(OSError, ValueError):
        return json.loads(settings_of(home).read_text())["recent_files"]
    return []


def see(app: BuiltApp, screen: Screen, home: Path, recording: Path, before: list[str] | None = None) -> None:
    """Start the window with a recording and wait until both are shown."""
    assert screen.colours() == EMPTY
    with running(
        app.start(recording, env={"HOME": home, **screen.env, "LANG": "C.UTF-8"}, before=before or [])
    ) as window:
        wait_until(lambda: screen.colours() >= PAINTED, window, "a painted window")
        wait_until(lambda: opened(home) == [str(recording)], window, "the recording, opened")
        assert window.poll() is None


def test_a_recording_given_as_argument_opens_in_the_window(app, screen, used_home, demo):
    see(app, screen, used_home, demo)


def test_the_window_speaks_the_language_of_the_desktop(app, used_home, demo):
    pictures = {}
    for language in ("en", "de"):
        with contextlib.closing(Screen()) as screen:
            env = {"HOME": used_home, **screen.env, "LANG": "C.UTF-8", "LANGUAGE": language}
            with running(app.start(demo, env=env)) as window:
                wait_until(lambda: screen.colours() >= PAINTED, window, "a painted window")
                pictures[language] = screen.picture()[:MENU_PX]
    assert (pictures["en"] != pictures["de"]).any(), "the menus have other words"


def test_at_the_first_start_a_note_is_shown(app, screen, home):
    with running(app.start(env={"HOME": home, **screen.env})) as window:
        wait_until(lambda: screen.colours() >= PAINTED, window, "a painted window")
        assert window.poll() is None


def test_a_home_with_spaces_and_any_letters_works(app, screen, tmp_path, demo):
    home = tmp_path / "Zoë’s Köln Ordner"
    home.mkdir()
    read_note(home)
    see(app, screen, home, Path(shutil.copy(demo, home / "Ärger, größer.flac")))


@pytest.mark.parametrize("home", ["/proc", "/proc/nowhere"], ids=["locked", "not there"])
def test_the_window_opens_without_a_home_to_write_to(app, screen, demo, home):
    with running(app.start(demo, env={"HOME": home, **screen.env})) as window:
        wait_until(lambda: screen.colours() >= PAINTED, window, "a painted window")
        assert window.poll() is None


def test_two_windows_at_once_work(app, screen, used_home, demo):
    env = {"HOME": used_home, **screen.env}
    with running(app.start(demo, env=env)) as first:
        wait_until(lambda: screen.colours() >= PAINTED, first, "a painted window")
        with running(app.start(demo, env=env)) as second:
            wait_until(lambda: len(windows_on(screen)) == 2, second, "a second window")
            assert first.poll() is None
            assert second.poll() is None


def windows_on(screen: Screen) -> list[str]:
    """Return the identifiers of the program's windows that are shown."""
    if shutil.which("xdotool") is None:
        pytest.skip("needs xdotool, which is not installed")
    search = ["xdotool", "search", "--onlyvisible", "--name", "SER Desktop"]
    found = subprocess.run(search, env=screen.env, capture_output=True, text=True, check=False)
    return found.stdout.split()


def test_without_a_display_the_app_says_so(app, home, demo):
    ran = app.run(demo, env={"HOME": home})
    assert ran.status == 1
    assert "There is no display" in ran.err


def test_the_window_needs_no_network(app, screen, used_home, demo):
    see(app, screen, used_home, demo, before=without_network())


def test_the_window_opens_no_socket_but_local_ones(app, screen, used_home, demo, tmp_path):
    trace = tmp_path / "trace"
    see(app, screen, used_home, demo, before=watcher(trace))
    assert "AF_UNIX" in trace.read_text(), "the display, at least"
    assert not opens_connections(trace)
