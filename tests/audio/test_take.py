"""Recording from a real sound server that is killed, stopped, restarted and muted."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import soundfile
from fakes import FakeMicrophone
from virtual_mic import VirtualMic

from ser_desktop.audio.devices import InputDevice, find_input_device
from ser_desktop.audio.gaps import Gap, GapKind, read_gaps
from ser_desktop.audio.microphone import Microphone, seconds_since_boot
from ser_desktop.audio.take import SILENT_AFTER_S, Take, TakenChunk
from ser_desktop.audio.take_storage import TakeStorage

PATIENCE_S = 30.0
GAP_TOLERANCE_S = 0.35  # of a gap's length on a busy machine: the test measures when it noticed the fault
RATE = 8_000


class TakeReader:
    """Reads a take continuously, as the engine does."""

    def __init__(self, take: Take) -> None:
        self.take, self.captured = take, []

    @property
    def end_s(self) -> float:
        self.captured += self.take.read()
        return self.captured[-1].chunk.end / self.take.rate if self.captured else 0.0

    def wait(self, holds: Callable[[], object]) -> float:
        """Wait until a condition holds; return the waiting time in seconds."""
        began_s = time.monotonic()
        while not holds():
            self.captured += self.take.read()
            assert time.monotonic() - began_s < PATIENCE_S, f"still {self.take.trouble}"
            time.sleep(0.01)
        return time.monotonic() - began_s

    def read_for(self, seconds: float) -> None:
        """Wait for this many more seconds of audio."""
        goal_s = self.end_s + seconds
        self.wait(lambda: self.end_s >= goal_s)


@pytest.fixture
def running(own_virtual_mic: VirtualMic, tmp_path: Path) -> Iterator[TakeReader]:
    """A take of the virtual microphone that has recorded 0.5 s."""
    device = find_input_device(None)
    take = Take(device, TakeStorage(tmp_path / "take.wav", device.rate, device=device.name))
    reader = TakeReader(take)
    reader.read_for(0.5)
    yield reader
    take.finish()


@pytest.mark.microphone
def test_a_server_that_is_killed_and_started_again_leaves_a_gap_of_the_right_length(running, own_virtual_mic, tmp_path):
    began_s, before_s = seconds_since_boot(), running.end_s
    own_virtual_mic.kill()
    assert running.wait(lambda: running.take.trouble) < SILENT_AFTER_S + 0.5
    assert "went away" in str(running.take.trouble)
    own_virtual_mic.restart()
    running.wait(lambda: running.take.trouble is None)
    running.read_for(1.0)
    took_s = seconds_since_boot() - began_s
    assert running.end_s - before_s == pytest.approx(took_s, abs=GAP_TOLERANCE_S)
    running.take.finish()
    (gap,) = read_gaps(tmp_path / "take.wav")
    assert gap.kind is GapKind.LOST
    assert running.take.dropouts == 1
    assert soundfile.info(tmp_path / "take.wav").duration == pytest.approx(running.end_s)


@pytest.mark.microphone
def test_a_server_that_hangs_is_reported_and_positions_stay_right(running, own_virtual_mic):
    began_s, before_s = seconds_since_boot(), running.end_s
    own_virtual_mic.hang()
    assert running.wait(lambda: running.take.trouble) < SILENT_AFTER_S + 0.5
    assert "has delivered nothing" in str(running.take.trouble)
    time.sleep(1.5)
    own_virtual_mic.wake()
    running.wait(lambda: running.take.trouble is None)
    running.read_for(1.0)
    took_s = seconds_since_boot() - began_s
    assert running.end_s - before_s == pytest.approx(took_s, abs=GAP_TOLERANCE_S)


@pytest.mark.microphone
def test_finishing_while_the_server_hangs_does_not_wait_for_it(running, own_virtual_mic, tmp_path):
    own_virtual_mic.hang()
    running.wait(lambda: running.take.trouble)
    end = running.captured[-1].chunk.end
    began_s = time.monotonic()
    running.take.finish()
    assert time.monotonic() - began_s < PATIENCE_S
    own_virtual_mic.wake()
    assert soundfile.info(tmp_path / "take.wav").frames >= end


@pytest.mark.microphone
def test_a_microphone_that_is_muted_gives_zeros_and_no_gap(running, own_virtual_mic):
    own_virtual_mic.mute(is_muted=True)
    running.read_for(1.0)
    own_virtual_mic.mute(is_muted=False)
    running.read_for(0.5)
    assert (running.take.dropouts, running.take.trouble) == (0, None)
    assert not running.captured[-30].chunk.samples.any()


@pytest.fixture
def fake() -> FakeMicrophone:
    return FakeMicrophone(InputDevice("Fake Microphone", "ALSA", 0, RATE, 1))


def take_of(fake: FakeMicrophone, path: Path, **options: object) -> Take:
    open_microphone = partial(Microphone, open_stream=fake.open, clock=fake.clock, awake_clock=fake.clock)
    return Take(fake.device, TakeStorage(path, RATE), open_microphone=open_microphone, find_device=fake.find, **options)


def tone(rate: int, seconds: float) -> np.ndarray:
    return (0.5 * np.sin(2 * np.pi * 440 * np.arange(round(rate * seconds)) / rate)).astype(np.float32)


def test_a_microphone_that_reconnects_with_another_rate_is_resampled(fake, tmp_path):
    take = take_of(fake, tmp_path / "take.wav")
    reader = TakeReader(take)
    fake.hear(tone(RATE, 1.0))
    reader.wait(lambda: reader.end_s == 1.0)
    fake.go_away(for_s=1.0)
    reader.wait(lambda: take.trouble)
    fake.device = InputDevice("Fake Microphone", "ALSA", 0, 2 * RATE, 1)
    fake.come_back()
    reader.wait(lambda: len(fake.streams) == 2)
    fake.hear(tone(2 * RATE, 1.0))
    reader.wait(lambda: reader.end_s > 2.5)
    take.finish()
    sound, rate = soundfile.read(tmp_path / "take.wav")
    assert rate == RATE
    second = sound[round(2.2 * RATE) : round(2.7 * RATE)]
    crossings_hz = np.count_nonzero(np.diff(second > 0)) / 2 / 0.5
    assert crossings_hz == pytest.approx(440, abs=3)
    assert len(sound) / RATE == pytest.approx(3.0, abs=0.01)
    assert read_gaps(tmp_path / "take.wav") == (Gap(RATE, 2 * RATE, GapKind.LOST),)


def test_audio_is_written_while_no_thread_reads_the_take(fake, tmp_path):
    take = take_of(fake, tmp_path / "take.wav")
    sound = np.random.default_rng(1).uniform(-1, 1, 60 * RATE).astype(np.float32)
    for second in np.split(sound, 60):
        fake.hear(second)
        time.sleep(0.03)  # the microphone's queue holds 30 s
    take.finish()
    kept, _ = soundfile.read(tmp_path / "take.wav", dtype="float32")
    np.testing.assert_array_equal(kept, sound)


def test_a_loss_that_the_driver_reports_is_a_mark_in_the_recording(fake, tmp_path):
    take = take_of(fake, tmp_path / "take.wav")
    fake.hear(np.full(RATE, 0.5, np.float32))
    fake.streams[-1].hear(np.full(RATE // 50, 0.5, np.float32), input_overflow=True)
    fake.hear(np.full(RATE, 0.5, np.float32))
    take.finish()
    assert read_gaps(tmp_path / "take.wav") == (Gap(RATE, RATE + RATE // 50, GapKind.LOST),)
    assert take.dropouts == 1


def test_a_take_ends_at_its_maximum_length(fake, tmp_path):
    take = take_of(fake, tmp_path / "take.wav", end=RATE + 7)
    fake.hear(np.full(3 * RATE, 0.5, np.float32))
    TakeReader(take).wait(lambda: take.is_full)
    take.finish()
    assert soundfile.info(tmp_path / "take.wav").frames == RATE + 7


def test_audio_in_a_pause_is_delivered_but_not_recorded(fake, tmp_path):
    take = take_of(fake, tmp_path / "take.wav")
    captured: list[TakenChunk] = []
    for is_paused in (False, True, False):
        take.pause(is_paused)
        fake.hear(np.full(RATE, 0.5, np.float32))
    take.finish()
    captured += take.read()
    assert [each.is_recorded for each in captured] == [True] * 50 + [False] * 50 + [True] * 50
    assert read_gaps(tmp_path / "take.wav") == (Gap(RATE, 2 * RATE, GapKind.PAUSE),)


def test_no_thread_is_left(fake, tmp_path):
    take_of(fake, tmp_path / "take.wav").finish()
    assert "recording" not in {thread.name for thread in threading.enumerate()}
