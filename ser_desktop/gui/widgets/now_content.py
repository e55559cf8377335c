"""What the result panel says of an entry, of a selection or of the whole recording, in words."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from ser_desktop.analysis.overall import Overall
from ser_desktop.analysis.timeline import Summary
from ser_desktop.gui.shared.feeling import feeling
from ser_desktop.gui.shared.words import affect_words, clock_text, emotion_word, percent_text, short_clock
from ser_desktop.values import Affect, AffectClaim, EmotionScores, State, TimelineEntry

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class NowContent:
    """The texts and scores that the panel shows.

    Attributes:
        when: The place in the recording; empty for none.
        lead: What stands before the word.
        word: The emotion, or what is claimed of arousal and valence, or why there is neither.
        scores: The probabilities; ``None`` without speech.
        hint: A sentence below the word, where there are no scores.
        is_uncertain: Whether no emotion is claimed.
        affect: Arousal and valence, and what is claimed of them.
        found: How long each claim lasts, for a selection and the whole recording.
        is_whole: Whether it is the whole recording.
    """

    when: str
    lead: str
    word: str
    scores: EmotionScores | None = None
    hint: str = ""
    is_uncertain: bool = False
    affect: Affect | None = None
    found: Overall | None = None
    is_whole: bool = False

    @property
    def claims(self) -> tuple[AffectClaim, ...]:
        """What is claimed of arousal and valence."""
        return self.affect.claims if self.affect else ()

    @property
    def is_of_affect(self) -> bool:
        """Whether the word is what is claimed of arousal and valence, because the emotion is uncertain."""
        return self.is_uncertain and bool(self.claims)

    @property
    def is_claim(self) -> bool:
        """Whether anything is claimed."""
        return self.scores is not None and (not self.is_uncertain or bool(self.claims))

    @property
    def has_sentence(self) -> bool:
        """Whether a sentence stands in place of the word, as for the whole recording."""
        return self.is_whole and self.found is not None

    @property
    def confidence(self) -> float | None:
        """The probability of the word; ``None`` without speech."""
        if self.affect and self.is_of_affect:
            return self.affect.confidence or 0.0
        return self.scores.confidence if self.scores else None

    @property
    def percent(self) -> str:
        """The probability of the word as text."""
        return "" if self.confidence is None else percent_text(self.confidence)

    @property
    def feeling(self) -> str:
        """The line below the word: pleasure and arousal, or the most probable emotion, or the hint."""
        if self.scores is None:
            return self.hint
        if self.is_of_affect:
            most_like = translate("NowView", "emotion uncertain; most like {emotion}, {percent}")
            return most_like.format(
                emotion=emotion_word(self.scores.top),
                percent=percent_text(self.scores.confidence),
            )
        if self.is_uncertain:
            return ""
        return affect_words(self.claims) if self.affect else feeling(self.scores)


def of_entry(entry: TimelineEntry | None) -> NowContent:
    """Return what is said of one entry, or with ``None`` that there is none yet."""
    if entry is None:
        return NowContent(
            "",
            "",
            translate("NowView", "nothing yet"),
            hint=translate("NowView", "Open a recording, or record one."),
        )
    when = translate("NowView", "at {time}").format(time=clock_text(entry.start_s))
    if entry.scores:
        return _spoken(when, entry, entry.scores)
    if entry.state is State.GAP:
        return NowContent(
            when,
            translate("NowView", "gap:"),
            translate("NowView", "no sound"),
            hint=translate("NowView", "There is no sound to analyse here."),
        )
    return NowContent(when, "", translate("NowView", "no speech"))


def of_selection(summary: Summary | None, start_s: float, end_s: float, *, is_claim: bool) -> NowContent:
    """Return what is said of a selection, or with ``None`` that it holds no speech.

    Args:
        summary: The mean over the selection.
        start_s: Start of the selection.
        end_s: End of the selection.
        is_claim: Whether the mean reaches the abstain threshold.
    """
    when = translate("NowView", "{start} – {end}").format(start=clock_text(start_s), end=clock_text(end_s))
    if summary is None:
        return NowContent(
            when,
            translate("NowView", "in the selection"),
            translate("NowView", "no speech"),
        )
    return _mean(when, summary, is_claim=is_claim)


def of_whole(summary: Summary, found: Overall | None, *, is_claim: bool, read_s: float | None = None) -> NowContent:
    """Return what is said of the whole recording.

    Args:
        summary: Its mean.
        found: How long each claim lasts.
        is_claim: Whether the mean reaches the abstain threshold.
        read_s: The time up to which it has been read; ``None`` once it has been read whole.
    """
    when = translate("NowView", "the whole recording")
    if read_s is not None:
        when = translate("NowView", "the first {time}, as far as it is read").format(time=short_clock(read_s))
    return dataclasses.replace(_mean(when, summary, is_claim=is_claim), found=found, is_whole=True)


def of_reading() -> NowContent:
    """Return what is said of a recording that is being read, before any speech has been heard."""
    return NowContent("", "", translate("NowView", "reading …"))


def _spoken(when: str, entry: TimelineEntry, scores: EmotionScores) -> NowContent:
    """Return what is said of an entry with speech: its emotion, else what is claimed of arousal and valence."""
    is_uncertain = entry.state is State.UNCERTAIN
    lead = translate("NowView", "uncertain; most like") if is_uncertain else translate("NowView", "sounds")
    return NowContent(
        when,
        translate("NowView", "sounds") if entry.claims else lead,
        affect_words(entry.claims) if is_uncertain and entry.claims else emotion_word(scores.top),
        scores,
        is_uncertain=is_uncertain,
        affect=entry.affect,
    )


def _mean(when: str, summary: Summary, *, is_claim: bool) -> NowContent:
    scores, claims = summary.scores, summary.main_claims
    affect = dataclasses.replace(summary.affect, claims=claims) if summary.affect else None
    lead, word = translate("NowView", "on average uncertain; most like"), emotion_word(scores.top)
    if is_claim:
        lead = translate("NowView", "on average sounds")
    elif claims:
        lead, word = translate("NowView", "mostly sounds"), affect_words(claims)
    return NowContent(when, lead, word, scores, is_uncertain=not is_claim, affect=affect)
