"""Turns the results of jobs into what clients read."""

from __future__ import annotations

import dataclasses
import io
import json
from collections.abc import Mapping
from typing import Any

from ser_desktop.analysis.analyzer import AnalysisSpec
from ser_desktop.analysis.interpretation import LANGUAGES, interpret
from ser_desktop.analysis.spoken import SpokenSpec
from ser_desktop.errors import ExportError, SettingsError, WordsError
from ser_desktop.export.format import Content, ExportedRecording
from ser_desktop.export.json_lines import recording_of
from ser_desktop.export.registry import FORMATS, format_named
from ser_desktop.service.spec import ServiceSpec
from ser_desktop.service.uploads import UploadError
from ser_desktop.service.worker import Answer
from ser_desktop.transcript import Speakers
from ser_desktop.values import Segment, State
from ser_desktop.words.models import find_words_model

YES = ("true", "1", "yes", "on")
MEDIA_TYPES = {".csv": "text/csv; charset=utf-8", ".json": "application/json"}


def spoken_spec_of(fields: Mapping[str, str], spec: ServiceSpec, *, transcribe: bool) -> SpokenSpec | None:
    """Return what a form asks for of words and speakers.

    Args:
        fields: Of the form.
        spec: Of the service, which names the model.
        transcribe: Whether there is a transcript where the form does not say; then none is made if the recogniser is
            not installed.

    Raises:
        UploadError: The form asks for it, and the recogniser is not installed.
    """
    is_asked = "transcribe" in fields
    wants_words = fields.get("transcribe", "").lower() in YES if is_asked else transcribe
    wants_speakers = fields.get("speakers", "").lower() in YES
    if not (wants_words or wants_speakers):
        return None
    try:
        return SpokenSpec(find_words_model(spec.words_model, spec.words_language), wants_words, wants_speakers)
    except WordsError as error:
        if is_asked or wants_speakers:
            raise UploadError(501, str(error)) from error
        return None


def spec_of(fields: Mapping[str, str], spec: ServiceSpec) -> AnalysisSpec:
    """Return how a recording is analysed, with the voice that a form names.

    Raises:
        UploadError: There is no such voice.
    """
    name, is_several = fields.get("voice", "").strip(), fields.get("several_speakers", "").lower() in YES
    if not name or spec.voices is None:
        return dataclasses.replace(spec.spec, one_speaker=spec.spec.one_speaker and not is_several)
    try:
        return dataclasses.replace(spec.spec, voice=spec.voices.read(name))
    except SettingsError as error:  # without its advice, which lists the names of all voices
        raise UploadError(422, str(SettingsError(error.sentences[0], **error.values))) from error


def combined(answer: Answer, language: str = "en") -> dict[str, Any]:
    """Return the answer to ``/process_audio``, with the interpretation in a language of :data:`LANGUAGES`.

    The keys with capitals are those of services of this kind. “LLM Interpretation” is made by rules, and says so in
    ``interpreted_by``; no language model is involved.
    """
    told: dict[str, Any] = json.loads(answer.line)
    recording = recording_of(answer.line)
    transcript = recording.transcript
    return {
        "Emotion Probabilities": told["summary"]["scores"],
        "Transcription": " ".join(line.text for line in transcript.lines) if transcript else None,
        "LLM Interpretation": " ".join(_remarks(recording, language)),
        "interpreted_by": "rules",
        "error": answer.error or None,
        "hint": answer.hint or None,
        **{name: told[name] for name in ("file", "model", "audio", "summary", "speakers", "transcript", "timeline")},
    }


def overview(answer: Answer, language: str = "en") -> dict[str, Any]:
    """Return what the page shows beside the timeline: headline, remarks, passages with their words, and the formats."""
    recording = recording_of(answer.line)
    found = recording.segments
    stretches = [(each.start_s, each.end_s) for each in found]
    texts = recording.transcript.texts(stretches) if recording.transcript else [""] * len(found)
    return {
        "headline": answer.headline,
        "remarks": _remarks(recording, language),
        "passages": [_passage(each, text, recording.speakers) for each, text in zip(found, texts, strict=True)],
        "formats": offered_formats(),
    }


def _remarks(recording: ExportedRecording, language: str) -> list[str]:
    remarks = interpret(recording.timeline, recording.transcript, recording.speakers)
    return [each.text(language if language in LANGUAGES else LANGUAGES[0]) for each in remarks]


def _passage(each: Segment, text: str, speakers: Speakers | None) -> dict[str, Any]:
    is_emotion = each.state is State.SPEECH
    claimed = each.affect.confidence if each.affect else None
    words = {State.NO_SPEECH: "no speech", State.GAP: "sound is missing"}.get(each.state, "uncertain")
    spoken_by = speakers.speakers_between(each.start_s, each.end_s) if speakers else []
    return {
        "start": round(each.start_s, 3),
        "end": round(each.end_s, 3),
        "sounds": each.label if is_emotion else ", ".join(claim.word for claim in each.claims) or words,
        "confidence": each.confidence if is_emotion else claimed,
        "speaker": ", ".join(speakers.name(number) for number in spoken_by) if speakers else "",
        "text": text,
    }


def exported(answer: Answer, name: str) -> tuple[bytes, str, str]:
    """Return a result in a format: the file's content, its suffix and its media type.

    Raises:
        UploadError: There is no such format, or it holds markers, which a result has not.
    """
    try:
        chosen = format_named(name)
    except ExportError as error:
        raise UploadError(404, str(error)) from error
    if chosen.content.is_of_people:
        raise UploadError(404, f"“{name}” holds markers or corrections, and a result has none.")
    recording = recording_of(answer.line)
    file = io.BytesIO() if chosen.is_binary else io.StringIO(newline="")
    writer = chosen.start(file, recording.timeline.labels)
    try:
        writer.write(recording)
    except ExportError as error:  # speakers that nobody has asked for
        raise UploadError(404, str(error)) from error
    if chosen.close:
        chosen.close(writer)
    content = file.getvalue()
    kind = MEDIA_TYPES.get(
        chosen.suffix, "application/octet-stream" if chosen.is_binary else "text/plain; charset=utf-8"
    )
    return content if isinstance(content, bytes) else content.encode(), chosen.suffix, kind


def offered_formats() -> list[dict[str, str]]:
    """Return the formats that a result can be downloaded in."""
    return [
        {"name": each.name, "suffix": each.suffix, "description": each.description}
        for each in FORMATS
        if not each.content.is_of_people and each.content is not Content.SPEAKERS
    ]
