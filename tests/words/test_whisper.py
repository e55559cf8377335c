from __future__ import annotations

import importlib.util
import itertools
from pathlib import Path

import numpy as np
import pytest
from speech import RATE, say, silence

pytest.importorskip("faster_whisper", reason="needs the extra [whisper]")
from whisper_models import WORDS, make_whisper_model

from ser_desktop.errors import WordsError
from ser_desktop.transcript import Speakers, Transcript, WordTimes
from ser_desktop.values import AudioChunk
from ser_desktop.words.models import WordsModel, check_writes_live, find_words_model
from ser_desktop.words.process import RecogniserProcess
from ser_desktop.words.recognition import Recognition

STEP_S = 0.02  # of the times that the model tells


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that says the same words in each sound, one a second."""
    return make_whisper_model(tmp_path_factory.mktemp("models") / "faster-whisper-test")


def heard(model: WordsModel, *chunks: AudioChunk, speakers: bool = False) -> tuple[Transcript, Speakers | None]:
    with Recognition(model, rate=RATE, wants_words=True, wants_speakers=speakers) as recognition:
        for chunk in chunks:
            recognition.push(chunk)
        transcript, found = recognition.finish()
    assert transcript is not None
    return transcript, found


def noise(seconds: float) -> np.ndarray:
    return np.random.default_rng(0).normal(0.0, 0.05, round(seconds * RATE)).astype(np.float32)


def test_the_times_of_words_are_those_of_the_model(folder: Path) -> None:
    said, _ = heard(find_words_model(folder), AudioChunk(0, noise(5.0)))
    assert [word.text for word in said.words] == list(WORDS)
    assert said.word_times is WordTimes.MEASURED
    for second, word in enumerate(said.words):
        assert word.start_s == pytest.approx(second, abs=STEP_S)
        assert word.end_s == pytest.approx(second + 1.0, abs=STEP_S)
        assert word.confidence == pytest.approx(1.0, abs=0.01)
    assert said.model == "faster-whisper-test"


def test_words_that_are_guessed_where_nobody_speaks_are_left_out(folder: Path, tmp_path: Path) -> None:
    model = find_words_model(make_whisper_model(tmp_path / "faster-whisper-guess", is_guessing=True))
    said, _ = heard(model, AudioChunk(0, noise(5.0)))
    assert said.lines == ()


def test_words_after_a_gap_are_where_they_sound(folder: Path) -> None:
    after = 100 * RATE
    said, _ = heard(find_words_model(folder), AudioChunk(0, noise(5.0)), AudioChunk(after, noise(5.0)))
    assert [line.start_s for line in said.lines] == pytest.approx([0.0, 100.0], abs=STEP_S)


def test_the_model_finds_the_language_unless_the_user_says_it(folder: Path) -> None:
    found, _ = heard(find_words_model(folder), AudioChunk(0, noise(5.0)))
    told, _ = heard(find_words_model(folder, "fr"), AudioChunk(0, noise(5.0)))
    assert (found.language, told.language) == ("de", "fr")
    with pytest.raises(WordsError, match=r"cannot be used .*has no language “xx”"):
        RecogniserProcess(find_words_model(folder, "xx"))


def test_a_model_of_one_language_is_not_used_for_another() -> None:
    pytest.importorskip("moonshine_voice", reason="needs the extra [words]")
    assert find_words_model(None, "en").language == "en"
    with pytest.raises(WordsError, match=r"is for the language “en”, not for “de”\. Choose a folder"):
        find_words_model(None, "de")


def test_speakers_are_found_beside_the_words_of_whisper(folder: Path) -> None:
    pytest.importorskip("moonshine_voice", reason="needs the extra [words]")
    sound = np.concatenate((silence(1.0), say("We walk to the river."), silence(0.5)))
    said, speakers = heard(find_words_model(folder), AudioChunk(0, sound), speakers=True)
    assert said.model == "faster-whisper-test"
    assert speakers is not None
    assert speakers.numbers == (1,)


def test_whisper_does_not_write_while_somebody_speaks(folder: Path) -> None:
    with pytest.raises(WordsError, match=r"“faster-whisper-test” reads half a minute at a time"):
        check_writes_live(find_words_model(folder))


def test_a_part_of_a_model_or_another_model_is_told(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "faster-whisper-other"
    other.mkdir()
    with pytest.raises(WordsError, match=r"does not tell which model it holds\. .*format of CTranslate2"):
        find_words_model(other)
    (other / "model.bin").write_bytes((folder / "model.bin").read_bytes())
    with pytest.raises(WordsError, match=r"config\.json, tokenizer\.json is missing\. .*ct2-transformers-converter"):
        find_words_model(other)
    for name in ("config.json", "tokenizer.json"):
        (other / name).write_bytes((folder / name).read_bytes())
    (other / "model.bin").write_bytes(b"\x06\0\0\0\x10\0TransformerSpec\0" + bytes(1000))
    with pytest.raises(WordsError, match="holds a model, but not of Whisper"):
        find_words_model(other)


@pytest.mark.parametrize("kept", [100, 10_000, 5_000_000])
def test_a_damaged_model_is_one_sentence(folder: Path, tmp_path: Path, kept: int) -> None:
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    whole = (folder / "model.bin").read_bytes()
    (tmp_path / "model.bin").write_bytes(whole[:kept])
    with pytest.raises(WordsError, match=r"cannot be used|has crashed"):
        RecogniserProcess(find_words_model(tmp_path))


def test_a_folder_of_the_cache_of_huggingface_has_the_name_of_its_model() -> None:
    folder = Path("/models/models--Systran--faster-whisper-small/snapshots/0123abcd")
    assert WordsModel(folder, "whisper", "").name == "faster-whisper-small"


def test_without_the_package_the_user_reads_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(WordsError, match=r"is not installed\. Install it with: pip install 'ser-desktop\[whisper\]'"):
        find_words_model(folder)


def test_blocks_of_a_long_recording_are_joined_without_a_hole(folder: Path) -> None:
    said, _ = heard(find_words_model(folder), *(AudioChunk(at * RATE, noise(1.0)) for at in range(45)))
    starts = [line.start_s for line in said.lines]
    assert len(starts) >= 2
    assert all(before < after for before, after in itertools.pairwise(starts))


def test_the_page_of_the_service_names_the_language_of_its_words(folder: Path) -> None:
    testclient = pytest.importorskip("starlette.testclient", reason="needs the extra [serve]")
    from ser_desktop.paths import default_model
    from ser_desktop.service.app import create_app
    from ser_desktop.service.spec import ServiceSpec

    labels = []
    for chosen, language in ((None, ""), (folder, "de"), (folder, "")):
        app = create_app(ServiceSpec(default_model(), words_model=chosen, words_language=language))
        page = testclient.TestClient(app, base_url="http://127.0.0.1").get("/").text
        labels.append(next(line for line in page.splitlines() if 'id="transcribe"' in line).partition("checked> ")[2])
    assert labels == ["Words (English)</label>", "Words (language: de)</label>", "Words</label>"]
