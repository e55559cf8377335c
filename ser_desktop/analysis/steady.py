"""The claim that is shown large while somebody speaks: it does not flicker between two words."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from ser_desktop.values import AffectClaim, State, TimelineEntry

ENOUGH_S = 0.5  # of speech before anything is said, as for an entry that claims something
HOLD_S = 1.0  # that a word is shown at least
STABLE_S = 0.5  # that another word must be claimed before it replaces a word
FORGOTTEN_S = 3.0  # of silence or lost sound, after which the word goes


class Hearing(enum.Enum):
    """What can be said at a moment.

    Attributes:
        LISTENING: Too little speech was heard so far, or for a while none.
        UNCLEAR: There is speech, and nothing is claimed of it.
        CLEAR: Something is claimed.
    """

    LISTENING = "listening"
    UNCLEAR = "unclear"
    CLEAR = "clear"


@dataclass(frozen=True, slots=True)
class Heard:
    """What is shown at a moment.

    Attributes:
        hearing: Whether something is claimed.
        label: The emotion that is claimed; ``None`` where only arousal or valence is claimed.
        claims: What is claimed of arousal and valence, where no emotion is.
        confidence: Probability of the claim when it was made last; ``None`` without a claim.
        is_speaking: Whether somebody speaks at this moment; a word stays for a while after that.
    """

    hearing: Hearing
    label: str | None = None
    claims: tuple[AffectClaim, ...] = ()
    confidence: float | None = None
    is_speaking: bool = False


Said = tuple[Hearing, str | None, tuple[AffectClaim, ...]]  # what two moments with the same word have in common
NOTHING: Said = (Hearing.LISTENING, None, ())


class SteadyClaim:
    """Decides which claim is shown, entry by entry.

    A claim is shown as soon as it is made where none is shown. Then it stays for :data:`HOLD_S` at least, in the time
    of the sound, and gives way to another one, or to “unclear”, that lasts for :data:`STABLE_S`. It outlasts a silence
    of :data:`FORGOTTEN_S`.
    """

    def __init__(self) -> None:
        self._shown, self._since_s, self._confidence = NOTHING, 0.0, 0.0
        self._next, self._next_since_s = NOTHING, 0.0
        self._speech_s, self._silent_s = 0.0, 0.0

    def accept(self, entry: TimelineEntry) -> Heard:
        """Return what is shown after the next entry."""
        is_speaking = entry.state in (State.SPEECH, State.UNCERTAIN)
        length_s = entry.end_s - entry.start_s
        self._silent_s = 0.0 if is_speaking else self._silent_s + length_s
        self._speech_s += length_s if is_speaking else 0.0
        if self._silent_s >= FORGOTTEN_S:
            self._speech_s = 0.0
            self._show(NOTHING, entry.end_s)
        elif is_speaking and self._speech_s >= ENOUGH_S:
            self._weigh(_said(entry), entry)
        hearing, label, claims = self._shown
        if is_speaking and self._shown == _said(entry):
            self._confidence = _confidence(entry)
        confidence = self._confidence if hearing is Hearing.CLEAR else None
        return Heard(hearing, label, claims, confidence, is_speaking)

    def _weigh(self, said: Said, entry: TimelineEntry) -> None:
        """Show what an entry says, if the word that is shown must not stay."""
        if said != self._next:
            self._next, self._next_since_s = said, entry.start_s
        if said == self._shown:
            return
        is_held = entry.end_s - self._since_s < HOLD_S or entry.end_s - self._next_since_s < STABLE_S
        if self._shown[0] is not Hearing.CLEAR or not is_held:
            self._show(said, entry.end_s)

    def _show(self, said: Said, seconds: float) -> None:
        if said != self._shown:
            self._shown, self._since_s = said, seconds


def _said(entry: TimelineEntry) -> Said:
    if entry.state is State.SPEECH:
        return Hearing.CLEAR, entry.label, ()
    return (Hearing.CLEAR if entry.claims else Hearing.UNCLEAR), None, entry.claims


def _confidence(entry: TimelineEntry) -> float:
    of_affect = entry.affect.confidence if entry.affect and entry.state is State.UNCERTAIN else None
    return (entry.confidence or 0.0) if of_affect is None else of_affect
