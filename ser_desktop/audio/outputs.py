"""Which loudspeakers there are, which of them a name means, and how one is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from ser_desktop.audio.devices import SoundDevice, default_device, load_portaudio, unique_devices
from ser_desktop.audio.native_stderr import native_stderr_silenced
from ser_desktop.errors import AudioDeviceError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    import numpy.typing as npt

    Fill = Callable[[npt.NDArray[np.float32], float], None]

LATENCY_S = 0.1  # asked of the system; a window that paints may keep the callback waiting for 30 ms


class OutputDevice(SoundDevice):
    """A loudspeaker or headphones."""

    __slots__ = ()


class OutputStream(Protocol):
    """The part of ``sounddevice.OutputStream`` that a :class:`Player` uses."""

    @property
    def active(self) -> bool:
        """False once the stream was closed or has ended by itself."""

    def close(self) -> None:
        """Fall silent at once."""


def list_output_names() -> list[str]:
    """Return the name of each loudspeaker once, in the system's order; maybe none.

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
    """Return a stream, already started, that asks for float32 blocks of a fixed size.

    Args:
        device: Which loudspeaker, at the rate it prefers.
        channels: Columns of a block.
        blocksize: Rows of a block.
        fill: Called by PortAudio's thread with a (blocksize, channels) block to
            fill and the seconds until its first sample sounds.

    Raises:
        AudioDeviceError: The loudspeaker is busy, gone or refuses its own rate,
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


def unique_outputs(devices: Sequence[Mapping[str, Any]], host_apis: Sequence[Mapping[str, Any]]) -> list[OutputDevice]:
    """Return the outputs among PortAudio's devices, each by the best of the interfaces that know it.

    Args:
        devices: What ``sounddevice.query_devices()`` returns.
        host_apis: What ``sounddevice.query_hostapis()`` returns.
    """
    return unique_devices(OutputDevice, devices, host_apis, channels="max_output_channels")


def choose_output(
    outputs: Sequence[OutputDevice], name: str | None, *, default_name: str | None = None
) -> OutputDevice:
    """Return the output of this name.

    Args:
        outputs: What there is to choose from.
        name: What it is called, or ``None`` for the default.
        default_name: Name of the default; the first output where it is
            ``None`` or not in ``outputs``.

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
