"""The claim that is shown large while somebody speaks: it does not flicker between two words."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from ser_desktop.values import AffectClaim, State, TimelineEntry

ENOUGH_S = 0.5  # of speech before anything is said, as for an entry that claims something
HOLD_S = 1.0  # a word is shown for at least this time
STABLE_S = 0.5  # another word must be claimed for this time before it replaces the shown one
EXPIRES_AFTER_S = 3.0  # of silence or lost sound, after which the word is removed


class ClaimState(enum.Enum):
    """Whether anything is claimed at a moment.

    Attributes:
        LISTENING: There was too little speech so far, or none for a while.
        UNCLEAR: There is speech, and nothing is claimed of it.
        CLEAR: Something is claimed.
    """

    LISTENING = "listening"
    UNCLEAR = "unclear"
    CLEAR = "clear"


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """The claim that is shown at a moment.

    Attributes:
        state: Whether something is claimed.
        label: The emotion that is claimed; ``None`` where only arousal or valence is claimed.
        claims: What is claimed of arousal and valence, where no emotion is.
        confidence: Probability of the claim when it was last made; ``None`` without a claim.
        is_speaking: Whether somebody speaks at this moment; a word stays for a while after that.
    """

    state: ClaimState
    label: str | None = None
    claims: tuple[AffectClaim, ...] = ()
    confidence: float | None = None
    is_speaking: bool = False


Word = tuple[ClaimState, str | None, tuple[AffectClaim, ...]]  # equal for two moments that show the same word
NOTHING: Word = (ClaimState.LISTENING, None, ())


class SteadyClaim:
    """Decides which claim is shown, entry by entry.

    While no claim is shown, the next one is shown at once. It stays for at least :data:`HOLD_S`, in the time of the
    sound, and is replaced by another one, or by “unclear”, that lasts for :data:`STABLE_S`. In silence it stays for
    :data:`EXPIRES_AFTER_S`.
    """

    def __init__(self) -> None:
        self._shown, self._since_s, self._confidence = NOTHING, 0.0, 0.0
        self._next, self._next_since_s = NOTHING, 0.0
        self._speech_s, self._silent_s = 0.0, 0.0

    def push(self, entry: TimelineEntry) -> ShownClaim:
        """Return what is shown after the next entry."""
        is_speaking = entry.state in (State.SPEECH, State.UNCERTAIN)
        length_s = entry.end_s - entry.start_s
        self._silent_s = 0.0 if is_speaking else self._silent_s + length_s
        self._speech_s += length_s if is_speaking else 0.0
        if self._silent_s >= EXPIRES_AFTER_S:
            self._speech_s = 0.0
            self._show(NOTHING, entry.end_s)
        elif is_speaking and self._speech_s >= ENOUGH_S:
            self._update(_word(entry), entry)
        state, label, claims = self._shown
        if is_speaking and self._shown == _word(entry):
            self._confidence = _confidence(entry)
        confidence = self._confidence if state is ClaimState.CLEAR else None
        return ShownClaim(state, label, claims, confidence, is_speaking)

    def _update(self, word: Word, entry: TimelineEntry) -> None:
        """Show the word of an entry, unless the shown word has to stay."""
        if word != self._next:
            self._next, self._next_since_s = word, entry.start_s
        if word == self._shown:
            return
        is_held = entry.end_s - self._since_s < HOLD_S or entry.end_s - self._next_since_s < STABLE_S
        if self._shown[0] is not ClaimState.CLEAR or not is_held:
            self._show(word, entry.end_s)

    def _show(self, word: Word, seconds: float) -> None:
        if word != self._shown:
            self._shown, self._since_s = word, seconds


def _word(entry: TimelineEntry) -> Word:
    if entry.state is State.SPEECH:
        return ClaimState.CLEAR, entry.label, ()
    return (ClaimState.CLEAR if entry.claims else ClaimState.UNCLEAR), None, entry.claims


def _confidence(entry: TimelineEntry) -> float:
    of_affect = entry.affect.confidence if entry.affect and entry.state is State.UNCERTAIN else None
    return (entry.confidence or 0.0) if of_affect is None else of_affect
