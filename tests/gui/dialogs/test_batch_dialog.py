from __future__ import annotations

from pathlib import Path

import pytest
import soundfile

from ser_desktop.gui.dialogs.batch_dialog import BatchDialog
from ser_desktop.settings import Settings
from ser_desktop.values import VoiceChoice

PATIENCE_MS = 60_000


@pytest.fixture
def dialog(qtbot, manifest: Path, spoken: Path, tmp_path: Path) -> BatchDialog:
    """The dialog with a folder of two recordings and one file that is none."""
    folder = tmp_path / "talks"
    folder.mkdir()
    sound, rate = soundfile.read(spoken, dtype="int16")
    for name in ("a.wav", "b.wav"):
        soundfile.write(folder / name, sound, rate)
    (folder / "c.wav").write_bytes(b"no sound")
    dialog = BatchDialog(Settings(model_path=str(manifest)))
    qtbot.addWidget(dialog)
    dialog.workers.setValue(1)
    dialog.add_places([folder])
    return dialog


def test_a_folder_is_analysed_and_failures_are_told(dialog, qtbot, tmp_path):
    seen = []
    dialog.process.progressed.connect(lambda shown: seen.append(shown.progress.done))
    assert dialog.folder.text() == str(tmp_path / "talks – results")
    dialog.start()
    assert (dialog.start_button.isEnabled(), dialog.stop_button.isEnabled()) == (False, True)
    qtbot.waitUntil(lambda: dialog.state.text().startswith("Done: 3"), timeout=PATIENCE_MS)
    assert seen == [0, 1, 2, 3]
    assert "c.wav: " in dialog.failures.toPlainText()
    assert (tmp_path / "talks – results" / "a.csv").stat().st_size > 500
    dialog.start()  # everything is done already
    qtbot.waitUntil(lambda: dialog.state.text().startswith("Done: 3"), timeout=PATIENCE_MS)
    assert seen[4:] == [3]


def test_a_batch_is_stopped_and_says_that_it_goes_on(dialog, qtbot):
    dialog.process.progressed.connect(lambda _shown: dialog.process.stop())
    dialog.start()
    qtbot.waitUntil(lambda: not dialog.process.is_running, timeout=PATIENCE_MS)
    assert dialog.state.text().startswith("Stopped.")
    assert dialog.start_button.isEnabled()


def test_what_is_missing_or_impossible_is_one_sentence(dialog, qtbot, tmp_path):
    dialog.places.clear()
    dialog.start()
    assert dialog.state.text().startswith("Choose a folder")
    dialog.add_places([tmp_path / "nowhere"])
    dialog.start()
    qtbot.waitUntil(lambda: not dialog.process.is_running, timeout=PATIENCE_MS)
    assert "nowhere" in dialog.state.text()


def test_the_voice_of_the_recordings_is_chosen(dialog, monkeypatch):
    started = []
    monkeypatch.setattr(dialog.process, "start", started.append)
    dialog.show_voices(["Anna"], VoiceChoice("Anna"))
    dialog.start()
    dialog.voice.choose(VoiceChoice(is_several=True))
    dialog.start()
    dialog.voice.choose(VoiceChoice())
    dialog.start()
    named, several, unknown = (set(each) & {"--voice", "Anna", "--several-speakers"} for each in started)
    assert (named, several, unknown) == ({"--voice", "Anna"}, {"--several-speakers"}, set())
