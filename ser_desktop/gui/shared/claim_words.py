"""From which probability an emotion is claimed, and how often such claims are right, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ser_desktop.emotion.claim_figures import ClaimFigure, ClaimFigures
from ser_desktop.gui.shared.words import percent_text


def claiming_words(threshold: float, figures: ClaimFigures) -> str:
    """Return from which probability an emotion is claimed, and how often it is right where that was measured.

    >>> claiming_words(0.68, ClaimFigures((ClaimFigure(0.68, 0.37, 0.82),)))
    'claimed from 68 %; 82 % of such claims were right in the test'
    >>> claiming_words(0.68, ClaimFigures((ClaimFigure(0.68, 0.37, 0.82),), {0.68: (0.42, 0.94)}))
    'claimed from 68 %; 82 % of these were right in the test, 42 to 94 % in recordings by others'
    >>> claiming_words(0.9, ClaimFigures())
    'claimed from 90 %'
    """
    translate = QCoreApplication.translate
    known = figures.at(threshold)
    if known is None:
        return translate("Claims", "claimed from {percent}").format(percent=percent_text(threshold))
    told = {"percent": percent_text(threshold), "right": percent_text(known.right)}
    if strangers := figures.strangers_at(threshold):
        words = translate(
            "Claims",
            "claimed from {percent}; {right} of these were right in the test, {low} to {high} in recordings by others",
        )
        low, high = strangers
        return words.format(**told, low=round(100 * low), high=percent_text(high))
    words = translate("Claims", "claimed from {percent}; {right} of such claims were right in the test")
    return words.format(**told)


def unclaimed_words(threshold: float) -> str:
    """Return that nothing is claimed below a probability.

    >>> unclaimed_words(0.68)
    'below 68 % no emotion is claimed'
    """
    words = QCoreApplication.translate("Claims", "below {percent} no emotion is claimed")
    return words.format(percent=percent_text(threshold))


def expected_words(threshold: float, figures: ClaimFigures) -> str:
    """Return what is to be expected of claims from a probability on, as far as it was measured.

    >>> print(expected_words(0.9, ClaimFigures()))
    Nothing was measured for this model.
    """
    translate = QCoreApplication.translate
    if not figures.known:
        return translate("Claims", "Nothing was measured for this model.")
    known = figures.at(threshold)
    if known:
        words = translate("Claims", "Measured on new voices of the same corpus: {figure}.")
        said = [words.format(figure=_figure(known))]
    else:
        sides = [_figure(each) for each in figures.around(threshold) if each]
        words = translate("Claims", "This was not measured. Measured on new voices of the same corpus: {figures}.")
        said = [words.format(figures="; ".join(sides))]
    if strangers := figures.strangers_at(threshold):
        words = translate("Claims", "In other corpora, languages and rooms {low} to {high} of the claims were right.")
        said.append(words.format(low=percent_text(strangers[0]), high=percent_text(strangers[1])))
    return " ".join(said)


def _figure(figure: ClaimFigure) -> str:
    words = QCoreApplication.translate(
        "Claims", "from {percent} on, {share} of the speech is claimed and {right} is right"
    )
    return words.format(
        percent=percent_text(figure.threshold), share=percent_text(figure.share), right=percent_text(figure.right)
    )
