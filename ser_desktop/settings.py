"""The user's settings: each is declared once, with its type, range, default and meaning, and kept in a JSON file.

Only the command line and the GUI read settings; the other packages get each value as an argument.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal, get_type_hints

import platformdirs
from msgspec import Meta

from ser_desktop.atomic_file import atomic_file
from ser_desktop.errors import SettingsError
from ser_desktop.typed import convert, shown
from ser_desktop.values import (
    DEFAULT_HOP_S,
    DEFAULT_SMOOTHING_S,
    HIGH_CONFIDENCE,
    MEDIUM_CONFIDENCE,
    SHORTEST_HOP_S,
    Device,
)

MAX_RECENT = 10
MAX_SECONDS = 60.0  # of a window, hop or time constant
MAX_BYTES = 1_000_000  # of a settings file

_FOLDER = "ser-desktop"
_RECORDINGS = "SER Desktop"


def default_recordings_folder() -> str:
    """Return the default folder for recordings, a folder inside the user's music folder."""
    return str(platformdirs.user_music_path() / _RECORDINGS)


# What a name must not contain: NUL, or a surrogate other than those of surrogateescape.
Name = Annotated[str, Meta(pattern="^[^\x00\ud800-\udc7f\udd00-\udfff]*$")]
Confidence = Annotated[float, Meta(gt=0.0, le=1.0)]


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices that are kept from one start to the next, checked when made.

    Raises:
        ValueError: A value has another type than its field, or lies outside its range.
    """

    input_name: Name | None = None
    """The microphone; ``None`` is the system's default."""
    output_name: Name | None = None
    """The loudspeaker; ``None`` is the system's default."""
    window_s: Annotated[float, Meta(ge=SHORTEST_HOP_S, le=MAX_SECONDS)] | None = None
    """Seconds of sound that an entry is computed from; ``None`` is the longest window of the model."""
    hop_s: Annotated[float, Meta(ge=SHORTEST_HOP_S, le=MAX_SECONDS)] = DEFAULT_HOP_S
    """Seconds between two entries, at most the window."""
    smoothing_s: Annotated[float, Meta(ge=0.0, le=MAX_SECONDS)] = DEFAULT_SMOOTHING_S
    """Time constant of the probabilities in seconds; 0 switches smoothing off."""
    abstain_threshold: Confidence | None = None
    """Probability from which an emotion is claimed; ``None`` is the model's own."""
    high: Confidence = HIGH_CONFIDENCE
    """Minimum confidence of the tier “high”."""
    medium: Confidence = MEDIUM_CONFIDENCE
    """Minimum confidence of the tier “medium”, below :attr:`high`."""
    model_path: Name | None = None
    """Manifest of another model; ``None`` is the built-in one."""
    words_model: Name | None = None
    """Folder of another transcription model, for the terminal too; ``None`` is the built-in one."""
    words_language: Annotated[str, Meta(pattern="^([a-z]{2,3}|)$")] = ""
    """Code of the language that is spoken, for models of several; empty where the model finds out."""
    live_words: bool = False
    """Whether what is said is written down while it is recorded."""
    device: Device = "auto"
    """Device that runs the network."""
    voice: Annotated[str, Meta(max_length=60)] = ""
    """The voice profile that recordings begin with; empty for an unknown voice."""
    several_speakers: bool = False
    """Whether several people speak in recordings, so that no voice becomes known."""
    theme: Literal["system", "light", "dark"] = "system"
    """Colours of the window."""
    language: Annotated[str, Meta(pattern="^([a-z]{2,3}|)$")] = ""
    """Code of the language of the window; empty for that of the system."""
    recordings_folder: Name = field(default_factory=default_recordings_folder)
    """Absolute path of the folder for new recordings."""
    meter_before_recording: bool = True
    """Whether the level meter runs while nothing is recorded."""
    stacked: bool = True
    """Whether the lane of probabilities is a stacked area chart; otherwise it is a line chart."""
    lanes: Annotated[str, Meta(max_length=1000)] = ""
    """Order, heights and openness of the lanes of the timeline, as text that the timeline encodes."""
    annotator: Annotated[str, Meta(max_length=80)] = ""
    """Name of who corrects, in files; empty for a name that the program gives."""
    passage_columns: Annotated[str, Meta(max_length=1000)] = ""
    """The hidden columns of the table of passages, as text that the table encodes."""
    note_read: bool = False
    """Whether the user has read the note about the limits of the result."""
    recent_files: Annotated[tuple[Name, ...], Meta(max_length=MAX_RECENT)] = ()
    """Paths of the recordings opened last, newest first."""
    kept_recording: Name = ""
    """The recording that was being made when the program was closed, to tell it at the next start; empty for none."""
    kept_seconds: Annotated[float, Meta(ge=0.0)] = 0.0
    """Its length in seconds."""
    window_geometry: str = ""
    """Place and size of the window, as text that the window encodes."""
    splitter: str = ""
    """Positions of the splitters, as text that the window encodes."""

    def __post_init__(self) -> None:
        for name, declared in _DECLARED.items():
            object.__setattr__(self, name, convert(getattr(self, name), declared, name=name))
        if self.window_s is not None and self.hop_s > self.window_s:
            raise ValueError(f"hop_s must be at most window_s, {self.window_s:g}, got {self.hop_s:g}")
        if self.medium >= self.high:
            raise ValueError(f"medium must be below high, got {self.medium}, {self.high}")
        if not Path(self.recordings_folder).is_absolute():
            raise ValueError(f"recordings_folder must be a whole path, got {shown(self.recordings_folder)}")

    def with_recent(self, path: str) -> Settings:
        """Return the settings with a recording as the newest of the recent ones."""
        others = tuple(each for each in self.recent_files if each != path)
        return dataclasses.replace(self, recent_files=(path, *others)[:MAX_RECENT])


_DECLARED = get_type_hints(Settings, include_extras=True)


def settings_path() -> Path:
    """Return the path of this user's settings file on this platform."""
    return platformdirs.user_config_path(_FOLDER, appauthor=False) / "settings.json"


def log_folder() -> Path:
    """Return the folder for this user's logs on this platform."""
    return platformdirs.user_log_path(_FOLDER, appauthor=False)


def state_folder() -> Path:
    """Return the folder for journals, positions and markers of this user's recordings on this platform."""
    return platformdirs.user_state_path(_FOLDER, appauthor=False)


def voices_folder() -> Path:
    """Return the folder for the voice profiles of this user on this platform."""
    return platformdirs.user_data_path(_FOLDER, appauthor=False) / "voices"


def read_settings(path: Path) -> Settings:
    """Return the settings of a file; the defaults where there is no file yet.

    Names in the file that this version does not have are left out. Settings
    that are missing in the file get their defaults.

    Raises:
        SettingsError: The file cannot be read, is no JSON object, or holds a
            value of another type or outside its range.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():  # opening a pipe would wait for its other end
            raise _unusable(path, "it is not a file")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise _unusable(path, error.strerror or str(error)) from error
    if len(content) > MAX_BYTES:
        raise _unusable(path, f"it has more than {MAX_BYTES} bytes")
    try:
        return _from_json(json.loads(content))
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _unusable(path, "it is not JSON text") from error
    except ValueError as error:
        raise _unusable(path, str(error)) from error


def write_settings(path: Path, settings: Settings) -> None:
    """Write the settings, readable by the user alone, whole or not at all.

    Raises:
        SettingsError: The folder cannot be made or written to, or is full.
    """
    # ASCII escapes: a path on Linux may hold bytes that are not UTF-8.
    text = json.dumps(dataclasses.asdict(settings), indent=2)
    try:
        with atomic_file(path, is_private=True) as file:
            file.write(f"{text}\n".encode("ascii"))
    except OSError as error:
        raise SettingsError(
            "The settings cannot be written to “{path}” ({reason}).",
            "Make room on the disk, or allow this program to write there.",
            path=path,
            reason=error.strerror or error,
        ) from error


def _from_json(content: Any) -> Settings:
    if not isinstance(content, dict):
        raise ValueError("it holds no names with values")
    return Settings(**{name: content[name] for name in _DECLARED if name in content})


def _unusable(path: Path, reason: str) -> SettingsError:
    return SettingsError(
        "The settings in “{path}” cannot be used: {reason}.",
        "Correct the file, or delete it to start from the defaults.",
        path=path,
        reason=reason,
    )
