"""The speakers of a corpus with enough clips for a voice profile, and their profiles."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable
from functools import partial

from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.voice_profile import VoiceProfile
from ser_desktop.errors import SettingsError
from training.data.corpora import Clip, Corpus
from training.probes.app_entries import voice_of_clips

PROFILE_CLIPS = 4  # of a speaker, without emotion, that the profile is made from; they are not tested


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
    found: dict[str, list[Clip]] = {}
    for clip in corpus.clips:
        if clip.emotion == "neutral" and len(found.setdefault(clip.speaker, [])) < PROFILE_CLIPS:
            found[clip.speaker].append(clip)
    return {speaker: clips for speaker, clips in found.items() if len(clips) == PROFILE_CLIPS}


def _is_tested(profiles: dict[str, list[Clip]], clip: Clip) -> bool:
    return clip.speaker in profiles and clip not in profiles[clip.speaker]
