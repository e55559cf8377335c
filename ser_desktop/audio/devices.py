"""Which microphones there are, and which of them a name means."""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from ser_desktop.audio.alsa import alsa_lacks_configuration
from ser_desktop.audio.native_stderr import native_stderr_silenced
from ser_desktop.errors import AudioDeviceError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import ModuleType

MME_NAME_LENGTH = 31  # Windows' oldest interface cuts names here: the same microphone, a shorter name
HOST_API_ORDER = ("Core Audio", "Windows WASAPI", "ALSA", "Windows DirectSound", "MME", "JACK Audio Connection Kit")

CLOSING_TIMEOUT_S = 2.0
_stream_threads: set[threading.Thread] = set()  # PortAudio is one for the whole process, and so is this

CONNECT_ONE = "Connect one, allow this program to use it in the system's settings, and try again."
NO_ALSA_CONFIGURATION = "The sound system ALSA has no configuration, so that no device can be found."
INSTALL_ALSA_CONFIGURATION = (
    "Install it (Debian and Ubuntu: apt-get install libasound2-data), or unset ALSA_CONFIG_PATH, and try again."
)


@dataclass(frozen=True, slots=True)
class SoundDevice:
    """A microphone or a loudspeaker as the system offers it.

    Attributes:
        name: What the system calls it; the same after a restart.
        host_api: The system's sound interface that it is reached through.
        index: PortAudio's number; moves when devices come and go.
        rate: Samples per second that it prefers.
        channels: How many it has at most.
    """

    name: str
    host_api: str
    index: int
    rate: int
    channels: int


class InputDevice(SoundDevice):
    """A microphone."""

    __slots__ = ()


Device = TypeVar("Device", bound=SoundDevice)


def load_portaudio() -> ModuleType:
    """Return the module sounddevice; its first import makes PortAudio look for devices.

    Raises:
        AudioDeviceError: PortAudio is not installed, or ALSA is not configured.
    """
    try:
        with native_stderr_silenced():
            if "sounddevice" not in sys.modules and alsa_lacks_configuration():
                raise AudioDeviceError(NO_ALSA_CONFIGURATION, INSTALL_ALSA_CONFIGURATION)
            import sounddevice
    except OSError as error:
        raise AudioDeviceError(
            "The sound library PortAudio is not installed.",
            "Install it (Debian and Ubuntu: apt-get install libportaudio2) and try again.",
        ) from error
    return sounddevice


def list_input_devices() -> list[InputDevice]:
    """Return each microphone once, in the system's order; maybe none.

    PortAudio looks once, when it is first used: see :func:`rescan_devices`.

    Raises:
        AudioDeviceError: PortAudio is not installed.
    """
    portaudio = load_portaudio()
    return unique_inputs(portaudio.query_devices(), portaudio.query_hostapis())


def find_input_device(name: str | None) -> InputDevice:
    """Return the microphone with this name, or the system's default for ``None``.

    Raises:
        AudioDeviceError: There is no microphone, none or more than one with
            this name, or PortAudio is not installed.
    """
    portaudio = load_portaudio()
    devices = unique_inputs(portaudio.query_devices(), portaudio.query_hostapis())
    default_index = portaudio.default.device[0]
    default_name = portaudio.query_devices(default_index)["name"] if default_index >= 0 else None
    return choose_device(devices, name, default_name=default_name)


def register_stream_thread(thread: threading.Thread) -> None:
    """Remember a thread that holds a stream until it ends: before that, devices are not looked for anew."""
    _stream_threads.difference_update([each for each in _stream_threads if not each.is_alive()])
    _stream_threads.add(thread)


def rescan_devices() -> None:
    """Have PortAudio look for devices anew (about 40 ms); no stream may be open.

    A stream whose sound server hangs stays open while a thread waits for its
    end. PortAudio would then end the process, so after two seconds nothing is
    looked for, and the devices stay as they were.
    """
    give_up_at_s = time.monotonic() + CLOSING_TIMEOUT_S
    for thread in tuple(_stream_threads):
        thread.join(max(0.0, give_up_at_s - time.monotonic()))
        if thread.is_alive():
            return
        _stream_threads.discard(thread)
    portaudio = load_portaudio()
    with native_stderr_silenced():
        portaudio._terminate()  # sounddevice has no public name for these two
        portaudio._initialize()


def rescan_for_input(name: str | None) -> InputDevice:
    """Return the microphone of a name after looking for devices anew; no stream may be open.

    Raises:
        AudioDeviceError: It is not there.
    """
    rescan_devices()
    return find_input_device(name)


def unique_inputs(devices: Sequence[Mapping[str, Any]], host_apis: Sequence[Mapping[str, Any]]) -> list[InputDevice]:
    """Return the inputs among PortAudio's devices, a microphone known to several interfaces only once.

    The interface that comes first in :data:`HOST_API_ORDER` is kept. Two
    microphones of one name in the same interface are two.

    Args:
        devices: What ``sounddevice.query_devices()`` returns.
        host_apis: What ``sounddevice.query_hostapis()`` returns.
    """
    return unique_devices(InputDevice, devices, host_apis, channels="max_input_channels")


def unique_devices(
    kind: type[Device], devices: Sequence[Mapping[str, Any]], host_apis: Sequence[Mapping[str, Any]], *, channels: str
) -> list[Device]:
    """Return the devices that have channels of one direction, each by the best of the interfaces that know it.

    Args:
        kind: What to make of them.
        devices: What ``sounddevice.query_devices()`` returns.
        host_apis: What ``sounddevice.query_hostapis()`` returns.
        channels: ``max_input_channels`` or ``max_output_channels``.
    """
    found = [
        kind(
            name=device["name"],
            host_api=host_apis[device["hostapi"]]["name"],
            index=device["index"],
            rate=round(device["default_samplerate"]),
            channels=device[channels],
        )
        for device in devices
        if device[channels] > 0
    ]
    best: dict[str, str] = {}
    for device in sorted(found, key=_host_api_rank):
        best.setdefault(_short_name(device.name), device.host_api)
    return [device for device in found if best[_short_name(device.name)] == device.host_api]


def default_device(devices: Sequence[Device], default_name: str | None) -> Device:
    """Return the device of the system's default name; the first where that is ``None`` or not among them."""
    wanted = None if default_name is None else _short_name(default_name)
    return next((device for device in devices if _short_name(device.name) == wanted), devices[0])


def choose_device(devices: Sequence[InputDevice], name: str | None, *, default_name: str | None = None) -> InputDevice:
    """Return the device that a name means: exactly, in any case, or as the only one that contains it.

    Args:
        devices: What there is to choose from.
        name: What the user called it, or ``None`` for the default.
        default_name: Name of the default; the first device where it is
            ``None`` or not in ``devices``.

    Raises:
        AudioDeviceError: There is no device, or none or more than one with
            this name.
    """
    if not devices:
        raise AudioDeviceError("No microphone was found (0 inputs).", CONNECT_ONE)
    if name is None:
        return default_device(devices, default_name)
    exact = [device for device in devices if device.name == name]
    same_letters = [device for device in devices if device.name.casefold() == name.casefold()]
    if exact or same_letters:
        return (exact or same_letters)[0]
    containing = [device for device in devices if name.casefold() in device.name.casefold()]
    if len(containing) == 1:
        return containing[0]
    known = ", ".join(f"“{device.name}”" for device in containing or devices)
    if containing:
        raise AudioDeviceError(
            "“{name}” fits {count} microphones: {known}.",
            "Give more of the name.",
            name=name,
            count=len(containing),
            known=known,
        )
    raise AudioDeviceError("No microphone is called “{name}”.", "Choose one of these: {known}.", name=name, known=known)


def _host_api_rank(device: SoundDevice) -> int:
    known = device.host_api in HOST_API_ORDER
    return HOST_API_ORDER.index(device.host_api) if known else len(HOST_API_ORDER)


def _short_name(name: str) -> str:
    return name[:MME_NAME_LENGTH]
