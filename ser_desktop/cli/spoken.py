"""The options of words and speakers on the command line."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from ser_desktop.analysis.spoken import SpokenSpec
from ser_desktop.settings import read_settings, settings_path
from ser_desktop.words.models import WordsModel, find_words_model


def read_spoken_spec(arguments: Namespace) -> SpokenSpec | None:
    """Return what was asked for on the command line, or ``None``.

    Raises:
        WordsError: The recogniser or the model is missing.
        SettingsError: The settings, which may name a model, cannot be read.
    """
    wants_speakers = arguments.speakers or bool(arguments.speaker_name)
    if not (arguments.transcribe or wants_speakers):
        return None
    return SpokenSpec(chosen_model(arguments), arguments.transcribe, wants_speakers, tuple(arguments.speaker_name))


def chosen_model(arguments: Namespace) -> WordsModel:
    """Return the transcription model that the command line names, or else the settings.

    Raises:
        WordsError: The recogniser or the model is missing, or it is of another language.
        SettingsError: The settings cannot be read.
    """
    if arguments.words_model:
        return find_words_model(arguments.words_model, arguments.words_language)
    settings = read_settings(settings_path())
    chosen = Path(settings.words_model) if settings.words_model else None
    return find_words_model(chosen, arguments.words_language or settings.words_language)
