"""Lists microphones and finds one by its name."""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypedDict, TypeVar

from ser_desktop.audio.alsa import alsa_lacks_configuration, keep_plugins_loaded
from ser_desktop.audio.native_stderr import native_stderr_silenced
from ser_desktop.errors import AudioDeviceError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

MME_NAME_LENGTH = 31  # characters; MME, Windows' oldest audio API, truncates names to this length
HOST_API_ORDER = ("Core Audio", "Windows WASAPI", "ALSA", "Windows DirectSound", "MME", "JACK Audio Connection Kit")

CLOSING_TIMEOUT_S = 2.0
_stream_threads: set[threading.Thread] = set()  # one set, because PortAudio has one state for the whole process

CONNECT_ONE = "Connect one, allow this program to use it in the system's settings, and try again."
NO_ALSA_CONFIGURATION = "The sound system ALSA has no configuration, so that no device can be found."
INSTALL_ALSA_CONFIGURATION = (
    "Install it (Debian and Ubuntu: apt-get install libasound2-data), or unset ALSA_CONFIG_PATH, and try again."
)


@dataclass(frozen=True, slots=True)
class SoundDevice:
    """A microphone or a loudspeaker that PortAudio lists.

    Attributes:
        name: The system's name for it; stable across restarts.
        host_api: The host API (ALSA, WASAPI …) that reaches it.
        index: PortAudio's index; changes when devices are connected or removed.
        rate: Default sample rate, Hz.
        channels: Maximum number of channels.
    """

    name: str
    host_api: str
    index: int
    rate: int
    channels: int


class InputDevice(SoundDevice):
    """A microphone."""

    __slots__ = ()


class PortAudioDevice(TypedDict):
    """The keys used of a device in ``sounddevice.query_devices()``."""

    index: int
    name: str
    hostapi: int
    max_input_channels: int
    max_output_channels: int
    default_samplerate: float


class PortAudioHostApi(TypedDict):
    """The key used of a host API in ``sounddevice.query_hostapis()``."""

    name: str


Device = TypeVar("Device", bound=SoundDevice)
ChannelKey = Literal["max_input_channels", "max_output_channels"]


def load_portaudio() -> ModuleType:
    """Return the module sounddevice; its first import initialises PortAudio, which scans the devices.

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
    """Return each microphone once, in the system's order; the list may be empty.

    PortAudio scans the devices once, when it is initialised: see :func:`rescan_devices`.

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
    """Register a thread that uses a stream until the thread ends.

    :func:`rescan_devices` waits for registered threads, because PortAudio must
    not be terminated while a stream is open.
    """
    _stream_threads.difference_update([each for each in _stream_threads if not each.is_alive()])
    _stream_threads.add(thread)


def rescan_devices() -> None:
    """Terminate and initialise PortAudio, which scans the devices (about 40 ms); no stream may be open.

    A stream on a sound server that hangs stays open until its closing thread
    ends. Terminating PortAudio then would crash the process. So if a registered
    thread has not ended within 2 s, the device list stays as it was.
    """
    deadline_s = time.monotonic() + CLOSING_TIMEOUT_S
    for thread in tuple(_stream_threads):
        thread.join(max(0.0, deadline_s - time.monotonic()))
        if thread.is_alive():
            return
        _stream_threads.discard(thread)
    portaudio = load_portaudio()
    keep_plugins_loaded()
    with native_stderr_silenced():
        portaudio._terminate()  # private names: sounddevice has no public function for a rescan
        portaudio._initialize()


def rescan_for_input(name: str | None) -> InputDevice:
    """Rescan the devices and return the microphone with this name; no stream may be open.

    Raises:
        AudioDeviceError: There is no such microphone.
    """
    rescan_devices()
    return find_input_device(name)


def unique_inputs(devices: Sequence[PortAudioDevice], host_apis: Sequence[PortAudioHostApi]) -> list[InputDevice]:
    """Return the inputs among PortAudio's devices; a microphone listed by several host APIs appears once.

    It is taken from the host API that comes first in :data:`HOST_API_ORDER`. Two
    microphones with the same name in one host API are two devices.

    Args:
        devices: The result of ``sounddevice.query_devices()``.
        host_apis: The result of ``sounddevice.query_hostapis()``.
    """
    return unique_devices(InputDevice, devices, host_apis, channels="max_input_channels")


def unique_devices(
    kind: type[Device],
    devices: Sequence[PortAudioDevice],
    host_apis: Sequence[PortAudioHostApi],
    *,
    channels: ChannelKey,
) -> list[Device]:
    """Return the devices with channels of one direction, each from its best host API.

    Args:
        kind: Class of the returned devices.
        devices: The result of ``sounddevice.query_devices()``.
        host_apis: The result of ``sounddevice.query_hostapis()``.
        channels: The key that holds the number of channels.
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
    """Return the device with the default's name; the first device if the name is ``None`` or not listed."""
    wanted = None if default_name is None else _short_name(default_name)
    return next((device for device in devices if _short_name(device.name) == wanted), devices[0])


def choose_device(devices: Sequence[InputDevice], name: str | None, *, default_name: str | None = None) -> InputDevice:
    """Return the device that matches a name.

    An exact match comes first, then one that ignores case, then the only device
    whose name contains ``name``.

    Args:
        devices: The devices to choose from.
        name: Name or part of it; ``None`` means the default device.
        default_name: Name of the default device; if it is ``None`` or not in
            ``devices``, the first device is the default.

    Raises:
        AudioDeviceError: ``devices`` is empty, or the name matches no device or
            more than one.
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
