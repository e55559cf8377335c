"""How well words and their times are found, in speech of espeak-ng, which tells when each word begins.

``make word-times`` prints, for each voice: the word error rate, and how far the starts of the words are from the
true ones; ``make word-times MODEL=folder`` does so for another transcription model. Synthetic speech is neither easier
nor harder than people in every respect; it is the only speech here whose true times are known.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import difflib
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ser_desktop.transcript import Word
from ser_desktop.values import AudioChunk
from ser_desktop.words.models import WordsModel, find_words_model
from ser_desktop.words.recognition import Recognition

SYNCHRONOUS, UTF8, WORD_EVENT = 2, 1, 1  # of espeak-ng's interface
SPEED, WORDS_A_MINUTE = 1, 150
VOICES = ("en-us", "en-gb", "en-us+f3", "en-gb-scotland")
SENTENCES = (
    "The weather in the city is very warm today. We will walk to the river.",
    "My brother bought a new house near the station last summer.",
    "Please send the letter to the office before you go home.",
    "She opened the window, looked at the garden, and called her daughter.",
    "Nobody knows why the train was late again this morning.",
    "There are seven apples and two pears in the kitchen, next to the bread.",
    "He said that he would never play football in the rain.",
    "The children learned a song about the moon and the stars at school.",
)


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    ]


@dataclass(frozen=True)
class Spoken:
    """Speech with its true words.

    Attributes:
        samples: (n,) sound.
        rate: Samples per second.
        texts: The words.
        starts_s: Start of each, in seconds.
    """

    samples: npt.NDArray[np.float32]
    rate: int
    texts: tuple[str, ...]
    starts_s: tuple[float, ...]


class Voice:
    """espeak-ng as a library, which tells the time of each word while it speaks."""

    def __init__(self) -> None:
        name = ctypes.util.find_library("espeak-ng")
        if name is None:
            raise OSError("espeak-ng is not installed: apt-get install espeak-ng")
        self._library = ctypes.CDLL(name)
        self._rate = int(self._library.espeak_Initialize(SYNCHRONOUS, 0, None, 0))
        kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))
        self._callback = kind(self._receive)  # kept: the library calls it later
        self._library.espeak_SetSynthCallback(self._callback)
        self._sound: list[npt.NDArray[np.int16]] = []
        self._words: list[tuple[int, int, float]] = []

    def say(self, text: str, voice: str) -> Spoken:
        """Return a sentence in a voice, with the start of each word."""
        self._sound, self._words = [], []
        self._library.espeak_SetVoiceByName(voice.encode())
        self._library.espeak_SetParameter(SPEED, WORDS_A_MINUTE, 0)
        content = text.encode()
        self._library.espeak_Synth(content, len(content) + 1, 0, 0, 0, UTF8, None, None)
        samples = np.concatenate(self._sound).astype(np.float32) / 32768.0
        texts = tuple(text[first - 1 : first - 1 + length] for first, length, _ in self._words)
        return Spoken(samples, self._rate, texts, tuple(at_s for *_, at_s in self._words))

    def _receive(self, samples: ctypes._Pointer[ctypes.c_short], count: int, events: ctypes._Pointer[_Event]) -> int:
        if count and samples:
            self._sound.append(np.ctypeslib.as_array(samples, (count,)).copy())
        index = 0
        while events[index].type:
            event = events[index]
            if event.type == WORD_EVENT:
                self._words.append((event.text_position, event.length, event.audio_position / 1000.0))
            index += 1
        return 0


def bare(text: str) -> str:
    """Return the letters of a word, in small ones."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def errors(true: list[str], found: list[str]) -> int:
    """Return how many words are wrong, missing or too many: the edit distance.

    Source: the usual definition of the word error rate, which divides it by the number of true words.
    """
    row = list(range(len(found) + 1))
    for index, word in enumerate(true, 1):
        before, row[0] = row[0], index
        for at, other in enumerate(found, 1):
            before, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, before + (word != other))
    return row[-1]


def recognised(spoken: Spoken, model: WordsModel) -> list[Word]:
    """Return the words that a model finds."""
    with Recognition(model, rate=spoken.rate, wants_words=True, wants_speakers=False) as recognition:
        recognition.push(AudioChunk(0, spoken.samples))
        said, _ = recognition.finish()
    return list(said.words) if said else []


def deviations(spoken: Spoken, found: list[Word]) -> list[float]:
    """Return how much later each word that was found begins than it does, in seconds."""
    true, heard = [bare(text) for text in spoken.texts], [bare(word.text) for word in found]
    blocks = difflib.SequenceMatcher(None, true, heard, autojunk=False).get_matching_blocks()
    return [found[block.b + n].start_s - spoken.starts_s[block.a + n] for block in blocks for n in range(block.size)]


def main() -> int:
    """Measure all voices and print a line for each."""
    model = find_words_model(Path(sys.argv[1]) if sys.argv[1:] else None)
    voice, all_late, all_wrong, all_words = Voice(), [], 0, 0
    for name in VOICES:
        pause = np.zeros(voice.say("a", name).rate // 2, np.float32)
        parts = [voice.say(sentence, name) for sentence in SENTENCES]
        samples, texts, starts_s, at = [pause], [], [], len(pause)
        for part in parts:
            texts += part.texts
            starts_s += [at / part.rate + start_s for start_s in part.starts_s]
            samples += [part.samples, pause]
            at += len(part.samples) + len(pause)
        spoken = Spoken(np.concatenate(samples), parts[0].rate, tuple(texts), tuple(starts_s))
        found = recognised(spoken, model)
        late = deviations(spoken, found)
        wrong = errors([bare(text) for text in texts], [bare(word.text) for word in found])
        print(f"{name:16} {_line(late, wrong, len(texts))}")
        all_late, all_wrong, all_words = all_late + late, all_wrong + wrong, all_words + len(texts)
    print(f"{'all':16} {_line(all_late, all_wrong, all_words)}")
    return 0


def _line(late: list[float], wrong: int, words: int) -> str:
    away = 1000.0 * np.abs(late)
    return (
        f"word error rate {100 * wrong / words:4.1f} % of {words} words; starts: median {np.median(away):3.0f} ms, "
        f"nine of ten within {np.quantile(away, 0.9):3.0f} ms, on average {1000 * np.mean(late):+4.0f} ms"
    )


if __name__ == "__main__":
    sys.exit(main())
