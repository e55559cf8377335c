"""Two recordings or speakers side by side: the claims of each, and the differences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ser_desktop.analysis.overall import overall
from ser_desktop.analysis.speakers import sounds_of_speakers, speakers_of_entries
from ser_desktop.analysis.timeline import STATES, Summary, Timeline
from ser_desktop.errors import SettingsError
from ser_desktop.export.format import ExportedRecording
from ser_desktop.palette import AFFECT_COLOURS, emotion_colour, is_light
from ser_desktop.report.figure import LETTER, UNCLEAR, clock
from ser_desktop.report.words import TEXTS, headline, percent, shown_name, sound_word, speaker_headline
from ser_desktop.values import AFFECT_CLAIMS, AffectClaim, State

SVG = "comparison.svg.j2"
PALE = 0.45
WIDTH, NAME_WIDTH, NAME_LETTERS = 1000, 220, 30
KEY_HEIGHT = 20  # of a line of the key
SAME = 0.05  # shares and means that differ by less are reported as the same
NOTHING = "unclear"
CLAIMS = {f"only {claim.value}": claim for claim in AffectClaim}  # where no emotion is claimed


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """The compared values of a recording, or of one of its speakers.

    Attributes:
        name: Of the recording or the speaker.
        recording: Name of the recording.
        length_s: Length of the recording, or time in which the speaker speaks.
        speech_s: Seconds of speech with probabilities.
        shares: Of the speech: each claimed emotion, then :data:`CLAIMS` and :data:`NOTHING`.
        sounds: How it sounds as a whole.
        arousal: The mean; ``None`` where it is not known.
        valence: Likewise.
        speakers: Names of the speakers of a recording.
    """

    name: str
    recording: str
    length_s: float
    speech_s: float
    shares: Mapping[str, float]
    sounds: str
    arousal: float | None
    valence: float | None
    speakers: tuple[str, ...] = ()


def sides_of(recordings: Sequence[tuple[ExportedRecording, float]], language: str) -> list[Side]:
    """Return all sides that can be compared: each recording, then each speaker of each recording.

    Args:
        recordings: Each with the abstain threshold of its model.
        language: ``en`` or ``de``.
    """
    whole = [_of_recording(*each, language) for each in recordings]
    return [*whole, *(side for each in recordings for side in _of_speakers(*each, language))]


def chosen_sides(sides: Sequence[Side], names: Sequence[str]) -> list[Side]:
    """Return the sides with these names: a recording's with or without suffix, a speaker's, or a position from 1.

    Raises:
        SettingsError: There is no such recording or speaker, or several.
    """
    return [_named(sides, name) for name in names]


def comparison(one: Side, other: Side, language: str, speakers: Sequence[Side] = ()) -> dict[str, Any]:
    """Return the values that the template shows.

    Args:
        one: The side at the left.
        other: The side at the right.
        language: ``en`` or ``de``.
        speakers: Speakers of both sides, for the list below the comparison.
    """
    return {
        "names": [_title(each, (one, other)) for each in (one, other)],
        "sentences": list(_differences(one, other, language)),
        "rows": list(_rows(one, other, language)),
        "speakers": [
            (
                each.name,
                each.recording,
                clock(each.length_s),
                each.sounds,
                _percent(each.arousal),
                _percent(each.valence),
                _percent(each.shares.get(NOTHING)),
            )
            for each in speakers
        ],
    }


def figure_values(sides: Sequence[Side], language: str) -> dict[str, Any]:
    """Return the values of the figure: a bar for each side, and the means of arousal and valence."""
    bars = [{"name": _short(_title(each, sides)), "boxes": list(_boxes(each, language))} for each in sides]
    scales = [
        {
            "name": TEXTS[language][f"mean_{name}"],
            "low": sound_word(low, language),
            "high": sound_word(high, language),
            "colour": AFFECT_COLOURS[claim],
            "marks": [
                {"x": round(NAME_WIDTH + (WIDTH - NAME_WIDTH) * value, 1), "text": percent(value), "number": number}
                for number, each in enumerate(sides, 1)
                if (value := getattr(each, name)) is not None
            ],
        }
        for name, low, high, claim in (
            ("arousal", "quiet", "excited", AffectClaim.HIGH_AROUSAL),
            ("valence", "unpleasant", "pleasant", AffectClaim.POSITIVE),
        )
    ]
    kept = [each for each in scales if each["marks"]]
    key = _key(sides, language)
    return {
        "bars": bars,
        "scales": kept,
        "key": key,
        "width": WIDTH,
        "left": NAME_WIDTH,
        "key_height": key[-1]["y"] + KEY_HEIGHT + 8 if key else 0,
        "height": 44 * len(bars) + (key[-1]["y"] + KEY_HEIGHT + 8 if key else 0) + 64 * len(kept) + 8,
    }


def _of_recording(exported: ExportedRecording, threshold: float, language: str) -> Side:
    found = exported.segments
    whole = overall(exported.timeline, threshold, found)
    seconds: dict[str, float] = {}
    for each in found:
        if each.state in (State.SPEECH, State.UNCERTAIN):
            kind = str(each.label) if each.state is State.SPEECH else _only(each.claims)
            seconds[kind] = seconds.get(kind, 0.0) + each.end_s - each.start_s
    speakers = exported.speakers
    name = shown_name(exported, language)
    return Side(
        name,
        name,
        exported.timeline.end_s,
        whole.speech_s,
        _shares(seconds),
        headline(whole, language),
        *_affect(whole.mean),
        tuple(speakers.name(number) for number in speakers.numbers) if speakers else (),
    )


def _of_speakers(exported: ExportedRecording, threshold: float, language: str) -> Iterator[Side]:
    speakers, timeline = exported.speakers, exported.timeline
    if not speakers or not len(timeline):
        return
    of_entry = np.array([each or 0 for each in speakers_of_entries(timeline, speakers)])
    for each, sounds in sounds_of_speakers(timeline, speakers, threshold):
        seconds = _seconds(timeline, of_entry == each.number)
        yield Side(
            each.name,
            shown_name(exported, language),
            each.seconds,
            sum(seconds.values()),
            _shares(seconds),
            speaker_headline(sounds, language),
            *_affect(each.summary),
        )


def _seconds(timeline: Timeline, chosen: np.ndarray[Any, Any]) -> dict[str, float]:
    """Return the seconds of each claim in some entries."""
    columns = timeline.columns()
    seconds: dict[str, float] = {}
    for state, claims, numbers in zip(
        columns.states[chosen], columns.claims[chosen], columns.numbers[chosen], strict=True
    ):
        kind = STATES[int(state)]
        if kind in (State.SPEECH, State.UNCERTAIN):
            top = timeline.labels[int(numbers[3 : 3 + len(timeline.labels)].argmax())]
            name = top if kind is State.SPEECH else _only(AFFECT_CLAIMS[int(claims)])
            seconds[name] = seconds.get(name, 0.0) + float(numbers[1] - numbers[0])
    return seconds


def _shares(seconds: Mapping[str, float]) -> dict[str, float]:
    """Return the shares, in the order of :func:`_in_order`."""
    total = sum(seconds.values())
    return {name: seconds[name] / total for name in _in_order(seconds) if seconds[name] > 0.0}


def _in_order(names: Mapping[str, float]) -> list[str]:
    """Return emotions, the longest first, then claims of arousal and valence, then :data:`NOTHING`."""
    last = (*CLAIMS, NOTHING)
    return sorted(names, key=lambda name: (last.index(name) if name in last else -1, -names[name], name))


def _only(claims: Sequence[AffectClaim]) -> str:
    """Return the name of a part of the speech without a claimed emotion."""
    return f"only {claims[0].value}" if claims else NOTHING


def _both(sides: Sequence[Side]) -> list[str]:
    """Return the parts of the bars of all sides, in their order."""
    return _in_order(
        {name: max(each.shares.get(name, 0.0) for each in sides) for side in sides for name in side.shares}
    )


def _affect(mean: Summary | None) -> tuple[float | None, float | None]:
    return (mean.affect.arousal, mean.affect.valence) if mean and mean.affect else (None, None)


def _named(sides: Sequence[Side], name: str) -> Side:
    found = [
        each for each in sides if name in (each.name, each.name.rpartition(".")[0], f"{each.recording}: {each.name}")
    ]
    if len(found) == 1:
        return found[0]
    if not found and name.isdecimal() and 1 <= int(name) <= len(sides):
        return sides[int(name) - 1]
    choices = ", ".join(f"“{_choice(each)}”" for each in sides)
    if found:
        raise SettingsError(
            "“{name}” is the name of several recordings or speakers.",
            "Choose two of {choices}.",
            name=name,
            choices=choices,
        )
    raise SettingsError(
        "There is no recording or speaker “{name}” in the report.",
        "Choose two of {choices}.",
        name=name,
        choices=choices,
    )


def _choice(each: Side) -> str:
    return each.name if each.name == each.recording else f"{each.recording}: {each.name}"


def _title(each: Side, sides: Sequence[Side]) -> str:
    """Return the name of a side, with its recording if several sides have this name."""
    is_unique = sum(other.name == each.name for other in sides) == 1
    return each.name if is_unique else f"{each.recording}: {each.name}"


def _differences(one: Side, other: Side, language: str) -> Iterator[str]:
    texts = TEXTS[language]
    for name, values in (
        ("arousal", (one.arousal, other.arousal)),
        ("valence", (one.valence, other.valence)),
        ("unclear", tuple(each.shares.get(NOTHING, 0.0) if each.speech_s else None for each in (one, other))),
    ):
        first, second = values
        if first is None or second is None:
            continue
        is_same = abs(first - second) < SAME
        more, less = (one, other) if first >= second else (other, one)
        yield texts[f"same_{name}" if is_same else f"more_{name}"].format(
            more=_title(more, (one, other)),
            less=_title(less, (one, other)),
            high=percent(max(first, second)),
            low=percent(min(first, second)),
        )


def _rows(one: Side, other: Side, language: str) -> Iterator[tuple[str, str, str]]:
    texts, sides = TEXTS[language], (one, other)
    yield texts["sounds"], one.sounds, other.sounds
    yield texts["length"], *(clock(each.length_s) for each in sides)  # type: ignore[misc]
    yield texts["speech"], *(clock(each.speech_s) for each in sides)  # type: ignore[misc]
    for name in _both(sides):
        caption = _kind(name, language)[2]
        caption = caption if name in CLAIMS or name == NOTHING else texts["share_of"].format(sound=caption)
        caption = caption[0].upper() + caption[1:]
        yield caption, *(_percent(each.shares.get(name, 0.0) if each.speech_s else None) for each in sides)  # type: ignore[misc]
    for name in ("arousal", "valence"):
        yield texts[f"mean_{name}"], *(_percent(getattr(each, name)) for each in sides)  # type: ignore[misc]
    if one.speakers or other.speakers:
        yield texts["speakers"], *(", ".join(each.speakers) or "–" for each in sides)  # type: ignore[misc]


def _percent(value: float | None) -> str:
    return "–" if value is None else percent(value)


def _short(name: str) -> str:
    return name if len(name) <= NAME_LETTERS else f"{name[: NAME_LETTERS - 1]}…"


def _kind(name: str, language: str) -> tuple[str, float, str]:
    """Return colour, opacity and word of a part of a bar."""
    texts = TEXTS[language]
    if claim := CLAIMS.get(name):
        return AFFECT_COLOURS[claim], PALE, texts["only"].format(sound=sound_word(claim.word, language))
    if name == NOTHING:
        return UNCLEAR, 1.0, texts["unclear"]
    return emotion_colour(name), 1.0, sound_word(name, language)


def _boxes(each: Side, language: str) -> Iterator[dict[str, Any]]:
    x = float(NAME_WIDTH)
    for name, share in each.shares.items():
        colour, opacity, word = _kind(name, language)
        width = share * (WIDTH - NAME_WIDTH)
        texts = (f"{word} {percent(share)}", percent(share), "")
        text = next(text for text in texts if len(text) * LETTER <= width - 6 or not text)
        ink = "#1d232b" if opacity < 1.0 or is_light(colour) else "#ffffff"
        yield {"x": round(x, 1), "width": round(width, 1), "fill": colour, "opacity": opacity, "text": text, "ink": ink}
        x += width


def _key(sides: Sequence[Side], language: str) -> list[dict[str, Any]]:
    """Return the entries of the key, in as many lines as they need."""
    x, y, found = float(NAME_WIDTH), 0, []
    for name in _both(sides):
        colour, opacity, word = _kind(name, language)
        width = LETTER * len(word) + 34
        if x + width > WIDTH:
            x, y = float(NAME_WIDTH), y + KEY_HEIGHT
        found.append({"x": round(x, 1), "y": y, "fill": colour, "opacity": opacity, "text": word})
        x += width
    return found
