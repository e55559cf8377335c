"""The log of measurements (“looks”) on corpora that are never trained on."""

from __future__ import annotations

import datetime
from pathlib import Path

from training.model.model_folder import code_commit

LOOKS = Path(__file__).parents[1] / "LOOKS.md"
LOOKS_HEAD = """\
# Looks at corpora that are never trained on

`python -m training probe RUN --unheard FOLDER` and `python -m training strangers MODEL` log each look here. To choose
between networks by such a corpus is to train on it: one look a release.

| date | corpus | run | weights | code | clips | UAR |
|---|---|---|---|---|---|---|
"""


def log_look(looks: Path, *cells: str) -> None:
    """Add a row to the log.

    Args:
        looks: The log; it is created if it is missing.
        cells: Corpus, run or model, hash of the weights, clips and UAR.
    """
    corpus, run, weights, *rest = cells
    day = f"{datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d}"
    if not looks.exists():
        looks.write_text(LOOKS_HEAD, encoding="utf-8")
    with looks.open("a", encoding="utf-8") as file:
        file.write(f"| {' | '.join((day, corpus, run, weights, code_commit(), *rest))} |\n")
