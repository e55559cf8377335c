"""Finds words and speakers of files, in a thread of its own, so that neither live analysis nor reading waits for it.

The recognition itself is in a process of its own with a low priority; this thread reads the file and waits for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from ser_desktop.analysis.spoken import Spoken, SpokenReader, SpokenSpec
from ser_desktop.audio.files import FileSource
from ser_desktop.errors import SerError
from ser_desktop.gui.engine.opened_sound import Sound
from ser_desktop.words.process import Interruption


@dataclass(eq=False, slots=True)
class WordsTask:
    """A recording whose words or speakers are to be found.

    Attributes:
        path: The recording.
        sound: Which sound of it.
        spec: What to find.
        interruption: Ends the recogniser.
    """

    path: Path
    sound: Sound
    spec: SpokenSpec
    interruption: Interruption = field(default_factory=Interruption)

    def stop(self) -> None:
        """End the task as soon as possible, also if it has not begun; may be called from any thread."""
        self.interruption.request()

    @property
    def is_stopped(self) -> bool:
        """Whether :meth:`stop` was called."""
        return self.interruption.is_requested


class WordsWorker(QObject):
    """Works on one task at a time.

    Signals:
        progressed(WordsTask, float, float): How much is read: seconds, and the length of the recording or 0.
        read(WordsTask): The recording is read; its last part is recognised, and the language is checked.
        ended(WordsTask, Spoken): What was found; ``None`` where the task was stopped.
    """

    progressed = Signal(object, float, float)
    read = Signal(object)
    ended = Signal(object, object)

    @Slot(object)
    def work(self, task: WordsTask) -> None:
        """Find words and speakers of a recording; returns when it is done or stopped."""
        found: Spoken | None = Spoken()
        try:
            found = self._found(task)
        except SerError as error:
            found = Spoken(error=error)
        finally:  # also after a bug, which the hook of the program reports
            self.ended.emit(task, None if task.is_stopped else found)

    def _found(self, task: WordsTask) -> Spoken | None:
        if task.is_stopped:
            return None
        with (
            FileSource(task.path, channel=task.sound.channel, track=task.sound.track) as source,
            SpokenReader(task.spec, rate=source.rate, interruption=task.interruption, is_background=True) as reader,
        ):
            for chunk in source.chunks():
                reader.push(chunk)
                self.progressed.emit(task, chunk.end / source.rate, source.seconds or 0.0)
                if task.is_stopped or reader.has_failed:
                    break
            self.read.emit(task)
            return None if task.is_stopped else reader.finish()
