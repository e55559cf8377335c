from __future__ import annotations

import gzip
import hashlib
import json
import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ser_desktop.emotion.model_file import MAX_MANIFEST_BYTES, MAX_NETWORK_BYTES, Model, open_model
from ser_desktop.emotion.torch_run import load_network
from ser_desktop.errors import ModelFileError

Described = dict[str, Any]
Change = Callable[[Described], object]


@pytest.fixture
def manifest(tiny_model: Model, tmp_path: Path) -> Path:
    """A copy of the small model, which a test may damage."""
    shutil.copytree(tiny_model.folder, tmp_path / "copy")
    return tmp_path / "copy" / "tiny.json"


def change(manifest: Path, how: Change) -> None:
    described = json.loads(manifest.read_bytes())
    how(described)
    manifest.write_text(json.dumps(described), encoding="utf-8")


def put(*keys: str, value: object) -> Change:
    """Return a change that sets the value at a path of keys."""

    def how(described: Described) -> None:
        for key in keys[:-1]:
            described = described[key]
        described[keys[-1]] = value

    return how


def vouch_for(manifest: Path, kind: str, content: bytes) -> None:
    """Put another file into the model and its hash into the manifest."""
    name = json.loads(manifest.read_bytes())["files"][kind]["name"]
    (manifest.parent / name).write_bytes(content)
    change(manifest, put("files", kind, "sha256", value=hashlib.sha256(content).hexdigest()))


def complaint(manifest: Path, kind: str = "onnx") -> str:
    """Return the message for an invalid model: one line for the user."""
    with pytest.raises(ModelFileError) as caught:
        open_model(manifest).read(kind)
    message = str(caught.value)
    assert message.isprintable()
    assert message.endswith(".")
    return message


def test_a_good_model_opens(manifest: Path) -> None:
    model = open_model(manifest)
    assert model.info.labels[0] == json.loads(manifest.read_bytes())["labels"][0]
    assert model.info.identity == f"tiny@{hashlib.sha256(manifest.read_bytes()).hexdigest()[:8]}"
    assert model.read("onnx") == manifest.with_suffix(".onnx").read_bytes()
    assert model.read("weights") == manifest.with_suffix(".safetensors").read_bytes()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    message = complaint(tmp_path / "absent.json")
    assert "absent.json" in message
    assert "No such file" in message


def test_a_folder_is_no_model(tmp_path: Path) -> None:
    assert "it is a folder" in complaint(tmp_path)


def test_an_endless_file_is_no_model() -> None:
    assert "device or pipe" in complaint(Path("/dev/zero"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
@pytest.mark.parametrize("suffix", [".json", ".onnx"])
def test_a_pipe_is_refused_instead_of_waited_for(manifest: Path, suffix: str) -> None:
    pipe = manifest.with_suffix(suffix)
    pipe.unlink()
    os.mkfifo(pipe)
    assert "device or pipe" in complaint(manifest)


def test_a_manifest_too_large_for_one_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(1 << 40)  # a terabyte of zeros in a sparse file
    assert str(MAX_MANIFEST_BYTES) in complaint(path)


def test_a_network_too_large_for_one_is_refused_unread(manifest: Path) -> None:
    with manifest.with_suffix(".onnx").open("wb") as file:
        file.truncate(1 << 40)
    assert str(MAX_NETWORK_BYTES) in complaint(manifest)


def test_a_link_to_another_file_does_not_make_it_a_network(manifest: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret of the user")
    network = manifest.with_suffix(".onnx")
    network.unlink()
    network.symlink_to(secret)
    message = complaint(manifest)
    assert "is not the file that its manifest describes" in message
    assert "secret" not in message


@pytest.mark.parametrize("where", ["", "files", "features"])
def test_a_name_that_stands_twice_is_refused(manifest: Path, where: str) -> None:
    described = json.loads(manifest.read_bytes())
    part = described[where] if where else described
    first = next(iter(part))
    twice = json.dumps(part)[1:-1] + f', "{first}": {json.dumps(part[first])}'
    whole = json.dumps(described)
    manifest.write_text(whole.replace(json.dumps(part), f"{{{twice}}}"), encoding="utf-8")
    assert f"{first!r} stands in it twice" in complaint(manifest)


@pytest.mark.parametrize(
    "content", [pickle.dumps(["weights"]), gzip.compress(bytes(10_000_000)), b"PK\x03\x04" + bytes(1000)]
)
def test_packed_files_are_not_unpacked(manifest: Path, content: bytes) -> None:
    manifest.write_bytes(content)
    assert "not JSON" in complaint(manifest)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not JSON"),
        (b"not JSON at all", "not JSON"),
        (b"\xff\xfe\x00\x80", "not JSON"),
        (pickle.dumps({"format": 1}), "not JSON"),
        (b"[" * 100_000, "depth"),
        (b"[1, 2]", "no names"),
        (b'"text"', "no names"),
        (b"null", "no names"),
        (b"{}", "no 'format'"),
        (b'{"format": 1}', "no 'name'"),
    ],
)
def test_something_else_posing_as_a_manifest(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "posing.json").write_bytes(content)
    message = complaint(tmp_path / "posing.json")
    assert "posing.json" in message
    assert reason in message


def test_an_onnx_file_is_no_manifest(manifest: Path) -> None:
    message = complaint(manifest.with_suffix(".onnx"))
    assert "tiny.onnx is not the manifest of a model (it is the network itself)" in message
    assert ".json" in message


@pytest.mark.parametrize(
    "key",
    ["format", "name", "labels", "features", "gate", "shortest_s", "window_s", "temperature", "abstain_below"],
)
def test_a_missing_key_is_named(manifest: Path, key: str) -> None:
    change(manifest, lambda described: described.pop(key))
    assert repr(key) in complaint(manifest)


NAN, HUGE = float("nan"), 10**400
DIMENSION = {"high": ["happy"], "low": ["sad"], "high_from": 0.7, "low_to": 0.3}


def affect(**changed: object) -> dict[str, object]:
    """Return arousal and valence for a manifest, with the given values of arousal changed."""
    return {"arousal": {**DIMENSION, **changed}, "valence": DIMENSION}


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        (put("format", value=2), "format must be one of 1, got 2"),
        (put("format", value="1\n"), "format must be int, got '1\\n'"),
        (put("name", value="two\nlines"), "printable"),
        (put("name", value=7), "name must be str, got 7"),
        (put("labels", value=["happy", "sad", "happy"]), "differ"),
        (put("labels", value=["happy"]), "labels must be array of length >= 2, got ['happy']"),
        (put("labels", value=[]), "labels must be array of length >= 2, got []"),
        (put("labels", value=[1, 2]), "labels[0] must be str, got 1"),
        (put("labels", value=[["happy"], ["sad"]]), "labels[0] must be str, got ['happy']"),
        (put("labels", value=["happy", ""]), "labels[1] must be str of length >= 1, got ''"),
        (put("labels", value=["happy", "s\nad"]), "printable words"),
        (put("labels", value=None), "labels must be array, got None"),
        (put("temperature", value=NAN), "temperature must be float > 0.0, got nan"),
        (put("temperature", value=float("inf")), "temperature must be float < 100.0, got inf"),
        (put("temperature", value=0), "temperature must be float > 0.0, got 0"),
        (put("temperature", value=-1.0), "temperature must be float > 0.0, got -1.0"),
        (put("temperature", value=HUGE), "temperature cannot be used (number out of range), got 1000"),
        (put("temperature", value="warm"), "temperature must be float, got 'warm'"),
        (put("temperature", value=None), "temperature must be float, got None"),
        (put("abstain_below", value=NAN), "abstain_below must be float >= 0.0, got nan"),
        (put("abstain_below", value=1.1), "abstain_below must be float <= 1.0, got 1.1"),
        (put("shortest_s", value=5.0), "windows of 5.0"),
        (put("shortest_s", value=0.0), "shortest_s must be float > 0.0, got 0.0"),
        (put("window_s", value=NAN), "window_s must be float > 0.0, got nan"),
        (put("window_s", value=3600.0), "window_s must be float <= 60.0, got 3600.0"),
        (
            put("labels", value=[f"label {number}" for number in range(101)]),
            "labels must be array of length <= 100, got ['label 0'",
        ),
        (put("name", value="n" * 61), "name must be str of length <= 60, got 'nnn"),
        (put("features", "hop", value=1), "too many"),
        (put("features", "window", value=1 << 40), "too many"),
        (put("format", value="1" * 100_000), "…"),
        (put("features", value=[]), "features must be object, got []"),
        (put("features", "unknown", value=1), "unknown"),
        (put("features", "hop", value=0), "hop"),
        (put("features", "hop", value="256"), "features.hop must be int, got '256'"),
        (put("features", "rate", value=22_050), "22050 Hz"),
        (put("features", "window", value=512), "512 samples"),
        (put("features", "high_hz", value=NAN), "nan"),
        (put("gate", "open_at", value=NAN), "nan"),
        (put("gate", "hold_blocks", value="6"), "gate.hold_blocks must be int, got '6'"),
        (put("gate", "floor_dbfs", value=NAN), "floor_dbfs"),
        (put("affect", value=[]), "affect must be"),
        (put("affect", value={"arousal": DIMENSION}), "valence"),
        (put("affect", value=affect(high=["bored"])), "affect names 'bored', which is no label"),
        (put("affect", value=affect(high=["sad"])), "'sad' is in both groups"),
        (put("affect", value=affect(high=[])), "affect.arousal.high must be array of length >= 1, got []"),
        (put("affect", value=affect(slope=NAN)), "affect.arousal.slope must be float"),
        (put("affect", value=affect(offset=HUGE)), "affect.arousal.offset"),
        (put("affect", value=affect(high_from=1.5)), "affect.arousal.high_from must be float <= 1.0, got 1.5"),
        (put("affect", value=affect(high_from=0.2)), "overlap"),
    ],
)
def test_a_nonsensical_value_is_named(manifest: Path, how: Change, reason: str) -> None:
    change(manifest, how)
    message = complaint(manifest)
    assert "tiny.json is not the manifest of a model" in message
    assert reason in message


@pytest.mark.parametrize("kind", ["onnx", "weights"])
def test_a_file_whose_hash_differs_from_the_manifest_is_refused(manifest: Path, kind: str) -> None:
    path = manifest.parent / json.loads(manifest.read_bytes())["files"][kind]["name"]
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1  # a single bit
    path.write_bytes(content)
    message = complaint(manifest, kind)
    assert str(path) in message
    assert hashlib.sha256(content).hexdigest()[:8] in message


def test_a_missing_network_is_named(manifest: Path) -> None:
    manifest.with_suffix(".onnx").unlink()
    assert "tiny.onnx" in complaint(manifest, "onnx")


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../tiny.onnx", "/etc/passwd", "copy/tiny.onnx", "tiny.onnx\0", "\ud800.onnx"]
)
def test_only_files_beside_the_manifest_are_read(manifest: Path, name: str) -> None:
    change(manifest, put("files", "onnx", "name", value=name))
    assert "is not a file beside it" in complaint(manifest, "onnx")


@pytest.mark.parametrize(
    "how",
    [
        lambda described: described.pop("files"),
        lambda described: described["files"].pop("onnx"),
        lambda described: described["files"]["onnx"].pop("sha256"),
        put("files", value=None),
        put("files", "onnx", value="tiny.onnx"),
    ],
)
def test_a_manifest_that_names_no_network_says_so(manifest: Path, how: Change) -> None:
    change(manifest, how)
    assert "names no onnx file" in complaint(manifest, "onnx")


@pytest.mark.parametrize(
    "how",
    [
        put("labels", value=["happy", "sad"]),
        put("network", "labels", value=2),
        put("network", "stem", value=4),
        put("network", "widths", value=[4, 6, 8]),
        put("network", "widths", value=None),
        put("network", "unknown", value=1),
        put("network", value=None),
    ],
)
def test_weights_that_do_not_fit_the_manifest_are_refused(manifest: Path, how: Change) -> None:
    change(manifest, how)
    with pytest.raises(ModelFileError, match="do not fit"):
        load_network(open_model(manifest))


@pytest.mark.parametrize("content", [b"", b"no weights", pickle.dumps([1, 2, 3])])
def test_weights_that_are_no_weights_are_refused(manifest: Path, content: bytes) -> None:
    vouch_for(manifest, "weights", content)
    with pytest.raises(ModelFileError, match="do not fit"):
        load_network(open_model(manifest))
