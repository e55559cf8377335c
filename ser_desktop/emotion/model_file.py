"""A model on disk: a manifest that describes it and the files that it vouches for."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ser_desktop.dsp.features import FeatureSpec
from ser_desktop.dsp.speech_gate import GateSpec
from ser_desktop.emotion.voice_activity import BLOCK, RATE
from ser_desktop.errors import ModelFileError

FORMAT = 1
MOST_MANIFEST_BYTES = 1_000_000
MOST_NETWORK_BYTES = 200_000_000
NETWORK_SUFFIXES = (".onnx", ".safetensors")  # of what lies beside a manifest
MOST_LABELS, LONGEST_WORD = 100, 60
MOST_VALUES = 4_000_000  # of the frames of one window: sixteen megabytes
LONGEST_SHOWN = 200  # letters of what a file says, in a message
AGAIN = "Export the model again, or choose another one."


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What a manifest says of its model.

    Attributes:
        name: Name of the model.
        labels: Its emotions, in the order of its outputs.
        features: The frames that it wants.
        gate: The speech gate that it was trained behind.
        shortest_s: Shortest window that it was trained on.
        window_s: Longest, and best.
        temperature: What its logits are divided by, fitted on inner speakers.
        abstain_threshold: Confidence under which an answer is ``uncertain``.
        sha256: Hash of the manifest, which holds the hashes of all else.
        manifest: All that the manifest holds, for the model card.
    """

    name: str
    labels: tuple[str, ...]
    features: FeatureSpec
    gate: GateSpec
    shortest_s: float
    window_s: float
    temperature: float
    abstain_threshold: float
    sha256: str
    manifest: dict[str, Any]

    def __post_init__(self) -> None:
        if not all(isinstance(word, str) and word.isprintable() and word.strip() for word in (self.name, *self.labels)):
            raise ValueError(f"name and labels must be printable words, got {self.name!r} and {list(self.labels)}")
        if len(self.labels) > MOST_LABELS or max(map(len, (self.name, *self.labels))) > LONGEST_WORD:
            raise ValueError(f"more than {MOST_LABELS} labels, or one with more than {LONGEST_WORD} letters")
        if len(self.labels) < 2 or len(set(self.labels)) != len(self.labels):
            raise ValueError(f"labels must be two or more and differ, got {list(self.labels)}")
        if self.features.rate != RATE or self.features.window < 2 * BLOCK:
            raise ValueError(
                f"frames of {self.features.window} samples at {self.features.rate} Hz; the speech detector needs "
                f"{2 * BLOCK} or more at {RATE} Hz"
            )
        if not 0.0 < self.shortest_s <= self.window_s <= 60.0:
            raise ValueError(f"windows of {self.shortest_s}…{self.window_s} s")
        values = self.features.frame_count(round(self.window_s * RATE)) * self.features.width
        if self.features.window > RATE or values > MOST_VALUES:
            raise ValueError(f"frames of {self.features.window} samples, {values} values in a window: too many")
        if not 0.0 < self.temperature < 100.0:
            raise ValueError(f"temperature {self.temperature}")
        if not 0.0 <= self.abstain_threshold <= 1.0:
            raise ValueError(f"abstain_below {self.abstain_threshold}")

    @property
    def identity(self) -> str:
        """The name with the start of the hash: what a table says it was made by."""
        return f"{self.name}@{self.sha256[:8]}"


@dataclass(frozen=True, slots=True)
class Model:
    """A model whose files are what its manifest says.

    Attributes:
        info: What it is.
        folder: Where its files are.
    """

    info: ModelInfo
    folder: Path

    def read(self, kind: str) -> bytes:
        """Return the content of one of its files after checking its hash.

        Args:
            kind: ``onnx`` or ``weights``.

        Raises:
            ModelFileError: The file is missing, or is not the one that the
                manifest was written for.
        """
        try:
            entry = self.info.manifest["files"][kind]
            name, expected = str(entry["name"]), str(entry["sha256"])
        except (KeyError, TypeError) as error:
            raise ModelFileError(
                "The manifest of {model} names no {kind} file.", AGAIN, model=self.info.name, kind=kind
            ) from error
        if Path(name).name != name or name in ("", ".", "..") or not name.isprintable():
            raise ModelFileError("The manifest names {name!r}, which is not a file beside it.", AGAIN, name=shown(name))
        path = self.folder / name
        content = _read(path, MOST_NETWORK_BYTES)
        found = hashlib.sha256(content).hexdigest()
        if found != expected:
            raise ModelFileError(
                "{path} is not the file that its manifest describes (hash {found}, expected {expected!r}).",
                AGAIN,
                path=path,
                found=found[:8],
                expected=expected[:8],
            )
        return content


def open_model(manifest: Path) -> Model:
    """Read a manifest; its files are checked when they are read.

    Args:
        manifest: The ``.json`` file of an exported model.

    Raises:
        ModelFileError: There is no such file, or it is no manifest.
    """
    if os.path.isdir(manifest):  # noqa: PTH112 -- of a name that no file can have it says no
        raise _no_manifest(manifest, "it is a folder")
    if manifest.suffix in NETWORK_SUFFIXES:
        raise _no_manifest(manifest, "it is the network itself")
    content = _read(manifest, MOST_MANIFEST_BYTES)
    try:
        info = _described(json.loads(content, object_pairs_hook=_object), hashlib.sha256(content).hexdigest())
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise _no_manifest(manifest, _reason(error)) from error
    return Model(info, manifest.parent)


def _no_manifest(path: Path, reason: str) -> ModelFileError:
    return ModelFileError(
        "{path} is not the manifest of a model ({reason}).",
        "Choose the .json file that “python -m training export” wrote.",
        path=path,
        reason=reason,
    )


def _described(described: Any, sha256: str) -> ModelInfo:
    if not isinstance(described, dict):
        raise TypeError("it holds no names")
    if described["format"] != FORMAT:
        raise ValueError(f"format {described['format']!r}, known is {FORMAT}")
    return ModelInfo(
        name=described["name"],
        labels=tuple(described["labels"]),
        features=FeatureSpec(**described["features"]),
        gate=GateSpec(**described["gate"]),
        shortest_s=float(described["shortest_s"]),
        window_s=float(described["window_s"]),
        temperature=float(described["temperature"]),
        abstain_threshold=float(described["abstain_below"]),
        sha256=sha256,
        manifest=described,
    )


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a JSON object; one name with two values could be read in two ways."""
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{next(name for name in names if names.count(name) > 1)!r} stands in it twice")
    return values


def _read(path: Path, most_bytes: int) -> bytes:
    try:
        if path.exists() and not path.is_file() and not path.is_dir():  # opening a pipe would wait for its other end
            raise ModelFileError("{path} is not a file but a device or pipe.", AGAIN, path=path)
        with path.open("rb") as file:
            content = file.read(most_bytes + 1)
    except (OSError, ValueError) as error:  # the latter of a name that no file can have
        reason = error.strerror if isinstance(error, OSError) else error
        raise ModelFileError("{path} cannot be read ({reason}).", AGAIN, path=path, reason=reason) from error
    if len(content) > most_bytes:
        raise ModelFileError(
            "{path} has more than {most} bytes, which no model has.", AGAIN, path=path, most=most_bytes
        )
    return content


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"no {error.args[0]!r} in it"
    if isinstance(error, UnicodeDecodeError | json.JSONDecodeError):
        return "it is not JSON text"
    return shown(str(error))


def shown(text: str) -> str:
    """Return a text from a file as a message can hold it: not too long."""
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
