"""Lists loudspeakers, finds one by its name and opens its stream."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from ser_desktop.audio.devices import SoundDevice, default_device, load_portaudio, unique_devices
from ser_desktop.audio.native_stderr import native_stderr_silenced
from ser_desktop.errors import AudioDeviceError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    import numpy.typing as npt

    from ser_desktop.audio.devices import PortAudioDevice, PortAudioHostApi

    Fill = Callable[[npt.NDArray[np.float32], float], None]

LATENCY_S = 0.1  # requested from PortAudio; painting the window can delay the callback by 30 ms


class OutputDevice(SoundDevice):
    """A loudspeaker or headphones."""

    __slots__ = ()


class OutputStream(Protocol):
    """The part of ``sounddevice.OutputStream`` that a :class:`Player` uses."""

    @property
    def active(self) -> bool:
        """Whether the stream runs; false after it was closed or has failed."""

    def close(self) -> None:
        """Stop at once, without playing the queued blocks."""


def list_output_names() -> list[str]:
    """Return the name of each loudspeaker once, in the system's order; the list may be empty.

    Raises:
        AudioDeviceError: PortAudio is not installed.
    """
    portaudio = load_portaudio()
    outputs = unique_outputs(portaudio.query_devices(), portaudio.query_hostapis())
    return list(dict.fromkeys(output.name for output in outputs))


def find_output_device(name: str | None) -> OutputDevice:
    """Return the loudspeaker with this name, or the system's default for ``None``.

    Raises:
        AudioDeviceError: There is no loudspeaker, or none with this name, or
            PortAudio is not installed.
    """
    portaudio = load_portaudio()
    outputs = unique_outputs(portaudio.query_devices(), portaudio.query_hostapis())
    default_index = portaudio.default.device[1]
    default_name = portaudio.query_devices(default_index)["name"] if default_index >= 0 else None
    return choose_output(outputs, name, default_name=default_name)


def open_output_stream(device: OutputDevice, *, channels: int, blocksize: int, fill: Fill) -> OutputStream:
    """Open and start a stream that requests float32 blocks of a fixed size.

    Args:
        device: The loudspeaker; its default rate is used.
        channels: Columns of a block.
        blocksize: Rows of a block.
        fill: Called by PortAudio's thread with a (blocksize, channels) block to
            fill, and the output latency of its first sample in seconds.

    Raises:
        AudioDeviceError: The loudspeaker is busy, disconnected or rejects its rate,
            or PortAudio is not installed.
    """
    portaudio = load_portaudio()

    def call_back(block: Any, _frames: int, when: Any, _status: Any) -> None:
        fill(block, max(0.0, when.outputBufferDacTime - when.currentTime))

    try:
        with native_stderr_silenced():
            stream = portaudio.OutputStream(
                device=device.index,
                samplerate=device.rate,
                channels=channels,
                blocksize=blocksize,
                dtype="float32",
                latency=LATENCY_S,
                callback=call_back,
            )
            stream.start()
    except portaudio.PortAudioError as error:
        raise AudioDeviceError(
            "The loudspeaker “{name}” cannot be opened at {rate} Hz ({reason}).",
            "Close other programs that use it, or choose another output.",
            name=device.name,
            rate=device.rate,
            reason=error.args[0],
        ) from error
    return stream


def unique_outputs(devices: Sequence[PortAudioDevice], host_apis: Sequence[PortAudioHostApi]) -> list[OutputDevice]:
    """Return the outputs among PortAudio's devices, each from its best host API.

    Args:
        devices: The result of ``sounddevice.query_devices()``.
        host_apis: The result of ``sounddevice.query_hostapis()``.
    """
    return unique_devices(OutputDevice, devices, host_apis, channels="max_output_channels")


def choose_output(
    outputs: Sequence[OutputDevice], name: str | None, *, default_name: str | None = None
) -> OutputDevice:
    """Return the output with this name.

    Args:
        outputs: The outputs to choose from.
        name: Its name; ``None`` means the default output.
        default_name: Name of the default output; if it is ``None`` or not in
            ``outputs``, the first output is the default.

    Raises:
        AudioDeviceError: There is no output, or none with this name.
    """
    if not outputs:
        raise AudioDeviceError("No loudspeaker was found (0 outputs).", "Connect one, or check the system's settings.")
    if name is None:
        return default_device(outputs, default_name)
    for output in outputs:
        if output.name == name:
            return output
    known = ", ".join(f"“{output.name}”" for output in outputs)
    raise AudioDeviceError(
        "The loudspeaker “{name}” is not there.", "Connect it, or choose one of these: {known}.", name=name, known=known
    )
