"""The publishers' own layouts: one file for each, and the list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from training.data.corpora.layouts.cremad import CremaD
from training.data.corpora.layouts.deeply import Deeply
from training.data.corpora.layouts.emodb import EmoDB
from training.data.corpora.layouts.emogator import EmoGator
from training.data.corpora.layouts.emospeech import EmoSpeech
from training.data.corpora.layouts.emotiontts import EmotionTts
from training.data.corpora.layouts.emovo import Emovo
from training.data.corpora.layouts.esd import Esd
from training.data.corpora.layouts.layout import Layout, Utterance
from training.data.corpora.layouts.ravdess import Ravdess
from training.data.corpora.layouts.savee import Savee
from training.data.corpora.layouts.tess import Tess

if TYPE_CHECKING:
    from collections.abc import Sequence

LAYOUTS: Sequence[Layout] = (
    Ravdess(),
    CremaD(),
    Tess(),
    Savee(),
    EmoDB(),
    Esd(),
    EmoSpeech(),
    EmotionTts(),
    Emovo(),
    EmoGator(),
    Deeply(),
)

__all__ = ["LAYOUTS", "Layout", "Utterance"]
