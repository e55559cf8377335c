from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from fakes import FakeInputStream

from ser_desktop.audio import devices
from ser_desktop.audio.devices import InputDevice, choose_device, find_input_device, list_input_devices, unique_inputs
from ser_desktop.errors import AudioDeviceError

HOST_APIS = [{"name": "MME"}, {"name": "Windows DirectSound"}, {"name": "Windows WASAPI"}, {"name": "Windows WDM-KS"}]
MAX_KB_A_SCAN = 2.0  # 0.4 KB were measured
WEBCAM = "Microphone (HD Pro Webcam C920 with a long name)"


def portaudio_device(index: int, name: str, host_api: int, *, inputs: int = 2, rate: float = 48_000.0) -> dict:
    return {
        "index": index,
        "name": name,
        "hostapi": host_api,
        "max_input_channels": inputs,
        "max_output_channels": 2,
        "default_samplerate": rate,
    }


def microphones(*names: str) -> list[InputDevice]:
    return [InputDevice(name, "ALSA", index, 48_000, 1) for index, name in enumerate(names)]


def test_a_microphone_of_several_host_apis_is_shown_once_by_its_best():
    devices = [
        portaudio_device(0, WEBCAM[:31], 0, rate=44_100.0),  # MME truncates names
        portaudio_device(1, WEBCAM, 1, rate=44_100.0),
        portaudio_device(2, WEBCAM, 2),
        portaudio_device(3, WEBCAM, 3),
        portaudio_device(4, "Line In", 3, inputs=8, rate=96_000.0),
    ]
    assert unique_inputs(devices, HOST_APIS) == [
        InputDevice(WEBCAM, "Windows WASAPI", 2, 48_000, 2),
        InputDevice("Line In", "Windows WDM-KS", 4, 96_000, 8),
    ]


def test_two_microphones_of_one_name_are_two():
    devices = [portaudio_device(0, "USB Microphone", 2), portaudio_device(1, "USB Microphone", 2)]
    assert [device.index for device in unique_inputs(devices, HOST_APIS)] == [0, 1]


def test_loudspeakers_are_not_microphones():
    assert unique_inputs([portaudio_device(0, "Speakers", 2, inputs=0)], HOST_APIS) == []


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("usb", "usb"),  # an exact match, although "USB" comes first
        ("USB", "USB"),
        ("built-in microphone", "Built-in Microphone"),
        ("webcam", "HD Webcam"),
    ],
)
def test_a_name_is_found_exactly_then_in_any_case_then_in_part(name, found):
    devices = microphones("USB", "usb", "Built-in Microphone", "HD Webcam")
    assert choose_device(devices, name).name == found


def test_an_unknown_name_is_reported_with_the_available_ones():
    with pytest.raises(AudioDeviceError, match=r"No microphone is called “flute”.*“USB”, “HD Webcam”"):
        choose_device(microphones("USB", "HD Webcam"), "flute")


def test_an_ambiguous_part_of_a_name_is_reported_with_its_matches():
    with pytest.raises(AudioDeviceError, match=r"“web” fits 2 microphones: “Webcam 1”, “Webcam 2”\. Give more"):
        choose_device(microphones("Webcam 1", "USB", "Webcam 2"), "web")


def test_without_a_name_it_is_the_default_under_its_full_name():
    devices = [InputDevice("USB", "Windows WASAPI", 0, 48_000, 1), InputDevice(WEBCAM, "Windows WASAPI", 1, 48_000, 2)]
    assert choose_device(devices, None, default_name=WEBCAM[:31]).name == WEBCAM


def test_without_a_name_and_a_default_it_is_the_first():
    assert choose_device(microphones("USB", "HD Webcam"), None).name == "USB"


@pytest.mark.parametrize("name", [None, "USB"])
def test_no_microphone_is_reported_with_a_remedy(name):
    with pytest.raises(AudioDeviceError, match=r"No microphone was found.*Connect one"):
        choose_device([], name)


def test_without_portaudio_the_error_has_the_package_to_install(tmp_path):
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')")
    script = (
        "from ser_desktop.audio.devices import list_input_devices\n"
        "from ser_desktop.errors import AudioDeviceError\n"
        "try: list_input_devices()\n"
        "except AudioDeviceError as error: print(error)\n"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])}
    ran = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True)
    assert "libportaudio2" in ran.stdout


@pytest.mark.microphone
def test_the_default_of_the_system_is_listed_and_found(virtual_mic):
    devices = list_input_devices()
    default = find_input_device(None)
    assert default in devices
    assert find_input_device(default.name) == default
    assert len({(device.name, device.host_api) for device in devices}) == len(devices)


def test_devices_are_not_rescanned_while_a_stream_hangs_in_close(monkeypatch):
    stream = FakeInputStream(InputDevice("Mic", "ALSA", 0, 16_000, 1), channels=1, blocksize=320, callback=print)
    stream.hang()
    monkeypatch.setattr(devices, "CLOSING_TIMEOUT_S", 0.05)
    monkeypatch.setattr(devices, "load_portaudio", lambda: pytest.fail("PortAudio would crash the process"))
    closing = threading.Thread(target=stream.close, daemon=True)
    closing.start()
    devices.register_stream_thread(closing)
    devices.rescan_devices()
    stream.wake()
    closing.join()
    with pytest.raises(pytest.fail.Exception):
        devices.rescan_devices()


@pytest.mark.skipif(sys.platform != "linux", reason="measures glibc's heap")
def test_scans_leave_no_memory():
    """A plugin of ALSA that was unloaded and loaded again at each scan left 12.6 KB each time."""
    script = (
        "from heaps import native_megabytes\n"
        "from ser_desktop.audio.devices import rescan_devices\n"
        "for _ in range(5): rescan_devices()\n"
        "before = native_megabytes()\n"
        "for _ in range(20): rescan_devices()\n"
        "print(1024 * (native_megabytes() - before) / 20)\n"
    )
    tools = Path(__file__).parents[1] / "reliability"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tools), *sys.path]), "PULSE_SERVER": "unix:/nowhere"}
    ran = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True)
    assert float(ran.stdout) < MAX_KB_A_SCAN
