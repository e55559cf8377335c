"""Passes to the result panel from which probability an emotion of the shown recording is claimed, and its figures."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ser_desktop.emotion.claim_figures import ClaimFigures, claim_figures
from ser_desktop.emotion.model_file import ModelInfo
from ser_desktop.gui.model.recording import Recording
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.widgets.now_view import NowView


class ShownClaims(QObject):
    """Keeps the figures of the model in use, and passes them on where the shown recording is of that model.

    Args:
        session: The open recordings.
        now: The result panel.
    """

    def __init__(self, session: Session, now: NowView) -> None:
        super().__init__(now)
        self._session, self._now = session, now
        self._identity, self._figures = "", ClaimFigures()
        session.switched.connect(self._show)
        session.begun.connect(lambda _recording: self._show())
        session.claims_changed.connect(lambda _recording: self._show())

    def use_model(self, info: ModelInfo) -> None:
        """Use the figures of this model."""
        self._identity, self._figures = info.identity, claim_figures(info)
        self._show()

    def _show(self) -> None:
        shown = self._session.shown or Recording.nothing()
        figures = self._figures if shown.model == self._identity else ClaimFigures()
        self._now.show_claiming(shown.abstain_threshold, figures)
