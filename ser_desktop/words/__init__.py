"""Transcript and speakers: samples in, words and turns out."""
