"""The question to a language model, and the check of its answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ser_desktop.analysis.interpretation import clock, interpret
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.transcript import Speakers, Transcript

MAX_LINES = 400  # of a transcript; longer ones are cut, and the question says so
INSTRUCTIONS = {
    "en": "You read findings about a voice recording and its transcript. Say in at most six short sentences how the "
    "voice sounds together with what is said. Name the times as in the findings. Say how a voice sounds, never what "
    "somebody is or feels. Say what is uncertain. Add nothing that is not in the findings.",
    "de": "Du liest Befunde über eine Sprachaufnahme und ihre Abschrift. Sage in höchstens sechs kurzen Sätzen, wie "
    "die Stimme klingt, zusammen mit dem, was gesagt wird. Nenne die Zeiten wie in den Befunden. Sage, wie eine Stimme "
    "klingt, nie, was jemand ist oder fühlt. Sage, was unsicher ist. Füge nichts hinzu, was nicht in den Befunden "
    "steht.",
}
TIME = re.compile(r"\b(\d{1,3}):([0-5]\d)\b")


@dataclass(frozen=True, slots=True)
class CheckedAnswer:
    """The answer of a language model, and the errors that were found in it.

    Attributes:
        text: The unchanged answer.
        wrong_times: Times in the answer that lie behind the end of the recording.
    """

    text: str
    wrong_times: tuple[str, ...]


def question(
    timeline: Timeline, transcript: Transcript | None, speakers: Speakers | None, *, language: str = "en"
) -> str:
    """Return the whole text for the language model: instructions, the findings, and the lines of the transcript."""
    findings = [f"- {remark.text(language)}" for remark in interpret(timeline, transcript, speakers)]
    return "\n".join((INSTRUCTIONS[language], "", *findings, "", *_lines(transcript, speakers))).rstrip()


def check(text: str, end_s: float) -> CheckedAnswer:
    """Return an answer with the times in it that lie behind the end of the recording.

    >>> check("Sad at 0:10, glad at 7:30.", 60.0).wrong_times
    ('7:30',)
    """
    wrong = [found[0] for found in TIME.finditer(text) if 60 * int(found[1]) + int(found[2]) > end_s + 1.0]
    return CheckedAnswer(text, tuple(dict.fromkeys(wrong)))


def _lines(transcript: Transcript | None, speakers: Speakers | None) -> Sequence[str]:
    lines = []
    for line in transcript.lines[:MAX_LINES] if transcript else ():
        speaker = speakers.speaker_between(line.start_s, line.end_s) if speakers else None
        name = f"{speakers.name(speaker)}: " if speakers and speaker else ""
        lines.append(f"{clock(line.start_s)} {name}{line.text}")
    if transcript and len(transcript.lines) > MAX_LINES:
        lines.append(f"({len(transcript.lines) - MAX_LINES} more lines are left out.)")
    return lines
