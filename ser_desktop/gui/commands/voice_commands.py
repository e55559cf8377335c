"""The commands about voices: who speaks in a recording, and the dialog of the voices that are known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from ser_desktop.emotion.model_file import ModelInfo
from ser_desktop.emotion.voice_profile import doubt_about_voice, make_profile
from ser_desktop.emotion.voice_store import VoiceStore, checked_name
from ser_desktop.errors import SettingsError
from ser_desktop.gui.dialogs.voice_dialog import KnownVoice, VoiceDialog
from ser_desktop.gui.engine.engine import Engine
from ser_desktop.gui.engine.job import Progress, VoiceMeasurement
from ser_desktop.gui.engine.job_queue import JobQueue
from ser_desktop.gui.main_window import MainWindow
from ser_desktop.gui.model.current_settings import CurrentSettings
from ser_desktop.gui.model.recording import Recording
from ser_desktop.gui.model.session import Session
from ser_desktop.gui.shared.translation import error_text
from ser_desktop.gui.shared.voice_words import choice_words, use_words
from ser_desktop.gui.shared.words import device_word
from ser_desktop.gui.widgets.offer_bar import Offer
from ser_desktop.gui.widgets.sound_menu import channel_caption
from ser_desktop.gui.widgets.voice_menu import ChannelVoice
from ser_desktop.settings import Settings
from ser_desktop.values import UNKNOWN_VOICE, VoiceChoice

OFFER = "voice"


class VoiceCommands(QObject):
    """Connects the choice of the voice and the dialog of the voices with recordings and settings.

    Args:
        window: Provides the menu, the status bar and the transport bar.
        session: The open recordings.
        work: Analyses them.
        choices: The settings, with the voice of new recordings.
        voices: The voice profiles.

    Signals:
        hear_requested(str, list[Path]): To the engine: listen to this microphone, or read these recordings.
        stop_requested(): To the engine.
        noted(str): A sentence for the user.
    """

    hear_requested = Signal(str, object)
    stop_requested = Signal()
    noted = Signal(str)

    def __init__(
        self,
        window: MainWindow,
        *,
        session: Session,
        work: JobQueue,
        choices: CurrentSettings,
        voices: VoiceStore,
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._work = window, session, work
        self._choices, self._voices = choices, voices
        self._inputs: list[str] = []
        self._dialog: VoiceDialog | None = None
        self._heard = VoiceMeasurement()
        self._again = ""  # the voice that is recorded again
        actions = window.actions_
        actions.voice.chosen.connect(self.choose)
        actions.voice.aboutToShow.connect(self.show)
        actions.my_voice.triggered.connect(self.open_dialog)
        window.transport.voice_chosen.connect(self.choose_default)
        for signal in (session.switched, session.listed):
            signal.connect(self.show)
        for of_recording in (session.begun, session.completed):
            of_recording.connect(lambda _recording: self.show())
        window.timeline.row_activated.connect(lambda _row: self._show_use())
        work.progressed.connect(lambda _progress: self._show_use())
        work.voice_refused.connect(self.noted)
        choices.changed.connect(self._use_settings)
        self._use_settings(None)

    def connect_engine(self, engine: Engine) -> None:
        """Connect requests and results with this engine."""
        self.hear_requested.connect(engine.measure_voice)
        self.stop_requested.connect(engine.stop)
        engine.voice_measured.connect(self._show_heard)
        engine.failed.connect(self._show_failure)
        engine.devices_found.connect(self._keep_inputs)

    def choose(self, choice: VoiceChoice, channel: int | None = None) -> None:
        """Say who speaks in the shown recording, or in one of its channels; it is then analysed again."""
        if self._session.shown:
            self._work.choose_voice(self._session.shown, choice, channel)
            self.show()

    def choose_default(self, choice: VoiceChoice) -> None:
        """Say who speaks in the next recordings."""
        self._choices.change(voice=choice.name, several_speakers=choice.is_several)

    def show(self) -> None:
        """Show who speaks in the shown recording, and what can be chosen."""
        shown, model = self._session.shown, self._work.model
        names = self._voices.names()
        channels = [self._of_channel(shown, each) for each in shown.channels] if shown else []
        can_choose = shown is not None and not shown.is_live and (model is None or model.adapts)
        menu = self._window.actions_.voice
        menu.show_choices(names, channels or [ChannelVoice(choice=self._work.voice)], can_choose=can_choose)
        self._window.transport.show_voices(names, self._work.voice)
        self._show_use()

    def open_dialog(self) -> None:
        """Open the dialog of the voices; without any, on the page that makes one known."""
        if self._work.model and not self._work.model.adapts:
            refusal = SettingsError(
                "The model {model} does not adapt to voices.", "Choose another model.", model=self._work.model.identity
            )
            self.noted.emit(error_text(refusal))
            return
        name = self._choices.settings.input_name
        is_there = bool(self._inputs)
        dialog = VoiceDialog(self._window.timeline.theme, device_word(name) if is_there else "", self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.page.hear_requested.connect(self._hear)
        dialog.page.stop_requested.connect(self.stop_requested)
        dialog.page.keep_requested.connect(self._keep)
        dialog.new.clicked.connect(lambda: self._begin_again(""))
        dialog.again.clicked.connect(lambda: self._begin_again(dialog.chosen))
        dialog.rename_requested.connect(self._rename)
        dialog.removal_requested.connect(self._remove)
        dialog.default_chosen.connect(self.choose_default)
        dialog.finished.connect(self._close)
        self._dialog, self._again = dialog, ""
        self._show_voices()
        if not self._voices.names():
            dialog.show_new()
        dialog.open()

    def _begin_again(self, name: str) -> None:
        self._again = name

    def _hear(self, files: list[Path]) -> None:
        self._heard = VoiceMeasurement()
        self.hear_requested.emit(self._choices.settings.input_name or "", files)

    def _show_heard(self, progress: Progress) -> None:
        dialog, model = self._dialog, self._work.model
        if dialog is None or not dialog.page.is_running or progress.measurement is None:
            return
        if not progress.is_last:
            dialog.page.show_heard(progress)
            return
        self._heard = progress.measurement
        doubt = doubt_about_voice(dialog.page.name.text(), progress.measurement.windows, model) if model else None
        dialog.page.show_end(progress.measurement, error_text(doubt) if doubt else "")

    def _show_failure(self, text: str) -> None:
        if self._dialog and self._dialog.page.is_running:
            self._dialog.page.show_fault(text)

    def _keep(self, typed: str) -> None:
        """Store the voice that was heard."""
        dialog, model = self._dialog, self._work.model
        if dialog is None or model is None:
            return
        try:
            name = checked_name(typed)
            profile = make_profile(name, self._heard.statistics, model)
            is_other = name in self._voices.names() and name != self._again
            if is_other and not dialog.ask_to_replace(name):
                return
            self._voices.write(profile, replace=True)
        except SettingsError as error:
            dialog.show_refusal(error_text(error))
            return
        self.noted.emit(self.tr("The voice “{name}” is known now.").format(name=name))
        self._show_voices()
        dialog.show_list()
        shown = self._session.shown
        self._offer(shown, VoiceChoice(name), channel=shown.channel if shown else None)

    def _rename(self, name: str, other: str) -> None:
        if not self._attempt(lambda: self._voices.rename(name, other)):
            return
        renamed = VoiceChoice(checked_name(other))
        for recording in self._session.recordings:
            recording.rename_voice(name, renamed.name)
        if self._work.voice.name == name:
            self.choose_default(renamed)
        self._show_voices()

    def _remove(self, name: str) -> None:
        if self._attempt(lambda: self._voices.remove(name)):
            if self._work.voice.name == name:
                self.choose_default(UNKNOWN_VOICE)
            self._show_voices()

    def _attempt(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except SettingsError as error:
            if self._dialog:
                self._dialog.show_refusal(error_text(error))
            return False
        return True

    def _show_voices(self) -> None:
        """List the voices in the dialog, and offer them in the menus."""
        if self._dialog:
            self._dialog.show_voices([self._known(each) for each in self._voices.names()], self._work.voice)
        self.show()

    def _known(self, name: str) -> KnownVoice:
        try:
            profile = self._voices.read(name)
        except SettingsError as error:
            return KnownVoice(name, fault=error_text(error))
        model = self._work.model
        fits = model is None or _fits(profile.check, model)
        another = self.tr("made with another model; record it again")
        return KnownVoice(name, profile.speech_s, "" if fits else another)

    def _close(self, _result: int) -> None:
        self._dialog = None
        self._work.go_on()  # the level meter

    def _keep_inputs(self, inputs: list[str], _outputs: list[str]) -> None:
        self._inputs = inputs

    def _use_settings(self, before: Settings | None) -> None:
        settings = self._choices.settings
        choice = VoiceChoice(settings.voice, is_several=settings.several_speakers and not settings.voice)
        if before is not None and choice == self._work.voice:
            return
        self._work.voice = choice
        self.show()
        shown = self._session.shown
        if before is not None and shown and any(shown.chosen_voice(each) is None for each in shown.channels):
            self._offer(shown, choice)

    def _offer(self, recording: Recording | None, choice: VoiceChoice, *, channel: int | None = None) -> None:
        """Offer to analyse the shown recording, or one of its channels, again with another voice."""
        if recording is None or recording.is_live or not len(recording.timeline) or recording.voice_use is None:
            return
        question = self.tr("Analyse “{name}” again, for this voice: {voice}?")
        if channel is not None:
            question = self.tr("Analyse “{name}” again, with this voice for {channel}: {voice}?")
        caption = self._of_channel(recording, channel).caption
        question = question.format(name=recording.name, channel=caption, voice=choice_words(choice))
        self._window.offers.add(
            Offer(
                OFFER,
                question,
                [
                    (self.tr("Analyse again"), lambda: self._analyze_again(recording, choice, channel)),
                    (self.tr("Leave it as it is"), lambda: None),
                ],
            )
        )

    def _analyze_again(self, recording: Recording, choice: VoiceChoice, channel: int | None) -> None:
        if choice == self._work.voice_of(recording, channel):
            self._work.analyze_again(recording)
        else:
            self._work.choose_voice(recording, choice, channel)
        self.show()

    def _of_channel(self, recording: Recording, channel: int | None) -> ChannelVoice:
        count = recording.info.channels if recording.info else 0
        caption = channel_caption(channel, count) if channel is not None else ""
        return ChannelVoice(channel, caption, self._work.voice_of(recording, channel))

    def _show_use(self) -> None:
        shown = self._session.shown
        told: dict[int | None, str] = {}
        if shown and len(shown.timeline):
            for each in [self._of_channel(shown, channel) for channel in shown.channels]:
                words = use_words(shown.timeline_of(each.channel).voice, each.choice)
                told[each.channel] = f"{each.caption}: {words}" if words and len(shown.channels) > 1 else words
        lines = "\n".join(told.values()) if len(told) > 1 else ""
        text = told.get(shown.channel, "") if shown else ""
        self._window.status.show_voice(self._window.actions_.voice, text, of_channels=lines)


def _fits(check: Callable[[ModelInfo], None], model: ModelInfo) -> bool:
    try:
        check(model)
    except SettingsError:
        return False
    return True
