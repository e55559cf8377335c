from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QToolButton

from ser_desktop.gui.live.level_scale import FALL_DB_PER_S, HOLD_S, PeakHold, position_on_scale
from ser_desktop.gui.live.level_view import LevelView
from ser_desktop.gui.shared.theme import DARK, LIGHT

if TYPE_CHECKING:
    from fakes import FakeClock
    from pytestqt.qtbot import QtBot


@pytest.fixture
def view(qtbot: QtBot, clock: FakeClock) -> LevelView:
    view = LevelView(clock=clock)
    qtbot.addWidget(view)
    view.resize(500, 40)
    return view


def meter(view: LevelView) -> QProgressBar:
    found = view.findChild(QProgressBar)
    assert found is not None
    return found


def lamp(view: LevelView) -> QToolButton:
    found = view.findChild(QToolButton)
    assert found is not None
    return found


def numbers(view: LevelView) -> str:
    found = view.findChild(QLabel)
    assert found is not None
    return found.text()


def is_lit(view: LevelView) -> bool:
    return lamp(view).accessibleName() == "Clipping: yes"


@given(one=st.floats(-200.0, 20.0), other=st.floats(-200.0, 20.0))
def test_louder_is_never_further_left(one: float, other: float) -> None:
    quiet, loud = sorted((one, other))
    assert 0.0 <= position_on_scale(quiet) <= position_on_scale(loud) <= 1.0


def test_the_loudest_20_db_have_half_of_the_scale() -> None:
    assert [position_on_scale(dbfs) for dbfs in (-120.0, -60.0, -20.0, 0.0, 6.0)] == [0.0, 0.0, 0.5, 1.0, 1.0]


def test_a_peak_holds_and_then_falls() -> None:
    line = PeakHold()
    assert line.push(-6.0, 10.0) == -6.0
    assert line.push(-50.0, 10.0 + HOLD_S) == -6.0
    assert line.push(-50.0, 11.0 + HOLD_S) == pytest.approx(-6.0 - FALL_DB_PER_S)
    assert line.push(-50.0, 60.0) == -50.0


def test_a_higher_peak_is_shown_at_once_and_holds_anew() -> None:
    line = PeakHold()
    line.push(-20.0, 0.0)
    assert line.push(-10.0, HOLD_S) == -10.0
    assert line.push(-60.0, 2 * HOLD_S) == -10.0


def test_numbers_are_there_for_eyes_and_for_screen_readers(view: LevelView) -> None:
    view.show_level(-18.2, -6.04, False)
    assert numbers(view) == "−18 dBFS\nmax −6.0"
    assert meter(view).value() == -18
    assert meter(view).accessibleName() == "Level meter"
    assert meter(view).accessibleDescription() == "Level −18 dBFS, peak −6.0 dBFS, maximum −6.0 dBFS."


def test_zeros_have_no_level(view: LevelView) -> None:
    view.show_level(-120.0, -120.0, False)
    assert numbers(view) == "−∞ dBFS\nmax −∞"


def test_the_maximum_is_since_the_start(view: LevelView, clock: FakeClock) -> None:
    for peak_dbfs in (-9.0, -3.0, -30.0):
        view.show_level(-40.0, peak_dbfs, False)
        clock.pass_by(10.0)
    assert numbers(view) == "−40 dBFS\nmax −3.0"
    view.reset()
    view.show_level(-40.0, -30.0, False)
    assert numbers(view) == "−40 dBFS\nmax −30.0"


def test_numbers_change_slowly_enough_to_be_read(view: LevelView, clock: FakeClock) -> None:
    view.show_level(-10.0, -5.0, False)
    clock.pass_by(0.1)
    view.show_level(-20.0, -5.0, False)
    assert numbers(view).startswith("−10")
    clock.pass_by(0.2)
    view.show_level(-20.0, -5.0, False)
    assert numbers(view).startswith("−20")


def test_the_lamp_stays_lit_until_it_is_clicked(view: LevelView, qtbot: QtBot) -> None:
    assert not is_lit(view)
    view.show_level(-3.0, 0.0, True)
    view.show_level(-60.0, -50.0, False)
    assert is_lit(view)
    qtbot.mouseClick(lamp(view), Qt.MouseButton.LeftButton)
    assert not is_lit(view)


def test_the_lamp_can_be_put_out_from_the_keyboard(view: LevelView, qtbot: QtBot) -> None:
    view.show_level(-3.0, 0.0, True)
    qtbot.keyClick(lamp(view), Qt.Key.Key_Space)
    assert not is_lit(view)


def test_reset_clears_level_maximum_and_lamp(view: LevelView) -> None:
    view.show_level(-3.0, 0.0, True)
    view.reset()
    assert not is_lit(view)
    assert "3" not in numbers(view)
    assert meter(view).accessibleDescription() == "No sound yet."


def test_the_lamp_differs_by_text_and_not_by_colour_alone(view: LevelView) -> None:
    dark = lamp(view).text()
    view.show_level(-3.0, 0.0, True)
    assert lamp(view).text() != dark


def test_nothing_moves_when_the_lamp_lights(view: LevelView) -> None:
    before = view.minimumSizeHint()
    view.show_level(-100.4, 0.0, True)
    assert view.minimumSizeHint() == before


def test_every_level_and_theme_looks_different(view: LevelView, clock: FakeClock) -> None:
    pictures = []
    for theme, rms_dbfs, peak_dbfs in itertools.product((LIGHT, DARK), (-40.0, -9.0, -2.0), (-1.0, 0.0)):
        view.reset()
        view.show_theme(theme)
        view.show_level(rms_dbfs, peak_dbfs, False)
        pictures.append(bytes(meter(view).grab().toImage().constBits()))
    assert len(set(pictures)) == len(pictures)


def test_it_grows_with_the_text(view: LevelView) -> None:
    small = view.sizeHint()
    font = view.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    view.setFont(font)
    assert lamp(view).font().pointSizeF() == font.pointSizeF()
    assert view.sizeHint().height() > 1.6 * small.height()
    assert view.sizeHint().width() > 1.6 * small.width()


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_a_level_that_looks_the_same_is_not_painted_again(qtbot: QtBot, view: LevelView) -> None:
    view.show()
    qtbot.waitExposed(view)
    view.show_level(-30.0, -20.0, False)
    QCoreApplication.processEvents()
    paints = Paints()
    meter(view).installEventFilter(paints)
    view.show_level(-30.001, -20.001, False)
    QCoreApplication.processEvents()
    assert paints.count == 0
    view.show_level(-15.0, -10.0, False)
    qtbot.waitUntil(lambda: paints.count > 0)


def test_the_bar_is_as_long_as_the_level_is_high(qtbot: QtBot, view: LevelView) -> None:
    view.show_theme(LIGHT)
    for dbfs in (-50.0, -14.0, -7.0, 0.0):
        view.show_level(dbfs, dbfs, False)
        image = meter(view).grab().toImage()
        row = [image.pixelColor(x, 4).rgb() for x in range(image.width())]
        solid = sum(colour in {LIGHT.safe.rgb(), LIGHT.loud.rgb(), LIGHT.clip.rgb()} for colour in row)
        whole = image.width() - meter(view).fontMetrics().horizontalAdvance("−60")
        assert solid / whole == pytest.approx(position_on_scale(dbfs), abs=0.06)


def test_a_lamp_that_changes_often_makes_no_new_icons(view):
    """Qt's cache keeps the pictures of each QIcon until it holds 10 MB."""

    def seen() -> set[int]:
        view.show_level(rms_dbfs=-3.0, peak_dbfs=0.0, is_clipped=True)
        lit = lamp(view).icon().cacheKey()
        lamp(view).click()
        return {lit, lamp(view).icon().cacheKey()}

    assert seen() == seen()
