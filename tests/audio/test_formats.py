from __future__ import annotations

from pathlib import Path

import av
import pytest
import soundfile
from recordings import RATE, read_whole, tone

from ser_desktop.audio.decoding.demuxers import DEMUXERS
from ser_desktop.audio.files import FileSource
from ser_desktop.audio.formats import AUDIO_FORMATS, AUDIO_SUFFIXES

PACKAGING = Path(__file__).parents[2] / "resources" / "packaging"


@pytest.mark.parametrize("suffix", [".au", ".voc", ".sph", ".rf64", ".w64", ".aif", ".caf"])
def test_a_recording_of_libsndfile_is_read_whatever_its_suffix(tmp_path, suffix):
    names = {".sph": "NIST", ".aif": "AIFF"}
    path = tmp_path / f"tone{suffix}"
    soundfile.write(path, tone(), RATE, format=names.get(suffix, suffix[1:].upper()))
    with FileSource(path) as source:
        assert read_whole(source).any()


def test_ffmpeg_has_every_container_that_is_allowed():
    assert set(DEMUXERS) <= {name for each in av.formats_available for name in each.split(",")}


def test_suffixes_are_unique_and_in_lower_case():
    assert len(set(AUDIO_SUFFIXES)) == len(AUDIO_SUFFIXES)
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in AUDIO_SUFFIXES)


def test_the_desktop_entry_has_the_media_types_of_the_formats():
    entry = (PACKAGING / "linux" / "io.github.ser_desktop.SerDesktop.desktop").read_text("utf-8")
    (line,) = [line for line in entry.splitlines() if line.startswith("MimeType=")]
    media_types = [media_type for each in AUDIO_FORMATS for media_type in each.media_types]
    assert line == f"MimeType={';'.join(media_types)};"
