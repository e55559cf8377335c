"""The agreement of people and model in plain text, for the terminal and the window."""

from __future__ import annotations

import math
from collections.abc import Iterator

from ser_desktop.project.agreement import FEW, Agreement, Pair, Share
from ser_desktop.values import AffectClaim

WORDS = (  # the smallest kappa of each word
    (0.81, "almost perfect"),
    (0.61, "substantial"),
    (0.41, "moderate"),
    (0.21, "fair"),
    (0.0, "slight"),
)

COUNTED_APART = (
    "Each answer of a person counts by itself; where several people judged a passage, the intervals are too narrow."
)


def agreement_lines(found: Agreement) -> list[str]:
    """Return the lines of a report about agreement."""
    if not found.passages:
        return ["Nobody has named an emotion yet."]
    people = ", ".join(found.annotators)
    passages = "1 passage" if found.passages == 1 else f"{found.passages} passages"
    lines = [f"{passages} with a named emotion; annotators: {people}"]
    if found.cannot_tell:
        lines.append(f"“Cannot tell”: {found.cannot_tell} times; these count nowhere below.")
    if found.is_little:
        lines.append(f"Fewer than {FEW} passages: the numbers may be far from what more of them would show.")
    if found.has_little_pair:
        lines.append(
            f"Some pairs judged fewer than {FEW} passages in common: "
            "their numbers may be far from what more would show."
        )
    if found.pairs:
        lines += ["", "People with each other", *(f"  {_pair(each)}" for each in found.pairs)]
        lines.append(f"  Fleiss’ kappa {_number(found.fleiss)}, Krippendorff’s alpha {_number(found.alpha)}")
    lines += [
        "",
        "People with the most probable emotion of the model",
        *(f"  {_pair(each)}" for each in found.with_model),
    ]
    lines += ["", "What the model claims", *(f"  {line}" for line in _claims(found))]
    if found.pairs:
        lines.append(f"  {COUNTED_APART}")
    lines += ["", "How often the most probable emotion is right, by its confidence"]
    lines += [f"  {low:.0%} to {high:.0%}: {_share(share)}" for low, high, share in found.reliability]
    lines += ["", "Confusion: rows are what people hear, columns the most probable emotion of the model"]
    return lines + [f"  {line}" for line in _confusion(found)]


def kappa_word(kappa: float) -> str:
    """Return the usual word for a kappa.

    Source: J. R. Landis, G. G. Koch, The measurement of observer agreement for categorical data, 1977.

    >>> kappa_word(0.5), kappa_word(-0.1)
    ('moderate', 'less than by chance')
    """
    return next((word for least, word in WORDS if kappa >= least), "less than by chance")


def _claims(found: Agreement) -> Iterator[str]:
    yield f"an emotion in {_share(found.claimed)} of the passages"
    yield f"right in {_share(found.right)} of the answers to these"
    for claim in AffectClaim:
        share = found.claims_right[claim]
        if share.total:
            yield f"{claim.value}: right in {_share(share)}"


def _pair(each: Pair) -> str:
    word = kappa_word(each.kappa) if each.agreed.total >= FEW else "few passages"
    kappa = "not defined" if math.isnan(each.kappa) else f"{each.kappa:.2f} ({word})"
    return f"{each.one} – {each.other}: {_share(each.agreed)} the same, Cohen’s kappa {kappa}"


def _share(share: Share) -> str:
    if not share.total:
        return "none"
    low, high = share.interval
    return f"{share.hits} of {share.total}, {share.value:.0%} (95 %: {low:.0%} to {high:.0%})"


def _number(value: float) -> str:
    return "not defined" if math.isnan(value) else f"{value:.2f}"


def _confusion(found: Agreement) -> Iterator[str]:
    width = max(map(len, found.labels), default=0)
    yield " " * width + "".join(f"  {label[:5]:>5}" for label in found.labels)
    for label, row in zip(found.labels, found.confusion, strict=True):
        if any(row):
            yield f"{label:<{width}}" + "".join(f"  {count or '·':>5}" for count in row)
