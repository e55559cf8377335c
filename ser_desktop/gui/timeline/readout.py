"""The readout: a panel with all values at the time under the pointer."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from ser_desktop.gui.shared.emotion_plate import paint_plate
from ser_desktop.gui.shared.theme import Theme, translucent
from ser_desktop.gui.shared.words import (
    affect_words,
    emotion_word,
    level_text,
    percent_text,
    state_words,
    uncertain_words,
)
from ser_desktop.gui.timeline.time_axis import time_label
from ser_desktop.values import State, TimelineEntry

ROUNDING = 4.0


def headline(entry: TimelineEntry | None) -> str:
    """Return the result of an entry in words.

    >>> headline(None)
    'not analysed'
    """
    translate = QCoreApplication.translate
    if entry is None:
        return translate("Readout", "not analysed")
    if entry.scores is None:
        return state_words(entry.state)
    percent = percent_text(entry.scores.confidence)
    if entry.state is State.UNCERTAIN and entry.claims:
        return translate("Readout", "sounds {0}").format(affect_words(entry.claims))
    if entry.state is State.UNCERTAIN:
        return f"{uncertain_words(entry.scores.top)}, {percent}"
    return translate("Readout", "sounds {0}, {1}").format(emotion_word(entry.scores.top), percent)


def paint_readout(
    painter: QPainter, area: QRectF, x: float, *, seconds: float, entry: TimelineEntry | None, theme: Theme
) -> None:
    """Draw the panel in the corner of ``area`` that is farther from ``x``; in a low area it has several columns."""
    metrics = painter.fontMetrics()
    line, pad = metrics.height() * 1.15, metrics.height() * 0.5
    title = f"{time_label(seconds, 0.1)}  {headline(entry)}"
    level = level_text(entry.level_dbfs) if entry and entry.level_dbfs is not None else ""
    rows = list(zip(entry.scores.labels, entry.scores.values, strict=True)) if entry and entry.scores else []
    names = [emotion_word(label) for label, _ in rows]
    per_column, columns = len(rows), 1
    if line * (1 + bool(level) + len(rows)) > area.height() - 3.0 * pad:
        title, level = f"{title}, {level}" if level else title, ""
        per_column = max(int((area.height() - 3.0 * pad) / line) - 1, 1)
        columns = max(math.ceil(len(rows) / per_column), 1)
        per_column = math.ceil(len(rows) / columns)
    number = metrics.horizontalAdvance(percent_text(1.0))
    column = max((metrics.horizontalAdvance(name) + 2.0 * line + number for name in names), default=0.0)
    inner = max(metrics.horizontalAdvance(title) + metrics.height(), columns * column + (columns - 1) * line)
    column = (inner - (columns - 1) * line) / columns
    height = line * (1 + bool(level) + per_column) + 2.0 * pad
    left = area.left() + pad if x > area.center().x() else area.right() - pad - inner - 2.0 * pad
    panel = QRectF(left, area.top() + pad, inner + 2.0 * pad, height)
    painter.setPen(QPen(theme.border, 1.0))
    painter.setBrush(translucent(theme.raised, 240))
    painter.drawRoundedRect(panel, ROUNDING, ROUNDING)
    box = panel.adjusted(pad, pad, -pad, -pad)
    row = QRectF(box.left(), box.top(), box.width(), line)
    painter.setPen(theme.text)
    painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, title)
    if level:
        row.translate(0.0, line)
        painter.setPen(theme.muted)
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, level)
    top = entry.scores.top if entry and entry.scores else None
    first_y = row.bottom()
    for index, ((label, value), name) in enumerate(zip(rows, names, strict=True)):
        x = box.left() + index // per_column * (column + line)
        row = QRectF(x, first_y + index % per_column * line, column, line)
        paint_plate(painter, QRectF(row.topLeft(), row.bottomLeft() + QPointF(line, 0.0)), label, theme)
        painter.setPen(theme.text if label == top else theme.muted)
        painter.drawText(row.adjusted(line * 1.4, 0.0, 0.0, 0.0), Qt.AlignmentFlag.AlignVCenter, name)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(row, right, percent_text(value))
