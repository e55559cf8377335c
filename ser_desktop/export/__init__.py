"""Timelines to files."""
