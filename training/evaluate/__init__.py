"""Metrics of trained networks on speakers that they were not trained on."""
