"""The actions of the Corrections menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from ser_desktop.gui.shared.theme import EMOTIONS
from ser_desktop.gui.shared.words import affect_words, emotion_word
from ser_desktop.values import AffectClaim

MAX_KEYS = 8  # emotions with a key
CLAIM_KEYS = {
    AffectClaim.HIGH_AROUSAL: ("Alt+Up",),
    AffectClaim.LOW_AROUSAL: ("Alt+Down",),
    AffectClaim.POSITIVE: ("Alt++", "Alt+="),
    AffectClaim.NEGATIVE: ("Alt+-",),
}


class CorrectionActions(QObject):
    """What can be said about the selected passage, or the one at the cursor.

    Args:
        parent: The window.
        make: Makes an action of its text, its key, its explanation and further keys.

    Attributes:
        emotions: The action of each emotion of the model.
        claims: The action of each claim of arousal or valence.
    """

    def __init__(self, parent: QObject, make: Callable[..., QAction]) -> None:
        super().__init__(parent)
        self.labels: tuple[str, ...] = tuple(EMOTIONS)
        what = self.tr("Say that the selected passage, or the one at the cursor, sounds like this")
        self.emotions = [make("", str(key), what) for key in range(1, MAX_KEYS + 1)]
        self.claims = {
            claim: make(affect_words((claim,)), keys[0], what, *keys[1:]) for claim, keys in CLAIM_KEYS.items()
        }
        self.cannot_tell = make(self.tr("&Cannot tell"), "0", self.tr("Say that you listened and cannot tell"))
        self.note = make(self.tr("&Note on the passage…"), "Ctrl+K", self.tr("Write a remark on this passage"))
        self.remove = make(
            self.tr("R&emove the correction"), "Ctrl+Backspace", self.tr("Remove what you said about this passage")
        )
        self.recording_note = make(
            self.tr("Note on the &recording…"), "Ctrl+Shift+K", self.tr("Write a remark on the whole recording")
        )
        self.annotator = make(self.tr("&Annotator…"), "", self.tr("Choose the name that your corrections have"))
        self.blind = make(
            self.tr("&Hide the model’s answers"),
            "Ctrl+B",
            self.tr("Judge by ear alone: what the model says is not shown"),
        )
        self.blind.setCheckable(True)
        self.agreement = make(
            self.tr("A&greement…"), "", self.tr("How well people agree with each other and with the model")
        )
        self.show_labels(self.labels)

    @property
    def of_passages(self) -> list[QAction]:
        """The actions that need a passage."""
        return [*self.emotions, *self.claims.values(), self.cannot_tell, self.note, self.remove]

    def show_labels(self, labels: Sequence[str]) -> None:
        """Offer the emotions of a model; those after the eighth have no key."""
        self.labels = tuple(labels) or tuple(EMOTIONS)
        for index, action in enumerate(self.emotions):
            is_used = index < len(self.labels)
            action.setVisible(is_used)
            action.setEnabled(is_used)
            action.setText(emotion_word(self.labels[index]) if is_used else "")

    def fill(self, bar: QMenuBar) -> QMenu:
        """Add the menu to the menu bar."""
        menu = bar.addMenu(self.tr("&Corrections"))
        menu.addActions(self.emotions)
        menu.addSeparator()
        menu.addActions([*self.claims.values()])
        menu.addSeparator()
        menu.addActions([self.cannot_tell, self.note, self.remove])
        menu.addSeparator()
        menu.addActions([self.recording_note, self.annotator, self.blind])
        menu.addSeparator()
        menu.addAction(self.agreement)
        return menu
