from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
import soundfile
from recordings import RATE, SECONDS, read_whole, tone, wav, write_mp3

from ser_desktop.audio.files import MAX_BLOCK_VALUES, FileSource

# Container and codec, with the largest difference after a round trip: one quantisation step for linear PCM; half the
# widest step, 2**-5, and a margin for logarithmic PCM; twice the measured difference for Vorbis.
CODINGS = {
    ("WAV", "PCM_U8"): 2**-7,
    ("WAV", "PCM_16"): 2**-15,
    ("WAV", "PCM_24"): 2**-23,
    ("WAV", "PCM_32"): 2**-23,  # float32 holds 24 bits
    ("WAV", "FLOAT"): 0.0,
    ("WAV", "DOUBLE"): 0.0,
    ("WAV", "ALAW"): 0.02,
    ("WAV", "ULAW"): 0.02,
    ("WAVEX", "PCM_16"): 2**-15,
    ("RF64", "PCM_16"): 2**-15,
    ("RF64", "FLOAT"): 0.0,
    ("W64", "PCM_24"): 2**-23,
    ("FLAC", "PCM_16"): 2**-15,
    ("FLAC", "PCM_24"): 2**-23,
    ("OGG", "VORBIS"): 0.022,
    ("AIFF", "PCM_16"): 2**-15,
    ("AIFF", "FLOAT"): 0.0,
    ("CAF", "PCM_16"): 2**-15,
    ("CAF", "FLOAT"): 0.0,
    ("AU", "PCM_16"): 2**-15,
    ("AU", "ULAW"): 0.02,
}


@pytest.mark.parametrize("channels", [1, 2, 3, 8])
@pytest.mark.parametrize(
    ("coding", "tolerance"), CODINGS.items(), ids=lambda value: "-".join(value) if isinstance(value, tuple) else ""
)
def test_every_coding_is_read_as_the_mean_of_its_channels(tmp_path, coding, tolerance, channels):
    path = tmp_path / "tone"
    sound = tone(channels=channels)
    soundfile.write(path, sound, RATE, format=coding[0], subtype=coding[1])
    with FileSource(path) as source:
        mono = read_whole(source)
        assert (source.rate, source.channels, source.frames) == (RATE, channels, len(sound))
        assert source.loss is None
        assert source.seconds == pytest.approx(SECONDS)
        # FFmpeg leaves out the last 128 samples of Vorbis.
        assert source.read_s == pytest.approx(SECONDS, abs=0.003 if coding[1] == "VORBIS" else 1e-9)
    np.testing.assert_allclose(mono, sound.mean(axis=1)[: len(mono)], atol=tolerance + 1e-7)


@pytest.mark.parametrize(
    ("gains", "is_reported"),
    [
        ((1.0, -1.0), True),
        ((1.0, -0.9), True),
        ((1.0, -1.0, 0.5, -0.5), True),
        ((1.0, -0.2), False),
        ((1.0, 0.0), False),
        ((0.0, 0.0, 0.0, 1.0), False),
        ((0.0, 0.0), False),
        ((1.0,), False),
    ],
)
def test_channels_that_cancel_each_other_are_reported(tmp_path, gains, is_reported):
    soundfile.write(tmp_path / "tone.wav", tone()[:, :1] * gains, RATE, subtype="FLOAT")
    with FileSource(tmp_path / "tone.wav") as source:
        read_whole(source)
        assert (source.hint is not None) == is_reported
        if is_reported:
            assert "cancel each other when they are mixed" in str(source.hint)


def test_channels_with_nothing_in_common_do_not_cancel(tmp_path):
    noise = np.random.default_rng(0).normal(0.0, 0.1, (RATE, 8))
    soundfile.write(tmp_path / "noise.wav", noise, RATE, subtype="FLOAT")
    with FileSource(tmp_path / "noise.wav") as source:
        read_whole(source)
        assert source.hint is None


@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 22_050, 48_000, 96_000, 192_000])
def test_rates_from_telephone_to_studio_are_read(tmp_path, rate):
    path = tmp_path / "tone.wav"
    soundfile.write(path, tone(rate), rate)
    with FileSource(path) as source:
        assert (source.rate, len(read_whole(source))) == (rate, round(rate * SECONDS))


@pytest.mark.parametrize("channels", [1, 2])
def test_opus_is_read(tmp_path, channels):
    path = tmp_path / "tone.opus"
    sound = tone(48_000, channels)
    soundfile.write(path, sound, 48_000, format="OGG", subtype="OPUS")
    with FileSource(path) as source:
        mono = read_whole(source)
        assert "Opus" in source.format
    assert len(mono) == len(sound)
    middle = slice(4_800, -4_800)
    assert np.corrcoef(mono[middle], sound.mean(axis=1)[middle])[0, 1] > 0.99


def test_mp3_is_read(tmp_path):
    mp3 = write_mp3(tmp_path / "tone.mp3")
    with FileSource(mp3) as source:
        mono = read_whole(source)
        assert source.loss is None
    assert len(mono) == RATE * 4
    spectrum = np.abs(np.fft.rfft(mono))
    assert spectrum.argmax() / 4 == pytest.approx(330, abs=0.25)


@pytest.mark.parametrize("block_s", [0.001, 0.02, 0.37, 5.0])
def test_the_length_of_the_blocks_makes_no_difference(tmp_path, block_s):
    path = tmp_path / "tone.flac"
    soundfile.write(path, tone(channels=2), RATE)
    with FileSource(path) as whole, FileSource(path, block_s=block_s) as blocks:
        np.testing.assert_array_equal(read_whole(blocks), read_whole(whole))


def test_no_block_is_longer_than_block_s(tmp_path):
    path = tmp_path / "tone.wav"
    soundfile.write(path, tone(), RATE)
    with FileSource(path, block_s=0.1) as source:
        assert {len(chunk.samples) for chunk in source.chunks()} == {RATE // 10}  # 1.3 s are 13 whole blocks


def test_many_channels_at_a_high_rate_still_make_small_blocks(tmp_path):
    path = tmp_path / "wide.wav"
    soundfile.write(path, np.zeros((20_000, 100), dtype=np.float32), 192_000)
    with FileSource(path, block_s=60) as source:
        assert max(len(chunk.samples) * source.channels for chunk in source.chunks()) <= MAX_BLOCK_VALUES


def test_a_block_length_of_zero_is_rejected(tmp_path):
    with pytest.raises(ValueError, match="block_s"):
        FileSource(tmp_path / "tone.wav", block_s=0)


def test_float_samples_beyond_one_are_kept(tmp_path):
    path = tmp_path / "loud.wav"
    soundfile.write(path, 10 * tone(), RATE, subtype="FLOAT")
    with FileSource(path) as source:
        np.testing.assert_array_equal(read_whole(source), 10 * tone()[:, 0])


def open_files() -> set[Path]:
    folder = Path("/proc/self/fd")
    if not folder.exists():
        pytest.skip("this system does not list a program's open files")
    return set(folder.iterdir())


def test_a_file_is_closed_even_when_reading_it_stops_half_way(tmp_path):
    path = tmp_path / "tone.wav"
    soundfile.write(path, tone(), RATE)
    before = open_files()
    with FileSource(path) as source:
        next(source.chunks())
    assert open_files() == before


def test_a_name_that_is_not_utf_8_is_read(tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.wav"))
    try:
        path.write_bytes(wav())
    except OSError:
        pytest.skip("this file system wants UTF-8")
    with FileSource(path) as source:
        assert len(read_whole(source)) == 1000
