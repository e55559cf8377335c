"""Qt view for the interpretation: sentences whose times are links to the timeline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from ser_desktop.analysis.interpretation import Remark, Rule, clock

TIME = re.compile("\ue000([0-9.]+)\ue001([0-9:]+)\ue002")  # private characters around the seconds and their text
SCHEME = "time"


class InterpretationView(QWidget):
    """The sentences as a list; a time in them moves the cursor, and with it the passage is selected.

    Signals:
        passage_requested(float, float): A link was followed: start and end of its passage in seconds.
    """

    passage_requested = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = QTextBrowser()
        self._text.setOpenLinks(False)
        self._text.anchorClicked.connect(self._follow)
        self._text.setAccessibleName(self.tr("Interpretation"))
        self._text.setAccessibleDescription(
            self.tr("Sentences about the recording. Tab goes from one time to the next, Enter goes there.")
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._text)
        self.setFocusProxy(self._text)

    @property
    def text(self) -> str:
        """The sentences without links."""
        return self._text.toPlainText()

    @property
    def links(self) -> list[str]:
        """The addresses of the links, from top to bottom."""
        return re.findall(f'href="({SCHEME}:[^"]+)"', self._text.toHtml())

    def show_remarks(self, remarks: Sequence[Remark], *, language: str, doubt: str = "") -> None:
        """Show these sentences.

        Args:
            remarks: The sentences.
            language: One of the languages of the interpretation.
            doubt: Why the transcript may be wrong, in words for the user.
        """
        items = "".join(f"<li>{_linked(each, language)}</li>" for each in remarks)
        made_by = self.tr(
            "Made by rules from timeline, words and speakers. It says how a voice sounds, not what a person feels."
        )
        warning = f"<p><b>{escape(doubt)}</b></p>" if doubt else ""
        at = self._text.verticalScrollBar().value()
        self._text.setHtml(f"{warning}<ul>{items}</ul><p><i>{escape(made_by)}</i></p>" if items else "")
        self._text.verticalScrollBar().setValue(at)

    def follow(self, link: str) -> None:
        """Go to the passage of a link."""
        start, end = link.removeprefix(f"{SCHEME}:").split("-")
        self.passage_requested.emit(float(start), float(end))

    def _follow(self, url: QUrl) -> None:
        self.follow(url.toString())


def _linked(remark: Remark, language: str) -> str:
    """Return a sentence as HTML, its times as links; that of a speaker ends with the time of the first turn."""
    text = escape(remark.text(language, as_time=lambda seconds: f"\ue000{seconds:.3f}\ue001{clock(seconds)}\ue002"))
    link = f'<a href="{SCHEME}:{remark.start_s:.3f}-{remark.end_s:.3f}">'
    text = TIME.sub(lambda found: f"{link}{found[2]}</a>", text)
    if remark.rule in {Rule.SPEAKER, Rule.SOUNDING_SPEAKER}:
        text = f"{text} {link}{clock(remark.start_s)}</a>"
    return text
