"""Writes recordings with their timelines to files, and reads them back."""
