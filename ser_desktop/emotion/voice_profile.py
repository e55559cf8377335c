"""A voice profile: statistics of a person's voice, from which the analysis of that voice starts; it holds no sound."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import numpy as np
import numpy.typing as npt
from msgspec import Meta, Struct

from ser_desktop.emotion.voice_adaptation import sounds_like_two
from ser_desktop.errors import SettingsError
from ser_desktop.typed import convert

if TYPE_CHECKING:
    from ser_desktop.emotion.model_file import ModelInfo

FORMAT = 1
ENOUGH_S = 5.0  # of speech; from less, a profile is refused
WANTED_S = 30.0  # of speech that a profile should be made from

TWO_PEOPLE = "“{name}” may be made from two voices: parts of the speech differ as two people do."
REMOVE = "If so, remove it and add recordings of one person."

Finite = Annotated[float, Meta(ge=-1e6, le=1e6)]


class _Stored(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The content of the file of a profile."""

    format: Annotated[int, Meta(ge=1)]
    name: Annotated[str, Meta(min_length=1, max_length=60)]
    network: Annotated[str, Meta(min_length=64, max_length=64)]
    model: str
    speech_s: Annotated[float, Meta(ge=0.0, le=1e6)]
    values: Annotated[list[Finite], Meta(min_length=1, max_length=10_000)]
    sha256: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class VoiceProfile:
    """The statistics of a person's voice, for one model.

    Attributes:
        name: The name that the user gave to the voice.
        network: Hash of the network that it was made with; the statistics of another network would not fit.
        model: Identity of that model, for messages.
        speech_s: Seconds of speech that it was made from.
        values: (value,) float32, means of the :func:`~ser_desktop.emotion.voice_adaptation.window_values`.
    """

    name: str
    network: str
    model: str
    speech_s: float
    values: npt.NDArray[np.float32]

    def check(self, info: ModelInfo) -> None:
        """Check that this profile was made with a model.

        Raises:
            SettingsError: It was made with another network, or the model does not adapt to voices.
        """
        if not info.adapts:
            raise SettingsError(
                "The model {model} does not adapt to voices.",
                "Leave out the voice, or choose another model.",
                model=info.identity,
            )
        if self.network != network_hash(info) or len(self.values) != _size(info):
            raise SettingsError(
                "The voice “{name}” was made with the model {made_with}, and this is {model}.",
                "Record the voice again with this model.",
                name=self.name,
                made_with=self.model,
                model=info.identity,
            )

    def encoded(self) -> bytes:
        """Return the content of its file, JSON in UTF-8."""
        stored: dict[str, object] = {
            "format": FORMAT,
            "name": self.name,
            "network": self.network,
            "model": self.model,
            "speech_s": round(self.speech_s, 2),
            "values": [round(float(value), 4) for value in self.values],
        }
        stored["sha256"] = _digest(stored)
        return (json.dumps(stored, ensure_ascii=False) + "\n").encode()


def make_profile(
    name: str, statistics: npt.NDArray[np.float32] | None, info: ModelInfo, *, least_s: float = ENOUGH_S
) -> VoiceProfile:
    """Return the profile of a voice from the statistics of a stream in which it spoke.

    Args:
        name: Of the voice.
        statistics: ``Analyzer.voice_statistics`` of that stream.
        info: The model of the stream.
        least_s: Seconds of speech that are required.

    Raises:
        SettingsError: There was too little speech, or the model does not adapt to voices.
    """
    if not info.adapts or statistics is None:
        raise SettingsError("The model {model} does not adapt to voices.", "Choose another model.", model=info.identity)
    speech_s = speech_seconds(statistics)
    if speech_s < least_s or not speech_s:
        raise too_little_speech(speech_s, least_s=least_s)
    values = statistics[:-1] / np.float32(speech_s)
    return VoiceProfile(name, network_hash(info), info.identity, speech_s, values.astype(np.float32))


def too_little_speech(speech_s: float, *, least_s: float = ENOUGH_S) -> SettingsError:
    """Return the error for a voice with too little speech."""
    return SettingsError(
        "There are {found:.1f} s of speech, too few for a voice profile.",
        "Speak for half a minute in your usual voice; {least:g} s of speech are the least.",
        found=speech_s,
        least=least_s,
    )


def speech_seconds(statistics: npt.NDArray[np.float32] | None) -> float:
    """Return the seconds of speech behind ``Analyzer.voice_statistics``."""
    if statistics is None:
        return 0.0
    return float(statistics[-1])


def doubt_about_voice(name: str, windows: npt.NDArray[np.float32] | None, info: ModelInfo) -> SettingsError | None:
    """Return the hint that a profile may be made from the speech of two people, or ``None``.

    Args:
        name: Of the voice.
        windows: ``Analyzer.voice_windows`` of all recordings; ``None`` if there are none.
        info: The model.
    """
    if windows is None or not info.adaptation:
        return None
    is_two = sounds_like_two(windows, info.adaptation, labels=len(info.labels))
    return SettingsError(TWO_PEOPLE, REMOVE, name=name) if is_two else None


def joined_statistics(parts: Sequence[npt.NDArray[np.float32] | None]) -> npt.NDArray[np.float32] | None:
    """Return the statistics of several recordings of one voice as if they were one; ``None`` if there are none.

    Args:
        parts: ``Analyzer.voice_statistics`` after each recording.
    """
    known = [part for part in parts if part is not None]
    if not known:
        return None
    return np.stack(known).sum(axis=0)


def network_hash(info: ModelInfo) -> str:
    """Return the hash of the network of a model. Models with one network may differ in their thresholds."""
    files = info.manifest.get("files", {})
    return str(files.get(info.networks[0], {}).get("sha256", ""))


def _size(info: ModelInfo) -> int:
    """Return the number of values of a profile for this model."""
    return info.adaptation.size if info.adaptation else 0


def read_profile(content: bytes) -> VoiceProfile:
    """Return the profile that :meth:`VoiceProfile.encoded` wrote.

    Args:
        content: Of the file.

    Raises:
        ValueError: The content is not a profile, is damaged, or was written by a newer version of the program.
    """
    stored = json.loads(content)
    if not isinstance(stored, dict) or stored.get("format") != FORMAT:
        raise ValueError("it is not a voice profile of this version of the program")
    profile = convert(stored, _Stored)
    if profile.sha256 != _digest({key: value for key, value in stored.items() if key != "sha256"}):
        raise ValueError("it was changed or cut off")
    return VoiceProfile(
        profile.name, profile.network, profile.model, profile.speech_s, np.array(profile.values, np.float32)
    )


def _digest(stored: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(stored, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
