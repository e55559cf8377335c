"""Two recordings or speakers side by side."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from projects import recording as kept
from projects import timeline

from ser_desktop.cli.arguments import build_parser
from ser_desktop.cli.report_command import report
from ser_desktop.errors import SettingsError
from ser_desktop.export.format import ExportedRecording
from ser_desktop.project.content import Project
from ser_desktop.project.store import write_project
from ser_desktop.report.comparison import CLAIMS, NOTHING, chosen_sides, sides_of
from ser_desktop.report.page import ReportedRecording, report_of
from ser_desktop.report.words import LANGUAGES, TEXTS
from ser_desktop.transcript import Speakers, Turn

SVG = "{http://www.w3.org/2000/svg}"


def reported(name: str, seconds: float = 20.0, *, names: tuple[str, str] | None = None) -> ReportedRecording:
    speakers = Speakers((Turn(0.0, 5.0, 1), Turn(5.0, 20.0, 2)), dict(enumerate(names, 1))) if names else None
    return ReportedRecording(
        ExportedRecording(name, "tiny@01234567", timeline(seconds), 16_000, speakers=speakers), 0.6
    )


def pairs(*recordings: ReportedRecording) -> list[tuple[ExportedRecording, float]]:
    return [(each.exported, each.abstain_threshold) for each in recordings]


def test_the_shares_of_a_side_tile_its_speech_and_are_those_of_the_timeline() -> None:
    side = sides_of(pairs(reported("a.wav")), "en")[0]
    assert sum(side.shares.values()) == pytest.approx(1.0)
    assert side.speech_s == 10.0  # of four entries, one claims an emotion and one only arousal and valence
    assert side.shares["only low arousal"] == pytest.approx(0.5)
    assert list(side.shares)[-1] in CLAIMS
    assert (side.arousal, side.valence) == (pytest.approx(0.25), pytest.approx(0.25))


def test_speakers_share_the_entries_of_their_recording() -> None:
    whole, one, other = sides_of(pairs(reported("a.wav", names=("Anna", "Ben"))), "en")
    assert whole.speakers == ("Anna", "Ben")
    assert (one.length_s, other.length_s) == (5.0, 15.0)
    assert one.speech_s + other.speech_s == pytest.approx(whole.speech_s)
    for name, share in whole.shares.items():
        together = sum(each.shares.get(name, 0.0) * each.speech_s for each in (one, other))
        assert together == pytest.approx(share * whole.speech_s)


def test_a_side_is_found_by_name_without_suffix_by_place_and_by_speaker() -> None:
    sides = sides_of(pairs(reported("a.wav", names=("Anna", "Ben")), reported("b.wav", names=("Anna", "Eva"))), "en")
    found = chosen_sides(sides, ["a", "b.wav", "2", "Ben", "b.wav: Anna"])
    assert [(each.recording, each.name) for each in found] == [
        ("a.wav", "a.wav"),
        ("b.wav", "b.wav"),
        ("b.wav", "b.wav"),
        ("a.wav", "Ben"),
        ("b.wav", "Anna"),
    ]
    with pytest.raises(SettingsError, match=r"“Anna” is the name of several .*“b.wav: Eva”"):
        chosen_sides(sides, ["Anna"])
    with pytest.raises(SettingsError, match="There is no recording or speaker “Otto”"):
        chosen_sides(sides, ["Otto"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("is_print", [False, True])
def test_the_page_has_figure_table_and_speakers(language: str, is_print: bool) -> None:
    recordings = [reported("a.wav", names=("Anna", "<b>Ben</b>")), reported("b.wav", 12.0)]
    page = report_of(recordings, language=language, is_print=is_print, compared=("a", "b"))
    texts = TEXTS[language]
    for text in (texts["comparison"], texts["comparison_speakers"], texts["mean_arousal"], "&lt;b&gt;Ben"):
        assert text in page.html
    assert "<b>Ben" not in page.html
    assert texts["same_arousal"].format(high="25\N{NO-BREAK SPACE}%", low="25\N{NO-BREAK SPACE}%") in page.html
    if is_print:
        assert 'src="figure:2"' in page.html
    svg = ElementTree.fromstring(page.figures[2])
    rects = [each.attrib for each in svg.iter(f"{SVG}rect")]
    widths = [float(each["width"]) for each in rects if float(each.get("height", 0)) == 32]
    assert sum(widths) == pytest.approx(4 * 780, abs=2)  # the backgrounds and the parts of both bars
    assert all(float(each["x"]) + float(each["width"]) <= 1001 for each in rects)


def test_a_side_without_speech_is_compared_too() -> None:
    silent = ReportedRecording(ExportedRecording("silent.wav", "", timeline(0.0), joined=[]))
    page = report_of([reported("a.wav"), silent], compared=("a", "silent"))
    assert TEXTS["en"]["no_speech"] in page.html
    assert "–</td>" in page.html
    side = sides_of(pairs(silent), "en")[0]
    assert (dict(side.shares), side.arousal) == ({}, None)
    assert NOTHING not in side.shares


def test_recordings_of_a_project_are_compared_on_the_command_line(tmp_path: Path) -> None:
    recordings = [kept(tmp_path / "a.txt"), kept(tmp_path / "b.txt", 6.0)]
    folder = write_project(Project(tmp_path / "study.serproject", recordings)).folder
    for each in recordings:
        each.path.unlink()
    arguments = ["report", str(folder), "--compare", "a.txt", "b.txt", "--html", str(tmp_path / "r.html")]
    assert report(build_parser().parse_args(arguments)) == 0
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert re.search(r"<h2>Comparison</h2>.*1 – a\.txt.*2 – b\.txt", text, re.S)
