"""Tests of robustness: changed sound, short windows, noise, read speech."""
