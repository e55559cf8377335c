from __future__ import annotations

import ast
import gc
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import QObject, Signal
from PySide6.QtTest import QSignalSpy
from recordings import tone
from sounds import FloatArray
from streams import assert_same
from terminal import CHECKOUT

from ser_desktop.analysis.analyzer import AnalysisSpec
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.gui.engine.engine import Engine
from ser_desktop.gui.engine.engine_thread import EngineThread
from ser_desktop.gui.engine.file_job import FileJob
from ser_desktop.gui.engine.job import LiveState, Progress
from ser_desktop.gui.engine.live_job import LiveJob
from ser_desktop.gui.engine.opened_sound import RecordingInfo, SoundChoice
from ser_desktop.values import State, TimelineEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakes import FakeDevices
    from pytestqt.qtbot import QtBot

RATE = 16_000
BLOCK = 320  # 20 ms
PATIENCE_MS = 20_000
SPEC = AnalysisSpec()


class Received:
    """Collects all that an engine reports, in order."""

    def __init__(self, engine: Engine) -> None:
        self.signals: list[str] = []
        self.progress: list[Progress] = []
        self.infos: list[RecordingInfo] = []
        self.errors: list[str] = []
        self.reports: list[str] = []
        self.warnings: list[str] = []
        engine.opened.connect(self.infos.append)
        engine.progressed.connect(self.progress.append)
        engine.failed.connect(self.errors.append)
        engine.warned.connect(self.warnings.append)
        engine.crashed.connect(self.reports.append)
        for name in ("opened", "refused", "warned", "ended", "failed", "crashed", "model_loaded", "model_refused"):
            getattr(engine, name).connect(lambda *_values, name=name: self.signals.append(name))

    @property
    def entries(self) -> list[TimelineEntry]:
        entries = [entry for each in self.progress for entry in (*each.entries, *each.replacements)]
        timeline = Timeline(next((entry.scores.labels for entry in entries if entry.scores), ()))
        for each in self.progress:
            timeline.extend(each.entries)
            timeline.replace(each.replacements)
        return list(timeline)

    @property
    def others(self) -> list[TimelineEntry]:
        """The entries of further channels."""
        return [entry for each in self.progress for other in each.others for entry in other.entries]

    @property
    def last(self) -> Progress:
        return self.progress[-1] if self.progress else Progress()

    @property
    def live(self) -> LiveState:
        """The newest state of a live recording."""
        return self.last.live or LiveState()

    @property
    def low(self) -> FloatArray:
        return np.concatenate([each.waveform.low for each in self.progress])


class Requests(QObject):
    """The queued signals through which a window sends requests."""

    model = Signal(str, str)
    recording = Signal(str, str, object)


@pytest.fixture
def engine(qtbot: QtBot, manifest: Path, devices: FakeDevices) -> Iterator[Engine]:
    """An engine with the small model, in the test's own thread."""
    engine = Engine(devices)
    engine.begin()
    engine.load_model(str(manifest), "auto")
    yield engine
    engine.stop()


@pytest.fixture
def received(engine: Engine) -> Received:
    return Received(engine)


@pytest.fixture
def bug(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug in the program, which occurs when the first speech is classified."""

    def outputs(_self: EmotionClassifier, windows: list[object]) -> list[object]:
        if windows:
            raise ZeroDivisionError("a mistake")
        return []

    monkeypatch.setattr(EmotionClassifier, "outputs", outputs)


def speech_at(rate: int, demo: Path, *, seconds: float) -> FloatArray:
    sound, found = soundfile.read(demo, frames=round(seconds * 22_050), dtype="float32")
    return np.interp(np.arange(round(seconds * rate)) / rate, np.arange(len(sound)) / found, sound).astype(np.float32)


def tiles(entries: list[TimelineEntry]) -> bool:
    return [entry.start_s for entry in entries] == [0.0, *(entry.end_s for entry in entries[:-1])]


def test_there_is_one_crash_boundary_in_each_kind_of_process():
    broad = []
    for path in (CHECKOUT / "ser_desktop").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                names = (
                    [each.id for each in ast.walk(node.type) if isinstance(each, ast.Name)] if node.type else ["all"]
                )
                broad += [path.name for name in names if name in ("all", "Exception", "BaseException")]
    # Of the window, and of the recogniser's process.
    assert sorted(broad) == ["child.py", "job_runner.py"]


def test_the_engine_distinguishes_no_kinds_of_jobs(spoken, tiny_model):
    for name in ("engine.py", "job_runner.py"):
        assert "isinstance" not in (CHECKOUT / "ser_desktop" / "gui" / "engine" / name).read_text(encoding="utf-8")
    job = FileJob(spoken, EmotionClassifier(tiny_model), SPEC)
    with pytest.raises(ValueError, match="only a live job"):
        job.pause(True)


def test_a_recording_is_opened_read_and_ended(qtbot, engine, received, spoken):
    with qtbot.waitSignal(engine.ended, timeout=PATIENCE_MS) as ended:
        engine.open_file(str(spoken), SPEC)
    assert ended.args == [True]
    assert received.signals == ["opened", "ended"]
    tracks = ("Signed 16 bit PCM",)
    assert received.infos == [RecordingInfo("spoken.wav", spoken, 22_050, 1, 4.0, is_live=False, tracks=tracks)]
    assert tiles(received.entries)
    assert received.entries[-1].end_s == 4.0
    assert len(received.low) == 200


def test_stopping_keeps_what_was_read(qtbot, engine, received, demo):
    engine.open_file(str(demo), SPEC)
    qtbot.waitUntil(lambda: len(received.entries) >= 4, timeout=PATIENCE_MS)
    with qtbot.waitSignal(engine.ended, timeout=PATIENCE_MS) as ended:
        engine.stop()
    assert ended.args == [False]
    assert tiles(received.entries)
    assert 1.0 <= received.entries[-1].end_s < 10.0
    engine.stop()
    assert received.signals == ["opened", "ended"]


def test_a_second_recording_ends_the_first_and_then_begins(qtbot, engine, received, demo, spoken):
    engine.open_file(str(demo), SPEC)
    engine.open_file(str(spoken), SPEC)
    qtbot.waitUntil(lambda: received.signals.count("ended") == 2, timeout=PATIENCE_MS)
    assert received.signals == ["opened", "ended", "opened", "ended"]


def test_an_unreadable_file_does_not_disturb_the_running_job(qtbot, engine, received, spoken, tmp_path):
    with qtbot.waitSignal(engine.ended, timeout=PATIENCE_MS) as ended:
        engine.open_file(str(spoken), SPEC)
        engine.open_file(str(tmp_path / "missing.wav"), SPEC)
    assert ended.args == [True]
    assert received.signals == ["opened", "failed", "refused", "ended"]
    assert received.errors == [f"“{tmp_path / 'missing.wav'}” does not exist. Check the name and the folder."]
    assert received.entries[-1].end_s == 4.0


def test_a_window_that_does_not_suit_the_model_is_refused(engine, received, spoken):
    engine.open_file(str(spoken), AnalysisSpec(window_s=50.0))
    assert received.signals == ["failed", "refused"]
    assert "A window of 50 s does not suit the model" in received.errors[0]


def test_without_a_model_nothing_begins(qtbot, devices, spoken):
    engine = Engine(devices)
    received = Received(engine)
    engine.begin()
    engine.open_file(str(spoken), SPEC)
    assert received.signals == ["failed", "refused"]


def test_a_refused_model_leaves_the_old_one_in_use(qtbot, engine, received, spoken, tmp_path):
    engine.load_model(str(tmp_path / "nothing.json"), "auto")
    assert received.signals == ["failed", "model_refused"]
    with qtbot.waitSignal(engine.ended, timeout=PATIENCE_MS):
        engine.open_file(str(spoken), SPEC)


def test_a_damaged_block_ends_the_reading_and_keeps_the_entries_before_it(qtbot, engine, received, tmp_path):
    sound = tone(seconds=3.0)[:, 0]
    sound[-1] = np.nan
    soundfile.write(tmp_path / "broken.wav", sound, 44_100, subtype="FLOAT")
    with qtbot.waitSignal(engine.ended, timeout=PATIENCE_MS) as ended:
        engine.open_file(str(tmp_path / "broken.wav"), SPEC)
    assert ended.args == [False]
    assert "holds a sample that is not a number (NaN) at 3.000 s" in received.errors[0]
    assert tiles(received.entries)
    assert received.entries[-1].end_s == pytest.approx(3.0, abs=1e-3)


def test_damage_in_a_further_channel_keeps_what_was_analysed_of_the_others(qtbot, engine, received, tmp_path):
    sound = np.column_stack([tone(seconds=3.0)[:, 0]] * 2)
    sound[-1, 1] = np.nan
    soundfile.write(tmp_path / "broken.wav", sound, 44_100, subtype="FLOAT")
    with qtbot.waitSignal(engine.ended, timeout=PATIENCE_MS) as ended:
        engine.open_file(str(tmp_path / "broken.wav"), SPEC, (), SoundChoice(is_each=True))
    assert ended.args == [False]
    assert (tiles(received.entries), tiles(received.others)) == (True, True)
    assert (received.entries[-1].end_s, received.others[-1].end_s) == pytest.approx((3.0, 3.0), abs=1e-3)
    assert sum(len(each.waveform) for each in received.progress) == 150  # columns of the first channel: 50 a second


def test_a_recording_cut_short_is_reported_with_the_words_of_the_terminal(
    qtbot, engine, received, run, manifest, tmp_path
):
    cut = tmp_path / "cut.wav"
    soundfile.write(cut, tone(seconds=3.0), 44_100)
    cut.write_bytes(cut.read_bytes()[:-100_000])
    with qtbot.waitSignal(engine.ended, timeout=PATIENCE_MS):
        engine.open_file(str(cut), SPEC)
    (warning,) = received.warnings
    assert run("analyze", cut, "--model", manifest).err == f"ser-desktop: error: {warning}\n"


def test_channels_that_cancel_each_other_are_reported_once_they_were_read(qtbot, engine, received, spoken, tmp_path):
    opposite = tmp_path / "opposite.wav"
    sound, rate = soundfile.read(spoken)
    soundfile.write(opposite, np.column_stack((sound, -sound)), rate)
    with qtbot.waitSignal(engine.hinted, timeout=PATIENCE_MS) as hinted:
        engine.open_file(str(opposite), SPEC)
    assert received.signals == ["opened", "ended"]
    assert received.warnings == []
    path, reason = hinted.args
    assert path == str(opposite)
    assert reason.startswith(f"The channels of “{opposite}” cancel each other")
    assert "--channel" not in reason  # the window has buttons for it


def test_each_channel_is_analysed_as_if_it_were_alone(qtbot, engine, received, spoken, tmp_path):
    pair = tmp_path / "pair.wav"
    sound, rate = soundfile.read(spoken)
    soundfile.write(pair, np.column_stack((sound, 0.0 * sound)), rate)
    with qtbot.waitSignal(engine.ended, timeout=PATIENCE_MS):
        engine.open_file(str(pair), SPEC, (), SoundChoice(is_each=True))
    assert received.infos[0].analyzed == (1, 2)
    assert {entry.state for entry in received.others} == {State.NO_SPEECH}
    assert (tiles(received.entries), tiles(received.others)) == (True, True)
    left = [entry.scores for entry in received.entries]
    with qtbot.waitSignal(engine.ended, timeout=PATIENCE_MS):
        received.progress.clear()
        engine.open_file(str(spoken), SPEC)
    assert left == [entry.scores for entry in received.entries]
    assert any(left)


def test_a_track_that_is_gone_is_the_first(qtbot, engine, received, spoken):
    with qtbot.waitSignal(engine.ended, timeout=PATIENCE_MS):
        engine.open_file(str(spoken), SPEC, (), SoundChoice(track=2))
    assert received.infos[0].track == 1


def test_a_live_recording_is_kept_and_analysed(qtbot, engine, received, microphone, demo, tmp_path):
    sound = speech_at(RATE, demo, seconds=3.0)
    engine.record("", str(tmp_path / "take.wav"), SPEC)
    microphone.hear(sound[: 2 * RATE])
    qtbot.waitUntil(lambda: bool(received.entries), timeout=PATIENCE_MS)
    microphone.hear(sound[2 * RATE :])
    engine.stop()
    assert received.signals == ["opened", "ended"]
    assert received.infos[0].is_live
    kept, rate = soundfile.read(tmp_path / "take.wav", dtype="float32")
    np.testing.assert_array_equal(kept, sound)
    assert (rate, received.entries[-1].end_s, tiles(received.entries), len(received.low)) == (RATE, 3.0, True, 150)


def test_new_sound_makes_a_step_without_the_timer(qtbot, engine, received, microphone, tmp_path, monkeypatch):
    monkeypatch.setattr("ser_desktop.gui.engine.live_job.IDLE_MS", 100 * PATIENCE_MS)
    engine.record("", str(tmp_path / "take.wav"), SPEC)
    for second in (1.0, 2.0, 3.0):
        microphone.hear(np.full(RATE, 0.1, np.float32))
        qtbot.waitUntil(lambda second=second: received.last.position_s == second, timeout=PATIENCE_MS)


def test_a_pause_is_a_gap_in_timeline_and_waveform_and_silence_in_the_file(
    qtbot, engine, received, microphone, tmp_path
):
    sound = np.full(RATE, 0.1, np.float32)
    engine.record("", str(tmp_path / "take.wav"), SPEC)
    microphone.hear(sound)
    qtbot.waitUntil(lambda: any(each.position_s == 1.0 for each in received.progress), timeout=PATIENCE_MS)
    engine.pause(True)
    before = len(received.progress)
    microphone.hear(sound)
    qtbot.waitUntil(lambda: any(each.level for each in received.progress[before:]), timeout=PATIENCE_MS)
    engine.pause(False)
    microphone.hear(sound)
    engine.stop()
    (gap,) = [entry for entry in received.entries if entry.state is State.GAP]
    assert (gap.start_s, gap.end_s, tiles(received.entries), received.entries[-1].end_s) == (1.0, 2.0, True, 3.0)
    assert len(received.low) == 150
    assert list(np.flatnonzero(np.isnan(received.low))) == list(range(50, 100))
    kept, _ = soundfile.read(tmp_path / "take.wav", dtype="float32")
    np.testing.assert_array_equal(kept, np.concatenate([sound, np.zeros(RATE, np.float32), sound]))


def test_a_microphone_that_comes_back_goes_on_in_the_same_recording(qtbot, engine, received, microphone, tmp_path):
    sound = np.full(RATE, 0.1, np.float32)
    engine.record("", str(tmp_path / "take.wav"), SPEC)
    microphone.hear(sound)
    microphone.go_away(for_s=2.0)
    qtbot.waitUntil(lambda: bool(received.live.trouble), timeout=PATIENCE_MS)
    assert received.live.trouble == (
        "The microphone “Fake Microphone” went away after 1.0 s. The recording continues when the microphone is back."
    )
    microphone.come_back()
    qtbot.waitUntil(lambda: len(microphone.streams) == 2, timeout=PATIENCE_MS)
    microphone.hear(sound)
    qtbot.waitUntil(lambda: not received.live.trouble, timeout=PATIENCE_MS)
    engine.stop()
    assert received.signals == ["opened", "ended"]
    (gap,) = [entry for entry in received.entries if entry.state is State.GAP]
    assert (gap.start_s, gap.end_s, tiles(received.entries), received.entries[-1].end_s) == (1.0, 3.0, True, 4.0)
    assert (received.live.dropouts, received.live.missing_s) == (1, 2.0)
    kept, _ = soundfile.read(tmp_path / "take.wav", dtype="float32")
    np.testing.assert_array_equal(kept, np.concatenate([sound, np.zeros(2 * RATE, np.float32), sound]))


def test_a_take_that_is_opened_again_has_the_same_pauses_and_losses(
    qtbot, engine, received, microphone, demo, tmp_path
):
    sound = speech_at(RATE, demo, seconds=6.0)
    engine.record("", str(tmp_path / "take.wav"), SPEC)
    microphone.hear(sound[: 3 * RATE])
    engine.pause(True)
    microphone.hear(sound[3 * RATE : 4 * RATE])
    engine.pause(False)
    microphone.hear(sound[4 * RATE : 5 * RATE])
    microphone.go_away(for_s=1.5)
    microphone.come_back()
    qtbot.waitUntil(lambda: len(microphone.streams) == 2, timeout=PATIENCE_MS)
    microphone.hear(sound[5 * RATE :])
    engine.stop()
    live = received.entries
    received.progress.clear()
    with qtbot.waitSignal(engine.ended, timeout=PATIENCE_MS):
        engine.open_file(str(tmp_path / "take.wav"), SPEC)
    assert [(entry.start_s, entry.end_s) for entry in live if entry.state is State.GAP] == [(3.0, 4.0), (5.0, 6.5)]
    assert_same(received.entries, live)


def test_a_microphone_that_delivers_nothing_is_reported_until_it_delivers_again(
    qtbot, engine, received, microphone, tmp_path
):
    engine.record("", str(tmp_path / "take.wav"), SPEC)
    microphone.clock.pass_by(1.0)
    qtbot.waitUntil(lambda: bool(received.live.trouble), timeout=PATIENCE_MS)
    assert "“Fake Microphone” has delivered nothing for a second." in received.live.trouble
    microphone.hear(np.full(RATE, 0.1, np.float32))
    qtbot.waitUntil(
        lambda: any(each.position_s == 1.0 and not (each.live and each.live.trouble) for each in received.progress)
    )
    engine.stop()
    assert (received.signals, soundfile.info(tmp_path / "take.wav").frames) == (["opened", "ended"], RATE)


def test_the_backlog_of_a_slow_analysis_is_analysed_after_the_end(
    qtbot, engine, received, microphone, demo, tmp_path, monkeypatch
):
    sound = speech_at(RATE, demo, seconds=6.0)
    monkeypatch.setattr("ser_desktop.analysis.live.MAX_WAIT_S", 0.0)  # nothing may wait
    monkeypatch.setattr("ser_desktop.analysis.live.STEP_S", 0.001)
    engine.record("", str(tmp_path / "take.wav"), SPEC)
    for second in np.split(sound, 6):
        microphone.hear(second)
    qtbot.waitUntil(lambda: received.last.position_s == 6.0, timeout=PATIENCE_MS)
    engine.stop()
    qtbot.waitUntil(lambda: "ended" in received.signals, timeout=PATIENCE_MS)
    live = received.entries
    assert any(each.replacements for each in received.progress)
    received.progress.clear()
    with qtbot.waitSignal(engine.ended, timeout=PATIENCE_MS):
        engine.open_file(str(tmp_path / "take.wav"), SPEC)
    assert received.signals == ["opened", "ended"] * 2
    assert_same(received.entries, live)


def test_a_microphone_that_cannot_be_opened_leaves_no_file(engine, received, microphone, tmp_path):
    microphone.is_busy = True
    engine.record("", str(tmp_path / "take.wav"), SPEC)
    assert received.signals == ["failed", "refused"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("is_busy", [True, False])
def test_a_take_is_freed_without_the_garbage_collector(engine, received, microphone, tmp_path, is_busy):
    """A reference cycle would keep its 3 MB until Python next collects cycles, which may be hours later."""
    microphone.is_busy = is_busy
    gc.collect()
    gc.disable()
    try:
        engine.record("", str(tmp_path / "take.wav"), SPEC)
        engine.stop()
        assert received.signals == (["failed", "refused"] if is_busy else ["opened", "ended"])
        assert not [each for each in gc.get_objects() if type(each) is LiveJob]
    finally:
        gc.enable()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_a_full_disk_is_reported_and_recording_goes_on_elsewhere(qtbot, engine, received, microphone, tmp_path):
    moved = QSignalSpy(engine.moved)
    sound = np.linspace(-1, 1, 2 * RATE, dtype=np.float32)
    engine.record("", "/dev/full", SPEC)
    microphone.hear(sound[:RATE])
    qtbot.waitUntil(lambda: not received.live.is_kept, timeout=PATIENCE_MS)
    assert received.live.trouble == (
        "The recording “/dev/full” cannot be written: No space left on device. "
        "Choose another folder, or make room on the disk."
    )
    engine.move_recording(str(tmp_path / "missing" / "take.wav"))
    assert "cannot be written" in received.errors[0]
    engine.move_recording(str(tmp_path / "take.wav"))
    qtbot.waitUntil(lambda: received.live.is_kept, timeout=PATIENCE_MS)
    microphone.hear(sound[RATE:])
    engine.stop()
    assert (received.signals, moved.at(0)) == (["opened", "failed", "ended"], [str(tmp_path / "take.wav")])
    assert moved.count() == 1
    kept, _ = soundfile.read(tmp_path / "take.wav", dtype="float32")
    np.testing.assert_array_equal(kept, sound)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_a_take_that_is_stopped_with_its_disk_full_is_put_where_there_is_room(qtbot, engine, received, microphone):
    moved = QSignalSpy(engine.moved)
    engine.record("", "/dev/full", SPEC)
    microphone.hear(np.full(RATE, 0.1, np.float32))
    engine.stop()
    assert received.signals == ["opened", "ended"]
    place = Path(moved.at(0)[0])
    assert (place.name, soundfile.info(place).frames) == ("full", RATE)


def test_zeros_for_three_seconds_are_reported_and_sound_ends_it(qtbot, engine, received, microphone, tmp_path):
    engine.record("", str(tmp_path / "take.wav"), SPEC)
    signals, all_s = [], 0.0
    for seconds, value in ((2.9, 0.0), (0.2, 0.0), (0.1, 0.01)):
        all_s += seconds
        microphone.hear(np.full(round(seconds * RATE), value, np.float32))
        qtbot.waitUntil(lambda all_s=all_s: received.last.position_s > all_s - 0.01, timeout=PATIENCE_MS)
        signals.append([each.level.is_zero for each in received.progress if each.level][-1])
    assert signals == [False, True, False]


def test_lost_sound_is_counted(qtbot, engine, received, microphone, tmp_path):
    engine.record("", str(tmp_path / "take.wav"), SPEC)
    microphone.streams[-1].hear(np.full(BLOCK, 0.1, np.float32), input_overflow=True)
    qtbot.waitUntil(lambda: received.live.dropouts == 1, timeout=PATIENCE_MS)


def test_the_meter_hands_the_microphone_over_to_the_recording(qtbot, engine, received, microphone, tmp_path):
    engine.watch_level("")
    microphone.hear(np.full(BLOCK, 0.5, np.float32))
    qtbot.waitUntil(lambda: any(each.level for each in received.progress), timeout=PATIENCE_MS)
    level = next(each.level for each in received.progress if each.level)
    assert level.rms_dbfs == pytest.approx(-6.02, abs=0.01)
    engine.record("", str(tmp_path / "take.wav"), SPEC)
    assert [stream.active for stream in microphone.streams] == [False, True]
    assert received.signals == ["opened"]


def test_the_meter_does_not_disturb_a_recording(engine, received, microphone, tmp_path):
    engine.record("", str(tmp_path / "take.wav"), SPEC)
    engine.watch_level("")
    assert [stream.active for stream in microphone.streams] == [True]
    assert received.signals == ["opened"]


def test_a_bug_is_reported_and_the_recording_is_whole(qtbot, engine, received, microphone, demo, tmp_path, bug):
    sound = speech_at(RATE, demo, seconds=3.0)
    engine.record("", str(tmp_path / "take.wav"), SPEC)
    with qtbot.waitSignal(engine.ended, timeout=PATIENCE_MS) as ended:
        microphone.hear(sound)
    assert ended.args == [False]
    assert received.signals == ["opened", "crashed", "ended"]
    assert "ZeroDivisionError: a mistake" in received.reports[0]
    assert not microphone.streams[-1].active
    kept, _ = soundfile.read(tmp_path / "take.wav", dtype="float32")
    np.testing.assert_array_equal(kept, sound)


def test_a_bug_in_reading_is_reported_and_another_recording_can_be_opened(qtbot, engine, received, spoken, bug):
    for _time in range(2):
        with qtbot.waitSignal(engine.ended, timeout=PATIENCE_MS):
            engine.open_file(str(spoken), SPEC)
    assert received.signals == ["opened", "crashed", "ended"] * 2


def test_a_copy_is_reported_when_it_is_whole(qtbot, engine, received, spoken, tmp_path):
    copied = QSignalSpy(engine.copied)
    engine.copy_recording(str(spoken), str(tmp_path / "copy.wav"))
    assert copied.at(0) == [str(tmp_path / "copy.wav")]
    assert (tmp_path / "copy.wav").read_bytes() == spoken.read_bytes()


def test_copying_a_missing_file_is_refused_and_leaves_nothing(engine, received, tmp_path):
    engine.copy_recording(str(tmp_path / "gone.wav"), str(tmp_path / "copy.wav"))
    assert "gone.wav” is not there any more" in received.errors[0]
    assert list(tmp_path.iterdir()) == []


def test_a_copy_onto_itself_changes_nothing(engine, received, spoken, tmp_path):
    take = tmp_path / "take.wav"
    take.write_bytes(spoken.read_bytes())
    engine.copy_recording(str(take), str(take))
    assert received.errors == []
    assert take.read_bytes() == spoken.read_bytes()


def test_the_thread_ends_in_time_and_the_running_recording_is_kept(qtbot, devices, microphone, manifest, tmp_path):
    engine = Engine(devices)
    received, requests = Received(engine), Requests()
    requests.model.connect(engine.load_model)
    requests.recording.connect(engine.record)
    thread = EngineThread(engine)
    requests.model.emit(str(manifest), "auto")
    requests.recording.emit("", str(tmp_path / "take.wav"), SPEC)
    qtbot.waitUntil(lambda: "opened" in received.signals, timeout=PATIENCE_MS)
    microphone.hear(np.full(RATE, 0.1, np.float32))
    assert thread.close()
    assert thread.has_ended
    assert not microphone.streams[-1].active
    assert soundfile.info(tmp_path / "take.wav").frames == RATE
    assert thread.close()  # a second call does nothing
