"""M sets a marker whose name is typed at once; letters alone never record by accident."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from windows import is_idle, press

from ser_desktop.gui.app import Application
from ser_desktop.gui.timeline.marker_editor import MarkerEditor


@pytest.fixture
def application(start: Callable[..., Application], wait, spoken, microphone) -> Application:
    """A window with a recording, and a microphone; the timeline has the focus."""
    application = start(spoken)
    wait(lambda: is_idle(application))
    application.window.timeline.setFocus()
    application.session.move_cursor(1.0)
    return application


def editor(application: Application) -> MarkerEditor:
    (found,) = application.window.timeline.findChildren(MarkerEditor)
    return found


def labels(application: Application) -> list[str]:
    return [each.label for each in application.session.shown.markers]


def test_a_name_is_typed_after_m(application, microphone):
    press(application, Qt.Key.Key_M)
    field = editor(application)
    assert field.isVisible()
    assert labels(application) == ["1"]
    QTest.keyClicks(field, "First laugh, Mr. P")
    assert not microphone.streams, "the R of a name does not record"
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.isHidden()
    assert labels(application) == ["First laugh, Mr. P"]
    assert application.window.timeline.isAncestorOf(application.window.focusWidget())
    application.window.actions_.undo.trigger()
    assert labels(application) == ["1"]


def test_escape_leaves_the_number_and_stops_nothing(application, wait, qtbot):
    press(application, Qt.Key.Key_M)
    QTest.keyClicks(editor(application), "no")
    with qtbot.assertNotEmitted(application.window.actions_.stop.triggered):
        QTest.keyClick(editor(application), Qt.Key.Key_Escape)
    assert labels(application) == ["1"]
    assert editor(application).isHidden()


def test_m_at_a_marker_names_it_again(application):
    press(application, Qt.Key.Key_M)
    QTest.keyClicks(editor(application), "a")
    QTest.keyClick(editor(application), Qt.Key.Key_Return)
    press(application, Qt.Key.Key_M)
    assert editor(application).text() == "a"
    QTest.keyClicks(editor(application), "b")
    application.window.segments.setFocus()  # as by a click elsewhere
    assert labels(application) == ["b"]


def test_the_field_stays_at_its_marker_inside_the_lanes(application, wait):
    timeline = application.window.timeline
    for seconds in (0.0, 2.0, application.session.timeline.end_s):
        application.session.move_cursor(seconds)
        press(application, Qt.Key.Key_M)
        field = editor(application)
        assert 0 <= field.x() <= timeline.width() - field.width()
        before = field.x()
        timeline.zoom_in()
        timeline.zoom_in()
        assert 0 <= field.x() <= timeline.width() - field.width()
        timeline.fit()
        assert field.x() == pytest.approx(before, abs=2)
        QTest.keyClick(field, Qt.Key.Key_Escape)


def test_r_alone_records_only_in_the_timeline_and_on_the_start_page(application, wait, microphone):
    window = application.window
    for place in (window.segments, window.transport.voices, window.now, window.tables.tabBar()):
        place.setFocus()
        QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_R)
        QApplication.processEvents()
        assert not microphone.streams, place
    window.timeline.setFocus()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_R)
    wait(lambda: application.session.is_live)


def test_ctrl_r_records_anywhere(application, wait):
    application.window.segments.setFocus()
    press(application, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    wait(lambda: application.session.is_live)


def test_r_records_on_the_start_page(start, wait, microphone):
    application = start()
    wait(lambda: application.work.model)
    assert application.window.pages.currentWidget() is application.window.start
    press(application, Qt.Key.Key_R)
    wait(lambda: application.session.is_live)
    assert application.window.pages.currentWidget() is application.window.whole
    assert not any(field.hasFocus() for field in application.window.findChildren(QLineEdit))
