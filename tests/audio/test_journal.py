from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from ser_desktop.audio.gaps import Gap, GapKind, read_gaps
from ser_desktop.audio.journal import Journal, unfinished_recordings
from ser_desktop.audio.take_storage import TakeStorage
from ser_desktop.errors import AudioFileError
from ser_desktop.values import AudioChunk

RATE = 8_000
SECOND = np.full(RATE, 0.5, np.float32)
GAP = Gap(RATE, 3 * RATE, GapKind.PAUSE)


def record_and_die(folder: Path) -> None:
    """Record 1 s, pause for 2, record 1 more, and be killed."""
    program = (
        "import os, signal, sys, numpy\n"
        "from pathlib import Path\n"
        "from ser_desktop.audio.gaps import GapKind\n"
        "from ser_desktop.audio.take_storage import TakeStorage\n"
        "from ser_desktop.values import AudioChunk\n"
        "folder = Path(sys.argv[1])\n"
        f"kept = TakeStorage(folder / 'take.wav', {RATE}, device='Mic', journals=folder / 'state')\n"
        f"for second in (0, 3):\n"
        f"    chunk = AudioChunk(second * {RATE}, numpy.full({RATE}, 0.5, 'float32'))\n"
        "    kept.write(chunk, gap_kind=GapKind.PAUSE)\n"
        f"os.kill(os.getpid(), {int(getattr(signal, 'SIGKILL', signal.SIGTERM))})\n"
    )
    assert subprocess.run([sys.executable, "-c", program, folder], check=False).returncode != 0


def test_a_recording_that_was_killed_is_found_and_recovered_with_its_gaps(tmp_path):
    record_and_die(tmp_path)
    (found,) = unfinished_recordings(tmp_path / "state")
    assert (found.recording, found.rate, found.device, found.seconds) == (tmp_path / "take.wav", RATE, "Mic", 4.0)
    assert found.gaps == (GAP,)
    assert found.recover() == tmp_path / "take.wav"
    assert read_gaps(tmp_path / "take.wav") == (GAP,)
    assert soundfile.info(tmp_path / "take.wav").frames == 4 * RATE
    assert unfinished_recordings(tmp_path / "state") == []
    assert list((tmp_path / "state").iterdir()) == []


def test_a_header_that_never_reached_the_disk_is_made_anew(tmp_path):
    record_and_die(tmp_path)
    content = bytearray((tmp_path / "take.wav").read_bytes())
    content[:94] = bytes(94)
    (tmp_path / "take.wav").write_bytes(content)
    (found,) = unfinished_recordings(tmp_path / "state")
    found.recover()
    sound, rate = soundfile.read(tmp_path / "take.wav", dtype="float32")
    assert rate == RATE
    np.testing.assert_array_equal(sound, np.concatenate([SECOND, 0 * SECOND, 0 * SECOND, SECOND]))


def test_recovering_twice_changes_nothing(tmp_path):
    record_and_die(tmp_path)
    (found,) = unfinished_recordings(tmp_path / "state")
    found.recover()
    before = (tmp_path / "take.wav").read_bytes()
    found.recover()
    assert (tmp_path / "take.wav").read_bytes() == before


def test_a_discarded_recording_leaves_nothing(tmp_path):
    record_and_die(tmp_path)
    (found,) = unfinished_recordings(tmp_path / "state")
    found.discard()
    assert [path.name for path in tmp_path.rglob("*")] == ["state"]


def test_a_recording_that_is_being_made_is_not_unfinished(tmp_path):
    kept = TakeStorage(tmp_path / "take.wav", RATE, journals=tmp_path / "state")
    kept.write(AudioChunk(0, SECOND.copy()))
    assert unfinished_recordings(tmp_path / "state") == []
    assert len(list((tmp_path / "state").iterdir())) == 1
    kept.close()
    assert list((tmp_path / "state").iterdir()) == []


def test_a_half_line_of_a_journal_costs_only_itself(tmp_path):
    record_and_die(tmp_path)
    (journal,) = (tmp_path / "state").iterdir()
    journal.write_bytes(journal.read_bytes() + b'{"start": 320')
    (found,) = unfinished_recordings(tmp_path / "state")
    assert found.gaps == (GAP,)


@pytest.mark.parametrize("content", [b"", b"no json\n", b"[]\n", b'{"rate": 1}\n', b"\xff" * 100, b"[" * 100_000])
def test_a_file_that_is_not_a_journal_is_left_alone(tmp_path, content):
    (tmp_path / "broken.recording").write_bytes(content)
    assert unfinished_recordings(tmp_path) == []
    assert (tmp_path / "broken.recording").exists()


def test_a_crash_before_the_first_sound_leaves_nothing_to_recover(tmp_path):
    journal = Journal(tmp_path / "state", recording=tmp_path / "take.wav", rate=RATE, device="Mic")
    journal.close(is_finished=False)
    (tmp_path / "take.wav").touch()
    assert unfinished_recordings(tmp_path / "state") == []
    assert [path.name for path in tmp_path.rglob("*")] == ["state"]


def test_a_recording_on_a_disk_that_is_not_there_today_is_not_forgotten(tmp_path):
    journal = Journal(tmp_path, recording=tmp_path / "stick" / "take.wav", rate=RATE, device="Mic")
    journal.close(is_finished=False)
    assert unfinished_recordings(tmp_path) == []
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_only_the_owner_can_read_the_stored_files(tmp_path):
    kept = TakeStorage(tmp_path / "take.wav", RATE, journals=tmp_path / "state")
    kept.write(AudioChunk(0, SECOND.copy()))
    (journal,) = (tmp_path / "state").iterdir()
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "take.wav", journal, tmp_path / "state")]
    kept.close()
    assert modes == [0o600, 0o600, 0o700]


def test_without_a_place_for_the_journal_the_recording_is_made_all_the_same(tmp_path):
    (tmp_path / "file").touch()
    kept = TakeStorage(tmp_path / "take.wav", RATE, journals=tmp_path / "file" / "state")
    kept.write(AudioChunk(0, SECOND.copy()))
    kept.close()
    assert soundfile.info(tmp_path / "take.wav").frames == RATE


def test_recovering_a_missing_recording_is_reported(tmp_path):
    record_and_die(tmp_path)
    (found,) = unfinished_recordings(tmp_path / "state")
    (tmp_path / "take.wav").unlink()
    with pytest.raises(AudioFileError, match="cannot be written: No such file"):
        found.recover()
