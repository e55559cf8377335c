from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialogButtonBox, QLabel, QWidget

from ser_desktop import paths
from ser_desktop.audio.files import FileSource
from ser_desktop.errors import AudioFileError
from ser_desktop.export import timeline_csv
from ser_desktop.export.registry import write_export
from ser_desktop.gui.dialogs.help_dialogs import AboutDialog, FirstRunDialog, KeysDialog
from ser_desktop.gui.dialogs.settings_dialog import SettingsDialog
from ser_desktop.gui.engine.job import Progress
from ser_desktop.gui.engine.opened_sound import RecordingInfo
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.shared.theme import EMOTIONS, emotion_letter
from ser_desktop.gui.shared.translation import error_text, translate_into
from ser_desktop.gui.tables.segments_view import SegmentsView
from ser_desktop.gui.timeline.timeline_view import TimelineView
from ser_desktop.settings import Settings
from ser_desktop.values import EmotionScores, Segment, State, TimelineEntry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

CHECKOUT = Path(__file__).parents[3]
GUI = CHECKOUT / "ser_desktop" / "gui"
RESOURCES = CHECKOUT / "resources"
TEXTS = sorted(paths.translations().glob("*.ts"))
GERMAN = QLocale("de_AT")  # one translation file serves every German-speaking country
Message = tuple[str, str, str]  # context, source, translation

LABELS = ("happy", "sad", "angry")
ENTRIES = [
    TimelineEntry(0.0, 0.25, State.NO_SPEECH, -61.25),
    TimelineEntry(0.25, 1234.5, State.SPEECH, -20.5, EmotionScores(LABELS, (0.25, 0.15, 0.6))),
]
INFO = RecordingInfo("a.wav", Path("/music/a.wav"), 44_100, 2, 1234.5, is_live=False)


def messages(file: Path) -> list[Message]:
    return [
        (context.findtext("name", ""), message.findtext("source", ""), message.findtext("translation", ""))
        for context in ElementTree.parse(file).iter("context")
        for message in context.iter("message")
    ]


def untranslated(file: Path) -> list[str]:
    return [
        message.findtext("source", "")
        for message in ElementTree.parse(file).iter("message")
        if message.find("translation[@type]") is not None or not message.findtext("translation")
    ]


@pytest.fixture(params=TEXTS, ids=[file.stem for file in TEXTS])
def texts(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture
def german(qapp: QApplication) -> Iterator[str]:
    """Sets German as the language and the number format; widgets created in the test are German."""
    before = QLocale()
    QLocale.setDefault(GERMAN)
    yield translate_into(qapp, GERMAN)
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.setParent(None)
    QLocale.setDefault(before)


def test_german_is_among_the_languages() -> None:
    assert "ser_desktop_de" in [file.stem for file in TEXTS]


def test_every_text_is_translated(texts: Path) -> None:
    assert untranslated(texts) == []


def test_the_translation_file_has_exactly_the_texts_of_the_window(texts: Path, tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("pyside6-lupdate.exe" if os.name == "nt" else "pyside6-lupdate")
    if not program.exists():
        pytest.skip("pyside6-lupdate is not installed beside this Python")
    fresh, errors = tmp_path / "fresh.ts", tmp_path / "errors.py"
    subprocess.run([sys.executable, RESOURCES / "list_error_sentences.py", errors], cwd=CHECKOUT, check=True)
    subprocess.run([program, "-silent", *sorted(GUI.rglob("*.py")), errors, "-ts", fresh], check=True)
    stored, expected = ([message[:2] for message in messages(file)] for file in (texts, fresh))
    assert sorted(stored) == sorted(expected), "run “make translations”"


def test_make_translations_reads_every_file_of_the_window() -> None:
    command = ["make", "--dry-run", "--old-file=.venv/installed-run", "translations"]
    output = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout
    missing = [file for file in GUI.rglob("*.py") if f" {file.relative_to(CHECKOUT).as_posix()} " not in output]
    assert not missing


def test_the_compiled_file_is_up_to_date(texts: Path) -> None:
    translator = QTranslator()
    assert translator.load(str(texts.with_suffix(".qm")))
    stale = [source for context, source, target in messages(texts) if translator.translate(context, source) != target]
    assert stale == [], "run “make translations”"


@pytest.mark.parametrize(
    "kept",
    [r"\{\w*(?::[^}]*)?\}", r"</?b>", r"\\n|\n", r"\*\.\w+", r"^ +| +$", r"▸", r"…$"],
    ids=["names", "bold", "lines", "kinds", "room", "signs", "dots"],
)
def test_placeholders_and_markup_survive_translation(texts: Path, kept: str) -> None:
    for _, source, target in messages(texts):
        assert sorted(re.findall(kept, source)) == sorted(re.findall(kept, target)), target


def test_translations_keep_the_access_keys(texts: Path) -> None:
    for _, source, target in messages(texts):
        assert len(re.findall(r"&\w", source)) == len(re.findall(r"&\w", target)), target


def test_no_two_entries_of_a_menu_share_their_letter(qtbot: QtBot, german: str) -> None:
    window = MainWindow(Session())
    qtbot.addWidget(window)
    bar = window.menuBar().actions()
    for entries in (bar, *(action.menu().actions() for action in bar)):
        letters = [found[0].lower() for entry in entries if (found := re.findall(r"&(\w)", entry.text()))]
        assert len(letters) == len(set(letters)), [entry.text() for entry in entries]


def test_the_letters_of_the_emotions_are_unique_in_german(german: str) -> None:
    assert len({emotion_letter(label) for label in EMOTIONS}) == len(EMOTIONS)
    assert emotion_letter("happy") == "F"
    assert emotion_letter("hurt") == "H"  # an emotion of another model, which no translation file contains


def test_on_a_german_desktop_the_menus_are_german(qtbot: QtBot, german: str) -> None:
    window = MainWindow(Session())
    qtbot.addWidget(window)
    titles = [action.text().replace("&", "") for action in window.menuBar().actions()]
    assert german == "de"
    assert titles[0] == "Datei"
    assert titles[-1] == "Hilfe"


def test_the_buttons_of_qt_are_german_too(qtbot: QtBot, german: str) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.buttons()[0].text().replace("&", "") == "Abbrechen"


def open_window() -> QWidget:
    session = Session()
    window = MainWindow(session)
    session.begin(INFO, labels=LABELS, model="tiny@01234567")
    progress = Progress(tuple(ENTRIES), position_s=600.0)
    session.accept(progress)
    window.show_progress(progress)
    window.show_segments()
    session.move_cursor(1.0)
    return window


def test_errors_are_shown_in_german(qapp: QApplication, german: str, tmp_path: Path) -> None:
    with pytest.raises(AudioFileError) as raised:
        FileSource(tmp_path / "none.wav")
    assert str(raised.value) == f"“{tmp_path}/none.wav” does not exist. Check the name and the folder."
    assert error_text(raised.value) == f"„{tmp_path}/none.wav“ gibt es nicht. Prüfen Sie den Namen und den Ordner."


def test_numbers_in_errors_have_the_decimal_mark_of_the_window(qapp: QApplication, german: str) -> None:
    error = AudioFileError("Ended at {at_s:.2f} s of {name}.", at_s=2.5, name="a.b")
    assert error_text(error) == "Ended at 2,50 s of a.b."
    assert str(error) == "Ended at 2.50 s of a.b."


@pytest.mark.parametrize(
    "make",
    [open_window, lambda: SettingsDialog(Settings(), [], []), AboutDialog, FirstRunDialog, KeysDialog],
    ids=["window", "settings", "about", "first run", "keys"],
)
def test_no_english_is_left(qtbot: QtBot, german: str, make: Callable[[], QWidget]) -> None:
    english = {source for _, source, target in messages(paths.translations() / "ser_desktop_de.ts") if source != target}
    english -= {target for _, _, target in messages(paths.translations() / "ser_desktop_de.ts")}
    shown = make()
    qtbot.addWidget(shown)
    assert [text for text in visible_texts(shown) if text in english] == []


def visible_texts(shown: QWidget) -> Iterator[str]:
    for widget in (shown, *shown.findChildren(QWidget)):
        yield from (widget.windowTitle(), widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        if isinstance(widget, QComboBox):
            yield from (widget.itemText(index) for index in range(widget.count()))
    for action in shown.findChildren(QAction):
        yield from (action.text(), action.statusTip())


@pytest.mark.parametrize(
    ("languages", "spoken"),
    [("de_DE", "de"), ("de_AT", "de"), ("de_CH", "de"), ("en_GB", "en"), ("C", "en"), ("fr_FR", "en"), ("ja_JP", "en")],
)
def test_without_a_translation_the_window_is_english(languages: str, spoken: str) -> None:
    app = QCoreApplication.instance()
    assert app is not None
    try:
        assert translate_into(app, QLocale(languages)) == spoken
    finally:
        for translator in app.findChildren(QTranslator):
            app.removeTranslator(translator)
            translator.setParent(None)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the languages of the desktop are no variables")
@pytest.mark.parametrize(
    ("chosen", "seen"),
    [("", "&Datei 2,5"), ("de", "&Datei 2,5"), ("en", "&File 2.5"), ("fr", "&Datei 2,5")],
)
def test_a_chosen_language_counts_more_than_that_of_the_desktop(chosen: str, seen: str) -> None:
    code = (
        "from PySide6.QtCore import QCoreApplication, QLocale\n"
        "from ser_desktop.gui.shared.translation import use_language\n"
        f"app = QCoreApplication([]); use_language(app, {chosen!r})\n"
        "print(app.translate('Actions', '&File'), QLocale().toString(2.5))"
    )
    env = {**os.environ, "LC_ALL": "", "LC_MESSAGES": "", "LANG": "de_DE.UTF-8", "LANGUAGE": "de"}
    command = [sys.executable, "-c", code]
    completed = subprocess.run(command, env=env, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert completed.stdout == f"{seen}\n"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the languages of the desktop are no variables")
@pytest.mark.parametrize(
    ("languages", "file"), [("de", "&Datei"), ("de:en", "&Datei"), ("fr:de:en", "&Datei"), ("en:de", "&File")]
)
def test_the_first_available_language_of_the_desktop_is_used(languages: str, file: str) -> None:
    code = (
        "from PySide6.QtCore import QCoreApplication, QLocale\n"
        "from ser_desktop.gui.shared.translation import translate_into\n"
        "app = QCoreApplication([]); translate_into(app, QLocale.system())\n"
        "print(ascii(app.translate('Actions', '&File')))"
    )
    env = {**os.environ, "LC_ALL": "", "LC_MESSAGES": "", "LANG": "de_DE.UTF-8", "LANGUAGE": languages}
    command = [sys.executable, "-c", code]
    completed = subprocess.run(command, env=env, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert completed.stdout == f"{file!a}\n"


def exported(folder: Path, qtbot: QtBot) -> tuple[bytes, str]:
    """Return the exported table of a session, and the text of its copied segments."""
    session = Session()
    session.begin(INFO, labels=LABELS, model="tiny@01234567")
    session.accept(Progress(tuple(ENTRIES)))
    write_export(timeline_csv.FORMAT, folder / "table.csv", session.shown.exported())
    view = SegmentsView()
    qtbot.addWidget(view)
    view.show_segments([Segment(0.25, 1234.5, State.SPEECH, "angry", 0.625, -20.5)])
    view.copy_table()
    return (folder / "table.csv").read_bytes(), QGuiApplication.clipboard().text()


def test_tables_are_the_same_in_every_language(qtbot: QtBot, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    english = exported(tmp_path, qtbot)
    request.getfixturevalue("german")
    assert QLocale().toString(0.5) == "0,5"
    assert exported(tmp_path, qtbot) == english
    assert b",1234.500,speech,angry,0.600000,-20.50," in english[0]
    assert "0.625" in english[1]


def test_an_svg_has_decimal_points_in_german_too(qtbot: QtBot, tmp_path: Path, german: str) -> None:
    view = TimelineView()
    qtbot.addWidget(view)
    view.start(LABELS)
    view.content.add_entries(ENTRIES)
    view.content.add_waveform(np.full(500, -0.25, np.float32), np.full(500, 0.25, np.float32))
    view.write_svg(tmp_path / "plot.svg")
    shapes = list(ElementTree.parse(tmp_path / "plot.svg").iter())
    numbers = [shape.attrib[name] for shape in shapes for name in ("x", "stroke-width") if name in shape.attrib]
    points = [point for shape in shapes for point in shape.get("points", "").split()]
    assert [float(number) for number in numbers if "." in number]
    assert points
    assert all(len([float(number) for number in point.split(",")]) == 2 for point in points)
