"""Tables of what ``probe`` measured, as Markdown: the terminal shows them and the model card holds them."""

from __future__ import annotations

from typing import Any

from training.evaluate.metrics import Figure
from training.probes.robustness import UNCHANGED

QUIET = ("neutral", "calm")
COLUMNS = ("an emotion", "“uncertain”", "no speech")

CHANGES = """\
One window around the speech of each clip, by the network that never heard the speaker. “Another answer” is the share
of clips whose top emotion is not that of the clip as it was recorded; where too little speech is found the app says
“uncertain” whatever the network says. The intervals of the loss draw speakers for both answers alike.

"""
LENGTHS = "The same clips by windows of other lengths, around the middle of the speech; shorter ones cut it.\n\n"
SOUNDS = """\
Answers of the app, four a second, with its gate, threshold, temperature and smoothing; the network: {network}.

"""


def sections(probes: dict[str, Any]) -> dict[str, str]:
    """Return the text of each part that was measured, by its heading."""
    text = {}
    if "changes" in probes:
        text["Recorded another way"] = changes_table(probes["changes"])
    if "lengths" in probes:
        text["Short and long windows"] = lengths_table(probes["lengths"])
    if "synthetic" in probes:
        text["Sounds in which nobody acts"] = sounds_tables(probes)
    if "reliability" in probes:
        text["What the confidence means, by corpus"] = reliability_table(probes["reliability"])
    if "unheard" in probes:
        text["A corpus that is never trained on"] = unheard_text(probes["unheard"])
    return text


def changes_table(changes: dict[str, dict[str, Any]]) -> str:
    """Return the table of the changes of sound, and of the recall of calm where there is calm."""
    has_calm = "calm" in changes[UNCHANGED]["recall"]
    rows = []
    for name, each in changes.items():
        lost = ["–", "–"] if name == UNCHANGED else [_points(Figure(**each["loss"])), percent(each["flips"])]
        calm = [percent(each["recall"]["calm"])] if has_calm else []
        rows.append([name, str(Figure(**each["UAR"])), *lost, *calm, percent(each["too_little_speech"])])
    head = ["sound", "UAR", "lost", "another answer", *(["recall of calm"] if has_calm else []), "too little speech"]
    return CHANGES + table(head, rows)


def lengths_table(lengths: dict[str, dict[str, Any]]) -> str:
    """Return the table of window lengths."""
    rows = [[f"{seconds} s", str(Figure(**each["UAR"]))] for seconds, each in lengths.items()]
    return LENGTHS + table(["window", "UAR"], rows)


def sounds_tables(probes: dict[str, Any]) -> str:
    """Return the tables of made sounds, noise and read speech, as far as they were measured."""
    text = SOUNDS.format(network=probes["synthetic"]["network"])
    for part, meaning in (("synthetic", "made sounds"), ("noise", "nobody speaks"), ("read", "read, not acted")):
        if part in probes:
            answers = probes[part]
            heading = f"{answers['corpus']}: {meaning}" if "corpus" in answers else meaning
            rows = [_answer_row(kind, each) for kind, each in answers["kinds"].items() if len(answers["kinds"]) > 1]
            text += table([heading, "windows", *COLUMNS], [*rows, _answer_row("all", answers["all"])]) + "\n"
    return text + (_read_labels(probes["read"]["all"]) if "read" in probes else "")


def reliability_table(figures: dict[str, dict[str, Any]]) -> str:
    """Return calibration error and tiers of each corpus."""
    rows = []
    for name, each in figures.items():
        parts = (each["shown"], *each["tiers"].values())
        rows.append([name, str(each["answers"]), percent(each["ece"]), *map(_right_of, parts)])
    tiers = next(iter(figures.values()))["tiers"]
    text = "How many of the answers are right, and of all answers how many are such ones; unheard speakers.\n\n"
    return text + table(["corpus", "answers", "calibration error", "all that is shown", *tiers], rows)


def unheard_text(unheard: dict[str, Any]) -> str:
    """Return what the network of everybody makes of a corpus that it has never heard."""
    return f"{described_unheard(unheard)}\n\n" + reliability_table({unheard["corpus"]: unheard["reliability"]})


def described_unheard(unheard: dict[str, Any]) -> str:
    """Return the figures of a corpus in its own labels as two sentences."""
    recall = ", ".join(f"{label} {percent(value)}" for label, value in unheard["recall"].items())
    text = (
        f"{unheard['corpus']}: {unheard['clips']} clips of {unheard['speakers']} speakers, "
        f"UAR {Figure(**unheard['figures']['UAR'])} over its {len(unheard['recall'])} emotions; recall {recall}."
    )
    called = unheard["neutral_called_calm"]
    return text if called is None else f"{text} Of its neutral, {percent(called)} is called calm."


def table(head: list[str], rows: list[list[str]]) -> str:
    """Return a table in Markdown, ending with a line break."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _answer_row(kind: str, shares: dict[str, Any]) -> list[str]:
    states = ("speech", "uncertain", "no_speech")
    return [kind, str(shares["windows"]), *(percent(shares[state]) for state in states)]


def _read_labels(shares: dict[str, Any]) -> str:
    """Return which emotions read speech got, and how much of it is quiet."""
    claimed, uncertain = shares["speech"], shares["uncertain"]
    quiet = claimed * sum(shares["labels"].get(label, 0.0) for label in QUIET) + uncertain
    labels = ", ".join(f"{label} {percent(share)}" for label, share in shares["labels"].items()) or "none"
    spoken = max(claimed + uncertain, 1e-9)
    return (
        f"Emotions that read speech got: {labels}. Neutral, calm or “uncertain”: {percent(quiet / spoken)} of the "
        "windows in which somebody speaks.\n"
    )


def _right_of(part: dict[str, float | None]) -> str:
    return f"{percent(part['accuracy'])} of {percent(part['share'])}"


def _points(figure: Figure) -> str:
    return f"{100 * figure.value:.1f} ({100 * figure.low:.1f} to {100 * figure.high:.1f})"


def percent(value: float | None) -> str:
    """Return a share for a table."""
    return "–" if value is None else f"{100 * value:.1f} %"
