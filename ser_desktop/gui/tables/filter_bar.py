"""Qt view above the table of passages: chips and a field that choose which passages it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QToolButton, QWidget

from ser_desktop.gui.shared.emotion_plate import paint_plate
from ser_desktop.gui.shared.icons import transparent_pixmap
from ser_desktop.gui.shared.theme import LIGHT, Theme, mixed
from ser_desktop.gui.shared.words import affect_words, emotion_word
from ser_desktop.gui.tables.passage_filter import PassageFilter
from ser_desktop.values import AffectClaim, Segment, State

FIELD_LETTERS = 14


class FilterBar(QWidget):
    """A chip for clear passages, for each emotion and each claim of arousal and valence that occurs, and for fragments.

    Signals:
        changed(): The choice has changed.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Which passages are shown"))
        self._theme = LIGHT
        self._emotions: dict[
            str, QToolButton
        ] = {}  # those of earlier recordings too: Qt retains memory of deleted ones
        self._words: dict[QToolButton, tuple[str, int]] = {}  # word and number of passages of each chip
        self._clear = self._chip(self.tr("Clear only"), self.tr("Only passages with a clear emotion"))
        self._claims = {claim: self._chip(affect_words((claim,))) for claim in AffectClaim}
        self._short = self._chip(
            self.tr("Under 1 s too"), self.tr("Also passages under 1 s, which otherwise join their neighbours")
        )
        self._field, self._count = QLineEdit(self), QLabel(self)
        self._make_field()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(6, 3, 6, 3)
        self._row.setSpacing(4)
        self._row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)  # chips give way
        for each in (self._clear, *self._claims.values(), self._short):
            self._row.addWidget(each)
        self._row.addStretch(1)
        self._row.addWidget(self._count)
        self._row.addWidget(self._field)
        self.show_theme(LIGHT)

    @property
    def chosen(self) -> PassageFilter:
        """The criteria that are set."""
        return PassageFilter(
            is_clear=self._clear.isChecked(),
            emotions=frozenset(label for label, chip in self._emotions.items() if chip.isChecked()),
            claims=frozenset(claim for claim, chip in self._claims.items() if chip.isChecked()),
            text=self._field.text(),
        )

    @property
    def shows_fragments(self) -> bool:
        """Whether passages under a second are shown for themselves."""
        return self._short.isChecked()

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """The chips and the field from left to right."""
        return (self._clear, *self._emotions.values(), *self._claims.values(), self._short, self._field)

    def start(self, labels: Sequence[str]) -> None:
        """Have chips for these emotions; what was chosen before stays chosen."""
        for label in labels:
            if label not in self._emotions:
                chip = self._chip(emotion_word(label))
                self._row.insertWidget(1 + len(self._emotions), chip)
                self._emotions[label] = chip
                chip.setIcon(self._icon(label))
        self.show_counts((), 0)

    def show_counts(self, passages: Sequence[Segment], shown: int) -> None:
        """Show how many passages there are of each kind, and how many the table shows."""
        clear = Counter(each.label for each in passages if each.state is State.SPEECH)
        claims = Counter(claim for each in passages for claim in each.claims)
        for label, chip in self._emotions.items():
            self._tell(chip, emotion_word(label), clear[label])
        for claim, chip in self._claims.items():
            self._tell(chip, affect_words((claim,)), claims[claim])
        text = self.tr("{count} passages") if len(passages) > 1 else self.tr("1 passage")
        text = self.tr("{shown} of {count}") if self.chosen.is_set else text
        self._count.setText(text.format(shown=shown, count=len(passages)) if passages else "")
        self._use_room()

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._theme = theme
        chosen = mixed(theme.accent, theme.raised, 0.2).name()
        self.setStyleSheet(
            f"QToolButton {{ border: 1px solid {theme.border.name()}; border-radius: 4px; padding: 1px 6px;"
            f" background: {theme.raised.name()}; color: {theme.text.name()}; }}"
            f"QToolButton:checked {{ border-color: {theme.accent.name()}; background: {chosen}; }}"
            f"QToolButton:hover, QToolButton:focus {{ border-color: {theme.accent.name()}; }}"
            f"QLabel {{ color: {theme.muted.name()}; }}"
        )
        for label, chip in self._emotions.items():
            chip.setIcon(self._icon(label))

    def go_to_field(self) -> None:
        """Put the keyboard focus into the field."""
        self._field.setFocus()
        self._field.selectAll()

    def clear(self) -> None:
        """Show all passages again."""
        was_set = self.chosen.is_set
        for chip in (self._clear, *self._emotions.values(), *self._claims.values()):
            chip.blockSignals(True)
            chip.setChecked(False)
            chip.blockSignals(False)
        self._field.blockSignals(True)
        self._field.clear()
        self._field.blockSignals(False)
        if was_set:
            self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the words of the chips while all of them fit."""
        super().resizeEvent(event)
        self._use_room()

    def changeEvent(self, event: QEvent) -> None:
        """Scale to the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_row"):
            self.show_theme(self._theme)
            self._use_room()

    def minimumSizeHint(self) -> QSize:
        """Return the room for one row of chips."""
        return QSize(0, super().minimumSizeHint().height())

    def _make_field(self) -> None:
        self._field.setPlaceholderText(self.tr("Find…"))
        self._field.setClearButtonEnabled(True)
        self._field.setAccessibleName(self.tr("Find in the passages"))
        self._field.setToolTip(self.tr("Only passages with all of these words"))
        self._field.setMaximumWidth(self._field.fontMetrics().horizontalAdvance("n") * FIELD_LETTERS)
        self._field.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._field.textChanged.connect(lambda _text: self.changed.emit())

    def _chip(self, word: str, tip: str = "") -> QToolButton:
        chip = QToolButton(self)
        chip.setText(word)
        chip.setCheckable(True)
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setAccessibleName(word)
        chip.setToolTip(tip or self.tr("Only passages that sound “{0}”").format(word))
        chip.setAccessibleDescription(chip.toolTip())
        chip.toggled.connect(lambda _on: self.changed.emit())
        return chip

    def _tell(self, chip: QToolButton, word: str, count: int) -> None:
        """Show the number of passages on a chip; a chip without any is hidden unless it is chosen."""
        self._words[chip] = word, count
        chip.setVisible(bool(count) or chip.isChecked())
        chip.setAccessibleName(f"{word}, {count}")

    def _use_room(self) -> None:
        """Shorten the chips of the emotions to their letters where the row is too narrow, then leave out the count."""
        emotions = set(self._emotions.values())
        for is_short, has_count in ((False, True), (True, True), (True, False)):
            self._count.setVisible(has_count)
            for chip, (word, count) in self._words.items():
                chip.setText(f"{count}" if is_short and chip in emotions else f"{word} {count}")
            if self._row.sizeHint().width() <= self.width():
                return

    def _icon(self, label: str) -> QIcon:
        side = self.fontMetrics().height()
        pixmap = transparent_pixmap(side, side, self.devicePixelRatioF())
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(self.font())
            paint_plate(painter, QRectF(0.0, 0.0, side, side), label, self._theme)
        return QIcon(pixmap)
