from __future__ import annotations

import dataclasses
import datetime
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from projects import SAID, timeline

from ser_desktop.corrections import Correction
from ser_desktop.export.format import AnalysisSettings, ExportedRecording
from ser_desktop.palette import EMOTION_COLOURS, emotion_colour
from ser_desktop.report.page import ReportedRecording, report_of
from ser_desktop.report.words import LANGUAGES, TEXTS
from ser_desktop.transcript import Line, Speakers, Transcript, Turn, Word, WordTimes
from ser_desktop.values import Marker, Segment, State, VoiceUse

NASTY = "<script>alert('x')</script> & \"quoted\" {{ 7 * 7 }}"
DATE = datetime.date(2026, 11, 27)


def recording(name: str = "talk.wav", seconds: float = 20.0, **more: object) -> ReportedRecording:
    high = np.abs(np.sin(np.arange(round(seconds * 50)) / 9.0)).astype(np.float32)
    exported = ExportedRecording(
        name,
        "tiny@01234567",
        timeline(seconds),
        16_000,
        channels=1,
        settings=AnalysisSettings(3.0, 0.25, 0.5),
        corrections=SAID,
        **more,  # type: ignore[arg-type]
    )
    return ReportedRecording(exported, 0.6, (-high, high), note="quiet room")


class _Checker(HTMLParser):
    """Collects tags and text, and checks that tags are closed."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)
        if tag not in ("meta", "img", "br", "rect", "line", "polygon", "polyline"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_numbers_of_a_german_report_have_decimal_commas() -> None:
    marked = recording(markers=(Marker(12.5, "lacht"),))
    text = {each: read(report_of([marked], language=each, date=DATE).html).text for each in LANGUAGES}
    assert not re.search(r"\d\.\d+ s|:\d\d\.\d", text["de"]), "a length or a time with a decimal point"
    assert "alle 0,25 s" in text["de"]
    assert "0:12,5" in text["de"]
    assert "each 0.25 s" in text["en"]
    assert "0:12.5" in text["en"]


def test_without_a_title_a_report_of_several_recordings_tells_their_number() -> None:
    several = [recording(name) for name in ("a.wav", "b.wav", "c.wav")]
    assert "<title>a.wav and 2 more" in report_of(several).html
    assert "<title>a.wav und 2 weitere" in report_of(several, language="de").html
    assert "<title>a.wav –" in report_of(several[:1]).html


def test_each_channel_has_its_own_name_and_voice_in_the_report() -> None:
    left = recording("call.wav", channel=1, voice=VoiceUse("Anna", 0.0))
    right = recording("call.wav", channel=2, voice=VoiceUse(None, 9.5))
    text = read(report_of([left, right], compared=("1", "2")).html).text
    assert "call.wav, channel 1" in text
    assert "call.wav, channel 2" in text
    assert "The sound was compared with the known voice “Anna”." in text
    assert "The analysis adapted to the voice from 0:09 on." in text
    german = read(report_of([right], language="de").html).text
    assert "call.wav, Kanal 2" in german
    assert "ab 0:09 an die Stimme" in german


def test_the_voice_of_each_speaker_is_told() -> None:
    voices = VoiceUse(speakers={1: VoiceUse("Anna", 0.0), 2: VoiceUse()})
    speakers = Speakers((Turn(0.0, 4.0, 1), Turn(4.0, 8.0, 2)), {1: "A. B."})
    text = read(report_of([recording(voice=voices, speakers=speakers)]).html).text
    assert "A. B.: The sound was compared with the known voice “Anna”." in text
    assert "Speaker 2: The analysis did not adapt to a voice." in text


def read(html: str) -> _Checker:
    checker = _Checker()
    checker.feed(html)
    assert checker.open == []
    return checker


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_holds_all_that_is_known_and_needs_nothing_else(language: str) -> None:
    words = (Word("Hello", 0.0, 0.5), Word("you", 0.5, 1.0))
    spoken = Transcript((Line(0.0, 1.0, "Hello you", words),), "en", "tiny-en", WordTimes.MEASURED)
    speakers = Speakers((Turn(0.0, 2.0, 1),), {1: "Eva"})
    each = recording(transcript=spoken, speakers=speakers, markers=(Marker(1.0, "a laugh"),))
    page = read(report_of([each], language=language, date=DATE).html)
    for text in (
        "talk.wav",
        "Hello you",
        "Eva",
        "Anna",
        "door; slams",
        "a laugh",
        "quiet room",
        "tiny@01234567",
        "2026-11-27",
    ):
        assert text in page.text, text
    assert TEXTS[language]["limit_use"] in page.text
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert not re.search(r"(href|src)=|url\(", report_of([each], language=language).html)


def test_a_report_tells_from_which_probability_an_emotion_is_claimed() -> None:
    each = recording()
    chosen = dataclasses.replace(each, exported=dataclasses.replace(each.exported, abstain_threshold=0.8))
    words = TEXTS["en"]["claims_from"].format(percent="80")
    assert words in read(report_of([chosen], language="en").html).text
    assert words not in read(report_of([each], language="en").html).text


@pytest.mark.parametrize("is_print", [False, True])
def test_texts_of_people_and_files_are_escaped(is_print: bool) -> None:
    said = (Correction(0.0, 0.5, NASTY[:70], note=NASTY),)
    spoken = Transcript((Line(0.0, 1.0, NASTY, (Word(NASTY, 0.0, 1.0),)),), "en", NASTY, WordTimes.SPREAD)
    exported = ExportedRecording(
        NASTY, NASTY, timeline(2.0), markers=(Marker(0.5, NASTY),), corrections=said, transcript=spoken,
        speakers=Speakers((Turn(0.0, 1.0, 1),), {1: NASTY}),
    )  # fmt: skip
    page = report_of([ReportedRecording(exported, note=NASTY)], title=NASTY, is_print=is_print)
    assert "<script" not in page.html
    assert read(page.html).text.count(NASTY) >= 6
    assert ">49<" not in page.html


def test_the_figure_has_the_colours_of_the_window_and_fits() -> None:
    page = report_of([recording(seconds=1300.0)], date=DATE, is_print=True)
    svg = ElementTree.fromstring(page.figures[0])
    width, height = (float(each) for each in svg.get("viewBox", "").split()[2:])
    rects = [each.attrib for each in svg.iter("{http://www.w3.org/2000/svg}rect")]
    assert {rect["fill"] for rect in rects} & set(EMOTION_COLOURS.values())
    assert all(float(rect["x"]) + float(rect["width"]) <= width + 1.6 for rect in rects)
    assert len(list(svg.iter("{http://www.w3.org/2000/svg}polygon"))) == 5  # rows of five minutes
    assert height > 500


def test_a_recording_without_speech_or_sound_has_a_report() -> None:
    silent = ExportedRecording("a.wav", "", timeline(0.0), joined=[])
    for is_print in (False, True):
        assert TEXTS["en"]["no_speech"] in report_of([ReportedRecording(silent)], is_print=is_print).html


def test_a_report_of_several_begins_with_all_of_them() -> None:
    page = read(report_of([recording("a.wav"), recording("b.wav")], title="Study").html)
    assert page.text.index("b.wav") < page.text.index(TEXTS["en"]["in_words"])
    assert page.tags.count("svg") == 2


def test_long_recordings_are_cut_and_say_so() -> None:
    joined = [Segment(n * 1.0, n + 1.0, State.SPEECH, "happy", 0.75, -20.0) for n in range(250)]
    exported = ExportedRecording("a.wav", "", timeline(250.0), joined=joined)
    assert TEXTS["en"]["more"].format(count=50) in report_of([ReportedRecording(exported)]).html


def test_both_languages_have_the_same_texts() -> None:
    fields = {key: set(re.findall(r"{(\w+)", text)) for key, text in TEXTS["en"].items()}
    assert {key: set(re.findall(r"{(\w+)", text)) for key, text in TEXTS["de"].items()} == fields


def test_unknown_emotions_have_a_colour() -> None:
    assert re.fullmatch("#[0-9A-F]{6}", emotion_colour("bored"))
    assert emotion_colour("bored") != emotion_colour("awed")


def test_a_report_is_printed_without_a_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from projects import recording as kept

    from ser_desktop.cli.arguments import build_parser
    from ser_desktop.cli.report_command import report
    from ser_desktop.project.content import Project
    from ser_desktop.project.store import write_project

    for name in ("DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    folder = write_project(Project(tmp_path / "study.serproject", [kept(tmp_path / "a.txt")])).folder
    Path(tmp_path / "a.txt").unlink()
    arguments = ["report", str(folder), "--pdf", str(tmp_path / "r.pdf"), "--html", str(tmp_path / "r.html")]
    assert report(build_parser().parse_args(arguments)) == 0
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
    assert str(tmp_path) not in (tmp_path / "r.html").read_text(encoding="utf-8")
