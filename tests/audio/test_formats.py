from __future__ import annotations

from pathlib import Path

import pytest
import soundfile
from recordings import RATE, read_whole, tone, write_mp3

from ser_desktop.audio.files import FileSource
from ser_desktop.audio.formats import AUDIO_FORMATS, AUDIO_SUFFIXES

PACKAGING = Path(__file__).parents[2] / "resources" / "packaging"
LIBSNDFILE_NAMES = {".ogg": "OGG", ".oga": "OGG", ".opus": "OGG", ".aif": "AIFF"}  # else the suffix is the name


@pytest.mark.parametrize("suffix", AUDIO_SUFFIXES)
def test_a_recording_with_each_suffix_can_be_read(tmp_path, suffix):
    path = tmp_path / f"tone{suffix}"
    if suffix == ".mp3":
        write_mp3(path)
    else:
        soundfile.write(path, tone(), RATE, format=LIBSNDFILE_NAMES.get(suffix, suffix[1:].upper()))
    with FileSource(path) as source:
        assert read_whole(source).any()


def test_suffixes_are_unique_and_in_lower_case():
    assert len(set(AUDIO_SUFFIXES)) == len(AUDIO_SUFFIXES)
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in AUDIO_SUFFIXES)


def test_the_desktop_entry_has_the_media_types_of_the_formats():
    entry = (PACKAGING / "linux" / "io.github.ser_desktop.SerDesktop.desktop").read_text("utf-8")
    (line,) = [line for line in entry.splitlines() if line.startswith("MimeType=")]
    media_types = [media_type for each in AUDIO_FORMATS for media_type in each.media_types]
    assert line == f"MimeType={';'.join(media_types)};"
