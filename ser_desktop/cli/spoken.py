"""The options of words and speakers on the command line."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from ser_desktop.analysis.spoken import WordsWish
from ser_desktop.settings import read_settings, settings_path
from ser_desktop.words.models import find_words_model


def words_wish(arguments: Namespace) -> WordsWish | None:
    """Return what was asked for on the command line, or ``None``.

    Raises:
        WordsError: The recogniser or the model is missing.
        SettingsError: The settings, which may name a model, cannot be read.
    """
    wants_speakers = arguments.speakers or bool(arguments.speaker_name)
    if not (arguments.transcribe or wants_speakers):
        return None
    stored = None if arguments.words_model else read_settings(settings_path()).words_model
    model = find_words_model(arguments.words_model or (Path(stored) if stored else None))
    return WordsWish(model, arguments.transcribe, wants_speakers, tuple(arguments.speaker_name))
