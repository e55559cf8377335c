"""A model on disk: a JSON manifest that describes it and holds the hashes of its other files."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

from ser_desktop.dsp.features import FeatureSpec
from ser_desktop.dsp.speech_gate import BLOCK, RATE, GateSpec
from ser_desktop.emotion.affect import AffectSpec
from ser_desktop.emotion.voice_adaptation import AdaptationSpec
from ser_desktop.errors import ModelFileError
from ser_desktop.typed import convert

FORMAT = 1  # version of the manifests that are written; :attr:`ModelInfo.format` lists those that are read
MAX_MANIFEST_BYTES = 1_000_000
MAX_NETWORK_BYTES = 200_000_000
NETWORK_SUFFIXES = (".onnx", ".safetensors")  # of the network files in the manifest's folder
MAX_VALUES = 4_000_000  # float32 values in the frames of one window (16 MB)
MAX_MESSAGE_LETTERS = 200  # letters of text from a file, in a message
EXPORT_AGAIN = "Export the model again, or choose another one."


Word = Annotated[str, Meta(min_length=1, max_length=60)]  # a name or a label
Size = Annotated[int, Meta(ge=1, le=1_000_000)]
WindowSeconds = Annotated[float, Meta(gt=0.0, le=60.0)]


class StreamSpec(Struct, frozen=True, kw_only=True):
    """The sizes of a streaming network; a part of a model's manifest."""

    state: Size
    """Values of its state between two calls."""
    statistics: Size
    """Values of the state that are statistics of the frames so far; they come first."""
    steps: Size
    """Values of a step."""
    affect: bool = False
    """Whether it has outputs of its own for arousal and valence, behind the logits of the emotions."""


class ModelInfo(Struct, frozen=True, kw_only=True):
    """The manifest of a model: its fields are declared and checked here.

    Raises:
        ValueError: The values contradict each other, or the network could not work with them.
    """

    format: Literal[1]
    """Version of the manifest's layout."""
    name: Word
    """Name of the model."""
    labels: Annotated[tuple[Word, ...], Meta(min_length=2, max_length=100)]
    """Its emotions, in the order of its outputs."""
    features: FeatureSpec
    """The frames that it classifies."""
    gate: GateSpec
    """The speech gate that it was trained with."""
    shortest_s: WindowSeconds
    """Shortest window that it was trained on, in seconds."""
    window_s: WindowSeconds
    """Longest window that it was trained on, in seconds; the default, because it gives the best results."""
    temperature: Annotated[float, Meta(gt=0.0, lt=100.0)]
    """Divisor of its logits, fitted on the validation speakers."""
    abstain_threshold: Annotated[float, Meta(ge=0.0, le=1.0)] = field(name="abstain_below")
    """Confidence below which an entry is ``uncertain``."""
    affect: AffectSpec | None = None
    """How arousal and valence are computed; ``None`` for a model without them."""
    stream: StreamSpec | None = None
    """Sizes of a streaming network; ``None`` if the network classifies windows."""
    adaptation: AdaptationSpec | None = None
    """How the outputs of the network are adapted to the voice; ``None`` if they are not."""
    sha256: str
    """Hash of the manifest file, which holds the hashes of the network and the weights."""
    manifest: dict[str, Any]
    """The whole content of the manifest file, for the model card."""

    def __post_init__(self) -> None:
        if not all(word.isprintable() and word.strip() for word in (self.name, *self.labels)):
            raise ValueError(f"name and labels must be printable words, got {self.name!r} and {list(self.labels)}")
        if len(set(self.labels)) != len(self.labels):
            raise ValueError(f"labels must differ, got {list(self.labels)}")
        if self.affect and (unknown := sorted(self.affect.labels - set(self.labels))):
            raise ValueError(f"affect names {unknown[0]!r}, which is no label")
        if self.features.rate != RATE or self.features.window < 2 * BLOCK:
            raise ValueError(
                f"frames of {self.features.window} samples at {self.features.rate} Hz; the speech detector needs "
                f"{2 * BLOCK} or more at {RATE} Hz"
            )
        if self.adaptation:
            self.adaptation.check(labels=len(self.labels), mfccs=self.features.mfccs)
        if self.shortest_s > self.window_s:
            raise ValueError(f"windows of {self.shortest_s}…{self.window_s} s")
        values = self.features.frame_count(round(self.window_s * RATE)) * self.features.width
        if self.features.window > RATE or values > MAX_VALUES:
            raise ValueError(f"frames of {self.features.window} samples, {values} values in a window: too many")

    @property
    def adapts(self) -> bool:
        """Whether the model adapts to voices."""
        return bool(self.adaptation)

    @property
    def networks(self) -> tuple[str, ...]:
        """The kinds of the files that an analysis on the CPU needs."""
        return ("stream", "head") if self.stream else ("onnx",)

    @property
    def identity(self) -> str:
        """The name with the start of the hash; exported tables hold it in the column “model”."""
        return f"{self.name}@{self.sha256[:8]}"


class FileEntry(Struct, frozen=True):
    """The entry of one file in a manifest."""

    name: str
    """Name of the file, in the folder of the manifest."""
    sha256: str
    """Hash of its content."""


@dataclass(frozen=True, slots=True)
class Model:
    """A model whose manifest has been read.

    Attributes:
        info: The content of the manifest.
        folder: The folder of its files.
    """

    info: ModelInfo
    folder: Path

    def read(self, kind: str) -> bytes:
        """Return the content of one of its files after checking its hash.

        Args:
            kind: ``onnx``, or ``stream`` and ``head`` for a streaming network, or ``weights``.

        Raises:
            ModelFileError: The file is missing, or its hash differs from that
                in the manifest.
        """
        try:
            files = convert(self.info.manifest.get("files"), dict[str, FileEntry])
            name, expected = files[kind].name, files[kind].sha256
        except (KeyError, ValueError) as error:
            raise ModelFileError(
                "The manifest of {model} names no {kind} file.", EXPORT_AGAIN, model=self.info.name, kind=kind
            ) from error
        if Path(name).name != name or name in ("", ".", "..") or not name.isprintable():
            raise ModelFileError(
                "The manifest names {name!r}, which is not a file beside it.", EXPORT_AGAIN, name=shortened(name)
            )
        path = self.folder / name
        content = _read(path, MAX_NETWORK_BYTES)
        found = hashlib.sha256(content).hexdigest()
        if found != expected:
            raise ModelFileError(
                "{path} is not the file that its manifest describes (hash {found}, expected {expected!r}).",
                EXPORT_AGAIN,
                path=path,
                found=found[:8],
                expected=expected[:8],
            )
        return content


def open_model(manifest: Path) -> Model:
    """Read a manifest. The other files of the model are checked when they are read.

    Args:
        manifest: The ``.json`` file of an exported model.

    Raises:
        ModelFileError: There is no such file, or it is not a manifest.
    """
    if os.path.isdir(manifest):  # noqa: PTH112 -- False for an invalid path, for which Path.is_dir raises
        raise _no_manifest(manifest, "it is a folder")
    if manifest.suffix in NETWORK_SUFFIXES:
        raise _no_manifest(manifest, "it is the network itself")
    content = _read(manifest, MAX_MANIFEST_BYTES)
    try:
        info = _described(json.loads(content, object_pairs_hook=_object), hashlib.sha256(content).hexdigest())
    except (ValueError, RecursionError) as error:
        raise _no_manifest(manifest, _reason(error)) from error
    return Model(info, manifest.parent)


def _no_manifest(path: Path, reason: str) -> ModelFileError:
    return ModelFileError(
        "{path} is not the manifest of a model ({reason}).",
        "Choose the .json file that “python -m training export” wrote.",
        path=path,
        reason=reason,
    )


def _described(content: Any, sha256: str) -> ModelInfo:
    """Return the checked content of a manifest.

    Raises:
        ValueError: A field is missing, or has a wrong type or value.
    """
    if not isinstance(content, dict):
        raise ValueError("it holds no names")
    info = convert({**content, "sha256": sha256, "manifest": content}, ModelInfo)
    for part, spec in (("features", FeatureSpec), ("gate", GateSpec)):
        unknown = content[part].keys() - {each.name for each in fields(spec)}
        if unknown:  # msgspec ignores them in a dataclass
            raise ValueError(f"{part} holds unknown names: {sorted(unknown)}")
    return info


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a JSON object, and raise if a name occurs twice, because parsers differ in which value they keep."""
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{next(name for name in names if names.count(name) > 1)!r} stands in it twice")
    return values


def _read(path: Path, most_bytes: int) -> bytes:
    try:
        if path.exists() and not path.is_file() and not path.is_dir():  # opening a pipe would wait for its other end
            raise ModelFileError("{path} is not a file but a device or pipe.", EXPORT_AGAIN, path=path)
        with path.open("rb") as file:
            content = file.read(most_bytes + 1)
    except (OSError, ValueError) as error:  # ValueError: raised for an invalid path
        reason = error.strerror if isinstance(error, OSError) else error
        raise ModelFileError("{path} cannot be read ({reason}).", EXPORT_AGAIN, path=path, reason=reason) from error
    if len(content) > most_bytes:
        raise ModelFileError(
            "{path} has more than {most} bytes, which no model has.", EXPORT_AGAIN, path=path, most=most_bytes
        )
    return content


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError | json.JSONDecodeError):
        return "it is not JSON text"
    return shortened(str(error))


def shortened(text: str) -> str:
    """Return a text from a file, cut to a length that fits a message."""
    return text if len(text) <= MAX_MESSAGE_LETTERS else f"{text[:MAX_MESSAGE_LETTERS]}…"
