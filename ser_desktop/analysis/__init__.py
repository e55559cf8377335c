"""Puts the parts in order: chunks in, timeline entries out. Knows no device."""
