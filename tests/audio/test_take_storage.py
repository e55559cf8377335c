from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from ser_desktop.audio.gaps import Gap, GapKind, read_gaps
from ser_desktop.audio.take_storage import MAX_BUFFERED_S, RETRY_S, TakeStorage
from ser_desktop.errors import AudioFileError
from ser_desktop.values import AudioChunk

RATE = 8_000
DISK_BYTES = 256 * 1024  # 8 s of sound


def second(start_s: int) -> AudioChunk:
    return AudioChunk(start_s * RATE, np.full(RATE, 0.01 * (start_s + 1), np.float32))


def joined(chunks: list[AudioChunk]) -> np.ndarray:
    return np.concatenate([chunk.samples for chunk in chunks])


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with room for a few seconds."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(place)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("only an administrator can make a small disk")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_a_full_disk_is_reported_at_once_and_no_audio_is_lost(small_disk, clock):
    storage = TakeStorage(small_disk / "take.wav", RATE, clock=clock)
    for each in range(20):
        storage.write(second(each))
    assert "No space left on device. Choose another folder" in str(storage.error)
    np.testing.assert_array_equal(joined(storage.read(0, 20 * RATE)), joined([second(each) for each in range(20)]))
    written = soundfile.info(small_disk / "take.wav").duration
    assert 5 <= written <= 8  # and it opens while it waits
    with pytest.raises(AudioFileError):
        storage.close()
    assert soundfile.info(small_disk / "take.wav").duration == written


def test_the_recording_continues_in_another_folder_with_all_audio(small_disk, clock, tmp_path):
    storage = TakeStorage(small_disk / "take.wav", RATE, journals=tmp_path / "state", clock=clock)
    for each in (0, 1, 3, *range(4, 20)):
        storage.write(second(each), gap_kind=GapKind.PAUSE)
    storage.move_to(tmp_path / "take.wav")
    storage.write(second(20))
    assert storage.error is None
    storage.step()
    storage.write(second(22))
    assert storage.close() == tmp_path / "take.wav"
    sound, _ = soundfile.read(tmp_path / "take.wav", dtype="float32")
    silence = np.zeros(RATE, np.float32)
    expected = [silence if each in (2, 21) else second(each).samples for each in range(23)]
    np.testing.assert_array_equal(sound, np.concatenate(expected))
    assert read_gaps(tmp_path / "take.wav") == (
        Gap(2 * RATE, 3 * RATE, GapKind.PAUSE),
        Gap(21 * RATE, 22 * RATE, GapKind.LOST),
    )
    assert list((tmp_path / "state").iterdir()) == []


def test_a_disk_with_room_again_is_written_without_a_call_of_move_to(small_disk, clock):
    filler = small_disk / "filler"
    filler.write_bytes(bytes(DISK_BYTES - 64 * 1024))
    storage = TakeStorage(small_disk / "take.wav", RATE, clock=clock)
    for each in range(4):
        storage.write(second(each))
    assert storage.error
    filler.unlink()
    storage.step()
    assert storage.error  # it is tried now and then, not all the time
    clock.pass_by(RETRY_S)
    storage.step()
    assert storage.error is None
    storage.close()
    assert soundfile.info(small_disk / "take.wav").frames == 4 * RATE


def test_the_remaining_recording_time_is_reported(small_disk):
    storage = TakeStorage(small_disk / "take.wav", RATE)
    assert storage.seconds_left == pytest.approx(DISK_BYTES / 4 / RATE, rel=0.1)
    storage.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows does not delete what is open")
def test_a_deleted_folder_is_reported_and_the_recording_moves(tmp_path, clock):
    (tmp_path / "takes").mkdir()
    storage = TakeStorage(tmp_path / "takes" / "take.wav", RATE, clock=clock)
    storage.write(second(0))
    shutil.rmtree(tmp_path / "takes")
    clock.pass_by(RETRY_S)
    storage.step()
    assert "was deleted while it was made" in str(storage.error)
    storage.write(second(1))
    storage.move_to(tmp_path / "take.wav")
    storage.close()
    sound, _ = soundfile.read(tmp_path / "take.wav", dtype="float32")
    np.testing.assert_array_equal(sound, joined([second(0), second(1)]))


@pytest.mark.skipif(os.name == "nt", reason="Windows does not delete what is open")
def test_close_writes_to_a_spare_folder_if_the_file_is_gone(tmp_path, clock):
    (tmp_path / "takes").mkdir()
    storage = TakeStorage(tmp_path / "takes" / "take.wav", RATE, clock=clock, spare_folders=[tmp_path / "spare"])
    storage.write(second(0))
    shutil.rmtree(tmp_path / "takes")
    assert storage.close() == tmp_path / "spare" / "take.wav"
    assert soundfile.info(tmp_path / "spare" / "take.wav").frames == RATE


def test_memory_is_bounded_while_the_disk_is_full(clock):
    if not Path("/dev/full").exists():
        pytest.skip("this system has no device that is always full")
    storage = TakeStorage(Path("/dev/full"), RATE, clock=clock)
    for each in range(int(MAX_BUFFERED_S) + 60):
        storage.write(second(each))
    held = storage.read(0, storage.end)
    assert held[0].start == 60 * RATE
    assert sum(len(chunk.samples) for chunk in held) == MAX_BUFFERED_S * RATE
    with pytest.raises(AudioFileError, match="No space left on device"):
        storage.close()


def test_of_a_take_without_a_file_the_newest_audio_can_be_read():
    storage = TakeStorage(None, RATE)
    for each in range(3):
        storage.write(second(each))
    np.testing.assert_array_equal(joined(storage.read(RATE, 3 * RATE)), joined([second(1), second(2)]))
    assert (storage.close(), storage.seconds_left) == (None, None)
