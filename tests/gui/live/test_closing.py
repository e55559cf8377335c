from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from windows import is_live, names, press

SOUND = np.full(32_000, 0.1, np.float32)  # two seconds


def question(application):
    boxes = [box for box in application.window.findChildren(QMessageBox) if box.isVisible()]
    return boxes[0] if boxes else None


def record(start, wait, microphone):
    application = start()
    application.transport.record()
    wait(lambda: is_live(application))
    microphone.hear(SOUND)
    wait(lambda: application.session.shown.position_s == 2.0)
    return application


def test_quitting_while_recording_asks_once_and_the_recording_goes_on(start, wait, microphone):
    application = record(start, wait, microphone)
    press(application, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert "A recording is being made" in question(application).text()
    question(application).reject()
    assert application.window.isVisible()
    assert is_live(application)


def test_the_next_start_tells_what_was_kept_and_opens_it(start, wait, microphone):
    application = record(start, wait, microphone)
    application.window.close()
    stop = next(each for each in question(application).buttons() if each.text() == "Stop and quit")
    stop.click()
    assert application.has_ended
    kept = Path(application.settings.kept_recording)
    again = start(kept_recording=str(kept), kept_seconds=application.settings.kept_seconds)
    wait(lambda: again.window.offers.text)
    assert again.window.offers.text == (
        f"The recording that was running when the program was closed is kept: “{kept.name}” (0:02.0)."
    )
    next(each for each in again.window.offers.findChildren(QPushButton) if each.text() == "Open").click()
    wait(lambda: names(again) == [kept.name])
    assert again.settings.kept_recording == ""


def test_a_second_attempt_closes_and_leaves_no_question_open(start, wait, microphone):
    application = record(start, wait, microphone)
    application.window.close()
    application.window.close()
    assert application.has_ended
    assert question(application) is None
    assert QApplication.activeModalWidget() is None


def test_without_a_recording_it_closes_at_once_and_says_nothing_later(start, no_devices):
    application = start()
    application.window.close()
    assert application.has_ended
    assert application.settings.kept_recording == ""


def test_a_kept_recording_that_is_gone_is_not_mentioned(start, wait, no_devices, tmp_path):
    application = start(kept_recording=str(tmp_path / "gone.wav"), kept_seconds=1.0)
    wait(lambda: application.settings.kept_recording == "")
    assert application.window.offers.text == ""
