"""Finds the speaker of a recording whose voice is made known on the command line."""

from __future__ import annotations

from pathlib import Path

from ser_desktop.analysis.spoken import SpokenReader, SpokenSpec
from ser_desktop.audio.files import FileSource
from ser_desktop.errors import SettingsError
from ser_desktop.export.registry import read_export
from ser_desktop.transcript import Speakers
from ser_desktop.words.models import WordsModel


def found_speakers(path: Path, model: WordsModel) -> Speakers:
    """Return who speaks when in a recording; it takes about the length of the recording.

    Raises:
        AudioFileError: The recording cannot be read.
        WordsError: The recogniser has crashed or does not reply.
    """
    spec = SpokenSpec(model, wants_words=False, wants_speakers=True)
    with FileSource(path) as source, SpokenReader(spec, rate=source.rate) as reader:
        for chunk in source.chunks():
            reader.push(chunk)
        spoken = reader.finish()
    if spoken.error:
        raise spoken.error
    return spoken.speakers or Speakers(())


def speakers_of_table(path: Path) -> Speakers:
    """Return who speaks when, from a file that this or another program exported.

    Raises:
        ExportError: The file cannot be read.
        SettingsError: It does not hold the speakers of one recording.
    """
    found = [each.speakers for each in read_export(path) if each.speakers]
    if len(found) != 1:
        raise SettingsError(
            "“{path}” holds the speakers of {count} recordings.",
            "Give a file with those of one recording, such as RTTM or JSON.",
            path=path,
            count=len(found),
        )
    return found[0]


def speaker_named(speakers: Speakers, who: str) -> int:
    """Return the number of a speaker, given by name or number.

    Raises:
        SettingsError: There is no such speaker.
    """
    wanted = " ".join(who.split()).casefold()
    for number in speakers.numbers:
        if wanted in (str(number), f"speaker {number}", speakers.name(number).casefold()):
            return number
    names = ", ".join(f"“{speakers.name(number)}”" for number in speakers.numbers)
    raise SettingsError(
        "There is no speaker “{name}” in the recording.",
        "Choose one of these: {known}.",
        name=who,
        known=names or "(none)",
    )
