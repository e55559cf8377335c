"""Makes voice profiles of speakers of recordings, in a thread of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from ser_desktop.analysis.speaker_sound import analyze_speaker_alone
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.model_file import open_model
from ser_desktop.emotion.voice_profile import VoiceProfile, make_profile
from ser_desktop.errors import SerError
from ser_desktop.gui.engine.opened_sound import Sound
from ser_desktop.transcript import Speakers


@dataclass(eq=False, slots=True)
class VoiceTask:
    """A speaker whose voice is to be made known.

    Attributes:
        path: The recording.
        sound: Which sound of it.
        speakers: Who speaks when.
        speaker: Number of the speaker.
        name: What the voice is called.
        model: Manifest of the model.
        is_stopped: Set it to end the task as soon as possible.
    """

    path: Path
    sound: Sound
    speakers: Speakers
    speaker: int
    name: str
    model: Path
    is_stopped: bool = False


class VoiceWorker(QObject):
    """Works on one task at a time.

    Signals:
        ended(VoiceTask, object): The :class:`VoiceProfile`, or the :class:`SerError` with the reason why there is none.
    """

    ended = Signal(object, object)

    @Slot(object)
    def work(self, task: VoiceTask) -> None:
        """Make a voice profile; returns when it is done or stopped."""
        found: VoiceProfile | SerError | None = None
        try:
            found = _profile(task)
        except SerError as error:
            found = error
        finally:  # also after a bug, which the hook of the program reports
            self.ended.emit(task, found)


def _profile(task: VoiceTask) -> VoiceProfile:
    classifier = EmotionClassifier(open_model(task.model))
    analyzer = analyze_speaker_alone(
        task.path,
        classifier,
        task.speakers,
        task.speaker,
        channel=task.sound.channel,
        track=task.sound.track,
        is_stopped=lambda: task.is_stopped,
    )
    analyzer.flush()
    return make_profile(task.name, analyzer.voice_statistics, classifier.info)
