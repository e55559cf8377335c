"""Listening to a microphone.

The only thread beside the caller's is PortAudio's: it puts a copy of each
block into a queue and does nothing else. The reader polls that queue, because
waking it from the audio thread would take a lock there.
"""

from __future__ import annotations

import math
import threading
import time
from typing import TYPE_CHECKING, Any, Protocol

from ser_desktop.audio.block_queue import Block, BlockQueue
from ser_desktop.audio.devices import CONNECT_ONE, load_portaudio, register_stream_thread
from ser_desktop.audio.native_stderr import native_stderr_silenced
from ser_desktop.errors import AudioDeviceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import Self

    from ser_desktop.audio.devices import InputDevice
    from ser_desktop.values import AudioChunk

MAX_CHANNELS = 2  # a sound server offers 32 copies; an interface with two inputs may have its microphone on either
POLL_S = 0.005
CLOSE_TIMEOUT_S = 1.5
HUNG_AFTER_S = 5.0  # without a block; a Bluetooth headset that wakes up takes up to three


class InputStream(Protocol):
    """The part of ``sounddevice.InputStream`` that a :class:`Microphone` uses."""

    @property
    def active(self) -> bool:
        """False once the stream was closed or has ended by itself."""

    def close(self) -> None:
        """Stop calling back."""


def open_input_stream(
    device: InputDevice, *, channels: int, blocksize: int, callback: Callable[..., None]
) -> InputStream:
    """Return a stream that calls back with float32 blocks of a fixed size, already started.

    Args:
        device: Which microphone, at the rate it prefers.
        channels: Columns of a block.
        blocksize: Rows of a block.
        callback: Called by PortAudio's thread as sounddevice describes.

    Raises:
        AudioDeviceError: The microphone is busy, gone or refuses its own rate,
            or PortAudio is not installed.
    """
    portaudio = load_portaudio()
    try:
        with native_stderr_silenced():
            stream = portaudio.InputStream(
                device=device.index,
                samplerate=device.rate,
                channels=channels,
                blocksize=blocksize,
                dtype="float32",
                callback=callback,
            )
            stream.start()
    except portaudio.PortAudioError as error:
        raise AudioDeviceError(
            "The microphone “{name}” cannot be opened at {rate} Hz ({reason}).",
            "Close other programs that use it, or choose another input.",
            name=device.name,
            rate=device.rate,
            reason=error.args[0],
        ) from error
    return stream


def seconds_since_boot() -> float:
    """Return a time that only goes forward, and goes on while the computer sleeps where the system can tell."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


def disconnected(name: str, after_s: float) -> AudioDeviceError:
    """Return the error that tells of a microphone that ended by itself."""
    return AudioDeviceError(
        "The microphone “{name}” went away after {seconds:.1f} s.", CONNECT_ONE, name=name, seconds=after_s
    )


class Microphone:
    """A microphone as a stream of mono chunks, listening from when it is made until it is closed.

    The reader calls :meth:`read` often enough for the queue to last; what it
    misses shows as a jump in ``start``. After :meth:`close`, the last chunks can
    still be read.

    All methods belong to one thread.

    Attributes:
        device: The microphone.
        name: Its name.
        rate: Samples per second.
        channels: Channels before the mix to mono.
        clock: What stamps the blocks.
    """

    def __init__(
        self,
        device: InputDevice,
        *,
        block_s: float = 0.02,
        queue_s: float = 30.0,
        open_stream: Callable[..., InputStream] = open_input_stream,
        clock: Callable[[], float] = seconds_since_boot,
        awake_clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Open the microphone and listen.

        Args:
            device: Which one.
            block_s: Length of a chunk in seconds. It is fixed: left to choose,
                PortAudio gives blocks of 1 to 139 frames.
            queue_s: How long the reader may stay away before sound is lost;
                bounds the memory.
            open_stream: Opens and starts a stream; takes the arguments of
                :func:`open_input_stream`.
            clock: Seconds, also while the computer sleeps; stamps the blocks.
            awake_clock: Seconds while it does not sleep; tells how old the last block is.

        Raises:
            AudioDeviceError: The microphone is busy, gone or refuses its own
                rate, or PortAudio is not installed.
        """
        if not 0 < block_s <= queue_s:
            raise ValueError(f"block_s must be above 0 and at most queue_s, got {block_s} and {queue_s}")
        self.device = device
        self.name = device.name
        self.rate = device.rate
        self.channels = min(device.channels, MAX_CHANNELS)
        self.clock, self._awake_clock = clock, awake_clock
        self._queue = BlockQueue(max_blocks=math.ceil(queue_s / block_s))
        self._delivered_samples = 0
        self._is_closed = False
        self._closing: threading.Thread | None = None
        self._stream = open_stream(
            device, channels=self.channels, blocksize=max(1, round(block_s * self.rate)), callback=self._on_block
        )
        self._last_block_at_s = awake_clock()

    def read(self, *, timeout_s: float = 0.0) -> list[AudioChunk]:
        """Return what was heard since the call before, oldest first.

        Args:
            timeout_s: How long to wait for a first chunk; 0 never waits.

        Returns:
            The chunks; none when the time passed without one, or when the
            microphone was closed and all was read.

        Raises:
            AudioDeviceError: The microphone went away by itself, and all that
                was heard before has been returned.
        """
        return [block.chunk for block in self.read_blocks(timeout_s=timeout_s)]

    def read_blocks(self, *, timeout_s: float = 0.0) -> list[Block]:
        """Return what :meth:`read` does, with the time of each block.

        Raises:
            AudioDeviceError: As :meth:`read`.
        """
        give_up_at_s = time.monotonic() + timeout_s
        while True:
            is_over = not self.is_active  # asked before draining, so that a last block is not left behind
            blocks = self._queue.drain()
            now_s = time.monotonic()
            if blocks:
                self._last_block_at_s = self._awake_clock()
                self._delivered_samples = blocks[-1].chunk.end
                return blocks
            if self._is_closed:
                return []
            if is_over:
                raise disconnected(self.name, self._delivered_samples / self.rate)
            if now_s >= give_up_at_s:
                return []
            time.sleep(min(POLL_S, give_up_at_s - now_s))

    @property
    def is_active(self) -> bool:
        """Whether the system still says that it listens; a hung sound server says so too."""
        return not self._is_closed and self._stream.active  # not asked while another thread may be closing it

    @property
    def is_released(self) -> bool:
        """Whether the system has let go of it, after :meth:`close`."""
        return self._closing is not None and not self._closing.is_alive()

    @property
    def last_block_age_s(self) -> float:
        """Seconds since :meth:`read` last returned sound; ask after reading.

        The only sign of a sound server that hangs: nothing comes, and nothing
        is said. When it wakes up, the backlog arrives at once.
        """
        return self._awake_clock() - self._last_block_at_s

    def require_recent_block(self) -> None:
        """Do nothing, unless nothing has come for 5 s although the system says that it listens.

        Raises:
            AudioDeviceError: The sound server hangs, or the microphone sleeps.
        """
        if self.last_block_age_s > HUNG_AFTER_S:
            raise AudioDeviceError(
                "The microphone “{name}” has delivered nothing for {seconds:.0f} s.",
                "Check the connection and the sound settings, and start again.",
                name=self.name,
                seconds=HUNG_AFTER_S,
            )

    def close(self) -> None:
        """Stop listening, within 1.5 s; a second call does nothing.

        PortAudio waits for a sound server that hangs for as long as it hangs.
        The wait is left to a thread, which ends when the server or the program
        does.
        """
        if self._is_closed:
            return
        self._is_closed = True
        self._closing = threading.Thread(target=self._stream.close, name="closing the microphone", daemon=True)
        self._closing.start()
        register_stream_thread(self._closing)
        self._closing.join(CLOSE_TIMEOUT_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def _on_block(self, block: Any, frames: int, when: Any, status: Any) -> None:
        """Keep a copy of the block (PortAudio's thread; its arguments are those of a sounddevice callback)."""
        self._queue.put(block, overflowed=status.input_overflow, arrived_at_s=self.clock())
