"""The part of a report that tells what was said, and by whom."""

from __future__ import annotations

from ser_desktop.analysis.headline import speaker_headline
from ser_desktop.analysis.overall import Overall
from ser_desktop.analysis.speakers import SpeakerSummary, mixed_share, sounds_of_speakers
from ser_desktop.analysis.spoken import Spoken
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.cli import one_line
from ser_desktop.cli.times import clock
from ser_desktop.transcript import Speakers, Transcript

TOLD_FROM = 0.05  # share of entries with several voices that is worth a line


def spoken_lines(timeline: Timeline, spoken: Spoken, abstain_threshold: float) -> list[str]:
    """Return the lines of a report, with an empty one before each part; none where nothing was asked for.

    Args:
        timeline: Of the recording.
        spoken: Its words and speakers.
        abstain_threshold: Confidence from which an emotion is claimed.
    """
    lines = []
    if spoken.transcript:
        lines += ["", *transcript_lines(spoken.transcript, spoken.speakers), ""]
    if spoken.speakers:
        lines += ["", *speaker_lines(timeline, spoken.speakers, abstain_threshold), ""]
    return [line for line, before in zip(lines, ["x", *lines], strict=False) if line or before]


def transcript_lines(transcript: Transcript, speakers: Speakers | None) -> list[str]:
    """Return a line for each line of a transcript: time, speaker where known, words."""
    lines = []
    for each in transcript.lines:
        speaker = speakers.speaker_between(each.start_s, each.end_s) if speakers else None
        name = f"{speakers.name(speaker)}: " if speakers and speaker else ""
        lines.append(one_line(f"{clock(each.start_s)} {name}{each.text}"))
    return lines or ["No words found"]


def speaker_lines(timeline: Timeline, speakers: Speakers, abstain_threshold: float) -> list[str]:
    """Return a line for each speaker, and one where voices are mixed in many windows."""
    lines = [_speaker_line(*each) for each in sounds_of_speakers(timeline, speakers, abstain_threshold)]
    share = mixed_share(timeline, speakers)
    if share >= TOLD_FROM:
        lines.append(
            f"{100 * share:.0f} % of the entries come from windows with several voices and speak for all of them"
        )
    return lines or ["No speakers found"]


def _speaker_line(each: SpeakerSummary, sounds: Overall) -> str:
    text = f"{one_line(each.name)}: {each.seconds:.1f} s, {100 * each.share:.0f} % of the speech"
    is_mixed = each.summary is not None and not each.is_alone
    return f"{text}; {speaker_headline(sounds)}" + (" (never alone in a window)" if is_mixed else "")
