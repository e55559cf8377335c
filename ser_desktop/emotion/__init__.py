"""Runs the networks: the speech detector and the emotion model."""
