"""What the user changed, so that it can be undone: a history for each open recording, and the one that is in use."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoGroup, QUndoStack

if TYPE_CHECKING:
    from ser_desktop.gui.model.recording import Recording

T = TypeVar("T")

MAX_EDITS = 1000  # of a recording


class Edits(QObject):
    """The histories of the open recordings. Undo and redo act on the one of the shown recording.

    A history for each recording, because a step back must be visible: what was done to another recording would change
    unseen, or could not be undone once that is closed.

    Signals:
        changed(): Other steps can be undone or redone now.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._group = QUndoGroup(self)
        self._stacks: dict[Recording, QUndoStack] = {}
        self._shown: Recording | None = None
        self._group.indexChanged.connect(lambda _index: self.changed.emit())
        self._group.activeStackChanged.connect(lambda _stack: self.changed.emit())

    @property
    def undo_text(self) -> str | None:
        """What undo takes back, as in “set marker”; ``None`` where there is nothing."""
        return self._group.undoText() if self._group.canUndo() else None

    @property
    def redo_text(self) -> str | None:
        """What redo does again; ``None`` where there is nothing."""
        return self._group.redoText() if self._group.canRedo() else None

    def change(self, recording: Recording, text: str, *, use: Callable[[T], object], before: T, after: T) -> None:
        """Make a change that can be undone; nothing happens where it changes nothing.

        Args:
            recording: What is changed.
            text: What is done, for the menu.
            use: Sets a value; it is called at once with ``after``, and on undo with ``before``.
            before: The value now.
            after: The new value.
        """
        if before == after:
            return
        if recording not in self._stacks:
            stack = self._stacks[recording] = QUndoStack(self._group)
            stack.setUndoLimit(MAX_EDITS)
            self._group.addStack(stack)
        stack = self._stacks[recording]
        if recording is self._shown:
            self._group.setActiveStack(stack)
        stack.push(_Change(text, lambda: use(before), lambda: use(after)))

    def show(self, recording: Recording | None) -> None:
        """Use the history of another recording, or none."""
        self._shown = recording
        self._group.setActiveStack(self._stacks.get(recording) if recording else None)  # type: ignore[arg-type]

    def drop(self, recording: Recording) -> None:
        """Drop the history of a recording that was closed."""
        stack = self._stacks.pop(recording, None)
        if stack:
            self._group.removeStack(stack)
            stack.deleteLater()

    def undo(self) -> str | None:
        """Take the last change of the shown recording back; return what it was."""
        text = self.undo_text
        self._group.undo()
        return text

    def redo(self) -> str | None:
        """Make the change again that was taken back last; return what it was."""
        text = self.redo_text
        self._group.redo()
        return text


class _Change(QUndoCommand):
    def __init__(self, text: str, back: Callable[[], object], forth: Callable[[], object]) -> None:
        super().__init__(text)
        self._back, self._forth = back, forth

    def undo(self) -> None:
        self._back()

    def redo(self) -> None:
        self._forth()
