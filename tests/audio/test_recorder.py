from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from ser_desktop.audio.files import FileSource
from ser_desktop.audio.recorder import WavRecorder
from ser_desktop.errors import AudioFileError
from ser_desktop.values import AudioChunk

RATE = 48_000
BLOCK = 960


def chunk(start: int, length: int = BLOCK) -> AudioChunk:
    """Return samples that depend on ``start``, some beyond 1 and none exact in 16 bits."""
    return AudioChunk(start, np.random.default_rng(start).normal(0, 0.5, length).astype(np.float32))


def test_written_samples_are_read_back_exactly(tmp_path):
    path = tmp_path / "take.wav"
    captured = [chunk(i * BLOCK) for i in range(20)]
    with WavRecorder(path, RATE) as recorder:
        for each in captured:
            recorder.write(each)
        assert recorder.seconds == 20 * BLOCK / RATE
    with FileSource(path) as source:
        read = np.concatenate([each.samples for each in source.chunks()])
        assert (source.rate, source.channels, source.loss) == (RATE, 1, None)
        assert source.format == "WAV (Microsoft), 32 bit float"
    np.testing.assert_array_equal(read, np.concatenate([each.samples for each in captured]))


def test_a_gap_becomes_zeros_of_the_same_length(tmp_path):
    path = tmp_path / "take.wav"
    with WavRecorder(path, RATE) as recorder:
        recorder.write(chunk(100))
        recorder.write(chunk(5 * BLOCK))
    samples, _ = soundfile.read(path, dtype="float32")
    expected = np.zeros(6 * BLOCK, dtype=np.float32)
    expected[100 : 100 + BLOCK] = chunk(100).samples
    expected[5 * BLOCK :] = chunk(5 * BLOCK).samples
    np.testing.assert_array_equal(samples, expected)


def test_the_file_can_be_opened_after_every_chunk(tmp_path):
    path = tmp_path / "take.wav"
    with WavRecorder(path, RATE) as recorder:
        for i in range(5):
            recorder.write(chunk(i * BLOCK))
            info = soundfile.info(path, verbose=True)
            assert info.frames == (i + 1) * BLOCK
            assert "should be" not in info.extra_info


def test_a_killed_program_leaves_all_written_samples(tmp_path):
    path = tmp_path / "take.wav"
    record_and_die = (
        "import os, signal, sys, numpy\n"
        "from ser_desktop.audio.recorder import WavRecorder\n"
        "from ser_desktop.values import AudioChunk\n"
        f"recorder = WavRecorder(sys.argv[1], {RATE})\n"
        f"for i in range(50): recorder.write(AudioChunk(i * {BLOCK}, numpy.full({BLOCK}, i, 'float32')))\n"
        f"os.kill(os.getpid(), {int(getattr(signal, 'SIGKILL', signal.SIGTERM))})\n"
    )
    ended = subprocess.run([sys.executable, "-c", record_and_die, path], check=False)
    assert ended.returncode != 0
    samples, _ = soundfile.read(path, dtype="float32")
    np.testing.assert_array_equal(samples, np.repeat(np.arange(50), BLOCK))


def test_a_recording_beyond_four_gigabytes_keeps_its_length(tmp_path):
    path = tmp_path / "long.wav"
    start = 7 * 3600 * RATE  # 4.8 GB; the gap is a hole in a sparse file
    with WavRecorder(path, RATE) as recorder:
        recorder.write(chunk(0))
        recorder.write(chunk(start))
    if path.stat().st_blocks * 512 > 2**20:
        pytest.skip("this file system writes zeros out")
    with soundfile.SoundFile(path) as file:
        assert (file.format, file.frames) == ("RF64", start + BLOCK)
        file.seek(start)
        np.testing.assert_array_equal(file.read(dtype="float32"), chunk(start).samples)


def test_an_earlier_recording_stays_until_the_first_chunk(tmp_path):
    path = tmp_path / "take.wav"
    path.write_bytes(b"an earlier take, longer than the next one" * 1000)
    earlier = path.read_bytes()
    with WavRecorder(path, RATE):
        pass
    assert path.read_bytes() == earlier
    with WavRecorder(path, RATE) as recorder:
        recorder.write(chunk(0))
    assert soundfile.info(path).frames == BLOCK


def test_a_recording_without_chunks_leaves_no_file(tmp_path):
    with WavRecorder(tmp_path / "take.wav", RATE):
        pass
    assert list(tmp_path.iterdir()) == []


def test_closing_twice_does_nothing(tmp_path):
    recorder = WavRecorder(tmp_path / "take.wav", RATE)
    recorder.write(chunk(0))
    recorder.close()
    recorder.close()
    assert soundfile.info(tmp_path / "take.wav").frames == BLOCK


def test_a_chunk_that_overlaps_the_previous_one_is_rejected(tmp_path):
    with WavRecorder(tmp_path / "take.wav", RATE) as recorder:
        recorder.write(chunk(0))
        with pytest.raises(ValueError, match="before the end"):
            recorder.write(chunk(BLOCK - 1))


def test_a_rate_of_zero_is_rejected(tmp_path):
    with pytest.raises(ValueError, match="rate"):
        WavRecorder(tmp_path / "take.wav", 0)


@pytest.mark.parametrize("name", ["missing/take.wav", "folder", "folder/file/take.wav"])
def test_a_path_that_cannot_be_written_is_reported_at_construction(tmp_path, name):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "file").touch()
    with pytest.raises(AudioFileError, match=r"cannot be written: .*Choose another folder") as caught:
        WavRecorder(tmp_path / name, RATE)
    assert str(tmp_path / name) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_disk_is_reported():
    with WavRecorder("/dev/full", RATE) as recorder, pytest.raises(AudioFileError, match="No space left"):
        recorder.write(chunk(0))


@pytest.mark.skipif(os.name == "nt", reason="Windows does not limit the size of files")
def test_a_disk_that_fills_up_leaves_what_was_written_before(tmp_path):
    path = tmp_path / "take.wav"
    record_until_full = (
        "import resource, sys, numpy\n"
        "from ser_desktop.audio.recorder import WavRecorder\n"
        "from ser_desktop.errors import AudioFileError\n"
        "from ser_desktop.values import AudioChunk\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))\n"
        f"with WavRecorder(sys.argv[1], {RATE}) as recorder:\n"
        "    try:\n"
        f"        for i in range(50): recorder.write(AudioChunk(i * {BLOCK}, numpy.full({BLOCK}, i, 'float32')))\n"
        "    except AudioFileError as error:\n"
        "        print(error)\n"
    )
    ended = subprocess.run([sys.executable, "-c", record_until_full, path], check=True, capture_output=True, text=True)
    assert "make room on the disk" in ended.stdout
    samples, _ = soundfile.read(path, dtype="float32")
    np.testing.assert_array_equal(samples, np.repeat([0, 1], BLOCK))
    riff_size = int.from_bytes(path.read_bytes()[4:8], "little")
    assert riff_size + 8 == path.stat().st_size  # no partial chunk is left


def test_a_recording_can_be_read_while_it_is_made_and_after_it_was_closed(tmp_path):
    recorder = WavRecorder(tmp_path / "take.wav", RATE)
    recorder.write(chunk(0))
    recorder.write(chunk(2 * BLOCK))
    for _time in (1, 2):
        np.testing.assert_array_equal(recorder.read(0, BLOCK).samples, chunk(0).samples)
        np.testing.assert_array_equal(recorder.read(2 * BLOCK, 9 * BLOCK).samples, chunk(2 * BLOCK).samples)
        assert not recorder.read(BLOCK, 2 * BLOCK).samples.any()
        recorder.close()
