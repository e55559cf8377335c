"""The texts of reports, in English and German."""

from __future__ import annotations

from collections.abc import Mapping

from ser_desktop.analysis.interpretation import SOUNDS
from ser_desktop.analysis.overall import Overall
from ser_desktop.analysis.sentence import Part, PartKind, render_sentence, sentence_parts
from ser_desktop.corrections import Correction
from ser_desktop.export.format import ExportedRecording
from ser_desktop.values import Segment, State

LANGUAGES = ("en", "de")

TEXTS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "How a voice sounds",
        "report": "Report",
        "and_more": "{name} and {count} more",
        "recordings": "Recordings",
        "recording": "Recording",
        "length": "Length",
        "sound": "Sound",
        "mono": "mono",
        "channels": "{count} channels",
        "channel": "channel {channel}",
        "speech": "Speech",
        "clear": "Emotion clear in",
        "affect": "Only arousal or valence in",
        "unclear": "Unclear",
        "mean": "Mean over all speech",
        "in_words": "In words",
        "made": "Found by rules from the numbers below, not by a language model.",
        "passages": "Passages",
        "more": "{count} more passages are not listed.",
        "none": "No passage in which an emotion, arousal or valence is claimed.",
        "start": "Start",
        "end": "End",
        "sounds": "Sounds",
        "confidence": "Confidence",
        "level": "Level",
        "corrections": "Corrections",
        "said": "What people say",
        "by_model": "What the model says",
        "passage": "Passage",
        "annotator": "Person",
        "speaker": "Speaker",
        "speakers": "Speakers",
        "share": "Share of the speech",
        "text": "Words",
        "transcript": "What was said",
        "note": "Note",
        "markers": "Markers",
        "method": "Method and limits",
        "lane_sounds": "Sounds",
        "lane_waveform": "Waveform",
        "lane_affect": "Arousal, valence",
        "arousal": "arousal: excited above the middle",
        "valence": "valence: pleasant above the middle",
        "unclear_key": "speech, nothing claimed",
        "comparison": "Comparison",
        "comparison_speakers": "By speaker",
        "share_of": "Clearly {sound}",
        "only": "only {sound}",
        "mean_arousal": "Arousal, mean",
        "mean_valence": "Valence, mean",
        "more_arousal": "“{more}” sounds more excited than “{less}” (arousal {high} against {low}).",
        "same_arousal": "Both sound about equally excited (arousal {high} and {low}).",
        "more_valence": "“{more}” sounds more pleasant than “{less}” (valence {high} against {low}).",
        "same_valence": "Both sound about equally pleasant (valence {high} and {low}).",
        "more_unclear": "More of “{more}” is unclear ({high} of the speech against {low}).",
        "same_unclear": "About as much of both is unclear ({high} and {low} of the speech).",
        "cannot_tell": "cannot tell",
        "no_speech": "No speech found",
        "mean_is": "On average sounds {sound}, {percent} %",
        "mostly": "mostly {sounds}",
        "partly": "partly {sounds}",
        "once": "once clearly {sound}",
        "twice": "twice clearly {sound}",
        "times": "{count} times clearly {sound}",
        "uncertain": "Uncertain; most like {sound}, {percent} %",
        "nothing": "nothing claimed",
        "model": "Model {model}; window {window:g} s, an entry each {hop:g} s, smoothing {smoothing:g} s.",
        "model_only": "Model {model}.",
        "voice_named": "The sound was compared with the known voice “{name}”.",
        "voice_from": "The analysis adapted to the voice from {time} on.",
        "voice_unknown": "The analysis did not adapt to a voice.",
        "claims_from": "An emotion is claimed from a probability of {percent} %.",
        "limit_sounds": "A model that was trained on acted speech computes how a voice sounds. It does not know what "
        "a person feels or means, and it is wrong more often on other voices, languages and rooms than it was "
        "trained on.",
        "limit_claims": "An emotion is claimed only where its probability reaches the threshold of the model; "
        "otherwise arousal and valence are claimed, if these are sure; otherwise nothing.",
        "limit_use": "It is no diagnosis and no lie detector. In the EU, recognising emotions at work and in "
        "education is prohibited; people must be told that it is used.",
        "made_with": "Made with {app} on {date}. The sound stayed on the computer.",
    },
    "de": {
        "title": "Wie eine Stimme klingt",
        "report": "Bericht",
        "and_more": "{name} und {count} weitere",
        "recordings": "Aufnahmen",
        "recording": "Aufnahme",
        "length": "Länge",
        "sound": "Ton",
        "mono": "mono",
        "channels": "{count} Kanäle",
        "channel": "Kanal {channel}",
        "speech": "Sprache",
        "clear": "Emotion klar in",
        "affect": "Nur Erregung oder Valenz in",
        "unclear": "Unklar",
        "mean": "Mittel über alle Sprache",
        "in_words": "In Worten",
        "made": "Nach Regeln aus den Zahlen unten gebildet, nicht von einem Sprachmodell.",
        "passages": "Abschnitte",
        "more": "{count} weitere Abschnitte sind nicht aufgeführt.",
        "none": "Kein Abschnitt, in dem eine Emotion, Erregung oder Valenz behauptet wird.",
        "start": "Anfang",
        "end": "Ende",
        "sounds": "Klingt",
        "confidence": "Konfidenz",
        "level": "Pegel",
        "corrections": "Korrekturen",
        "said": "Was Menschen sagen",
        "by_model": "Was das Modell sagt",
        "passage": "Abschnitt",
        "annotator": "Person",
        "speaker": "Sprecher",
        "speakers": "Sprecher",
        "share": "Anteil an der Sprache",
        "text": "Worte",
        "transcript": "Was gesagt wurde",
        "note": "Notiz",
        "markers": "Marken",
        "method": "Verfahren und Grenzen",
        "lane_sounds": "Klingt",
        "lane_waveform": "Wellenform",
        "lane_affect": "Erregung, Valenz",
        "arousal": "Erregung: erregt über der Mitte",
        "valence": "Valenz: angenehm über der Mitte",
        "unclear_key": "Sprache, nichts behauptet",
        "comparison": "Vergleich",
        "comparison_speakers": "Nach Sprechern",
        "share_of": "Klar {sound}",
        "only": "nur {sound}",
        "mean_arousal": "Erregung, Mittel",
        "mean_valence": "Valenz, Mittel",
        "more_arousal": "„{more}“ klingt erregter als „{less}“ (Erregung {high} gegen {low}).",
        "same_arousal": "Beide klingen etwa gleich erregt (Erregung {high} und {low}).",
        "more_valence": "„{more}“ klingt angenehmer als „{less}“ (Valenz {high} gegen {low}).",
        "same_valence": "Beide klingen etwa gleich angenehm (Valenz {high} und {low}).",
        "more_unclear": "Von „{more}“ ist mehr unklar ({high} der Sprache gegen {low}).",
        "same_unclear": "Von beiden ist etwa gleich viel unklar ({high} und {low} der Sprache).",
        "cannot_tell": "nicht zu sagen",
        "no_speech": "Keine Sprache gefunden",
        "mean_is": "Klingt im Mittel {sound}, {percent} %",
        "mostly": "überwiegend {sounds}",
        "partly": "teils {sounds}",
        "once": "einmal klar {sound}",
        "twice": "zweimal klar {sound}",
        "times": "{count}-mal klar {sound}",
        "uncertain": "Unsicher; am ehesten {sound}, {percent} %",
        "nothing": "nichts behauptet",
        "model": "Modell {model}; Fenster {window:g} s, ein Eintrag alle {hop:g} s, Glättung {smoothing:g} s.",
        "model_only": "Modell {model}.",
        "voice_named": "Der Ton wurde mit der bekannten Stimme „{name}“ verglichen.",
        "voice_from": "Die Analyse passte sich ab {time} an die Stimme an.",
        "voice_unknown": "Die Analyse passte sich keiner Stimme an.",
        "claims_from": "Eine Emotion wird ab einer Wahrscheinlichkeit von {percent} % behauptet.",
        "limit_sounds": "Ein Modell, das mit gespielter Sprache trainiert wurde, berechnet, wie eine Stimme klingt. Es "
        "weiß nicht, was ein Mensch fühlt oder meint, und irrt sich bei anderen Stimmen, Sprachen und Räumen häufiger "
        "als bei denen, mit denen es trainiert wurde.",
        "limit_claims": "Eine Emotion wird nur behauptet, wo die Wahrscheinlichkeit die Schwelle des Modells erreicht; "
        "sonst Erregung und Valenz, wenn diese sicher sind; sonst nichts.",
        "limit_use": "Das ist keine Diagnose und kein Lügendetektor. In der EU ist es verboten, am Arbeitsplatz und in "
        "der Bildung Emotionen zu erkennen; Menschen müssen wissen, dass es geschieht.",
        "made_with": "Erstellt mit {app} am {date}. Der Ton blieb auf dem Rechner.",
    },
}


def shown_name(exported: ExportedRecording, language: str) -> str:
    """Return the name of a recording, with the channel where that was analysed by itself."""
    channel = TEXTS[language]["channel"].format(channel=exported.channel)
    return f"{exported.file}, {channel}" if exported.channel else exported.file


def sound_word(word: str, language: str) -> str:
    """Return an emotion, or a word of arousal or valence, in a language."""
    return SOUNDS[language].get(word, word)


def percent(value: float) -> str:
    """Return a share from 0 to 1 as a percentage, whose sign stays on its line.

    >>> percent(0.412) == "41\N{NO-BREAK SPACE}%"
    True
    """
    return f"{100 * value:.0f}\N{NO-BREAK SPACE}%"


def segment_words(segment: Segment, language: str) -> str:
    """Return the claims of a segment; empty without any."""
    if segment.state is State.SPEECH:
        return sound_word(str(segment.label), language)
    return ", ".join(sound_word(claim.word, language) for claim in segment.claims)


def correction_words(said: Correction, language: str, *, has_note: bool = True) -> str:
    """Return what a correction says, with its note unless that is left out."""
    parts = [sound_word(said.label, language)] if said.label else []
    parts += [sound_word(claim.word, language) for claim in said.claims]
    parts += [TEXTS[language]["cannot_tell"]] if said.cannot_tell else []
    return " – ".join(part for part in (", ".join(parts), said.note if has_note else "") if part)


def headline(found: Overall, language: str) -> str:
    """Return the sentence that says how a recording sounds as a whole."""
    return render_sentence(sentence_parts(found), lambda part: _part(part, language))


def speaker_headline(found: Overall, language: str) -> str:
    """Return the sentence that says how a speaker sounds."""
    return render_sentence(sentence_parts(found, is_speaker=True), lambda part: _part(part, language))


def _part(part: Part, language: str) -> str:
    """Return the words for a part of the sentence."""
    texts, percent = TEXTS[language], round(100 * part.confidence)
    match part.kind:
        case PartKind.NO_SPEECH:
            return texts["no_speech"]
        case PartKind.MEAN:
            return texts["mean_is"].format(sound=sound_word(part.label, language), percent=percent)
        case PartKind.NOTHING:
            return texts["nothing"]
        case PartKind.UNCERTAIN:
            return texts["uncertain"].format(sound=sound_word(part.label, language), percent=percent)
        case PartKind.MOSTLY | PartKind.PARTLY:
            sounds = ", ".join(sound_word(claim.word, language) for claim in part.claims)
            return texts["mostly" if part.kind is PartKind.MOSTLY else "partly"].format(sounds=sounds)
        case PartKind.CLEARLY:
            text = texts[{1: "once", 2: "twice"}.get(part.count, "times")]
            return text.format(sound=sound_word(part.label, language), count=part.count)
