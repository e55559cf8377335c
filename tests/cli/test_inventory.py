from __future__ import annotations

import json
from pathlib import Path

import pytest
from terminal import error_line

from ser_desktop import paths
from ser_desktop.emotion.model_file import open_model


def change(manifest: Path, **entries: object) -> None:
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), **entries}))


def test_a_model_is_told_with_its_emotions_windows_and_threshold(run, manifest):
    ran = run("model", "--model", manifest)
    info = open_model(manifest).info
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == info.identity
    assert ", ".join(info.labels) in ran.out
    assert f"{info.shortest_s:g} to {info.window_s:g} s" in ran.out
    assert f"below {100 * info.abstain_threshold:.1f} %" in ran.out


def test_a_model_is_told_with_its_figures_and_card(run, copied):
    clips = {"UAR": {"value": 0.655, "low": 0.6, "high": 0.7}}
    change(
        copied, corpora=[{"name": "Choir", "clips": 12, "speakers": 3}], figures={"clips": clips, "windows_ece": 0.1}
    )
    copied.with_suffix(".md").write_text("# Card\n")
    ran = run("model", "--model", copied)
    assert (ran.status, ran.err) == (0, "")
    assert "Choir: 12 clips, 3 speakers" in ran.out
    assert "UAR          65.5 % (60.0 to 70.0)" in ran.out
    assert str(copied.with_suffix(".md")) in ran.out


def test_the_model_that_ships_is_told_with_what_was_measured(run):
    ran = run("model")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("default@")
    assert "UAR" in ran.out
    assert "RAVDESS" in ran.out.upper()
    assert str(paths.default_model().with_suffix(".md")) in ran.out


@pytest.mark.parametrize(
    "told", [{"corpora": "many"}, {"corpora": [1]}, {"corpora": None}, {"figures": [1]}, {"figures": {}}]
)
def test_a_manifest_may_tell_more_in_another_way(run, copied, told):
    change(copied, **told)
    ran = run("model", "--model", copied)
    assert (ran.status, ran.err) == (0, "")


@pytest.mark.parametrize("files", [None, {}, [], {"onnx": "tiny.onnx"}])
def test_a_manifest_without_its_files_is_refused(run, copied, files):
    change(copied, files=files)
    ran = run("model", "--model", copied)
    assert (ran.status, ran.out) == (1, "")
    assert "names no onnx file" in error_line(ran)


@pytest.mark.parametrize("suffix", [".onnx", ".safetensors"])
def test_a_damaged_file_of_a_model_is_found(run, copied, suffix):
    copied.with_suffix(suffix).write_bytes(b"rust")
    ran = run("model", "--model", copied)
    assert (ran.status, ran.out) == (1, "")
    assert f"{copied.with_suffix(suffix)} is not the file that its manifest describes" in error_line(ran)
