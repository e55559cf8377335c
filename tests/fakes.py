"""Fakes of hardware that behave like the hardware."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import numpy as np

from ser_desktop.audio.devices import choose_device
from ser_desktop.audio.microphone import Microphone
from ser_desktop.audio.outputs import choose_output
from ser_desktop.errors import AudioDeviceError

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from ser_desktop.audio.devices import InputDevice
    from ser_desktop.audio.outputs import OutputDevice


class InputFlags:
    """Status flags of a block."""

    def __init__(self, *, input_overflow: bool) -> None:
        self.input_overflow = input_overflow


class FakeClock:
    """A clock that a test or delivered sound moves forward."""

    def __init__(self) -> None:
        self._now_s = 100.0

    def __call__(self) -> float:
        return self._now_s

    def pass_by(self, seconds: float) -> None:
        """Move the clock forward."""
        self._now_s += seconds


class FakeInputStream:
    """A PortAudio input stream that delivers only the sound of a test.

    Like PortAudio it calls back from another thread, with blocks of the requested size in a buffer that it reuses,
    and closing blocks while the sound server hangs.
    """

    def __init__(
        self,
        device: InputDevice,
        *,
        channels: int,
        blocksize: int,
        callback: Callable[..., None],
        clock: FakeClock | None = None,
    ) -> None:
        self.device, self._clock = device, clock or FakeClock()
        self.channels = channels
        self.active = True
        self._callback = callback
        self._buffer = np.zeros((blocksize, channels), dtype=np.float32)
        self._is_awake = threading.Event()
        self._is_awake.set()

    def hear(self, sound: npt.NDArray[np.float32], *, input_overflow: bool = False) -> None:
        """Deliver (n,) or (n, channels) samples in whole blocks; a remainder shorter than a block is dropped."""
        columns = sound if sound.ndim == 2 else np.repeat(sound[:, None], self.channels, axis=1)
        audio_thread = threading.Thread(
            target=self._call_back, args=(columns, InputFlags(input_overflow=input_overflow))
        )
        audio_thread.start()
        audio_thread.join()

    def go_away(self) -> None:
        """End without an exception, as when the cable is pulled or the sound server dies."""
        self.active = False

    def hang(self) -> None:
        """Let the sound server hang."""
        self._is_awake.clear()

    def wake(self) -> None:
        """End the hang."""
        self._is_awake.set()

    def close(self) -> None:
        self._is_awake.wait()
        self.active = False

    def _call_back(self, columns: npt.NDArray[np.float32], flags: Any) -> None:
        frames = len(self._buffer)
        for start in range(0, len(columns) - frames + 1, frames):
            self._clock.pass_by(frames / self.device.rate)
            self._buffer[:] = columns[start : start + frames]
            self._callback(self._buffer, frames, None, flags)
        self._buffer[:] = np.nan


class FakeMicrophone:
    """A microphone that can be opened again and again; it keeps the fake streams.

    Its clock moves forward by the length of delivered sound; nothing else advances it unless a test does.
    """

    def __init__(self, device: InputDevice) -> None:
        self.device = device
        self.streams: list[FakeInputStream] = []
        self.is_busy = self.is_gone = False
        self.clock = FakeClock()

    def find(self, _name: str | None) -> InputDevice:
        """Return the device, unless it is gone."""
        if self.is_gone:
            raise AudioDeviceError("No microphone was found (0 inputs).", "Connect one.")
        return self.device

    def open(self, device: InputDevice, **options: Any) -> FakeInputStream:
        """Open a stream, unless another program uses the device."""
        if self.is_busy:
            raise AudioDeviceError(f"The microphone “{self.device.name}” cannot be opened at {self.device.rate} Hz.")
        self.streams.append(FakeInputStream(device, clock=self.clock, **options))
        return self.streams[-1]

    def hear(self, sound: npt.NDArray[np.float32]) -> None:
        """Deliver sound through the newest stream."""
        self.streams[-1].hear(sound)

    def go_away(self, *, for_s: float = 0.0) -> None:
        """Disconnect it, and let time pass."""
        self.is_gone = True
        self.streams[-1].go_away()
        self.clock.pass_by(for_s)

    def come_back(self) -> None:
        """Connect it again."""
        self.is_gone = False


class FakeDevices:
    """The sound devices of a computer: no loudspeaker, and no microphone until one is connected.

    Attributes:
        rescans: For each scan, whether a stream was open; PortAudio would then end the process.
    """

    def __init__(self) -> None:
        self._microphone: FakeMicrophone | None = None
        self.rescans: list[bool] = []

    def connect(self, microphone: FakeMicrophone) -> None:
        """Connect the only microphone."""
        self._microphone = microphone

    def rescan(self) -> None:
        streams = self._microphone.streams if self._microphone else []
        self.rescans.append(any(stream.active for stream in streams))

    def input_names(self) -> list[str]:
        return [self._microphone.device.name] if self._microphone else []

    def output_names(self) -> list[str]:
        return []

    def find_input(self, name: str | None) -> InputDevice:
        return self._microphone.find(name) if self._microphone else choose_device([], name)

    def find_output(self, name: str | None) -> OutputDevice:
        return choose_output([], name)

    def open_microphone(self, device: InputDevice) -> Microphone:
        assert self._microphone is not None, "a device that find_input returned"
        fake = self._microphone
        return Microphone(device, open_stream=fake.open, clock=fake.clock, awake_clock=fake.clock)
