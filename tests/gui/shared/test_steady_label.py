"""A label whose text changes often."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget

from ser_desktop.gui.shared.steady_label import SteadyLabel


class Layouts(QObject):
    """Counts how often a widget is laid out again."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.widget, self.count = widget, 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


def laid_out(qtbot, label: QLabel) -> Layouts:
    page = QWidget()
    qtbot.addWidget(page)
    QHBoxLayout(page).addWidget(label)
    page.show()
    QApplication.processEvents()
    return Layouts(page)


def test_another_text_lays_out_nothing(qtbot) -> None:
    label = SteadyLabel("00:00:00.0")
    label.fit()
    layouts, size = laid_out(qtbot, label), label.size()
    for tenth in range(5):
        label.show_text(f"00:00:01.{tenth}")
        QApplication.processEvents()
    assert (label.text(), layouts.count, label.size()) == ("00:00:01.4", 0, size)


def test_a_plain_label_would_lay_out_the_page(qtbot) -> None:
    label = QLabel("00:00:00.0")
    layouts = laid_out(qtbot, label)
    label.setText("00:00:01.0")
    QApplication.processEvents()
    assert layouts.count > 0


def test_a_longer_text_has_room(qtbot) -> None:
    label = SteadyLabel("00:00")
    label.fit()
    layouts = laid_out(qtbot, label)
    label.show_text("100:00:00.0")
    QApplication.processEvents()
    assert layouts.count > 0
    assert label.width() >= label.fontMetrics().horizontalAdvance("100:00:00.0")
