from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fakes import FakeDevices
from windows import window_of

from ser_desktop.export import segments_csv
from ser_desktop.gui.commands.export_commands import ExportCommands
from ser_desktop.gui.commands.passage_commands import PassageCommands
from ser_desktop.gui.commands.playback import Playback
from ser_desktop.gui.engine.job import Progress
from ser_desktop.gui.engine.opened_sound import RecordingInfo
from ser_desktop.gui.model.current_settings import CurrentSettings
from ser_desktop.settings import Settings
from ser_desktop.values import EmotionScores, State, TimelineEntry

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ser_desktop.errors import SerError
    from ser_desktop.gui.main_window import MainWindow
    from ser_desktop.gui.model.session import Session

LABELS = ("happy", "sad")
FIRST, SECOND, THIRD = (1.0, 2.0), (3.0, 5.0), (6.0, 7.0)


class SilentPlayer:
    """A player without a loudspeaker: what it plays ends when a test says so."""

    def __init__(self) -> None:
        self.played: list[tuple[float, float | None, bool]] = []
        self.is_playing, self.position_s = False, 0.0
        self.error: SerError | None = None

    def play(self, path: Path, start_s: float, end_s: float | None, *, loop: bool, output_name: str | None) -> None:
        self.played.append((start_s, end_s, loop))
        self.is_playing, self.position_s = True, start_s

    def stop(self) -> None:
        self.is_playing = False


@pytest.fixture
def player() -> SilentPlayer:
    return SilentPlayer()


@pytest.fixture
def playback(player: SilentPlayer) -> Playback:
    return Playback(FakeDevices(), player=player)  # type: ignore[arg-type]


@pytest.fixture
def window(qtbot: QtBot, session: Session, take: Path) -> MainWindow:
    """A window with three clear passages between unclear ones."""
    window = window_of(session, take)
    qtbot.addWidget(window)
    session.begin(RecordingInfo("take", take, 16_000, 1, None, is_live=False), labels=LABELS, model="tiny@12345678")
    for second in range(8):
        is_clear = any(start <= second < end for start, end in (FIRST, SECOND, THIRD))
        state = State.SPEECH if is_clear else State.UNCERTAIN
        entry = TimelineEntry(second, second + 1.0, state, -20.0, EmotionScores(LABELS, (0.75, 0.25)))
        session.accept(Progress((entry,), position_s=second + 1.0))
    session.complete()
    window.show_segments()
    return window


@pytest.fixture
def commands(window: MainWindow, session: Session, playback: Playback) -> PassageCommands:
    return PassageCommands(window, session=session, playback=playback, choices=CurrentSettings(Settings()))


def test_the_next_clear_passage_is_selected_and_the_last_one_stays(
    commands: PassageCommands, window: MainWindow, session: Session
) -> None:
    met = []
    for action in [window.actions_.next_passage] * 4 + [window.actions_.previous_passage] * 2:
        action.trigger()
        met.append(session.selection)
        assert session.cursor_s == session.selection[0]
    assert met == [FIRST, SECOND, THIRD, THIRD, SECOND, FIRST]


def test_passages_play_one_after_the_other_and_each_is_selected(
    commands: PassageCommands, session: Session, player: SilentPlayer, playback: Playback, qtbot: QtBot
) -> None:
    changes: list[bool] = []
    playback.changed.connect(changes.append)
    commands.play([FIRST, THIRD])
    assert session.selection == FIRST
    player.is_playing = False
    qtbot.waitUntil(lambda: session.selection == THIRD)
    assert changes == [True]  # no break between them
    player.is_playing = False
    qtbot.waitUntil(lambda: not playback.is_playing)
    assert player.played == [(*FIRST, False), (*THIRD, False)]


def test_stopping_ends_all_of_them(
    commands: PassageCommands, player: SilentPlayer, playback: Playback, qtbot: QtBot
) -> None:
    commands.play([FIRST, SECOND])
    commands.play([FIRST, SECOND])  # pressed again
    assert not playback.is_playing
    qtbot.wait(1)
    assert len(player.played) == 1


@pytest.mark.parametrize(
    ("passages", "played"),
    [([FIRST], [(*FIRST, True)]), ([FIRST, SECOND], [(*FIRST, False), (*SECOND, False), (*FIRST, False)])],
)
def test_looped_the_first_follows_the_last(
    commands: PassageCommands, window: MainWindow, player: SilentPlayer, qtbot: QtBot, passages: list, played: list
) -> None:
    window.actions_.loop.setChecked(True)
    commands.play(passages)
    while len(player.played) < len(played):
        before, player.is_playing = len(player.played), False
        qtbot.waitUntil(lambda before=before: len(player.played) > before)
    assert player.played == played


def test_chosen_passages_are_exported_without_the_others(window: MainWindow, session: Session, tmp_path: Path) -> None:
    exports, table = ExportCommands(window, session), tmp_path / "chosen.csv"
    chosen = [each for each in session.shown.segments() if (each.start_s, each.end_s) in (FIRST, THIRD)]
    exports.write_passages(chosen, segments_csv.FORMAT, table)
    assert [segment for _name, segment in segments_csv.read_segments_csv(table)] == chosen
