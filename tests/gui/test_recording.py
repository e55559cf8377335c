from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QMessageBox
from windows import chosen, is_idle, is_live, messages, press, status

from ser_desktop.settings import Settings, log_folder
from ser_desktop.values import State

RATE = 16_000
LOUD = np.full(RATE, 0.1, np.float32)  # one second


def test_without_a_microphone_the_window_says_so_and_stays(start, wait, no_devices, spoken):
    application = start(meter_before_recording=True)
    inputs = application.window.transport.findChild(QComboBox)
    wait(inputs.count)
    assert "No microphone" in inputs.currentText()
    press(application, Qt.Key.Key_R)
    wait(lambda: messages(application))
    assert messages(application).startswith("No microphone was found (0 inputs). Connect one")
    assert application.window.actions_.record.isEnabled()
    application.open([spoken])
    wait(lambda: is_idle(application))


def test_keys_record_pause_and_stop_a_take_that_is_kept(start, wait, microphone):
    application = start()
    press(application, Qt.Key.Key_R)
    wait(lambda: is_live(application))
    microphone.hear(LOUD)
    wait(lambda: application.session.timeline.end_s == 1.0)
    press(application, Qt.Key.Key_P)
    microphone.hear(LOUD)
    QTest.qWait(100)
    press(application, Qt.Key.Key_P)
    microphone.hear(LOUD)
    wait(lambda: len(application.session.timeline) > 4)
    press(application, Qt.Key.Key_Escape)
    wait(lambda: is_idle(application))
    states = [entry.state for entry in application.session.timeline]
    assert states.count(State.GAP) == 1
    (take,) = Path(application.settings.recordings_folder).iterdir()
    assert soundfile.info(take).duration == application.session.timeline.end_s == 3.0
    assert messages(application).startswith(f"Kept as “{take}”.")
    assert application.settings.recent_files == (str(take),)


def test_two_takes_in_one_second_are_two_files(start, wait, microphone):
    application = start()
    for count in (1, 2, 3):
        application.record()
        wait(lambda: is_live(application))
        microphone.hear(LOUD)
        application.stop()
        wait(lambda: is_idle(application))
        folder = Path(application.settings.recordings_folder)
        assert [soundfile.info(take).duration for take in folder.iterdir()] == [1.0] * count


def test_recording_while_another_is_read_is_not_ended_by_the_meter(start, wait, microphone, demo):
    application = start(demo, meter_before_recording=True)
    wait(lambda: len(application.session.timeline))
    application.record()
    wait(lambda: is_live(application))
    microphone.hear(LOUD)
    wait(lambda: application.session.timeline.end_s == 1.0)
    assert is_live(application)


def test_nothing_is_opened_over_a_recording(start, wait, microphone, spoken):
    application = start()
    application.record()
    wait(lambda: is_live(application))
    application.open([spoken])
    assert "Stop the recording first" in messages(application)
    assert is_live(application)


def test_a_microphone_that_goes_away_is_told_and_the_take_is_kept(start, wait, microphone):
    application = start(meter_before_recording=True)
    application.record()
    wait(lambda: is_live(application))
    microphone.hear(LOUD)
    microphone.streams[-1].go_away()
    wait(lambda: is_idle(application))
    (take,) = Path(application.settings.recordings_folder).iterdir()
    assert soundfile.info(take).duration == application.session.timeline.end_s == 1.0
    assert "The microphone “Fake Microphone” went away after 1.0 s." in messages(application)
    assert f"Kept as “{take}”." in messages(application)
    assert not any(stream.active for stream in microphone.streams)


def test_a_microphone_that_brings_nothing_leaves_nothing_behind(start, wait, microphone):
    application = start()
    application.record()
    wait(lambda: is_live(application))
    application.stop()
    wait(lambda: not application.session.is_running)
    assert list(Path(application.settings.recordings_folder).iterdir()) == []
    assert application.session.info is None
    assert not application.window.actions_.discard.isEnabled()
    assert "Kept" not in messages(application)


def test_only_zeros_are_told_once_with_what_to_check(start, wait, microphone):
    application = start()
    application.record()
    wait(lambda: is_live(application))
    microphone.hear(np.zeros(4 * RATE, np.float32))
    wait(lambda: messages(application))
    assert messages(application).startswith("The microphone delivers only zeros. Check that it is not muted")
    application.window.messages.close_messages()
    microphone.hear(np.zeros(RATE, np.float32))
    wait(lambda: application.session.timeline.end_s >= 5.0)
    assert messages(application) == ""
    assert is_live(application)


def test_lost_sound_shows_in_the_status_bar(start, wait, microphone):
    application = start()
    application.record()
    wait(lambda: is_live(application))
    microphone.streams[-1].hear(LOUD[:320], input_overflow=True)
    microphone.hear(LOUD)
    wait(lambda: "1 dropout" in status(application))


def test_the_meter_runs_before_and_after_a_recording(start, wait, microphone):
    application = start(meter_before_recording=True)
    wait(lambda: [stream.active for stream in microphone.streams] == [True])
    application.record()
    wait(lambda: is_live(application))
    assert [stream.active for stream in microphone.streams] == [False, True]
    microphone.hear(LOUD)
    application.stop()
    wait(lambda: [stream.active for stream in microphone.streams] == [False, False, True])


def test_the_meter_can_be_switched_off(start, wait, microphone):
    application = start(meter_before_recording=True)
    wait(lambda: microphone.streams)
    application.use_settings(Settings(**{**chosen(application), "meter_before_recording": False}))
    wait(lambda: not microphone.streams[-1].active)
    application.use_settings(Settings(**{**chosen(application), "meter_before_recording": True}))
    wait(lambda: microphone.streams[-1].active)


def test_microphones_are_looked_for_again_with_none_open(start, wait, microphone, monkeypatch):
    application = start(meter_before_recording=True)
    wait(lambda: microphone.streams)
    looks: list[bool] = []
    monkeypatch.setattr(
        "ser_desktop.gui.engine.look_again",
        lambda: looks.append(any(stream.active for stream in microphone.streams)),
    )
    application.window.actions_.refresh.trigger()
    wait(lambda: microphone.streams[-1].active and len(microphone.streams) == 2)
    assert looks == [False]


def test_a_folder_that_cannot_be_made_is_told(start, wait, microphone, tmp_path):
    (tmp_path / "file").write_text("")
    application = start(recordings_folder=str(tmp_path / "file" / "takes"))
    application.record()
    assert "Choose another recordings folder in Settings." in messages(application)
    assert application.window.actions_.record.isEnabled()


def test_a_discarded_take_is_gone_from_the_disk_and_the_window(start, wait, microphone):
    application = start()
    application.record()
    wait(lambda: is_live(application))
    microphone.hear(LOUD)
    application.stop()
    wait(lambda: is_idle(application))
    take = application.session.info.path
    application.files.discard(take)
    assert not take.exists()
    actions = application.window.actions_
    enabled = [each.isEnabled() for each in (actions.discard, actions.save_as, actions.play, actions.export_csv)]
    assert enabled == [False] * 4


def test_without_a_loudspeaker_playing_is_a_message(start, wait, no_devices, spoken):
    application = start(spoken)
    wait(lambda: is_idle(application))
    press(application, Qt.Key.Key_Space)
    assert messages(application).startswith("No loudspeaker was found (0 outputs).")
    assert not application.playback.is_playing


def test_a_bug_while_recording_shows_a_report_and_keeps_the_take(start, wait, microphone, demo, monkeypatch):
    def scores(_self: object, windows: list[object]) -> list[object]:
        if windows:
            raise ZeroDivisionError("a mistake")
        return []

    monkeypatch.setattr("ser_desktop.emotion.classifier.EmotionClassifier.scores", scores)
    sound, _ = soundfile.read(demo, frames=3 * 22_050, dtype="float32")
    application = start()
    application.record()
    wait(lambda: is_live(application))
    microphone.hear(sound)
    wait(lambda: application.window.findChildren(QMessageBox))
    wait(lambda: not application.session.is_running)
    assert "ZeroDivisionError" in application.window.findChildren(QMessageBox)[0].detailedText()
    assert "ZeroDivisionError" in (log_folder() / "ser-desktop.log").read_text(encoding="utf-8")
    (take,) = Path(application.settings.recordings_folder).iterdir()
    assert soundfile.info(take).frames == len(sound) // 320 * 320


def test_closing_while_it_records_leaves_a_whole_recording(start, wait, microphone):
    application = start()
    application.record()
    wait(lambda: is_live(application))
    microphone.hear(LOUD)
    application.window.close()
    assert application.has_ended
    (take,) = Path(application.settings.recordings_folder).iterdir()
    assert soundfile.info(take).duration == 1.0
    assert not microphone.streams[-1].active


def test_closing_does_not_wait_for_a_microphone_that_hangs(start, wait, microphone):
    application = start(meter_before_recording=True)
    wait(lambda: microphone.streams)
    microphone.streams[-1].hang()
    try:
        application.window.close()
        assert application.has_ended
    finally:
        microphone.streams[-1].wake()
