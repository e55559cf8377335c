"""A table beside a recording is shown instead of an analysis, if model and settings agree."""

from __future__ import annotations

import dataclasses
import itertools
import os
from pathlib import Path

import pytest
import soundfile

from ser_desktop.analysis.analyzer import AnalysisSpec
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.model_file import open_model
from ser_desktop.errors import ExportError
from ser_desktop.export.registry import format_named, open_export, read_export, write_export
from ser_desktop.gui.engine import known_timeline
from ser_desktop.gui.engine.file_job import FileJob
from ser_desktop.gui.engine.known_timeline import TABLES, find_known_timeline, recording_of, tables_beside
from ser_desktop.gui.model.recording import Recording

READABLE = [each.name for each in TABLES]
SPEC = AnalysisSpec()


@pytest.fixture
def classifier(manifest: Path) -> EmotionClassifier:
    return EmotionClassifier(open_model(manifest))


@pytest.fixture
def talk(demo: Path, tmp_path: Path) -> Path:
    """The demo recording in a folder of its own."""
    sound, rate = soundfile.read(demo, dtype="int16")
    path = tmp_path / "talk.wav"
    soundfile.write(path, sound, rate)
    return path


def read(path: Path, classifier: EmotionClassifier, spec: AnalysisSpec = SPEC) -> tuple[Recording, Path | None]:
    """Return a recording as the window has it, and the table that was used."""
    job, recording, table = FileJob(path, classifier, spec, tables=tables_beside(path)), Recording(path), None
    info = classifier.info
    job.start()
    threshold = spec.threshold_of(info)
    recording.begin(job.info, labels=info.labels, model=info.identity, abstain_threshold=threshold)
    while recording.is_running:
        progress = job.step()
        recording.accept(progress)
        table = table or progress.table
        if progress.is_last:
            recording.complete()
    return recording, table


def export(recording: Recording, name: str = "csv") -> Path:
    chosen = format_named(name)
    path = recording.path.with_suffix(chosen.suffix)
    write_export(chosen, path, recording.exported())
    return path


@pytest.mark.parametrize("name", READABLE)
def test_a_table_beside_its_recording_is_shown_and_exports_as_the_same_bytes(classifier, talk, name):
    path = export(read(talk, classifier)[0], name)
    written = path.read_bytes()
    recording, table = read(talk, classifier)
    assert table == path
    assert recording.timeline.end_s == soundfile.info(talk).duration
    assert export(recording, name).read_bytes() == written


def test_the_rest_of_the_timeline_is_not_analysed(classifier, talk, monkeypatch):
    export(read(talk, classifier)[0])
    judged = []
    outputs = EmotionClassifier.outputs
    monkeypatch.setattr(EmotionClassifier, "outputs", lambda self, each: judged.extend(each) or outputs(self, each))
    recording, _ = read(talk, classifier)
    scored = [entry.scores for entry in recording.timeline if entry.scores is not None]
    agreed = known_timeline.AGREEING_ENTRIES
    dated_back = sum(one == other for one, other in itertools.pairwise(scored[: agreed + 1]))  # asked for once
    assert agreed - dated_back <= len(judged) < len(scored)


@pytest.mark.parametrize("hop_s", [0.25, 0.3333])
def test_a_hop_that_the_table_rounds_is_joined_without_a_hole(classifier, talk, hop_s):
    spec = AnalysisSpec(hop_s=hop_s)
    first, _ = read(talk, classifier, spec)
    export(first)
    again, _ = read(talk, classifier, spec)
    assert len(again.timeline) == len(first.timeline)


@pytest.mark.parametrize("spec", [AnalysisSpec(hop_s=0.5), AnalysisSpec(smoothing_s=2.0)], ids=["hop", "smoothing"])
def test_a_table_of_other_settings_is_not_used(classifier, talk, spec):
    export(read(talk, classifier, spec)[0])
    recording, table = read(talk, classifier)
    talk.with_suffix(".csv").unlink()
    assert table is None
    assert list(recording.timeline) == list(read(talk, classifier)[0].timeline)


@pytest.mark.parametrize(("name", "more"), [*((name, 0.001) for name in READABLE), ("csv", 0.2)])
def test_a_table_of_another_abstain_threshold_is_used_with_that_one_only(classifier, talk, name, more):
    other = AnalysisSpec(abstain_threshold=classifier.info.abstain_threshold + more)
    first, _ = read(talk, classifier, other)
    path = export(first, name)
    again, table = read(talk, classifier, other)
    assert table == path
    assert [each.state for each in again.timeline] == [each.state for each in first.timeline]
    assert read(talk, classifier)[1] is None


def test_a_table_of_an_earlier_version_is_of_the_models_own_threshold(classifier, talk):
    recording, _ = read(talk, classifier)
    own, recording.abstain_threshold = recording.abstain_threshold, 0.0
    path = export(recording)
    assert read(talk, classifier)[1] == path
    assert read(talk, classifier, AnalysisSpec(abstain_threshold=own + 0.001))[1] is None


def older(path: Path) -> None:
    os.utime(path, (1, 1))


def damaged(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000] + b"\xff,,\n")


def of_a_channel(path: Path) -> None:
    path.write_text(path.read_text().replace(",mix,", ",1,"))


def of_another_model(path: Path) -> None:
    path.write_text(path.read_text().replace("tiny@", "other@"))


def shortened(path: Path) -> None:
    path.write_text("\n".join(path.read_text().splitlines()[:-8]) + "\n")


def test_the_mix_is_found_in_a_table_of_all_channels(classifier, talk):
    first, _ = read(talk, classifier)
    path = talk.with_suffix(".csv")
    chosen, exported = format_named("csv"), first.exported()
    halves = Timeline(exported.timeline.labels)
    halves.extend(list(exported.timeline)[:-8])
    with open_export(chosen, path, labels=exported.timeline.labels) as writer:
        writer.write(dataclasses.replace(exported, timeline=halves, channel=2))
        writer.write(exported)
    again, table = read(talk, classifier)
    assert table == path
    assert len(again.timeline) == len(first.timeline)
    known = find_known_timeline([path], talk, model=classifier.info, seconds=halves.end_s, channel=2)
    assert known is not None
    assert known.rest(0.0, halves.end_s)[-1].end_s == halves.end_s


@pytest.mark.parametrize("change", [older, damaged, of_a_channel, of_another_model, shortened])
def test_a_table_that_does_not_fit_is_not_used(classifier, talk, change):
    path = export(read(talk, classifier)[0])
    before = path.read_bytes()
    change(path)
    assert change is older or path.read_bytes() != before
    assert read(talk, classifier)[1] is None


def test_a_table_that_is_too_large_is_not_read(classifier, talk, monkeypatch):
    path = export(read(talk, classifier)[0])
    monkeypatch.setattr(known_timeline, "LARGEST_TABLE", 1000)
    assert read(talk, classifier)[1] is None
    with pytest.raises(ExportError, match="larger than"):
        recording_of(path)


def test_a_table_leads_to_the_recording_beside_it(classifier, talk, tmp_path):
    path = export(read(talk, classifier)[0])
    assert recording_of(path) == talk
    assert read_export(path)[0].model == classifier.info.identity
    talk.rename(tmp_path / "elsewhere.wav")
    with pytest.raises(ExportError, match="not beside it"):
        recording_of(path)
