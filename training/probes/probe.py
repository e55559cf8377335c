"""``python -m training probe``: robustness to changed sound, short windows, noise, read speech and other corpora.

The results are saved with a hash of the networks, so that later calls measure only the missing parts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from ser_desktop.atomic_file import atomic_file
from training.data.corpora import Corpus, read_corpus
from training.evaluate.corpus_metrics import corpus_metrics, unseen_logits
from training.evaluate.plots import plot_changes, plot_corpora
from training.evaluate.reliability import corpus_reliability, reliability_by_corpus
from training.evaluate.results import Probes, UnseenCorpus
from training.evaluate.saved_metrics import read_metrics
from training.fit.checkpoints import EVERYBODY
from training.fit.run import Run, open_run
from training.probes.app_response import app_classifier, response_to_corpus, response_to_synthetic_sounds
from training.probes.looks import LOOKS, log_look
from training.probes.robustness import change_metrics, length_metrics
from training.probes.tables import sections

PROBES = "probes.json"


@dataclass(frozen=True, slots=True)
class ProbeSpec:
    """The corpora that are measured in addition to those of the run, and how.

    Attributes:
        noise: Folder of a corpus without speech; the statement of a clip is the kind of its sound.
        read: Folder of a corpus of speech without emotion.
        unseen: Folder of an acted corpus that is never trained on. Each measurement on it is logged.
        again: Whether to repeat measurements that have a saved result.
        looks: File of the log.
    """

    noise: Path | None = None
    read: Path | None = None
    unseen: Path | None = None
    again: bool = False
    looks: Path = LOOKS


def probe(folder: Path, cache_folder: Path, spec: ProbeSpec) -> None:
    """Measure the requested parts that have no saved result; print all parts and save them in the run's folder.

    Writes ``probes.json``, ``changes.png`` and ``corpora.png``. Each part is saved when it is finished, so an
    interrupted command continues with the next part.

    Raises:
        CorpusError: A corpus cannot be read.
        SettingsError: The run has not been trained or evaluated.
    """
    run = open_run(folder)
    probes = Probes() if spec.again else read_probes(run)
    for part, measure in _parts(run, cache_folder, spec):
        if getattr(probes, part) is None:
            probes = msgspec.structs.replace(probes, **{part: measure()})
            write_probes(run, probes)
    if probes.changes and probes.reliability:
        plot_changes(folder / "changes.png", probes.changes)
        plot_corpora(folder / "corpora.png", probes.reliability, read_metrics(run).abstain_threshold)
    print("\n".join(f"## {heading}\n\n{text}" for heading, text in sections(probes).items()))


class _Saved(msgspec.Struct, frozen=True):
    networks: str  # identity of the run when it was probed
    probes: Probes


def write_probes(run: Run, probes: Probes) -> None:
    """Save the results of a run with the hash of its current networks."""
    text = msgspec.json.format(msgspec.json.encode(_Saved(identity(run), probes)))
    with atomic_file(run.folder / PROBES) as file:
        file.write(text + b"\n")


def read_probes(run: Run) -> Probes:
    """Return the saved results of a run; an empty value if there are none, they are damaged or of other networks.

    Raises:
        SettingsError: The run has not been evaluated.
    """
    try:
        saved = msgspec.json.decode((run.folder / PROBES).read_bytes(), type=_Saved)
    except (FileNotFoundError, ValueError):  # msgspec's errors are ValueErrors; a damaged part is measured again
        return Probes()
    return saved.probes if saved.networks == identity(run) else Probes()


def identity(run: Run) -> str:
    """Return a short hash of a run's settings, networks and calibration.

    Raises:
        SettingsError: The run has not been evaluated.
    """
    digest = hashlib.sha256(repr(read_metrics(run).calibration).encode())
    for path in (run.folder / "config.toml", *sorted(run.folder.glob("*/best.pt"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _parts(run: Run, cache_folder: Path, spec: ProbeSpec) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield the name of each requested part and the function that measures it.

    All corpora are read first, so that one that cannot be read is reported before hours of work.
    """
    requested = {"noise": spec.noise, "read": spec.read, "unseen": spec.unseen}
    corpora = {part: read_corpus(root) for part, root in requested.items() if root}
    metrics = read_metrics(run)
    clean = cache(lambda: run.cache(cache_folder, clean=True))
    app = cache(lambda: app_classifier(run, metrics.calibration))  # exported once, and only if it is needed
    yield "changes", lambda: change_metrics(run)
    yield "lengths", lambda: length_metrics(run, clean())
    yield (
        "reliability",
        lambda: reliability_by_corpus(run, clean(), metrics.calibration, metrics.fold_calibrations),
    )
    yield "synthetic", lambda: response_to_synthetic_sounds(*app())
    if "noise" in corpora:
        yield "noise", lambda: response_to_corpus(*app(), corpora["noise"])
    if "read" in corpora:
        yield "read", lambda: response_to_corpus(*app(), corpora["read"])
    if "unseen" in corpora:
        yield "unseen", lambda: _unseen_corpus(run, corpora["unseen"], cache_folder, spec.looks)


def _unseen_corpus(run: Run, corpus: Corpus, cache_folder: Path, looks: Path) -> UnseenCorpus:
    """Return the metrics of a corpus that is never trained on, after logging this look."""
    corpus_logits = unseen_logits(run, corpus, cache_folder)
    found = UnseenCorpus(
        **msgspec.structs.asdict(corpus_metrics(run, corpus_logits)),
        corpus=corpus_logits.corpus.name,
        reliability=corpus_reliability(run, corpus_logits, read_metrics(run).calibration),
    )
    weights = hashlib.sha256((run.folder / EVERYBODY / "best.pt").read_bytes()).hexdigest()[:12]
    log_look(looks, found.corpus, run.folder.name, weights, str(found.clips), str(found.recognition.uar))
    return found
