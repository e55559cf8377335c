"""The microphones and loudspeakers of the computer, as one value that is passed to the engine and the player."""

from __future__ import annotations

from typing import Protocol

from ser_desktop.audio.devices import InputDevice, find_input_device, list_input_devices, rescan_devices
from ser_desktop.audio.microphone import Microphone
from ser_desktop.audio.outputs import OutputDevice, find_output_device, list_output_names
from ser_desktop.errors import AudioDeviceError


class Devices(Protocol):
    """Access to the sound devices."""

    def rescan(self) -> None:
        """Refresh the list of devices, which PortAudio reads once; no stream may be open.

        Raises:
            AudioDeviceError: PortAudio is not installed.
        """

    def input_names(self) -> list[str]:
        """Return the name of each microphone, in the system's order.

        Raises:
            AudioDeviceError: PortAudio is not installed.
        """

    def output_names(self) -> list[str]:
        """Return the name of each loudspeaker, in the system's order.

        Raises:
            AudioDeviceError: PortAudio is not installed.
        """

    def find_input(self, name: str | None) -> InputDevice:
        """Return the microphone of this name; for ``None`` the system's default.

        Raises:
            AudioDeviceError: There is none of this name.
        """

    def find_output(self, name: str | None) -> OutputDevice:
        """Return the loudspeaker of this name; for ``None`` the system's default.

        Raises:
            AudioDeviceError: There is none of this name.
        """

    def open_microphone(self, device: InputDevice) -> Microphone:
        """Open a microphone and start to listen.

        Raises:
            AudioDeviceError: It is busy or gone, or refuses its own sample rate.
        """


class SystemDevices:
    """The devices of this computer, through PortAudio."""

    def rescan(self) -> None:
        """Refresh the list of devices; no stream may be open."""
        rescan_devices()

    def input_names(self) -> list[str]:
        """Return the name of each microphone."""
        return [device.name for device in list_input_devices()]

    def output_names(self) -> list[str]:
        """Return the name of each loudspeaker."""
        return list_output_names()

    def find_input(self, name: str | None) -> InputDevice:
        """Return the microphone of this name."""
        return find_input_device(name)

    def find_output(self, name: str | None) -> OutputDevice:
        """Return the loudspeaker of this name."""
        return find_output_device(name)

    def open_microphone(self, device: InputDevice) -> Microphone:
        """Open a microphone and start to listen."""
        return Microphone(device)


def find_input_after_rescan(devices: Devices, name: str | None) -> InputDevice:
    """Return a microphone, also one that was plugged in since the last scan; no stream may be open.

    Raises:
        AudioDeviceError: It is not connected.
    """
    devices.rescan()
    return devices.find_input(name)


def find_input_or_rescan(devices: Devices, name: str | None) -> InputDevice:
    """Return a microphone; only one that is missing from the list costs a rescan (40 ms). No stream may be open.

    Raises:
        AudioDeviceError: It is not connected.
    """
    try:
        return devices.find_input(name)
    except AudioDeviceError:
        return find_input_after_rescan(devices, name)
