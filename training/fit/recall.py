"""Unweighted average recall: the metric that the training watches and the evaluation reports."""

from __future__ import annotations

import numpy as np
import sklearn.metrics

from training.data.targets import Indices


def unweighted_recall(true: Indices, predicted: Indices) -> float:
    """Return the unweighted average recall (UAR): the mean of the recalls of the labels that occur, 0…1.

    A model that always predicts one of k labels has 1 / k.

    >>> unweighted_recall(np.array([0, 0, 0, 1]), np.array([0, 0, 0, 0]))
    0.5
    """
    return float(sklearn.metrics.recall_score(true, predicted, labels=np.unique(true), average="macro"))
