"""Finds reasons to doubt a transcript, for example because the recording is in another language."""

from __future__ import annotations

from collections import Counter

from ser_desktop.errors import WordsError
from ser_desktop.transcript import Transcript

# Words a second of speech. Read and acted English (40 clips of LibriSpeech and RAVDESS) has 3.0 to 3.9.
FEWEST_A_SECOND = 0.6
MOST_A_SECOND = 6.0
# Agreement with slowed sound, in recordings of 4 clips: English 0.86 to 1.00 (10 recordings); German, Italian, Korean
# and Turkish 0.00 to 0.54 (20).
LOW_AGREEMENT = 0.65
LOW_CONFIDENCE = 0.5  # mean of the words, where the model tells it
ENOUGH_SPEECH_S = 3.0  # with less, a count of words says nothing
MOST_REPEATED = 0.4  # share of the commonest three words in a row
ENOUGH_WORDS = 20


def doubt_about(transcript: Transcript, speech_s: float) -> WordsError | None:
    """Return why a transcript may be wrong, or ``None``; it is shown as a hint and not raised.

    Args:
        transcript: Of a recording.
        speech_s: Seconds of speech in it.
    """
    words = list(transcript.words)
    if speech_s >= ENOUGH_SPEECH_S and not FEWEST_A_SECOND <= len(words) / speech_s <= MOST_A_SECOND:
        return WordsError(
            "The transcript has {count} words for {speech_s:.0f} s of speech, which is not plausible.",
            "The transcript is probably wrong: the model expects the language “{language}”.",
            count=len(words),
            speech_s=speech_s,
            language=transcript.language,
        )
    if transcript.agreement is not None and transcript.agreement < LOW_AGREEMENT:
        return WordsError(
            "Of the words, {percent:.0f} % are the same where the sound is slowed a little, so the model guesses.",
            "The transcript is probably wrong: the model expects the language “{language}”.",
            percent=100.0 * transcript.agreement,
            language=transcript.language,
        )
    known = [word.confidence for word in words if word.confidence is not None]
    if known and sum(known) / len(known) < LOW_CONFIDENCE:
        return WordsError(
            "The model is not sure of the words: their mean confidence is {percent:.0f} %.",
            "Check them before you use them; the model expects the language “{language}”.",
            percent=100.0 * sum(known) / len(known),
            language=transcript.language,
        )
    if share := _repeated([word.text.casefold() for word in words]):
        return WordsError(
            "{percent:.0f} % of the transcript repeats the same words.",
            "The transcript is probably wrong: the model expects the language “{language}”.",
            percent=100.0 * share,
            language=transcript.language,
        )
    return None


def _repeated(words: list[str]) -> float:
    """Return the share of the commonest three words in a row, if it is too large; else 0."""
    rows = Counter(zip(words, words[1:], words[2:], strict=False))
    if len(words) < ENOUGH_WORDS:
        return 0.0
    share = 3 * rows.most_common(1)[0][1] / len(words)
    return min(share, 1.0) if share > MOST_REPEATED else 0.0
