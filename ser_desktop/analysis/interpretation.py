"""An interpretation in words, made by rules from timeline, words and speakers.

Each sentence contains the times and numbers that it is based on. It says how a voice sounds, never what somebody is or
feels, and it says what is not known. The rules: an overview; each speaker's share; the clearest passages, in the order
of time, with what was said; what is uncertain; what is missing; windows with several voices.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ser_desktop.analysis.segments import segments
from ser_desktop.analysis.speakers import mixed_share, speakers_of_entries, summarise_speakers, voices_in_windows
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.transcript import Speakers, Transcript
from ser_desktop.values import AffectClaim, Segment, State

MAX_PASSAGES = 5  # described passages
SHORTEST_PASSAGE_S = 0.75  # length of a described passage
MAX_WORDS = 12  # quoted from a passage
SEVERAL = -1  # instead of a speaker's number
MIN_MIXED_SHARE = 0.05  # of entries with several voices, from which a sentence mentions them

LANGUAGES = ("en", "de")


class Rule(enum.Enum):
    """What a sentence is about."""

    OVERVIEW = "overview"
    NO_SPEECH = "no_speech"
    SPEAKER = "speaker"
    PASSAGE = "passage"
    SPOKEN_PASSAGE = "spoken_passage"
    UNCERTAIN = "uncertain"
    LOST = "lost"
    MIXED = "mixed"


TEXTS: Mapping[str, Mapping[Rule, str]] = {
    "en": {
        Rule.OVERVIEW: "There is speech in {speech_s:.1f} of {total_s:.1f} s; the emotion is sure in {sure_s:.1f} s of "
        "it, arousal or valence in {claimed_s:.1f} s.",
        Rule.NO_SPEECH: "No speech was found in {total_s:.1f} s.",
        Rule.SPEAKER: "{name} speaks for {seconds:.1f} s, {percent:.0f} % of the speech.",
        Rule.PASSAGE: "Between {start} and {end} {voice} sounds {sound} ({confidence:.2f}).",
        Rule.SPOKEN_PASSAGE: "Between {start} and {end} {voice} sounds {sound} ({confidence:.2f}) at the words "
        "“{words}”.",
        Rule.UNCERTAIN: "In {seconds:.1f} s of the speech nothing is claimed, because the model is not sure.",
        Rule.LOST: "{seconds:.1f} s of the sound are missing; nothing is known of them.",
        Rule.MIXED: "{percent:.0f} % of the entries come from windows with several voices and speak for all of them.",
    },
    "de": {
        Rule.OVERVIEW: "In {speech_s:.1f} von {total_s:.1f} s wird gesprochen; sicher ist davon die Emotion in "
        "{sure_s:.1f} s, Erregung oder Valenz in {claimed_s:.1f} s.",
        Rule.NO_SPEECH: "In {total_s:.1f} s wurde keine Sprache gefunden.",
        Rule.SPEAKER: "{name} spricht {seconds:.1f} s, {percent:.0f} % der Sprache.",
        Rule.PASSAGE: "Zwischen {start} und {end} klingt {voice} {sound} ({confidence:.2f}).",
        Rule.SPOKEN_PASSAGE: "Zwischen {start} und {end} klingt {voice} {sound} ({confidence:.2f}), bei den Worten "
        "„{words}“.",
        Rule.UNCERTAIN: "In {seconds:.1f} s der Sprache wird nichts behauptet, weil das Modell nicht sicher ist.",
        Rule.LOST: "{seconds:.1f} s des Tons fehlen; darüber ist nichts bekannt.",
        Rule.MIXED: "{percent:.0f} % der Einträge stammen aus Fenstern mit mehreren Stimmen und gelten für alle.",
    },
}
VOICE = {"en": ("the voice", "{name}’s voice"), "de": ("die Stimme", "die Stimme von {name}")}
SOUNDS: Mapping[str, Mapping[str, str]] = {
    "en": {"disgust": "disgusted"},
    "de": {
        **{"neutral": "neutral", "calm": "ruhig", "happy": "fröhlich", "sad": "traurig", "angry": "wütend"},
        **{"fearful": "ängstlich", "disgust": "angeekelt", "surprised": "überrascht"},
        **{"excited": "erregt", "quiet": "verhalten", "pleasant": "angenehm", "unpleasant": "unangenehm"},
        "Speaker": "Sprecher",
    },
}


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence, and the values that it is made from.

    Attributes:
        rule: The rule that made it.
        start_s: Start of the range of time that it describes, in seconds of the stream.
        end_s: End of that range, in seconds of the stream.
        figures: The numbers in it.
        sounds: How the voice sounds, in the words of the model; for passages.
        speaker: Name of the speaker, where it is known.
        words: What is said, where it is known.
    """

    rule: Rule
    start_s: float
    end_s: float
    figures: Mapping[str, float] = field(default_factory=dict)
    sounds: tuple[str, ...] = ()
    speaker: str | None = None
    words: str = ""

    def text(self, language: str = "en", *, as_time: Callable[[float], str] | None = None) -> str:
        """Return the sentence.

        Args:
            language: One of :data:`LANGUAGES`.
            as_time: Formats a time; by default as minutes and seconds.
        """
        as_time = as_time or clock
        known = SOUNDS[language]
        name = self.speaker or ""
        if name.startswith("Speaker "):
            name = name.replace("Speaker", known.get("Speaker", "Speaker"), 1)
        return TEXTS[language][self.rule].format(
            start=as_time(self.start_s),
            end=as_time(self.end_s),
            voice=VOICE[language][bool(name)].format(name=name),
            sound=", ".join(known.get(each, each) for each in self.sounds),
            name=name,
            words=self.words.rstrip(" .,;:"),  # the sentence has its own full stop
            **self.figures,
        )


def interpret(timeline: Timeline, transcript: Transcript | None, speakers: Speakers | None) -> list[Remark]:
    """Return the sentences about a recording.

    Args:
        timeline: Its entries.
        transcript: What was said, if it is known.
        speakers: Who spoke when, if it is known.
    """
    summary, end_s = timeline.summary(), timeline.end_s
    if not summary:
        return [Remark(Rule.NO_SPEECH, 0.0, end_s, {"total_s": end_s})]
    found = list(segments(timeline))
    figures = {
        "speech_s": summary.speech_s,
        "total_s": end_s,
        "sure_s": sum(entry.end_s - entry.start_s for entry in timeline if entry.state is State.SPEECH),
        "claimed_s": sum(entry.end_s - entry.start_s for entry in timeline if entry.claims),
    }
    remarks = [Remark(Rule.OVERVIEW, 0.0, end_s, figures)]
    remarks += _of_speakers(timeline, speakers)
    remarks += _of_passages(timeline, transcript, speakers)
    remarks += _of_doubts(timeline, found, speakers)
    return remarks


def clock(seconds: float) -> str:
    """Return a time as minutes and seconds.

    >>> clock(190.4)
    '3:10'
    """
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def _of_speakers(timeline: Timeline, speakers: Speakers | None) -> Iterator[Remark]:
    for each in summarise_speakers(timeline, speakers) if speakers else ():
        figures = {"seconds": each.seconds, "percent": 100.0 * each.share}
        turns = [turn for turn in (speakers.turns if speakers else ()) if turn.speaker == each.number]
        yield Remark(Rule.SPEAKER, turns[0].start_s, turns[-1].end_s, figures, speaker=each.name)


def _of_passages(timeline: Timeline, transcript: Transcript | None, speakers: Speakers | None) -> Iterator[Remark]:
    voices = _voices(timeline, speakers) if speakers else [1] * len(timeline)
    found = [each for each in segments(timeline, voices) if voices[timeline.index_at(each.start_s)] != SEVERAL]
    clear = [each for each in found if _strength(each) and each.end_s - each.start_s >= SHORTEST_PASSAGE_S]
    chosen = sorted(sorted(clear, key=_strength, reverse=True)[:MAX_PASSAGES], key=lambda each: each.start_s)
    texts = transcript.texts([(each.start_s, each.end_s) for each in chosen]) if transcript else [""] * len(chosen)
    for each, text in zip(chosen, texts, strict=True):
        is_emotion = each.state is State.SPEECH
        sounds = (str(each.label),) if is_emotion else tuple(claim.word for claim in each.claims)
        affect = each.affect.confidence if each.affect else None
        confidence = each.confidence if is_emotion else affect
        speaker = speakers.speaker_between(each.start_s, each.end_s) if speakers else None
        words = text.split()
        yield Remark(
            Rule.SPOKEN_PASSAGE if words else Rule.PASSAGE,
            each.start_s,
            each.end_s,
            {"confidence": confidence or 0.0},
            sounds,
            speakers.name(speaker) if speakers and speaker else None,
            " ".join(words[:MAX_WORDS]) + (" …" if len(words) > MAX_WORDS else ""),
        )


def _voices(timeline: Timeline, speakers: Speakers) -> list[int]:
    """Return the speaker of each entry, or the last one before it; ``SEVERAL`` if its window has several voices."""
    found = speakers_of_entries(timeline, speakers)
    voices, last = [], 0
    for speaker, count in zip(found, voices_in_windows(timeline, found), strict=True):
        last = speaker or last
        voices.append(SEVERAL if count > 1 else last)
    return voices


def _of_doubts(timeline: Timeline, found: Sequence[Segment], speakers: Speakers | None) -> Iterator[Remark]:
    unsure_s = _seconds(each for each in found if each.state is State.UNCERTAIN and not each.claims)
    lost_s = _seconds(each for each in found if each.state is State.GAP)
    if unsure_s:
        yield Remark(Rule.UNCERTAIN, 0.0, timeline.end_s, {"seconds": unsure_s})
    if lost_s:
        yield Remark(Rule.LOST, 0.0, timeline.end_s, {"seconds": lost_s})
    share = mixed_share(timeline, speakers) if speakers else 0.0
    if share >= MIN_MIXED_SHARE:
        yield Remark(Rule.MIXED, 0.0, timeline.end_s, {"percent": 100.0 * share})


def _strength(segment: Segment) -> float:
    """Return the rank of a passage: emotions above arousal and valence, long and certain ones first; 0 for none."""
    length_s = min(segment.end_s - segment.start_s, 10.0)
    if segment.state is State.SPEECH:
        return 10.0 * length_s * (segment.confidence or 0.0)
    quiet_only = segment.claims == (AffectClaim.LOW_AROUSAL,)  # most of everyday speech
    confidence = segment.affect.confidence if segment.affect and segment.claims else None
    return (0.2 if quiet_only else 1.0) * length_s * (confidence or 0.0)


def _seconds(found: Iterator[Segment]) -> float:
    return sum(each.end_s - each.start_s for each in found)
