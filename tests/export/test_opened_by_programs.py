"""Other programs open the exports: Praat, R, LibreOffice and Sonic Visualiser. ``make programs-test`` installs them."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile
from passages import recording

from ser_desktop.export.registry import format_named, read_markers, write_export

pytestmark = pytest.mark.programs
PATIENCE_S = 60.0
SCREEN = 88  # of Xvfb
PRAAT_QUERY = """
Read from file: "{path}"
count = Get number of tiers
label$ = Get label of interval: 1, 2
start = Get start time of interval: 1, 2
points = Get number of points: 5
point$ = Get label of point: 5, 1
measures$ = Get label of interval: 4, 2
confidence = extractNumber (measures$, "confidence=")
writeInfoLine: count, tab$, label$, tab$, start, tab$, points, tab$, point$, tab$, confidence
Insert interval tier: 1, "notes"
Insert boundary: 1, 0.5
Set interval text: 1, 2, "späte Frage"
Save as text file: "{saved}"
"""


def program(name: str) -> str:
    found = shutil.which(name)
    if not found:
        pytest.skip(f"{name} is not installed")
    return found


def written(tmp_path: Path, name: str) -> Path:
    chosen = format_named(name)
    path = tmp_path / f"talk{chosen.suffix}"
    write_export(chosen, path, recording("talk.wav"))
    return path


def output(*command: str | Path, folder: Path) -> str:
    ran = subprocess.run(
        command, cwd=folder, env=environment(folder), capture_output=True, timeout=PATIENCE_S, check=False
    )
    assert ran.returncode == 0, ran.stderr.decode(errors="replace")
    return ran.stdout.decode("utf-8")


def environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "HOME": str(folder), "LC_ALL": "C.UTF-8", "DISPLAY": f":{SCREEN}"}


def test_praat_answers_a_query_and_what_it_saves_comes_back(tmp_path: Path) -> None:
    path, saved = written(tmp_path, "textgrid"), tmp_path / "saved.TextGrid"
    (tmp_path / "query.praat").write_text(PRAAT_QUERY.format(path=path, saved=saved), encoding="utf-8")
    answer = output(program("praat"), "--run", tmp_path / "query.praat", folder=tmp_path)
    count, label, start, points, point, confidence = answer.rstrip("\n").split("\t")
    assert (count, label, float(start), points) == ("10", "angry", 0.25, "2")
    assert point == 'he says "no" <loud> ü'
    assert float(confidence) == 0.75
    labels = [each.label for each in read_markers(saved)]
    assert labels == ['he says "no" <loud> ü', "notes: späte Frage", ""]  # Praat saved it as UTF-16


@pytest.mark.parametrize(
    ("name", "read"),
    [("csv", 'read.csv("talk.csv")'), ("excel", 'read.csv2("talk.csv", fileEncoding = "UTF-8-BOM")')],
)
def test_r_computes_means_of_the_table(tmp_path: Path, name: str, read: str) -> None:
    written(tmp_path, name)
    script = (
        f'table <- {read}; cat(mean(table$p_angry, na.rm = TRUE), tapply(table$p_angry, table$state, mean)["speech"])'
    )
    means = [float(text) for text in output(program("Rscript"), "-e", script, folder=tmp_path).split()]
    assert means == pytest.approx([(0.75 + 0.75 + 0.125 + 0.5 + 0.5) / 5, (0.75 + 0.75 + 0.125) / 3], abs=1e-6)


def test_libreoffice_converts_every_sheet_of_the_workbook(tmp_path: Path) -> None:
    path = written(tmp_path, "xlsx")
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    output(program("soffice"), "--headless", "--convert-to", every_sheet, path, folder=tmp_path)
    rows = {}
    for sheet in ("timeline", "passages", "summary", "about"):
        with (tmp_path / f"talk-{sheet}.csv").open(encoding="utf-8", newline="") as file:
            rows[sheet] = list(csv.DictReader(file))
    assert [row["state"] for row in rows["timeline"]].count("speech") == 3
    assert [row["label"] for row in rows["passages"]] == ["", "angry", "sad & tired", "angry", "angry", ""]
    mean = recording().timeline.summary()
    assert mean is not None
    assert (rows["summary"][0]["label"], float(rows["summary"][0]["speech (s)"])) == (mean.scores.top, mean.speech_s)
    assert rows["about"][0]["model"] == "tiny@01234567"


def test_sonic_visualiser_imports_the_layers(tmp_path: Path) -> None:
    name, xvfb = program("sonic-visualiser"), program("Xvfb")
    layers = written(tmp_path, "svl")
    soundfile.write(tmp_path / "talk.wav", np.zeros(2 * 16_000, np.float32), 16_000)
    asked = subprocess.run([name, "--version"], env=environment(tmp_path), capture_output=True, text=True, check=False)
    version = (asked.stdout + asked.stderr).split()[0]
    settings = tmp_path / ".config" / "sonic-visualiser" / "Sonic Visualiser.conf"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"[Preferences]\nnetwork-permission-{version}=false\n")  # else it asks at the first start
    with subprocess.Popen([xvfb, f":{SCREEN}", "-screen", "0", "1280x800x24"], stderr=subprocess.DEVNULL) as screen:
        command = [name, "--no-osc", "--no-audio", "--no-splash", str(tmp_path / "talk.wav"), str(layers)]
        with subprocess.Popen(
            command, env=environment(tmp_path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as window:
            try:
                log = wait_for(tmp_path, "Import layer XML file")
            finally:
                window.kill()
                screen.kill()
    assert "Add Passages Layer" in log
    assert "Add Markers Layer" in log


def wait_for(folder: Path, text: str) -> str:
    """Return the log of Sonic Visualiser once it contains a text."""
    log, end_s = "", time.monotonic() + PATIENCE_S
    while text not in log:
        assert time.monotonic() < end_s, log[-2000:]
        time.sleep(0.2)
        logs = list(folder.rglob("sv-debug.log"))
        log = logs[0].read_text(errors="replace") if logs else ""
    return log
