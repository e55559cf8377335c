"""The speakers of a corpus with enough clips for a voice profile, and their profiles."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Sequence
from functools import partial

from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.voice_profile import VoiceProfile
from ser_desktop.errors import SettingsError
from training.data.corpora import Clip, Corpus
from training.probes.app_entries import voice_of_clips

PROFILE_CLIPS = 4  # of a speaker, without emotion, that the profile is made from; they are not tested
KNOWN_S = (5, 15, 30)  # seconds of speech, at least, that profiles are made from


class KnownVoices:
    """The profiles of the speakers of a corpus, each made once, from the speaker's first clips without emotion.

    Attributes:
        tested: The corpus without these clips, and without speakers who have too few of them.
    """

    def __init__(self, corpus: Corpus) -> None:
        self._clips = _profile_clips(corpus)
        self._made: dict[str, VoiceProfile | None] = {}
        self.tested = subset(corpus, partial(_is_tested, self._clips))

    def __call__(self, classifier: EmotionClassifier, clip: Clip) -> VoiceProfile | None:
        """Return the profile of the speaker of a clip; ``None`` if no speech is found in the clips for it."""
        if clip.speaker not in self._made:
            made = None
            with contextlib.suppress(SettingsError):
                made = voice_of_clips(classifier, self._clips[clip.speaker])
            self._made[clip.speaker] = made
        return self._made[clip.speaker]


class TimedProfiles:
    """Profiles made from at least 5, 15 or 30 seconds of speech without emotion, of the same speakers.

    Attributes:
        seconds: Those of :data:`KNOWN_S` for which at least half of the speakers have enough speech without emotion.
        tested: The clips with emotion of all speakers who have enough for the longest of these.
    """

    def __init__(self, classifier: EmotionClassifier, corpus: Corpus) -> None:
        self._made = {speaker: _timed_profiles(classifier, clips) for speaker, clips in _neutral_clips(corpus).items()}
        speakers = len({clip.speaker for clip in corpus.clips})
        counts = {least: sum(least in made for made in self._made.values()) for least in KNOWN_S}
        self.seconds = tuple(least for least in KNOWN_S if 2 * counts[least] >= speakers)
        self.tested = subset(corpus, self._is_tested)

    def after(self, seconds: int, clip: Clip) -> VoiceProfile:
        """Return the profile of the speaker of a tested clip."""
        return self._made[clip.speaker][seconds]

    def _is_tested(self, clip: Clip) -> bool:
        known = self._made.get(clip.speaker, {})
        return bool(self.seconds) and self.seconds[-1] in known and clip.emotion != "neutral"


def _timed_profiles(classifier: EmotionClassifier, clips: Sequence[Clip]) -> dict[int, VoiceProfile]:
    """Return by seconds of :data:`KNOWN_S` the profile from the first clips that have as much speech."""
    found: dict[int, VoiceProfile] = {}
    for count in range(1, len(clips) + 1):
        with contextlib.suppress(SettingsError):  # no speech is found in them
            made = voice_of_clips(classifier, clips[:count])
            found.update({least: made for least in KNOWN_S if least not in found and made.speech_s >= least})
        if len(found) == len(KNOWN_S):
            break
    return found


def subset(corpus: Corpus, is_chosen: Callable[[Clip], bool]) -> Corpus:
    """Return a corpus with some of its clips."""
    return dataclasses.replace(corpus, clips=tuple(clip for clip in corpus.clips if is_chosen(clip)))


def spread(corpus: Corpus, max_clips: int | None) -> Corpus:
    """Return at most ``max_clips`` clips of a corpus, evenly spread over speakers and emotions; ``None`` for all."""
    if max_clips is None or len(corpus.clips) <= max_clips:
        return corpus
    by_speaker = sorted(corpus.clips, key=lambda clip: (clip.speaker, clip.emotion, clip.path.name))
    return dataclasses.replace(corpus, clips=tuple(by_speaker[:: -(-len(by_speaker) // max_clips)]))


def _profile_clips(corpus: Corpus) -> dict[str, list[Clip]]:
    """Return by speaker the first clips without emotion, for speakers with :data:`PROFILE_CLIPS` of them."""
    found = _neutral_clips(corpus)
    return {speaker: clips[:PROFILE_CLIPS] for speaker, clips in found.items() if len(clips) >= PROFILE_CLIPS}


def _neutral_clips(corpus: Corpus) -> dict[str, list[Clip]]:
    """Return by speaker the clips without emotion."""
    found: dict[str, list[Clip]] = {}
    for clip in corpus.clips:
        if clip.emotion == "neutral":
            found.setdefault(clip.speaker, []).append(clip)
    return found


def _is_tested(profiles: dict[str, list[Clip]], clip: Clip) -> bool:
    return clip.speaker in profiles and clip not in profiles[clip.speaker]
