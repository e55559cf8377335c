"""Begins takes on the devices of the engine."""

from __future__ import annotations

from collections.abc import Callable

from ser_desktop.audio.devices import InputDevice
from ser_desktop.audio.take import Take
from ser_desktop.audio.take_storage import TakeStorage
from ser_desktop.errors import SerError
from ser_desktop.gui.engine.devices import Devices, find_input_after_rescan


def begin_take(
    devices: Devices,
    device: InputDevice,
    storage: TakeStorage,
    *,
    end: int | None = None,
    on_sound: Callable[[], None] | None = None,
) -> Take:
    """Open a microphone, also again after it was lost, and return its take, which has begun.

    Args:
        devices: Open and find the microphone.
        device: The microphone.
        storage: Stores the audio; closed with the take, and where none begins.
        end: Sample at which the take ends; ``None`` for no end.
        on_sound: Called from the take's thread when there is sound to read.

    Raises:
        SerError: The microphone cannot be opened.
    """
    try:
        return Take(
            device,
            storage,
            open_microphone=devices.open_microphone,
            find_device=lambda name: find_input_after_rescan(devices, name),
            end=end,
            on_sound=on_sound,
        )
    except SerError:
        storage.close()
        raise
