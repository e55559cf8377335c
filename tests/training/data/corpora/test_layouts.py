from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path, PurePath

import pytest

from training.data.corpora import EMOTIONS, Clip, CorpusError, read_corpus
from training.data.corpora.layouts import LAYOUTS, Layout

MakeFolder = Callable[[Path, Iterable[str]], Path]

KIDS = "Kids are talking by the door"
DOGS = "Dogs are sitting by the door"
DOCTOR = "I think I have a doctor's appointment"
NOBODY = "d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f"  # speaker of EmoSpeech
KNOWN = "c7b431195e2871a0c0b0825234c1e22bbcde02163992fd45108a7974"


def only_clip(root: Path) -> Clip:
    (clip,) = read_corpus(root, allow_incomplete=True).clips
    return clip


def ravdess_names() -> list[str]:
    (layout,) = (layout for layout in LAYOUTS if layout.name == "ravdess")
    return [f"Actor_{actor}/{name}.wav" for actor in layout.published(()) for name in layout.names(actor, ())]


@pytest.mark.parametrize(
    ("file", "corpus", "labels"),
    [
        ("Actor_07/03-01-08-02-02-01-07.wav", "ravdess", ("07", "male", "surprised", "strong", f"{DOGS} (rep 1)")),
        ("Actor_02/03-01-02-01-01-02-02.wav", "ravdess", ("02", "female", "calm", "normal", f"{KIDS} (rep 2)")),
        ("AudioWAV/1001_DFA_ANG_XX.wav", "cremad", ("1001", "", "angry", "unspecified", "Don't forget a jacket")),
        ("AudioWAV/1091_IEO_FEA_HI.wav", "cremad", ("1091", "", "fearful", "high", "It's eleven o'clock")),
        ("AudioMP3/1040_ITH_SAD_X.mp3", "cremad", ("1040", "", "sad", "unspecified", DOCTOR)),
        ("OAF_angry/OAF_back_angry.wav", "tess", ("OAF", "female", "angry", "", "Say the word back")),
        ("YAF_pleasant_surprised/YAF_Germ_ps.wav", "tess", ("YAF", "female", "surprised", "", "Say the word germ")),
        ("OAF_neutral/OA_bite_neutral.wav", "tess", ("OAF", "female", "neutral", "", "Say the word bite")),
        ("DC/a01.wav", "savee", ("DC", "male", "angry", "", "a01")),
        ("KL_su15.wav", "savee", ("KL", "male", "surprised", "", "su15")),
        ("AudioData/JE/sa03.wav", "savee", ("JE", "male", "sad", "", "sa03")),
        ("wav/03a01Fa.wav", "emodb", ("03", "male", "happy", "", "a01")),
        ("wav/16b10Lb.wav", "emodb", ("16", "female", "boredom", "", "b10")),
        ("wav/08a07Ta.wav", "emodb", ("08", "female", "sad", "", "a07")),
        ("0011/Angry/0011_000351.wav", "esd", ("0011", "male", "angry", "", "001")),
        ("0019/Surprise/evaluation/0019_001402.wav", "esd", ("0019", "female", "surprised", "", "002")),
        ("0004/Neutral/train/0004_000350.wav", "esd", ("0004", "male", "neutral", "", "350")),
        (f"webservice/bacho-safe-angry-1562996360436-{KNOWN}.wav", "emospeech", ("c7b43119", "", "angry", "", "bacho")),
        (f"House/no-safe-calm-20190709085906-{NOBODY}.wav", "emospeech", ("unk-20190709", "", "neutral", "", "no")),
        (f"Roads/go-gunshots-happy-1563698803953-{NOBODY}.wav", "emospeech", ("unk-20190721", "", "happy", "", "go")),
        (f"Misc/no-safe-happy-20190618164021 copy-{NOBODY}.wav", "emospeech", ("unk-20190618", "", "happy", "", "no")),
        (f"webservice/yes-safe-calm-12312-{NOBODY}.wav", "emospeech", ("unk-19700101", "", "neutral", "", "yes")),
        ("plain-to-emotional/ema/wav/ema00001.wav", "kor_emotts", ("ema", "female", "neutral", "", "em-001")),
        ("plain-to-emotional/emh/wav/emh00200.wav", "kor_emotts", ("emh", "male", "happy", "", "em-100")),
        ("emotional-to-emotional/nee/wav/nee00201.wav", "kor_emotts", ("nee", "female", "sad", "", "ne-001")),
        ("emotional-to-emotional/neo/wav/neo00305.wav", "kor_emotts", ("neo", "male", "angry", "", "ne-005")),
        ("f1/dis-f1-b1.wav", "emovo", ("f1", "female", "disgust", "", "b1")),
        ("m3/sor-m3-n5.wav", "emovo", ("m3", "male", "surprised", "", "n5")),
        ("data/mp3/000001-10-2.mp3", "emogator", ("000001", "", "disgust", "", "Disgust")),
        ("data/mp3/000357-27-1.mp3", "emogator", ("000357", "", "surprised", "", "Surprise (Negative)")),
        ("data/mp3/000100-23-3.mp3", "emogator", ("000100", "", "romantic love", "", "Romantic Love")),
        ("dataset/coughing/2AV8_4_1_0_44_0_0_0.wav", "deeply_nv", ("2AV8", "female", "noise", "", "coughing")),
        ("dataset/screaming/0V9J_15_12_1_26_1_0_1.wav", "deeply_nv", ("0V9J", "male", "noise", "", "screaming")),
    ],
)  # fmt: skip
def test_a_publishers_file_name_is_understood(
    tmp_path: Path, file: str, corpus: str, labels: tuple[str, str, str, str, str], touch_all: MakeFolder
) -> None:
    """The labels are speaker, gender, emotion, intensity and statement."""
    root = touch_all(tmp_path / "downloads", [file, "README.txt", "._hidden.wav"])
    assert only_clip(root) == Clip(root / file, corpus, *labels)


@pytest.mark.parametrize("suffix", [".wav", ".WAV", ".flac", ".ogg", ".opus", ".mp3"])
def test_any_audio_suffix_will_do(tmp_path: Path, suffix: str, touch_all: MakeFolder) -> None:
    assert only_clip(touch_all(tmp_path / "Actor_01", [f"03-01-05-01-02-01-01{suffix}"])).emotion == "angry"


def test_the_folder_given_may_be_the_speakers_own(tmp_path: Path, touch_all: MakeFolder) -> None:
    assert only_clip(touch_all(tmp_path / "DC", ["h02.wav"])).speaker == "DC"
    assert only_clip(touch_all(tmp_path / "Angry", ["0011_000351.wav"])).emotion == "angry"


def test_song_and_video_of_ravdess_are_passed_over(tmp_path: Path, touch_all: MakeFolder) -> None:
    speech, song, video = "03-01-05-01-02-01-01.wav", "03-02-05-01-02-01-01.wav", "01-01-05-01-02-01-01.wav"
    assert only_clip(touch_all(tmp_path / "Actor_01", [speech, song, video])).path.name == speech


def test_a_nested_second_copy_is_taken_once(tmp_path: Path, touch_all: MakeFolder) -> None:
    name = "03-01-05-01-02-01-01.wav"
    root = touch_all(tmp_path / "ravdess", [f"Actor_01/{name}", f"audio_speech_actors_01-24/Actor_01/{name}"])
    assert only_clip(root).path == root / "Actor_01" / name


@pytest.mark.parametrize(
    ("clip", "others"),
    [
        (f"Misc/go-safe-calm-20190709085906-{NOBODY}.wav", [f"Misc/background-safe-None-20190701193438-{NOBODY}.wav"]),
        (f"Misc/go-safe-calm-20190709085906-{NOBODY}.wav", [f"Misc/background-safe-calm-20190710143210-{NOBODY}.wav"]),
        ("Emotional/ema00400.wav", ["Emotional/ema00401.wav", "Main/kih00001.wav", "Personality/pfa00001.wav"]),
        ("mp3/000357-30-3.mp3", ["mp3/000358-01-1.mp3", "mp3/000001-31-1.mp3", "mp3/000001-00-1.mp3"]),
        ("laughing/3S0D_12_8_0_16_0_0_0.wav", ["laughing/3S0D_16_8_0_16_0_0_0.wav"]),
    ],
)  # fmt: skip
def test_what_is_no_clip_of_the_corpus_is_passed_over(
    tmp_path: Path, clip: str, others: list[str], touch_all: MakeFolder
) -> None:
    root = touch_all(tmp_path / "downloads", [clip, *others])
    assert only_clip(root).path == root / clip


def test_genders_of_cremad_come_from_its_demographics(tmp_path: Path, touch_all: MakeFolder) -> None:
    touch_all(tmp_path / "AudioWAV", ["1001_DFA_ANG_XX.wav", "1002_DFA_ANG_XX.wav"])
    (tmp_path / "VideoDemographics.csv").write_text(
        '"ActorID","Age","Sex","Race","Ethnicity"\n1001,51,"Male","a","b"\n1002,21,"Female","a","b"\n'
    )
    for root in (tmp_path, tmp_path / "AudioWAV"):
        assert [clip.gender for clip in read_corpus(root, allow_incomplete=True).clips] == ["male", "female"]


def test_damaged_demographics_are_explained(tmp_path: Path, touch_all: MakeFolder) -> None:
    touch_all(tmp_path / "AudioWAV", ["1001_DFA_ANG_XX.wav"])
    (tmp_path / "VideoDemographics.csv").write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0\n")
    with pytest.raises(CorpusError, match="VideoDemographics"):
        read_corpus(tmp_path, allow_incomplete=True)


@pytest.mark.parametrize(
    ("layout", "speakers", "total"),
    [
        ("ravdess", (), 1440),
        ("cremad", (), 7442),
        ("tess", (), 2800),
        ("savee", (), 480),
        ("emodb", (), 535),
        ("esd", ("0001", "0011"), 35_000),
        ("esd", ("0011",), 17_500),
        ("kor_emotts", (), 300),
        ("emovo", (), 588),
        ("emogator", (), 32_130),
    ],
)
def test_totals_are_the_published_ones(layout: str, speakers: tuple[str, ...], total: int) -> None:
    (found,) = (candidate for candidate in LAYOUTS if candidate.name == layout)
    assert sum(found.published(speakers).values()) == total


@pytest.mark.parametrize(
    "layout",
    [layout for layout in LAYOUTS if layout.name not in {"emodb", "emospeech", "deeply_nv"}],
    ids=lambda layout: layout.name,
)
def test_the_names_a_layout_expects_are_names_that_it_understands(layout: Layout) -> None:
    found = [f"OAF_word{chr(97 + number // 26)}{chr(97 + number % 26)}_sad" for number in range(200)]  # TESS: by word
    for speaker, count in layout.published(("0011",)).items():
        names = list(layout.names(speaker, found))
        assert len(set(names)) == len(names) == count
        utterances = [layout.parse(PurePath("Angry", f"{name}.wav")) for name in names]
        assert [utterance.name for utterance in utterances] == names
        assert {utterance.speaker for utterance in utterances} == {speaker}
        emotions = {utterance.emotion for utterance in utterances}
        assert emotions >= set(EMOTIONS) if layout.name == "emogator" else emotions <= set(EMOTIONS)


def test_a_complete_ravdess_is_read(tmp_path: Path, touch_all: MakeFolder) -> None:
    corpus = read_corpus(touch_all(tmp_path / "any name", ravdess_names()))
    assert corpus.name == "ravdess"
    assert len(corpus.clips) == 1440
    assert corpus.speakers == tuple(f"{actor:02d}" for actor in range(1, 25))
    assert corpus.emotions == {"neutral": 96} | dict.fromkeys(EMOTIONS[1:], 192)
    assert tuple(corpus.emotions) == EMOTIONS


def test_a_half_copied_ravdess_says_which_actor_and_which_clips(tmp_path: Path, touch_all: MakeFolder) -> None:
    names = [name for name in ravdess_names() if not name.startswith("Actor_24")]
    names.remove("Actor_03/03-01-04-02-01-02-03.wav")
    root = touch_all(tmp_path / "ravdess", names)
    complaint = (
        r"61 of 1440 clips are missing \(speaker 03 has 59 of 60, 24 has 0 of 60; missing are 03-01-04-02-01-02-03, "
    )
    with pytest.raises(CorpusError, match=complaint):
        read_corpus(root)
    assert len(read_corpus(root, allow_incomplete=True).clips) == 1379


def test_a_half_copied_tess_is_known_by_its_words(tmp_path: Path, touch_all: MakeFolder) -> None:
    root = touch_all(tmp_path / "tess", ["OAF_back_angry.wav", "YAF_back_sad.wav"])
    with pytest.raises(CorpusError, match=r"2798 of 2800 .* missing are OAF_back_disgust, OAF_back_fear"):
        read_corpus(root)


def test_a_half_copied_emodb_says_which_speakers(tmp_path: Path, touch_all: MakeFolder) -> None:
    root = touch_all(tmp_path / "wav", ["03a01Fa.wav"])
    with pytest.raises(CorpusError, match=r"534 of 535 clips are missing \(speaker 03 has 1 of 49, 08 has 0 of 58"):
        read_corpus(root)


@pytest.mark.parametrize("name", ["emospeech", "deeply_nv"])
def test_where_no_number_is_published_nothing_is_called_missing(
    tmp_path: Path, name: str, touch_all: MakeFolder
) -> None:
    files = {
        "emospeech": f"House/bacho-safe-calm-20190709085906-{NOBODY}.wav",
        "deeply_nv": "dataset/coughing/2AV8_4_1_0_44_0_0_0.wav",
    }
    assert read_corpus(touch_all(tmp_path / "part", [files[name]])).name == name


def test_the_whole_emotiontts_is_read_like_its_open_part(tmp_path: Path, touch_all: MakeFolder) -> None:
    (layout,) = (layout for layout in LAYOUTS if layout.name == "kor_emotts")
    whole = (PurePath(f"nea{number:05d}.wav") for number in range(1, 401))
    emotions = Counter(utterance.emotion for path in whole if (utterance := layout.parse(path)))
    assert emotions == dict.fromkeys(("neutral", "happy", "sad", "angry"), 100)
    open_part = [f"{name}.wav" for speaker in layout.published(()) for name in layout.names(speaker, ())]
    open_part.remove("nea00305.wav")
    with pytest.raises(CorpusError, match=r"1 of 300 .* \(speaker nea has 19 of 20; missing are nea00305\)"):
        read_corpus(touch_all(tmp_path / "Emotional", open_part))


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["kor_emotts", "emovo", "emogator", "deeply_nv"])
def test_file_names_say_the_same_as_the_table_of_a_part(
    corpora_root: Path, tmp_path: Path, name: str, touch_all: MakeFolder
) -> None:
    """The table of kor_emotts has the emotions as published, and speakers of deeply_nv begin with its name there."""
    by_csv = read_corpus(corpora_root / name).clips
    by_name = read_corpus(
        touch_all(tmp_path / "bare", [clip.path.name for clip in by_csv]), allow_incomplete=True
    ).clips
    exchanged = {"angry": "sad", "sad": "angry"} if name == "kor_emotts" else {}
    assert {(clip.path.name, clip.speaker, clip.gender, clip.emotion) for clip in by_name} == {
        (clip.path.name, clip.speaker.removeprefix("deeply"), clip.gender, exchanged.get(clip.emotion, clip.emotion))
        for clip in by_csv
    }


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["ravdess", "emodb"])
def test_file_names_say_the_same_as_the_csv(corpora_root: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "bare").mkdir()
    for path in (corpora_root / name).iterdir():
        (tmp_path / "bare" / path.name).symlink_to(path)
    by_name = {label(clip) for clip in read_corpus(tmp_path / "bare").clips}
    assert by_name == {label(clip) for clip in read_corpus(corpora_root / name).clips}


def label(clip: Clip) -> tuple[str, ...]:
    return clip.path.name, clip.corpus, clip.speaker, clip.gender, clip.emotion, clip.intensity, clip.statement


@pytest.mark.corpus
def test_the_tess_at_hand_lacks_two_clips(corpora_root: Path, tmp_path: Path, touch_all: MakeFolder) -> None:
    names = (path.name for path in (corpora_root / "tess").iterdir())
    root = touch_all(tmp_path / "bare", names)
    with pytest.raises(CorpusError, match=r"2 of 2800 .* missing are OAF_back_angry, YAF_beg_sad\)"):
        read_corpus(root)
    by_csv = Counter(clip.emotion for clip in read_corpus(corpora_root / "tess").clips)
    assert Counter(clip.emotion for clip in read_corpus(root, allow_incomplete=True).clips) == by_csv


@pytest.mark.corpus
def test_file_names_of_cremad_say_the_same_as_the_csv(
    corpora_root: Path, tmp_path: Path, touch_all: MakeFolder
) -> None:
    by_csv = read_corpus(corpora_root / "cremad_mel").clips
    root = touch_all(tmp_path / "AudioWAV", [f"{clip.path.name}.wav" for clip in by_csv])
    by_name = read_corpus(root, allow_incomplete=True).clips
    assert [label(clip)[4:] for clip in by_name] == [label(clip)[4:] for clip in by_csv]
    with pytest.raises(CorpusError, match="10 of 7442 clips are missing"):
        read_corpus(root)
