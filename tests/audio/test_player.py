from __future__ import annotations

import threading
import time

import numpy as np
import pytest
import soundfile
import soxr
from recordings import write_mp3

from ser_desktop.audio import player as player_module
from ser_desktop.audio.devices import find_input_device
from ser_desktop.audio.microphone import Microphone
from ser_desktop.audio.outputs import OutputDevice
from ser_desktop.audio.player import Player
from ser_desktop.errors import AudioDeviceError, AudioFileError

RATE = 8_000
BLOCK = 160  # 20 ms
DEVICE = OutputDevice("Fake Loudspeaker", "ALSA", 0, RATE, 2)
PATIENCE_S = 20.0
MAX_OFFSET_S = 0.05  # between audio and cursor: below what eye and ear can distinguish
ONE_BIT = 2**-15


class FakeLoudspeaker:
    """A PortAudio output stream that requests blocks only when a test does, from a separate thread."""

    def __init__(self, device, *, channels, blocksize, fill):
        self.device, self.active, self.is_closed = device, True, False
        self._block = np.full((blocksize, channels), np.nan, dtype=np.float32)
        self._fill = fill
        self._is_awake = threading.Event()
        self._is_awake.set()

    def sound(self, blocks: int, *, delay_s: float = 0.0) -> np.ndarray:
        """Request blocks and return those that are not silent: (n, channels)."""
        taken: list[np.ndarray] = []
        audio_thread = threading.Thread(target=self._call_back, args=(blocks, delay_s, taken))
        audio_thread.start()
        audio_thread.join()
        return np.concatenate(taken) if taken else self._block[:0]

    def hang(self) -> None:
        self._is_awake.clear()

    def wake(self) -> None:
        self._is_awake.set()

    def close(self) -> None:
        self._is_awake.wait()
        self.active, self.is_closed = False, True

    def _call_back(self, blocks, delay_s, taken) -> None:
        give_up_at = time.monotonic() + PATIENCE_S
        while len(taken) < blocks and not self.is_closed and time.monotonic() < give_up_at:
            self._fill(self._block, delay_s)
            if self._block.any():
                taken.append(self._block.copy())
            else:
                time.sleep(0.001)  # the reading thread may not have filled the queue yet


class FakeSystem:
    """A system with one loudspeaker."""

    def __init__(self, device: OutputDevice = DEVICE) -> None:
        self.device = device
        self.requested_names: list[str | None] = []
        self.streams: list[FakeLoudspeaker] = []

    def player(self) -> Player:
        return Player(find_output=self._find, open_stream=self._open)

    @property
    def stream(self) -> FakeLoudspeaker:
        """The stream of the newest playback, which opens it in a thread of its own."""
        wait_until(lambda: len(self.streams) >= len(self.requested_names))
        return self.streams[-1]

    def _find(self, name):
        self.requested_names.append(name)
        return self.device

    def _open(self, *args, **arguments):
        self.streams.append(FakeLoudspeaker(*args, **arguments))
        return self.streams[-1]


@pytest.fixture
def system():
    return FakeSystem()


@pytest.fixture
def player(system):
    player = system.player()
    yield player
    player.stop()
    assert not [each for each in threading.enumerate() if each.name == "reading ahead"]


def noise(seconds: float, rate: int = RATE, channels: int = 1) -> np.ndarray:
    """Return white noise, which is never silent, (n, channels)."""
    return np.random.default_rng(0).uniform(-0.5, 0.5, (round(seconds * rate), channels)).astype(np.float32)


def recording(path, sound, rate=RATE):
    soundfile.write(path, sound, rate, subtype="FLOAT")
    return path


def wait_until(is_true) -> None:
    give_up_at = time.monotonic() + PATIENCE_S
    while not is_true() and time.monotonic() < give_up_at:
        time.sleep(0.002)
    assert is_true()


def test_the_recording_is_played_unchanged_to_its_end(tmp_path, system, player):
    sound = noise(1.01, channels=2)  # the last block is half padding
    assert (player.is_playing, player.position_s) == (False, 0.0)
    player.play(recording(tmp_path / "a.wav", sound), output_name="Fake Loudspeaker")
    assert player.is_playing
    captured = system.stream.sound(51)
    np.testing.assert_array_equal(captured[: len(sound)], sound)
    assert not captured[len(sound) :].any()
    wait_until(lambda: not player.is_playing)
    wait_until(lambda: system.stream.is_closed)
    assert player.position_s == pytest.approx(1.01)
    assert player.error is None
    assert system.requested_names == ["Fake Loudspeaker"]


def test_a_passage_is_played_and_nothing_beside_it(tmp_path, system, player):
    sound = noise(2.0, channels=2)
    player.play(recording(tmp_path / "a.wav", sound), 0.5, 0.7)
    assert player.position_s == 0.5
    np.testing.assert_array_equal(system.stream.sound(100), sound[4000:5600])
    assert not player.is_playing
    assert player.position_s == pytest.approx(0.7)


@pytest.mark.parametrize("length", [0.1, 0.11, 0.9])  # whole blocks, parts of blocks, more than is read ahead
def test_a_loop_begins_again_without_a_hole(tmp_path, system, player, length):
    sound = noise(2.0, channels=2)
    player.play(recording(tmp_path / "a.wav", sound), 0.5, 0.5 + length, loop=True)
    captured = system.stream.sound(130)
    segment = sound[4000 : 4000 + round(length * RATE)]
    repeats = -(-len(captured) // len(segment))
    np.testing.assert_array_equal(captured, np.tile(segment, (repeats, 1))[: len(captured)])
    assert player.is_playing
    wait_until(lambda: player.position_s == pytest.approx(0.5 + len(captured) % len(segment) / RATE))


@pytest.mark.parametrize("rate", [16_000, 44_100])
def test_another_rate_is_resampled_as_a_whole(tmp_path, rate):
    system = FakeSystem(OutputDevice("Fake Loudspeaker", "ALSA", 0, rate, 2))
    player = system.player()
    sound = noise(1.0, channels=2)
    player.play(recording(tmp_path / "a.wav", sound))
    captured = system.stream.sound(51)
    expected = soxr.resample(sound, RATE, rate)
    np.testing.assert_allclose(captured[: len(expected)], expected, atol=1e-6)
    player.stop()


@pytest.mark.parametrize(
    ("file_channels", "device_channels", "weights"),
    [(1, 2, [[1, 1]]), (2, 1, [[0.5], [0.5]]), (4, 2, [[0.25, 0.25]] * 4), (2, 8, [[1, 0], [0, 1]])],
)
def test_channels_are_kept_where_they_fit_and_else_mixed(tmp_path, file_channels, device_channels, weights):
    system = FakeSystem(OutputDevice("Fake Loudspeaker", "ALSA", 0, RATE, device_channels))
    player = system.player()
    sound = noise(0.1, channels=file_channels)
    player.play(recording(tmp_path / "a.wav", sound))
    np.testing.assert_allclose(system.stream.sound(5), sound @ np.array(weights, dtype=np.float32), atol=1e-6)
    player.stop()


def test_samples_out_of_range_are_clipped(tmp_path, system, player):
    sound = np.tile(np.array([[5.0], [-5.0], [np.nan], [0.5]], dtype=np.float32), (BLOCK, 1))
    player.play(recording(tmp_path / "a.wav", sound))
    assert system.stream.sound(1)[:4, 0].tolist() == [1.0, -1.0, 0.0, 0.5]


def test_the_position_waits_for_the_sound_to_leave_the_loudspeaker(tmp_path, system, player):
    player.play(recording(tmp_path / "a.wav", noise(2.0)))
    system.stream.sound(10, delay_s=1_000.0)
    assert player.position_s == 0.0  # taken, but not audible yet
    system.stream.sound(1, delay_s=0.0)
    wait_until(lambda: player.position_s == pytest.approx(11 * BLOCK / RATE))  # and not beyond the last block taken


def test_stopping_is_silent_at_once_and_keeps_the_position(tmp_path, system, player):
    player.play(recording(tmp_path / "a.wav", noise(5.0)), 1.0)
    system.stream.sound(10)
    wait_until(lambda: player.position_s == pytest.approx(1.2))
    player.stop()
    assert system.stream.is_closed
    assert not player.is_playing
    assert player.position_s == pytest.approx(1.2)
    player.stop()
    assert player.error is None


def test_playing_another_recording_stops_the_first(tmp_path, system, player):
    player.play(recording(tmp_path / "a.wav", noise(5.0)))
    first = system.stream
    player.play(recording(tmp_path / "b.wav", noise(5.0)), 2.0)
    assert first.is_closed
    assert not system.stream.is_closed
    assert player.position_s == 2.0


def test_a_start_beyond_the_end_is_over_at_once(tmp_path, player):
    player.play(recording(tmp_path / "a.wav", noise(0.5)), 3.0, loop=True)
    wait_until(lambda: not player.is_playing)
    assert player.error is None


@pytest.mark.parametrize(("start_s", "end_s"), [(-1.0, None), (1.0, 1.0), (1.0, 0.5)])
def test_a_passage_of_length_zero_is_rejected(tmp_path, player, start_s, end_s):
    with pytest.raises(ValueError, match="passage"):
        player.play(recording(tmp_path / "a.wav", noise(2.0)), start_s, end_s)


def test_an_unreadable_recording_is_reported_and_no_stream_opened(tmp_path, system, player):
    (tmp_path / "a.wav").write_text("this is no recording")
    for name, reason in (("a.wav", "not a recording"), ("b.wav", "does not exist")):
        player.play(tmp_path / name)
        wait_until(lambda: not player.is_playing)
        assert isinstance(player.error, AudioFileError)
        assert reason in str(player.error)
    assert not system.streams


def test_playing_returns_before_the_decoder_has_opened_the_recording(monkeypatch, tmp_path, system, player):
    may_open = threading.Event()
    opening = player_module.FileSource.__init__

    def open_late(*args, **options):
        may_open.wait()
        opening(*args, **options)

    monkeypatch.setattr(player_module.FileSource, "__init__", open_late)
    player.play(recording(tmp_path / "a.wav", noise(1.0)), 0.25)
    assert (player.is_playing, player.position_s, system.streams) == (True, 0.25, [])
    player.stop()  # a recording that is still being opened is not waited for
    assert not player.is_playing
    may_open.set()
    wait_until(lambda: not [each for each in threading.enumerate() if each.name == "reading ahead"])
    assert not system.streams


def test_a_disconnected_loudspeaker_is_reported(tmp_path, system, player):
    player.play(recording(tmp_path / "a.wav", noise(5.0)), 1.0)
    system.stream.sound(10)
    wait_until(lambda: player.position_s == pytest.approx(1.2))
    system.stream.active = False
    wait_until(lambda: not player.is_playing)
    assert isinstance(player.error, AudioDeviceError)
    assert "“Fake Loudspeaker” went away at 1.2 s. Connect it" in str(player.error)


def test_stopping_does_not_wait_for_a_server_that_hangs(tmp_path, system, player):
    player.play(recording(tmp_path / "a.wav", noise(5.0)))
    system.stream.hang()
    player.stop()  # a direct call of the stream would never return
    assert not player.is_playing
    system.stream.wake()
    wait_until(lambda: system.stream.is_closed)


def test_a_passage_of_a_compressed_recording_begins_where_it_should(tmp_path, system, player):
    sound = noise(2.0, channels=2)
    soundfile.write(tmp_path / "a.flac", sound, RATE)
    player.play(tmp_path / "a.flac", 1.0)
    np.testing.assert_allclose(system.stream.sound(50), sound[RATE:], atol=ONE_BIT)


def test_the_end_of_an_mp3_is_played_from_where_it_should(tmp_path):
    """The tone in the file starts at 2 s, so playback from 1.9 s is 0.1 s of silence and then the tone."""
    rate = 44_100
    path = write_mp3(tmp_path / "a.mp3", seconds=4.0, silent_s=2.0)
    system = FakeSystem(OutputDevice("Fake Loudspeaker", "ALSA", 0, rate, 2))
    player = system.player()
    player.play(path, 1.9, 2.5)
    captured = system.stream.sound(30)
    loud = np.abs(captured[:, 0]) > 0.1
    whole = len(captured) - int(loud.argmax())  # silent blocks are left out, so count from the end
    assert whole / rate == pytest.approx(0.5, abs=0.03)
    player.stop()


@pytest.mark.microphone
def test_a_missing_loudspeaker_is_reported(virtual_mic, tmp_path, capfd):
    path = recording(tmp_path / "a.wav", noise(1.0))
    with pytest.raises(AudioDeviceError, match="“flute” is not there"):
        Player().play(path, output_name="flute")
    gone = OutputDevice("Pulled out", "ALSA", 99, 48_000, 1)
    player = Player(find_output=lambda _name: gone)
    player.play(path)
    wait_until(lambda: not player.is_playing)
    assert "“Pulled out” cannot be opened at 48000 Hz" in str(player.error)
    assert capfd.readouterr().err == ""


@pytest.mark.microphone
def test_the_position_is_that_of_the_sound_in_the_room_from_start_to_end(virtual_mic, tmp_path):
    microphone = find_input_device(None)
    rate = microphone.rate
    sound = noise(4.0, rate)[:, 0]
    player = Player()
    captured: list[np.ndarray] = []
    seen: list[tuple[int, float]] = []  # samples captured so far, and the position at that moment
    with Microphone(microphone) as mic:
        player.play(recording(tmp_path / "a.wav", sound, rate), 0.5, 3.5)
        while player.is_playing:
            captured += [chunk.samples for chunk in mic.read(timeout_s=0.1)]
            seen.append((sum(map(len, captured)), player.position_s))
        captured += [chunk.samples for chunk in mic.read(timeout_s=0.5)]
    assert player.error is None
    assert player.position_s == 3.5
    offsets = [position_s - place_s for count, position_s in seen if (place_s := place(captured, count, sound, rate))]
    assert len(offsets) > 50
    early, late = np.median(offsets[: len(offsets) // 4]), np.median(offsets[-len(offsets) // 4 :])
    assert abs(late - early) < MAX_OFFSET_S
    assert np.median(np.abs(offsets)) < MAX_OFFSET_S


def place(captured, count, sound, rate):
    """Return the time in the recording of the last captured samples, ``None`` unless all are from it."""
    window = 2048
    last = np.concatenate(captured)[max(0, count - window) : count]
    if not last.all():
        return None
    size = 1 << (len(sound) + window).bit_length()
    match = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(last, size).conj(), size)[: len(sound)]
    begin = int(match.argmax())
    from_there = sound[begin : begin + window]
    is_it = len(from_there) == len(last) and np.corrcoef(last, from_there)[0, 1] > 0.9
    return (begin + window) / rate if is_it else None


@pytest.mark.microphone
def test_the_last_sample_is_played(virtual_mic, tmp_path):
    microphone = find_input_device(None)
    sound = noise(1.0, microphone.rate)[:, 0]
    player = Player()
    with Microphone(microphone) as mic:
        player.play(recording(tmp_path / "a.wav", sound, microphone.rate))
        captured = []
        while player.is_playing:
            captured += [chunk.samples for chunk in mic.read(timeout_s=0.1)]
        captured += [chunk.samples for chunk in mic.read(timeout_s=0.5)]
    samples = np.concatenate(captured)
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    assert (loud[-1] - loud[0]) / microphone.rate >= 1.0 - 0.005  # longer if a busy machine causes an underrun
    assert end_of(samples[: loud[-1] + 1], sound) == pytest.approx(len(sound), abs=0.001 * microphone.rate)


def end_of(captured, sound):
    """Return the position in ``sound`` at which the last 10 ms of the captured audio end."""
    window = len(sound) // 100
    begins = np.correlate(sound, captured[-window:], mode="valid")
    return int(begins.argmax()) + window


@pytest.mark.microphone
def test_a_sound_server_that_dies_is_reported(own_virtual_mic, tmp_path):
    player = Player()
    player.play(recording(tmp_path / "a.wav", noise(30.0)))
    wait_until(lambda: player.position_s > 0.0)
    own_virtual_mic.stop()
    wait_until(lambda: not player.is_playing)
    assert isinstance(player.error, AudioDeviceError)
    player.stop()
