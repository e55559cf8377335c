"""Decoding in a child process, and what is delivered when the child dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from recordings import RATE, noise, read_whole, tone, write_mp3

from ser_desktop import paths
from ser_desktop.audio.decoding import process
from ser_desktop.audio.files import FileSource
from ser_desktop.errors import AudioFileError

SECOND = RATE  # frames
OPENED = {
    **{"type": "Opened", "rate": RATE, "channels": 1, "frames": 4 * SECOND, "container": "Ogg"},
    **{"codec": "Opus", "tracks": ["opus"]},
}
# A stand-in for the child process: it replies like the real one, up to a chosen point.
REPLIES = """
import json, os, signal, sys, time
def reply(**fields):
    print(json.dumps(fields), flush=True)
def die():
    os.kill(os.getpid(), signal.SIGKILL) if hasattr(signal, "SIGKILL") else os._exit(3)
def block(frames):
    reply(type="Decoded", start=0, frames=frames)
    sys.stdout.buffer.write(bytes(4 * frames))
    sys.stdout.flush()
"""


@pytest.fixture
def ogg(tmp_path: Path) -> Path:
    path = tmp_path / "noise.ogg"
    soundfile.write(path, noise(), RATE)
    return path


def behave(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str) -> None:
    """Replace the decoding program by a script."""
    script = tmp_path / "stand_in.py"
    script.write_text(f"{REPLIES}\nOPENED = {OPENED!r}\n{code}", encoding="utf-8")
    monkeypatch.setattr(paths, "this_program", lambda: [sys.executable, os.fspath(script)])


@pytest.mark.parametrize(
    ("subtype", "rate", "channels"), [("VORBIS", RATE, 1), ("VORBIS", RATE, 2), ("OPUS", 48_000, 2)]
)
def test_decoding_in_the_child_process_is_bit_exact(tmp_path, subtype, rate, channels):
    path = tmp_path / "tone.ogg"
    soundfile.write(path, tone(rate=rate, channels=channels), rate, format="OGG", subtype=subtype)
    with FileSource(path) as apart, FileSource(path, is_isolated=False) as here:
        assert (apart.rate, apart.channels, apart.frames, apart.format) == (
            *(here.rate, here.channels, here.frames),
            here.format,
        )
        np.testing.assert_array_equal(read_whole(apart), read_whole(here))
        assert apart.loss == here.loss is None


@pytest.mark.parametrize("name", ["tone.mp3", "tone.wav"])
def test_an_mp3_decodes_bit_exactly_with_any_suffix(tmp_path, name):
    path = write_mp3(tmp_path / "tone.mp3").rename(tmp_path / name)
    with FileSource(path) as apart, FileSource(path, is_isolated=False) as here:
        np.testing.assert_array_equal(read_whole(apart), read_whole(here))


def test_a_decoder_that_dies_at_once_is_a_refusal(monkeypatch, tmp_path, ogg):
    behave(monkeypatch, tmp_path, "die()")
    with pytest.raises(AudioFileError, match="its decoder crashed"):
        FileSource(ogg)


@pytest.mark.parametrize(
    "death",
    [
        "die()",
        "reply(type='Decoded', start=22050, frames=22050); die()",
        "print('half a lin', end='', flush=True); die()",
        "reply(type='Failed', refusal='damaged', detail='')",
        "reply(type='Decoded', start=0, frames=22050); time.sleep(600)",  # it would go back
    ],
)
def test_a_decoder_that_dies_midway_leaves_what_it_had_decoded(monkeypatch, tmp_path, ogg, death):
    code = f"reply(**OPENED)\nsys.stdin.readline(); block({SECOND // 2})\nsys.stdin.readline(); {death}"
    behave(monkeypatch, tmp_path, code)
    with FileSource(ogg) as source:
        assert len(read_whole(source)) == SECOND // 2
        assert source.loss is not None
        assert (source.loss.read_s, source.loss.is_cut) == (0.5, True)


def test_a_decoder_that_does_not_reply_is_killed(monkeypatch, tmp_path, ogg):
    monkeypatch.setattr(process, "REPLY_TIMEOUT_S", 0.2)
    behave(monkeypatch, tmp_path, "time.sleep(600)")
    with pytest.raises(AudioFileError, match="took too long"):
        FileSource(ogg)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="Windows has no such limit")
def test_a_decoder_that_computes_without_end_is_ended_by_the_system():
    code = (
        "from ser_desktop.audio.decoding.child import limit_processor_time as limit\n"
        "limit(60.0)\nlimit(0.1)\nsum(iter(int, 1))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -signal.SIGPROF


def test_a_reply_larger_than_the_request_is_rejected(monkeypatch, tmp_path, ogg):
    behave(
        monkeypatch,
        tmp_path,
        "reply(**OPENED)\nsys.stdin.readline(); reply(type='Decoded', start=0, frames=1 << 60); time.sleep(600)",
    )
    monkeypatch.setattr(process, "REPLY_TIMEOUT_S", 2.0)
    with FileSource(ogg) as source, pytest.raises(AudioFileError, match="not one sample"):
        list(source.chunks())


def test_a_decoder_that_cannot_be_started_is_an_error(monkeypatch, tmp_path, ogg):
    monkeypatch.setattr(paths, "this_program", lambda: [os.fspath(tmp_path / "missing")])
    with pytest.raises(AudioFileError, match="another process cannot be started"):
        FileSource(ogg)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs Linux to see its processes")
def test_no_process_is_left_once_the_recording_is_closed(ogg):
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    before = children.read_text()
    with FileSource(ogg):
        assert children.read_text() != before
    assert children.read_text() == before
    FileSource(ogg)  # not closed: the garbage collector ends its process
    assert children.read_text() == before


def test_an_undecodable_file_gives_the_same_error_in_the_child_process(tmp_path, capfd):
    path = tmp_path / "stub.ogg"
    path.write_bytes(b"OggS" + bytes(1000))
    messages = []
    for is_isolated in (True, False):
        with pytest.raises(AudioFileError) as caught:
            FileSource(path, is_isolated=is_isolated)
        messages.append(str(caught.value))
    assert messages[0] == messages[1]
    assert capfd.readouterr() == ("", "")
