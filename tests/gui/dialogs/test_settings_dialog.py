from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFileDialog, QLabel, QTabWidget, QWidget

from ser_desktop import paths
from ser_desktop.emotion.model_file import Model, open_model
from ser_desktop.gui.dialogs.settings_dialog import SettingsDialog
from ser_desktop.gui.engine.engine import Engine
from ser_desktop.gui.widgets.message_view import MessageBar
from ser_desktop.gui.widgets.voice_box import VoiceBox
from ser_desktop.settings import Settings
from ser_desktop.values import VoiceChoice

CHOSEN = Settings(
    input_name="USB Microphone",
    output_name="Headphones",
    window_s=2.0,
    hop_s=0.5,
    smoothing_s=1.0,
    high=0.8,
    medium=0.6,
    device="cuda",
    theme="dark",
    language="de",
    voice="Anna",
    recordings_folder=str(Path.home() / "takes"),
    meter_before_recording=False,
    stacked=False,
    note_read=True,
    recent_files=("a.wav",),
    window_geometry="abc",
    splitter="def",
)


@pytest.fixture
def make(qtbot, devices, tiny_manifest):
    def make_dialog(settings: Settings = CHOSEN, *, built_in: Path = tiny_manifest) -> SettingsDialog:
        dialog = SettingsDialog(
            settings, ["USB Microphone", "Webcam", "default"], ["Headphones", "default"], built_in=built_in
        )
        qtbot.addWidget(dialog)
        engine = Engine(devices)  # in the thread of the test, so that its signals arrive at once
        engine.setParent(dialog)
        dialog.model_requested.connect(engine.check_model)
        engine.model_checked.connect(dialog.show_requested_model)
        engine.model_check_failed.connect(dialog.show_refused_model)
        dialog.show()
        return dialog

    return make_dialog


@pytest.fixture
def tiny_manifest(tiny_model: Model) -> Path:
    return tiny_model.folder / "tiny.json"


def named(dialog: QDialog, name: str):
    """Return the control with this accessible name."""
    found = [each for each in dialog.findChildren(QWidget) if each.accessibleName() == name]
    assert len(found) == 1, name
    return found[0]


def message(dialog: QDialog) -> str:
    bar = dialog.findChild(MessageBar)
    return bar.accessibleDescription() if bar.isVisible() else ""


def press(qtbot, dialog: QDialog, name: str) -> None:
    qtbot.mouseClick(named(dialog, name), Qt.MouseButton.LeftButton)


def test_ok_without_a_change_changes_nothing(make):
    dialog = make()
    assert message(dialog) == ""
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.chosen == CHOSEN


def test_ok_without_a_change_keeps_the_defaults(make):
    dialog = make(Settings())
    dialog.accept()
    assert dialog.chosen == Settings()


def test_choices_apply_after_ok(qtbot, make):
    dialog = make()
    named(dialog, "Microphone").setCurrentText("Webcam")
    named(dialog, "Loudspeaker").setCurrentIndex(0)
    named(dialog, "Show the level before recording").setChecked(True)
    named(dialog, "Window").setValue(1.5)
    named(dialog, "Hop").setValue(0.25)
    named(dialog, "Smoothing").setValue(0.0)
    named(dialog, "Claim an emotion as the model").setChecked(False)
    named(dialog, "Claim an emotion from").setValue(75)
    named(dialog, "Runs on").setCurrentIndex(1)
    named(dialog, "Theme").setCurrentText("Light")
    named(dialog, "Language").setCurrentText("English")
    named(dialog, "Voice").choose(VoiceChoice(is_several=True))
    named(dialog, "Folder for recordings").setText(str(Path.home()))
    assert dialog.chosen == CHOSEN
    press(qtbot, dialog, "OK")
    assert dialog.chosen == Settings(
        input_name="Webcam",
        output_name=None,
        window_s=1.5,
        hop_s=0.25,
        smoothing_s=0.0,
        abstain_threshold=0.75,
        high=0.8,
        medium=0.6,
        device="cpu",
        theme="light",
        language="en",
        several_speakers=True,
        recordings_folder=str(Path.home()),
        meter_before_recording=True,
        stacked=False,
        note_read=True,
        recent_files=("a.wav",),
        window_geometry="abc",
        splitter="def",
    )


def test_cancel_changes_nothing(qtbot, make):
    dialog = make()
    named(dialog, "Theme").setCurrentText("Light")
    press(qtbot, dialog, "Cancel")
    assert dialog.result() == QDialog.DialogCode.Rejected
    assert dialog.chosen == CHOSEN


def test_restored_defaults_keep_what_the_dialog_does_not_show(qtbot, make):
    dialog = make()
    press(qtbot, dialog, "Restore defaults")
    assert dialog.chosen == CHOSEN
    dialog.accept()
    assert dialog.chosen == Settings(
        high=0.8,
        medium=0.6,
        stacked=False,
        note_read=True,
        recent_files=("a.wav",),
        window_geometry="abc",
        splitter="def",
    )


def test_a_missing_device_stays_chosen_and_is_shown_as_not_connected(make):
    dialog = make(Settings(input_name="Pulled out"))
    assert named(dialog, "Microphone").currentText() == "Pulled out (not connected)"
    dialog.accept()
    assert dialog.chosen.input_name == "Pulled out"


@pytest.mark.parametrize("chosen", [None, "default"])  # “default” is ALSA's name for it
def test_the_devices_that_the_system_chooses_are_one_row(make, chosen):
    dialog = make(Settings(input_name=chosen, output_name=chosen))
    for name, others in (("Microphone", ["USB Microphone", "Webcam"]), ("Loudspeaker", ["Headphones"])):
        box = named(dialog, name)
        assert [box.itemText(row) for row in range(box.count())] == ["System default", *others]
        assert box.currentText() == "System default"


def choices_of_device(dialog: QDialog) -> list[str]:
    box = named(dialog, "Runs on")
    return [box.itemText(row) for row in range(box.count())]


@pytest.mark.parametrize(
    ("platform", "card"), [("linux", "NVIDIA graphics card (CUDA)"), ("darwin", "Apple graphics (MPS)")]
)
def test_the_graphics_card_of_this_system_is_offered_where_torch_is_installed(make, monkeypatch, platform, card):
    monkeypatch.setattr(sys, "platform", platform)
    assert choices_of_device(make(Settings())) == ["Automatic (the CPU)", "CPU", card]


def test_without_torch_no_graphics_card_is_offered_and_a_hint_says_why(make, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)  # its import fails
    dialog = make(Settings())
    assert choices_of_device(dialog) == ["Automatic (the CPU)", "CPU"]
    assert any("It would need torch, which is not installed." in each.text() for each in dialog.findChildren(QLabel))


def test_a_chosen_graphics_card_that_cannot_be_used_stays_chosen(make, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    dialog = make(Settings(device="cuda"))
    assert named(dialog, "Runs on").currentText() == "NVIDIA graphics card (CUDA) (cannot be used here)"
    dialog.accept()
    assert dialog.chosen.device == "cuda"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "cannot be read"),
        ("no json", "is not JSON text"),
        ('{"format": 7}', "format must be one of 1, got 7"),
    ],
)
def test_a_wrong_model_is_refused_with_the_reason_and_the_old_one_stays(make, tmp_path, content, reason):
    wrong = tmp_path / "wrong.json"
    if content is not None:
        wrong.write_text(content)
    dialog = make()
    before = named(dialog, "Model").text()
    dialog.use_model(str(wrong))
    assert reason in message(dialog)
    assert named(dialog, "Model").text() == before
    dialog.accept()
    assert dialog.chosen == CHOSEN


def test_a_model_without_its_network_is_refused(make, tmp_path, tiny_manifest):
    alone = tmp_path / "alone.json"
    alone.write_bytes(tiny_manifest.read_bytes())
    dialog = make()
    dialog.use_model(str(alone))
    assert "cannot be read" in message(dialog)


def other_model(tiny_manifest: Path, folder: Path) -> Path:
    """The small model under another name, for windows of 1 to 2 s."""
    for file in tiny_manifest.parent.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    manifest = folder / "other.json"
    described = json.loads(tiny_manifest.read_text()) | {"name": "other", "window_s": 2.0}
    manifest.write_text(json.dumps(described))
    return manifest


def test_another_model_is_used_with_its_window_limits(qtbot, make, tmp_path, tiny_manifest, monkeypatch):
    manifest = other_model(tiny_manifest, tmp_path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(manifest), ""))
    dialog = make(Settings(window_s=3.0))
    dialog.use_model(str(tmp_path / "missing.json"))
    dialog.findChild(QTabWidget).setCurrentIndex(1)
    press(qtbot, dialog, "Choose model")
    assert named(dialog, "Model").text().startswith("other@")
    assert message(dialog) == ""  # the earlier refusal is no longer shown
    assert named(dialog, "Window").value() == 2.0
    dialog.accept()
    assert (dialog.chosen.model_path, dialog.chosen.window_s) == (str(manifest), 2.0)


def test_until_a_model_has_been_read_the_old_one_stays_and_the_window_does_not_wait(qtbot, tiny_model, tiny_manifest):
    dialog = SettingsDialog(CHOSEN, [], [], built_in=tiny_manifest)
    qtbot.addWidget(dialog)
    requested = QSignalSpy(dialog.model_requested)
    dialog.show()
    dialog.use_model("slow.json")
    dialog.use_model("other.json")
    assert [requested.at(n)[0] for n in range(3)] == [str(tiny_manifest), "slow.json", "other.json"]
    assert not named(dialog, "OK").isEnabled()
    dialog.show_requested_model("slow.json", tiny_model.info)  # late: another one has been requested since
    assert not named(dialog, "OK").isEnabled()
    dialog.show_refused_model("other.json", "It is no model.")
    assert message(dialog) == "It is no model."
    assert named(dialog, "OK").isEnabled()
    dialog.accept()
    assert dialog.chosen.model_path == CHOSEN.model_path


def test_the_built_in_model_can_be_chosen_again(qtbot, make, tmp_path, tiny_manifest):
    dialog = make(Settings(model_path=str(other_model(tiny_manifest, tmp_path))))
    assert named(dialog, "Model").text().startswith("other@")
    dialog.findChild(QTabWidget).setCurrentIndex(1)
    press(qtbot, dialog, "Built-in model")
    assert named(dialog, "Model").text().endswith("(built in)")
    dialog.accept()
    assert dialog.chosen.model_path is None


def test_a_file_dialog_that_is_cancelled_changes_nothing(qtbot, make, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    dialog = make()
    dialog.findChild(QTabWidget).setCurrentIndex(1)
    press(qtbot, dialog, "Choose model")
    dialog.findChild(QTabWidget).setCurrentIndex(2)
    press(qtbot, dialog, "Choose folder")
    dialog.accept()
    assert dialog.chosen == CHOSEN


def test_a_missing_model_is_reported_and_stays_chosen(make, tmp_path):
    gone = str(tmp_path / "gone.json")
    dialog = make(Settings(model_path=gone, window_s=4.0))
    assert "gone.json cannot be read" in message(dialog)
    assert named(dialog, "Model").text() == "gone.json (cannot be used)"
    dialog.accept()
    assert dialog.chosen == Settings(model_path=gone, window_s=4.0)


def test_the_longest_window_follows_the_model(make, tmp_path, tiny_manifest):
    dialog = make(Settings())
    window, longest = named(dialog, "Window"), named(dialog, "Maximum window of the model")
    assert (window.isEnabled(), window.value()) == (False, 3.0)
    dialog.use_model(str(other_model(tiny_manifest, tmp_path)))
    assert window.value() == 2.0
    longest.setChecked(False)
    assert window.isEnabled()
    dialog.accept()
    assert dialog.chosen.window_s == 2.0


def test_no_hop_is_longer_than_the_window(make):
    dialog = make()
    named(dialog, "Hop").setValue(2.0)
    named(dialog, "Window").setValue(1.0)
    assert named(dialog, "Hop").value() == 1.0
    dialog.accept()
    assert (dialog.chosen.window_s, dialog.chosen.hop_s) == (1.0, 1.0)


def test_the_models_own_threshold_is_the_default_and_is_shown_with_what_was_measured(make):
    dialog = make(Settings(), built_in=paths.default_model())
    own = open_model(paths.default_model()).info
    field, hint = named(dialog, "Claim an emotion from"), hints(dialog)
    assert not field.isEnabled()
    assert field.value() == round(100 * own.abstain_threshold)
    right = own.manifest["figures"]["windows_shown"]["accuracy"]
    assert f"{100 * right:.0f} % is right" in hint
    assert "In other corpora" in hint


def test_for_another_threshold_only_what_was_measured_is_said(make):
    dialog = make(Settings(), built_in=paths.default_model())
    named(dialog, "Claim an emotion as the model").setChecked(False)
    named(dialog, "Claim an emotion from").setValue(62)
    assert "This was not measured." in hints(dialog)
    assert "from 50 % on" in hints(dialog)
    assert "from 68 % on" in hints(dialog)
    assert "In other corpora" not in hints(dialog)
    dialog.accept()
    assert dialog.chosen == Settings(abstain_threshold=0.62)


def hints(dialog: QDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


@pytest.mark.parametrize("folder", ["", "   ", "takes", __file__])
def test_an_invalid_folder_is_reported_and_the_dialog_stays_open(make, folder):
    dialog = make()
    named(dialog, "Folder for recordings").setText(folder)
    dialog.accept()
    assert dialog.isVisible()
    assert "not the whole path of a folder" in message(dialog)
    assert named(dialog, "Folder for recordings").isVisible()
    assert dialog.chosen == CHOSEN


def test_a_folder_can_be_chosen(qtbot, make, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    dialog = make()
    dialog.findChild(QTabWidget).setCurrentIndex(2)
    press(qtbot, dialog, "Choose folder")
    dialog.accept()
    assert dialog.chosen.recordings_folder == str(tmp_path)


def test_the_message_is_completely_visible(qtbot, make, tmp_path):
    dialog = make()
    dialog.use_model(str(tmp_path / ("a_long_name_" * 30)))
    bar = dialog.findChild(MessageBar)
    qtbot.waitUntil(lambda: bar.height() >= bar.minimumSizeHint().height() > 0)


def test_tab_reaches_every_control_of_each_page_and_each_has_a_name(qtbot, make):
    dialog = make()
    tabs = dialog.findChild(QTabWidget)
    for index in range(tabs.count()):
        tabs.setCurrentIndex(index)
        expected = {
            each
            for each in dialog.findChildren(QWidget)
            if each.isVisible() and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
            if not each.objectName().startswith("qt_")  # Qt's own parts of a control
        }
        for each in expected - {tabs, tabs.tabBar()}:
            assert each.accessibleName(), each
            assert each.accessibleDescription() or each.toolTip(), each
        first = each = tabs.tabBar()
        walked = {tabs}
        while each not in walked:
            walked.add(each)
            each = each.nextInFocusChain()
        assert expected <= walked
        assert first in walked


def test_enter_is_ok_and_escape_is_cancel(qtbot, make):
    dialog = make()
    assert dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).isDefault()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.result() == QDialog.DialogCode.Rejected
    assert not dialog.isVisible()


def test_every_hint_is_completely_visible(qtbot, make):
    dialog = make()
    dialog.show()
    dialog.resize(dialog.minimumSizeHint())
    tabs = dialog.findChild(QTabWidget)
    for index in range(tabs.count()):
        tabs.setCurrentIndex(index)
        hints = [each for each in tabs.currentWidget().findChildren(QLabel) if each.wordWrap()]
        assert hints
        qtbot.waitUntil(lambda hints=hints: all(each.height() >= each.heightForWidth(each.width()) for each in hints))


def test_a_language_is_chosen_by_its_own_name(make):
    dialog = make(Settings())
    (box,) = [each for each in dialog.findChildren(QComboBox) if each.accessibleName() == "Language"]
    assert [box.itemText(index) for index in range(box.count())] == ["As the system", "English", "Deutsch"]
    box.setCurrentIndex(2)
    dialog.accept()
    assert dialog.chosen.language == "de"


def test_a_voice_is_chosen_for_new_recordings(qtbot):
    dialog = SettingsDialog(Settings(), [], [], voices=["Anna"])
    qtbot.addWidget(dialog)
    (box,) = dialog.findChildren(VoiceBox)
    box.choose(VoiceChoice(is_several=True))
    dialog.accept()
    assert (dialog.chosen.voice, dialog.chosen.several_speakers) == ("", True)
