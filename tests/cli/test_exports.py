from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from ser_desktop.export.registry import FORMATS, read_export


def test_each_format_is_in_the_help_of_every_command_that_exports(run):
    for command in ("analyze", "record", "export"):
        ran = run(command, "--help")
        assert all(
            re.search(rf"^  {each.name} +{re.escape(f'{each.suffix} ')} *{re.escape(each.description)}$", ran.out, re.M)
            for each in FORMATS
        )


def test_several_exports_of_one_run_are_what_each_alone_would_be(run, manifest, spoken, tmp_path):
    table, lines = tmp_path / "t.csv", tmp_path / "t.json"
    ran = run("analyze", spoken, "--model", manifest, "--export", f"csv={table}", "--export", f"json={lines}")
    count = len(read_export(table)[0].timeline)
    assert ran.out.splitlines()[-2:] == [f"csv {table}: {count} rows", f"json {lines}: {count} rows"]
    alone = run("analyze", spoken, "--model", manifest, "--csv", tmp_path / "alone.csv", "--format", "json")
    assert (tmp_path / "alone.csv").read_bytes() == table.read_bytes()
    assert alone.out == lines.read_text()


@pytest.mark.parametrize(("place", "name"), [("out/", "out/{}.json"), ("{name}-emotions.json", "{}-emotions.json")])
def test_a_folder_or_a_name_field_gives_each_recording_its_file(run, manifest, spoken, demo, tmp_path, place, name):
    short = tmp_path / "short.wav"
    short.write_bytes(spoken.read_bytes())
    ran = run("analyze", spoken, short, "--model", manifest, "--quiet", "--export", f"json={tmp_path}/{place}")
    assert (ran.status, ran.out, ran.err) == (0, "", "")
    for each in (spoken, short):
        assert [found.file for found in read_export(tmp_path / name.format(each.stem))] == [str(each)]


def test_two_recordings_of_one_name_do_not_share_a_file(run, manifest, spoken, tmp_path):
    (tmp_path / "other").mkdir()
    twin = tmp_path / "other" / spoken.name
    twin.write_bytes(spoken.read_bytes())
    ran = run("analyze", spoken, twin, "--model", manifest, "--quiet", "--export", f"csv={tmp_path}/out/")
    assert ran.status == 1
    assert "Two recordings would be written to" in ran.err


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        ("csv", "“csv” names no file"),
        ("xyz=a.csv", f"There is no format “xyz”. The formats are {', '.join(each.name for each in FORMATS)}."),
        ("audacity=a.txt", "“audacity” holds markers or corrections, and only the window has them."),
    ],
)
def test_an_export_that_cannot_be_is_refused_before_the_work(run, manifest, spoken, wanted, why):
    ran = run("analyze", spoken, "--model", manifest, "--export", wanted)
    assert (ran.status, ran.out) == (1, "")
    assert why in ran.err


def test_two_exports_do_not_share_a_path(run, manifest, spoken, tmp_path):
    out = tmp_path / "out"
    ran = run("analyze", spoken, "--model", manifest, "--csv", out, "--export", f"json={tmp_path}/./out")
    assert ran.status == 1
    assert f"Two exports have the path “{out}”. Give each a path of its own." in ran.err
    assert not out.exists()


def test_two_formats_of_one_suffix_in_one_folder_are_refused_with_a_way_out(run, manifest, spoken, tmp_path):
    wanted = ("--export", f"csv={tmp_path}/out/", "--export", f"segments={tmp_path}/out/")
    ran = run("analyze", spoken, "--model", manifest, *wanted)
    assert (ran.status, ran.out) == (1, "")
    assert "“csv” and “segments” would both be written to the same file" in ran.err
    remedy = f"segments={tmp_path}/out/{{name}}-segments.csv"
    assert remedy in ran.err
    ran = run("analyze", spoken, "--model", manifest, "--quiet", *wanted[:3], remedy)
    assert (ran.status, ran.err) == (0, "")
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == [
        f"{spoken.stem}-segments.csv",
        f"{spoken.stem}.csv",
    ]


def test_a_format_that_is_added_is_listed_and_written(run, manifest, spoken, tmp_path, counting_format):
    assert "Number of entries" in run("analyze", "--help").out
    ran = run(
        "analyze", spoken, "--model", manifest, "--export", f"count={tmp_path / 'n'}", "--csv", tmp_path / "t.csv"
    )
    assert ran.status == 0
    assert int((tmp_path / "n").read_text()) == len(read_export(tmp_path / "t.csv")[0].timeline)
    both = run("analyze", spoken, spoken, "--model", manifest, "--export", f"count={tmp_path / 'n'}")
    assert "A file of the format “count” holds one recording." in both.err


def test_no_table_replaces_a_recording_of_any_suffix(run, manifest, spoken, tmp_path):
    (tmp_path / "talk.oga").write_bytes(b"sound")
    ran = run("analyze", spoken, "--model", manifest, "--csv", tmp_path / "talk.oga")
    assert ran.status == 1
    assert "is a recording, which the export would replace" in ran.err
    assert (tmp_path / "talk.oga").read_bytes() == b"sound"


def test_a_table_becomes_another_format_and_comes_back(run, manifest, spoken, tmp_path):
    table: Path = tmp_path / "talk.csv"
    run("analyze", spoken, "--model", manifest, "--csv", table)
    assert run("export", table, "--to", "json").status == 0
    back = run("export", tmp_path / "talk.json", "--to", "csv", "--output", tmp_path / "back.csv")
    assert back.out.startswith(f"csv {tmp_path / 'back.csv'}: ")
    assert (tmp_path / "back.csv").read_bytes() == table.read_bytes()


def test_a_table_does_not_replace_itself(run, manifest, spoken, tmp_path):
    table: Path = tmp_path / "talk.csv"
    run("analyze", spoken, "--model", manifest, "--csv", table)
    before = table.read_bytes()
    ran = run("export", table, "--to", "segments")
    assert ran.status == 1
    assert "is the file that is read, and the export would replace it. Give another name, with --output." in ran.err
    assert table.read_bytes() == before


def test_what_is_no_table_is_refused(run, tmp_path):
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    ran = run("export", tmp_path / "a.csv", "--to", "json")
    assert ran.status == 1
    assert "is not a timeline that SER Desktop wrote" in ran.err
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.parametrize("place", ["file/", "file/below/", "file/{name}.json"])
def test_a_folder_that_cannot_be_made_is_reported_in_a_line(run, manifest, spoken, tmp_path, place):
    (tmp_path / "file").write_text("before")
    ran = run("analyze", spoken, "--model", manifest, "--quiet", "--export", f"json={tmp_path}/{place}")
    assert ran.status == 1
    assert len(ran.err.splitlines()) == 1
    assert "cannot be written" in ran.err
    assert (tmp_path / "file").read_text() == "before"


PRAAT = """File type = "ooTextFile"
Object class = "TextGrid"

0
2
<exists>
1
"IntervalTier"
"words"
0
2
1
0.5
2
"hello"
"""


def test_a_tier_of_praat_becomes_labels_of_audacity_but_no_timeline(run, tmp_path):
    (tmp_path / "words.TextGrid").write_text(PRAAT)
    assert run("export", tmp_path / "words.TextGrid", "--to", "audacity").status == 0
    assert (tmp_path / "words.txt").read_text() == "0.500000\t0.500000\thello\n"
    ran = run("export", tmp_path / "words.TextGrid", "--to", "csv")
    assert ran.status == 1
    assert "does not hold the entries of a timeline. Choose a format of passages or markers" in ran.err


def test_passages_go_from_program_to_program_with_their_provenance(run, manifest, spoken, tmp_path):
    first = tmp_path / "first.TextGrid"
    run("analyze", spoken, "--model", manifest, "--quiet", "--hop", "0.5", "--export", f"textgrid={first}")
    assert run("export", first, "--to", "eaf", "--output", tmp_path / "second.eaf").status == 0
    assert run("export", tmp_path / "second.eaf", "--to", "jams", "--output", tmp_path / "third.jams").status == 0
    (one,), (other,) = read_export(first), read_export(tmp_path / "third.jams")
    assert list(one.segments) == list(other.segments)
    assert one.sha256 == other.sha256 == hashlib.sha256(spoken.read_bytes()).hexdigest()
    assert one.settings == other.settings
    assert one.settings.hop_s == 0.5


def test_a_table_without_markers_gives_no_labels(run, manifest, spoken, tmp_path):
    run("analyze", spoken, "--model", manifest, "--csv", tmp_path / "t.csv")
    ran = run("export", tmp_path / "t.csv", "--to", "audacity")
    assert (ran.status, "holds no markers" in ran.err) == (1, True)
