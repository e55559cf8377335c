"""The table of kinds: what is read of each, and whether missing sound is told."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from kinds import KINDS, RATE, Kind, encode, speech, wav

from ser_desktop.audio.files import FileSource
from ser_desktop.audio.formats import AUDIO_SUFFIXES
from ser_desktop.errors import AudioFileError

FFMPEG_RATE = 16_000
kinds = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Kind], Path]:
    """Return the file of a kind; each is made once."""
    folder = tmp_path_factory.mktemp("kinds")

    def make(kind: Kind) -> Path:
        path = folder / kind.name
        if not path.exists():
            kind.make(path)
        return path

    return make


@kinds
def test_all_that_is_there_is_read_and_only_missing_sound_is_told(made, kind):
    path = made(kind)
    with FileSource(path) as source:
        chunks = list(source.chunks())
        warning = str(source.loss.warning(path)) if source.loss else ""
        end_s = chunks[-1].end / source.rate
        lengths = [len(chunk.samples) for chunk in chunks]
    assert end_s == pytest.approx(kind.seconds, abs=kind.tolerance_s)
    assert bool(warning) == bool(kind.warning), warning
    assert kind.warning in warning
    assert sum(lengths) / source.rate > 0.45 * kind.seconds
    sound = np.concatenate([chunk.samples for chunk in chunks])
    assert np.sqrt(np.mean(sound**2)) == pytest.approx(np.sqrt(np.mean(speech() ** 2)), rel=0.25)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.name.startswith("late.")], ids=lambda kind: kind.name)
def test_the_time_before_sound_that_starts_late_is_not_expected(made, kind):
    with FileSource(made(kind)) as source:
        assert source.seconds == pytest.approx(kind.seconds, abs=0.05)


@kinds
def test_each_suffix_of_the_table_is_offered_by_the_dialog(kind):
    assert Path(kind.name).suffix in AUDIO_SUFFIXES


@pytest.mark.programs
@kinds
def test_ffmpeg_reads_the_same_length(made, kind):
    if not shutil.which("ffmpeg"):
        pytest.skip("needs ffmpeg, which is not installed")
    path = made(kind)
    command = ["ffmpeg", "-v", "error", "-i", path, "-map", "0:a:0", "-f", "f32le", "-ac", "1", "-ar", str(FFMPEG_RATE)]
    decoded = subprocess.run([*command, "-"], capture_output=True, check=False).stdout
    ffmpeg_s = len(decoded) / 4 / FFMPEG_RATE
    with FileSource(path) as source:
        own_s = sum(len(chunk.samples) for chunk in source.chunks()) / source.rate
    if kind.ffmpeg_s is None:
        assert own_s == pytest.approx(ffmpeg_s, abs=0.05)
    else:
        assert ffmpeg_s == pytest.approx(kind.ffmpeg_s, abs=0.06)


# With an index, with timestamps but joined, of constant and of varying packets, and those of libsndfile.
SEEKABLE = [
    "memo.m4a",
    "fragments.mp4",
    "meeting.mp4",
    "browser.webm",
    "lecture.mkv",
    "late.webm",
    "late.mkv",
    "late.ogg",
    "phone.amr",
    "stream.aac",
    "windows.wma",
    "old.avi",
    "messenger.ogg",
    "chained.opus",
    "chained.ogg",
    "plain.mp3",
    "no-count.mp3",
    "joined-rates.mp3",
    "mp3.wav",
    "adpcm-ms.wav",
    "g721.wav",
    "joined.wav",
    "plain.flac",
    "joined.flac",
]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.name in SEEKABLE], ids=lambda kind: kind.name)
def test_a_position_is_found_to_a_twentieth_of_a_second(made, kind):
    path = made(kind)
    at_s = kind.seconds - 1.5
    with FileSource(path) as source:
        whole = np.concatenate([chunk.samples for chunk in source.chunks()])
    with FileSource(path) as source:
        for position_s in (at_s, 0.5, at_s):  # forward, backward, forward
            source.seek(round(position_s * source.rate))
            found = np.concatenate(list(source.blocks()))[: source.rate // 2, 0]
            offset_s = offset_of(found, whole, round(position_s * source.rate)) / source.rate
            assert abs(offset_s) < 0.05


def offset_of(found, whole, position):
    """Return how many samples later than expected a piece of the sound was found."""
    window = min(position, len(found))
    around = whole[position - window : position + len(found) + window]
    size = 1 << (len(around) + len(found)).bit_length()
    match = np.fft.irfft(np.fft.rfft(around, size) * np.fft.rfft(found, size).conj(), size)
    return int(match[: len(around)].argmax()) - window


def test_a_track_can_be_chosen(tmp_path):
    path = encode(tmp_path / "two.mkv", "aac", "matroska", tracks=2)
    loudness = []
    for track in (1, 2):
        with FileSource(path, track=track) as source:
            assert len(source.tracks) == 2
            loudness.append(max(float(np.abs(chunk.samples).max()) for chunk in source.chunks()))
    assert loudness[0] > 0.1
    assert loudness[1] < 0.001
    with pytest.raises(AudioFileError, match=r"has no audio track 3\. Its tracks are 1 to 2\."):
        FileSource(path, track=3)
    with pytest.raises(AudioFileError, match="has no audio track 2"):
        FileSource(wav(tmp_path / "one.wav"), track=2)


def test_a_video_without_sound_is_refused(tmp_path):
    path = encode(tmp_path / "silent.mp4", "aac", "mp4", tracks=0, has_video=True)
    with pytest.raises(AudioFileError, match="has no sound in it, only pictures"):
        FileSource(path)


def test_an_unfinished_mp4_is_told_from_a_damaged_one(tmp_path):
    path = encode(tmp_path / "killed.m4a", "aac", "ipod")
    content = path.read_bytes()
    path.write_bytes(content[: content.rindex(b"moov") - 4])
    with pytest.raises(AudioFileError, match="was not finished"):
        FileSource(path)


def test_a_coding_that_nothing_reads_is_named(tmp_path):
    path = wav(tmp_path / "old.wav")
    content = bytearray(path.read_bytes())
    content[20:22] = b"\x04\x00"
    path.write_bytes(content)
    with pytest.raises(AudioFileError, match=r"in a coding that cannot be read \(VSELP\)"):
        FileSource(path)


def test_a_newer_version_of_a_container_is_not_called_damaged(tmp_path: Path) -> None:
    path = encode(tmp_path / "newer.webm", "libopus", "webm", rate=48_000)
    content = path.read_bytes()
    version = b"\x42\x85\x81"  # of the programs that can read it, DocTypeReadVersion
    assert content.count(version) == 1
    at = content.index(version) + len(version)
    path.write_bytes(content[:at] + b"\x7f" + content[at + 1 :])
    with pytest.raises(AudioFileError, match=r"in a coding that cannot be read \(a variant of its format\)"):
        FileSource(path)


def test_a_file_that_still_grows_is_told(tmp_path):
    path = wav(tmp_path / "growing.wav")
    with FileSource(path) as source:
        chunks = source.chunks()
        next(chunks)
        with path.open("ab") as file:
            file.write(bytes(RATE))
        list(chunks)
        assert "is still being written" in str(source.loss.warning(path))


@pytest.mark.parametrize("name", ["list.m3u8", "list.wav", "join.ffconcat"])
def test_a_list_of_other_files_is_not_followed(tmp_path, name):
    wav(tmp_path / "secret.wav")
    lists = {"join.ffconcat": "ffconcat version 1.0\nfile secret.wav\n"}
    playlist = "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:4,\nsecret.wav\n#EXT-X-ENDLIST\n"
    path = tmp_path / name
    path.write_text(lists.get(name, playlist))
    with pytest.raises(AudioFileError, match="not a recording in a known format"):
        FileSource(path)


def test_a_number_that_float32_cannot_hold_is_refused_without_a_warning(tmp_path, recwarn):
    path = tmp_path / "damaged.caf"
    soundfile.write(path, np.array([0.1, 1e300, 0.1] * 1000), RATE, format="CAF", subtype="DOUBLE")
    with FileSource(path, is_isolated=False) as source, pytest.raises(AudioFileError, match=r"infinite at 0\.000 s"):
        list(source.chunks())
    assert not recwarn.list
