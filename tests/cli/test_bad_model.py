from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from broken_models import foreign_network, replace_network
from terminal import error_line


def refusal(run, manifest: Path, spoken: Path, tmp_path: Path) -> str:
    """Return the one line with which a model is refused; no file is analysed, no table written."""
    table = tmp_path / "table.csv"
    ran = run("analyze", spoken, "--model", manifest, "--csv", table)
    assert (ran.status, ran.out, table.exists()) == (1, "", False)
    return error_line(ran)


def test_a_missing_model_is_told(run, spoken, tmp_path):
    missing = tmp_path / "none.json"
    assert refusal(run, missing, spoken, tmp_path).startswith(f"{missing} cannot be read (No such file or directory).")


def test_a_folder_is_no_model(run, spoken, tmp_path):
    assert refusal(run, tmp_path, spoken, tmp_path).startswith(
        f"{tmp_path} is not the manifest of a model (it is a folder)."
    )


def test_an_onnx_file_is_no_model(run, copied, spoken, tmp_path):
    network = copied.with_suffix(".onnx")
    assert refusal(run, network, spoken, tmp_path).startswith(f"{network} is not the manifest of a model")


def test_a_file_with_another_hash_is_refused_before_it_is_run(run, copied, spoken, tmp_path):
    network = copied.with_suffix(".onnx")
    network.write_bytes(network.read_bytes() + b"\0")
    found = hashlib.sha256(network.read_bytes()).hexdigest()[:8]
    line = refusal(run, copied, spoken, tmp_path)
    assert line.startswith(f"{network} is not the file that its manifest describes (hash {found}, expected ")


def test_a_missing_network_is_told(run, copied, spoken, tmp_path):
    copied.with_suffix(".onnx").unlink()
    assert "tiny.onnx cannot be read (No such file" in refusal(run, copied, spoken, tmp_path)


@pytest.mark.parametrize(
    ("content", "reason"),
    [(foreign_network(), "does not fit its manifest"), (b"Dear diary", "cannot be loaded")],
    ids=["network", "text"],
)
def test_a_foreign_network_behind_a_manifest_is_refused(run, copied, spoken, tmp_path, content, reason):
    replace_network(copied, content)
    line = refusal(run, copied, spoken, tmp_path)
    assert reason in line
    assert "tiny@" in line


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[1]", b"null", b"\xff\xfe", b'{"format": 99}', b"[" * 100_000], ids=len
)
def test_what_is_no_manifest_is_told(run, spoken, tmp_path, content):
    manifest = tmp_path / "model.json"
    manifest.write_bytes(content)
    assert refusal(run, manifest, spoken, tmp_path).startswith(f"{manifest} is not the manifest of a model (")


def test_a_model_that_answers_with_no_numbers_fails_on_each_file_in_a_line(run, wordless, spoken, tmp_path):
    table = tmp_path / "table.csv"
    ran = run("analyze", spoken, spoken, "--model", wordless, "--csv", table)
    assert (ran.status, ran.out, table.exists()) == (1, "", False)
    assert len(ran.err.splitlines()) == 2
    assert all("answers with something other than numbers" in line for line in ran.err.splitlines())


def test_another_model_brings_its_own_labels(run, copied, spoken, tmp_path):
    labels = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"]
    described = json.loads(copied.read_text())
    copied.write_text(json.dumps({**described, "name": "greek", "labels": labels}))
    table = tmp_path / "table.csv"
    ran = run("analyze", spoken, "--model", copied, "--csv", table)
    assert (ran.status, ran.err) == (0, "")
    assert all(f"  {label} " in ran.out for label in labels)
    assert not any(label in ran.out for label in ("neutral", "happy", "surprised"))
    assert (
        f",p_{',p_'.join(labels)},arousal,valence,affect,channel,speaker,abstain_threshold,model,app\n"
        in table.read_text()
    )
    assert ",greek@" in table.read_text()
