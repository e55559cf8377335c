"""The measures of passages in the terminal."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
import soundfile
from terminal import Run

from ser_desktop.acoustics.voice import measure_voice


@pytest.fixture(scope="module")
def short(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first 8 s of the demo as WAV."""
    path = tmp_path_factory.mktemp("measured") / "short.wav"
    sound, rate = soundfile.read(demo, dtype="int16", frames=8 * 22_050)
    soundfile.write(path, sound, rate)
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_each_passage_with_speech_is_measured_on_its_own_sound(
    run: Run, manifest: Path, short: Path, tmp_path: Path
) -> None:
    table = tmp_path / "measures.csv"
    result = run("measure", short, "--csv", table, "--model", manifest)
    assert result.status == 0
    rows = rows_of(table)
    assert f"{len(rows)} passages" in result.out
    samples, rate = soundfile.read(short, dtype="float32")
    assert len(rows) > 1
    for row in rows:
        start, end = (round(float(row[name]) * rate) for name in ("start", "end"))
        expected = measure_voice(np.ascontiguousarray(samples[start:end]), rate)
        assert float(row["intensity_dbfs"]) == pytest.approx(expected.intensity_dbfs, abs=0.01)
        found = float(row["pitch_mean_hz"]) if row["pitch_mean_hz"] else None
        assert found == (pytest.approx(expected.pitch_mean_hz, abs=0.01) if expected.pitch_mean_hz else None)


def test_a_file_that_cannot_be_read_is_told_and_the_next_is_measured(
    run: Run, manifest: Path, short: Path, tmp_path: Path
) -> None:
    table = tmp_path / "measures.csv"
    result = run("measure", tmp_path / "none.wav", short, "--csv", table, "--model", manifest)
    assert result.status == 1
    assert "none.wav" in result.err
    assert {Path(row["file"]).name for row in rows_of(table)} == {"short.wav"}


def test_the_table_replaces_no_recording(run: Run, manifest: Path, short: Path) -> None:
    before = short.read_bytes()
    result = run("measure", short, "--csv", short, "--model", manifest)
    assert result.status == 1
    assert "does not replace it" in result.err
    assert short.read_bytes() == before
