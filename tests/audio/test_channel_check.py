from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from sounds import QUICK, FloatArray, cuts_of, noise, sine

from ser_desktop.audio.channel_check import ChannelCheck

RATE = 22_050  # of the demo recording
SECONDS = 9.0
TURN = 3 * RATE
PATH = Path("talk.wav")

Voices = tuple[FloatArray, FloatArray]


@pytest.fixture(scope="module")
def voices(demo: Path) -> Voices:
    """Two voices of the demo recording, 9 s each, at -22 dBFS."""
    sound, rate = soundfile.read(demo, dtype="float32")
    assert rate == RATE
    first, second = (sound[round(start_s * rate) :][: round(SECONDS * rate)] for start_s in (0.5, 13.7))
    return gain(first, to_dbfs=-22.0), gain(second, to_dbfs=-22.0)


def gain(sound: FloatArray, *, db: float = 0.0, to_dbfs: float | None = None) -> FloatArray:
    """Return a sound with a gain, or with a given RMS level."""
    if to_dbfs is not None:
        db = to_dbfs - 10.0 * float(np.log10(np.mean(sound**2)))
    return (10.0 ** (db / 20.0) * sound).astype(np.float32)


def hint(*channels: FloatArray, rate: int = RATE) -> str:
    check = ChannelCheck(len(channels), rate)
    check.push(np.column_stack(channels))
    return str(check.hint(PATH) or "")


def random(seed: int, dbfs: float, seconds: float = SECONDS) -> FloatArray:
    return gain(np.random.default_rng(seed).standard_normal(round(seconds * RATE)).astype(np.float32), to_dbfs=dbfs)


def delayed(sound: FloatArray, seconds: float) -> FloatArray:
    count = round(seconds * RATE)
    return np.concatenate((np.zeros(count, np.float32), sound))[: len(sound)]


def in_a_room(sound: FloatArray, seed: int, reverberation_s: float, *, direct: float = 1.0) -> FloatArray:
    """Return a sound after decaying noise as an impulse response; ``direct`` is the sound without reflections."""
    count = round(reverberation_s * RATE)
    response = np.random.default_rng(seed).standard_normal(count) * 10.0 ** (-3.0 * np.arange(count) / count)
    response *= 0.3 / np.sqrt(np.sum(response**2))
    response[0] = direct
    size = len(sound) + count
    spectrum = np.fft.rfft(sound, size) * np.fft.rfft(response, size)
    return np.fft.irfft(spectrum, size)[: len(sound)].astype(np.float32)


def taking_turns(first: FloatArray, second: FloatArray) -> Voices:
    """Return two voices as the sides of a call: 3 s each in turn, for 12 s."""
    silence = np.zeros(TURN, np.float32)
    left = np.concatenate((first[:TURN], silence, first[TURN : 2 * TURN], silence))
    right = np.concatenate((silence, second[:TURN], silence, second[TURN : 2 * TURN]))
    return left, right


# Channels that cancel


def test_a_voice_in_antiphase_under_noise_in_phase_is_reported_with_its_time(voices):
    voice = np.concatenate((np.zeros(2 * RATE, np.float32), voices[0][: 2 * RATE], np.zeros(2 * RATE, np.float32)))
    under = random(1, -40.0, seconds=6.0)
    said = hint(voice + under, under - voice)
    assert said.startswith(
        "The channels of “talk.wav” cancel each other when they are mixed, from 00:00:02 on, for 2.0 s in all; "
    )
    assert "“--channel 1” in the terminal" in said


@pytest.mark.parametrize(("seconds", "is_reported"), [(0.5, False), (1.0, True)])
def test_channels_are_reported_from_one_second_of_cancelling_on(seconds, is_reported):
    tone = sine(300.0, rate=RATE, seconds=4.0)
    sign = np.where(np.arange(len(tone)) < round(seconds * RATE), -1, 1).astype(np.float32)
    assert bool(hint(tone, sign * tone)) == is_reported


@pytest.mark.parametrize(("correlation", "is_reported"), [(-0.4, False), (-0.6, True), (0.0, False), (1.0, False)])
def test_two_equally_loud_channels_cancel_below_a_correlation_of_minus_a_half(correlation, is_reported):
    first, own = random(1, -25.0), random(2, -25.0)
    second = correlation * first + np.sqrt(1.0 - correlation**2) * own
    assert ("cancel" in hint(first, second)) == is_reported


def test_four_channels_cancel_and_four_of_noise_do_not():
    tone = sine(300.0, rate=RATE, seconds=2.0)
    assert "cancel" in hint(tone, -tone, gain(tone, db=-6), gain(-tone, db=-6))
    assert hint(*(random(seed, -25.0) for seed in range(4))) == ""


def test_silence_and_an_offset_do_not_cancel():
    offset = np.full(4 * RATE, 0.2, np.float32)
    assert hint(offset, -offset) == ""
    quiet = random(1, -55.0)
    assert hint(quiet, -quiet) == ""


# The sides of a call


@pytest.mark.parametrize("crosstalk", [0.0, 0.05])
def test_two_sides_that_take_turns_are_offered_a_timeline_each(voices, crosstalk):
    left, right = taking_turns(*voices)
    said = hint(left + crosstalk * right, right + crosstalk * left)
    assert said.startswith(
        "The channels of “talk.wav” take turns like the two sides of a call: channel 1 is alone for "
    )
    assert "“--channel all” in the terminal" in said


@pytest.mark.parametrize("quieter_db", [15, 25])
def test_a_quiet_side_is_pointed_out(voices, quieter_db):
    left, right = taking_turns(*voices)
    said = hint(gain(left, db=-quieter_db), right)
    assert said.startswith("Channel 1 of “talk.wav” is ")
    assert "dB quieter than channel 2 and has sound where that one is silent, for " in said
    assert abs(float(said.split(" is ")[1].split(" dB")[0]) - quieter_db) <= 3  # the voices are equal only on average


def test_a_channel_without_a_voice_is_no_side(voices):
    left, _ = taking_turns(*voices)
    seconds = len(left) / RATE
    for other in (random(1, -45.0, seconds), gain(sine(100.0, rate=RATE, seconds=seconds), to_dbfs=-45.0)):
        assert hint(left, other) == ""
    assert hint(left, np.zeros_like(left)) == ""


@pytest.mark.parametrize("quieter_db", [10.0, 20.0])
def test_two_voices_at_once_are_offered_a_timeline_each(voices, quieter_db):
    left, right = voices[0], gain(voices[1], db=-quieter_db)
    said = hint(left + random(1, -60.0), right + random(2, -60.0))
    assert said.startswith("The two channels of “talk.wav” have different sound at the same time, for ")
    assert "“--channel all” in the terminal" in said


# Ordinary stereo

STEREO: dict[str, Callable[[FloatArray], Voices]] = {
    **{f"panned by {db} dB": lambda voice, db=db: (voice, gain(voice, db=-db)) for db in (0, 3, 6, 12, 20)},
    **{
        f"{ms} ms apart": lambda voice, ms=ms: (voice, gain(delayed(voice, ms / 1000), db=-2))
        for ms in (0.3, 0.5, 1, 2, 5, 10, 20)
    },
    **{
        f"filters of {s} s": lambda voice, s=s: (in_a_room(voice, 1, s), in_a_room(voice, 2, s))
        for s in (0.01, 0.05, 0.2, 0.5, 1.0)
    },
    **{
        f"only reflections of {s} s": lambda voice, s=s: (
            in_a_room(voice, 1, s, direct=0.0),
            in_a_room(voice, 2, s, direct=0.0),
        )
        for s in (0.2, 0.5, 1.0)
    },
    **{
        f"noise {db} dB below": lambda voice, db=db: (voice + random(1, -22.0 - db), voice + random(2, -22.0 - db))
        for db in (0, 10, 20)
    },
    "noise in one channel": lambda voice: (voice, voice + random(1, -25.0)),
    "a voice and a noise": lambda voice: (voice, random(1, -35.0)),
    "two noises": lambda _voice: (random(1, -30.0), random(2, -30.0)),
}


@pytest.mark.parametrize("kind", STEREO)
def test_ordinary_stereo_is_no_call(voices, kind):
    assert hint(*STEREO[kind](voices[0])) == ""


def test_two_people_before_two_microphones_are_no_call(voices):
    first, second = voices
    left, right = first + gain(delayed(second, 0.004), db=-6), second + gain(delayed(first, 0.004), db=-6)
    assert hint(left, right) == ""


# The stream


@pytest.fixture(scope="module")
def call(voices: Voices) -> FloatArray:
    left, right = taking_turns(voices[0], gain(voices[1], db=-15))
    return np.column_stack((left, right))


def test_cuts_make_no_difference(call):
    whole = ChannelCheck(2, RATE)
    whole.push(call)

    @settings(**QUICK)
    @given(cuts=cuts_of(len(call)))
    def check(cuts: list[int]) -> None:
        streamed = ChannelCheck(2, RATE)
        for block in np.split(call, cuts):
            streamed.push(block)
        assert str(streamed.hint(PATH)) == str(whole.hint(PATH))

    check()


@pytest.mark.parametrize("rate", [1_000, 8_000, 44_100, 192_000])
def test_any_rate_is_judged(rate):
    tone = sine(200.0, rate=rate, seconds=2.0)
    assert "cancel" in hint(tone, -tone, rate=rate)
    assert hint(*(noise("pink", rate=rate, seconds=3.0, rms_dbfs=-20.0) for _ in range(2)), rate=rate) == ""


def test_very_many_channels_are_judged_in_shorter_windows():
    tone = sine(1000.0, rate=192_000, seconds=0.02)
    check = ChannelCheck(256, 192_000)
    block = np.outer(tone, np.resize([1.0, -1.0], 256)).astype(np.float32)
    for _ in range(55):  # 1.1 s
        check.push(block)
    assert "cancel" in str(check.hint(PATH))
