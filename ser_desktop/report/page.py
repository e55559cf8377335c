"""A report as one self-contained HTML page, and the same for printing."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ser_desktop import paths
from ser_desktop.analysis.interpretation import interpret
from ser_desktop.analysis.overall import Overall, overall
from ser_desktop.analysis.speakers import sounds_of_speakers
from ser_desktop.corrections import Correction, of_passage
from ser_desktop.decimal_mark import MARKS, MarkedNumber, with_mark
from ser_desktop.export.format import APP, ExportedRecording
from ser_desktop.palette import AFFECT_COLOURS, emotion_colour
from ser_desktop.report.comparison import SVG, chosen_sides, comparison, figure_values, sides_of
from ser_desktop.report.figure import (
    AFFECT,
    AXIS,
    GAP,
    KEY_LINE,
    RIBBON,
    WAVEFORM,
    WIDTH,
    FloatArray,
    clock,
    key_of,
    rows_of,
)
from ser_desktop.report.words import (
    TEXTS,
    correction_words,
    headline,
    percent,
    segment_words,
    shown_name,
    sound_word,
    speaker_headline,
)
from ser_desktop.values import AffectClaim, Segment, State, VoiceUse

if TYPE_CHECKING:
    from jinja2 import Environment

MAX_PASSAGES = 200  # listed passages of a recording
MAX_LINES = 400  # listed lines of a transcript
PAGE, FIGURE = "report.html.j2", "figure.svg.j2"


@dataclass(frozen=True, slots=True, eq=False)
class ReportedRecording:
    """A recording of a report.

    Attributes:
        exported: What was found in it, and what people say about it.
        abstain_threshold: Confidence from which the model claims an emotion.
        outline: Lowest and highest sample of each fiftieth of a second; ``None`` without the sound.
        note: A remark on the whole recording.
    """

    exported: ExportedRecording
    abstain_threshold: float = 0.0
    outline: tuple[FloatArray, FloatArray] | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A report.

    Attributes:
        html: The page. For printing, each figure is ``<img src="figure:N">``.
        figures: The figures as SVG; a page that is not for printing also contains them.
    """

    html: str
    figures: tuple[str, ...] = ()


def report_of(
    recordings: Sequence[ReportedRecording],
    *,
    title: str = "",
    language: str = "en",
    date: datetime.date | None = None,
    is_print: bool = False,
    compared: Sequence[str] = (),
) -> Report:
    """Return the report of recordings.

    All texts of recordings and people are escaped; of paths, only the file names are shown.

    Args:
        recordings: At least one.
        title: Of the report; by default the name of the recording, or of the first and the number of the others.
        language: ``en`` or ``de``.
        date: On which it is made; today by default.
        is_print: Whether it is for Qt's printing, which supports few styles and no SVG within a page.
        compared: The names of two recordings or speakers that are shown side by side, or their positions, from 1.

    Raises:
        SettingsError: There is no recording or speaker with such a name.
    """
    environment = _environment()
    figures: list[str] = []
    described = [_described(each, language, environment, figures) for each in recordings]
    html = environment.get_template(PAGE).render(
        title=title or _title(recordings, language),
        language=language,
        texts=TEXTS[language],
        recordings=described,
        comparison=_compared(recordings, compared, language, environment, figures) if compared else None,
        is_print=is_print,
        made_with=TEXTS[language]["made_with"].format(app=APP, date=(date or datetime.date.today()).isoformat()),
    )
    return Report(html, tuple(figures))


def _title(recordings: Sequence[ReportedRecording], language: str) -> str:
    first, others = shown_name(recordings[0].exported, language), len(recordings) - 1
    return TEXTS[language]["and_more"].format(name=first, count=others) if others else first


def _environment() -> Environment:
    """Return jinja2's environment; it escapes all texts and raises an error for an undefined name."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(paths.report_templates()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _described(each: ReportedRecording, language: str, environment: Environment, figures: list[str]) -> dict[str, Any]:
    """Return the values that the template shows for a recording, and append its figure."""
    exported, mark = each.exported, MARKS[language]
    found, timeline = list(exported.segments), exported.timeline
    whole = overall(timeline, each.abstain_threshold, found)
    rows = rows_of(timeline, found, each.outline, language=language)
    has_affect = any(row.arousal for row in rows)
    items = key_of(timeline, found, language, has_affect=has_affect)
    svg = environment.get_template(FIGURE).render(
        rows=rows,
        texts=TEXTS[language],
        sizes=_sizes(has_waveform=bool(each.outline), has_affect=has_affect),
        colours={"arousal": AFFECT_COLOURS[AffectClaim.HIGH_AROUSAL], "valence": AFFECT_COLOURS[AffectClaim.POSITIVE]},
        key=items,
        key_height=round(items[-1].y + KEY_LINE + 4) if items else 0,
    )
    figures.append(svg)
    clear = [segment for segment in found if segment_words(segment, language)]
    return {
        "name": shown_name(exported, language),
        "figure": svg if rows else "",
        "headline": headline(whole, language),
        "facts": list(_facts(exported, whole, language)),
        "bars": _bars(whole, language),
        "remarks": [remark.text(language) for remark in interpret(timeline, exported.transcript, exported.speakers)],
        "passages": [_passage(exported, segment, language) for segment in clear[:MAX_PASSAGES]],
        "left_out": max(len(clear) - MAX_PASSAGES, 0),
        "has_corrections": bool(exported.corrections),
        "has_words": exported.transcript is not None,
        "has_speakers": exported.speakers is not None,
        "corrections": [
            (
                clock(said.start_s, decimals=1, mark=mark),
                clock(said.end_s, decimals=1, mark=mark),
                said.annotator,
                correction_words(said, language),
                _model_words(each, said, language),
            )
            for said in exported.corrections
        ],
        "speakers": _speakers(each, language),
        "lines": _lines(exported),
        "markers": [(clock(marker.seconds, decimals=1, mark=mark), marker.label) for marker in exported.markers],
        "note": each.note,
        "model": _model(exported, language),
    }


def _compared(  # noqa: PLR0917 - as _described
    recordings: Sequence[ReportedRecording],
    names: Sequence[str],
    language: str,
    environment: Environment,
    figures: list[str],
) -> dict[str, Any]:
    """Return the values that the template shows for two recordings or speakers side by side, and append the figure."""
    sides = sides_of([(each.exported, each.abstain_threshold) for each in recordings], language)
    one, other = chosen_sides(sides, names)
    files = {one.recording, other.recording}
    speakers = [each for each in sides[len(recordings) :] if each.recording in files]
    svg = environment.get_template(SVG).render(texts=TEXTS[language], **figure_values((one, other), language))
    figures.append(svg)
    found = comparison(one, other, language, speakers if len(speakers) > 1 else ())
    return {**found, "figure": svg, "number": len(figures) - 1}


def _facts(exported: ExportedRecording, whole: Overall, language: str) -> Iterator[tuple[str, str]]:
    texts, end_s = TEXTS[language], exported.timeline.end_s
    yield texts["length"], clock(end_s)
    if exported.rate:
        sides = texts["mono"] if exported.channels in (None, 1) else texts["channels"].format(count=exported.channels)
        chosen = ", " + texts["channel"].format(channel=exported.channel) if exported.channel else ""
        yield texts["sound"], f"{MarkedNumber(exported.rate / 1000, MARKS[language]):g} kHz, {sides}{chosen}"
    if whole.speech_s:
        unclear_s = whole.unclear_s
        yield texts["speech"], f"{clock(whole.speech_s)} ({percent(whole.speech_s / end_s)})"
        yield texts["clear"], clock(whole.clear_s)
        yield texts["affect"], clock(whole.affect_s)
        yield texts["unclear"], f"{clock(unclear_s)} ({percent(unclear_s / whole.speech_s)})"


def _bars(whole: Overall, language: str) -> list[tuple[str, int, str]]:
    """Return word, percentage and colour of each emotion."""
    if whole.mean is None:
        return []
    pairs = zip(whole.mean.scores.labels, whole.mean.scores.values, strict=True)
    return [(sound_word(label, language), round(100 * value), emotion_colour(label)) for label, value in pairs]


def _model_words(each: ReportedRecording, said: Correction, language: str) -> str:
    """Return what the model claims on average of a passage that somebody judged; empty for nothing."""
    timeline = each.exported.timeline
    inside = timeline.indices_between(said.start_s, said.end_s)
    mean = timeline.summary(inside.start, inside.stop)
    if mean is None:
        return ""
    has_claim = any(timeline[index].state is State.SPEECH for index in inside)
    if has_claim and mean.scores.confidence >= each.abstain_threshold:
        return sound_word(mean.scores.top, language)
    return ", ".join(sound_word(claim.word, language) for claim in mean.main_claims)


def _passage(exported: ExportedRecording, segment: Segment, language: str) -> dict[str, str]:
    times_s = [(segment.start_s, segment.end_s)]
    affect = segment.affect.confidence if segment.affect and segment.state is State.UNCERTAIN else None
    confidence = segment.confidence if segment.state is State.SPEECH else affect
    colour = emotion_colour(str(segment.label)) if segment.state is State.SPEECH else ""
    if segment.state is State.UNCERTAIN and segment.claims:
        colour = AFFECT_COLOURS[segment.claims[0]]
    speakers = exported.speakers
    names = speakers.speakers_between(segment.start_s, segment.end_s) if speakers else []
    return {
        "start": clock(segment.start_s, decimals=1, mark=MARKS[language]),
        "end": clock(segment.end_s, decimals=1, mark=MARKS[language]),
        "sounds": segment_words(segment, language),
        "colour": colour,
        "confidence": "" if confidence is None else percent(confidence),
        "level": ""
        if segment.level_dbfs is None
        else f"{segment.level_dbfs:.0f}\N{NO-BREAK SPACE}dBFS".replace("-", "−"),
        "said": "; ".join(
            f"{said.annotator}: {words}"
            for said in of_passage(exported.corrections, segment.start_s, segment.end_s)
            if (words := correction_words(said, language, has_note=False))
        ),
        "speaker": ", ".join(speakers.name(each) for each in names) if speakers else "",
        "words": exported.transcript.texts(times_s)[0] if exported.transcript else "",
    }


def _speakers(reported: ReportedRecording, language: str) -> list[tuple[str, str, str, str]]:
    """Return name, seconds, share and sound of each speaker."""
    exported = reported.exported
    if not exported.speakers:
        return []
    return [
        (each.name, clock(each.seconds), percent(each.share), speaker_headline(sounds, language))
        for each, sounds in sounds_of_speakers(exported.timeline, exported.speakers, reported.abstain_threshold)
    ]


def _lines(exported: ExportedRecording) -> list[tuple[str, str, str]]:
    """Return time, speaker and text of each line that was said."""
    if not exported.transcript:
        return []
    speakers, found = exported.speakers, []
    for line in exported.transcript.lines[:MAX_LINES]:
        number = speakers.speaker_between(line.start_s, line.end_s) if speakers else None
        found.append((clock(line.start_s), speakers.name(number) if speakers and number else "", line.text))
    return found


def _model(exported: ExportedRecording, language: str) -> str:
    settings, texts, threshold = exported.settings, TEXTS[language], exported.abstain_threshold
    claims = "" if threshold is None else " " + texts["claims_from"].format(percent=f"{100 * threshold:.0f}")
    claims += "".join(f" {sentence}" for sentence in _voices(exported, language))
    if settings is None:
        return texts["model_only"].format(model=exported.model) + claims
    lengths = {"window": settings.window_s, "hop": settings.hop_s, "smoothing": settings.smoothing_s}
    return texts["model"].format(model=exported.model, **with_mark(lengths, MARKS[language])) + claims


def _voices(exported: ExportedRecording, language: str) -> Iterator[str]:
    """Yield what was known of the voice, or of each speaker's; nothing for a model that does not adapt to voices."""
    if exported.voice is None:
        return
    if not exported.voice.speakers:
        yield _voice(exported.voice, language)
    for number, use in exported.voice.speakers.items():
        name = exported.speakers.name(number) if exported.speakers else str(number)
        yield f"{name}: {_voice(use, language)}"


def _voice(use: VoiceUse, language: str) -> str:
    texts = TEXTS[language]
    if use.name:
        return texts["voice_named"].format(name=use.name)
    if use.known_from_s is None:
        return texts["voice_unknown"]
    return texts["voice_from"].format(time=clock(int(use.known_from_s)))


def _sizes(*, has_waveform: bool, has_affect: bool) -> dict[str, int]:
    """Return the sizes and positions of the lanes in a row of the figure."""
    waveform, affect = WAVEFORM if has_waveform else 0, AFFECT if has_affect else 0
    at_waveform = RIBBON + GAP
    at_affect = at_waveform + (waveform + GAP if waveform else 0)
    at_axis = at_affect + (affect + GAP if affect else 0)
    return {
        **{"width": WIDTH, "ribbon": RIBBON, "waveform": waveform, "affect": affect},
        **{"at_waveform": at_waveform, "at_affect": at_affect, "at_axis": at_axis, "row": at_axis + AXIS + 8},
    }
