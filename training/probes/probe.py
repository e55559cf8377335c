"""Whether a run's networks are fooled: other ways of recording, short windows, noise, read speech, other corpora.

What was measured of the same networks is kept, so that a part can be added later and an interrupted command goes on.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from training.data.corpora import Corpus, read_corpus
from training.evaluate.auxiliary_metrics import corpus_figures, judged_unheard
from training.evaluate.calibration import Calibration
from training.evaluate.metrics import Figure
from training.evaluate.plots import plot_changes, plot_corpora
from training.evaluate.reliability import judged_reliability, reliability_figures
from training.evaluate.saved_metrics import read_figures
from training.fit.checkpoints import EVERYBODY
from training.fit.run import Run, open_run
from training.model.model_folder import code_commit
from training.probes.app_answers import answers_to_corpus, answers_to_made_sounds, app_classifier
from training.probes.robustness import change_figures, length_figures
from training.probes.tables import sections

PROBES = "probes.json"
LOOKS = Path(__file__).parents[1] / "LOOKS.md"
LOOKS_HEAD = """\
# Looks at corpora that are never trained on

Each look is written here by `python -m training probe RUN --unheard FOLDER`. Whoever chooses between networks by such a
corpus has trained on it: one look a release.

| date | corpus | run | weights | code | clips | UAR |
|---|---|---|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class ProbeSpec:
    """What is measured beside what the run's own corpora give.

    Attributes:
        noise: Folder of a corpus in which nobody speaks; the statement tells the kind of sound.
        read: Folder of a corpus of speech without emotion.
        unheard: Folder of an acted corpus that is never trained on. A look at it is written down.
        again: Measure anew what has been measured.
        looks: Where looks are written down.
    """

    noise: Path | None = None
    read: Path | None = None
    unheard: Path | None = None
    again: bool = False
    looks: Path = LOOKS


def probe(folder: Path, cache_folder: Path, spec: ProbeSpec) -> None:
    """Measure what is asked for and not known yet; print all of it and keep it in the run's folder.

    Writes ``probes.json``, ``changes.png`` and ``corpora.png``.

    Raises:
        CorpusError: A corpus cannot be read.
        SettingsError: The run has not been trained or evaluated.
    """
    run = open_run(folder)
    probes = {} if spec.again else read_probes(run)
    for part, measure in _parts(run, cache_folder, spec):
        if part not in probes:
            probes[part] = measure()
            kept = {"networks": identity(run), **probes}
            (folder / PROBES).write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    plot_changes(folder / "changes.png", probes["changes"])
    plot_corpora(folder / "corpora.png", probes["reliability"], _calibration(run).abstain_threshold)
    print("\n".join(f"## {heading}\n\n{text}" for heading, text in sections(probes).items()))


def read_probes(run: Run) -> dict[str, Any]:
    """Return what was measured of a run's networks as they are now, by part."""
    path = run.folder / PROBES
    if not path.exists():
        return {}
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return kept if kept.pop("networks") == identity(run) else {}


def identity(run: Run) -> str:
    """Return a short hash of a run's settings, networks and calibration.

    Raises:
        SettingsError: The run has not been evaluated.
    """
    digest = hashlib.sha256(repr(_calibration(run)).encode())
    for path in (run.folder / "config.toml", *sorted(run.folder.glob("*/best.pt"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _calibration(run: Run) -> Calibration:
    figures = read_figures(run)
    return Calibration(figures["temperature"], figures["abstain_below"])


def _fold_calibrations(run: Run) -> list[Calibration]:
    return [Calibration(**each) for each in read_figures(run)["fold_calibrations"]]


def _parts(run: Run, cache_folder: Path, spec: ProbeSpec) -> Iterator[tuple[str, Callable[[], dict[str, Any]]]]:
    """Yield each part that is asked for and how it is measured; what cannot be read is found out first."""
    asked = {"noise": spec.noise, "read": spec.read, "unheard": spec.unheard}
    corpora = {part: read_corpus(root) for part, root in asked.items() if root}
    calibration = _calibration(run)
    yield "changes", lambda: change_figures(run)
    clean = cache(lambda: run.cache(cache_folder, clean=True))
    yield "lengths", lambda: length_figures(run, clean())
    yield "reliability", lambda: reliability_figures(run, clean(), calibration, _fold_calibrations(run))
    app = cache(lambda: app_classifier(run, calibration))  # exported once, where it is asked at all
    yield "synthetic", lambda: answers_to_made_sounds(*app())
    if "noise" in corpora:
        yield "noise", lambda: answers_to_corpus(*app(), corpora["noise"])
    if "read" in corpora:
        yield "read", lambda: answers_to_corpus(*app(), corpora["read"])
    if "unheard" in corpora:
        yield "unheard", lambda: _look(run, corpora["unheard"], cache_folder, spec.looks)


def _look(run: Run, corpus: Corpus, cache_folder: Path, looks: Path) -> dict[str, Any]:
    """Return the figures of the corpus that is never trained on, and write the look down before anybody sees them."""
    judged = judged_unheard(run, corpus, cache_folder)
    found = {
        "corpus": judged.corpus.name,
        **corpus_figures(run, judged),
        "reliability": judged_reliability(run, judged, _calibration(run)),
    }
    told = (
        f"{datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d}",
        found["corpus"],
        run.folder.name,
        hashlib.sha256((run.folder / EVERYBODY / "best.pt").read_bytes()).hexdigest()[:12],
        code_commit(),
        str(found["clips"]),
        str(Figure(**found["figures"]["UAR"])),
    )
    if not looks.exists():
        looks.write_text(LOOKS_HEAD, encoding="utf-8")
    with looks.open("a", encoding="utf-8") as file:
        file.write(f"| {' | '.join(told)} |\n")
    return found
