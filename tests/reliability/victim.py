"""Records, pauses, copies, renames, exports and writes settings until it is killed.

Usage: python victim.py FOLDER STATE. Sound arrives in blocks of 20 ms, in real time. After each block passed
to the recorder, a line on stdout holds the number of samples; after each gap, a line describes the gap.
"""

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path

import numpy as np

from ser_desktop.analysis.timeline import Timeline
from ser_desktop.audio.gaps import GapKind
from ser_desktop.audio.take_storage import TakeStorage
from ser_desktop.export.format import ExportedRecording
from ser_desktop.export.registry import write_export
from ser_desktop.export.timeline_csv import FORMAT
from ser_desktop.gui.commands.copy import copy_whole
from ser_desktop.gui.commands.takes import rename_take
from ser_desktop.settings import Settings, write_settings
from ser_desktop.values import AudioChunk, EmotionScores, State, TimelineEntry

RATE = 16_000
BLOCK = 320
ROWS = 2_000
LABELS = ("happy", "sad")


def sound(start: int, end: int) -> np.ndarray:
    """Return samples whose values encode their position; none is zero."""
    return ((np.arange(start, end) % 9973 + 1) / 16384).astype(np.float32)


def tell(*words: object) -> None:
    os.write(1, f"{' '.join(map(str, words))}\n".encode())


def export(place: Path) -> None:
    entry = EmotionScores(LABELS, (0.25, 0.75))
    timeline = Timeline(LABELS)
    timeline.extend(TimelineEntry(i / 4, (i + 1) / 4, State.SPEECH, -20.0, entry) for i in range(ROWS))
    write_export(FORMAT, place, ExportedRecording("take.wav", "tiny@00000000", timeline))


def main() -> None:
    folder, state = Path(sys.argv[1]), Path(sys.argv[2])
    chance = random.Random()
    before = folder / "before.wav"
    kept = TakeStorage(folder / "take.wav", RATE, device="Mic", journals=state / "unfinished")
    position = 0
    due_s = time.monotonic()
    tell("begun")
    for block in range(10**9):
        if chance.random() < 0.03:  # a pause, or lost sound
            kind = chance.choice(list(GapKind))
            length = chance.randrange(1, RATE)
            tell("gap", position, position + length, kind.value)
            position += length
        else:
            kind = GapKind.LOST
        kept.write(AudioChunk(position, sound(position, position + BLOCK)), gap_kind=kind)
        kept.step()
        position += BLOCK
        tell("kept", position)
        what = block % 25
        if what == 5:
            copy_whole(before, folder / "copy.wav")
        elif what == 10:
            export(folder / "table.csv")
        elif what == 15:
            write_settings(state / "settings.json", Settings(recent_files=tuple("abcdefghij"[: block % 10])))
        elif what == 20:
            rename_take(folder / "one.wav", "two")
            rename_take(folder / "two.wav", "one")
        due_s += BLOCK / RATE
        time.sleep(max(0.0, due_s - time.monotonic()))


if __name__ == "__main__":
    main()
