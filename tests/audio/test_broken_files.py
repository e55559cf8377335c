from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import pytest
import soundfile
from recordings import RATE, noise, read_whole, tone, wav, write_mp3

from ser_desktop.audio.files import FileSource
from ser_desktop.errors import AudioFileError

NOBODY_UID = 65534


def error_of(path: Path) -> str:
    with pytest.raises(AudioFileError) as caught, FileSource(path) as source:
        list(source.chunks())
    message = str(caught.value)
    assert path.name in message
    assert "\n" not in message
    return message


@pytest.mark.parametrize("coding", ["WAV", "WAVEX", "RF64", "W64", "AIFF", "AU", "CAF"])
def test_a_truncated_file_gives_its_samples_and_the_announced_length(tmp_path, coding):
    path = tmp_path / "cut"
    soundfile.write(path, tone(seconds=4), RATE, format=coding, subtype="PCM_16")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
    with FileSource(path) as source:
        mono = read_whole(source)
        early = source.loss
    assert early is not None
    assert early.read_s == len(mono) / RATE == pytest.approx(4 / 3, abs=0.04)  # a CAF has a header of 4096 bytes
    assert early.declared_s == pytest.approx(4, abs=0.001)
    np.testing.assert_allclose(mono, tone(seconds=4)[: len(mono), 0], atol=2**-15)


@pytest.mark.parametrize("cut", [True, False], ids=["cut", "damaged"])
def test_a_broken_flac_is_read_around_the_break(tmp_path, cut):
    path = tmp_path / "broken.flac"
    soundfile.write(path, noise(), RATE)
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 3000] = b"" if cut else np.random.default_rng(0).bytes(3000)
    path.write_bytes(content[:middle] if cut else content)
    with FileSource(path) as source:
        mono = read_whole(source)
        assert source.loss is not None
        assert (source.loss.is_cut, len(source.loss.damaged_s)) == (cut, 0 if cut else 1)
        assert source.loss.declared_s == (pytest.approx(4) if cut else None)
    flac_frame_s = 4096 / RATE
    assert len(mono) / RATE == pytest.approx(2 if cut else 4, abs=2 * flac_frame_s)
    whole = round((2 - 2 * flac_frame_s) * RATE)
    np.testing.assert_allclose(mono[:whole], noise()[:whole], atol=2**-15)


def test_a_flac_of_unknown_length_is_read_to_its_end(tmp_path):
    path = tmp_path / "piped.flac"
    soundfile.write(path, noise(1.3), RATE)
    content = bytearray(path.read_bytes())
    content[21] &= 0xF0  # STREAMINFO, 36 bits: the number of samples
    content[22:26] = bytes(4)
    path.write_bytes(content)
    with FileSource(path) as source:
        assert source.frames is None
        assert source.seconds is None
        mono = read_whole(source)
        assert source.loss is None
    np.testing.assert_allclose(mono, noise(1.3), atol=2**-15)


@pytest.mark.parametrize(("subtype", "rate"), [("VORBIS", RATE), ("OPUS", 48_000)])
def test_a_truncated_ogg_is_detected(tmp_path, subtype, rate):
    path = tmp_path / "cut.ogg"
    soundfile.write(path, noise(), rate, format="OGG", subtype=subtype)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with FileSource(path) as source:
        assert 0 < len(read_whole(source)) < 4 * RATE
        assert source.loss is not None
        assert source.loss.is_cut


@pytest.mark.parametrize("claimed", [1 << 30, 3_000_000_000, 4_000_000_000])
def test_a_header_that_claims_four_gigabytes_gives_what_is_there(tmp_path, claimed):
    path = tmp_path / "huge.wav"
    path.write_bytes(wav(claimed=claimed))
    with FileSource(path) as source:
        assert source.frames == len(read_whole(source)) == 1000
        assert source.loss is not None
        assert source.loss.declared_s == pytest.approx(claimed / 2 / RATE)


@pytest.mark.parametrize("claimed", [0xFFFF_FFFF, 0xFFFF_FFDB, 0x7FFF_FFFF, 0x7FFF_F000, 0x8000_0000])
def test_a_size_that_means_until_the_end_is_not_an_announced_length(tmp_path, claimed):
    path = tmp_path / "piped.wav"
    path.write_bytes(wav(claimed=claimed))
    with FileSource(path) as source:
        assert source.frames == len(read_whole(source)) == 1000
        assert source.loss is None


@pytest.mark.skipif(not shutil.which("sox"), reason="needs sox, which is not installed")
@pytest.mark.parametrize("coding", ["wav", "aiff", "au"])
def test_a_file_that_sox_wrote_to_a_pipe_is_complete(tmp_path, coding):
    path, piped = tmp_path / "tone.wav", tmp_path / f"piped.{coding}"
    soundfile.write(path, tone(), RATE)
    sox = subprocess.Popen(["sox", path, "-t", coding, "-"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    piped.write_bytes(sox.communicate()[0])
    with FileSource(piped) as source:
        np.testing.assert_allclose(read_whole(source), tone()[:, 0], atol=2**-15)
        assert source.loss is None


def test_a_caf_of_unknown_length_is_read_to_its_end(tmp_path):
    path = tmp_path / "live.caf"
    soundfile.write(path, tone(), RATE, subtype="PCM_16")
    content = path.read_bytes()
    at = content.index(b"data") + 4
    path.write_bytes(content[:at] + b"\xff" * 8 + content[at + 8 :])
    with FileSource(path) as source:
        np.testing.assert_allclose(read_whole(source), tone()[:, 0], atol=2**-15)
        assert source.loss is None


def test_a_cut_caf_in_packets_is_read_as_far_as_it_goes(tmp_path):
    path = tmp_path / "cut.caf"
    soundfile.write(path, tone(), RATE, subtype="ALAC_16")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with FileSource(path) as source:
        mono = read_whole(source)
        assert source.loss is not None
        assert source.loss.is_cut
    middle = slice(0, len(mono) // 2)
    np.testing.assert_allclose(mono[middle], tone()[middle, 0], atol=2**-14)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.wav", b"", "is empty (0 bytes)"),
        ("header.wav", wav(b""), "no sound in it (0 samples)"),
        ("promise.wav", wav(b"", claimed=88_200), "no sound in it (0 samples)"),
        ("text.wav", b"Dear diary, today I sang.\n" * 20, "not a recording in a known format"),
        ("text.mp3", b"Dear diary, today I sang.\n" * 200, "not a recording in a known format"),
        ("text.flac", b"Dear diary", "not a recording in a known format"),
        ("zeros.mp3", bytes(5000), "not a recording in a known format"),
        ("deaf.wav", wav(channels=0), "0 channels"),
        ("crowd.wav", wav(channels=2000), "more than 1024 channels"),
        ("still.wav", wav(rate=0), "sample rate is 0 Hz"),
        ("slow.wav", wav(rate=5), "sample rate of 5 Hz"),
        ("fast.wav", wav(rate=2_000_000_000), "sample rate of 2000000000 Hz"),
        ("stub.wav", wav()[:20], "damaged or cut short"),
        ("nothing.flac", b"fLaC" + bytes(100), "cannot be read"),
        ("samples.raw", b"\0\1" * 100, "no header"),
    ],
)
def test_an_unreadable_file_gives_an_error_in_one_line(tmp_path, capfd, name, content, reason):
    path = tmp_path / name
    path.write_bytes(content)
    assert reason in error_of(path)
    assert capfd.readouterr() == ("", "")


def test_an_ogg_truncated_before_its_first_sample_is_rejected(tmp_path):
    path = tmp_path / "stub.ogg"
    soundfile.write(path, noise(), RATE)
    content = path.read_bytes()
    path.write_bytes(content[: content.index(b"OggS", content.index(b"OggS", 4) + 4) + 1000])
    assert "is damaged or cut short (its header is not complete)" in error_of(path)


def test_a_midi_sample_dump_is_rejected_and_prints_nothing(tmp_path, capfd):
    path = tmp_path / "dump.wav"
    soundfile.write(path, tone(rate=8000), 8000, format="SDS", subtype="PCM_16")
    content = bytearray(path.read_bytes())
    content[200:400] = bytes(200)
    path.write_bytes(content)
    assert "MIDI sample dump" in error_of(path)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", ["no\0name.wav", "\ud800.wav"])
def test_an_impossible_file_name_is_rejected(name):
    with pytest.raises(AudioFileError, match="does not exist"):
        FileSource(name)


def test_a_missing_file_is_rejected(tmp_path):
    assert "does not exist" in error_of(tmp_path / "missing.wav")
    (tmp_path / "file").touch()
    assert "does not exist" in error_of(tmp_path / "file" / "inside.wav")


def test_a_folder_is_rejected(tmp_path):
    (tmp_path / "takes.wav").mkdir()
    assert "is a folder" in error_of(tmp_path / "takes.wav")


def test_a_file_name_too_long_for_the_system_is_rejected(tmp_path):
    assert "cannot be opened" in error_of(tmp_path / f"{'long' * 100}.wav")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_named_pipe_is_rejected_without_blocking(tmp_path):
    os.mkfifo(tmp_path / "pipe.wav")
    assert "device or pipe" in error_of(tmp_path / "pipe.wav")


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="this system has other permissions")
def test_a_file_without_read_permission_is_rejected():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "secret.wav"
        path.write_bytes(wav())
        path.chmod(0)
        Path(folder).chmod(0o755)
        is_root = os.geteuid() == 0
        if is_root:  # root may read everything
            os.seteuid(NOBODY_UID)
        try:
            assert "may not be read" in error_of(path)
        finally:
            if is_root:
                os.seteuid(0)


@pytest.mark.parametrize(
    ("value", "word"), [(np.nan, "not a number"), (np.inf, "infinite"), (-np.inf, "infinite"), (1e30, "5e+29")]
)
@pytest.mark.parametrize("subtype", ["FLOAT", "DOUBLE"])
def test_a_non_finite_sample_is_reported_with_its_time(tmp_path, value, word, subtype):
    path = tmp_path / "broken.wav"
    sound = tone(channels=2)
    sound[round(1.05 * RATE), 1] = value
    soundfile.write(path, sound, RATE, subtype=subtype)
    message = error_of(path)
    assert word in message
    assert "1.050 s" in message


def test_a_flac_without_a_complete_frame_is_rejected(tmp_path):
    path = tmp_path / "stub.flac"
    soundfile.write(path, noise(), RATE)
    path.write_bytes(path.read_bytes()[:400])
    assert "damaged" in error_of(path)


def test_a_truncated_mp3_is_read_as_far_as_it_goes_and_the_terminal_stays_clean(tmp_path, capfd):
    mp3 = write_mp3(tmp_path / "tone.mp3")
    mp3.write_bytes(mp3.read_bytes()[: mp3.stat().st_size // 2])
    with FileSource(mp3) as source:
        mono = read_whole(source)
        assert source.loss is not None
        assert source.loss.declared_s == pytest.approx(4, abs=0.06)  # whole MP3 frames
    assert 1.5 * RATE < len(mono) < 2.5 * RATE
    assert capfd.readouterr() == ("", "")


def test_a_damaged_mp3_keeps_the_terminal_clean(tmp_path, capfd):
    mp3 = write_mp3(tmp_path / "tone.mp3")
    content = bytearray(mp3.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 3000] = np.random.default_rng(0).bytes(3000)
    mp3.write_bytes(content)
    with FileSource(mp3) as source:
        chunks = list(source.chunks())
        assert chunks[-1].end / RATE == pytest.approx(4, abs=0.6)  # how much was lost is not known exactly
        assert source.loss is not None
        assert source.loss.damaged_s[0] == pytest.approx(2, abs=0.3)
    assert any(chunk.start > before.end for before, chunk in itertools.pairwise(chunks))
    assert capfd.readouterr() == ("", "")


def test_an_mp3_without_a_frame_count_is_not_reported_as_truncated(tmp_path):
    path = write_mp3(
        tmp_path / "tone.mp3", seconds=20, silent_s=10
    )  # the small frames of silence make it look longer than it is
    content = path.read_bytes()
    path.write_bytes(content[content.index(content[:2], 4) :])  # from the second frame on
    with FileSource(path) as source:
        read_whole(source)
        assert source.seconds > source.read_s + 1
        assert source.loss is None
