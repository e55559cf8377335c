"""What the user chose: frozen, typed, kept as JSON, and written whole or not at all.

Only the terminal and the window read it; below them every choice arrives as an argument.
"""

from __future__ import annotations

import contextlib
import dataclasses
import glob
import json
import os
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import platformdirs

from ser_desktop.errors import SettingsError
from ser_desktop.paths import make_own_folder
from ser_desktop.values import DEVICES, HIGH_CONFIDENCE, MEDIUM_CONFIDENCE

THEMES = ("system", "light", "dark")
MOST_RECENT = 10
MOST_SECONDS = 60.0  # of a window, hop or time constant
SHORTEST_HOP_S = 0.05
MOST_BYTES = 1_000_000  # of a settings file
ABANDONED_S = 60.0  # writing takes milliseconds

_FOLDER = "ser-desktop"
_RECORDINGS = "SER Desktop"
_LONGEST_SHOWN = 60  # letters of a wrong value in a message


def default_recordings_folder() -> str:
    """Return where recordings go unless the user says otherwise: a folder of their own beside the user's music."""
    return str(platformdirs.user_music_path() / _RECORDINGS)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that is remembered from one start to the next, checked when made.

    Attributes:
        input_name: The microphone; ``None`` is the system's default.
        output_name: The loudspeaker; ``None`` is the system's default.
        window_s: How much sound an answer looks back on; ``None`` is the
            model's own, its longest.
        hop_s: Time between two answers.
        smoothing_s: Time constant of the probabilities; 0 for none.
        high: Confidence from which the word is “high”, 0…1.
        medium: Confidence from which the word is “medium”, below ``high``.
        model_path: Manifest of another model; ``None`` is the built-in one.
        device: Where the network runs.
        theme: One of :data:`THEMES`.
        recordings_folder: Where recordings are kept; an absolute path.
        meter_before_recording: Whether the level meter listens while nothing
            is recorded.
        stacked: Whether the emotions are drawn stacked, else as lines.
        note_read: Whether the user has read what the result is not.
        recent_files: The last recordings opened, newest first, at most
            :data:`MOST_RECENT`.
        window_geometry: The window's place, as text that only it understands.
        splitter: The splitters' places, likewise.
    """

    input_name: str | None = None
    output_name: str | None = None
    window_s: float | None = None
    hop_s: float = 0.25
    smoothing_s: float = 0.5
    high: float = HIGH_CONFIDENCE
    medium: float = MEDIUM_CONFIDENCE
    model_path: str | None = None
    device: str = "auto"
    theme: str = "system"
    recordings_folder: str = field(default_factory=default_recordings_folder)
    meter_before_recording: bool = True
    stacked: bool = True
    note_read: bool = False
    recent_files: tuple[str, ...] = ()
    window_geometry: str = ""
    splitter: str = ""

    def __post_init__(self) -> None:
        self._check_kinds()
        _check_range("window_s", self.window_s, SHORTEST_HOP_S, MOST_SECONDS)
        _check_range("hop_s", self.hop_s, SHORTEST_HOP_S, self.window_s or MOST_SECONDS)
        _check_range("smoothing_s", self.smoothing_s, 0.0, MOST_SECONDS)
        if not 0.0 < self.medium < self.high <= 1.0:
            raise ValueError(
                "medium must be above 0 and below high, and high at most 1, "
                f"got {_shown(self.medium)}, {_shown(self.high)}"
            )
        if self.device not in DEVICES:
            raise ValueError(f"device must be one of {', '.join(DEVICES)}, got {_shown(self.device)}")
        if self.theme not in THEMES:
            raise ValueError(f"theme must be one of {', '.join(THEMES)}, got {_shown(self.theme)}")
        if not Path(self.recordings_folder).is_absolute():
            raise ValueError(f"recordings_folder must be a whole path, got {_shown(self.recordings_folder)}")
        if len(self.recent_files) > MOST_RECENT:
            raise ValueError(f"recent_files must be at most {MOST_RECENT}, got {len(self.recent_files)}")

    def _check_kinds(self) -> None:
        for name in ("input_name", "output_name", "model_path"):
            _check_kind(name, getattr(self, name), str | None)
        for name in ("device", "theme", "recordings_folder", "window_geometry", "splitter"):
            _check_kind(name, getattr(self, name), str)
        for name in ("hop_s", "smoothing_s", "high", "medium"):
            _check_kind(name, getattr(self, name), int | float)
        _check_kind("window_s", self.window_s, int | float | None)
        for name in ("meter_before_recording", "stacked", "note_read"):
            _check_kind(name, getattr(self, name), bool)
        _check_kind("recent_files", self.recent_files, tuple)
        for each in self.recent_files:
            _check_kind("recent_files", each, str)
            _check_text("recent_files", each)
        for name in ("input_name", "output_name", "model_path", "recordings_folder"):
            _check_text(name, getattr(self, name))

    def with_recent(self, path: str) -> Settings:
        """Return the settings with a recording as the newest of the recent ones."""
        others = tuple(each for each in self.recent_files if each != path)
        return dataclasses.replace(self, recent_files=(path, *others)[:MOST_RECENT])


def settings_path() -> Path:
    """Return where this user's settings are kept on this platform."""
    return platformdirs.user_config_path(_FOLDER, appauthor=False) / "settings.json"


def log_folder() -> Path:
    """Return where this user's logs are kept on this platform."""
    return platformdirs.user_log_path(_FOLDER, appauthor=False)


def state_folder() -> Path:
    """Return where what this user's recordings need beside their sound is kept on this platform."""
    return platformdirs.user_state_path(_FOLDER, appauthor=False)


def read_settings(path: Path) -> Settings:
    """Return what was chosen; the defaults where there is no file yet.

    Names in the file that this version does not know are left out, those that
    the file does not have get their defaults.

    Raises:
        SettingsError: The file cannot be read, is no JSON object, or holds a
            value that cannot be.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():  # opening a pipe would wait for its other end
            raise _unusable(path, "it is not a file")
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise _unusable(path, error.strerror or str(error)) from error
    if len(content) > MOST_BYTES:
        raise _unusable(path, f"it has more than {MOST_BYTES} bytes")
    try:
        return _from_json(json.loads(content))
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _unusable(path, "it is not JSON text") from error
    except ValueError as error:
        raise _unusable(path, str(error)) from error


def write_settings(path: Path, settings: Settings) -> None:
    """Write the settings beside their place, readable by the user alone, and move them there.

    What stood there stays until the new file is whole on the disk. A link
    stays a link: what it points to is replaced.

    Raises:
        SettingsError: The folder cannot be made or written to, or is full.
    """
    text = json.dumps(dataclasses.asdict(settings), indent=2)  # ASCII: a name on Linux need not be valid text
    target = Path(os.path.realpath(path))
    try:
        write_own_file(target, f"{text}\n".encode("ascii"))
    except OSError as error:
        raise SettingsError(
            "The settings cannot be written to “{path}” ({reason}).",
            "Make room on the disk, or allow this program to write there.",
            path=path,
            reason=error.strerror or error,
        ) from error


def _remove_abandoned(target: Path) -> None:
    """Remove what a program left that was killed while it wrote; what is being written now stays."""
    for each in target.parent.glob(f".{glob.escape(target.name)}.*"):
        with contextlib.suppress(OSError):
            if time.time() - each.stat().st_mtime > ABANDONED_S:
                each.unlink()


def write_own_file(target: Path, content: bytes) -> None:
    """Write a file that is for the user alone (0600, its folder 0700), whole or not at all.

    Raises:
        OSError: The folder cannot be made or written to, or is full.
    """
    make_own_folder(target.parent)
    _remove_abandoned(target)
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)  # made with mode 0600
    beside = Path(name)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor is no path
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _from_json(chosen: Any) -> Settings:
    if not isinstance(chosen, dict):
        raise ValueError("it holds no names with values")
    known = {each.name: chosen[each.name] for each in dataclasses.fields(Settings) if each.name in chosen}
    if isinstance(known.get("recent_files"), list):
        known["recent_files"] = tuple(known["recent_files"])
    return Settings(**known)


def _check_kind(name: str, value: object, kind: Any) -> None:
    is_number_by_accident = isinstance(value, bool) and kind is not bool  # True is an int to Python
    if is_number_by_accident or not isinstance(value, kind):
        raise ValueError(f"{name} must be {getattr(kind, '__name__', kind)}, got {_shown(value)}")


def _check_text(name: str, value: str | None) -> None:
    """Refuse what no file, device or window can be called by."""
    try:
        os.fsencode(value or "")
    except UnicodeEncodeError as error:
        raise ValueError(f"{name} is no text, got {_shown(value)}") from error
    if "\0" in (value or ""):
        raise ValueError(f"{name} holds a zero, got {_shown(value)}")


def _check_range(name: str, value: float | None, least: float, most: float) -> None:
    if value is not None and not least <= value <= most:  # which NaN is not
        raise ValueError(f"{name} must be {least:g} to {most:g}, got {_shown(value)}")


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _unusable(path: Path, reason: str) -> SettingsError:
    return SettingsError(
        "The settings in “{path}” cannot be used: {reason}.",
        "Correct the file, or delete it to start from the defaults.",
        path=path,
        reason=reason,
    )
