from __future__ import annotations

from pathlib import Path

import pytest
from annotated_speech import annotated_project

from ser_desktop import paths
from training.data.corpora import Corpus, read_corpus
from training.finetune.command import FineTuneSpec, finetune

SPEAKERS, CLIPS = 16, 25  # with fewer, the interval of the gain includes 0


@pytest.mark.corpus
def test_acted_speech_of_strangers_is_told_better(tmp_path: Path, corpora_root: Path) -> None:
    corpus = read_corpus(corpora_root / "emospeech")
    speakers = [each for each in corpus.speakers if sum(clip.speaker == each for clip in corpus.clips) >= 20]
    clips = tuple(clip for clip in corpus.clips if clip.speaker in speakers[:SPEAKERS])
    some = Corpus(corpus.name, corpus.root, clips)
    project = annotated_project(tmp_path, some, per_recording=CLIPS, is_named=True)
    gain = finetune(FineTuneSpec((project.folder,), paths.default_model(), tmp_path / "mine.json"))
    assert gain.difference.low > 0.0
