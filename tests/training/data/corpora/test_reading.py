from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from training.__main__ import main as training
from training.data.corpora import EMOTIONS, Clip, Corpus, CorpusError, read_corpus
from training.data.corpora.layouts import LAYOUTS

MakeFolder = Callable[[Path, Iterable[str]], Path]

HEADER = "file,speaker,gender,emotion,intensity,statement,seconds\n"


@pytest.mark.parametrize("csv_name", ["own.csv", "own/own.csv"])
def test_a_csv_beside_the_folder_or_inside_it_is_read(tmp_path: Path, csv_name: str, write_tones: MakeFolder) -> None:
    folder = write_tones(tmp_path / "own", ["a.wav", "deep/b.flac"])
    (tmp_path / csv_name).write_text(
        HEADER + "a.wav,ann,female,happy,strong,Hello,0.1\ndeep/b.flac,bob,m,Angry,,,0.1\n"
    )
    expected = (
        Clip(folder / "a.wav", "own", "ann", "female", "happy", "strong", "Hello"),
        Clip(folder / "deep/b.flac", "own", "bob", "male", "angry", "", ""),
    )
    assert read_corpus(folder) == Corpus("own", folder, expected)
    assert read_corpus(tmp_path / csv_name) == Corpus("own", folder, expected)


def test_own_labels_and_blanks_are_taken_as_they_are_meant(tmp_path: Path, write_tones: MakeFolder) -> None:
    folder = write_tones(tmp_path / "own", ["a.wav", "b.wav"])
    (tmp_path / "own.csv").write_text(
        "\ufeff" + HEADER + "a.wav,        EB0, ,Żal,,  zdanie,\nb.wav  , EB0 ,,happy\n", "utf-8"
    )
    corpus = read_corpus(folder, name="mine")
    assert corpus.speakers == ("EB0",)
    assert corpus.emotions == {"happy": 1, "Żal": 1}
    assert corpus.clips[0].statement == "zdanie"
    assert {clip.corpus for clip in corpus.clips} == {corpus.name} == {"mine"}


def test_three_columns_are_enough(tmp_path: Path, write_tones: MakeFolder) -> None:
    folder = write_tones(tmp_path / "own", ["a.wav"])
    (tmp_path / "own.csv").write_text("emotion,file,speaker\ncheerful,a.wav,ann\n")
    assert read_corpus(folder).clips[0] == Clip(folder / "a.wav", "own", "ann", "", "cheerful", "", "")


def test_a_converted_clip_is_found(tmp_path: Path, write_tones: MakeFolder) -> None:
    folder = write_tones(tmp_path / "own", ["a.flac", "b.v2.ogg"])
    (tmp_path / "own.csv").write_text(HEADER + "a.wav,ann,,happy,,,\nb.v2,ann,,sad,,,\n")
    assert [clip.path.name for clip in read_corpus(folder).clips] == ["a.flac", "b.v2.ogg"]


def test_a_half_copied_csv_folder_says_how_many_are_missing_and_which(tmp_path: Path, write_tones: MakeFolder) -> None:
    folder = write_tones(tmp_path / "own", ["a.wav", "b.wav"])
    rows = "".join(f"{name}.wav,ann,,happy,,,\n" for name in "abcdefghij")
    (tmp_path / "own.csv").write_text(HEADER + rows)
    with pytest.raises(CorpusError, match=r"8 of 10 files .*: c\.wav, d\.wav, e\.wav, f\.wav, g\.wav and 3 more"):
        read_corpus(folder)
    assert len(read_corpus(folder, allow_incomplete=True).clips) == 2


def test_an_incomplete_corpus_still_needs_a_clip(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own.csv").write_text(HEADER + "a.wav,ann,,happy,,,\n")
    with pytest.raises(CorpusError, match="1 of 1 files"):
        read_corpus(tmp_path / "own", allow_incomplete=True)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("path,speaker,label\na.wav,ann,happy\n", "no column file and no column emotion.*Begin it with file,speaker"),
        ("file;speaker;emotion\na.wav;ann;happy\n", "separated by commas"),
        ("", "no column file"),
        (HEADER, "names no file"),
        (HEADER + "a.wav,,,happy,,,\n", "Row 1 .* has no speaker"),
        (HEADER + "a.wav,ann,,happy,,,\na.wav,ann,,sad,,,\n", r"Row 2 .* names a\.wav a second time"),
    ],
)
def test_a_damaged_csv_is_explained(tmp_path: Path, text: str, complaint: str, write_tones: MakeFolder) -> None:
    folder = write_tones(tmp_path / "own", ["a.wav"])
    (tmp_path / "own.csv").write_text(text)
    with pytest.raises(CorpusError, match=complaint):
        read_corpus(folder)


def test_a_csv_that_is_not_utf8_is_explained(tmp_path: Path, write_tones: MakeFolder) -> None:
    folder = write_tones(tmp_path / "own", ["a.wav"])
    (tmp_path / "own.csv").write_bytes((HEADER + "a.wav,Zoë,,happy,,,\n").encode("latin-1"))
    with pytest.raises(CorpusError, match="UTF-8"):
        read_corpus(folder)


def test_the_csv_of_a_linked_folder_is_beside_the_link(tmp_path: Path, write_tones: MakeFolder) -> None:
    write_tones(tmp_path / "elsewhere", ["a.wav"])
    (tmp_path / "own").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (tmp_path / "own.csv").write_text(HEADER + "a.wav,ann,,happy,,,\n")
    assert read_corpus(tmp_path / "own").clips[0].path == tmp_path / "own" / "a.wav"


def test_the_working_directory_is_a_folder_like_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write_tones: MakeFolder
) -> None:
    folder = write_tones(tmp_path / "own", ["a.wav"])
    (tmp_path / "own.csv").write_text(HEADER + "a.wav,ann,,happy,,,\n")
    monkeypatch.chdir(folder)
    assert read_corpus(Path()) == read_corpus(folder)


def test_an_unknown_folder_says_what_it_holds_and_what_was_expected(tmp_path: Path, touch_all: MakeFolder) -> None:
    root = touch_all(tmp_path / "music", [f"track{number}.mp3" for number in range(9)])
    with pytest.raises(CorpusError) as caught:
        read_corpus(root)
    message = str(caught.value)
    assert "track0.mp3, track1.mp3, track2.mp3, track3.mp3, track4.mp3 and 4 more" in message
    assert HEADER.strip() in message
    for layout in LAYOUTS:
        assert f"{layout.title} ({layout.example})" in message


def test_an_empty_a_missing_and_a_wrong_path_are_explained(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="it is empty"):
        read_corpus(tmp_path)
    with pytest.raises(CorpusError, match="There is no corpus at"):
        read_corpus(tmp_path / "nowhere")
    (tmp_path / "note.txt").touch()
    with pytest.raises(CorpusError, match="neither a folder nor a CSV"):
        read_corpus(tmp_path / "note.txt")


def test_a_folder_of_several_corpora_is_refused(tmp_path: Path, touch_all: MakeFolder) -> None:
    root = touch_all(tmp_path / "all", ["Ravdess/03-01-05-01-02-01-01.wav", "Savee/DC_a01.wav"])
    with pytest.raises(CorpusError, match="RAVDESS and SAVEE"):
        read_corpus(root)


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "clip_count", "speaker_count", "labels"),
    [
        ("ravdess", 1440, 24, set(EMOTIONS)),
        ("cremad_mel", 7432, 91, set(EMOTIONS) - {"calm", "surprised"}),
        ("tess", 2798, 2, set(EMOTIONS) - {"calm"}),
        ("nemo", 4481, 9, set(EMOTIONS) - {"calm", "disgust"}),
        ("turev", 1735, 6, {"angry", "sad", "calm", "happy"}),
        ("emodb", 535, 10, set(EMOTIONS) - {"calm", "surprised"} | {"boredom"}),
        ("librispeech", 351, 261, {"unlabelled"}),
        ("esc10", 400, 304, {"noise"}),
        ("emospeech", 1600, 134, {"neutral", "happy", "angry", "fearful"}),
        ("kor_emotts", 300, 15, {"neutral", "happy", "angry", "sad"}),
        ("emovo", 588, 6, set(EMOTIONS) - {"calm"}),
        ("emogator", 1300, 354, set(EMOTIONS)),
        ("deeply_nv", 450, 333, {"noise"}),
    ],
)
def test_a_corpus_at_hand_is_read(
    corpora_root: Path, name: str, clip_count: int, speaker_count: int, labels: set[str]
) -> None:
    corpus = read_corpus(corpora_root / name)
    assert (corpus.name, len(corpus.clips), len(corpus.speakers)) == (name, clip_count, speaker_count)
    assert corpus.emotions.keys() == labels
    assert corpus.is_mel == (name == "cremad_mel")


def test_the_table_of_ones_own_is_told_what_it_will_not_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    rows = ["file,speaker,gender,emotion,intensity,statement,seconds"]
    for number, (speaker, gender, intensity) in enumerate((("ann", "weiblich", "strong"), ("ben", "male", "loud"))):
        soundfile.write(folder / f"{number}.wav", np.full(1600, 0.1 * (number + 1)), 16_000)
        rows.append(f"{number}.wav,{speaker},{gender},happy,{intensity},,0.1")
    (folder / "mine.csv").write_text("\n".join(rows))
    assert training(["corpora", str(folder)]) == 0
    told = capsys.readouterr().out
    assert "too few speakers for a training: at least 3 are needed" in told
    assert "gender is missing, or neither female nor male, in 1 clips" in told
    assert "intensities other than normal and strong are ignored: loud" in told


def test_what_one_must_know_of_a_corpus_is_told(
    tmp_path: Path, write_tones: MakeFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_tones(tmp_path / "Deeply", [f"coughing/2AV{number}_4_1_0_44_0_0_0.wav" for number in range(3)])
    assert training(["corpora", str(folder)]) == 0
    told = capsys.readouterr().out.splitlines()
    (layout,) = (layout for layout in LAYOUTS if layout.name == "deeply_nv")
    assert told == ["deeply_nv: 3 clips of 3 speakers: 3 noise", f"  {layout.note}"]


def test_a_corpus_whose_licence_is_not_known_is_not_trained_on(
    tmp_path: Path, touch_all: MakeFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    (layout,) = (layout for layout in LAYOUTS if layout.name == "emovo")
    emovo = touch_all(
        tmp_path / "EMOVO", [f"{name}.wav" for each in layout.published(()) for name in layout.names(each, ())]
    )
    assert not read_corpus(emovo).may_train
    recipe, run = "training/recipes/first.toml", tmp_path / "run"
    other = touch_all(tmp_path / "other", ["a.wav"])
    (tmp_path / "other.csv").write_text(HEADER + "a.wav,ann,,happy,,,\n")
    for corpora in ([emovo], [other, "--with", emovo]):
        assert training(["train", recipe, "--corpus", *map(str, corpora), "--run", str(run)]) == 1
        assert "The licence of emovo" in capsys.readouterr().err
        assert not run.exists()
    assert training(["baselines", "--corpus", str(emovo), "--run", str(run)]) == 1
    assert "EMOVO.csv beside the folder" in capsys.readouterr().err


def test_a_table_of_ones_own_decides_what_is_trained_on(tmp_path: Path, touch_all: MakeFolder) -> None:
    folder = touch_all(tmp_path / "EMOVO", ["dis-f1-b1.wav"])
    assert not read_corpus(folder, allow_incomplete=True).may_train
    (tmp_path / "EMOVO.csv").write_text(HEADER + "dis-f1-b1.wav,f1,female,disgust,,,\n")
    assert read_corpus(folder).may_train
