"""Captures audio from a microphone through PortAudio.

There are two concurrent activities: PortAudio's callback puts a copy of each
block into a queue and does nothing else; the caller reads the queue. The caller
polls, because a notification from the audio thread would require a lock there.
Closing a stream runs in a third, short-lived thread: see :meth:`Microphone.close`.
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

MAX_CHANNELS = 2  # a sound server offers 32 copies; a two-channel interface may have its microphone on either
POLL_S = 0.005
CLOSE_TIMEOUT_S = 1.5
HUNG_AFTER_S = 5.0  # without a block; a Bluetooth headset takes up to 3 s to wake up


class InputStream(Protocol):
    """The part of ``sounddevice.InputStream`` that a :class:`Microphone` uses."""

    @property
    def active(self) -> bool:
        """Whether the stream runs; false after it was closed or has failed."""

    def close(self) -> None:
        """Stop the stream and release the device."""


def open_input_stream(
    device: InputDevice, *, channels: int, blocksize: int, callback: Callable[..., None]
) -> InputStream:
    """Open and start a stream that delivers float32 blocks of a fixed size.

    Args:
        device: The microphone; its default rate is used.
        channels: Columns of a block.
        blocksize: Rows of a block.
        callback: Called by PortAudio's thread with sounddevice's arguments.

    Raises:
        AudioDeviceError: The microphone is busy, disconnected or rejects its
            rate, or PortAudio is not installed.
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
    """Return a monotonic time that includes suspend where the system has such a clock (Linux)."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


def disconnected(name: str, after_s: float) -> AudioDeviceError:
    """Return the error for a microphone whose stream ended by itself."""
    return AudioDeviceError(
        "The microphone “{name}” went away after {seconds:.1f} s.", CONNECT_ONE, name=name, seconds=after_s
    )


class Microphone:
    """A microphone as a stream of mono chunks; it captures from construction until it is closed.

    If the reader calls :meth:`read` too rarely, the queue drops its oldest blocks,
    and ``start`` jumps. The last chunks can be read after :meth:`close`.

    Only one thread may call the methods.

    Attributes:
        device: The microphone.
        name: Its name.
        rate: Sample rate, Hz.
        channels: Channels that are captured, before the mix to mono.
        clock: The clock of the blocks' arrival times, seconds.
    """

    def __init__(
        self,
        device: InputDevice,
        *,
        channel: int | None = None,
        block_s: float = 0.02,
        queue_s: float = 30.0,
        open_stream: Callable[..., InputStream] = open_input_stream,
        clock: Callable[[], float] = seconds_since_boot,
        awake_clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Open the microphone and start capturing.

        Args:
            device: The microphone.
            channel: The channel to read, from 1; ``None`` for the mean of the
                first two.
            block_s: Length of a chunk in seconds. It is fixed, because PortAudio
                by default delivers blocks of 1 to 139 frames.
            queue_s: Capacity of the queue in seconds; it bounds the memory.
            open_stream: Opens and starts a stream; has the signature of
                :func:`open_input_stream`.
            clock: Time in seconds that includes suspend, for arrival times.
            awake_clock: Time in seconds without suspend, for the age of the last
                block.

        Raises:
            AudioDeviceError: The microphone is busy, disconnected, rejects its
                rate or lacks the channel, or PortAudio is not installed.
        """
        if not 0 < block_s <= queue_s:
            raise ValueError(f"block_s must be above 0 and at most queue_s, got {block_s} and {queue_s}")
        self.device = device
        self.name = device.name
        self.rate = device.rate
        self.channels = min(device.channels, max(MAX_CHANNELS, channel or 1))
        if channel is not None and not 1 <= channel <= self.channels:
            raise AudioDeviceError(
                "The microphone “{name}” has no channel {channel}.",
                "Its channels are 1 to {channels}.",
                name=device.name,
                channel=channel,
                channels=device.channels,
            )
        self.clock, self._awake_clock = clock, awake_clock
        self._queue = BlockQueue(max_blocks=math.ceil(queue_s / block_s), channel=channel)
        self._delivered_samples = 0
        self._is_closed = False
        self._closing: threading.Thread | None = None
        self._stream = open_stream(
            device, channels=self.channels, blocksize=max(1, round(block_s * self.rate)), callback=self._on_block
        )
        self._last_block_at_s = awake_clock()

    def read(self, *, timeout_s: float = 0.0) -> list[AudioChunk]:
        """Return the chunks captured since the previous call, oldest first.

        Args:
            timeout_s: Maximum wait for the first chunk; 0 does not wait.

        Returns:
            The chunks; empty after the timeout, or if the microphone is closed
            and the queue is empty.

        Raises:
            AudioDeviceError: The stream ended by itself, and all chunks before
                have been returned.
        """
        return [block.chunk for block in self.read_blocks(timeout_s=timeout_s)]

    def read_blocks(self, *, timeout_s: float = 0.0) -> list[Block]:
        """Return the same as :meth:`read`, as blocks with their arrival times.

        Raises:
            AudioDeviceError: As :meth:`read`.
        """
        deadline_s = time.monotonic() + timeout_s
        while True:
            is_over = not self.is_active  # read before the queue is drained, so that the last block is not missed
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
            if now_s >= deadline_s:
                return []
            time.sleep(min(POLL_S, deadline_s - now_s))

    @property
    def is_active(self) -> bool:
        """Whether PortAudio reports the stream as active; it does so also for a sound server that hangs."""
        return not self._is_closed and self._stream.active  # the closing thread may be using the stream

    @property
    def is_released(self) -> bool:
        """Whether closing has finished, after :meth:`close`."""
        return self._closing is not None and not self._closing.is_alive()

    @property
    def last_block_age_s(self) -> float:
        """Seconds since :meth:`read` last returned a chunk; valid after a read.

        It is the only symptom of a sound server that hangs: no blocks and no
        error. When the server resumes, the backlog arrives at once.
        """
        return self._awake_clock() - self._last_block_at_s

    def require_recent_block(self) -> None:
        """Check that a block has arrived within the last 5 s.

        Raises:
            AudioDeviceError: No block has arrived: the sound server hangs, or the
                microphone is asleep.
        """
        if self.last_block_age_s > HUNG_AFTER_S:
            raise AudioDeviceError(
                "The microphone “{name}” has delivered nothing for {seconds:.0f} s.",
                "Check the connection and the sound settings, and start again.",
                name=self.name,
                seconds=HUNG_AFTER_S,
            )

    def close(self) -> None:
        """Stop capturing; return within 1.5 s. A second call does nothing.

        PortAudio's close blocks as long as a sound server hangs. It runs in a
        daemon thread, which ends when the server resumes or the program ends.
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
        """Queue a copy of the block (sounddevice's callback, in PortAudio's thread)."""
        self._queue.put(block, overflowed=status.input_overflow, arrived_at_s=self.clock())
