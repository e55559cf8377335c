"""The plot of a recording over time."""
