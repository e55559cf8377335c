"""Recognises words with a Whisper model, by faster-whisper, in the recogniser's process (``child.py``)."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ser_desktop.words.messages import SpokenLine, SpokenWord

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

OFFLINE = {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}  # of huggingface_hub, which faster-whisper imports
TRANSCRIBE = {
    # The words of one block do not depend on the block before, so that an error does not go on through the recording.
    "condition_on_previous_text": False,
    # Without the random draws at higher temperatures: the same sound gives the same words. `doubts.py` tells of loops.
    "temperature": [0.0],
    "word_timestamps": True,
}


# Where nobody speaks, Whisper guesses words. Of zeros it writes “You” (probability of no speech 0.68, mean of the words
# 0.07), of noise a sentence (0.76, 0.28). Its own rule keeps both, because the mean log
# probability of the tokens is high.
NO_SPEECH, SURE = 0.6, 0.5


class Whisper:
    """A Whisper model on one thread of the CPU.

    Args:
        folder: Of the model, in the format of CTranslate2.
        language: Code of the language that is spoken; empty where the model decides, by the first sound with words.

    Attributes:
        language: Code of the language that the model writes; empty before the first words.

    Raises:
        ValueError: The model does not have the language.
    """

    def __init__(self, folder: str, language: str) -> None:
        os.environ.update(OFFLINE)
        from faster_whisper import WhisperModel

        self._model: Any = WhisperModel(
            folder, device="cpu", compute_type="int8", cpu_threads=1, num_workers=1, local_files_only=True
        )
        known = self._model.supported_languages
        if language and language not in known:
            raise ValueError(f"it has no language “{language}”; it has {', '.join(known)}")
        self.language = language

    def lines(self, samples: npt.NDArray[np.float32]) -> Iterator[SpokenLine]:
        """Yield the lines of (n,) samples at 16 kHz."""
        found, about = self._model.transcribe(samples, language=self.language or None, **TRANSCRIBE)
        for line in found:
            words = tuple(_spoken_words(line.words or ()))
            if words and not _is_guessed(line.no_speech_prob, words):
                self.language = about.language
                yield SpokenLine(line.text.strip(), words[0].start_s, max(words[0].start_s, words[-1].end_s), words)


def _is_guessed(no_speech: float, words: Sequence[SpokenWord]) -> bool:
    """Return whether words were written where probably nobody speaks."""
    return no_speech > NO_SPEECH and sum(word.confidence for word in words) / len(words) < SURE


def _spoken_words(words: Any) -> Iterator[SpokenWord]:
    """Yield the words of a line of the library."""
    for each in words:
        if text := each.word.strip():
            start_s = float(each.start)
            yield SpokenWord(text, start_s, max(start_s, float(each.end)), min(max(float(each.probability), 0.0), 1.0))
