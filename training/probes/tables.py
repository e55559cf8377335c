"""Formats the results of ``probe`` as Markdown, for the terminal and the model card."""

from __future__ import annotations

from training.evaluate.metrics import Estimate
from training.evaluate.results import (
    AppResponse,
    ChangeMetrics,
    LengthMetrics,
    Probes,
    Reliability,
    Selection,
    StateShares,
    UnseenCorpus,
)
from training.probes.robustness import UNCHANGED

QUIET = ("neutral", "calm")
COLUMNS = ("an emotion", "“uncertain”", "no speech")

CHANGES = """\
One window around the speech of each clip, predicted by the network that was not trained on its speaker. “Flips” is the
share of clips whose predicted emotion changes. If too little speech is found, the app says “uncertain” whatever the
network predicts. The intervals of the loss resample the same speakers for both.

"""
LENGTHS = "The same clips with windows of other lengths, around the middle of the speech.\n\n"
SOUNDS = """\
Entries of the app, four a second, with its speech gate, abstain threshold, temperature and smoothing; the network:
{network}.

"""


def sections(probes: Probes) -> dict[str, str]:
    """Return the text of each part that was measured, by its heading."""
    text = {}
    if probes.changes:
        text["Recorded another way"] = changes_table(probes.changes)
    if probes.lengths:
        text["Short and long windows"] = lengths_table(probes.lengths)
    if probes.synthetic:
        text["Sounds without acted speech"] = sounds_tables(probes, probes.synthetic)
    if probes.reliability:
        text["Reliability by corpus"] = reliability_table(probes.reliability)
    if probes.unseen:
        text["A corpus that is never trained on"] = unseen_text(probes.unseen)
    return text


def changes_table(changes: dict[str, ChangeMetrics]) -> str:
    """Return the table of the changes of sound, with the recall of calm if the model has that label."""
    has_calm = "calm" in changes[UNCHANGED].recall
    rows = []
    for name, each in changes.items():
        lost = ["–", "–"] if name == UNCHANGED else [_points(each.loss), percent(each.flips)]
        calm = [percent(each.recall["calm"])] if has_calm else []
        rows.append([name, str(each.uar), *lost, *calm, percent(each.too_little_speech)])
    head = ["sound", "UAR", "lost", "flips", *(["recall of calm"] if has_calm else []), "too little speech"]
    return CHANGES + table(head, rows)


def lengths_table(lengths: dict[str, LengthMetrics]) -> str:
    """Return the table of window lengths."""
    rows = [[f"{seconds} s", str(each.uar)] for seconds, each in lengths.items()]
    return LENGTHS + table(["window", "UAR"], rows)


def sounds_tables(probes: Probes, synthetic: AppResponse) -> str:
    """Return the tables of synthetic sounds and, if they were measured, of noise and of read speech."""
    text = SOUNDS.format(network=synthetic.network)
    for response, meaning in (
        (synthetic, "synthetic sounds"),
        (probes.noise, "no speech in them"),
        (probes.read, "read, not acted"),
    ):
        if response:
            heading = f"{response.corpus}: {meaning}" if response.corpus else meaning
            kinds = response.kinds if len(response.kinds) > 1 else {}
            rows = [_shares_row(kind, each) for kind, each in kinds.items()]
            text += table([heading, "windows", *COLUMNS], [*rows, _shares_row("all", response.all)]) + "\n"
    return text + (_labels_of_read_speech(probes.read.all) if probes.read else "")


def reliability_table(corpora: dict[str, Reliability]) -> str:
    """Return the calibration error and the tiers of each corpus."""
    rows = []
    for name, each in corpora.items():
        parts = (each.shown, *each.tiers.values())
        rows.append([name, str(each.answers), percent(each.ece), *map(_right_of, parts)])
    tiers = next(iter(corpora.values())).tiers
    text = "Accuracy of the predictions, and their share of all predictions; speakers that were not trained on.\n\n"
    return text + table(["corpus", "predictions", "calibration error", "at or above the threshold", *tiers], rows)


def unseen_text(unseen: UnseenCorpus) -> str:
    """Return the metrics of a corpus that is never trained on."""
    return f"{described_unseen(unseen)}\n\n" + reliability_table({unseen.corpus: unseen.reliability})


def described_unseen(unseen: UnseenCorpus) -> str:
    """Return the metrics of a corpus among its own labels, as two sentences."""
    recall = ", ".join(f"{label} {percent(value)}" for label, value in unseen.recall.items())
    text = (
        f"{unseen.corpus}: {unseen.clips} clips of {unseen.speakers} speakers, "
        f"UAR {unseen.recognition.uar} over its {len(unseen.recall)} emotions;\nrecall {recall}."
    )
    called = unseen.neutral_called_calm
    return text if called is None else f"{text}\nOf its neutral, {percent(called)} is called calm."


def table(head: list[str], rows: list[list[str]]) -> str:
    """Return a table in Markdown, ending with a line break."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _shares_row(kind: str, shares: StateShares) -> list[str]:
    return [kind, str(shares.windows), *map(percent, (shares.speech, shares.uncertain, shares.no_speech))]


def _labels_of_read_speech(shares: StateShares) -> str:
    """Return the shares of the emotions claimed for read speech, and the share that is neutral, calm or uncertain."""
    quiet = shares.speech * sum(shares.labels.get(label, 0.0) for label in QUIET) + shares.uncertain
    labels = ", ".join(f"{label} {percent(share)}" for label, share in shares.labels.items()) or "none"
    spoken = max(shares.speech + shares.uncertain, 1e-9)
    return (
        f"Emotions claimed for read speech: {labels}.\nNeutral, calm or “uncertain”: {percent(quiet / spoken)} of the "
        "windows with speech.\n"
    )


def _right_of(chosen: Selection) -> str:
    return f"{percent(chosen.accuracy)} of {percent(chosen.share)}"


def _points(estimate: Estimate) -> str:
    return f"{100 * estimate.value:.1f} ({100 * estimate.low:.1f} to {100 * estimate.high:.1f})"


def percent(value: float | None) -> str:
    """Return a share for a table.

    >>> percent(0.125), percent(None)
    ('12.5 %', '–')
    """
    return "–" if value is None else f"{100 * value:.1f} %"
