from __future__ import annotations

import os
import signal
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr
from speech import RATE, say, silence

from ser_desktop.errors import WordsError
from ser_desktop.transcript import Speakers, Transcript, WordTimes
from ser_desktop.values import AudioChunk
from ser_desktop.words.doubts import LOW_AGREEMENT
from ser_desktop.words.models import find_words_model
from ser_desktop.words.recognition import Recognition

pytest.importorskip("moonshine_voice", reason="needs the extra [words]")
pytestmark = pytest.mark.long  # half a minute of processor time

WEATHER = "The weather in the city is very warm today. We will walk to the river."
TOLERANCE_S = 0.5  # of a line's border: the recogniser adds some tenths of a second


def recognised(
    *chunks: AudioChunk, speakers: bool = False, words: bool = True
) -> tuple[Transcript | None, Speakers | None]:
    with Recognition(find_words_model(), rate=RATE, wants_words=words, wants_speakers=speakers) as recognition:
        for chunk in chunks:
            recognition.push(chunk)
        return recognition.finish()


def test_what_is_said_is_written_down_in_its_place() -> None:
    sound = np.concatenate((silence(2.0), say(WEATHER), silence(1.0)))
    said, speakers = recognised(*(AudioChunk(at, sound[at : at + 5000]) for at in range(0, len(sound), 5000)))
    assert said is not None
    assert speakers is None
    text = " ".join(word.text for word in said.words).casefold()
    assert all(word in text for word in ("city", "warm", "walk", "river"))
    assert (said.language, said.model, said.word_times) == ("en", "tiny-en", WordTimes.SPREAD)
    assert said.agreement is not None
    assert said.agreement >= LOW_AGREEMENT
    assert said.lines[0].start_s == pytest.approx(2.0, abs=TOLERANCE_S)
    assert said.lines[-1].end_s == pytest.approx(len(sound) / RATE - 1.0, abs=TOLERANCE_S)
    for line in said.lines:
        assert all(line.start_s <= word.start_s <= word.end_s <= line.end_s + 0.05 for word in line.words)


def test_a_gap_is_jumped_over_and_no_line_crosses_it() -> None:
    sound, gap_s = say(WEATHER), 100.0
    after = len(sound) + round(gap_s * RATE)
    said, _ = recognised(AudioChunk(0, sound), AudioChunk(after, sound.copy()))
    assert said is not None
    half = [line for line in said.lines if line.start_s < gap_s]
    later = [line for line in said.lines if line.start_s >= gap_s]
    assert [line.text for line in half] == [line.text for line in later]
    assert later[0].start_s - half[0].start_s == pytest.approx(after / RATE, abs=0.01)


def test_nothing_is_written_where_nobody_speaks() -> None:
    noise = np.random.default_rng(0).normal(0.0, 0.01, 6 * RATE).astype(np.float32)
    said, _ = recognised(AudioChunk(0, noise))
    assert said is not None
    assert said.lines == ()


def test_one_voice_is_one_speaker_where_it_speaks() -> None:
    sound = np.concatenate((silence(1.0), say("We walk to the river."), silence(0.5)))
    _, speakers = recognised(AudioChunk(0, sound), speakers=True, words=False)
    assert speakers is not None
    assert speakers.numbers == (1,)
    assert speakers.turns[0].start_s == pytest.approx(1.0, abs=TOLERANCE_S)
    assert speakers.turns[-1].end_s == pytest.approx(len(sound) / RATE - 0.5, abs=TOLERANCE_S)


def test_a_foreign_language_shows_in_the_agreement() -> None:
    german = "Am Mittwoch fahren wir mit dem Zug nach Hamburg und besuchen dort unsere alten Freunde aus der Schule."
    said, _ = recognised(AudioChunk(0, say(german, voice="de")))
    assert said is not None
    assert said.agreement is not None
    assert said.agreement < LOW_AGREEMENT


@pytest.mark.corpus
def test_two_people_are_told_apart(corpora_root: Path) -> None:
    parts = [
        soundfile.read(path)[0][: 6 * 16_000] for path in sorted((corpora_root / "librispeech").iterdir())[3:61:57]
    ]
    sound = soxr.resample(np.concatenate(parts), 16_000, RATE).astype(np.float32)
    _, speakers = recognised(AudioChunk(0, sound), speakers=True, words=False)
    assert speakers is not None
    assert speakers.numbers == (1, 2)
    right_s = sum(turn.shared_s(6.0 * (turn.speaker - 1), 6.0 * turn.speaker) for turn in speakers.turns)
    assert right_s / sum(turn.end_s - turn.start_s for turn in speakers.turns) >= 0.9


@pytest.mark.usefixtures("stand_in")
def test_the_times_of_the_model_are_those_of_the_stream() -> None:
    second = np.zeros(RATE, np.float32)
    said, speakers = recognised(
        AudioChunk(0, second.repeat(2)), AudioChunk(1000 * RATE, second.repeat(2).copy()), speakers=True
    )
    assert said is not None
    assert speakers is not None
    assert [(word.start_s, word.confidence) for word in said.words] == [(0.25, 0.5), (1000.25, 0.5)]
    assert said.word_times is WordTimes.MEASURED
    # The search counts two seconds, one for the gap, and two more.
    found = [(round(turn.start_s, 3), round(turn.end_s, 3), turn.speaker) for turn in speakers.turns]
    assert found[:2] == [(0.0, 1.0, 1), (1.0, 2.0, 2)]
    assert found[-2:] == [(1000.0, 1001.0, 2), (1001.0, 1002.0, 1)]


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal")
def test_a_crash_is_one_sentence() -> None:
    sound = say(WEATHER)
    with Recognition(find_words_model(), rate=RATE, wants_words=True, wants_speakers=False) as recognition:
        recognition.push(AudioChunk(0, sound))
        os.kill(recognition.pid, signal.SIGKILL)
        with pytest.raises(WordsError, match=r"has crashed .* Try it again"):
            recognition.finish()


def test_the_process_ends_with_the_recognition() -> None:
    with Recognition(find_words_model(), rate=RATE, wants_words=True, wants_speakers=False) as recognition:
        pid = recognition.pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
