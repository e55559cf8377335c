"""The publishers' own layouts: one file for each, and the list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from training.corpora.layouts.cremad import CremaD
from training.corpora.layouts.emodb import EmoDB
from training.corpora.layouts.esd import Esd
from training.corpora.layouts.layout import Layout, Utterance
from training.corpora.layouts.ravdess import Ravdess
from training.corpora.layouts.savee import Savee
from training.corpora.layouts.tess import Tess

if TYPE_CHECKING:
    from collections.abc import Sequence

LAYOUTS: Sequence[Layout] = (Ravdess(), CremaD(), Tess(), Savee(), EmoDB(), Esd())

__all__ = ["LAYOUTS", "Layout", "Utterance"]
