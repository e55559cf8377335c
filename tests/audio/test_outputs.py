from __future__ import annotations

import pytest

from ser_desktop.audio.outputs import OutputDevice, choose_output, find_output_device, list_output_names, unique_outputs
from ser_desktop.errors import AudioDeviceError

HOST_APIS = [{"name": "MME"}, {"name": "Windows WASAPI"}]
LONG = "Speakers (High Definition Audio Device)"


def portaudio_device(index: int, name: str, host_api: int, *, outputs: int = 2) -> dict:
    return {
        "index": index,
        "name": name,
        "hostapi": host_api,
        "max_input_channels": 2,
        "max_output_channels": outputs,
        "default_samplerate": 48_000.0,
    }


def loudspeakers(*names: str) -> list[OutputDevice]:
    return [OutputDevice(name, "ALSA", index, 48_000, 2) for index, name in enumerate(names)]


def test_a_loudspeaker_of_several_host_apis_is_shown_once_by_its_best_and_microphones_not_at_all():
    devices = [
        portaudio_device(0, LONG[:31], 0),  # MME cuts names
        portaudio_device(1, "Microphone", 1, outputs=0),
        portaudio_device(2, LONG, 1),
    ]
    assert unique_outputs(devices, HOST_APIS) == [OutputDevice(LONG, "Windows WASAPI", 2, 48_000, 2)]


def test_a_loudspeaker_is_found_by_its_exact_name():
    assert choose_output(loudspeakers("a", "b"), "b").index == 1


def test_without_a_name_it_is_the_default_and_without_a_default_the_first():
    outputs = loudspeakers("short", LONG)
    assert choose_output(outputs, None, default_name=LONG[:31]).name == LONG
    assert choose_output(outputs, None).name == "short"


def test_an_unknown_loudspeaker_is_reported_with_the_available_ones():
    with pytest.raises(AudioDeviceError, match=r"“c” is not there\. Connect it, .*“a”, “b”"):
        choose_output(loudspeakers("a", "b"), "c")


@pytest.mark.parametrize("name", [None, "a"])
def test_no_loudspeaker_is_reported_with_a_remedy(name):
    with pytest.raises(AudioDeviceError, match=r"No loudspeaker was found.*Connect one"):
        choose_output([], name)


@pytest.mark.microphone
def test_the_default_of_the_system_is_listed_and_found(virtual_mic):
    default = find_output_device(None)
    assert default.name in list_output_names()
    assert find_output_device(default.name) == default
