"""Corpora on disk as folds, targets and cached features."""
