"""The page of the open recordings: their list, and the shown one with timeline, result panel and tables."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from ser_desktop.gui.live.live_band import LiveBand
from ser_desktop.gui.live.live_views import LiveViews
from ser_desktop.gui.model.open_recordings import OpenRecordings
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.tables.interpretation_view import InterpretationView
from ser_desktop.gui.tables.markers_view import MarkersView
from ser_desktop.gui.tables.segments_view import SegmentsView
from ser_desktop.gui.tables.speakers_view import SpeakersView
from ser_desktop.gui.timeline.timeline_view import TimelineView
from ser_desktop.gui.widgets.find_bar import FindBar
from ser_desktop.gui.widgets.glance_bar import GlanceBar
from ser_desktop.gui.widgets.now_view import NowView
from ser_desktop.gui.widgets.recording_list import RecordingList


class RecordingPage(QSplitter):
    """Creates the views of recordings and lays them out; the window connects them.

    Args:
        session: The open recordings.

    Attributes:
        across: The splitter between timeline and result panel.
        down: The splitter between these two and the tables.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.list, self.timeline = RecordingList(), TimelineView()
        self.glance, self.band, self.find_bar = GlanceBar(), LiveBand(), FindBar()
        self.now, self.segments, self.markers = NowView(), SegmentsView(), MarkersView()
        self.speakers, self.interpretation = SpeakersView(), InterpretationView()
        self.live = LiveViews(session, band=self.band, now=self.now)
        self.opened = OpenRecordings(session, self.list)
        self._lay_out()

    def _lay_out(self) -> None:
        self.across = QSplitter(Qt.Orientation.Horizontal)
        self.across.addWidget(self.timeline)
        self.across.addWidget(self.live.side)
        translate = QCoreApplication.translate
        self.tables = QTabWidget()
        self.tables.setDocumentMode(True)
        self.tables.tabBar().setDrawBase(False)
        self.tables.tabBar().setAccessibleName(translate("MainWindow", "Tables"))
        self.tables.tabBar().setAccessibleDescription(translate("MainWindow", "Alt+1 to Alt+4 show one of them"))
        self.tables.addTab(self.segments, translate("MainWindow", "Passages"))
        self.tables.addTab(self.markers, translate("MainWindow", "Markers"))
        self.tables.addTab(self.speakers, translate("MainWindow", "Speakers"))
        self.tables.addTab(self.interpretation, translate("MainWindow", "Interpretation"))
        self.down = QSplitter(Qt.Orientation.Vertical)
        self.down.addWidget(self.across)
        self.down.addWidget(self.tables)
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.glance)
        column.addWidget(self.band)
        column.addWidget(self.find_bar)
        column.addWidget(self.down, 1)
        self.addWidget(self.list)
        self.addWidget(shown)
        for splitter, shares in ((self.across, (4, 1)), (self.down, (3, 1)), (self, (0, 1))):
            splitter.setChildrenCollapsible(False)
            for index, share in enumerate(shares):
                splitter.setStretchFactor(index, share)
