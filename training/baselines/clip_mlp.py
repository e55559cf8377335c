"""The recipe of clip statistics, SMOTE, scaling, PCA and a perceptron, with scikit-learn and imbalanced-learn."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from imblearn.over_sampling import SMOTE
from sklearn.decomposition import PCA
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from tqdm import tqdm

from training.baselines.inputs import Input, Values
from training.baselines.recipe import BestEpoch, Examples, Fitted
from training.evaluate.metrics import Probabilities

NEIGHBOURS = 5  # SMOTE interpolates between a clip and this many neighbours


class FittedPipeline:
    """Scaling, PCA and perceptron, fitted.

    Args:
        prepare: Scaling and PCA.
        perceptron: Fitted with all labels.
    """

    def __init__(self, prepare: Pipeline, perceptron: MLPClassifier) -> None:
        self._prepare, self._perceptron = prepare, perceptron

    @property
    def parameters(self) -> int:
        """Number of trained parameters of scaling, projection and perceptron."""
        scaler, pca = (step for _, step in self._prepare.steps)
        learned: list[Any] = [*self._perceptron.coefs_, *self._perceptron.intercepts_]
        return sum(np.size(each) for each in (scaler.mean_, scaler.scale_, pca.mean_, pca.components_, *learned))

    def probabilities(self, values: Values) -> Probabilities:
        """Return (clip, label) probabilities, 0…1."""
        return np.asarray(self._perceptron.predict_proba(self._prepare.transform(values)), np.float64)


@dataclass(frozen=True, slots=True)
class ClipMlp:
    """The recipe of clip statistics; SMOTE uses the training clips only, so that no test clip is mixed into them.

    Attributes:
        name: Name of its folder.
        title: Name in the table.
        input: Its features.
        units: Units of the hidden layers.
        variance: Share of the variance that the PCA keeps.
        l2: Weight of the L2 penalty of the perceptron.
        batch: Clips in a batch.
        epochs: Maximum number of epochs.
        patience: Epochs without a better validation loss after which training stops.
    """

    name: str
    title: str
    input: Input = field(repr=False)
    units: tuple[int, ...] = (256, 128)
    variance: float = 0.95
    l2: float = 1e-3
    batch: int = 32
    epochs: int = 60
    patience: int = 8

    def fit(self, train: Examples, validation: Examples, *, labels: int, seed: int) -> Fitted:
        """Train, and return the perceptron of the epoch with the lowest validation loss."""
        rarest = int(np.unique(train.label, return_counts=True)[1].min())
        smote = SMOTE(k_neighbors=max(1, min(NEIGHBOURS, rarest - 1)), random_state=seed)
        values, label = smote.fit_resample(train.values, train.label)
        prepare = make_pipeline(StandardScaler(), PCA(self.variance, random_state=seed))
        values = prepare.fit_transform(values)
        perceptron = MLPClassifier(self.units, alpha=self.l2, batch_size=min(self.batch, len(label)), random_state=seed)
        best = BestEpoch(self.patience)
        rows, validation_values = np.arange(len(validation)), prepare.transform(validation.values)
        for _ in tqdm(range(self.epochs), desc="  epochs", unit="epoch", leave=False, disable=None):
            perceptron.partial_fit(values, label, classes=np.arange(labels))
            right = perceptron.predict_proba(validation_values)[rows, validation.label]
            best.add_epoch(-float(np.mean(np.log(right + 1e-12))), perceptron)
            if best.is_over:
                break
        return FittedPipeline(prepare, best.learned)
