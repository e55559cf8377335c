"""A streaming network: trained, measured on a corpus that it does not know, calibrated, and run."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr
from sounds import FloatArray

from ser_desktop.__main__ import main as ser_desktop
from ser_desktop.emotion.model_file import open_model
from training.__main__ import main as training
from training.fit.run import open_run
from training.probes.left_out import read_left_out
from training.release.left_out_card import write_left_out

pytestmark = pytest.mark.long  # trains networks

RATE = 16_000
LABELS = ("neutral", "happy", "sad", "angry")
CONFIG = f"""
[training]
network = "stream-cnn"
labels = {json.dumps(LABELS)}
fold_set = "grouped"
validation_speakers = 1
copies = 0
epochs = 1
epoch_batches = 2
keep = "last"
batch = 8
vote_weight = 0.5
affect_outputs = true

[network]
stem = 2
widths = [4, 4, 6, 6]

[windows]
earlier_share = 0.5
earlier_frames = 16

[auxiliary_corpora]
names = ["other"]
shares = [0.5]
copies = 0
left_out_in = [0]
"""


def write_corpus(root: Path, name: str, sound: FloatArray, *, neutral: int) -> Path:
    """Write three speakers, who differ in pitch, with four labels, which differ in tempo and level."""
    folder = root / name
    folder.mkdir(parents=True)
    rows = []
    for speaker, speed in (("ann", 0.9), ("bob", 1.0), ("eve", 1.1)):
        voice = soxr.resample(sound, RATE * speed, RATE).astype(np.float32)
        for index, label in enumerate(LABELS):
            for take in range(neutral if label == "neutral" else 1):
                start = (3 * index + take) * RATE // 4
                clip = voice[start : start + 3 * RATE // 2] * np.float32(0.3 + 0.2 * index)
                file = f"{speaker}_{label}_{take}.wav"
                soundfile.write(folder / file, clip, RATE)
                rows.append((file, speaker, "", label, "", "", "1.5"))
    with (folder / f"{name}.csv").open("w", newline="") as file:
        columns = ("file", "speaker", "gender", "emotion", "intensity", "statement", "seconds")
        csv.writer(file).writerows([columns, *rows])
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, demo: Path) -> Path:
    """A folder with a run, what it measured on the corpus that it does not know, and the exported model."""
    root = tmp_path_factory.mktemp("left_out")
    sound, rate = soundfile.read(demo, dtype="float32", frames=7 * 22_050)
    speech = np.ascontiguousarray(soxr.resample(sound, rate, RATE))
    mine = write_corpus(root, "mine", speech, neutral=1)
    other = write_corpus(root, "other", speech[::-1].copy(), neutral=5)
    (root / "votes.csv").write_text("FileName,VoiceVote\nann_happy_0,N:H\n")
    (root / "config.toml").write_text(CONFIG)
    run, cache = str(root / "run"), ["--cache", str(root / "cache")]
    given = ["--corpus", str(mine), "--with", str(other), "--votes", str(root / "votes.csv"), "--jobs", "1"]
    assert training(["train", str(root / "config.toml"), *given, "--run", run, *cache]) == 0
    assert training(["evaluate", run, *cache]) == 0
    assert training(["left-out", run, "--wanted", "0.5"]) == 0
    assert training(["export", run, "--to", str(root / "models" / "own.json")]) == 0
    return root


def test_no_clip_of_a_corpus_that_is_left_out_is_trained_on(made: Path) -> None:
    run = open_run(made / "run")
    by_fold = [run.auxiliary_clips(fold) for fold in run.folds.folds]
    assert by_fold[0] == ()  # the main corpus takes its share
    assert all(len(clips) == len(run.auxiliary_corpora[0].corpus.clips) for ((_, clips),) in by_fold[1:])


def test_each_corpus_is_measured(made: Path) -> None:
    found = read_left_out(open_run(made / "run"))
    assert found
    assert found.corpora.keys() == {"mine", "other"}
    assert found.corpora["other"].clips == 3 * (5 + 3)


def test_the_model_has_the_calibration_that_was_measured(made: Path) -> None:
    found, info = read_left_out(open_run(made / "run")), open_model(made / "models" / "own.json").info
    assert found
    assert info.affect == found.affect
    assert info.abstain_threshold == pytest.approx(found.calibration.abstain_threshold, abs=1e-4)
    assert info.stream
    assert info.stream.affect
    assert info.affect
    assert info.affect.arousal.slope == 0.0  # the network's own output alone counts
    assert info.affect.arousal.own != 0.0


def test_the_card_of_a_model_tells_what_was_measured_on_left_out_corpora(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made / "models", tmp_path / "models")
    manifest = tmp_path / "models" / "own.json"
    before = open_model(manifest).info
    for _ in range(2):  # a second time, the section is replaced
        write_left_out(made / "run", manifest)
    assert open_model(manifest).info.identity != before.identity
    card = manifest.with_suffix(".md").read_text(encoding="utf-8")
    assert card.count("## Corpora that are left out whole") == 1
    section = card[card.index("## Corpora that are left out whole") :].splitlines()
    rows = [line for line in section if line.startswith(("| mine, test speakers |", "| other |"))]
    found = read_left_out(open_run(made / "run"))
    assert found
    assert [row.split(" | ")[3] for row in rows] == [
        f"{100 * found.corpora[name].summary:.1f} %" for name in ("mine", "other")
    ]


def test_the_program_runs_the_model(made: Path, demo: Path, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    assert ser_desktop(["analyze", str(demo), "--model", str(made / "models/own.json"), "--csv", str(table)]) == 0
    with table.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(0.0 <= float(row["arousal"]) <= 1.0 for row in rows if row["arousal"])
    assert any(row["arousal"] for row in rows)


def test_what_was_measured_of_other_networks_is_refused(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    network = made / "run" / "fold0" / "best.pt"
    before = network.read_bytes()
    network.write_bytes((made / "run" / "fold1" / "best.pt").read_bytes())
    try:
        assert training(["left-out", str(made / "run")]) == 1
        assert "was trained again after its evaluation" in capsys.readouterr().err
    finally:
        network.write_bytes(before)
