"""What can go wrong in a way that the user can do something about.

Each message says what happened, with the value in it, and then what to do.
Wrong arguments are bugs: they raise ``ValueError`` and nobody catches them.
"""


class SerError(Exception):
    """An error whose message is written for the user."""


class AudioDeviceError(SerError):
    """A microphone or loudspeaker is missing, busy or went away."""


class AudioFileError(SerError):
    """A recording cannot be read or written."""


class ModelFileError(SerError):
    """A model is missing, damaged, or not what its manifest says."""


class SettingsError(SerError):
    """A choice of the user (file or option) cannot be followed."""


class ExportError(SerError):
    """A timeline cannot be written where the user wants it."""
