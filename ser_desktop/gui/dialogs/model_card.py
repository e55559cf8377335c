"""Qt view for a model card: Markdown with the images beside it, and nothing else."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QImage,
    QPalette,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from ser_desktop.emotion.model_file import ModelInfo
from ser_desktop.gui.shared.words import emotion_word

MAX_CARD_BYTES = 1_000_000  # of a card
LINE_LETTERS = 110  # width of a line; wider images are scaled down
LINE_PERCENT = 120
PICTURE = "\ufffc"  # Qt's placeholder character for an image (object replacement character)

_FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


class ModelCardView(QTextBrowser):
    """The card of one model.

    A card may come with a model from a third party. Therefore only images in the card's own folder are loaded, and web
    links are opened only when they are clicked.

    Args:
        info: The model, described from its manifest if there is no card.
        card: Path of the card, which need not exist.
        parent: The dialog.
    """

    def __init__(self, info: ModelInfo, card: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = card.parent
        self.setAccessibleName(self.tr("Model card"))
        self.setAccessibleDescription(self.tr("Description of the model and how well it was measured to work"))
        self.setOpenLinks(False)
        self.anchorClicked.connect(_open_on_the_web)
        self.document().setDocumentMargin(self.fontMetrics().height())
        self.setMinimumWidth(self._line_width() + 4 * self.fontMetrics().height())
        self.document().setMarkdown(_read(card) or self._text_without_card(info, card), _FEATURES)
        self._set_tables()
        self._set_lines()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Return an image of the card's folder, or ``None``."""
        file = name.toString() if isinstance(name, QUrl) else name
        is_picture = kind == QTextDocument.ResourceType.ImageResource.value
        if not is_picture or Path(file).name != file or any(letter in file for letter in ":\\"):
            return None
        picture = QImage(str(self._folder / file))
        if picture.isNull():
            return None
        ratio = self.devicePixelRatioF()
        width = min(picture.width(), round(self._line_width() * ratio))
        picture = picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        picture.setDevicePixelRatio(ratio)
        return picture

    def _line_width(self) -> int:
        return self.fontMetrics().averageCharWidth() * LINE_LETTERS

    def _text_without_card(self, info: ModelInfo, card: Path) -> str:
        lines = self.tr(
            "# {model}\n\nThis model came without a card (“{card}” is not there), so nothing is known of how good it "
            "is.\n\nIt distinguishes {count} emotions: {labels}. It analyses windows of {shortest} to {longest} s of "
            "sound."
        )
        return lines.format(
            model=info.identity,
            card=card.name,
            count=len(info.labels),
            labels=", ".join(map(emotion_word, info.labels)),
            shortest=self.locale().toString(info.shortest_s, "g", 3),
            longest=self.locale().toString(info.window_s, "g", 3),
        )

    def _set_tables(self) -> None:
        em = self.fontMetrics().height()
        for table in self.document().rootFrame().childFrames():
            if isinstance(table, QTextTable):
                shape = table.format().toTableFormat()
                shape.setCellPadding(em / 3)
                shape.setCellSpacing(0)
                shape.setBorder(1)
                shape.setBorderCollapse(True)
                shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                shape.setBorderBrush(self.palette().brush(QPalette.ColorRole.Mid))
                shape.setTopMargin(em / 2)
                shape.setBottomMargin(em / 2)
                table.setFormat(shape)

    def _set_lines(self) -> None:
        lines = QTextBlockFormat()
        lines.setLineHeight(LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        block = self.document().begin()
        while block.isValid():
            if PICTURE not in block.text():
                QTextCursor(block).mergeBlockFormat(lines)
            block = block.next()


def _read(card: Path) -> str | None:
    try:
        with card.open("rb") as file:
            return file.read(MAX_CARD_BYTES).decode("utf-8", errors="replace")
    except OSError:
        return None


def _open_on_the_web(link: QUrl) -> None:
    if link.scheme() in ("http", "https"):
        QDesktopServices.openUrl(link)
