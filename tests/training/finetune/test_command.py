"""A model is fine-tuned on corrections of a project, from its recordings to a model that the program runs."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import soundfile
from annotated_speech import annotated_project
from terminal import runner

from ser_desktop.emotion.model_file import Model, open_model
from ser_desktop.emotion.torch_run import load_network
from ser_desktop.emotion.voice_activity import VoiceActivity
from ser_desktop.errors import SettingsError
from training.data.corpora import Clip, Corpus, read_corpus
from training.finetune.command import FineTuneSpec, finetune
from training.finetune.layers import model_config, train_layers
from training.finetune.passages import read_annotations
from training.finetune.program import NetworkOutputs, answers_of, program_classifier
from training.finetune.windows import embeddings, passage_frames, passage_windows, speech_s

pytestmark = pytest.mark.long  # trains networks

WINDOW_MODEL = Path(__file__).parents[3] / "training" / "models" / "window.json"
SPEAKERS, CLIPS = 8, 8
WORDS = ("We will go there on Monday.", "Did you see the red house?", "This is the last one.", "He told me so again.")


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Eight voices; against what the model that ships says, high and fast speech is called sad, low and slow happy."""
    program = shutil.which("espeak-ng")
    if not program:
        pytest.skip("needs espeak-ng, which is not installed")
    folder, clips = tmp_path_factory.mktemp("spoken"), []
    for speaker in range(SPEAKERS):
        for number in range(CLIPS):
            emotion, pitch, speed = (("sad", 85, 210), ("happy", 15, 110))[number % 2]
            voice = [program, "-v", f"en-us+{'mf'[speaker % 2]}{1 + speaker % 4}", "-p", str(pitch), "-s", str(speed)]
            wav = subprocess.run(
                [*voice, "--stdout", WORDS[(speaker + number) % len(WORDS)]], capture_output=True, check=True
            )
            sound, rate = soundfile.read(io.BytesIO(wav.stdout), dtype="float32")
            path = folder / f"{speaker}-{number}.wav"
            soundfile.write(path, sound, rate)
            clips.append(Clip(path, "spoken", f"Secret Person {speaker}", "", emotion, "", ""))
    return Corpus("spoken", folder, tuple(clips))


def test_it_gains_on_left_out_speakers_and_the_program_runs_what_it_writes(
    spoken: Corpus, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    project = annotated_project(tmp_path, spoken, per_recording=CLIPS, is_named=True)
    start, to = WINDOW_MODEL, tmp_path / "mine" / "mine.json"
    gain = finetune(FineTuneSpec((project.folder,), start, to))
    told = capfd.readouterr().out
    assert gain.after.uar.value > gain.before.uar.value + 0.2
    assert "speakers that are left out in turn" in told
    assert f"ser-desktop analyze FILE --model {to}" in told
    content = json.loads(to.read_text(encoding="utf-8"))
    facts = content["fine_tuned"]
    assert facts["from"] == open_model(start).info.identity
    (note,) = (each for each in facts["notes"] if "adaptation to voices" in each)
    assert ("kept as it was" in note) == ("adaptation" in content)
    assert ("left out" in note.partition("(")[0]) == ("adaptation" not in content)
    assert note in told
    assert note in to.with_suffix(".md").read_text(encoding="utf-8")
    assert facts["passages"] == {"happy": 32, "sad": 32}
    assert (facts["recordings"], facts["annotators"], facts["kept_apart"]) == (8, 1, "speakers")
    for file in to.parent.glob("mine.*"):
        assert not any(name in file.read_bytes() for name in (b"Secret", b"Anna"))
    assert (
        f"fine-tuned   from {facts['from']} on 64 passages of 8 recordings" in runner(capfd)("model", "--model", to).out
    )
    assert "Gain in UAR" in to.with_suffix(".md").read_text(encoding="utf-8")
    done = runner(capfd)("analyze", project.recordings[0].path, "--model", to, "--format", "json")
    assert done.status == 0
    assert open_model(to).info.identity in done.out


def test_labels_at_random_are_refused_and_nothing_is_written(spoken: Corpus, tmp_path: Path) -> None:
    project = annotated_project(tmp_path, spoken, per_recording=CLIPS, is_random=True)
    to = tmp_path / "mine.json"
    with pytest.raises(SettingsError, match="gains nothing that is certain"):
        finetune(FineTuneSpec((project.folder,), WINDOW_MODEL, to))
    assert not to.exists()


def test_a_project_with_few_recordings_is_refused_before_anything_is_computed(
    spoken: Corpus, tiny_model: Model, tmp_path: Path
) -> None:
    few = Corpus("spoken", spoken.root, spoken.clips[: 3 * CLIPS])
    project = annotated_project(tmp_path, few, per_recording=CLIPS)
    with pytest.raises(SettingsError, match=r"3 recordings .* 6 are needed"):
        finetune(FineTuneSpec((project.folder,), tiny_model.folder / "tiny.json", tmp_path / "mine.json"))


def test_the_model_that_it_begins_with_is_not_replaced(tiny_model: Model) -> None:
    start = tiny_model.folder / "tiny.json"
    with pytest.raises(SettingsError, match="Give another name"):
        finetune(FineTuneSpec((), start, start))


@pytest.mark.parametrize("kind", ["tiny_model", "tiny_stream_model"])
def test_frames_of_passages_give_what_the_program_computes(
    spoken: Corpus, kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    tiny_model: Model = request.getfixturevalue(kind)
    project = annotated_project(tmp_path, Corpus("spoken", spoken.root, spoken.clips[:CLIPS]), per_recording=CLIPS)
    channels = read_annotations([project.folder], tiny_model.info.labels).channels
    clips = [clip for each in channels for clip in passage_frames(each, tiny_model.info, VoiceActivity())]
    passages = [passage for each in channels for passage in each.passages]
    for clip, passage in zip(clips, passages, strict=True):
        length_s = passage.end_s - passage.start_s
        assert len(clip.mel) == pytest.approx(length_s / 0.016, abs=1)
        assert 0.5 * length_s < speech_s(clip, tiny_model.info.features) <= length_s + 0.016
    ours = answers_of(program_classifier(tiny_model), channels)
    outputs = NetworkOutputs(load_network(tiny_model).eval())
    same = answers_of(program_classifier(tiny_model, outputs.computed()), channels)
    again = answers_of(program_classifier(tiny_model, outputs.replayed()), channels)
    np.testing.assert_allclose(ours.means, same.means, atol=1e-4)
    np.testing.assert_array_equal(ours.passages, same.passages)
    np.testing.assert_array_equal(again.means, same.means)


def test_all_layers_learn_and_leave_the_given_network_as_it_is(
    spoken: Corpus, tiny_model: Model, tmp_path: Path
) -> None:
    project = annotated_project(tmp_path, spoken, per_recording=CLIPS)
    info, network = tiny_model.info, load_network(tiny_model).eval()
    channels = read_annotations([project.folder], info.labels).channels
    clips = [clip for each in channels for clip in passage_frames(each, info, VoiceActivity())]
    labels = [passage.label for each in channels for passage in each.passages]
    before = {name: value.clone() for name, value in network.state_dict().items()}
    trained = train_layers(network, clips, labels, model_config(info, network))
    assert all(bool((before[name] == value).all()) for name, value in network.state_dict().items())
    windows = [passage_windows(clip, info)[0] for clip in clips]

    def right(of: object) -> float:
        logits = of.emotion.weight.numpy() @ embeddings(of, windows).T + of.emotion.bias.numpy()[:, None]  # type: ignore[attr-defined]
        return float(np.mean([info.labels[top] == label for top, label in zip(logits.argmax(0), labels, strict=True)]))

    assert right(trained) > right(network.requires_grad_(False)) + 0.2


@pytest.mark.corpus
def test_acted_speech_of_strangers_is_told_better(tmp_path: Path, corpora_root: Path) -> None:
    # 16 speakers with 25 passages each: with fewer, the interval of the gain includes 0
    corpus = read_corpus(corpora_root / "emospeech")
    speakers = [each for each in corpus.speakers if sum(clip.speaker == each for clip in corpus.clips) >= 20]
    clips = tuple(clip for clip in corpus.clips if clip.speaker in speakers[:16])
    some = Corpus(corpus.name, corpus.root, clips)
    project = annotated_project(tmp_path, some, per_recording=25, is_named=True)
    gain = finetune(FineTuneSpec((project.folder,), WINDOW_MODEL, tmp_path / "mine.json"))
    assert gain.difference.low > 0.0
