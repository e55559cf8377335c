"""Files with which ``make fuzz`` found a fault; each is named after the fault.

freed-page.opus: libsndfile 1.2.2 reads freed memory. broken-frames.mp3: libmpg123 prints a line for each broken frame
while it seeks. wrong-packets.sds: libsndfile prints the packet numbers. rate-beyond-numbers.aiff: its rate, an 80-bit
float, is larger than any 64-bit float. later-stream.ts: PyAV 18.1 raises IndexError at the packet of a stream that
begins later.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal import finish, start_program

from ser_desktop.audio.files import FileSource
from ser_desktop.audio.outputs import OutputDevice
from ser_desktop.audio.player import Player
from ser_desktop.errors import AudioFileError

FOUND = sorted((Path(__file__).parent / "damaged").iterdir())


class IdleStream:
    """An output stream that never calls back."""

    active = True

    def close(self) -> None:
        self.active = False


def silent_player() -> Player:
    device = OutputDevice("Idle", "ALSA", 0, 8_000, 1)
    return Player(find_output=lambda _name: device, open_stream=lambda *_arguments, **_options: IdleStream())


def test_there_are_files_to_test() -> None:
    assert len(FOUND) >= 3


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
@pytest.mark.parametrize("is_isolated", [True, False])
def test_a_damaged_file_is_read_as_far_as_it_goes_or_refused(path: Path, is_isolated: bool, capfd) -> None:
    try:
        with FileSource(path, is_isolated=is_isolated) as source:
            decoded = sum(len(chunk.samples) for chunk in source.chunks())
            assert 0 < decoded <= 2 * (source.frames or decoded)
    except AudioFileError as error:
        assert path.name in str(error)  # noqa: PT017 - either is right
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
@pytest.mark.parametrize("start_s", [0.0, 0.1, 0.3])
def test_playing_a_damaged_file_leaves_the_terminal_clean(path: Path, start_s: float, capfd) -> None:
    player = silent_player()
    try:
        player.play(path, start_s)
    except AudioFileError as error:
        assert path.name in str(error)  # noqa: PT017 - either is right
    player.stop()
    assert capfd.readouterr() == ("", "")


def test_the_program_continues_after_each_of_them() -> None:
    ran = finish(start_program("analyze", "--quiet", *FOUND))
    assert ran.status in (0, 1)
    assert "Traceback" not in ran.err
    assert all(line.startswith("ser-desktop: error: “") for line in ran.err.splitlines())
