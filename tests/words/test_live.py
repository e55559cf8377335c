from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
import pytest
from speech import RATE, say, silence

from ser_desktop.transcript import Transcript
from ser_desktop.values import AudioChunk
from ser_desktop.words.live import BEHIND_S, LiveTranscript, LiveWords
from ser_desktop.words.models import find_words_model

pytest.importorskip("moonshine_voice", reason="needs the extra [words]")

WEATHER = "The weather in the city is very warm today."
RIVER = "We will walk to the river."
PATIENCE_S = 120.0  # the recogniser gives way to everything else on a busy machine


class Heard:
    """A recogniser, and what it has written so far."""

    def __init__(self) -> None:
        self.words = LiveWords(find_words_model(), rate=RATE)
        self.lines = LiveTranscript(self.words.model)
        self.skipped_s = 0.0

    def look(self) -> Transcript:
        new = self.words.take()
        if new:
            assert new.error is None
            self.lines.add(new)
            self.skipped_s = new.skipped_s
        return self.lines.transcript

    def wait_for(self, word: str) -> None:
        give_up_at_s = time.monotonic() + PATIENCE_S
        while word not in text_of(self.look()):
            assert time.monotonic() < give_up_at_s, f"“{word}” was not written"
            time.sleep(0.02)


@pytest.fixture
def heard() -> Iterator[Heard]:
    found = Heard()
    yield found
    found.words.close()


def text_of(transcript: Transcript) -> str:
    return " ".join(line.text for line in transcript.lines).casefold()


def chunks(sound: np.ndarray, *, first: int = 0, seconds: float = 0.25) -> list[AudioChunk]:
    size = round(seconds * RATE)
    return [AudioChunk(first + at, sound[at : at + size]) for at in range(0, len(sound), size)]


def test_a_line_appears_while_it_is_spoken_and_settles_also_across_a_gap(heard: Heard) -> None:
    sound = np.concatenate((silence(0.5), say(WEATHER)))
    begun = chunks(sound)[:8]  # 2 s, in the middle of the sentence
    heard.words.push(begun)
    heard.wait_for("the")
    assert heard.lines.is_open
    heard.words.push(chunks(sound)[8:])
    heard.wait_for("city")
    later = len(sound) + 100 * RATE
    heard.words.push(chunks(np.concatenate((silence(0.5), say(RIVER))), first=later))
    last = heard.words.finish()
    if last:
        heard.lines.add(last)
    said = heard.lines.transcript
    assert not heard.lines.is_open
    assert said.lines[0].start_s == pytest.approx(0.5, abs=0.5)
    for line in said.lines:
        assert all(line.start_s - 0.05 <= word.start_s <= word.end_s <= line.end_s + 0.05 for word in line.words)
    river = [line for line in said.lines if line.start_s > 50.0]
    assert all(later / RATE <= line.start_s <= later / RATE + 5.0 for line in river)


def test_a_recogniser_that_falls_behind_leaves_sound_out_and_goes_on(heard: Heard) -> None:
    old = np.zeros(round(2.0 * BEHIND_S * RATE), np.float32)
    fresh = np.concatenate((silence(0.5), say(RIVER), silence(1.0)))
    heard.words.push([*chunks(old), *chunks(fresh, first=len(old))])
    heard.wait_for("river")
    assert heard.skipped_s > BEHIND_S / 2.0
    word = next(word for word in heard.lines.transcript.words if "river" in word.text.casefold())
    assert len(old) / RATE < word.start_s < (len(old) + len(fresh)) / RATE


def test_pushing_never_waits(heard: Heard) -> None:
    started_s = time.process_time()
    for _ in range(1000):
        heard.words.push([AudioChunk(0, np.zeros(10, np.float32))])
    assert time.process_time() - started_s < 0.5
    heard.words.close()
