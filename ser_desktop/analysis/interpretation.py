"""An interpretation in words, made by rules from timeline, words and speakers.

Each sentence contains the times and numbers that it is based on. It says how a voice sounds, never what somebody is or
feels, and it says what is not known. The rules: an overview; how the voice, or each speaker's, sounds longest; the
clearest passages, in the order of time, with what was said unless the transcript is doubted; what is uncertain; what is
missing; windows with several voices.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ser_desktop.analysis.segments import segments
from ser_desktop.analysis.speakers import mixed_share, speakers_of_entries, summarise_speakers, voices_in_windows
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.decimal_mark import MARKS, with_mark
from ser_desktop.transcript import Speakers, Transcript
from ser_desktop.values import AffectClaim, Segment, State, TimelineEntry
from ser_desktop.words.doubts import doubt_about

MAX_PASSAGES = 5  # described passages
MAX_QUIET = 2  # described passages that are quiet and nothing else, as most of everyday speech is
SHORTEST_PASSAGE_S = 0.75  # length of a described passage
MAX_WORDS = 12  # quoted from a passage
SHORTEST_MOSTLY_S = 2.0  # of what a voice sounds like longest
SEVERAL = -1  # instead of a speaker's number
MIN_MIXED_SHARE = 0.05  # of entries with several voices, from which a sentence mentions them

LANGUAGES = ("en", "de")


class Rule(enum.Enum):
    """What a sentence is about."""

    OVERVIEW = "overview"
    NO_SPEECH = "no_speech"
    MOSTLY = "mostly"
    SPEAKER = "speaker"
    SOUNDING_SPEAKER = "sounding_speaker"
    PASSAGE = "passage"
    SPOKEN_PASSAGE = "spoken_passage"
    DOUBTED = "doubted"
    UNCERTAIN = "uncertain"
    LOST = "lost"
    MIXED = "mixed"


TEXTS: Mapping[str, Mapping[Rule, str]] = {
    "en": {
        Rule.OVERVIEW: "There is speech in {speech_s:.1f} of {total_s:.1f} s; in {sure_s:.1f} s of it the model is "
        "sure of an emotion, in {claimed_s:.1f} s of arousal or valence.",
        Rule.NO_SPEECH: "No speech was found in {total_s:.1f} s.",
        Rule.MOSTLY: "The voice sounds {sound} for {sounds_s:.1f} s, longer than anything else.",
        Rule.SPEAKER: "{name} speaks for {seconds:.1f} s, {percent:.0f} % of the speech.",
        Rule.SOUNDING_SPEAKER: "{name} speaks for {seconds:.1f} s, {percent:.0f} % of the speech; this "
        "voice sounds {sound} for {sounds_s:.1f} s, longer than anything else.",
        Rule.PASSAGE: "{when} {voice} sounds {sound} ({sure:.0f} %).",
        Rule.SPOKEN_PASSAGE: "{when} {voice} sounds {sound} ({sure:.0f} %), at the words “{words}”.",
        Rule.DOUBTED: "What was said is not quoted, because the transcript is probably wrong.",
        Rule.UNCERTAIN: "In {seconds:.1f} s of the speech nothing is claimed, because the model is not sure.",
        Rule.LOST: "{seconds:.1f} s of the sound are missing; nothing is known of them.",
        Rule.MIXED: "In {percent:.0f} % of the speech several people speak within the seconds that the model looks at "
        "together; what it claims there is about all of them.",
    },
    "de": {
        Rule.OVERVIEW: "In {speech_s:.1f} von {total_s:.1f} s wird gesprochen; davon ist sich das Modell in "
        "{sure_s:.1f} s einer Emotion sicher, in {claimed_s:.1f} s der Erregung oder der Valenz.",
        Rule.NO_SPEECH: "In {total_s:.1f} s wurde keine Sprache gefunden.",
        Rule.MOSTLY: "Am längsten klingt die Stimme {sound}, {sounds_s:.1f} s lang.",
        Rule.SPEAKER: "{name} spricht {seconds:.1f} s, {percent:.0f} % der Sprache.",
        Rule.SOUNDING_SPEAKER: "{name} spricht {seconds:.1f} s, {percent:.0f} % der Sprache; am längsten klingt "
        "diese Stimme {sound}, {sounds_s:.1f} s lang.",
        Rule.PASSAGE: "{when} klingt {voice} {sound} ({sure:.0f} %).",
        Rule.SPOKEN_PASSAGE: "{when} klingt {voice} {sound} ({sure:.0f} %), bei den Worten „{words}“.",
        Rule.DOUBTED: "Was gesagt wurde, wird nicht zitiert, weil die Mitschrift wahrscheinlich falsch ist.",
        Rule.UNCERTAIN: "In {seconds:.1f} s der Sprache wird nichts behauptet, weil das Modell nicht sicher ist.",
        Rule.LOST: "{seconds:.1f} s des Tons fehlen; darüber ist nichts bekannt.",
        Rule.MIXED: "In {percent:.0f} % der Sprache sprechen mehrere Menschen in den Sekunden, die das Modell zusammen "
        "betrachtet; was es dort behauptet, gilt für alle.",
    },
}
WHEN = {
    "en": ("Between {start} and {end}", "At {start}"),
    "de": ("Zwischen {start} und {end}", "Bei {start}"),
}  # the second where both times are the same in seconds
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
        when = WHEN[language][clock(self.start_s) == clock(self.end_s)]
        return TEXTS[language][self.rule].format(
            when=when.format(start=as_time(self.start_s), end=as_time(self.end_s)),
            voice=VOICE[language][bool(name)].format(name=name),
            sound=", ".join(known.get(each, each) for each in self.sounds),
            name=name,
            words=self.words.rstrip(" .,;:"),  # the sentence has its own full stop
            **with_mark(self.figures, MARKS[language]),
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
    is_doubted = transcript is not None and doubt_about(transcript, summary.speech_s) is not None
    remarks = [Remark(Rule.OVERVIEW, 0.0, end_s, figures)]
    remarks += _of_speakers(timeline, speakers) if speakers else _of_the_voice(timeline)
    remarks += _of_passages(timeline, None if is_doubted else transcript, speakers)
    remarks += [Remark(Rule.DOUBTED, 0.0, end_s)] if is_doubted else []
    remarks += _of_doubts(timeline, found, speakers)
    return remarks


def clock(seconds: float) -> str:
    """Return a time as minutes and seconds.

    >>> clock(190.4)
    '3:10'
    """
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def _of_the_voice(timeline: Timeline) -> Iterator[Remark]:
    sounds, seconds = _longest(timeline)
    if sounds:
        yield Remark(Rule.MOSTLY, 0.0, timeline.end_s, {"sounds_s": seconds}, sounds)


def _of_speakers(timeline: Timeline, speakers: Speakers) -> Iterator[Remark]:
    voices = _voices(timeline, speakers)
    for each in summarise_speakers(timeline, speakers):
        figures = {"seconds": each.seconds, "percent": 100.0 * each.share}
        turns = [turn for turn in speakers.turns if turn.speaker == each.number]
        sounds, seconds = _longest(entry for entry, voice in zip(timeline, voices, strict=True) if voice == each.number)
        rule = Rule.SOUNDING_SPEAKER if sounds else Rule.SPEAKER
        figures |= {"sounds_s": seconds} if sounds else {}
        yield Remark(rule, turns[0].start_s, turns[-1].end_s, figures, sounds, each.name)


def _longest(entries: Iterable[TimelineEntry]) -> tuple[tuple[str, ...], float]:
    """Return what is claimed longest of some entries, and for how many seconds; nothing where that is short."""
    seconds: dict[tuple[str, ...], float] = {}
    for entry in entries:
        if sounds := _sounds(entry):
            seconds[sounds] = seconds.get(sounds, 0.0) + entry.end_s - entry.start_s
    longest = max(seconds, key=lambda each: seconds[each], default=())
    return (longest, seconds[longest]) if seconds.get(longest, 0.0) >= SHORTEST_MOSTLY_S else ((), 0.0)


def _sounds(claimed: TimelineEntry | Segment) -> tuple[str, ...]:
    """Return what is claimed of an entry or a passage: an emotion, or else arousal and valence."""
    is_emotion = claimed.state is State.SPEECH
    return (str(claimed.label),) if is_emotion else tuple(claim.word for claim in claimed.claims)


def _of_passages(timeline: Timeline, transcript: Transcript | None, speakers: Speakers | None) -> Iterator[Remark]:
    voices = _voices(timeline, speakers) if speakers else [1] * len(timeline)
    found = [each for each in segments(timeline, voices) if voices[timeline.index_at(each.start_s)] != SEVERAL]
    clear = sorted((each for each in found if _strength(each)), key=_strength, reverse=True)
    clear = [each for each in clear if each.end_s - each.start_s >= SHORTEST_PASSAGE_S]
    quiet = [each for each in clear if _is_only_quiet(each)][MAX_QUIET:]
    chosen = sorted([each for each in clear if each not in quiet][:MAX_PASSAGES], key=lambda each: each.start_s)
    for each in chosen:
        affect = each.affect.confidence if each.affect else None
        confidence = each.confidence if each.state is State.SPEECH else affect
        speaker = speakers.speaker_between(each.start_s, each.end_s) if speakers else None
        words = _quoted(transcript, each) if transcript else ""
        yield Remark(
            Rule.SPOKEN_PASSAGE if words else Rule.PASSAGE,
            each.start_s,
            each.end_s,
            {"sure": 100.0 * (confidence or 0.0)},
            _sounds(each),
            speakers.name(speaker) if speakers and speaker else None,
            words,
        )


def _quoted(transcript: Transcript, passage: Segment) -> str:
    """Return what is said in a passage, with dots where it begins or ends within a line, or is long."""
    words: list[str] = []
    begins_within = ends_within = False
    for line in transcript.lines:
        said = [word for word in line.words if passage.start_s <= word.middle_s < passage.end_s]
        if said:
            begins_within = begins_within if words else said[0] is not line.words[0]
            ends_within = said[-1] is not line.words[-1]
            words += [word.text for word in said]
    if not words:
        return ""
    is_cut = ends_within or len(words) > MAX_WORDS
    return f"{'… ' if begins_within else ''}{' '.join(words[:MAX_WORDS])}{' …' if is_cut else ''}"


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
    confidence = segment.affect.confidence if segment.affect and segment.claims else None
    return (0.2 if _is_only_quiet(segment) else 1.0) * length_s * (confidence or 0.0)


def _is_only_quiet(segment: Segment) -> bool:
    return segment.state is not State.SPEECH and segment.claims == (AffectClaim.LOW_AROUSAL,)


def _seconds(found: Iterator[Segment]) -> float:
    return sum(each.end_s - each.start_s for each in found)
