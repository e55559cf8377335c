from __future__ import annotations

import csv
import itertools
import json
import math
import os
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr
from sounds import noise
from terminal import finish, start_program

from ser_desktop import __version__, paths
from ser_desktop.emotion.model_file import open_model

LABELS = ("neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised")
COLUMNS = ["file", "start", "end", "state", "label", "confidence", "level_dbfs"]
COLUMNS += [*(f"p_{label}" for label in LABELS), "arousal", "valence", "affect", "channel", "speaker"]
COLUMNS += ["abstain_threshold", "model", "app"]
SECONDS = 6.0  # of the fixture “spoken”
HOP_S = 0.25
SUM_TOLERANCE = 1e-3


def rows_of(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        rows = list(reader)
    assert reader.fieldnames == COLUMNS
    return rows


def strict_json(line: str) -> dict:
    def refuse(constant: str) -> None:
        raise ValueError(f"{constant} is no JSON")

    return json.loads(line, parse_constant=refuse)


@pytest.fixture
def silent(tmp_path: Path) -> Path:
    path = tmp_path / "noise.wav"
    soundfile.write(path, noise("pink", rate=16_000, seconds=2.0, rms_dbfs=-40.0), 16_000)
    return path


def test_the_report_tells_all_there_is_to_tell(run, manifest, spoken, tmp_path):
    table = tmp_path / "table.csv"
    ran = run("analyze", spoken, "--model", manifest, "--csv", table)
    lines = ran.out.splitlines()
    assert (ran.status, ran.err) == (0, "")
    assert lines[:2] == [str(spoken), "  00:00:06.0 · 22050 Hz · mono"]
    assert lines[2].startswith(("  On average ", "  Uncertain; most like "))
    bars = {line.split()[0]: line for line in lines if "▇" in line or line.endswith(" 0 %")}
    assert tuple(bars) == LABELS
    assert sum(int(line.split()[-2]) for line in bars.values()) == pytest.approx(100, abs=4)  # each is rounded
    assert open_model(manifest).info.identity in lines[-3]
    assert lines[-3].endswith("on CPU")
    assert lines[-1] == f"table {table}: {len(rows_of(table))} rows"


def test_where_nobody_speaks_no_emotion_is_named(run, manifest, silent):
    ran = run("analyze", silent, "--model", manifest)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines()[2] == "  No speech found"
    assert not any(label in ran.out for label in LABELS)


def test_json_is_one_object_a_line_with_these_keys(run, manifest, spoken, silent):
    ran = run("analyze", spoken, silent, "--model", manifest, "--format", "json")
    speaking, quiet = map(strict_json, ran.out.splitlines())
    for told, file in ((speaking, spoken), (quiet, silent)):
        parts = {"file", "audio", "channel", "model", "abstain_threshold", "voice", "summary", "speakers", "transcript"}
        assert set(told) == parts | {"timeline"}
        assert (told["speakers"], told["transcript"]) == (None, None)
        assert set(told["summary"]) == {"label", "confidence", "tier", "scores", "arousal", "valence", "affect_seconds"}
        assert (told["file"], told["model"]) == (str(file), open_model(manifest).info.identity)
    assert speaking["audio"] == {"rate": 22_050, "channels": 1, "seconds": SECONDS}
    assert set(quiet["summary"].values()) == {None}
    assert {entry["state"] for entry in quiet["timeline"]} == {"no_speech"}
    assert all(entry["scores"] is None and entry["label"] is None for entry in quiet["timeline"])


def test_the_summary_is_the_mean_over_the_windows_of_speech(run, manifest, spoken):
    told = strict_json(run("analyze", spoken, "--model", manifest, "--format", "json").out)
    spoken_entries = [entry for entry in told["timeline"] if entry["scores"]]
    scores = [entry["scores"] for entry in spoken_entries]
    assert scores
    assert all(sum(each.values()) == pytest.approx(1.0, abs=SUM_TOLERANCE) for each in scores)
    weights = []
    for entry in spoken_entries:  # by length, and by the fourth power of the speech in the 3 s before
        before = (max(0.0, each["end"] - max(each["start"], entry["end"] - 3.0)) for each in spoken_entries)
        heard_s = sum(part for part, each in zip(before, spoken_entries, strict=True) if each["end"] <= entry["end"])
        weights.append((entry["end"] - entry["start"]) * heard_s**4)
    means = {label: np.average([each[label] for each in scores], weights=weights) for label in LABELS}
    summary = told["summary"]
    assert summary["scores"] == pytest.approx(means, abs=1e-6)
    assert summary["label"] == max(means, key=means.get)
    assert summary["confidence"] == max(summary["scores"].values())
    assert summary["tier"] == (
        "high" if summary["confidence"] >= 0.7 else "medium" if summary["confidence"] >= 0.5 else "low"
    )


def test_the_table_holds_every_file_and_its_rows_tile_each(run, manifest, spoken, silent, tmp_path):
    table = tmp_path / "table.csv"
    assert run("analyze", spoken, silent, "--model", manifest, "--csv", table, "--quiet") == (0, "", "")
    rows = rows_of(table)
    by_file = {name: list(group) for name, group in itertools.groupby(rows, key=lambda row: row["file"])}
    assert list(by_file) == [str(spoken), str(silent)]
    for of, seconds in zip(by_file.values(), (SECONDS, 2.0), strict=True):
        assert [row["start"] for row in of] == ["0.000", *(row["end"] for row in of[:-1])]
        assert float(of[-1]["end"]) == seconds
    for row in rows:
        values = [row[f"p_{label}"] for label in LABELS]
        if row["state"] == "no_speech":
            assert {row["label"], row["confidence"], *values} == {""}
        else:
            assert sum(map(float, values)) == pytest.approx(1.0, abs=SUM_TOLERANCE)
            assert row["confidence"] == row[f"p_{row['label']}"] == max(values)
        assert (row["model"], row["app"]) == (open_model(manifest).info.identity, f"ser-desktop {__version__}")
        assert math.isfinite(float(row["level_dbfs"]))


def test_the_table_and_the_json_say_the_same(run, manifest, spoken, tmp_path):
    texts, tables = [], [tmp_path / "text.csv", tmp_path / "json.csv"]
    for table, form in zip(tables, ("text", "json"), strict=True):
        texts.append(run("analyze", spoken, "--model", manifest, "--csv", table, "--format", form).out)
    assert tables[0].read_bytes() == tables[1].read_bytes()
    for row, entry in zip(rows_of(tables[0]), strict_json(texts[1])["timeline"], strict=True):
        assert (float(row["start"]), float(row["end"]), row["state"]) == (entry["start"], entry["end"], entry["state"])
        assert (row["label"] or None, float(row["level_dbfs"])) == (entry["label"], entry["level_dbfs"])
        if entry["scores"]:
            assert {label: float(row[f"p_{label}"]) for label in LABELS} == entry["scores"]


@pytest.mark.parametrize("hop_s", [0.1, 0.25, 0.7, 2.9])
def test_there_is_one_row_a_hop(run, manifest, spoken, tmp_path, hop_s):
    table = tmp_path / "table.csv"
    assert run("analyze", spoken, "--model", manifest, "--csv", table, "--hop", hop_s).status == 0
    rows = rows_of(table)
    assert len(rows) == math.ceil(SECONDS / hop_s)
    assert float(rows[0]["end"]) == hop_s


@pytest.mark.parametrize(
    ("option", "value"),
    [("--hop", "0.01"), ("--hop", "3.5"), ("--window", "0.5"), ("--window", "3.1"), ("--window", "99")],
)
def test_a_window_or_hop_that_does_not_suit_the_model_is_refused_with_what_does(
    run, manifest, spoken, tmp_path, option, value
):
    table = tmp_path / "table.csv"
    ran = run("analyze", spoken, "--model", manifest, "--csv", table, option, value)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith(f"ser-desktop: error: A {option[2:]} of {value} s does not suit")
    assert (ran.err.count("\n"), list(tmp_path.iterdir())) == (1, [])


def test_window_and_smoothing_change_the_scores_but_not_the_times(run, manifest, spoken):
    def timeline(*options: str) -> list[dict]:
        return strict_json(run("analyze", spoken, "--model", manifest, "--format", "json", *options).out)["timeline"]

    def times(entries: list[dict]) -> list[tuple[float, float]]:
        return [(entry["start"], entry["end"]) for entry in entries]

    def movement(entries: list[dict]) -> float:
        pairs = itertools.pairwise([list(entry["scores"].values()) for entry in entries if entry["scores"]])
        return float(sum(np.abs(np.subtract(*pair)).sum() for pair in pairs))

    usual, raw, short = timeline(), timeline("--smoothing", "0"), timeline("--window", "1")
    assert times(usual) == times(raw) == times(short)
    assert usual != short
    assert movement(timeline("--smoothing", "5")) < movement(usual) < movement(raw)


def test_the_probability_from_which_an_emotion_is_claimed_is_chosen_and_told(run, manifest, spoken, tmp_path):
    own = open_model(manifest).info.abstain_threshold
    usual, chosen = tmp_path / "usual.csv", tmp_path / "chosen.csv"
    said = run("analyze", spoken, "--model", manifest, "--csv", usual).out
    assert "as chosen" not in said
    ran = run("analyze", spoken, "--model", manifest, "--csv", chosen, "--claim-from", "1.5 %")
    assert ran.status == 0
    assert f"claimed from 2 %, as chosen; the model itself claims from {100 * own:.0f} %" in ran.out
    assert {row["abstain_threshold"] for row in rows_of(usual)} == {f"{own:.4f}"}
    assert {row["abstain_threshold"] for row in rows_of(chosen)} == {"0.0150"}
    for table, threshold in ((usual, own), (chosen, 0.015)):
        claimed = [float(row["confidence"]) for row in rows_of(table) if row["state"] == "speech"]
        assert all(confidence >= threshold for confidence in claimed)
        assert bool(claimed) is (table is chosen)  # the small model is not as sure as its own threshold wants


@pytest.mark.parametrize("percent", ["0", "101", "-5", "nan", "most"])
def test_a_percentage_that_is_none_is_refused(run, manifest, spoken, percent):
    ran = run("analyze", spoken, "--model", manifest, f"--claim-from={percent}")
    assert ran.status == 2
    assert f"“{percent}” is no percentage" in ran.err


def test_quiet_says_nothing_and_json_is_still_told(run, manifest, spoken):
    assert run("analyze", spoken, "--model", manifest, "--quiet") == (0, "", "")
    assert strict_json(run("analyze", spoken, "--model", manifest, "--quiet", "--format", "json").out)


def test_a_terminal_that_knows_only_ascii_gets_its_figures(manifest, spoken, tmp_path):
    named = tmp_path / "Gespräch – 1.wav"
    named.write_bytes(spoken.read_bytes())
    plain = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    ran = finish(start_program("analyze", named, "--model", manifest, env=plain))
    assert (ran.status, ran.err) == (0, "")
    assert "22050 Hz" in ran.out
    ran = finish(start_program("analyze", named, "--model", manifest, "--format", "json", env=plain))
    assert strict_json(ran.out)["file"] == str(named)


def test_a_reader_that_has_seen_enough_ends_the_program_quietly(manifest, spoken, tmp_path):
    missing = tmp_path / "missing.wav"  # would be told, were it looked for
    with start_program("analyze", *[spoken] * 500, missing, "--model", manifest) as process:
        assert process.stdout.readline().decode().rstrip() == str(spoken)
        process.stdout.close()
        err = process.stderr.read()
    assert (process.returncode, err) == (141, b"")


def test_a_table_is_written_whole_though_nobody_reads_the_reports(manifest, spoken, tmp_path):
    table = tmp_path / "table.csv"
    with start_program("analyze", *[spoken] * 3, "--model", manifest, "--csv", table) as process:
        process.stdout.close()
        err = process.stderr.read()
    assert (process.returncode, err) == (141, b"")
    assert list(tmp_path.iterdir()) == [table]
    _, *rows = table.read_text(encoding="utf-8").splitlines()
    assert rows == rows[: len(rows) // 3] * 3


@pytest.mark.skipif(os.name == "nt", reason="such names cannot be made there")
@pytest.mark.parametrize(
    "name", [b"a\nb.wav", b'say "hi", you.wav', "Füße 声.wav".encode(), b"caf\xe9.wav", b"\x1b[31m.wav"]
)
def test_a_file_may_have_any_name(run, manifest, spoken, tmp_path, name):
    path, table = tmp_path / os.fsdecode(name), tmp_path / "table.csv"
    try:
        path.write_bytes(spoken.read_bytes())
    except OSError:
        pytest.skip("this file system takes no such name")
    ran = run("analyze", path, "--model", manifest, "--csv", table)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines()[1] == "  00:00:06.0 · 22050 Hz · mono"  # the name took one line
    assert "\x1b" not in ran.out
    told = str(tmp_path / name.decode("utf-8", "replace"))
    assert {row["file"] for row in rows_of(table)} == {told}
    assert strict_json(run("analyze", path, "--model", manifest, "--format", "json").out)["file"] == told


FORMATS = [
    *(("WAV", coding, 22_050, 1) for coding in ("PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE")),
    *(("FLAC", "PCM_16", rate, 1) for rate in (16_000, 44_100, 48_000, 96_000)),  # at 8 kHz half of the sound is gone
    *(("FLAC", "PCM_24", 48_000, channels) for channels in (2, 3, 8)),
    *(("OGG", coding, 48_000, 2) for coding in ("VORBIS", "OPUS")),
]


def test_one_recording_in_every_format_sounds_the_same(run, spoken, tmp_path):
    sound, rate = soundfile.read(spoken)
    files = [tmp_path / f"{form}-{coding}-{to}-{channels}.{form.lower()}" for form, coding, to, channels in FORMATS]
    for path, (form, coding, to, channels) in zip(files, FORMATS, strict=True):
        there = np.repeat(soxr.resample(sound, rate, to)[:, None], channels, axis=1)
        soundfile.write(path, there, to, format=form, subtype=coding)
    ran = run("analyze", *files, "--model", paths.default_model(), "--format", "json")
    assert (ran.status, ran.err) == (0, "")
    told = [strict_json(line) for line in ran.out.splitlines()]
    assert [(each["audio"]["rate"], each["audio"]["channels"]) for each in told] == [each[2:] for each in FORMATS]
    assert {len(each["timeline"]) for each in told} == {SECONDS / HOP_S}
    scores = np.array([list(each["summary"]["scores"].values()) for each in told])
    for form, found in zip(FORMATS, scores, strict=True):
        heard = (
            0.1 if form[1] == "PCM_U8" else 0.03
        )  # of a probability: the noise of 8 bits is some 40 dB below the voice
        assert np.abs(found - np.median(scores, axis=0)).max() < heard, form
