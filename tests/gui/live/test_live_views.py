from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ser_desktop.analysis.steady import ClaimState, ShownClaim
from ser_desktop.gui.engine.job import Progress
from ser_desktop.gui.engine.opened_sound import RecordingInfo
from ser_desktop.gui.live.affect_plane import TRAIL_S, AffectPlane
from ser_desktop.gui.live.live_band import LiveBand
from ser_desktop.gui.shared.theme import LIGHT
from ser_desktop.gui.widgets.score_bars import EmotionBar
from ser_desktop.values import Affect, AffectClaim, EmotionScores, State, TimelineEntry

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

    from ser_desktop.gui.main_window import MainWindow
    from ser_desktop.gui.model.session import Session

LABELS = ("happy", "sad")
TWO_METRES_CAPITAL_PX = 38  # 1 cm at 96 pixels an inch


def entry(index: int, state: State = State.SPEECH, *, arousal: float = 0.5) -> TimelineEntry:
    start_s = 0.25 * index
    if state is State.NO_SPEECH:
        return TimelineEntry(start_s, start_s + 0.25, state, -60.0)
    scores, affect = EmotionScores(LABELS, (0.75, 0.25)), Affect(arousal, 0.5)
    return TimelineEntry(start_s, start_s + 0.25, state, -20.0, scores, affect)


@pytest.fixture
def live(window: MainWindow, session: Session, tmp_path: Path) -> MainWindow:
    """A window with a recording that is being made."""
    session.begin(
        RecordingInfo("live", tmp_path / "live.wav", 16_000, 1, None, is_live=True),
        labels=LABELS,
        model="tiny@12345678",
    )
    window.show_state(is_running=True, is_live=True)
    return window


def hear(session: Session, *entries: TimelineEntry) -> None:
    session.accept(Progress(entries, position_s=entries[-1].end_s))


def test_the_band_listens_then_says_the_claim_and_goes_with_the_recording(live: MainWindow, session: Session) -> None:
    assert live.band.isVisibleTo(live)
    hear(session, entry(0, State.NO_SPEECH))
    assert live.band.text.startswith("Listening…")
    hear(session, *(entry(index) for index in range(1, 5)))
    assert (live.band.text, live.band.accessibleDescription()) == ("happy, 75 %", "happy, 75 %")
    session.complete()
    assert not live.band.isVisibleTo(live)


def test_another_recording_hides_the_band_and_coming_back_continues_it(live: MainWindow, session: Session) -> None:
    made = session.shown
    hear(session, *(entry(index) for index in range(4)))
    session.show(session.recordings[0])
    assert not live.band.isVisibleTo(live)
    session.show(made)
    assert live.band.isVisibleTo(live)
    assert live.band.text == "happy, 75 %"


def test_a_pause_of_the_recording_is_told(live: MainWindow, session: Session) -> None:
    hear(session, *(entry(index) for index in range(4)))
    live.show_paused(True)
    assert live.band.text == "Paused"
    live.show_paused(False)
    assert live.band.text == "happy, 75 %"


def dark_rows(image: QImage) -> int:
    """Number of pixel rows with the colour of the text."""
    return sum(
        any(image.pixelColor(x, y).lightness() < 60 for x in range(image.width())) for y in range(image.height())
    )


def test_the_word_is_large_enough_for_two_metres(qtbot: QtBot) -> None:
    band = LiveBand()
    qtbot.addWidget(band)
    font = band.font()
    font.setPixelSize(13)
    font.setPointSizeF(9.75)  # 13 pixels at 96 an inch
    band.setFont(font)
    band.resize(900, band.height())
    band.show()
    band.show_heard(ShownClaim(ClaimState.CLEAR, None, (AffectClaim.HIGH_AROUSAL,), None, True))
    assert dark_rows(band.grab().toImage()) >= TWO_METRES_CAPITAL_PX


@pytest.mark.parametrize("width", [300, 900])
def test_a_long_word_is_not_cut(qtbot: QtBot, width: int) -> None:
    band = LiveBand()
    qtbot.addWidget(band)
    band.resize(width, band.height())
    claims = (AffectClaim.HIGH_AROUSAL, AffectClaim.NEGATIVE)
    band.show_heard(ShownClaim(ClaimState.CLEAR, None, claims, None, True))
    image = band.grab().toImage()
    assert all(image.pixelColor(image.width() - 2, y).lightness() > 128 for y in range(2, image.height() - 2))


def test_the_trail_has_ten_seconds_without_the_silence(qtbot: QtBot) -> None:
    plane = AffectPlane()
    qtbot.addWidget(plane)
    plane.add([entry(index, arousal=index / 80.0) for index in range(80)])
    arousal = [point[2] for point in plane.trail]
    assert (arousal[0], arousal[-1]) == ((79 - TRAIL_S / 0.25) / 80.0, 79 / 80.0)
    assert plane.accessibleDescription() == "arousal 99 %, valence 50 %"
    plane.add([entry(80, State.NO_SPEECH)])
    assert plane.accessibleDescription() == "no speech at this moment"
    assert len(plane.trail) == TRAIL_S / 0.25


def test_the_newest_point_of_the_trail_is_painted_in_full_colour(qtbot: QtBot) -> None:
    plane = AffectPlane()
    qtbot.addWidget(plane)
    plane.resize(300, 300)
    plane.show()
    plane.add([entry(0, arousal=0.2), entry(1, State.NO_SPEECH), entry(2, arousal=0.9)])
    qtbot.waitUntil(lambda: accent_rows(plane) != [])
    assert max(accent_rows(plane)) < 100  # high arousal is above the middle
    plane.clear_trail()
    assert accent_rows(plane) == []


def accent_rows(plane: AffectPlane) -> list[int]:
    """Return the rows of pixels with the colour of the newest point."""
    image = plane.grab().toImage()
    return [
        y
        for y in range(image.height())
        if any(image.pixelColor(x, y).rgb() == LIGHT.accent.rgb() for x in range(image.width()))
    ]


def test_the_result_panel_is_never_narrower_than_its_bars(live: MainWindow, session: Session, qtbot: QtBot) -> None:
    live.resize(900, 600)
    live.show()
    hear(session, *(entry(index) for index in range(1, 5)))
    session.complete()
    live.across.setSizes([900, 1])
    qtbot.wait(50)
    bars = live.now.findChildren(EmotionBar)
    assert bars
    right = min(live.live.side.mapToGlobal(live.live.side.rect().topRight()).x(), live.geometry().right())
    assert all(bar.width() >= bar.minimumSizeHint().width() for bar in bars)
    assert all(bar.mapToGlobal(bar.rect().topRight()).x() <= right for bar in bars)
