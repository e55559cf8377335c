from __future__ import annotations

import threading
import time

import numpy as np
import pytest
import soundfile
from fakes import FakeInputStream

from ser_desktop.audio.devices import InputDevice, find_input_device
from ser_desktop.audio.microphone import Microphone
from ser_desktop.audio.recorder import WavRecorder
from ser_desktop.errors import AudioDeviceError

RATE = 8_000
BLOCK = 160  # 20 ms
DEVICE = InputDevice("Fake Microphone", "ALSA", 0, RATE, 2)
PATIENCE_S = 20.0  # limit for audio of the virtual microphone on a busy machine


class FakeOpener:
    """Opens fake streams and stores the last one."""

    stream: FakeInputStream

    def __call__(self, *args, **arguments) -> FakeInputStream:
        self.stream = FakeInputStream(*args, **arguments)
        return self.stream


@pytest.fixture
def opener():
    return FakeOpener()


def sound(blocks: float) -> np.ndarray:
    return np.random.default_rng(0).uniform(-1, 1, round(blocks * BLOCK)).astype(np.float32)


def test_blocks_are_read_in_order_with_their_positions(opener):
    with Microphone(DEVICE, open_stream=opener) as mic:
        assert (mic.name, mic.rate, mic.channels) == ("Fake Microphone", RATE, 2)
        assert mic.read() == []
        opener.stream.hear(sound(5))
        chunks = mic.read()
        assert [chunk.start for chunk in chunks] == [0, BLOCK, 2 * BLOCK, 3 * BLOCK, 4 * BLOCK]
        np.testing.assert_array_equal(np.concatenate([chunk.samples for chunk in chunks]), sound(5))
        opener.stream.hear(sound(1))
        assert mic.read()[0].start == 5 * BLOCK


def test_two_channels_are_mixed_and_of_many_only_two_are_opened(opener):
    server = InputDevice("default", "ALSA", 0, RATE, 32)
    with Microphone(server, open_stream=opener) as mic:
        opener.stream.hear(np.tile(np.array([0.5, 0.0], dtype=np.float32), (BLOCK, 1)))
        assert (mic.read()[0].samples == 0.25).all()
    with Microphone(InputDevice("mono", "ALSA", 0, RATE, 1), open_stream=opener) as mic:
        assert mic.channels == opener.stream.channels == 1


@pytest.mark.parametrize(("channel", "opened"), [(1, 2), (2, 2), (5, 5)])
def test_one_channel_is_read_and_as_many_are_opened_as_that_takes(opener, channel, opened):
    interface = InputDevice("interface", "ALSA", 0, RATE, 8)
    with Microphone(interface, channel=channel, open_stream=opener) as mic:
        assert mic.channels == opener.stream.channels == opened
        opener.stream.hear(np.tile(np.arange(1, opened + 1, dtype=np.float32) / 10, (BLOCK, 1)))
        np.testing.assert_allclose(mic.read()[0].samples, channel / 10)


@pytest.mark.parametrize("channel", [0, 3])
def test_a_channel_that_the_microphone_lacks_is_named(opener, channel):
    with pytest.raises(
        AudioDeviceError, match=rf"“Fake Microphone” has no channel {channel}\. Its channels are 1 to 2\."
    ):
        Microphone(DEVICE, channel=channel, open_stream=opener)


def test_a_full_queue_causes_a_jump(opener):
    with Microphone(DEVICE, queue_s=0.1, open_stream=opener) as mic:
        opener.stream.hear(sound(12))
        chunks = mic.read()
        assert [chunk.start for chunk in chunks] == [i * BLOCK for i in range(7, 12)]


def test_a_disconnected_microphone_delivers_all_blocks_and_then_the_error(opener):
    with Microphone(DEVICE, open_stream=opener) as mic:
        opener.stream.hear(sound(50))
        opener.stream.go_away()
        assert not mic.is_active
        assert len(mic.read()) == 50
        with pytest.raises(AudioDeviceError, match=r"“Fake Microphone” went away after 1\.0 s"):
            mic.read()


def test_the_last_chunks_can_be_read_after_closing(opener):
    with Microphone(DEVICE, open_stream=opener) as mic:
        opener.stream.hear(sound(3))
    assert not opener.stream.active
    assert len(mic.read()) == 3
    assert mic.read(timeout_s=PATIENCE_S) == []  # without waiting
    mic.close()


def test_reading_waits_for_the_first_chunk_only(opener):
    with Microphone(DEVICE, open_stream=opener) as mic:
        later = threading.Timer(0.05, opener.stream.hear, [sound(1)])
        later.start()
        assert len(mic.read(timeout_s=PATIENCE_S)) == 1
        later.join()


def test_a_stalled_server_shows_by_the_age_of_the_last_block(opener):
    with Microphone(DEVICE, open_stream=opener) as mic:
        assert mic.read(timeout_s=0.05) == []
        assert mic.last_block_age_s >= 0.05
        age_s = mic.last_block_age_s
        opener.stream.hear(sound(1))
        mic.read()
        assert mic.last_block_age_s < age_s


def test_closing_does_not_wait_for_a_server_that_hangs(opener):
    mic = Microphone(DEVICE, open_stream=opener)
    opener.stream.hear(sound(1))
    opener.stream.hang()
    mic.close()  # a direct call of the stream would never return
    assert opener.stream.active
    assert len(mic.read()) == 1
    opener.stream.wake()


def test_a_block_longer_than_the_queue_is_rejected(opener):
    with pytest.raises(ValueError, match="block_s"):
        Microphone(DEVICE, block_s=2, queue_s=1, open_stream=opener)


@pytest.mark.microphone
def test_a_missing_device_is_reported(virtual_mic, capfd):
    gone = InputDevice("Pulled out", "ALSA", 99, 48_000, 1)
    with pytest.raises(AudioDeviceError, match="“Pulled out” cannot be opened at 48000 Hz"):
        Microphone(gone)
    deaf = InputDevice("default", "ALSA", find_input_device(None).index, 5, 1)
    with pytest.raises(AudioDeviceError, match="cannot be opened at 5 Hz"):
        Microphone(deaf)
    assert capfd.readouterr().err == ""


def rising_tone(rate: int, seconds: float) -> np.ndarray:
    """Return a sweep from 200 to 2000 Hz, whose autocorrelation has a single peak."""
    t = np.arange(round(rate * seconds)) / rate
    return (0.5 * np.sin(2 * np.pi * (200 * t + 900 * t**2 / seconds))).astype(np.float32)


@pytest.mark.microphone
def test_a_played_sweep_is_captured_unchanged(virtual_mic, tmp_path):
    device = find_input_device(None)
    played = rising_tone(device.rate, 1.5)
    soundfile.write(tmp_path / "played.wav", played, device.rate)
    chunks = []
    with Microphone(device) as mic:
        player = virtual_mic.play(tmp_path / "played.wav")
        give_up_at = time.monotonic() + PATIENCE_S
        silent_blocks = 0  # after the tone
        while silent_blocks < 10 and time.monotonic() < give_up_at:
            for chunk in mic.read(timeout_s=0.1):
                chunks.append(chunk)
                has_played = player.poll() is not None
                silent_blocks = silent_blocks + 1 if has_played and not chunk.samples.any() else 0
    assert player.returncode == 0
    assert [chunk.start for chunk in chunks] == [0, *(chunk.end for chunk in chunks[:-1])]
    assert {len(chunk.samples) for chunk in chunks} == {round(0.02 * device.rate)}

    captured = np.concatenate([chunk.samples for chunk in chunks])
    delay = best_delay(captured, played)
    aligned = captured[delay : delay + len(played)]
    assert np.corrcoef(aligned, played)[0, 1] > 0.98


def best_delay(captured: np.ndarray, played: np.ndarray) -> int:
    """Return the delay of the captured audio against the played one, in samples."""
    size = len(captured) + len(played)
    correlation = np.fft.irfft(np.fft.rfft(captured, size) * np.fft.rfft(played, size).conj(), size)
    return int(correlation[: len(captured)].argmax())


def read_until_silent(mic: Microphone) -> None:
    """Read until no block arrives for 0.5 s."""
    while mic.read(timeout_s=0.5):
        pass


@pytest.mark.microphone
def test_a_sound_server_that_dies_is_reported_after_the_last_block(own_virtual_mic):
    with Microphone(find_input_device(None)) as mic:
        assert mic.read(timeout_s=PATIENCE_S) != []
        own_virtual_mic.stop()
        with pytest.raises(AudioDeviceError, match="went away"):
            read_until_silent(mic)


@pytest.mark.microphone
def test_a_sound_server_that_hangs_is_visible_and_closing_does_not_block(own_virtual_mic):
    with Microphone(find_input_device(None)) as mic:
        assert mic.read(timeout_s=PATIENCE_S) != []
        own_virtual_mic.hang()
        read_until_silent(mic)
        assert mic.is_active
        assert mic.last_block_age_s >= 0.5
        mic.close()  # a direct call of the stream would wait for the server
        own_virtual_mic.wake()
    for thread in threading.enumerate():
        if thread.name == "closing the microphone":
            thread.join(PATIENCE_S)


@pytest.mark.microphone
def test_the_recording_of_a_live_take_holds_the_captured_samples(virtual_mic, tmp_path):
    device = find_input_device(None)
    captured = []
    with Microphone(device) as mic, WavRecorder(tmp_path / "take.wav", mic.rate) as recorder:
        while recorder.seconds < 0.2:
            for chunk in mic.read(timeout_s=PATIENCE_S):
                recorder.write(chunk)
                captured.append(chunk.samples)
    read, rate = soundfile.read(tmp_path / "take.wav", dtype="float32")
    assert rate == device.rate
    np.testing.assert_array_equal(read, np.concatenate(captured))
