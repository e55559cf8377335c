"""``ser-desktop voice``, and recordings that are analysed with a voice."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import numpy as np
import pytest
import soundfile
from sounds import noise
from terminal import Run

from ser_desktop.emotion.model_file import Model
from ser_desktop.settings import voices_folder


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Voices are kept in a folder of this test."""
    monkeypatch.setattr("ser_desktop.settings.platformdirs.user_data_path", lambda *_, **__: tmp_path / "data")


@pytest.fixture(scope="module")
def talk(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first 13 s of the demo: more than 6 s of speech."""
    sound, rate = soundfile.read(demo, frames=13 * soundfile.info(demo).samplerate)
    path = tmp_path_factory.mktemp("talk") / "talk.wav"
    soundfile.write(path, sound, rate)
    return path


@pytest.fixture
def model(adaptive_model: Model) -> Path:
    return adaptive_model.folder / "tiny.json"


def test_a_voice_is_added_listed_shown_used_and_removed(run: Run, model: Path, talk: Path) -> None:
    added = run("voice", "add", "Anna B.", talk, "--model", model)
    assert (added.status, added.err) == (0, "")
    assert "“Anna B.” is known from" in added.out
    (file,) = voices_folder().iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert run("voice", "list").out.startswith("Anna B. · ")
    assert "no sound" in run("voice", "show", "Anna B.").out
    cold = json.loads(run("analyze", talk, "--model", model, "--several-speakers", "--format", "json").out)
    known = json.loads(run("analyze", talk, "--model", model, "--voice", "Anna B.", "--format", "json").out)
    assert cold["voice"] == {"name": None, "known_from": None}
    assert known["voice"] == {"name": "Anna B.", "known_from": 0.0}
    assert known["summary"]["scores"] != cold["summary"]["scores"]
    assert "voice “Anna B.”" in run("analyze", talk, "--model", model, "--voice", "Anna B.").out
    assert run("voice", "remove", "Anna B.").status == 0
    assert not list(voices_folder().iterdir())


def test_a_voice_is_renamed_and_keeps_what_is_known_of_it(run: Run, model: Path, talk: Path) -> None:
    assert run("voice", "add", "Anna", talk, "--model", model).status == 0
    before = run("voice", "show", "Anna").out.splitlines()[1:]
    renamed = run("voice", "rename", "Anna", " Anna B. ")
    assert (renamed.status, renamed.out) == (0, "The voice “Anna” is “Anna B.” now.\n")
    assert run("voice", "list").out.startswith("Anna B. · ")
    assert run("voice", "show", "Anna B.").out.splitlines()[1:] == before
    assert run("voice", "add", "Ben", talk, "--model", model).status == 0
    for old, new in (("Nobody", "Carl"), ("Ben", "Anna B."), ("Ben", "a/b")):
        refused = run("voice", "rename", old, new)
        assert (refused.status, refused.out, refused.err.count("\n")) == (1, "", 1)
    assert run("voice", "list").out.count("\n") == 2


def test_each_side_of_a_call_has_its_own_voice(run: Run, model: Path, talk: Path, tmp_path: Path) -> None:
    assert run("voice", "add", "Anna", talk, "--model", model).status == 0
    sound, rate = soundfile.read(talk)
    call = tmp_path / "call.wav"
    soundfile.write(call, np.column_stack((sound, sound)), rate)
    common = ("analyze", call, "--model", model, "--channel")
    told = run(*common, "all", "--channel-voice", "1=Anna", "--format", "json").out.splitlines()
    first, second = (json.loads(line) for line in told)
    assert first["voice"] == {"name": "Anna", "known_from": 0.0}
    assert second["voice"]["name"] is None
    alone = json.loads(run("analyze", talk, "--model", model, "--voice", "Anna", "--format", "json").out)
    assert first["summary"]["scores"] == alone["summary"]["scores"]
    lacking = run(*common, "all", "--channel-voice", "3=Anna", "--quiet")
    assert (lacking.status, lacking.err.count("\n")) == (1, 1)
    for channel in ("mix", "2"):
        refused = run(*common, channel, "--channel-voice", "1=Anna")
        assert (refused.status, refused.out) == (1, "")
        assert "--channel-voice is for channels that are analysed by themselves. Add --channel all" in refused.err
    assert run(*common, "all", "--channel-voice", "1=Nobody").status == 1


def test_a_recording_tells_from_when_its_voice_is_known(run: Run, model: Path, talk: Path) -> None:
    told = json.loads(run("analyze", talk, "--model", model, "--format", "json").out)["voice"]
    assert told["name"] is None
    assert 5.0 < told["known_from"] < 13.0
    assert "voice known from 00:00:" in run("analyze", talk, "--model", model).out


def test_nothing_is_lost_where_a_voice_cannot_be_made(run: Run, model: Path, talk: Path, tmp_path: Path) -> None:
    run("voice", "add", "Anna", talk, "--model", model)
    before = [path.read_bytes() for path in voices_folder().iterdir()]
    hiss, short = tmp_path / "hiss.wav", tmp_path / "short.wav"
    soundfile.write(hiss, noise("pink", rate=16_000, seconds=8.0, rms_dbfs=-40.0), 16_000)
    sound, rate = soundfile.read(talk)
    soundfile.write(short, sound[: 2 * rate], rate)
    for arguments, sentence in (
        (("Hiss", hiss), "There are 0.0 s of speech, too few for a voice profile."),
        (("Short", short), "s of speech, too few for a voice profile."),
        (("Anna", talk), "There is a voice “Anna” already."),
        (("a/b", talk), "“a/b” cannot be the name of a voice."),
        (("..", talk), "“..” cannot be the name of a voice."),
        (("Anna", tmp_path / "missing.wav"), "missing.wav"),
    ):
        ran = run("voice", "add", *arguments, "--model", model)
        assert ran.status == 1
        assert sentence in ran.err
        assert len(ran.err.splitlines()) == 1
    assert [path.read_bytes() for path in voices_folder().iterdir()] == before


def test_a_voice_is_replaced_only_on_request(run: Run, model: Path, talk: Path, tmp_path: Path) -> None:
    run("voice", "add", "Anna", talk, "--model", model)
    (file,) = voices_folder().iterdir()
    before = file.read_bytes()
    sound, rate = soundfile.read(talk)
    rest = tmp_path / "rest.wav"
    soundfile.write(rest, sound[rate:], rate)
    assert run("voice", "add", "Anna", rest, "--model", model, "--replace").status == 0
    assert file.read_bytes() != before


def test_several_recordings_make_one_voice(run: Run, model: Path, talk: Path, tmp_path: Path) -> None:
    sound, rate = soundfile.read(talk)
    cut = int(np.argmin(np.abs(sound[7 * rate : 8 * rate]))) + 7 * rate
    parts = [tmp_path / "one.wav", tmp_path / "two.flac"]
    for path, part in zip(parts, (sound[:cut], sound[cut:]), strict=True):
        soundfile.write(path, part, rate)
    run("voice", "add", "Whole", talk, "--model", model)
    run("voice", "add", "Parts", *parts, "--model", model)
    whole, both = (json.loads((voices_folder() / f"{name}.json").read_text()) for name in ("Whole", "Parts"))
    assert both["speech_s"] == pytest.approx(whole["speech_s"], abs=2.0)


def test_what_does_not_fit_is_refused_in_a_sentence(run: Run, model: Path, manifest: Path, talk: Path) -> None:
    run("voice", "add", "Anna", talk, "--model", model)
    unknown = run("analyze", talk, "--model", model, "--voice", "Otto")
    assert (unknown.status, unknown.out) == (1, "")
    assert "There is no voice “Otto”." in unknown.err
    assert "“Anna”" in unknown.err
    other = run("analyze", talk, "--model", manifest, "--voice", "Anna")
    assert "does not adapt to voices" in other.err
    (file,) = voices_folder().iterdir()
    file.write_bytes(file.read_bytes()[:200])
    damaged = run("analyze", talk, "--model", model, "--voice", "Anna")
    assert "The file of the voice “Anna” is damaged" in damaged.err
    listed = run("voice", "list")
    assert (listed.status, listed.out) == (1, "")
    assert run("voice", "remove", "Anna").status == 0


def test_without_a_voice_the_list_says_what_to_do(run: Run) -> None:
    assert "voice add NAME FILE" in run("voice", "list").out


def test_a_batch_uses_a_voice_and_does_not_keep_it(run: Run, model: Path, talk: Path, tmp_path: Path) -> None:
    run("voice", "add", "Anna", talk, "--model", model)
    out = tmp_path / "out"
    told = run("batch", talk, "--out", out, "--formats", "json", "--model", model, "--voice", "Anna", "--workers", "1")
    assert (told.status, told.err) == (0, "")
    (exported,) = out.glob("talk*.json")
    assert json.loads(exported.read_text(encoding="utf-8"))["voice"] == {"name": "Anna", "known_from": 0.0}
    (values,) = (json.loads(path.read_text())["values"] for path in voices_folder().iterdir())
    assert str(values[0]) not in (out / "batch.jsonl").read_text(encoding="utf-8")
    again = run("batch", talk, "--out", out, "--formats", "json", "--model", model, "--several-speakers")
    assert "other settings" in again.err
    unknown = run("batch", talk, "--out", tmp_path / "o", "--formats", "json", "--model", model, "--voice", "Otto")
    assert "There is no voice “Otto”." in unknown.err


def interview_of(talk: Path, folder: Path) -> tuple[Path, Path]:
    """Return a recording in which the talk stands twice, and a table in which two speakers alternate over it."""
    sound, rate = soundfile.read(talk)
    path, table = folder / "interview.wav", folder / "interview.rttm"
    soundfile.write(path, np.concatenate((sound, sound)), rate)
    length_s = len(sound) / rate
    turns = ((0.0, "Anna"), (length_s, "Berta"))
    table.write_text(
        "".join(f"SPEAKER interview 1 {at:.3f} {length_s:.3f} <NA> <NA> {who} <NA> <NA>\n" for at, who in turns)
    )
    return path, table


def test_the_voice_of_one_speaker_of_a_recording_is_made_known(
    run: Run, model: Path, talk: Path, tmp_path: Path
) -> None:
    path, table = interview_of(talk, tmp_path)
    added = run("voice", "add", "Both", path, "--model", model, "--speaker", "anna", "--speakers-from", table)
    assert (added.status, added.err) == (0, "")
    run("voice", "add", "Alone", talk, "--model", model)
    both, alone = (json.loads((voices_folder() / f"{name}.json").read_text()) for name in ("Both", "Alone"))
    assert both["speech_s"] == pytest.approx(alone["speech_s"], abs=1.0)


def test_a_speaker_who_is_not_there_is_told(run: Run, model: Path, talk: Path, tmp_path: Path) -> None:
    path, table = interview_of(talk, tmp_path)
    for options, sentence in (
        (("--speaker", "Otto", "--speakers-from", table), "Choose one of these: “Anna”, “Berta”."),
        (("--speakers-from", table), "Give one FILE, and --speaker with it."),
        (("--speaker", "1", "--speakers-from", path), "interview.wav"),
    ):
        ran = run("voice", "add", "Anna", path, "--model", model, *options)
        assert ran.status == 1
        assert sentence in ran.err
    assert not voices_folder().is_dir()


def test_voices_of_speakers_need_speakers(run: Run, model: Path, talk: Path) -> None:
    run("voice", "add", "Anna", talk, "--model", model)
    for options in ((), ("--speakers", "--several-speakers"), ("--speakers", "--voice", "Anna")):
        ran = run("analyze", talk, "--model", model, "--speaker-voice", "1=Anna", *options)
        assert (ran.status, ran.out) == (1, "")
        assert "--speaker-voice is for a recording whose speakers are found." in ran.err
