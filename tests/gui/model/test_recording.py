from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QMessageBox
from windows import chosen, is_idle, is_live, is_paused, messages, names, press, status

from ser_desktop.dsp.loudness import QUIETEST_DBFS
from ser_desktop.gui.engine.job import Level, Progress
from ser_desktop.gui.model.recording_store import remembered_folder
from ser_desktop.settings import Settings, log_folder
from ser_desktop.values import Marker, State

RATE = 16_000
LOUD = np.full(RATE, 0.1, np.float32)  # one second


def test_a_missing_microphone_is_reported_and_files_can_still_be_opened(start, wait, no_devices, spoken):
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
    wait(lambda: is_paused(application))
    microphone.hear(LOUD)  # all of it before the pause ends, whenever that is
    press(application, Qt.Key.Key_P)
    wait(lambda: not is_paused(application))
    microphone.hear(LOUD)
    wait(lambda: application.session.timeline.end_s == 3.0)
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
        application.transport.record()
        wait(lambda: is_live(application))
        microphone.hear(LOUD)
        application.transport.stop()
        wait(lambda: is_idle(application))
        folder = Path(application.settings.recordings_folder)
        assert [soundfile.info(take).duration for take in folder.iterdir()] == [1.0] * count


def test_recording_while_another_is_read_is_not_ended_by_the_meter(start, wait, microphone, demo):
    application = start(demo, meter_before_recording=True)
    wait(lambda: len(application.session.timeline))
    application.transport.record()
    wait(lambda: is_live(application))
    microphone.hear(LOUD)
    wait(lambda: application.session.timeline.end_s == 1.0)
    assert is_live(application)


def test_a_file_opened_during_a_take_is_read_after_it(start, wait, microphone, spoken):
    application = start()
    application.transport.record()
    wait(lambda: is_live(application))
    take = application.session.shown
    application.open([spoken])
    assert "It is read once the recording has ended." in messages(application)
    assert [each.is_waiting for each in application.session.recordings] == [False, True]
    microphone.hear(LOUD)
    wait(lambda: take.position_s == 1.0)  # although another one is shown
    assert is_live(application)
    assert application.window.windowTitle().startswith(f"● recording {take.name}")
    application.transport.stop()
    wait(lambda: application.session.shown.name == "spoken.wav" and is_idle(application))
    assert (take.timeline.end_s, application.session.timeline.end_s) == (1.0, 4.0)


def test_a_file_whose_reading_a_take_interrupted_is_read_again_afterwards(start, wait, microphone, demo):
    application = start(demo)
    wait(lambda: len(application.session.timeline))
    application.transport.record()
    wait(lambda: is_live(application))
    interrupted = application.session.recordings[0]
    assert interrupted.timeline.end_s < 10.0
    microphone.hear(LOUD)
    application.transport.stop()
    wait(lambda: is_idle(application))
    assert interrupted.timeline.end_s > 20.0
    assert application.session.shown.end_s == 1.0


def test_another_recording_can_be_shown_while_one_is_made(start, wait, microphone, spoken):
    application = start(spoken)
    wait(lambda: is_idle(application))
    application.transport.record()
    wait(lambda: is_live(application))
    microphone.hear(LOUD)
    wait(lambda: application.session.timeline.end_s == 1.0)
    application.window.actions_.previous_recording.trigger()
    assert application.session.shown.name == "spoken.wav"
    microphone.hear(LOUD)
    take = application.session.running
    wait(lambda: take.timeline.end_s == 2.0)
    assert application.window.timeline.visible_range == (0.0, 4.0)
    assert not application.window.actions_.play.isEnabled()
    application.window.actions_.next_recording.trigger()
    assert application.session.shown is take
    assert application.window.timeline.is_following


def test_a_microphone_that_goes_away_is_reported_and_the_take_goes_on_when_it_is_back(start, wait, microphone):
    application = start(meter_before_recording=True)
    application.transport.record()
    wait(lambda: is_live(application))
    microphone.hear(LOUD)
    wait(lambda: application.session.timeline.end_s == 1.0)
    count = len(microphone.streams)
    microphone.go_away(for_s=2.0)
    wait(lambda: "The microphone “Fake Microphone” went away after 1.0 s." in messages(application))
    microphone.come_back()
    wait(lambda: len(microphone.streams) > count)
    microphone.hear(LOUD)
    wait(lambda: messages(application) == "The recording goes on. 2.0 s of sound are missing.")
    application.transport.stop()
    wait(lambda: is_idle(application))
    (take,) = Path(application.settings.recordings_folder).iterdir()
    assert soundfile.info(take).duration == application.session.timeline.end_s == 4.0
    assert not any(stream.active for stream in microphone.streams[:count])


def test_a_take_of_a_microphone_that_does_not_come_back_is_kept(start, wait, microphone):
    application = start()
    application.transport.record()
    wait(lambda: is_live(application))
    microphone.hear(LOUD)
    microphone.go_away()
    wait(lambda: "went away" in messages(application))
    application.transport.stop()
    wait(lambda: is_idle(application))
    (take,) = Path(application.settings.recordings_folder).iterdir()
    assert soundfile.info(take).duration == application.session.timeline.end_s == 1.0
    assert f"Kept as “{take}”." in messages(application)


def test_a_take_without_a_sample_leaves_no_file_and_no_tab(start, wait, microphone):
    application = start()
    application.transport.record()
    wait(lambda: is_live(application))
    application.transport.stop()
    wait(lambda: not application.session.is_running)
    assert list(Path(application.settings.recordings_folder).iterdir()) == []
    assert application.session.recordings == []
    assert not application.window.actions_.delete.isEnabled()
    assert "Kept" not in messages(application)


def test_only_zeros_are_reported_once_with_what_to_check(start, wait, microphone):
    application = start()
    application.transport.record()
    wait(lambda: is_live(application))
    microphone.hear(np.zeros(4 * RATE, np.float32))
    wait(lambda: messages(application))
    assert messages(application).startswith("The microphone delivers only zeros. Check that it is not muted")
    application.window.messages.close_messages()
    microphone.hear(np.zeros(RATE, np.float32))
    wait(lambda: application.session.timeline.end_s >= 5.0)
    assert "only zeros" not in messages(application)
    assert is_live(application)


def test_zeros_are_not_reported_while_nothing_is_recorded(start, wait, microphone):
    application = start()
    application.transport.record()
    wait(lambda: is_live(application))
    microphone.hear(np.full(RATE, 0.1, np.float32))
    wait(lambda: application.session.timeline.end_s >= 0.5)
    application.transport.stop()
    wait(lambda: not application.session.is_running)
    zeros = Progress(level=Level(QUIETEST_DBFS, QUIETEST_DBFS, is_clipped=False, is_zero=True))
    application.work.progressed.emit(zeros)
    assert "only zeros" not in messages(application)


def test_lost_sound_shows_in_the_status_bar(start, wait, microphone):
    application = start()
    application.transport.record()
    wait(lambda: is_live(application))
    microphone.streams[-1].hear(LOUD[:320], input_overflow=True)
    microphone.hear(LOUD)
    wait(lambda: "1 dropout" in status(application))


def test_the_meter_runs_before_and_after_a_recording(start, wait, microphone):
    application = start(meter_before_recording=True)
    wait(lambda: [stream.active for stream in microphone.streams] == [True])
    application.transport.record()
    wait(lambda: is_live(application))
    assert [stream.active for stream in microphone.streams] == [False, True]
    microphone.hear(LOUD)
    application.transport.stop()
    wait(lambda: [stream.active for stream in microphone.streams] == [False, False, True])


def test_the_meter_can_be_switched_off(start, wait, microphone):
    application = start(meter_before_recording=True)
    wait(lambda: microphone.streams)
    application.preferences.use(Settings(**{**chosen(application), "meter_before_recording": False}))
    wait(lambda: not microphone.streams[-1].active)
    application.preferences.use(Settings(**{**chosen(application), "meter_before_recording": True}))
    wait(lambda: microphone.streams[-1].active)


def test_devices_are_rescanned_only_with_no_stream_open(start, wait, devices, microphone):
    application = start(meter_before_recording=True)
    wait(lambda: microphone.streams)
    devices.rescans.clear()
    application.window.actions_.refresh.trigger()
    wait(lambda: microphone.streams[-1].active and len(microphone.streams) == 2)
    assert devices.rescans == [False]


def test_a_folder_that_cannot_be_made_is_reported(start, wait, microphone, tmp_path):
    (tmp_path / "file").write_text("")
    application = start(recordings_folder=str(tmp_path / "file" / "takes"))
    application.transport.record()
    assert "Choose another recordings folder in Settings." in messages(application)
    assert application.window.actions_.record.isEnabled()


def test_a_deleted_take_is_removed_from_disk_window_and_stored_state(start, wait, microphone):
    application = start()
    application.transport.record()
    wait(lambda: is_live(application))
    microphone.hear(LOUD)
    application.transport.stop()
    wait(lambda: is_idle(application))
    take = application.session.shown
    application.window.actions_.mark.trigger()
    assert len(list(remembered_folder().iterdir())) == 1
    application.files.delete(take)
    assert not take.path.exists()
    assert application.settings.recent_files == ()
    assert list(remembered_folder().iterdir()) == []
    actions = application.window.actions_
    enabled = [each.isEnabled() for each in (actions.delete, actions.save_as, actions.play, actions.export)]
    assert enabled == [False] * 4


def test_a_take_of_an_earlier_start_can_be_deleted_and_a_file_elsewhere_cannot(start, wait, no_devices, spoken, other):
    application = start(spoken, other, recordings_folder=str(other.parent))
    wait(lambda: is_idle(application))
    actions = application.window.actions_
    assert [actions.delete.isEnabled(), actions.rename.isEnabled()] == [False, False]
    actions.next_recording.trigger()
    assert [actions.delete.isEnabled(), actions.rename.isEnabled()] == [True, True]
    application.files.delete(application.session.shown)
    assert not other.exists()
    assert names(application) == ["spoken.wav"]
    assert application.settings.recent_files == (str(spoken),)


def test_a_renamed_take_keeps_its_markers_and_its_place_among_the_recent(start, wait, no_devices, other):
    application = start(other, recordings_folder=str(other.parent))
    wait(lambda: is_idle(application))
    application.session.move_cursor(1.0)
    application.window.actions_.mark.trigger()
    application.files.rename(application.session.shown, "talk")
    renamed = other.with_name("talk.wav")
    assert renamed.exists()
    assert not other.exists()
    assert application.window.windowTitle().startswith("talk.wav")
    assert application.settings.recent_files == (str(renamed),)
    application.window.close()
    again = start(renamed)
    assert again.session.shown.markers == (Marker(1.0, "1"),)
    assert len(list(remembered_folder().iterdir())) == 1


def test_a_take_is_not_renamed_while_it_is_recorded(start, wait, microphone):
    application = start()
    application.transport.record()
    wait(lambda: is_live(application))
    microphone.hear(LOUD)
    take = application.session.shown
    wait(lambda: take.position_s == 1.0)
    application.files.rename(take, "talk")
    assert "is being recorded. Stop the recording first." in messages(application)
    application.files.delete(take)
    assert take.path.exists()
    application.transport.stop()
    wait(lambda: is_idle(application))
    application.files.rename(take, "talk")
    assert [path.name for path in Path(application.settings.recordings_folder).iterdir()] == ["talk.wav"]


def test_while_recording_a_marker_is_set_at_the_current_time(start, wait, microphone):
    application = start()
    application.transport.record()
    wait(lambda: is_live(application))
    microphone.hear(LOUD)
    wait(lambda: application.session.shown.position_s == 1.0)
    press(application, Qt.Key.Key_M)
    assert application.session.shown.markers == (Marker(1.0, "1"),)


def test_playing_without_a_loudspeaker_is_reported(start, wait, no_devices, spoken):
    application = start(spoken)
    wait(lambda: is_idle(application))
    press(application, Qt.Key.Key_Space)
    assert messages(application).startswith("No loudspeaker was found (0 outputs).")
    assert not application.playback.is_playing


def test_a_bug_while_recording_shows_a_report_and_keeps_the_take(start, wait, microphone, demo, monkeypatch):
    def outputs(_self: object, windows: list[object]) -> list[object]:
        if windows:
            raise ZeroDivisionError("a mistake")
        return []

    monkeypatch.setattr("ser_desktop.emotion.classifier.EmotionClassifier.outputs", outputs)
    sound, _ = soundfile.read(demo, frames=3 * 22_050, dtype="float32")
    application = start()
    application.transport.record()
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
    application.transport.record()
    wait(lambda: is_live(application))
    microphone.hear(LOUD)
    application.window.close()
    assert not application.has_ended  # it asks
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
