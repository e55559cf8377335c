"""The dialog of Corrections ▸ Agreement: how well people agree with each other and with the model."""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QTextBrowser, QWidget

from ser_desktop.gui.dialogs.dialog_parts import add_button, close_button, column, use_height
from ser_desktop.gui.shared.words import affect_words, emotion_word, number_text, percent_text
from ser_desktop.project.agreement import FEW, MODEL, Agreement, Pair, Share

LINES, LETTERS = 40, 92


class AgreementDialog(QDialog):
    """Shows the measures as tables; they are computed elsewhere, because that takes seconds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Agreement"))
        self.page = QTextBrowser()
        self.page.setAccessibleName(self.tr("Agreement"))
        self.page.setAccessibleDescription(self.tr("How well people agree with each other and with the model"))
        self.page.setMinimumWidth(self.page.fontMetrics().averageCharWidth() * LETTERS)
        self.page.setPlainText(self.tr("Computing…"))
        layout = column(self)
        layout.addWidget(self.page, stretch=1)
        box = close_button(self, self.tr("Close the page"))
        add_button(box, self.tr("&Copy"), self.tr("Copy the page to the clipboard"), self._copy)
        layout.addWidget(box)
        use_height(self, LINES)

    def show_fault(self, text: str) -> None:
        """Show why nothing can be computed."""
        self.page.setPlainText(text)

    def show_agreement(self, found: Agreement) -> None:
        """Show all measures."""
        if not found.passages:
            self.page.setPlainText(self.tr("Nobody has named an emotion yet. Select a passage and press 1 to 8."))
            return
        parts = [f"<p>{self._head(found)}</p>"]
        if found.is_little:
            few = self.tr("Fewer than {count} passages: the numbers may be far from what more of them would show.")
            parts.append(f"<p><b>{few.format(count=FEW)}</b></p>")
        if found.has_little_pair:
            few = self.tr(
                "Some pairs judged fewer than {count} passages in common: their numbers may be far from what more "
                "would show."
            )
            parts.append(f"<p><b>{few.format(count=FEW)}</b></p>")
        if found.pairs:
            both = self.tr("Fleiss’ kappa {fleiss}, Krippendorff’s alpha {alpha}").format(
                fleiss=_number(found.fleiss), alpha=_number(found.alpha)
            )
            title = self.tr("People with each other")
            parts += [f"<h3>{title}</h3>", self._pairs(found.pairs), f"<p>{both}</p>"]
        title = self.tr("People with the most probable emotion of the model")
        parts += [f"<h3>{title}</h3>", self._pairs(found.with_model)]
        title = self.tr("What the model claims")
        parts += [f"<h3>{title}</h3>", self._claims(found)]
        if found.pairs:
            apart = self.tr(
                "Each answer of a person counts by itself; where several people judged a passage, the intervals are "
                "too narrow."
            )
            parts.append(f"<p>{html.escape(apart)}</p>")
        title = self.tr("How often the most probable emotion is right, by its confidence")
        parts += [f"<h3>{title}</h3>", self._reliability(found), *self._confusion(found)]
        self.page.setHtml("".join(parts))

    def _head(self, found: Agreement) -> str:
        text = self.tr("Passages with a named emotion: {count}. Annotators: {names}.").format(
            count=found.passages, names=", ".join(found.annotators)
        )
        if found.cannot_tell:
            text += " " + self.tr("“Cannot tell” was said {count} times and counts nowhere below.").format(
                count=found.cannot_tell
            )
        return html.escape(text)

    def _pairs(self, pairs: Iterable[Pair]) -> str:
        model = self.tr("model")
        rows = [
            (f"{each.one} – {model if each.other == MODEL else each.other}", *_cells(each.agreed), _number(each.kappa))
            for each in pairs
        ]
        return _table(
            (self.tr("Who"), self.tr("The same"), self.tr("Share"), self.tr("95 %"), self.tr("Cohen’s kappa")), rows
        )

    def _claims(self, found: Agreement) -> str:
        rows = [(self.tr("An emotion is claimed"), *_cells(found.claimed))]
        rows.append((self.tr("A claimed emotion is what people hear"), *_cells(found.right)))
        for claim, share in found.claims_right.items():
            if share.total:
                rows.append(
                    (self.tr("“{claim}” is what people hear").format(claim=affect_words((claim,))), *_cells(share))
                )
        return _table((self.tr("What"), self.tr("How often"), self.tr("Share"), self.tr("95 %")), rows)

    def _reliability(self, found: Agreement) -> str:
        rows = [
            (f"{percent_text(low)} – {percent_text(high)}", *_cells(share)) for low, high, share in found.reliability
        ]
        return _table((self.tr("Confidence"), self.tr("Right"), self.tr("Share"), self.tr("95 %")), rows)

    def _confusion(self, found: Agreement) -> list[str]:
        title = self.tr("Confusion: rows are what people hear, columns the most probable emotion of the model")
        names = [emotion_word(label) for label in found.labels]
        rows = [(name, *map(str, row)) for name, row in zip(names, found.confusion, strict=True)]
        return [f"<h3>{title}</h3>", _table(("", *names), rows)]

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.page.toPlainText())


def _cells(share: Share) -> tuple[str, str, str]:
    if not share.total:
        return "–", "–", "–"
    low, high = share.interval
    return f"{share.hits} / {share.total}", percent_text(share.value), f"{percent_text(low)} – {percent_text(high)}"


def _number(value: float) -> str:
    return "–" if math.isnan(value) else number_text(value, 2)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; all texts are escaped."""
    lines = ["".join(f"<th align='left'>{html.escape(each)}</th>" for each in head)]
    lines += ["".join(f"<td>{html.escape(each)}</td>" for each in row) for row in rows]
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"<table cellspacing='0' cellpadding='4' border='1' style='border-collapse: collapse'>{body}</table>"
