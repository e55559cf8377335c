from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from PySide6.QtWidgets import QPushButton
from windows import is_idle, is_live, messages

from ser_desktop.audio.gaps import Gap, GapKind, read_gaps
from ser_desktop.audio.journal import JOURNALS, Journal
from ser_desktop.audio.recorder import WavRecorder
from ser_desktop.gui.app import Application
from ser_desktop.settings import state_folder
from ser_desktop.values import AudioChunk, State

RATE = 16_000
SECOND = np.full(RATE, 0.1, np.float32)


@pytest.fixture
def unfinished(own_folders: Path, tmp_path: Path) -> Path:
    """A recording with a pause, in the state that a crash leaves."""
    recorder = WavRecorder(tmp_path / "lost take.wav", RATE)
    journal = Journal(state_folder() / JOURNALS, recording=recorder.path, rate=RATE, device="Mic")
    recorder.write(AudioChunk(0, SECOND.copy()))
    recorder.write(AudioChunk(2 * RATE, SECOND.copy()))
    journal.add_gap(Gap(RATE, 2 * RATE, GapKind.PAUSE))
    content = recorder.path.read_bytes()
    recorder.close()
    recorder.path.write_bytes(content)  # without the chunks that only closing adds
    journal.close(is_finished=False)
    return recorder.path


def buttons(application: Application) -> dict[str, QPushButton]:
    bar = application.window.offers
    return {each.text(): each for each in bar.findChildren(QPushButton) if each.isVisible()}


def test_an_unfinished_recording_is_offered_and_recovered(start, wait, unfinished):
    application = start()
    wait(lambda: application.window.offers.text)
    assert application.window.offers.text.endswith("(0:03.00) was not finished: “lost take.wav”.")
    assert list(buttons(application)) == ["Recover", "Keep for later", "Discard"]
    buttons(application)["Recover"].click()
    wait(lambda: is_idle(application))
    gaps = [(each.start_s, each.end_s) for each in application.session.timeline if each.state is State.GAP]
    assert (gaps, application.session.timeline.end_s) == ([(1.0, 2.0)], 3.0)
    assert len(read_gaps(unfinished)) == 1
    assert not application.window.offers.isVisible()
    assert list((state_folder() / JOURNALS).iterdir()) == []


def test_an_unfinished_recording_kept_for_later_is_offered_again(start, wait, unfinished):
    for _start in (1, 2):
        application = start()
        wait(lambda application=application: application.window.offers.text)
        buttons(application)["Keep for later"].click()
        assert not application.window.offers.isVisible()
        application.window.close()
    assert unfinished.exists()


def test_a_discarded_recording_is_deleted(start, wait, unfinished):
    application = start()
    wait(lambda: application.window.offers.text)
    buttons(application)["Discard"].click()
    assert not unfinished.exists()
    assert list((state_folder() / JOURNALS).iterdir()) == []


def test_an_unfinished_recording_that_was_moved_is_reported(start, wait, unfinished):
    application = start()
    wait(lambda: application.window.offers.text)
    unfinished.unlink()
    buttons(application)["Recover"].click()
    assert "cannot be written: No such file" in messages(application)


def test_without_an_unfinished_recording_there_is_no_offer(start, wait):
    application = start()
    assert application.window.offers.text == ""
    assert not application.window.offers.isVisible()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_on_a_full_disk_the_recording_can_go_on_in_another_folder(start, wait, microphone, tmp_path, monkeypatch):
    application = start()
    monkeypatch.setattr(application.work, "record", lambda name, _path: _record(application, name))
    application.transport.record()
    wait(lambda: is_live(application))
    microphone.hear(SECOND)
    wait(lambda: application.window.offers.text)
    assert "No space left on device" in messages(application)
    assert list(buttons(application)) == ["Choose folder…", "Wait for room"]
    application.notices.go_on_in(tmp_path)
    wait(lambda: not application.window.offers.isVisible())
    microphone.hear(SECOND)
    application.transport.stop()
    wait(lambda: is_idle(application))
    assert application.session.info.path == tmp_path / "full.wav"
    assert soundfile.info(tmp_path / "full.wav").frames == 2 * RATE


def _record(application: Application, input_name: str) -> None:
    type(application.work).record(application.work, input_name, Path("/dev/full"))


def test_little_room_is_reported_once(start, wait, microphone, monkeypatch):
    monkeypatch.setattr("ser_desktop.audio.take_storage.TakeStorage.seconds_left", 300.0)
    application = start()
    application.transport.record()
    wait(lambda: is_live(application))
    microphone.hear(SECOND)
    wait(lambda: messages(application))
    assert messages(application) == "The disk has room for 5 more minutes of this recording."
